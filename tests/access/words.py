#!/usr/bin/env python3
"""Checks that all editions of a document have the same words in the same order.

    words.py PRESSKIT ARTICLE [LAYOUT]

of an article, or of a book, which may name its layout itself.

press    pdftotext, furniture and all, against the screen edition
screen   the structure as poppler reads it, against the HTML edition
text     against the HTML edition
search   pdftotext finds each word of the HTML edition in both PDFs, broken or not
"""
import html.parser
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def letters(text):
    """Letters and digits alone: hyphens, quotes and spaces are left out."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(re.findall(r"[^\W_]+", text))


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


class Page(html.parser.HTMLParser):
    """The text of a page as a browser shows it, numbers of lists and notes included.
    `spoken` leaves out what is hidden from screen readers."""

    def __init__(self, source):
        super().__init__()
        self.all, self.spoken, self.open, self.counts, self.notes = [], [], [], [], []
        self.feed(source)
        self.close()

    def add(self, text):
        if any(name in ("head", "style") for name, _ in self.open):
            return
        self.all.append(text)
        if self.notes and any(attributes.get("class") == "notes" for _, attributes in self.open):
            self.notes[-1].append(text)
            return
        if not any(attributes.get("aria-hidden") == "true" for _, attributes in self.open):
            self.spoken.append(text)

    def handle_starttag(self, name, attrs):
        attributes = dict(attrs)
        if name in ("ol", "ul"):
            self.counts.append(int(attributes.get("start", 1)) if name == "ol" else None)
        if name == "li" and self.open[-1][1].get("class") == "notes":
            self.notes.append([])
        if name == "li" and self.counts[-1] is not None:
            self.counts[-1] = int(attributes.get("value", self.counts[-1]))
            self.add(f" {self.counts[-1]} ")
            self.counts[-1] += 1
        if name not in ("img", "meta", "br", "hr"):
            self.open.append((name, attributes))
        if name not in ("a", "span", "strong", "em", "abbr", "sup", "code"):
            self.add(" ")
        elif name == "sup":
            self.add(" ")

    def handle_endtag(self, name):
        assert self.open and self.open[-1][0] == name, f"</{name}> closes {self.open[-1:]}"
        self.open.pop()
        if name in ("ol", "ul"):
            self.counts.pop()
        self.add(" " if name not in ("a", "span", "strong", "em", "abbr", "code") else "")

    def handle_data(self, data):
        self.add(data)


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, check=False,
                          env={**os.environ, "PRESSKIT_DATA": str(ROOT)})
    assert done.returncode == 0, f"{' '.join(map(str, command))}: {done.stderr.decode()}"
    return done.stdout.decode()


def render(presskit, article, layout, edition, out):
    chosen = ["--layout", layout, "--office", ROOT / "content" / "office.yaml"] if layout else []
    run(presskit, "render", article, *chosen, "--edition", edition, "-o", out, "--quiet")


def structure_text(pdf):
    """The strings of the structure tree; one may go on in the next lines."""
    tree = run("pdfinfo", "-struct-text", pdf)
    # Numbers of pages in contents: where there are no pages, there are none.
    entry = r'(TOCI\n +Reference \(inline\)\n +Link \(inline\)\n(?: +"[^"]*"\n)*? +"[^"]*?) ?[0-9]+"\n'
    tree = re.sub(entry + r"(?= +Object)", r'\1"\n', tree)
    return " ".join(re.findall(r'^ *"(.*?)"$', tree, flags=re.M | re.S))


def without(text, notes):
    """`text` without the notes: a note is read where it is referred to, or at the end."""
    for note in notes:
        assert note in text, f"a note is missing in the structure: {note[:60]}"
        text = text.replace(note, "", 1)
    return text


def first_difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"...{a[max(at - 30, 0):at + 30]}... and ...{b[max(at - 30, 0):at + 30]}..."


def main():
    presskit, article = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    layout = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory(prefix="presskit-words-") as temporary:
        made = {}
        for edition, ending in (("press", "pdf"), ("screen", "pdf"), ("text", "txt"), ("html", "html")):
            made[edition] = pathlib.Path(temporary) / f"{edition}.{ending}"
            render(presskit, article, layout, edition, made[edition])
        page = Page(made["html"].read_text(encoding="utf8"))
        shown, spoken = "".join(page.all), "".join(page.spoken)
        notes = [letters("".join(note)) for note in page.notes]
        plain = re.sub(r" ?<[a-z]+:[^>]*>", "", made["text"].read_text(encoding="utf8"))
        press, screen = (run("pdftotext", made[edition], "-") for edition in ("press", "screen"))
        pairs = [("text and html", letters(plain), letters(shown)),
                 ("screen by its structure and html", without(letters(structure_text(made["screen"])), notes),
                  letters(spoken)),
                 ("press and screen", letters(press), letters(screen))]
        for what, a, b in pairs:
            assert a and a == b, f"{what} differ: {first_difference(a, b)}"
        for edition, text in (("press", press), ("screen", screen)):
            missing = set(words(shown)) - set(words(text))
            assert not missing, f"not found in the {edition} edition: {sorted(missing)[:10]}"
    print(f"{article.name} in {layout or 'its own layout'}: {len(words(shown))} words alike in four editions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
