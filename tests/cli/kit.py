"""Kits for the tests of presskit batch."""
import json
import os
import pathlib

import command

ARTICLE = """---
headline: {headline}
lang: {lang}
dateline: {{place: Belgrade, date: 2021-06-26}}
---
{text}
"""

# Furniture of nothing but text, so that a thousand pieces take seconds.
LAYOUT = """presskit: layout/1
extends: press-release
"""

WORDS = {"en": "The office and its partners trained forty young engineers in the valley, and will go on with it.",
         "sr-Latn": "Kancelarija i njeni partneri obučili su četrdeset mladih inženjera u dolini, i nastaviće s tim.",
         "sr-Cyrl": "Канцеларија и њени партнери обучили су четрдесет младих инжењера у долини, и наставиће с тим."}


class KitTest(command.CommandTest):
    """A folder with office.yaml, in which kits are written and run."""

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def write_article(self, name, headline="A workshop for the valley", lang="en", text=None):
        self.write(name, ARTICLE.format(headline=json.dumps(headline, ensure_ascii=False), lang=lang,
                                        text=text or WORDS[lang]))

    def write_kit(self, text, name="kit.yaml"):
        return self.write(name, "presskit: kit/1\noffice: office.yaml\n" + text)

    def batch(self, status, *arguments, kit="kit.yaml", **options):
        """Runs `presskit batch`; returns (stdout, stderr)."""
        options.setdefault("env", {}).setdefault("XDG_CACHE_HOME", str(self.folder / ".cache"))
        return self.expect(status, "batch", kit, "--diagnostics", "short", *arguments, **options)

    def outputs(self, folder="out"):
        """Names and bytes of what was made."""
        root = self.folder / folder
        return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*"))
                if path.is_file() and path.name != ".presskit-journal"}

    def times(self, folder="out"):
        root = pathlib.Path(self.folder / folder)
        return {str(p.relative_to(root)): os.stat(p).st_mtime_ns for p in root.rglob("*.pdf")}
