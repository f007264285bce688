#!/usr/bin/env python3
"""presskit batch of books: a copy for each row."""
import pathlib
import shutil
import subprocess
import unittest

import command
import kit

BOOK = pathlib.Path(__file__).resolve().parent.parent / "book"


class Books(kit.KitTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(BOOK, self.folder, dirs_exist_ok=True)

    def change(self, name, old, new):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def copies(self, more=""):
        self.change("book.en.yaml", "subtitle: What two banks built together", 'subtitle: "The copy of {row.name}"')
        self.change("01-bridge.en.md", "headline:", "kicker: \"For {row.name}\"\nheadline:")
        self.write("guests.csv", "name,seat\nAna Ilić,1\nMarko Savić,2\nЦвета,3\n")
        self.write_kit('documents:\n  book: {articles: book.en.yaml, editions: screen, data: guests.csv, output: "{row.name}"'
                       + more + "}\n")

    def text_of(self, name, first=1, last=99):
        text = subprocess.run(["pdftotext", "-f", str(first), "-l", str(last), self.folder / "out" / name, "-"],
                              capture_output=True, text=True, check=True).stdout
        return " ".join(text.split())

    def test_a_piece_is_what_render_makes_of_the_book(self):
        self.write_kit("editions: [screen, press, text, html]\ndocuments:\n  book: book.en.yaml\n")
        self.batch(0)
        self.assertEqual(set(self.outputs()), {"book.en-screen.pdf", "book.en-press.pdf", "book.en-text.txt", "book.en-html.html"})
        for edition, ending in (("screen", "pdf"), ("press", "pdf"), ("text", "txt"), ("html", "html")):
            self.expect(0, "render", "book.en.yaml", "--edition", edition, "-o", f"one.{ending}", "-q")
            self.assertEqual(self.outputs()[f"book.en-{edition}.{ending}"], (self.folder / f"one.{ending}").read_bytes())
        self.assertIn("4 unchanged", self.batch(0)[1])
        self.change("03-school.en.md", "headline: ", "headline: New ")
        self.assertIn("4 written", self.batch(0)[1])

    def test_rows_fill_a_book_and_its_articles(self):
        self.copies()
        self.batch(0)
        self.assertEqual(list(self.outputs()), ["Ana-Ilić.pdf", "Marko-Savić.pdf", "Цвета.pdf"])
        for name in ("Ana Ilić", "Marko Savić", "Цвета"):
            file = name.replace(" ", "-") + ".pdf"
            self.assertIn(f"The copy of {name}", self.text_of(file, 1, 4))
            self.assertIn(f"For {name}".casefold(), self.text_of(file, 5).casefold())
        self.assertIn("3 unchanged", self.batch(0)[1])
        self.write("guests.csv", "name,seat\nAna Ilić,7\nMarko Savić,8\nЦвета,9\n")
        self.assertIn("3 unchanged", self.batch(0)[1])
        self.batch(0, "-o", "again", "-j", "1", "--force")
        self.assertEqual(self.outputs("again"), self.outputs())

    def test_many_copies_go_into_one_file(self):
        self.copies(", rows-per-file: 3")
        self.change("kit.yaml", '"{row.name}"', "all")
        self.batch(0)
        count = subprocess.run(["pdfinfo", self.folder / "out/all.pdf"], capture_output=True, text=True, check=True).stdout
        self.assertIn("Pages:           48", count)
        self.assertIn("The copy of Цвета", self.text_of("all.pdf", 33, 34))

    def test_what_is_missing_is_told_before_anything_is_made(self):
        self.copies()
        self.change("kit.yaml", '"{row.name}"', '"{row}"')
        self.write("guests.csv", "name,seat\nAna Ilić,1\n,2\n")
        _, err = self.batch(1)
        self.assertIn("book.en.yaml:4:24: error[merge-empty]: row 2 has no value in the column 'name'", err)
        self.assertFalse(self.outputs())
        self.change("book.en.yaml", "{row.name}", "{row.name?}")
        _, err = self.batch(1)
        self.assertIn("01-bridge.en.md:2:14: error[merge-empty]: row 2 has no value in the column 'name'", err)
        self.change("01-bridge.en.md", "{row.name}", "{row.nmae}")
        self.assertIn("there is no column 'nmae'", self.batch(1)[1])
        self.assertFalse(self.outputs())
        self.change("01-bridge.en.md", "{row.nmae}", "{row.name?}")
        self.change("book.en.yaml", "art: art/river.svg, caption", 'art: "art/{row.name?}river.svg", caption')
        _, err = self.batch(1)
        self.assertIn("error[file-missing]: row 1: ", err)
        self.assertIn("art/Ana Ilićriver.svg", err)
        self.assertFalse(self.outputs())

    def test_each_broken_book_is_named(self):
        self.change("book.en.yaml", "04-figures.en.md", "absent.md")
        self.write_kit("editions: screen\ndocuments:\n  book: book.en.yaml\n")
        _, err = self.batch(1)
        self.assertIn("book.en.pdf failed:\n", err)
        self.assertIn("absent.md", err)


if __name__ == "__main__":
    command.main()
