"""A PDF as a picture, with something of everything: spaces of colour, gradients, tiles,
groups, masks, pictures, type, a layer that is off, and what must not come along."""
import io
import pathlib

import pikepdf
from PIL import ImageCms
from pikepdf import Array as A, Dictionary as D, Name as N, Stream
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WIDE, HIGH = 200, 140  # of the trim, in points


def page_with_type():
    pdfmetrics.registerFont(TTFont("sans", ROOT / "fonts/SourceSans3-Bold.ttf"))
    data = io.BytesIO()
    page = canvas.Canvas(data, pagesize=(WIDE + 20, HIGH + 20), invariant=True)
    page.setFont("sans", 18)
    page.setFillColorCMYK(0, 0, 0, 1)
    page.drawString(30, 20, "Дунав Partner")
    page.linkURL("https://elsewhere.example", (0, 0, 50, 50))
    page.save()
    return pikepdf.open(io.BytesIO(data.getvalue()))


def straight(first, last):
    return D(FunctionType=2, Domain=A([0, 1]), N=1, C0=A(first), C1=A(last))


CONTENT = b"""q 0.98 0.95 0.85 rg 0 0 220 160 re f Q
q 10 110 100 30 re W n /S1 sh Q
q 115 110 40 30 re W n /S2 sh Q
q /Pattern cs /P1 scn 130 75 60 60 re f Q
q /Pattern cs /T1 scn 15 50 40 20 re f Q
q 1 0 0 1 60 80 cm /F1 Do Q
q 20 0 0 20 85 80 cm /I1 Do Q
q 20 0 0 20 110 80 cm /I2 Do Q
q /Gold cs 1 scn 15 80 20 20 re f 0.5 scn 38 80 15 20 re f Q
q /Foreign cs 1 scn 60 50 20 20 re f Q
q /Lab cs 60 60 0 scn 85 50 20 20 re f Q
q /Inks cs 0.2 0.8 0 0 scn 110 50 15 20 re f Q
q /Calculated cs 1 scn 170 68 20 6 re f Q
q /Half gs 0 1 1 0 k 130 50 30 15 re f Q
q /Fades gs 1 0 0 rg 120 45 80 8 re f Q
/OC /L0 BDC 1 0 1 rg 0 0 220 160 re f EMC
q 1 0 0 1 0 0 cm 0.2 0 0 0.2 175 54 cm BI /W 2 /H 2 /BPC 8 /CS /RGB ID """ + bytes(
    [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0]) + b""" EI Q
1 w 0 0 0 RG 20 42 m 200 42 l S
"""


def make(path):
    pdf = page_with_type()
    own = pdf.make_indirect
    page = pdf.pages[0].obj
    page.TrimBox, page.MediaBox = A([10, 10, 10 + WIDE, 10 + HIGH]), A([0, 0, WIDE + 20, HIGH + 20])
    srgb = own(Stream(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3))
    press = own(Stream(pdf, (ROOT / "layouts/profiles/coated-fogra39.icc").read_bytes(), N=4))
    program = Stream(pdf, b"{ dup 0.5 gt { 0.2 } { 0.1 } ifelse exch 0.6 mul 0 exch 0 exch }", FunctionType=4,
                     Domain=A([0, 1]), Range=A([0, 1] * 4))
    lab = A([N.Lab, D(WhitePoint=A([0.9505, 1, 1.089]), Range=A([-100, 100, -100, 100]))])
    tagged = A([N.ICCBased, srgb])
    resources = page.Resources
    resources.ColorSpace = D(
        Tagged=tagged, Inks=A([N.ICCBased, press]), Lab=lab,
        Gold=A([N.Separation, N("/Office Gold"), N.DeviceCMYK, straight([0] * 4, [0.1, 0.3, 0.8, 0])]),
        Foreign=A([N.Separation, N("/Foreign Blue"), lab, straight([100, 0, 0], [40, -10, -60])]),
        Calculated=A([N.Separation, N("/Calculated Red"), N.DeviceCMYK, own(program)]))
    resources.Shading = D(
        S1=D(ShadingType=2, ColorSpace=N.DeviceRGB, Coords=A([10, 0, 110, 0]), Extend=A([True, True]),
             Function=straight([0, 0.188, 0.529], [1, 0.5, 0])),
        S2=D(ShadingType=2, ColorSpace=N.DeviceRGB, Coords=A([115, 0, 155, 0]), Extend=A([True, True]),
             Function=straight([1, 1, 1], [0.8471, 0.6902, 0.251])))
    tile = Stream(pdf, b"1 0 0 rg 0 0 3 3 re f", PatternType=1, PaintType=1, TilingType=1, BBox=A([0, 0, 6, 6]), XStep=6,
                  YStep=6, Resources=D())
    resources.Pattern = D(T1=own(tile), P1=own(D(PatternType=2, Shading=D(
        ShadingType=3, ColorSpace=tagged, Coords=A([160, 105, 0, 160, 105, 30]),
        Function=straight([1, 1, 1], [0.2, 0.6, 0.4])))))
    group = Stream(pdf, b"0 1 0 rg 0 0 20 20 re f /Tagged cs 1 1 0 sc 5 5 10 10 re f", Type=N.XObject, Subtype=N.Form,
                   BBox=A([0, 0, 20, 20]), Resources=D(ColorSpace=D(Tagged=tagged)),
                   Group=D(S=N.Transparency, CS=N.DeviceRGB), PieceInfo=D(Own=D(Private="secret")))
    photo = Stream(pdf, bytes(x % 256 for y in range(600) for x in range(600) for _ in range(3)), Type=N.XObject,
                   Subtype=N.Image, Width=600, Height=600, BitsPerComponent=8, ColorSpace=N.DeviceRGB)
    two = Stream(pdf, b"\xf0\xff\x00\x0f" * 45000, Type=N.XObject, Subtype=N.Image, Width=1200, Height=1200, BitsPerComponent=1,
                 ColorSpace=A([N.Indexed, N.DeviceRGB, 1, pikepdf.String(bytes([255, 0, 0, 0, 0, 255]))]))
    light = Stream(pdf, b"/S sh", Type=N.XObject, Subtype=N.Form, BBox=A([0, 0, 220, 160]),
                   Group=D(S=N.Transparency, CS=N.DeviceRGB), Resources=D(Shading=D(S=D(
                       ShadingType=2, ColorSpace=N.DeviceRGB, Coords=A([120, 0, 200, 0]), Extend=A([True, True]),
                       Function=straight([1, 1, 1], [0, 0, 0])))))
    resources.XObject = D(F1=own(group), I1=own(photo), I2=own(two))
    resources.ExtGState = D(Half=D(ca=0.5, BM=N.Multiply), Fades=D(SMask=D(S=N.Luminosity, G=own(light))))
    layer = own(D(Type=N.OCG, Name="hidden"))
    resources.Properties = D(L0=layer)
    pdf.Root.OCProperties = D(OCGs=A([layer]), D=D(OFF=A([layer])))
    pdf.Root.OpenAction = D(S=N.JavaScript, JS="app.alert(1)")
    pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(pdf, b"secret", filename="secret.txt")
    page.Contents = A([own(Stream(pdf, CONTENT)), page.Contents])
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.Rotate = 90
    pdf.save(path)
