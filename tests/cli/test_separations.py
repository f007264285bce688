#!/usr/bin/env python3
"""Plates that presskit paints from the display list, beside those that Ghostscript
makes of the press file."""
import re
import subprocess
import unittest

import command

try:
    import numpy
    from PIL import Image
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    raise SystemExit(77)

DPI, FINER, TILE = 72, 4, 12
GHOSTSCRIPT = {"cyan": "Cyan", "magenta": "Magenta", "yellow": "Yellow", "black": "Black"}
LAYOUT = """presskit: layout/1
extends: press-release.yaml
inks:
  blue: {spot: PANTONE 287 C, cmyk: [100, 75, 2, 18]}
  pink: {cmyk: [0, 60, 10, 0]}
  ground: {cmyk: [40, 0, 80, 10]}
styles:
  over: {font: sans, size: 40pt, leading: 44pt, hyphenate: false}
  white: {based-on: over, ink: white}
masters:
  first:
    boxes:
      band: {left: 0mm, right: 0mm, top: 100mm, height: 40mm, bleed: true, fill: ground}
      spot: {left: 20mm, width: 60mm, top: 90mm, height: 30mm, fill: blue, tint: 60%}
      patch: {left: 120mm, width: 60mm, top: 110mm, height: 40mm, fill: pink}
      printed: {left: 30mm, width: 160mm, top: 105mm, height: 16mm, style: over, lines: [Overprints]}
      second: {left: 30mm, width: 160mm, top: 122mm, height: 16mm, style: white, lines: [Knocks out]}
"""


def coverage(path):
    """Ink 0..1, averaged over tiles: sharp edges of type fall differently."""
    grey = 1 - numpy.asarray(Image.open(path).convert("L"), dtype=float) / 255
    height, width = (side // TILE * TILE for side in grey.shape)
    return grey[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE).mean(axis=(1, 3))


class Separations(command.CommandTest):
    def separate(self, article, *arguments):
        _, said = self.expect(0, "separations", article, "-o", "ours.png", "--dpi", str(DPI), "-d", "short", *arguments)
        self.expect(0, "render", article, "-o", "press.pdf", *arguments)
        subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI * FINER}",
                        f"-dDownScaleFactor={FINER}", "-dUseTrimBox", "-dFirstPage=1", "-dLastPage=1",
                        "-sOutputFile=gs.tif", "press.pdf"], cwd=self.folder, check=True, capture_output=True)
        return said

    def compare(self, name, ghostscript):
        ours = coverage(self.folder / f"ours-1-{name}.png")
        theirs = coverage(self.folder / f"gs({ghostscript}).tif")
        rows, columns = min(ours.shape[0], theirs.shape[0]), min(ours.shape[1], theirs.shape[1])
        difference = numpy.abs(ours[:rows, :columns] - theirs[:rows, :columns])
        self.assertLess(difference.mean(), 0.012, name)
        self.assertLess(numpy.percentile(difference, 99.5), 0.12, name)
        return ours, theirs

    def test_a_sample_is_as_ghostscript_separates_it(self):
        article = command.ROOT / "content/partnership.en.md"
        said = self.separate(article, "--layout", "handout", "--pages", "1")
        for name, ghostscript in GHOSTSCRIPT.items():
            ours, _ = self.compare(name, ghostscript)
            self.assertGreater(ours.max(), 0.05 if name == "yellow" else 0.15)
        self.assertRegex(said, r"note\[ink-highest\]: page 1 has 190 % ink at most, \d+ mm from the left")

    def test_overprint_knock_out_and_spot_plates(self):
        (self.folder / "x.layout.yaml").write_text(LAYOUT)
        said = self.separate("article.md", "--layout", "x.layout.yaml", "--office", "office.yaml")
        for name, ghostscript in {**GHOSTSCRIPT, "pantone-287-c": "PANTONE 287 C"}.items():
            self.compare(name, ghostscript)
        plates = {name: numpy.asarray(Image.open(self.folder / f"ours-1-{name}.png").convert("L"), dtype=float)
                  for name in (*GHOSTSCRIPT, "pantone-287-c")}
        mm = DPI / 25.4
        band = [slice(round(122 * mm), round(137 * mm)), slice(round(32 * mm), round(70 * mm))]
        self.assertEqual(plates["cyan"][band[0], band[1]].max(), 255)  # white words knock out
        over = [slice(round(107 * mm), round(119 * mm)), slice(round(82 * mm), round(96 * mm))]
        self.assertLess(plates["cyan"][over[0], over[1]].max(), 160)  # black words do not
        self.assertEqual(plates["black"][over[0], over[1]].min(), 0)
        self.assertLess(plates["pantone-287-c"].min(), 120)
        total = sum(255 - plate for plate in plates.values()) / 2.55
        told = int(re.search(r"has (\d+) % ink at most", said)[1])
        self.assertAlmostEqual(total.max(), told, delta=1)

    def test_spot_inks_have_no_plate_where_they_are_converted(self):
        (self.folder / "x.layout.yaml").write_text(LAYOUT)
        self.separate("article.md", "--layout", "x.layout.yaml", "--office", "office.yaml", "--printer",
                      "sheetfed-coated-x1a")
        self.assertEqual([f for f in self.files() if "pantone" in f or "PANTONE" in f], [])
        self.compare("cyan", "Cyan")
        self.compare("magenta", "Magenta")

    def test_names_pages_and_bytes(self):
        out, _ = self.expect(0, "separations", "article.md", "-r", "36", "--pages", "1")
        self.assertEqual(out.splitlines(), [f"wrote article-1-{n}.png" for n in (*GHOSTSCRIPT, "total")])
        before = {f: (self.folder / f).read_bytes() for f in self.files()}
        self.expect(0, "separations", "article.md", "-r", "36", "--pages", "1")
        self.assertEqual(before, {f: (self.folder / f).read_bytes() for f in self.files()})
        self.expect(2, "separations", "article.md", "-r", "601")


if __name__ == "__main__":
    command.main()
