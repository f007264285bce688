#!/usr/bin/env python3
"""Separates press files with Ghostscript's tiffsep and looks at the plates.

    plates.py PRESSKIT

A page of our own, with a layout that has a spot ink, a rich black and black and
white words over coloured bands, through several printer profiles:

  body text    is on the black plate alone
  a black word over a coloured band leaves the band whole
  a white word over it knocks it out
  a logo       in the colour of an ink, or in a tint of it, is on that ink's plate
  a spot ink   has a plate of its own where it is kept, none where it is not
  rich black   is in areas that ask for it, and not in type of the same ink
  ink          is nowhere above the printer's limit inside the bleed
  marks        are on every plate, and outside the bleed
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
import pikepdf
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DPI = 144
MM = DPI / 25.4

ARTICLE = """---
headline: Plates
lang: en
dateline: {place: Belgrade, date: 2021-06-26}
---
The office opened its doors at nine and the first visitors came at once. They looked at the pumps, the boats and the
maps, and asked how long it takes to fill a thousand bags with sand. It takes two hours, if everybody helps.
"""

# Its left half is the spot ink, the right one half of it.
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="15" height="10" fill="#D8B040"/>
<g fill="#ECD8A0"><rect x="15" width="15" height="10"/></g></svg>"""

# What is wanted of the plates needs to know where things are.
LAYOUT = """presskit: layout/1
extends: {base}
page: {{size: A5, margins: {{top: 100mm, bottom: 20mm, inside: 20mm, outside: 20mm}}}}
inks:
  band: {{cmyk: [80, 50, 0, 0]}}
  gold: {{cmyk: [10, 30, 80, 0], spot: Office Gold, screen: "#D8B040"}}
  night: {{cmyk: [0, 0, 0, 100], rich: true}}
styles:
  black-word: {{based-on: body, font: sans, weight: bold, size: 24pt, leading: 26pt, align: left, ink: text}}
  white-word: {{based-on: black-word, ink: white}}
  night-word: {{based-on: black-word, ink: night}}
masters:
  first:
    boxes:
      band:  {{left: 0mm, right: 0mm, top: 0mm, height: 20mm, bleed: true, fill: band}}
      black: {{left: 20mm, right: 20mm, top: 5mm, lines: [{{text: BLACK, style: {black}}}]}}
      gold:  {{left: 0mm, right: 0mm, top: 20mm, height: 20mm, fill: gold, bleed: true}}
      over:  {{left: 20mm, right: 20mm, top: 25mm, lines: [{{text: OVER, style: {black}}}]}}
      logo:  {{left: 20mm, width: 30mm, top: 82mm, height: 10mm, art: logo.svg}}
      rich:  {{left: 0mm, right: 0mm, top: 40mm, height: 20mm, fill: night, bleed: true}}
      type:  {{left: 20mm, right: 20mm, top: 65mm, lines: [{{text: NIGHT, style: night-word}}]}}
"""


