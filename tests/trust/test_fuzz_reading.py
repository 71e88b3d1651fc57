"""Any bytes and any slip of the pen: a record or a located fault, and never more readers than before."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
import yaml
from case import MARKDOWN, Case
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.audience import read_audience
from generator.decode import decode
from generator.ledger import Ledger, build_ledger
from generator.project import project
from generator.record import TYPES, Record
from generator.report import as_text
from generator.schema import Pick, keys_of
from generator.settings import Settings
from generator.text import Source
from generator.words import Visibility

# --- any bytes ---------------------------------------------------------------------------------------------

FOLDERS = ("delegations", "checkins/api", "feedback", "meetings", "evaluations", "people")
PIECES = st.sampled_from(
    [
        *(f"{word}: ".encode() for of in TYPES for word in keys_of(of)),
        *(f"{of.type}\n".encode() for of in TYPES),
        *(b"title: A\n owner: ada\n delegator: ben\n date: 2026-03-02\n from: ada\n to: ben\n".split(b" ")),
        *(bytes([n]) for n in range(256)),
        *(
            b"---\n",
            b"...\n",
            b"\n",
            b"  ",
            b": ",
            b"- ",
            b"[",
            b"]",
            b"{",
            b"}",
            b'"',
            b"'",
            b"|\n",
            b"&a",
            b"*a",
        ),
        *("：，“”【】\u202e\u2028\u200b\ufeff".encode()[n : n + 3] for n in range(0, 30, 3)),
        *(b"2026-03-02\n", b"private\n", b"ada\n", b"true\n", b"\\u202e", b"\\x1b", b"[[a]]", b"<b>", b"# "),
    ]
)
FILES = st.one_of(
    st.binary(max_size=400),
    st.lists(PIECES, max_size=40).map(b"".join),
    st.lists(PIECES, max_size=40).map(lambda pieces: b"---\n" + b"".join(pieces) + b"\n---\nText.\n"),
)


def survives(folder: str, data: bytes) -> None:
    record, faults = decode(Source(0, f"{folder}/x.md", data), MARKDOWN)
    assert record is not None or faults
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for fault in faults:
        assert 1 <= fault.place.line <= lines
        assert 1 <= fault.place.column < fault.place.end
    text = as_text(faults, lambda place: place.path, lambda place: None)
    assert text.replace("\n", "").isprintable()
    if record is not None:
        build_ledger([record], (Settings(),))


@given(st.sampled_from(FOLDERS), FILES)
@settings(max_examples=300)
def test_any_bytes_give_a_record_or_a_located_fault(folder, data):
    survives(folder, data)


@pytest.mark.long
@given(st.sampled_from(FOLDERS), FILES)
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_a_record_or_a_located_fault_at_length(folder, data):
    survives(folder, data)


# --- slips of the pen --------------------------------------------------------------------------------------

RESTRICTED = {
    "delegations/plan.md": "title: Plan\nowner: ada\ndelegator: ben\nteam: web\ngoal: Less\nvisibility: line\n",
    "delegations/team.md": "title: Team\nvisibility: team\nowner: ada\ndelegator: ben\nteam: web\n",
    "checkins/api/c.md": "date: 2026-03-02\nauthor: cai\nvisibility: private\nhealth: at_risk\nprogress: 40\n",
    "checkins/plan/c.md": "date: 2026-03-02\nhealth: on_track\nasks: [Help]\n",
    "feedback/line.md": "date: 2026-03-02\nfrom: cai\nto: ada\nkind: constructive\ntags: [talk]\n",
    "feedback/pair.md": "date: 2026-03-02\nfrom: ada\nto: dana\nkind: problem\n",
    "feedback/private.md": "visibility: private\ndate: 2026-03-02\nfrom: cai\nto: ada\nkind: praise\n",
    "meetings/pair.md": "date: 2026-03-02\nkind: one_on_one\nattendees: [ada, dana]\nactions: [{what: Call}]\n",
    "meetings/open.md": "date: 2026-03-02\nvisibility: team\nattendees: [ada, cai]\ndelegations: [api]\n",
    "meetings/held.md": "date: 2026-03-02\nattendees: [ada, ben, cai]\ndelegations: [api, plan]\n",
    "evaluations/self.md": "date: 2026-03-02\nsubject: ada\nevaluator: ada\nkind: self\ncycle: q1\nrating: performing\n",
    "evaluations/managers.md": "date: 2026-03-02\nsubject: ada\nevaluator: dana\nvisibility: managers\ncycle: q1\n",
    "retrospectives/r.md": "date: 2026-03-02\ncycle: q1\nteam: web\nvisibility: team\nattendees: [ada]\n",
    "cycles/q2.md": "title: Second\nstart: 2026-04-01\nend: 2026-06-30\nvisibility: pair\n",
    "people/eve.md": "title: Eve\nvisibility: line\nmanager: dana\nrole: Tester\n",
}  # fmt: skip
"""Records that not everybody sees, by what they say or by their kind."""

AUDIENCES = (
    "public",
    "org",
    "team:web",
    "team:desk",
    *(f"person:{p}" for p in ("ada", "ben", "cai", "dana", "eve")),
)


def office() -> Case:
    """Ada and Cai are in a team that Dana leads; Ben is in another; Eve's own record is restricted."""
    case = Case()
    case.write("people/ada.md", "---\ntitle: Ada\nteam: web\n---\n")
    case.write("people/cai.md", "---\ntitle: Cai\nteam: web\n---\n")
    case.write("people/ben.md", "---\ntitle: Ben\nteam: desk\n---\n")
    case.write("people/dana.md", "---\ntitle: Dana\n---\n")
    case.write("teams/web.md", "---\ntitle: Web\nlead: dana\n---\n")
    case.write("teams/desk.md", "---\ntitle: Desk\n---\n")
    case.write("cycles/q1.md", "---\ntitle: First\nstart: 2026-01-01\nend: 2026-03-31\n---\n")
    case.delegation("api")
    for path, header in RESTRICTED.items():
        case.write(path, f"---\n{header}---\nBody.\n")
    return case


