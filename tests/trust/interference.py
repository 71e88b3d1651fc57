"""Two contents that differ only in what an audience may not see, and what a build for it makes of each."""

from __future__ import annotations

import contextlib
import random
import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from unittest import mock

import jinja2
from click.testing import CliRunner
from made_contents import DAY, MARK, UNREADABLE, Item, Made, Maker, audiences, made
from oracle import Oracle

from generator.cli import main
from generator.pages import site
from generator.publish import MANIFEST
from generator.render import html

_TOOK = re.compile(r" in \d+\.\d s$", re.MULTILINE)


@dataclass(frozen=True)
class Seen:
    """What a build leaves behind."""

    files: dict[str, bytes]
    log: str
    code: int


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates, which hold nothing of any record, from one build to the next."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_ENVIRONMENT = partial(jinja2.Environment, bytecode_cache=_Compiled())


def build(folder: Path, content: Made, audience: str, *, after: str = "", pages: bool = True) -> Seen:
    """Build a content by the command line.

    Args:
        folder: where ``content``, ``private`` and ``site`` are.
        content: what is built; it replaces what is there.
        audience: whom the site is for.
        after: an audience whose site is built into the same folder before.
        pages: whether pages are made; data, feeds, files beside records and the log always are.
    """
    content.write(folder)
    out = folder / "site"
    words = ["build", "content", "private", "--as-of", DAY, "--jobs", "1", "--audience"]
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        stack.enter_context(mock.patch.object(html, "Environment", _ENVIRONMENT))
        if not pages:
            stack.enter_context(mock.patch.object(site, "all_pages", return_value=()))
        if after:
            CliRunner().invoke(main, [*words, after], catch_exceptions=False)
        done = CliRunner().invoke(main, [*words, audience], catch_exceptions=False)
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    return Seen(files, _TOOK.sub("", done.output), done.exit_code)


def differences(a: Seen, b: Seen) -> list[str]:
    """Return in what two builds differ: names of files, ``log``, ``exit code``.

    The manifest, which has a mark of every file, is named where no other file is.
    """
    paths = sorted(p for p in a.files.keys() | b.files.keys() if a.files.get(p) != b.files.get(p))
    paths = [p for p in paths if p != MANIFEST or paths == [MANIFEST]]
    return [*paths, *(["log"] if a.log != b.log else []), *(["exit code"] if a.code != b.code else [])]


# --- what an audience does not see, changed -------------------------------------------------------------

EDITS = (
    *("add", "add_double", "add_double", "add_person", "edit", "edit", "touch", "rename", "delete"),
    *("delete_all", "spoil", "mend", "misfile", "change_file", "line_value", "line_value", "settings"),
)
"""Ways to change a content, as an editor has them."""


