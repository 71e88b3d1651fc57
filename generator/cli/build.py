"""``remit build``: the site from a folder of records, or one for each of several audiences."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from generator.audience import FULL, ORG, Audience, unknown_audience
from generator.building import rendered, shown_to, today_in
from generator.cli.shared import (
    ERRORS,
    AudienceType,
    Day,
    contents,
    counted,
    failing,
    jobs_option,
    load,
    progress,
    summary,
    tell_diagnostics,
)
from generator.diagnostic import ordered
from generator.publish import RefusedError, check_folder, publish
from generator.settings import LOCALES

SITE = Path("site")
"""Where the site is built unless it is said."""


@click.command()
@contents
@click.option(
    "-o",
    "--out",
    "outs",
    multiple=True,
    type=click.Path(path_type=Path),
    help=f"Folder to build into; one for each audience, in their order.  [default: {SITE}]",
)
@click.option("--as-of", type=Day(), help="Show everything as it stood on this day.  [default: today]")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    type=AudienceType(),
    help="Who it is for: public, org, team:ID, person:ID, full; may be given again.  [default: org]",
)
@click.option(
    "--locale", type=click.Choice(LOCALES), help="Language of the interface.  [default: the settings']"
)
@click.option("--strict", is_flag=True, help="Publish nothing where anything is wrong.")
@jobs_option
@click.pass_context
def build(
    ctx: click.Context,
    content: tuple[Path, ...],
    outs: tuple[Path, ...],
    as_of: dt.date | None,
    audiences: tuple[Audience, ...],
    locale: str | None,
    strict: bool,
    jobs: int | None,
) -> None:
    """Build the site from a folder of records (content/ unless named) into site/.

    What is valid is published, what is wrong is said; exit status 1 where there are errors. Several
    content folders are laid over each other. Nobody but the audience's members should be able to
    read the folder it is built into.

    Several audiences, each with a folder of its own, are built from one reading of the records. What is
    said then is for the widest of them: it names what only that one may know of.

    \b
    Examples:
      remit build
      remit build --as-of 2026-03-31 -o site-march
      remit build content ../private-content --audience person:ada -o site-ada
      remit build --audience org -o site --audience person:ada -o site-ada
    """
    began = time.perf_counter()
    pairs = _paired(audiences, outs)
    read = load(content, jobs)
    for audience, _ in pairs:
        if why := unknown_audience(read.ledger, audience):
            raise click.BadParameter(why, param_hint="--audience")
    today = as_of or today_in(read.ledger.site)
    shown = [shown_to(read, audience) for audience, _ in pairs]
    diagnostics = ordered(d for each in shown for d in each.diagnostics)
    tell_diagnostics(read, diagnostics)
    if strict and failing(diagnostics, strict=True):
        click.echo(f"{summary(diagnostics)}: nothing was published", err=True)
        ctx.exit(ERRORS)
    for _, out in pairs:
        # One that is unsafe is found before any of them changes.
        with _refusing(out):
            check_folder(out, read.folders)
    for each, (_, out) in zip(shown, pairs, strict=True):
        with progress() as tell:
            files, lost = rendered(read, each, today, locale, tell)
        tell_diagnostics(read, lost)
        diagnostics = (*diagnostics, *lost)
        if strict and lost:
            click.echo(f"{out}: nothing was published", err=True)
            ctx.exit(ERRORS)
        with _refusing(out):
            done = publish(out, files, read.folders)
        pages = sum(path.endswith(".html") for path in files)
        counts = ""
        if each.audience == FULL:
            # What a folder held before may have been for a wider audience: its counts are for that one.
            counts = f" ({done.written} files written, {done.unchanged} unchanged, {done.removed} removed)"
        took = time.perf_counter() - began
        click.echo(f"{out}: {pages} pages as of {today} for {each.audience}{counts} in {took:.1f} s")
        began = time.perf_counter()
    if diagnostics:
        click.echo(f"{summary(diagnostics)}; `remit check` says more", err=True)
    if failing(diagnostics, strict=False):
        ctx.exit(ERRORS)


def _paired(audiences: Sequence[Audience], outs: Sequence[Path]) -> list[tuple[Audience, Path]]:
    """Return each audience with the folder it is built into; refuse what does not go together."""
    audiences, outs = audiences or (ORG,), outs or (SITE,)
    if len(audiences) != len(outs):
        raise click.UsageError(
            f"{counted(len(audiences), 'audience')} and {counted(len(outs), 'folder')}; "
            "give one -o for each --audience, in the same order"
        )
    pairs = list(zip(audiences, outs, strict=True))
    real = [Path(os.path.realpath(out)) for out in outs]
    for n, (inner, (its, out)) in enumerate(zip(real, pairs, strict=True)):
        for m, (outer, (other, around)) in enumerate(zip(real, pairs, strict=True)):
            if m < n and inner == outer:
                raise click.UsageError(
                    f"{out} is named for {other} and for {its}; build each into a folder of its own"
                )
            if outer in inner.parents:
                raise click.UsageError(
                    f"{out}, for {its}, lies in {around}, for {other}; build them beside each other"
                )
    return pairs


@contextmanager
def _refusing(out: Path) -> Iterator[None]:
    """Turn what keeps a folder from being written into wrong usage."""
    try:
        yield
    except RefusedError as refused:
        raise click.UsageError(str(refused)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename or out}: {error.strerror}") from None
