"""Secrecy: the reasons to hide a record from all but ``full``, read off what is wrong with its header.

A key that has a say in who may see the record (``guards``) takes its default where it is left out. Where
it is there, but not as somebody meant it, its default may be wider than what they meant: then the record
is hidden until that is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from generator.record import Path, Record
from generator.schema import Block, Key, Kind, Many, Table, keys_of
from generator.slips import HEAD, SURE, How, Slip, wanted
from generator.text import nearest

_HIDING_WORDS = frozenset(
    {"private", "public", "secret", "confidential", "audience", "access", "visible", "hidden", "restricted"}
    | {"可见", "可见性", "可见范围", "保密", "机密", "权限", "私密", "公开"}
)
"""Names that somebody may have meant to hide a record by."""
_SEEN = re.compile("visib|可见", re.IGNORECASE)


class Doubt(StrEnum):
    """What makes it unsure who may see a record."""

    GUARD = "a key that decides it is not as it was written"
    HOLDS = "what is lost may have held a key that decides it"
    NAME = "a name that is no key reads as if it decided it"
    KIND = "which record it is, and so its default, is not sure"
    FLOOD = "so many keys are unknown that none is sure"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to hide a record: the key it lies in, and why."""

    path: Path
    doubt: Doubt


def reasons(of: type[Record], slips: Sequence[Slip]) -> tuple[Reason, ...]:
    """Return why a record of a type must be hidden that has these slips; none: it need not be."""
    if not slips:
        return ()
    if sum(slip.how is How.UNKNOWN for slip in slips) > SURE:
        return (Reason(slips[-1].path, Doubt.FLOOD),)
    return tuple(Reason(slip.path, doubt) for slip in slips for doubt in _doubts(of, slip))


def _doubts(of: type[Record], slip: Slip) -> Iterator[Doubt]:
    keys = list(_along(of, (*slip.path[:-1], slip.near) if slip.near else slip.path))
    top = len(slip.path) == 1
    known = slip.near is not None or slip.how is not How.UNKNOWN
    if any(key.guards for key in keys):
        yield Doubt.GUARD
    elif known and keys and _holds_guard(keys[-1].kind):
        yield Doubt.HOLDS
    if top and (slip.path[0] in HEAD or slip.near in HEAD):
        yield Doubt.KIND
    # Indented too far, such a name says nothing about the record either, though it was meant to.
    if any(isinstance(word, str) and hides(word) for word in slip.path):
        yield Doubt.NAME


def _along(of: type[Any], path: Iterable[str | int]) -> Iterator[Key]:
    """Yield the declared keys that a path leads through, the outermost first."""
    kind: Kind = Block(of)
    for word in path:
        if isinstance(kind, Many | Table):
            kind = kind.item
        elif isinstance(kind, Block) and word in (keys := keys_of(kind.of)):
            yield (key := keys[str(word)][1])
            kind = key.kind
        else:
            return


@cache
def _holds_guard(kind: Kind) -> bool:
    """Tell whether a value of a kind has a key within that guards."""
    match kind:
        case Many(item=item) | Table(item=item):
            return _holds_guard(item)
        case Block(of=block):
            return any(key.guards or _holds_guard(key.kind) for _, key in keys_of(block).values())
    return False


def hides(word: str) -> bool:
    """Tell whether a name reads as if it were to say who may see something."""
    # Two lines that were joined, or a full-width colon before, leave the word within a longer one.
    if _SEEN.search(word):
        return True
    word = wanted(word)
    return word.casefold() in _HIDING_WORDS or nearest(word, ["visibility"]) is not None
