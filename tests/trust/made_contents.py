"""Made-up contents: records of every type and width in an open folder and one laid over it, from a seed.

A content is data that a test can change: which records there are, what each says and is fastened to, the
files beside them, the settings. It is written out as people write it, and read back only by Remit.
"""

from __future__ import annotations

import json
import posixpath
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

DAY = "2026-05-20"
FOLDERS = {
    "delegation": "delegations",
    "checkin": "checkins",
    "feedback": "feedback",
    "meeting": "meetings",
    "evaluation": "evaluations",
    "retrospective": "retrospectives",
    "cycle": "cycles",
    "team": "teams",
    "person": "people",
}
WIDTHS = ("public", "org", "team", "line", "pair", "managers", "private")
PEOPLE = ("ada", "ben", "cai", "dana", "eve", "fay")
UNREADABLE = ("unclosed", "syntax", "latin", "nul", "lacking")
"""What can be wrong with a file so that no record is read from it."""
MARK = "guarded"
"""A misspelt ``visibility``: the record is for maintainers until it is mended."""


def id_of(path: str) -> str:
    """Return the id that a path gives, as the format says."""
    parts = path.removesuffix(".md").split("/")
    outermost = next(n for n, p in enumerate(parts) if p in FOLDERS.values())
    names = [p for p in parts[outermost:] if p not in FOLDERS.values()]
    return ".".join(names[:-1] if names[-1] == "index" else names)


@dataclass(frozen=True)
class Item:
    """A record, as whoever wrote it meant it."""

    root: int
    path: str
    type: str
    head: dict[str, Any]
    body: str = ""
    on: tuple[str, ...] = ()
    """The delegations that it hangs on, by a key or by its folder."""
    fault: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return self.root, self.path

    @property
    def id(self) -> str:
        return str(self.head.get("id") or id_of(self.path))

    @property
    def name(self) -> str:
        return f"{self.type}:{self.id}"

    def put(self, **head: Any) -> Item:
        """Return it with other keys; a key that is put to nothing is left out."""
        new = {k: v for k, v in {**self.head, **head}.items() if v is not None}
        return replace(self, head=new)

    def files(self) -> set[tuple[int, str]]:
        """Return the files that it leads to."""
        named = re.findall(r"\]\(([^)]+)\)", self.body)
        named += [m["file"] for m in self.head.get("metrics", ()) if isinstance(m, dict) and m.get("file")]
        here = posixpath.dirname(self.path)
        return {(self.root, posixpath.normpath(posixpath.join(here, name))) for name in named}

    def text(self, *, line_values: bool = True) -> str:
        """Return the file as it is written; or as it looks to whoever may not see what the line sees."""
        out = []
        for key, value in self.head.items():
            if key in {"confidence", "readiness"} and not line_values:
                out.append(f"{key}: -")
            elif key == "changes":
                out.append("changes:")
                for change in value:
                    shown = line_values or change["field"] != "readiness"
                    out.append(f"  - {json.dumps(change, ensure_ascii=False) if shown else '-'}")
            else:
                out.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
        return "---\n" + "\n".join(out) + f"\n---\n{self.body}\n"

    def bytes(self) -> bytes:
        """Return the file's bytes, broken where it is."""
        text = self.text()
        match self.fault:
            case "unclosed":
                text = text.replace("\n---\n", "\n", 1)
            case "syntax":
                text = text.replace("---\n", '---\n"torn: [\n', 1)
            case "latin":
                return text.encode() + b"\xe9t\xe9\n"
            case "nul":
                return text.encode() + b"\0"
            case "lacking":
                first = "date" if "date" in self.head else "owner" if "owner" in self.head else "start"
                lost = first if first in self.head else ""
                text = replace(self, head={k: v for k, v in self.head.items() if k != lost}).text()
                text = text if lost else text.replace("---\n", "---\n- a list\n", 1)
            case "guarded":
                text = text.replace("---\n", "---\nvisibilty: org\n", 1)
        return text.encode()


