"""The shapes that tell a state, the same in every chart and in the site's marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from generator.render.charts import svg
from generator.render.charts.drawing import Item, Pen
from generator.words import Answer, Health

HEALTH: Mapping[Health | None, str] = {
    Health.ON_TRACK: "dot",
    Health.AT_RISK: "triangle",
    Health.OFF_TRACK: "diamond",
    None: "ring",
}
ANSWER: Mapping[Answer, str] = {
    Answer.OVERDUE: "diamond",
    Answer.MISSED: "hollow",
    Answer.DUE: "triangle",
    Answer.LATE: "half",
    Answer.ON_TIME: "dot",
    Answer.UPCOMING: "ring",
    Answer.PAUSED: "bars",
    Answer.WAIVED: "dash",
}
"""The most pressing first."""


def health_mark(health: Health | None, x: float, y: float, r: float = 4.2) -> str:
    """Return the shape of a health around a point."""
    return svg.shape(HEALTH[health], x, y, r, f"c-mark health-{health.value if health else 'unknown'}")


def answer_mark(answer: Answer, x: float, y: float, r: float = 4.6, words: str = "") -> str:
    """Return the shape of what became of a check-in."""
    return svg.shape(ANSWER[answer], x, y, r, f"c-mark answer-{answer.value}", words)


def health_items(healths: Collection[Health], pen: Pen) -> list[Item]:
    """Return what the shapes of health stand for, those that are there."""
    return [(partial(health_mark, h), pen.language.gettext(h.label)) for h in Health if h in healths]