class Editor(Maker):
    """Changes a content in some place; whether that is hidden from the audience is asked afterwards."""

    def __init__(self, content: Made, audience: str, seed: int) -> None:
        super().__init__(seed)
        self._words = 1000 * (1 + seed % 50)
        self.made, self.audience = content, audience
        self.items, self.files = list(content.items), dict(content.files)
        there = {i.key for i in Oracle(content).visible(audience)}
        self.visible = [i for i in content.items if i.key in there]
        self.hidden = [i for i in content.items if i.key not in there]

    def _with(self, *items: Item) -> Made:
        return replace(self.made, files=self.files).with_(*items)

    def _ids(self) -> list[str]:
        return [i.id for i in self.items if i.type == "delegation"] or ["api"]

    def add(self) -> Made:
        ids = self._ids()
        return self._with(self.r.choice((self.event(ids), self.event(ids), self.delegation("dock", ids))))

    def add_double(self) -> Made:
        return self._with(self.double(self.r.choice(self.visible or self.items)))

    def add_person(self) -> Made:
        who = self.r.choice(("yan", "yuri"))
        hidden = self.member(who, 1).put(manager=self.person(), visibility=self.r.choice(("line", "private")))
        return self._with(hidden)

    def edit(self) -> Made:
        """Write a hidden record anew."""
        old = self.r.choice(self.hidden)
        match old.type:
            case "delegation":
                new = self.delegation("dock", self._ids())
            case "person":
                new = self.member(old.id, old.root)
            case "team" | "cycle":
                new = old.put(title=self.word())
            case _:
                new = next(e for e in iter(lambda: self.event(self._ids()), None) if e.type == old.type)
        # What it hangs on stays, and an evaluation with a cycle hangs on nothing else.
        fixed = {"id", "delegation", "delegations", "visibility"}
        fixed |= {"cycle"} if old.type == "evaluation" else set()
        keep = {k: v for k, v in old.head.items() if k in fixed}
        head = {k: v for k, v in new.head.items() if k not in fixed - {"visibility"}}
        on = old.on if old.type != "meeting" else tuple(dict.fromkeys((*old.on, *_told(new))))
        return self._with(replace(old, head={**head, **keep}, body=new.body, on=on))

    def touch(self) -> Made:
        """Change a word or a day of a hidden record."""
        old = self.r.choice(self.hidden)
        new = replace(old, body=self.word()) if self.r.random() < 0.5 else old.put(title=self.word())
        if "date" in old.head and self.r.random() < 0.5:
            new = new.put(date=self.day())
        return self._with(new)

    def rename(self) -> Made:
        old = self.r.choice(self.hidden)
        folder, _, _ = old.path.rpartition("/")
        new = replace(old, path=f"{folder}/{self.r.choice('az')}{self.word()}.md")
        return self._with(new).without(old.key)

    def delete(self) -> Made:
        return self.made.without(self.r.choice(self.hidden).key)

    def delete_all(self) -> Made:
        """Leave nothing that is hidden but the people and teams, who decide."""
        gone = [i.key for i in self.hidden if i.type not in {"person", "team"}]
        return self.made.without(*gone)

    def spoil(self) -> Made:
        old = self.r.choice(self.hidden)
        return self._with(replace(old, fault=self.r.choice((*UNREADABLE, MARK))))

    def mend(self) -> Made:
        old = self.r.choice([i for i in self.hidden if i.fault])
        return self._with(replace(old, fault=""))

    def misfile(self) -> Made:
        """Put files there that are no records, or cannot be."""
        path, text = self.r.choice(
            [
                ("odd/thing.md", f"---\ntitle: {self.word()}\n---\n"),
                ("people/README.md", self.word()),
                ("delegations/api/plan.ods", self.word()),
                ("feedback/x y.md", f"---\ndate: 2026-01-01\nfrom: ada\nto: ben\n---\n{self.word()}"),
                ("checkins/lone.md", f"---\ndate: 2026-01-01\n---\n{self.word()}"),
            ]
        )
        return self.made.with_file((self.r.randint(0, 1), path), text.encode())

    def change_file(self) -> Made:
        """Change, take away or add what is beside hidden records: an attachment, a metric's numbers."""
        seen = {key for i in self.visible for key in i.files()}
        key = self.r.choice([key for key in self.made.files if key not in seen])
        numbers = f"date,sold\n{self.day()},{self.r.randint(1, 99)}\n{self.day()},none\n".encode()
        return self.made.with_file(key, self.r.choice((None, self.word().encode(), numbers)))

    def line_value(self) -> Made:
        """Change what only the line sees of a record that others see too."""
        old = self.r.choice([i for i in self.visible if {"confidence", "readiness"} & i.head.keys()])
        if "confidence" in old.head:
            return self._with(old.put(confidence=self.r.choice("123459x")))
        changes = [
            {**c, "from": self.r.choice(("D1", "D4", "D7")), "why": self.word()}
            if c["field"] == "readiness"
            else c
            for c in old.head.get("changes", ())
        ]
        return self._with(old.put(readiness=self.r.choice(("D1", "D4", "D9", "x")), changes=changes or None))

    def settings(self) -> Made:
        """Change the settings of the folder that is laid over."""
        main, laid = self.made.folders
        other = {"title": self.word(), "thresholds": {"stale_days": self.r.randint(1, 9)}}
        new = replace(laid, other=other)
        if self.r.random() < 0.3:
            new = replace(laid, widest=self.r.choice(("line", "private")))
        if self.r.random() < 0.1:
            new = replace(laid, sealed=True)
        return replace(self.made, folders=(main, new))

    def visible_change(self) -> Made:
        """Change a word of what the audience sees, if that is anything; what is to come is not shown."""
        shown = [i for i in self.visible if i.head.get("date", "") <= DAY]
        if not shown:
            return self.made
        old = self.r.choice(shown)
        if old.type in {"delegation", "person", "team", "cycle"}:
            return self._with(old.put(title=self.word()))
        return self._with(replace(old, body=f"{old.body}\n\nMore: {self.word()}."))


