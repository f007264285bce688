#!/usr/bin/env python3
"""Checks that every module includes only modules before it.

    module_order.py ROOT          check the tree
    module_order.py ROOT --prove  check that planted violations are found

The order is PRESSKIT_MODULES of CMakeLists.txt. The command (src/cli) may use
the public headers, GLib and C alone; public headers may use each other and C.
"""
import pathlib
import re
import shutil
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
C_HEADERS = re.compile(r"[a-z0-9_]+\.h|sys/[a-z]+\.h")
# Foreign headers that the command must not see, though they look like C's own.
FOREIGN = {"hb.h", "cairo.h", "lcms2.h", "png.h", "jpeglib.h", "libdeflate.h", "libfyaml.h", "hyphen.h", "cmark-gfm.h"}


def modules_of(root):
    text = (root / "CMakeLists.txt").read_text()
    found = re.search(r"set\(PRESSKIT_MODULES\s+([^)]*)\)", text)
    return found.group(1).split()


def includes_of(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def check_module(name, header, is_quoted, modules):
    """Returns what is wrong with an include in a module, or None."""
    folder = header.split("/")[0] if "/" in header else ""
    if folder == "presskit":
        allowed = {"presskit/types.h"} | ({"presskit/presskit.h"} if name == modules[-1] else set())
        return None if header in allowed else f"{name}/ may not include the public header {header}"
    if folder in modules:
        if modules.index(folder) > modules.index(name):
            return f"{name}/ comes before {folder}/ and may not include {header}"
        return None
    return f"write the module's folder: {header}" if is_quoted else None


def check_cli(header, is_quoted):
    if is_quoted:
        return f"the command may not include {header}" if "/" in header else None
    if header.startswith(("presskit/", "glib.h", "glib/")):
        return None
    if C_HEADERS.fullmatch(header) and header not in FOREIGN:
        return None
    return f"the command may not include {header}"


def check_public(header):
    if header.startswith("presskit/") or (C_HEADERS.fullmatch(header) and header not in FOREIGN | {"glib.h"}):
        return None
    return f"a public header may not include {header}"


def violations(root):
    modules = modules_of(root)
    found = []
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("src/**/*.cc"), *root.glob("include/**/*.h")]):
        parts = path.relative_to(root).parts
        for number, is_quoted, header in includes_of(path):
            if parts[0] == "include":
                problem = check_public(header)
            elif parts[1] == "cli":
                problem = check_cli(header, is_quoted)
            elif parts[1] in modules:
                problem = check_module(parts[1], header, is_quoted, modules)
            else:
                problem = f"src/{parts[1]} is not in PRESSKIT_MODULES"
            if problem:
                found.append(f"{path.relative_to(root)}:{number}: {problem}")
    return found


PLANTED = [
    ("src/base/planted.h", '#include "page/page.h"', "base/ comes before page/"),
    ("src/diag/planted.c", '#include <presskit/presskit.h>', "may not include the public header"),
    ("src/pdf/planted.c", '#include "paint/paint.h"', "pdf/ comes before paint/"),
    ("src/para/planted.c", '#include "break.h"', "write the module's folder"),
    ("src/cli/planted.c", '#include "build/engine.h"', "the command may not include"),
    ("src/cli/planted.c", "#include <pango/pango.h>", "the command may not include"),
    ("src/other/planted.c", "#include <stdio.h>", "is not in PRESSKIT_MODULES"),
    ("include/presskit/planted.h", "#include <glib.h>", "a public header may not include"),
]


def prove(root):
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        shutil.copy(root / "CMakeLists.txt", copy)
        for place, line, expected in PLANTED:
            path = copy / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"/* planted */\n{line}\n")
            found = violations(copy)
            path.unlink()
            if not any(one.startswith(f"{place}:2:") and expected in one for one in found):
                missed.append(f"not found: {line} in {place}")
    return missed


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    problems = prove(root) if "--prove" in sys.argv[2:] else violations(root)
    good = "every planted violation is found" if "--prove" in sys.argv[2:] else "modules include only downwards"
    print("\n".join(problems) or good)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
