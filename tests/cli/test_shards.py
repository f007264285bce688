#!/usr/bin/env python3
"""A kit that is shared out: by hand, by GNU parallel, by a Slurm cluster of two
nodes. What is made and what is reported are byte for byte those of one run."""
import os
import shutil
import subprocess
import unittest

import command
import kit
import slurm

ROWS = 40
SHARDS = 7


class Shards(kit.KitTest):
    def setUp(self):
        super().setUp()
        self.write_article("letter.md", headline="For {row.name}", text=kit.WORDS["en"] + " {row.name}")
        self.write_article("note.md", headline="A picture that is not there", text="![Nothing](nothing.jpg)")
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(ROWS)))
        self.write_kit("documents:\n"
                       "  letter: {articles: letter.md, editions: screen, data: names.csv, output: \"{row}\"}\n"
                       "  note: {articles: note.md, editions: screen}\n")
        self.environment = {"SOURCE_DATE_EPOCH": "1624700000", "PRESSKIT_DATA": str(command.ROOT),
                            "PRESSKIT": command.presskit_path(), "XDG_CACHE_HOME": str(self.folder / ".cache")}
        self.batch(1, "-o", "whole", "--report", "whole.json", "-j", "2", env=self.environment)

    def merge(self, status=0, folder="out.reports", env=None):
        parts = sorted((self.folder / folder).glob("*.json"))
        return self.expect(status, "report", *parts, "-o", "merged.json", env=env or self.environment)

    def assert_the_same(self, folder="out"):
        self.merge()
        self.assertEqual(self.outputs(folder), self.outputs("whole"))
        self.assertEqual((self.folder / "merged.json").read_bytes(), (self.folder / "whole.json").read_bytes())

    def shard(self, number, *arguments, env=None):
        (self.folder / "out.reports").mkdir(exist_ok=True)
        run = self.run_command("batch", "kit.yaml", "--shard", f"{number}/{SHARDS}", "--report",
                               f"out.reports/{number}.json", *arguments, env=env or self.environment)
        self.assertIn(run.returncode, (0, 1), run.stderr)

    # ---- sharing out

    def test_by_hand(self):
        for number in range(1, SHARDS + 1):
            self.shard(number)
        self.assert_the_same()

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
    def test_by_gnu_parallel(self):
        (self.folder / "out.reports").mkdir()
        subprocess.run(["parallel", "--no-notice", "-j", "2", '"$PRESSKIT"', "batch", "kit.yaml", "-q", "--shard",
                        "auto", "--report", "out.reports/{}.json", ":::", *map(str, range(1, SHARDS + 1))],
                       cwd=self.folder, env=os.environ | self.environment | {"PRESSKIT_SHARDS": str(SHARDS),
                                                                             "HOME": str(self.folder)},
                       stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
        self.assert_the_same()

    @unittest.skipIf(slurm.why_not(), slurm.why_not() or "")
    def test_by_slurm(self):
        with slurm.Cluster() as cluster:
            nodes = cluster.array(f"1-{SHARDS}", command.ROOT / "scripts" / "batch.slurm", "kit.yaml", "out", "-q",
                                  cwd=self.folder, environment=self.environment)
            said = cluster.said()
        self.assertEqual(len(said), SHARDS, said)
        self.assertTrue(set(nodes.values()) <= set(slurm.NODES))
        self.assert_the_same()

    # ---- putting reports together

    def test_times_are_told_but_where_bytes_are_to_be_the_same(self):
        for number in range(1, SHARDS + 1):
            self.shard(number, env={"XDG_CACHE_HOME": str(self.folder / ".cache")})
        self.merge()
        merged = (self.folder / "merged.json").read_text()
        self.assertIn('"ms": ', merged)
        self.assertNotIn('"ms": ', (self.folder / "whole.json").read_text())

    def test_what_is_wrong_with_reports_is_told(self):
        for number in range(1, SHARDS):
            self.shard(number)
        _, said = self.merge(1)
        self.assertIn("error[report-parts]: of 7 parts 7 is missing", said)
        self.shard(SHARDS)
        for name, text, wanted in (
                ("twice", (self.folder / "out.reports/3.json").read_text(), "part 3 of 7 was read already"),
                ("whole", (self.folder / "whole.json").read_text(), "of a whole run"),
                ("other", '{"presskit": "report/1", "shard": [1, 3], "total": 0, "written": 0, "unchanged": 0, '
                          '"failed": 0, "pieces": [\n]}\n', "the reports before are of 7 parts"),
                ("words", "no report at all\n", "no report of a batch"),
                ("empty", "", "no report of a batch"),
                ("1", (self.folder / "out.reports/1.json").read_text()[:-3], "no report of a batch"),
                ("2", (self.folder / "out.reports/1.json").read_text().replace("[1, 7]", "[2, 7]"),
                 "the reports are of different batches")):
            path = self.folder / "out.reports" / f"{name}.json"
            before = path.read_text() if path.exists() else None
            self.write(f"out.reports/{name}.json", text)
            _, said = self.merge(1)
            self.assertIn(wanted, said)
            self.assertIn(f"{name}.json", said)
            self.assertFalse((self.folder / "merged.json").exists())
            path.unlink() if before is None else path.write_text(before)
        self.merge()
        self.assertIn("file-unreadable", self.expect(1, "report", "nowhere.json")[1])


if __name__ == "__main__":
    command.main()
