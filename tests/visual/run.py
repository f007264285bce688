#!/usr/bin/env python3
"""Compares the pages of the sample articles with the small pictures beside this file.

    run.py PRESSKIT LAYOUT [--differences FOLDER]   check the samples of a layout
    run.py PRESSKIT --prove                         check that a changed page is found
    run.py PRESSKIT --update-goldens [LAYOUT...]    draw the pictures anew

LAYOUT.LANGUAGE-N.png is page N of the sample article in that layout and
language, in 16 greys at 50 dpi. Of a book there are some pages only, one of each kind. A page may differ by what other versions of the
libraries round otherwise: both pictures are blurred by a pixel, and so few
pixels may then be lighter or darker by so much. Where more do, FOLDER gets
NAME.png: the picture, the page now, and what differs in black.

Pictures change only by the third call. Look at each one before it is committed.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LANGUAGES = ("en", "sr-Latn", "sr-Cyrl")
DPI = 50
GREYS = 16
STEP = 255 // (GREYS - 1)
MOST_LEVELS = 36  # of 255, after the blur
MOST_PIXELS = 6  # so many may differ by more: less than a word that moved by half a millimetre


# Of the sample book: cover, map, title, imprint, contents, foreword, an opener, its article,
# a photograph, a side-bar or quote, a map, tables, an interview, figures, a list, notes, back.
BOOK_PAGES = (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 16, 19, 22, 26, 34, 36, 39, 40, 41, 45, 46, 48)


def article_of(layout, language):
    """The sample that shows a layout: the book, its own, or the article on fifteen years."""
    if layout.startswith("booklet"):
        return ROOT / "content" / "booklet" / f"book.{language}.yaml"
    own = ROOT / "content" / f"{layout}.{language}.md"
    return own if own.exists() else ROOT / "content" / f"partnership.{language}.md"


def pages_of(article):
    return ["--pages", ",".join(map(str, BOOK_PAGES))] if article.suffix == ".yaml" else []


def layouts():
    return sorted(p.stem for p in (ROOT / "layouts").glob("*.yaml") if p.stem != "base")


def draw(presskit, article, layout):
    """The pages as pictures in a few greys."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [presskit, "render", article, "--layout", layout, "--office", ROOT / "content" / "office.yaml", "--format",
             "png", "--dpi", str(DPI), "--quiet", "--diagnostics", "short", "-o", f"{folder}/page.png", *pages_of(article)],
            capture_output=True, text=True,
            env={**os.environ, "PRESSKIT_DATA": str(ROOT), "SOURCE_DATE_EPOCH": "1624665600"})
        if run.returncode:
            sys.exit(f"{article.name} in {layout}: exit {run.returncode}\n{run.stderr}")
        files = sorted(pathlib.Path(folder).glob("*.png"), key=lambda f: (len(f.name), f.name))
        return [few_greys(Image.open(f)) for f in files]


def few_greys(picture):
    return picture.convert("L").point(lambda level: (level + STEP // 2) // STEP * STEP)


def blur(picture):
    """Mean over a square of 3 × 3 pixels."""
    pixels = numpy.pad(numpy.asarray(picture).astype(float), 1, mode="edge")
    height, width = pixels.shape
    parts = [pixels[y:height - 2 + y, x:width - 2 + x] for y in range(3) for x in range(3)]
    return sum(parts) / 9


def difference(wanted, found):
    """Levels by which each pixel differs; None if the pages are not of one size."""
    if wanted.size != found.size:
        return None
    return numpy.abs(blur(wanted) - blur(found))


def is_same(levels):
    return levels is not None and int((levels > MOST_LEVELS).sum()) <= MOST_PIXELS


def show(wanted, found, levels, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [wanted, found]
    if levels is not None:
        parts.append(Image.fromarray((255 - numpy.clip(levels * 3, 0, 255)).astype(numpy.uint8)))
    sheet = Image.new("L", (sum(p.width + 8 for p in parts), max(p.height for p in parts)), 128)
    x = 0
    for part in parts:
        sheet.paste(part, (x, 0))
        x += part.width + 8
    sheet.save(path)


def names_of(layout, language):
    return sorted(HERE.glob(f"{layout}.{language}-*.png"), key=lambda f: (len(f.name), f.name))


def check(presskit, layout, differences):
    faults = []
    for language in LANGUAGES:
        goldens = names_of(layout, language)
        pages = draw(presskit, article_of(layout, language), layout)
        if len(pages) != len(goldens):
            faults.append(f"{layout}.{language}: {len(pages)} pages, {len(goldens)} pictures")
        for golden, page in zip(goldens, pages):
            wanted = Image.open(golden).convert("L")
            levels = difference(wanted, page)
            if is_same(levels):
                continue
            place = differences / golden.name
            show(wanted, page, levels, place)
            faults.append(f"{golden.stem} differs, see {place}")
    print("\n".join(faults) if faults else f"{layout}: as in the pictures")
    if faults:
        print("If the pages are right, tests/visual/run.py PRESSKIT --update-goldens, and look at each picture.")
    return 1 if faults else 0


def prove(presskit):
    """One word more in the second paragraph, and a page must be found different; the same page must not."""
    article = article_of("handout", "en")
    pages = draw(presskit, article, "handout")
    with tempfile.TemporaryDirectory() as folder:
        head, first, second = article.read_text(encoding="utf8").split("\n\n", 2)
        changed = pathlib.Path(folder) / article.name
        (pathlib.Path(folder) / "art").symlink_to(ROOT / "content" / "art")
        changed.write_text("\n\n".join((head, first + " Really.", second)), encoding="utf8")
        other = draw(presskit, changed, "handout")
    assert all(is_same(difference(page, page)) for page in pages)
    assert not is_same(difference(pages[0], other[0])), "a changed page looks the same"
    print("a changed page is found")
    return 0


def write_small(page, path):
    """Sixteen greys are four bits a pixel."""
    small = page.point(lambda level: level // STEP)
    small.putpalette([level for grey in range(GREYS) for level in [grey * STEP] * 3])
    small.save(path, optimize=True, bits=4)


def update(presskit, wanted):
    for layout in wanted or layouts():
        for language in LANGUAGES:
            for old in names_of(layout, language):
                old.unlink()
            for number, page in enumerate(draw(presskit, article_of(layout, language), layout), 1):
                write_small(page, HERE / f"{layout}.{language}-{number}.png")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("presskit")
    parser.add_argument("layout", nargs="*")
    parser.add_argument("--differences", type=pathlib.Path, default=pathlib.Path("visual"))
    parser.add_argument("--prove", action="store_true")
    parser.add_argument("--update-goldens", action="store_true")
    options = parser.parse_intermixed_args()
    presskit = str(pathlib.Path(options.presskit).resolve())
    if options.update_goldens:
        return update(presskit, options.layout)
    if options.prove:
        return prove(presskit)
    return max(check(presskit, layout, options.differences) for layout in options.layout)


if __name__ == "__main__":
    sys.exit(main())
