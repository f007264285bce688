#!/usr/bin/env python3
"""What pieces of a batch share: each is what it would be alone."""
import pathlib
import re
import shutil
import unittest

import pikepdf

import command
import kit

KIT = """documents:
  letter:
    articles: "letter.{row.lang}.md"
    editions: [press, screen, office]
    office: office.yaml
    data: rows.csv
    output: "{edition}/{row}"
"""

# Some letters of the names are in no other word of the letter, some rows are alike.
NAMES = ["Ana", "Đorđe", "Xaver Quist 7", "Ana", "Џејн", "Ana", " Žika", "Ана"]

PARAGRAPHS = {
    "en": ["The bridge over the Drina was opened in 1985, and *both sides* have kept it in repair.",
           "People of four villages walk to school across it; see [its page](https://example.org).",
           "> A bridge is a promise that one keeps every day.\n> — The engineer of the works"],
    "sr-Latn": ["Most preko Drine otvoren je 1985. godine i *obe strane* ga održavaju.",
                "Stanovnici četiri sela njime idu u školu; v. [stranicu](https://example.org).",
                "> Most je obećanje koje se drži svakog dana.\n> — Inženjer radova"],
    "sr-Cyrl": ["Мост преко Дрине отворен је 1985. године и *обе стране* га одржавају.",
                "Становници четири села њиме иду у школу; в. [страницу](https://example.org).",
                "> Мост је обећање које се држи сваког дана.\n> — Инжењер радова"],
}


BOOK = pathlib.Path(__file__).resolve().parent.parent / "book"

# What a row changes: a page, an article, the place and side of those behind it, a picture, a running head.
BOOKS = """facts: {seats: "120"}
documents:
  copy:
    articles: book.en.yaml
    editions: [screen, press]
    data: rows.csv
    output: "{edition}/{row}"
"""


def streams_of(path):
    """The packed content streams of the pages."""
    with pikepdf.open(path) as pdf:
        return [(page.Contents[1] if isinstance(page.Contents, pikepdf.Array) else page.Contents).read_raw_bytes()
                for page in pdf.pages]


