"""``remit status``: the overview in the terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.audience import FULL, Audience, unknown_audience
from generator.building import today_in
from generator.cli.shared import AudienceType, Day, contents, load
from generator.project import project
from generator.tracking.signals import Signal, Weight, signals
from generator.tracking.state import State, Tracked, track
from generator.words import Health, Status

if TYPE_CHECKING:
    from rich.table import Table

_TINT = {Weight.ACT: "bold red", Weight.WATCH: "yellow", Weight.NOTE: "dim"}
_HEALTH = {Health.ON_TRACK: "green", Health.AT_RISK: "yellow", Health.OFF_TRACK: "red"}


@click.command()
@contents
@click.option("--as-of", type=Day(), help="As it stood on this day.  [default: today]")
@click.option(
    "--audience", type=AudienceType(), default=FULL, show_default=True, help="What this audience would see."
)
def status(content: tuple[Path, ...], as_of: dt.date | None, audience: Audience) -> None:
    """Print what waits on whom, and where the delegations stand.

    \b
    Examples:
      remit status
      remit status --as-of 2026-03-31 --audience person:ada
    """
    from rich.console import Console  # noqa: PLC0415 - heavy, wanted here only

    read = load(content)
    if why := unknown_audience(read.ledger, audience):
        raise click.BadParameter(why, param_hint="--audience")
    today = as_of or today_in(read.ledger.site)
    tracked = track(project(read.ledger, audience), today)
    console = Console(highlight=False, soft_wrap=False)
    found = signals(tracked)
    running = [s for s in tracked.states.values() if s.delegation.status is Status.ACTIVE]
    title = f"[bold]{_safe(read.ledger.site.title)}[/]"
    console.print(f"{title} as of {today}: {len(running)} running, {len(found)} waiting on somebody\n")
    if found:
        console.print(_waiting(found))
        console.print()
    if tracked.states:
        console.print(_standing(tracked))
        if ended := Counter(
            s.delegation.status for s in tracked.states.values() if not s.delegation.status.open
        ):
            counted = ", ".join(f"{ended[status]} {status}" for status in Status if status in ended)
            console.print(f"Ended: {counted}")
    else:
        console.print("Nothing is delegated yet: [bold]remit new delegation[/] writes the first one.")


def _waiting(found: tuple[Signal, ...]) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, title="Needs attention", title_justify="left", title_style="bold")
    for name in ("", "what", "delegation", "waits on", "since"):
        table.add_column(name, overflow="fold", no_wrap=name in {"", "since"})
    for s in found:
        what = s.code + (f": {_safe(s.subject)}" if s.subject else "")
        tint = _TINT[s.weight]
        table.add_row(f"[{tint}]{s.weight}[/]", what, s.delegation, s.waits_on, str(s.since))
    return table


def _standing(tracked: Tracked) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, title="Delegations", title_justify="left", title_style="bold")
    table.pad_edge, table.padding = False, (0, 1, 0, 0)
    for name in ("delegation", "owner", "status", "health", "updates", "done", "due"):
        table.add_column(name, overflow="fold", no_wrap=name not in {"delegation", "owner"})
    order = {s: n for n, s in enumerate((Status.ACTIVE, Status.ON_HOLD, Status.NOT_STARTED, Status.DRAFT))}
    rows = sorted(
        (s for s in tracked.states.values() if s.delegation.status.open),
        key=lambda s: (order.get(s.delegation.status, 9), s.delegation.due or dt.date.max, s.delegation.id),
    )
    for s in rows:
        table.add_row(*_row(s))
    return table


def _row(s: State) -> tuple[str, ...]:
    d = s.delegation
    health = f"[{_HEALTH[s.health]}]{s.health}[/]" if s.health and d.status is Status.ACTIVE else "—"
    due = f"[red]{d.due}[/]" if s.overdue else str(d.due or "—")
    shown = s.progress.evidenced if s.progress.evidenced is not None else s.progress.reported
    updates = s.freshness.value if d.status is Status.ACTIVE else "—"
    return (d.id, d.owner, d.status.value, health, updates, "—" if shown is None else f"{shown}%", due)


def _safe(text: str) -> str:
    """Return a text of the records without what a terminal would take for a command or rich for markup."""
    from rich.markup import escape  # noqa: PLC0415

    return escape("".join(c if c.isprintable() else "�" for c in text))
