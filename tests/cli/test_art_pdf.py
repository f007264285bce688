#!/usr/bin/env python3
"""PDFs as pictures that cannot serve: each is a diagnostic at its place, within seconds
and a bounded memory, and nothing is written."""
import os
import pathlib
import subprocess
import unittest

import command
import test_hostile_pdf as hostile

try:
    import pikepdf
    from pikepdf import Array as A, Dictionary as D, Name as N
except ImportError:
    print("SKIPPED: python3-pikepdf is not installed")
    raise SystemExit(77)

MEGABYTES = 400
ARTICLE = "---\nheadline: A\nlang: en\n---\nText.\n\n![The emblem](x.pdf%s)\n"
STORED = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def tiles(pdf, content, step, **resources):
    made = pdf.make_stream(content)
    made.PatternType, made.PaintType, made.TilingType, made.BBox = 1, 1, 1, A([0, 0, 10, 10])
    made.XStep = made.YStep = step
    made.Resources = D(**resources)
    return made


def tiles_without_number(path):
    pdf = hostile.document(b"/Pattern cs /P scn 0 0 300 300 re f")
    pdf.pages[0].obj.Resources = D(Pattern=D(P=tiles(pdf, b"0 0 1 1 re f " * 50, 0.02)))
    pdf.save(path)


def tiles_in_tiles(path):
    pdf = hostile.document(b"/Pattern cs /P scn 0 0 300 300 re f")
    last = tiles(pdf, b"0 0 1 1 re f", 1)
    for _ in range(8):
        last = tiles(pdf, b"/Pattern cs /P scn 0 0 9 9 re f", 1, Pattern=D(P=last))
    pdf.pages[0].obj.Resources = D(Pattern=D(P=last))
    pdf.save(path)


def picture_in_jpeg_2000(path):
    """Ten by ten in the PDF, 60,000 by 60,000 in itself."""
    pdf = hostile.document(b"200 0 0 200 20 20 cm /I Do")
    head = b"\xff\x4f\xff\x51\x00\x2f\x00\x00" + (60000).to_bytes(4, "big") * 2 + bytes(40)
    picture = pdf.make_stream(head)
    picture.Type, picture.Subtype, picture.Width, picture.Height = N.XObject, N.Image, 10, 10
    picture.Filter = N.JPXDecode
    pdf.pages[0].obj.Resources = D(XObject=D(I=picture))
    pdf.save(path, **STORED)


def mesh_of_millions(path):
    pdf = hostile.document(b"/S sh")
    mesh = pdf.make_stream(bytes(range(256)) * 4000)
    mesh.ShadingType, mesh.ColorSpace = 7, N.DeviceRGB
    mesh.BitsPerCoordinate = mesh.BitsPerComponent = mesh.BitsPerFlag = 8
    mesh.Decode = A([0, 300, 0, 300, 0, 1, 0, 1, 0, 1])
    pdf.pages[0].obj.Resources = D(Shading=D(S=mesh))
    pdf.save(path)


def functions_in_functions(path):
    pdf = hostile.document(b"/S sh")
    f = pdf.make_indirect(D(FunctionType=2, Domain=A([0, 1]), N=1, C0=A([0, 0, 0]), C1=A([1, 1, 1])))
    for _ in range(7):
        f = pdf.make_indirect(D(FunctionType=3, Domain=A([0, 1]), Functions=A([f] * 900), Encode=A([0, 1] * 900),
                                Bounds=A([i / 900 for i in range(1, 900)])))
    pdf.pages[0].obj.Resources = D(Shading=D(S=D(ShadingType=2, ColorSpace=N.DeviceRGB, Coords=A([0, 0, 300, 0]), Function=f)))
    pdf.save(path)


def masks_again_and_again(path):
    pdf = hostile.document(b"q /G gs 0 0 300 300 re f Q " * 20000)
    group = hostile.form(pdf, b"0 0 300 300 re f " * 1000)
    group.Group = D(S=N.Transparency, CS=N.DeviceGray)
    pdf.pages[0].obj.Resources = D(ExtGState=D(G=D(SMask=D(S=N.Luminosity, G=group))))
    pdf.save(path)


def letters_of_thousands_of_lines(path):
    pdf = hostile.document(b"BT /F 10 Tf (" + b"a" * 30000 + b") Tj ET")
    glyph = pdf.make_stream(b"1 0 d0 " + b"0 0 1 1 re f " * 5000)
    pdf.pages[0].obj.Resources = D(Font=D(F=D(
        Type=N.Font, Subtype=N.Type3, FontBBox=A([0, 0, 1, 1]), FontMatrix=A([1, 0, 0, 1, 0, 0]), CharProcs=D(a=glyph),
        Encoding=D(Differences=A([97, N.a])), FirstChar=97, LastChar=97, Widths=A([1]), Resources=D())))
    pdf.save(path)


