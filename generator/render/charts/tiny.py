"""Charts as small as words, for tables and sentences. They have no table of their own."""

from __future__ import annotations

from markupsafe import Markup, escape

from generator.pages.figures import Sparkline, Tally
from generator.render.charts import svg
from generator.render.charts.scale import Linear, finite, number
from generator.render.language import Language

WIDTH, HEIGHT = 84, 20


def sparkline(values: Sparkline, language: Language) -> Markup:
    """Draw a few numbers as a line with a dot on the last; a dash where there are none."""
    given = finite(values.values)
    _ = language.gettext
    if not given:
        return Markup('<span class="none">—</span>')
    low, high = min(given), max(given)
    y = Linear(low, high, HEIGHT - 4, 4) if high > low else Linear(low - 1, low + 1, HEIGHT, 0)
    step = (WIDTH - 10) / max(len(given) - 1, 1)
    places = [(4 + at * step, y(value)) for at, value in enumerate(given)]
    way = "M" + "L".join(f"{svg.n(x)} {svg.n(at)}" for x, at in places)
    said = _("from {first} to {last}, between {low} and {high}").format(
        **{
            name: number(value, language)
            for name, value in (("first", given[0]), ("last", given[-1]), ("low", low), ("high", high))
        }
    )
    label = f"{svg.clean(values.label)}{_(': ')}{said}" if values.label else said
    parts = [svg.path(way, "c-reading")] * (len(places) > 1)
    parts.append(svg.shape("dot", *places[-1], 2.6, "c-reading-dot"))
    return svg.markup(
        [
            svg.element(
                "svg",
                "".join(parts),
                class_="c-spark",
                viewBox=f"0 0 {WIDTH} {HEIGHT}",
                role="img",
                aria_label=label,
            )
        ]
    )


def tally(value: Tally, language: Language) -> Markup:
    """Draw so many of so many as a small bar, with its words beside it."""
    share = min(max(value.number / value.of, 0), 1) if value.of > 0 else 0
    words = language.gettext("{n} of {of}").format(
        n=language.number(value.number), of=language.number(value.of)
    )
    bar = svg.rect(0, 0, 60, 8, "c-track") + (svg.rect(0, 0, 60 * share, 8, "c-done") if share else "")
    drawn = svg.element("svg", bar, class_="c-tally", viewBox="0 0 60 8", aria_hidden="true")
    said = Markup('<span class="figures">{}</span>').format(escape(words))
    return Markup('<span class="tallied">{} {}</span>').format(svg.markup([drawn]), said)
