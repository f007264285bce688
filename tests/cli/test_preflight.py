#!/usr/bin/env python3
"""Faults planted one by one, each found at the line that causes it, and nothing
said of what is clean."""
import base64
import json
import struct
import unittest
import zlib

import command

LAYOUT = """presskit: layout/1
extends: press-release.yaml
inks:
  heavy: {cmyk: [90, 80, 70, 90]}
  rich: {cmyk: [60, 40, 40, 100]}
  dark: {cmyk: [0, 0, 0, 80]}
  pale: {cmyk: [0, 0, 0, 20]}
  ground: {cmyk: [100, 90, 60, 20]}
"""
ARTICLE = """---
headline: A workshop for the valley
lang: en
dateline: {place: Belgrade, date: 2021-06-26}
---
The office opened a workshop for young engineers on Saturday.
"""
BAND = "left: 0mm, right: 0mm, top: 100mm, height: 30mm, bleed: true"


def png(path, width, height, components=3, bits=8, dpi=None, pixel=None):
    """A PNG of one colour: 1 component is grey, 3 is RGB."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    if bits == 1:
        row = b"\x00" + (b"\xaa" * ((width + 7) // 8))
    else:
        row = b"\x00" + bytes(pixel or [120] * components) * width
    head = struct.pack(">IIBBBBB", width, height, bits, {1: 0, 3: 2, 4: 6}[components], 0, 0, 0)
    extra = chunk(b"pHYs", struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1)) if dpi else b""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(row * height)) +
                     chunk(b"IEND", b""))


# The least baseline JPEG in four components: grey blocks of one value each, Adobe's
# marker says that 0 is full ink. Made by the test from tables of ITU T.81, annex K.
def cmyk_jpeg(path, width, height, inks):
    zigzag_quant = bytes([1] * 64)
    dc = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]) + bytes(range(12))
    ac = bytes([1] + [0] * 15) + bytes([0])  # one code: end of block
    lengths = {0: "00", 1: "010", 2: "011", 3: "100", 4: "101", 5: "110", 6: "1110", 7: "11110", 8: "111110",
               9: "1111110", 10: "11111110", 11: "111111110"}
    values = [round((1 - ink) * 255) * 8 - 1024 for ink in inks]
    bits, before = [], [0, 0, 0, 0]
    for _ in range(((width + 7) // 8) * ((height + 7) // 8)):
        for c in range(4):
            difference = values[c] - before[c]
            before[c] = values[c]
            size = abs(difference).bit_length()
            bits.append(lengths[size])
            if size:
                bits.append(format(difference if difference > 0 else difference + (1 << size) - 1, f"0{size}b"))
            bits.append("0")
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    scan = bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)).replace(b"\xff", b"\xff\x00")

    def segment(marker, data):
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data

    frame = struct.pack(">BHHB", 8, height, width, 4) + b"".join(bytes([c + 1, 0x11, 0]) for c in range(4))
    path.write_bytes(
        b"\xff\xd8" + segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00") + segment(0xDB, b"\x00" + zigzag_quant) +
        segment(0xC0, frame) + segment(0xC4, b"\x00" + dc) + segment(0xC4, b"\x10" + ac) +
        segment(0xDA, bytes([4]) + b"".join(bytes([c + 1, 0]) for c in range(4)) + b"\x00\x3f\x00") + scan + b"\xff\xd9")


def svg(path, body, size='width="90mm" height="40mm" viewBox="0 0 90 40"'):
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>\n')


def box(text, styles=""):
    """A layout with one more box; the line of the box is to blame."""
    return {"layout": LAYOUT + f"masters:\n  first:\n    boxes:\n      planted: {{{text}}}\n" + styles,
            "place": ("fault.layout.yaml", "planted:")}


def words(text, style, ink="text", under=""):
    """A box with words; the words are to blame."""
    under = f"      under: {{{BAND}, fill: {under}}}\n" if under else ""
    return {"layout": LAYOUT + f"styles:\n  planted: {{font: sans, {style}, ink: {ink}, hyphenate: false}}\n"
            f"masters:\n  first:\n    boxes:\n{under}      words: {{{text}, style: planted, lines: [Planted words]}}\n",
            "place": ("fault.layout.yaml", "words:")}


def figure(name, title="Caption"):
    """An article with a figure on a line of its own, which is to blame."""
    return {"article": ARTICLE + f"\n![{title}]({name})\n", "place": ("fault.md", f"![{title}]")}


INSIDE = "left: 30mm, width: 100mm, top: 110mm, height: 12mm"

# name: (code, what is said, the files and the place, the printer or None)
PLANTED = {
    "an area ends at the left edge": ("bleed-short", "touches the left edge", box(
        "left: 0mm, width: 20mm, top: 100mm, height: 9mm, fill: office"), None),
    "an area ends at the right edge": ("bleed-short", "touches the right edge", box(
        "right: 0mm, width: 20mm, top: 100mm, height: 9mm, fill: office"), None),
    "an area ends at the upper edge": ("bleed-short", "touches the upper edge", box(
        "left: 90mm, width: 20mm, top: 0mm, height: 9mm, fill: office"), None),
    "an area ends at the lower edge": ("bleed-short", "touches the lower edge", box(
        "left: 90mm, width: 20mm, bottom: 0mm, height: 5mm, fill: office"), None),
    "an area goes half way into the bleed": ("bleed-short", "reaches 1.5 mm beyond it; the bleed is 3.0 mm", box(
        "left: -1.5mm, width: 20mm, top: 100mm, height: 9mm, fill: office"), None),
    "a picture ends at the edge": ("bleed-short", "mark.svg touches the left edge", box(
        "left: 0mm, width: 20mm, top: 100mm, height: 9mm, art: mark.svg"), None),
    "a rule ends at the edge": ("bleed-short", "the line “planted” touches the right edge", box(
        "left: 100mm, right: 0mm, top: 100mm, height: 2pt, fill: office"), None),
    "words near the left edge": ("safe-margin", "stands 1.0 mm from the left edge, the printer wants 3.0 mm", words(
        "left: 1mm, width: 60mm, top: 100mm, height: 9mm", "size: 9pt, align: left"), None),
    "words near the right edge": ("safe-margin", "from the right edge", words(
        "right: 1mm, width: 60mm, top: 100mm, height: 9mm", "size: 9pt, align: right"), None),
    "words near the upper edge": ("safe-margin", "from the upper edge", words(
        "left: 90mm, width: 60mm, top: 1mm, height: 9mm", "size: 9pt, leading: 9pt, align: left"), None),
    "words near the lower edge": ("safe-margin", "from the lower edge", words(
        "left: 90mm, width: 60mm, bottom: 0mm, height: 5mm, valign: bottom", "size: 9pt, leading: 9pt, align: left"),
        None),
    "a picture near the edge": ("safe-margin", "mark.svg stands", box(
        "left: 1mm, width: 20mm, top: 100mm, height: 9mm, art: mark.svg"), None),
    "a thin white edge beside an area": ("safe-margin", "the area “planted” stands 1.0 mm from the left edge", box(
        "left: 1mm, width: 20mm, top: 100mm, height: 9mm, fill: office"), None),
    "words across a fold": ("fold-crossed", "lies across the fold 105 mm from the left", {
        "layout": LAYOUT.replace("inks:", "page: {folds: [105mm]}\ninks:") + "styles:\n  planted: {font: sans, size: 9pt, "
        "align: left, hyphenate: false}\nmasters:\n  first:\n    boxes:\n      words: {left: 95mm, width: 60mm, top: 20mm, "
        "height: 9mm, style: planted, lines: [Planted words]}\n", "place": ("fault.layout.yaml", "words:")}, None),
    "too much ink in an area": ("ink-limit", "330 % ink in the area “planted”, the limit is 300 %", box(
        f"{INSIDE}, fill: heavy"), None),
    "too much ink in a tint for newsprint": ("ink-limit", "the limit is 240 %", box(f"{INSIDE}, fill: ground"),
                                              "newsprint"),
    "too much ink in words": ("ink-limit", "330 % ink in the type “Planted words”", words(
        INSIDE, "size: 20pt", "heavy"), None),
    "black that overprints a heavy ground": ("ink-limit", "350 % ink in the type “Planted words” and what lies under it",
                                             words(INSIDE, "size: 12pt", "text", "ground"), None),
    "a photo with too much ink": ("ink-limit", "361 % ink in wet.jpg", figure("wet.jpg"), None),
    "a photo too heavy once it is converted": ("ink-limit", "ink in dark.png, the limit is 200 %", figure("dark.png"),
                                               "light"),
    "small words in rich black": ("rich-black-text", "is 9 pt and black from several inks", words(
        INSIDE, "size: 9pt", "rich"), None),
    "body text in rich black": ("rich-black-text", "black from several inks", {
        "layout": LAYOUT + "styles:\n  lede: {ink: rich}\n", "place": ("fault.md", "The office opened")}, None),
    "small words in a colour of several inks": ("type-in-several-inks", "is 6 pt in several inks", words(
        INSIDE, "size: 6pt", "office"), None),
    "words too small": ("type-too-small", "is 4 pt, the smallest that prints well is 5 pt", words(
        INSIDE, "size: 4pt"), None),
    "words of the office too small": ("type-too-small", "is 4.5 pt", {
        "layout": LAYOUT + "styles:\n  boilerplate: {size: 4.5pt}\n",
        "place": ("fault.office.yaml", "en: The Drina Liaison Office brings")}, None),
    "small words left white": ("type-reversed", "is 6 pt and light on a dark ground", words(
        INSIDE, "size: 6pt", "white", "office"), None),
    "white words on white": ("type-invisible", "white on white", words(INSIDE, "size: 12pt", "white"), None),
    "small words in a pale tint": ("type-screened", "is 8 pt in a pale tint", words(INSIDE, "size: 8pt", "pale"), None),
    "a hairline": ("hairline", "the line “planted” is 0.1 pt thick", box(
        "left: 30mm, width: 100mm, top: 110mm, height: 0.1pt, fill: text"), None),
    "a thin rule of a style": ("hairline", "is 0.15 pt thick", {
        "layout": LAYOUT + "styles:\n  headline: {rule-below: {thickness: 0.15pt, ink: office, gap: 2pt}}\n",
        "place": ("fault.layout.yaml", "headline:")}, None),
    "a thin line left white": ("hairline-reversed", "0.3 pt thick and light on a dark ground", {
        "layout": LAYOUT + f"masters:\n  first:\n    boxes:\n      under: {{{BAND}, fill: office}}\n      planted: {{left: "
        "30mm, width: 100mm, top: 110mm, height: 0.3pt, fill: white}\n", "place": ("fault.layout.yaml", "planted:")}, None),
    "a spot ink under two names": ("spot-names", "'PANTONE 287 C' and 'Pantone 287C' are one by name", {
        "layout": LAYOUT.replace("inks:\n", "inks:\n  blue: {spot: PANTONE 287 C, cmyk: [100, 75, 2, 18]}\n  blau: "
        "{spot: Pantone 287C, cmyk: [100, 75, 2, 18]}\n") + f"masters:\n  first:\n    boxes:\n      one: {{{INSIDE}, "
        "fill: blue}\n      two: {left: 30mm, width: 90mm, top: 140mm, height: 9mm, fill: blau}\n",
        "place": ("fault.layout.yaml", "two:")}, None),
    "a spot ink where the printer has none": ("spot-unwanted", "the spot ink 'Reflex Blue' will be printed", {
        "layout": LAYOUT.replace("inks:\n", "inks:\n  blue: {spot: Reflex Blue, cmyk: [100, 73, 0, 2]}\n") +
        f"masters:\n  first:\n    boxes:\n      planted: {{{INSIDE}, fill: blue}}\n",
        "place": ("fault.layout.yaml", "planted:")}, "plain"),
    "a photo with too few pixels": ("image-resolution", "the printer needs 200", figure("coarse.png"), None),
    "a photo that is a little soft": ("image-soft", "the printer wishes 300", figure("soft.png"), None),
    "a grey photo with too few pixels": ("image-resolution", "grey.png is", figure("grey.png"), None),
    "line art with too few pixels": ("image-resolution", "needs 600 for line art", figure("line.png"), None),
    "a photo in a box of the layout": ("image-resolution", "coarse.png is", box(
        "left: 30mm, width: 130mm, top: 110mm, height: 60mm, art: coarse.png"), None),
    "a hairline inside a drawing": ("hairline", "thin.svg is 0.1", figure("thin.svg"), None),
    "a thin line inside a drawing in a box": ("hairline", "thin.svg", box(f"{INSIDE}, art: thin.svg"), None),
    "a coarse photo inside a drawing": ("image-resolution", "photo.svg is", figure("photo.svg"), None),
    "too much ink inside a drawing": ("ink-limit", "heavy.svg", {
        **figure("heavy.svg"), "layout": LAYOUT.replace("heavy: {cmyk: [90, 80, 70, 90]}",
                                                        "heavy: {cmyk: [90, 80, 70, 90], screen: \"#123456\"}")}, None),
    "an odd number of pages": ("page-multiple", "the document has 1 page; the printer in-fours wants a multiple of 4", {"place": None},
                               "in-fours"),
    "a photo coarse for a strict printer": ("image-resolution", "the printer needs 280", figure("soft.png"), "strict"),
    "a pale grey in small words of an article": ("type-screened", "in a pale tint", {
        "layout": LAYOUT + "styles:\n  lede: {ink: pale, size: 9pt}\n", "place": ("fault.md", "The office opened")}, None),
    "words too small for a strict printer": ("type-too-small", "the smallest that prints well is 12 pt", {
        "place": ("fault.md", "The office opened")}, "strict"),
}

PRINTERS = {
    "plain": "spots: convert\n",
    "in-fours": "pages: {multiple: 4}\n",
    "light": "ink-limit: 200%\n",
    "strict": "smallest: {type: 12pt}\nimages: {colour: {wanted: 300, least: 280}}\n",
}


class Preflight(command.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "office.yaml").unlink()
        (self.folder / "article.md").unlink()
        png(self.folder / "coarse.png", 400, 200, dpi=72)
        png(self.folder / "soft.png", 1200, 300, dpi=250)
        png(self.folder / "grey.png", 400, 200, components=1, dpi=72)
        png(self.folder / "line.png", 800, 400, components=1, bits=1, dpi=150)
        png(self.folder / "fine.png", 2000, 1000, dpi=300)
        png(self.folder / "dark.png", 1600, 800, dpi=300, pixel=(25, 12, 8))
        cmyk_jpeg(self.folder / "wet.jpg", 1600, 800, (0.9, 0.9, 0.9, 0.9))
        svg(self.folder / "mark.svg", '<rect width="90" height="40" fill="#003087"/>')
        svg(self.folder / "thin.svg", '<rect x="2" y="2" width="80" height="30" fill="#003087"/>'
            '<path d="M5 38H85" stroke="#000" stroke-width=".04"/>')
        svg(self.folder / "heavy.svg", '<rect width="90" height="40" fill="#123456"/>')
        data = base64.b64encode((self.folder / "coarse.png").read_bytes()).decode()
        svg(self.folder / "photo.svg", f'<image width="90" height="40" href="data:image/png;base64,{data}"/>')
        for name, text in PRINTERS.items():
            profile = command.ROOT / "layouts/profiles/coated-fogra39.icc"
            (self.folder / f"{name}.yaml").write_text(
                f"presskit: printer/1\nstandard: PDF/X-4\noutput-intent: {{profile: {profile.name}, condition: FOGRA39}}\n"
                + text)

    def write(self, files):
        office = (command.CASES / "_office.yaml").read_text()
        if "office" in files:
            office = office.replace("logo: _logo.svg", files["office"])
        texts = {"fault.md": files.get("article", ARTICLE), "fault.layout.yaml": files.get("layout", LAYOUT),
                 "fault.office.yaml": office}
        for name, text in texts.items():
            (self.folder / name).write_text(text)

    def check(self, *arguments, printer=None):
        printer = ["--printer", f"./{printer}.yaml" if printer in PRINTERS else printer] if printer else []
        run = self.run_command("preflight", *arguments, *printer, "--diagnostics", "short")
        self.assertIn(run.returncode, (0, 1), run.stderr)
        self.assertEqual(run.returncode, 1 if " error[" in run.stderr or run.stderr.startswith("error[") else 0)
        return run.stderr.splitlines()

    def check_article(self, printer=None):
        return self.check("fault.md", "--layout", "fault.layout.yaml", "--office", "fault.office.yaml", printer=printer)

    def line_of(self, place):
        name, part = place
        for number, line in enumerate((self.folder / name).read_text().splitlines(), 1):
            if part in line:
                return f"{name}:{number}:"
        raise AssertionError(f"{part} is not in {name}")

    def test_each_planted_fault_is_found_at_its_line(self):
        self.assertGreaterEqual(len(PLANTED), 40)
        for name, (code, said, files, printer) in PLANTED.items():
            with self.subTest(name):
                self.write(files)
                lines = self.check_article(printer)
                place = self.line_of(files["place"]) if files["place"] else ""
                found = [line for line in lines if line.startswith(place) and f"[{code}]: " in line and said in line]
                self.assertEqual(len(found), 1, f"{place} {code}: {said}\n" + "\n".join(lines))

    def test_a_spot_ink_that_the_printer_has_not_is_told_once(self):
        files = dict(PLANTED["a spot ink where the printer has none"][2])
        files["layout"] += "      again: {left: 30mm, width: 90mm, top: 160mm, height: 9mm, fill: blue}\n"
        self.write(files)
        found = [line for line in self.check_article("plain") if "[spot-unwanted]: " in line]
        self.assertEqual(len(found), 1, found)

    def test_report_and_annotated_copies(self):
        self.write(PLANTED["a hairline"][2])
        arguments = ("fault.md", "--layout", "fault.layout.yaml", "--office", "fault.office.yaml", "-q")
        self.expect(0, "preflight", *arguments, "--report", "r.json", "--annotate", "marked.pdf")
        report = json.loads((self.folder / "r.json").read_text())
        file, = report["files"]
        finding, = file["findings"]
        self.assertEqual((report["printer"], report["standard"], file["path"], file["pages"]),
                         ("sheetfed-coated-x4", "PDF/X-4", "fault.md", 1))
        self.assertEqual((finding["code"], finding["severity"], finding["path"], finding["page"]),
                         ("hairline", "warning", "fault.layout.yaml", 1))
        self.assertEqual(f"{finding['path']}:{finding['line']}:", self.line_of(PLANTED["a hairline"][2]["place"]))
        self.assertAlmostEqual(finding["rectangle_mm"]["left"], 30, places=2)
        self.assertAlmostEqual(finding["rectangle_mm"]["top"], 110, places=2)
        self.assertTrue((self.folder / "marked.pdf").read_bytes().startswith(b"%PDF"))
        self.expect(0, "preflight", *arguments, "--annotate", "marked.png")
        self.assertTrue((self.folder / "marked.png").read_bytes().startswith(b"\x89PNG"))
        _, said = self.expect(1, "preflight", "marked.pdf", "--annotate", "again.png", "-d", "short")
        self.assertIn("pictures are made of articles", said)
        _, said = self.expect(1, "preflight", *arguments, "--report", "fault.md", "-d", "short")
        self.assertIn("output-is-input", said)

    def test_a_press_render_checks_by_itself(self):
        self.write(PLANTED["an area ends at the left edge"][2])
        arguments = ("fault.md", "--layout", "fault.layout.yaml", "--office", "fault.office.yaml", "-d", "short")
        _, said = self.expect(1, "render", *arguments)
        self.assertIn("error[bleed-short]", said)
        self.assertFalse((self.folder / "fault.pdf").exists())
        _, said = self.expect(0, "render", *arguments, "--edition", "screen")
        self.assertEqual(said, "")

    def test_clean_documents_have_no_faults(self):
        self.write({"article": ARTICLE + "\n![Caption](fine.png)\n"})
        self.assertEqual(self.check_article(), [])
        self.write({})
        for printer in ("sheetfed-coated-x4", "sheetfed-coated-x1a", "conservative-x3", "digital-press"):
            self.assertEqual(self.check_article(printer), [])


if __name__ == "__main__":
    command.main()