class Shared(kit.KitTest):
    def set_up(self, rows):
        for lang, texts in PARAGRAPHS.items():
            body = "\n\n".join(["For {row.name}. " + texts[0]] + [text for text in texts * 12 if text])
            self.write_article(f"letter.{lang}.md", lang=lang, text=body)
        langs = list(PARAGRAPHS)
        self.write("rows.csv", "name,lang\n" + "".join(f"{name},{langs[n // 8 % 3]}\n" for n, name in enumerate(rows)))
        self.write_kit(KIT)

    def test_a_piece_of_many_is_what_it_is_alone(self):
        self.set_up(NAMES * 3)
        self.batch(0, "-j", "1", "-o", "one")
        self.batch(0, "-j", "5", "-o", "many")
        outputs = self.outputs("one")
        self.assertEqual(len(outputs), 3 * 3 * len(NAMES))
        self.assertEqual(outputs, self.outputs("many"))
        for name in sorted(outputs)[::7]:
            self.batch(0, "--only", name, "-o", "alone")
            self.assertEqual(self.outputs("alone")[name], outputs[name], name)

    def test_a_book_of_many_is_what_it_is_alone(self):
        shutil.copytree(BOOK, self.folder, dirs_exist_ok=True)
        for name, old, new in (("book.en.yaml", "subtitle: What two banks built together", 'subtitle: "For {row.name}"'),
                               ("layout.yaml", '"{book.year}"', '"{row.title?}"'),
                               ("02-ferry.en.md", "The ferry kept", "{row.more?}\n\nOf {facts.seats} seats. The ferry kept")):
            text = (self.folder / name).read_text(encoding="utf-8")
            self.assertIn(old, text)
            self.write(name, text.replace(old, new))
        more = ["", "A page more of the river and its banks. " * 250]
        self.write("rows.csv", "name,title,more\n" +
                   "".join(f"{name},{'Guest' if n % 3 else ''},{more[n % 2]}\n" for n, name in enumerate(NAMES)))
        self.write_kit(BOOKS)
        self.batch(0, "-j", "1", "-o", "one")
        self.batch(0, "-j", "5", "-o", "many")
        outputs = self.outputs("one")
        self.assertEqual(len(outputs), 2 * len(NAMES))
        self.assertEqual(outputs, self.outputs("many"))
        self.assertGreater(len({len(pikepdf.open(self.folder / "one" / name).pages) for name in outputs}), 1)
        for name in sorted(outputs)[::5]:
            self.batch(0, "--only", name, "-o", "alone")
            self.assertEqual(self.outputs("alone")[name], outputs[name], name)

    def test_articles_with_the_same_values_are_told_apart_from_others(self):
        self.set_up(NAMES)
        self.write_article("letter.en.md", text="For {row.title}. " + PARAGRAPHS["en"][0])
        self.write("rows.csv", "name,title,lang\n" + "".join(f"{n},{'Sir' if n % 2 else 'Madam'},en\n" for n in range(9)))
        self.batch(0, "-j", "1")
        outputs = self.outputs()
        for n in range(2, 9):
            for edition in ("press", "screen", "office"):
                self.assertEqual(outputs[f"{edition}/{n + 1:05}.pdf"], outputs[f"{edition}/{n - 1:05}.pdf"])
        self.assertNotEqual(outputs["office/00001.pdf"], outputs["office/00002.pdf"])
        self.assertIn("27 unchanged", self.batch(0)[1])
        self.write("rows.csv", (self.folder / "rows.csv").read_text().replace("8,Madam", "8,Lady"))
        self.assertIn("3 written, 24 unchanged", self.batch(0)[1])
        self.write("letter.en.md", (self.folder / "letter.en.md").read_text().replace("For", "To"))
        self.assertIn("27 written", self.batch(0)[1])

    def test_a_page_that_no_row_changes_is_the_same_bytes_in_every_copy(self):
        self.set_up(NAMES)
        self.batch(0)
        for edition in ("press", "screen", "office"):
            copies = [streams_of(self.folder / "out" / edition / f"{n + 1:05}.pdf") for n in range(len(NAMES))]
            self.assertGreater(len(copies[0]), 1)
            for n, copy in enumerate(copies):
                self.assertEqual(copy[1:], copies[0][1:], (edition, NAMES[n]))
            self.assertNotEqual(copies[0][0], copies[2][0])

    def test_a_page_within_marks_is_the_same_bytes_in_every_copy(self):
        self.set_up(NAMES)
        self.write_kit(KIT.replace("[press, screen, office]", "press").replace("    data", "    printers: sheetfed-uncoated-x4\n    data"))
        self.batch(0)
        copies = [streams_of(self.folder / "out/press" / f"{n + 1:05}.pdf") for n in range(len(NAMES))]
        for copy in copies:
            self.assertEqual(copy[1:], copies[0][1:])
        with pikepdf.open(self.folder / "out/press/00003.pdf") as pdf:
            self.assertTrue(all(isinstance(page.Contents, pikepdf.Array) for page in pdf.pages))
        self.batch(0, "--only", "press/00003.pdf", "-o", "alone")
        self.assertEqual(self.outputs("alone")["press/00003.pdf"], self.outputs()["press/00003.pdf"])

    def test_a_letter_that_no_font_has_is_told_in_every_copy(self):
        self.set_up(["Ana"] * 5)
        self.write("letter.en.md", (self.folder / "letter.en.md").read_text() + "\n\nNo font has \U000130b8 here.\n")
        out, err = self.batch(1)
        self.assertEqual(len(re.findall("glyph-missing", out + err)), 15)


if __name__ == "__main__":
    command.main()
