"""The catalogue of Chinese texts: in step with code and templates, whole, and safe to fill in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "generator/locale/zh_CN/LC_MESSAGES/remit.po"
HOLES = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
GIVEN_UP = {"article"}
"""Words that a Chinese sentence has no place for."""


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def messages() -> list[Message]:
    return [m for m in catalogue() if m.id]


def forms(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def gathered() -> set[tuple[str, tuple[str, ...]]]:
    """Return the texts that `make messages` would find, each after what it is meant in."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    found: set[tuple[str, tuple[str, ...]]] = set()
    keywords = DEFAULT_KEYWORDS | {"N_": None}
    for mapping in mappings:
        folder, _, pattern = mapping["pattern"].partition("/")
        options = {k: v for k, v in mapping.items() if k not in {"method", "pattern"}}
        rows = extract_from_dir(
            str(ROOT / folder), [(pattern, mapping["method"])], {pattern: options}, keywords=keywords
        )
        found |= {(row[4] or "", forms(row[2])) for row in rows}
    return found


def test_it_holds_the_texts_of_code_and_templates() -> None:
    held = {(m.context or "", forms(m.id)) for m in messages()}
    missing, orphaned = gathered() - held, held - gathered()
    assert (missing, orphaned) == (set(), set()), "run `make messages`, and translate what is new"


def test_every_text_is_translated() -> None:
    assert [m.id for m in messages() if not all(forms(m.string))] == []
    assert not [m.id for m in messages() if m.fuzzy]
    assert len(messages()) > 400


def test_a_translation_has_the_holes_of_its_text() -> None:
    odd = []
    for message in messages():
        wanted = [w for w in HOLES.findall(forms(message.id)[-1]) if w.strip("{}") not in GIVEN_UP]
        odd += [(message.id, s) for s in forms(message.string) if sorted(HOLES.findall(s)) != sorted(wanted)]
    assert odd == []


def test_it_changes_only_where_texts_do() -> None:
    """No line numbers: moving code changes nothing."""
    text = CATALOGUE.read_text("utf-8")
    assert not re.search(r"^#: \S+:\d+", text, re.MULTILINE)
    assert "#~" not in text
