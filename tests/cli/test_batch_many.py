#!/usr/bin/env python3
"""presskit batch with much to do: what grows is the work and not the memory; data that is broken."""
import json
import os
import pathlib
import random
import subprocess
import unittest

import command
import kit

IS_SANITIZED = b"__asan_init" in pathlib.Path(command.presskit_path()).read_bytes()
MEGABYTE = 1_000_000
CSV_BYTES = (20 if IS_SANITIZED else 200) * MEGABYTE
DOCUMENTS, BROKEN = (1000 if IS_SANITIZED else 5000), 20
ROWS = 300 if IS_SANITIZED else 1500

LETTERS = """documents:
  letter: {articles: letter.md, editions: screen, data: names.csv, output: "{row}"}
"""


class Many(kit.KitTest):
    def letters(self, data):
        self.write_article("letter.md", headline="For {row.name}", text="Welcome, {row.name}.")
        self.write_kit(LETTERS)
        if isinstance(data, bytes):
            (self.folder / "names.csv").write_bytes(data)
        else:
            self.write("names.csv", data)

    def measure(self, status, *arguments):
        """Runs the command; returns (stdout, stderr, most memory that it had, in bytes)."""
        environment = os.environ | {"PRESSKIT_DATA": str(command.ROOT), "XDG_CACHE_HOME": str(self.folder / ".cache")}
        with open(self.folder / "stdout", "w+", encoding="utf-8") as out, open(self.folder / "stderr", "w+", encoding="utf-8") as err:
            run = subprocess.Popen([command.presskit_path(), "batch", "kit.yaml", "-j", "2", "-d", "short", *arguments],
                                   cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            _, ended, usage = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(ended)
            out.seek(0)
            err.seek(0)
            said = out.read(), err.read()
        self.assertEqual(run.returncode, status, said[1][-2000:])
        return *said, usage.ru_maxrss * 1024

    def assert_bounded(self, memory, most):
        if not IS_SANITIZED:  # which keeps what is freed, to find who uses it
            self.assertLess(memory, most)

    # ---- data

    def test_a_table_of_200_megabytes_is_streamed(self):
        self.letters("name,about\n")
        about = "what is known of a guest, " * 40
        with open(self.folder / "names.csv", "a", encoding="utf-8") as data:
            while data.tell() < CSV_BYTES:
                data.writelines(f'Guest {data.tell()},"{about}"\n' for _ in range(1000))
        out, _, memory = self.measure(0, "--only", "00005.pdf")
        self.assertEqual((out, list(self.outputs())), ("", ["00005.pdf"]))
        self.assert_bounded(memory, 48 * MEGABYTE)

    def test_a_table_from_an_old_excel_is_refused_with_what_to_do(self):
        self.letters("name;table\r\nŽivka Šćepanović;1\r\nĐorđe Čolić;2\r\n".encode("windows-1250"))
        _, err = self.batch(1, "-d", "human")
        self.assertIn("names.csv:2:1: error[invalid-utf8]: byte 0x8e is not UTF-8", err)
        self.assertIn('looks like Windows-1250: in Excel save as "CSV UTF-8"', err)
        self.assertFalse(self.outputs())

    def test_quotes_that_are_not_closed_are_told_where_they_open(self):
        self.letters('name,about\nAna,"one"\nMarko,"not closed\nZoran,two\n' + "Guest,three\n" * 5000)
        _, err = self.batch(1)
        self.assertIn("names.csv:3:7: error[data-row]: the quote is not closed", err)
        self.assertLess(len(err), 2000)
        self.assertFalse(self.outputs())

    # ---- documents and rows

    def test_a_kit_of_thousands_of_which_some_are_broken(self):
        dice = random.Random(5)
        faults = {"![x](absent.jpg)": "7:6: error[file-missing]", "{facts.absent}": "7:1: error[merge-unknown]",
                  "{row.name}": "7:1: error[merge-unknown]", "{facts.absent} {row.name}": "7:16: error[merge-unknown]"}
        broken = {number: dice.choice(list(faults)) for number in dice.sample(range(DOCUMENTS), BROKEN)}
        kit_text = ["editions: text\ndocuments:\n"]
        text = "---\nheadline: Number {0}\nlang: en\n---\nThe text of {0}.\n\n{1}\n"
        for number in range(DOCUMENTS):
            self.write(f"t/{number}.md", text.format(number, broken.get(number, "")))
            kit_text.append(f"  d{number}: t/{number}.md\n")
        self.write_kit("".join(kit_text))
        _, err, memory = self.measure(1, "--report", "report.json")
        self.assertEqual(set(self.outputs()), {f"{n}.txt" for n in range(DOCUMENTS) if n not in broken})
        for number, data in self.outputs().items():
            self.assertIn(f"The text of {number.removesuffix('.txt')}.\n".encode(), data)
        for number, fault in broken.items():
            self.assertIn(f"{number}.txt failed:\n", err)
            self.assertIn(f"t/{number}.md:{faults[fault]}", err)
        self.assertIn(f"{DOCUMENTS - BROKEN} written, {BROKEN} failed", err)
        report = json.loads((self.folder / "report.json").read_text())
        self.assertEqual({p["file"] for p in report["pieces"] if p["state"] == "failed"}, {f"{n}.txt" for n in broken})
        self.assert_bounded(memory, 120 * MEGABYTE)
        # Mended, the same command makes what was missing and nothing else.
        for number in broken:
            self.write(f"t/{number}.md", text.format(number, ""))
        self.assertIn(f"{BROKEN} written, {DOCUMENTS - BROKEN} unchanged", self.measure(0)[1])

    def test_memory_is_that_of_the_workers_and_not_of_the_rows(self):
        peaks = []
        for rows in (ROWS // 10, ROWS):
            self.letters("name\n" + "".join(f"Guest number {n}\n" for n in range(rows)))
            peaks.append(self.measure(0, "-o", f"out{rows}")[2])
            self.assertEqual(len(self.outputs(f"out{rows}")), rows)
        self.assert_bounded(peaks[1], peaks[0] + 6 * MEGABYTE)

    def test_rows_of_one_file_take_the_memory_of_one_file(self):
        peaks = []
        for rows in (100, 600):
            self.letters("name\n" + "".join(f"Guest number {n}\n" for n in range(rows)))
            self.write_kit(LETTERS.replace("output:", "rows-per-file: 50, output:"))
            peaks.append(self.measure(0, "-o", f"out{rows}")[2])
            self.assertEqual(len(self.outputs(f"out{rows}")), rows / 50)
        self.assert_bounded(peaks[1], peaks[0] + 16 * MEGABYTE)


if __name__ == "__main__":
    command.main()
