"""``remit status``: what waits on whom in the terminal, for reminders too."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.audience import FULL, Audience, unknown_audience
from generator.building import today_in
from generator.cli.shared import AudienceType, Day, contents, load, printable
from generator.pages.links import Linker
from generator.pages.sentences import sentence
from generator.pages.signal_words import SIGNAL_LABELS, WEIGHT_LABELS
from generator.project import project
from generator.render.data import as_json, signal_rows
from generator.render.language import Language
from generator.schema import Target
from generator.text import nearest
from generator.tracking.signals import Signal, Weight, signals
from generator.tracking.state import State, Tracked, track
from generator.words import N_, Health, Status

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WAITING = 1
"""The exit status of ``--exit-code`` where something waits."""

_TINT = {Weight.ACT: "bold red", Weight.WATCH: "yellow", Weight.NOTE: "dim"}
_SIGNAL = ("", N_("About"), N_("Signal"), N_("Waits on"), N_("Since"))
_STANDING = (
    *(N_("Delegation"), N_("Owner"), N_("Status"), N_("Health")),
    *(N_("Updates"), N_("Progress"), N_("Due date")),
)
_HEALTH = {Health.ON_TRACK: "green", Health.AT_RISK: "yellow", Health.OFF_TRACK: "red"}


@click.command()
@contents
@click.option("--as-of", type=Day(), help="As it stood on this day.  [default: today]")
@click.option(
    "--audience", type=AudienceType(), default=FULL, show_default=True, help="What this audience would see."
)
@click.option("--owner", metavar="ID", help="What waits on this person, or is about what they hold.")
@click.option("--team", metavar="ID", help="What waits on this team or its people, or is about its work.")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="These signals only.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--exit-code", is_flag=True, help=f"Exit with {WAITING} where anything shown weighs more than a note."
)
@click.pass_context
def status(
    ctx: click.Context,
    content: tuple[Path, ...],
    as_of: dt.date | None,
    audience: Audience,
    owner: str | None,
    team: str | None,
    codes: tuple[str, ...],
    form: str,
    exit_code: bool,
) -> None:
    """Print what waits on whom, and where the delegations stand, in the site's language.

    \b
    Examples:
      remit status
      remit status --as-of 2026-03-31 --audience person:ada
      remit status --owner ada --exit-code
      remit status --code overdue --code stale --format json
    """
    read = load(content)
    if why := unknown_audience(read.ledger, audience):
        raise click.BadParameter(why, param_hint="--audience")
    today = as_of or today_in(read.ledger.site)
    tracked = track(project(read.ledger, audience), today, audience)
    for id_, of in ((owner, Target.PERSON), (team, Target.TEAM)):
        if id_ is not None and tracked.ledger.get(of, id_) is None:
            _unknown("--owner" if of is Target.PERSON else "--team", of.value, id_, tracked.ledger.ids(of))
    for code in codes:
        if code not in SIGNAL_LABELS:
            _unknown("--code", "signal", code, SIGNAL_LABELS)
    wanted = _about(tracked, owner, team)
    found = [
        s
        for s in signals(tracked)
        if (not codes or s.code in codes)
        and (wanted(s.delegation) or _on(s, tracked, owner, team) or not (owner or team))
    ]
    language = Language(read.ledger.site.locale)
    if form == "json":
        rows = signal_rows(found, tracked, Linker(tracked.ledger), language)
        click.echo(as_json(tracked, "signals", rows), nl=False)
    else:
        states = [] if codes else [s for id_, s in tracked.states.items() if wanted(id_)]
        _print(tracked, found, states, language)
    if exit_code and any(s.weight is not Weight.NOTE for s in found):
        ctx.exit(WAITING)


def _unknown(option: str, what: str, id_: str, known: Iterable[str]) -> NoReturn:
    near = nearest(id_, list(known))
    hint = f"; did you mean “{near}”?" if near else ""
    raise click.BadParameter(f"no {what} “{id_}”{hint}", param_hint=option)


def _about(tracked: Tracked, owner: str | None, team: str | None) -> Callable[[str], bool]:
    """Return whether a delegation is held by the person, or belongs to the team, that is asked for."""

    def wanted(delegation: str) -> bool:
        state = tracked.states.get(delegation)
        if state is None:
            return False
        d = state.delegation
        return (owner is None or d.owner == owner) and (team is None or team in tracked.ledger.teams_of(d))

    return wanted


def _on(signal: Signal, tracked: Tracked, owner: str | None, team: str | None) -> bool:
    """Return whether a signal waits on the person, or on the team or one of its people."""
    if owner is not None and signal.waits_on != owner:
        return False
    if team is None:
        return owner is not None
    return signal.waits_on == f"team:{team}" or signal.waits_on in tracked.ledger.organisation.members(team)


def _print(tracked: Tracked, found: Sequence[Signal], states: Sequence[State], language: Language) -> None:
    from rich.console import Console  # noqa: PLC0415 - heavy, wanted here only

    console = Console(highlight=False, soft_wrap=False)
    running = sum(s.delegation.status is Status.ACTIVE for s in states)
    title = f"[bold]{_safe(tracked.ledger.site.title)}[/]"
    counts = [language.gettext("{n} running").format(n=running)] if states or not found else []
    counts.append(language.gettext("{n} waiting on somebody").format(n=len(found)))
    head, listed = language.gettext("{title} as of {day}: {counts}"), language.gettext(", ").join(counts)
    console.print(head.format(title=title, day=tracked.today, counts=listed) + "\n")
    if found:
        console.print(_waiting(found, tracked, language))
        console.print()
    if states:
        _print_states(console, states, language)
    elif not tracked.states:
        none = language.gettext("Nothing is delegated yet: {command} writes the first one.")
        console.print(none.format(command="[bold]remit new delegation[/]"))


def _print_states(console: Console, states: Sequence[State], language: Language) -> None:
    if any(s.delegation.status.open for s in states):
        console.print(_standing(states, language))
    ended = Counter(s.delegation.status for s in states if not s.delegation.status.open)
    if ended:
        each = (f"{language.gettext(s.label)} {ended[s]}" for s in Status if s in ended)
        console.print(language.gettext("Ended: {counts}").format(counts=language.gettext(", ").join(each)))


def _table(title: str, columns: Sequence[str], language: Language, narrow: Container[int]) -> Table:
    """Return an empty table; the narrow columns, dates and such, are never wrapped."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold")
    table.pad_edge, table.padding = False, (0, 1, 0, 0)
    for n, name in enumerate(columns):
        table.add_column(language.gettext(name) if name else "", overflow="fold", no_wrap=n in narrow)
    return table


