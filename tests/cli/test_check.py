#!/usr/bin/env python3
"""What keeps people out, planted one by one: each is told at its line by its code,
once, with a hint; and nothing is said of what is clean."""
import json
import unittest

import command

ARTICLE = """---
headline: A workshop for the valley
lang: LANG
---
The office opened a workshop for young engineers on Saturday.

BODY
"""
TEXT = {"en": "The rest of the day was spent by the water, and everybody came home before it was dark.",
        "sr-Latn": "Ostatak dana je prošao pored vode, a svi su kući stigli pre nego što je pao mrak.",
        "sr-Cyrl": "Остатак дана је прошао поред воде, а сви су кући стигли пре него што је пао мрак."}
LAYOUT = """presskit: layout/1
extends: press-release.yaml
inks:
  pale: {cmyk: [0, 0, 0, 30], screen: "#B8B8B8"}
  mid: {cmyk: [0, 0, 0, 55], screen: "#888888"}
styles:
"""
# what is planted: code, severity, language, text or None, lines of styles or None, what the line holds, what is said
PLANTED = {
    "no words for a picture": ("alternate-missing", "warning", "en", "![](_logo.svg)", None, "![](", "no caption"),
    "a link without words": ("link-empty", "warning", "en", "A [](https://a.example) b.", None, "A [](", "no words"),
    "a link of spaces": ("link-empty", "warning", "en", "A [ ](https://a.example) b.", None, "A [ ](", "no words"),
    "a link without an address": ("link-empty", "warning", "en", "A [link there]() b.", None, "A [", "no address"),
    "here": ("link-vague", "warning", "en", "Click [here](https://a.example).", None, "Click", '"here"'),
    "read more in two looks": ("link-vague", "warning", "en", "> A [*Read* more!](https://a.example).", None, "> A",
                               '"Read more!"'),
    "ovde": ("link-vague", "warning", "sr-Latn", "Program je [ovde](https://a.example).", None, "Program", '"ovde"'),
    "овде": ("link-vague", "warning", "sr-Cyrl", "Програм је [овде](https://a.example).", None, "Програм", '"овде"'),
    "a heading as high as the headline": ("heading-level", "warning", "en", "# One\n\nText.", None, "# One", "level 1"),
    "a first heading of level 3": ("heading-level", "warning", "en", "### One\n\nText.", None, "### One",
                                   "the headline, which is of level 1"),
    "a level left out": ("heading-level", "warning", "en", "## One\n\nText.\n\n#### Two\n\nText.", None, "#### Two",
                         "level 4 follows one of level 2"),
    "a table without headings": ("table-heading", "warning", "en", "| | |\n|---|---|\n| | b |\n| c | d |", None, "| | |",
                                 "no headings"),
    "a column without a heading": ("table-heading", "warning", "en", "| | A | |\n|---|---|---|\n| b | c | d |", None,
                                   "| | A", "column 3"),
    "Cyrillic in English": ("language-undeclared", "note", "en", "Its motto: Држи воду даље, says he.", None, "motto",
                            '"Држи воду даље" is taken for Serbian'),
    "Cyrillic in Serbian Latin": ("language-undeclared", "note", "sr-Latn", "Moto je: Држи воду.", None, "Moto",
                                  '"Држи воду"'),
    "Serbian in English": ("language-undeclared", "note", "en", "He said: “to je sve što smo uradili”.", None, "He said",
                           '"to je sve što smo uradili" reads like Serbian'),
    "English in Serbian": ("language-undeclared", "note", "sr-Latn", "Rekao je: „this was all that we did”.", None,
                           "Rekao", '"this was all that we did" reads like English'),
    "English in Cyrillic": ("language-undeclared", "note", "sr-Cyrl", "Рекао је: „work in progress”.", None, "Рекао",
                            '"work in progress" is in Latin letters'),
    "a braced language that is none": ("unknown-value", "error", "en", "A [tag]{lang=german tongue} b.", None, "A [tag",
                                       "'german tongue' is no language"),
    "pale type on white": ("contrast-low", "warning", "en", None, "  body: {ink: pale}\n", "  body:", "white has a contrast of 1.9"),
    "pale large type": ("contrast-low", "warning", "en", None, "  headline: {ink: pale}\n", "  headline:",
                        "3 : 1 is the least for large type"),
    "dark type on a band": ("contrast-low", "warning", "en", None,
                            "  strip: {based-on: body, ink: grey}\nmasters: {first: {boxes: {band: {left: 0mm, right: 0mm,\n"
                            "  bottom: 0mm, height: 9mm, fill: mid, style: strip, lines: [By the office]}}}}\n",
                            "  strip:", "on mid has a contrast"),
    "type on the stripe of a table": ("contrast-low", "warning", "en", "| A | B |\n|---|---|\n| c | d |\n| e | f |\n| g | h |",
                                      "  table: {ink: text, cells: {stripe: office, stripe-tint: 80%}}\n", "  table:",
                                      "80 % of office"),
    "type in a side-bar": ("contrast-low", "warning", "en", "> ### Side\n>\n> Words in it.",
                           "  side-bar: {fill: office, tint: 60%}\n  side-bar-heading: {ink: text}\n"
                           "  side-bar-text: {based-on: body, ink: mid}\n", "  side-bar-text:", "60 % of office"),
}
# of each: nothing at all
CLEAN = {
    "large type of 3 to 1": ("en", None, "  headline: {ink: mid}\n"),
    "names and addresses in Cyrillic": ("sr-Cyrl", "Пише New York Times на ana.ilic@drina.example и *Facebook Live*.", None),
    "words of another language that are told": (
        "en", "They say [ovo je sve što smo]{lang=sr-Latn}, [Држи воду]{lang=sr-Cyrl}; [das Haus](https://a.example){lang=de}.",
        None),
    "code": ("en", "Type `ovo je sve što smo Држи`.", None),
    "headings of a side-bar": ("en", "## One\n\nText.\n\n> #### Side\n>\n> Text.\n\n### Two\n\nText.", None),
    "headings down the side of a table": ("en", "| | |\n|---|---|\n| a | b |\n| c | d |", None),
    "an empty corner": ("en", "| | B |\n|---|---|\n| a | b |", None),
    "a picture with words": ("en", "![The sign of the office](_logo.svg)", None),
    "names of works": ("sr-Latn", "Gledali smo „Game of Thrones” i čitali The New York Times.", None),
}


