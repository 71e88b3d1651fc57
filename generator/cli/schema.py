"""``remit schema``."""

from __future__ import annotations

import json

import click

from generator.jsonschema import json_schema
from generator.record import TYPES

_BY_NAME = {str(t.type): t for t in TYPES}


@click.command(short_help="Print the JSON Schema of the front matter.")
@click.argument("type_", metavar="[TYPE]", required=False, type=click.Choice(list(_BY_NAME)))
def schema(type_: str | None) -> None:
    """Print the JSON Schema (draft-07) of the front matter, of one TYPE of record or of all.

    An editor that knows it completes keys and values and underlines slips while you type.

    \b
    Examples:
      remit schema > remit.schema.json
      remit schema checkin
    """
    click.echo(json.dumps(json_schema(_BY_NAME[type_] if type_ else None), ensure_ascii=False, indent=2))
