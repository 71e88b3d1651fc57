"""``remit build``: the site from a folder of records."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import click

from generator.audience import FULL, ORG, Audience, unknown_audience
from generator.building import site_files, today_in
from generator.cli.shared import (
    ERRORS,
    AudienceType,
    Day,
    contents,
    failing,
    jobs_option,
    load,
    progress,
    summary,
    tell_diagnostics,
)
from generator.publish import RefusedError, publish
from generator.settings import LOCALES


@click.command()
@contents
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder to build into.",
)
@click.option("--as-of", type=Day(), help="Show everything as it stood on this day.  [default: today]")
@click.option(
    "--audience",
    type=AudienceType(),
    default=ORG,
    show_default=True,
    help="Who it is for: public, org, team:ID, person:ID, full.",
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
    out: Path,
    as_of: dt.date | None,
    audience: Audience,
    locale: str | None,
    strict: bool,
    jobs: int | None,
) -> None:
    """Build the site from a folder of records (content/ unless named) into site/.

    What is valid is published, what is wrong is said; exit status 1 where there are errors. Several
    content folders are laid over each other. Nobody but the audience's members should be able to
    read the folder it is built into.

    \b
    Examples:
      remit build
      remit build --as-of 2026-03-31 -o site-march
      remit build content ../private-content --audience person:ada -o site-ada
    """
    began = time.perf_counter()
    read = load(content, jobs)
    if why := unknown_audience(read.ledger, audience):
        raise click.BadParameter(why, param_hint="--audience")
    today = as_of or today_in(read.ledger.site)
    with progress() as tell:
        files, diagnostics = site_files(read, audience, today, locale, tell)
    tell_diagnostics(read, diagnostics)
    if strict and failing(diagnostics, strict=True):
        click.echo(f"{summary(diagnostics)}: nothing was published", err=True)
        ctx.exit(ERRORS)
    try:
        done = publish(out, files, read.folders)
    except RefusedError as refused:
        raise click.UsageError(str(refused)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename or out}: {error.strerror}") from None
    pages = sum(path.endswith(".html") for path in files)
    took = time.perf_counter() - began
    counts = ""
    if audience == FULL:
        # What a folder held before may have been for a wider audience: its counts are not for a narrower one.
        counts = f" ({done.written} files written, {done.unchanged} unchanged, {done.removed} removed)"
    click.echo(f"{out}: {pages} pages as of {today} for {audience}{counts} in {took:.1f} s")
    if diagnostics:
        click.echo(f"{summary(diagnostics)}; `remit check` says more", err=True)
    if failing(diagnostics, strict=False):
        ctx.exit(ERRORS)
