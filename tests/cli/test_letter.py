#!/usr/bin/env python3
"""Letters: the address where the window of an envelope is, what is read in which order,
and what is left out where nothing is said."""
import re
import subprocess

import command

MM = 72 / 25.4
LETTER = """---
headline: The boats
lang: {lang}
dateline: {{place: Beograd, date: 2026-05-02}}
{front}
---
Dear reader,

{text}
"""
WINDOW = (20 * MM, 45 * MM, 105 * MM, 90 * MM)  # DIN 5008, form B; left, top, right, bottom


class Letter(command.CommandTest):
    def letter(self, front="", lang="en", text="The boats are ready.", edition="screen", expected=0):
        (self.folder / "l.md").write_text(LETTER.format(front=front, lang=lang, text=text))
        out = self.folder / f"l.{edition}"
        _, err = self.expect(expected, "render", "l.md", "--layout", "letter", "--edition", edition, "-o", out)
        return out if not expected else err

    def words(self, path):
        """(x, y, word) of each word of the first page, from its upper left corner."""
        page = subprocess.run(["pdftotext", "-bbox", "-l", "1", path, "-"], capture_output=True, text=True, check=True).stdout
        found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        return [(*map(float, word[:4]), word[4]) for word in found]

    def test_six_lines_of_address_and_nothing_else_are_seen_in_the_window(self):
        lines = ["Ana", "Savez", "Odsek", "Jadarska", "Loznica", "Srbija"]
        words = self.words(self.letter(f"recipient: [{', '.join(lines)}]\nreference: 1/26"))
        seen = [w[4] for w in words if w[2] > WINDOW[0] and w[0] < WINDOW[2] and w[3] > 62 * MM and w[1] < WINDOW[3]]
        self.assertEqual(seen, lines)
        for word in (w for w in words if w[4] in lines):
            self.assertGreater(word[0], WINDOW[0] + 4 * MM)
            self.assertLess(word[3], WINDOW[3] + 0.5)

    def test_an_address_that_the_window_does_not_hold_is_told(self):
        err = self.letter(f"recipient: [{', '.join('abcdefgh')}]", expected=1)
        self.assertIn("the text of the box 'recipient' is", err)

    def test_what_a_row_does_not_have_is_left_out(self):
        (self.folder / "guests.csv").write_text("name,street,title,extra\nAna,,,\nVesna,Kej 3,Head,map\n")
        (self.folder / "l.md").write_text(LETTER.format(lang="en", text="The boats are ready.", front=(
            'recipient: ["{row.name}", "{row.street?}", Loznica]\nenclosures: ["{row.extra?}"]\nsubhead: "{row.title?}"\n'
            'signature: {name: Milica, title: "{row.title?}"}')))
        (self.folder / "kit.yaml").write_text("presskit: kit/1\ndocuments:\n  l: {articles: l.md, data: guests.csv, "
                                              "layouts: letter, editions: text, output: '{row.name}'}\n")
        self.expect(0, "batch", "kit.yaml")
        ana, vesna = ((self.folder / f"out/{name}.txt").read_text() for name in ("Ana", "Vesna"))
        self.assertIn("Ana\nLoznica\n", ana)
        self.assertTrue(ana.rstrip().endswith("Milica"), ana)
        self.assertIn("Vesna\nKej 3\nLoznica\n", vesna)
        self.assertTrue(vesna.rstrip().endswith("Yours sincerely,\n\nMilica\nHead\n\nEnclosures: map"), vesna)

    def test_it_is_read_from_the_address_to_what_is_enclosed(self):
        for lang, number, closing, enclosed in (("en", "Our ref.", "Yours sincerely,", "Enclosures"),
                                                ("sr-Latn", "Broj", "S poštovanjem,", "Prilozi"),
                                                ("sr-Cyrl", "Број", "С поштовањем,", "Прилози")):
            page = self.letter("recipient: [Ana, Loznica]\nreference: 02-114/26\nenclosures: [plan, map]\n"
                               "signature: {name: Milica, title: Head}", lang, edition="html").read_text()
            order = ['class="recipient">Ana<br', "Loznica", f"{number}:", "02-114/26", "Beograd, 2", "<h1", "Dear reader",
                     "The boats are ready", closing, "Milica", "Head", f"{enclosed}:", "plan; map"]
            places = [page.find(part, page.find("<body")) for part in order]
            self.assertNotIn(-1, places, f"{lang}: {list(zip(order, places))}\n{page}")
            self.assertEqual(places, sorted(places), lang)

    def test_own_closing_goes_before_that_of_the_language(self):
        text = self.letter("signature: {closing: 'With kind regards,', name: Milica}", edition="text").read_text()
        self.assertIn("With kind regards,", text)
        self.assertNotIn("sincerely", text)
        self.assertIn("Yours sincerely,", self.letter("signature: Milica", edition="text").read_text())

    def test_a_signature_is_never_alone_on_a_page(self):
        body = "The boats are ready, and whoever wishes to may come and see them. "
        for count in range(4, 60, 5):
            out = self.letter("signature: {name: Milica, title: Head}", text="\n\n".join([body * 3] * count))
            pages = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
            last = [page for page in pages.split("\f") if page.strip()][-1]
            self.assertIn("Milica", last)
            self.assertIn("Yours sincerely,", last)
            self.assertIn("boats", last, f"{count} paragraphs")


if __name__ == "__main__":
    command.main()
