#!/usr/bin/env python3
"""Imposition, judged by reading the sheets: which page stands on which half, how
far it was moved, and what of any PDF's boxes, turns and layers is respected."""
import base64
import pathlib
import re
import subprocess
import unittest
import zlib
import xml.etree.ElementTree as ET

import command

try:
    import pikepdf
except ImportError:
    pikepdf = None

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED = 148 * MM, 210 * MM, 3 * MM
WORD_X = 100  # of the word from the left edge of the trim


def page_of(pdf, content, **keys):
    """A page 148 × 210 mm with 3 mm of bleed around it."""
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    entries = dict(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED],
        BleedBox=[0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED],
        TrimBox=[BLEED, BLEED, WIDTH + BLEED, HEIGHT + BLEED],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)), Contents=pdf.make_stream(content))
    entries.update(keys)
    return pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary({f"/{k}": v for k, v in entries.items() if v is not None})))


def word(text, x=WORD_X, y=300, size=12):
    return f"BT /F1 {size} Tf 1 0 0 1 {BLEED + x:.3f} {BLEED + y} Tm ({text}) Tj ET\n".encode()


def make_pages(path, count):
    pdf = pikepdf.new()
    for number in range(1, count + 1):
        pdf.pages.append(page_of(pdf, word(f"page{number}")))
    pdf.save(path)


def lzw(data):
    """ISO 32000-1, 7.4.4, with codes of up to 12 bits and the early change."""
    bits, codes, width, code = [], {bytes([i]): i for i in range(256)}, 9, 258
    bits.append(format(256, "09b"))
    now = b""
    for byte in data:
        longer = now + bytes([byte])
        if longer in codes:
            now = longer
            continue
        bits.append(format(codes[now], f"0{width}b"))
        codes[longer] = code
        code += 1
        width = 9 if code < 512 else 10 if code < 1024 else 11 if code < 2048 else 12
        if code == 4094:
            bits.append(format(256, f"0{width}b"))
            codes, width, code = {bytes([i]): i for i in range(256)}, 9, 258
        now = bytes([byte])
    bits += [format(codes[now], f"0{width}b"), format(257, f"0{width}b")]
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))


def words_of(path):
    """For each side: [(word, x from the left, y from the top)], as poppler sees it."""
    return [[word[:3] for word in side] for side in boxes_of(path)]


