"""The values that charts are drawn from: plain data, no HTML.

A chart's ``title`` and ``description`` are texts of the interface, marked with ``N_`` and looked up when it
is drawn, or a record's own words. Without a description the drawing says in a sentence what there is to
see. What is drawn stands in the chart's table too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.pages.values import Link
from generator.words import N_, Answer, Health, Status


@dataclass(frozen=True, slots=True)
class Point:
    """A number on a day."""

    day: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """How far a delegation was on each day, in percent. All series are oldest first."""

    today: dt.date
    reported: tuple[Point, ...]
    """One for each check-in that says how far it is."""
    evidenced: tuple[Point, ...]
    """A point where the weight of milestones done changes; it holds until the next one."""
    planned: tuple[Point, ...]
    """A point where the weight of milestones due changes; where guided, the ends of a straight line."""
    due: dt.date | None = None
    guided: bool = False
    """Whether ``planned`` is no more than the share of time gone."""
    title: str = N_("Progress over time")
    description: str = ""


@dataclass(frozen=True, slots=True)
class TimelineMilestone:
    """A dated part of a row."""

    day: dt.date
    """When it was done, or else when it is due."""
    title: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One delegation on a timeline."""

    link: Link
    start: dt.date | None = None
    due: dt.date | None = None
    end: dt.date | None = None
    """The day it was completed, recalled or cancelled."""
    first_due: dt.date | None = None
    """The due date that was first agreed, where it was moved."""
    status: Status | None = None
    health: Health | None = None
    milestones: tuple[TimelineMilestone, ...] = ()
    depends_on: tuple[int, ...] = ()
    """The positions of the rows that it waits for."""
    group: str = ""
    """A lane or stage; rows of one group stand together."""


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Delegations over time, in the order given."""

    today: dt.date
    rows: tuple[TimelineRow, ...]
    first: dt.date | None = None
    """The first day that is asked for; by default the first that any row has."""
    last: dt.date | None = None
    """The last day that is asked for."""
    title: str = N_("Timeline")
    description: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One expected check-in."""

    day: dt.date
    state: Answer
    label: str = ""
    """What it is about: the delegation's title, or what the checkpoint asks."""
    href: str = ""


@dataclass(frozen=True, slots=True)
class CalendarChart:
    """Expected check-ins of a delegation or a person, as a calendar."""

    today: dt.date
    entries: tuple[CalendarEntry, ...]
    title: str = N_("Check-in calendar")
    description: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The health of a delegation in one week; nothing where nobody said or nothing tells."""

    reported: Health | None = None
    evidenced: Health | None = None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The health of a delegation over the weeks of the chart."""

    link: Link
    cells: tuple[HeatCell | None, ...]
    """One for each week; nothing for weeks in which the delegation was not under way."""


@dataclass(frozen=True, slots=True)
class HealthHeat:
    """Reported and evidenced health of delegations, week by week."""

    weeks: tuple[dt.date, ...]
    """The first day of each week, oldest first."""
    rows: tuple[HeatRow, ...]
    title: str = N_("Health over time")
    description: str = ""


@dataclass(frozen=True, slots=True)
class MetricChart:
    """The readings of a metric, and what they should come to."""

    today: dt.date
    readings: tuple[Point, ...]
    """Oldest first."""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    due: dt.date | None = None
    projected: Point | None = None
    """Where the trend points to, on the due date."""
    title: str = N_("Metric")
    description: str = ""


@dataclass(frozen=True, slots=True)
class GapRow:
    """The scores of one criterion."""

    label: str
    own: float | None = None
    """The self-evaluation's."""
    manager: float | None = None


@dataclass(frozen=True, slots=True)
class GapChart:
    """The self-evaluation beside the manager's, criterion by criterion."""

    rows: tuple[GapRow, ...]
    low: float = 1
    high: float = 5
    """The ends of the evaluations' scale."""
    wide: float = 2
    """How far apart two scores are to be marked."""
    title: str = N_("Self and manager")
    description: str = ""


@dataclass(frozen=True, slots=True)
class Funnel:
    """What became of ideas. Those adopted were tried, and all were proposed."""

    proposed: int
    tried: int
    adopted: int
    declined: int = 0
    open: int = 0
    """Without any answer yet."""
    title: str = N_("Ideas, from proposed to adopted")
    description: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often teams work with each other."""

    teams: tuple[Link, ...]
    counts: tuple[tuple[int, ...], ...]
    """One row for each team, one number in it for each team in the same order."""
    title: str = N_("Who works with whom")
    description: str = ""


@dataclass(frozen=True, slots=True)
class BurnUp:
    """What a cycle took on and what is done of it."""

    today: dt.date
    start: dt.date
    end: dt.date
    scope: tuple[Point, ...]
    """A point where what is planned changes, oldest first."""
    done: tuple[Point, ...]
    unit: str = N_("delegations")
    title: str = N_("Planned and done")
    description: str = ""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """How a due date moved."""

    link: Link
    first_due: dt.date
    due: dt.date
    moves: int = 1


@dataclass(frozen=True, slots=True)
class SlipChart:
    """How due dates moved, in the order given."""

    today: dt.date
    rows: tuple[SlipRow, ...]
    title: str = N_("Due dates that moved")
    description: str = ""


@dataclass(frozen=True, slots=True)
class LevelSpan:
    """A time in which a delegation stood at one level."""

    first: dt.date
    level: int
    """From 1 to 7."""
    last: dt.date | None = None
    """The day it ended or changed; nothing while it holds."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The levels of a delegation over time, oldest first."""

    link: Link
    spans: tuple[LevelSpan, ...]


@dataclass(frozen=True, slots=True)
class LevelChart:
    """How much authority was handed over, delegation by delegation, in the order given."""

    today: dt.date
    rows: tuple[LevelRow, ...]
    title: str = N_("Authority over time")
    description: str = ""


Figure = (
    ProgressChart
    | TimelineChart
    | CalendarChart
    | HealthHeat
    | MetricChart
    | GapChart
    | Funnel
    | Matrix
    | BurnUp
    | SlipChart
    | LevelChart
)
"""Every chart that stands in a figure with its table."""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A few numbers as a line within a text or a table."""

    values: tuple[float, ...]
    """Oldest first."""
    label: str = ""
    """What they measure; may be empty where the table's heading says it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many, as a small bar with its words."""

    number: int
    of: int
