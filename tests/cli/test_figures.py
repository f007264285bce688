#!/usr/bin/env python3
"""What a picture says: its caption, and what is read out to those who cannot see it."""
import re

import command

ART = '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'


class Figures(command.CommandTest):
    def render(self, words, *arguments, code=0):
        (self.folder / "art.svg").write_text(ART)
        (self.folder / "f.md").write_text(f"---\nheadline: H\nlang: en\n---\nBefore it.\n\n![{words}](art.svg)\n")
        return self.expect(code, "render", "f.md", *arguments)

    def captions(self, words):
        page = self.render(words, "--dump", "page")[0]
        return [m for m in re.findall(r'caption line \S+ \S+ "(.*)"', page)]

    def test_what_follows_a_bar_is_read_out_and_not_printed(self):
        self.assertEqual(self.captions("The *bridge* | A boat under it"), ["The bridge"])
        self.assertIn('alternate="A boat under it"', self.render("The *bridge* | A boat under it", "--dump", "article")[0])

    def test_a_picture_may_have_no_caption(self):
        self.assertEqual(self.captions("| A boat"), [])

    def test_a_caption_alone_serves_both(self):
        self.assertEqual(self.captions("The bridge"), ["The bridge"])
        self.assertEqual(self.captions("The bridge |"), ["The bridge"])

    def test_a_picture_must_say_something(self):
        self.assertIn("alternate", self.render("|", "--diagnostics", "short", "--strict", "-o", "f.pdf", code=1)[1])

    def pages_of(self, body, layout="press-release"):
        """Of each page its master and how many pictures of the text it has."""
        (self.folder / "art.svg").write_text(ART)
        (self.folder / "own.yaml").write_text(
            f"presskit: layout/1\nextends: {layout}.yaml\n"
            "masters: {photo: {boxes: {n: {right: 9mm, bottom: 9mm, width: 9mm, style: folio, lines: ['{page}']}}}}\n")
        head = "---\nheadline: H\nlang: en\nfigures:\n  art.svg: {place: page, focus: [10%, 50%]}\n---\n"
        (self.folder / "p.md").write_text(head + body)
        dump = self.expect(0, "render", "p.md", "--layout", "own.yaml", "--dump", "page")[0]
        return dump, re.findall(r"^page \d+ (\S+)", dump, re.M)

    def test_a_picture_that_is_a_page_comes_after_its_mention(self):
        text = "The water fell by four centimetres an hour that night and the next. " * 4 + "\n\n"
        for body in (text * 30 + "![B](art.svg)\n\n" + text * 2, text + "![B](art.svg)\n\n" + text * 40,
                     text + "![B](art.svg)\n", "![B](art.svg)\n\n" + text):
            dump, masters = self.pages_of(body)
            self.assertEqual(masters.count("photo"), 1, masters)
            self.assertNotEqual(masters[0], "photo")
        dump, masters = self.pages_of((text * 3 + "![B](art.svg)\n\n") * 3, "handout")
        self.assertEqual(masters.count("photo"), 3, masters)

    def test_a_picture_that_is_a_page_covers_the_bleed(self):
        dump, masters = self.pages_of("Words.[^1]\n\n![B](art.svg)\n\n[^1]: A note.\n")
        page = dump.split("page 2 photo")[1]
        self.assertRegex(page, r"art -8\.50 -8\.50 612\.28 858\.90")
        self.assertLess(page.index("figure art"), page.index("- line"))
        self.assertIn('caption line', page)

    def test_a_picture_with_few_pixels_is_told_once_at_its_line(self):
        from PIL import Image  # of the tests alone
        for width, code in ((300, "image-coarse"), (2400, None)):
            Image.new("RGB", (width, width // 2), "grey").save(self.folder / "p.jpg", dpi=(72, 72))
            (self.folder / "f.md").write_text("---\nheadline: H\nlang: en\n---\nWords.\n\n![P](p.jpg)\n\n![P](p.jpg)\n")
            for edition in ("screen", "office", "proof"):
                said = self.expect(0, "render", "f.md", "--layout", "press-release", "--edition", edition, "-o", "f.pdf",
                                   "--diagnostics", "short")[1]
                self.assertEqual(said.count("image-coarse"), 1 if code else 0, f"{edition}: {said}")
                if code:
                    self.assertRegex(said, r"f\.md:7:\d+: warning\[image-coarse\]: p\.jpg is \d+ ppi")


if __name__ == "__main__":
    command.main()
