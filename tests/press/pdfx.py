#!/usr/bin/env python3
"""Judges press files by the rules of their standard, by reading every object.

    pdfx.py PRESSKIT PRINTER ARTICLE...   renders each article in its layouts
    pdfx.py PRESSKIT --prove ARTICLE      plants faults, each of which must be found

None of presskit's code takes part in the judgement: pikepdf (libqpdf) gives
objects and operators, and what is forbidden is looked for in everything that a
page can reach: content, forms, patterns, soft masks, shadings, fonts, images.

  all        boxes inside each other, fonts embedded as subsets with ToUnicode,
             nothing but inks, no annotation, action or script, black alone
             overprints as text, white never does, two renders are one file
  PDF/X      name, Trapped, dates, ID, one output intent with its ICC profile
  X-1a, X-3  no transparency, no object streams, CIDSet for each font
  X-1a       no colour but grey, CMYK and Separation
"""
import io
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

import pikepdf
import yaml
from fontTools.ttLib import TTFont

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VERSIONS = {"PDF/X-4": "1.6", "PDF/X-1a:2003": "1.4", "PDF/X-3:2002": "1.3", "none": "1.6"}
MM = 72 / 25.4
RGB_OPERATORS = {"rg", "RG"}
UNJUDGED = {"Td", "Tf", "Tz", "Tc", "Ts", "BT", "ET", "m", "l", "c", "h", "re", "BDC", "EMC"}
BLACK = ("DeviceCMYK", (0, 0, 0, 1))
WHITE = ("DeviceCMYK", (0, 0, 0, 0))


class Fault(Exception):
    pass


def want(condition, what):
    if not condition:
        raise Fault(what)


def near(a, b, by=0.01):
    return abs(float(a) - float(b)) <= by


# ---- the file -------------------------------------------------------------------


def check_file(data, document, standard):
    want(data.startswith(f"%PDF-{VERSIONS[standard]}".encode()), f"the header is {data[:8]}")
    if VERSIONS[standard] < "1.5":
        want(b"/ObjStm" not in data and b"/XRef" not in data, "object or cross-reference streams")
        want(b"\ntrailer" in data, "no trailer")
    want("/Encrypt" not in document.trailer, "encryption")
    want(len(document.trailer.ID) == 2, "no ID")
    root = document.Root
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Names", "/OCProperties", "/Requirements", "/Collection"):
        want(key not in root, f"{key} in the catalogue")


def check_identity(document, standard):
    info, xmp = document.docinfo, document.Root.get("/Metadata")
    if standard == "none":
        want("/GTS_PDFXVersion" not in info, "a standard that the profile does not name")
        return
    want(str(info["/GTS_PDFXVersion"]) == standard, "GTS_PDFXVersion")
    want(is_any(info.get("/Trapped"), "/False"), "Trapped")
    for key in ("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"):
        want(str(info.get(key, "")), f"{key} is missing")
    want(str(info["/CreationDate"]).startswith("D:"), "CreationDate")
    if VERSIONS[standard] < "1.4":
        want(xmp is None and "/Lang" not in document.Root, "keys that came with PDF 1.4")
        return
    want(xmp is not None and "/Filter" not in xmp, "XMP must be there and plain")
    text = xmp.read_bytes().decode("utf-8")
    space = "http://www.npes.org/pdfx/ns/id/" if standard == "PDF/X-4" else "http://ns.adobe.com/pdfx/1.3/"
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        want(meta.get(f"{{{space}}}GTS_PDFXVersion") == standard, "XMP does not name the standard")
        want(meta.get("pdf:Trapped") == "False", "XMP: Trapped")
        want(meta.get("xmpMM:RenditionClass") == "default" and meta.get("xmpMM:VersionID"), "XMP: xmpMM")
        want(re.fullmatch(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
                          meta.get("xmpMM:DocumentID")), "XMP: DocumentID")
        day = str(info["/CreationDate"])[2:10]
        want(meta.get("xmp:CreateDate").replace("-", "")[:8] == day, "dates of XMP and Info differ")
        want(meta.get("dc:title") == str(info["/Title"]), "titles of XMP and Info differ")
    want("pdfaid" not in text and "pdfuaid" not in text, "claims of the screen edition")


