#!/usr/bin/env python3
"""PDFs made to break their reader: each ends in a diagnostic, within seconds and a
bounded memory, and nothing is written."""
import pathlib
import resource
import subprocess
import unittest
import zlib

import command

try:
    import pikepdf
except ImportError:
    print("SKIPPED: python3-pikepdf is not installed")
    raise SystemExit(77)

SECONDS, MEMORY = 60, 3 << 30
IS_SANITIZED = b"__asan_init" in pathlib.Path(command.presskit_path()).read_bytes()


def document(content=b"0 0 10 10 re f", **resources):
    pdf = pikepdf.new()
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], TrimBox=[10, 10, 290, 290],
                              Resources=pikepdf.Dictionary(**resources), Contents=pdf.make_stream(content))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def form(pdf, content, **names):
    made = pdf.make_stream(content)
    made.Type, made.Subtype, made.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 300, 300]
    made.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**names))
    return made


def forms_that_double(path):
    pdf = document(b"/F Do")
    last = form(pdf, b"0 0 1 1 re f")
    for _ in range(14):
        last = form(pdf, b"/A Do " * 40, A=last)
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=last))
    pdf.save(path)


def form_that_draws_itself(path):
    pdf = document(b"/F Do")
    one = form(pdf, b"/F Do /F Do")
    one.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=one))
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=one))
    pdf.save(path)


def packed(size, layers=1):
    packer, chunk = zlib.compressobj(9), b"0 0 1 1 re f " * 80000
    data = b"".join(packer.compress(chunk) for _ in range(size // len(chunk))) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def content_that_swells(path):
    pdf = document()
    pdf.pages[0].obj.Contents.write(packed(300 << 20), filter=pikepdf.Name.FlateDecode)
    pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def content_packed_eight_times(path):
    pdf = document()
    pdf.pages[0].obj.Contents.write(packed(300 << 20, 8), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 8))
    pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def content_of_millions_of_operators(path):
    pdf = document()
    pdf.pages[0].obj.Contents.write(packed(15 << 20), filter=pikepdf.Name.FlateDecode)
    pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def object_stream_that_swells(path):
    """A file whose own tables are the bomb: libqpdf would unpack it while it opens."""
    data = b"5 0 " + b" " * 100
    packer, chunk = zlib.compressobj(9), b" " * (1 << 20)
    body = packer.compress(data) + b"".join(packer.compress(chunk) for _ in range(300)) + packer.flush()
    parts = [b"%PDF-1.5\n", b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
             b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n",
             b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources 5 0 R>> endobj\n",
             b"4 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>> stream\n" % len(body) + body +
             b"\nendstream endobj\n"]
    offsets, out = [], b""
    for part in parts:
        offsets.append(len(out))
        out += part
    rows = b"\x00" + (0).to_bytes(4, "big") + b"\xff"
    for number in range(1, 5):
        rows += b"\x01" + offsets[number].to_bytes(4, "big") + b"\x00"
    rows += b"\x02" + (4).to_bytes(4, "big") + b"\x00" + b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
    out += (b"6 0 obj <</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>> stream\n" % len(rows) + rows +
            b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(out))
    path.write_bytes(out)


def states_without_end(path):
    document(b"q 1 0 0 1 1e30 1e30 cm " * 100000 + b"0 0 1 1 re f " + b"Q " * 200000).save(path)


def numbers_gone_mad(path):
    document(b"1e400 -1e400 9999999999999999999999 0 0 0 cm 99999999999999999999 w 0 0 m 1e308 1e308 l S "
             b"BT /F1 1e300 Tf (x) Tj ET -- .. +-5 re f 1 0 0 rg").save(path)


def broken_words(path):
    document(b"BT (never closed ((( \\ /F1 12 Tf [ << /A " + b"\x00\xff\x80" * 5000 + b" BI /W 10 /H ID " +
             bytes(range(256)) * 50).save(path)


def too_many_operands(path):
    document(b"1 " * 3000000 + b"re f [" + b"(a) 5 " * 500000 + b"] TJ").save(path)


def boxes_that_are_none(path):
    pdf = document()
    page = pdf.pages[0].obj
    page.MediaBox, page.TrimBox, page.BleedBox = [0, 0, 0, 0], [5, "x", None, 1], [1e30, 1e30, -1e30, 0]
    page.Rotate, page.UserUnit = 45, -3
    pdf.save(path)


def tree_with_a_loop(path):
    pdf = document()
    pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages, pdf.Root.Pages])
    pdf.save(path)


