"""The words for who sees a record and why, as ``remit audience`` and ``remit why`` say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.audience import Audience, Circle, Ground, Role, Tie, roles
from generator.building import Content
from generator.ledger import Ledger
from generator.reasons import Bar, Verdict
from generator.record import Record
from generator.render.language import Language
from generator.schema import Target
from generator.width import Origin, Width
from generator.words import N_

VERSION = 1
"""The version of the JSON's form."""

_PLURALS: Mapping[str, str] = {
    Target.DELEGATION: N_("Delegations"),
    Target.CHECKIN: N_("check-ins"),
    Target.FEEDBACK: N_("Feedback"),
    Target.MEETING: N_("Meetings"),
    Target.EVALUATION: N_("Evaluations"),
    Target.RETROSPECTIVE: N_("Retrospectives"),
    Target.CYCLE: N_("Cycles"),
    Target.TEAM: N_("Teams"),
    Target.PERSON: N_("People"),
}
_ROLES: Mapping[Role, str] = {
    Role.DELEGATOR: N_("delegator"),
    Role.OWNER: N_("owner"),
    Role.AUTHOR: N_("author"),
    Role.FROM: N_("giver"),
    Role.TO: N_("receiver"),
    Role.ATTENDEE: N_("attendee"),
    Role.SUBJECT: N_("subject"),
    Role.EVALUATOR: N_("evaluator"),
    Role.FACILITATOR: N_("facilitator"),
    Role.THEMSELVES: N_("the person"),
    Role.MEMBER: N_("member"),
}
_ORIGINS: Mapping[Origin, str] = {
    Origin.OWN: N_("{width}, by its own word"),
    Origin.SETTING: N_("{width}, the default for {types} in remit.toml"),
    Origin.OTHER: N_("{width}, the default for {types} in a folder that people_from names"),
    Origin.TYPE: N_("{width}, the default for {types}"),
    Origin.UPWARDS: N_("{width}, the default for feedback to one's manager"),
    Origin.PRAISE: N_("{width}, the default for praise"),
    Origin.ONE_ON_ONE: N_("{width}, the default for one-to-ones"),
    Origin.UNSIGNED: N_("{width}, the default for a self-evaluation that is not signed"),
}
_TIES: Mapping[Tie, str] = {
    Tie.FULL: N_("everything is shown"),
    Tie.PUBLIC: N_("it is for everybody"),
    Tie.ORG: N_("it is for the organisation"),
    Tie.TEAM: N_("it concerns the team {of}"),
    Tie.MEMBER: N_("member of {of}, the team it concerns"),
    Tie.NAMED: N_("named in it: {roles}"),
    Tie.MANAGER: N_("manager of {of}"),
    Tie.AUTHOR: N_("its author"),
}
_BARS: Mapping[Bar, str] = {
    Bar.GUARDED: N_("a fault hides it until it is mended; `remit check` shows it"),
    Bar.SEALED: N_("a fault in its folder's remit.toml hides it; `remit check` shows it"),
    Bar.HANGS_ON: N_("it hangs on {about}, which is not seen"),
    Bar.WIDTH: N_("it is not for them"),
    Bar.ANSWERS: N_("it answers {about}, which is not seen"),
    Bar.TWIN: N_("{about} has the same id, so neither is shown"),
}


def width_words(width: Width, record: Record, language: Language) -> str:
    """Return how wide a record is and what says so, as in “org, the default for delegations”."""
    said = language.gettext(_ORIGINS[width.origin])
    types = language.gettext(_PLURALS[record.type])
    types = types[:1].lower() + types[1:]
    if width.within is None:
        return said.format(width=width.visibility, types=types)
    wider = said.format(width=width.within, types=types)
    ceiling = language.gettext("{width}, the widest in its folder; else {wider}")
    return ceiling.format(width=width.visibility, wider=wider)


def reason(verdict: Verdict, record: Record, read: Content, language: Language) -> str:
    """Return why an audience sees a record, or does not."""
    if verdict.bar is not None:
        about = read.where(verdict.twin.place()) if verdict.twin else verdict.about
        return language.gettext(_BARS[verdict.bar]).format(about=about)
    assert verdict.ground is not None  # noqa: S101 - what is seen is seen for a reason
    said = _tied(verdict.ground, verdict.audience, record, read.ledger, language)
    if verdict.without:
        without = language.gettext("{reason}; without {keys}")
        said = without.format(reason=said, keys=listed(verdict.without, language))
    return said


def _tied(ground: Ground, audience: Audience, record: Record, ledger: Ledger, language: Language) -> str:
    as_what: list[str] = []
    if audience.circle is Circle.PERSON:
        named = (role for person, role in roles(ledger, record) if person == audience.id)
        as_what = [role_word(role, language) for role in dict.fromkeys(named)]
    return language.gettext(_TIES[ground.tie]).format(of=ground.of, roles=listed(as_what, language))


def role_word(role: Role, language: Language) -> str:
    """Return as what a record names somebody."""
    return language.gettext(_ROLES[role])


def listed(words: tuple[str, ...] | list[str], language: Language) -> str:
    """Return words as a list in a sentence."""
    return language.gettext(", ").join(words)


def heading(of: Target, language: Language) -> str:
    """Return the name of a type's records, as a heading."""
    word = language.gettext(_PLURALS[of])
    return word[:1].upper() + word[1:]


def verdict_row(verdict: Verdict, record: Record, read: Content, language: Language) -> dict[str, Any]:
    """Return a verdict for a program."""
    code = verdict.ground.tie.value if verdict.ground else verdict.bar.value if verdict.bar else None
    return {
        "seen": verdict.seen,
        "reason": code,
        "of": (verdict.ground.of if verdict.ground else verdict.about) or None,
        "sentence": reason(verdict, record, read, language),
        "without": list(verdict.without),
    }


def width_row(width: Width) -> dict[str, Any]:
    """Return a width for a program."""
    return {
        "visibility": width.visibility.value,
        "origin": width.origin.value,
        "within": width.within.value if width.within else None,
    }
