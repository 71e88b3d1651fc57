"""``remit new``: one command for each type of record, with the options that the schema gives it."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from generator.cli.templates import chosen, listing, refuse, template_options
from generator.diagnostic import Diagnostic, Severity
from generator.ledger import Ledger
from generator.nodes import Scalar
from generator.record import FOLDERS, TYPES, Delegation, Event, Record
from generator.scaffold.draft import Draft, draft, subject, taken, wants_delegation
from generator.scaffold.shelf import faults, shelf, trail
from generator.scaffold.templates import Template, sources
from generator.scaffold.words import Slot, Words, slots
from generator.scalars import id_fault, scalar
from generator.schema import Block, Day, Many, Pick, Ref, Table, Target, keys_of
from generator.text import Source, nearest

EXAMPLES: dict[Target, tuple[str, ...]] = {
    Target.DELEGATION: (
        'remit new delegation shop-sign --title "A new shop sign" --owner lin --delegator ada',
        "remit new delegation prices --title Prices --owner sam --delegator ada --plan-cadence weekly",
        "remit new delegation spring --template product --title Spring --owner sam --delegator ada",
    ),
    Target.CHECKIN: (
        'remit new checkin launch --health at_risk --progress 40 -m "The pictures are late."',
        'remit new checkin launch --kind brief_back --restated-goal "People find what they came for"',
        "remit new checkin launch --milestones draft=done --confidence 4",
    ),
    Target.FEEDBACK: (
        'remit new feedback --from ada --to lin --kind praise -m "You read the customers\' own words aloud."',
        'remit new feedback launch --from sam --to team:studio --kind idea -m "Ask ten strangers first."',
    ),
    Target.MEETING: (
        'remit new meeting launch --kind one_on_one --attendees ada --attendees lin -m "…"',
        'remit new meeting --title "Monday round" --attendees ada,lin,sam --decisions "We open on a Tuesday"',
    ),
    Target.EVALUATION: (
        "remit new evaluation launch --subject lin --evaluator ada --scores found=4 --scores open=5",
        "remit new evaluation --cycle first --subject sam --evaluator ada --rating performing",
    ),
    Target.RETROSPECTIVE: ('remit new retrospective first --facilitator ada -m "## Goals"',),
    Target.CYCLE: ("remit new cycle 2027q1 --title Q1 --start 2027-01-01 --end 2027-03-31",),
    Target.TEAM: ("remit new team sales --title Sales --lead ada",),
    Target.PERSON: ('remit new person kim --title "Kim Park" --team studio',),
}
"""What ``--help`` teaches by; every line is run by a test, in the folder that ``remit init`` makes."""


class _InOrder(click.Group):
    """Lists its commands in the order of the types."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the types' names."""
        return list(self.commands)


@click.group(cls=_InOrder, short_help="Write a new record with the right name, folder and date.")
def new() -> None:
    """Write a new record with the right name, folder and date.

    It is read back before it is written, so what it writes is valid. On a terminal it asks for what is
    missing. Prints the file's path.

    \b
    Examples:
      remit new checkin launch --health at_risk --progress 40 -m "The pictures are late."
      remit new feedback --from ada --to lin --kind praise -m "…"
      remit new checkin --help
    """


def _command(of: type[Record]) -> click.Command:
    about = subject(of)
    name = "ID" if about is None else about.removesuffix("s").upper()
    params: list[click.Parameter] = [click.Argument(["name"], metavar=f"[{name}]", required=False)]
    params += [_option(slot) for slot in slots(of) if slot.path != (about,) or slot.many]
    params += [
        click.Option(
            ["-m", "--message", "body"], default="", metavar="TEXT", help="The text below the keys; Markdown."
        ),
        click.Option(
            ["--content"],
            type=click.Path(path_type=Path, file_okay=False),
            default="content",
            show_default=True,
            help="The folder of the records.",
        ),
        click.Option(
            ["--over"],
            multiple=True,
            type=click.Path(path_type=Path, file_okay=False),
            help="A folder that --content is laid over in the build: its records may be named.",
        ),
        click.Option(["--edit"], is_flag=True, help="Open the file in $EDITOR afterwards."),
    ]
    if of is Delegation:
        params += template_options()

    def write(name: str | None, body: str, **words: Any) -> None:
        _write(of, name, body, **words)

    what = re.sub(r"\.$", "", (of.__doc__ or "").strip().partition("\n")[0])
    lines = "\n".join(f"  {line}" for line in EXAMPLES[of.type])
    article = "an" if of.type.value[0] in "aeiou" else "a"
    return click.Command(
        of.type.value,
        params=params,
        callback=write,
        short_help=f"{what}.",
        help=f"Write {article} {of.type}: {what[:1].lower()}{what[1:]}.\n\n\b\nExamples:\n{lines}",
    )


