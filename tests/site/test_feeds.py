"""Calendars and the feed, read back by other means than those that wrote them."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from case import Case
from icalendar import Calendar

from generator.pages.agenda import agenda, calendar_path
from generator.pages.links import Linker
from generator.record import Event
from generator.render.feeds import LATEST, feed_files
from generator.render.language import Language
from generator.text import one_line
from generator.tracking.state import Tracked

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = "2026-03-16"


def files(tracked: Tracked, language: str = "en") -> dict[str, bytes]:
    site = tracked.ledger.site
    return feed_files(tracked, Linker(tracked.ledger), Language(language), site.title)


def case() -> Case:
    """An organisation of two teams with one of everything that has its day."""
    return (
        Case()
        .write("remit.toml", 'title = "Two & Co"\n')
        .write("people/ada.md", "---\ntitle: Ada\nteam: shop\n---\n")
        .write("people/ben.md", "---\ntitle: Ben\nteam: desk\n---\n")
        .write("people/cai.md", "---\ntitle: 蔡文\nteam: desk\n---\n")
        .write("teams/shop.md", "---\ntitle: Shop\n---\n")
        .write("teams/desk.md", "---\ntitle: Desk\n---\n")
        .write("cycles/q1.md", "---\ntitle: Q1\nstart: 2026-01-01\nend: 2026-03-31\n---\n")
        .write("cycles/q0.md", "---\nstart: 2025-10-01\nend: 2025-12-31\nclosed: 2026-01-05\n---\n")
        .delegation(
            "api",
            """
            start: 2026-03-02
            due: 2026-03-27
            plan: {cadence: weekly}
            milestones:
              - {id: a, title: Draft, due: 2026-03-10, done: 2026-03-09}
              - {id: b, title: Beta; second, due: 2026-03-20, owner: cai}
            """,
        )
        .checkin("2026-03-09", "health: at_risk\nprogress: 40\n")
        .write(
            "meetings/2026-03-11-round.md",
            """
            ---
            date: 2026-03-11
            title: Round
            attendees: [ada, ben, cai]
            actions:
              - {id: call, what: Call the printer, owner: cai, due: 2026-03-18}
              - {id: note, what: Write it down, owner: ben}
              - {id: past, what: Done already, owner: ben, done: 2026-03-12}
            ---
            What was said.
            """,
        )
    )


def components(data: bytes) -> list[tuple[str, str, str, str]]:
    """Return kind, UID, day and summary of what a calendar holds, in order."""
    calendar = Calendar.from_ical(data)
    out = []
    for c in calendar.subcomponents:
        day = c.get("dtstart") or c.get("due")
        out.append((c.name, str(c["uid"]), day.dt.isoformat() if day else "", str(c["summary"])))
    return out


ALL = [
    ("VTODO", "delegation:api:check-in.2026-03-16@remit", "2026-03-16", "Check-in: api"),
    ("VTODO", "meeting:2026-03-11-round:action.call@remit", "2026-03-18", "To do: Call the printer (Round)"),
    ("VEVENT", "delegation:api:milestone.b@remit", "2026-03-20", "Milestone: Beta; second (api)"),
    ("VTODO", "delegation:api:check-in.2026-03-23@remit", "2026-03-23", "Check-in: api"),
    ("VEVENT", "delegation:api:due@remit", "2026-03-27", "Due: api"),
    ("VEVENT", "cycle:q1:end@remit", "2026-03-31", "Cycle ends: Q1"),
    ("VTODO", "meeting:2026-03-11-round:action.note@remit", "", "To do: Write it down (Round)"),
]


def test_the_calendar_of_everything() -> None:
    assert components(files(case().track(DAY))["calendar/all.ics"]) == ALL


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("calendar/person/ada.ics", [0, 3, 4, 5]),
        ("calendar/person/ben.ics", [4, 5, 6]),
        ("calendar/person/cai.ics", [1, 2, 5]),
        ("calendar/team/shop.ics", [0, 2, 3, 4, 5]),
        ("calendar/team/desk.ics", [1, 5, 6]),
    ],
)
def test_the_calendars_of_people_and_teams(path: str, rows: list[int]) -> None:
    """The owner's has the check-ins; the delegator's the due date; each has what waits on them."""
    assert components(files(case().track(DAY))[path]) == [ALL[n] for n in rows]


def test_a_calendar_to_the_letter() -> None:
    data = files(case().track(DAY), "zh_CN")["calendar/person/cai.ics"].decode()
    assert data.replace("\r\n", "\n") == (
        "BEGIN:VCALENDAR\n"
        "VERSION:2.0\n"
        "PRODID:-//Remit//Remit//EN\n"
        "CALSCALE:GREGORIAN\n"
        "METHOD:PUBLISH\n"
        "NAME:Two & Co – 蔡文\n"
        "X-WR-CALNAME:Two & Co – 蔡文\n"
        "BEGIN:VTODO\n"
        "CATEGORIES:action\n"
        "DESCRIPTION:由 蔡文 负责\n"
        "DTSTAMP:20260316T000000Z\n"
        "DUE;VALUE=DATE:20260318\n"
        "STATUS:NEEDS-ACTION\n"
        "SUMMARY:待办：Call the printer（Round）\n"
        "UID:meeting:2026-03-11-round:action.call@remit\n"
        "END:VTODO\n"
        "BEGIN:VEVENT\n"
        "SUMMARY:里程碑：Beta\\; second（api）\n"
        "DTSTART;VALUE=DATE:20260320\n"
        "DTSTAMP:20260316T000000Z\n"
        "UID:delegation:api:milestone.b@remit\n"
        "CATEGORIES:milestone\n"
        "DESCRIPTION:由 蔡文 负责\n"
        "TRANSP:TRANSPARENT\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\n"
        "SUMMARY:周期结束：Q1\n"
        "DTSTART;VALUE=DATE:20260331\n"
        "DTSTAMP:20260316T000000Z\n"
        "UID:cycle:q1:end@remit\n"
        "CATEGORIES:cycle\n"
        "TRANSP:TRANSPARENT\n"
        "END:VEVENT\n"
        "END:VCALENDAR\n"
    )


# --- RFC 5545, by its own lines -----------------------------------------------------------------------

LINE = re.compile(r"[A-Z-]+(?:;[A-Z-]+=[^:;,\"]+)*:.*")


def content_lines(data: bytes) -> list[str]:
    """Return the unfolded lines of a calendar, each as strict as RFC 5545 wants it."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert [x for x in physical if b"\r" in x or b"\n" in x] == [], "a bare line end"
    assert [x for x in physical if len(x) > 75] == [], "a line of more than 75 octets"
    for line in physical:
        line.decode()  # no character is torn apart
    lines = data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert [x for x in lines if not LINE.fullmatch(x)] == []
    return lines


