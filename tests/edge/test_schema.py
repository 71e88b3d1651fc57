"""The JSON Schema of the front matter: draft-07, and in step with what decoding reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from generator import cadence
from generator.cli import main
from generator.decode import decode
from generator.jsonschema import CADENCES, json_schema
from generator.markdown import Markdown
from generator.record import FOLDERS, TYPES
from generator.schema import keys_of
from generator.text import Source

CONTENT = Path(__file__).parents[2] / "content"
FOLDER_OF = {t: folder for folder, t in FOLDERS.items()}
SAMPLES = [path for path in sorted(CONTENT.rglob("*.md")) if path.read_text("utf-8").startswith("---\n")]


class EditorLoader(yaml.SafeLoader):
    """Types scalars as YAML 1.2's core schema does, which the language server reads by."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own attribute, replaced whole


for tag, form, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), list(first))


def header(path: Path) -> str:
    return path.read_text("utf-8").split("---\n")[1]


def of(path: Path) -> type:
    parts = path.relative_to(CONTENT).parts
    return next(FOLDERS[p] for p in reversed(parts) if p in FOLDERS)


VALIDATORS = {t: Draft7Validator(json_schema(t)) for t in TYPES}
WHOLE = Draft7Validator(json_schema())


def faults(text: str, kind: type) -> list[str]:
    """Return what the schema finds wrong with a header, as an editor types it."""
    value = yaml.load(text, EditorLoader)
    return sorted(f"{'.'.join(map(str, e.path))}: {e.validator}" for e in VALIDATORS[kind].iter_errors(value))


def test_every_schema_is_draft_07() -> None:
    for schema in (json_schema(), *(json_schema(t) for t in TYPES)):
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        Draft7Validator.check_schema(schema)


def test_the_sample_is_there() -> None:
    assert len(SAMPLES) > 200
    assert {of(p) for p in SAMPLES} == set(TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda t: t.type)
def test_the_sample_validates_as_an_editor_types_it(kind: type) -> None:
    wrong = {p.name: f for p in SAMPLES if of(p) is kind and (f := faults(header(p), kind))}
    assert wrong == {}


@pytest.mark.parametrize("kind", TYPES, ids=lambda t: t.type)
def test_the_sample_validates_as_text_alone(kind: type) -> None:
    """Quoted numbers, dates and flags are read too, so the schema takes them."""
    wrong = [
        (p.name, e.message)
        for p in SAMPLES
        if of(p) is kind
        for e in VALIDATORS[kind].iter_errors(yaml.load(header(p), yaml.BaseLoader))
    ]
    assert wrong == []


def test_a_header_that_names_its_type_is_held_to_it() -> None:
    record = {"type": "cycle", "title": "Q1", "start": "2026-01-01"}
    assert [e.message for e in WHOLE.iter_errors(record)] == ["'end' is a required property"]
    assert not WHOLE.is_valid({"type": "chekin", "date": "2026-01-01"})


def test_a_header_without_type_may_be_of_any() -> None:
    assert WHOLE.is_valid({"date": "2026-01-12", "health": "有风险", "x-mood": {"sky": ["grey"]}})
    assert not WHOLE.is_valid({"date": "2026-01-12", "helth": "at_risk"})


VALID = "delegator: ada\nowner: lin\ntitle: Launch\n"

BROKEN = {
    "key": ("colour: red", ": additionalProperties"),
    "key-in-a-block": ("authority: {lvl: 4}", "authority: additionalProperties"),
    "status": ("status: done", "status: enum"),
    "date": ("due: 2026-3-2", "due: pattern"),
    "list": ("tags: one", "tags: type"),
    "level": ("authority: {level: 8}", "authority.level: enum"),
    "grace": ("plan: {grace: 91}", "plan.grace: maximum"),
    "cadence": ("plan: {cadence: often}", "plan.cadence: anyOf"),
    "weight": ("criteria: [{id: a, weight: heavy}]", "criteria.0.weight: pattern"),
    "entry": ("milestones: [{title: Beta}]", "milestones.0: required"),
    "reference": ("team: a/b", "team: pattern"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_slip_is_found(case: str) -> None:
    line, fault = BROKEN[case]
    kind = next(t for t in TYPES if t.type == "delegation")
    assert faults(VALID, kind) == []
    text = f"{VALID}{line}\n"
    found = faults(text, kind)
    # An entry's schema stands in an `anyOf` because the key may be left empty.
    deep = [
        f"{'.'.join(map(str, (*e.absolute_path,)))}: {e.validator}"
        for top in VALIDATORS[kind].iter_errors(yaml.load(text, EditorLoader))
        for e in (top, *(top.context or ()))
    ]
    assert found
    assert fault in deep
    record, diagnostics = decode(Source(0, "delegations/launch.md", f"---\n{text}---\n".encode()), Markdown())
    assert diagnostics, record


SPELLINGS = {
    "checkin": """\
date: 2026-01-12
title: 2026
health: 有风险
progress: '40'
confidence: 4
milestones: {a: done, b: 2026-01-01, c: 40}
metrics: {n: 1.5}
issues: [{id: 1, needs: team:app}, {id: b, needs: {outside: The bank}}]
responses: [{by: ada, date: 2026-01-13}]
restated:
""",
    "delegation": f"""\
{VALID}cycle: 2026
due:
tags: []
x-cost: 12
plan: {{cadence: weekly on friday, methods: [一对一]}}
changes: [{{date: 2026-01-01, field: teams, from: [a], to: }}]
authority: {{level: 共识, target_level: 7}}
""",
    "evaluation": """\
date: 2026-01-12
subject: person:lin
evaluator: ada
scale: 1-7
scores: {a: 4, b: {score: 3.5, note: no}}
development: [Read, {what: Write, done: 2026-01-01}]
""",
    "meeting": """\
date: 2026-01-12
attendees: [ada]
decisions: [Go, {what: Stay, takes_back: 是}]
""",
    "retrospective": """\
date: 2026-01-12
cycle: 2025q4
proposals: [{id: p, what: x, continues: 2025q3.p1}]
tool_review: [{tool: checkin, verdict: 保留}]
""",
    "feedback": """\
date: 2026-01-12
from: ada
to: 'outside: The bank'
answers: checkin:launch.2026-01-10
""",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_what_decoding_reads_the_schema_takes(name: str) -> None:
    kind = next(t for t in TYPES if t.type == name)
    source = Source(0, f"{FOLDER_OF[kind]}/a.md", f"---\n{SPELLINGS[name]}---\n".encode())
    assert decode(source, Markdown())[1] == ()
    assert faults(SPELLINGS[name], kind) == []


def test_every_key_is_described() -> None:
    for kind in TYPES:
        properties = json_schema(kind)["definitions"][kind.type]["properties"]
        assert list(properties) == ["type", "id", *keys_of(kind)]
        assert all(p["description"] for p in properties.values())


def test_named_rhythms_are_those_that_are_read() -> None:
    assert set(CADENCES) == set(cadence._NAMED)


def test_the_command_prints_it() -> None:
    run = CliRunner()
    assert json.loads(run.invoke(main, ["schema"]).output) == json_schema()
    checkin = next(t for t in TYPES if t.type == "checkin")
    assert json.loads(run.invoke(main, ["schema", "checkin"]).output) == json_schema(checkin)
    assert run.invoke(main, ["schema", "chekin"]).exit_code == 2