def _option(slot: Slot) -> click.Option:
    kind = slot.kind.of if isinstance(slot.kind, Block) else slot.kind
    form = "YYYY-MM-DD" if isinstance(kind, Day) else "TEXT"
    if isinstance(kind, Pick):
        form = "|".join(kind.choices)
    elif isinstance(kind, Ref):
        form = kind.to.upper()
    elif isinstance(slot.key.kind, Table):
        form = f"{slot.key.kind.names.upper()}=VALUE"
    more = (
        " Today, unless given."
        if slot.path == ("date",)
        else " May be given several times."
        if slot.many
        else ""
    )
    return click.Option(
        [_flag(slot.path), _param(slot.path)], multiple=slot.many, metavar=form, help=slot.key.about + more
    )


def _flag(path: tuple[str, ...]) -> str:
    return "--" + "-".join(path).replace("_", "-")


def _param(path: tuple[str, ...]) -> str:
    return "key_" + "__".join(path)


def _write(
    of: type[Record],
    name: str | None,
    body: str,
    *,
    content: Path,
    over: tuple[Path, ...],
    edit: bool,
    template: str | None = None,
    list_templates: bool = False,
    **given: Any,
) -> None:
    try:
        there = shelf((*over, content))
    except NotADirectoryError as error:
        remedy = "begin with `remit init`, or name the records' folder with --content"
        raise click.UsageError(f"there is no folder {error}; {remedy}.") from None
    kinds = sources(there.settings[0].locale, (*over, content))
    if list_templates:
        listing(kinds)
        return
    words = _given(of, given)
    today = dt.datetime.now(ZoneInfo(there.settings[0].timezone)).date()
    if issubclass(of, Event) and ("date",) not in words:
        words["date",] = today.isoformat()
    kind = chosen(template, kinds) if template is not None else None
    name = _asked(of, (name or "").strip(), words, kind.keys if kind else ())
    _known_name(of, name, words, there.ledger)
    start = _day("--start", str(words.get(("start",)) or today))
    try:
        made = draft(of, name, words, body, there.ledger, paths=there.paths, template=kind, start=start)
    except OverflowError:
        refuse(f"the template “{template}”", "a day is beyond the calendar", "begin on another day")
    for fault in faults(made, there):
        _tell(fault, made, of, kind, words)
    for path, text in ((made.path, made.text), *made.files):
        _put(content / path, text)
        click.echo(content / path)
    if edit:
        click.edit(filename=str(content / made.path))


