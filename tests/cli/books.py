"""What the tests of books share: the books of tests/book in a folder of their own."""
import pathlib
import shutil
import subprocess

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


class BookTest(command.CommandTest):
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
