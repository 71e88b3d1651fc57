"""Twenty records broken by hand, one fault each, and the whole of what a writer is told."""

# ruff: noqa: E501 - messages stand as they are printed

from __future__ import annotations

import pytest

BROKEN: dict[str, tuple[str, str, str]] = {}


def broken(name: str, path: str, text: str, told: str) -> None:
    BROKEN[name] = (path, text.lstrip("\n"), told.strip("\n"))


@pytest.fixture
def org(case):
    """A small organisation in which each record alone is broken."""
    case.people()
    case.write("teams/web.md", "---\ntitle: Web\nlead: dana\n---\n")
    case.write("cycles/2026q1.md", "---\ntitle: Q1\nstart: 2026-01-01\nend: 2026-03-31\n---\n")
    case.delegation("launch", "start: 2026-01-05\nmilestones: [{id: beta, due: 2026-02-01}]")
    return case


broken(
    "a misspelt owner",
    "delegations/api.md",
    """
---
title: API 改版
owner: aad
delegator: ben
---
""",
    """
delegations/api.md:3:8: error[unknown-reference] no person “aad”
  |
3 | owner: aad
  |        ^^^
  = help: did you mean "ada"?
""",
)
broken(
    "a misspelt key",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegater: ben
---
""",
    """
delegations/api.md:4:1: error[unknown-key] no key `delegater` in a delegation
  |
4 | delegater: ben
  | ^^^^^^^^^
  = help: did you mean `delegator`?
""",
)
broken(
    "a due date in words",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
due: 2026年3月5日
---
""",
    """
delegations/api.md:5:6: error[bad-date] “2026年3月5日” is no date
  |
5 | due: 2026年3月5日
  |      ^^^^^^^^^^^^
  = help: write `2026-03-05`
""",
)
broken(
    "the thirtieth of February",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
milestones:
  - id: beta
    due: 2026-02-30
---
""",
    """
delegations/api.md:7:10: error[no-such-day] 2026-02-30 is no day of the calendar
  |
7 |     due: 2026-02-30
  |          ^^^^^^^^^^
  = help: the last day of that month is 2026-02-28
""",
)
broken(
    "a full-width colon",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
状态：进行中
---
""",
    """
delegations/api.md:5:1: error[unknown-key] no key `状态` in a delegation
  |
5 | 状态：进行中
  | ^^^^
  = help: did you mean `status`?

delegations/api.md:5:3: error[full-width] full-width “：” where YAML wants “: ”
  |
5 | 状态：进行中
  |     ^^
  = help: type `状态: 进行中`
""",
)
broken(
    "a full-width list",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
tags: 【接口，平台】
---
""",
    """
delegations/api.md:5:7: error[full-width] full-width punctuation where YAML wants a list
  |
5 | tags: 【接口，平台】
  |       ^^^^^^^^^^^^^^
  = help: type `tags: [接口, 平台]`
""",
)
broken(
    "a colon in a title",
    "delegations/api.md",
    """
---
title: API: the second
owner: ada
delegator: ben
---
""",
    """
delegations/api.md:2:11: error[header-syntax] not YAML: a colon in a text without quotes
  |
2 | title: API: the second
  |           ^
  = help: put the text into quotes: `title: "API: the second"`
""",
)
broken(
    "an unclosed header",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben

The body.
""",
    """
delegations/api.md:1:1: error[header-unclosed] the front matter is not closed
  |
1 | ---
  | ^^^
  = help: add a line `---` after the last key
""",
)
broken(
    "a bracket left open",
    "delegations/api.md",
    """
---
title: API
owner: ada
contributors: [cai, dana
delegator: ben
---
""",
    """
delegations/api.md:4:15: error[header-syntax] not YAML: a bracket that is not closed, or a comma that is missing
  |
4 | contributors: [cai, dana
  |               ^
  = help: add `]` where it ends
""",
)
broken(
    "visibility twice",
    "feedback/2026-02-01-thanks.md",
    """
---
date: 2026-02-01
from: ada
to: ben
visibility: pair
visibility: org
---
""",
    """
feedback/2026-02-01-thanks.md:6:1: error[duplicate-key] key `visibility` stands twice; it stood in line 5 already
  |
6 | visibility: org
  | ^^^^^^^^^^
  = help: keep one of them
""",
)
broken(
    "progress beyond the end",
    "checkins/launch/2026-01-12.md",
    """
---
date: 2026-01-12
health: on_track
progress: 140
---
""",
    """
checkins/launch/2026-01-12.md:4:11: error[out-of-range] 140 is not between 0 and 100
  |
4 | progress: 140
  |           ^^^
  = help: write a number from 0 to 100
""",
)
broken(
    "progress in words",
    "checkins/launch/2026-01-12.md",
    """
---
date: 2026-01-12
progress: １２％
---
""",
    """
checkins/launch/2026-01-12.md:3:11: error[bad-number] “１２％” is no whole number
  |
3 | progress: １２％
  |           ^^^^^^
  = help: write `12`
""",
)
broken(
    "a health that is none",
    "checkins/launch/2026-01-12.md",
    """
---
date: 2026-01-12
health: on track
---
""",
    """
checkins/launch/2026-01-12.md:3:9: error[bad-choice] “on track” is none of the values for `health`
  |
3 | health: on track
  |         ^^^^^^^^
  = help: did you mean `on_track`?
""",
)
broken(
    "a milestone that the delegation lacks",
    "checkins/launch/2026-01-12.md",
    """
---
date: 2026-01-12
milestones:
  betta: done
---
""",
    """
checkins/launch/2026-01-12.md:4:3: error[unknown-entry] the delegation has no milestone “betta”
  |
4 |   betta: done
  |   ^^^^^
  = help: did you mean `beta`?
""",
)
broken(
    "one name where a list belongs",
    "meetings/kickoff.md",
    """
---
date: 2026-01-12
kind: kickoff
attendees: ada
---
""",
    """
meetings/kickoff.md:4:12: error[wrong-shape] expected a list, found text
  |
4 | attendees: ada
  |            ^^^
  = help: write `attendees: [ada]`
""",
)
broken(
    "weights that do not add up",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
criteria:
  - {id: speed, weight: 50}
  - {id: docs, weight: 30}
---
""",
    """
delegations/api.md:6:3: error[weights] the weights of the criteria add up to 80, not 100
  |
6 |   - {id: speed, weight: 50}
  |   ^
  = help: let them add up to 100, or leave them all out for equal weights
""",
)
broken(
    "a due date before the start",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
start: 2026-03-01
due: 2026-02-01
---
""",
    """
delegations/api.md:6:6: error[dates-reversed] due (2026-02-01) is before start (2026-03-01)
  |
6 | due: 2026-02-01
  |      ^^^^^^^^^^
  = help: correct one of the two dates
""",
)
broken(
    "a change that did not happen",
    "delegations/api.md",
    """
---
title: API
owner: ada
delegator: ben
due: 2026-03-01
changes:
  - {date: 2026-02-01, by: ben, field: due, from: 2026-03-01, to: 2026-04-01}
---
""",
    """
delegations/api.md:7:67: error[change-mismatch] the last change of `due` says `2026-04-01`, but the record says `2026-03-01`
  |
7 |   - {date: 2026-02-01, by: ben, field: due, from: 2026-03-01, to: 2026-04-01}
  |                                                                   ^^^^^^^^^^
  = help: set `due` to `2026-04-01`, or add the change that is missing
""",
)
broken(
    "a text with a comma, unquoted",
    "meetings/kickoff.md",
    """
---
date: 2026-01-12
attendees: [ada, ben]
actions:
  - {what: write the plan, then show it, owner: ada}
---
""",
    """
meetings/kickoff.md:5:28: error[unknown-key] no key `then show it` in an action
  |
5 |   - {what: write the plan, then show it, owner: ada}
  |                            ^^^^^^^^^^^^
  = help: put text that holds a comma into quotes
""",
)
broken(
    "a link that leads nowhere, and a tab before it",
    "checkins/launch/2026-01-12.md",
    """
---
date: 2026-01-12
---

说明：见\t[[lanuch]] 与 [[person:ada]]。
""",
    """
checkins/launch/2026-01-12.md:5:8: warning[dangling-link] [[lanuch]] leads to no record
  |
5 | 说明：见 [[lanuch]] 与 [[person:ada]]。
  |            ^^^^^^
  = help: did you mean `[[launch]]`?
""",
)


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_writer_is_told(org, name):
    path, text, told = BROKEN[name]
    assert org.check() == ""
    org.write(path, text)
    assert org.check() == told


def test_there_are_twenty():
    assert len(BROKEN) == 20
