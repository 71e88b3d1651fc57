"""Every line of the practice's checklist, on a page of the built sample.

Each row names a line of the article, the page that shows it, where on it, and words that stand there
together, in one element. The words are what was worked out or written, never a heading or a label alone: a
section that lost its content, or another part of the page, does not satisfy a row.
"""

# ruff: noqa: E501 - a table of one line each

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import ROOT

from generator.audience import FULL
from generator.building import read_content, site_files

DAY = dt.date(2026, 5, 20)

Row = tuple[str, str, str, str]


def section(name: str, inside: str = "") -> str:
    """Return where a section of a page is, or something inside it."""
    return f".//section[@aria-labelledby='{name}']" + (f"//{inside}" if inside else "")


def signal(code: str, name: str = "signals") -> str:
    """Return where the signals of a code stand on a page."""
    return section(name, f"li[@data-code='{code}']")


def entry(kind: str, inside: str = "") -> str:
    """Return where the entries of a kind stand in a history."""
    return section("history", f"li[@class='entry entry-{kind}']") + (f"//{inside}" if inside else "")


CHECKLIST: tuple[Row, ...] = (
    # 授权跟踪 defined
    ("授权跟踪: a delegation is the root of a check-in", "checkins/page-search.2025-12-18.html", ".//nav[@class='crumbs']//a[@href='../delegations/page-search.html']", "Search inside handwritten pages"),
    ("授权跟踪: a retrospective resolves to its cycle", "retrospectives/2026q1.html", ".//a[@href='../cycles/2026q1.html']", "Q1 2026"),
    ("授权跟踪: a dangling reference is an error", "records/messages.html", ".//dl", "unknown-reference Error no {type} “{id}”"),
    # 一 blindness, arbitrariness
    ("一 unplanned delegations: no goal, criteria, authority, reason, plan", "records/index.html", section("plans", "tr"), "包装盒 Marco Ruiz the goal, how it is judged, the authority, why this person, the plan"),
    ("一 completeness of a delegation", "delegations/packaging.html", signal("unplanned"), "states 0 of the 5 terms; still missing: the goal"),
    ("一 completeness of a team", "teams/hardware.html", section("measures", "tr"), "Terms stated 80% 20/25"),
    # 1.1 task, goal, expectation, power, resources
    ("1.1 goal", "delegations/reedpen2.html", section("terms", "dd[@class='goal']"), "on the shelves of our own and partner stores on 15 May 2026"),
    ("1.1 expectation: criteria with weight, measure and target", "delegations/reedpen2.html", section("terms", "ul[@class='criteria']/li"), "On the shelf on time 35% First day of sale in all own stores · 2026-05-15"),
    ("1.1 power: level", "delegations/reedpen2.html", section("terms", "dl"), "Authority 6 Inquire working towards 7 Delegate"),
    ("1.1 power: decides", "delegations/reedpen2.html", section("terms", "dl"), "Decides alone The order of work across the four teams"),
    ("1.1 power: must ask", "delegations/reedpen2.html", section("terms", "dl"), "Asks first Moving the launch date Dropping a feature"),
    ("1.1 power: limits", "delegations/reedpen2.html", section("terms", "dl"), "Limits Team leads keep the say over who in their team does what"),
    ("1.1 resources", "delegations/reedpen2.html", section("terms", "dl"), "Resources Samples budget: 480 000 RMB for the whole programme"),
    # 1.2 the four aims
    ("1.2 completion: overdue, and whom it waits on", "index.html", section("attention", "li"), "Sync service Act waits on Fatima Haddad, Ada Okafor was due on 8 May and is not completed waits on Fatima Haddad · since 9 May"),
    ("1.2 completion: due soon", "delegations/launch-on-call.html", signal("due-soon"), "is due on 26 May"),
    ("1.2 completion: milestones", "delegations/battery-life.html", section("milestones", "tr"), "Second supplier's cells measured Test 15 Apr 2026 Overdue 30%"),
    ("1.2 motivate: recognition with what earned it", "people/lin.html", section("recognition", "li"), "When the review found the short key you had the fix agreed with 赵敏 before you told me"),
    ("1.2 motivate: recognition names who and for what", "people/lin.html", section("recognition", "li"), "Jonas Lind · 19 Mar 2026 · Share a page by link"),
    ("1.2 motivate: delivered, and no recognition", "delegations/note-app.html", signal("no-recognition"), "Jonas Lind finished “Runs on the new panel” on 19 Dec 2025, and no praise is on record"),
    ("1.2 problems: issues with severity and age", "delegations/sync-service.html", section("issues", "li"), "High Torture run needs 28 clean days and has 21 since 24 Feb 2026"),
    ("1.2 problems: escalation", "delegations/reedpen2.html", section("state", "ul"), "A problem of one team waits on another for more than a week"),
    ("1.2 no loss of control 失控", "delegations/battery-life.html", signal("out-of-control"), "was due on 15 May, and is silent and blocked as well waits on Priya Nair"),
    ("1.2 basis for decisions: comparison of cycles", "insights/index.html", section("measures", "tr"), "Check-ins on time 74% 17/23 82% 56/68"),
    ("1.2 basis for decisions: comparison of teams", "teams/index.html", section("team-8"), "3 Active 3 Completed 1 Recalled 1 On track 2 At risk"),
    ("1.2 basis for decisions: exports", "insights/index.html", ".//footer", "CSV · JSON"),
    # 2.1 ① to ④
    ("2.1 ① board by status and health", "board/index.html", ".//section[@class='lane lane-active']/article", "Three weeks of standby Tom Becker from Priya Nair On track evidence: Off track Update missing"),
    ("2.1 ① planned against actual over time", "delegations/battery-life.html", section("progress", "figcaption"), "60% reported, 30% by milestones, 100% planned"),
    ("2.1 ② evaluation: a score against a criterion, with its evidence", "people/lin.html", section("evaluations", "tr"), "Gone means gone 40% 4 Found by the review and not by us; closed in five days Check-in, 9 Mar 2026 · Share a page by link"),
    ("2.1 ② evaluation: development actions followed up", "people/lin.html", section("development", "tr"), "Shadow the export project's planning and say what you would cut 林晓 Lin Xiao 30 Apr 2026 Done 28 Apr 2026"),
    ("2.1 ③ change of level with its reason", "delegations/east-growth.html", entry("change"), "Level 3 Consult → 4 Agree 吴大卫 David Wu 折扣周末是我坚持要做的"),
    ("2.1 ③ change of scope with its reason", "delegations/east-growth.html", entry("change"), "→ 三月底前华东月销达到 900 台，主要靠门店试写，不靠折扣 吴大卫 David Wu units 一月 731"),
    ("2.1 ③ change of due date with its reason", "delegations/nanjing-stores.html", entry("change"), "Due 31 Mar 2026 → 29 May 2026 王磊 试写桌三月七日才开桌"),
    ("2.1 ③ change of cadence with its reason", "delegations/community.html", entry("change"), "Cadence every Monday → every month Grace Tan The retrospective of the first quarter counted nine weekly updates"),
    ("2.1 ③ authority over time", "insights/index.html", section("authority", "figcaption"), "Raised 6 times, lowered once"),
    ("2.1 ③ authority of one delegation over time", "insights/index.html", section("authority", "tr"), "南京两家店追上来 11 Feb 2026 16 Apr 2026 2 Sell"),
    ("2.1 ④ contributors", "delegations/reedpen2.html", section("people", "dl"), "Contributors Marco Ruiz, Priya Nair, Jonas Lind, Fatima Haddad, Anna Kowal"),
    ("2.1 ④ dependencies", "delegations/handwriting-sync.html", section("related"), "Waits for Sync service"),
    ("2.1 ④ who works with whom", "insights/index.html", section("matrix", "tr"), "Firmware 2 2 · 2 2"),
    ("2.1 ④ issues that wait on another team", "delegations/east-growth-q2.html", signal("cross-team"), "waits on another team: “Reedpen 2 样机只到 9 台，七家店至少要 16 台” waits on Hardware"),
    # 2.2 ① to ④
    ("2.2 ① expected against actual check-ins", "delegations/reedpen2.html", section("state", "p"), "12 of 15 expected check-ins on time, 1 late, 2 missing"),
    ("2.2 ① calendar: late", "delegations/reedpen2.html", section("state", "tr"), "10 Nov 2025 Late"),
    ("2.2 ① calendar: missed", "delegations/reedpen2.html", section("state", "tr"), "5 Jan 2026 Missed"),
    ("2.2 ① calendar: paused", "delegations/course-launch.html", section("state", "tr"), "24 Apr 2026 Paused"),
    ("2.2 ① how quickly they are answered", "insights/index.html", section("measures", "tr"), "From check-in to answer 1 day 12/25 1 day 30/68"),
    ("2.2 ② one-to-ones with difficulties and suggestions", "people/lin.html", section("talks", "li"), "困难。 林晓：等清缓存接口的两天不知道该催谁"),
    ("2.2 ② days since the last one", "delegations/sync-service.html", signal("one-on-one-overdue"), "the last one-to-one was on 6 Mar waits on Ada Okafor · since 6 Apr"),
    ("2.2 ② topics carried forward", "people/omar.html", section("talks", "li"), "Carried from April: level 6"),
    ("2.2 ③ metric against target", "delegations/east-growth.html", section("metrics", "p[@class='marks']"), "934 31 Mar 2026 target 900 from 688 reached"),
    ("2.2 ③ series over time", "delegations/east-growth.html", section("metrics", "tr"), "28 Feb 2026 702"),
    ("2.2 ③ projection at the due date", "delegations/community.html", signal("metric-off-target"), "“Active in the week” is heading for 186.07; the target is 250"),
    ("2.2 ③ age of the data", "delegations/old-service.html", signal("metric-stale"), "“Tablets on the old service” was last read on 30 Apr"),
    ("2.2 ④ feedback by kind and state", "insights/index.html", section("feedback", "tr"), "Idea Sideways 7/32 1/7 1/7 · · 4/7 1/7"),
    ("2.2 ④ up", "feedback/index.html", section("all", "li"), "Request for help 赵敏 → Fatima Haddad 手写笔记多端同步 · Handwriting sync Open"),
    ("2.2 ④ down", "feedback/index.html", section("all", "li"), "Suggestion for improvement 王磊 → 刘燕 把湖滨店的办法带到苏州和宁波 Open"),
    ("2.2 ④ sideways", "feedback/index.html", section("all", "li"), "Suggestion for improvement 刘燕 → 张浩 南京两家店追上来 Adopted"),
    ("2.2 ④ response times", "feedback/index.html", ".//header[@class='page-head']//p", "46 pieces of feedback · 25 answered, half of them within 2 days"),
    # 2.3 ① to ④
    ("2.3 ① schedule as a table", "board/timeline.html", ".//figure//tr", "Three weeks of standby Active On track 1 Apr 2026 15 May 2026"),
    ("2.3 ① schedule as a timeline", "board/timeline.html", ".//figure//{http://www.w3.org/2000/svg}title", "Three weeks of standby: 1 Apr 2026 – 15 May 2026, Active, On track"),
    ("2.3 ① calendar file", "people/lin.html", ".//a[@href='../calendar/person/lin.ics']", "Subscribe as a calendar"),
    ("2.3 ② evaluation form: weighted", "people/lin.html", section("evaluations", "tr"), "Weighted mean 4.6 on a scale from 1 to 5"),
    ("2.3 ② evaluation form: self beside manager", "people/zhang-hao.html", section("gap-1", "tr"), "试写执行 2 4 −2"),
    ("2.3 ③ feedback record per person: problem, opinion, follow-up", "people/omar.html", section("received", "li"), "They found 23 things, among them the missing page in lesson 4"),
    ("2.3 ③ feedback record per delegation", "delegations/course-launch.html", entry("feedback"), "Idea 刘燕 → Omar Said Acknowledged"),
    ("2.3 ③ feedback record per team", "teams/sales.html", section("feedback", "li"), "Praise 吴大卫 David Wu → 零售销售 · Retail sales 华东零售月销 900 台"),
    ("2.3 ④ minutes: attendees", "delegations/east-growth.html", entry("meeting"), "Review 吴大卫 David Wu, 王磊, 刘燕, 何静, 张浩"),
    ("2.3 ④ decision register", "meetings/index.html", section("decisions", "li"), "23 Apr 2026 宁波换第二处门面，租期仍以两年为限 刘燕 · 王磊 × 刘燕"),
    ("2.3 ④ open actions by owner", "meetings/index.html", section("open", "tr"), "Freeze date for the merge interface Sync service Fatima Haddad 30 Apr 2026 Overdue April scope review"),
    # 3.1 to 3.4
    ("3.1 plan: methods", "delegations/reedpen2.html", section("state", "dl"), "Followed by Check-ins, One-to-ones, Meetings, Feedback, Evaluation"),
    ("3.1 plan: content and date of each step", "delegations/sales-training.html", section("state", "li"), "13 Mar 2026: On time · 南京驻店一周的结果"),
    ("3.1 plan: owner of each step", "delegations/reedpen2.html", section("milestones", "tr"), "First 50 testers writing Anna Kowal Test 13 Feb 2026 Done"),
    ("3.1 plan judged for gaps", "delegations/packaging.html", signal("unplanned"), "why this person, the plan waits on Marco Ruiz"),
    ("3.2 brief-back beside the terms, differences marked", "delegations/nanjing-stores.html", section("terms", "li"), "试写执行 left out"),
    ("3.2 brief-back: another date", "delegations/east-growth-q2.html", section("terms", "dd"), "26 Jun 2026 another date"),
    ("3.2 brief-back confirmed by the delegator", "delegations/nanjing-stores.html", section("terms", "p"), "Confirmed by 王磊 · 12 Jan 2026"),
    ("3.2 brief-back within N days", "delegations/first-ninety-days.html", signal("brief-back-missing"), "a brief-back was wanted by 16 May and has not come waits on Anna Kowal"),
    ("3.3 check-in with the answer to it", "delegations/reedpen2.html", entry("checkin"), "On the day, with a pen that does not lag. In that order of importance, reversed."),
    ("3.3 age of open issues", "delegations/handwriting-sync.html", section("issues", "li"), "High 双向同步要等同步服务的合并逻辑 needs Fatima Haddad · since 24 Mar 2026"),
    ("3.3 help asked, and not given", "delegations/handwriting-sync.html", signal("awaiting-response"), "赵敏 asked Fatima Haddad on 28 Apr: “新合并的接口哪天可以冻结？我想至少提前两周拿到”; no answer yet"),
    ("3.3 answers owed, on the overview", "index.html", section("owed", "li"), "Tom Becker → Priya Nair Priya, any luck with the call? 29 Apr · 21 days · Three weeks of standby"),
    ("3.3 answers owed, all of them", "feedback/index.html", section("owed", "tr"), "May two of Priya's people take a night each? Question Fatima Haddad Ada Okafor 12 May 2026 8 days On call for the first fortnight"),
    ("3.3 help given", "delegations/nanjing-stores.html", entry("checkin"), "能不能让小秦脱产两天，专门带三个新店员 何静 31 Mar 2026 两天我来顶小秦的班"),
    ("3.4 retrospective: planned, added", "retrospectives/2026q1.html", section("facts", "p"), "10 planned at its start, 1 added"),
    ("3.4 retrospective: done and slipped, with the reason", "retrospectives/2026q1.html", section("facts", "li"), "《纸上思考》首次试点授课 徐宁 · added during the cycle · slipped by 8 days · Six working days"),
    ("3.4 retrospective: carried", "retrospectives/2026q1.html", section("facts", "li"), "Updates over the air that nobody fears Priya Nair · slipped by 28 days"),
    ("3.4 retrospective: the team's words", "retrospectives/2026q1.html", ".//article//li", "说了“需要谁”，不等于那个人知道"),
    ("3.4 proposals followed into the next cycle", "retrospectives/index.html", section("open", "tr"), "whoever cannot answer says until when carried over from 2025 年第四季度复盘, proposed 2 times Ada Okafor 15 May 2026 Overdue"),
    ("3.4 what became of a proposal", "retrospectives/index.html", section("closed", "tr"), "凡写明“需要某个团队”的问题，当天通知该团队负责人 陈宇 30 Apr 2026 Done 28 Apr 2026"),
    ("3.4 what the last retrospective changed", "retrospectives/index.html", section("latest", "li"), "Look after the community of people who think on paper 14 Apr 2026 Cadence every Monday → every month"),
    ("3.4 what came of a retrospective, on its page", "retrospectives/2026q1.html", section("outcome", "p"), "5 proposals: 1 done, 3 open, 1 carried over"),
    # 4.1 to 4.3
    ("4.1 technology: stages", "delegations/reedpen2.html", section("milestones", "tr"), "Release candidate flashed at the factory Priya Nair Launch 24 Apr 2026 Done 24 Apr 2026"),
    ("4.1 several teams on one product", "delegations/reedpen2.html", section("people", "dl"), "Teams Product, Hardware, Firmware, App, Cloud"),
    ("4.1 a cross-team problem found and solved", "delegations/pen-latency.html", entry("checkin", "ul[@class='issues']/li"), "Critical Spikes of 120 ms line up with full refreshes; the display driver holds the bus needs Hardware · since 12 Jan 2026 · solved 24 Feb 2026"),
    ("4.1 delivered on time", "delegations/reedpen2.html", ".//header[@class='page-head']/p[@class='marks']", "Completed 15 May 2026"),
    ("4.2 retail: metrics from CSV", "delegations/east-growth.html", ".//a[@href='../files/delegations/east-growth/units.csv']", "units.csv"),
    ("4.2 a strategy change tied to a metric", "delegations/east-growth.html", entry("change", "p[@class='why']"), "units 一月 731、二月 702，计划线是 760 和 820"),
    ("4.2 recognition of the best", "people/liu-yan.html", section("recognition", "li"), "没人要求你记“七天内回来买”，你记了，我们才第一次知道顾客是怎么下决心的"),
    ("4.2 training for those behind", "delegations/sales-training.html", entry("checkin"), "Milestone report 何静 On track 70% done confidence 4 of 5 checkpoint: 南京驻店一周的结果"),
    ("4.3 course: ideas proposed, tried, adopted", "feedback/index.html", section("funnel", "figcaption"), "8 of 12 ideas adopted, 8 tried"),
    ("4.3 course: an idea's way", "feedback/index.html", section("all", "li"), "Omar Said 9 Apr 2026 Tried 60 invited at noon, 41 had begun by the evening. Omar Said 12 May 2026 Adopted"),
    ("4.3 course: regular talks", "people/omar.html", section("talks", "h3"), "Grace and Omar, May"),
    ("4.3 a course launched", "delegations/course-launch.html", entry("milestone", "h3"), "Milestone done: Launch day"),
    # 5.1 to 5.3
    ("5.1 green outside, red inside", "insights/index.html", section("green", "tr"), "Three weeks of standby Tom Becker On track Off track"),
    ("5.1 self against manager: rating", "people/zhang-hao.html", section("gap-1", "figcaption"), "1 criterion is 2 points apart or more"),
    ("5.1 brief-back differences", "delegations/nanjing-stores.html", signal("brief-back-differs"), "criteria left out, terms not fully understood waits on 王磊"),
    ("5.1 the delegator's debts", "people/fatima.html", signal("awaiting-response", "waiting"), "赵敏 asked Fatima Haddad on 28 Apr: “新合并的接口哪天可以冻结？我想至少提前两周拿到”; no answer yet"),
    ("5.1 the delegator's debts, as a list", "people/fatima.html", section("owes", "tr"), "新合并的接口哪天可以冻结？ Question 赵敏 28 Apr 2026 22 days"),
    ("5.2 confidence over time", "delegations/handwriting-sync.html", signal("confidence-falling"), "the confidence of 赵敏 went from 4 to 2"),
    ("5.2 ideas brought forward", "people/lin.html", section("given", "li"), "Idea 林晓 Lin Xiao → Omar Said Design the six lessons of Thinking on Paper Adopted"),
    ("5.2 authority taken back 收回决定, in the register", "meetings/index.html", section("decisions", "li"), "2 月 7、8 日做折扣周末，八八折 taken back from the owner"),
    ("5.2 authority taken back 收回决定, as a signal", "delegations/east-growth-q2.html", signal("authority-taken-back"), "“9 台样机先给上海和杭州五家店 8 台，南京两家合用 1 台” waits on 吴大卫 David Wu"),
    ("5.2 work handed up 反授权", "delegations/battery-life.html", signal("handed-up"), "“Call the second cell supplier, lead to lead” waits on Tom Becker"),
    ("5.2 ready for the next level", "people/lin.html", signal("ready-for-more", "concerns"), "did 2 delegations in a row well and in time at level 5 (Advise)"),
    ("5.3 yield of each method", "insights/index.html", section("yields", "tr"), "One-to-ones 18 89% 16/18 1,730"),
    ("5.3 a verdict per tool", "retrospectives/2026q1.html", ".//ul[@class='tools']/li", "Check-ins Change Where there was something to decide they earned their keep"),
    ("5.3 a thinner cadence named", "retrospectives/2026q1.html", section("facts", "p"), "Look after the community of people who think on paper. A thinner cadence would do"),
    # 六 outlook
    ("六 trends over cycles", "insights/index.html", section("measures", "tr"), "Slip of due dates that moved 30 days 3/6 24 days 4/11"),
    ("六 goals above delegations", "delegations/reedpen2.html", section("terms", "dl"), "Serves Reedpen 2 is on the shelves on 15 May"),
    ("六 both languages", "delegations/reedpen2.html", ".//strong//span[@lang='zh-CN']", "陈宇"),
    # beyond the article
    ("beyond 1: a ledger of changes", "delegations/sync-service.html", section("slips", "tr"), "Sync service 27 Mar 2026 8 May 2026 +42 days 2"),
    ("beyond 2: as of a date", "index.html", ".//p", "11 delegations run on 20 May 2026"),
    ("beyond 4: evidenced health beside the reported", "delegations/battery-life.html", ".//header[@class='page-head']/p[@class='marks']", "On track evidence: Off track"),
    ("beyond 5: burden: what was asked for, answered, acted on", "insights/index.html", section("yields", "tr"), "75 113 60% 96/161"),
    ("beyond 7: a brief-back as a difference", "delegations/nanjing-stores.html", section("terms", "li"), "店员带教 left out"),
    ("beyond 8: lineage", "delegations/course-launch.html", ".//header[@class='page-head']/p[@class='kicker']", "continues Design the six lessons of Thinking on Paper (carried on 2 times)"),
)  # fmt: skip


