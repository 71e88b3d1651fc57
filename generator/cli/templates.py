"""The templates of ``remit new delegation`` on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import click

from generator.scaffold.templates import FOLDER, Template, read_template
from generator.text import nearest

Kinds = Mapping[str, tuple[str, bytes]]
"""Templates by name: the file, and what stands in it."""


def template_options() -> list[click.Parameter]:
    """Return the options that only delegations have."""
    return [
        click.Option(
            ["--template"],
            metavar="NAME",
            help=f"Begin with what a template states; {FOLDER}/NAME.md in the content folder is one.",
        ),
        click.Option(["--list-templates"], is_flag=True, help="Print the templates there are, and stop."),
    ]


def listing(kinds: Kinds) -> None:
    """Print the templates, each with what it is for and where a team's own is."""
    width = max(len(name) for name in kinds)
    for name, (where, data) in kinds.items():
        read, _ = read_template(name, where, data)
        about = read.about if read else "(it cannot be read)"
        click.echo("  ".join(x for x in (f"{name:{width}}", about, f"({where})" if where else "") if x))


def chosen(name: str, kinds: Kinds) -> Template:
    """Return a template by its name, or refuse it."""
    if name not in kinds:
        near = nearest(name, list(kinds))
        hint = f"did you mean “{near}”?" if near else f"one of {', '.join(kinds)}"
        refuse("--template", f"no template “{name}”", hint)
    where, data = kinds[name]
    read, wrong = read_template(name, where, data)
    if read is None or wrong:
        at = f"{where}:{wrong[0].place.line}:{wrong[0].place.column}"
        refuse(at, wrong[0].message(), wrong[0].remedy())
    return read


def refuse(where: str, message: str, help_: str) -> NoReturn:
    """End with what is wrong, where, and what to type."""
    raise click.UsageError(f"{where}: {message}; {help_}" if where else f"{message}; {help_}")
