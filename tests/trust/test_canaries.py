"""Canaries over the sample: words in everything that is restricted, found nowhere below its audience.

Each record of the sample that the organisation does not see gets a canary of its own in every text that it
has or could have, in its file's name and so its id, in the name and the bytes of a file beside it; and there
are records of the other types, with people who occur nowhere else. Whoever sees all finds each of them.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from net import hits

from generator.audience import read_audience, unknown_audience
from generator.building import Content, read_content, site_files
from generator.project import project
from generator.record import Record
from generator.schema import Block, Kind, Many, Table, Text, keys_of

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 5, 20)
NAMES = frozenset({"checkpoint", "rating", "file", "field", "evidence", "criteria"})
"""Texts that name something else, or are told apart by what they say."""
MORE = {
    "people/{}.md": "title: {}\nrole: {}\nvisibility: private\n",
    "teams/{}.md": "title: {}\nlead: ada\nvisibility: line\n",
    "cycles/{}.md": "title: {}\nstart: 2026-04-01\nend: 2026-06-30\ngoals: [{}]\nvisibility: line\n",
    "delegations/{}/index.md": (
        "title: {}\nowner: ada\ndelegator: {}\nvisibility: pair\ngoal: {}\nsupports: {}\nresources: [{}]\n"
        "start: 2026-04-01\ndue: 2026-05-01\nplan: {{cadence: weekly, escalate_when: [{}]}}\n"
        "authority: {{level: 3, decides: [{}]}}\ncriteria: [{{id: a, name: {}, measure: {}, target: {}}}]\n"
        "milestones: [{{id: a, title: {}, due: 2026-04-20}}]\nmetrics: [{{id: a, name: {}, file: a.csv}}]\n"
    ),
    "checkins/{}.md": (
        "date: 2026-05-04\ndelegation: ota-updates\nvisibility: private\nauthor: {}\nasks: [{}]\nnext: [{}]\n"
        "issues: [{{id: a, what: {}, needs: {}}}]\n"
    ),
    "retrospectives/{}.md": (
        "date: 2026-05-04\ncycle: 2026q1\nfacilitator: {}\nvisibility: private\n"
        "proposals: [{{id: a, what: {}, owner: {}}}]\ntool_review: [{{tool: {}, verdict: keep, note: {}}}]\n"
    ),
    "feedback/{}.md": "date: 2026-05-04\nfrom: {}\nto: {}\nvisibility: pair\n",
}
"""Records of the types that the sample restricts none of, and people who occur nowhere else."""


@dataclass
class Planted:
    """The sample with its canaries."""

    content: Content
    of: dict[str, str]
    """The file that each canary is in."""

    def files(self, word: str) -> dict[str, bytes]:
        audience = read_audience(word)
        assert audience is not None
        return site_files(self.content, audience, DAY)[0]

    def hidden_from(self, word: str) -> set[str]:
        """Return the canaries of files that an audience does not see."""
        audience = read_audience(word)
        assert audience is not None
        seen = {r.path for r in project(self.content.ledger, audience).records}
        return {canary for canary, path in self.of.items() if path not in seen}


class Planter:
    """Puts canaries into records."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.of = folder, dict[str, str]()
        self._numbers = itertools.count(1001)
        self._path = ""

    def canary(self, stem: str = "kestrel") -> str:
        word = f"{stem}-{next(self._numbers)}"
        self.of[word] = self._path
        return word

    def record(self, record: Record) -> None:
        """Plant a record of the sample, under another name."""
        old = self.folder / record.path
        number = next(self._numbers)
        new = old.with_name(f"{old.stem}-kestrel-{number}.md")
        self._path = new.relative_to(self.folder).as_posix()
        self.of[f"kestrel-{number}"] = self._path
        _, header, body = old.read_text(encoding="utf-8").split("---\n", 2)
        head = yaml.load(header, yaml.BaseLoader)
        self._block(head, type(record))
        self.write(new, yaml.safe_dump(head, allow_unicode=True, sort_keys=False), body)
        old.unlink()

    def _block(self, head: dict[str, Any], of: type[Any], *, top: bool = True) -> None:
        for word, (_, key) in keys_of(of).items():
            if word in NAMES:
                continue
            match key.kind, head.get(word):
                case Text(), str(text):
                    head[word] = f"{text} {self.canary()}"
                case Text(), None if top:
                    head[word] = self.canary()
                case Many(item=Text()), list(texts):
                    head[word] = [*texts, self.canary("红隼")]
                case Many(item=Text()), None if top:
                    head[word] = [self.canary("红隼")]
                case kind, value:
                    self._within(kind, value)

    def _within(self, kind: Kind, value: Any) -> None:
        match kind, value:
            case (Many(item=Block(of=of)), list(values)):
                blocks = (v for v in values if isinstance(v, dict))
            case (Table(item=Block(of=of)), dict(table)):
                blocks = (v for v in table.values() if isinstance(v, dict))
            case (Block(of=of), dict(one)):
                blocks = iter([one])
            case _:
                return
        for block in blocks:
            self._block(block, of, top=False)

    def more(self, path: str, header: str) -> None:
        """Add a record that is restricted."""
        number = next(self._numbers)
        self._path = path.format(f"kestrel-{number}")
        self.of[f"kestrel-{number}"] = self._path
        words = [self.canary() for _ in range(header.count("{}"))]
        self.write(self.folder / self._path, header.format(*words), "")
        (self.folder / self._path).with_name("a.csv").write_text("date,a\n2026-05-01,1\n", encoding="utf-8")

    def write(self, file: Path, header: str, body: str) -> None:
        beside = f"{self.canary()}.png"
        words = f"{self.canary()} {self.canary('红隼')} ![{self.canary()}]({beside}) [[{self.canary()}]]"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{header}---\n{body}\n\n{words}\n", encoding="utf-8")
        file.with_name(beside).write_bytes(self.canary().encode())


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("canaries") / "content"
    shutil.copytree(ROOT / "content", folder)
    sample, org = read_content([folder]), read_audience("org")
    assert org is not None
    assert hits({r.path: (folder / r.path).read_bytes() for r in sample.ledger.records}) == {}
    open_ = {r.path for r in project(sample.ledger, org).records}
    restricted = [r for r in sample.ledger.records if r.path not in open_]
    planter = Planter(folder)
    for record in restricted:
        planter.record(record)
    for path, header in MORE.items():
        planter.more(path, header)
    content = read_content([folder])
    still = {r.path for r in project(content.ledger, org).records}
    assert still == open_, "planting changed who sees what"
    assert len(restricted) > 60
    return Planted(content, planter.of)