def _waiting(found: Sequence[Signal], tracked: Tracked, language: Language) -> Table:
    table = _table(language.gettext("Needs attention"), _SIGNAL, language, {0, 4})
    party = Linker(tracked.ledger).party
    for s in found:
        what = _safe(sentence(s, language, party, tracked.today))
        tint = _TINT[s.weight]
        about = _safe(s.delegation or s.about)
        weight = language.gettext(WEIGHT_LABELS[s.weight])
        table.add_row(f"[{tint}]{weight}[/]", about, what, _safe(s.waits_on), str(s.since))
    return table


def _standing(states: Sequence[State], language: Language) -> Table:
    table = _table(language.gettext("Delegations"), _STANDING, language, {6})
    order = {s: n for n, s in enumerate((Status.ACTIVE, Status.ON_HOLD, Status.NOT_STARTED, Status.DRAFT))}
    rows = sorted(
        (s for s in states if s.delegation.status.open),
        key=lambda s: (order.get(s.delegation.status, 9), s.delegation.due or dt.date.max, s.delegation.id),
    )
    for s in rows:
        table.add_row(*_row(s, language))
    return table


def _row(s: State, language: Language) -> tuple[str, ...]:
    d, say = s.delegation, language.gettext
    health = "—"
    if s.health and d.status is Status.ACTIVE:
        health = f"[{_HEALTH[s.health]}]{say(s.health.label)}[/]"
    due = f"[red]{d.due}[/]" if s.overdue else str(d.due or "—")
    shown = s.progress.evidenced if s.progress.evidenced is not None else s.progress.reported
    updates = say(s.freshness.label) if d.status is Status.ACTIVE else "—"
    done = "—" if shown is None else language.percent(shown)
    return (d.id, d.owner, say(d.status.label), health, updates, done, due)


def _safe(text: str) -> str:
    """Return a text of the records without what a terminal would take for a command or rich for markup."""
    from rich.markup import escape  # noqa: PLC0415

    return escape(printable(text))
