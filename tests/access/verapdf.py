#!/usr/bin/env python3
"""Validates the screen edition of every sample as PDF/UA-1 and as PDF/A-2a.

    verapdf.py PRESSKIT JARS [--own]

JARS is the folder that `scripts/jars verapdf --path` prints. Each article of content/ is set in
the layout of its name, and without --own in every other one that it fits as well;
so is access.md beside this file, which has a bit of everything, and so are the sample book
in both of its layouts and the books of tests/book. One run of Java
validates all files for a standard. What the validator says of the press edition,
which is neither, shows that it would find a fault. With the article attached the
file is PDF/A-3a. Exits 77 (skipped) where there
is no Java or no validator.
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
FLAVOURS = ("ua1", "2a", "3a")
ATTACHED = "presskit: layout/1\nextends: handout.yaml\nattach-source: true\n"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def own_layouts(article, layouts):
    if article.suffix == ".yaml":
        return [HERE.parent / "book" / "layout.yaml"] if article.parent.name == "book" else ["booklet", "booklet-square"]
    kind = article.name.split(".")[0]
    return [kind] if kind in layouts else ["press-release", "handout"]


def render(presskit, article, layout, out, edition="screen"):
    """Whether the article fits the layout and was written to `out`."""
    office = ROOT / "content" / "office.yaml"
    command = [presskit, "render", article, "--layout", layout, "--office", office, "--edition", edition,
               "-o", out, "--quiet", "--diagnostics", "short"]
    run = subprocess.run([str(c) for c in command], capture_output=True, check=False,
                         env={**os.environ, "PRESSKIT_DATA": str(ROOT)})
    assert run.returncode in (0, 1), f"{article.name} in {layout}: {run.stderr.decode()}"
    return run.returncode == 0


def render_all(presskit, folder, only_own):
    layouts = sorted(path.stem for path in (ROOT / "layouts").glob("*.yaml") if path.stem != "base")
    articles = sorted((ROOT / "content").glob("*.md")) + [HERE / "access.md"]
    articles += sorted((ROOT / "content" / "booklet").glob("book.*.yaml"))
    articles += sorted((HERE.parent / "book").glob("*.en.yaml"))
    jobs = []
    for article in articles:
        own = own_layouts(article, layouts)
        for layout in own if only_own or article.suffix == ".yaml" else layouts:
            jobs.append((article, layout, folder / f"{article.parent.name}-{article.stem}.{pathlib.Path(layout).stem}.pdf", layout in own))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        fits = list(pool.map(lambda job: render(presskit, *job[:3]), jobs))
    for (article, layout, _, is_own), is_written in zip(jobs, fits):
        assert is_written or not is_own, f"{article.name} cannot be set in {layout}"
    return [job[2] for job, is_written in zip(jobs, fits) if is_written] + [render_art(presskit, folder)]


def render_art(presskit, folder):
    """A figure that is a PDF, with type in fonts of its own and something of everything."""
    sys.path.insert(0, str(HERE.parent / "press"))
    import art_file
    art_file.make(folder / "emblem.pdf")
    article, out = folder / "art.md", folder / "art.pdf"
    article.write_text("---\nheadline: A\nlang: en\n---\nText.\n\n![The emblem](emblem.pdf)\n", encoding="utf8")
    assert render(presskit, article, "handout", out), "the article with a PDF in it cannot be set"
    return out


def validate(jars, flavour, files):
    """For each file the rules of the standard that it breaks, or None where it keeps all."""
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", os.path.join(jars, "*"), MAIN,
               "--flavour", flavour, "--format", "text", "-v", *map(str, files)]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found, name = {}, None
    for line in out.splitlines():
        words = line.split()
        if words and words[0] in ("PASS", "FAIL") and words[-1] == flavour:
            name = words[1]
            found[name] = None if words[0] == "PASS" else []
        elif words and words[0] == "FAIL" and name:
            found[name].append(words[1])
    return found


def main():
    presskit, jars = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    if not shutil.which("java") or not os.path.isdir(jars):
        print("SKIPPED: there is no Java, or no veraPDF; scripts/setup --tests gets both")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="presskit-verapdf-") as temporary:
        folder = pathlib.Path(temporary)
        files = render_all(presskit, folder, "--own" in sys.argv)
        faulty = folder / "press.pdf"
        assert render(presskit, ROOT / "content" / "partnership.en.md", "handout", faulty, "press")
        layout, attached = folder / "attached.yaml", folder / "attached.pdf"
        layout.write_text(ATTACHED)
        assert render(presskit, HERE / "access.md", layout, attached)
        of_flavour = {"ua1": [*files, attached], "2a": files, "3a": [attached]}
        total = 0
        for flavour in FLAVOURS:
            found, failed = validate(jars, flavour, [*of_flavour[flavour], faulty]), 0
            assert found.get(str(faulty)), f"{flavour}: no fault is found where there are some"
            for path in of_flavour[flavour]:
                assert str(path) in found, f"{flavour}: {path.name} was not validated"
                if found[str(path)] is not None:
                    failed += 1
                    print(f"{path.name} breaks {flavour}: {', '.join(found[str(path)])}")
            print(f"{flavour}: {len(of_flavour[flavour])} files, {failed} failed")
            total += failed
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
