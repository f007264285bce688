#!/usr/bin/env python3
"""presskit batch, when it is killed, when the disk is full, when two run at once,
when it is split over machines."""
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

import yaml

import command
import kit

ROWS = 120
KILLS = 50


class Faults(kit.KitTest):
    def setUp(self):
        super().setUp()
        self.write_article("letter.md", headline="For {row.name}", text=kit.WORDS["en"] + " {row.name}")
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(ROWS)))
        self.write_kit("documents:\n  letter: {articles: letter.md, editions: screen, data: names.csv, "
                       "output: \"{row}\"}\n")

    def start(self, *arguments):
        environment = os.environ | {"PRESSKIT_DATA": str(command.ROOT), "XDG_CACHE_HOME": str(self.folder / ".cache")}
        return subprocess.Popen([command.presskit_path(), "batch", "kit.yaml", "-q", *arguments], cwd=self.folder,
                                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)

    def wanted(self):
        self.batch(0, "-o", "wanted")
        made = self.outputs("wanted")
        self.assertEqual(len(made), ROWS)
        return made

    def assert_whole(self, wanted, folder="out"):
        """What is there is what it should be, and nothing else is."""
        for name, data in self.outputs(folder).items():
            self.assertEqual(data, wanted.get(name), f"{name} is not whole")

    def hidden(self):
        return [path for path in (self.folder / "out").glob(".presskit-*") if path.name != ".presskit-journal"]

    def has_nameless_files(self):
        try:
            os.close(os.open(self.folder, os.O_TMPFILE | os.O_WRONLY))
        except OSError:
            return False
        return True

    def test_kill_at_any_moment_leaves_whole_files(self):
        wanted = self.wanted()
        begin = time.monotonic()
        self.batch(0, "-o", "timed")
        whole = time.monotonic() - begin
        dice = random.Random(17)
        nameless = self.has_nameless_files()
        for number in range(KILLS):
            # Every other run begins from nothing, and the rest write over what is there.
            is_fresh = number % 2 == 0
            if is_fresh:
                shutil.rmtree(self.folder / "out", ignore_errors=True)
            run = self.start() if is_fresh else self.start("--force")
            time.sleep(dice.random() * whole * 0.8)
            run.send_signal(signal.SIGKILL)
            run.communicate()
            # No system call puts a nameless file in the place of another: what is to replace one has a hidden name
            # for a moment. It is whole even then, and the next run removes it.
            left = self.hidden()
            if is_fresh and nameless:
                self.assertEqual(left, [])
            for path in left:
                if nameless:
                    self.assertIn(path.read_bytes(), wanted.values(), f"{path.name} is not whole")
                path.rename(self.folder / f"aside-{number}-{path.name}")
            self.assert_whole(wanted)
        self.batch(0)
        self.assertEqual(self.outputs(), wanted)

    def test_what_a_killed_run_left_is_removed_by_the_next(self):
        wanted = self.wanted()
        gone = subprocess.Popen(["true"])
        gone.wait()
        self.write_kit((self.folder / "kit.yaml").read_text().split("\n", 2)[2].replace('"{row}"', '"letters/{row}"'))
        left = [self.write(f"out/{folder}.presskit-{gone.pid}-q7{n}abc", "half a pie")
                for n, folder in enumerate(("", "letters/"))]
        kept = self.write(f"out/letters/.presskit-{os.getpid()}-q7wabc", "of a process that is alive")
        other = self.start("-j", "1", "-o", "out")
        self.batch(0)
        other.communicate()
        self.batch(0)
        self.assertEqual([path for path in left if path.exists()], [])
        self.assertTrue(kept.exists())
        kept.unlink()
        self.assertEqual({name.removeprefix("letters/"): data for name, data in self.outputs().items()}, wanted)

    def test_a_killed_run_is_gone_on_with(self):
        run = self.start("-j", "1")
        while len(self.outputs() if (self.folder / "out").exists() else ()) < 3 and run.poll() is None:
            time.sleep(0.005)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        there = len(self.outputs())
        _, err = self.batch(0)
        if there < ROWS:
            self.assertRegex(err, r"\d+ written, \d+ unchanged")
        self.assertEqual(len(self.outputs().keys() & self.wanted().keys()), ROWS)

    def test_a_signal_ends_the_run_and_says_how_to_go_on(self):
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(4000)))
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = self.start("-j", "1", "--force")
            time.sleep(0.4)
            run.send_signal(number)
            _, err = run.communicate(timeout=60)
            self.assertEqual(run.returncode, status)
            self.assertIn(b"the same command goes on from here", err)

    def test_two_runs_at_once_do_not_disturb_each_other(self):
        wanted = self.wanted()
        runs = [self.start("--force") for _ in range(3)]
        for run in runs:
            self.assertEqual((run.communicate()[1], run.returncode), (b"", 0))
        self.assertEqual(self.outputs(), wanted)
        self.assertIn(f"{ROWS} unchanged", self.batch(0)[1])

    def test_shards_make_what_one_run_makes(self):
        wanted = self.wanted()
        made = {}
        for number in range(1, 8):
            self.batch(0, "-o", f"part{number}", "--shard", f"{number}/7")
            part = self.outputs(f"part{number}")
            self.assertGreater(len(part), 0)
            self.assertFalse(made.keys() & part.keys())
            made |= part
        self.assertEqual(made, wanted)

    def test_shards_are_read_from_the_environment(self):
        for name, environment in (("slurm", {"SLURM_ARRAY_TASK_ID": "12", "SLURM_ARRAY_TASK_MIN": "10",
                                             "SLURM_ARRAY_TASK_COUNT": "7"}),
                                  ("kubernetes", {"JOB_COMPLETION_INDEX": "2", "PRESSKIT_SHARDS": "7"}),
                                  ("parallel", {"PARALLEL_SEQ": "3", "PRESSKIT_SHARDS": "7"})):
            self.batch(0, "-o", name, "--shard", "auto", env=environment)
        self.batch(0, "-o", "third", "--shard", "3/7")
        for name in ("slurm", "kubernetes", "parallel"):
            self.assertEqual(self.outputs(name), self.outputs("third"))

    def test_the_scripts_for_clusters_hand_out_the_shares(self):
        made = {}
        for task in range(4, 7):
            environment = os.environ | {"PRESSKIT_DATA": str(command.ROOT), "PRESSKIT": command.presskit_path(),
                                        "SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_MIN": "4",
                                        "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_CPUS_PER_TASK": "2"}
            subprocess.run([command.ROOT / "scripts/batch.slurm", "kit.yaml", "out", "-q"], cwd=self.folder,
                           env=environment, check=True, capture_output=True)
            made[task] = len(self.outputs())
        self.assertTrue(0 < made[4] < made[5] < made[6] == ROWS, made)
        self.assertEqual(sorted(path.name for path in (self.folder / "out.reports").iterdir()),
                         ["4.json", "5.json", "6.json"])
        job = yaml.safe_load((command.ROOT / "scripts/batch.kubernetes.yaml").read_text())["spec"]
        container = job["template"]["spec"]["containers"][0]
        shards = next(e["value"] for e in container["env"] if e["name"] == "PRESSKIT_SHARDS")
        self.assertEqual((job["completionMode"], job["completions"]), ("Indexed", int(shards)))

    def test_a_full_disk_stops_the_run_and_leaves_whole_files(self):
        wanted = self.wanted()
        size = max(len(data) for data in wanted.values())
        disk = self.folder / "disk"
        disk.mkdir()
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * 20 + 65536}", "tmpfs", disk],
                               capture_output=True, check=False)
        if mount.returncode:
            self.skipTest("a tmpfs cannot be mounted here")
        try:
            _, err = self.batch(3, "-o", "disk/out")
            self.assertIn("error[output-failed]", err)
            self.assertIn("not begun", err)
            self.assert_whole(wanted, "disk/out")
            self.assertGreater(len(self.outputs("disk/out")), 5)
            subprocess.run(["mount", "-o", f"remount,size={size * 400}", disk], check=True)
            self.assertIn("unchanged", self.batch(0, "-o", "disk/out")[1])
            self.assertEqual(self.outputs("disk/out"), wanted)
        finally:
            subprocess.run(["umount", disk], check=False)

    def test_a_folder_that_cannot_be_written_is_told(self):
        self.write("out/00001.pdf/in-the-way", "a folder stands where a file should")
        _, err = self.batch(1)
        self.assertIn("00001.pdf failed:\n", err)
        self.assertIn("error[output-failed]", err)
        self.assertIn(f"{ROWS - 1} written, 1 failed", err)
        self.batch(3, "-o", "/proc/no/such/folder")

    def test_a_folder_that_is_made_read_only_is_told_and_gone_on_with(self):
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(ROWS * 4)))
        out = self.folder / "out"
        out.mkdir()
        run = self.start("-j", "1")
        while run.poll() is None and len(list(out.glob("*.pdf"))) < 5:
            time.sleep(0.002)
        # Root may write to any folder, but nobody to a mount that is read-only; what is open stays so.
        mounted = [subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0
                   for options in (["--bind", out, out], ["-o", "remount,ro,bind", out])]
        try:
            _, err = run.communicate(timeout=60)
            if not all(mounted):
                self.skipTest("a folder cannot be mounted read-only here")
            self.assertEqual(run.returncode, 3, err)
            self.assertIn(b"Read-only file system", err)
            self.assertIn(b"not begun", err)
            self.batch(3)
        finally:
            if mounted[0]:
                subprocess.run(["umount", out], check=True)
        there = self.outputs()
        self.assertTrue(5 <= len(there) < ROWS * 4)
        self.batch(0, "-o", "wanted")
        self.assert_whole(self.outputs("wanted"))
        self.assertEqual(self.hidden(), [])
        self.batch(0)
        self.assertEqual(self.outputs(), self.outputs("wanted"))

    def test_an_input_that_changes_during_the_run_is_seen_by_the_next(self):
        run = self.start("-j", "1")
        time.sleep(0.05)
        self.write_article("letter.md", headline="For {row.name}", text="Changed, {row.name}.")
        run.communicate()
        self.batch(0)
        self.batch(0, "-o", "again")
        self.assertEqual(self.outputs(), self.outputs("again"))

    def test_a_table_of_many_rows_is_streamed(self):
        self.write("names.csv", "name\n" + "".join(f"Guest {n}{' of many' * 20}\n" for n in range(60_000)))
        out = self.batch(0, "--dry-run", "--only", "00001.pdf")[0]
        self.assertEqual(out, "00001.pdf\n")


if __name__ == "__main__":
    command.main()