def _put(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise click.UsageError(f"{target} is there already, and it cannot be read as a record.") from None
    except OSError as error:
        raise click.UsageError(f"cannot write {target}: {error.strerror}") from None


def _given(of: type[Record], given: dict[str, Any]) -> dict[tuple[str, ...], str | tuple[str, ...]]:
    words: dict[tuple[str, ...], str | tuple[str, ...]] = {}
    for slot in slots(of):
        if value := given.get(_param(slot.path)):
            if slot.many and isinstance(slot.kind, Ref):
                value = tuple(w.strip() for word in value for w in word.split(",") if w.strip())
            if isinstance(slot.key.kind, Table) and (odd := next((w for w in value if "=" not in w), None)):
                raise click.UsageError(
                    f"{_flag(slot.path)} wants {slot.key.kind.names.upper()}=VALUE, not “{odd}”"
                )
            words[slot.path] = value
    return words


# --- what is missing ----------------------------------------------------------------------------------


def _asked(
    of: type[Record], name: str, words: dict[tuple[str, ...], Any], stated: Container[str] = ()
) -> str:
    """Return the name; fill in required keys. On a terminal they are asked for, else they are named.

    What a template states is not asked for.
    """
    about = subject(of)
    named = about is None or wants_delegation(of) or keys_of(of)[about][1].required
    wanted = [s for s in slots(of) if len(s.path) == 1 and s.key.required and s.path not in words]
    wanted = [s for s in wanted if s.path != (about,) and s.path[0] not in stated]
    missing = [*(["the " + ("id" if about is None else about)] if named and not name else [])]
    missing += [_flag(s.path) for s in wanted]
    if missing and not _asks():
        raise click.UsageError(f"missing: {', '.join(missing)}. See `remit new {of.type} --help`.")
    if named and not name:
        name = str(click.prompt("id" if about is None else about)).strip()
    for slot in wanted:
        words[slot.path] = _prompted(slot)
    return name


def _asks() -> bool:
    return sys.stdin.isatty()


def _prompted(slot: Slot) -> str | tuple[str, ...]:
    hint = f" [{', '.join(slot.kind.choices)}]" if isinstance(slot.kind, Pick) else ""
    several = ", several with commas" if slot.many else ""
    while True:
        answer = str(click.prompt(f"{slot.path[0]}: {slot.key.about.rstrip('.').lower()}{several}{hint}"))
        parts = [p.strip() for p in answer.split(",") if p.strip()] if slot.many else [answer.strip()]
        nowhere = Source(0, "", b"").place()
        faults = [f for p in parts if (f := scalar(Scalar(nowhere, p), slot.kind, slot.path[0])[1])]
        if parts and not faults:
            return tuple(parts) if isinstance(slot.key.kind, Many) else parts[0]
        for fault in faults:
            click.echo(f"{fault.message()}; {fault.remedy()}", err=True)


# --- what is wrong ------------------------------------------------------------------------------------


def _known_name(of: type[Record], name: str, words: Words, ledger: Ledger) -> None:
    """Refuse a name that cannot be had, and a day that is none, before a path is made of them."""
    if ("date",) in words:
        _day("--date", str(words["date",]))
    if not name:
        return
    if why := id_fault(name) or ("it has a meaning in paths" if name in {"index", *FOLDERS} else None):
        refuse(f"“{name}”", why, "use letters, digits, `-`, `_` and `.`")
    about = subject(of)
    if about is None:
        if other := taken(of, name, ledger):
            raise click.UsageError(f"there is a {of.type} “{other.id}” already: {other.path}")
        return
    kind = keys_of(of)[about][1].kind
    kind = kind.item if isinstance(kind, Many) else kind
    assert isinstance(kind, Ref)  # noqa: S101 - what `subject` promises
    if ledger.get(kind.to, name) is None:
        near = nearest(name, list(ledger.ids(kind.to)))
        help_ = f"did you mean “{near}”?" if near else f"begin with `remit new {kind.to} {name}`"
        refuse("", f"no {kind.to} “{name}”", help_)


def _day(option: str, word: str) -> dt.date:
    """Return the day that an option gives, or refuse it."""
    day, fault = scalar(Scalar(Source(0, "", b"").place(), word), Day(), option.removeprefix("--"))
    if fault:
        refuse(option, fault.message(), fault.remedy())
    assert isinstance(day, dt.date)  # noqa: S101 - what a day is read as
    return day


def _tell(fault: Diagnostic, made: Draft, of: type[Record], template: Template | None, words: Words) -> None:
    """Refuse an error, naming the option that it stands in, or the template; print a warning."""
    around = trail(made.text, fault.place.line)
    path = next((s.path for s in slots(of) if s.path == around[: len(s.path)]), ())
    where = _flag(path) if path else ""
    if template and around[:1] and not any(given[0] == around[0] for given in words):
        where = f"the template “{template.name}”, `{around[0]}`"
    if fault.severity is Severity.ERROR:
        refuse(where, fault.message(), fault.remedy())
    click.echo(f"Warning: {fault.message()}; {fault.remedy()}", err=True)


for _type in TYPES:
    new.add_command(_command(_type))
