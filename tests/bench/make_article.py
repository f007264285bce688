#!/usr/bin/env python3
"""Writes a long article from the paragraphs of a short one, for timing.

  make_article.py SOURCE.md PAGES > LONG.md

The paragraphs are taken in turn, each with its words rotated by a different
amount, so that no two are the same and a cache of whole paragraphs gains
nothing. PAGES counts 3,300 characters each.
"""
import re
import sys

CHARACTERS_PER_PAGE = 3300


def paragraphs_of(text):
    body = text.split("---", 2)[2]
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", body)]
    return [b for b in blocks if b and b[0] not in "#>-*|![" and not b[0].isdigit() and "[^" not in b]


def main():
    source, pages = sys.argv[1], int(sys.argv[2])
    text = open(source, encoding="utf8").read()
    front = text.split("---", 2)[1]
    paragraphs = paragraphs_of(text)
    out, size, number = ["---" + front + "---"], 0, 0
    while size < pages * CHARACTERS_PER_PAGE:
        words = paragraphs[number % len(paragraphs)].split()
        shift = (7 * number) % len(words)
        paragraph = " ".join(words[shift:] + words[:shift])
        out.append(re.sub(r"^[>#+*-]", "", paragraph).strip())
        size += len(paragraph)
        number += 1
    print("\n\n".join(out))


if __name__ == "__main__":
    main()
