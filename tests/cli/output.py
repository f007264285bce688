#!/usr/bin/env python3
"""Checks what presskit writes with tools that are not ours.

  output.py PRESSKIT ARTICLE.md LAYOUT

  structure   qpdf finds no fault; fonts are embedded subsets with ToUnicode
  text        pdftotext gives every word of the article in reading order, a word
              that is hyphenated at a line end as one word
  inks        the press edition has no RGB operator or colour space anywhere
  pictures    the PNG and the PDF agree to a pixel or two
  bytes       the same inputs give the same bytes, from any folder
"""
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib

import numpy
import pikepdf

DPI = 100
NOTE = "\x1f"  # before a note of the article


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout


def check_structure(pdf):
    out = run("qpdf", "--check", pdf).decode()
    assert "No syntax or stream encoding errors found" in out, out
    rows = run("pdffonts", pdf).decode().splitlines()[2:]
    assert rows, "no fonts"
    for row in rows:
        assert re.search(r"\byes\s+yes\s+yes\s+\d+\s+\d+$", row), f"not embedded, subset and with ToUnicode: {row}"


def words_of(text):
    text = unicodedata.normalize("NFKC", text)
    return [w for w in re.findall(r"\w+", text.casefold()) if w]


def article_words(path):
    body = path.read_text(encoding="utf8").split("---", 2)[2]
    body = re.sub(r"<(https?://[^>]*)>", r"\1", body)
    body = re.sub(r"\]\([^)]*\)", "]", body)
    body = re.sub(r"^\[\^[^\]]*\]: ", NOTE, body, flags=re.M)
    body = re.sub(r"\[\^[^\]]*\]", "", body)
    body = re.sub(r"^> — .*$", "", body, flags=re.M)      # attributions stand apart
    paragraphs = re.split(r"\n\s*\n|\n(?=[-*] |\d+\. )", body)      # an item is a paragraph of its own
    # Notes stand where the layout wants them: after the text or at the feet of columns.
    return [(words_of(p), NOTE in p) for p in paragraphs if not p.lstrip().startswith(("!", "|", ">", "#"))]


def check_text(pdf, article):
    found = words_of(run("pdftotext", pdf, "-").decode())
    # In the order in which the page says it: without -raw poppler guesses an order
    # from the picture of the page, and takes a gap across both columns for a rule.
    joined = " ".join(words_of(run("pdftotext", "-raw", pdf, "-").decode()))
    at = 0
    for paragraph, is_note in article_words(article):
        if len(paragraph) < 4:
            continue
        for word in paragraph:
            assert word in found, f"'{word}' is not in the text of {pdf.name}"
        start = " ".join(paragraph[:4])
        place = joined.find(start, 0 if is_note else at)
        assert place >= 0, f"'{start}' is not in reading order in {pdf.name}"
        at = at if is_note else place


def check_inks(pdf):
    rgb = re.compile(rb"(?:^|\s)(?:rg|RG)(?:\s|$)")
    with pikepdf.open(pdf) as document:
        for entry in document.objects:
            text = repr(entry) if not isinstance(entry, pikepdf.Stream) else repr(dict(entry.items()))
            assert "/DeviceRGB" not in text and "/CalRGB" not in text, f"RGB in {pdf.name}: {text[:200]}"
        for page in document.pages:
            streams = [page.Contents.read_bytes()]
            for _, form in dict(page.get("/Resources", {}).get("/XObject", {})).items():
                if form.get("/Subtype") == "/Form":
                    streams.append(form.read_bytes())
            for stream in streams:
                assert not rgb.search(re.sub(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>", b"", stream)), f"RGB operator in {pdf.name}"


def read_png(data):
    """RGB pixels of a PNG with 8 bits a channel and no interlace."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, bits, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    channels = {2: 3, 6: 4, 0: 1}[colour]
    assert bits == 8
    raw = numpy.frombuffer(zlib.decompress(packed), numpy.uint8).reshape(height, width * channels + 1)
    rows = numpy.zeros((height, width * channels), numpy.uint8)
    for y in range(height):
        kind, line = raw[y, 0], raw[y, 1:].astype(int)
        above = rows[y - 1].astype(int) if y else numpy.zeros_like(line)
        if kind == 2:
            line = line + above
        elif kind:
            out = numpy.zeros_like(line)
            for x in range(len(line)):
                a = out[x - channels] if x >= channels else 0
                b, c = above[x], above[x - channels] if x >= channels else 0
                p = a + b - c
                paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
                out[x] = (line[x] + {1: a, 3: (a + b) // 2, 4: paeth}[kind]) & 255
            line = out
        rows[y] = line & 255
    return rows.reshape(height, width, channels)[:, :, :3]


def read_ppm(data):
    kind, width, height, most, rest = re.match(rb"(P6)\s+(\d+)\s+(\d+)\s+(\d+)\s", data).groups() + (None,)
    return numpy.frombuffer(data[-int(width) * int(height) * 3:], numpy.uint8).reshape(int(height), int(width), 3)


def blur(pixels, radius=2):
    """Mean over a square of 2 radius + 1 pixels: marks that are moved by a pixel or two look alike."""
    sums = numpy.pad(pixels.astype(float).mean(axis=2), ((radius + 1, radius), (radius + 1, radius)), mode="edge")
    sums = sums.cumsum(0).cumsum(1)
    side = 2 * radius + 1
    return (sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]) / side ** 2


def check_pictures(pdf, png):
    ours = read_png(png.read_bytes())
    # MuPDF sets letters to parts of a pixel both ways, as we do; poppler sets baselines on whole pixels.
    theirs = read_ppm(run("mutool", "draw", "-q", "-r", DPI, "-F", "ppm", "-o", "-", pdf, 1))
    assert abs(ours.shape[0] - theirs.shape[0]) <= 1 and abs(ours.shape[1] - theirs.shape[1]) <= 1, (ours.shape, theirs.shape)
    height, width = min(ours.shape[0], theirs.shape[0]), min(ours.shape[1], theirs.shape[1])
    difference = numpy.abs(blur(ours[:height, :width]) - blur(theirs[:height, :width]))
    assert difference.max() < 60 and difference.mean() < 1.6, (difference.max(), difference.mean())


def main():
    presskit, article, layout = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)

        def render(name, *options, cwd=work):
            run(presskit, "render", article, "--layout", layout, "-o", work / name, "--quiet", *options, cwd=cwd)
            return work / name

        press = render("press.pdf")
        screen = render("screen.pdf", "--edition", "screen")
        render("page.png", "--dpi", str(DPI), "--pages", "1")
        png = next(work.glob("page*.png"))
        for pdf in (press, screen):
            check_structure(pdf)
            check_text(pdf, article)
        check_inks(press)
        check_pictures(screen, png)
        again = render("again.pdf", cwd="/")
        assert press.read_bytes() == again.read_bytes(), "the same inputs gave other bytes"
    print(f"{article.name} × {layout}: structure, text, inks, pictures, bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
