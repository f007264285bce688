"""What the tests of the command share: running it in a folder of its own."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CASES = pathlib.Path(__file__).resolve().parent.parent / "cases"
ROOT = CASES.parent.parent


def presskit_path():
    return str(pathlib.Path(sys.argv[1]).resolve())


class CommandTest(unittest.TestCase):
    """A folder with a good article and office: article.md, office.yaml."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="presskit-cli-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name).resolve()
        shutil.copy(CASES / "_article.md", self.folder / "article.md")
        shutil.copy(CASES / "_office.yaml", self.folder / "office.yaml")
        for picture in CASES.glob("_*.svg"):
            shutil.copy(picture, self.folder)

    def run_command(self, *arguments, program=None, cwd=None, env=None, **options):
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "SOURCE_DATE_EPOCH")}
        # A build folder may lie anywhere; an installed program finds its own data.
        environment["PRESSKIT_DATA"] = str(ROOT)
        if program:
            del environment["PRESSKIT_DATA"]
        environment.update(env or {})
        options.setdefault("stdout", subprocess.PIPE)
        run = subprocess.run([program or presskit_path(), *map(str, arguments)], cwd=cwd or self.folder,
                             env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120,
                             check=False, **options)
        run.stderr = run.stderr.decode("utf-8", "backslashreplace")
        return run

    def expect(self, status, *arguments, **options):
        """Runs and checks the exit status; returns (stdout, stderr) as text."""
        run = self.run_command(*arguments, **options)
        self.assertEqual(run.returncode, status, f"{arguments}: {run.stderr}")
        return (run.stdout or b"").decode("utf-8", "backslashreplace"), run.stderr

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
