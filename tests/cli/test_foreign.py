#!/usr/bin/env python3
"""Twenty PDFs by programs that are not ours: preflight finishes on each and says
what is true of it, as known from how it was made or told by other tools."""
import io
import shutil
import subprocess
import unittest

import command

try:
    import cairo
    import img2pdf
    import pikepdf
    from PIL import Image
    from reportlab.lib.colors import CMYKColor, CMYKColorSep
    from reportlab.pdfgen import canvas
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    raise SystemExit(77)

MM = 72 / 25.4
POSTSCRIPT = """%!PS
<< /PageSize [595 842] >> setpagedevice
/Helvetica findfont 12 scalefont setfont
{colour}
72 700 moveto (Set by PostScript) show
72 600 200 50 rectfill
0.1 setlinewidth 72 500 moveto 300 500 lineto stroke
showpage
"""
PDFX = """%!
[ /Title (Advert) /Trapped /False /GTS_PDFXVersion (PDF/X-3:2002) /DOCINFO pdfmark
[ /_objdef {intent} /type /dict /OBJ pdfmark
[ {intent} << /Type /OutputIntent /S /GTS_PDFX /OutputCondition (Coated) /OutputConditionIdentifier (FOGRA39)
  /RegistryName (http://www.color.org) /Info (Coated FOGRA39) >> /PUT pdfmark
[ {Catalog} << /OutputIntents [ {intent} ] >> /PUT pdfmark
"""
EMBED = ("-dPDFSETTINGS=/prepress", "-sColorConversionStrategy=LeaveColorUnchanged")
UNFIT = {"standard-other", "intent-missing", "boxes-missing", "bleed-box"}


def run(*arguments, **options):
    subprocess.run([str(a) for a in arguments], check=True, capture_output=True, **options)


def ghostscript(out, program, *options):
    source = out.with_suffix(".ps")
    source.write_text(program)
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", *options, f"-sOutputFile={out}", source)


def photo(width=300, height=200, mode="RGB"):
    picture = Image.new(mode, (width, height), (90, 120, 60) if mode == "RGB" else (200, 150, 100, 40)[:len(mode)]
                        if mode == "CMYK" else 120)
    return picture


def save(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


# Each makes `out` and returns (codes that must be told, codes that must not).

def cairo_text_and_area(out):
    surface = cairo.PDFSurface(str(out), 595, 842)
    c = cairo.Context(surface)
    c.set_source_rgb(0.2, 0.3, 0.6)
    c.rectangle(100, 100, 200, 100)
    c.fill()
    c.move_to(100, 300)
    c.show_text("Set by Cairo")
    surface.finish()
    return UNFIT | {"rgb-colour"}, {"font-not-embedded", "page-empty"}


def cairo_transparent(out):
    surface = cairo.PDFSurface(str(out), 595, 842)
    c = cairo.Context(surface)
    c.set_source_rgba(0.9, 0.1, 0.1, 0.4)
    c.rectangle(100, 100, 200, 100)
    c.fill()
    surface.finish()
    return {"transparency"}, {"page-empty"}


def cairo_two_sizes(out):
    surface = cairo.PDFSurface(str(out), 595, 842)
    c = cairo.Context(surface)
    for size in ((595, 842), (842, 595)):
        surface.set_size(*size)
        c.rectangle(100, 100, 200, 100)
        c.fill()
        c.show_page()
    surface.finish()
    return {"page-sizes"}, {"page-empty"}


def ghostscript_cmyk(out):
    ghostscript(out, POSTSCRIPT.format(colour="1 0.7 0 0.2 setcmykcolor"), *EMBED)
    return UNFIT | {"hairline"}, {"rgb-colour", "font-not-embedded"}


def ghostscript_rgb(out):
    ghostscript(out, POSTSCRIPT.format(colour="0.1 0.5 0.9 setrgbcolor"), *EMBED)
    return UNFIT | {"rgb-colour", "hairline"}, {"font-not-embedded"}


def ghostscript_grey(out):
    ghostscript(out, POSTSCRIPT.format(colour="0 setgray"), *EMBED)
    return UNFIT | {"hairline"}, {"rgb-colour", "font-not-embedded"}


def ghostscript_spot(out):
    ghostscript(out, POSTSCRIPT.format(
        colour="[/Separation (PANTONE 185 C) /DeviceCMYK {dup 0 exch 0.9 mul 2 index 0.8 mul 0 5 -1 roll pop}] "
        "setcolorspace 1 setcolor"), *EMBED)
    return UNFIT, {"rgb-colour", "font-not-embedded"}


def ghostscript_without_fonts(out):
    ghostscript(out, POSTSCRIPT.format(colour="0 setgray"))
    return {"font-not-embedded"}, {"rgb-colour"}


def ghostscript_x3(out):
    (out.parent / "x3.ps").write_text(PDFX)
    source = out.with_suffix(".ps")
    source.write_text(POSTSCRIPT.format(colour="1 0.7 0 0.2 setcmykcolor").replace("0.1 setlinewidth", "1 setlinewidth"))
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dPDFX", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=CMYK",
        f"-sOutputFile={out}", out.parent / "x3.ps", source)
    return {"bleed-box"}, {"intent-missing", "rgb-colour", "font-not-embedded", "hairline"}


