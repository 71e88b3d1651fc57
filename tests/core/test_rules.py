"""Every rule, broken once: the case bears the code's name, and the whole of what is found is compared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.bounds import CHARACTERS
from generator.disk import scan
from generator.frontmatter import FILE_LIMIT, HEADER_LIMIT
from generator.record import TYPES
from generator.rules import RULES
from generator.schema import Target, keys_of

API = "title: API\nowner: ada\ndelegator: ben\n"
FEEDBACK = "date: 2026-01-05\nfrom: ada\nto: ben\n"
EVALUATION = "date: 2026-01-05\nsubject: ada\nevaluator: ben\n"
RETRO = "date: 2026-01-05\ncycle: q1\n"
Q1 = ("cycles/q1.md", "---\ntitle: Q1\nstart: 2026-01-01\nend: 2026-03-31\n---\n")


def api(lines: str = "", body: str = "") -> tuple[str, str]:
    return ("delegations/api.md", f"---\n{API}{lines}---\n{body}")


def checkin(lines: str = "", body: str = "") -> tuple[str, str]:
    return ("checkins/api/c.md", f"---\ndate: 2026-01-05\n{lines}---\n{body}")


Files = list[tuple[str, str | bytes]]

# Code, files beside four people, and everything that is found: `path:line:column code`.
CASES: dict[str, tuple[Files, list[str]]] = {
    # The file as such.
    "file-too-large": (
        [("delegations/api.md", b"---\n" + b"a" * FILE_LIMIT)],
        ["delegations/api.md:1:1 file-too-large"],
    ),
    "not-utf8": ([("delegations/api.md", b"---\ntitle: \xff\n---\n")], ["delegations/api.md:2:8 not-utf8"]),
    "no-type": ([("api.md", "---\ntitle: A\n---\n")], ["api.md:1:1 no-type"]),
    # The header's frame.
    "no-header": ([("delegations/api.md", "# API\n")], ["delegations/api.md:1:1 no-header"]),
    "text-before-header": (
        [("delegations/api.md", f"\u200b---\n{API}---\n")],
        ["delegations/api.md:1:1 text-before-header"],
    ),
    "foreign-header": (
        [("delegations/api.md", '+++\ntitle = "A"\n+++\n')],
        ["delegations/api.md:1:1 foreign-header"],
    ),
    "header-unclosed": ([("delegations/api.md", f"---\n{API}")], ["delegations/api.md:1:1 header-unclosed"]),
    "header-closed-by-dots": (
        [("delegations/api.md", f"---\n{API}...\n")],
        ["delegations/api.md:5:1 header-closed-by-dots"],
    ),
    "header-too-large": (
        [api(f"goal: {'a' * HEADER_LIMIT}\n")],
        ["delegations/api.md:1:1 header-too-large"],
    ),
    # The header's YAML.
    "header-syntax": ([api("goal: a: b\n")], ["delegations/api.md:5:8 header-syntax"]),
    "full-width": ([api("goal：more\n")], ["delegations/api.md:5:5 full-width"]),
    "control-character": ([api("goal: \u202eA\n")], ["delegations/api.md:5:7 control-character"]),
    "yaml-feature": ([api("goal: &a A\n")], ["delegations/api.md:5:7 yaml-feature"]),
    "too-deep": ([api("x-a: " + "[" * 30 + "]" * 30 + "\n")], ["delegations/api.md:5:25 too-deep"]),
    "too-many-values": (
        [api("tags: [" + "a, " * 20_000 + "]\n")],
        ["delegations/api.md:5:59981 too-many-values"],
    ),
    "not-a-mapping": ([("delegations/api.md", "---\n- a\n---\n")], ["delegations/api.md:2:1 not-a-mapping"]),
    "duplicate-key": ([api("owner: ben\n")], ["delegations/api.md:5:1 duplicate-key"]),
    # Keys and values.
    "unknown-type": ([api("type: deligation\n")], ["delegations/api.md:5:7 unknown-type"]),
    "unknown-key": ([api("dues: 2026-02-01\n")], ["delegations/api.md:5:1 unknown-key"]),
    "missing-key": (
        [("delegations/api.md", "---\ntitle: A\nowner: ada\n---\n")],
        ["delegations/api.md:4:1 missing-key"],
    ),
    "empty-value": (
        [("delegations/api.md", "---\ntitle: A\nowner:\ndelegator: ben\n---\n")],
        ["delegations/api.md:3:1 empty-value"],
    ),
    "wrong-shape": ([api("contributors: cai\n")], ["delegations/api.md:5:15 wrong-shape"]),
    "bad-date": ([api("due: next week\n")], ["delegations/api.md:5:6 bad-date"]),
    "no-such-day": ([api("due: 2026-02-30\n")], ["delegations/api.md:5:6 no-such-day"]),
    "bad-number": ([api(), checkin("progress: half\n")], ["checkins/api/c.md:3:11 bad-number"]),
    "out-of-range": ([api(), checkin("progress: 140\n")], ["checkins/api/c.md:3:11 out-of-range"]),
    "bad-choice": ([api("status: runing\n")], ["delegations/api.md:5:9 bad-choice"]),
    "bad-level": ([api("authority: {level: 8}\n")], ["delegations/api.md:5:20 bad-level"]),
    "bad-cadence": ([api("plan: {cadence: sometimes}\n")], ["delegations/api.md:5:17 bad-cadence"]),
    "bad-id": ([api("id: ../x\n")], ["delegations/api.md:5:5 bad-id"]),
    "bad-reference": ([api("parent: a/b\n")], ["delegations/api.md:5:9 bad-reference"]),
    "bad-scale": (
        [api(), ("evaluations/api/e.md", f"---\n{EVALUATION}scale: 5-1\n---\n")],
        ["evaluations/api/e.md:5:8 bad-scale"],
    ),
    "bad-change-field": (
        [api("changes: [{date: 2026-01-02, field: duedate, to: 2026-02-01}]\n")],
        ["delegations/api.md:5:37 bad-change-field"],
    ),
    "duplicate-entry": (
        [api("milestones: [{id: beta}, {id: Beta}]\n")],
        ["delegations/api.md:5:31 duplicate-entry"],
    ),
    # The body.
    "body-too-large": ([api(body="a" * (CHARACTERS + 1))], ["delegations/api.md:6:1 body-too-large"]),
    "body-too-deep": ([api(body="a\n\n" + "> " * 11 + "b\n")], ["delegations/api.md:8:1 body-too-deep"]),
    "table-too-large": (
        [api(body="a\n\n|b|\n|-|\n" + "|c|\n" * 10_000)],
        ["delegations/api.md:8:1 table-too-large"],
    ),
    "links-too-long": (
        [api(body=f"[a]: http://b/{'c' * 60_000}\n\n" + "[a] " * 10)],
        ["delegations/api.md:8:1 links-too-long"],
    ),
    "raw-html": ([api(body="one\n\n<b>two\n")], ["delegations/api.md:8:1 raw-html"]),
    "unsafe-link": ([api(body="a [b](javascript:c)\n")], ["delegations/api.md:6:7 unsafe-link"]),
    "remote-image": ([api(body="![a](https://b.example/c.png)\n")], ["delegations/api.md:6:6 remote-image"]),
    "missing-file": ([api(body="[a](notes.pdf)\n")], ["delegations/api.md:6:5 missing-file"]),
    "file-kind": (
        [api(body="[a](run.exe)\n"), ("delegations/run.exe", b"MZ")],
        ["delegations/api.md:6:5 file-kind"],
    ),
    "dangling-link": ([api(body="See [[apo]].\n")], ["delegations/api.md:6:7 dangling-link"]),
    # Records together.
    "unknown-reference": ([api("contributors: [cia]\n")], ["delegations/api.md:5:16 unknown-reference"]),
    "duplicate-id": (
        [api(), ("delegations/b.md", f"---\n{API}id: API\n---\n")],
        ["delegations/api.md:1:1 duplicate-id"],
    ),
    "reference-cycle": (
        [api("depends_on: [b]\n"), ("delegations/b.md", f"---\n{API}depends_on: [api]\n---\n")],
        ["delegations/api.md:5:13 reference-cycle"],
    ),
    "no-delegation": (
        [("checkins/c.md", "---\ndate: 2026-01-05\n---\n")],
        ["checkins/c.md:1:1 no-delegation"],
    ),
    "no-subject": ([("evaluations/e.md", f"---\n{EVALUATION}---\n")], ["evaluations/e.md:1:1 no-subject"]),
    "owner-is-delegator": (
        [("delegations/api.md", "---\ntitle: A\nowner: ada\ndelegator: ada\n---\n")],
        ["delegations/api.md:3:8 owner-is-delegator"],
    ),
    "dates-reversed": (
        [api("start: 2026-03-01\ndue: 2026-02-01\n")],
        ["delegations/api.md:6:6 dates-reversed"],
    ),
    "weights": (
        [api("criteria: [{id: a, weight: 60}, {id: b, weight: 30}]\n")],
        ["delegations/api.md:5:11 weights"],
    ),
    "change-mismatch": (
        [api("due: 2026-03-01\nchanges: [{date: 2026-01-02, field: due, to: 2026-02-01}]\n")],
        ["delegations/api.md:6:46 change-mismatch"],
    ),
    "on-hold-unrecorded": ([api("status: on_hold\n")], ["delegations/api.md:5:9 on-hold-unrecorded"]),
    "undated-end": ([api("status: completed\n")], ["delegations/api.md:5:9 undated-end"]),
    "unknown-entry": (
        [api(), checkin("milestones: {beta: done}\n")],
        ["checkins/api/c.md:3:14 unknown-entry"],
    ),
    "unknown-proposal": (
        [Q1, ("retrospectives/r.md", f"---\n{RETRO}proposals: [{{id: a, what: b, continues: q0.x}}]\n---\n")],
        ["retrospectives/r.md:4:41 unknown-proposal"],
    ),
    "unknown-threshold": (
        [api("plan: {thresholds: {response_day: 3}}\n")],
        ["delegations/api.md:5:21 unknown-threshold"],
    ),
    "too-many-named": (
        [("meetings/m.md", "---\ndate: 2026-01-05\nkind: one_on_one\nattendees: [ada, ben, cai]\n---\n")],
        ["meetings/m.md:4:12 too-many-named"],
    ),
    "hidden-checkin": (
        [api("start: 2026-01-01\nplan: {cadence: weekly}\n"), checkin("visibility: line\n")],
        ["checkins/api/c.md:3:13 hidden-checkin"],
    ),
    "score-off-scale": (
        [api(), ("evaluations/api/e.md", f"---\n{EVALUATION}scores: {{quality: 6}}\n---\n")],
        ["evaluations/api/e.md:5:19 score-off-scale"],
    ),
    "unknown-rating": (
        [api(), ("evaluations/api/e.md", f"---\n{EVALUATION}rating: good\n---\n")],
        ["evaluations/api/e.md:5:9 unknown-rating"],
    ),
    "metric-file": (
        [api("metrics: [{id: users, file: users.csv}]\n")],
        ["delegations/api.md:5:29 metric-file"],
    ),
    "metric-value": (
        [
            api("metrics: [{id: users, file: users.csv}]\n"),
            ("delegations/users.csv", "date,users\n2026-01-01,many\n2026-13-01,4\n2026-02-01,\n"),
        ],
        ["delegations/api.md:5:29 metric-value", "delegations/api.md:5:29 metric-value"],
    ),
    "settings": ([("remit.toml", 'title = "A"\ntimezon = "UTC"\n')], ["remit.toml:2:1 settings"]),
}


@pytest.mark.parametrize("code", CASES)
def test_rule(case, code):
    files, expected = CASES[code]
    case.people()
    for path, text in files:
        case.write(path, text)
    assert case.codes() == expected
    for diagnostic in case.diagnostics():
        assert "{" not in diagnostic.remedy().replace("{date: …", "").replace("{title: ", "")
        first = diagnostic.message().split()[0]
        assert first in {"TOML", "YAML"} or first[0] == first[0].lower()
        assert not diagnostic.message().endswith(".")


ON_DISK = {"not-a-file", "unreadable"}
"""Rules that only a disk can break; each has a test below."""


def test_every_rule_has_its_case():
    assert set(CASES) | ON_DISK == {rule.code for rule in RULES}
    assert all(any(line.endswith(f" {code}") for line in expected) for code, (_, expected) in CASES.items())


def test_no_code_stands_twice():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_not_a_file(tmp_path: Path):
    (tmp_path / "delegations").mkdir()
    (tmp_path / "delegations" / "link.md").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    found = scan(tmp_path, 0)
    assert [f"{d.place} {d.message()}" for d in found.diagnostics] == [
        "delegations/link.md:1:1 a symbolic link, not a plain file: it was not opened",
        "loop:1:1 a symbolic link, not a plain file: it was not opened",
        "pipe.md:1:1 a pipe, not a plain file: it was not opened",
    ]
    assert found.sources == ()


def test_unreadable(tmp_path: Path):
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / os.fsdecode(b"ad\xff.md")).write_text("---\ntitle: A\n---\n")
    (tmp_path / "people" / "ben.md").write_text("---\ntitle: Ben\n---\n")
    found = scan(tmp_path, 0)
    assert [f"{d.place} {d.message()}" for d in found.diagnostics] == [
        "people/ad\ufffd.md:1:1 cannot be read: its name is not UTF-8"
    ]
    assert [s.path for s in found.sources] == ["people/ben.md"]


# --- every key that may be checked is checked ------------------------------------------------------


def test_a_key_that_guards_is_a_key():
    guarding = {f"{of.type}.{word}" for of in TYPES for word, (_, key) in keys_of(of).items() if key.guards}
    assert {f"{target}.visibility" for target in Target} <= guarding
    assert {"feedback.from", "feedback.to", "evaluation.signed", "meeting.attendees"} <= guarding
