"""Charts: what is drawn of a few values, and that odd values are drawn as soundly.

``pytest --bless tests/site/test_charts.py`` writes the drawings anew. Look at the specimen page before it is
committed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest
from goldens import FOLDER, bless, difference, held
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.figures import (
    BurnUp,
    CalendarChart,
    CalendarEntry,
    Figure,
    Funnel,
    GapChart,
    GapRow,
    HealthHeat,
    HeatCell,
    HeatRow,
    LevelChart,
    LevelRow,
    LevelSpan,
    Matrix,
    MetricChart,
    Point,
    ProgressChart,
    SlipChart,
    SlipRow,
    Sparkline,
    Tally,
    TimelineChart,
    TimelineMilestone,
    TimelineRow,
)
from generator.pages.values import Link
from generator.render.charts import Drawing, draw, sparkline, tally
from generator.render.charts.scale import MOST, Days, apart, day_ticks, from_month, nice, number, span_of
from generator.render.charts.svg import breadth, n, shortened
from generator.render.html import Renderer, SiteFacts, templates_folder
from generator.render.language import Language
from generator.words import Answer, Health, Status

EN, ZH = Language("en"), Language("zh_CN")
LANGUAGES = {"en": EN, "zh_CN": ZH}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def points(**values: float) -> tuple[Point, ...]:
    """Return points in 2026: ``points(jan05=20)``."""
    months = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6}
    return tuple(Point(dt.date(2026, months[k[:3]], int(k[3:])), v) for k, v in values.items())


TODAY = day("2026-03-16")
G, A, R = Health.ON_TRACK, Health.AT_RISK, Health.OFF_TRACK
MONDAYS = tuple(day("2026-01-05") + dt.timedelta(7 * n) for n in range(10))

EXAMPLES: dict[str, Figure] = {
    "progress": ProgressChart(
        TODAY,
        points(jan16=10, feb13=40, mar13=70),
        points(jan05=0, jan30=25, feb27=50),
        points(jan05=0, jan26=25, mar02=75, mar31=100),
        due=day("2026-03-31"),
    ),
    "progress-guided": ProgressChart(
        TODAY, points(jan16=10), (), points(jan05=0, mar31=100), due=day("2026-03-31"), guided=True
    ),
    "timeline": TimelineChart(
        TODAY,
        (
            TimelineRow(
                Link("Open the second shop", "delegations/shop.html"),
                *(day("2026-01-05"), day("2026-04-10"), None, day("2026-03-27"), Status.ACTIVE, A),
                milestones=(
                    TimelineMilestone(day("2026-01-19"), "Lease signed", done=True),
                    TimelineMilestone(day("2026-03-20"), "Counter fitted"),
                ),
                group="Shops",
            ),
            TimelineRow(
                Link("华东门店季度增长", "delegations/east.html"),
                *(day("2026-01-12"), day("2026-03-02"), None, None, Status.ACTIVE, R),
                group="Shops",
            ),
            TimelineRow(
                Link("Train the team"),
                *(day("2026-04-13"), day("2026-05-08"), None, None, Status.NOT_STARTED),
                depends_on=(0,),
                group="Online",
            ),
            TimelineRow(
                Link("Returns"),
                *(day("2026-01-12"), day("2026-02-20"), day("2026-02-27"), None, Status.COMPLETED, G),
                group="Online",
            ),
        ),
    ),
    "calendar": CalendarChart(
        TODAY,
        (
            CalendarEntry(day("2026-01-30"), Answer.ON_TIME, "Shop", "checkins/1.html"),
            CalendarEntry(day("2026-01-30"), Answer.MISSED, "Returns"),
            CalendarEntry(day("2026-02-13"), Answer.LATE),
            CalendarEntry(day("2026-02-27"), Answer.WAIVED),
            CalendarEntry(day("2026-03-06"), Answer.PAUSED),
            CalendarEntry(day("2026-03-11"), Answer.OVERDUE),
            CalendarEntry(day("2026-03-13"), Answer.DUE),
            CalendarEntry(day("2026-03-27"), Answer.UPCOMING),
        ),
    ),
    "heat": HealthHeat(
        MONDAYS[:4],
        (
            HeatRow(
                Link("Open the shop", "delegations/shop.html"), (None, *[HeatCell(G, G)] * 2, HeatCell(G, R))
            ),
            HeatRow(Link("季度增长"), (HeatCell(None, A), HeatCell(A, A), HeatCell(A, None), None)),
        ),
    ),
    "metric": MetricChart(
        TODAY,
        points(jan11=820, feb08=905, mar08=1032),
        "orders a week",
        *(800, 1200, day("2026-04-30")),
        Point(day("2026-04-30"), 1168),
        title="Orders",
    ),
    "gaps": GapChart(
        (GapRow("On the day", 4, 4), GapRow("成本", 5, 3), GapRow("Neighbours", None, 2.5), GapRow("Care"))
    ),
    "funnel": Funnel(14, 8, 5, 3, 3),
    "matrix": Matrix(
        (Link("Shops", "teams/shops.html"), Link("线上"), Link("Course")), ((2, 4, 0), (4, 0, 12), (0, 12, 1))
    ),
    "burn-up": BurnUp(
        TODAY,
        day("2026-01-01"),
        day("2026-03-31"),
        points(jan01=9, feb16=12),
        points(jan01=0, feb13=3, mar13=8),
    ),
    "slips": SlipChart(
        TODAY,
        (
            SlipRow(Link("Returns", "delegations/returns.html"), day("2026-02-13"), day("2026-04-10"), 3),
            SlipRow(Link("Gift cards"), day("2026-03-31"), day("2026-03-20")),
        ),
    ),
}

EXAMPLES["levels"] = LevelChart(
    TODAY,
    (
        LevelRow(
            Link("Open the shop", "delegations/shop.html"),
            (LevelSpan(day("2026-01-05"), 3, day("2026-02-09")), LevelSpan(day("2026-02-09"), 5)),
        ),
        LevelRow(
            Link("季度增长"),
            (
                LevelSpan(day("2026-01-12"), 6, day("2026-02-02")),
                LevelSpan(day("2026-02-02"), 2, day("2026-03-02")),
            ),
        ),
    ),
)

LONG = "A delegation whose title somebody wrote down as if it were the whole of its goal, and then some"
CJK = "把华东地区全部门店的季度增长计划重新梳理并落实到每一位店长的日常工作之中"
BAD = '<b>&amp;"quoted"</b>\x00\x0b\u2028end'

ODD: dict[str, Figure] = {
    "one point": ProgressChart(TODAY, points(mar16=40), (), ()),
    "only a plan": ProgressChart(day("2031-01-01"), (), (), points(jan05=0, mar31=100)),
    "all on one day": ProgressChart(TODAY, points(mar16=0), points(mar16=0), points(mar16=0), due=TODAY),
    "progress off its scale": ProgressChart(TODAY, points(jan05=-5, feb05=1e308), points(jan05=math.nan), ()),
    "progress alike": ProgressChart(TODAY, points(jan05=50, mar13=50), points(jan05=50), points(jan05=50)),
    "progress at the end of days": ProgressChart(
        dt.date.max, (Point(dt.date.min, 0), Point(dt.date.max, 100)), (), (), due=dt.date.max
    ),
    "first day of all": ProgressChart(dt.date.min, (Point(dt.date.min, 10),), (), ()),
    "one reading": MetricChart(TODAY, points(mar16=7)),
    "readings alike": MetricChart(TODAY, points(jan05=7, mar13=7), target=7, baseline=7),
    "readings of nothing": MetricChart(TODAY, points(jan05=0, mar13=0), target=0),
    "huge and negative": MetricChart(TODAY, points(jan05=-1.7e308, mar13=1.7e308), target=-3e12, unit="¥"),
    "tiny": MetricChart(TODAY, points(jan05=5e-324, mar13=0.00012), "g", 0.0001, 0.0002),
    "no numbers": MetricChart(TODAY, points(jan05=math.nan, feb05=math.inf, mar13=3), target=-math.inf),
    "nearly alike": MetricChart(TODAY, points(jan05=1e15, mar13=1e15 + 1)),
    "below nothing": MetricChart(TODAY, points(jan05=-12.5, mar13=-3), "%", -15, -1, day("2026-06-30")),
    "long unit": MetricChart(TODAY, points(jan05=1234567.891, mar13=1345678.9), CJK, 1e6, 2e6, TODAY),
    "burn-up without anything done": BurnUp(TODAY, TODAY, TODAY, points(mar16=0), ()),
    "burn-up in the future": BurnUp(
        day("2020-01-01"), day("2026-01-01"), day("2026-03-31"), points(jan01=3), ()
    ),
    "long labels": TimelineChart(
        TODAY,
        (
            TimelineRow(Link(LONG, "a b/&'\".html"), TODAY, TODAY, group=CJK),
            TimelineRow(Link(CJK), milestones=(TimelineMilestone(TODAY, BAD),), group=LONG),
            TimelineRow(Link(BAD), start=TODAY),
            TimelineRow(Link("")),
        ),
        title=BAD,
    ),
    "dates that contradict each other": TimelineChart(
        TODAY,
        (
            TimelineRow(
                Link("a"),
                day("2026-05-01"),
                day("2026-01-01"),
                day("2025-01-01"),
                day("2027-01-01"),
                depends_on=(0, 1, 9, -1),
            ),
            TimelineRow(Link("b"), None, dt.date.max, None, dt.date.min, Status.ON_HOLD, depends_on=(0,)),
            TimelineRow(Link("c"), dt.date.min, None, dt.date.max, status=Status.RECALLED),
        ),
    ),
    "nothing in the days asked for": TimelineChart(
        TODAY,
        (
            TimelineRow(Link("before"), day("2020-01-01"), day("2020-02-01")),
            TimelineRow(Link("after"), day("2030-01-01"), day("2030-02-01")),
        ),
        day("2026-01-01"),
        day("2026-06-30"),
    ),
    "days asked for the wrong way round": TimelineChart(
        TODAY, (TimelineRow(Link("a"), TODAY, TODAY),), day("2026-06-30"), day("2026-01-01")
    ),
    "calendar at the end of days": CalendarChart(
        dt.date.max, (CalendarEntry(dt.date.max, Answer.DUE, BAD, "x"),)
    ),
    "calendar of all time": CalendarChart(
        TODAY, (CalendarEntry(dt.date.min, Answer.ON_TIME), CalendarEntry(dt.date.max, Answer.UPCOMING))
    ),
    "everybody on one day": CalendarChart(TODAY, tuple(CalendarEntry(TODAY, a, LONG) for a in Answer)),
    "heat of one week": HealthHeat(
        MONDAYS[:1], (HeatRow(Link(LONG, "x"), (HeatCell(R, G),)), HeatRow(Link(CJK), ()))
    ),
    "heat without anything told": HealthHeat(MONDAYS, (HeatRow(Link("a"), (HeatCell(),) * 12),)),
    "scores off the scale": GapChart(
        (GapRow(LONG, -3, 99), GapRow(CJK, math.nan, math.inf), GapRow(BAD, 1e300)), 0, 0
    ),
    "a scale of one": GapChart((GapRow("a", 1, 1),), 1, 1),
    "funnel of one": Funnel(1, 0, 0),
    "funnel that does not add up": Funnel(2, 1_000_000, -3, 40, 0),
    "matrix of one": Matrix((Link(CJK, "x"),), ((1,),)),
    "ragged matrix": Matrix((Link(LONG), Link(BAD)), ((-1, 100000), (2, 3, 4), (5,))),
    "levels of one day": LevelChart(
        TODAY, (LevelRow(Link(LONG, "x"), (LevelSpan(TODAY, 7, TODAY),)), LevelRow(Link(CJK), ()))
    ),
    "levels off the scale": LevelChart(
        TODAY, (LevelRow(Link(BAD), (LevelSpan(TODAY, 0), LevelSpan(TODAY, 1), LevelSpan(TODAY, 99))),)
    ),
    "levels to the end of days": LevelChart(
        dt.date.max, (LevelRow(Link(CJK), (LevelSpan(dt.date.min, 1, TODAY), LevelSpan(TODAY, 7))),)
    ),
    "a level that begins after today": LevelChart(
        day("2020-01-01"), (LevelRow(Link("a"), (LevelSpan(TODAY, 4),)),)
    ),
    "no slip": SlipChart(TODAY, (SlipRow(Link(CJK, "x"), TODAY, TODAY),)),
    "slips to the end of days": SlipChart(TODAY, (SlipRow(Link(LONG, "x"), dt.date.min, dt.date.max),)),
}

EMPTY: dict[str, Figure] = {
    "progress": ProgressChart(TODAY, (), (), (), due=TODAY),
    "progress without numbers": ProgressChart(TODAY, points(jan05=math.nan), (), ()),
    "timeline": TimelineChart(TODAY, ()),
    "undated timeline": TimelineChart(TODAY, (TimelineRow(Link("a")),)),
    "calendar": CalendarChart(TODAY, ()),
    "heat": HealthHeat((), ()),
    "heat without weeks under way": HealthHeat(MONDAYS, (HeatRow(Link("a"), (None,) * 10),)),
    "metric": MetricChart(TODAY, (), target=4),
    "metric without numbers": MetricChart(TODAY, points(jan05=math.inf)),
    "gaps": GapChart((GapRow("a"),)),
    "funnel": Funnel(0, 0, 0),
    "matrix": Matrix((Link("a"),), ((0,),)),
    "burn-up": BurnUp(TODAY, TODAY, TODAY, (), ()),
    "slips": SlipChart(TODAY, ()),
    "levels": LevelChart(TODAY, ()),
    "levels without any": LevelChart(TODAY, (LevelRow(Link("a"), ()),)),
}

ALL = {**EXAMPLES, **ODD}


def drawn(figure: Figure, language: Language = EN, key: str = "k") -> Drawing:
    return draw(figure, key, language, lambda path: f"../{path}")


def lines_of(drawing: Drawing) -> str:
    """Return a drawing with an element on each line, as its golden holds it."""
    return f"<!-- {drawing.title}: {drawing.summary} -->\n" + str(drawing.svg).replace("><", ">\n<") + "\n"


def test_drawings(request: pytest.FixtureRequest) -> None:
    """In English, and in Chinese where dates and numbers look different."""
    found = {f"{name}.svg": lines_of(drawn(figure)) for name, figure in EXAMPLES.items()}
    found |= {f"{name}-zh.svg": lines_of(drawn(EXAMPLES[name], ZH)) for name in ("calendar", "timeline")}
    if request.config.getoption("--bless"):
        bless(FOLDER / "charts", found)
    differs = difference(held(FOLDER / "charts"), found)
    if differs:
        pytest.fail(f"{differs}\nIf this is meant: pytest --bless tests/site/test_charts.py")


# --- what holds of every drawing ----------------------------------------------------------------------


def parsed(drawing: Drawing) -> ET.Element:
    return ET.fromstring(str(drawing.svg))


def texts_of(root: ET.Element) -> Iterator[tuple[ET.Element, float, float, float]]:
    """Return each text that lies flat, with its left and right end and its height."""
    leaning = {id(e) for group in root.iter("g") if "transform" in group.attrib for e in group.iter("text")}
    for element in root.iter("text"):
        if id(element) in leaning:
            continue
        x, wide = float(element.attrib["x"]), breadth(element.text or "")
        left = x - wide * {"middle": 0.5, "end": 1}.get(element.get("text-anchor", ""), 0)
        yield element, left, left + wide, float(element.attrib["y"])


def faults(drawing: Drawing) -> list[str]:
    """Return what is wrong with a drawing."""
    root, text = parsed(drawing), str(drawing.svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    wrong = [f"style on {e.tag}" for e in root.iter() if "style" in e.attrib]
    wrong += [f"{name} on {e.tag}" for e in root.iter() for name in e.attrib if name.startswith("on")]
    wrong += [
        f"<{e.tag}>" for e in root.iter() if e.tag in {"script", "style", "image", "use", "foreignObject"}
    ]
    numbers = re.findall(r' (?:d|x|y|r|cx|cy|rx|width|height|transform|viewBox)="([^"]*)"', text)
    for value in numbers:
        wrong += [f"no plain number in {value}"] * bool(
            re.search(r"nan|inf|e[+-]|\d\.\d\d|-0(?![.\d])", value)
        )
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    named = f"{root.get('aria-labelledby')} {root.get('aria-describedby', '')}".split()
    wrong += ["ids"] * (sorted(ids) != sorted(named) or len(set(ids)) != len(ids))
    linked = any(e.tag == "a" for e in root.iter())
    wrong += ["its role"] * (root.get("role") != ("group" if linked else "img"))
    for element, left, right, y in texts_of(root):
        if left < -1 or right > width + 1 or not 8 <= y <= height:
            wrong.append(
                f"“{element.text}” at {left:.0f}–{right:.0f}, {y:.0f} is outside {width:.0f} × {height:.0f}"
            )
    return wrong


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_every_drawing_is_sound(name: str, locale: str) -> None:
    drawing = drawn(ALL[name], LANGUAGES[locale])
    assert faults(drawing) == []
    assert drawing.summary or "plan" in name
    assert drawing.table.rows
    assert {len(row) for row in drawing.table.rows} == {len(drawing.table.heads)} or "ragged" in name


def test_the_faults_are_seen() -> None:
    """What is looked for is found where it is."""
    good = drawn(EXAMPLES["funnel"])
    spoilt = (
        str(good.svg)
        .replace('class="c-value"', 'style="fill:red" onclick="x"', 1)
        .replace('y="', 'y="nan', 1)
    )
    spoilt = spoilt.replace('id="k-d"', 'id="k-t"').replace('x="0"', 'x="900"', 1)
    assert faults(good) == []
    found = faults(Drawing("", "", "", spoilt, "", good.table))  # type: ignore[arg-type]  # spoilt on purpose
    assert len({fault.split()[0] for fault in found}) >= 4, found


@pytest.mark.parametrize("name", ALL)
def test_names_of_lines_are_not_written_over_each_other(name: str) -> None:
    boxes = [
        (left, right, y, element.text)
        for element, left, right, y in texts_of(parsed(drawn(ALL[name])))
        if element.get("class", "").endswith("-name") and element.get("class") != "c-name"
    ]
    for at, (left, right, y, text) in enumerate(boxes):
        for left2, right2, y2, other in boxes[at + 1 :]:
            assert right <= left2 or right2 <= left or abs(y - y2) >= 11, (text, other)


def words_in(figure: Figure) -> list[str]:
    """Return the words of records in a chart."""
    match figure:
        case TimelineChart():
            rows = figure.rows
            return (
                [r.link.text for r in rows]
                + [r.group for r in rows]
                + [m.title for r in rows for m in r.milestones]
            )
        case CalendarChart():
            return [entry.label for entry in figure.entries]
        case HealthHeat() | SlipChart():
            return [row.link.text for row in figure.rows]
        case GapChart():
            return [row.label for row in figure.rows]
        case Matrix():
            return [team.text for team in figure.teams]
    return [figure.title]


@pytest.mark.parametrize("name", ALL)
def test_every_word_of_the_data_is_in_the_drawing_or_its_table(name: str) -> None:
    drawing = drawn(ALL[name])
    told = " ".join([*parsed(drawing).itertext(), *(cell.text for row in drawing.table.rows for cell in row)])
    told = " ".join([told, *drawing.table.heads])
    rows = {text for text in words_in(ALL[name]) if text}
    weeks_told = isinstance(ALL[name], HealthHeat)
    missing = {w for w in rows if " ".join(w.replace("\x00", "").replace("\x0b", " ").split()) not in told}
    # A row of a heat map that nothing is told of has only its name, which may be cut.
    assert missing == set() or weeks_told


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize("locale", LANGUAGES)
def test_without_data_there_is_a_sentence(name: str, locale: str) -> None:
    drawing = drawn(EMPTY[name], LANGUAGES[locale])
    assert drawing.svg == ""
    assert drawing.empty.endswith((".", "。"))


def test_every_class_has_a_rule() -> None:
    rules = "".join(
        (templates_folder() / "assets" / f).read_text("utf-8") for f in ("charts.css", "remit.css")
    )
    names = {
        name
        for figure in ALL.values()
        for element in parsed(drawn(figure)).iter()
        for name in element.get("class", "").split()
    }
    assert len(names) > 40
    untinted = (
        {f"status-{s.value}" for s in Status} | {f"answer-{a.value}" for a in Answer} | {"health-unknown"}
    )
    assert {name for name in names if not re.search(rf"\.{name}\b(?!-)", rules)} - untinted == set()


def test_colours_are_left_to_the_style_sheet() -> None:
    for figure in ALL.values():
        found = {name for e in parsed(drawn(figure)).iter() for name in e.attrib}
        assert not found & {"fill", "stroke", "style", "color", "font-size", "font-family", "opacity"}


# --- words, links, keys -------------------------------------------------------------------------------


def test_words_of_records_are_escaped_and_their_language_is_said() -> None:
    chart = SlipChart(
        TODAY, (SlipRow(Link('<i>"a"&'), TODAY, TODAY), SlipRow(Link("季度"), TODAY, TODAY)), BAD
    )
    svg = str(drawn(chart).svg)
    assert "<i>" not in svg
    assert "&lt;i&gt;" in svg
    assert re.search(r'<text [^>]*lang="zh-CN">季度</text>', svg)
    assert 'lang="en"' not in svg
    assert re.search(r'<text [^>]*lang="en">&lt;i&gt;', str(drawn(chart, ZH).svg))


def test_links_lead_from_the_page_that_shows_them() -> None:
    root = parsed(drawn(EXAMPLES["slips"]))
    assert [a.attrib["href"] for a in root.iter("a")] == ["../delegations/returns.html"]
    cells = [row[0] for row in drawn(EXAMPLES["slips"]).table.rows]
    assert [(c.text, c.href) for c in cells] == [
        ("Returns", "../delegations/returns.html"),
        ("Gift cards", ""),
    ]


def test_a_title_that_is_cut_is_told_in_full_when_pointed_at() -> None:
    root = parsed(drawn(SlipChart(TODAY, (SlipRow(Link(LONG, "x"), TODAY, TODAY),))))
    link = next(root.iter("a"))
    assert (link.findtext("text") or "").endswith("…")
    assert link.findtext("title") == LONG


def test_the_key_begins_every_id() -> None:
    for key in ("one", "two"):
        ids = re.findall(
            r' (?:id|aria-labelledby|aria-describedby)="([^"]*)"', str(drawn(EXAMPLES["gaps"], key=key).svg)
        )
        assert ids == [f"{key}-t", f"{key}-d", f"{key}-t", f"{key}-d"]


def test_titles_and_descriptions() -> None:
    assert drawn(Funnel(1, 1, 1, description="All of them.")).summary == "All of them."
    assert drawn(Funnel(1, 1, 1)).summary == "1 of 1 ideas adopted, 1 tried."
    assert drawn(EXAMPLES["heat"]).summary == "1 week was reported better than the work showed."
    assert (
        drawn(EXAMPLES["progress"]).summary == "On 16 Mar 2026: 70% reported, 50% by milestones, 75% planned."
    )
    assert drawn(EXAMPLES["slips"]).summary == "Median +22 days, most +56 days."
    assert drawn(EXAMPLES["levels"]).summary == "Raised once, lowered once."
    assert drawn(EXAMPLES["levels"], ZH).summary == "上调 1 次，下调 1 次。"


def test_tables() -> None:
    rows = [[cell.text for cell in row] for row in drawn(EXAMPLES["progress"]).table.rows]
    assert rows[:3] == [
        ["5 Jan 2026", "—", "0%", "0%"],
        ["16 Jan 2026", "10%", "—", "—"],
        ["26 Jan 2026", "—", "—", "25%"],
    ]
    heat = [[cell.text for cell in row] for row in drawn(EXAMPLES["heat"]).table.rows]
    assert heat[:2] == [
        ["Open the shop", "12 Jan 2026", "2", "On track", "On track"],
        ["Open the shop", "26 Jan 2026", "1", "On track", "Off track"],
    ]


def test_a_level_is_told_by_height_digit_and_words() -> None:
    drawing = drawn(EXAMPLES["levels"])
    root = parsed(drawing)
    steps = [e for e in root.iter("rect") if e.find("title") is not None]
    assert [(e.get("class"), e.get("height"), e.findtext("title")) for e in steps] == [
        ("c-level c-level-3", "10.2", "3 Consult, 5 Jan 2026 – 9 Feb 2026"),
        ("c-level c-level-5", "17", "5 Advise, since 9 Feb 2026"),
        ("c-level c-level-6", "20.4", "6 Inquire, 12 Jan 2026 – 2 Feb 2026"),
        ("c-level c-level-2", "6.8", "2 Sell, 2 Feb 2026 – 2 Mar 2026"),
    ]
    assert [e.text for e in root.iter("text") if e.get("class") == "c-level-name"] == ["3", "5", "6", "2"]
    assert [[cell.text for cell in row] for row in drawing.table.rows][:2] == [
        ["Open the shop", "5 Jan 2026", "9 Feb 2026", "3 Consult"],
        ["Open the shop", "9 Feb 2026", "—", "5 Advise"],
    ]


def test_shapes_tell_states_without_colour() -> None:
    """Each state of a check-in is another shape; a worse health is a taller band."""
    chart = CalendarChart(TODAY, tuple(CalendarEntry(TODAY, a) for a in Answer))
    for answer in Answer:
        one = parsed(drawn(CalendarChart(TODAY, (CalendarEntry(TODAY, answer),))))
        assert f"answer-{answer.value}" in ET.tostring(one, "unicode")
    key = [e for e in parsed(drawn(chart)).iter() if "c-mark" in e.get("class", "") and not len(e)]
    shapes = {re.sub(r"answer-\S+|[cM][xy]?=?\"?[\d. ]+", "", ET.tostring(e, "unicode")) for e in key}
    assert len(shapes) >= len(Answer)
    bands = [
        e for e in parsed(drawn(EXAMPLES["heat"])).iter("path") if e.get("class", "").startswith("c-band")
    ]
    heights = [(e.get("class", "").split("health-")[1], e.get("stroke-width")) for e in bands if not len(e)]
    assert heights == [("on_track", "4"), ("at_risk", "8"), ("off_track", "12")]


def test_the_calendar_is_bounded_and_says_so() -> None:
    drawing = drawn(ODD["calendar of all time"])
    assert len(drawing.svg) < 60_000
    assert drawing.summary.endswith("; the table has all.")
    assert [row[0].text for row in drawing.table.rows] == ["1 Jan 1", "31 Dec 9999"]


def test_what_is_pressing_is_on_top_of_a_day() -> None:
    root = parsed(drawn(EXAMPLES["calendar"]))
    marks = [e for e in root.iter() if e.find("title") is not None and "answer-" in e.get("class", "")]
    first = next(e for e in marks if "30 Jan" in (e.findtext("title") or ""))
    assert "answer-missed" in first.attrib["class"]
    assert first.findtext("title") == "30 Jan 2026: On time · Shop; Missed · Returns"


# --- size ---------------------------------------------------------------------------------------------


def many(rows: int) -> dict[str, Figure]:
    link = [Link(f"{LONG[:40]} {at}", f"delegations/a-delegation-{at}.html") for at in range(rows)]
    days = [day("2025-01-06") + dt.timedelta(at % 300) for at in range(rows)]
    weeks = tuple(day("2025-01-06") + dt.timedelta(7 * at) for at in range(52))
    cells = tuple(HeatCell((G, A, R)[at % 3], (A, G)[at % 2]) for at in range(52))
    calm = tuple(HeatCell((G, A)[at // 20 % 2], (G, A, R)[at // 13 % 3]) for at in range(52))
    stone = [TimelineMilestone(day("2025-11-03"), "A milestone")]
    return {
        "timeline": TimelineChart(
            TODAY,
            tuple(
                TimelineRow(
                    link[at],
                    d,
                    d + dt.timedelta(90),
                    None,
                    d + dt.timedelta(60),
                    Status.ACTIVE,
                    A,
                    tuple(stone),
                )
                for at, d in enumerate(days)
            ),
        ),
        "heat": HealthHeat(weeks, tuple(HeatRow(to, cells) for to in link)),
        "calm heat": HealthHeat(weeks, tuple(HeatRow(to, calm) for to in link)),
        "slips": SlipChart(
            TODAY, tuple(SlipRow(to, d, d + dt.timedelta(9)) for to, d in zip(link, days, strict=True))
        ),
        "gaps": GapChart(tuple(GapRow(to.text, 1, 5) for to in link)),
        "levels": LevelChart(
            TODAY,
            tuple(
                LevelRow(to, (LevelSpan(d, 3, d + dt.timedelta(60)), LevelSpan(d + dt.timedelta(60), 5)))
                for to, d in zip(link, days, strict=True)
            ),
        ),
        "matrix": Matrix(tuple(link), ((3,) * rows,) * rows),
        "metric": MetricChart(
            TODAY, tuple(Point(day("2025-01-06") + dt.timedelta(at), at) for at in range(rows))
        ),
        "calendar": CalendarChart(
            TODAY,
            tuple(
                CalendarEntry(d, Answer.ON_TIME, link[at].text, link[at].href) for at, d in enumerate(days)
            ),
        ),
    }


@pytest.mark.parametrize("name", [name for name in many(1) if name != "matrix"])
def test_sixty_rows_are_small(name: str) -> None:
    # Sixty delegations whose health changes every week for a year are the most there could be.
    limit = 70_000 if name == "heat" else 60_000
    assert len(str(drawn(many(60)[name]).svg).encode()) < limit


def test_a_matrix_of_twelve_is_small_and_one_of_sixty_is_cut() -> None:
    assert len(str(drawn(many(12)["matrix"]).svg).encode()) < 60_000
    large = drawn(many(60)["matrix"])
    assert len(list(parsed(large).iter("a"))) == 40
    assert len(large.table.rows) == 60


def test_fifteen_hundred_rows_stay_bounded() -> None:
    drawing = drawn(many(1500)["timeline"])
    assert len(str(drawing.svg).encode()) < 800_000
    assert len(list(parsed(drawing).iter("a"))) == 1500


def test_only_the_days_asked_for_are_drawn() -> None:
    root = parsed(drawn(ODD["nothing in the days asked for"]))
    assert [e.get("class") for e in root.iter("path")].count("c-beyond") == 2
    assert "c-bar" not in ET.tostring(root, "unicode")


# --- as small as words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((3, 5, 4), "from 3 to 4, between 3 and 5"),
        ((7,), "from 7 to 7, between 7 and 7"),
        ((math.nan, 2, 1e308, -1e308), f"from 2 to {-MOST:.3g}, between {-MOST:.3g} and {MOST:.3g}"),
    ],
)
def test_sparklines(values: tuple[float, ...], says: str) -> None:
    root = ET.fromstring(str(sparkline(Sparkline(values), EN)))
    assert root.get("aria-label") == says
    places = [float(word) for e in root.iter("path") for word in re.findall(r"[\d.-]+", e.attrib["d"])]
    assert all(0 <= place <= 84 for place in places)
    assert sparkline(Sparkline(values, "<b>"), EN).count('aria-label="&lt;b&gt;: ') == 1


def test_a_sparkline_of_nothing() -> None:
    assert sparkline(Sparkline((math.nan,)), EN) == '<span class="none">—</span>'


@pytest.mark.parametrize(
    ("number_", "of", "width"),
    [(0, 5, None), (3, 5, "36"), (5, 5, "60"), (9, 5, "60"), (0, 0, None), (-1, 5, None)],
)
def test_tallies(number_: int, of: int, width: str | None) -> None:
    root = ET.fromstring(str(tally(Tally(number_, of), EN)))
    done = next((e for e in root.iter("rect") if e.get("class") == "c-done"), None)
    assert (None if done is None else done.get("width")) == width
    assert root.findtext("span") == f"{number_} of {of}"


# --- numbers, words and scales ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.25, "1.2"), (1.0, "1"), (-0.04, "0"), (-0.06, "-0.1"), (100, "100"), (1e6, "1000000")],
)
def test_numbers_of_drawings(value: float, text: str) -> None:
    assert n(value) == text


@pytest.mark.parametrize(
    ("words", "room", "text"),
    [
        ("Shop", 100, "Shop"),
        ("Open the second shop", 60, "Open th…"),
        ("华东门店季度增长", 60, "华东门店…"),
        ("a\tb\n c\x00", 100, "a b c"),
        ("e\u0301" * 30, 40, "e\u0301e\u0301e\u0301…"),
        ("words", 0, "…"),
    ],
)
def test_words_that_are_cut(words: str, room: float, text: str) -> None:
    assert shortened(words, room) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "", "1,234.5"),
        (60, "%", "60%"),
        (-1200, "¥", "-¥1,200"),
        (3, "shops", "3 shops"),
        (-0.0, "", "0"),
        (0.00012, "g", "0.00012 g"),
        (2.5e14, "", "2.5e+14"),
    ],
)
def test_numbers_with_units(value: float, unit: str, text: str) -> None:
    assert number(value, EN, unit) == text


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 12], [0, 5, 10, 15]),
        ([820, 1200], [800, 900, 1000, 1100, 1200]),
        ([7, 7], [6, 6.5, 7, 7.5, 8]),
        ([0, 0], [-1, -0.5, 0, 0.5, 1]),
        ([-30, -10], [-30, -20, -10, 0]),
        ([-4, 9], [-5, 0, 5, 10]),
        ([], [0, 0.5, 1]),
    ],
)
def test_round_values(values: list[float], ticks: list[float]) -> None:
    assert nice(values)[2] == pytest.approx(ticks)


@given(st.lists(st.floats(-MOST, MOST), min_size=1, max_size=5))
def test_round_values_lie_around_the_values(values: list[float]) -> None:
    values = [0 if abs(v) < 1 / MOST else v for v in values]
    low, high, ticks = nice(values)
    wide = high - low
    assert low - wide * 1e-6 <= min(values) <= max(values) <= high + wide * 1e-6
    assert 2 <= len(ticks) <= 12
    assert math.isfinite(wide)


@pytest.mark.parametrize(
    ("first", "last", "room", "names"),
    [
        ("2026-03-02", "2026-03-08", 220, ["2 Mar 2026", "4 Mar", "6 Mar", "8 Mar"]),
        ("2026-03-03", "2026-04-05", 220, ["9 Mar 2026", "23 Mar"]),
        ("2025-11-10", "2026-03-31", 220, ["Dec 2025", "Jan 2026", "Feb", "Mar"]),
        ("2025-01-01", "2026-12-31", 220, ["Jan 2025", "Jul", "Jan 2026", "Jul"]),
        ("2015-06-01", "2026-06-01", 220, ["2020", "2025"]),
        ("0001-01-01", "9999-12-31", 220, ["2000", "4000", "6000", "8000"]),
    ],
)
def test_days_that_an_axis_names(first: str, last: str, room: float, names: list[str]) -> None:
    ticks = day_ticks(day(first).toordinal(), day(last).toordinal(), room, EN)
    assert [f"{t.label} {t.year}".strip() for t in ticks] == names


@given(st.dates(), st.dates(), st.integers(100, 900))
def test_an_axis_names_days_within_it_apart(one: dt.date, other: dt.date, room: int) -> None:
    first, last = span_of([one, other])
    scale = Days(first, last, 0, room)
    ticks = day_ticks(first, last, room, EN)
    places = [scale.at(tick.at) for tick in ticks]
    assert all(0 <= place <= room for place in places)
    assert places == sorted(places)
    assert ticks or last - first > 366 * 20


@given(st.dates(), st.dates(), st.booleans())
def test_a_span_holds_its_days(one: dt.date, other: dt.date, to: bool) -> None:
    first, last = from_month(*span_of([one, other, None]), to=to)
    assert first <= min(one, other).toordinal() <= max(one, other).toordinal() <= last
    assert last - first >= 6
    assert dt.date.fromordinal(first) <= dt.date.fromordinal(last)


@given(st.lists(st.floats(0, 100), max_size=6), st.floats(1, 30))
def test_labels_are_moved_apart(places: list[float], gap: float) -> None:
    moved = apart(places, gap, 0, 100)
    least = min(gap, 100 / (len(places) - 1)) if len(places) > 1 else gap
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    ordered = [moved[at] for at in order]
    assert all(b - a >= least - 1e-6 for a, b in pairwise(ordered))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in moved)
    far_apart = all(b - a >= gap for a, b in pairwise(sorted(places)))
    assert not far_apart or moved == pytest.approx(places)


# --- on a page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_specimen_shows_one_of_each_with_its_table(golden, locale: str) -> None:
    page = golden.build("full", locale).html()["specimen.html"]
    figures = re.findall(r'<figure class="chart chart-([a-z-]+)">(.*?)</figure>', page, re.DOTALL)
    kinds = {drawn(figure).kind for figure in EXAMPLES.values()}
    assert {kind for kind, _ in figures} == kinds
    for kind, inner in figures:
        assert ("<svg " in inner) == ("<table" in inner) == ('class="empty"' not in inner), kind
        assert '<details class="behind">' in inner or "<svg" not in inner
    assert 'class="c-spark"' in page
    assert 'class="c-tally"' in page


def test_a_page_may_show_the_table_itself() -> None:
    renderer = Renderer(SiteFacts("Shop", TODAY, "en", "full"))
    text = """{% import "parts/chart.html" as c with context %}{{ c.chart(figure, "k", table=false) }}"""
    page = renderer._env.from_string(text).render(figure=EXAMPLES["slips"])
    assert "<svg" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    ("today", "name"),
    [(None, "today"), (dt.date(2026, 3, 10), "today"), (dt.date(2026, 5, 1), "10 Mar")],
)
def test_a_chart_of_another_day_names_its_day(today: dt.date | None, name: str) -> None:
    chart = BurnUp(
        day("2026-03-10"), day("2026-01-01"), day("2026-03-31"), points(jan01=3), points(jan01=0, feb13=1)
    )
    words = re.findall(r'class="c-today-name">([^<]*)<', draw(chart, "k", EN, today=today).svg)
    assert words == [name]
