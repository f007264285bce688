#!/usr/bin/env python3
"""Texts that try the paragraph: foreign scripts, marks, invisible characters, long words and headlines."""
import re
import subprocess
import unicodedata

import command

LAYOUT = """presskit: layout/1
extends: base.yaml
page: {{size: [{width}mm, 297mm], margins: {{top: 30mm, bottom: 30mm, inside: 20mm, outside: 20mm}}}}
grid: {{leading: 13pt, columns: 1}}
styles:
  body: {{size: 10pt, indent: 0pt}}
  headline: {{size: {headline}pt, leading: 2grid}}
"""
TEXT = {
    "en": "The volunteers of the valley have trained for floods since the first year, and everybody who took part in an "
          "exercise remembers the rain. What began as a small desk has become a partnership of several hundred people.",
    "sr-Latn": "Dobrovoljci iz doline vežbaju za poplave od prve godine, i svi koji su učestvovali u nekoj vežbi sećaju se "
               "kiše. Ono što je počelo kao mali sto postalo je partnerstvo nekoliko stotina ljudi.",
    "sr-Cyrl": "Добровољци из долине вежбају за поплаве од прве године, и сви који су учествовали у некој вежби сећају се "
               "кише. Оно што је почело као мали сто постало је партнерство неколико стотина људи.",
}
HANG = 4  # pt that marks at the edges may hang out
LINE = re.compile(r'^ *(\S+)\+(\S+) +of +(\S+) .*\|(.*)\|$')


