#!/usr/bin/env python3
"""A PDF as a picture in press files, judged by tools that are not ours.

    art.py PRESSKIT

The picture of art_file.py, beside an SVG in a spot ink, for a printer with spot inks and
transparency and for one without: every object keeps the standard, nothing of the
file but its page came along, what it shows is where Ghostscript puts it on each plate
as on ours, and the page as a picture, for a screen and for the press look alike.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
import pikepdf
import yaml
from PIL import Image

import art_file
import pdfx

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DPI, FINER, TILE = 72, 4, 12

ARTICLE = """---
headline: Partners
lang: en
dateline: {place: Belgrade, date: 2021-06-26}
---
Two pictures.

![The emblem](emblem.pdf)

![Gold](gold.svg)
"""
GOLD = """<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm" viewBox="0 0 60 20">
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#D8B040"/></linearGradient></defs>
<rect width="20" height="20" fill="#D8B040"/><rect x="20" width="20" height="20" fill="url(#g)"/>
<rect x="40" width="20" height="20" fill="#123"/><path d="M42 10h16" stroke="#000" stroke-width=".5"/></svg>"""
LAYOUT = f"""presskit: layout/1
extends: {ROOT}/layouts/press-release.yaml
inks:
  gold: {{cmyk: [10, 30, 80, 0], spot: Office Gold, screen: "#D8B040"}}
"""


def want(condition, what):
    if not condition:
        sys.exit(what)


def run(presskit, folder, *arguments):
    done = subprocess.run([presskit, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False)
    want(done.returncode == 0, f"{arguments}: {done.stderr}")
    return done.stderr


def coverage(path):
    grey = 1 - numpy.asarray(Image.open(path).convert("L"), dtype=float) / 255
    height, width = (side // TILE * TILE for side in grey.shape)
    return grey[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE).mean(axis=(1, 3))


def check_plates(presskit, folder):
    run(presskit, folder, "separations", "a.md", "--layout", "l.yaml", "-q", "-o", "ours.png", "--dpi", DPI)
    subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI * FINER}",
                    f"-dDownScaleFactor={FINER}", "-dUseTrimBox", "-dFirstPage=1", "-dLastPage=1", "-sOutputFile=gs.tif",
                    "x4.pdf"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    inks = {re.search(r"\((.*)\)", path.name)[1]: path for path in folder.glob("gs(*).tif")}
    want({"Office Gold", "Foreign Blue", "Calculated Red"} < set(inks), f"spot inks: {sorted(inks)}")
    for ink, path in sorted(inks.items()):
        ours = folder / f"ours-1-{ink.lower().replace(' ', '-')}.png"
        want(ours.exists(), f"no plate of ours for {ink}")
        a, b = coverage(ours), coverage(path)
        rows, columns = min(a.shape[0], b.shape[0]), min(a.shape[1], b.shape[1])
        difference = numpy.abs(a[:rows, :columns] - b[:rows, :columns])
        want(difference.mean() < 0.006, f"{ink}: {difference.mean():.4f} apart")
        want((difference > 0.2).sum() <= 6, f"{ink}: {(difference > 0.2).sum()} places differ")
        print(f"{ink}: {difference.mean():.4f} apart, {difference.max():.2f} at most")
    gold, yellow = coverage(folder / "ours-1-office-gold.png"), coverage(folder / "gs(Office Gold).tif")
    want(gold.max() > 0.95 and yellow.max() > 0.95, "the gold is not on its plate")


def check_left_behind(path):
    with pikepdf.open(path) as document:
        text = b"".join(o.unparse(resolved=True) + (o.read_bytes() if isinstance(o, pikepdf.Stream) and
                        o.get("/Subtype") != "/Image" and "/DestOutputProfile" not in o and o.get("/Type") != "/Metadata"
                        else b"") for o in document.objects if not isinstance(o, pikepdf.Stream) or "/N" not in o)
    for word in (b"JavaScript", b"secret", b"OCProperties", b"elsewhere.example", b"PieceInfo", b"/OC ", b" BDC /OC"):
        want(word not in text or (word == b"elsewhere.example" and b"/URI" not in text), f"{path.name} holds {word}")


def look(path, folder, name):
    subprocess.run(["pdftoppm", "-r", "50", "-f", "1", "-l", "1", "-png", "-singlefile", path, folder / name], check=True)
    return folder / f"{name}.png"


def check_looks(presskit, folder):
    """Colours of a press are duller; where there is ink, and how dark, is the same."""
    run(presskit, folder, "render", "a.md", "--layout", "l.yaml", "-q", "-o", "page.png", "--dpi", 50, "--pages", 1)
    run(presskit, folder, "render", "a.md", "--layout", "l.yaml", "-q", "-o", "screen.pdf", "--edition", "screen")
    page = Image.open(folder / "page.png").convert("RGB")
    for path, most in ((look(folder / "screen.pdf", folder, "screen"), 0.02), (look(folder / "x4.pdf", folder, "x4"), 0.05)):
        other = Image.open(path).convert("RGB")
        left, top = (other.width - page.width) // 2, (other.height - page.height) // 2
        other = other.crop((left, top, left + page.width, top + page.height))
        shrunk = [numpy.asarray(i.resize((page.width // 8, page.height // 8), Image.BOX), dtype=float) / 255 for i in (page, other)]
        apart = numpy.abs(shrunk[0] - shrunk[1]).max(axis=2)
        want(apart.mean() < most and (apart > 0.35).sum() < 5, f"{path.name}: {apart.mean():.3f}, {apart.max():.2f}")
        print(f"{path.name}: {apart.mean():.4f} from the picture, {apart.max():.2f} at most")


def main():
    presskit = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="presskit-art-") as name:
        folder = pathlib.Path(name)
        art_file.make(folder / "emblem.pdf")
        (folder / "a.md").write_text(ARTICLE, encoding="utf-8")
        (folder / "gold.svg").write_text(GOLD, encoding="utf-8")
        (folder / "l.yaml").write_text(LAYOUT, encoding="utf-8")
        (folder / "office.yaml").write_text("presskit: office/1\nname: Drina Liaison Office\n", encoding="utf-8")
        for printer, out in (("sheetfed-coated-x4", "x4.pdf"), ("sheetfed-coated-x1a", "x1a.pdf"), ("conservative-x3", "x3.pdf")):
            run(presskit, folder, "render", "a.md", "--layout", "l.yaml", "--printer", printer, "-q", "-o", out)
            rules = yaml.safe_load((ROOT / "layouts/printers" / f"{printer}.yaml").read_text(encoding="utf-8"))
            try:
                pdfx.check(folder / out, rules)
            except pdfx.Fault as fault:
                sys.exit(f"{printer}: {fault}")
            check_left_behind(folder / out)
        check_plates(presskit, folder)
        check_looks(presskit, folder)
        check_left_behind(folder / "screen.pdf")
        turned = ARTICLE.replace("emblem.pdf", "emblem.pdf#page=2")
        (folder / "a.md").write_text(turned, encoding="utf-8")
        run(presskit, folder, "render", "a.md", "--layout", "l.yaml", "--printer", "sheetfed-coated-x4", "-q", "-o", "x4.pdf")
        check_plates(presskit, folder)
        check_looks(presskit, folder)


if __name__ == "__main__":
    main()
