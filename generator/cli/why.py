"""``remit why``: who sees a record, and what decides that."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from generator.audience import Audience, Circle, audiences
from generator.building import Content
from generator.cli.grounds import (
    VERSION,
    listed,
    reason,
    role_word,
    verdict_row,
    width_row,
    width_words,
)
from generator.cli.shared import contents, load, printable
from generator.diagnostic import Severity
from generator.ledger import Ledger, fold
from generator.reasons import Account, Anchor, account
from generator.record import Record
from generator.render.data import title
from generator.render.language import Language
from generator.schema import Target
from generator.settings import FILE as SETTINGS
from generator.text import nearest
from generator.words import N_, Visibility


@click.command()
@click.argument("record", metavar="RECORD")
@contents
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def why(record: str, content: tuple[Path, ...], form: str) -> None:
    """Say who sees a record, and why: an id, TYPE:ID, or the path of its file.

    How wide it is and what says so, whom it names, who is above them, what it hangs on; then each
    audience that sees it and each that does not, with the reason. It is what `remit build` would do. Like
    `remit check` it reads every record: it is for those who write them. In the site's language.

    \b
    Examples:
      remit why launch
      remit why meeting:2026-01-12-talk
      remit why content/delegations/launch/index.md
      remit why launch content ../private-content --format json
    """
    read = load(content)
    found = _found(read, record)
    language = Language(read.ledger.site.locale)
    about = account(read.ledger, found)
    if form == "json":
        click.echo(json.dumps(_data(read, about, language), ensure_ascii=False, indent=1))
        return
    for line in _lines(read, about, language):
        click.echo(printable(line))


# --- which record -------------------------------------------------------------------------------------


def _found(read: Content, word: str) -> Record:
    """Return the one record that is meant; end with exit 2 where there is none, or more than one."""
    word = unicodedata.normalize("NFC", word.strip())
    records = read.ledger.records
    path = os.path.realpath(word)
    at = [r for r in records if os.path.realpath(read.where(r.place())) == path or r.path == word]
    same = fold(word)
    by_id = [r for r in records if same in {fold(r.id), fold(f"{r.type}:{r.id}")}]
    found = at or by_id
    if len(found) == 1:
        return found[0]
    if found:
        one = "\n".join(printable(f"  {r.type}:{r.id}  {read.where(r.place())}") for r in found)
        raise click.UsageError(f"{printable(f'“{word}” is more than one')}; say which:\n{one}")
    if Path(word).is_file():
        raise click.UsageError(f"{printable(word)} is no record that can be read here; see `remit check`")
    known = [r.id for r in records] + [f"{r.type}:{r.id}" for r in records] + [r.path for r in records]
    near = nearest(word, known)
    hint = f"; did you mean “{near}”?" if near else ""
    raise click.UsageError(printable(f"no record “{word}”{hint}"))


# --- for a reader -------------------------------------------------------------------------------------


def _lines(read: Content, about: Account, language: Language) -> Iterator[str]:
    record, gettext = about.record, language.gettext
    name = title(record, read.ledger, language)
    yield "  ".join(dict.fromkeys((f"{record.type}:{record.id}", name)))
    yield read.where(record.place())
    yield ""
    pair = gettext("{label}: {text}")
    for label, text in _facts(read, about, language):
        yield pair.format(label=label, text=text)
    for heading, seen in ((gettext("Seen by"), True), (gettext("Not seen by"), False)):
        groups = _groups(about, seen, read, language)
        if not groups and not seen:
            continue
        yield ""
        yield heading
        for who, sentence in groups or [("full", gettext("nobody else"))]:
            yield f"  {pair.format(label=who, text=sentence)}"


def _facts(read: Content, about: Account, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what decides, each with its label."""
    record, gettext = about.record, language.gettext
    note = gettext("{what} ({how})")
    yield gettext("Width"), width_words(about.width, record, language)
    if record.guarded or about.sealed:
        yield gettext("Hidden by a fault"), listed(_faults(read, about, language), language)
    names: dict[str, list[str]] = {}
    for person, role in about.roles:
        names.setdefault(person, []).append(role_word(role, language))
    people = [note.format(what=p, how=listed(list(dict.fromkeys(how)), language)) for p, how in names.items()]
    yield gettext("Names"), listed(people, language) or gettext("no one")
    if about.width.visibility is Visibility.PAIR and len(names) != 2:
        yield gettext("No pair"), gettext("two people would see it; it names {n}").format(n=len(names))
    if about.above:
        managers = [
            note.format(what=manager, how=gettext("manager of {of}").format(of=of))
            for manager, of in about.above.items()
        ]
        yield gettext("Above them"), listed(managers, language)
    if about.teams:
        yield gettext("Concerns"), listed([f"team:{team}" for team in about.teams], language)
    for anchor in about.anchors:
        yield gettext("Hangs on"), note.format(what=anchor.reference, how=_anchored(read, anchor, language))
    if twins := [read.where(twin.place()) for twin in about.twins]:
        yield gettext("Same id"), listed(twins, language)
    if about.line_only:
        line = [v.audience.id for v in about.verdicts if v.seen and not v.without]
        whom = listed(line, language) or gettext("no one")
        keys = listed(about.line_only, language)
        yield gettext("For the line only"), gettext("{keys}, seen by {people}").format(keys=keys, people=whom)


