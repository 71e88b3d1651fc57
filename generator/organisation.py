"""Who is in which team, and who manages whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from generator.record import Person, Team


class Organisation:
    """People and teams, as some folders have them."""

    def __init__(self, people: Mapping[str, Person], teams: Mapping[str, Team]) -> None:
        self.people = people
        self.teams = teams

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.team:
                found.setdefault(person.team, []).append(person.id)
        for team in self.teams.values():
            if team.lead and team.lead not in found.get(team.id, ()):
                found.setdefault(team.id, []).append(team.lead)
        return {team: tuple(sorted(people)) for team, people in found.items()}

    def members(self, team: str) -> tuple[str, ...]:
        """Return the ids of a team's people and its lead."""
        return self._members.get(team, ())

    def team_of(self, person: str) -> str | None:
        """Return the id of somebody's team."""
        found = self.people.get(person)
        return found.team if found else None

    @cached_property
    def _managers(self) -> Mapping[str, tuple[str, ...]]:
        return {id_: self._climb(id_) for id_ in self.people}

    def managers(self, person: str) -> tuple[str, ...]:
        """Return somebody's managers, nearest first.

        That is their ``manager``, else their team's lead, else the parent team's lead, and so on
        upwards. Nobody where the way up is a loop.
        """
        return self._managers.get(person, ())

    def next_manager(self, person: str) -> str | None:
        """Return who somebody reports to."""
        found = self.people.get(person)
        if found is None:
            return None
        if found.manager:
            return found.manager
        team, seen = found.team, set[str]()
        while team and team not in seen:
            seen.add(team)
            here = self.teams.get(team)
            if here is None:
                return None
            if here.lead and here.lead != person:
                return here.lead
            team = here.parent
        return None

    def _climb(self, person: str) -> tuple[str, ...]:
        trail: list[str] = []
        above = self.next_manager(person)
        while above:
            if above == person or above in trail:
                return ()
            trail.append(above)
            above = self.next_manager(above)
        return tuple(trail)
