"""``remit audience``: what an audience sees, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.audience import Audience, unknown_audience
from generator.building import Content
from generator.cli.grounds import VERSION, heading, reason, verdict_row, width_row, width_words
from generator.cli.shared import AudienceType, contents, load, printable
from generator.reasons import Verdict, verdict, view
from generator.record import TYPES, Record
from generator.render.data import title
from generator.render.language import Language
from generator.schema import Target
from generator.width import width


@click.command()
@click.argument("audience", metavar="AUDIENCE", type=AudienceType())
@contents
@click.option("--hidden", is_flag=True, help="List what it does not see instead, and why not.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def audience(audience: Audience, content: tuple[Path, ...], hidden: bool, form: str) -> None:
    """List what an audience sees, and why: public, org, team:ID, person:ID or full.

    Each record stands with its file, its width and what says so, and why the audience is inside that
    width. It is what `remit build` would show. Like `remit check` it reads every record: it is for those
    who write them. In the site's language.

    \b
    Examples:
      remit audience org
      remit audience person:ada --hidden
      remit audience team:sales content ../private-content --format json
    """
    read = load(content)
    ledger = read.ledger
    if why := unknown_audience(ledger, audience):
        raise click.BadParameter(why, param_hint="AUDIENCE")
    language = Language(ledger.site.locale)
    eyes = view(ledger, audience)
    verdicts = [(record, verdict(eyes, record)) for record in ledger.records]
    listed = [(record, v) for record, v in verdicts if v.seen is not hidden]
    seen = sum(v.seen for _, v in verdicts)
    if form == "json":
        head = {"version": VERSION, "audience": str(audience), "seen": seen, "hidden": len(verdicts) - seen}
        rows = [_row(read, record, v, language) for record, v in listed]
        click.echo(json.dumps({**head, "records": rows}, ensure_ascii=False, indent=1))
        return
    count = language.gettext("{audience} sees {n} of {total} records")
    click.echo(count.format(audience=printable(str(audience)), n=seen, total=len(verdicts)))
    totals = Counter(record.type for record in ledger.records)
    for line in _lines(read, listed, totals, language):
        click.echo(printable(line))


def _row(read: Content, record: Record, found: Verdict, language: Language) -> dict[str, object]:
    return {
        "type": record.type.value,
        "id": record.id,
        "title": title(record, read.ledger, language),
        "source": read.where(record.place()),
        "width": width_row(width(read.ledger, record)),
        **verdict_row(found, record, read, language),
    }


def _lines(
    read: Content, listed: Sequence[tuple[Record, Verdict]], totals: Counter[Target], language: Language
) -> Iterator[str]:
    """Yield the records type by type, two lines for each."""
    count, both = language.gettext("{type}: {n} of {total}"), language.gettext("{width}; {reason}")
    for of in TYPES:
        these = [(record, found) for record, found in listed if record.type is of.type]
        if not these:
            continue
        yield ""
        yield count.format(type=heading(of.type, language), n=len(these), total=totals[of.type])
        for record, found in these:
            name = title(record, read.ledger, language)
            yield f"  {'  '.join(dict.fromkeys((record.id, name, read.where(record.place()))))}"
            wide = width_words(width(read.ledger, record), record, language)
            yield f"    {both.format(width=wide, reason=reason(found, record, read, language))}"
