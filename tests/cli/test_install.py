#!/usr/bin/env python3
"""What `cmake --install` puts down works from anywhere, moved or not."""
import os
import shutil
import subprocess
import unittest

import command

PROGRAM = r"""
#include <presskit/presskit.h>
#include <stdio.h>

int main(int argc, char **argv) {
  presskit_engine *engine = presskit_engine_new(argc > 2 ? argv[2] : NULL);
  presskit_render_options options = {0};
  presskit_result *result;
  int status;
  options.article = argv[1];
  options.output = "api.pdf";
  result = presskit_render(engine, &options);
  status = (int)presskit_result_status(result);
  if (status != PK_OK) puts(presskit_result_diagnostics(result, PRESSKIT_HUMAN, false));
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}
"""


def is_sanitized(path):
    names = subprocess.run(["nm", path], capture_output=True, text=True, check=False).stdout
    return "__asan_" in names or "__tsan_" in names


class Install(command.CommandTest):
    def setUp(self):
        super().setUp()
        self.prefix = self.folder / "prefix"
        build = os.path.dirname(command.presskit_path())
        subprocess.run(["cmake", "--install", build, "--prefix", self.prefix], check=True, stdout=subprocess.DEVNULL)

    def test_everything_is_where_it_belongs(self):
        for path in ("bin/presskit", "include/presskit/presskit.h", "include/presskit/types.h",
                     "share/presskit/layouts/base.yaml", "share/presskit/fonts/SourceSerif4-Regular.ttf",
                     "share/man/man1/presskit.1", "share/bash-completion/completions/presskit"):
            self.assertTrue((self.prefix / path).is_file(), path)
        self.assertEqual(list(self.prefix.glob("share/presskit/fonts/node_modules")), [])

    def test_the_installed_tool_works_from_anywhere_and_after_a_move(self):
        self.expect(0, "render", self.folder / "article.md", "-o", self.folder / "a.pdf",
                    program=self.prefix / "bin/presskit", cwd="/")
        moved = self.folder / "moved"
        shutil.move(self.prefix, moved)
        self.expect(0, "render", self.folder / "article.md", "-o", self.folder / "b.pdf",
                    program=moved / "bin/presskit", cwd="/")
        self.assertEqual((self.folder / "a.pdf").read_bytes(), (self.folder / "b.pdf").read_bytes())

    def test_the_binary_names_no_folder_of_the_build(self):
        bare = self.folder / "bare"
        subprocess.run(["objcopy", "--strip-debug", self.prefix / "bin/presskit", bare], check=True)
        found = subprocess.run(["strings", bare], capture_output=True, text=True, check=True)
        # Assertions and sanitizers name the source file; nothing else may.
        named = [line for line in found.stdout.splitlines() if str(command.ROOT) in line and not line.endswith((".c", ".cc", ".h"))]
        self.assertEqual(named, [])

    def test_a_c_and_a_cpp_program_link_by_pkg_config(self):
        if is_sanitized(self.prefix / "bin/presskit"):
            self.skipTest("a sanitized library needs a sanitized program")
        environment = {**os.environ, "PKG_CONFIG_PATH": str(next(self.prefix.glob("**/presskit.pc")).parent)}
        flags = subprocess.run(["pkg-config", "--static", "--cflags", "--libs", "presskit"], env=environment,
                               capture_output=True, text=True, check=True).stdout.split()
        (self.folder / "api.c").write_text(PROGRAM)
        for compiler in (["cc", "api.c"], ["c++", "-x", "c++", "api.c", "-x", "none"]):
            subprocess.run([*compiler, "-o", "bin-api", *flags], cwd=self.folder, check=True)
            self.expect(0, self.folder / "article.md", self.prefix / "share/presskit",
                        program=self.folder / "bin-api")
            self.assertTrue((self.folder / "api.pdf").read_bytes().startswith(b"%PDF-"))


if __name__ == "__main__":
    command.main()
