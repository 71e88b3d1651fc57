"""What to type: an example of each kind of value, for messages, the reference and new records."""

from __future__ import annotations

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
    Pick,
    ProposalRef,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Table,
    Target,
    Text,
    Whole,
    keys_of,
)


def shape(kind: Kind) -> str:
    """Return what a kind looks like in YAML, in words."""
    match kind:
        case Many(item=Block()):
            return "a list of entries"
        case Many():
            return "a list"
        case Block() | Table():
            return "a mapping"
    return "one value"


_EXAMPLES: dict[Target, str] = {Target.PERSON: "ada", Target.TEAM: "sales", Target.CYCLE: "2026q1"}


def example(kind: Kind) -> str:
    """Return a value of a kind as somebody might write it."""
    match kind:
        case Many(item=item):
            return f"[{example(item)}]"
        case Block(of=of):
            inner = {w: k for w, (_, k) in keys_of(of).items() if k.required} or dict(
                [(w, k) for w, (_, k) in keys_of(of).items()][:1]
            )
            return "{" + ", ".join(f"{w}: {example(k.kind)}" for w, k in inner.items()) + "}"
        case Table(item=item, names=names):
            return f"{{{names}: {example(item)}}}"
        case Pick(choices=choices):
            return next(iter(choices)).value
        case Ref(to=to):
            return _EXAMPLES.get(to, "launch")
        case Day():
            return "2026-03-02"
        case AnyRef(to=to):
            return f"{to[0]}:launch.2026-03-02"
        case Whole(low=low, high=high):
            return str(min(max(low, 40), high))
    plain = {Number: "12.5", Flag: "true", Level: "4", Rhythm: "weekly", Scale: "1-5", Id: "launch"}
    plain |= {MilestoneReport: "done", ProposalRef: "2025q4.p2"}
    return plain.get(type(kind), "…" if isinstance(kind, Text | Raw) else "ada")


def line_of(name: str, key: Key) -> str:
    """Return the line to type for a key."""
    if isinstance(key.kind, Pick):
        return f"{name}: {spelled(key.kind.choices).replace(', ', ' | ')}"
    return f"{name}: {example(key.kind)}"
