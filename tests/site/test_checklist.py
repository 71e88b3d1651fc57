"""Every line of the practice's checklist, on a page of the built sample.

Each row names a line of the article, the page that shows it, where on it, and words that stand there.
"""

# ruff: noqa: E501 - a table of one line each

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import ROOT

from generator.audience import FULL
from generator.building import read_content, site_files

DAY = dt.date(2026, 5, 20)

Row = tuple[str, str, str, str]

CHECKLIST: tuple[Row, ...] = (
    ("授权跟踪: a delegation is the root", "checkins/page-search.2025-12-18.html", "nav[@class='crumbs']", "Search inside handwritten pages"),
    ("一 blindness: unplanned delegations listed", "records/index.html", "section[@aria-labelledby='plans']", "包装盒"),
    ("一 completeness per team", "teams/hardware.html", "section[@aria-labelledby='measures']", "Terms stated"),
    ("1.1 goal", "delegations/reedpen2.html", "section[@aria-labelledby='terms']", "Reedpen 2 is on the shelves"),
    ("1.1 expectation: criteria", "delegations/reedpen2.html", "section[@aria-labelledby='terms']", "On the shelf on time"),
    ("1.1 power: level, decides, must ask, limits", "delegations/reedpen2.html", "section[@aria-labelledby='terms']", "Asks first"),
    ("1.1 resources", "delegations/reedpen2.html", "section[@aria-labelledby='terms']", "Samples budget"),
    ("1.2 completion: overdue", "index.html", "section[@aria-labelledby='attention']", "was due on 8 May"),
    ("1.2 completion: milestones", "delegations/battery-life.html", "section[@aria-labelledby='milestones']", "Second supplier's cells measured"),
    ("1.2 motivate: recognition with what earned it", "people/lin.html", "section[@aria-labelledby='recognition']", "Jonas Lind"),
    ("1.2 motivate: no recognition", "delegations/note-app.html", "section[@aria-labelledby='signals']", "praise"),
    ("1.2 problems: issues with severity and age", "delegations/sync-service.html", "section[@aria-labelledby='issues']", "since"),
    ("1.2 no loss of control 失控", "delegations/battery-life.html", "section[@aria-labelledby='signals']", "silent and blocked"),
    ("1.2 basis for decisions: comparison of cycles", "insights/index.html", "section[@aria-labelledby='measures']", "Check-ins on time"),
    ("2.1 ① board", "board/index.html", "section[@class='lane lane-active']", "Three weeks of standby"),
    ("2.1 ① planned against actual over time", "delegations/battery-life.html", "section[@aria-labelledby='progress']", "planned"),
    ("2.1 ② evaluation with evidence and development", "people/lin.html", "section[@aria-labelledby='evaluations']", "Weighted mean"),
    ("2.1 ③ adjustments with their reason", "delegations/east-growth.html", "section[@aria-labelledby='history']", "Terms changed"),
    ("2.1 ④ who works with whom", "insights/index.html", "section[@aria-labelledby='matrix']", "Firmware"),
    ("2.1 ④ issues that wait on another team", "delegations/east-growth-q2.html", "section[@aria-labelledby='signals']", "another team"),
    ("2.2 ① calendar of expected check-ins", "delegations/reedpen2.html", "section[@aria-labelledby='state']", "12 of 15 expected check-ins on time"),
    ("2.2 ② one-to-one talks", "people/lin.html", "section[@aria-labelledby='talks']", "Jonas Lind"),
    ("2.2 ③ metric against target", "delegations/east-growth.html", "section[@aria-labelledby='metrics']", "target 900"),
    ("2.2 ④ feedback up, down and sideways with response times", "feedback/index.html", "section[@aria-labelledby='kinds']", "Idea"),
    ("2.3 ① timeline", "board/timeline.html", "figure", "Three weeks of standby"),
    ("2.3 ② evaluation form, self beside manager", "people/zhang-hao.html", "section[@aria-labelledby='gap-1']", "Manager"),
    ("2.3 ③ feedback record per person", "people/omar.html", "section[@aria-labelledby='received']", "Adopted"),
    ("2.3 ④ minutes: decisions", "meetings/index.html", "section[@aria-labelledby='decisions']", "taken back from the owner"),
    ("2.3 ④ open actions by owner", "meetings/index.html", "section[@aria-labelledby='open']", "Omar Said"),
    ("3.1 plan", "delegations/reedpen2.html", "section[@aria-labelledby='state']", "Followed by"),
    ("3.2 brief-back beside the terms, differences marked", "delegations/nanjing-stores.html", "section[@aria-labelledby='terms']", "left out"),
    ("3.3 check-ins with their answers", "delegations/reedpen2.html", "section[@aria-labelledby='history']", "In that order of importance"),
    ("3.4 retrospective from computed facts", "retrospectives/2026q1.html", "section[@aria-labelledby='facts']", "planned at its start"),
    ("3.4 proposals followed", "retrospectives/index.html", "section[@aria-labelledby='open']", "Check-ins that ask something"),
    ("4.1 technology: stages as lanes", "delegations/reedpen2.html", "section[@aria-labelledby='milestones']", "Launch"),
    ("4.1 a cross-team problem found and solved", "delegations/pen-latency.html", "section[@aria-labelledby='history']", "solved"),
    ("4.2 retail: metrics from CSV", "delegations/east-growth.html", "section[@aria-labelledby='metrics']", "units.csv"),
    ("4.2 training for those behind", "delegations/sales-training.html", "section[@aria-labelledby='history']", "南京"),
    ("4.3 course: ideas proposed, tried, adopted", "feedback/index.html", "section[@aria-labelledby='funnel']", "adopted"),
    ("5.1 information asymmetry: green outside, red inside", "insights/index.html", "section[@aria-labelledby='green']", "Three weeks of standby"),
    ("5.1 the delegator's debts", "people/fatima.html", "section[@aria-labelledby='waiting']", "the brief-back differs"),
    ("5.2 authority taken back 收回决定", "meetings/index.html", "section[@aria-labelledby='decisions']", "taken back"),
    ("5.2 work handed up 反授权", "delegations/battery-life.html", "section[@aria-labelledby='signals']", "handed up"),
    ("5.2 ready for the next level", "people/omar.html", "section[@aria-labelledby='concerns']", "level 6"),
    ("5.3 yield of each method", "insights/index.html", "section[@aria-labelledby='yields']", "Led to something"),
    ("5.3 a verdict per tool", "retrospectives/2026q1.html", "article", "Verdict on the tools"),
    ("5.3 a thinner cadence named", "retrospectives/2026q1.html", "section[@aria-labelledby='facts']", "A thinner cadence would do"),
    ("1.2 find problems: what needs whom, by delegation", "index.html", "section[@aria-labelledby='attention']", "waits on Fatima Haddad, Ada Okafor"),
    ("2.1 ③ an authority timeline", "insights/index.html", "section[@aria-labelledby='authority']", "Raised 6 times, lowered once"),
    ("2.2 ④ feedback up, down and sideways", "insights/index.html", "section[@aria-labelledby='feedback']", "Upwards"),
    ("3.3 answers owed", "index.html", "section[@aria-labelledby='owed']", "any luck with the call"),
    ("3.3 answers owed, whole", "feedback/index.html", "section[@aria-labelledby='owed']", "Ada Okafor"),
    ("3.3 answers somebody owes", "people/fatima.html", "section[@aria-labelledby='owes']", "新合并的接口哪天可以冻结"),
    ("3.4 what the last retrospective changed", "retrospectives/index.html", "section[@aria-labelledby='latest']", "Cadence every Monday → every month"),
    ("3.4 what came of it, on its page", "retrospectives/2026q1.html", "section[@aria-labelledby='outcome']", "5 proposals: 1 done, 3 open, 1 carried over"),
    ("5.3 what check-ins ask of people", "insights/index.html", "section[@aria-labelledby='yields']", "Words for each answer"),
    ("六 trends over cycles", "insights/index.html", "section[@aria-labelledby='measures']", "Q4 2025"),
    ("六 goals above delegations", "delegations/reedpen2.html", "section[@aria-labelledby='terms']", "Serves"),
    ("beyond: lineage", "delegations/course-launch.html", "header[@class='page-head']", "carried on"),
)  # fmt: skip


