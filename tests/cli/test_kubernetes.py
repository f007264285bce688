#!/usr/bin/env python3
"""The manifest for Kubernetes: valid by the schemas of the oldest and the newest version
that there are, and its pods, run here one after the other, make what one run makes."""
import copy
import json
import pathlib
import subprocess
import unittest

import jsonschema
import yaml

import command
import kit

MANIFEST = command.ROOT / "scripts" / "batch.kubernetes.yaml"
PLANTED = {
    "a misspelt field": lambda job: job["spec"].update(completionMod=job["spec"].pop("completionMode")),
    "a number as text": lambda job: job["spec"].update(completions="7"),
    "a variable that is a number": lambda job: job["spec"]["template"]["spec"]["containers"][0]["env"][0].update(value=7),
    "no template": lambda job: job["spec"].pop("template"),
    "a container without a name": lambda job: job["spec"]["template"]["spec"]["containers"][0].pop("name"),
}


def manifest():
    return yaml.safe_load(MANIFEST.read_text())


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(subprocess.run([command.ROOT / "scripts" / "schemas", "--path"], capture_output=True,
                                             text=True, check=True).stdout.strip())
        if not folder.is_dir():
            raise unittest.SkipTest("no schemas of Kubernetes: scripts/setup --tests gets them")
        cls.validators = {}
        for version in folder.iterdir():
            definitions = json.loads((version / "_definitions.json").read_text().replace("/api/_definitions.json#", "#"))
            schema = {"$defs": definitions["$defs"], "$ref": "#/$defs/io.k8s.api.batch.v1.Job"}
            cls.validators[version.name] = jsonschema.Draft202012Validator(schema)

    def test_the_manifest_is_valid(self):
        self.assertGreater(len(self.validators), 1)
        for version, validator in self.validators.items():
            faults = [f"{version}: {fault.json_path}: {fault.message}" for fault in validator.iter_errors(manifest())]
            self.assertEqual(faults, [])

    def test_faults_are_found(self):
        for version, validator in self.validators.items():
            for name, plant in PLANTED.items():
                with self.subTest(version=version, fault=name):
                    job = copy.deepcopy(manifest())
                    plant(job)
                    self.assertFalse(validator.is_valid(job))


class Pods(kit.KitTest):
    def test_the_pods_make_what_one_run_makes(self):
        self.write_article("letter.md", headline="For {row.name}", text=kit.WORDS["en"] + " {row.name}")
        self.write("names.csv", "name\n" + "".join(f"Guest {n}\n" for n in range(20)))
        self.write_kit('documents:\n  letter: {articles: letter.md, editions: text, data: names.csv, output: "{row}"}\n')
        self.batch(0, "-o", "whole")
        spec = manifest()["spec"]
        container = spec["template"]["spec"]["containers"][0]
        values = {entry["name"]: entry.get("value") for entry in container["env"]}
        self.assertEqual(spec["completionMode"], "Indexed")
        self.assertEqual(str(spec["completions"]), values["PRESSKIT_SHARDS"])
        mount = container["volumeMounts"][0]["mountPath"]
        (self.folder / "reports").mkdir()
        for index in range(spec["completions"]):
            environment = {**values, "JOB_COMPLETION_INDEX": str(index), "XDG_CACHE_HOME": str(self.folder / ".cache")}
            arguments = [argument.replace("$(JOB_COMPLETION_INDEX)", str(index)).replace(f"{mount}/", f"{self.folder}/", 1)
                         for argument in container["args"]]
            self.expect(0, *arguments, env=environment)
        self.assertEqual(self.outputs(), self.outputs("whole"))
        self.expect(0, "report", *sorted((self.folder / "reports").glob("*.json")), "-o", "merged.json")


if __name__ == "__main__":
    command.main()
