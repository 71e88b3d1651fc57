"""Slips: what a header holds that its record lacks, as data, and how each is told to whoever wrote it.

Typing notes them, ``generator.secrecy`` judges by them who may still see the record, and their
diagnostics are shown: three readings of one list, so that nothing is left out of one of them.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from enum import Enum, auto

from generator.diagnostic import Diagnostic
from generator.examples import line_of, shape
from generator.nodes import Mapping, Node, Scalar, Sequence
from generator.record import Path
from generator.rules import broken, did_you_mean
from generator.schema import Block, Key, Kind, Many, Pick, Table
from generator.text import Place, nearest

HEAD = ("id", "type")
"""Keys that say which record it is, of whatever type."""
SURE = 50
"""Unknown keys of one header for which near ones are looked up; with more, nothing in it is sure."""

_ASCII_OF: dict[int, str] = {ord("："): ": ", ord("，"): ", ", ord("【"): "[", ord("】"): "]"}


_CHINESE: dict[str, str] = {
    "标题": "title", "标签": "tags", "日期": "date", "类型": "kind", "状态": "status", "原因": "reason",
    "授权人": "delegator", "责任人": "owner", "被授权人": "owner", "负责人": "owner", "作者": "author",
    "协作者": "contributors", "知会人": "informed", "团队": "team", "周期": "cycle", "上级": "manager",
    "开始": "start", "开始日期": "start", "结束": "end", "结束日期": "end", "截止": "due", "截止日期": "due",
    "完成日期": "completed", "目标": "goal", "授权级别": "authority", "资源": "resources",
    "评价标准": "criteria", "里程碑": "milestones", "跟踪计划": "plan", "指标": "metrics",
    "调整记录": "changes", "授权事项": "delegation", "健康": "health", "进度": "progress",
    "信心指数": "confidence", "问题": "issues", "求助": "asks", "下一步": "next", "参加人": "attendees",
    "议程": "agenda", "决定": "decisions", "行动项": "actions", "评分": "scores", "可见范围": "visibility",
}  # fmt: skip
"""What keys are called in Chinese, for whoever types that: keys themselves are English words."""


class How(Enum):
    """What is the matter with a key."""

    LOST = auto()
    """Its value is missing, or cannot be taken."""
    TWICE = auto()
    """It stands twice; the first value is taken."""
    UNKNOWN = auto()
    """There is no such key."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One key, at any depth, that is not in the record as it is in the header."""

    path: Path
    how: How
    diagnostic: Diagnostic | None = None
    """What is said about it; nothing where that is said of something within it, or elsewhere."""
    near: str | None = None
    """The key that an unknown one is likely meant for."""


def wanted(name: str) -> str:
    """Return the key that somebody meant who typed ``status：active``, colon and all."""
    return name.partition("：")[0].strip()


def unknown(name: Scalar, value: Node, near: str | None, what: str, known: list[str]) -> Diagnostic:
    """Return what is said of a key that ``what`` does not have.

    Args:
        name: the key.
        value: what stands after it.
        near: the key it is likely meant for.
        what: the type of the record, or the name of the block.
        known: the keys that there are.
    """
    if "：" in name.text or "，" in name.text:
        line = name.text.replace("：", ": ").replace("，", ", ").strip()
        return broken("full-width", name.place, mark="“：” or “，”", ascii="“: ” and “, ”", line=line)
    help_ = did_you_mean(near)
    if isinstance(value, Scalar) and not value.text and not value.quoted and " " in name.text:
        # `{what: this, that}`: YAML ends the text at the comma.
        help_ = "put text that holds a comma into quotes"
    return broken(
        "unknown-key",
        name.place,
        key=name.text,
        article="an" if what[0] in "aeiou" else "a",
        type=what,
        keys=", ".join(known),
        help=help_,
    )


def nearest_key(name: Scalar, keys: Map[str, object], *, top: bool) -> str | None:
    """Return the key that an unknown one is likely meant for, or nothing."""
    word = wanted(name.text)
    if _CHINESE.get(word) in keys:
        return _CHINESE[word]
    return nearest(word, [*keys, *HEAD] if top else list(keys))


def guard_of(value: Node, keys: Map[str, tuple[str, Key]]) -> str | None:
    """Return the key that guards and takes such a value: whatever stands before it, ``private`` hides."""
    said = value.text.strip() if isinstance(value, Scalar) else ""
    guards = ((word, key.kind) for word, (_, key) in keys.items() if key.guards)
    return next((w for w, kind in guards if isinstance(kind, Pick) and kind.choices.read(said)), None)


def missing(place: Place, name: str, key: Key) -> Diagnostic:
    """Return what is said where a key that must be there is not."""
    return broken("missing-key", place, key=name, example=line_of(name, key))


def empty(place: Place, name: str, key: Key) -> Diagnostic:
    """Return what is said of a key without a value."""
    return broken("empty-value", place, key=name, example=line_of(name, key))


def misshapen(name: str, kind: Kind, node: Node) -> Diagnostic:
    """Return what is said of a list where a text belongs, and the like."""
    found = {Scalar: "text", Sequence: "a list", Mapping: "a mapping"}[type(node)]
    if isinstance(node, Scalar) and any(c in node.text for c in "：，【】"):
        line = f"{name}: {node.text.translate(_ASCII_OF)}".strip()
        return broken("full-width", node.place, mark="punctuation", ascii=shape(kind), line=line)
    line = line_of(name, Key(kind, ""))
    if isinstance(node, Scalar) and isinstance(kind, Many) and not isinstance(kind.item, Block):
        line = f"{name}: [{node.text}]"
    elif isinstance(node, Sequence) and len(node.items) == 1 and not isinstance(kind, Block | Table):
        line = f"{name}: {node.items[0].text}" if isinstance(node.items[0], Scalar) else line
    return broken("wrong-shape", node.place, expected=shape(kind), found=found, example=line)
