"""What each signal says, in the language of the site.

A signal's facts fill one of the sentences of its code. A sentence is a clause that reads well after the
name of what it is about and a colon, and alone: "was due on 8 May and is not completed". The words of the
records stay as they were written and apart from the sentence around them, so that a page can mark their
language and escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Protocol

from generator.pages.values import Link
from generator.tracking.signals import Signal
from generator.words import LEVELS, N_, Choice, Health, IssueSeverity

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "unplanned": (N_("states {stated} of the 5 terms; still missing: {missing}"),),
    "brief-back-missing": (N_("a brief-back was wanted by {wanted} and has not come"),),
    "brief-back-unconfirmed": (N_("the brief-back of {given} is not confirmed yet"),),
    "brief-back-differs": (N_("the brief-back differs from the terms: {differences}"),),
    "brief-back-differs/understanding": (N_("the brief-back shows that the terms are not fully understood"),),
    "slipping": (N_("the due date moved {moves} times, by {days} in all; first agreed was {first}"),),
    "slipping/once": (N_("the due date moved by {days}; first agreed was {first}"),),
    "authority-taken-back": (N_("what the owner may decide was decided by the delegator: “{what}”"),),
    "handed-up": (N_("work was handed up to the delegator and is still there: “{what}”"),),
    "check-in-due": (
        N_("the check-in of {due} is due: {what}"),
        N_("the check-in of {due} is due"),
    ),
    "check-in-due/overdue": (
        N_("the check-in of {due} is overdue: {what}"),
        N_("the check-in of {due} is overdue"),
    ),
    "check-in-missed": (
        N_("the check-in of {due} was missed: {what}"),
        N_("the check-in of {due} was missed"),
    ),
    "overdue": (N_("was due on {due} and is not completed"),),
    "due-soon": (N_("is due on {due}"),),
    "milestone-overdue": (N_("the milestone “{what}” was due on {due} and is not done"),),
    "behind-plan": (N_("work worth {points} of the whole should be done by now and is not"),),
    "watermelon/overdue": (
        N_("was reported {reported}, but the work was {evidenced}: it was past its due date"),
    ),
    "watermelon/milestone-overdue": (
        N_("was reported {reported}, but the work was {evidenced}: the milestone “{what}” was overdue"),
    ),
    "watermelon/behind-plan": (
        N_("was reported {reported}, but the work was {evidenced}: it was behind its plan"),
    ),
    "watermelon/issue": (
        N_("was reported {reported}, but the work was {evidenced}, with an open issue: “{what}”"),
        N_("was reported {reported}, but the work was {evidenced}, with an open issue"),
    ),
    "watermelon/dependency": (
        N_("was reported {reported}, but the work was {evidenced}: it waited for “{what}”, which was late"),
    ),
    "watermelon/metric": (
        N_("was reported {reported}, but the work was {evidenced}: “{what}” was to miss its target"),
    ),
    "stale": (
        N_("nothing has been heard since {last}"),
        N_("nothing has been heard yet"),
    ),
    "out-of-control": (N_("was due on {due}, and is silent and blocked as well"),),
    "blocked": (
        N_("in the way since {opened} (severity {severity}): “{what}”"),
        N_("an issue has been in the way since {opened} (severity {severity})"),
    ),
    "cross-team": (
        N_("waits on another team: “{what}”"),
        N_("waits on another team"),
    ),
    "dependency-late": (N_("waits for “{what}”, which is late"),),
    "metric-off-target": (
        N_("“{what}” stood at {value} on {read}; the target for {due} is {target}"),
        N_("“{what}” is heading for {expected}; the target is {target}"),
    ),
    "metric-stale": (N_("“{what}” was last read on {last}"),),
    "awaiting-response": (
        N_("{asker} asked {whom} on {asked}: “{what}”; no answer yet"),
        N_("{asker} asked {whom} on {asked}; no answer yet"),
    ),
    "awaiting-response/issue": (
        N_("on {asked} {asker} raised an issue that needs {whom}: “{what}”; no answer yet"),
        N_("on {asked} {asker} raised an issue that needs {whom}; no answer yet"),
    ),
    "awaiting-response/brief-back": (N_("{asker} restated the terms to {whom} on {asked}; no answer yet"),),
    "feedback-open": (
        N_("feedback given on {given} has no answer yet: “{what}”"),
        N_("feedback given on {given} has no answer yet"),
    ),
    "action-overdue": (
        N_("“{what}” was to be done by {due}"),
        N_("an action was to be done by {due}"),
    ),
    "one-on-one-overdue": (
        N_("the last one-to-one was on {last}"),
        N_("there has been no one-to-one yet"),
    ),
    "confidence-falling": (N_("the confidence of {person} went from {before} to {now}; a talk may help"),),
    "needs-support": (
        N_("{person} gives their confidence as {now}; a talk may help"),
        N_("{person} asked for help {times} times and has no answer; a talk may help"),
    ),
    "no-recognition": (N_("{person} finished “{what}” on {done}, and no praise is on record"),),
    "overloaded": (N_("{person} holds {count} active delegations: {held}"),),
    "ready-for-more": (
        N_(
            "{person} did {finished} in a row well and in time, at levels {level} to {highest}; worth a talk"
            " about level {next}"
        ),
        N_(
            "{person} did {finished} in a row well and in time at level {level}; worth a talk about level"
            " {next}"
        ),
    ),
    "evaluation-missing": (N_("was completed on {completed} and is not evaluated yet"),),
    "evaluation-gap": (N_("on “{criterion}” the self-evaluation gives {self} and the other one {manager}"),),
    "evaluation-thin": (N_("scores that name no evidence: {bare} of {scores}"),),
    "evaluation-thin/late": (N_("all the evidence is from the last fifth of the time"),),
    "cycle-open": (N_("the cycle ended on {end} and is not closed"),),
    "retrospective-missing": (N_("the cycle ended on {end} and has no retrospective"),),
    "proposal-open": (N_("agreed on {agreed}, and neither done nor dropped: “{what}”"),),
    "tool-review-missing": (N_("the retrospective says nothing of the tools"),),
}
"""By code, and by code and variant: sentences with the names of facts, the fullest first.