def _told(meeting: Item) -> list[str]:
    entries = [*(meeting.head.get("decisions") or ()), *(meeting.head.get("actions") or ())]
    return [e["delegation"] for e in entries if "delegation" in e]


class _Hiding:
    """Applies edits as long as an audience sees nothing of them."""

    def __init__(self, content: Made, audience: str, seed: int) -> None:
        self.now, self.audience, self.seed = content, audience, seed
        self.before = Oracle(content).sight(audience)
        self.done: list[str] = []

    def attempt(self, name: str, *on: Item) -> None:
        """Apply one edit, to a record where one is given; undo it where the audience would see it."""
        self.seed += 1
        editor = Editor(self.now, self.audience, self.seed)
        editor.hidden = [i for i in editor.hidden if i.key == on[0].key] if on else editor.hidden
        try:
            new = getattr(editor, name)()
        except IndexError:  # there is nothing of the kind that it would change
            return
        oracle = Oracle(new)
        if new != self.now and oracle.exists(self.audience) and oracle.sight(self.audience) == self.before:
            self.now = new
            self.done.append(name)


def hidden_edits(content: Made, audience: str, seed: int) -> tuple[Made, tuple[str, ...]]:
    """Change a content in one to four places where an audience sees nothing of it; return what was done."""
    r, hiding = random.Random(seed), _Hiding(content, audience, seed * 1000)
    wanted = r.choice((1, 1, 2, 4))
    for _ in range(60):
        hiding.attempt(r.choice(EDITS))
        if len(hiding.done) == wanted:
            break
    return hiding.now, tuple(hiding.done)


def upheaval(content: Made, audience: str, seed: int) -> tuple[Made, tuple[str, ...]]:
    """Change a content in every place where an audience sees nothing of it."""
    r, hiding = random.Random(seed), _Hiding(content, audience, seed * 1000)
    there = {i.key for i in Oracle(content).visible(audience)}
    for item in content.items:
        if item.key not in there:
            hiding.attempt(r.choice(("delete", "delete", "edit", "touch", "spoil", "mend", "rename")), item)
    for name in EDITS:
        if name not in {"edit", "touch", "rename", "delete", "delete_all", "spoil", "mend"}:
            hiding.attempt(name)
    return hiding.now, tuple(hiding.done)


@dataclass(frozen=True)
class Pair:
    """Two contents that look the same to an audience."""

    seed: int
    audience: str
    before: Made
    after: Made
    edits: tuple[str, ...]

    def __str__(self) -> str:
        return f"seed {self.seed} for {self.audience}: {', '.join(self.edits)}"


def group(seed: int, size: int) -> list[Pair]:
    """Return pairs from a seed, of one content and for one audience; the first differ as much as can be."""
    content = made(seed)
    oracle, kind = Oracle(content), ("public", "org", "team:", "person:")[seed % 4]
    some = [a for a in audiences(content) if a.startswith(kind) and oracle.exists(a)] or ["org"]
    audience = some[seed // 4 % len(some)]
    pairs = []
    for n in range(size):
        change = hidden_edits if n else upheaval
        pairs.append(Pair(seed, audience, content, *change(content, audience, seed * 1000 + n)))
    return pairs


def leaks(
    pair: Pair, folder: Path, before: Seen | None = None, *, after: str = "", pages: bool = True
) -> list[str]:
    """Return what tells the two contents of a pair apart in the sites of its audience: nothing should.

    Args:
        pair: the two contents.
        folder: where they may be written.
        before: the build of the first, where it is there already.
        after: an audience whose site the folder of the second held before.
        pages: whether pages are compared too.
    """
    before = before or build(folder / "a", pair.before, pair.audience, pages=pages)
    now = build(folder / "b", pair.after, pair.audience, after=after, pages=pages)
    return differences(before, now)
