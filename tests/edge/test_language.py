"""The Chinese interface: no English is left on its pages, and no template writes words of its own."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.audience import FULL
from generator.building import read_content, site_files
from generator.record import TYPES
from generator.render.html import templates_folder
from generator.render.language import Language
from generator.render.phrases import PHRASES, phrase
from generator.rules import RULES
from generator.scaffold import starter
from generator.schema import keys_of
from generator.words import LEVELS, Choice

DAY = dt.date(2026, 5, 20)
WORD = re.compile(r"[A-Za-z]{2,}")

# --- the pages ------------------------------------------------------------------------------------

NAMES = {"CSV", "JSON", "YAML", "TOML", "UTF", "HTML", "Markdown", "README", "ID", "YYYY", "MM", "DD"}
"""Names that Chinese writes as they are."""
SPELLED = {"people", "teams", "cycles", "title", "start", "end", "changes", "outside", "done", "README"}
"""Folders and keys that a sentence tells to type."""
CADENCES = {"daily", "weekly", "biweekly", "monthly", "quarterly", "every", "days", "on", "friday", "none"}
TYPED = {name for name, _, _ in LEVELS} | CADENCES | {"true", "false", "md", "https", "mailto", "why"}
"""Words that the pages about writing records quote."""

MORE = {
    "teams/market.md": """
        title: 市场部
        lead: wang-lei
        parent: studio
        """,
    "people/zhou-ning.md": """
        title: 周宁
        team: market
        left: 2026-05-01
        away: [{from: 2026-05-18, to: 2026-05-22}]
        """,
    "cycles/before.md": """
        title: 上一个周期
        start: 2026-01-01
        end: 2026-04-28
        closed: 2026-04-29
        """,
    "delegations/shop.md": """
        title: 换新招牌
        delegator: chen-yu
        owner: wang-lei
        contributors: [lin-xiao]
        informed: [zhou-ning]
        teams: [studio, market]
        cycle: before
        parent: launch
        depends_on: [newsletter]
        status: 暂停
        start: 2026-03-02
        due: 2026-05-04
        authority: {level: 3, target_level: 5}
        metrics:
          - {id: visits, name: 进店人数, unit: 人, baseline: 10, target: 40}
        milestones:
          - {id: draft, title: 图样, due: 2026-03-20, done: 2026-03-25}
          - {id: 安装, title: 装好, due: 2026-04-20, stage: 收尾}
        plan: {cadence: weekly on friday, grace: 2}
        changes:
          - {date: 2026-03-30, by: chen-yu, field: due, from: 2026-04-20, to: 2026-05-04, why: 店面要先修。}
          - {date: 2026-03-30, by: chen-yu, field: milestones.安装.due, from: 2026-04-10, to: 2026-04-20}
          - {date: 2026-04-02, field: plan.cadence, from: monthly, to: weekly on friday}
          - {date: 2026-05-06, by: chen-yu, field: status, from: 进行中, to: 暂停, why: 等物业签字。}
        """,
    "delegations/old-sign.md": """
        title: 旧招牌
        delegator: chen-yu
        owner: wang-lei
        status: 已完成
        start: 2026-01-05
        due: 2026-02-02
        completed: 2026-02-01
        """,
    "checkins/shop/2026-04-03.md": """
        date: 2026-04-03
        health: 已偏离
        progress: 30
        milestones: {draft: done, 安装: 40}
        metrics: {visits: 12}
        issues: [{id: permit, what: 物业还没有回信, severity: 严重, needs: "team:studio"}]
        """,
    "checkins/old-sign/2026-02-01.md": """
        date: 2026-02-01
        kind: 结项
        progress: 100
        """,
    "feedback/idea.md": """
        date: 2026-05-16
        from: wang-lei
        to: team:market
        kind: 创意
        due: 2026-05-25
        visibility: org
        responses: [{by: lin-xiao, date: 2026-05-17, text: 先试一周。, status: 已试行}]
        """,
    "feedback/help.md": """
        date: 2026-05-15
        from: wang-lei
        to: chen-yu
        kind: 求助
        delegation: shop
        """,
    "meetings/talk.md": """
        date: 2026-05-12
        kind: 一对一
        attendees: [chen-yu, wang-lei]
        delegations: [shop, launch]
        decisions: [{what: 先不换, by: chen-yu, delegation: shop, takes_back: true}]
        actions:
          - {id: call, what: 给物业打电话, owner: chen-yu, due: 2026-05-14, handed_up: true, delegation: shop}
          - {id: photo, what: 拍照存档, done: 2026-05-13}
        """,
    "evaluations/old-sign.md": """
        date: 2026-02-10
        subject: wang-lei
        evaluator: chen-yu
        delegation: old-sign
        scores: {手艺: {score: 4, note: 很稳, evidence: ["checkin:old-sign.2026-02-01"]}, 时间: 5}
        rating: 超出预期
        recommended_level: 5
        recognition: 提前一天完成。
        development: [{what: 带一个新人, owner: wang-lei, due: 2026-06-30}]
        signed: 2026-02-12
        """,
    "evaluations/self.md": """
        date: 2026-05-18
        subject: lin-xiao
        evaluator: lin-xiao
        kind: 自评
        delegation: launch
        """,
    "retrospectives/before.md": """
        date: 2026-05-02
        cycle: before
        team: studio
        facilitator: lin-xiao
        proposals:
          - {id: p1, what: 先问物业, owner: chen-yu, due: 2026-05-10}
          - {id: p2, what: 少开会, owner: chen-yu, dropped: 2026-05-15}
        tool_review: [{tool: checkin, verdict: 保留, note: 有用}]
        """,
    # What is wrong, so that it is said.
    "delegations/wrong.md": """
        title: 写错的记录
        delegator: chen-yu
        owner: chen-yu
        ownr: wang-lei
        due: 2026年5月1日
        start: 2026-02-30
        status: 完了
        goal: [一, 二]
        criteria: {质量: 好}
        milestones: [{title: 没有编号}]
        team: 没这个队
        readiness: D9
        authority: {level: 九}
        plan: {cadence: 有空就报, grace: 很多}
        resources: [[方括号]]
        x-自己的: 随便
        """,
    "checkins/shop/2026-04-10.md": """
        date: 2026-04-10
        progress: 140
        milestones: {没有的: done}
        """,
    "delegations/no-header.md": None,
    "feedback/nobody.md": """
        date: 2026-05-01
        to: 谁？
        """,
}
"""Records beside the starter's, so that every kind of page has something to say."""