@cache
def site() -> dict[str, bytes]:
    return site_files(read_content([ROOT / "content"]), FULL, DAY)[0]


@cache
def page(path: str) -> Element:
    return html5lib.parse(site()[path], namespaceHTMLElements=False)


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext()))


@pytest.mark.parametrize(("line", "path", "where", "text"), CHECKLIST, ids=lambda v: None)
def test_the_practice_is_on_the_site(line: str, path: str, where: str, text: str) -> None:
    found = page(path).findall(f".//{where}")
    assert found, f"{line}: {path} has no {where}"
    assert any(text in words(element) for element in found), f"{line}: {[words(e)[:400] for e in found]}"


def test_every_chapter_of_the_article_has_a_line() -> None:
    chapters = {line.split()[0] for line, *_ in CHECKLIST}
    assert chapters >= {
        "一",
        "1.1",
        "1.2",
        "2.1",
        "2.2",
        "2.3",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "4.1",
        "4.2",
        "4.3",
        "5.1",
        "5.2",
        "5.3",
        "六",
    }


@pytest.mark.parametrize("cycle", ["2025q4", "2026q1"])
def test_a_closed_cycle_reads_the_same_next_year(cycle: str) -> None:
    content = read_content([ROOT / "content"])
    path = f"cycles/{cycle}.html"
    now, then = (site_files(content, FULL, day)[0][path].decode() for day in (DAY, DAY.replace(year=2027)))
    assert now.replace("2026-05-20", "").replace("20 May 2026", "") == (
        then.replace("2027-05-20", "").replace("20 May 2027", "")
    )
