#!/usr/bin/env python3
"""Lists, quotes, verse and headings as they stand on the page."""
import re

import command

LAYOUT = """presskit: layout/1
extends: base.yaml
page: {size: A4, margins: {top: 30mm, bottom: 30mm, inside: 40mm, outside: 40mm}}
grid: {leading: 15pt, columns: 1}
styles:
  body: {size: 10pt}
  list-item: {based-on: body, indent: 0pt, left: 20pt, marker: ["•", "–"]}
  quote: {based-on: body, indent: 10pt, left: 15pt, right: 15pt, before: 1grid, after: 1grid}
  heading-2: {font: sans, size: 12pt, before: 1grid, keep-with-next: true}
  heading-3: {font: sans, weight: semibold, size: 9pt, before: 1grid, run-in: true}
"""
LINE = re.compile(r'^  (\S+)( marker)? line (\S+) (\S+) "(.*)"$')
LEFT = 40 / 25.4 * 72
MANY = "words enough to go on in a second line of the column, which is " * 3


class Blocks(command.CommandTest):
    def render(self, body, *arguments, lang="en"):
        (self.folder / "layout.yaml").write_text(LAYOUT)
        (self.folder / "b.md").write_text(f"---\nheadline: H\nlang: {lang}\n---\nBefore it.\n\n{body}\n")
        return self.expect(0, "render", "b.md", "--layout", "layout.yaml", *arguments)[0]

    def lines(self, body, **more):
        """(words, x from the column's edge, y) of each line."""
        found = [LINE.match(line) for line in self.render(body, "--dump", "page", **more).splitlines()]
        return [(m[5], float(m[3]) - LEFT, float(m[4])) for m in found if m]

    def place(self, lines, words):
        return next((x, y) for said, x, y in lines if said.startswith(words))

    def test_items_hang_deeper_at_each_depth(self):
        lines = self.lines(f"- one {MANY}\n- two\n    - deeper {MANY}\n        - deepest\n")
        self.assertAlmostEqual(self.place(lines, "one")[0], 20, delta=1)
        self.assertAlmostEqual(self.place(lines, "deeper")[0], 40, delta=1)
        self.assertAlmostEqual(self.place(lines, "deepest")[0], 60, delta=1)
        turned = [x for words, x, _ in lines if words.startswith(("go on", "column", "second", "of the", "line"))]
        self.assertTrue(turned and all(abs(x - 20) < 1 or abs(x - 40) < 1 for x in turned))
        markers = [words for words, _, _ in lines if words in "•–"]
        self.assertEqual(markers, ["•", "•", "–", "–"])

    def test_numbers_stand_below_each_other_and_inside_the_column(self):
        lines = self.lines("\n".join(f"{n}. item{n}" for n in range(8, 12)))
        for number in range(8, 12):
            self.assertGreaterEqual(self.place(lines, f"{number}.")[0], -1)
            self.assertAlmostEqual(self.place(lines, f"item{number}")[0], 25, delta=1)

    def test_quotes_and_lists_in_quotes_are_set_in_further(self):
        lines = self.lines("> outer\n>\n> - item\n>\n> > inner\n\nafter")
        for words, x in (("outer", 15), ("item", 35), ("inner", 30), ("after", 0)):
            self.assertAlmostEqual(self.place(lines, words)[0], x, delta=1, msg=words)

    def test_verse_keeps_its_lines_and_the_grid(self):
        for lang, verse in (("en", ["The roses of the river bank", "bloom when the water falls"]),
                            ("sr-Latn", ["Ruže na obali reke", "cvetaju kada voda opadne"]),
                            ("sr-Cyrl", ["Руже на обали реке", "цветају када вода опадне"])):
            lines = self.lines("  \n".join(verse), lang=lang)
            first, second = (self.place(lines, words) for words in verse)
            self.assertAlmostEqual(second[1] - first[1], 15, places=2)

    def test_everything_stands_on_the_grid(self):
        body = (f"- one {MANY}\n- two\n\n> quote {MANY}\n\n## Heading\n\nText.\n\n### Run in\n\nText {MANY}\n\n"
                "verse  \nverse\n\n1. a\n2. b\n")
        lines = self.lines(body)
        first = self.place(lines, "Before it.")[1]
        on_grid = [words for words, _, y in lines if abs((y - first) / 15 - round((y - first) / 15)) < 0.01]
        off = {words for words, _, _ in lines} - set(on_grid)
        for words in ("one", "two", "quote", "Heading", "Text.", "Run in", "verse", "a", "b"):
            self.assertFalse(any(said.startswith(words) for said in off), f"{words}: {off}")

    def test_a_heading_runs_in(self):
        for lang, heading, text in (("en", "Boats", "Two crews"), ("sr-Latn", "Čamci", "Dve posade"),
                                    ("sr-Cyrl", "Чамци", "Две посаде")):
            with self.subTest(lang):
                body = f"### {heading}\n\n{text} {MANY}\n\nNext."
                self.assertTrue(any(words.startswith(f"{heading}\u2002{text}") for words, _, _ in self.lines(body, lang=lang)))
                dump = self.render(body, "--dump", "list", lang=lang)
                self.assertRegex(dump, rf'\[\d+ H\d\] glyphs .* "{heading}"')
                self.assertRegex(dump, rf'\[\d+ P\] glyphs .* "{text}')

    def test_a_heading_without_a_paragraph_stands_alone(self):
        lines = self.lines("### Boats\n\n- item\n")
        self.assertGreater(self.place(lines, "item")[1], self.place(lines, "Boats")[1])

    def test_a_side_bar_taller_than_a_page_goes_on_with_its_ground(self):
        bar = "> ### Costs\n>\n" + "".join(f"> Piece {n} of it, {MANY}\n>\n" for n in range(60))
        pages = self.render(f"{bar}\nafter", "--dump", "page").split("\npage ")
        self.assertGreaterEqual(len(pages), 3)
        for page in pages[:-1]:
            grounds = [tuple(map(float, m)) for m in re.findall(r"rect (\S+) (\S+) (\S+) (\S+) office 8%", page)]
            texts = [float(y) for y in re.findall(r"side-bar-text line \S+ (\S+) ", page)]
            self.assertEqual(len({round(x) for x, *_ in grounds}), 1)
            for (_, top, _, height), (_, below, *_) in zip(grounds, grounds[1:]):
                self.assertAlmostEqual(top + height, below, delta=0.02)
            self.assertLess(grounds[0][1], texts[0] - 8)
            self.assertGreater(grounds[-1][1] + grounds[-1][3], texts[-1] + 2)
        words = re.findall(r'side-bar-text line .* "Piece (\d+)', "".join(pages))
        self.assertEqual(words, [str(n) for n in range(60)])


if __name__ == "__main__":
    command.main()