class HardCases(command.CommandTest):
    def render(self, body, *arguments, lang="en", headline="H", width=120, size=20, status=0):
        (self.folder / "layout.yaml").write_text(LAYOUT.format(width=width, headline=size))
        (self.folder / "h.md").write_text(f"---\nheadline: {headline}\nlang: {lang}\n---\n{body}\n", encoding="utf-8")
        return self.expect(status, "render", "h.md", "--layout", "layout.yaml", *arguments)

    def lines(self, body, **more):
        """(width, room, words) of each line of the text."""
        out, said = self.render(body, "--dump", "para", **more)
        self.assertNotIn("error", said)
        found = [LINE.match(line) for line in out.splitlines()]
        return [(float(m[2]), float(m[3]), m[4]) for m in found if m]

    def copied(self, body, **more):
        """What a reader copies from the PDF, runs of white space as one space."""
        self.render(body, "-o", "h.pdf", **more)
        said = subprocess.run(["pdftotext", self.folder / "h.pdf", "-"], capture_output=True, check=True)
        return " ".join(said.stdout.decode().split())

    def assert_fits(self, lines):
        self.assertTrue(lines)
        for width, room, words in lines:
            self.assertLessEqual(width, room + HANG, words)

    def test_everything_in_one_script_inside_the_other(self):
        for outer in TEXT:
            for inner in TEXT:
                with self.subTest(outer=outer, inner=inner):
                    body = f"{TEXT[inner]} *{TEXT[inner]}*"
                    self.assert_fits(self.lines(body, lang=outer, width=85))
                    self.assertIn(TEXT[inner], self.copied(body, lang=outer, width=85))

    def test_cyrillic_is_hyphenated_in_an_article_of_any_language(self):
        for lang in TEXT:
            lines = self.lines(TEXT["sr-Cyrl"] * 2, lang=lang, width=75)
            self.assertTrue(any(words.endswith("-") for *_, words in lines), lang)

    def test_stress_marks_stay_with_their_letters(self):
        # Four accents and the length, as dictionaries put them.
        marks = "\u0300\u0301\u030f\u0311\u0304"
        words = {"sr-Latn": "gra{}d ku{}ća re{}ka mo{}st pi{}smo", "sr-Cyrl": "гра{}д ку{}ћа ре{}ка мо{}ст пи{}смо"}
        for lang, pattern in words.items():
            with self.subTest(lang):
                text = pattern.format(*marks)
                lines = self.lines(f"{text} {TEXT[lang]}", lang=lang)
                plain = self.lines(f"{pattern.replace('{}', '')} {TEXT[lang]}", lang=lang)
                self.assertEqual(len(lines), len(plain))
                self.assert_fits(lines)
                # A letter from another face, for want of its mark, may be copied with a space after it.
                copied = unicodedata.normalize("NFD", self.copied(f"{text} {TEXT[lang]}", lang=lang)).replace(" ", "")
                self.assertIn(unicodedata.normalize("NFD", text).replace(" ", ""), copied)

    def test_words_with_stress_marks_are_hyphenated_as_without(self):
        word, marked = "пријатељство", "прија\u0301те\u0304љство"
        plain = [words for *_, words in self.lines(f"{word} " * 12, lang="sr-Cyrl", width=58)]
        accented = [words.replace("\u0301", "").replace("\u0304", "")
                    for *_, words in self.lines(f"{marked} " * 12, lang="sr-Cyrl", width=58)]
        self.assertTrue(any(words.endswith("-") for words in plain))
        self.assertEqual(plain, accented)

    def test_invisible_characters_are_not_seen(self):
        plain = [(width, room) for width, room, _ in self.lines(TEXT["en"])]
        for name, character in (("word joiner", "\u2060"), ("non-joiner", "\u200c"), ("joiner", "\u200d"),
                                ("byte order mark", "\ufeff"), ("left-to-right mark", "\u200e")):
            with self.subTest(name):
                text = TEXT["en"].replace("volun", f"volun{character}").replace("exer", f"exer{character}")
                self.assertEqual(len(self.lines(text)), len(plain))
                self.assertIn("The volunteers of the valley", self.copied(text))

    def test_spaces_that_do_not_break_do_not(self):
        for space in ("\u00a0", "\u202f", "\u2007"):
            with self.subTest(f"U+{ord(space):04X}"):
                text = TEXT["en"].replace("took part", f"took{space}part").replace("several hundred", f"several{space}hundred")
                for width in range(60, 120, 4):
                    lines = [words for *_, words in self.lines(text, width=width)]
                    self.assertFalse(any(words.endswith(("took", "several")) for words in lines))

    def test_a_zero_width_space_breaks(self):
        lines = [words for *_, words in self.lines("Donaudampfschiffahrt\u200bselektrizitätenhaupt " * 4, width=80)]
        self.assertTrue(any(words.rstrip("\u200b").endswith("Donaudampfschiffahrt") for words in lines))

    def test_a_soft_hyphen_in_every_word_is_not_seen_unless_it_breaks(self):
        for lang, text in TEXT.items():
            with self.subTest(lang):
                soft = " ".join(word[:3] + "\u00ad" + word[3:] if len(word) > 5 else word for word in text.split())
                self.assert_fits(self.lines(soft, lang=lang, width=75))
                self.assertIn(text, self.copied(soft, lang=lang, width=75))

    def test_a_headline_of_three_hundred_characters(self):
        for lang in TEXT:
            with self.subTest(lang):
                headline = (TEXT[lang].replace(".", "") + " " + TEXT[lang].replace(".", ""))[:300].rsplit(" ", 1)[0]
                out, _ = self.render("Text.", "--dump", "page", lang=lang, headline=f'"{headline}"', width=210)
                lines = re.findall(r'^  headline line \S+ \S+ "(.*)"$', out, re.M)
                self.assertEqual(" ".join(lines), headline)
                self.assertGreater(len(lines), 2)
                self.assertGreater(len(lines[-1].split()), 1)
                self.assertGreater(len(lines[-1]), 0.6 * max(map(len, lines)))

    def test_a_word_of_thirty_letters_in_thirty_millimetres(self):
        for lang, word in (("en", "counterrevolutionarymunicipality"), ("sr-Latn", "prestolonaslednikovičevićskoga"),
                           ("sr-Cyrl", "престолонаследниковичевићскога")):
            with self.subTest(lang):
                self.assertGreaterEqual(len(word), 30)
                self.assert_fits(self.lines(f"{TEXT[lang][:60]} {word} {TEXT[lang][:60]}", lang=lang, width=70))
                self.assertIn(word, self.copied(f"{TEXT[lang][:60]} {word} {TEXT[lang][:60]}", lang=lang, width=70))

    def test_a_word_that_cannot_be_broken_is_an_error_that_says_by_how_much(self):
        _, said = self.render("x" * 40, width=70, status=1)
        self.assertRegex(said, r"error\[line-too-wide\].* is \d+\.\d mm wider than the 30\.0 mm")


if __name__ == "__main__":
    command.main()
