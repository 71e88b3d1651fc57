"""A firm of two people for the tests of the command line: one delegation, and a talk that is theirs alone."""

from __future__ import annotations

from pathlib import Path

DAY = "2026-03-16"

RECORDS = {
    "content/remit.toml": 'title = "Two & Co"\ntimezone = "UTC"\n',
    "content/people/ada.md": "---\ntitle: Ada\n---\n",
    "content/people/lin.md": "---\ntitle: 林晓\nmanager: ada\n---\n",
    "content/delegations/launch.md": """\
---
title: Open the shop
delegator: ada
owner: lin
start: 2026-03-02
due: 2026-03-27
plan: {cadence: weekly}
---
""",
    "content/meetings/talk.md": """\
---
date: 2026-03-10
kind: one_on_one
attendees: [ada, lin]
---
Tired.
""",
}

UNKNOWN = """\
content/delegations/launch.md:4:8: error[unknown-reference] no person “linn”
  |
4 | owner: linn
  |        ^^^^
  = help: did you mean "lin"?
"""


def write(folder: Path, **changes: str) -> Path:
    """Write the firm's records below a folder; ``launch`` or another name stands for that record's text."""
    for path, text in RECORDS.items():
        name = Path(path).stem
        put(folder / path, changes.get(name, text))
    return folder


def put(file: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def broken() -> str:
    """Return the delegation with an owner whom nobody knows."""
    return RECORDS["content/delegations/launch.md"].replace("owner: lin", "owner: linn")
