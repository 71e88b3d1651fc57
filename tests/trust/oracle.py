"""Who sees what, told a second time: from the format's words about visibility, not from Remit's code.

It works on contents as they were made, so that neither reading nor projecting has a part in it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from made_contents import MARK, UNREADABLE, WIDTHS, Item, Made

ORGANISATION = ("person", "team", "cycle")


class Oracle:
    """Says what each audience may see of a content."""

    def __init__(self, content: Made) -> None:
        self.content = content
        self.read = [i for i in content.items if i.fault not in UNREADABLE]

    # --- people -----------------------------------------------------------------------------------

    def trusted(self, root: int) -> set[int]:
        names = self.content.folders[root].people_from
        return {root} | {n for n, name in enumerate(("content", "private")) if name in names}

    @cached_property
    def _whose(self) -> list[tuple[dict[str, Item], dict[str, Item]]]:
        whose = []
        for root in (0, 1):
            found: dict[str, dict[str, Item]] = {"person": {}, "team": {}}
            for item in sorted(self.read, key=lambda i: (i.id, i.root, i.path)):
                if item.type in found and item.root in self.trusted(root):
                    found[item.type].setdefault(item.id, item)
            whose.append((found["person"], found["team"]))
        return whose

    def everybody(self) -> set[str]:
        return {i.id for i in self.read if i.type == "person"}

    def members(self, team: str, root: int) -> set[str]:
        people, teams = self._whose[root]
        found = {id_ for id_, p in people.items() if p.head.get("team") == team}
        lead = teams[team].head.get("lead") if team in teams else None
        return found | ({lead} if lead else set())

    def _above(self, who: str, root: int) -> str | None:
        people, teams = self._whose[root]
        if who not in people:
            return None
        if manager := people[who].head.get("manager"):
            return manager
        team, seen = people[who].head.get("team"), set()
        while team in teams and team not in seen:
            seen.add(team)
            lead = teams[team].head.get("lead")
            if lead and lead != who:
                return lead
            team = teams[team].head.get("parent")
        return None

    def managers(self, who: str, root: int) -> set[str]:
        found: list[str] = []
        above = self._above(who, root)
        while above:
            if above == who or above in found:
                return set()
            found.append(above)
            above = self._above(above, root)
        return set(found)

    # --- one record, with the delegations that it hangs on ---------------------------------------------

    def width(self, item: Item) -> str:
        head, own = item.head, self.set_default(item)
        special = ""
        if item.type == "feedback":
            upwards = head["to"] in self.managers(head["from"], item.root)
            special = "pair" if upwards else "org" if head.get("kind") == "praise" else ""
        elif item.type == "meeting" and head.get("kind") == "one_on_one":
            special = "pair"
        elif item.type == "evaluation" and head["kind"] == "self" and not head.get("signed"):
            special = "private"
        usual = "line" if item.type in {"feedback", "evaluation"} else "org"
        default = _narrowest(special, own or special) if special else own or usual
        folder = self.content.folders[item.root]
        ceiling = folder.widest or ("line" if item.root else "")
        width = head.get("visibility") or default
        return _narrowest(width, ceiling or width)

    def set_default(self, item: Item) -> str | None:
        """Return the default that the item's folder sets, else the narrowest of those that it names."""
        folders = self.content.folders
        named = [folders[n].defaults.get(item.type) for n in self.trusted(item.root)]
        own = folders[item.root].defaults.get(item.type)
        return own or max((d for d in named if d), key=WIDTHS.index, default=None)

    def sealed(self, root: int) -> bool:
        return any(self.content.folders[n].sealed for n in self.trusted(root))

    def _party(self, party: str, root: int) -> set[str]:
        if party.startswith("team:"):
            return self.members(party[5:], root)
        return set() if party.startswith("outside:") else {party}

    def author(self, item: Item, parents: list[Item]) -> str | None:
        head = item.head
        match item.type:
            case "checkin":
                return head.get("author") or (parents[0].head["owner"] if parents else None)
            case "person":
                return item.id
        key = {"feedback": "from", "evaluation": "evaluator", "delegation": "delegator"}.get(item.type)
        return head.get(key or "facilitator")

    def named(self, item: Item, parents: list[Item]) -> set[str]:
        head, root = item.head, item.root
        match item.type:
            case "delegation":
                return {head["owner"], head["delegator"]}
            case "checkin":
                # Whom an untrusted folder's delegation names is not asked; its owner reports all the same.
                ours = [p for p in parents if p.root in self.trusted(root)]
                return {self.author(item, parents)} | {
                    p.head[k] for p in ours for k in ("owner", "delegator")
                }
            case "feedback":
                return {head["from"]} | self._party(head["to"], root)
            case "meeting":
                return set(head["attendees"])
            case "evaluation":
                return {head["subject"], head["evaluator"]}
            case "retrospective":
                return {*head.get("attendees", ()), *([head["facilitator"]] if "facilitator" in head else ())}
            case "person":
                return {item.id}
            case "team":
                return self.members(item.id, root)
        return set()

    def about(self, item: Item, parents: list[Item]) -> set[str]:
        head = item.head
        match item.type:
            case "delegation":
                return {head["owner"]}
            case "evaluation":
                return {head["subject"]}
            case "feedback":
                return self._party(head["to"], item.root)
            case "person":
                return {item.id}
        return {p.head["owner"] for p in parents if p.root in self.trusted(item.root)}

    def line(self, item: Item, parents: list[Item]) -> set[str]:
        above = [self.managers(who, item.root) for who in self.about(item, parents)]
        return self.named(item, parents).union(*above)

    def teams(self, item: Item, parents: list[Item]) -> set[str]:
        people, head = self._whose[item.root][0], item.head

        def team_of(who: str) -> set[str]:
            return {people[who].head["team"]} if who in people and "team" in people[who].head else set()

        found: set[str] = set()
        ours = [p for p in parents if p.root in self.trusted(item.root)]
        for d in [item] if item.type == "delegation" else ours:
            found |= {d.head["team"]} if "team" in d.head else team_of(d.head["owner"])
        if item.type == "team":
            found.add(item.id)
        if item.type in {"retrospective", "person"} and "team" in head:
            found.add(head["team"])
        if head.get("to", "").startswith("team:"):
            found.add(head["to"][5:])
        if not found:
            about = self.about(item, parents) or self.named(item, parents)
            found = set().union(*(team_of(who) for who in about))
        return found

    def within(self, item: Item, audience: str, parents: list[Item]) -> bool:
        width = self.width(item)
        circle, _, who = audience.partition(":")
        if width == "public" or (width == "org" and circle != "public"):
            return True
        if circle == "team":
            return width == "team" and who in self.teams(item, parents)
        if circle != "person":
            return False
        named, about = self.named(item, parents), self.about(item, parents)
        match width:
            case "team":
                members = [self.members(t, item.root) for t in self.teams(item, parents)]
                return who in named.union(*members)
            case "line":
                return who in self.line(item, parents)
            case "pair":
                return who in named and len(named) == 2
            case "managers":
                above = set().union(*(self.managers(p, item.root) for p in about))
                return who not in about and (who == self.author(item, parents) or who in above)
        return who == self.author(item, parents)

    # --- all of them ------------------------------------------------------------------------------

    def exists(self, audience: str) -> bool:
        """Tell whether there is such an audience."""
        circle, _, who = audience.partition(":")
        if circle == "person":
            return who in self.everybody()
        if circle == "team":
            there = any(i.type == "team" and i.id == who for i in self.read)
            # Members are counted over all folders, the first record of an id being somebody's.
            first: dict[str, Item] = {}
            for item in sorted(self.read, key=lambda i: (i.id, i.root, i.path)):
                first.setdefault(item.name, item)
            team = first.get(f"team:{who}")
            joined = any(i.type == "person" and i.head.get("team") == who for i in first.values())
            return there and (joined or bool(team and team.head.get("lead")))
        return True

    def visible(self, audience: str) -> list[Item]:
        """Return the records that an audience may see."""
        seen: dict[str, Item] = {}
        for stage in (ORGANISATION, ("delegation",), None):
            found = [
                item
                for item in self.read
                if (item.type in stage if stage else item.type not in (*ORGANISATION, "delegation"))
                and item.fault != MARK
                and not self.sealed(item.root)
                and self._hangs(item, seen)
                and self.within(item, audience, self.parents(item, seen))
            ]
            while lost := [i for i in found if not _answered(i, found, seen)]:
                found = [i for i in found if i not in lost]
            count = Counter((i.type, i.id.casefold()) for i in found)
            seen |= {i.name: i for i in found if count[i.type, i.id.casefold()] == 1}
        return list(seen.values())

    def parents(self, item: Item, seen: dict[str, Item]) -> list[Item]:
        return [seen[f"delegation:{id_}"] for id_ in item.on if f"delegation:{id_}" in seen]

    def _hangs(self, item: Item, seen: dict[str, Item]) -> bool:
        wanted = [f"delegation:{id_}" for id_ in item.on]
        if item.type in {"evaluation", "retrospective"} and "cycle" in item.head:
            wanted.append(f"cycle:{item.head['cycle']}")
        if item.type == "evaluation":
            wanted.append(f"person:{item.head['subject']}")
        return all(name in seen for name in wanted)

    def sight(self, audience: str) -> dict[tuple[int, str], str | bytes]:
        """Return all that an audience may see, by file: records without what only their line sees, files."""
        out: dict[tuple[int, str], str | bytes] = {}
        there = self.visible(audience)
        seen = {i.name: i for i in there}
        for item in there:
            circle, _, who = audience.partition(":")
            in_line = circle == "person" and who in self.line(item, self.parents(item, seen))
            out[item.key] = item.text(line_values=in_line)
            out |= {key: self.content.files.get(key, b"none") for key in item.files()}
        return out


def _answered(item: Item, found: list[Item], seen: dict[str, Item]) -> bool:
    answers = item.head.get("answers")
    return not answers or answers in seen or any(i.name == answers for i in found)


def _narrowest(a: str, b: str) -> str:
    return max(a, b, key=WIDTHS.index)
