#!/usr/bin/env python3
"""Writes kits of booklets of eight pages, one for each row of a CSV, in three languages.

  make_booklets.py FOLDER ROWS

FOLDER gets rows.csv and six kits for `presskit batch`. Of a handout: same.yaml (no row
changes the text), line.yaml (a row changes one line of it), own.yaml (a row changes every
paragraph), and changed.yaml, which is line.yaml over a CSV of which one row differs. Of a
book: book.yaml (cover, title page and a letter that name whom the copy is for; two articles
of the sample booklet, imprint and back, which no row changes) and book-changed.yaml.
Names have letters that the texts do not have, so that rows differ in their glyphs.
"""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("en", "sr-Latn", "sr-Cyrl")
NAMES = ("Ana", "Marko", "Jelena", "Petar", "Ivana", "Nikola", "Milica", "Stefan", "Џејн", "Đorđe", "Ђура", "Svetlana",
         "Zoran", "Kate", "William", "Queenie", "Xavier", "Žika", "Љиљана", "Hans")
KIT = """presskit: kit/1
documents:
  booklet:
    articles: "{text}.{{row.lang}}.{kind}"
    editions: office
    office: {office}
    data: {rows}
    output: "{{row}}"
"""
ARTICLES = ("00-foreword", "01-two-rooms")
BOOK = """presskit: book/1
lang: {lang}
title: {title}
subtitle: {subtitle}
date: 2031-06-26
layout: booklet
multiple: 4
words:
  years: "2006–2031"
  place: "{for_whom}: {{row.name}}"
  publisher: {subtitle}
  isbn: "ISBN 978-86-00000-01-0"
  blurb: {blurb}
parts:
  - {{page: cover, art: art/cover.svg, alternate: {title}}}
  - {{page: title, art: art/mark.svg, alternate: ""}}
  - letter.{lang}.md
{articles}
  - page: imprint
  - page: back
"""
# title, subtitle, whom it is for, what the back says, headline and words of the letter
WORDS = {
    "en": ("Where Rivers Meet", "Twenty-five years of one office", "A copy for", "One river, two administrations.",
           "Dear {row.name},",
           "twenty-five years ago somebody had to be the first to ask. As {row.title} you know how that is done. This copy "
           "was printed for you alone; the rest of the edition looks like it, and says less. Read it from the back if "
           "you are in a hurry, and from the front if you have an evening.\n\nWe should like to see you on the day itself. "
           "There will be soup, and the boat will be dry."),
    "sr-Latn": ("Gde se reke sreću", "Dvadeset pet godina jedne kancelarije", "Primerak za", "Jedna reka, dve uprave.",
                "Za {row.name},",
                "pre dvadeset pet godina neko je morao prvi da pita. Vi ({row.title}) znate kako se to radi. Ovaj primerak "
                "odštampan je samo za vas; ostatak tiraža liči na njega, a kaže manje. Čitajte ga od kraja ako žurite, a od "
                "početka ako imate slobodno veče.\n\nVoleli bismo da vas vidimo na sam dan. Biće pasulja, a čamac će biti suv."),
    "sr-Cyrl": ("Где се реке срећу", "Двадесет пет година једне канцеларије", "Примерак за", "Једна река, две управе.",
                "За {row.name},",
                "пре двадесет пет година неко је морао први да пита. Ви ({row.title}) знате како се то ради. Овај примерак "
                "одштампан је само за вас; остатак тиража личи на њега, а каже мање. Читајте га од краја ако журите, а од "
                "почетка ако имате слободно вече.\n\nВолели бисмо да вас видимо на сам дан. Биће пасуља, а чамац ће бити сув."),
}


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


def write_book(folder, lang):
    sample = ROOT / "content/booklet"
    title, subtitle, for_whom, blurb, headline, words = WORDS[lang]
    for name in ARTICLES:
        shutil.copy(sample / f"{name}.{lang}.md", folder)
    shutil.copytree(sample / "art", folder / "art", dirs_exist_ok=True)
    (folder / f"letter.{lang}.md").write_text(f"---\nheadline: \"{headline}\"\nlang: {lang}\n---\n{words}\n")
    articles = "\n".join(f"  - {name}.{lang}.md" for name in ARTICLES)
    (folder / f"book.{lang}.yaml").write_text(BOOK.format(lang=lang, title=title, subtitle=subtitle, for_whom=for_whom,
                                                          blurb=blurb, articles=articles))


def write_rows(path, count, changed=None):
    with path.open("w") as file:
        file.write("name,title,lang\n")
        for n in range(count):
            name = f"{NAMES[n % len(NAMES)]} {NAMES[(7 * n + 3) % len(NAMES)]} {n}"
            title = "Changed" if n == changed else f"Guest of honour {37 * n % count}"
            file.write(f"{name}{' II' if n == changed else ''},{title},{LANGUAGES[n % len(LANGUAGES)]}\n")


def write_kit(folder, name, text, rows):
    kind = "yaml" if text == "book" else "md"
    office = ROOT / "content/office.yaml"
    (folder / f"{name}.yaml").write_text(KIT.format(text=text, kind=kind, office=office, rows=rows))


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        write_texts(folder, lang)
        write_book(folder, lang)
    write_rows(folder / "rows.csv", count)
    write_rows(folder / "changed.csv", count, count // 2)
    for text in ("same", "line", "own", "book"):
        write_kit(folder, text, text, "rows.csv")
    for name, text in (("changed", "line"), ("book-changed", "book")):
        write_kit(folder, name, text, "changed.csv")


if __name__ == "__main__":
    main()
