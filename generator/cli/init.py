"""``remit init``."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import click

from generator.scaffold import CI_FILES, ci_file, starter
from generator.settings import LOCALES


@click.command(short_help="Start a folder of records, with a small example.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--locale", type=click.Choice(LOCALES), default="en", show_default=True, help="Language of the example."
)
@click.option(
    "--ci",
    "forge",
    type=click.Choice(list(CI_FILES)),
    help="Also write what makes this forge check every merge request and publish the site. "
    "In a folder that has its records already, write only that.",
)
def init(folder: Path, locale: str, forge: str | None) -> None:
    """Start a folder of records in DIR: a small team with two delegations under way, to read and replace.

    \b
    Examples:
      remit init myteam
      remit init myteam --locale zh_CN --ci gitlab
      remit init . --ci github        add CI to a folder that has records
    """
    occupied = folder.is_dir() and any(entry.name != ".git" for entry in folder.iterdir())
    if occupied and not forge:
        name = shlex.quote(str(folder))
        raise click.UsageError(
            f"{folder} is not empty. Name a new folder, or add records to this one with `remit new`; "
            f"`remit init {name} --ci github` adds CI alone."
        )
    # The day that the example's days are counted from is the day where the writer sits.
    today = dt.datetime.now().astimezone().date()
    texts = {} if occupied else starter(locale, today)
    if forge:
        path, text = ci_file(forge)
        if (folder / path).exists():
            raise click.UsageError(f"{folder / path} is there already; move it away to have it written anew.")
        texts[path] = text
    _write(folder, texts)
    click.echo("\n".join(_told(folder, list(texts), occupied=occupied)))


def _write(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # "x": what somebody else put there in the meantime is theirs.
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise click.UsageError(f"cannot write {target}: {error.strerror}") from None


def _told(folder: Path, paths: list[str], *, occupied: bool) -> list[str]:
    """Return what was done, and the next three commands."""
    if occupied:
        return [f"Wrote {folder / paths[0]}. Commit it: the forge runs it from then on."]
    there = [] if folder.samefile(Path.cwd()) else [f"  cd {shlex.quote(str(folder))}"]
    steps = [*there, "  remit check", "  remit serve", "  remit build"]
    return [f"Wrote {len(paths)} files to {folder}. Next:", *steps[:3]]
