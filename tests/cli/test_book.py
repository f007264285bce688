"""A book of many articles, made by the command and read by tools that are not ours.

The book is that of tests/book; other ones are made of its articles."""
import re
import subprocess
import unittest

import pikepdf

import command
from books import HEAD, BookTest, labels_of, pages_of


class Books(BookTest):
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

    def test_an_entry_of_contents_is_one_link_from_word_to_number(self):
        self.check("--edition", "screen")
        with pikepdf.open(self.folder / "out.pdf") as pdf:
            page = pdf.pages[4]
            areas = [[float(v) for v in link.Rect] for link in page.Annots]
            self.assertEqual(len(areas), 6)
            right = float(page.MediaBox[2]) - 22 * 72 / 25.4
            for left, bottom, end, top in areas:
                self.assertLess(left, 17.5 * 72 / 25.4)
                self.assertAlmostEqual(end, right, delta=1)
                self.assertLess(top - bottom, 20)

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

    def test_a_block_without_its_words_has_no_rules(self):
        layout = (self.folder / "layout.yaml").read_text()
        box = ("      cip: {left: 17mm, right: 22mm, bottom: 60mm, style: caption, rule-above: {thickness: 1pt, ink: office}, "
               "lines: [\"{book.cip}\"]}\n")
        imprint = "  imprint:\n    boxes:\n"
        (self.folder / "layout.yaml").write_text(layout.replace(imprint, imprint + box))
        for words, rules in (("", 0), ("words: {cip: CIP}\n", 1)):
            self.write(HEAD.replace("parts:\n", words + "parts:\n") + "  - page: imprint\n")
            run = self.render("own.yaml", "--dump", "list")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(run.stdout.decode().count(" rect "), rules)

    def test_pages_for_notes_have_a_title(self):
        book = (self.folder / "run-on.en.yaml").read_text()
        for fill, title in (("{of: 4, fill: notes}", "Notes"), ("{of: 4, fill: notes, title: Your page}", "Your page")):
            self.write(book.replace("parts:\n  - {contents", f"multiple: {fill}\nparts:\n  - {{contents"))
            run = self.render("own.yaml", "--edition", "screen")
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertEqual(pages_of(self.folder / "out.pdf")[5:], [title] * 3)
        self.write(HEAD.replace("lang: en", "lang: sr-Cyrl").replace("parts:", "multiple: {of: 4, fill: notes}\nparts:")
                   + "  - {page: title}\n")
        self.assertEqual(self.render("own.yaml", "--edition", "screen").returncode, 0)
        self.assertEqual(pages_of(self.folder / "out.pdf")[1:], ["Белешке"] * 3)

    def test_office_and_proof_editions_hold_all_pages(self):
        for edition in ("office", "proof"):
            self.assertEqual(len(self.check("--edition", edition)), 16)
            with pikepdf.open(self.folder / "out.pdf") as pdf:
                box = [float(v) for v in pdf.pages[0].get("/CropBox", pdf.pages[0].MediaBox)]
                self.assertAlmostEqual(box[2] - box[0], 148 * 72 / 25.4, 1, edition)
                self.assertNotIn("/StructTreeRoot", pdf.Root)
                self.assertEqual("/Duplex" in pdf.Root.get("/ViewerPreferences", {}), edition == "office")

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

    def test_a_book_is_imposed_and_checked_as_an_article_is(self):
        run = self.run_command("impose", "book.en.yaml", "--scheme", "saddle-stitch", "--sheet", "A4", "-o", "out.pdf")
        self.assertEqual(run.returncode, 0, run.stderr)
        with pikepdf.open(self.folder / "out.pdf") as pdf:
            self.assertEqual(len(pdf.pages), 8)
        run = self.run_command("preflight", "book.en.yaml", "--printer", "sheetfed-coated-x4")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_articles_run_on_below_each_other(self):
        run = self.render("run-on.en.yaml")
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stderr)
        pages = pages_of(self.folder / "out.pdf")
        self.assertEqual(len(pages), 5)
        for title, number in {"Short things": 2, "The bridge that was not there": 3, "Seven and four": 4,
                              "A school with two front doors": 4, "The years in figures": 5}.items():
            self.assertRegex(pages[0], re.escape(title) + rf"[ .]* {number}\b")
            self.assertIn(title, pages[number - 1])
        self.assertIn("see page 4.", pages[2])
        self.assertIn("the table of page 5.", pages[3])
        self.assertRegex(pages[3], r"same words\.2 .* 2 One of the letters")  # notes count on
        self.assertTrue(pages[4].startswith("Short things · The years in figures"), pages[4][:60])
        words = {}
        out = subprocess.run(["pdftotext", "-bbox", "-f", "4", "-l", "4", self.folder / "out.pdf", "-"], check=True,
                             capture_output=True, text=True).stdout
        for box in re.finditer(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)<', out):
            words.setdefault(box[3], (float(box[1]), float(box[2])))
        self.assertGreater(words["Seven"][0] - words["bridge."][1], 13)  # two rows, less the height of its letters

    def test_articles_that_run_on_are_sections_of_their_own(self):
        self.assertEqual(self.render("run-on.en.yaml", "--edition", "screen").returncode, 0)
        with pikepdf.open(self.folder / "out.pdf") as pdf:
            document = pdf.Root.StructTreeRoot.K
            document = document[0] if isinstance(document, pikepdf.Array) else document
            section = [k for k in document.K if k.S == "/Sect"][-1]
            articles = [k for k in section.K if k.S == "/Sect"]
            self.assertEqual([[str(k.S) for k in a.K if str(k.S).startswith("/H")] for a in articles], [["/H2"]] * 4)
            with pdf.open_outline() as outline:
                inner = outline.root[-1].children
                self.assertEqual([item.title for item in inner],
                                 ["The bridge that was not there", "Seven and four", "A school with two front doors",
                                  "The years in figures"])
            names = {str(n) for n in list(pdf.Root.Names.Dests.Names)[::2]}
            self.assertLessEqual({"01-bridge", "02-ferry", "02-ferry.why-it-stayed", "03-school", "04-figures"}, names)
        for edition in ("html", "text"):
            run = self.run_command("render", "run-on.en.yaml", "--edition", edition, "-o", "words")
            self.assertEqual(run.returncode, 0, run.stderr)
            words = (self.folder / "words").read_text()
            at = [words.index(part) for part in ("what it carried", "kept its hours", "faces the river", "counted twice")]
            self.assertEqual(at, sorted(at))

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
                ("  - {article: 03-school.en.md, begin: run-on}\n", f"own.yaml:{part}", "book-run-on", "no article before"),
                ("  - {page: title}\n  - {article: 03-school.en.md, begin: run-on}\n", f"own.yaml:{part + 1}", "book-run-on",
                 "no article before"),
                ("  - {page: title, begin: run-on}\n", f"own.yaml:{part}", "book-run-on", "only articles"),
                ("  - 03-school.en.md\n  - {article: 04-figures.en.md, begin: run-on, first: title}\n",
                 f"own.yaml:{part + 1}", "book-run-on", "no masters"),
                ("  - {article: 03-school.en.md, begin: run-up}\n", f"own.yaml:{part}", "unknown-value", "run-up"),
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

    def test_a_new_book_works_as_it_is(self):
        run = self.run_command("new", "book", "year")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        for lang, words in (("en", "Contents"), ("sr-Latn", "Sadržaj"), ("sr-Cyrl", "Садржај")):
            for edition in ("press", "screen"):
                run = self.render(f"year/book.{lang}.yaml", "--edition", edition, "--strict", "--quiet")
                self.assertEqual((run.returncode, run.stderr, run.stdout), (0, "", b""), f"{lang} {edition}")
            pages = pages_of(self.folder / "out.pdf")
            self.assertEqual(len(pages), 12)
            self.assertTrue(pages[4].startswith(words))
        run = self.run_command("new", "book", "year")
        self.assertEqual(run.returncode, 1)
        self.assertIn("output-exists", run.stderr)

    def test_a_reference_needs_its_book(self):
        run = self.render("01-bridge.en.md", "--quiet")
        self.assertEqual(run.returncode, 1)
        self.assertIn("01-bridge.en.md:12:31: error[book-reference]", run.stderr)


if __name__ == "__main__":
    command.main()
