#!/usr/bin/env python3
"""presskit batch --zip: a kit to hand over."""
import base64
import hashlib
import html.parser
import io
import os
import shutil
import signal
import subprocess
import time
import unittest
import urllib.parse
import zipfile

from PIL import Image

import command
import kit

KIT = """title: {en: Open day & more, sr-Latn: Dan otvorenih vrata, sr-Cyrl: Дан отворених врата}
languages: [en, sr-Latn, sr-Cyrl]
documents:
  story:
    title: {en: The story, sr-Latn: Priča, sr-Cyrl: Прича}
    articles: story.{language}.md
    editions: [screen, text, html]
    output: "{document}/{article}"
  letter-to-guests:
    articles: letter.md
    languages: []
    editions: screen
    data: guests.csv
    output: "{document}/{row}-{row.name}"
"""


class Page(html.parser.HTMLParser):
    """Links, pictures and what one reads; complains of tags that do not match."""
    EMPTY = {"meta", "img", "input", "br", "wbr", "link"}

    def __init__(self, text):
        super().__init__()
        self.links, self.pictures, self.words, self.open = [], [], [], []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in self.EMPTY:
            self.open.append(tag)
        if tag == "a":
            self.links.append(urllib.parse.unquote(attributes["href"]))
        if tag == "img":
            self.pictures.append(attributes)
        assert tag not in ("script", "link"), tag

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)


class Zip(kit.KitTest):
    def setUp(self):
        super().setUp()
        for lang in kit.WORDS:
            self.write_article(f"story.{lang}.md", lang=lang, headline=f"A <story> in {lang}")
        self.write_article("letter.md", headline="For {row.name}", text="Welcome, {row.name}.")
        self.write("guests.csv", "name\nAna Ilić\nMarko\nЦвета\n")
        self.write_kit(KIT)

    def read(self, name="out.zip"):
        with zipfile.ZipFile(self.folder / name) as archive:
            self.assertIsNone(archive.testzip())
            return {info.filename: archive.read(info) for info in archive.infolist()}

    def test_the_zip_holds_outputs_checksums_and_an_index(self):
        self.batch(0, "--zip")
        files, outputs = self.read(), self.outputs()
        self.assertEqual(files.keys(), {"out/index.html", "out/SHA256SUMS"} | {f"out/{name}" for name in outputs})
        for name, data in outputs.items():
            self.assertEqual(files[f"out/{name}"], data)
        sums = dict(reversed(line.split("  ", 1)) for line in files["out/SHA256SUMS"].decode().splitlines())
        self.assertEqual(sums, {name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()})

    def test_other_tools_can_check_it(self):
        self.batch(0, "--zip")
        subprocess.run(["unzip", "-q", "out.zip", "-d", "there"], cwd=self.folder, check=True)
        subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=self.folder / "there/out", check=True)

    def test_the_index_shows_each_piece(self):
        self.batch(0, "--zip")
        page = Page(self.read()["out/index.html"].decode())
        outputs = self.outputs()
        self.assertEqual(set(page.links), set(outputs))
        self.assertEqual(len(page.pictures), len(outputs))
        for picture in page.pictures:
            data = picture["src"].removeprefix("data:image/png;base64,")
            image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
            self.assertEqual(image.size, (int(picture["width"]), int(picture["height"])))
            self.assertGreater(len(image.convert("RGB").getcolors(1 << 20)), 10, "the picture shows nothing")
            self.assertTrue(picture["alt"])
        words = " ".join(page.words)
        for word in ("Open day & more", "Дан отворених врата", "The story", "Прича", "Letter to guests", "A <story> in en",
                     "For Ana Ilić", "Plain text", "Veb-stranica", "1\u00a0strana", "12\u00a0files", "12\u00a0datoteka"):
            self.assertIn(word, words)
        self.assertNotIn("http", "".join(picture["src"][:30] for picture in page.pictures))

    def test_the_same_kit_gives_the_same_bytes(self):
        self.batch(0, "--zip", "-j", "1")
        first = (self.folder / "out.zip").read_bytes()
        for arguments, environment in ((("-j", "5", "--force"), {"TZ": "Asia/Tokyo", "LC_ALL": "C"}), ((), {"TZ": "America/Lima"}),
                                       ((), {"XDG_CACHE_HOME": str(self.folder / "other")})):
            (self.folder / "out.zip").unlink()
            self.batch(0, "--zip", *arguments, env=environment)
            self.assertEqual((self.folder / "out.zip").read_bytes(), first)
        self.batch(0, "--zip", env={"SOURCE_DATE_EPOCH": "1790000000"})
        with zipfile.ZipFile(self.folder / "out.zip") as archive:
            self.assertEqual({info.date_time for info in archive.infolist()}, {(2026, 9, 21, 14, 13, 20)})

    def test_a_kit_with_a_broken_piece_is_not_handed_over(self):
        self.write_article("story.en.md", text="![x](absent.jpg)")
        self.batch(1, "--zip")
        self.assertFalse((self.folder / "out.zip").exists())
        self.assertIn("--zip packs a whole kit", self.batch(2, "--zip", "--shard", "1/2")[1])
        self.batch(0, "--zip", "--dry-run", kit="kit.yaml")
        self.assertFalse((self.folder / "out.zip").exists())

    def test_pages_that_are_pictures_are_all_in_it(self):
        self.write_article("story.en.md", text="\n\n".join(kit.WORDS["en"] * 8 for _ in range(6)))
        self.write_kit("formats: png\ndpi: 30\ndocuments:\n  story: story.en.md\n")
        self.batch(0, "--zip")
        page = Page(self.read()["out/index.html"].decode())
        self.assertEqual(page.links, ["story.en-1.png", "story.en-1.png", "story.en-2.png"])
        self.assertEqual(len(page.pictures), 1)

    def test_a_killed_run_is_gone_on_with(self):
        self.write("guests.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(20)))
        begin = time.monotonic()
        self.batch(0, "--zip")
        whole = time.monotonic() - begin
        wanted = (self.folder / "out.zip").read_bytes()
        environment = os.environ | {"PRESSKIT_DATA": str(command.ROOT), "XDG_CACHE_HOME": str(self.folder / ".cache")}
        for part in range(4):
            shutil.rmtree(self.folder / "out")
            (self.folder / "out.zip").unlink(missing_ok=True)
            run = subprocess.Popen([command.presskit_path(), "batch", "kit.yaml", "-q", "--zip"], cwd=self.folder,
                                   env=environment, stderr=subprocess.DEVNULL)
            time.sleep(whole * (0.3 + part / 5))
            run.send_signal(signal.SIGKILL)
            run.communicate()
            made = self.folder / "out.zip"
            self.assertTrue(not made.exists() or made.read_bytes() == wanted)
            self.assertEqual([path.name for path in self.folder.iterdir() if ".zip" in path.name and path != made], [])
            self.batch(0, "--zip")
            self.assertEqual(made.read_bytes(), wanted)


if __name__ == "__main__":
    command.main()