The first whose facts are all stated is said. Beside its facts a sentence may name ``whom`` the signal waits
on.
"""


_LISTS: Mapping[str, Mapping[str, str]] = {
    "missing": {
        "goal": N_("the goal"),
        "criteria": N_("how it is judged"),
        "authority": N_("the authority"),
        "reason": N_("why this person"),
        "plan": N_("the plan"),
    },
    "differences": {
        "due": N_("another due date"),
        "criteria": N_("criteria left out"),
        "understanding": N_("terms not fully understood"),
    },
}
"""Facts that are words in a row, and how each word is said."""

_CHOICES: Mapping[str, type[Choice]] = {
    "reported": Health,
    "evidenced": Health,
    "severity": IssueSeverity,
}
"""Facts that hold the label of a listed value."""

_LEVELS = frozenset(("level", "highest", "next"))
_PERCENT = frozenset(("points",))
_PEOPLE = frozenset(("person", "asker", "whom"))

LONGEST = 140
"""Letters of a record's words that a sentence quotes at most; a Chinese one is as wide as two."""
_WIDE = "\u2e80"
"""From here on letters count as two."""


class Speaker(Protocol):
    """A language: its texts, dates and numbers."""

    def gettext(self, text: str) -> str:
        """Return a text of the interface."""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form for ``n`` things."""

    def day(self, day: dt.date) -> str:
        """Return a date with its year."""

    def short_day(self, day: dt.date) -> str:
        """Return a date without its year."""

    def number(self, value: float) -> str:
        """Return a number."""

    def percent(self, value: float) -> str:
        """Return a percentage."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a signal says, before it is said in any language."""

    text: str
    """One of ``SENTENCES``."""
    facts: tuple[tuple[str, str | int | float | dt.date | Link], ...] = ()
    """What fills it; people are links."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence that is said."""

    text: str
    quoted: bool = False
    """Whether these are words of the records, in whatever language they are written."""
    day: dt.date | None = None
    """The day that the text names."""
    href: str = ""
    """Where the text leads, from the site's root."""


