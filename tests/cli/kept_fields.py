#!/usr/bin/env python3
"""Checks that lines are known again by all that decides about them.

    kept_fields.py ROOT          check the tree
    kept_fields.py ROOT --prove  check that planted violations are found

Every field of a style that a file of src/para reads must be in the key of
src/para/kept.c; a field of a run must be one that the key has or that lines only
hand on; and the key names no field that nobody reads.
"""
import pathlib
import re
import shutil
import sys
import tempfile

RUN = re.compile(r"\b(?:\w*run|runs\[[^]]*\])(?:->|\.)(\w+)")
# Of a style: what a message or a dump shows. Of runs: `text->runs` of the article, and
# `pk_glyph_run`, which is what comes out.
SHOWN = {"name", "span", "source"}
RUN_OUT = {"glyphs", "glyph_count", "x", "width", "face", "size", "scale_x", "tracking", "is_rtl", "run"}


def read_of(root):
    styles, runs = set(), set()
    for path in sorted((root / "src/para").glob("*.[ch]")):
        if path.name.startswith("kept."):
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        styles |= set(re.findall(r"\bstyle->(\w+)", text))
        runs |= set(RUN.findall(text))
    return styles - SHOWN, runs


def key_of(root):
    text = (root / "src/para/kept.c").read_text()
    return set(RUN.findall(text)), set(re.findall(r"FIELD\((\w+)\)[,}]", text)) | set(re.findall(r"\bstyle->(\w+)", text))


def check(root):
    styles, runs = read_of(root)
    run_key, key = key_of(root)
    faults = [f"src/para reads style->{name}, which the key of src/para/kept.c lacks" for name in sorted(styles - key)]
    faults += [f"the key of src/para/kept.c has {name}, which src/para does not read" for name in sorted(key - styles)]
    faults += [f"src/para reads {name} of a run, which the key of src/para/kept.c lacks"
               for name in sorted(runs - run_key - RUN_OUT - SHOWN)]
    return faults


def prove(root):
    plants = {"a style's field": "static int f(const pk_style *style) { return style->widows; }\n",
              "a run's field": "static int g(const pk_style_run *run) { return run->footnote; }\n"}
    for name, planted in plants.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            shutil.copytree(root / "src/para", copy / "src/para")
            with (copy / "src/para/break.c").open("a") as file:
                file.write(planted)
            if len(check(copy)) != 1:
                sys.exit(f"not found: {name}: {check(copy)}")


def main():
    root = pathlib.Path(sys.argv[1])
    faults = check(root)
    if faults:
        sys.exit("\n".join(faults))
    if "--prove" in sys.argv:
        prove(root)


if __name__ == "__main__":
    main()
