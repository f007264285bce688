#!/usr/bin/env python3
"""Where the output goes, and that nothing half done stays behind."""
import hashlib
import os
import pathlib
import subprocess
import unittest

import command

PDF = b"%PDF-"
PNG = b"\x89PNG"
LONG = "\n\n".join(["The two sides opened a workshop for young engineers in the valley. " * 12] * 40)


def make_tmpfs(test, kilobytes):
    """A small file system of its own at test.folder/small, or skips the test."""
    small = test.folder / "small"
    small.mkdir()
    run = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", small], capture_output=True,
                         check=False)
    if run.returncode:
        test.skipTest("no permission to mount a small file system")
    test.addCleanup(subprocess.run, ["umount", small], check=False)
    return small


class Output(command.CommandTest):
    def setUp(self):
        super().setUp()
        self.before = self.files()

    def new_files(self):
        return sorted(set(self.files()) - set(self.before))

    def write_long(self):
        article = (self.folder / "article.md").read_text()
        (self.folder / "long.md").write_text(article + "\n\n" + LONG + "\n")
        self.before = self.files()

    # ---- names

    def test_default_name_is_the_articles_in_the_current_folder(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        out, _ = self.expect(0, "render", "../article.md", cwd=elsewhere)
        self.assertEqual(self.new_files(), ["elsewhere/article.pdf"])
        self.assertRegex(out, r"^wrote article\.pdf \(1 page\)\n$")
        self.assertTrue((elsewhere / "article.pdf").read_bytes().startswith(PDF))

    def test_ending_of_the_output_chooses_the_format(self):
        self.expect(0, "render", "article.md", "-o", "a.png", "--dpi", "36")
        self.assertTrue((self.folder / "a.png").read_bytes().startswith(PNG))

    def test_several_pages_as_png_are_numbered(self):
        self.write_long()
        out, _ = self.expect(0, "render", "long.md", "--format", "png", "--dpi", "20")
        names = self.new_files()
        self.assertGreater(len(names), 9)
        width = len(str(len(names)))
        self.assertEqual(names, [f"long-{page:0{width}}.png" for page in range(1, len(names) + 1)])
        self.assertEqual(len(out.splitlines()), len(names))

    def test_page_numbers_stay_when_some_are_chosen(self):
        self.write_long()
        self.expect(0, "render", "long.md", "-o", "p.png", "--pages", "2,9-10", "--dpi", "20")
        self.assertEqual(self.new_files(), ["p-02.png", "p-09.png", "p-10.png"])
        self.expect(0, "render", "long.md", "-o", "one.png", "--pages", "3", "--dpi", "20")
        self.assertIn("one.png", self.new_files())

    def test_a_page_after_the_last_is_an_error(self):
        _, err = self.expect(1, "render", "article.md", "--pages", "7", "--diagnostics", "short")
        self.assertIn("error[page-range]", err)
        self.assertEqual(self.new_files(), [])

    def test_standard_output_takes_a_pdf(self):
        run = self.run_command("render", "article.md", "-o", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue(run.stdout.startswith(PDF))
        self.assertTrue(run.stdout.rstrip().endswith(b"%%EOF"))
        self.assertEqual(self.new_files(), [])

    def test_quiet_says_nothing_of_files(self):
        self.assertEqual(self.expect(0, "render", "article.md", "--quiet")[0], "")

    def test_a_dump_writes_no_file(self):
        for stage in ("article", "style", "para", "page", "list"):
            out, _ = self.expect(0, "render", "article.md", "--dump", stage)
            self.assertGreater(len(out), 100)
        self.assertEqual(self.new_files(), [])

    def test_no_office_anywhere_is_fine(self):
        (self.folder / "office.yaml").unlink()
        (self.folder / "article.md").write_text("---\nheadline: A visit\nlang: en\n---\nThe visit went well.\n")
        self.expect(0, "render", "article.md")

    # ---- the same bytes

    def test_the_same_inputs_give_the_same_bytes_anywhere(self):
        sums = set()
        for number, name in enumerate(("one", "two")):
            folder = self.folder / name
            folder.mkdir()
            for path in self.folder.iterdir():
                if path.is_file():
                    (folder / path.name).write_bytes(path.read_bytes())
            self.expect(0, "render", "article.md", "-o", "x.pdf", cwd=folder,
                        env={"TZ": ["UTC", "Asia/Tokyo"][number], "LC_ALL": ["C", "de_DE.UTF-8"][number]})
            sums.add(hashlib.sha256((folder / "x.pdf").read_bytes()).hexdigest())
        self.assertEqual(len(sums), 1)

    def test_source_date_epoch_is_checked(self):
        self.expect(0, "render", "article.md", env={"SOURCE_DATE_EPOCH": "1600000000"})
        _, err = self.expect(1, "render", "article.md", env={"SOURCE_DATE_EPOCH": "today"})
        self.assertIn("SOURCE_DATE_EPOCH", err)

    # ---- what cannot be written

    def test_an_input_is_never_written_over(self):
        article = (self.folder / "article.md").read_bytes()
        os.link(self.folder / "article.md", self.folder / "other.pdf")
        for output in ("./article.md", "office.yaml", "other.pdf"):
            _, err = self.expect(1, "render", "article.md", "-o", output, "--format", "pdf", "--diagnostics", "short")
            self.assertIn("error[output-is-input]", err)
        self.assertEqual((self.folder / "article.md").read_bytes(), article)

    def test_a_missing_folder_a_folder_and_a_device_are_system_errors(self):
        (self.folder / "taken.pdf").mkdir()
        for output in ("none/a.pdf", "taken.pdf", ".", "new/", "/dev/null"):
            _, err = self.expect(3, "render", "article.md", "-o", output, "--format", "pdf", "--diagnostics", "short")
            self.assertIn("error[output-failed]", err)
        self.assertEqual(self.new_files(), [])

    def test_an_older_output_is_replaced_and_kept_when_it_fails(self):
        (self.folder / "a.pdf").write_text("old")
        (self.folder / "bad.md").write_text("---\nhedline: x\n---\n")
        self.expect(1, "render", "bad.md", "-o", "a.pdf")
        self.assertEqual((self.folder / "a.pdf").read_text(), "old")
        self.expect(0, "render", "article.md", "-o", "a.pdf")
        self.assertTrue((self.folder / "a.pdf").read_bytes().startswith(PDF))

    def test_a_full_disk_leaves_what_was_there(self):
        small = make_tmpfs(self, 8)
        (small / "a.pdf").write_text("old")
        _, err = self.expect(3, "render", "article.md", "-o", small / "a.pdf", "--diagnostics", "short")
        self.assertIn("No space left on device", err)
        self.assertEqual(os.listdir(small), ["a.pdf"])
        self.assertEqual((small / "a.pdf").read_text(), "old")

    def test_a_disk_that_fills_at_a_later_page_leaves_none(self):
        small = make_tmpfs(self, 100)
        self.write_long()
        self.expect(3, "render", "long.md", "-o", small / "a.png", "--dpi", "72")
        self.assertEqual(os.listdir(small), [])

    def test_a_read_only_disk_is_a_system_error(self):
        small = make_tmpfs(self, 64)
        subprocess.run(["mount", "-o", "remount,ro", small], check=True)
        _, err = self.expect(3, "render", "article.md", "-o", small / "a.pdf", "--diagnostics", "short")
        self.assertIn("Read-only file system", err)

    # ---- what is said

    def test_summary_counts_and_says_that_nothing_was_written(self):
        (self.folder / "bad.md").write_text("---\nhedline: x\nlang: xx\n---\nText.\n")
        _, err = self.expect(1, "render", "bad.md")
        self.assertRegex(err.splitlines()[-1], r"^\d+ errors?(, \d+ warnings?)?: nothing written$")
        _, err = self.expect(1, "render", "bad.md", "--diagnostics", "json")
        self.assertTrue(err.startswith("[") and err.endswith("]\n"))

    def test_all_three_files_are_read_before_an_error_stops_it(self):
        (self.folder / "bad.md").write_text("---\nhedline: x\n---\nText.\n")
        (self.folder / "bad.layout.yaml").write_text("presskit: layout/1\nextends: base.yaml\npgae: A4\n")
        (self.folder / "bad.office.yaml").write_text("presskit: office/1\nnmae: x\n")
        _, err = self.expect(1, "render", "bad.md", "--layout", "bad.layout.yaml", "--office", "bad.office.yaml",
                             "--diagnostics", "short")
        for name in ("bad.md:", "bad.layout.yaml:", "bad.office.yaml:"):
            self.assertIn(name, err)


if __name__ == "__main__":
    command.main()
