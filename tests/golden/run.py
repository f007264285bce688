#!/usr/bin/env python3
"""Compares the dumps of presskit's stages with the goldens beside this file.

  run.py PRESSKIT NAME                  compare tests/golden/NAME.txt
  run.py PRESSKIT --update-goldens      write all of them anew

NAME is ARTICLE.LAYOUT.STAGE: sample.en.plain.page is what
`presskit render sample.en.md --layout plain.yaml --dump=page` prints. Articles
and layouts are those here; a new golden begins as an empty file. Goldens
change only by the second call, and are read like code.
"""
import difflib
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def dump(presskit, name):
    article, layout, stage = name.rsplit(".", 2)
    run = subprocess.run(
        [presskit, "render", f"{article}.md", "--layout", f"{layout}.yaml", f"--dump={stage}", "--diagnostics", "short"],
        cwd=HERE, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
    if run.returncode:
        sys.exit(f"{name}: exit {run.returncode}\n{run.stderr}")
    return used_styles(run.stdout) if stage == "style" else run.stdout


def used_styles(text):
    """The dump without the styles that none of its units has, which come and go with base.yaml."""
    units = text[text.index("\nunits\n"):]
    lines = text[:text.index("\nunits\n")].splitlines(True)
    return "".join(line for line in lines if not (style := re.match(r"  ([\w-]+):", line)) or
                   re.search(rf"\[{style[1]}[\]:]", units)) + units


def main():
    presskit = str(pathlib.Path(sys.argv[1]).resolve())
    if sys.argv[2] == "--update-goldens":
        for golden in sorted(HERE.glob("sample.*.txt")):
            golden.write_text(dump(presskit, golden.stem), encoding="utf8")
        return 0
    golden = HERE / (sys.argv[2] + ".txt")
    wanted, found = golden.read_text(encoding="utf8"), dump(presskit, sys.argv[2])
    if wanted == found:
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        wanted.splitlines(True), found.splitlines(True), str(golden.name), "what presskit dumps now"))
    print(f"If that is right: tests/golden/run.py {sys.argv[1]} --update-goldens, and read the change like code.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