@dataclass(frozen=True)
class Folder:
    """What the settings of a content folder say."""

    widest: str | None = None
    defaults: dict[str, str] = field(default_factory=dict)
    people_from: tuple[str, ...] = ()
    sealed: bool = False
    other: dict[str, Any] = field(default_factory=dict)
    """Further settings, none of which has a say in who sees what."""

    def text(self) -> str:
        """Return the file as it is written."""
        out = [f"{key} = {json.dumps(value)}" for key, value in self.other.items() if key != "thresholds"]
        if self.widest:
            out.append(f'widest = "{self.widest}"')
        if self.people_from:
            out.append(f"people_from = {json.dumps(self.people_from)}")
        if self.sealed:
            out.append('widset = "org"')
        if self.defaults:
            out.append("[visibility]")
            out += [f'{type_} = "{width}"' for type_, width in self.defaults.items()]
        if thresholds := self.other.get("thresholds"):
            out.append("[thresholds]")
            out += [f"{name} = {days}" for name, days in thresholds.items()]
        return "\n".join(out) + "\n"


@dataclass(frozen=True)
class Made:
    """A content of two folders, ``content`` and ``private``."""

    items: tuple[Item, ...]
    files: dict[tuple[int, str], bytes]
    folders: tuple[Folder, Folder]

    def __getitem__(self, key: tuple[int, str]) -> Item:
        return next(i for i in self.items if i.key == key)

    def with_(self, *items: Item) -> Made:
        """Return it with records put in the place of those with their paths, or added."""
        new = {i.key: i for i in self.items} | {i.key: i for i in items}
        return replace(self, items=tuple(new.values()))

    def without(self, *keys: tuple[int, str]) -> Made:
        """Return it without some records."""
        return replace(self, items=tuple(i for i in self.items if i.key not in keys))

    def with_file(self, key: tuple[int, str], data: bytes | None) -> Made:
        """Return it with another file beside the records, or without it."""
        new = {**self.files, key: data}
        return replace(self, files={k: v for k, v in new.items() if v is not None})

    def write(self, to: Path) -> None:
        """Write the folders anew below a folder."""
        for n, name in enumerate(("content", "private")):
            shutil.rmtree(to / name, ignore_errors=True)
            (to / name).mkdir(parents=True)
            (to / name / "remit.toml").write_text(self.folders[n].text(), encoding="utf-8")
        data = {i.key: i.bytes() for i in self.items} | self.files
        for (root, path), content in data.items():
            file = to / ("content", "private")[root] / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


