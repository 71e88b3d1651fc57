"""What the commands share: their arguments, and how diagnostics are shown."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.audience import Audience, read_audience
from generator.building import Content, Tell, processors, read_content
from generator.diagnostic import Diagnostic, Severity
from generator.report import as_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Command = TypeVar("Command", bound=Callable[..., Any])

ERRORS = 1
MISUSE = 2
MUCH = 300
"""Files or pages from which on it is shown how far the work is."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[dt.date]):
    """A date, written YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the date, or fail with what to type."""
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None:
            self.fail(f"“{value}” is no date; write it as YYYY-MM-DD", param, ctx)
        return day


class AudienceType(click.ParamType[Audience]):
    """An audience: public, org, team:ID, person:ID or full."""

    name = "AUDIENCE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Audience:
        """Return the audience, or fail with what to type."""
        if isinstance(value, Audience):
            return value
        audience = read_audience(value)
        if audience is None:
            self.fail(f"“{value}” is no audience; one of public, org, team:ID, person:ID, full", param, ctx)
        return audience


def contents(command: Command) -> Command:
    """Add the content folders as arguments."""
    return click.argument("content", nargs=-1, type=click.Path(path_type=Path), metavar="[CONTENT...]")(
        command
    )


def jobs_option(command: Command) -> Command:
    """Add ``--jobs``."""
    return click.option(
        "--jobs", type=click.IntRange(1, 64), default=None, help="Processes to read with.  [default: all]"
    )(command)


def load(folders: Sequence[Path], jobs: int | None = None) -> Content:
    """Read the content folders, ``content`` where none is named; ends with exit 2 where one is missing."""
    wanted = list(folders) or [Path("content")]
    for folder in wanted:
        if not folder.is_dir():
            hint = "; start one with `remit init myteam`" if not folders else ""
            raise click.UsageError(f"there is no folder {folder}{hint}")
    with progress() as tell:
        return read_content(wanted, jobs or processors(), tell)


@contextmanager
def progress() -> Iterator[Tell | None]:
    """Show how far long work is, on a terminal only and only when there is much of it."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        yield None
        return
    with ExitStack() as open_:
        bars: list[Progress] = []
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if total < MUCH:
                return
            if not bars:
                bars.append(open_.enter_context(_bars()))
            if stage not in tasks:
                tasks[stage] = bars[0].add_task(stage, total=total)
            bars[0].update(tasks[stage], completed=done)

        yield tell


def _bars() -> Progress:
    from rich.console import Console  # noqa: PLC0415 - heavy, and only for terminals
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def wants_colour(stream: Any) -> bool:
    """Return whether a stream is a terminal whose reader wants colour (https://no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell_diagnostics(content: Content, diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics with their lines to the error stream."""
    if diagnostics:
        text = as_text(diagnostics, content.where, content.line, colour=wants_colour(sys.stderr))
        click.echo(f"{text}\n", err=True, color=True)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"


def counted(n: int, what: str) -> str:
    """Return how many there are, in words."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def printable(text: str) -> str:
    """Return a text of the records without what a terminal would take for a command."""
    return "".join(c if c.isprintable() else "�" for c in text)


def failing(diagnostics: Sequence[Diagnostic], *, strict: bool) -> bool:
    """Return whether there is an error, or under ``strict`` anything at all."""
    return any(strict or d.severity is Severity.ERROR for d in diagnostics)
