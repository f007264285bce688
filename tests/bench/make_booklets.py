#!/usr/bin/env python3
"""Writes kits of booklets of eight pages, one for each row of a CSV, in three languages.

  make_booklets.py FOLDER ROWS

FOLDER gets rows.csv and four kits for `presskit batch`: same.yaml (no row changes
the text), line.yaml (a row changes one line of it), own.yaml (a row changes every
paragraph), and changed.yaml, which is line.yaml over a CSV of which one row differs.
Names have letters that the texts do not have, so that rows differ in their glyphs.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("en", "sr-Latn", "sr-Cyrl")
NAMES = ("Ana", "Marko", "Jelena", "Petar", "Ivana", "Nikola", "Milica", "Stefan", "Џејн", "Đorđe", "Ђура", "Svetlana",
         "Zoran", "Kate", "William", "Queenie", "Xavier", "Žika", "Љиљана", "Hans")
KIT = """presskit: kit/1
documents:
  booklet:
    articles: "{text}.{{row.lang}}.md"
    editions: office
    office: {office}
    data: {rows}
    output: "{{row}}"
"""


def write_texts(folder, lang):
    source = ROOT / f"content/partnership.{lang}.md"
    made = subprocess.run([sys.executable, ROOT / "tests/bench/make_article.py", source, "7"], capture_output=True,
                          text=True, check=True).stdout
    head, front, body = made.split("---\n", 2)
    paragraphs = body.strip().split("\n\n")
    texts = {"same": paragraphs,
             "line": ["{row.name}: " + paragraphs[0], *paragraphs[1:]],
             "own": ["{row.name}, {row.title}: " + paragraph for paragraph in paragraphs]}
    for name, text in texts.items():
        (folder / f"{name}.{lang}.md").write_text(f"{head}---\n{front}---\n" + "\n\n".join(text) + "\n")


def write_rows(path, count, changed=None):
    with path.open("w") as file:
        file.write("name,title,lang\n")
        for n in range(count):
            name = f"{NAMES[n % len(NAMES)]} {NAMES[(7 * n + 3) % len(NAMES)]} {n}"
            title = "Changed" if n == changed else f"Guest of honour {37 * n % count}"
            file.write(f"{name}{' II' if n == changed else ''},{title},{LANGUAGES[n % len(LANGUAGES)]}\n")


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        write_texts(folder, lang)
    write_rows(folder / "rows.csv", count)
    write_rows(folder / "changed.csv", count, count // 2)
    office = ROOT / "content/office.yaml"
    for text in ("same", "line", "own"):
        (folder / f"{text}.yaml").write_text(KIT.format(text=text, office=office, rows="rows.csv"))
    (folder / "changed.yaml").write_text(KIT.format(text="line", office=office, rows="changed.csv"))


if __name__ == "__main__":
    main()
