"""Scaffold: the files of a new folder of records, and of its CI, as values. Nothing is written here.

The starter's files are kept beside this module as they will stand in the folder, but for their days:
``T-07`` in a text or a file's name is seven days before the day the folder is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from generator import __version__

CI_FILES: Mapping[str, str] = MappingProxyType(
    {
        "github": ".github/workflows/remit.yml",
        "gitlab": ".gitlab-ci.yml",
        "gitea": ".gitea/workflows/remit.yml",
    }
)
"""Where each forge looks for what it should run."""

_DAY = re.compile(r"\bT([+-]\d{2})\b")


def starter(locale: str, today: dt.date) -> dict[str, str]:
    """Return the files of a small team's folder by path: two delegations under way, and a README.

    Args:
        locale: the language it is written in, one of ``settings.LOCALES``.
        today: the day that the starter's days are counted from.
    """
    home = files(__name__) / "starter"
    found = dict(_texts(home / locale, ""))
    found[".gitignore"] = (home / "gitignore").read_text("utf-8")
    return {_dated(path, today): _dated(text, today) for path, text in sorted(found.items())}


def ci_file(forge: str) -> tuple[str, str]:
    """Return path and text of what makes a forge check the records and publish the site."""
    text = (files(__name__) / "ci" / f"{forge}.yml").read_text("utf-8")
    return CI_FILES[forge], text.replace("@VERSION@", __version__)


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _texts(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_text("utf-8")


def _dated(text: str, today: dt.date) -> str:
    return _DAY.sub(lambda found: (today + dt.timedelta(int(found[1]))).isoformat(), text)
