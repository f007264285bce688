#!/usr/bin/env python3
"""Searches each word of an article in its PDFs, as a reader does who types it.

    search.py PRESSKIT ARTICLE LAYOUT

Each word of the HTML edition must be found by poppler's search (what Evince and Okular
have) as often as it stands there, in the press edition and in that for the screen:
broken at a line end, under an initial, in small capitals, with ligatures. Exits 77
(skipped) where poppler cannot be had from Python.
"""
import collections
import pathlib
import re
import sys
import tempfile
import unicodedata

import words as editions

SKIPPED = 77


def words_of(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())


def search(poppler, pdf, wanted):
    """The words of `wanted` that are found less often than they should be."""
    document = poppler.Document.new_from_file(pdf.as_uri(), None)
    pages = [document.get_page(number) for number in range(document.get_n_pages())]
    missing, counts = [], collections.Counter(wanted)
    for word in sorted(set(wanted)):
        stands = sum(other.count(word) * times for other, times in counts.items())
        found = sum(len(page.find_text(word)) for page in pages)
        if found < stands:
            missing.append(f"{word} ({found} of {stands})")
    return missing


def main():
    try:
        import gi
        gi.require_version("Poppler", "0.18")
        from gi.repository import Poppler
    except (ImportError, ValueError):
        print("SKIPPED: poppler cannot be had from Python; scripts/setup --tests gets gir1.2-poppler-0.18")
        return SKIPPED
    presskit, article, layout = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    with tempfile.TemporaryDirectory(prefix="presskit-search-") as temporary:
        made = {edition: pathlib.Path(temporary) / name
                for edition, name in (("press", "p.pdf"), ("screen", "s.pdf"), ("html", "h.html"))}
        for edition, path in made.items():
            editions.render(presskit, article, layout, edition, path)
        page = editions.Page(made["html"].read_text(encoding="utf8"))
        wanted = words_of("".join(page.all))
        longest = max(wanted, key=len)
        assert search(Poppler, made["screen"], [longest + "x"]), "what is not there is found"
        for edition in ("press", "screen"):
            missing = search(Poppler, made[edition], wanted)
            assert not missing, f"not found in the {edition} edition: {missing[:10]}"
    print(f"{article.name} in {layout}: {len(collections.Counter(wanted))} words found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