class Chrome(HTMLParser):
    """Gathers what a reader sees or hears of a page, without what is marked as code."""

    SILENT = frozenset(("code", "pre", "style", "script"))

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in self.SILENT
        self.said += [v for k, v in attrs if v and k in {"aria-label", "title", "alt", "placeholder"}]

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.said.append(data.strip())


def english(text: str, allowed: set[str]) -> list[str]:
    """Return the English words of a text, without those of code in backticks and of holes to fill."""
    bare = re.sub(r"`[^`]*`|\{\w+\}|\[\[.*?\]\]", "", text)
    return [w for w in WORD.findall(bare) if w not in allowed]


def written_as_is() -> set[str]:
    """Return the words of the format: keys and listed values are English in every language."""
    words = (
        {t.type.value for t in TYPES} | {name for t in TYPES for name in keys_of(t)} | {r.code for r in RULES}
    )
    words |= {member.value for choice in _choices(Choice) for member in choice}
    return {part for word in words for part in WORD.findall(word)}


def _choices(of: type[Choice]) -> list[type[Choice]]:
    return [c for sub in of.__subclasses__() for c in (sub, *_choices(sub))]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site of a Chinese folder of records, in Chinese."""
    home = tmp_path_factory.mktemp("zh")
    for path, text in starter("zh_CN", DAY).items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, "utf-8")
    for path, lines in MORE.items():
        file = home / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        head = "\n".join(line[8:] for line in (lines or "").strip("\n").split("\n")).rstrip()
        file.write_text("没有文件头\n" if lines is None else f"---\n{head}\n---\n\n正文。\n", "utf-8")
    files, _ = site_files(read_content([home / "content"]), FULL, DAY, "zh_CN")
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def said(page: str) -> list[str]:
    chrome = Chrome()
    chrome.feed(page)
    return chrome.said


def test_no_english_is_left_on_the_pages(pages: dict[str, str]) -> None:
    reference = written_as_is() | TYPED
    left = {}
    for path, page in pages.items():
        if path == "specimen.html":
            continue  # its cards are made up in both languages
        allowed = NAMES | SPELLED | (reference if path.startswith("records/") else set())
        if found := sorted({w for text in said(page) for w in english(text, allowed)}):
            left[path] = found
    assert left == {}, "\n".join(f"{k}: {v}" for k, v in left.items())
    assert len(pages) > 50


def test_every_kind_of_page_was_looked_at(pages: dict[str, str]) -> None:
    used = {re.search(r'data-page="(\w+)"', page)[1] for page in pages.values()}  # type: ignore[index]  # every page has it
    assert used == {p.stem for p in templates_folder().glob("*.html")} - {"base"}


def test_english_would_be_found() -> None:
    page = (
        '<p title="Due soon">截止<code>due</code> 5月20日</p><nav aria-label="Sections">D4 `due` {why}</nav>'
    )
    assert [w for text in said(page) for w in english(text, NAMES)] == ["Due", "soon", "Sections"]


def test_diagnostics_speak_chinese(pages: dict[str, str]) -> None:
    records = said(pages["records/index.html"])
    assert "“2026年5月1日”不是日期" in records
    assert "应为单个值，实际是列表" in records
    assert "是否应为 `owner`？" in records
    assert "没有团队“没这个队”" in records


# --- the words of a language ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "english_", "chinese"),
    [
        ("day", "20 May 2026", "2026年5月20日"),
        ("short_day", "20 May", "5月20日"),
        ("weekday", "Wed 20 May", "5月20日 周三"),
    ],
)
def test_dates(form: str, english_: str, chinese: str) -> None:
    assert (getattr(Language("en"), form)(DAY), getattr(Language("zh_CN"), form)(DAY)) == (english_, chinese)


def test_a_word_is_said_as_it_is_meant() -> None:
    chinese = Language("zh_CN")
    assert [chinese.pgettext(c, "Open") for c in ("feedback", "task")] == ["待回应", "未完成"]
    assert [chinese.pgettext(c, "Due") for c in ("date", "delegation")] == ["截止日期", "到期"]
    assert chinese.gettext("Due") == "待提交"
    assert Language("en").pgettext("date", "Due") == "Due"


def test_chinese_has_one_form_and_english_two() -> None:
    one, many = "%(n)s day left", "%(n)s days left"
    assert [Language("zh_CN").ngettext(one, many, n) for n in (1, 2)] == ["还剩 %(n)s 天"] * 2
    assert [Language("en").ngettext(one, many, n) for n in (1, 2)] == [one, many]


def test_phrases_keep_what_was_written() -> None:
    gettext = Language("zh_CN").gettext
    assert phrase("did you mean `a list`?", gettext) == "是否应为 `a list`？"
    assert phrase("it has 90 characters", gettext) == "共有 90 个字符"
    assert phrase("the invisible character U+200B", gettext) == "不可见字符 U+200B"
    assert phrase("Feedback", gettext) == "Feedback", "a text of the interface is no phrase"
    assert phrase("did you mean `ada`?", Language("en").gettext) == "did you mean `ada`?"
    assert all(gettext(p) != p for p in PHRASES)


# --- the templates --------------------------------------------------------------------------------

TEMPLATES = sorted(templates_folder().rglob("*.html"))


def bare_words(template: str) -> list[str]:
    """Return the words that a template writes straight onto the page or into an attribute that is read."""
    text = re.sub(
        r"\{#.*?#\}|\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}|<code>[^<]*</code>",
        "",
        template,
        flags=re.DOTALL,
    )
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    read_out = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    seen = re.sub(r"<[^>]*>", " ", text)
    return [w for part in (*read_out, seen) for w in WORD.findall(part) if w not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(templates_folder()).as_posix())
def test_a_template_writes_no_words_of_its_own(path: Path) -> None:
    assert bare_words(path.read_text("utf-8")) == []


def test_bare_words_would_be_found() -> None:
    assert len(TEMPLATES) > 20
    template = (
        '<p class="a" title="Seen">{# no #}{{ x }} Hello {% trans %}World{% endtrans %} &amp; <b>you</b></p>'
    )
    assert bare_words(template.replace("&amp; ", "")) == ["Seen", "Hello", "you"]
