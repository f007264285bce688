#!/usr/bin/env python3
"""Does what README.md says, as printed, in a copy of what a clone holds.

Files that the README shows (a ```markdown or ```yaml block after a line that
names a file in backquotes) are written first. Then all ```sh blocks run in one
shell, in order. A ```text block after an ```sh block is what that block prints.
```console blocks are for people only, but for one with a ```text block after it:
that is a command which fails, and this is how.
"""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import command

README = command.ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_FILE = re.compile(r"`([\w./-]+\.(?:md|yaml))`[^`]*:\s*\Z")
MARK = "@@ block {} @@"


def blocks():
    """(language, text, name of the file it shows or None) in the README's order."""
    text = README.read_text(encoding="utf-8")
    found, end = [], 0
    for match in BLOCK.finditer(text):
        name = NAMED_FILE.search(text[end:match.start()])
        found.append((match[1], match[2], name[1] if name else None))
        end = match.end()
    return found


class Readme(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="presskit-readme-")
        self.addCleanup(temporary.cleanup)
        self.clone = pathlib.Path(temporary.name) / "presskit"
        (self.clone / "build/release").mkdir(parents=True)
        (self.clone / "build/release/presskit").symlink_to(command.presskit_path())
        for name in ("content", "layouts"):
            shutil.copytree(command.ROOT / name, self.clone / name)

    def write_files(self):
        shown = [(name, text) for language, text, name in blocks() if language in ("markdown", "yaml") and name]
        self.assertGreaterEqual(len(shown), 5)
        for name, text in shown:
            path = self.clone / "shown" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def run_shell(self, script):
        run = subprocess.run(["bash", "-eu", "-c", script], cwd=self.clone, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
        return run.returncode, run.stdout.decode("utf-8", "backslashreplace")

    def test_commands_run_as_printed(self):
        self.write_files()
        expected = blocks()
        # A file is there as soon as its folder is: the reader makes that by a command.
        script = ["save() { for f in $(cd shown && find . -type f); do "
                  "[ ! -d desk ] || { mkdir -p \"$(dirname \"$f\")\"; cp -n \"shown/$f\" \"$f\"; }; done; }"]
        for number, (language, text, _) in enumerate(expected):
            follows = expected[number + 1][0] if number + 1 < len(expected) else None
            if language == "sh":
                script += [f"save; echo '{MARK.format(number)}'", text]
            elif language == "console" and follows == "text":
                script += [f"save; echo '{MARK.format(number)}'", f"if {text.strip()}; then exit 1; fi"]
        status, output = self.run_shell("\n".join(script))
        self.assertEqual(status, 0, f"a command of README.md failed:\n{output}")
        printed = dict((int(number), text) for number, text in
                       re.findall(r"@@ block (\d+) @@\n(.*?)(?=@@ block|\Z)", output, re.DOTALL))
        for number, (language, text, _) in enumerate(expected):
            if language == "text":
                self.assertEqual(printed.get(number - 1), text, "README.md shows another output")

    def test_every_command_and_option_is_in_it(self):
        text = README.read_text(encoding="utf-8")
        commands = self.run_shell("build/release/presskit --help")[1]
        names = re.findall(r"^  ([a-z]+) ", commands.split("Commands:")[1].split("\n\n")[0], re.MULTILINE)
        self.assertIn("render", names)
        for name in names:
            self.assertIn(f"### presskit {name}", text)
            usage = self.run_shell(f"build/release/presskit {name} --help")[1]
            for option in re.findall(r"^ +(?:-\w, )?(--[a-z]+)", usage, re.MULTILINE):
                self.assertIn(option, text, f"README.md does not tell of presskit {name} {option}")

    def test_links_lead_somewhere(self):
        text = re.sub(r"`[^`\n]+`", "", BLOCK.sub("", README.read_text(encoding="utf-8")))  # what is shown as code leads nowhere
        for target in re.findall(r"\]\(([^)\s#]+)\)", text):
            if "://" not in target:
                self.assertTrue((command.ROOT / target).exists(), f"README.md names {target}, which is not there")


if __name__ == "__main__":
    command.main()