def check_nesting(lines: list[str]) -> Counter[str]:
    open_: list[str] = []
    seen: Counter[str] = Counter()
    for line in lines:
        key, _, value = line.partition(":")
        if key == "BEGIN":
            open_.append(value)
            seen[value] += 1
        elif key == "END":
            assert open_.pop() == value
    assert open_ == []
    assert seen["VCALENDAR"] == 1
    return seen


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize("audience", ["full", "org", "person:omar"])
def test_the_calendars_of_the_sample(sample, audience: str, locale: str) -> None:
    tracked = sample.tracked(audience)
    found, entries = files(tracked, locale), agenda(tracked)
    calendars = {path: data for path, data in found.items() if path.endswith(".ics")}
    assert len(calendars) == 1 + len(tracked.ledger.people) + len(tracked.ledger.teams)
    for path, data in calendars.items():
        seen = check_nesting(content_lines(data))
        rows = components(data)
        assert len(rows) == seen["VEVENT"] + seen["VTODO"]
        assert len({uid for _, uid, _, _ in rows}) == len(rows), path
    rows = components(found["calendar/all.ics"])
    assert [(uid, day) for _, uid, day, _ in rows] == [
        (f"{e.key}@remit", e.day.isoformat() if e.day else "") for e in entries
    ]
    assert len(rows) > 40
    torn = [e.what for e, (_, _, _, summary) in zip(entries, rows, strict=True) if e.what not in summary]
    assert torn == [], "a text that does not come back as it was"


def test_the_agenda_of_the_sample_is_what_the_states_say(sample) -> None:
    """Counted from the states and records by themselves."""
    tracked = sample.tracked("full")
    until = tracked.today + dt.timedelta(42)
    open_ = [s for s in tracked.states.values() if s.delegation.status.open]
    counted = Counter(str(e.matter) for e in agenda(tracked))
    waiting = {"upcoming", "due", "overdue"}
    ledger = tracked.ledger
    carried = {p.continues for r in ledger.retrospectives.values() for p in r.proposals}
    assert counted == {
        "check-in": sum(e.state in waiting and e.due <= until for s in open_ for e in s.expected),
        "milestone": sum(bool(m.milestone.due and not m.done) for s in open_ for m in s.milestones),
        "due": sum(s.delegation.due is not None for s in open_),
        "action": sum(a.done is None for m in ledger.meetings.values() for a in m.actions)
        + sum(x.done is None for e in ledger.evaluations.values() for x in e.development)
        + sum(
            not (p.done or p.dropped) and f"{r.id}.{p.id}" not in carried
            for r in ledger.retrospectives.values()
            for p in r.proposals
        ),
        "cycle": sum(c.closed is None for c in ledger.cycles.values()),
    }


