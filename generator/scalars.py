"""Decode one text: a date, a number, a choice, an id, a reference; or say what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Any

from generator.cadence import read_cadence
from generator.diagnostic import Diagnostic
from generator.nodes import Scalar
from generator.rules import broken, did_you_mean
from generator.schema import (
    AnyRef,
    Day,
    Flag,
    Id,
    Kind,
    Level,
    MilestoneReport,
    Number,
    Party,
    Pick,
    ProposalRef,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Text,
    Whole,
)
from generator.text import composed, nearest, plain
from generator.words import Choice, read_level

ID_LENGTH = 80
_ID_BYTES = 240  # a file name has 255 bytes on every file system that we write to
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)}
)
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that show nothing (Unicode's Default_Ignorable_Code_Point)."""

Decoded = tuple[Any, Diagnostic | None]


def scalar(node: Scalar, kind: Kind, key: str) -> Decoded:
    """Type one text by its kind.

    Returns:
        The value, or nothing with what is wrong.
    """
    return _DECODERS[type(kind)](node, kind, key)


def id_fault(word: str) -> str | None:
    """Return why ``word`` cannot be an id, or nothing where it can."""
    if not word:
        return "it is empty"
    if len(word) > ID_LENGTH or len(word.encode("utf-8", "surrogatepass")) > _ID_BYTES:
        return f"it has {len(word)} characters"
    bad = next((c for c in word if not _id_character(c)), None)
    if bad:
        return f"it holds “{bad}”" if bad.isprintable() else f"it holds the character U+{ord(bad):04X}"
    if word.startswith(".") or word.endswith("."):
        return "it begins or ends with a dot"
    if word.casefold().split(".")[0] in _DEVICES:
        return "some systems cannot have a file of that name"
    return None


def _id_character(c: str) -> bool:
    if c in "-_.":
        return True
    shown = unicodedata.category(c) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}
    return shown and not _UNSEEN.match(c)


