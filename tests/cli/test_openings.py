#!/usr/bin/env python3
"""How paragraphs open: initials and first lines."""
import re
import subprocess

import command

LAYOUT = """presskit: layout/1
extends: base.yaml
page: {{size: A4, margins: {{top: 30mm, bottom: 30mm, inside: 40mm, outside: 40mm}}}}
grid: {{leading: 15pt, columns: 1}}
styles:
  body: {{size: 11pt}}
  lede: {{based-on: body, indent: 0pt, {opening}}}
  initial: {{font: display, ink: office}}
"""
LINE = re.compile(r'^  lede line (\S+) (\S+) "(.*)"$')
GLYPHS = re.compile(r'^  \[\d+ P\] glyphs .* "(.*)" (\d.*)$')
REST = {
    "en": "and everybody who worked there remembers the smell of bread in the early hours of the day, when the ovens "
          "were opened and the first boats went out on the river to look for the marks of the night before, while the "
          "fog still lay on the meadows along the bank.",
    "sr-Latn": "i svi koji su tu radili sećaju se mirisa hleba u ranim jutarnjim satima, kada su se peći otvarale, a "
               "prvi čamci izlazili na reku da potraže tragove protekle noći, pre nego što bi se nad obalom digla "
               "magla i čamci vratili kući.",
    "sr-Cyrl": "и сви који су ту радили сећају се мириса хлеба у раним јутарњим сатима, када су се пећи отварале, а "
               "први чамци излазили на реку да потраже трагове протекле ноћи, пре него што би се над обалом дигла "
               "магла и чамци вратили кући.",
}


