"""The starter: whatever day it is made, nothing in it is wrong."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml

from generator import __version__
from generator.check import check
from generator.decode import decode
from generator.diagnostic import Diagnostic
from generator.ledger import Ledger, build_ledger
from generator.markdown import Markdown
from generator.scaffold import CI_FILES, ci_file, starter
from generator.settings import LOCALES, Settings, read_settings
from generator.text import Source

DAYS = [dt.date(2026, 11, 23), dt.date(2028, 2, 29), dt.date(2026, 12, 31)]


def read(texts: dict[str, str]) -> tuple[Ledger, Settings, list[Diagnostic]]:
    """Read a starter's files as `remit check` would."""
    content = {p.removeprefix("content/"): t.encode() for p, t in texts.items() if p.startswith("content/")}
    settings, faults = read_settings(Source(0, "remit.toml", content.pop("remit.toml")))
    decoded = [decode(Source(0, path, data), Markdown()) for path, data in content.items()]
    ledger, joined = build_ledger([r for r, _ in decoded if r], (settings,))
    return ledger, settings, [*faults, *(d for _, ds in decoded for d in ds), *joined, *check(ledger)]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_starter_has_no_fault(locale: str, day: dt.date) -> None:
    ledger, settings, faults = read(starter(locale, day))
    assert [d.message() for d in faults] == []
    assert settings.locale == locale
    counts = {
        name: len(getattr(ledger, name))
        for name in ("people", "delegations", "checkins", "feedback", "meetings")
    }
    assert counts == {"people": 3, "delegations": 2, "checkins": 4, "feedback": 1, "meetings": 1}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_starter_moves_with_the_day(locale: str) -> None:
    texts = starter(locale, dt.date(2026, 3, 2))
    ledger, _, _ = read(texts)
    launch = ledger.delegations["launch"]
    assert (launch.start, launch.due) == (dt.date(2026, 2, 12), dt.date(2026, 4, 6))
    assert "content/delegations/launch/checkins/2026-02-26.md" in texts
    assert [c.id for c in ledger.checkins.values() if c.kind == "brief_back"] == ["launch.2026-02-15"]
    assert not [p for p, t in texts.items() if re.search(r"T[+-]\d\d", p + t)]


def test_the_two_starters_tell_the_same() -> None:
    english, chinese = ({p.rpartition("/")[0] for p in starter(locale, DAYS[0])} for locale in LOCALES)
    assert english == chinese


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_built_stays_out_of_git(locale: str) -> None:
    lines = starter(locale, DAYS[0])[".gitignore"].splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["/site/", "/.remit/"]


@pytest.mark.parametrize("forge", CI_FILES)
def test_ci_checks_builds_and_names_a_version(forge: str) -> None:
    path, text = ci_file(forge)
    assert path == CI_FILES[forge]
    assert isinstance(yaml.safe_load(text), dict)
    wanted = ["remit check --format", "remit build", f"remit=={__version__}", "night"]
    assert [words for words in wanted if words not in text] == []