@dataclass(frozen=True)
class Office:
    """The records of the office, each read once."""

    records: dict[str, Record]

    def seers(self, path: str, record: Record | None) -> frozenset[str]:
        """Return the audiences that see what a file holds, were it this record."""
        records = [r for p, r in self.records.items() if p != path] + ([record] if record else [])
        ledger, _ = build_ledger(records, (Settings(),))
        return frozenset(a for a in AUDIENCES if sees(ledger, a, path))


def sees(ledger: Ledger, audience: str, path: str) -> bool:
    who = read_audience(audience)
    assert who is not None
    return any(r.path == path for r in project(ledger, who).records)


CASE = office()
OFFICE = Office({path: CASE.record(path) for _, path in CASE.files})
SEERS = {path: OFFICE.seers(path, OFFICE.records[path]) for path in RESTRICTED}


def test_each_record_is_seen_by_some_and_not_by_all():
    assert {
        path: " ".join(sorted(s.removeprefix("person:") for s in seen)) for path, seen in SEERS.items()
    } == {
        "delegations/plan.md": "ada ben dana",
        "delegations/team.md": "ada ben cai dana team:web",
        "checkins/api/c.md": "cai",
        "checkins/plan/c.md": "ada ben dana",
        "feedback/line.md": "ada cai dana",
        "feedback/pair.md": "ada dana",
        "feedback/private.md": "cai",
        "meetings/pair.md": "ada dana",
        "meetings/open.md": "ada cai dana team:web",
        "meetings/held.md": "ada ben dana",
        "evaluations/self.md": "ada",
        "evaluations/managers.md": "dana",
        "retrospectives/r.md": "ada cai dana team:web",
        "cycles/q2.md": "",
        "people/eve.md": "dana eve",
    }


# What somebody may do to a header by accident: where (as a share of it), how much, what.
TYPED = st.sampled_from(
    ["", "", " ", "  ", "\n", "\n\n", "\t", ":", "：", ": ", "-", "---\n", "\n---\n", "...\n", "#", "# ", "'", '"', "[", "]",
     "{", "}", ",", "，", "&a ", "*a", "!x ", "|", ">", "?", "a", "e", "x", "x-", "X", "0", "_", "ada", "\u200b", "\ufeff",
     "\u202e", "\u2028", "é", "й", "\x00", "visibility", "visibility: ", "kind: ", "title: "]
)  # fmt: skip
EDIT = st.one_of(
    st.tuples(st.just("replace"), st.floats(0, 1), st.integers(0, 12), TYPED),
    st.tuples(st.just("replace"), st.floats(0, 1), st.integers(0, 1), st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])),
    st.tuples(st.sampled_from(["swap", "double", "indent", "join", "upper", "wide"]), st.floats(0, 1), st.integers(0, 9), TYPED),
)  # fmt: skip
MUTATIONS = st.tuples(st.sampled_from(list(RESTRICTED)), st.lists(EDIT, min_size=1, max_size=3))