def sentence_of(signal: Signal, party: Callable[[str], Link]) -> Sentence:
    """Return what a signal says.

    Args:
        signal: any that ``generator.tracking.signals`` gives.
        party: makes a link of a person's id; ``Linker.party`` is one.
    """
    known = (*signal.facts, ("whom", signal.waits_on))
    stated = {name: fact for name, fact in known if fact != ""}
    texts = SENTENCES[_variant(signal.code, stated)]
    text = next((t for t in texts if set(_names(t)) <= set(stated)), texts[-1])
    facts = ((name, stated.get(name, "…")) for name in dict.fromkeys(_names(text)))
    return Sentence(text, tuple((n, party(str(f)) if n in _PEOPLE else f) for n, f in facts))


def sentence(signal: Signal, language: Speaker, party: Callable[[str], Link], today: dt.date) -> str:
    """Return what a signal says as plain text, for the terminal and for programs."""
    return "".join(part.text for part in said(sentence_of(signal, party), language, today))


def said(sentence: Sentence, language: Speaker, today: dt.date) -> tuple[Part, ...]:
    """Return the pieces of a sentence in a language; days of another year than ``today``'s name theirs."""
    facts = dict(sentence.facts)
    out: list[Part] = []
    for literal, name, _, _ in Formatter().parse(language.gettext(sentence.text)):
        if literal:
            out.append(Part(literal))
        if name:
            out.append(_part(name, facts[name], language, today))
    return tuple(out)


def fact_value(name: str, fact: str | int | float | dt.date) -> Any:
    """Return a fact as JSON has it: days as text, listed values as written, words in a row as a list."""
    if isinstance(fact, dt.date):
        return fact.isoformat()
    if name in _LISTS:
        return str(fact).split()
    if name in _CHOICES:
        return next((c.value for c in _CHOICES[name] if c.label == fact), fact)
    return fact


def _variant(code: str, facts: Mapping[str, Any]) -> str:
    match code:
        case "watermelon":
            return f"{code}/{facts['reason']}"
        case "brief-back-differs" if facts["differences"] == "understanding":
            return f"{code}/understanding"
        case "slipping" if facts["moves"] == 1:
            return f"{code}/once"
        case "awaiting-response" if facts["matter"] in {"issue", "brief-back"}:
            return f"{code}/{facts['matter']}"
        case "check-in-due" if "state" in facts:
            return f"{code}/{facts['state']}"
        case "evaluation-thin" if facts["bare"] == 0:
            return f"{code}/late"
    return code


def _names(text: str) -> Sequence[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _part(name: str, fact: str | int | float | dt.date | Link, language: Speaker, today: dt.date) -> Part:
    if isinstance(fact, Link):
        return Part(fact.text, quoted=True, href=fact.href)
    if isinstance(fact, dt.date):
        return Part(language.short_day(fact) if fact.year == today.year else language.day(fact), day=fact)
    if isinstance(fact, str):
        return _words(name, fact, language)
    if name in _LEVELS:
        return Part(_level(int(fact), language))
    if name in _PERCENT:
        return Part(language.percent(fact))
    if name == "days":
        return Part(language.ngettext("%(n)s day", "%(n)s days", int(fact)) % {"n": language.number(fact)})
    if name == "finished":
        counted = language.ngettext("%(n)s delegation", "%(n)s delegations", int(fact))
        return Part(counted % {"n": language.number(fact)})
    return Part(language.number(fact))


def _words(name: str, fact: str, language: Speaker) -> Part:
    if labels := _LISTS.get(name):
        return Part(language.gettext(", ").join(language.gettext(labels[word]) for word in fact.split()))
    if name in _CHOICES:
        label = language.gettext(fact)
        return Part(label[:1].lower() + label[1:])
    return Part(_shortened(fact), quoted=True)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    width = cut = 0
    for n, letter in enumerate(text):
        width += 1 + (letter >= _WIDE)
        cut = n if width <= LONGEST else cut
    if width <= LONGEST:
        return text
    short = text[:cut]
    space = short.rfind(" ")
    return (short[:space] if space > cut // 2 else short).rstrip(" ,，;；:：、.。") + "…"


def _level(level: int, language: Speaker) -> str:
    called = language.gettext(LEVELS[level - 1][1])
    return language.gettext("{level} ({name})").format(level=level, name=called)