class Maker:
    """Makes contents from a seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self._words = 0

    # --- small things -----------------------------------------------------------------------------

    def word(self) -> str:
        """Return a word that nothing else holds."""
        self._words += 1
        letters = "".join(self.r.choice("bcdfgklmnprstvz") + self.r.choice("aeiou") for _ in range(3))
        return f"{letters}{self._words}"

    def maybe(self, share: float, value: Any) -> Any:
        """Return a value now and then, or nothing."""
        return value if self.r.random() < share else None

    def day(self, first: int = 1, last: int = 6) -> str:
        return f"2026-{self.r.randint(first, last):02}-{self.r.randint(1, 28):02}"

    def person(self) -> str:
        return self.r.choice((*PEOPLE, *PEOPLE, *PEOPLE, "zoe", "gone"))

    def people(self, low: int, high: int) -> list[str]:
        return self.r.sample((*PEOPLE, "zoe"), self.r.randint(low, high))

    def width(self) -> str | None:
        return self.maybe(0.6, self.r.choice(WIDTHS))

    def tags(self) -> list[str] | None:
        return self.maybe(0.4, [self.word()])

    def reference(self) -> str:
        known = [i.name for i in self.items] or ["delegation:api"]
        name = self.r.choice(known)
        return name.removeprefix("delegation:")

    def body(self, path: str, root: int) -> str:
        """Return a body, with links to what is there and what is not."""
        said = [f"{self.word().title()} {self.word()}."]
        if self.r.random() < 0.6:
            label = self.maybe(0.3, f"|{self.word()}") or ""
            said.append(f"See [[{self.reference()}{label}]] and [[{self.reference()}]].")
        if self.r.random() < 0.1:
            said.append("Also [[gone]].")
        if self.r.random() < 0.1:
            said.append("<b>loud</b>")
        if self.r.random() < 0.3:
            said.append(self.attachment(path, root))
        return "\n\n".join(said)

    def attachment(self, path: str, root: int) -> str:
        """Return a link to a file that is there from now on, or now and then to none."""
        name = f"{self.word()}.{self.r.choice(('png', 'pdf', 'csv'))}"
        if self.r.random() < 0.9:
            self.files[root, posixpath.join(posixpath.dirname(path), name)] = self.word().encode()
        picture = "!" if name.endswith(".png") else ""
        return f"{picture}[{self.word()}]({name})"

    # --- records ----------------------------------------------------------------------------------

    def content(self) -> Made:
        """Make a content."""
        r = self.r
        self.items: list[Item] = []
        self.files: dict[tuple[int, str], bytes] = {}
        self._organisation()
        ids = r.sample(("api", "site", "shop", "hall", "desk"), r.randint(3, 4))
        for id_ in ids:
            self.items.append(self.delegation(id_, ids))
        for _ in range(r.randint(8, 13)):
            self.items.append(self.event(ids))
        for _ in range(r.randint(0, 2)):
            self.items.append(self.double(r.choice(self.items)))
        for n, item in enumerate(self.items):
            if r.random() < 0.06:
                self.items[n] = replace(item, fault=r.choice((*UNREADABLE, MARK)))
        unique = {i.key: i for i in self.items}
        return Made(tuple(unique.values()), self.files, self._folders())

    def _folders(self) -> tuple[Folder, Folder]:
        r = self.r
        main = Folder(
            defaults={t: r.choice(WIDTHS) for t in FOLDERS if r.random() < 0.06},
            other={"title": "Made", "url": "https://example.org/"} if r.random() < 0.5 else {"title": "Made"},
        )
        laid = Folder(
            widest=self.maybe(0.4, r.choice(WIDTHS)),
            defaults={t: r.choice(WIDTHS) for t in FOLDERS if r.random() < 0.06},
            people_from=("content",) if r.random() < 0.6 else (),
            sealed=r.random() < 0.08,
            other={"title": self.word()},
        )
        return main, laid

    def _organisation(self) -> None:
        r = self.r
        teams = ["web", "ops", "all"]
        for team in teams:
            head = {"title": self.word().title(), "lead": self.maybe(0.7, r.choice(PEOPLE))}
            head |= {"parent": "all" if team != "all" and r.random() < 0.6 else None}
            head |= {"visibility": self.maybe(0.15, r.choice(WIDTHS))}
            self.items.append(Item(0, f"teams/{team}.md", "team", {}).put(**head))
        for who in PEOPLE:
            self.items.append(self.member(who, 0))
        if r.random() < 0.7:
            self.items.append(self.member("zoe", 1))
        for cycle, first, last in (("q1", "2026-01-01", "2026-03-31"), ("q2", "2026-04-01", "2026-06-30")):
            head = {"title": cycle.upper(), "start": first, "end": last}
            head |= {"goals": self.maybe(0.5, [self.word()]), "visibility": self.maybe(0.1, r.choice(WIDTHS))}
            self.items.append(Item(0, f"cycles/{cycle}.md", "cycle", {}, self.word()).put(**head))

    def member(self, who: str, root: int) -> Item:
        """Make a person."""
        r = self.r
        return Item(root, f"people/{who}.md", "person", {}, self.word()).put(
            title=f"{who.title()} {self.word().title()}",
            team=self.maybe(0.8, r.choice(("web", "ops", "all"))),
            manager=self.maybe(0.3, r.choice(PEOPLE)),
            role=self.maybe(0.3, self.word()),
            left=self.maybe(0.05, self.day()),
            away=self.maybe(0.1, [{"from": "2026-04-01", "to": "2026-04-10"}]),
            visibility=self.maybe(0.2, r.choice(WIDTHS)),
        )

    def delegation(self, id_: str, ids: list[str]) -> Item:
        """Make a delegation."""
        r = self.r
        root = int(r.random() < 0.15)
        path = f"delegations/{id_}/index.md" if r.random() < 0.6 else f"delegations/{id_}.md"
        start, due = self.day(1, 3), self.day(3, 8)
        item = Item(root, path, "delegation", {}, self.body(path, root)).put(
            title=f"{id_.title()} {self.word()}",
            owner=self.person(),
            delegator=self.person(),
            contributors=self.maybe(0.3, self.people(1, 2)),
            team=self.maybe(0.3, r.choice(("web", "ops", "nowhere"))),
            cycle=self.maybe(0.6, r.choice(("q1", "q2"))),
            parent=self.maybe(0.3, r.choice(ids)),
            depends_on=self.maybe(0.3, [r.choice(ids)]),
            continues=self.maybe(0.1, r.choice(ids)),
            tags=self.tags(),
            status=self.maybe(0.7, r.choice(("active", "active", "not_started", "completed", "on_hold"))),
            start=start,
            due=due,
            goal=self.maybe(0.5, self.word()),
            readiness=self.maybe(0.4, r.choice(("D1", "D2", "D3"))),
            authority=self.maybe(0.5, {"level": str(r.randint(1, 7))}),
            criteria=self.maybe(0.3, [{"id": "speed", "name": self.word(), "weight": "90"}]),
            milestones=self.maybe(0.4, [{"id": "beta", "title": self.word(), "due": self.day(3, 5)}]),
            plan=self.maybe(0.7, {"cadence": r.choice(("weekly", "biweekly", "monthly")), "grace": "2"}),
            visibility=self.width(),
        )
        if r.random() < 0.4:
            file = f"{self.word()}.csv"
            rows = "".join(f"{self.day()},{r.randint(1, 999)}\n" for _ in range(3))
            self.files[root, posixpath.join(posixpath.dirname(path), file)] = f"date,sold\n{rows}".encode()
            item = item.put(metrics=[{"id": "sold", "name": self.word(), "file": file, "target": "900"}])
        if item.head.get("readiness") and r.random() < 0.6:
            moved = {"date": self.day(2, 4), "field": "readiness", "from": "D1", "to": item.head["readiness"]}
            late = {
                "date": self.day(2, 4),
                "field": "due",
                "from": self.day(3, 4),
                "to": r.choice((due, start)),
            }
            item = item.put(changes=[moved, late])
        return item

    def event(self, ids: list[str]) -> Item:
        """Make something that happened."""
        r = self.r
        type_ = r.choice(
            ("checkin", "checkin", "feedback", "feedback", "meeting", "evaluation", "retrospective")
        )
        root, on, day = int(r.random() < 0.2), r.choice((*ids, *ids, "gone")), self.day(1, 5)
        folder, slug = FOLDERS[type_], f"{day}-{self.word()}"
        layout = r.choice(("by key", "by folder", "with its delegation"))
        path = {
            "by key": f"{folder}/{slug}.md",
            "by folder": f"{folder}/{on}/{slug}.md",
            "with its delegation": f"delegations/{on}/{folder}/{slug}.md",
        }[layout]
        alone = type_ != "checkin" and r.random() < 0.3 and layout == "by key"
        on_cycle = type_ == "evaluation" and alone
        head: dict[str, Any] = {"title": self.maybe(0.3, self.word().title()), "date": day}
        if layout == "by key" and not alone:
            head |= {"delegations": [on]} if type_ == "meeting" else {"delegation": on}
        head |= {"cycle": r.choice(("q1", "q2", "gone"))} if on_cycle else {}
        head |= {"tags": self.tags(), "visibility": self.width()}
        head |= getattr(self, f"_{type_}")()
        hangs = () if alone else (on,)
        if type_ == "meeting":
            told = [
                d["delegation"]
                for key in ("decisions", "actions")
                for d in head.get(key) or ()
                if "delegation" in d
            ]
            hangs = tuple(dict.fromkeys((*hangs, *told)))
        return Item(root, path, type_, {}, self.body(path, root), hangs).put(**head)

    def _checkin(self) -> dict[str, Any]:
        r = self.r
        needs = r.choice((self.person(), "team:ops"))
        return {
            "author": self.maybe(0.3, self.person()),
            "health": self.maybe(0.7, r.choice(("on_track", "at_risk", "off_track"))),
            "progress": self.maybe(0.7, str(r.randint(0, 100))),
            "confidence": self.maybe(0.5, str(r.randint(1, 5))),
            "metrics": self.maybe(0.2, {"sold": str(r.randint(1, 99))}),
            "milestones": self.maybe(0.2, {"beta": "50"}),
            "issues": self.maybe(
                0.4, [{"id": self.word(), "what": self.word(), "severity": "high", "needs": needs}]
            ),
            "asks": self.maybe(0.2, [self.word()]),
        }

    def _feedback(self) -> dict[str, Any]:
        r = self.r
        events = [i.name for i in self.items if i.type in {"feedback", "checkin", "meeting", "delegation"}]
        answer = {"by": self.person(), "date": self.day(4, 5), "text": self.word(), "status": "acknowledged"}
        return {
            "from": self.person(),
            "to": r.choice((self.person(), self.person(), "team:ops", "outside:The Printer")),
            "kind": self.maybe(0.6, r.choice(("praise", "constructive", "problem", "idea", "request"))),
            "answers": self.maybe(0.3, r.choice(events)),
            "responses": self.maybe(0.3, [answer]),
            "due": self.maybe(0.2, self.day(4, 6)),
        }

    def _meeting(self) -> dict[str, Any]:
        r = self.r
        action = {"id": self.word(), "what": self.word(), "owner": self.person(), "due": self.day(4, 6)}
        decision = {"what": self.word(), "by": self.person()}
        if r.random() < 0.3:
            action["delegation"] = r.choice(("api", "site", "shop"))
        return {
            "kind": self.maybe(0.7, r.choice(("one_on_one", "kickoff", "team", "review"))),
            "attendees": self.people(1, 3),
            "decisions": self.maybe(0.4, [decision]),
            "actions": self.maybe(0.6, [action]),
        }

    def _evaluation(self) -> dict[str, Any]:
        r = self.r
        subject, kind = self.person(), r.choice(("manager", "peer", "self"))
        return {
            "subject": subject,
            "evaluator": subject if kind == "self" else self.person(),
            "kind": kind,
            "scores": {
                "speed": {"score": str(r.randint(1, 6)), "note": self.word(), "evidence": [self.reference()]}
            },
            "rating": self.maybe(0.6, r.choice(("performing", "exceeding"))),
            "development": self.maybe(
                0.3, [{"what": self.word(), "owner": self.person(), "due": self.day(4, 6)}]
            ),
            "signed": self.maybe(0.5, self.day(4, 5)),
        }

    def _retrospective(self) -> dict[str, Any]:
        r = self.r
        proposal = {"id": self.word(), "what": self.word(), "owner": self.person(), "due": self.day(4, 6)}
        return {
            "cycle": r.choice(("q1", "q2")),
            "team": self.maybe(0.4, r.choice(("web", "ops"))),
            "facilitator": self.maybe(0.5, self.person()),
            "attendees": self.maybe(0.5, self.people(1, 3)),
            "proposals": self.maybe(0.7, [proposal]),
            "tool_review": self.maybe(0.4, [{"tool": "checkin", "verdict": "keep", "note": self.word()}]),
        }

    def double(self, of: Item) -> Item:
        """Make a second record with the id of another, before or after it in any order of files."""
        folder = FOLDERS[of.type]
        id_ = of.id.upper() if self.r.random() < 0.3 else of.id
        path = f"{folder}/{self.r.choice('az')}-{self.word()}.md"
        other = Item(of.root, path, of.type, of.head, self.word(), of.on).put(id=id_, visibility=self.width())
        if of.type == "delegation":
            other = other.put(owner=self.person(), delegator=self.person(), title=self.word())
        if of.on and of.type == "meeting":
            other = other.put(delegations=list(of.on))
        elif of.on:
            other = other.put(delegation=of.on[0])
        return other


def made(seed: int) -> Made:
    """Return the content of a seed."""
    return Maker(seed).content()


def audiences(content: Made) -> Iterator[str]:
    """Yield whom a content can be built for, ``full`` apart."""
    yield from ("public", "org", "team:web", "team:ops", "team:all")
    yield from (f"person:{who}" for who in (*PEOPLE, "zoe"))