def boxes_of(path):
    """The same with the box's other end: (word, left, top, right)."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True).stdout
    root = ET.fromstring(re.sub(rb"<!DOCTYPE.*?>", b"", out, flags=re.DOTALL))
    space = "{http://www.w3.org/1999/xhtml}"
    return [[(w.text, *(float(w.get(edge)) for edge in ("xMin", "yMin", "xMax"))) for w in page.iter(f"{space}word")]
            for page in root.iter(f"{space}page")]


def half(path, side, x, y, width, height):
    """The text of a part of a side, in points from the upper left."""
    run = subprocess.run(["pdftotext", "-f", str(side), "-l", str(side), "-r", "72", "-x", str(round(x)), "-y",
                          str(round(y)), "-W", str(round(width)), "-H", str(round(height)), path, "-"],
                         check=True, capture_output=True)
    return run.stdout.decode().split()


@unittest.skipUnless(pikepdf, "python3-pikepdf is not installed")
class Impose(command.CommandTest):
    def impose(self, *arguments, output="sheets.pdf"):
        _, said = self.expect(0, "impose", *arguments, "-o", output)
        subprocess.run(["qpdf", "--check", self.folder / output], check=True, capture_output=True)
        return self.folder / output, said

    # ---- a booklet of 48 pages

    def booklet(self, *arguments, count=48):
        make_pages(self.folder / "b.pdf", count)
        return self.impose("b.pdf", "--sheet", "SRA4", "--paper", "0.1mm", *arguments)

    def check_saddle_stitch(self, path, turns_backs, total=48, count=48):
        """Order by the text of each half sheet, creep by where the words stand."""
        sheet_width, sheet_height = 320 * MM, 225 * MM
        for side, found in enumerate(boxes_of(path)):
            sheet, is_back = divmod(side, 2)
            left, right = ((total - 2 * sheet, 2 * sheet + 1), (2 * sheet + 2, total - 2 * sheet - 1))[is_back]
            is_turned = is_back and turns_backs
            halves = [half(path, side + 1, x, 0, sheet_width / 2, sheet_height) for x in (0, sheet_width / 2)]
            wanted = [[f"page{n}"] if n <= count else [] for n in (left, right)]
            self.assertEqual(halves, wanted[::-1] if is_turned else wanted, f"side {side + 1}")
            creep = sheet * 0.1 * MM
            for number, origin, shift in ((left, sheet_width / 2 - WIDTH, creep), (right, sheet_width / 2, -creep)):
                if number > count:
                    continue
                # A turned word begins at the right end of its box, as far from the sheet's right edge.
                [place] = [sheet_width - right if is_turned else left for text, left, _, right in found
                           if text == f"page{number}"]
                self.assertAlmostEqual(place, origin + WORD_X + shift, delta=0.02, msg=f"page {number}")
        return side + 1

    def test_booklet_of_48_turned_on_the_short_edge(self):
        path, said = self.booklet("--duplex", "short-edge")
        self.assertEqual(self.check_saddle_stitch(path, False), 24)
        self.assertIn("12 sheets of SRA4, printed on both sides, turned on the short edge", said)
        self.assertIn("creep 1.10 mm at the innermost", said)

    def test_booklet_of_48_turned_on_the_long_edge(self):
        path, _ = self.booklet("--duplex", "long-edge")
        self.assertEqual(self.check_saddle_stitch(path, True), 24)

    def test_turned_backs_are_the_upright_ones_turned_by_half(self):
        upright = words_of(self.booklet()[0])
        turned = words_of(self.booklet("--duplex", "long-edge")[0])
        for number in range(1, 24, 2):
            for (a, ax, _), (b, bx, _) in zip(sorted(upright[number]), sorted(turned[number])):
                self.assertEqual(a, b)
                self.assertLess((ax - 160 * MM) * (bx - 160 * MM), 0)  # on the other half

    def test_creep_moves_the_marks_with_the_pages(self):
        path, _ = self.booklet()
        with pikepdf.open(path) as pdf:
            trims = [[float(v) for v in page.TrimBox] for page in pdf.pages]
        for side, trim in enumerate(trims):
            self.assertAlmostEqual(trim[2] - trim[0], 2 * WIDTH - 2 * (side // 2) * 0.1 * MM, delta=0.01)

    def test_blanks_fill_up_to_four_at_the_end(self):
        path, said = self.booklet(count=46)
        self.check_saddle_stitch(path, False, total=48, count=46)
        self.assertIn("2 blank pages at the end", said)

    def test_blanks_before_the_back_cover(self):
        path, _ = self.booklet("--blanks", "before-back", count=6)
        self.assertEqual([sorted(w for w, _, _ in side) for side in words_of(path)],
                         [["page1", "page6"], ["page2"], ["page3"], ["page4", "page5"]])

    def test_cut_stack_of_48(self):
        """Cut apart and stacked, the leaves of four stacks are in order."""
        make_pages(self.folder / "b.pdf", 48)
        path, _ = self.impose("b.pdf", "--scheme", "cut-stack", "--sheet", "SRA3", "--gutter", "4mm")
        width, height = 320 * MM, 450 * MM
        stacks = [[], [], [], []]
        for sheet in range(6):
            front, back = ([half(path, 2 * sheet + s + 1, x * width / 2, y * height / 2, width / 2, height / 2)
                            for y in (0, 1) for x in (0, 1)] for s in (0, 1))
            for cell in range(4):
                stacks[cell] += front[cell] + back[cell ^ 1]  # the back of a leaf is mirrored
        self.assertEqual(sum(stacks, []), [f"page{n}" for n in range(1, 49)])

    # ---- other schemes

    def test_four_up_in_reading_order(self):
        make_pages(self.folder / "b.pdf", 6)
        path, _ = self.impose("b.pdf", "--scheme", "4-up", "--sheet", "SRA3")
        order = [[w for w, _, _ in sorted(side, key=lambda found: (round(found[2]), found[1]))] for side in words_of(path)]
        self.assertEqual(order, [["page1", "page2", "page3", "page4"], ["page5", "page6"]])

    def test_repeat_fills_the_sheet_with_one_page(self):
        make_pages(self.folder / "b.pdf", 2)
        path, said = self.impose("b.pdf", "--scheme", "4-up", "--repeat", "--sheet", "SRA3")
        self.assertEqual([[w for w, _, _ in side] for side in words_of(path)], [["page1"] * 4, ["page2"] * 4])
        self.assertNotIn("blank", said)

    def test_leaflets_by_their_folds(self):
        make_pages(self.folder / "six.pdf", 6)
        make_pages(self.folder / "four.pdf", 4)
        for name, fold, wanted in (("six", "inward", ["561", "234"]), ("six", "zigzag", ["451", "236"]),
                                   ("four", "inward", ["41", "23"])):
            path, _ = self.impose(f"{name}.pdf", "--scheme", "leaflet", "--fold", fold, output=f"{name}-{fold}.pdf")
            sides = ["".join(w[-1] for w, x, _ in sorted(side, key=lambda found: found[1])) for side in words_of(path)]
            self.assertEqual(sides, wanted)
        make_pages(self.folder / "five.pdf", 5)
        _, said = self.expect(1, "impose", "five.pdf", "--scheme", "leaflet", "--diagnostics", "short")
        self.assertIn("error[impose-page-count]: a leaflet has 4 or 6 pages", said)

    # ---- any PDF

    def one(self, name="odd.pdf", content=None, **keys):
        pdf = pikepdf.new()
        page = page_of(pdf, content if content is not None else word("hello"), **keys)
        pdf.pages.append(page)
        return pdf, self.folder / name

    def place_of(self, path, *arguments):
        """Where the only word of a page is from the trim's upper left, once imposed."""
        sheets, _ = self.impose(path.name, "--scheme", "2-up", "--no-marks", *arguments)
        with pikepdf.open(sheets) as pdf:
            trim = [float(v) for v in pdf.pages[0].TrimBox]
            top = float(pdf.pages[0].MediaBox[3]) - trim[3]
        found = words_of(sheets)[0]
        return found[0][1] - trim[0], found[0][2] - top

    def test_trim_and_bleed_are_respected(self):
        pdf, path = self.one()
        pdf.save(path)
        x, _ = self.place_of(path)
        self.assertAlmostEqual(x, WORD_X, delta=0.05)
        pdf, path = self.one(TrimBox=None, BleedBox=None, CropBox=[50, 40, 400, 600])
        pdf.save(path)
        x, _ = self.place_of(path)
        self.assertAlmostEqual(x, WORD_X + BLEED - 50, delta=0.05)

    def test_turned_pages_stand_as_they_are_looked_at(self):
        for turn in (90, 180, 270, -90, 450):
            pdf, path = self.one(Rotate=turn)
            pdf.save(path)
            sheets, _ = self.impose(path.name, "--scheme", "2-up", "--no-marks", "--sheet", "A2")
            alone = subprocess.run(["pdftoppm", "-r", "36", "-png", "-cropbox", path], check=True, capture_output=True)
            self.assertTrue(alone.stdout)
            with pikepdf.open(sheets) as made:
                trim = [float(v) for v in made.pages[0].TrimBox]
            wide, high = (WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH)
            self.assertAlmostEqual(trim[2] - trim[0], 2 * wide, delta=0.1)
            self.assertAlmostEqual(trim[3] - trim[1], high, delta=0.1)
            with pikepdf.open(sheets) as made:
                found = re.search(rb"([-\d. ]+) cm", made.pages[0].Contents.read_bytes())
            a, b, _, _, _, _ = (float(v) for v in found[1].split()[-6:])
            upright = {0: (1, 0), 90: (0, -1), 180: (-1, 0), 270: (0, 1)}[turn % 360]
            self.assertAlmostEqual(a, upright[0], delta=1e-6)
            self.assertAlmostEqual(b, upright[1], delta=1e-6)

    def test_user_unit_scales_the_page(self):
        pdf, path = self.one(UserUnit=2)
        pdf.save(path)
        x, _ = self.place_of(path, "--sheet", "A2")
        self.assertAlmostEqual(x, 2 * WORD_X, delta=0.1)

    def test_inherited_boxes_and_resources(self):
        pdf, path = self.one()
        page, tree = pdf.pages[0].obj, pdf.Root.Pages
        for key in ("/MediaBox", "/TrimBox", "/Resources"):
            tree[key] = page[key]
            del page[key]
        tree["/TrimBox"] = [0, 0, 10, 10]  # is not inherited, so the page has none
        pdf.save(path)
        x, _ = self.place_of(path)
        self.assertAlmostEqual(x, WORD_X + BLEED, delta=0.05)

    def test_fields_and_stamps_are_drawn_and_hidden_ones_are_not(self):
        pdf, path = self.one()
        annotations = []
        for text, flags, left in (("filled", 4, 100), ("hidden", 6, 100), ("screenonly", 0, 100)):
            form = pdf.make_stream(f"BT /F1 10 Tf 1 0 0 1 2 4 Tm ({text}) Tj ET".encode())
            form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 80, 20]
            form.Resources = pdf.pages[0].obj.Resources
            annotations.append(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=flags,
                                                  Rect=[left, 400, left + 160, 440],
                                                  AP=pikepdf.Dictionary(N=pdf.make_indirect(form))))
        pdf.pages[0].obj.Annots = pikepdf.Array(annotations)
        pdf.save(path)
        sheets, _ = self.impose(path.name, "--scheme", "2-up", "--no-marks")
        found = {w: x for w, x, _ in words_of(sheets)[0]}
        self.assertEqual(set(found), {"hello", "filled"})
        self.assertAlmostEqual(found["filled"] - found["hello"], 100 + 4 - BLEED - WORD_X, delta=0.1)

    def test_what_the_press_needs_is_carried_over(self):
        pdf, path = self.one()
        profile = pdf.make_stream(b"not checked here")
        profile.N = 4
        pdf.Root.OutputIntents = pikepdf.Array([pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39",
            DestOutputProfile=pdf.make_indirect(profile))])
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L1=layer)
        pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
        pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"
        pdf.save(path, force_version="1.4")
        sheets, _ = self.impose(path.name, "--scheme", "2-up")
        with pikepdf.open(sheets) as made:
            self.assertEqual(made.pdf_version, "1.4")
            self.assertEqual(str(made.Root.OutputIntents[0].OutputConditionIdentifier), "FOGRA39")
            self.assertEqual(made.Root.OutputIntents[0].DestOutputProfile.read_bytes(), b"not checked here")
            self.assertEqual(made.docinfo["/Trapped"], pikepdf.Name("/False"))
            form = made.pages[0].Resources.XObject["/P1.0"]
            self.assertEqual(form.Resources.Properties.L1.objgen, made.Root.OCProperties.D.OFF[0].objgen)

    def test_marks_are_on_every_plate_and_nothing_is_rgb(self):
        make_pages(self.folder / "b.pdf", 4)
        path, _ = self.impose("b.pdf", "--sheet", "SRA4")
        with pikepdf.open(path) as made:
            space = made.pages[0].Resources.ColorSpace.All
            self.assertEqual([space[0], space[1], space[2]],
                             [pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK])
            content = made.pages[0].Contents.read_bytes()
        self.assertNotRegex(content, rb"\b(rg|RG|g|G)\b")
        self.assertIn(b"/All CS 1 SCN", content)

    def test_articles_and_files_together(self):
        make_pages(self.folder / "b.pdf", 1)
        path, _ = self.impose("article.md", "b.pdf", "--scheme", "2-up", "--sheet", "A3")
        self.assertIn("page1", [w for w, _, _ in words_of(path)[0]])

    def test_articles_as_the_printer_has_them(self):
        """Its rules hold, but not what it wants of files that are not imposed."""
        profile = (command.ROOT / "layouts" / "printers" / "sheetfed-coated-x4.yaml").read_text()
        (self.folder / "shop.yaml").write_text(profile + "\npages: {multiple: 16, fill: refuse}\n")
        self.impose("article.md", "--printer", "shop.yaml", "--sheet", "A3")
        _, said = self.expect(1, "impose", "article.md", "--printer", "no-such-shop", "-o", "none.pdf")
        self.assertIn("no-such-shop", said)

    def test_same_bytes_every_time(self):
        make_pages(self.folder / "b.pdf", 8)
        first, _ = self.impose("b.pdf", "--sheet", "SRA4", output="one.pdf")
        second, _ = self.impose("b.pdf", "--sheet", "SRA4", output="two.pdf")
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_content_in_any_general_filter(self):
        text = word("hello") + b"% " + bytes(range(32, 127)) * 30 + b"\n"
        names = pikepdf.Name
        rows = b"".join(b"\x02" + bytes((a - b) % 256 for a, b in zip(row, before)) for row, before in
                        zip(*(lambda r: (r, [bytes(50)] + r[:-1]))([text[i:i + 50].ljust(50) for i in range(0, len(text), 50)])))
        runs = b"".join(bytes([len(text[i:i + 128]) - 1]) + text[i:i + 128] for i in range(0, len(text), 128)) + b"\x80"
        ways = {
            "ascii85": (base64.a85encode(text) + b"~>", names.ASCII85Decode, None),
            "hex": (text.hex().encode() + b">", names.ASCIIHexDecode, None),
            "runs": (runs, names.RunLengthDecode, None),
            "lzw": (lzw(text), names.LZWDecode, None),
            "two": (base64.a85encode(zlib.compress(text)) + b"~>",
                    pikepdf.Array([names.ASCII85Decode, names.FlateDecode]), None),
            "rows": (zlib.compress(rows), names.FlateDecode, pikepdf.Dictionary(Predictor=15, Columns=50)),
        }
        for name, (data, filters, parameters) in ways.items():
            with self.subTest(name):
                pdf, path = self.one(f"{name}.pdf", content=b"")
                stream = pdf.pages[0].obj.Contents
                stream.write(data, filter=filters, decode_parms=parameters)
                pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
                sheets, _ = self.impose(path.name, "--scheme", "2-up", "--no-marks", output=f"{name}-out.pdf")
                self.assertEqual([w for w, _, _ in words_of(sheets)[0]], ["hello"])

    # ---- what cannot be

    def said(self, status, *arguments):
        return self.expect(status, "impose", *arguments, "--diagnostics", "short")[1]

    def test_a_sheet_too_small_is_an_error_with_its_measure(self):
        make_pages(self.folder / "b.pdf", 4)
        _, said = self.expect(1, "impose", "b.pdf", "--sheet", "A5")
        self.assertIn("the pages side by side take 296 × 210 mm, A5 has 148 × 210 mm", said)
        self.assertIn("--sheet A4 is large enough", said)
        path, said = self.impose("b.pdf", "--sheet", "A5", "--fit")
        self.assertIn("pages at 70.", said)

    def test_no_room_for_bleed_is_a_warning(self):
        make_pages(self.folder / "b.pdf", 4)
        self.assertIn("warning[impose-no-room]: the pages bleed by 3.0 mm, the sheet leaves 0.0 mm",
                      self.said(0, "b.pdf", "--sheet", "A4"))
        self.assertNotIn("impose-no-room", self.said(0, "b.pdf", "--sheet", "SRA4"))

    def test_pages_of_two_sizes_make_no_booklet(self):
        pdf = pikepdf.new()
        pdf.pages.append(page_of(pdf, word("one")))
        pdf.pages.append(page_of(pdf, word("two"), TrimBox=[0, 0, 300, 300]))
        pdf.save(self.folder / "b.pdf")
        self.assertIn("b.pdf: page 2: error[impose-page-sizes]: this page is 106 × 106 mm, the first one 148 × 210 mm",
                      self.said(1, "b.pdf"))

    def test_options_are_checked(self):
        make_pages(self.folder / "b.pdf", 4)
        self.assertIn("there is no sheet 'A33'", self.said(1, "b.pdf", "--sheet", "A33"))
        self.assertIn("'3' is no thickness", self.said(1, "b.pdf", "--paper", "3"))
        self.assertIn("'-1mm' is no room", self.said(1, "b.pdf", "--gutter=-1mm"))
        self.assertIn("is a file that the document is made from", self.said(1, "b.pdf", "-o", "b.pdf"))

    # ---- hostile files

    def test_damaged_locked_and_cyclic_files_end_in_a_diagnostic(self):
        make_pages(self.folder / "b.pdf", 8)
        whole = (self.folder / "b.pdf").read_bytes()
        (self.folder / "half.pdf").write_bytes(whole[:len(whole) // 2])
        (self.folder / "none.pdf").write_bytes(b"")
        (self.folder / "text.pdf").write_bytes(b"%PDF-1.7\nnothing here\n")
        with pikepdf.open(self.folder / "b.pdf") as pdf:
            pdf.save(self.folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret2"))
        with pikepdf.open(self.folder / "b.pdf") as pdf:
            pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])
            pdf.save(self.folder / "cyclic.pdf")
        for name, code in (("half", "pdf-"), ("none", "pdf-broken"), ("text", "pdf-broken"), ("locked", "pdf-locked"),
                           ("cyclic", "pdf-broken")):
            run = self.run_command("impose", f"{name}.pdf", "--diagnostics", "short")
            self.assertIn(run.returncode, (0, 1), run.stderr)
            self.assertRegex(run.stderr, rf"{name}\.pdf: (error|warning)\[{code}")
        self.assertEqual(self.said(1, "gone.pdf").count("file-missing"), 1)

    def bomb(self, layers):
        """300 MB, more than the limit, packed so often."""
        packer, chunk = zlib.compressobj(9), b" " * (1 << 20)
        data = b"".join(packer.compress(chunk) for _ in range(300)) + packer.flush()
        for _ in range(layers - 1):
            data = zlib.compress(data, 9)
        return data

    def test_a_stream_that_swells_is_refused_in_bounded_memory(self):
        for layers in (1, 2):
            pdf, path = self.one(content=b"")
            filters = pikepdf.Array([pikepdf.Name.FlateDecode] * layers)
            pdf.pages[0].obj.Contents.write(self.bomb(layers), filter=filters)
            pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
            run = subprocess.run(["bash", "-c", f"ulimit -v {3 << 20}; exec {command.presskit_path()} impose {path} "
                                  "--diagnostics short -o out.pdf"], cwd=self.folder, capture_output=True, timeout=60,
                                 env={"PRESSKIT_DATA": str(command.ROOT), "PATH": "/usr/bin:/bin"}, check=False) \
                if not self.is_sanitized() else self.run_command("impose", path.name, "--diagnostics", "short")
            said = run.stderr if isinstance(run.stderr, str) else run.stderr.decode()
            self.assertEqual(run.returncode, 1, said)
            self.assertRegex(said, r"odd\.pdf: page 1: error\[pdf-too-large\]: the content of the page \(object \d+\)")

    def is_sanitized(self):
        return b"__asan_init" in pathlib.Path(command.presskit_path()).read_bytes()


if __name__ == "__main__":
    command.main()
