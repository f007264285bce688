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


if __name__ == "__main__":
    command.main()
