"""Who works with whom: a square of teams, a disc and a number where they meet."""

from __future__ import annotations

import math

from generator.pages.figures import Matrix
from generator.render.charts import svg
from generator.render.charts.drawing import Cell, Drawing, Pen, Table

CELL, MOST = 36, 40
LEAST_NAMES, MOST_NAMES = 60, 150


def matrix(chart: Matrix, pen: Pen) -> Drawing:
    """Draw how often teams work with each other: the larger the disc, the more often.

    No more than forty teams are drawn; the table has all.
    """
    language = pen.language
    _ = language.gettext
    teams, size = chart.teams[:MOST], min(len(chart.teams), MOST)
    table = Table(
        (_("Team"), *(svg.clean(team.text) for team in chart.teams)),
        tuple(
            (
                pen.cell(team),
                *(Cell(language.number(count) if count else "·", number=True) for count in counts),
            )
            for team, counts in zip(chart.teams, chart.counts, strict=False)
        ),
    )
    pairs = [
        (at, to, count)
        for at, counts in enumerate(chart.counts[:size])
        for to, count in enumerate(counts[:size])
        if count > 0
    ]
    if not pairs:
        return pen.finish(
            "matrix", chart, "", table, empty=_("No two teams have worked together yet."), wide=True
        )
    names = min(max(max(svg.breadth(svg.clean(team.text)) for team in teams) + 12, LEAST_NAMES), MOST_NAMES)
    # The columns' names lean, so they take as much room upwards as to the right, less by the angle.
    above = (names - 12) * 0.72 + 14
    side = size * CELL
    most = max(count for *_where, count in pairs)
    lines = "".join(
        f"M{svg.n(names)} {svg.n(above + at * CELL)}h{side}M{svg.n(names + at * CELL)} {svg.n(above)}v{side}"
        for at in range(size + 1)
    )
    own = "".join(
        f"M{svg.n(names + at * CELL)} {svg.n(above + at * CELL)}h{CELL}v{CELL}h-{CELL}z" for at in range(size)
    )
    parts = [svg.path(own, "c-ground"), svg.path(lines, "c-grid")]
    for at, team in enumerate(teams):
        middle = (at + 0.5) * CELL
        parts.append(pen.linked(names - 10, above + middle + 4, team, names - 12, "c-name", "end"))
        where = f"translate({svg.n(names + middle + 3)} {svg.n(above - 7)})rotate(-45)"
        leaning = pen.said(0, 0, team.text, names - 12, "c-name")
        parts.append(svg.element("g", leaning, transform=where))
    for at, to, count in pairs:
        x, y = names + (to + 0.5) * CELL, above + (at + 0.5) * CELL
        r = 4 + 12 * math.sqrt(count / most)
        said = f"{teams[at].text} – {teams[to].text}: {language.number(count)}"
        class_ = "c-disc c-own-team" if at == to else "c-disc"
        parts.append(svg.shape("dot", x, y, r, class_, said))
        words = language.number(count)
        inside = r >= 10 and svg.breadth(words) <= 2 * r - 4
        if inside:
            parts.append(svg.text(x, y + 4, words, "c-on-disc", "middle"))
        else:
            parts.append(svg.text(x + CELL / 2 - 3, y + CELL / 2 - 4, words, "c-value", "end"))
    summary = _most(pairs, chart, pen)
    width = names + side + max((names - 12) * 0.72 - CELL / 2, 4)
    return pen.finish("matrix", chart, summary, table, parts, (width, above + side + 2), wide=True)


def _most(pairs: list[tuple[int, int, int]], chart: Matrix, pen: Pen) -> str:
    """Return which two teams work together most."""
    across = [pair for pair in pairs if pair[0] != pair[1]]
    if not across:
        return pen.language.gettext("No two teams have worked together yet.")
    at, to, count = max(across, key=lambda pair: (pair[2], -pair[0], -pair[1]))
    said = pen.language.gettext("Most often: {team} and {other}, {n}.")
    return said.format(team=chart.teams[at].text, other=chart.teams[to].text, n=pen.language.number(count))
