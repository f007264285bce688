#!/usr/bin/env python3
"""What presskit batch shows while it works: a bar on a terminal, lines in a log."""
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import unittest

import command
import kit

ROWS = 150


class Progress(kit.KitTest):
    def setUp(self):
        super().setUp()
        self.write_article("letter.md", headline="For {row.name}", text=kit.WORDS["en"] + " {row.name}")
        self.write_article("note.md", headline="Nothing to see", text="![Nothing](nothing.jpg)")
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(ROWS)))
        self.write_kit("documents:\n"
                       "  note: {articles: note.md, editions: screen}\n"
                       "  letter: {articles: letter.md, editions: screen, data: names.csv, output: \"{row}\"}\n")

    def on_terminal(self, *arguments, columns=100, term="xterm"):
        """Runs `presskit batch` on a terminal of so many columns; returns (status, what it wrote there)."""
        parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        environment |= {"PRESSKIT_DATA": str(command.ROOT), "TERM": term, "NO_COLOR": "1",
                        "XDG_CACHE_HOME": str(self.folder / ".cache")}
        run = subprocess.Popen([command.presskit_path(), "batch", "kit.yaml", "-j", "1", *arguments], cwd=self.folder,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=child, env=environment)
        os.close(child)
        said = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            said += part
        os.close(parent)
        return run.wait(), said.decode()

    def bars(self, said):
        return re.findall(r"\r\x1b\[K(\[[#.]{24}\] [^\r\n]*)", said)

    def test_a_bar_on_a_terminal(self):
        status, said = self.on_terminal()
        self.assertEqual(status, 1)
        bars = self.bars(said)
        self.assertGreater(len(bars), 1, said)
        done = []
        for bar in bars:
            found = re.fullmatch(r"\[(#*)\.*\] (\d+)/(\d+), [\d.]+/s, (\d+:)?\d+:\d\d left, 1 failed  (\S.*)", bar)
            self.assertTrue(found, bar)
            self.assertEqual(int(found[3]), ROWS + 1)
            self.assertEqual(len(found[1]), int(found[2]) * 24 // (ROWS + 1))
            self.assertRegex(found[5], r"\.pdf$")
            done.append(int(found[2]))
        self.assertEqual(done, sorted(done))
        self.assertIn("nothing.jpg", said)  # the fault is told when it is found, above the bar
        self.assertLess(said.index("nothing.jpg"), said.rindex("left"))
        self.assertRegex(said, rf"\r\x1b\[Kpresskit: {ROWS} written, 1 failed in [\d.]+ s\r\n"
                               r"  note.pdf: note.md:6:12: \./nothing.jpg does not exist\r\n$")

    def test_a_bar_is_no_wider_than_the_terminal(self):
        for bar in self.bars(self.on_terminal("--force", columns=60)[1]):
            self.assertLess(len(bar), 60)

    def test_lines_where_no_bar_can_be(self):
        for said in (self.on_terminal(term="dumb")[1], self.batch(1, "--force")[1]):
            self.assertNotIn("\x1b", said)
            self.assertNotIn("[#", said)
            self.assertIn(f"{ROWS} written, 1 failed", said)

    def test_quiet(self):
        status, said = self.on_terminal("--quiet", "--only", "letter")
        self.assertEqual((status, said), (0, ""))

    def test_stopped_by_hand_the_line_is_clean(self):
        """Ctrl-C while the bar stands: the bar goes, the rest is told."""
        parent, child = pty.openpty()
        environment = os.environ | {"PRESSKIT_DATA": str(command.ROOT), "TERM": "xterm", "NO_COLOR": "1",
                                    "XDG_CACHE_HOME": str(self.folder / ".cache")}
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(20000)))
        run = subprocess.Popen([command.presskit_path(), "batch", "kit.yaml", "--only", "letter"], cwd=self.folder,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=child, env=environment)
        os.close(child)
        said = b""
        while b"left" not in said:
            said += os.read(parent, 65536)
        run.send_signal(signal.SIGINT)
        try:
            while part := os.read(parent, 65536):
                said += part
        except OSError:
            pass
        os.close(parent)
        self.assertEqual(run.wait(), 128 + signal.SIGINT)
        self.assertRegex(said.decode(), r"\r\x1b\[Kpresskit: \d+ written, \d+ not begun in [\d.]+ s\r\n"
                                        r"presskit: the same command goes on from here\r\n$")


if __name__ == "__main__":
    command.main()