def ghostscript_type3(out):
    ghostscript(out, """%!PS
/T3 << /FontType 3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 1000 1000] /Encoding 256 array
  dup 0 1 255 { 1 index exch /box put } for pop /BuildGlyph { pop pop 800 0 0 0 750 750 setcachedevice 0 0 750 750
  rectfill } >> definefont pop
/T3 findfont 20 scalefont setfont 72 700 moveto (abc) show showpage
""")
    return {"font-type3"}, {"font-not-embedded"}


def reportlab_cmyk(out):
    c = canvas.Canvas(str(out), pagesize=(595, 842))
    c.setFillColor(CMYKColor(0.9, 0.9, 0.9, 0.9))
    c.rect(100, 100, 200, 100, stroke=0, fill=1)
    c.drawString(100, 400, "Set by ReportLab")
    c.save()
    return UNFIT | {"ink-limit", "font-not-embedded"}, {"rgb-colour"}


def reportlab_spots(out):
    c = canvas.Canvas(str(out), pagesize=(595, 842))
    for y, name in ((100, "PANTONE 300 C"), (300, "Pantone 300C")):
        c.setFillColor(CMYKColorSep(1, 0.5, 0, 0, spotName=name))
        c.rect(100, y, 200, 100, stroke=0, fill=1)
    c.save()
    return {"spot-names"}, {"rgb-colour", "ink-limit"}


def img2pdf_photo(out):
    out.write_bytes(img2pdf.convert(save(photo(), "JPEG"), layout_fun=img2pdf.get_layout_fun((210 * MM, 140 * MM))))
    return {"image-resolution", "rgb-colour", "boxes-missing"}, {"page-empty", "hairline"}


def img2pdf_bilevel(out):
    picture = Image.new("1", (400, 300), 1)
    picture.paste(0, (10, 10, 200, 200))
    out.write_bytes(img2pdf.convert(save(picture, "PNG"), layout_fun=img2pdf.get_layout_fun((210 * MM, 157 * MM))))
    return {"image-resolution"}, {"rgb-colour"}


def groff_letter(out):
    out.write_bytes(subprocess.run(["groff", "-Tpdf", "-ms"], input=b".LP\nA letter set by groff.\n", check=True,
                                   capture_output=True).stdout)
    return {"font-not-embedded", "standard-other"}, {"rgb-colour", "page-empty"}


def mutool_pages(out):
    source = out.with_suffix(".txt")
    source.write_text("%%MediaBox 0 0 300 300\n%%Font F1 Times-Roman\n0.9 0 0 0 k 5 5 290 290 re f\n"
                      "BT /F1 3 Tf 50 50 Td (Very small words) Tj ET\n")
    run("mutool", "create", "-o", out, source)
    return {"type-too-small", "font-not-embedded", "safe-margin"}, {"rgb-colour", "hairline"}


