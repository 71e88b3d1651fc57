"""``remit check``: what is wrong with the records, and where."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.check import check as check_ledger
from generator.cli.shared import ERRORS, contents, failing, jobs_option, load, summary, wants_colour
from generator.diagnostic import ordered
from generator.report import FORMATS, as_text
from generator.rules import RULES
from generator.text import nearest


@click.command()
@contents
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to say it.",
)
@click.option(
    "--skip", multiple=True, metavar="CODE", help="Leave out messages of this code; may be given again."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@jobs_option
@click.pass_context
def check(
    ctx: click.Context,
    content: tuple[Path, ...],
    form: str,
    skip: tuple[str, ...],
    strict: bool,
    jobs: int | None,
) -> None:
    """Say what is wrong with the records in content/ (or the folders named), all at once.

    Each message gives file, line and column, the line itself, and what to type. It sees every record:
    it is for those who write them. Exit status 1 where there are errors.

    \b
    Examples:
      remit check
      remit check --skip raw-html --strict
      remit check --format github        beside the lines of a pull request
    """
    codes = [rule.code for rule in RULES]
    for code in skip:
        if code not in codes:
            near = nearest(code, codes)
            hint = f"; did you mean {near}?" if near else ""
            raise click.BadParameter(f"no code “{code}”{hint}", param_hint="--skip")
    read = load(content, jobs)
    found = ordered([*read.diagnostics, *check_ledger(read.ledger)])
    told = [d for d in found if d.code not in skip]
    if form == "text":
        if told:
            text = as_text(told, read.where, read.line, colour=wants_colour(sys.stdout))
            click.echo(text + "\n", color=True)
        records = len(read.ledger.records)
        click.echo(f"{records} record{'' if records == 1 else 's'}: {summary(told)}")
    else:
        click.echo(FORMATS[form](told, read.where, read.line))
    if failing(told, strict=strict):
        ctx.exit(ERRORS)