def check_intent(document, standard, printer):
    intents = document.Root.get("/OutputIntents")
    if standard == "none":
        want(intents is None, "an output intent without a standard")
        return
    want(intents is not None and len(intents) == 1 and intents[0].S == "/GTS_PDFX", "one output intent for PDF/X")
    intent = intents[0]
    want(str(intent.OutputConditionIdentifier) == printer["output-intent"]["condition"], "the printing condition")
    want(str(intent.RegistryName) == "http://www.color.org", "the registry")
    profile = intent.DestOutputProfile
    icc = profile.read_bytes()
    want(profile.N == 4 and icc[12:16] == b"prtr" and icc[16:20] == b"CMYK" and icc[36:40] == b"acsp", "the ICC profile")
    want(struct.unpack(">I", icc[:4])[0] == len(icc), "the length of the ICC profile")
    want(icc[8] <= 2 or standard == "PDF/X-4", "an ICC profile of version 4")


# ---- everything in it -----------------------------------------------------------


def check_objects(document, standard):
    """What may stand nowhere, whoever refers to it."""
    old = standard in ("PDF/X-1a:2003", "PDF/X-3:2002")

    def walk(value, where, depth=0):
        if depth > 30:
            return
        if isinstance(value, pikepdf.Name):
            want(value not in ("/DeviceRGB", "/CalRGB", "/Lab"), f"{value} in {where}")
            want(standard != "PDF/X-1a:2003" or value not in ("/ICCBased", "/CalGray"), f"{value} in {where}")
            want(value not in ("/LZWDecode", "/JavaScript", "/Launch", "/Movie", "/Sound", "/GoToR", "/URI"),
                 f"{value} in {where}")
            return
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            check_dictionary(value, where, old)
            for key, item in value.items():
                if not (isinstance(item, pikepdf.Object) and item.is_indirect):
                    walk(item, f"{where}{key}", depth + 1)
        elif isinstance(value, pikepdf.Array):
            for item in value:
                if not (isinstance(item, pikepdf.Object) and item.is_indirect):
                    walk(item, where, depth + 1)

    for number, value in enumerate(document.objects, 1):
        walk(value, f"object {number} ")


def is_any(value, *names):
    return isinstance(value, pikepdf.Name) and str(value) in names


def check_dictionary(value, where, old):
    for key in ("/AA", "/OPI", "/TR", "/HTP", "/PS", "/Alternates"):
        want(key not in value, f"{key} in {where}")
    want("/TR2" not in value or is_any(value.TR2, "/Default"), f"/TR2 in {where}")
    if not old:
        return
    want("/SMask" not in value or is_any(value.SMask, "/None"), f"a soft mask in {where}")
    want("/BM" not in value or is_any(value.BM, "/Normal", "/Compatible"), f"a blend mode in {where}")
    want(value.get("/S") != "/Transparency", f"a transparency group in {where}")
    if value.get("/Type") == "/ExtGState":
        want(float(value.get("/ca", 1)) == 1 and float(value.get("/CA", 1)) == 1, f"opacity in {where}")


def check_boxes(page, printer):
    media, trim, bleed = ([float(n) for n in page[key]] for key in ("/MediaBox", "/TrimBox", "/BleedBox"))
    want("/ArtBox" not in page, "both TrimBox and ArtBox")
    by = length(printer.get("bleed", "3mm"))
    for i, sign in enumerate((-1, -1, 1, 1)):
        want(near(bleed[i] - trim[i], sign * by, 0.02), f"the bleed is {abs(bleed[i] - trim[i]) / MM:.2f} mm")
        want(sign * (media[i] - bleed[i]) >= -0.001, "the bleed lies outside the sheet")
    has_marks = any(printer.get("marks", {}).get(k) for k in ("crop", "registration", "slug", "colour-bar", "fold"))
    want(has_marks == (media[0] < bleed[0] - 1), "room for marks where there are marks, and only there")
    want("/Annots" not in page and "/AA" not in page, "annotations on a page")
    group = page.get("/Group")
    pictures = dict(page.Resources.get("/XObject", {})).values()
    want(group is not None or not any("/SMask" in picture for picture in pictures), "no blend space of a page")
    if group is not None:
        want(group.get("/CS") in (None, "/DeviceCMYK"), "the blend space of a page")


