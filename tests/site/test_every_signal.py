"""Every signal that Remit knows, on a page of the built sample: its sentence and whom it waits on.

Most are shown as of the sample's own day. A well-kept sample has no cycle without a retrospective, so that
one record is taken away for one row; and no cycle is open that day after its end.
"""

# ruff: noqa: E501 - a table of one line each

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import ROOT
from test_checklist import shown, words

from generator.audience import read_audience
from generator.building import read_content, site_files
from generator.pages.sentences import SENTENCES

MAY = dt.date(2026, 5, 20)
JULY = dt.date(2026, 7, 20)


@dataclass(frozen=True)
class Shown:
    """A signal on a page."""

    code: str
    day: dt.date
    audience: str
    page: str
    text: str
    without: str = ""
    """A record of the sample that is taken away."""


TABLE: tuple[Shown, ...] = (
    Shown("unplanned", MAY, "org", "delegations/packaging.html", "states 0 of the 5 terms; still missing: the goal, how it is judged, the authority, why this person, the plan waits on Marco Ruiz"),
    Shown("brief-back-missing", MAY, "org", "delegations/first-ninety-days.html", "a brief-back was wanted by 16 May and has not come waits on Anna Kowal"),
    Shown("brief-back-unconfirmed", MAY, "org", "delegations/launch-on-call.html", "the brief-back of 12 May is not confirmed yet waits on Ada Okafor"),
    Shown("brief-back-differs", MAY, "org", "delegations/east-growth-q2.html", "another due date, criteria left out, terms not fully understood waits on 吴大卫 David Wu"),
    Shown("check-in-due", MAY, "org", "delegations/first-ninety-days.html", "the check-in of 20 May is due waits on Anna Kowal"),
    Shown("check-in-missed", MAY, "org", "delegations/battery-life.html", "the check-in of 13 May was missed waits on Tom Becker"),
    Shown("stale", MAY, "org", "delegations/battery-life.html", "nothing has been heard since 29 Apr waits on Tom Becker"),
    Shown("due-soon", MAY, "org", "delegations/launch-on-call.html", "is due on 26 May waits on Fatima Haddad"),
    Shown("milestone-overdue", MAY, "org", "delegations/suzhou-ningbo.html", "the milestone “宁波租约” was due on 6 May and is not done waits on 刘燕"),
    Shown("overdue", MAY, "org", "delegations/sync-service.html", "was due on 8 May and is not completed waits on Fatima Haddad"),
    Shown("behind-plan", MAY, "org", "delegations/battery-life.html", "work worth 70% of the whole should be done by now and is not waits on Tom Becker"),
    Shown("watermelon", MAY, "org", "delegations/battery-life.html", "was reported on track, but the work was off track: the milestone “Second supplier's cells measured” was overdue waits on Priya Nair"),
    Shown("out-of-control", MAY, "org", "delegations/battery-life.html", "was due on 15 May, and is silent and blocked as well waits on Priya Nair"),
    Shown("blocked", MAY, "org", "delegations/handwriting-sync.html", "in the way since 24 Mar (severity high): “双向同步要等同步服务的合并逻辑” waits on Fatima Haddad"),
    Shown("cross-team", MAY, "org", "delegations/east-growth-q2.html", "waits on another team: “Reedpen 2 样机只到 9 台，七家店至少要 16 台” waits on Hardware"),
    Shown("awaiting-response", MAY, "person:ada", "delegations/launch-on-call.html", "“May two of Priya's people take a night each?”; no answer yet waits on Ada Okafor"),
    Shown("dependency-late", MAY, "org", "delegations/handwriting-sync.html", "waits for “Sync service”, which is late waits on Fatima Haddad"),
    Shown("slipping", MAY, "org", "delegations/sync-service.html", "the due date moved 2 times, by 42 days in all; first agreed was 27 Mar waits on Fatima Haddad"),
    Shown("metric-off-target", MAY, "org", "delegations/nanjing-stores.html", "“两店月销量” is heading for 125.11; the target is 150 waits on 张浩"),
    Shown("metric-stale", MAY, "org", "delegations/old-service.html", "“Tablets on the old service” was last read on 30 Apr waits on Fatima Haddad"),
    Shown("one-on-one-overdue", MAY, "person:ada", "delegations/sync-service.html", "the last one-to-one was on 6 Mar waits on Ada Okafor"),
    Shown("authority-taken-back", MAY, "org", "delegations/east-growth-q2.html", "“9 台样机先给上海和杭州五家店 8 台，南京两家合用 1 台” waits on 吴大卫 David Wu"),
    Shown("handed-up", MAY, "person:priya", "delegations/battery-life.html", "work was handed up to the delegator and is still there: “Call the second cell supplier, lead to lead” waits on Tom Becker"),
    Shown("confidence-falling", MAY, "person:fatima", "delegations/handwriting-sync.html", "the confidence of 赵敏 went from 4 to 2; a talk may help waits on Fatima Haddad"),
    Shown("no-recognition", MAY, "person:ada", "delegations/note-app.html", "Jonas Lind finished “Runs on the new panel” on 19 Dec 2025, and no praise is on record waits on Ada Okafor"),
    Shown("ready-for-more", MAY, "person:jonas", "people/lin.html", "did 2 delegations in a row well and in time at level 5 (Advise); worth a talk about level 6 (Inquire) waits on Jonas Lind"),
    Shown("needs-support", MAY, "person:fatima", "delegations/handwriting-sync.html", "赵敏 gives their confidence as 2; a talk may help waits on Fatima Haddad"),
    Shown("overloaded", MAY, "person:ada", "people/fatima.html", "Fatima Haddad holds 3 active delegations: On call for the first fortnight, Switch off the Reedpen 1 service, Sync service waits on Ada Okafor"),
    Shown("evaluation-missing", MAY, "full", "delegations/sales-training.html", "was completed on 31 Mar and is not evaluated yet waits on 吴大卫 David Wu"),
    Shown("evaluation-gap", MAY, "full", "delegations/nanjing-stores.html", "on “试写执行” the self-evaluation gives 2 and the other one 4 waits on 王磊"),
    Shown("evaluation-thin", MAY, "full", "delegations/note-app.html", "scores that name no evidence: 3 of 3 waits on Ada Okafor"),
    Shown("action-overdue", MAY, "org", "delegations/sync-service.html", "“Freeze date for the merge interface” was to be done by 30 Apr waits on Fatima Haddad"),
    Shown("feedback-open", MAY, "full", "people/wang-lei.html", "门店试写培训: feedback given on 29 Apr has no answer yet: “三月我在汇报里写过一次"),
    Shown("retrospective-missing", JULY, "org", "cycles/2026q2.html", "the cycle ended on 30 Jun and has no retrospective", without="retrospectives/course-launch.md"),
    Shown("proposal-open", MAY, "org", "people/fatima.html", "agreed on 9 Apr, and neither done nor dropped: “Whoever's work leaves a plan hears it before the meeting that decides it”"),
    Shown("tool-review-missing", MAY, "org", "people/wang-lei.html", "零售团队一季度小结: the retrospective says nothing of the tools"),
    Shown("cycle-open", JULY, "org", "cycles/2026q2.html", "the cycle ended on 30 Jun and is not closed"),
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory):
    """Return what gives a page of the sample as a row wants it built."""

    @cache
    def site(day: dt.date, audience: str, without: str) -> dict[str, bytes]:
        folder = ROOT / "content"
        if without:
            folder = tmp_path_factory.mktemp("sample") / "content"
            shutil.copytree(ROOT / "content", folder)
            (folder / without).unlink()
        who = read_audience(audience)
        assert who is not None
        return site_files(read_content([Path(folder)]), who, day, "en")[0]

    def page(row: Shown) -> Element:
        return html5lib.parse(site(row.day, row.audience, row.without)[row.page], namespaceHTMLElements=False)

    return page


def test_every_code_has_a_row() -> None:
    """A new code without a row, and a row of a code that is gone, fail."""
    codes = {text.partition("/")[0] for text in SENTENCES}
    assert sorted(row.code for row in TABLE) == sorted(codes)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.code)
def test_it_is_on_the_page(row: Shown, pages) -> None:
    root = pages(row)
    there = f".//li[@data-code='{row.code}']"
    assert root.findall(there), f"no {row.code} on {row.page}"
    assert shown(root, there, row.text), [words(e) for e in root.findall(there)]