class Check(command.CommandTest):
    def write(self, lang, body, styles, name="fault.md"):
        text = ARTICLE.replace("LANG", lang).replace("BODY", body or TEXT[lang])
        if lang != "en":
            text = text.replace("The office opened a workshop for young engineers on Saturday.", TEXT[lang])
            text = text.replace("A workshop for the valley", TEXT[lang].split(",")[0])
        (self.folder / name).write_text(text)
        (self.folder / "fault.layout.yaml").write_text(LAYOUT + (styles or "  note: {}\n"))

    def check(self, *arguments):
        run = self.run_command("check", *arguments, "--layout", "fault.layout.yaml", "-d", "short")
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return run.returncode, [line for line in run.stderr.splitlines() if "[text-language]" not in line]

    def line_of(self, name, part):
        for number, line in enumerate((self.folder / name).read_text().splitlines(), 1):
            if part in line:
                return f"{name}:{number}:"
        raise AssertionError(f"{part} is not in {name}")

    def assert_told(self, article, lines, planted):
        code, severity, _, _, styles, part, said = planted
        place = self.line_of("fault.layout.yaml" if styles else article, part)
        found = [line for line in lines if line.startswith(place) and f"{severity}[{code}]: " in line and said in line]
        self.assertEqual(len(found), 1, f"{place} {code}: {said}\n" + "\n".join(lines))

    def test_each_planted_fault_of_a_text_is_told_at_its_line(self):
        texts = {name: planted for name, planted in PLANTED.items() if not planted[4]}
        names = {name: f"fault-{number}.md" for number, name in enumerate(texts)}
        for name, planted in texts.items():
            self.write(planted[2], planted[3], None, names[name])
        status, lines = self.check(*names.values())
        self.assertEqual(status, 1)
        for name, planted in texts.items():
            with self.subTest(name):
                self.assert_told(names[name], lines, planted)

    def test_each_planted_fault_of_a_layout_is_told_at_its_line(self):
        for name, planted in PLANTED.items():
            if planted[4]:
                with self.subTest(name):
                    self.write(*planted[2:5])
                    status, lines = self.check("fault.md")
                    self.assertEqual(status, 0)
                    self.assert_told("fault.md", lines, planted)

    def test_warnings_are_errors_if_asked_and_notes_never(self):
        self.write("en", "Click [here](https://a.example).", None)
        self.assertEqual(self.check("fault.md", "--strict")[0], 1)
        self.write("en", "Its motto: Држи воду даље, says he.", None)
        self.assertEqual(self.check("fault.md", "--strict")[0], 0)

    def test_nothing_is_said_of_what_is_clean(self):
        names = []
        for number, (lang, body, styles) in enumerate(CLEAN.values()):
            if not styles:
                names.append(f"clean-{number}.md")
                self.write(lang, body, None, names[-1])
        self.assertEqual(self.check(*names), (0, []))
        for name, (lang, body, styles) in CLEAN.items():
            if styles:
                with self.subTest(name):
                    self.write(lang, body, styles)
                    self.assertEqual(self.check("fault.md"), (0, []))

    def test_report_and_hints(self):
        self.write("en", "Click [here](https://a.example).\n\n# One\n\nText.", None)
        arguments = ("check", "fault.md", "article.md", "--layout", "fault.layout.yaml")
        out, said = self.expect(0, *arguments, "--report", "r.json")
        self.assertEqual(said.count("= hint: "), 2)
        self.assertIn("checked 2 files: 2 warnings", out)
        report = json.loads((self.folder / "r.json").read_text())
        self.assertEqual(report["report"], "presskit-check/1")
        fault, article = report["files"]
        self.assertEqual((fault["path"], fault["pages"], fault["warnings"], len(fault["findings"])), ("fault.md", 1, 2, 2))
        self.assertEqual((article["path"], article["findings"]), ("article.md", []))
        first = fault["findings"][0]
        self.assertEqual((first["code"], first["severity"], first["line"], first["column"]), ("link-vague", "warning", 7, 8))
        self.assertEqual(sorted(self.files()), sorted(["_logo.svg", "article.md", "fault.layout.yaml", "fault.md",
                                                       "office.yaml", "r.json"]))

    def test_what_a_render_says_is_said_too(self):
        self.write("en", "The word\U0001F600 and ![gone](gone.jpg).\n\n![gone](gone.jpg)", None)
        status, lines = self.check("fault.md")
        self.assertEqual(status, 1)
        self.assertTrue(any("[image-in-text]" in line for line in lines), lines)

    def test_usage(self):
        _, said = self.expect(2, "check", "article.md", "--printer", "office-duplex")
        self.assertIn("--printer is for paper", said)
        self.expect(2, "check")


if __name__ == "__main__":
    command.main()
