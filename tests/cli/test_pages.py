#!/usr/bin/env python3
"""What stands where on a page: insets, notes, figures; the hard cases among them."""
import itertools
import random
import re
import subprocess
import unittest

import command

LINE = ("The water desk compares the reading of each gauge with those of the others and with the forecast of rain "
        "for the valley before anybody is called. ")
HEAD = "---\nheadline: A day at the water desk\nlang: en\n---\n"
QUOTE = "Six hours are quite enough to move a school and a herd of sheep"


def words_of(pdf):
    """(page, x0, y0, x1, y1, word) of every word, as poppler finds them, from the trim's corner."""
    boxes = subprocess.run(["pdfinfo", "-box", pdf], capture_output=True, text=True, check=True).stdout
    media, trim = ([float(n) for n in re.search(name + r": +(.*)", boxes).group(1).split()]
                   for name in ("MediaBox", "TrimBox"))
    left, top = trim[0] - media[0], media[3] - trim[3]
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    page, words = 0, []
    for line in out.splitlines():
        page += line.lstrip().startswith("<page ")
        found = re.match(r'\s*<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if found:
            x0, y0, x1, y1 = map(float, found.groups()[:4])
            words.append((page, x0 - left, y0 - top, x1 - left, y1 - top, found.group(5)))
    return words


class Pages(command.CommandTest):
    def render(self, text, layout, article=HEAD):
        (self.folder / "text.md").write_text(article + text, encoding="utf8")
        (self.folder / "own.yaml").write_text("presskit: layout/1\n" + layout, encoding="utf8")
        run = self.run_command("render", "text.md", "--layout", "own.yaml", "-o", "out.pdf", "--quiet",
                               "--diagnostics", "short")
        return run

    def check_inset(self, name, columns):
        words = words_of(self.folder / "out.pdf")
        quote = [w for w in words if w[5].startswith("Kvk")]
        self.assertEqual(len(quote), len(QUOTE.split()), name)
        page = quote[0][0]
        self.assertEqual({w[0] for w in quote}, {page}, name)
        source = [w for w in words if w[5] == "SOURCE"]
        self.assertGreaterEqual(page, source[0][0], f"{name}: before the page of its source")
        left, top = min(w[1] for w in quote), min(w[2] for w in quote)
        right, bottom = max(w[3] for w in quote), max(w[4] for w in quote)
        body = [w for w in words if w[0] == page and not w[5].startswith("Kvk") and w[1] < right and w[3] > left]
        for w in body:
            self.assertTrue(w[4] <= top + 3 or w[2] >= bottom - 3 or w[3] <= left or w[1] >= right, f"{name}: {w}")
            if w[5].startswith("Hdh"):
                self.assertTrue(w[4] < top - 10 or w[2] > bottom + 10, f"{name}: adjoins a heading")
        for column in columns(left, right):
            lines = [w for w in words if w[0] == page and not w[5].startswith("Kvk") and column[0] <= w[1] <= column[1] and
                     60 < w[2] < 770]
            above = {round(w[2]) for w in lines if w[4] <= top + 3}
            below = {round(w[2]) for w in lines if w[2] >= bottom - 3}
            self.assertGreaterEqual(min(len(above), len(below)), 3, f"{name}: lines above and below it")
        beside = [w for w in words if w[0] == page and w[4] > top + 5 and w[2] < bottom - 5]
        self.assertGreater(len(beside), 10, f"{name}: text runs round it")

    def article(self, seed):
        """Paragraphs and headings with a quote somewhere among them."""
        parts, at = [], 3 + seed % 5
        for i in range(16):
            if (i + seed) % 4 == 3:
                parts.append(f"## Hdhd number {i}")
            parts.append(LINE * (2 + (i * 7 + seed * 3) % 6))
            if i == at:
                parts[-1] += "SOURCE"
                parts.append("> " + " ".join("Kvk" + w for w in QUOTE.split()) + "\n> — The duty officer")
        return "\n\n".join(parts) + "\n"

    def test_inset_in_a_column(self):
        for seed in range(6):
            for layout, side in (("handout", "right"), ("press-release", "left")):
                run = self.render(self.article(seed), f"""extends: {layout}.yaml
styles:
  pull-quote: {{place: inset, span: column, measure: 45%, side: {side}, size: 12pt, leading: 15pt}}
  attribution: {{span: column}}
""")
                self.assertEqual(run.returncode, 0, run.stderr)
                whole = (lambda left, right: [(50, 297) if left < 297 else (297, 545)]) if layout == "handout" else (
                    lambda left, right: [(165, 545)])
                self.check_inset(f"{layout} {seed}", whole)

    def test_inset_between_two_columns(self):
        for seed in range(6):
            run = self.render(self.article(seed), """extends: handout.yaml
styles:
  pull-quote: {place: inset, span: column, measure: 60%, side: between, size: 12pt, leading: 15pt, align: center}
  attribution: {span: column, align: center}
""")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.check_inset(f"between {seed}", lambda left, right: [(left, 297), (297, right)])

    def prose(self, seed):
        """Paragraphs of any lengths, with a heading here and there."""
        source, words = random.Random(seed), (LINE + QUOTE).split()
        parts = []
        for i in range(30):
            if i % 9 == 6:
                parts.append(f"## Heading number {i}")
            parts.append(" ".join(source.choices(words, k=source.randint(20, 130))).capitalize() + ".")
        return "\n\n".join(parts) + "\n"

    def dump(self):
        """--dump=page of text.md in own.yaml."""
        run = self.run_command("render", "text.md", "--layout", "own.yaml", "--dump=page", "--quiet", "--diagnostics", "short")
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout.decode()

    def costs(self):
        """What each page is charged, by name."""
        return [dict(zip((words := line.split())[2::2], map(float, words[3::2])))
                for line in self.dump().splitlines() if line.startswith("  cost ")]

    def test_columns_end_on_one_line(self):
        """Without widows, by spaces that grow and paragraphs a line longer or shorter."""
        helped = set()
        for seed in range(3):
            for layout, halves in (("handout", (165, 430)), ("press-release", (340,))):
                run = self.render(self.prose(seed), f"extends: {layout}.yaml\n")
                self.assertEqual(run.returncode, 0, run.stderr)
                pages = self.costs()
                for page in pages:
                    helped |= {"space", "loose"} & page.keys()
                    self.assertFalse({"widow", "orphan", "heading", "piece"} & page.keys(), f"{layout} {seed}: {page}")
                words = [w for w in words_of(self.folder / "out.pdf") if w[0] < len(pages) and 60 < w[2] < 760]
                for number, page in list(enumerate(pages, 1))[:-1]:
                    feet = [max(w[4] for w in words if w[0] == number and w[1] < half < w[3] + 115) for half in halves]
                    if not {"short", "uneven"} & page.keys():
                        self.assertLess(max(feet) - min(feet), 1, f"{layout} {seed} page {number}")
        self.assertEqual(helped, {"space", "loose"})

    def test_insets_adjoin_nothing(self):
        """Quotes on the right and pictures on the left of their columns, all near each other."""
        (self.folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="70"><rect width="90" '
                                             'height="70" fill="#003087"/></svg>')
        for seed in range(6):
            parts = self.prose(seed).replace("## ", "## Hdhd ").split("\n\n")
            for i, at in enumerate((3, 4, 6, 6)):
                quote = "> " + " ".join(f"Kvk{i}{w}" for w in QUOTE.split())
                parts.insert(at + i + seed % 3, quote + "\n> — Kvk" + str(i) if i % 2 == seed % 2 else "![ | A dot](dot.svg)")
            run = self.render("\n\n".join(parts), """extends: handout.yaml
styles:
  pull-quote: {place: inset, span: column, measure: 45%, side: right, size: 12pt, leading: 15pt}
  attribution: {span: column}
  figure: {place: inset, side: left, measure: 40%}
""")
            self.assertEqual(run.returncode, 0, run.stderr)
            words = words_of(self.folder / "out.pdf")
            boxes = []  # (page, left, top, right, bottom)
            for i in range(4):
                own = [w for w in words if w[5].startswith(f"Kvk{i}")]
                if own:
                    boxes.append((own[0][0], *(min(w[n] for w in own) for n in (1, 2)), *(max(w[n] for w in own) for n in (3, 4))))
            quotes, page = list(boxes), 0
            for number, *rect in re.findall(r"^page (\d+)|^  figure art ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)", self.dump(), re.M):
                page = int(number or page)
                if not number:
                    x, y, width, height = map(float, rect)
                    boxes.append((page, x, y, x + width, y + height))
            self.assertEqual((len(quotes), len(boxes)), (2, 4))
            for one, other in itertools.combinations(boxes, 2):
                is_beside = other[1] < one[3] + 30 and other[3] > one[1] - 30
                is_near = is_beside and other[2] < one[4] + 10 and other[4] > one[2] - 10
                self.assertFalse(one[0] == other[0] and is_near, f"{seed}: {one} and {other} adjoin")
            for page, left, top, right, bottom in quotes:
                column = 297 if left > 297 else 0
                for word in words:
                    if word[5].startswith("Hdhd") and word[0] == page and column <= word[1] < column + 297:
                        self.assertTrue(word[4] < top - 10 or word[2] > bottom + 10, f"{seed}: a heading adjoins a quote")

    def test_inset_taller_than_the_column(self):
        quote = "> " + (LINE * 60).strip() + "\n> — The duty officer\n"
        run = self.render(LINE * 9 + "\n\n" + quote + "\n" + LINE * 9, """extends: handout.yaml
styles:
  pull-quote: {place: inset, span: column, measure: 40%, size: 12pt, leading: 15pt}
  attribution: {span: column}
""")
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"text\.md:7:\d+: error\[block-too-tall\].*taller than the text frame")

    def test_notes_at_the_foot_stand_with_what_refers_to_them(self):
        text, notes = [], []
        for i in range(1, 15):
            text.append(LINE * (i % 4 + 1) + f"Ref{i}.[^{i}] " + LINE * (i % 3 + 1))
            notes.append(f"[^{i}]: Not{i} " + LINE * (i % 3))
        for layout in ("handout", "press-release"):
            run = self.render("\n\n".join(text + notes) + "\n", f"extends: {layout}.yaml\nnotes: foot\n")
            self.assertEqual(run.returncode, 0, run.stderr)
            words = words_of(self.folder / "out.pdf")
            for i in range(1, 15):
                ref = [w for w in words if w[5].startswith(f"Ref{i}.")][0]
                note = [w for w in words if w[5] == f"Not{i}"][0]
                self.assertEqual(ref[0], note[0], f"note {i} is on another page")
                self.assertGreater(note[2], ref[2])

    def test_a_side_bar_is_an_aside_in_a_box(self):
        text = f"{LINE * 4}\n\n> ### Sdbar\n>\n> Boxed {LINE}\n>\n> - first\n> - second\n\n{LINE * 8}\n"
        run = self.render(text, "extends: handout.yaml\n")
        self.assertEqual(run.returncode, 0, run.stderr)
        dump, _ = self.expect(0, "render", "text.md", "--layout", "own.yaml", "--dump", "page", "--quiet")
        box = re.search(r"  side-bar-heading rect (\S+) (\S+) (\S+) (\S+) office", dump)
        x, y, width, height = map(float, box.groups())
        for line in re.findall(r"  side-bar-\w+ line (\S+) (\S+) ", dump):
            self.assertTrue(x < float(line[0]) < x + width and y < float(line[1]) < y + height)
        self.expect(0, "render", "text.md", "--layout", "own.yaml", "--edition", "screen", "-o", "screen.pdf", "--quiet")
        tree = subprocess.run(["pdfinfo", "-struct-text", self.folder / "screen.pdf"], capture_output=True, text=True,
                              check=True).stdout
        # PDF 1.7 has no Aside: it is mapped to Art, which readers treat alike.
        aside = re.search(r"\n( *)Art\n.*?\n(?=\1\S)", tree, re.S).group(0)
        self.assertIn("Sdbar", aside)
        self.assertIn("second", aside)
        self.assertNotIn("Sdbar", tree.replace(aside, ""))

    PANELS = """extends: base.yaml
page: {size: A4, orientation: landscape, margins: 12mm, at-most: 1}
grid: {leading: 13pt, columns: 1}
styles:
  body: {align: left}
  heading-1: {begin: column}
flow: [headline, body]
masters:
  first:
    frames:
      - {left: 8mm, top: 60mm, width: 83mm, height: 138mm}
      - {left: 107mm, top: 12mm, width: 60mm, height: 186mm}
      - {left: 206mm, top: 30mm, width: 75mm, height: 150mm}
"""
    MM = 72 / 25.4

    def test_text_runs_through_frames_of_different_sizes(self):
        run = self.render((LINE * 28).strip() + "\n", self.PANELS)
        self.assertEqual(run.returncode, 0, run.stderr)
        frames = [(8, 60, 91, 198), (107, 12, 167, 198), (206, 30, 281, 180)]
        used = set()
        for page, x0, y0, x1, y1, word in words_of(self.folder / "out.pdf"):
            inside = [i for i, f in enumerate(frames) if x0 >= f[0] * self.MM - 3 and x1 <= f[2] * self.MM + 3
                      and y0 >= f[1] * self.MM - 3 and y1 <= f[3] * self.MM + 3]
            self.assertEqual((page, len(inside)), (1, 1), f"{word} at {x0}, {y0}")
            used |= set(inside)
        self.assertEqual(used, {0, 1, 2})

    def test_text_too_long_for_its_frames_says_how_much_to_cut(self):
        run = self.render((LINE * 90).strip() + "\n", self.PANELS)
        self.assertEqual(run.returncode, 1)
        said = re.search(r"text\.md:5:\d+: error\[text-too-long\]: .* is (\d+) characters \((\d+) lines\) too long",
                         run.stderr)
        self.assertTrue(said, run.stderr)
        self.assertFalse((self.folder / "out.pdf").exists())
        # What is left after cutting so much fits.
        text = (LINE * 90).strip()
        run = self.render(text[: len(text) - int(said.group(1)) - 60] + "\n", self.PANELS)
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_a_part_too_long_for_its_panel_is_named(self):
        parts = f"{LINE}\n\n# One\n\n{LINE * 40}\n\n# Two\n\n{LINE}\n"
        run = self.render(parts, self.PANELS)
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"text\.md:7:\d+: error\[text-too-long\]: what begins here is \d+ characters")

    ART = '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'

    def figure(self, said):
        (self.folder / "art.svg").write_text(self.ART)
        article = HEAD.replace("lang: en\n", f"lang: en\nfigures:\n  art.svg: {said}\n")
        (self.folder / "text.md").write_text(f"{article}{LINE * 5}\n\n![A wave](art.svg)\n\n{LINE * 40}\n")
        dump, _ = self.expect(0, "render", "text.md", "--layout", "handout", "--dump", "list", "--quiet")
        return re.search(r"art (\S+) (\S+) (\S+) (\S+) art.svg(?: of (\S+) (\S+) (\S+) (\S+))?", dump).groups()

    def test_a_picture_is_cropped_round_its_focus(self):
        x, y, width, height, *whole = map(float, self.figure("{crop: 1:1, focus: [90%, 50%]}"))
        self.assertAlmostEqual(width, height, 1)
        self.assertAlmostEqual(whole[2] / whole[3], 2, 2)
        self.assertAlmostEqual(whole[3], height, 1)
        self.assertAlmostEqual(whole[0] + whole[2], x + width, 1)  # the focus is near the right edge
        middle = list(map(float, self.figure("{crop: 1:1}")))
        self.assertAlmostEqual(middle[4] + middle[6] / 2, middle[0] + middle[2] / 2, 1)

    def test_a_picture_that_bleeds_goes_over_both_edges(self):
        x, _, width, *_ = self.figure("{crop: 4:1, place: bleed}")
        self.assertAlmostEqual(float(x), -3 * self.MM, 1)
        self.assertAlmostEqual(float(width), 216 * self.MM, 1)

    def test_a_picture_as_wide_as_its_measure(self):
        (self.folder / "art.svg").write_text(self.ART)
        places = {}
        for align in ("left", "center", "right", "justify"):
            run = self.render(f"{LINE}\n\n![A wave](art.svg)\n\n{LINE}\n", f"""extends: press-release.yaml
styles:
  figure: {{measure: 50%, align: {align}}}
""")
            self.assertEqual(run.returncode, 0, run.stderr)
            places[align] = [float(n) for n in re.search(r"figure art (\S+) \S+ (\S+)", self.dump()).groups()]
        whole = 126 * self.MM
        for align, left in {"left": 0, "center": whole / 4, "right": whole / 2, "justify": whole / 4}.items():
            self.assertAlmostEqual(places[align][0], 60 * self.MM + left, 0, align)
            self.assertAlmostEqual(places[align][1], whole / 2, 0, align)

    def test_what_is_said_of_a_picture_that_is_not_there(self):
        (self.folder / "art.svg").write_text(self.ART)
        run = self.render(f"![A wave](art.svg)\n\n{LINE}\n", "extends: handout.yaml\n",
                          HEAD.replace("lang: en\n", "lang: en\nfigures: {atr.svg: {crop: 1:1}}\n"))
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"text\.md:4:11: error\[unknown-value\].*'atr.svg'")

    def test_a_quote_in_the_margin_stands_beside_its_place(self):
        for seed in range(4):
            run = self.render(self.article(seed), """extends: press-release.yaml
page: {facing: true}
styles:
  pull-quote: {place: marginal, size: 12pt, leading: 15pt, before: 0pt}
masters:
  first: {margin: {left: 18mm, width: 36mm}}
  next: {margin: {left: 18mm, width: 36mm}}
""")
            self.assertEqual(run.returncode, 0, run.stderr)
            words = words_of(self.folder / "out.pdf")
            quote = [w for w in words if w[5].startswith("Kvk")]
            source = [w for w in words if w[5] == "SOURCE"][0]
            left = 18 if quote[0][0] % 2 else 210 - 18 - 36  # left pages mirror it
            self.assertEqual({w[0] for w in quote}, {quote[0][0]})
            self.assertIn(quote[0][0] - source[0], (0, 1))
            for w in quote:
                self.assertGreater(w[1], left * self.MM - 2)
                self.assertLess(w[3], (left + 36) * self.MM + 2)
            if quote[0][0] == source[0]:
                self.assertLess(abs(quote[0][2] - source[2]), 45)

    def test_left_and_right_pages_have_masters_of_their_own(self):
        text = f"{LINE * 30}\n\n# Alpha\n\n{LINE * 30}\n\n# Beta\n\n{LINE * 60}\n\n# Gamma\n\n{LINE * 40}\n"
        run = self.render(text, """extends: press-release.yaml
masters:
  left:
    text: {left: 24mm, right: 58mm}
    boxes: {head: {left: 24mm, width: 100mm, top: 13mm, style: running-head, lines: ["LEFTPAGE {section}"]}}
  right:
    boxes: {head: {left: 58mm, width: 100mm, top: 13mm, style: running-head, lines: ["RIGHTPAGE {section}"]}}
""")
        self.assertEqual(run.returncode, 0, run.stderr)
        words = words_of(self.folder / "out.pdf")
        section = None
        for page in range(2, words[-1][0] + 1):
            on_page = [w for w in words if w[0] == page]
            side = [w[5] for w in on_page if w[5].endswith("PAGE")]
            self.assertEqual(side, ["RIGHTPAGE" if page % 2 else "LEFTPAGE"])
            body = [w for w in on_page if w[2] > 60]
            self.assertAlmostEqual(min(w[1] for w in body), (58 if page % 2 else 24) * self.MM, delta=12)
            headings = [w[5] for w in body if w[5] in ("Alpha", "Beta", "Gamma")]
            head = [w[5] for w in on_page if w[2] < 20 * self.MM and w[5] in ("Alpha", "Beta", "Gamma")]
            self.assertEqual(head, [headings[0] if headings else section])
            section = headings[-1] if headings else section

    def test_boilerplate_and_contact_may_stand_in_boxes(self):
        run = self.render(LINE * 3, """extends: press-release.yaml
flow: [headline, body]
masters:
  first:
    boxes:
      about: {left: 10mm, width: 45mm, bottom: 30mm, part: boilerplate}
      who: {left: 10mm, width: 45mm, top: 90mm, part: contact}
""")
        self.assertEqual(run.returncode, 0, run.stderr)
        words = words_of(self.folder / "out.pdf")
        office = [w for w in words if w[1] < 55 * self.MM and w[2] > 88 * self.MM]
        self.assertGreater(len(office), 10)
        self.assertTrue(all(w[3] < 56 * self.MM for w in office))

    def test_a_table_of_2000_rows(self):
        rows = "".join(f"| Row{i} | {i * 37 % 1000}.{i % 10} |\n" for i in range(2000))
        run = self.render(f"{LINE}\n\n| Place | Rise |\n| --- | ---: |\n{rows}\n{LINE}\n", "extends: handout.yaml\n")
        self.assertEqual(run.returncode, 0, run.stderr)
        words = words_of(self.folder / "out.pdf")
        self.assertEqual([w[5] for w in words if w[5].startswith("Row")], [f"Row{i}" for i in range(2000)])
        columns = {(w[0], w[1] > 297) for w in words if w[5].startswith("Row")}
        heads = {(w[0], w[1] > 297) for w in words if w[5] == "Place"}
        self.assertEqual(columns, heads)
        for column in columns:  # a heading never stands alone, nor a last row
            self.assertGreater(sum((w[0], w[1] > 297) == column for w in words if w[5].startswith("Row")), 1)

    def test_a_paragraph_of_100000_words(self):
        run = self.render((LINE * 4200).strip() + "\n", "extends: handout.yaml\n")
        self.assertEqual(run.returncode, 0, run.stderr)
        words = words_of(self.folder / "out.pdf")
        self.assertGreater(sum(w[5] == "gauge" for w in words), 4000)

    def test_notes_are_broken_anew_for_columns_of_another_width(self):
        mm = 72 / 25.4
        frames = [(20, 90), (116, 60)]
        (self.folder / "unequal.yaml").write_text(
            "presskit: layout/1\nextends: press-release.yaml\nnotes: foot\nmasters:\n" + "".join(
                f"  {name}:\n    frames:\n" + "".join(
                    f"      - {{left: {left}mm, top: 40mm, width: {width}mm, height: 200mm}}\n" for left, width in frames)
                for name in ("first", "next")))
        told = ["what everybody knew there and nobody had written down " * (60 if n == 4 else 2) for n in range(1, 13)]
        text = "".join(f"The men on the dike went on filling sacks until the light came up.[^{n}] {'Nobody spoke. ' * 20}\n\n"
                       for n in range(1, 13))
        notes = "".join(f"[^{n}]: Note {chr(96 + n)} {told[n - 1]}\n" for n in range(1, 13))
        (self.folder / "n.md").write_text(f"---\nheadline: H\nlang: en\n---\n{text}{notes}")
        dump = self.expect(0, "render", "n.md", "--layout", "unequal.yaml", "--dump", "page")[0]
        lines = re.findall(r'^  note line (\S+) (\S+) "(.*)"$', dump, re.M)
        letters = "".join(re.findall("[a-z]", "".join(words for _, _, words in lines).lower()))
        wanted = "".join(re.findall("[a-z]", notes.lower()))
        self.assertEqual(letters, wanted)
        left = [words for x, _, words in lines if float(x) < 100 * mm]
        right = [words for x, _, words in lines if float(x) > 100 * mm]
        self.assertGreater(min(len(left), len(right)), 12)
        self.assertGreater(max(map(len, left)), 1.3 * max(map(len, right)))
        long_note = [float(x) > 100 * mm for x, _, _ in lines[lines.index(next(l for l in lines if "Note d" in l[2])):]]
        self.assertIn(True, long_note[:60])
        self.assertIn(False, long_note[:60])


if __name__ == "__main__":
    command.main()
