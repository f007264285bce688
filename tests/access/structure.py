#!/usr/bin/env python3
"""Reads the structure of access.md back with tools that are not ours, and compares it
with what the article is.

    structure.py PRESSKIT

pikepdf reads the elements, their attributes and what belongs to them; poppler
(pdfinfo -struct-text) the words of each in reading order. The article is set once with
a quote that the text runs round and notes at the end, once with notes at the feet of
two columns: what differs is where the notes are read.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

NOTES = ["Note(Lbl P(Link))", "Note(Lbl P)"]
# What access.md is, by hand. {0} and {1}: after what a note is read that stands at a foot; {2}: those at the end.
TREE = """Document(P P H1 P P P(Reference(Link) Span Span Span Link Reference(Link)) {0} P P P P P
 Sect(H2 Table(TR(TD TH TH) TR(TH TD TD) TR(TH TD TD)) Div(Figure Caption(P P)) P
  L(LI(Lbl LBody(P)) LI(Lbl LBody(P L(LI(Lbl LBody(P)) LI(Lbl LBody(P))))) LI(Lbl LBody(P)))
  BlockQuote(P P)
  Sect(H3 P(Reference(Link)) {1} Aside(BlockQuote(P P)) Aside(Sect(H4 P(Span)))))
 Sect(H2 P)
 P {2} Sect(H2 P) Sect(H2 P(Link)))"""
# Words that each edition must have, one of each kind of block.
PIECES = {
    "headline": "A bit of everything", "subhead": "two scripts in one article", "credit": "Story by the Public Affairs Office",
    "dateline": "BELGRADE, 26 June", "note": "A pump moves 1,200 litres a minute", "table": "People trained",
    "caption": "Two columns of squares, the second one taller", "credit of a picture": "Chart: Public Affairs Office",
    "list": "spare batteries for those who forgot", "quote": "Quoted at length, with a second paragraph",
    "pull-quote": "We did not need a helicopter", "speaker": "A shift leader of the rescue school",
    "side-bar": "About as much as a small car", "boilerplate": "has worked in Belgrade since 2006",
    "contact": "media@drina-office.example", "another script": "Држи воду даље"}


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, check=False,
                          env={**os.environ, "PRESSKIT_DATA": str(ROOT)})
    assert done.returncode == 0, f"{' '.join(map(str, command))}: {done.stderr.decode()}"
    return done.stdout.decode()


def render(presskit, layout, edition, out):
    run(presskit, "render", HERE / "access.md", "--layout", HERE / f"{layout}.yaml",
        "--office", ROOT / "content" / "office.yaml", "--edition", edition, "-o", out, "--quiet")


# ---- the tree -------------------------------------------------------------------


def kids_of(element):
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]


def is_element(kid):
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(element):
    """All of them, in reading order."""
    yield element
    for kid in kids_of(element):
        if is_element(kid):
            assert kid.P.objgen == element.objgen, f"{kid.S}: /P leads elsewhere"
            yield from elements(kid)


def name_of(element):
    return str(element.S)[1:]


def outline(element):
    inner = " ".join(outline(kid) for kid in kids_of(element) if is_element(kid))
    return f"{name_of(element)}({inner})" if inner else name_of(element)


def check_tree(root, at_foot):
    notes = [*NOTES, ""] if at_foot else ["", "", f"Sect(H2 {' '.join(NOTES)})"]
    expected = " ".join(TREE.format(*notes).split())
    expected = re.sub(r" (?=\))|(?<=\() ", "", expected)
    found = outline(root.K)
    assert found == expected, f"the tree is\n{found}\nand should be\n{expected}"
    assert dict(root.RoleMap) == {"/Aside": "/Art"}, root.RoleMap


# ---- attributes -------------------------------------------------------------------


def attributes(element):
    found = element.get("/A", pikepdf.Dictionary())
    return {key: value for key, value in found.items()}


def check_attributes(document, all_elements):
    of = lambda kind: [element for element in all_elements if name_of(element) == kind]
    assert [str(attributes(th)["/Scope"]) for th in of("TH")] == ["/Column", "/Column", "/Row", "/Row"]
    assert [str(attributes(listing)["/ListNumbering"]) for listing in of("L")] == ["/Decimal", "/Disc"]
    figure, = of("Figure")
    box = [float(edge) for edge in attributes(figure)["/BBox"]]
    page = [float(edge) for edge in figure.Pg.MediaBox]
    assert str(attributes(figure)["/Placement"]) == "/Block"
    assert page[0] <= box[0] < box[2] <= page[2] and page[1] <= box[1] < box[3] <= page[3], (box, page)
    assert str(figure.Alt) == "Two columns of squares, the second one taller than the first"
    assert str(of("Document")[0].Lang) == "en" == str(document.Root.Lang)
    spans = [(str(span.get("/Lang", "")), str(span.get("/E", ""))) for span in of("Span")]
    assert spans == [("sr-Cyrl", ""), ("sr-Latn", ""), ("de", ""), ("", "United Nations")], spans
    ids = document.Root.StructTreeRoot.IDTree.Names
    assert [str(ids[i]) for i in range(0, len(ids), 2)] == [str(note.ID) for note in of("Note")] == ["note-1", "note-2"]
    assert [ids[i].objgen for i in range(1, len(ids), 2)] == [note.objgen for note in of("Note")]


def check_links(document, all_elements):
    """Each annotation and its element lead to each other; each says where it leads."""
    parents = dict(zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2))
    said, annotations = [], 0
    for page in document.pages:
        assert page.Tabs == "/S"
        for annotation in page.get("/Annots", []):
            annotations += 1
            element = parents[int(annotation.StructParent)]
            assert name_of(element) == "Link"
            assert any("/Obj" in kid and kid.Obj.objgen == annotation.objgen for kid in kids_of(element)
                       if isinstance(kid, pikepdf.Dictionary))
            said.append(str(annotation.Contents))
    objects = sum(1 for element in all_elements for kid in kids_of(element)
                  if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid)
    assert annotations == objects >= 6, (annotations, objects)
    for words in ("Note 1", "Note 2", "drina.example/about", "what comes next", "drina.example/2014"):
        assert words in said, f"no link says {words}: {said}"


def check_content(document, all_elements):
    """All that is marked on a page belongs to one element, and that says so too. Whether
    an element goes on on the next page."""
    parents = dict(zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2))
    owners = {}
    for element in all_elements:
        for kid in kids_of(element):
            page = element.Pg if isinstance(kid, int) else kid.get("/Pg", element.get("/Pg"))
            number = kid if isinstance(kid, int) else kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else None
            if number is not None and not is_element(kid):
                assert (page.objgen, int(number)) not in owners
                owners[page.objgen, int(number)] = element.objgen
    for page in document.pages:
        marked = [int(operands[1].MCID) for operands, operator in pikepdf.parse_content_stream(page)
                  if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]]
        of_page = parents[int(page.StructParents)]
        assert sorted(marked) == list(range(len(of_page))) and marked
        for number in marked:
            assert owners[page.objgen, number] == of_page[number].objgen
    pages_of = {}
    for (page, _), element in owners.items():
        pages_of.setdefault(element, set()).add(page)
    return any(len(pages) > 1 for pages in pages_of.values())


# ---- words ------------------------------------------------------------------------


def check_order(pdf, at_foot):
    """The words by poppler, in the order of the article."""
    text = " ".join(re.findall(r'^ *"(.*?)"$', run("pdfinfo", "-struct-text", pdf), flags=re.M | re.S))
    text = re.sub(r"\s+", " ", text.replace("- ", ""))
    order = ["FOR IMMEDIATE RELEASE", "SAMPLE", "A bit of everything", "Tables, notes", "Story by", "BELGRADE",
             "It leaks", "The boat is named", "Nobody remembers", "The shelf is", "What there is", "2020", "Exercises", "860",
             "Two columns of squares", "Chart:", "The inventory", "telephone", "A torch", "spare", "A map", "Quoted",
             "And here it is", "What there is not", "There is no helicopter", "A pump moves", "We did not need",
             "A shift leader", "What a pump costs", "What comes next Inventories", "###", "The Drina Liaison Office has"]
    if not at_foot:
        order = [words for words in order if words not in ("It leaks", "A pump moves")]
    at = 0
    for words in order:
        next_at = text.find(words, at)
        assert next_at >= 0, f"'{words}' is not read after '{text[max(at - 40, 0):at]}'"
        at = next_at + len(words)
    assert "Public Affairs Office Brodarska 7 11000 Belgrade Phone" in text, "the lines of the contact run together"


def check_pieces(presskit, folder):
    for edition, ending in (("press", "pdf"), ("screen", "pdf"), ("text", "txt"), ("html", "html")):
        made = folder / f"pieces-{edition}.{ending}"
        render(presskit, "access-foot", edition, made)
        text = run("pdftotext", made, "-") if ending == "pdf" else made.read_text(encoding="utf8")
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))
        for kind, words in PIECES.items():
            missing = words not in text and words.replace(" ", "") not in text.replace("-", "").replace(" ", "")
            assert not missing, f"the {edition} edition has no {kind}: {words}"


def check_long(presskit, folder):
    """A paragraph of more than a page is one element, on each of its pages."""
    (folder / "long.md").write_text("---\nheadline: Long\nlang: en\n---\n" + "A boat, two pumps and one rule. " * 140 + "\n")
    run(presskit, "render", folder / "long.md", "--layout", "press-release", "--edition", "screen",
        "-o", folder / "long.pdf", "--quiet")
    with pikepdf.open(folder / "long.pdf") as document:
        all_elements = list(elements(document.Root.StructTreeRoot.K))
        assert check_content(document, all_elements), "no element goes on on the next page"
        assert len([element for element in all_elements if name_of(element) == "P"]) <= 3


def main():
    presskit = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="presskit-structure-") as temporary:
        folder = pathlib.Path(temporary)
        check_long(presskit, folder)
        for layout, at_foot in (("access", False), ("access-foot", True)):
            pdf = folder / f"{layout}.pdf"
            render(presskit, layout, "screen", pdf)
            with pikepdf.open(pdf) as document:
                root = document.Root.StructTreeRoot
                check_tree(root, at_foot)
                all_elements = list(elements(root.K))
                check_attributes(document, all_elements)
                check_links(document, all_elements)
                check_content(document, all_elements)
            check_order(pdf, at_foot)
        check_pieces(presskit, folder)
    print(f"{len(all_elements)} elements as the article has them")


if __name__ == "__main__":
    main()
