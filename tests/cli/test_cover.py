"""Covers: of a perfect-bound book as one sheet with its spine, and as printers want them.

The books are those of tests/book; tools that are not ours read what comes of them."""
import json
import re
import subprocess
import unittest

import pikepdf

import command
from books import BookTest, pages_of


class Covers(BookTest):
    def bound(self, *options, **changes):
        """Renders the perfect-bound book, with words of it changed."""
        book = (self.folder / "perfect.en.yaml").read_text()
        for old, new in changes.get("changes", {}).items():
            self.assertIn(old, book)
            book = book.replace(old, new)
        self.write(book)
        return self.render("own.yaml", *options)

    def test_cover_of_a_bound_book_is_one_sheet_with_its_spine(self):
        self.write("presskit: printer/1\nstandard: PDF/X-4\nbleed: 3mm\nmarks: {crop: true, fold: true}\n", "shop.yaml")
        run = self.bound("--printer", "./shop.yaml")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stderr, "own.yaml:4:8: note[book-spine]: the spine is 6.0 mm wide: 6 leaves of 0.80 mm "
                                     "in a cover of 0.60 mm\n")
        mm = 72 / 25.4
        with pikepdf.open(self.folder / "out-cover.pdf") as pdf:
            self.assertEqual(len(pdf.pages), 2)
            for page in pdf.pages:
                trim, bleed, media = ([float(v) for v in page[key]] for key in ("/TrimBox", "/BleedBox", "/MediaBox"))
                self.assertAlmostEqual(trim[2] - trim[0], (2 * 148 + 6) * mm, 1)
                self.assertAlmostEqual(trim[3] - trim[1], 210 * mm, 1)
                for side in (0, 1):
                    self.assertAlmostEqual(trim[side] - bleed[side], 3 * mm, 1)
                    self.assertLess(media[side], bleed[side])
            marks = pdf.pages[0].Resources.XObject["/Marks"].read_bytes().decode()
        dashed = marks.split("0 d\n")[1]
        folds = sorted({round((float(line.split()[0]) - trim[0]) / mm) for line in dashed.splitlines() if " m " in line})
        self.assertEqual(folds, [148, 154])
        with pikepdf.open(self.folder / "out-inside.pdf") as pdf:
            self.assertEqual(len(pdf.pages), 12)

    def test_words_of_the_spine_stand_between_its_folds(self):
        self.assertEqual(self.bound().returncode, 0)
        out = subprocess.run(["pdftotext", "-bbox-layout", "-f", "1", "-l", "1", self.folder / "out-cover.pdf", "-"],
                             capture_output=True, text=True, check=True).stdout
        mm, words = 72 / 25.4, {}
        for box in re.finditer(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', out):
            words.setdefault(box[5], []).append([float(v) / mm - 3 for v in box.groups()[:4]])
        spine = [box for boxes in words.values() for box in boxes if box[0] > 148 and box[2] < 154]
        self.assertEqual(len(spine), len("Twenty-five years on the Drina".split()) + len("Drina Liaison Office".split()))
        title = min(spine, key=lambda box: box[1])
        self.assertAlmostEqual(title[1], 12, 0)                      # from the head of the book...
        self.assertGreater(title[3] - title[1], title[2] - title[0])  # ... down
        self.assertAlmostEqual((title[0] + title[2]) / 2, 151, 0)

    def test_panels_do_not_bleed_over_the_spine(self):
        # A spine without a ground: nothing of the back, which is all ink, is seen on it.
        layout = (self.folder / "layout.yaml").read_text()
        spine = layout.index("  spine:\n    boxes:")
        ground = layout.index("      ground:", spine)
        (self.folder / "layout.yaml").write_text(layout[:ground] + layout[layout.index("\n", ground) + 1:].replace(
            "ink: white", "ink: text"))
        self.assertEqual(self.bound().returncode, 0)
        subprocess.run(["pdftoppm", "-r", "254", "-x", "1510", "-y", "1500", "-W", "60", "-H", "1", "-f", "1", "-l", "1",
                        self.folder / "out-cover.pdf", self.folder / "row"], check=True)
        pixels = next(self.folder.glob("row*.ppm")).read_bytes()[-180:]
        self.assertEqual(pixels, b"\xff" * 180)

    def test_printers_get_the_cover_as_they_want_it(self):
        for printer, files in (("conservative-x3", {"cover": 4, "spine": 1, "inside": 12}),
                               ("sheetfed-coated-x4", {"cover": 2, "inside": 12})):
            run = self.bound("--printer", printer)
            self.assertEqual(run.returncode, 0, run.stderr)
            for name, count in files.items():
                with pikepdf.open(self.folder / f"out-{name}.pdf") as pdf:
                    self.assertEqual(len(pdf.pages), count, f"{printer}, {name}")
                (self.folder / f"out-{name}.pdf").unlink()
            self.assertEqual(list(self.folder.glob("out*.pdf")), [])
        for edition, note in (("office", ""), ("screen", "")):
            run = self.bound("--edition", edition)
            self.assertEqual((run.returncode, run.stderr), (0, note))
            self.assertEqual(len(pages_of(self.folder / "out.pdf")), 16)
        (self.folder / "out.pdf").unlink()
        self.assertEqual(self.bound("--edition", "proof").returncode, 0)
        self.assertEqual(len(pages_of(self.folder / "out-cover.pdf")), 2)

    def test_cover_of_a_stitched_book_may_be_a_spread_too(self):
        self.write("presskit: printer/1\nstandard: PDF/X-4\npages: {cover: spread}\n", "shop.yaml")
        run = self.render("book.en.yaml", "--printer", "./shop.yaml")
        self.assertEqual(run.returncode, 0, run.stderr)
        with pikepdf.open(self.folder / "out-cover.pdf") as pdf:
            box = [float(v) for v in pdf.pages[0].TrimBox]
            self.assertEqual(len(pdf.pages), 2)
            self.assertAlmostEqual(box[2] - box[0], 2 * 148 * 72 / 25.4, 1)

    def test_a_spine_too_narrow_for_its_text_is_told(self):
        thin = {"thickness: 0.8mm, cover: 0.6mm": "thickness: 0.1mm, cover: 0.25mm"}
        run = self.bound(changes=thin)
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"layout.yaml:\d+:7: error\[spine-narrow\]: the spine is 1.1 mm wide; with the text of the box 'title' "
                      r"it needs 4\.2 mm")
        layout = (self.folder / "layout.yaml").read_text()
        (self.folder / "layout.yaml").write_text(layout.replace("turn: down,", "turn: down, show: fitting,"))
        run = self.bound(changes=thin)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("Drina Liaison", pages_of(self.folder / "out-cover.pdf")[0])

    def test_the_width_of_the_spine_can_be_printed(self):
        layout = (self.folder / "layout.yaml").read_text()
        (self.folder / "layout.yaml").write_text(layout.replace('"ISBN {book.isbn}"', '"Spine {book.spine}"'))
        self.assertEqual(self.bound("--edition", "screen").returncode, 0)
        self.assertIn("Spine 6.0 mm", pages_of(self.folder / "out.pdf")[3])
        self.assertEqual(self.render("book.en.yaml", "--edition", "screen").returncode, 0)
        self.assertNotIn("Spine", " ".join(pages_of(self.folder / "out.pdf")))

    def test_a_bound_book_is_imposed_checked_and_separated(self):
        self.assertEqual(self.bound().returncode, 0)
        run = self.run_command("impose", "own.yaml", "--scheme", "cut-stack", "--sheet", "SRA3", "-o", "sheets.pdf",
                               "--diagnostics", "short")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("[book-spine]", run.stderr)
        words = " ".join(pages_of(self.folder / "sheets.pdf"))
        self.assertIn("Published by the Drina Liaison Office", words)
        self.assertNotIn("desk@drina.example", words)
        run = self.run_command("preflight", "own.yaml", "--annotate", "checked.pdf", "--report", "report.json")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(len(pages_of(self.folder / "checked-cover.pdf")), 2)
        self.assertEqual(len(pages_of(self.folder / "checked-inside.pdf")), 12)
        self.assertEqual(json.loads((self.folder / "report.json").read_text())["files"][0]["pages"], 14)
        run = self.run_command("separations", "own.yaml", "--dpi", "36", "-o", "plate.png")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue((self.folder / "plate-cover-black.png").exists())
        self.assertTrue((self.folder / "plate-3-black.png").exists())
        self.assertFalse((self.folder / "plate-1-black.png").exists())

    def test_faults_of_the_cover_are_told_once_and_at_its_fold(self):
        layout = (self.folder / "layout.yaml").read_text()
        (self.folder / "layout.yaml").write_text(layout.replace(
            "words: {left: 17mm, right: 17mm, bottom: 20mm, style: caption, lines: [\"{office.email}\"]}",
            "words: {left: 135mm, width: 60mm, bottom: 20mm, style: caption, lines: [\"{office.email}\"]}"))
        self.bound()
        run = self.run_command("preflight", "own.yaml", "--report", "report.json", "--annotate", "checked.png")
        findings = json.loads((self.folder / "report.json").read_text())["files"][0]["findings"]
        self.assertEqual([(f["code"], f["page"]) for f in findings if f["code"] != "book-spine"], [("fold-crossed", 17)],
                         run.stderr)
        self.assertTrue((self.folder / "checked-cover-1.png").exists())


if __name__ == "__main__":
    command.main()