def people_and_teams() -> Iterator[str]:
    yield from (f"team:{path.stem}" for path in sorted((ROOT / "content/teams").glob("*.md")))
    yield from (f"person:{path.stem}" for path in sorted((ROOT / "content/people").glob("*.md")))


def test_none_is_found_below_its_audience(planted: Planted) -> None:
    assert hits(planted.files("org")) == {}


def test_all_are_found_in_full(planted: Planted) -> None:
    found = hits(planted.files("full"))
    assert sorted(planted.of.keys() - found.keys(), key=lambda w: planted.of[w]) == []
    assert len(planted.of) > 800


@pytest.mark.long
@pytest.mark.parametrize("word", ["public", *people_and_teams()])
def test_none_is_found_below_its_audience_for_anybody(planted: Planted, word: str) -> None:
    audience = read_audience(word)
    assert audience is not None
    assert unknown_audience(planted.content.ledger, audience) is None
    found = hits(planted.files(word))
    assert sorted(found.keys() - (planted.of.keys() - planted.hidden_from(word))) == []


@pytest.mark.parametrize(
    "data",
    [
        b"<p>Kestrel</p>",
        b"&#107;estrel",
        b"&#x6B;&#x65;strel",
        b"&amp;#107;estrel",
        b"%6b%65strel",
        quote("红隼").encode(),
        json.dumps({"a": "红隼"}).encode(),
        rb"\x6bestrel \u{7ea2}",
        *(base64.b64encode(b" " * n + "红隼 flies".encode()) for n in range(3)),
        *(base64.b64encode(b" " * n + b"kestrels") for n in range(3)),
        base64.urlsafe_b64encode("xkestrel".encode("utf-16")),
        gzip.compress("红隼".encode()),
        gzip.compress(gzip.compress(b"kestrel")),
        "红隼".encode("utf-16"),
        b"x" + "kestrel-1001".encode("utf-16-be"),
        b"BEGIN:VCALENDAR\r\nSUMMARY:a kest\r\n rel flies",
    ],
)
def test_the_net_has_no_holes(data: bytes) -> None:
    assert set().union(*hits({"a": data, "b": b"swallow"}).values()) == {"a"}


def test_names_of_files_are_looked_at() -> None:
    assert hits({"kestrel-1003.html": b"", "b": b"swallow"}) == {"kestrel-1003": {"kestrel-1003.html"}}
