#!/usr/bin/env python3
"""Writes a book from the paragraphs of a short article, for timing.

  make_book.py SOURCE.md FOLDER ARTICLES WORDS

FOLDER gets book.yaml and ARTICLES files of WORDS words each, with a subhead every
sixth paragraph, in five sections: cover, contents, running heads and folios are
those of the layout of tests/book. As in make_article.py no two paragraphs are the
same.
"""
import pathlib
import re
import shutil
import sys

from make_article import paragraphs_of

BOOK = pathlib.Path(__file__).resolve().parent.parent / "book"
SECTIONS = 5


def write_article(path, number, paragraphs, wanted, turn):
    out, size, count = [f"---\nheadline: Article {number} of the book\nlang: en\n---"], 0, 0
    while size < wanted:
        words = paragraphs[turn % len(paragraphs)].split()
        shift = (7 * turn) % len(words)
        paragraph = re.sub(r"^[>#+*-]", "", " ".join(words[shift:] + words[:shift])).strip()
        if count and count % 6 == 0:
            out.append(f"## Part {count // 6} of it")
        out.append(paragraph)
        size += len(words)
        turn += 1
        count += 1
    path.write_text("\n\n".join(out) + "\n", encoding="utf8")
    return turn


def main():
    source, folder, articles, words = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    paragraphs = paragraphs_of(pathlib.Path(source).read_text(encoding="utf8"))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(BOOK / "art", folder / "art", dirs_exist_ok=True)
    for name in ("layout.yaml", "plain.yaml", "office.yaml"):
        shutil.copy(BOOK / name, folder)
    parts, turn = [], 0
    for number in range(1, articles + 1):
        name = f"article-{number:03}.md"
        turn = write_article(folder / name, number, paragraphs, words, turn)
        if (number - 1) % -(-articles // SECTIONS) == 0:
            parts.append(f"  - section: Section {len([p for p in parts if 'section' in p]) + 1}\n    parts:")
        parts.append(f"      - {name}")
    (folder / "book.yaml").write_text(
        "presskit: book/1\nlang: en\ntitle: A long book\nlayout: layout.yaml\nmultiple: 4\nparts:\n"
        "  - {page: cover, art: art/river.svg, alternate: A river}\n  - {page: inside-cover}\n  - {page: title}\n"
        "  - {contents: true}\n" + "\n".join(parts) + "\n  - {page: inside-back}\n  - {page: back}\n", encoding="utf8")


if __name__ == "__main__":
    main()