def poppler_by_cairo(out):
    plain = out.with_suffix(".plain.pdf")
    ghostscript_grey(plain)
    run("pdftocairo", "-pdf", plain, out)
    return UNFIT, {"page-empty", "font-not-embedded"}


def qpdf_packed_and_linear(out):
    plain = out.with_suffix(".plain.pdf")
    ghostscript_cmyk(plain)
    run("qpdf", "--linearize", "--object-streams=generate", plain, out)
    return UNFIT | {"hairline"}, {"rgb-colour", "font-not-embedded", "pdf-damaged"}


def qpdf_locked_against_printing(out):
    plain = out.with_suffix(".plain.pdf")
    ghostscript_cmyk(plain)
    run("qpdf", "--encrypt", "", "owner", "256", "--print=none", "--", plain, out)
    return {"standard-rule", "hairline"}, {"rgb-colour"}


def pikepdf_overprinting_white(out):
    pdf = pikepdf.new()
    states = pikepdf.Dictionary(O=pikepdf.Dictionary(OP=True, op=True, OPM=1))
    content = b"1 .7 0 0 k 20 20 200 200 re f /O gs 0 0 0 0 k 40 40 50 50 re f 0 0 0 0 K 5 w 120 40 m 180 40 l S"
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], TrimBox=[15, 15, 285, 285],
                              BleedBox=[5, 5, 295, 295], Resources=pikepdf.Dictionary(ExtGState=states),
                              Contents=pdf.make_stream(content))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], TrimBox=[15, 15, 285, 285], BleedBox=[5, 5, 295, 295],
        Resources=pikepdf.Dictionary(), Contents=pdf.make_stream(b"")))))
    pdf.save(out)
    return {"white-overprint", "page-empty", "standard-other"}, {"boxes-missing", "bleed-box", "rgb-colour"}


def pikepdf_black_knocked_out(out):
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    content = (b"1 .7 0 0 k 20 20 200 200 re f BT 0 0 0 1 k /F1 12 Tf 40 100 Td (Black words) Tj ET "
               b".6 .5 .4 1 k BT /F1 9 Tf 40 250 Td (Rich words) Tj ET q .1 0 0 .1 0 0 cm 0 0 0 1 K 1 w 400 2600 m "
               b"900 2600 l S Q /All cs 1 scn 100 240 20 20 re f")
    spaces = pikepdf.Dictionary(All=pikepdf.Array([
        pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK,
        pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)]))
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], Contents=pdf.make_stream(content),
                              Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), ColorSpace=spaces))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(out)
    return {"black-knock-out", "rich-black-text", "hairline", "registration-colour"}, {"rgb-colour", "white-overprint"}


def img2pdf_wet_photo(out):
    """CMYK as cameras' programs store it: inverted, and Decode says so."""
    picture = Image.new("CMYK", (1200, 900), (250, 240, 230, 240))
    out.write_bytes(img2pdf.convert(save(picture, "JPEG", quality=95), layout_fun=img2pdf.get_layout_fun((90 * MM, 67 * MM))))
    return {"ink-limit"}, {"rgb-colour", "image-resolution"}


def img2pdf_dry_photo(out):
    picture = Image.new("CMYK", (1200, 900), (90, 80, 30, 20))
    out.write_bytes(img2pdf.convert(save(picture, "JPEG", quality=95), layout_fun=img2pdf.get_layout_fun((90 * MM, 67 * MM))))
    return UNFIT, {"rgb-colour", "image-resolution", "ink-limit"}


def jpeg_2000(out):
    """Its colours stand in the picture alone: pikepdf puts it in as it came."""
    pdf = pikepdf.new()
    picture = pdf.make_stream(save(photo(300, 200), "JPEG2000"))
    picture.Type, picture.Subtype, picture.Width, picture.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 300, 200
    picture.Filter = pikepdf.Name.JPXDecode
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], Contents=pdf.make_stream(
        b"72 0 0 48 20 20 cm /I Do"), Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture)))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return {"tagged-colour", "standard-rule"}, {"image-resolution", "ink-limit"}