def separate(presskit, folder, printer, word_style, name):
    """Plates of the first page by name, 0 paper to 1 full ink, cut to the bleed."""
    layout = LAYOUT.format(base=ROOT / "layouts/base.yaml", black=word_style)
    (folder / "plates.yaml").write_text(layout, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    (folder / "plates.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "office.yaml").write_text("presskit: office/1\nname: Drina Liaison Office\n", encoding="utf-8")
    pdf = folder / f"{name}.pdf"
    run = subprocess.run([presskit, "render", folder / "plates.md", "--layout", folder / "plates.yaml", "--printer",
                          printer, "--pages", "1", "-q", "-o", pdf], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{printer}: exit {run.returncode}\n{run.stderr}")
    return separate_file(folder, pdf, name)


def separate_file(folder, pdf, name):
    subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}",
                    "-sCompression=none", f"-sOutputFile={folder}/{name}-%d.tif", pdf], check=True,
                   stdout=subprocess.DEVNULL)
    plates = {}
    for path in folder.glob(f"{name}-1(*).tif"):
        ink = re.search(r"\((.*)\)\.tif$", path.name)[1]
        with Image.open(path) as image:
            plates[ink] = 1 - numpy.asarray(image.convert("L"), dtype=float) / 255
    with pikepdf.open(pdf) as document:
        page = document.pages[0].obj
        boxes = [[float(n) / 72 * DPI for n in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")]
    return plates, boxes


def cut(plate, box, media):
    """The part of a plate inside `box`, top row first."""
    left, bottom, right, top = box
    return plate[int(media[3] - top):int(media[3] - bottom), int(left):int(right)]


def region(plate, boxes, left, top, right, bottom):
    """A rectangle in millimetres from the corner of the trim."""
    media, _, trim = boxes
    x, y = trim[0], media[3] - trim[3]
    return plate[int(y + top * MM):int(y + bottom * MM), int(x + left * MM):int(x + right * MM)]


def want(condition, printer, what):
    if not condition:
        sys.exit(f"{printer}: {what}")


def check(presskit, folder, printer, limit, spot, has_marks):
    black, boxes = separate(presskit, folder, printer, "black-word", f"{printer}-black")
    white, _ = separate(presskit, folder, printer, "white-word", f"{printer}-white")
    colours = ("Cyan", "Magenta", "Yellow")

    body = (20, 100, 128, 150)
    want(region(black["Black"], boxes, *body).max() > 0.9, printer, "body text is not on the black plate")
    for ink in set(black) - {"Black"}:
        want(region(black[ink], boxes, *body).max() == 0, printer, f"body text is on the plate {ink}")

    band = (10, 3, 138, 17)
    want(region(black["Black"], boxes, *band).max() > 0.9, printer, "the black word is not there")
    for ink, amount in (("Cyan", 0.8), ("Magenta", 0.5)):
        plate = region(black[ink], boxes, *band)
        want(abs(plate.min() - amount) < 0.02, printer, f"the black word knocks out {ink} ({plate.min():.2f})")
        want(region(white[ink], boxes, *band).min() < 0.1, printer, f"the white word does not knock out {ink}")
    want(region(white["Black"], boxes, *band).max() == 0, printer, "the white word is on the black plate")

    gold = (10, 23, 138, 37)
    want(("Office Gold" in black) == (spot == "keep"), printer, "the plate of the spot ink")
    ink, amount = ("Office Gold", 1) if spot == "keep" else ("Yellow", 0.8)
    want(abs(region(black[ink], boxes, *gold).min() - amount) < 0.02, printer, f"the black word knocks out {ink}")
    if spot == "keep":
        want(region(black["Yellow"], boxes, *gold).max() == 0, printer, "the kept spot ink is on the yellow plate too")

    for place, share in ((22, 1), (37, 0.5)):
        logo = region(black[ink], boxes, place, 84, place + 11, 90)
        want(abs(logo - share * amount).max() < 0.02, printer, f"the logo on {ink}: {logo.min():.2f}, {logo.max():.2f}")
        if spot == "keep":
            want(region(black["Yellow"], boxes, place, 84, place + 11, 90).max() == 0, printer, "the logo on yellow too")

    total = sum(black.values())
    rich = region(total, boxes, 20, 43, 120, 57)
    want(rich.min() > 1.5 and abs(rich.max() - rich.min()) < 0.02, printer, "rich black is not rich")
    for colour in colours:
        want(region(black[colour], boxes, 20, 63, 128, 80).max() == 0, printer, f"type in rich black is on {colour}")
    media, bleed, _ = boxes
    most = cut(total, bleed, media).max()
    want(most <= limit + 0.02, printer, f"{100 * most:.0f} % ink, the limit is {100 * limit:.0f} %")

    for ink, plate in black.items():
        around = plate.copy()
        top, left = max(int(media[3] - bleed[3]) - 1, 0), max(int(bleed[0]) - 1, 0)
        around[top:int(media[3] - bleed[1]) + 2, left:int(bleed[2]) + 2] = 0
        want((around.max() > 0.5) == has_marks, printer, f"marks on the plate {ink}")
    print(f"{printer}: {', '.join(sorted(black))}; {100 * most:.0f} % ink at most")


def main():
    with tempfile.TemporaryDirectory(prefix="presskit-plates-") as name:
        folder = pathlib.Path(name)
        check(sys.argv[1], folder, "sheetfed-coated-x4", 3.0, "keep", False)
        check(sys.argv[1], folder, "sheetfed-uncoated-x4", 2.8, "keep", True)
        check(sys.argv[1], folder, "sheetfed-coated-x1a", 3.0, "convert", True)
        check(sys.argv[1], folder, "conservative-x3", 3.0, "convert", False)
        check(sys.argv[1], folder, "newsprint", 2.4, "convert", False)


if __name__ == "__main__":
    main()