def check_marks(page, seen):
    """Every line and patch of the marks lies outside the bleed, to one side of it. What is
    `seen` with the same bleed is judged already."""
    marks = page.Resources.get("/XObject", {}).get("/Marks")
    if marks is None:
        return
    left, bottom, right, top = bleed = tuple(float(n) for n in page.BleedBox)
    if (marks.objgen, bleed) in seen:
        return
    seen.add((marks.objgen, bleed))
    start = None
    for operands, operator in pikepdf.parse_content_stream(marks):
        numbers = [float(n) for n in operands if not isinstance(n, (pikepdf.Name, pikepdf.Array))]
        if str(operator) == "m":
            start = numbers
        elif str(operator) in ("l", "re"):
            x1, y1 = start if str(operator) == "l" else numbers[:2]
            x2, y2 = numbers if str(operator) == "l" else (x1 + numbers[2], y1 + numbers[3])
            outside = max(x1, x2) <= left or min(x1, x2) >= right or max(y1, y2) <= bottom or min(y1, y2) >= top
            want(outside, f"a mark from {x1:.1f} {y1:.1f} to {x2:.1f} {y2:.1f} within the bleed")


def length(text):
    if str(text) == "0":
        return 0
    number, unit = re.fullmatch(r"([\d.]+) *(mm|pt|cm|in)", text).groups()
    return float(number) * {"mm": MM, "pt": 1, "cm": 10 * MM, "in": 72}[unit]


def check_fonts(document, old):
    seen = 0
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        if font.Subtype == "/Type0":
            want("/ToUnicode" in font, "a font without ToUnicode")
            continue
        descriptor = font.get("/FontDescriptor")
        want(descriptor is not None, "a font without descriptor")
        want(re.match(r"/[A-Z]{6}\+", str(descriptor.FontName)), f"{descriptor.FontName} is no subset")
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        want(len(files) == 1, f"{descriptor.FontName} is not embedded")
        seen += 1
        if old and font.Subtype in ("/CIDFontType2", "/CIDFontType0"):
            want("/CIDSet" in descriptor, f"{descriptor.FontName} has no CIDSet")
            want(font.Subtype != "/CIDFontType2" or font.CIDToGIDMap == "/Identity", "CIDToGIDMap")
        if old and "/FontFile2" in descriptor and "/CIDSet" in descriptor:
            glyphs = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)["maxp"].numGlyphs
            bits = "".join(f"{byte:08b}" for byte in descriptor.CIDSet.read_bytes())
            want(bits.rstrip("0") == "1" * glyphs, f"CIDSet of {descriptor.FontName} is not its glyphs")
    want(seen, "no fonts")


# ---- content --------------------------------------------------------------------


class Content:
    """Follows one page's operators into all its forms and patterns."""

    def __init__(self, document, overprints):
        self.document = document
        self.overprints = overprints  # of the printer
        self.seen = set()
        self.shown = {}  # (kind, colour, overprints) -> how often

    def space(self, name, resources):
        if name in ("/DeviceGray", "/DeviceCMYK", "/Pattern"):
            return str(name)[1:]
        spaces = resources.get("/ColorSpace", {})
        want(name in spaces, f"the colour space {name} is not there")
        space = spaces[name]
        return str(space[0])[1:] if isinstance(space, pikepdf.Array) else str(space)[1:]

    def show(self, kind, state):
        key = (kind, state["fill"], state["op"])
        self.shown[key] = self.shown.get(key, 0) + 1

    def walk(self, stream, resources, state=None):
        state = dict(state or {"fill": ("DeviceGray", (0,)), "op": False})
        stack = []
        for operands, operator in pikepdf.parse_content_stream(stream):
            op = str(operator)
            if op in UNJUDGED:  # most of a page
                continue
            want(op not in RGB_OPERATORS, f"the operator {op}")
            want(op not in ("BI", "INLINE IMAGE"), "an inline image")
            if op == "q":
                stack.append(dict(state))
            elif op == "Q":
                state = stack.pop()
            elif op in ("g", "k"):
                state["fill"] = ({"g": "DeviceGray", "k": "DeviceCMYK"}[op], tuple(float(n) for n in operands))
            elif op in ("cs", "CS"):
                space = self.space(operands[0], resources)
                if op == "cs":
                    state["fill"] = (space, ())
            elif op in ("sc", "scn"):
                state["fill"] = (state["fill"][0], tuple(str(n) for n in operands))
            elif op == "gs":
                states = resources.ExtGState[operands[0]]
                if "/op" in states or "/OP" in states:
                    state["op"] = bool(states.get("/op", states.get("/OP")))
                    want(not state["op"] or states.OPM == 1, "overprint without OPM 1")
                self.group(states)
            elif op in ("Tj", "TJ", "'", '"'):
                self.show("text", state)
            elif op in ("f", "f*", "F", "B", "B*", "b", "b*"):
                self.show("area", state)
            elif op == "Do":
                self.xobject(resources.XObject[operands[0]], resources, state)
            elif op == "sh":
                self.shading(resources.Shading[operands[0]])
        for _, pattern in dict(resources.get("/Pattern", {})).items():
            self.pattern(pattern)

    def group(self, states):
        mask = states.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self.xobject(mask.G, mask.G.get("/Resources", {}), None)

    def shading(self, shading):
        space = shading.ColorSpace
        name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
        want(name in ("/DeviceGray", "/DeviceCMYK", "/Separation", "/ICCBased"), f"a shading in {name}")

    def pattern(self, pattern):
        if pattern.objgen in self.seen:
            return
        self.seen.add(pattern.objgen)
        if pattern.PatternType == 1:
            self.walk(pattern, pattern.Resources)
        else:
            self.shading(pattern.Shading)

    def xobject(self, xobject, resources, state):
        if xobject.Subtype == "/Form":
            group = xobject.get("/Group")
            if group is not None:
                want(group.get("/CS") in (None, "/DeviceCMYK", "/DeviceGray"), "the blend space of a form")
            if xobject.objgen not in self.seen:
                self.seen.add(xobject.objgen)
                self.walk(xobject, xobject.get("/Resources", resources), state)
            return
        want(xobject.Subtype == "/Image", f"an XObject of kind {xobject.Subtype}")
        if not xobject.get("/ImageMask", False):
            space = xobject.ColorSpace
            name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
            want(name in ("/DeviceGray", "/DeviceCMYK", "/Indexed", "/Separation", "/ICCBased"), f"an image in {name}")
        if "/SMask" in xobject:
            self.xobject(xobject.SMask, resources, state)

    def judge(self):
        for (kind, colour, overprints), _ in self.shown.items():
            if colour == WHITE:
                want(not overprints, "white overprints")
            if kind == "text" and colour == BLACK:
                want(overprints == self.overprints, "black text does not overprint")
            if overprints:
                want(colour == BLACK, f"{colour} overprints")
        kinds = {kind for kind, colour, _ in self.shown if colour == BLACK}
        want("text" in kinds or not any(kind == "text" and colour not in (BLACK, WHITE) for kind, colour, _ in self.shown),
             "no text in black alone")  # a spine has all of its words in white