def colour_space_with_a_loop(path):
    pdf = document(b"/C cs 1 scn 20 20 50 50 re f")
    space = pdf.make_indirect(pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.C, 1, "ab"]))
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(C=space))
    pdf.save(path)


def picture_of_a_hundred_thousand(path):
    pdf = document(b"200 0 0 200 20 20 cm /I Do")
    picture = pdf.make_stream(b"\x00" * 100)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 100000, 100000, 8
    picture.ColorSpace = pikepdf.Name.DeviceCMYK
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    pdf.save(path)


def fonts_of_nothing(path):
    pdf = document(b"BT /F1 12 Tf 20 20 Td (abc) Tj /F2 9 Tf (d) Tj /F3 1 Tf <0001> Tj ET")
    w = pikepdf.Array([0, 65535, 500] * 20000)
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(
        F1=pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, Widths=[1] * 5, FirstChar=-9),
        F2=pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=[]),
        F3=pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=[pikepdf.Dictionary(W=w)])))
    pdf.save(path)


def cut_in_two(path):
    document(b"0 0 10 10 re f " * 1000).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:len(whole) * 2 // 3])


def bytes_changed(path):
    document(b"0 0 10 10 re f " * 50).save(path)
    data = bytearray(path.read_bytes())
    for at in range(60, len(data), 37):
        data[at] ^= 0x55
    path.write_bytes(bytes(data))


def locked(path):
    document().save(path, encryption=pikepdf.Encryption(user="secret", owner="other", R=6))


def not_a_pdf(path):
    path.write_bytes(b"GIF89a" + bytes(range(256)) * 40)


HOSTILE = [forms_that_double, form_that_draws_itself, content_that_swells, content_packed_eight_times,
           content_of_millions_of_operators, object_stream_that_swells, states_without_end, numbers_gone_mad, broken_words,
           too_many_operands, boxes_that_are_none, tree_with_a_loop, colour_space_with_a_loop,
           picture_of_a_hundred_thousand, fonts_of_nothing, cut_in_two, bytes_changed, locked, not_a_pdf]
REFUSED = {content_that_swells, content_packed_eight_times, object_stream_that_swells, tree_with_a_loop, locked, not_a_pdf}


def limit():
    if not IS_SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class Hostile(command.CommandTest):
    def run_limited(self, *arguments):
        run = subprocess.run([command.presskit_path(), *arguments, "--diagnostics", "short"], cwd=self.folder, timeout=SECONDS,
                             env={"PRESSKIT_DATA": str(command.ROOT), "PATH": "/usr/bin:/bin", "HOME": str(self.folder)},
                             capture_output=True, check=False, preexec_fn=limit)
        said = run.stderr.decode("utf-8", "backslashreplace")
        self.assertIn(run.returncode, (0, 1), f"{arguments}: {run.returncode}\n{said}")
        for line in said.splitlines():
            self.assertRegex(line, r"^((x\.pdf: (page \d+: )?)?)(error|warning|note)\[[a-z0-9-]+\]: ", said)
        return run.returncode, said

    def test_each_ends_in_a_diagnostic(self):
        for make in HOSTILE:
            with self.subTest(make.__name__):
                path = self.folder / "x.pdf"
                make(path)
                status, said = self.run_limited("preflight", "x.pdf")
                self.assertEqual(status, 1, said)
                status, said = self.run_limited("impose", "x.pdf", "--scheme", "2-up", "-o", "out.pdf")
                self.assertEqual(status == 1, not (self.folder / "out.pdf").exists(), said)
                if make in REFUSED:
                    self.assertEqual(status, 1, said)
                (self.folder / "out.pdf").unlink(missing_ok=True)
                if make not in REFUSED and make is not content_of_millions_of_operators:
                    self.run_limited("preflight", "x.pdf", "--annotate", "marked.pdf", "--report", "r.json")


if __name__ == "__main__":
    command.main()