def page_of_kilometres(path):
    pdf = hostile.document()
    pdf.pages[0].obj.MediaBox = pdf.pages[0].obj.TrimBox = A([0, 0, 900000, 900000])
    pdf.save(path)


def font_that_is_not_there(path):
    pdf = hostile.document(b"BT /F 12 Tf 20 20 Td (abc) Tj ET")
    pdf.pages[0].obj.Resources = D(Font=D(F=D(Type=N.Font, Subtype=N.Type1, BaseFont=N("/Futura-Bold"))))
    pdf.save(path)


def locked_against_copying(path):
    rules = pikepdf.Permissions(extract=False)
    hostile.document().save(path, encryption=pikepdf.Encryption(owner="other", user="", allow=rules))


REFUSED = {
    hostile.forms_that_double: ("art-broken", "steps to draw"),
    hostile.form_that_draws_itself: ("art-broken", "draws itself"),
    hostile.content_that_swells: ("art-too-large", "once it is unpacked"),
    hostile.object_stream_that_swells: ("pdf-too-large", "tables of x.pdf"),
    hostile.states_without_end: ("art-broken", "nested too deep"),
    hostile.picture_of_a_hundred_thousand: ("art-too-large", "100000 × 100000 pixels"),
    hostile.locked: ("pdf-locked", "password"),
    locked_against_copying: ("pdf-locked", "against copying"),
    tiles_without_number: ("art-broken", "steps to draw"),
    tiles_in_tiles: ("art-broken", "steps to draw"),
    picture_in_jpeg_2000: ("art-too-large", "60000 × 60000 pixels"),
    mesh_of_millions: ("art-too-large", "mesh gradient"),
    functions_in_functions: ("art-broken", "gradient"),
    masks_again_and_again: ("art-broken", "steps to draw"),
    letters_of_thousands_of_lines: ("art-broken", "steps to draw"),
    page_of_kilometres: ("art-too-large", "900000 × 900000 points"),
    font_that_is_not_there: ("art-font", "Futura-Bold"),
}
SURVIVED = [hostile.numbers_gone_mad, hostile.broken_words, hostile.boxes_that_are_none, hostile.colour_space_with_a_loop,
            hostile.fonts_of_nothing, hostile.bytes_changed, hostile.cut_in_two]


class ArtPdf(command.CommandTest):
    def render(self, make, *arguments, page=""):
        """The exit status and what was said; memory is that of the process."""
        make(self.folder / "x.pdf")
        (self.folder / "a.md").write_text(ARTICLE % page, encoding="utf-8")
        with open(self.folder / "said", "wb") as said:
            process = subprocess.Popen([command.presskit_path(), "render", "a.md", "-d", "short", *arguments], cwd=self.folder,
                                       env={"PRESSKIT_DATA": str(command.ROOT), "PATH": "/usr/bin:/bin", "HOME": str(self.folder)},
                                       stdout=subprocess.DEVNULL, stderr=said)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        text = (self.folder / "said").read_text("utf-8", "backslashreplace")
        if not hostile.IS_SANITIZED:
            self.assertLess(used.ru_maxrss / 1024, MEGABYTES, text)
        return process.returncode, text

    def test_what_cannot_serve_is_told_at_its_place(self):
        for make, (code, words) in REFUSED.items():
            for out in (("-o", "out.png"), ("--printer", "sheetfed-coated-x4", "-o", "out.pdf")):
                with self.subTest(make.__name__, out=out):
                    status, said = self.render(make, *out)
                    self.assertEqual(status, 1, said)
                    self.assertRegex(said, rf"(?m)^a\.md:7:15: error\[{code}\]: .*{words}")
                    self.assertFalse((self.folder / out[-1]).exists())

    def test_what_is_damaged_is_survived_or_told(self):
        for make in SURVIVED:
            with self.subTest(make.__name__):
                status, said = self.render(make, "-o", "out.png")
                self.assertIn(status, (0, 1), said)
                for line in said.splitlines():
                    self.assertRegex(line, r"^a\.md:7:15: (error|warning)\[(art|pdf)-[a-z-]+\]: ", said)

    def test_a_page_that_is_not_there(self):
        status, said = self.render(lambda path: hostile.document().save(path), "-o", "out.png", page="#page=2")
        self.assertEqual(status, 1)
        self.assertIn("a.md:7:15: error[art-page]: x.pdf#page=2 has 1 page, and page 2 is asked for", said)

    def test_nothing_outside_the_folders_is_read(self):
        outside = pathlib.Path(self.enterContext(__import__("tempfile").TemporaryDirectory())) / "x.pdf"
        hostile.document().save(outside)
        (self.folder / "a.md").write_text(ARTICLE.replace("x.pdf", str(outside)) % "#page=1", encoding="utf-8")
        _, said = self.expect(1, "render", "a.md", "-o", "out.png", "-d", "short")
        self.assertRegex(said, r"a\.md:7:15: error\[")


if __name__ == "__main__":
    command.main()