def check(path, printer):
    standard = printer.get("standard", "PDF/X-4")
    old = standard in ("PDF/X-1a:2003", "PDF/X-3:2002")
    with pikepdf.open(path) as document:
        check_file(path.read_bytes(), document, standard)
        check_identity(document, standard)
        check_intent(document, standard, printer)
        check_objects(document, standard)
        check_fonts(document, old)
        content = Content(document, printer.get("black", {}).get("overprint", True))
        marks = set()
        for page in document.pages:
            check_boxes(page.obj, printer)
            check_marks(page.obj, marks)
            content.walk(page, page.obj.Resources)
        content.judge()
        return len(document.pages)


# ---- proof ----------------------------------------------------------------------


def first_font(document):
    return next(o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o)


def draw(document, code, **resources):
    page = document.pages[0].obj
    document.pages[0].contents_coalesce()  # marks are a stream of their own
    for key, value in resources.items():
        page.Resources["/" + key] = value
    page.Contents = document.make_stream(page.Contents.read_bytes() + code)


def picture(document, **keys):
    image = document.make_stream(b"\0" * 4, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
                                 BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceCMYK)
    for key, value in keys.items():
        image["/" + key] = value
    document.pages[0].obj.Resources.XObject["/Planted"] = image
    draw(document, b" q /Planted Do Q")


def form(document, code):
    stream = document.make_stream(code, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
                                  Resources=pikepdf.Dictionary())
    document.pages[0].obj.Resources.XObject["/Planted"] = stream
    draw(document, b" q /Planted Do Q")


def over(document, code):
    draw(document, code, ExtGState=pikepdf.Dictionary(
        GO=pikepdf.Dictionary(OP=True, op=True, OPM=1), GK=pikepdf.Dictionary(OP=False, op=False, OPM=0)))


