#!/usr/bin/env python3
"""Printer profiles and the editions for paper, from the command line."""
import re
import subprocess
import unittest

import command

PARAGRAPH = "The two sides opened a workshop for young engineers in the valley, and many came to see it. " * 10


class Printer(command.CommandTest):
    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def write_profile(self, text):
        self.write("shop.yaml", "presskit: printer/1\n" + text)

    def write_booklet(self, paragraphs):
        """An article of so many paragraphs, three a page, and a layout that has a cover."""
        article = (self.folder / "article.md").read_text(encoding="utf-8")
        self.write("booklet.md", article + "\n\n" + "\n\n".join([PARAGRAPH] * paragraphs) + "\n")
        self.write("cover.yaml", "presskit: layout/1\nextends: press-release.yaml\npage: {cover: true}\n")

    def info(self, name, *options):
        return subprocess.run(["pdfinfo", *options, self.folder / name], check=True, capture_output=True,
                              text=True).stdout

    def pages(self, name):
        return int(re.search(r"^Pages: +(\d+)", self.info(name), re.M)[1])

    def box(self, name, which):
        numbers = re.search(rf"^{which}Box: +([\d. ]+)$", self.info(name, "-box"), re.M)[1]
        return [float(number) for number in numbers.split()]

    # ---- profiles

    def test_a_profile_is_named_or_a_file(self):
        self.expect(0, "render", "article.md", "--printer", "conservative-x3", "-o", "a.pdf")
        self.assertIn("PDF/X-3:2002", self.info("a.pdf"))
        self.write_profile("standard: PDF/X-1a:2003\n")
        self.expect(0, "render", "article.md", "--printer", "./shop.yaml", "-o", "b.pdf")
        self.assertIn("PDF/X-1a:2003", self.info("b.pdf"))

    def test_an_unknown_profile_is_an_error_with_a_guess(self):
        _, err = self.expect(1, "render", "article.md", "--printer", "conservative-x4", "-d", "short")
        self.assertIn("error[printer-unknown]", err)
        _, err = self.expect(1, "render", "article.md", "--printer", "conservative-x4")
        self.assertIn("did you mean 'conservative-x3'?", err)

    def test_the_screen_edition_has_no_printer(self):
        _, err = self.expect(2, "render", "article.md", "--edition", "screen", "--printer", "newsprint")
        self.assertIn("--printer is for paper", err)

    def test_a_profile_is_never_written_over(self):
        self.write_profile("")
        before = (self.folder / "shop.yaml").read_bytes()
        _, err = self.expect(1, "render", "article.md", "--printer", "shop.yaml", "-o", "shop.yaml", "--format", "pdf")
        self.assertIn("output-is-input", err)
        self.assertEqual((self.folder / "shop.yaml").read_bytes(), before)

    def test_a_profile_that_is_no_icc_is_told_at_its_place(self):
        (self.folder / "not.icc").write_bytes(b"RIFF" * 100)
        self.write_profile("output-intent: {profile: not.icc}\n")
        _, err = self.expect(1, "render", "article.md", "--printer", "shop.yaml", "-d", "short")
        self.assertIn("shop.yaml:2:26: error[profile-unusable]", err)

    def test_a_profile_of_a_screen_is_refused(self):
        icc = bytearray((command.ROOT / "layouts/profiles/coated-fogra39.icc").read_bytes())
        icc[12:20] = b"mntrRGB "
        (self.folder / "screen.icc").write_bytes(icc)
        self.write_profile("output-intent: {profile: screen.icc}\n")
        _, err = self.expect(1, "render", "article.md", "--printer", "shop.yaml", "-d", "short")
        self.assertIn("not the profile of a press", err)

    def test_cut_off_profiles_do_no_harm(self):
        icc = (command.ROOT / "layouts/profiles/coated-fogra39.icc").read_bytes()
        for size in (0, 3, 127, 131, 140, 300):
            (self.folder / "cut.icc").write_bytes(icc[:size])
            self.write_profile("output-intent: {profile: cut.icc}\n")
            _, err = self.expect(1, "render", "article.md", "--printer", "shop.yaml", "-d", "short")
            self.assertIn("error[profile-unusable]", err)

    def test_new_writes_a_profile_that_works_and_nothing_over_it(self):
        out, _ = self.expect(0, "new", "printer", "ours")
        self.assertEqual(out, "wrote ours.yaml\n")
        self.expect(0, "render", "article.md", "--printer", "ours.yaml", "--strict", "-o", "a.pdf")
        _, err = self.expect(1, "new", "printer", "ours.yaml")
        self.assertIn("output-exists", err)
        self.expect(2, "new", "layout", "mine")

    def test_a_leaflet_is_folded_on_both_sides_where_its_panels_meet(self):
        self.write_profile("marks: {fold: true, distance: 2mm, length: 6mm}\nbleed: 3mm\n")
        self.expect(0, "render", command.ROOT / "content/leaflet.en.md", "-l", "leaflet", "-P", "shop.yaml", "-o", "a.pdf")
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", self.folder / "a.pdf", "-"], check=True,
                               capture_output=True).stdout
        left = self.box("a.pdf", "Trim")[0]
        sides = [sorted({round((float(x) - left) * 25.4 / 72) for x in re.findall(rb"([\d.]+) [\d.]+ m", dashed)})
                 for dashed in re.findall(rb"\[2 1\.5\] 0 d\n(.*?)\[\] 0 d", plain, re.S)]
        self.assertEqual(sorted(sides), [[97, 197], [100, 200]])

    def test_fold_marks_stand_where_the_layout_folds(self):
        self.write_profile("marks: {fold: true, distance: 2mm, length: 6mm}\nbleed: 3mm\n")
        self.write("folded.yaml", "presskit: layout/1\nextends: press-release.yaml\npage: {folds: [70mm, 140mm]}\n")
        self.expect(0, "render", "article.md", "-l", "folded.yaml", "-P", "shop.yaml", "-o", "a.pdf")
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", self.folder / "a.pdf", "-"], check=True,
                               capture_output=True).stdout
        dashed = re.search(rb"\[2 1\.5\] 0 d\n(.*?)\[\] 0 d", plain, re.S)[1]
        lines = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", dashed)
        trim = self.box("a.pdf", "Trim")
        mm = 72 / 25.4
        self.assertEqual(len(lines), 4)
        for number, line in enumerate(lines):
            x1, y1, x2, y2 = map(float, line)
            self.assertAlmostEqual(x1, trim[0] + (70 + 70 * (number // 2)) * mm, 1)
            self.assertEqual(x1, x2)
            edge = trim[1] if y1 < trim[1] else trim[3]
            self.assertAlmostEqual(abs(y1 - edge), 5 * mm, 1)
            self.assertAlmostEqual(abs(y2 - edge), 11 * mm, 1)

    def test_the_slug_line_numbers_pages_as_the_document_does(self):
        self.write_booklet(12)
        self.write_profile("marks: {slug: true}\n")
        self.expect(0, "render", "booklet.md", "-P", "shop.yaml", "--pages", "2", "-o", "two.pdf")
        text = subprocess.run(["pdftotext", "-layout", self.folder / "two.pdf", "-"], check=True, capture_output=True,
                              text=True).stdout
        self.assertRegex(text, r"two\.pdf +2021-06-26 +shop +2 / \d")

    # ---- names and parts

    def test_files_are_named_by_the_profile(self):
        self.write("Ђачки час.md", (self.folder / "article.md").read_text(encoding="utf-8"))
        self.write_profile('file-name: "{plain-name}_{lang}-{layout}-{printer}-p{first}-{last}"\n')
        out, _ = self.expect(0, "render", "Ђачки час.md", "--printer", "shop.yaml")
        self.assertEqual(out, "wrote Djacki-cas_en-press-release-shop-p1-1.pdf (1 page)\n")

    def test_a_given_name_goes_before_the_profiles(self):
        self.write_profile("file-name: shop\n")
        self.expect(0, "render", "article.md", "--printer", "shop.yaml", "-o", "mine.pdf")
        self.assertIn("mine.pdf", self.files())
        self.assertNotIn("shop.pdf", self.files())

    def test_a_number_of_pages_that_does_not_fit_is_an_error(self):
        self.write_profile("pages: {multiple: 4}\n")
        _, err = self.expect(1, "render", "article.md", "--printer", "shop.yaml", "-d", "short")
        self.assertIn("error[page-multiple]: the document has 1 page; the printer shop wants a multiple of 4", err)
        self.expect(0, "render", "article.md", "--printer", "shop.yaml", "--pages", "1", "-o", "one.pdf")

    def test_blank_pages_are_added_where_the_profile_says_so(self):
        self.write_profile("pages: {multiple: 4, fill: blank}\nmarks: {slug: true}\n")
        out, _ = self.expect(0, "render", "article.md", "--printer", "shop.yaml")
        self.assertEqual(out, "wrote article.pdf (4 pages)\n")
        self.assertEqual(self.pages("article.pdf"), 4)
        text = subprocess.run(["pdftotext", "-f", "4", self.folder / "article.pdf", "-"], check=True,
                              capture_output=True, text=True).stdout
        self.assertRegex(" ".join(text.split()), r"^article\.pdf .*shop 4 / 4$")

    def test_the_cover_of_a_booklet_is_a_file_of_its_own(self):
        self.write_booklet(40)
        self.write_profile('pages: {cover: apart, multiple: 4, fill: blank}\nfile-name: "{name}-{part}"\n')
        self.expect(0, "render", "booklet.md", "--layout", "cover.yaml", "--printer", "shop.yaml")
        cover, inside = self.pages("booklet-cover.pdf"), self.pages("booklet-inside.pdf")
        self.assertEqual(cover, 4)
        self.assertEqual((cover + inside) % 4, 0)
        self.expect(0, "render", "booklet.md", "--layout", "cover.yaml", "--printer", "shop.yaml", "-o", "b.pdf")
        self.assertEqual(self.pages("b-cover.pdf"), 4)
        self.expect(0, "render", "article.md", "--printer", "shop.yaml")
        self.assertIn("article-pages.pdf", self.files())

    # ---- editions

    def test_a_proof_shows_the_trimmed_page_without_marks(self):
        self.expect(0, "render", "article.md", "-e", "proof", "-P", "sheetfed-coated-x1a", "-o", "proof.pdf")
        self.assertEqual(self.box("proof.pdf", "Crop"), self.box("proof.pdf", "Trim"))
        media, bleed = self.box("proof.pdf", "Media"), self.box("proof.pdf", "Bleed")
        self.assertEqual(media, bleed)

    def test_the_office_edition_is_the_page_in_grey_and_screen_colours(self):
        self.expect(0, "render", "article.md", "-e", "office", "-o", "office.pdf")
        self.assertEqual(self.box("office.pdf", "Media"), self.box("office.pdf", "Trim"))
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", self.folder / "office.pdf", "-"],
                               check=True, capture_output=True).stdout
        self.assertIn(b"/Duplex /DuplexFlipLongEdge", plain)
        self.assertIn(b"/PrintScaling /None", plain)
        self.assertRegex(plain, rb"\n0 g\n")
        self.assertNotRegex(plain, rb"\n[\d.]+ [\d.]+ [\d.]+ [\d.]+ k\n")


if __name__ == "__main__":
    command.main()