class Openings(command.CommandTest):
    def render(self, text, lang, opening, *arguments, front=""):
        (self.folder / "layout.yaml").write_text(LAYOUT.format(opening=opening))
        (self.folder / "o.md").write_text(f"---\nheadline: H\nlang: {lang}\n{front}---\n{text}\n")
        return self.expect(0, "render", "o.md", "--layout", "layout.yaml", *arguments)[0]

    def lines(self, text, lang, opening, **more):
        dump = self.render(text, lang, opening, "--dump", "page", **more)
        found = [LINE.match(line) for line in dump.splitlines()]
        return [(m[3], float(m[1]), float(m[2])) for m in found if m]

    def test_an_initial_stands_on_the_last_line_beside_it(self):
        for count in (2, 3, 4):
            for lang, first, letter in (("en", "Fifteen ", "F"), ("sr-Latn", "Njihova ", "Nj"), ("sr-Cyrl", "Џеп ", "Џ")):
                with self.subTest(lang=lang, lines=count):
                    initial, *lines = self.lines(f"{first}{REST[lang]} {REST[lang]}", lang, f"drop-cap: {count}")
                    self.assertEqual(initial[0], letter)
                    self.assertAlmostEqual(initial[2], lines[count - 1][2], places=2)
                    beside = lines[0][1]
                    self.assertGreater(beside, initial[1] + 10)
                    self.assertTrue(all(abs(x - beside) < 2 for _, x, _ in lines[:count]))
                    self.assertTrue(all(x < beside - 2 for _, x, _ in lines[count + 1:]))

    def test_its_top_is_the_height_of_capitals_of_the_first_line(self):
        paths = {}
        for name, opening in (("with", "drop-cap: 3"), ("without", "drop-cap: 1")):
            self.render("HHH " + REST["en"], "en", opening, "-o", f"{name}.png", "--dpi", "144")
            picture = subprocess.run(["pdftoppm", "-v"], capture_output=True, check=False)
            self.assertEqual(picture.returncode, 0)
            self.render("HHH " + REST["en"], "en", opening, "-o", f"{name}.pdf")
            out = subprocess.run(["pdftoppm", "-r", "288", "-gray", "-x", "454", "-y", "0", "-W", "1400", "-H", "1300",
                                  self.folder / f"{name}.pdf"], capture_output=True, check=True).stdout
            paths[name] = self.first_dark_row_below(out, 300)
        # 288 dpi: four rows a point
        self.assertLessEqual(abs(paths["with"] - paths["without"]), 2)

    def first_dark_row_below(self, pgm, skip):
        """The first row with ink after the headline's rows, which end in a white gap below row `skip`."""
        width, height = map(int, pgm.split(b"\n", 3)[1].split())
        pixels = pgm[-width * height:]
        dark = [min(pixels[y * width:y * width + 120]) < 128 for y in range(height)]
        first = next(y for y in range(skip, height) if dark[y])
        gap = next(y for y in range(first, height) if not any(dark[y:y + 40]))
        return next(y for y in range(gap, height) if dark[y])

    def test_the_word_is_read_and_copied_whole(self):
        for lang, text, word in (("en", "Fifteen years ", "Fifteen years"), ("en", '"Quiet," they say, ', "“Quiet,” they"),
                                 ("sr-Latn", "Njihova vežba ", "Njihova vežba"),
                                 ("sr-Latn", '"Ljudi su tu", kaže, ', "„Ljudi su"),
                                 ("sr-Cyrl", "Џеп униформе ", "Џеп униформе"),
                                 ("sr-Cyrl", '"Цена је мала", каже, ', "„Цена је")):
            for opening in ("drop-cap: 3", "drop-cap: 3, first-line: small-caps"):
                with self.subTest(word=word, opening=opening):
                    self.render(text + REST[lang], lang, opening, "-o", "o.pdf")
                    said = subprocess.run(["pdftotext", self.folder / "o.pdf", "-"], capture_output=True, check=True)
                    self.assertIn(word, " ".join(said.stdout.decode().split()))

    def test_a_quote_hangs_before_the_initial(self):
        quote, initial, first, *_ = self.lines('"Quiet is what we train for," ' + REST["en"], "en", "drop-cap: 3")
        self.assertEqual((quote[0], initial[0]), ("“", "Q"))
        self.assertLess(quote[1], initial[1])
        self.assertAlmostEqual(quote[2], first[2], places=2)
        quote, initial, *_ = self.lines('"Ljudi su tu", ' + REST["sr-Latn"], "sr-Latn", "drop-cap: 3")
        self.assertEqual((quote[0], initial[0]), ("„", "Lj"))
        self.assertAlmostEqual(quote[2], initial[2], places=2)

    def test_an_initial_is_no_higher_than_its_paragraph(self):
        initial, *lines = self.lines("Fifteen years ago the two of us opened a small desk above a bakery by the bridge and "
                                     "went on from there.", "en", "drop-cap: 4")
        self.assertEqual(len(lines), 2)
        self.assertAlmostEqual(initial[2], lines[1][2], places=2)
        self.assertEqual(len(self.lines("One line.", "en", "drop-cap: 3")), 1)

    def test_what_hangs_below_an_initial_meets_no_other_paragraph(self):
        text = "Ljudi su ono što nas drži, kaže rukovodilac škole za spasioce, koji je četiri puta video kako reka raste."
        for more in range(12):
            initial, *lines = self.lines(text + " Kada voda dođe, nema vremena." * more, "sr-Latn", "drop-cap: 3")
            if initial[0] != "Lj":
                continue
            on = next(number for number, line in enumerate(lines) if abs(line[2] - initial[2]) < 0.1)
            self.assertGreater(len(lines), on + 1)

    def test_a_dateline_or_a_figure_has_no_initial(self):
        lines = self.lines("Fifteen years " + REST["en"], "en", "drop-cap: 3",
                           front="dateline: {place: Belgrade, date: 2021-06-26}\n")
        self.assertTrue(lines[0][0].startswith("BELGRADE"))
        self.assertTrue(self.lines("15 years ago " + REST["en"], "en", "drop-cap: 3")[0][0].startswith("15"))

    def test_small_capitals_end_with_the_first_line(self):
        for lang, first in (("en", "Fifteen years ago "), ("sr-Latn", "Njihova prva vežba "), ("sr-Cyrl", "Њихова прва вежба ")):
            for opening in ("first-line: small-caps", "drop-cap: 3, first-line: small-caps"):
                with self.subTest(lang=lang, opening=opening):
                    dump = self.render(first + REST[lang], lang, opening, "--dump", "para")
                    lines = [line for line in dump.splitlines() if "|" in line and " of " in line]
                    self.assertFalse(any("over=" in line for line in lines))
                    initials = 1 if "drop" in opening else 0
                    first_line = self.lines(first + REST[lang], lang, opening)[initials][0]
                    said = self.render(first + REST[lang], lang, opening, "--dump", "list")
                    runs = [m for m in map(GLYPHS.match, said.splitlines()) if m]
                    number = next(n for n, run in enumerate(runs) if run[1] == first_line)
                    small, plain = ({glyph.split("@")[0] for glyph in run[2].split()} for run in runs[number:number + 2])
                    self.assertLess(len(small & plain), 5)  # space and punctuation


if __name__ == "__main__":
    command.main()
