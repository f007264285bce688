#!/usr/bin/env python3
"""Runs the cases of this folder: small inputs with what presskit must say.

    run.py PRESSKIT [NAME...]                   check all cases, or those named
    run.py PRESSKIT --update-goldens [NAME...]  write what presskit says now

A case NAME is NAME.expected and, as needed,
    NAME.md            the article; without it _article.md is used, which is good
    NAME.book.yaml     the book, instead of an article; its articles are NAME.X.md
    NAME.layout.yaml   the layout; without it the layout press-release
    NAME.office.yaml   the office; without it _office.yaml, which is good
    NAME.args          more arguments, as in a shell; {case} is NAME
    NAME.kit.yaml      a kit: the case is  presskit batch NAME.kit.yaml -o out
    NAME.sh            makes what cannot be a small text file; run in the case's folder
To add one: write the input, run with --update-goldens NAME, read NAME.expected.

NAME.expected holds "exit: N", then "file: NAME" for each file that must be
there afterwards, then what stands on stderr with --diagnostics short, in
which {folder} is the case's folder and {presskit} the source tree, and times are 0.0 s.

Each case runs in a folder of its own, in which every file of this folder that
begins with "NAME." or "_" lies; nothing but the files named may be there
afterwards.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent  # the source tree: layouts/ and fonts/
SECONDS = 60


def build_command(presskit, name, folder):
    def own(ending, default):
        return f"{name}{ending}" if os.path.lexists(folder / f"{name}{ending}") else default

    args = folder / f"{name}.args"
    extra = shlex.split(args.read_text().replace("{case}", name)) if args.exists() else []
    if (folder / f"{name}.kit.yaml").exists():
        output = [] if "-o" in extra else ["-o", "out"]
        return [presskit, "batch", f"{name}.kit.yaml", "-j", "1", "--diagnostics", "short", *output, *extra]
    document = own(".book.yaml", own(".md", "_article.md"))
    command = [presskit, "render", document, "--diagnostics", "short", "--quiet"]
    for option, value in (("--layout", own(".layout.yaml", "press-release")),
                          ("--office", own(".office.yaml", "_office.yaml")),
                          ("--output", f"{name}.pdf")):
        if not any(word == option or word.startswith(option + "=") for word in extra):
            command += [option, value]
    return command + extra


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")
            if not path.is_dir() and path.name != ".presskit-journal"}


def run_case(presskit, name):
    """Returns the case's result in the form of NAME.expected."""
    with tempfile.TemporaryDirectory(prefix="presskit-case-") as temporary:
        folder = pathlib.Path(temporary)
        for path in HERE.iterdir():
            if path.name.startswith((f"{name}.", "_")) and path.is_file():
                shutil.copy(path, folder)
        if (folder / f"{name}.sh").exists():
            subprocess.run(["sh", "-eu", f"{name}.sh"], cwd=folder, check=True)
        before = files_in(folder)
        environment = {**os.environ, "PRESSKIT_DATA": str(DATA),
                       "LSAN_OPTIONS": f"suppressions={DATA}/tests/lsan.supp:print_suppressions=0"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        run = subprocess.run(build_command(presskit, name, folder), cwd=folder, env=environment, timeout=SECONDS,
                             stdin=subprocess.DEVNULL, capture_output=True, check=False)
        after = files_in(folder)
        lines = [f"exit: {run.returncode}"]
        lines += [f"file: {path}" for path in sorted(after - before)]
        lines += [f"gone: {path}" for path in sorted(before - after)]
        said = run.stderr.decode("utf-8", "backslashreplace")
        said = re.sub(r" in \d+\.\d s$", " in 0.0 s", said, flags=re.M)
        said = said.replace(str(folder), "{folder}").replace(str(DATA), "{presskit}")
        return "\n".join(lines + said.splitlines()) + "\n"


def check_case(presskit, name, is_updating):
    golden = HERE / f"{name}.expected"
    try:
        got = run_case(presskit, name)
    except subprocess.TimeoutExpired:
        got = f"more than {SECONDS} seconds\n"
    if is_updating:
        golden.write_text(got)
        print(f"--- {name}\n{got}", end="")
        return True
    wanted = golden.read_text()
    if got == wanted:
        return True
    print(f"FAILED {name}\n--- wanted\n{wanted}--- got\n{got}", end="")
    return False


def main():
    arguments = [word for word in sys.argv[1:] if word != "--update-goldens"]
    is_updating = "--update-goldens" in sys.argv
    presskit = str(pathlib.Path(arguments[0]).resolve())
    names = arguments[1:] or sorted(path.stem for path in HERE.glob("*.expected"))
    failed = [name for name in names if not check_case(presskit, name, is_updating)]
    print(f"{len(names) - len(failed)} of {len(names)} cases as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