def mutated(header: str, edits: list[tuple[str, float, int, str]]) -> str:
    for how, share, size, piece in edits:
        at = round(share * len(header))
        lines = header.split("\n")
        n = min(header.count("\n", 0, at), len(lines) - 1)
        match how:
            case "replace":
                header = header[:at] + piece + header[at + size :]
                continue
            case "swap":
                other = (n + 1) % len(lines)
                lines[n], lines[other] = lines[other], lines[n]
            case "double":
                lines.insert(n, lines[n])
            case "indent":
                lines[n] = " " * (size % 5) + lines[n]
            case "join":
                lines[n : n + 2] = [piece.join(lines[n : n + 2])]
            case "upper":
                lines[n] = lines[n].upper() if size % 2 else lines[n].title()
            case "wide":
                lines[n] = lines[n].replace(": ", "：", 1)
        header = "\n".join(lines)
    return header


# --- what a mutation may spell -----------------------------------------------------------------------------
#
# A mutation may make a record wider only by spelling, without any fault of YAML, another valid answer to who may
# see it, and that is looked at here with PyYAML alone:
#  - a key that decides stands there once with another valid value: another visibility, kind, other people; or
#  - such a key is gone for good: nothing in the file outside of comments resembles it any more, and nothing
#    has its old value.


