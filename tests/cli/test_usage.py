#!/usr/bin/env python3
"""How the command answers to right and wrong use."""
import json
import os
import re
import pty
import subprocess
import unittest

import command


class Usage(command.CommandTest):
    def test_version_needs_no_data(self):
        out, err = self.expect(0, "--version", env={"PRESSKIT_DATA": "/nowhere"})
        self.assertRegex(out, r"^presskit \d+\.\d+\.\d+\n$")
        self.assertEqual(err, "")

    def test_a_program_in_the_source_tree_finds_its_data(self):
        program = command.presskit_path()
        if not program.startswith(f"{command.ROOT}/build/"):
            self.skipTest("it was built elsewhere")
        self.assertIn("handout", self.expect(0, "list", "layouts", program=program)[0])

    def test_a_wrong_data_folder_is_named(self):
        _, err = self.expect(1, "render", "article.md", env={"PRESSKIT_DATA": "/nowhere"})
        self.assertIn("error[data-missing]: '/nowhere' is not presskit's data folder", err)
        self.expect(1, "list", "layouts", env={"PRESSKIT_DATA": "/nowhere"})

    def test_without_a_command_it_is_wrong_use(self):
        out, err = self.expect(2)
        self.assertEqual(out, "")
        self.assertIn("presskit --help", err)

    def test_unknown_command_is_answered_with_the_nearest(self):
        _, err = self.expect(2, "rendr", "article.md")
        self.assertIn("did you mean 'render'?", err)

    def test_unknown_option_is_answered_with_the_nearest(self):
        _, err = self.expect(2, "render", "article.md", "--layuot", "handout")
        self.assertIn("unknown option '--layuot'; did you mean '--layout'?", err)
        self.expect(2, "render", "article.md", "-z")

    def test_unknown_value_is_answered_with_the_nearest(self):
        _, err = self.expect(2, "render", "article.md", "--dump", "pages")
        self.assertIn("did you mean 'page'?", err)
        _, err = self.expect(2, "render", "article.md", "--format=tiff")
        self.assertIn("there are: pdf, png", err)
        _, err = self.expect(2, "list", "layout")
        self.assertIn("did you mean 'layouts'?", err)
        _, err = self.expect(2, "schema", "ofice")
        self.assertIn("did you mean 'office'?", err)

    def test_values_are_checked_before_anything_is_read(self):
        for arguments in (("--dpi", "9"), ("--dpi", "nan"), ("--dpi", "100x"), ("--pages", "0"), ("--pages", "3-2"),
                          ("--pages", "x"), ("--pages", "1,,2"), ("--pages", ""), ("--pages", "-"), ("--dpi",),
                          ("--strict=yes",), ("--format", "pdf", "-o", "a.png"), ("second.md",)):
            self.expect(2, "render", "missing.md", *arguments)
        self.assertEqual(self.files(), sorted(self.files()))

    def test_missing_and_superfluous_arguments_are_wrong_use(self):
        self.expect(2, "render")
        self.expect(2, "list")
        self.expect(2, "explain", "a", "b")
        self.expect(2, "help", "me")

    def test_control_characters_of_arguments_do_not_reach_the_terminal(self):
        _, err = self.expect(2, "\x1b[2J")
        self.assertNotIn("\x1b", err)

    def test_every_command_has_help_with_an_example(self):
        for name in ("render", "list", "schema", "explain", "help"):
            out, err = self.expect(0, name, "--help")
            self.assertIn(f"Usage: presskit {name}", out)
            self.assertIn("Example:\n  presskit ", out)
            self.assertEqual(err, "")
            self.assertEqual(self.expect(0, "help", name)[0], out)
            self.assertLessEqual(max(len(line) for line in out.splitlines()), 120)
        self.assertIn("render", self.expect(0, "--help")[0])

    def test_man_page_and_completion_know_every_option(self):
        manual = (command.ROOT / "src/cli/presskit.1").read_text().replace("\\-", "-")
        completion = (command.ROOT / "src/cli/completion/presskit.bash").read_text()
        names = [n for n in re.findall(r"^  ([a-z]+) ", self.expect(0, "--help")[0], flags=re.M) if n != "presskit"]
        self.assertGreater(len(names), 10)
        for name in names:
            out, _ = self.expect(0, name, "--help")
            self.assertIn(f"presskit {name}", manual)
            self.assertRegex(completion, rf"\b{name}\b")
            for option in set(re.findall(r"--[a-z-]+", out)):
                self.assertTrue(option in manual and option in completion, f"{name} {option}")
            # What may follow: kinds of files, of things.
            first = re.search(rf"presskit {name} (\S+)", out)
            for word in re.findall(r"[a-z]{3,}", first[1]) if first else ():
                self.assertTrue(word in manual and word in completion, f"{name} {word}")

    def test_books_are_named_wherever_an_article_is(self):
        for name in ("render", "impose", "check", "preflight", "separations"):
            self.assertIn("BOOK", self.expect(0, name, "--help")[0].splitlines()[0])

    def complete(self, *words):
        script = (f"source {command.ROOT}/src/cli/completion/presskit.bash\n"
                  'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _presskit; printf "%s\\n" "${COMPREPLY[@]}"')
        run = subprocess.run(["bash", "-euc", script, "bash", command.presskit_path(), *words], cwd=self.folder,
                             env={**os.environ, "PRESSKIT_DATA": str(command.ROOT)},
                             capture_output=True, text=True, check=True)
        self.assertEqual(run.stderr, "")
        return run.stdout.split()

    def test_completion_knows_commands_options_values_and_layouts(self):
        self.assertEqual(self.complete("re"), ["render", "report"])
        self.assertEqual(self.complete("render", "--lay"), ["--layout"])
        self.assertEqual(self.complete("render", "--layout", "hand"), ["handout"])
        self.assertEqual(self.complete("render", "--layout", "=", "hand"), ["handout"])
        self.assertEqual(self.complete("render", "--edition", "s"), ["screen"])
        self.assertEqual(self.complete("render", "art"), ["article.md"])
        self.assertEqual(self.complete("check", "off"), ["office.yaml"])
        self.assertEqual(self.complete("new", "b"), ["book"])
        self.assertEqual(self.complete("schema", "b"), ["book"])
        self.assertEqual(self.complete("render", "-O", "off"), ["office.yaml"])
        self.assertEqual(self.complete("list", "la"), ["layouts", "languages"])
        self.assertEqual(self.complete("explain", "file-mi"), ["file-missing"])

    def test_explain_knows_every_code_it_lists(self):
        out, _ = self.expect(0, "explain")
        codes = [line.split("\t")[0] for line in out.splitlines()]
        self.assertIn("file-missing", codes)
        for code in codes:
            text, _ = self.expect(0, "explain", code)
            self.assertTrue(text.startswith(f"{code}: "))
            self.assertGreater(len(text.splitlines()), 2)
        _, err = self.expect(2, "explain", "file-mising")
        self.assertIn("did you mean 'file-missing'?", err)

    def test_lists_are_tab_separated_for_scripts(self):
        out, _ = self.expect(0, "list", "layouts")
        names = [line.split("\t")[0] for line in out.splitlines()]
        self.assertIn("press-release", names)
        self.assertIn("handout", names)
        self.assertNotIn("base", names)
        out, _ = self.expect(0, "list", "languages")
        self.assertEqual([line.split("\t")[0] for line in out.splitlines()], ["en", "sr-Latn", "sr-Cyrl"])
        out, _ = self.expect(0, "list", "fonts")
        fonts = [line.split("\t") for line in out.splitlines()]
        self.assertIn(["Source Serif 4", "Regular", "first choice"], [font[:3] for font in fonts])
        self.assertIn(["Vollkorn", "Regular", "fall-back"], [font[:3] for font in fonts])

    def test_every_shipped_printer_is_sound(self):
        lines = self.expect(0, "list", "printers")[0].splitlines()
        self.assertIn("sheetfed-coated-x4", [line.split("\t")[0] for line in lines])
        for line in lines:
            self.assertTrue(all(line.split("\t")), line)

    def test_schemas_are_json_and_references_are_not(self):
        for kind in ("article", "layout", "office", "printer", "kit"):
            schema = json.loads(self.expect(0, "schema", kind)[0])
            self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
            self.assertIn("|", self.expect(0, "schema", kind, "--markdown")[0])

    def test_a_full_standard_output_is_a_system_error(self):
        with open("/dev/full", "wb") as full:
            _, err = self.expect(3, "list", "languages", stdout=full)
        self.assertIn("No space left on device", err)

    def test_a_reader_that_goes_away_is_quiet(self):
        read, write = os.pipe()
        os.close(read)
        _, err = self.expect(3, "explain", stdout=write)
        os.close(write)
        self.assertEqual(err, "")

    def stderr_on_terminal(self, environment):
        master, slave = pty.openpty()
        run = subprocess.run([command.presskit_path(), "render", "missing.md"], cwd=self.folder, stderr=slave,
                             stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", **environment}, check=False)
        os.close(slave)
        text = os.read(master, 100000).decode()
        os.close(master)
        self.assertEqual(run.returncode, 1)
        return text

    def test_colour_only_on_a_terminal_that_wants_it(self):
        self.assertIn("\x1b[", self.stderr_on_terminal({"NO_COLOR": ""}))
        self.assertNotIn("\x1b[", self.stderr_on_terminal({"NO_COLOR": "1"}))
        self.assertNotIn("\x1b[", self.stderr_on_terminal({"NO_COLOR": "", "TERM": "dumb"}))
        self.assertNotIn("\x1b[", self.expect(1, "render", "missing.md")[1])


if __name__ == "__main__":
    command.main()
