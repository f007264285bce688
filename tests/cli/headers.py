#!/usr/bin/env python3
"""Checks that each public header compiles alone, as C and as C++.

    headers.py INCLUDE_FOLDER CC CXX
"""
import pathlib
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]


def compile_alone(compiler, language, standard, include, header):
    source = f"#include <{header}>\n#include <{header}>\n"
    run = subprocess.run([compiler, "-x", language, f"-std={standard}", *WARNINGS, f"-I{include}", "-"],
                         input=source, text=True, capture_output=True, check=False)
    if run.returncode:
        print(f"{header} does not compile as {standard}:\n{run.stderr}")
    return run.returncode == 0


def main():
    include, cc, cxx = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    headers = sorted(str(path.relative_to(include)) for path in include.glob("**/*.h"))
    good = [compile_alone(cc, "c", "c99", include, header) for header in headers]
    good += [compile_alone(cxx, "c++", "c++11", include, header) for header in headers]
    print(f"{len(headers)} public headers, {sum(good)} of {len(good)} compilations clean")
    return 0 if headers and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