def test_ids_last() -> None:
    """Whatever else changes, what is subscribed to is the same entry."""
    before = {uid for _, uid, _, _ in components(files(case().track(DAY))["calendar/all.ics"])}
    later = case().write("cycles/q1.md", "---\ntitle: First\nstart: 2026-01-01\nend: 2026-04-02\n---\n")
    after = {
        uid for _, uid, _, _ in components(files(later.track("2026-03-17"), "zh_CN")["calendar/all.ics"])
    }
    assert before == after


# --- what is written is text --------------------------------------------------------------------------

NASTY = "a\\r\\nBEGIN:VEVENT\\r\\nUID:x\\r\\nEND:VEVENT\\r\\n; b, c \\\\n"
"""As YAML in double quotes: line ends, a component, and what iCalendar escapes."""


def test_a_component_in_a_title_is_text() -> None:
    tracked = (
        Case()
        .write("remit.toml", 'title = "a\\r\\nBEGIN:VEVENT"\n')
        .write("people/ada.md", f'---\ntitle: "{NASTY}"\n---\n')
        .write("people/ben.md", f'---\ntitle: "{NASTY}"\n---\n')
        .write("teams/shop.md", f'---\ntitle: "{NASTY}"\n---\n')
        .delegation("api", f'milestones: [{{id: m, title: "{NASTY}", due: 2026-03-20}}]')
        .track(DAY)
    )
    found = files(tracked)
    for path, data in found.items():
        if path.endswith(".ics"):
            seen = check_nesting(content_lines(data))
            holder = path in {"calendar/all.ics", "calendar/person/ada.ics"}
            assert seen == Counter({"VCALENDAR": 1, "VEVENT": 1} if holder else {"VCALENDAR": 1}), path
    [(_, _, _, summary)] = components(found["calendar/all.ics"])
    assert summary == "Milestone: a BEGIN:VEVENT UID:x END:VEVENT ; b, c \\n (api)"


def test_markup_in_a_text_is_text() -> None:
    body = "</summary><entry>&amp; <script>alert(1)</script> ]]> 完"
    head = 'date: 2026-03-01\ntitle: "<b>&amp;]]>"\nattendees: [ada]'
    tracked = (
        Case()
        .write("remit.toml", 'title = "</title><x>&"\n')
        .people()
        .delegation("api", 'x-a: "1"')
        .write("meetings/m.md", f"---\n{head}\n---\n{body}\n")
        .track(DAY)
    )
    root = ET.fromstring(files(tracked)["feed.atom"])
    assert root.findtext(f"{ATOM}title") == "</title><x>&"
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "<b>&amp;]]>"
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    # The summary is HTML: its text is escaped once more.
    assert "<" not in (summary.text or "")
    assert "&lt;script&gt;alert(1)" in (summary.text or "")


def test_one_line() -> None:
    assert one_line("a\r\nb\x00\x1b[31m\u2028c\ufeff  d\u202e 好 👩\u200d🔧") == "a b [31m c d 好 👩\u200d🔧"


# --- the feed -----------------------------------------------------------------------------------------


def entries(data: bytes) -> list[dict[str, str | None]]:
    root = ET.fromstring(data)
    return [{el.tag.removeprefix(ATOM): el.text for el in e} for e in root.findall(f"{ATOM}entry")]


def test_the_feed_of_a_case() -> None:
    data = files(case().track(DAY))["feed.atom"]
    root = ET.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    assert {el.tag.removeprefix(ATOM): el.text for el in root if el.tag != f"{ATOM}entry"} == {
        "title": "Two & Co",
        "link": None,
        "id": "tag:remit.invalid,2026:feed",
        "updated": "2026-03-11T00:00:00+00:00",
        "author": None,
    }
    assert entries(data) == [
        {
            "title": "Round",
            "link": None,
            "published": "2026-03-11T00:00:00+00:00",
            "updated": "2026-03-11T00:00:00+00:00",
            "id": "tag:remit.invalid,2026:meeting:2026-03-11-round",
            "summary": "What was said.",
            "category": None,
        },
        {
            "title": "Check-in, 9 Mar 2026 · api",
            "link": None,
            "published": "2026-03-09T00:00:00+00:00",
            "updated": "2026-03-09T00:00:00+00:00",
            "author": None,
            "id": "tag:remit.invalid,2026:checkin:api.2026-03-09",
            "summary": "At risk · 40%",
            "category": None,
        },
    ]
    hrefs = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert hrefs == ["index.html", "meetings/2026-03-11-round.html", "checkins/api.2026-03-09.html"]


