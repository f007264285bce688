#!/usr/bin/env python3
"""What a start of the program opens: no library that the document does not need."""
import re
import sys
import unittest

import command

# By name without version; what only pictures, PNG and JSON need, or Pango's search for fonts.
COSTLY = {"libcairo", "libpango-1.0", "libfontconfig", "libgio-2.0", "libgobject-2.0", "libgnutls", "libX11", "librsvg-2",
          "libstdc++", "liblcms2", "libjson-glib-1.0"}


class Start(command.CommandTest):
    def opened(self, *arguments):
        run = self.run_command(*arguments, env={"LD_DEBUG": "files"})
        self.assertEqual(run.returncode, 0, run.stderr)
        names = re.findall(r"calling init: \S*/(\S+?)\.so", run.stderr)
        self.assertIn("libglib-2.0", names)
        return set(names)

    def setUp(self):
        super().setUp()
        if "libcairo" in self.opened("--version"):
            self.skipTest("this build is linked in the usual way (PRESSKIT_QUICK_START)")

    def test_no_costly_library_is_opened_for_the_version(self):
        self.assertEqual(self.opened("--version") & COSTLY, set())

    def test_no_costly_library_is_opened_for_a_page_of_type(self):
        (self.folder / "office.yaml").write_text("presskit: office/1\nname: {en: Drina Liaison Office}\n")
        self.assertEqual(self.opened("render", "article.md", "--quiet") & COSTLY, set())

    def test_what_is_needed_is_opened(self):
        self.assertIn("libcairo", self.opened("render", "article.md", "--format", "png", "--quiet"))


if __name__ == "__main__":
    command.main()
