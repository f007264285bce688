#!/usr/bin/env python3
"""Tables as they stand on the page."""
import re

import command

LINE = re.compile(r"^  (\S+) line (\S+) (\S+) \"(.*)\"$")
RECT = re.compile(r"^  table rect (\S+) (\S+) (\S+) (\S+) (\S+) (\d+)%$")


# The shipped layouts may change; what is measured here may not.
LAYOUT = """presskit: layout/1
extends: base.yaml
page: {size: A4, margins: {top: 20mm, bottom: 20mm, inside: 40mm, outside: 40mm}}
grid: {leading: 15pt, columns: 1}
styles:
  body: {size: 11pt}
  table: {based-on: body, align: left, hyphenate: false, figure-width: tabular, figures: lining, before: 1grid, after: 1grid,
          rule-above: 0.75pt, rule-below: 0.75pt, cells: {stripe: office, stripe-tint: 6%}}
"""


class Tables(command.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "layout.yaml").write_text(LAYOUT)

    def dump(self, body, *arguments, lang="en"):
        (self.folder / "t.md").write_text(f"---\nheadline: Figures\nlang: {lang}\n---\nBefore it.\n\n{body}\n\nAfter it.\n")
        out, _ = self.expect(0, "render", "t.md", "--layout", "layout.yaml", "--dump", "page", *arguments)
        return out

    def lines(self, dump):
        """(style, x, y, words) of every line."""
        found = [LINE.match(line) for line in dump.splitlines()]
        return [(m[1], float(m[2]), float(m[3]), m[4]) for m in found if m]

    def place(self, dump, words):
        return next((x, y) for _, x, y, said in self.lines(dump) if said == words)

    def test_decimal_marks_stand_below_each_other(self):
        for lang, mark in (("en", "."), ("sr-Cyrl", ",")):
            with self.subTest(lang):
                dump = self.dump("| a | b |\n|---|---:|\n| x | 4 |\n| x | 12 |\n"
                                 f"| x | 3{mark}5 |\n| x | 104{mark}25 |\n| x | — |", lang=lang)
                one, two = self.place(dump, "4")[0], self.place(dump, "12")[0]
                digit = one - two
                self.assertAlmostEqual(self.place(dump, f"3{mark}5")[0], one, delta=0.05)
                self.assertAlmostEqual(self.place(dump, f"104{mark}25")[0], one - 2 * digit, delta=0.05)

    def test_numbers_that_the_article_sets_to_the_left_stay_there(self):
        dump = self.dump("| a | b |\n|---|:---|\n| x | 4 |\n| x | 12 |")
        self.assertEqual(self.place(dump, "4")[0], self.place(dump, "12")[0])

    def test_every_second_row_has_a_ground_as_high_as_the_row(self):
        dump = self.dump("| a | b |\n|---|---|\n" + "".join(f"| r{i} | v |\n" for i in range(5)))
        grounds = [m for m in map(RECT.match, dump.splitlines()) if m and float(m[4]) > 5]
        self.assertEqual([float(m[4]) for m in grounds], [15, 15])
        first = self.place(dump, "r1")[1]
        self.assertTrue(float(grounds[0][2]) < first < float(grounds[0][2]) + 15)

    def test_headings_stand_on_their_column(self):
        dump = self.dump("| Name | A heading that is much longer than the three columns can give it at all here |"
                         " Second heading of many words, as long as the one before |\n|---|---|---|\n| a | b | c |")
        name = self.place(dump, "Name")[1]
        cell = self.place(dump, "a")[1]
        self.assertAlmostEqual(cell - name, 15)

    def test_an_empty_heading_takes_no_row(self):
        dump = self.dump("| | |\n|---|---|\n| first | 1 |\n| second | 2 |")
        self.assertNotIn('""', dump)
        self.assertAlmostEqual(self.place(dump, "first")[1] - self.place(dump, "Before it.")[1], 30)

    def test_caption_and_notes_are_set_as_written(self):
        for lang, caption, note, source in (("en", "Table 1. Crews", "Note: all of them", "Source: our books"),
                                            ("sr-Latn", "Tabela: Posade", "Napomena: sve", "Izvor: naše knjige"),
                                            ("sr-Cyrl", "Табела 2.1: Посаде", "Напомена: све", "Извор: књиге")):
            with self.subTest(lang):
                dump = self.dump(f"{caption}\n\n| a | b |\n|---|---|\n| x | y |\n\n{note}\n\n{source}", lang=lang)
                styles = {words: style for style, _, _, words in self.lines(dump)}
                self.assertEqual(styles[caption], "table-caption")
                self.assertEqual(styles[note], "table-note")
                self.assertEqual(styles[source], "table-note")
                self.assertAlmostEqual(self.place(dump, "a")[1] - self.place(dump, caption)[1], 15, delta=0.5)

    def test_a_note_without_a_table_is_a_paragraph(self):
        dump = self.dump("Note: this is no table.")
        self.assertEqual([style for style, *_ in self.lines(dump)].count("table-note"), 0)

    def test_two_thousand_rows(self):
        rows = "".join(f"| Place number {i} | {i % 40} | {i / 7:.2f} | a short note |\n" for i in range(2000))
        dump = self.dump("| Place | Crews | Share | Note |\n|---|---:|---:|---|\n" + rows)
        self.assertEqual(sum(words.startswith("Place number") for *_, words in self.lines(dump)), 2000)
        for frame in dump.split("\npage ")[1:]:
            self.assertLess(max((y for style, _, y, _ in self.lines(frame) if style == "table"), default=0), 780)

    def test_a_heading_that_stands_again_is_told_once(self):
        rows = "".join(f"| Place number {i} | {i} |\n" for i in range(200))
        self.dump("| Place of *two* looks | Crews |\n|---|---:|\n" + rows)
        out, _ = self.expect(0, "render", "t.md", "--layout", "layout.yaml", "--edition", "screen", "--dump", "list")
        for words in ("Place of ", "two", " looks", "Crews"):
            tags = re.findall(rf'\[\d+ (\w+)\] glyphs .* "{words}"', out)
            self.assertGreater(len(tags), 2)
            self.assertEqual(tags, ["TH"] + ["Artifact"] * (len(tags) - 1))

    def test_a_table_too_wide_says_which_column(self):
        (self.folder / "t.md").write_text("---\nheadline: Figures\nlang: en\n---\n| a | b |\n|---|---|\n"
                                          f"| x | {'wide' * 40} |\n")
        _, said = self.expect(1, "render", "t.md", "--layout", "layout.yaml")
        self.assertIn("error[table-too-wide]", said)
        self.assertIn("column 2 needs", said)


if __name__ == "__main__":
    command.main()