def tiles_in_rgb(out):
    """What fills an area are tiles; what is in one is seen."""
    pdf = pikepdf.new()
    tile = pdf.make_stream(b"1 0 0 rg 0 0 4 4 re f 0 0 0 1 K 0.05 w 0 5 m 6 5 l S")
    tile.PatternType = tile.PaintType = tile.TilingType = 1
    tile.BBox, tile.XStep, tile.YStep, tile.Resources = [0, 0, 6, 6], 6, 6, pikepdf.Dictionary()
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 300], Contents=pdf.make_stream(
        b"/Pattern cs /P scn 100 100 90 90 re f"), Resources=pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=tile)))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(out)
    return {"rgb-colour", "hairline"}, {"white-overprint", "ink-limit"}


MAKERS = [jpeg_2000, tiles_in_rgb, cairo_text_and_area, cairo_transparent, cairo_two_sizes, ghostscript_cmyk, ghostscript_rgb, ghostscript_grey,
          ghostscript_spot, ghostscript_without_fonts, ghostscript_x3, ghostscript_type3, reportlab_cmyk, reportlab_spots,
          img2pdf_photo, img2pdf_bilevel, img2pdf_wet_photo, img2pdf_dry_photo, groff_letter, mutool_pages, poppler_by_cairo, qpdf_packed_and_linear,
          qpdf_locked_against_printing, pikepdf_overprinting_white, pikepdf_black_knocked_out]


class Foreign(command.CommandTest):
    def told(self, path, printer):
        run_ = self.run_command("preflight", path.name, "--printer", printer, "--diagnostics", "short")
        self.assertIn(run_.returncode, (0, 1), run_.stderr)
        lines = run_.stderr.splitlines()
        for line in lines:
            self.assertRegex(line, rf"^{path.name}: (page \d+: )?(error|warning|note)\[[\w-]+\]: ")
        return {line.split("[")[1].split("]")[0] for line in lines}, run_.stderr

    def test_twenty_foreign_files(self):
        self.assertGreaterEqual(len(MAKERS), 20)
        for make in MAKERS:
            with self.subTest(make.__name__):
                path = self.folder / f"{make.__name__}.pdf"
                must, never = make(path)
                strict = {"transparency"} & must
                told, said = self.told(path, "sheetfed-coated-x1a" if strict else "sheetfed-coated-x4")
                self.assertEqual(must - told, set(), said)
                self.assertEqual(never & told, set(), said)
                self.agree_on_fonts(path, told)

    def agree_on_fonts(self, path, told):
        """With what poppler says of the fonts."""
        listed = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()
        column = listed[0].index("emb") if listed else 0
        missing = any(line[column:].startswith("no") for line in listed[2:] if "Type 3" not in line)
        self.assertEqual("font-not-embedded" in told, missing, listed)

    def test_our_own_press_files_are_clean(self):
        """What presskit writes for a printer is what it asks of others."""
        for printer in ("sheetfed-coated-x4", "sheetfed-coated-x1a", "conservative-x3", "digital-press"):
            for language in ("en", "sr-Cyrl"):
                article = command.ROOT / f"content/partnership.{language}.md"
                with self.subTest(printer=printer, language=language):
                    self.expect(0, "render", article, "--layout", "handout", "--printer", printer, "-o", "own.pdf")
                    run_ = self.run_command("preflight", "own.pdf", "--printer", printer, "-d", "short")
                    self.assertEqual((run_.returncode, run_.stderr), (0, ""))

    def test_annotated_copies_can_be_read(self):
        path = self.folder / "one.pdf"
        for make in (ghostscript_cmyk, reportlab_cmyk, qpdf_packed_and_linear):
            make(path)
            self.run_command("preflight", path.name, "--annotate", "two.pdf", "--report", "two.json")
            run("qpdf", "--check", self.folder / "two.pdf")
            before, after = (subprocess.run(["pdftotext", self.folder / name, "-"], check=True, capture_output=True).stdout
                             for name in ("one.pdf", "two.pdf"))
            self.assertEqual(before, after)
            shutil.rmtree(self.folder / "two.pdf", ignore_errors=True)


if __name__ == "__main__":
    command.main()
