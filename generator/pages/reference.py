"""The records page: what is wrong with the content, what is missing, and how to write each record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.diagnostic import Diagnostic
from generator.examples import example
from generator.pages.cards import Cards
from generator.pages.links import FOLDER
from generator.pages.signal_words import SIGNAL_LABELS, SIGNAL_MEANINGS
from generator.pages.values import Card
from generator.record import TYPES, Record
from generator.rules import RULES
from generator.scalars import spelled
from generator.schema import (
    AnyRef,
    Block,
    Day,
    Flag,
    Id,
    Key,
    Kind,
    Level,
    Many,
    MilestoneReport,
    Number,
    Party,
    Pick,
    ProposalRef,
    Ref,
    Rhythm,
    Scale,
    Table,
    Target,
    Text,
    Whole,
    keys_of,
)
from generator.tracking.planning import TERMS, missing_terms
from generator.tracking.state import Tracked
from generator.words import N_, TYPE_LABELS, Status

ABOUT: Mapping[Target, str] = {
    Target.DELEGATION: N_("Something handed over: the root that every other record hangs on."),
    Target.CHECKIN: N_("How a delegation stands, as its owner sees it."),
    Target.FEEDBACK: N_("Something one person tells another, or a team, about work."),
    Target.MEETING: N_("Minutes of a talk."),
    Target.EVALUATION: N_("A judgement of somebody's result against what was agreed."),
    Target.RETROSPECTIVE: N_("What a cycle taught."),
    Target.CYCLE: N_("A stretch of time that is planned and looked back on as one."),
    Target.TEAM: N_("People who work together."),
    Target.PERSON: N_("Somebody who holds, hands over or follows work."),
}
"""What each type of record is, in a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """A diagnostic as the site shows it."""

    severity: str
    code: str
    message: str
    args: tuple[tuple[str, str], ...]
    remedy: str
    """The rule's remedy, to be filled with ``args``."""
    help: str
    """A better remedy, where one is known; already filled in."""
    where: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of a record in the reference."""

    name: str
    kind: str
    """A sentence of the interface that says what it holds."""
    values: str
    """The values that are listed, as they are written."""
    about: str
    required: bool
    keys: tuple[KeyRow, ...] = ()
    """The keys of its block."""


@dataclass(frozen=True, slots=True)
class TypePage:
    """How one type of record is written."""

    name: str
    """What the type is called, a text of the interface."""
    folder: str
    about: str
    keys: tuple[KeyRow, ...]
    example: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The state of the content."""

    found: tuple[Found, ...]
    errors: int
    counts: tuple[tuple[str, str, int], ...]
    """Each type, the page that tells how to write it, and how many there are."""
    unplanned: tuple[tuple[Card, tuple[str, ...]], ...]
    """Delegations with the terms that they lack."""
    complete: int
    """Delegations that lack nothing."""
    total: int
    share: int
    """Terms stated, in percent of all that could be."""


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Every message that a check can give."""

    rules: tuple[tuple[str, str, str, str], ...]
    """Code, severity, message and help."""
    signals: tuple[tuple[str, str, str], ...]
    """Code, name and meaning of each signal."""


def records_page(tracked: Tracked, cards: Cards, diagnostics: Sequence[Diagnostic]) -> RecordsPage:
    """Return the page about the content itself."""
    ended = {Status.DRAFT, Status.RECALLED, Status.CANCELLED}
    planned = [s.delegation for s in tracked.states.values() if s.delegation.status not in ended]
    lacking = [(cards.all[d.id], missing) for d in planned if (missing := missing_terms(d))]
    stated = TERMS * len(planned) - sum(len(missing) for _, missing in lacking)
    return RecordsPage(
        tuple(
            Found(
                d.severity.value,
                d.code,
                d.rule.message,
                d.args,
                d.rule.help,
                d.help or "",
                f"{d.place.path}:{d.place.line}:{d.place.column}",
            )
            for d in diagnostics
        ),
        sum(d.severity == "error" for d in diagnostics),
        tuple(
            (TYPE_LABELS[t.type], type_path(t), sum(isinstance(r, t) for r in tracked.ledger.records))
            for t in TYPES
        ),
        tuple(sorted(lacking, key=lambda row: (-len(row[1]), row[0].link.href))),
        len(planned) - len(lacking),
        len(planned),
        round(100 * stated / (TERMS * len(planned))) if planned else 100,
    )


def type_path(of: type[Record]) -> str:
    """Return the path of the page that tells how a type is written."""
    return f"records/{of.type}.html"


def type_page(of: type[Record]) -> TypePage:
    """Return how a type of record is written, from the schema."""
    return TypePage(TYPE_LABELS[of.type], FOLDER[of.type], ABOUT[of.type], _rows(of), _example(of))


def rules_page() -> RulesPage:
    """Return every message that a check can give, and every signal."""
    return RulesPage(
        tuple((r.code, r.severity.value, r.message, r.help) for r in RULES),
        tuple((code, label, SIGNAL_MEANINGS[code]) for code, label in SIGNAL_LABELS.items()),
    )


def _rows(of: type[Any]) -> tuple[KeyRow, ...]:
    rows = []
    for name, (_, key) in keys_of(of).items():
        inner = _block(key.kind)
        rows.append(
            KeyRow(
                name,
                _kind(key.kind),
                _values(key.kind),
                key.about,
                key.required,
                _rows(inner) if inner else (),
            )
        )
    return tuple(rows)


def _block(kind: Kind) -> type[Any] | None:
    match kind:
        case Block(of=of):
            return of
        case Many(item=item) | Table(item=item):
            return _block(item)
    return None


KIND_SENTENCES: dict[type[Kind], str] = {
    Text: N_("text"),
    Id: N_("a short name: letters, digits, - _ ."),
    Day: N_("a date, YYYY-MM-DD"),
    Whole: N_("a whole number"),
    Number: N_("a number"),
    Flag: N_("true or false"),
    Pick: N_("one of a list"),
    Level: N_("a level, 1 to 7 or its name"),
    Rhythm: N_("a cadence"),
    Scale: N_("the lowest and the highest score"),
    MilestoneReport: N_("done, a date, or percent"),
    Ref: N_("the id of a record"),
    Party: N_("a person, team:ID, or outside: a name"),
    AnyRef: N_("type:id of a record"),
    ProposalRef: N_("RETROSPECTIVE.PROPOSAL"),
    Block: N_("keys of its own"),
    Table: N_("names with a value each"),
}


def _kind(kind: Kind) -> str:
    if isinstance(kind, Many):
        return N_("a list") if isinstance(kind.item, Text | Block) else N_("a list of ids or words")
    return KIND_SENTENCES.get(type(kind), N_("text"))


def _values(kind: Kind) -> str:
    match kind:
        case Pick(choices=choices):
            return spelled(choices)
        case Many(item=Pick(choices=choices)):
            return spelled(choices)
        case Whole(low=low, high=high):
            return f"{low}–{high}"
        case Ref(to=to) | Many(item=Ref(to=to)):
            return to.value
        case AnyRef(to=to):
            return ", ".join(f"{t}:ID" for t in to)
        case Rhythm():
            return "daily, weekly, biweekly, monthly, quarterly, every 10 days, weekly on friday, none"
        case Scale():
            return "1-5"
    return ""


_SHOWN: dict[str, tuple[str, ...]] = {
    "delegation": ("start", "due", "goal", "authority", "criteria", "milestones", "plan"),
    "checkin": ("delegation", "health", "progress", "next"),
    "feedback": ("delegation", "kind"),
    "meeting": ("kind", "delegations", "decisions", "actions"),
    "evaluation": ("delegation", "kind", "scores"),
    "retrospective": ("proposals", "tool_review"),
    "team": ("title", "lead"),
    "person": ("title", "team", "role"),
    "cycle": ("title", "goals"),
}


def _example(of: type[Record]) -> str:
    keys = keys_of(of)
    shown = [n for n, (_, k) in keys.items() if k.required or n in _SHOWN[of.type]]
    lines = [f"{name}: {_sample(name, keys[name][1])}" for name in shown]
    return "\n".join(("---", *lines, "---", "", "…"))


def _sample(name: str, key: Key) -> str:
    samples = {
        "title": "…",
        "start": "2026-01-05",
        "due": "2026-03-31",
        "delegator": "ada",
        "owner": "lin",
        "authority": "{level: 4}",
        "criteria": "\n  - {id: quality, name: …, weight: 100}",
        "milestones": "\n  - {id: beta, title: …, due: 2026-02-20}",
        "plan": "\n  methods: [checkin, one_on_one]\n  cadence: weekly on friday",
        "attendees": "[ada, lin]",
        "delegations": "[launch]",
        "decisions": "\n  - {what: …, by: ada}",
        "actions": "\n  - {id: a1, what: …, owner: lin, due: 2026-03-20}",
        "scores": "{quality: {score: 4, note: …, evidence: [checkin:launch.2026-03-02]}}",
        "proposals": "\n  - {id: p1, what: …, owner: lin, due: 2026-05-01}",
        "tool_review": "\n  - {tool: checkin, verdict: keep, note: …}",
        "subject": "lin",
        "from": "ada",
        "to": "lin",
        "next": "[…]",
        "goals": "[…]",
    }
    return samples.get(name) or example(key.kind)
