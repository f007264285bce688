"""The sample book: whole in every language and layout."""
import re
import subprocess

import command

BOOKS = {language: command.ROOT / f"content/booklet/book.{language}.yaml" for language in ("en", "sr-Latn", "sr-Cyrl")}
PAGES = 48


CYRILLIC = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = [*"ABVGDĐEŽZIJKL", "Lj", "M", "N", "Nj", *"OPRSTĆUFHCČ", "Dž", "Š"]
LETTERS = dict(zip([*LATIN, *(letter.lower() for letter in LATIN)], CYRILLIC, strict=True))
# What stays as it is: names of fields, paths, words in English, units, names of what has one script only.
LATIN_ONLY = re.compile(r"^figures:$|^  art/.*$|^\w+: (?=sr-)|^\w+:|\*\[[^]]*\]\{lang=en\}\*|\]\([^) ]*|\{page\}|\b(?:kg|g|l|cm|presskit)\b")


def words_of(path):
    """Lines of an article without what is in Latin letters in every edition."""
    text = path.read_text(encoding="utf8").replace(path.name.split(".")[1], "")
    return [LATIN_ONLY.sub("", line) for line in text.splitlines()]


def in_cyrillic(text):
    return re.sub("[DLNdln][jž]|.", lambda found: LETTERS.get(found[0]) or "".join(LETTERS.get(c, c) for c in found[0]), text)


def shape_of(path):
    """What each block of an article is: a heading, an item, a row of a table of so many cells..."""
    kinds = []
    for line in path.read_text(encoding="utf8").splitlines():
        mark = re.match(r"(#+ |> ### |> — |> - |> |- |\d+\. |!\[|\[\^\d+\]:|[a-z]+:(?= ))?", line)[0] or ""
        kinds.append(mark if line.strip() and "|" not in line[:1] else f"{line.count('|')} cells" if line else "")
    return kinds


def pages_of(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


class Booklet(command.CommandTest):
    def render(self, language, *options):
        self.expect(0, "render", BOOKS[language], *options, "--strict", "--quiet", "-o", "book.pdf")
        return pages_of(self.folder / "book.pdf")

    def test_all_languages_have_the_same_pages_in_both_layouts(self):
        for language in BOOKS:
            for layout in ("booklet", "booklet-square"):
                with self.subTest(language=language, layout=layout):
                    self.assertEqual(len(self.render(language, "--edition", "screen", "--layout", layout)), PAGES)

    def test_contents_name_the_page_on_which_each_article_begins(self):
        for language in BOOKS:
            pages = self.render(language, "--edition", "screen")
            entries = re.findall(r"^\s*(\S.*?)(?:\s+(?:\.\s+)+|\s{2,})(\d+)\s*$", pages[4], re.M)
            self.assertEqual(len(entries), 14 + 5)
            for title, number in entries:
                with self.subTest(language=language, title=title):
                    words = "".join(pages[int(number) + 1].split())
                    self.assertIn("".join(title.split()), words)

    def test_nobody_is_kept_out_by_the_text(self):
        for book in BOOKS.values():
            self.expect(0, "check", book, "--layout", "booklet", "--strict")

    def test_every_article_is_in_every_language(self):
        folder = command.ROOT / "content/booklet"
        names = {language: sorted(p.name.split(".")[0] for p in folder.glob(f"*.{language}.md")) for language in BOOKS}
        self.assertEqual(names["en"], names["sr-Latn"])
        self.assertEqual(names["en"], names["sr-Cyrl"])
        for language, book in BOOKS.items():
            text = book.read_text(encoding="utf8")
            for name in names[language]:
                self.assertEqual(text.count(f"{name}.{language}.md"), 1)

    def test_cyrillic_texts_are_the_latin_ones_letter_by_letter(self):
        folder = command.ROOT / "content/booklet"
        for latin in sorted(folder.glob("*.sr-Latn.md")):
            cyrillic = latin.with_name(latin.name.replace("sr-Latn", "sr-Cyrl"))
            for number, (one, other) in enumerate(zip(words_of(latin), words_of(cyrillic), strict=True), 1):
                with self.subTest(file=cyrillic.name, line=number):
                    self.assertEqual(other, in_cyrillic(one))

    def test_no_latin_letter_hides_in_cyrillic_words(self):
        folder = command.ROOT / "content/booklet"
        for path in sorted([*folder.glob("*.sr-Cyrl.*"), *(command.ROOT / "content").glob("*.sr-Cyrl.md")]):
            for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
                with self.subTest(file=path.name, line=number):
                    self.assertNotRegex(line, f"[{CYRILLIC}][A-Za-zĆćČčĐđŠšŽž]|[A-Za-zĆćČčĐđŠšŽž][{CYRILLIC}]")

    def test_editions_are_built_alike(self):
        folder = command.ROOT / "content/booklet"
        for english in sorted(folder.glob("*.en.md")):
            for language in ("sr-Latn", "sr-Cyrl"):
                with self.subTest(file=english.name, language=language):
                    other = english.with_name(english.name.replace(".en.", f".{language}."))
                    self.assertEqual(shape_of(other), shape_of(english))


if __name__ == "__main__":
    command.main()