BLOCKS = frozenset(
    ("p", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "div", "section", "article", "header")
) | frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"))
"""Elements that stand apart from what is beside them."""
APART = frozenset(("entry-day", "note", "note evidence", "weight"))
"""Classes of those that do so by their style."""


@cache
def site() -> dict[str, bytes]:
    return site_files(read_content([ROOT / "content"]), FULL, DAY)[0]


@cache
def page(path: str) -> Element:
    return html5lib.parse(site()[path], namespaceHTMLElements=False)


def words(element: Element) -> str:
    """Return what an element says, as it is read: what stands apart is told apart."""
    return re.sub(r"\s+", " ", "".join(_pieces(element))).strip()


def _pieces(element: Element) -> Iterator[str]:
    apart = str(element.tag) in BLOCKS or element.get("class") in APART
    yield " " if apart else ""
    yield element.text or ""
    for inner in element:
        yield from _pieces(inner)
        yield inner.tail or ""
    yield " " if apart else ""


def shown(root: Element, where: str, text: str) -> bool:
    """Return whether one of the elements there says it."""
    return any(text in words(element) for element in root.findall(where))


@pytest.mark.parametrize(("line", "path", "where", "text"), CHECKLIST, ids=lambda v: None)
def test_the_practice_is_on_the_site(line: str, path: str, where: str, text: str) -> None:
    found = page(path).findall(where)
    assert found, f"{line}: {path} has no {where}"
    assert shown(page(path), where, text), f"{line}: {[words(e)[:400] for e in found]}"


LINES = (
    *("授权跟踪", "一"),
    *("1.1 goal", "1.1 expectation", "1.1 power", "1.1 resources"),
    *("1.2 completion", "1.2 motivate", "1.2 problems", "1.2 no loss of control", "1.2 basis for decisions"),
    *(f"{chapter} {n}" for chapter in ("2.1", "2.2", "2.3") for n in "①②③④"),
    *("3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "六"),
)
"""The lines of the article, in its order."""


def test_every_line_of_the_article_has_a_row() -> None:
    assert [line for line in LINES if not any(row[0].startswith(line) for row in CHECKLIST)] == []


@pytest.mark.parametrize("cycle", ["2025q4", "2026q1"])
def test_a_closed_cycle_reads_the_same_next_year(cycle: str) -> None:
    content = read_content([ROOT / "content"])
    path = f"cycles/{cycle}.html"
    now, then = (site_files(content, FULL, day)[0][path].decode() for day in (DAY, DAY.replace(year=2027)))
    assert now.replace("2026-05-20", "").replace("20 May 2026", "") == (
        then.replace("2027-05-20", "").replace("20 May 2027", "")
    )
