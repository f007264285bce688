#!/usr/bin/env python3
"""Pictures of every kind through every printer profile.

    pictures.py PRESSKIT

Photos in RGB, grey and CMYK, with and without profile, PNGs with alpha, palette
and one bit, drawings with opacity, soft gradients and photos inside: each file is
judged by pdfx.py, and what is painted is looked at on the plates: a translucent
picture over a coloured band shows the band through, at the same ink, whether the
standard has transparency or not.
"""
import base64
import io
import pathlib
import subprocess
import sys
import tempfile

import numpy
import yaml
from PIL import Image, ImageCms

import pdfx
import plates

ROOT = pdfx.ROOT
SIZE = (900, 600)  # enough for 65 mm at 300 pixels to the inch


def gradient(channels):
    x, y = numpy.meshgrid(numpy.linspace(0, 255, SIZE[0]), numpy.linspace(0, 255, SIZE[1]))
    layers = [x, y, (x + y) / 2, 255 - x][:channels]
    return numpy.stack(layers, axis=-1).astype(numpy.uint8)


def make_pictures(folder):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rgb = Image.fromarray(gradient(3), "RGB")
    rgb.save(folder / "rgb.jpg", dpi=(300, 300))
    rgb.save(folder / "profile.jpg", icc_profile=profile, dpi=(300, 300))
    Image.fromarray(gradient(1)[..., 0], "L").save(folder / "grey.jpg", dpi=(300, 300))
    Image.fromarray(gradient(4) // 2, "CMYK").save(folder / "cmyk.jpg", dpi=(300, 300))
    rgb.save(folder / "rgb.png", dpi=(300, 300))
    rgb.quantize(64).save(folder / "palette.png", dpi=(300, 300))
    Image.fromarray(gradient(1)[..., 0] > 127).resize((3300, 2200)).save(folder / "line.png", dpi=(300, 300))
    alpha = rgb.copy()
    alpha.putalpha(Image.fromarray(gradient(1)[..., 0], "L"))
    alpha.save(folder / "alpha.png", dpi=(300, 300))
    small = io.BytesIO()
    rgb.save(small, "JPEG")
    inside = base64.b64encode(small.getvalue()).decode()
    box = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200"'
    drawings = {
        "plain": '<rect width="200" height="150" fill="#a33"/><circle cx="150" cy="100" r="80" fill="#003087"/>',
        "opacity": '<rect width="200" height="150" fill="#a33"/>'
                   '<circle cx="150" cy="100" r="80" fill="#003087" opacity="0.5"/>',
        "group": '<g opacity="0.4"><rect width="200" height="150" fill="#3a3"/>'
                 '<rect x="90" y="60" width="200" height="130" fill="#da0"/></g>',
        "soft": '<defs><linearGradient id="g"><stop offset="0" stop-color="#a33"/>'
                '<stop offset="1" stop-color="#a33" stop-opacity="0"/></linearGradient></defs>'
                '<rect width="300" height="200" fill="url(#g)"/>',
        "gradient": '<defs><radialGradient id="g"><stop offset="0" stop-color="#fd0"/>'
                    '<stop offset="1" stop-color="#063"/></radialGradient></defs>'
                    '<rect width="300" height="200" fill="url(#g)"/>',
        "photo": f'<image width="300" height="200" xlink:href="data:image/jpeg;base64,{inside}"/>',
    }
    for name, content in drawings.items():
        (folder / f"{name}.svg").write_text(f"<svg {box}>{content}</svg>", encoding="utf-8")
    return sorted(path.name for path in folder.glob("*.*") if path.suffix in (".jpg", ".png", ".svg"))


def write_article(folder, pictures):
    figures = "\n\n".join(f"![A picture: {name}]({name})\n\nThe picture {name} stands above." for name in pictures)
    (folder / "all.md").write_text("---\nheadline: Pictures\nlang: en\n---\nPictures of every kind.\n\n" + figures + "\n",
                                   encoding="utf-8")


SMALL = """presskit: layout/1
extends: {base}
page: {{size: A6, margins: 20mm}}
"""


def render(presskit, folder, article, printer, output, *options):
    run = subprocess.run([presskit, "render", folder / article, "--printer", printer, "--edition", "press", "-q", "-o",
                          output, *options], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{printer}: exit {run.returncode}\n{run.stderr}")


BAND = """presskit: layout/1
extends: {base}
page: {{size: A5, margins: {{top: 100mm, bottom: 20mm, inside: 20mm, outside: 20mm}}}}
inks: {{band: {{cmyk: [80, 20, 0, 0]}}}}
masters:
  first:
    boxes:
      band:  {{left: 20mm, right: 20mm, top: 10mm, height: 60mm, fill: band}}
      first: {{left: 30mm, width: 45mm, top: 20mm, height: 30mm, art: {first}}}
      second: {{left: 85mm, width: 45mm, top: 20mm, height: 30mm, art: {second}}}
"""


def look(presskit, folder, printer):
    """The band under a translucent picture, left of it and behind it."""
    (folder / "band.yaml").write_text(BAND.format(base=ROOT / "layouts/base.yaml", first="alpha.png",
                                                  second="opacity.svg"), encoding="utf-8")
    (folder / "band.md").write_text(plates.ARTICLE, encoding="utf-8")
    pdf = folder / f"band-{printer}.pdf"
    render(presskit, folder, "band.md", printer, pdf, "--layout", folder / "band.yaml", "--pages", "1")
    found, boxes = plates.separate_file(folder, pdf, f"band-{printer}")
    clear = plates.region(found["Cyan"], boxes, 22, 12, 28, 68)
    plates.want(abs(clear - 0.8).max() < 0.02, printer, "the band beside the picture")
    under = plates.region(found["Cyan"], boxes, 31, 25, 32, 45)  # alpha is near 0 here
    plates.want(abs(under - 0.8).max() < 0.06, printer, f"the band behind alpha.png: {under.min():.2f}")
    corner = plates.region(found["Cyan"], boxes, 124, 46, 127, 49)  # nothing is drawn here
    plates.want(abs(corner - 0.8).max() < 0.03, printer, f"the band behind opacity.svg: {corner.min():.2f}")
    return {ink: plates.region(plate, boxes, 20, 10, 128, 70) for ink, plate in found.items()}


def main():
    presskit = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="presskit-pictures-") as name:
        folder = pathlib.Path(name)
        (folder / "office.yaml").write_text("presskit: office/1\nname: Drina Liaison Office\n", encoding="utf-8")
        write_article(folder, make_pictures(folder))
        (folder / "small.yaml").write_text(SMALL.format(base=ROOT / "layouts/base.yaml"), encoding="utf-8")
        for path in sorted((ROOT / "layouts/printers").glob("*.yaml")):
            printer = yaml.safe_load(path.read_text(encoding="utf-8"))
            if printer.get("standard") == "none":
                continue
            output = folder / f"{path.stem}.pdf"
            render(presskit, folder, "all.md", path.stem, output, "--layout", folder / "small.yaml")
            try:
                pages = pdfx.check(output, printer)
            except pdfx.Fault as fault:
                sys.exit(f"{path.stem}: {fault}")
            print(f"{path.stem}: {pages} pages of pictures keep {printer['standard']}")
        live = look(presskit, folder, "sheetfed-coated-x4")
        flat = look(presskit, folder, "sheetfed-coated-x1a")
        for ink in ("Cyan", "Magenta", "Yellow", "Black"):
            size = [min(a, b) for a, b in zip(live[ink].shape, flat[ink].shape)]
            a, b = (p[:size[0], :size[1]] for p in (live[ink], flat[ink]))
            plates.want(abs(a - b).mean() < 0.02, "x4 and x1a", f"differ on {ink} by {abs(a - b).mean():.3f}")


if __name__ == "__main__":
    main()
