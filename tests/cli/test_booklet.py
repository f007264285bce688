"""The sample book: whole in every language and layout."""
import re
import subprocess

import command

BOOKS = {language: command.ROOT / f"content/booklet/book.{language}.yaml" for language in ("en", "sr-Latn", "sr-Cyrl")}
PAGES = 48


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
            entries = re.findall(r"^\s*(\S.*?)\s+(?:\.\s+)+(\d+)\s*$", pages[4], re.M)
            self.assertEqual(len(entries), 14)
            for title, number in entries:
                with self.subTest(language=language, title=title):
                    words = "".join(pages[int(number) + 1].split())
                    self.assertIn("".join(title.split()), words)

    def test_every_article_is_in_every_language(self):
        folder = command.ROOT / "content/booklet"
        names = {language: sorted(p.name.split(".")[0] for p in folder.glob(f"*.{language}.md")) for language in BOOKS}
        self.assertEqual(names["en"], names["sr-Latn"])
        self.assertEqual(names["en"], names["sr-Cyrl"])
        for language, book in BOOKS.items():
            text = book.read_text(encoding="utf8")
            for name in names[language]:
                self.assertEqual(text.count(f"{name}.{language}.md"), 1)


if __name__ == "__main__":
    command.main()
