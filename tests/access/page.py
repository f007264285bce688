#!/usr/bin/env python3
"""Validates the HTML edition of every sample by the W3C's validator, warnings included,
and makes sure that a page needs nothing but itself.

    page.py PRESSKIT JARS

JARS is the folder that `scripts/jars vnu --path` prints. Exits 77 (skipped) where there
is no Java or no validator.
"""
import base64
import html.parser
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from PIL import Image

import words

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
MAIN = "nu.validator.client.SimpleCommandLineValidator"
FAULTY = "<!DOCTYPE html><html lang=en><title>x</title><img src=a.png><p><h2>b</h2></p></html>"


class Needs(html.parser.HTMLParser):
    """What a page would fetch, and what it leaves out that a reader needs."""

    def __init__(self, source):
        super().__init__()
        self.faults, self.ids, self.targets = [], set(), []
        self.feed(source)

    def handle_starttag(self, name, attrs):
        attributes = dict(attrs)
        if name in ("link", "script", "iframe", "object"):
            self.faults.append(f"<{name}>")
        if not attributes.get("src", "data:").startswith("data:"):
            self.faults.append(f"src={attributes['src'][:40]}")
        if name == "img" and not attributes.get("alt"):
            self.faults.append("a picture without words")
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.targets.append(attributes["href"][1:])

    def all(self):
        return self.faults + [f"#{target} is not there" for target in self.targets if target not in self.ids]


def page_with_pictures(presskit, folder):
    """Of kinds that no browser shows: they are painted."""
    Image.new("RGB", (64, 40), (200, 30, 30)).save(folder / "field.tif")
    Image.new("RGB", (300, 200), (30, 120, 40)).save(folder / "field.pdf")
    (folder / "pictures.md").write_text("---\nheadline: Fields\nlang: en\n---\nTwo fields.\n\n"
                                        "![A red field](field.tif)\n\n![A green field](field.pdf)\n")
    made = folder / "pictures.html"
    words.render(presskit, folder / "pictures.md", "handout", "html", made)
    found = re.findall(r'src="data:([^;]*);base64,([^"]*)', made.read_text(encoding="utf8"))
    colours = [Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB").getpixel((10, 10)) for _, data in found]
    assert [kind for kind, _ in found] == ["image/png"] * 2, found
    assert all(max(abs(a - b) for a, b in zip(got, want)) < 12
               for got, want in zip(colours, [(200, 30, 30), (30, 120, 40)])), colours
    return made


def shown_pictures(presskit, folder):
    """What is cropped is cropped, a JPEG stays one, and one in CMYK is in the colours of the screen edition."""
    halves = Image.new("RGB", (400, 200), (200, 30, 30))
    halves.paste((30, 60, 200), (200, 0, 400, 200))
    halves.save(folder / "halves.jpg", quality=95)
    Image.new("CMYK", (300, 200), (0, 204, 204, 0)).save(folder / "cmyk.jpg", quality=95)
    halves.save(folder / "plain.jpg", quality=95)
    (folder / "shown.md").write_text("---\nheadline: Fields\nlang: en\nfigures: {halves.jpg: {crop: '1:1', focus: [90%, 50%]}}\n"
                                     "---\nThree fields.\n\n![One](halves.jpg)\n\n![Two](cmyk.jpg)\n\n![Three](plain.jpg)\n")
    made = folder / "shown.html"
    words.render(presskit, folder / "shown.md", "handout", "html", made)
    found = re.findall(r'src="data:([^;]*);base64,([^"]*)', made.read_text(encoding="utf8"))
    assert [kind for kind, _ in found] == ["image/jpeg"] * 3, [kind for kind, _ in found]
    files = [base64.b64decode(data) for _, data in found]
    cropped, cmyk = (Image.open(io.BytesIO(data)) for data in files[:2])
    assert cropped.size == (200, 200), cropped.size
    assert cropped.getpixel((5, 100))[2] > 150, "the focus is on the right half"
    assert cmyk.mode == "RGB" and cmyk.size == (300, 200), (cmyk.mode, cmyk.size)
    red, green, blue = cmyk.getpixel((150, 100))
    assert red > 200 and green < 120 and blue < 120, (red, green, blue)
    assert files[2] == (folder / "plain.jpg").read_bytes(), "a picture that may stay as it is stays so"
    return made


def validate(jars, files):
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", os.path.join(jars, "*"), MAIN,
               "--format", "gnu", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in (run.stdout + run.stderr).splitlines() if line.startswith('"file:')]


def main():
    presskit, jars = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    if not shutil.which("java") or not os.path.isdir(jars):
        print("SKIPPED: there is no Java, or no validator of HTML; scripts/setup --tests gets both")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="presskit-page-") as temporary:
        folder, files = pathlib.Path(temporary), []
        for article in [*sorted((words.ROOT / "content").glob("*.md")), HERE / "access.md"]:
            kind = article.name.split(".")[0]
            layout = kind if (words.ROOT / "layouts" / f"{kind}.yaml").exists() else "handout"
            files.append(folder / f"{article.stem}.html")
            words.render(presskit, article, layout, "html", files[-1])
            faults = Needs(files[-1].read_text(encoding="utf8")).all()
            assert not faults, f"{article.name}: {faults}"
        files += [page_with_pictures(presskit, folder), shown_pictures(presskit, folder)]
        faulty = folder / "faulty.html"
        faulty.write_text(FAULTY)
        found = validate(jars, [*files, faulty])
        assert any("faulty.html" in line for line in found), "no fault is found where there are some"
        told = [line for line in found if "faulty.html" not in line]
        assert not told, "\n".join(told)
    print(f"{len(files)} pages, nothing to complain of")
    return 0


if __name__ == "__main__":
    sys.exit(main())
