#!/usr/bin/env python3
"""presskit batch: which pieces there are, what fills them, what is left alone."""
import hashlib
import json
import re
import subprocess
import unittest

import pikepdf

import command
import kit

THREE = """languages: [en, sr-Latn, sr-Cyrl]
editions: [press, screen]
output: "{edition}/{article}"
documents:
  story: story.{language}.md
"""

GUESTS = """documents:
  invitation:
    articles: invitation.md
    editions: screen
    data: guests.csv
    output: "{row}-{row.name}"
"""

INVITATION = "The office invites {row.name} to table {row.table}; it was {facts.exercises} times a success."


class Batch(kit.KitTest):
    def three_languages(self):
        for lang in kit.WORDS:
            self.write_article(f"story.{lang}.md", lang=lang)
        self.write_kit(THREE)

    def guests(self, rows, text=INVITATION):
        self.write_article("invitation.md", headline="For {row.name}", text=text)
        self.write("guests.csv", "name,table\n" + rows)
        self.write_kit("facts: {exercises: 42}\n" + GUESTS)

    def text_of(self, name):
        text = subprocess.run(["pdftotext", self.folder / "out" / name, "-"], capture_output=True, text=True,
                              check=True).stdout
        return " ".join(text.split())

    # ---- pieces

    def test_documents_by_languages_by_editions(self):
        self.three_languages()
        self.batch(0)
        names = {f"{edition}/story.{lang}.pdf" for edition in ("press", "screen") for lang in kit.WORDS}
        self.assertEqual(set(self.outputs()), names)

    def test_a_piece_is_what_render_makes(self):
        self.three_languages()
        self.batch(0)
        self.expect(0, "render", "story.sr-Cyrl.md", "--edition", "screen", "-o", "one.pdf")
        self.assertEqual(self.outputs()["screen/story.sr-Cyrl.pdf"], (self.folder / "one.pdf").read_bytes())

    def test_any_number_of_workers_makes_the_same(self):
        self.three_languages()
        self.batch(0, "-j", "1", "-o", "one")
        self.batch(0, "-j", "7", "-o", "many")
        self.assertEqual(self.outputs("one"), self.outputs("many"))

    def test_a_dry_run_names_the_pieces_and_makes_none(self):
        self.three_languages()
        out, _ = self.batch(0, "--dry-run")
        self.assertEqual(len(out.splitlines()), 6)
        self.assertIn("press/story.en.pdf\n", out)
        self.assertFalse((self.folder / "out").exists())

    def test_only_takes_a_document_or_a_pattern(self):
        self.three_languages()
        self.batch(0, "--only", "screen/*.sr-*.pdf")
        self.assertEqual(set(self.outputs()), {"screen/story.sr-Latn.pdf", "screen/story.sr-Cyrl.pdf"})
        self.assertEqual(len(self.batch(0, "--only", "story", "-n")[0].splitlines()), 6)
        self.assertIn("names no document and no piece of the kit", self.batch(1, "--only", "nothing", "-n")[1])

    def test_a_kit_may_be_named_by_its_folder(self):
        self.three_languages()
        self.batch(0, "-n", kit=".")

    def test_overrides_are_laid_over_the_layout(self):
        self.write_article("story.en.md")
        self.write_kit("documents:\n  a: {articles: story.en.md, output: a}\n"
                       "  b: {articles: story.en.md, output: b, overrides: {page: {size: A5}}}\n")
        self.batch(0)
        sizes = [subprocess.run(["pdfinfo", self.folder / f"out/{name}.pdf"], capture_output=True, text=True,
                                check=True).stdout for name in "ab"]
        self.assertNotEqual(*[[line for line in text.splitlines() if "Page size" in line] for text in sizes])

    def test_pictures_of_pages_are_pieces_too(self):
        self.write_article("story.en.md", text="\n\n".join(kit.WORDS["en"] * 8 for _ in range(6)))
        self.write_kit("formats: [pdf, png]\ndpi: 40\ndocuments:\n  story: story.en.md\n")
        self.batch(0)
        made = set(self.outputs())
        self.assertIn("story.en-1.png", made)
        _, err = self.batch(0)
        self.assertIn("2 unchanged", err)
        (self.folder / "out/story.en-2.png").unlink()
        _, err = self.batch(0)
        self.assertIn("1 written, 1 unchanged", err)
        self.assertEqual(set(self.outputs()), made)

    def test_editions_of_words_are_pieces_too(self):
        self.write_article("story.en.md")
        self.write_kit("editions: [screen, text, html]\nformats: [pdf, png]\nprinters: [newspaper, sheetfed-coated-x4]\n"
                       "documents:\n  story: {articles: story.en.md, output: story}\n")
        self.batch(0)
        self.assertEqual(list(self.outputs()), ["story.html", "story.pdf", "story.png", "story.txt"])
        self.expect(0, "render", "story.en.md", "--edition", "html", "-o", "one.html")
        self.assertEqual(self.outputs()["story.html"], (self.folder / "one.html").read_bytes())
        self.assertIn("trained forty young engineers", " ".join(self.outputs()["story.txt"].decode().split()))
        self.assertIn("4 unchanged", self.batch(0)[1])

    def test_names_must_tell_the_pieces_apart(self):
        self.three_languages()
        self.write_kit(THREE.replace("{edition}/", ""))
        _, err = self.batch(1)
        self.assertIn("error[piece-names]: two pieces of the kit have the name story.en.pdf", err)
        self.assertFalse(self.outputs())

    def test_names_stay_in_the_folder(self):
        self.guests("../../evil,1\n")
        self.batch(0)
        self.assertEqual(list(self.outputs()), ["00001--.-..-evil.pdf"])
        self.write_kit("facts: {exercises: 42}\n" + GUESTS.replace("{row}-{row.name}", "../{row}"))
        self.assertIn("no name of a file below the output folder", self.batch(1)[1])

    # ---- rows and facts

    def test_a_row_chooses_letterhead_and_partner_logo(self):
        self.guests("Ana,1\nMarko,2\n")
        self.write("guests.csv", "name,table,desk,logo\nAna,1,loznica,_logo\nMarko,2,belgrade,\n")
        for desk in ("Loznica", "Belgrade"):
            self.write(f"desks/{desk.lower()}.yaml", f"presskit: office/1\nname: {desk} Desk\n")
        self.write("my.yaml", "presskit: layout/1\nextends: letter.yaml\nmasters:\n  first:\n    boxes:\n"
                              "      partner: {right: 20mm, width: 20mm, top: 13mm, height: 20mm, art: \"{row.logo?}.svg\"}\n"
                              "      for: {left: 25mm, width: 60mm, top: 40mm, style: footer, lines: [\"for {row.name}\"]}\n")
        kit_text = "facts: {exercises: 42}\n" + GUESTS + '    layouts: my.yaml\n    office: "desks/{row.desk}.yaml"\n'
        self.write_kit(kit_text)
        self.batch(0)
        ana, marko = self.text_of("00001-Ana.pdf"), self.text_of("00002-Marko.pdf")
        self.assertIn("Loznica Desk", ana)
        self.assertIn("Belgrade Desk", marko)
        self.assertIn("for Ana", ana)
        sizes = [len(self.outputs()[name]) for name in ("00001-Ana.pdf", "00002-Marko.pdf")]
        self.assertGreater(sizes[0], sizes[1] + 300, "the logo is in one of them")

    def test_what_a_row_names_is_looked_for_before_anything_is_made(self):
        self.write_article("letter.en.md", headline="For {row.name}", text="Dear {row.name}, {facts.places} places.")
        self.write("guests.csv", "name,lang,desk,look,logo\nAna,en,loznica,my,_logo\nMarko,sr,nis,mine,_lgo\n")
        self.write("desks/loznica.yaml", "presskit: office/1\nname: Loznica\n")
        self.write("my.yaml", "presskit: layout/1\nextends: letter.yaml\nmasters:\n  first:\n    boxes:\n"
                              "      p: {right: 20mm, width: 20mm, top: 13mm, height: 20mm, art: \"{row.logo}.svg\"}\n"
                              "      for: {left: 25mm, width: 60mm, top: 40mm, lines: [\"for {row.nmae}\"]}\n")
        self.write_kit('documents:\n  l:\n    data: guests.csv\n    articles: "letter.{row.lang}.md"\n    layouts: "{row.look}.yaml"\n'
                       '    office: "desks/{row.desk}.yaml"\n')
        _, err = self.batch(1)
        self.assertIn("letter.en.md:6:18: error[merge-unknown]: there is no fact 'places'", err)
        self.assertIn("my.yaml:7:57: error[merge-unknown]: there is no column 'nmae'", err)
        self.assertIn("kit.yaml:6:15: error[file-missing]: row 2 names an article: there is no file 'letter.sr.md'", err)
        self.write("guests.csv", (self.folder / "guests.csv").read_text().replace(",sr,", ",en,"))
        self.write_article("letter.en.md", headline="For {row.name}")
        _, err = self.batch(1)
        self.assertIn("kit.yaml:7:14: error[file-missing]: row 2 names a layout: there is no file 'mine.yaml'", err)
        self.assertIn("kit.yaml:8:13: error[file-missing]: row 2 names an office: there is no file 'desks/nis.yaml'", err)
        self.assertFalse(self.outputs())

    def test_one_document_is_made_whatever_is_wrong_with_others(self):
        self.guests("Ana,1\n,2\n")
        self.write_article("story.en.md")
        self.write_kit("facts: {exercises: 42}\n" + GUESTS + "  story: {articles: story.en.md}\n")
        self.batch(1)
        self.assertFalse(self.outputs())
        self.batch(0, "--only", "story")
        self.assertEqual(list(self.outputs()), ["story.en.pdf"])

    def test_what_many_pieces_would_say_is_said_once(self):
        self.guests("Ana,1\nMarko,2\nVesna,3\n")
        (self.folder / "office.yaml").unlink()
        self.write("kit.yaml", "presskit: kit/1\nfacts: {exercises: 42}\n" + GUESTS)
        _, err = self.batch(0)
        self.assertEqual(err.count("office-missing"), 1, err)

    def test_a_kit_is_checked_and_nothing_is_made(self):
        self.write_article("a.md", headline="For {row.name}", text="Click [here](https://a.example).")
        self.write_article("b.md", text="Two of {facts.places}.\n\n![One](gone.jpg)")
        self.write("guests.csv", "name\nAna\nMarko\n")
        self.write_kit("facts: {places: 2}\ndocuments:\n  a: {articles: a.md, data: guests.csv, editions: [press, screen]}\n"
                       "  b: {articles: b.md}\n  c: {articles: missing.md}\n")
        before = self.files()
        _, err = self.expect(1, "check", ".", "--diagnostics", "short", "--report", "r.json")
        self.assertEqual(err.count("a.md:6:8: warning[link-vague]"), 1, err)
        self.assertIn("b.md:8:8: error[file-missing]", err)
        self.assertIn("kit.yaml:7:17: error[file-missing]: there is no file 'missing.md'", err)
        self.assertEqual(self.files(), sorted([*before, "r.json"]))
        report = json.loads((self.folder / "r.json").read_text())
        self.assertEqual((report["files"][0]["path"], report["files"][0]["errors"]), (".", 2))
        self.write("guests.csv", "name,name\nAna\n")
        self.assertIn("error[data-row]: two columns have the same name",
                      self.expect(1, "check", "kit.yaml", "--diagnostics", "short")[1])

    def test_the_summary_names_failures_and_their_places(self):
        self.write_article("a.md", lang="xx", text="A.")
        self.write_article("b.md", text="![One](gone.jpg)")
        self.write_article("c.md")
        self.write_kit("documents:\n  d: {articles: [a.md, b.md, c.md]}\n")
        _, err = self.batch(1)
        summary = err[err.index("presskit: "):].splitlines()
        self.assertRegex(summary[0], r"1 written, 2 failed in [\d.]+ s")
        self.assertEqual(len(summary), 3)
        self.assertTrue(any(re.match(r"  a\.pdf: a\.md has errors: a\.md:3:7: ", line) for line in summary), err)
        self.assertTrue(any(line.startswith("  b.pdf: b.md:6:8: ./gone.jpg does not exist") for line in summary), err)

    def test_rows_and_facts_fill_texts(self):
        self.guests("Ana Ilić,7\n\"Marko, Jr.\",12\n")
        self.batch(0)
        self.assertEqual(list(self.outputs()), ["00001-Ana-Ilić.pdf", "00002-Marko,-Jr..pdf"])
        self.assertIn("invites Marko, Jr. to table 12; it was 42 times", self.text_of("00002-Marko,-Jr..pdf"))

    def test_values_are_words_and_never_markdown(self):
        self.guests("*Ana* [x](y) <b> `c` # 1. &amp; \\\\,1. x\n", text="{row.table}\n\n# {row.name}\n\nEnd of {row.name}")
        self.batch(0)
        name, = self.outputs()
        text = self.text_of(name)
        self.assertEqual(text.count("*Ana* [x](y) <b> `c` # 1. &amp; \\\\"), 3)
        self.assertIn("1. x", text)

    def test_an_unknown_fact_is_an_error_at_its_place(self):
        self.guests("Ana,1\n", text="So many: {facts.exercizes}.")
        _, err = self.batch(1)
        self.assertIn("invitation.md:6:10: error[merge-unknown]: there is no fact 'exercizes'", err)

    def test_an_unknown_column_is_an_error_before_anything_is_made(self):
        self.guests("Ana,1\nMarko,2\n", text="{row.nme}")
        _, err = self.batch(1)
        self.assertEqual(err.count("invitation.md:6:1: error[merge-unknown]: there is no column 'nme'"), 1)
        self.assertFalse(self.outputs())

    def test_a_missing_value_names_row_column_and_line(self):
        self.guests("Ana,1\n,2\nMarko,\n")
        _, err = self.batch(1)
        self.assertIn("invitation.md:6:20: error[merge-empty]: row 2 has no value in the column 'name'", err)
        self.assertIn("invitation.md:6:40: error[merge-empty]: row 3 has no value in the column 'table'", err)
        self.assertFalse(self.outputs())
        self.guests("Ana,1\nMarko,\n", text="{row.name} sits at table {row.table?}")
        self.batch(0)

    def test_a_missing_picture_names_row_and_line(self):
        self.guests("Ana,1\nMarko,2\n", text="Look:\n\n![A portrait](portraits/{row.name}.svg)")
        self.write("portraits/Ana.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        _, err = self.batch(1)
        self.assertIn("invitation.md:8:25: error[file-missing]: row 2 names a picture that is not there", err)
        self.assertFalse(self.outputs())
        self.write("portraits/Marko.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        self.batch(0)

    def test_conditions_choose_rows(self):
        self.guests("Ana,1\nMarko,2\nZoran,3\n")
        self.write_kit("facts: {exercises: 42}\n" + GUESTS + "    when: {table: [1, 2]}\n    unless: {name: Marko}\n")
        self.batch(0)
        self.assertEqual(list(self.outputs()), ["00001-Ana.pdf"])
        self.write_kit("facts: {exercises: 42}\n" + GUESTS + "    when: {tabel: 1}\n")
        self.assertIn("did you mean", self.batch(1, "--diagnostics", "human")[1])

    def test_faults_of_the_data_stop_the_run_before_it_begins(self):
        self.guests("Ana,1\nMarko,2,3\n\"Zoran\"x,1\n")
        _, err = self.batch(1)
        self.assertIn("guests.csv:3:1: error[data-row]: row 2 has 3 values", err)
        self.assertIn("guests.csv:4:8: error[data-row]", err)
        self.assertFalse(self.outputs())

    def test_the_row_may_choose_the_layout_and_the_language(self):
        for lang in kit.WORDS:
            self.write_article(f"letter.{lang}.md", lang=lang, text=kit.WORDS[lang] + " {row.name}")
        self.write("guests.jsonl", '{"name": "Ana", "lang": "sr-Latn", "look": "handout"}\n'
                                   '{"name": "Bob", "lang": "en", "look": "press-release"}\n')
        self.write_kit('documents:\n  letter: {articles: "letter.{row.lang}.md", layouts: "{row.look}", '
                       'data: guests.jsonl, output: "{row.name}"}\n')
        self.batch(0)
        self.assertIn("Kancelarija", self.text_of("Ana.pdf"))
        self.assertIn("The office", self.text_of("Bob.pdf"))

    # ---- many rows in one file

    def many(self, extra="", editions="screen"):
        rows = [("Ana", "sr-Latn"), ("Bob", "en"), ("Цвета", "sr-Cyrl"), ("Dana", "en"), ("Eve", "en")]
        for lang in kit.WORDS:
            self.write_article(f"letter.{lang}.md", lang=lang, headline="For {row.name}",
                               text=kit.WORDS[lang] + " {row.name}[^1], see [below](#more).\n\n## More\n\nMore for {row.name}."
                               "\n\n[^1]: A note.")
        self.write("guests.csv", "name,lang\n" + "".join(f"{name},{lang}\n" for name, lang in rows))
        self.write_kit(f'documents:\n  letter: {{articles: "letter.{{row.lang}}.md", data: guests.csv, rows-per-file: 2, '
                       f'editions: {editions}, output: "{{edition}}/{{row}}"{extra}}}\n')

    def test_many_rows_go_into_one_file(self):
        self.many()
        self.batch(0)
        self.assertEqual(list(self.outputs()),
                         ["screen/00001-00002.pdf", "screen/00003-00004.pdf", "screen/00005.pdf"])
        with pikepdf.open(self.folder / "out/screen/00001-00002.pdf") as pdf:
            with pdf.open_outline() as outline:
                self.assertEqual([item.title for item in outline.root], ["For Ana", "For Bob"])
                self.assertEqual([[below.title for below in item.children] for item in outline.root], [["More"]] * 2)
            self.assertEqual([page.label for page in pdf.pages], ["1-1", "2-1"])
            sections = pdf.Root.StructTreeRoot.K.K
            self.assertEqual([str(section.S) for section in sections], ["/Sect", "/Sect"])
            self.assertEqual([str(section.Lang) for section in sections], ["sr-Latn", "en"])
            for number, page in enumerate(pdf.pages):
                places = [str(link.A.D) for link in page.Annots if link.A.S == "/GoTo"]
                self.assertEqual(len(places), 2)
                self.assertTrue(all(place.startswith(f"r{number + 1}-") for place in places), places)
        self.assertIn("More for Bob", self.text_of("screen/00001-00002.pdf"))
        self.assertIn("3 unchanged", self.batch(0)[1])
        self.write("guests.csv", (self.folder / "guests.csv").read_text().replace("Dana", "Dora"))
        self.assertIn("1 written, 2 unchanged", self.batch(0)[1])

    def test_a_file_of_many_rows_has_the_pages_of_each(self):
        self.many()
        self.batch(0)
        self.write_kit((self.folder / "kit.yaml").read_text().split("\n", 2)[2].replace("rows-per-file: 2, ", ""))
        self.batch(0, "-o", "alone")

        def lines(path):
            made = subprocess.run(["mutool", "draw", "-F", "stext", "-o", "-", path], capture_output=True, check=True)
            return [line for line in made.stdout.splitlines() if line.startswith(b"<line ")]
        both = lines(self.folder / "out/screen/00001-00002.pdf")
        self.assertEqual(both, lines(self.folder / "alone/screen/00001.pdf") + lines(self.folder / "alone/screen/00002.pdf"))

    def test_each_row_begins_on_a_sheet_of_its_own(self):
        self.many(', bookmark: "{row.name} ({row})"', editions="office")
        self.batch(0)
        with pikepdf.open(self.folder / "out/office/00003-00004.pdf") as pdf:
            with pdf.open_outline() as outline:
                self.assertEqual([item.title for item in outline.root], ["Цвета (00003)", "Dana (00004)"])
            self.assertEqual([page.label for page in pdf.pages], ["3-1", "3-2", "4-1", "4-2"])
        self.batch(0, "--only", "letter", "-o", "again", "-j", "1")
        self.assertEqual(self.outputs(), self.outputs("again"))

    def test_rows_of_one_file_want_one_layout(self):
        self.many(', layouts: "{row.lang}.yaml"')
        for lang in kit.WORDS:
            self.write(f"{lang}.yaml", "presskit: layout/1\nextends: press-release\n")
        self.assertIn("rows 1 and 2 of one file ask for sr-Latn.yaml and en.yaml", self.batch(1)[1])
        self.many(editions="[screen, text]")
        self.assertIn("'letter' has the edition text, which has no pages", self.batch(1)[1])

    # ---- what has not changed

    def test_what_has_not_changed_is_left_alone(self):
        self.guests("Ana,1\nMarko,2\nZoran,3\n")
        self.batch(0)
        before, times = self.outputs(), self.times()
        self.assertIn("3 unchanged", self.batch(0)[1])
        self.assertEqual(self.times(), times)
        self.write("guests.csv", "name,table\nAna,1\nMarko,20\nZoran,3\n")
        self.assertIn("1 written, 2 unchanged", self.batch(0)[1])
        after = self.outputs()
        self.assertEqual([name for name in before if before[name] != after[name]], ["00002-Marko.pdf"])
        self.assertIn("3 written", self.batch(0, "--force")[1])
        self.assertEqual(self.outputs(), after)

    def test_every_input_is_looked_at(self):
        self.guests("Ana,1\n")
        self.write("my.yaml", "presskit: layout/1\nextends: press-release\n")
        self.write_kit("facts: {exercises: 42}\nlayouts: my.yaml\n" + GUESTS)
        self.batch(0)
        office = (self.folder / "office.yaml").read_text()
        for change in (lambda: self.write("my.yaml", "presskit: layout/1\nextends: handout\n"),
                       lambda: self.write("office.yaml", office + "# a word\n"),
                       lambda: self.write_article("invitation.md", headline="Other", text=INVITATION),
                       lambda: self.write_kit("facts: {exercises: 43}\nlayouts: my.yaml\n" + GUESTS),
                       lambda: (self.folder / "out/00001-Ana.pdf").write_bytes(b"%PDF- spoilt"),
                       lambda: (self.folder / "out/00001-Ana.pdf").unlink()):
            change()
            self.assertIn("1 written", self.batch(0)[1])
            self.assertIn("1 unchanged", self.batch(0)[1])

    def test_only_what_a_piece_uses_is_looked_at(self):
        self.guests("Ana,1\nMarko,2\n")
        self.batch(0)
        self.write("guests.csv", "name,seen,table\nAna,yes,1\nMarko,no,2\n")
        self.write_kit("facts: {exercises: 42, partners: 7}\n" + GUESTS)
        self.assertIn("2 unchanged", self.batch(0)[1])
        self.write("guests.csv", "name,seen,table\nAna,no,1\nMarko,no,3\n")
        self.assertIn("1 written, 1 unchanged", self.batch(0)[1])
        self.write_kit("facts: {exercises: 43, partners: 7}\n" + GUESTS)
        self.assertIn("2 written", self.batch(0)[1])
        self.assertIn("it was 43 times", self.text_of("00002-Marko.pdf"))
        # A layout and an office that are shared tell what they use as well.
        self.write("my.yaml", "presskit: layout/1\nextends: press-release\nmasters:\n  first:\n    boxes:\n"
                              "      mark: {left: 20mm, right: 20mm, top: 5mm, lines: [\"Of {facts.partners}\"]}\n")
        self.write_kit("facts: {exercises: 43, partners: 7}\nlayouts: my.yaml\n" + GUESTS)
        self.assertIn("2 written", self.batch(0)[1])
        self.write_kit("facts: {exercises: 43, partners: 8}\nlayouts: my.yaml\n" + GUESTS)
        self.assertIn("2 written", self.batch(0)[1])

    def test_a_copy_that_was_touched_is_proven_by_its_bytes(self):
        self.guests("Ana,1\n")
        self.batch(0)
        (self.folder / "out/00001-Ana.pdf").touch()
        self.assertIn("1 unchanged", self.batch(0)[1])

    # ---- failures, report

    def test_a_broken_piece_stops_no_other(self):
        for number in range(40):
            self.write_article(f"n{number}.md", text="![x](absent.jpg)" if number % 10 == 3 else None)
        names = ", ".join(f"n{number}.md" for number in range(40))
        self.write_kit(f"editions: screen\ndocuments:\n  all: {{articles: [{names}]}}\n")
        _, err = self.batch(1, "--report", "report.json")
        self.assertEqual(len(self.outputs()), 36)
        for number in (3, 13, 23, 33):
            self.assertIn(f"n{number}.pdf failed:\n", err)
            self.assertIn(f"n{number}.md:6:6: error[file-missing]", err)
        self.assertIn("36 written, 4 failed", err)
        report = json.loads((self.folder / "report.json").read_text())
        self.assertEqual([p["file"] for p in report["pieces"] if p["state"] == "failed"],
                         ["n3.pdf", "n13.pdf", "n23.pdf", "n33.pdf"])

    def test_a_broken_layout_is_told_once(self):
        self.guests("Ana,1\nMarko,2\nZoran,3\n")
        self.write("my.yaml", "presskit: layout/1\nextends: press-release\nstiles: {}\n")
        self.write_kit("facts: {exercises: 42}\nlayouts: my.yaml\n" + GUESTS)
        _, err = self.batch(1)
        self.assertEqual(err.count("error[unknown-field]"), 1)
        self.assertEqual(err.count("error[piece-input]: my.yaml has errors: my.yaml:"), 3)

    def test_the_report_says_what_became_of_each_piece(self):
        self.guests("Ana,1\nMarko,2\n")
        for state in ("written", "unchanged"):
            self.batch(0, "--report", "report.json")
            report = json.loads((self.folder / "report.json").read_text())
            self.assertEqual((report["total"], report[state], len(report["pieces"])), (2, 2, 2))
            piece = report["pieces"][1]
            data = self.outputs()[piece["file"]]
            self.assertEqual((piece["rows"], piece["pages"], piece["bytes"], piece["sha256"]),
                             ([2, 2], 1, len(data), hashlib.sha256(data).hexdigest()))

    def test_strict_fails_pieces_with_warnings(self):
        self.write_article("story.en.md", text="See[^1].\n\n[^1]: Note.\n[^2]: Never used.")
        self.write_kit("documents:\n  story: story.en.md\n")
        self.batch(0, "-o", "loose")
        self.batch(1, "--strict")
        self.assertFalse(self.outputs())

    def test_wrong_use_is_told(self):
        self.three_languages()
        for arguments in (("--shard", "0/3"), ("--shard", "4/3"), ("--shard", "x"), ("--shard", "auto"), ("-j", "0")):
            self.batch(2, *arguments, env={"SLURM_ARRAY_TASK_ID": "", "PARALLEL_SEQ": "", "JOB_COMPLETION_INDEX": ""})
        self.assertIn("error[file-missing]", self.batch(1, kit="absent.yaml")[1])

    def test_the_cache_is_shown_and_emptied(self):
        cache = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        self.expect(0, "render", "article.md", "-q", env=cache)
        self.assertRegex(self.expect(0, "cache", "info", env=cache)[0], r"^1 entries, 0\.\d MiB of 256, in ")
        self.assertIn("removed 1 entries", self.expect(0, "cache", "clear", env=cache)[0])
        self.assertIn("0 entries", self.expect(0, "cache", "info", env=cache)[0])


if __name__ == "__main__":
    command.main()