def plain_keys(text: str) -> dict[str, str] | None:
    """Return the header's keys with their (first) values as text; nothing where it is no YAML."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode):
        return None
    return {str(name.value): flat(value) for name, value in reversed(root.value)}


def flat(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return ",".join(flat(item) for item in node.value)
    return "{" + ",".join(f"{flat(k)}:{flat(v)}" for k, v in node.value) + "}"


def resemble(a: str, b: str) -> bool:
    """Tell whether most letters of the two stand in both in the same order."""
    row = [0] * (len(b) + 1)
    for c in a:
        above = row
        row = [0]
        for n, d in enumerate(b):
            row.append(above[n] + 1 if c == d else max(above[n + 1], row[n]))
    return 2 * row[-1] / (len(a) + len(b) or 1) >= 0.7


def spells_another(path: str, before: str, after: str) -> bool:
    """Tell whether the new header says something else, and validly, about who may see the record."""
    # A line of dashes ends a header, whoever typed it.
    head, _, rest = after.partition("\n---\n") if not after.startswith("---\n") else ("", "", after)
    was, now = plain_keys(before), plain_keys(head)
    assert was is not None
    if now is None:
        return False
    of = type(OFFICE.records[path])
    guards = [word for word, (_, key) in keys_of(of).items() if key.guards] + ["id", "type", "from", "to"]
    for word in guards:
        old, new = was.get(word), now.get(word)
        if old == new or len(re.findall(rf"^[\"']?{word}[\"']?\s*:", head, re.MULTILINE)) > 1:
            continue
        if new is None:
            seen = [re.sub(r"(^|\s)#.*", "", line) for line in f"{head}\n{rest}".split("\n")]
            names = [line.split(":")[0].strip(" \"'?{-").casefold() for line in seen]
            values = [line.partition(":")[2].strip(" \"'") for line in seen]
            if not any(resemble(name, word) for name in names) and old not in values:
                return True
        elif valid(of, word, new):
            return True
    return False


def valid(of: type[Record], word: str, value: str) -> bool:
    kind = keys_of(of)[word][1].kind if word in keys_of(of) else None
    if isinstance(kind, Pick):
        return kind.choices.read(value) is not None
    if word == "signed":
        try:
            return bool(dt.date.fromisoformat(value))
        except ValueError:
            return False
    return re.fullmatch(r"[\w.,:{}\s-]+", value) is not None


def never_wider(mutation: tuple[str, list[tuple[str, float, int, str]]]) -> None:
    path, edits = mutation
    before = RESTRICTED[path]
    after = mutated(before, edits)
    record, faults = decode(Source(0, path, f"---\n{after}---\nBody.\n".encode()), MARKDOWN)
    assert record is not None or faults
    if record is None or record.guarded:
        return
    more = OFFICE.seers(path, record) - SEERS[path]
    assert not more or spells_another(path, before, after), f"{sorted(more)} see now:\n{after}"


@given(MUTATIONS)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@example(("delegations/plan.md", [("replace", 0.77, 0, "---\n")]))
def test_a_slip_of_the_pen_never_shows_a_record_to_more(mutation):
    never_wider(mutation)


@pytest.mark.long
@given(MUTATIONS)
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
def test_a_slip_of_the_pen_never_shows_a_record_to_more_at_length(mutation):
    never_wider(mutation)


def slips(line: str) -> list[str]:
    """Return a line with each of the slips that a hand makes most: a letter left out, doubled, swapped, replaced."""
    out = []
    for n in range(len(line)):
        out += [line[:n] + line[n + 1 :], line[:n] + line[n] + line[n:], line[:n] + "q" + line[n + 1 :]]
        out += [
            line[:n] + line[n + 1 : n + 2] + line[n] + line[n + 2 :],
            line[:n] + line[n].upper() + line[n + 1 :],
        ]
        out += [
            f"{line[:n]}{mark}{line[n:]}"
            for mark in (" ", "\n", "\t", ":", "：", "#", '"', "'", "-", "\u200b", "[", "x-")
        ]
    return [slip for slip in dict.fromkeys(out) if slip != line]


@pytest.mark.parametrize("path", [p for p in RESTRICTED if "visibility" in RESTRICTED[p]])
def test_every_single_slip_in_visibility(path):
    """All of them, one by one: whoever could not see the record cannot see it now."""
    before = RESTRICTED[path]
    line = next(x for x in before.split("\n") if x.startswith("visibility"))
    shown = []
    for slip in slips(line):
        after = before.replace(line, slip)
        record, _ = decode(Source(0, path, f"---\n{after}---\nBody.\n".encode()), MARKDOWN)
        if record is not None and not record.guarded and OFFICE.seers(path, record) - SEERS[path]:
            shown.append(slip)
    # A line that begins with `#` is a comment, and a key of their own is theirs: both say nothing.
    assert shown == [f"#{line}", f"x-{line}"]


@pytest.mark.parametrize("name", ["vis", "who", "for", "v", "scope", "kenntnis", "谁"])
@pytest.mark.parametrize("word", [Visibility.PRIVATE, Visibility.LINE, "仅本人", "managers"])
def test_a_name_that_says_nothing_with_a_word_that_does(name, word):
    header = f"title: A\nowner: ada\ndelegator: ben\n{name}: {word}\n"
    record, (fault,) = decode(Source(0, "delegations/x.md", f"---\n{header}---\n".encode()), MARKDOWN)
    assert (fault.code, fault.remedy(), record.guarded) == ("unknown-key", "did you mean `visibility`?", True)


@pytest.mark.parametrize("name", ["Lessvisibility", "goal：Lessvisibilty", "x visib x", "团队可见度"])
def test_a_name_that_holds_the_word_hides_whatever_its_value(name):
    header = f"title: A\nowner: ada\ndelegator: ben\n{name}: lien\n"
    record, (fault,) = decode(Source(0, "delegations/x.md", f"---\n{header}---\n".encode()), MARKDOWN)
    assert (fault.place.line, record.guarded) == (5, True)


@pytest.mark.parametrize(
    "line", ["visibility: private", "Visibility:private", '  "visibility" : line', "visibility：private"]
)
def test_a_stray_line_of_dashes_above_visibility(line):
    text = f"---\ntitle: A\nowner: ada\ndelegator: ben\n---\n{line}\n---\nSecret\n"
    record, (fault, *_) = decode(Source(0, "delegations/x.md", text.encode()), MARKDOWN)
    assert (fault.place.line, fault.message(), record.guarded) == (
        6, "not YAML: `visibility` below the line that closes the front matter", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "visibility: the word itself",
        "Of visibility: private",
        "a\n" * 60 + "visibility: private",
        "visibility",
    ],
)
def test_a_body_may_speak_of_visibility(body):
    text = f"---\ntitle: A\nowner: ada\ndelegator: ben\n---\n{body}\n"
    record, faults = decode(Source(0, "delegations/x.md", text.encode()), MARKDOWN)
    assert (record.guarded, faults) == (False, ())


def test_with_a_visibility_in_place_the_body_is_the_body():
    text = "---\ntitle: A\nowner: ada\ndelegator: ben\nvisibility: line\n---\nvisibility: private\n"
    record, faults = decode(Source(0, "delegations/x.md", text.encode()), MARKDOWN)
    assert (record.guarded, record.visibility, faults) == (False, Visibility.LINE, ())