def test_the_feed_holds_the_latest_of_what_happened(sample) -> None:
    tracked = sample.tracked("full")
    events = [r for r in tracked.ledger.records if isinstance(r, Event)]
    assert len(events) > LATEST
    rows = entries(files(tracked)["feed.atom"])
    assert len(rows) == LATEST
    days = [row["updated"] for row in rows]
    assert days == sorted(days, key=str, reverse=True)
    newest = sorted((e.date for e in events), reverse=True)[:LATEST]
    assert [str(day)[:10] for day in days] == [day.isoformat() for day in newest]
    assert len({row["id"] for row in rows}) == LATEST


def test_nothing_has_happened_yet() -> None:
    data = files(Case().people("ada").track(DAY))["feed.atom"]
    assert entries(data) == []
    assert b"<updated>2026-03-16T00:00:00+00:00</updated>" in data


def test_the_site_has_an_address() -> None:
    built = case().write("remit.toml", 'title = "Two & Co"\nurl = "https://remit.example/Büro"\n')
    built.write("people/蔡.md", "---\ntitle: 蔡\n---\n")
    found = files(built.track(DAY))
    [event, *_] = [
        c for c in Calendar.from_ical(found["calendar/all.ics"]).subcomponents if c.name == "VEVENT"
    ]
    assert event["url"] == "https://remit.example/Büro/delegations/api.html"
    root = ET.fromstring(found["feed.atom"])
    links = [(link.get("rel"), link.get("href")) for link in root.iter(f"{ATOM}link")]
    assert links[:2] == [
        ("alternate", "https://remit.example/B%C3%BCro/index.html"),
        ("self", "https://remit.example/B%C3%BCro/feed.atom"),
    ]
    assert entries(found["feed.atom"])[0]["id"] == "tag:remit.example,2026:meeting:2026-03-11-round"


@pytest.mark.parametrize(
    "word",
    [
        "ftp://remit.example/",
        "remit.example",
        "https://",
        "https://[",
        "https://a.b/?q=1",
        "a b",
        "https://a.b/\\nBEGIN:VEVENT",
        "https://a.b/<x>",
    ],
)
def test_what_is_no_address_is_told(word: str) -> None:
    report = Case().write("remit.toml", f'url = "{word}"\n').check()
    assert "error[settings] `url` wants an address, as in `https://example.org/remit/`" in report


# --- who sees it --------------------------------------------------------------------------------------


def test_what_is_private_is_in_no_feed_of_the_organisation() -> None:
    built = (
        case()
        .delegation("quiet", "visibility: pair\ndue: 2026-04-01\nstart: 2026-03-02")
        .checkin("2026-03-10", "title: Secret report\n", on="quiet")
        .write(
            "meetings/2026-03-12-talk.md",
            """
            ---
            date: 2026-03-12
            title: Secret talk
            kind: one_on_one
            attendees: [ada, ben]
            actions: [{id: x, what: Secret step, owner: ada, due: 2026-03-20}]
            ---
            Secret words.
            """,
        )
        .write(
            "evaluations/2026-03-13.md",
            """
            ---
            date: 2026-03-13
            subject: ada
            evaluator: ben
            delegation: api
            development: [{what: Secret lesson, owner: ada, due: 2026-03-30}]
            ---
            """,
        )
        .write("people/eve.md", "---\ntitle: Secret person\nvisibility: private\n---\n")
    )
    told = files(built.track(DAY))
    hidden = files(built.track(DAY, "org"))
    assert {path for path, data in told.items() if b"Secret" in data} == {
        "calendar/all.ics",
        "calendar/person/ada.ics",
        "calendar/person/eve.ics",
        "calendar/team/shop.ics",
        "feed.atom",
    }
    assert not [path for path, data in hidden.items() if b"Secret" in data or b"quiet" in data]
    assert "calendar/person/eve.ics" in told
    assert "calendar/person/eve.ics" not in hidden
    assert hidden == files(case().track(DAY, "org"))


def test_the_same_records_and_day_give_the_same_bytes(sample) -> None:
    assert files(sample.tracked("full")) == files(sample.tracked("full"))


def test_a_calendar_is_called_as_the_page_is() -> None:
    tracked = Case().people("ada").write("teams/店.md", "---\ntitle: 店\n---\n").track(DAY)
    linker = Linker(tracked.ledger)
    assert calendar_path(tracked.ledger.people["ada"], linker) == "calendar/person/ada.ics"
    assert calendar_path(tracked.ledger.teams["店"], linker) == "calendar/team/店.ics"