def _text(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    return node.text.strip(), None


def _id(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    word = composed(node.text.strip())
    if why := id_fault(word):
        return None, broken("bad-id", node.place, value=word, why=why)
    return word, None


def _day(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    word = node.text.strip()
    found = _DATE.fullmatch(word)
    if not found:
        loose = _LOOSE_DATE.fullmatch(plain(word))
        year, month, day = map(int, loose.groups()) if loose else (0, 0, 0)
        help_ = f"write `{year:04}-{month:02}-{day:02}`" if 1 <= day <= _last_day(year, month) else None
        return None, broken("bad-date", node.place, value=word, help=help_)
    year, month, day = map(int, found.groups())
    last = _last_day(year, month)
    if not last:
        return None, broken("bad-date", node.place, value=word)
    if not 1 <= day <= last:
        last_day = f"{year:04}-{month:02}-{last:02}"
        return None, broken("no-such-day", node.place, value=word, last=last_day)
    return dt.date(year, month, day), None


def _last_day(year: int, month: int) -> int:
    """Return the number of days of a month, or 0 where the calendar has no such month."""
    return monthrange(year, month)[1] if year >= 1 and 1 <= month <= 12 else 0


def _number_like(node: Scalar, kind: str, example: str) -> tuple[str, Diagnostic | None]:
    word = node.text.strip()
    if word.isascii() and _NUMBER.fullmatch(word):
        return word, None
    meant = re.sub(r"[,\s]", "", plain(word)).removesuffix("%")
    help_ = f"write `{meant}`" if _NUMBER.fullmatch(meant) else None
    return "", broken("bad-number", node.place, value=word, kind=kind, example=example, help=help_)


def _whole(node: Scalar, kind: Whole, _key: str) -> Decoded:
    word, fault = _number_like(node, "whole number", str(min(max(kind.low, 40), kind.high)))
    if fault:
        return None, fault
    if "." in word:
        return None, broken(
            "bad-number", node.place, value=word, kind="whole number", example=str(round(float(word)))
        )
    if not kind.low <= int(word) <= kind.high:
        return None, broken("out-of-range", node.place, value=int(word), low=kind.low, high=kind.high)
    return int(word), None


def _number(node: Scalar, kind: Number, _key: str) -> Decoded:
    word, fault = _number_like(node, "number", "12.5")
    if fault:
        return None, fault
    if kind.low is not None and float(word) < kind.low:
        return None, broken("out-of-range", node.place, value=word, low=f"{kind.low:g}", high="∞")
    return float(word), None


def _flag(node: Scalar, _kind: Kind, key: str) -> Decoded:
    word = node.text.strip()
    if word in {"true", "是"}:
        return True, None
    if word in {"false", "否"}:
        return False, None
    near = {"yes": "true", "no": "false"}.get(word.lower())
    return None, broken(
        "bad-choice", node.place, value=word, key=key, choices="true, false", help=did_you_mean(near)
    )


def spelled(choices: type[Choice]) -> str:
    """Return the values of a list as they may be written."""
    return ", ".join(f"{c.value} {c.chinese[0]}" if c.chinese else c.value for c in choices)


def _pick(node: Scalar, kind: Pick, key: str) -> Decoded:
    word = node.text.strip()
    if (choice := kind.choices.read(word)) is not None:
        return choice, None
    near = nearest(word, [c.value for c in kind.choices])
    return None, broken(
        "bad-choice", node.place, value=word, key=key, choices=spelled(kind.choices), help=did_you_mean(near)
    )


def _level(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    level = read_level(node.text.strip().lower())
    if level is None:
        return None, broken("bad-level", node.place, value=node.text.strip())
    return level, None


def _rhythm(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    cadence = read_cadence(node.text)
    if cadence is None:
        return None, broken("bad-cadence", node.place, value=node.text.strip())
    return cadence, None


def _scale(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    found = re.fullmatch(r"(-?\d{1,3})\s*(?:-|–|to|至|\.\.)\s*(\d{1,3})", node.text.strip())
    if not found or int(found[1]) >= int(found[2]):
        return None, broken("bad-scale", node.place, value=node.text.strip())
    return (int(found[1]), int(found[2])), None


def _milestone_report(node: Scalar, _kind: Kind, key: str) -> Decoded:
    word = node.text.strip()
    if word in {"done", "完成", "已完成"}:
        return "done", None
    if "-" in word[1:] or "年" in word:
        return _day(node, Day(), key)
    return _whole(node, Whole(0, 100), key)


def _raw(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    return node.text.strip(), None


def _ref(node: Scalar, kind: Ref, _key: str) -> Decoded:
    word = composed(node.text.strip())
    prefix, colon, rest = word.partition(":")
    if colon and prefix == kind.to:
        word = rest.strip()
    if id_fault(word):
        what = f"a {kind.to}"
        return None, broken("bad-reference", node.place, value=word, what=what, example=f"the {kind.to}'s id")
    return word, None


def _party(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    word = composed(node.text.strip())
    prefix, colon, rest = word.partition(":")
    rest = rest.strip()
    if colon and prefix == "outside":
        name = rest.strip("\"'“”").strip()
        if name:
            return f"outside:{name}", None
    elif colon and prefix in {"team", "person"}:
        if not id_fault(rest):
            return (f"team:{rest}" if prefix == "team" else rest), None
    elif not id_fault(word):
        return word, None
    example = 'a person\'s id, `team:ID`, or `"outside: NAME"`'
    return None, broken("bad-reference", node.place, value=word, what="a person or team", example=example)


def _any_ref(node: Scalar, kind: AnyRef, _key: str) -> Decoded:
    word = composed(node.text.strip())
    prefix, _, rest = word.partition(":")
    rest = rest.strip()
    if prefix in set(kind.to) and not id_fault(rest):
        return f"{prefix}:{rest}", None
    example = " or ".join(f"`{t}:ID`" for t in kind.to)
    return None, broken("bad-reference", node.place, value=word, what="a record", example=example)


def _proposal_ref(node: Scalar, _kind: Kind, _key: str) -> Decoded:
    word = composed(node.text.strip()).removeprefix("retrospective:").replace("#", ".")
    if "." not in word or id_fault(word):
        example = "the retrospective's id, a dot and the proposal's id, as in `2026q1.p2`"
        return None, broken("bad-reference", node.place, value=word, what="a proposal", example=example)
    return word, None


# Each takes the kind that it stands under.
_DECODERS: Mapping[type[Kind], Callable[[Scalar, Any, str], Decoded]] = {
    Text: _text,
    Id: _id,
    Day: _day,
    Whole: _whole,
    Number: _number,
    Flag: _flag,
    Pick: _pick,
    Level: _level,
    Rhythm: _rhythm,
    Scale: _scale,
    MilestoneReport: _milestone_report,
    Raw: _raw,
    Ref: _ref,
    Party: _party,
    AnyRef: _any_ref,
    ProposalRef: _proposal_ref,
}