def _faults(read: Content, about: Account, language: Language) -> list[str]:
    """Return where the faults are that may have hidden a record, with their codes."""
    record = about.record
    trusted = read.ledger.trusts(record.root) if about.sealed else ()
    files = {(record.root, record.path)} if record.guarded else set()
    files |= {(root, SETTINGS) for root in trusted if read.ledger.settings[root].sealed}
    faults = [d for d in read.diagnostics if (d.place.root, d.place.path) in files]
    told = [
        f"{read.where(d.place)}:{d.place.line}:{d.place.column} {d.code}"
        for d in faults
        if d.severity is Severity.ERROR
    ]
    return told or [language.gettext("see `remit check`")]


def _anchored(read: Content, anchor: Anchor, language: Language) -> str:
    """Return how wide something is that a record hangs on, and whom it keeps out."""
    if anchor.width is None:
        return language.gettext("it is not there, so nobody sees the record")
    of, _, id_ = anchor.reference.partition(":")
    on = read.ledger.get(Target(of), id_)
    assert on is not None  # noqa: S101 - it has a width
    wide = width_words(anchor.width, on, language)
    if not anchor.narrows:
        return wide
    narrows = language.gettext("{width}; keeps out {audiences}")
    return narrows.format(
        width=wide, audiences=listed(_called(anchor.narrows, read.ledger, language), language)
    )


def _groups(about: Account, seen: bool, read: Content, language: Language) -> list[tuple[str, str]]:
    """Return the audiences that see a record, or do not, joined where the reason is the same."""
    groups: dict[tuple[bool, str], list[Audience]] = {}
    for v in about.verdicts:
        sentence = reason(v, about.record, read, language)
        groups.setdefault((v.seen, sentence), []).append(v.audience)
    most = {
        circle: max(groups.values(), key=lambda who: sum(a.circle is circle for a in who))
        for circle in _EVERY
        if groups
    }
    return [
        (listed(_called(who, read.ledger, language, most), language), sentence)
        for (seen_, sentence), who in groups.items()
        if seen_ is seen
    ]


_FEW = 5
"""As many audiences of one circle are named."""
_EVERY = {
    Circle.TEAM: (N_("every team ({n})"), N_("every other team ({n})")),
    Circle.PERSON: (N_("every person ({n})"), N_("every other person ({n})")),
}


def _called(
    who: Sequence[Audience],
    ledger: Ledger,
    language: Language,
    most: Mapping[Circle, Sequence[Audience]] = MappingProxyType({}),
) -> list[str]:
    """Return audiences by name; all teams or people, or the most of them, together."""
    names = [str(a) for a in who if a.circle not in _EVERY]
    for circle, (every, other) in _EVERY.items():
        these = [a for a in who if a.circle is circle]
        n, total = len(these), sum(a.circle is circle for a in audiences(ledger))
        if 1 < n == total:
            names.append(language.gettext(every).format(n=n))
        elif n > _FEW and most.get(circle) is who:
            names.append(language.gettext(other).format(n=n))
        else:
            names += [str(a) for a in these]
    return names


# --- for a program ------------------------------------------------------------------------------------


def _data(read: Content, about: Account, language: Language) -> dict[str, Any]:
    record, ledger = about.record, read.ledger
    return {
        "version": VERSION,
        "type": record.type.value,
        "id": record.id,
        "title": title(record, ledger, language),
        "source": read.where(record.place()),
        "width": width_row(about.width),
        "hidden_by_a_fault": record.guarded or about.sealed,
        "names": [{"person": person, "as": role.value} for person, role in about.roles],
        "managers": [{"person": person, "of": of} for person, of in about.above.items()],
        "teams": list(about.teams),
        "hangs_on": [
            {
                "record": anchor.reference,
                "width": width_row(anchor.width) if anchor.width else None,
                "keeps_out": [str(a) for a in anchor.narrows],
            }
            for anchor in about.anchors
        ],
        "same_id": [read.where(twin.place()) for twin in about.twins],
        "line_only": list(about.line_only),
        "audiences": [
            {"audience": str(v.audience), **verdict_row(v, record, read, language)} for v in about.verdicts
        ],
    }
