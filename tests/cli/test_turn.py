"""Boxes whose words and pictures are turned by a quarter, in every output."""
import re
import struct
import subprocess
import unittest
import zlib

import pikepdf

import command

MM = 72 / 25.4
LAYOUT = """presskit: layout/1
extends: handout.yaml
page: {size: [100mm, 150mm], margins: {top: 20mm, bottom: 20mm, inside: 30mm, outside: 30mm}, bleed: 3mm}
grid: {columns: 1}
masters:
  first:
    boxes:
      down: {left: 5mm, width: 12mm, top: 10mm, height: 60mm, turn: down, style: caption, lines: ["Heads go down"]}
      up:   {right: 5mm, width: 12mm, top: 10mm, height: 60mm, turn: up, style: caption, lines: ["Feet come up"]}
      art:  {left: 5mm, width: 10mm, bottom: 5mm, height: 20mm, turn: down, art: half.svg}
      trra: {right: 5mm, width: 10mm, bottom: 5mm, height: 20mm, turn: up, art: half.svg}
flow: [headline, body]
"""
# Its left half is black.
HALF = '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 20 10"><path d="M0 0H10V10H0Z"/></svg>'


def grey_rows(path):
    """The rows of a PNG without interlacing, as lists of their first channel."""
    data = path.read_bytes()
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    raw, stride, rows, before = zlib.decompress(packed), width * channels, [], bytes(width * channels)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - channels] if x >= channels else 0
            up, corner = before[x], before[x - channels] if x >= channels else 0
            guess = left + up - corner
            near = min((left, up, corner), key=lambda value: abs(guess - value))
            row[x] = (row[x] + (0, left, up, (left + up) // 2, near)[kind]) & 0xFF
        rows.append(row[::channels])
        before = bytes(row)
    return rows


class Turned(command.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "turned.yaml").write_text(LAYOUT)
        (self.folder / "half.svg").write_text(HALF)

    def render(self, out, *options):
        self.expect(0, "render", "article.md", "--layout", "./turned.yaml", "--quiet", "-o", out, *options)
        return self.folder / out

    def words(self, pdf, origin):
        out = subprocess.run(["pdftotext", "-bbox", "-l", "1", pdf, "-"], capture_output=True, text=True, check=True).stdout
        found = {}
        for box in re.finditer(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', out):
            found.setdefault(box[5], [float(v) / MM - origin for v in box.groups()[:4]])
        return found

    def test_words_run_down_from_the_head_and_up_from_the_foot(self):
        for edition, origin in (("press", 3), ("screen", 0)):
            words = self.words(self.render("out.pdf", "--edition", edition), origin)
            left, top, right, bottom = words["down"]
            self.assertGreater(bottom - top, right - left)
            self.assertTrue(5 < left and right < 18 and bottom < 70, words["down"])
            left, top, right, bottom = words["up"]
            self.assertTrue(82 < left and right < 95 and top > 10, words["up"])
            self.assertAlmostEqual(words["Heads"][1], 10, delta=1)
            self.assertGreater(words["down"][1], words["Heads"][1])
            self.assertAlmostEqual(words["Feet"][3], 70, delta=1)
            self.assertLess(words["up"][1], words["Feet"][1])

    def halves(self, rows, dots):
        """How dark both halves of both pictures are: upper left, lower left, upper right, lower right."""
        def dark(x, y):
            patch = [rows[int((y + dy) * dots)][int((x + dx) * dots)] for dx in (-2, 0, 2) for dy in (-2, 0, 2)]
            return sum(patch) / len(patch) < 128
        return dark(10, 130), dark(10, 140), dark(90, 130), dark(90, 140)

    def test_pictures_turn_with_their_box(self):
        expected = (True, False, False, True)
        rows = grey_rows(self.render("out.png", "--dpi", "101.6", "--pages", "1"))
        self.assertEqual(self.halves(rows, 4), expected)
        for edition, origin in (("press", 3), ("screen", 0)):
            pdf = self.render("out.pdf", "--edition", edition)
            subprocess.run(["pdftoppm", "-r", "101.6", "-l", "1", "-png", "-singlefile", pdf, self.folder / "page"], check=True)
            rows = [row[origin * 4:] for row in grey_rows(self.folder / "page.png")[origin * 4:]]
            self.assertEqual(self.halves(rows, 4), expected, edition)
        self.expect(0, "separations", "article.md", "--layout", "./turned.yaml", "--dpi", "101.6", "-o", "plate.png")
        plate = next(path for path in self.folder.glob("plate-1-black.png"))
        self.assertEqual(self.halves(grey_rows(plate), 4), expected)

    def test_words_stay_words_in_the_structure(self):
        with pikepdf.open(self.render("out.pdf", "--edition", "screen")) as pdf:
            text = pdf.pages[0].Contents.read_bytes()
            self.assertIn(b"0 -1 1 0 ", text)
            self.assertIn(b"0 1 -1 0 ", text)

    def test_words_too_many_for_the_box_are_told(self):
        (self.folder / "turned.yaml").write_text(LAYOUT.replace("width: 12mm, top: 10mm, height: 60mm, turn: down",
                                                                "width: 2mm, top: 10mm, height: 60mm, turn: down"))
        _, err = self.expect(1, "render", "article.md", "--layout", "./turned.yaml", "-q", "--diagnostics", "short")
        self.assertIn("error[box-too-small]", err)
        (self.folder / "turned.yaml").write_text(LAYOUT.replace("width: 12mm, top: 10mm, height: 60mm, turn: up", "turn: up"))
        _, err = self.expect(1, "render", "article.md", "--layout", "./turned.yaml", "-q", "--diagnostics", "short")
        self.assertIn("error[box-geometry]", err)


if __name__ == "__main__":
    command.main()
