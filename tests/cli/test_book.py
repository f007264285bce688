"""A book of many articles, made by the command and read by tools that are not ours.

The book is that of tests/book; other ones are made of its articles."""
import pathlib
import re
import shutil
import subprocess
import unittest

import pikepdf

import command

BOOK = pathlib.Path(__file__).resolve().parent.parent / "book"

HEAD = "presskit: book/1\nlang: en\ntitle: A book\nlayout: layout.yaml\nparts:\n"


def pages_of(pdf):
    out = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in out.split("\f")[:-1]]


def labels_of(pdf):
    numbers, labels = list(pdf.Root.PageLabels.Nums), {}
    for at, rule in zip(numbers[::2], numbers[1::2]):
        labels[int(at)] = rule
    found, rule, first = [], None, 0
    for page in range(len(pdf.pages)):
        if page in labels:
            rule, first = labels[page], page
        prefix = str(rule.get("/P", ""))
        found.append(prefix + (str(int(rule.get("/St", 1)) + page - first) if "/S" in rule else ""))
    return found


class Books(command.CommandTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(BOOK, self.folder, dirs_exist_ok=True)

    def render(self, name="book.en.yaml", *options):
        return self.run_command("render", name, "-o", "out.pdf", "--diagnostics", "short", *options)

    def write(self, text, name="own.yaml"):
        (self.folder / name).write_text(text, encoding="utf8")

    def check(self, *options):
        run = self.render("book.en.yaml", *options)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stderr)
        return pages_of(self.folder / "out.pdf")

    def test_pages_come_in_the_order_of_the_parts(self):
        pages = self.check()
        self.assertEqual(len(pages), 16)
        for page, words in {1: "Twenty-five years", 2: "", 3: "Twenty-five years", 4: "Twenty-five years on the Drina Published", 5: "Contents",
                            6: "1 How it began", 7: "The bridge that was not", 9: "Seven and four", 10: "2 What came",
                            11: "The river below", 14: "Notes", 15: "", 16: "desk@drina.example"}.items():
            self.assertTrue(pages[page - 1].startswith(words), f"page {page}: {pages[page - 1][:60]}")

    def test_contents_and_references_name_the_printed_pages(self):
        pages = self.check()
        for title, number in {"How it began": 4, "The bridge that was not there": 5, "Seven and four": 7,
                              "What came of it": 8, "A school with two front doors": 10, "The years in figures": 11}.items():
            self.assertRegex(pages[4], re.escape(title) + rf"[ .]* {number}\b")
            self.assertIn(title, pages[number + 1])
        self.assertIn("see page 7.", pages[6])
        self.assertIn("the table of page 11.", pages[8])

    def test_heads_and_folios_are_those_of_the_side(self):
        pages = self.check()
        self.assertTrue(pages[7].startswith("Twenty-five years on the Drina"))
        self.assertTrue(pages[7].endswith("6 / 12"))
        self.assertTrue(pages[6].endswith(" 5"))

    def test_file_has_labels_outline_and_links(self):
        self.check("--edition", "screen")
        with pikepdf.open(self.folder / "out.pdf") as pdf:
            labels = labels_of(pdf)
            self.assertEqual(labels, ["C1", "C2", *map(str, range(1, 13)), "C3", "C4"])
            names = [str(n) for n in list(pdf.Root.Names.Dests.Names)[::2]]
            self.assertIn("02-ferry", names)
            self.assertIn("01-bridge.what-the-engineer-wrote", names)
            links = [a.A.D for a in pdf.pages[4].Annots]
            self.assertEqual({str(link) for link in links},
                             {"section-1", "01-bridge", "02-ferry", "section-2", "03-school", "04-figures"})
            with pdf.open_outline() as outline:
                titles = {item.title: [child.title for child in item.children] for item in outline.root}
        self.assertEqual(titles["How it began"], ["The bridge that was not there", "Seven and four"])
        self.assertIn("Contents", titles)

    def test_structure_is_one_tree_without_gaps(self):
        self.check("--edition", "screen")
        out = subprocess.run(["pdfinfo", "-struct-text", self.folder / "out.pdf"], capture_output=True, text=True,
                             check=True).stdout
        levels = [int(n) for n in re.findall(r"^ *H(\d) ", out, re.M)]
        self.assertTrue(all(b <= a + 1 for a, b in zip([0, *levels], levels)), levels)
        self.assertEqual(out.count('"Twenty-five years on the Drina"'), 1, "the title is read once")
        self.assertEqual(len(re.findall("^Document", out, re.M)), 1)
        self.assertIn("Note <01-bridge.note-1>", out)
        self.assertIn("Note <02-ferry.note-1>", out)

    def test_words_of_all_editions_are_the_same(self):
        words = {}
        for edition in ("text", "html"):
            run = self.run_command("render", "book.en.yaml", "--edition", edition, "-o", "-", "--quiet")
            self.assertEqual(run.returncode, 0, run.stderr)
            text = re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", run.stdout.decode(), flags=re.S)
            words[edition] = [w for w in re.findall(r"\w+", text) if not w.isdigit()]
        self.assertEqual(sorted(set(words["text"])), sorted(set(words["html"])))
        self.assertIn("timetable", words["text"])

    def test_parts_are_set_again_until_numbers_settle(self):
        filler = "\n\n".join(["A paragraph of some length that is here to take room on the page and no more."] * 180)
        self.write(f"---\nheadline: Long\nlang: en\n---\n{filler}\n", "long.en.md")
        self.write("---\nheadline: Referring\nlang: en\n---\nSee [page {page}](04-figures.en.md), and before it "
                   "[page {page}](long.en.md).\n", "refer.en.md")
        self.write(HEAD + "  - {contents: true}\n  - refer.en.md\n  - long.en.md\n  - 04-figures.en.md\n")
        run = self.render("own.yaml", "--quiet")
        self.assertEqual(run.returncode, 0, run.stderr)
        pages = pages_of(self.folder / "out.pdf")
        last = next(i for i, page in enumerate(pages) if page.startswith("The years in figures")) + 1
        self.assertGreater(last, 9)
        self.assertIn(f"See page {last}, and before it page 3.", pages[1])
        self.assertRegex(pages[0], rf"The years in figures[ .]* {last}\b")

    def test_parts_begin_on_the_side_that_is_asked_for(self):
        self.write(HEAD + "  - {article: 03-school.en.md}\n  - {article: 04-figures.en.md, begin: right}\n"
                   "  - {article: 02-ferry.en.md, begin: left}\n  - {article: 01-bridge.en.md, begin: right}\n")
        run = self.render("own.yaml", "--quiet")
        self.assertEqual(run.returncode, 0, run.stderr)
        pages = pages_of(self.folder / "out.pdf")
        starts = [next(i for i, p in enumerate(pages) if p.startswith(t)) + 1
                  for t in ("A school", "The years", "Seven", "The bridge")]
        self.assertEqual(starts, [1, 3, 4, 5])

    def test_a_row_fills_the_book(self):
        self.write("name,lang\nThe school at Ljubovija,en\n", "rows.csv")
        self.write(HEAD.replace("A book", "For {row.name}") + "  - {page: title}\n  - 03-school.en.md\n")
        self.write("presskit: kit/1\ndata: rows.csv\ndocuments:\n  book: {articles: own.yaml, layouts: layout.yaml}\n",
                   "kit.yaml")
        run = self.run_command("batch", "kit.yaml", "-o", "made")
        self.assertEqual(run.returncode, 0, run.stderr)
        made = list((self.folder / "made").rglob("*.pdf"))
        self.assertEqual(len(made), 1)
        self.assertTrue(pages_of(made[0])[0].startswith("For The school at Ljubovija"))

    def test_a_bound_book_has_a_spine_and_a_cover_apart(self):
        book = (self.folder / "book.en.yaml").read_text()
        self.write(book.replace("parts:\n", "paper: {thickness: 0.1mm, cover: 0.25mm, binding: perfect}\nparts:\n", 1))
        run = self.render("own.yaml", "--printer", "conservative-x3")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stderr, "own.yaml:3:8: note[book-spine]: the spine is 1.1 mm wide: 6 leaves of 0.10 mm "
                                     "in a cover of 0.25 mm\n")
        cover, inside = (pages_of(self.folder / name) for name in ("out-cover.pdf", "out-inside.pdf"))
        self.assertEqual((len(cover), len(inside)), (4, 12))
        self.assertTrue(cover[0].startswith("Twenty-five years"))
        self.assertIn("desk@drina.example", cover[3])
        self.assertEqual(self.render("own.yaml", "--edition", "screen").stderr, "")

    def test_a_book_is_imposed_and_checked_as_an_article_is(self):
        run = self.run_command("impose", "book.en.yaml", "--scheme", "saddle-stitch", "--sheet", "A4", "-o", "out.pdf")
        self.assertEqual(run.returncode, 0, run.stderr)
        with pikepdf.open(self.folder / "out.pdf") as pdf:
            self.assertEqual(len(pdf.pages), 8)
        run = self.run_command("preflight", "book.en.yaml", "--printer", "sheetfed-coated-x4")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_faults_are_told_at_their_places(self):
        self.write("---\nheadline: A\nlang: en\n---\n[page {page}](nowhere.en.md)\n", "nowhere-to.en.md")
        self.write("---\nheadline: A\nlang: en\n---\n[page {page}](04-figures.en.md#the-last-yaer)\n", "heading.en.md")
        self.write("---\nheadline: \u0410\nlang: sr-Cyrl\n---\n\u0422\u0435\u043a\u0441\u0442.\n", "other.md")
        part = len(HEAD.splitlines()) + 1
        for parts, place, code, words in (
                ("  - missing.md\n", f"own.yaml:{part}", "file-missing", "missing.md"),
                ("  - {page: covr}\n", f"own.yaml:{part}", "book-master", "covr"),
                ("  - {page: title, contents: true}\n", f"own.yaml:{part}", "book-part", "several things"),
                ("  - {title: None}\n", f"own.yaml:{part}", "book-part", "not clear"),
                ("  - {section: One, partz: []}\n", f"own.yaml:{part}", "unknown-field", "partz"),
                ("  - {article: 03-school.en.md, first: frist}\n", f"own.yaml:{part}", "book-master", "frist"),
                ("  - {article: 03-school.en.md, begin: run-on}\n", f"own.yaml:{part}", "unknown-value", "run-on"),
                ("  - other.md\n", f"own.yaml:{part}", "book-language", "Cyrillic"),
                ("  - nowhere-to.en.md\n", "nowhere-to.en.md:5", "book-reference", "nowhere.en.md"),
                ("  - heading.en.md\n  - 04-figures.en.md\n", "heading.en.md:5", "book-reference", "the-last-yaer"),
                ("  []\n", "own.yaml:3", "book-parts", "no parts"),
                ("  - 03-school.en.md\nmultiple: {of: 4, fill: error}\n", f"own.yaml:{part + 1}", "book-multiple",
                 "1 page")):
            self.write(HEAD + parts)
            run = self.render("own.yaml", "--quiet")
            self.assertEqual(run.returncode, 1, parts)
            self.assertFalse((self.folder / "out.pdf").exists(), parts)
            said = [line for line in run.stderr.splitlines() if f"[{code}]" in line]
            self.assertTrue(said and (place + ":") in said[0].split(" error")[0] + " " and words in said[0], f"{parts}: {run.stderr}")

    def test_a_reference_needs_its_book(self):
        run = self.render("01-bridge.en.md", "--quiet")
        self.assertEqual(run.returncode, 1)
        self.assertIn("01-bridge.en.md:12:31: error[book-reference]", run.stderr)


if __name__ == "__main__":
    command.main()