PLANTED = {
    "RGB operator": lambda d: draw(d, b" 1 0 0 rg"),
    "RGB in a form": lambda d: form(d, b"1 0 0 RG"),
    "RGB picture": lambda d: picture(d, ColorSpace=pikepdf.Name.DeviceRGB),
    "profile in a picture": lambda d: picture(d, ColorSpace=pikepdf.Array([
        pikepdf.Name.ICCBased, d.make_stream(b"x", N=3)])),
    "soft mask": lambda d: picture(d, SMask=d.make_stream(b"x")),
    "opacity": lambda d: draw(d, b" /Planted gs", ExtGState=pikepdf.Dictionary(
        GO=d.pages[0].obj.Resources.ExtGState.GO, GK=d.pages[0].obj.Resources.ExtGState.GK,
        Planted=pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.5))),
    "white overprints": lambda d: over(d, b" /GO gs 0 0 0 0 k 0 0 9 9 re f"),
    "colour overprints": lambda d: over(d, b" /GO gs 1 0 0 0 k 0 0 9 9 re f"),
    "black text knocks out": lambda d: over(d, b" /GK gs 0 0 0 1 k BT /F1 9 Tf <0001> Tj ET"),
    "no font file": lambda d: first_font(d).__delitem__("/FontFile2"),
    "wrong CIDSet": lambda d: first_font(d).__setitem__("/CIDSet", d.make_stream(b"\x80")),
    "a link": lambda d: d.pages[0].obj.__setitem__("/Annots", pikepdf.Array([])),
    "an action": lambda d: d.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)),
    "no intent": lambda d: d.Root.__delitem__("/OutputIntents"),
    "another name": lambda d: d.docinfo.__setitem__("/GTS_PDFXVersion", "PDF/X-3:2003"),
    "no Trapped": lambda d: d.docinfo.__delitem__("/Trapped"),
    "bleed too small": lambda d: d.pages[0].obj.__setitem__("/BleedBox", d.pages[0].obj.TrimBox),
}


def prove(presskit, article):
    """Each planted fault is found, and saving the file again alone is none."""
    printer = yaml.safe_load((ROOT / "layouts/printers/sheetfed-coated-x1a.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="presskit-pdfx-") as folder:
        good, bad = pathlib.Path(folder) / "good.pdf", pathlib.Path(folder) / "bad.pdf"
        subprocess.run([presskit, "render", article, "--printer", "sheetfed-coated-x1a", "-q", "-o", good], check=True)
        for name, plant in {"nothing": lambda d: None, **PLANTED}.items():
            with pikepdf.open(good) as document:
                plant(document)
                document.save(bad, force_version="1.4", object_stream_mode=pikepdf.ObjectStreamMode.disable)
            try:
                check(bad, printer)
                found = False
            except Fault as fault:
                found = True
                print(f"{name}: {fault}")
            if found != (name != "nothing"):
                sys.exit(f"{name}: {'found where nothing is' if found else 'not found'}")


def layouts_of(article):
    """That of the article's name, or the two for articles."""
    kind = article.name.split(".")[0]
    if article.suffix == ".yaml":
        return [None] if "\nlayout:" in article.read_text(encoding="utf-8") else ["booklet", "booklet-square"]
    layouts = ["press-release", "handout"] if kind == "partnership" else [kind]
    return [layout for layout in layouts if (ROOT / "layouts" / f"{layout}.yaml").exists()]


def main():
    if sys.argv[2] == "--prove":
        prove(sys.argv[1], sys.argv[3])
        return
    presskit, name, articles = sys.argv[1], sys.argv[2], [pathlib.Path(a).resolve() for a in sys.argv[3:]]
    printer = yaml.safe_load((ROOT / "layouts/printers" / f"{name}.yaml").read_text(encoding="utf-8"))
    documents = [(article, layout) for article in articles for layout in layouts_of(article)]
    pages = 0
    with tempfile.TemporaryDirectory(prefix="presskit-pdfx-") as folder:
        for number, (article, layout) in enumerate(documents):
            path = pathlib.Path(folder) / f"{article.stem}-{layout}.pdf"
            command = [presskit, "render", article, *(["--layout", layout] if layout else []), "--printer", name,
                       "--edition", "press", "--quiet", *(["--strict"] if article.suffix == ".yaml" and layout else []), "-o", path]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                sys.exit(f"{article.name} × {layout} × {name}: exit {run.returncode}\n{run.stderr}")
            files = [path] if path.exists() else sorted(path.parent.glob(f"{path.stem}-*.pdf"))
            try:
                pages += sum(check(file, printer) for file in files)
            except Fault as fault:
                sys.exit(f"{article.name} × {layout} × {name}: {fault}")
            if number:
                continue
            first = [file.read_bytes() for file in files]
            subprocess.run(command, check=True)
            if not files or [file.read_bytes() for file in files] != first:
                sys.exit(f"{article.name} × {layout} × {name}: two renders differ")
    print(f"{name}: {len(documents)} documents, {pages} pages keep {printer.get('standard', 'PDF/X-4')}")


if __name__ == "__main__":
    main()
