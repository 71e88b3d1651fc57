"""Sentences of signals: every code has them, in both languages, and the records' words stay apart."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from string import Formatter

import pytest
from case import Case

import generator.tracking.signals as package
from generator.pages.links import Linker
from generator.pages.sentences import SENTENCES, Part, fact_value, said, sentence, sentence_of
from generator.pages.signal_words import SIGNAL_LABELS, SIGNAL_MEANINGS
from generator.pages.values import Link
from generator.render.html import Renderer, SiteFacts
from generator.render.language import Language
from generator.tracking.health import Reason
from generator.tracking.signals import Signal, Weight, signals

TODAY = dt.date(2026, 5, 20)
MAY = dt.date(2026, 5, 8)


def called(id_: str) -> Link:
    return Link({"lin": "林晓"}.get(id_, id_.title()), f"people/{id_}.html")


def signal(code: str, **facts: object) -> Signal:
    return Signal(code, Weight.WATCH, "ada", MAY, "api", "", tuple(facts.items()))  # type: ignore[arg-type]


def say(code: str, language: str = "en", **facts: object) -> str:
    return sentence(signal(code, **facts), Language(language), called, TODAY)


# --- every code ---------------------------------------------------------------------------------------


def codes_in_source() -> set[str]:
    """Return the codes that the modules of signals give: what stands first in a call, or as ``code``."""
    found: set[str] = set()
    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in {"Signal", "signal"}:
                    found |= strings(node.args[0])
            elif isinstance(node, ast.Assign):
                found |= {word for name, value in assigned(node) if name == "code" for word in strings(value)}
    return found


def strings(node: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def assigned(node: ast.Assign) -> list[tuple[str, ast.expr]]:
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = list(zip(target.elts, value.elts, strict=True))
    return [(t.id, v) for t, v in pairs if isinstance(t, ast.Name)]


def test_every_code_has_a_sentence_a_name_and_a_meaning() -> None:
    codes = codes_in_source()
    assert len(codes) == 37
    assert {key.partition("/")[0] for key in SENTENCES} == codes
    assert set(SIGNAL_LABELS) == codes
    assert set(SIGNAL_MEANINGS) == codes


def test_every_reason_of_a_watermelon_has_a_sentence() -> None:
    """The reasons that ``Reason.code`` documents."""
    doc = ast.parse((Path(package.__file__).parents[1] / "health.py").read_text("utf-8"))
    reasons = {
        node.args[1].value
        for node in ast.walk(doc)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == Reason.__name__
        and isinstance(node.args[1], ast.Constant)
    }
    assert {f"watermelon/{r}" for r in reasons} == {k for k in SENTENCES if k.startswith("watermelon/")}


@pytest.mark.parametrize("key", SENTENCES)
def test_the_fuller_sentence_comes_first(key: str) -> None:
    names = [{n for _, n, _, _ in Formatter().parse(text) if n} for text in SENTENCES[key]]
    assert len({frozenset(n) for n in names}) == len(names)
    assert names == sorted(names, key=len, reverse=True)


# --- what is said -------------------------------------------------------------------------------------

SAID = {
    "overdue": ({"due": MAY}, "was due on 8 May and is not completed", "应于5月8日完成，至今未完成"),
    "due-soon": ({"due": dt.date(2027, 1, 3)}, "is due on 3 Jan 2027", "2027年1月3日到期"),
    "unplanned": (
        {"missing": "goal plan", "stated": 3},
        "states 3 of the 5 terms; still missing: the goal, the plan",
        "5 项约定中已写明 3 项，尚缺：目标、跟踪计划",
    ),
    "brief-back-differs": (
        {"differences": "due understanding"},
        "the brief-back differs from the terms: another due date, terms not fully understood",
        "复述与约定不一致：截止日期不同、对约定的理解不完整",
    ),
    "watermelon": (
        {"reported": "On track", "evidenced": "Off track", "reason": "milestone-overdue", "what": "Beta"},
        "was reported on track, but the work was off track: the milestone “Beta” was overdue",
        "汇报为“正常”，而工作实际为“已偏离”：里程碑“Beta”当时已逾期",
    ),
    "slipping": (
        {"moves": 2, "days": 1, "first": MAY},
        "the due date moved 2 times, by 1 day in all; first agreed was 8 May",
        "截止日期已改 2 次，共推迟 1 天；最初约定为5月8日",
    ),
    "awaiting-response": (
        {"asker": "lin", "matter": "question", "what": "May I?", "asked": MAY},
        "林晓 asked Ada on 8 May: “May I?”; no answer yet",
        "林晓于5月8日询问Ada：“May I?”，尚未得到答复",
    ),
    "awaiting-response/issue": (
        {"asker": "lin", "matter": "issue", "what": "No room", "asked": MAY},
        "on 8 May 林晓 raised an issue that needs Ada: “No room”; no answer yet",
        "林晓于5月8日提出需要Ada处理的问题：“No room”，尚未得到答复",
    ),
    "awaiting-response/brief-back": (
        {"asker": "lin", "matter": "brief-back", "what": "", "asked": MAY},
        "林晓 restated the terms to Ada on 8 May; no answer yet",
        "林晓于5月8日向Ada复述了约定，尚未得到答复",
    ),
    "behind-plan": (
        {"points": 30},
        "work worth 30% of the whole should be done by now and is not",
        "按计划此时应完成的工作中，有占总量 30% 的部分尚未完成",
    ),
    "metric-off-target": (
        {"what": "销量", "expected": 983.08, "target": 1050.0},
        "“销量” is heading for 983.08; the target is 1,050",
        "照此下去，“销量”将为 983.08，目标为 1,050",
    ),
    "metric-off-target/past": (
        {"what": "销量", "value": 983.5, "read": MAY, "due": dt.date(2026, 5, 10), "target": 1050.0},
        "“销量” stood at 983.5 on 8 May; the target for 10 May is 1,050",
        "“销量”在5月8日为 983.5，5月10日的目标为 1,050",
    ),
    "check-in-due": ({"due": MAY, "what": ""}, "the check-in of 8 May is due", "5月8日的汇报待提交"),
    "check-in-due/overdue": (
        {"due": MAY, "what": "Draft", "state": "overdue"},
        "the check-in of 8 May is overdue: Draft",
        "5月8日的汇报已逾期：Draft",
    ),
    "check-in-missed": ({"due": MAY, "what": ""}, "the check-in of 8 May was missed", "5月8日的汇报缺失"),
    "ready-for-more": (
        {"person": "lin", "finished": 2, "level": 5, "next": 6},
        (
            "林晓 did 2 delegations in a row well and in time at level 5 (Advise); worth a talk about level 6"
            " (Inquire)"
        ),
        "林晓在级别 5（建议）上连续按时、出色地完成了 2 项授权，可以谈谈级别 6（询问）",
    ),
    "ready-for-more/higher": (
        {"person": "lin", "finished": 3, "level": 4, "highest": 5, "next": 5},
        (
            "林晓 did 3 delegations in a row well and in time, at levels 4 (Agree) to 5 (Advise); worth a"
            " talk about level 5 (Advise)"
        ),
        "林晓在级别 4（共识）至 5（建议）上连续按时、出色地完成了 3 项授权，可以谈谈级别 5（建议）",
    ),
    "blocked": (
        {"what": "No room", "severity": "High", "opened": MAY},
        "in the way since 8 May (severity high): “No room”",
        "自5月8日起受阻（严重程度：高）：“No room”",
    ),
    "tool-review-missing": ({}, "the retrospective says nothing of the tools", "复盘没有评价所用的工具"),
}


@pytest.mark.parametrize("key", SAID)
def test_what_is_said(key: str) -> None:
    code, (facts, english, chinese) = key.partition("/")[0], SAID[key]
    assert (say(code, **facts), say(code, "zh_CN", **facts)) == (english, chinese)


HANDED_UP = "work was handed up to the delegator and is still there: “…”"
"""There is no shorter sentence."""

VARIANTS = [
    ("stale", {}, "nothing has been heard yet"),
    ("stale", {"last": MAY}, "nothing has been heard since 8 May"),
    (
        "awaiting-response",
        {"asker": "lin", "matter": "question", "what": "", "asked": MAY},
        "林晓 asked Ada on 8 May; no answer yet",
    ),
    (
        "awaiting-response",
        {"asker": "lin", "matter": "issue", "what": "", "asked": MAY},
        "on 8 May 林晓 raised an issue that needs Ada; no answer yet",
    ),
    ("check-in-due", {"due": MAY, "what": "Draft"}, "the check-in of 8 May is due: Draft"),
    ("check-in-due", {"due": MAY, "what": ""}, "the check-in of 8 May is due"),
    (
        "brief-back-differs",
        {"differences": "understanding"},
        "the brief-back shows that the terms are not fully understood",
    ),
    (
        "slipping",
        {"moves": 1, "days": 9, "first": MAY},
        "the due date moved by 9 days; first agreed was 8 May",
    ),
    ("needs-support", {"person": "lin", "now": 2}, "林晓 gives their confidence as 2; a talk may help"),
    (
        "needs-support",
        {"person": "lin", "times": 3},
        "林晓 asked for help 3 times and has no answer; a talk may help",
    ),
    ("evaluation-thin", {"bare": 2, "scores": 3}, "scores that name no evidence: 2 of 3"),
    ("evaluation-thin", {"bare": 0, "scores": 3}, "all the evidence is from the last fifth of the time"),
]


@pytest.mark.parametrize(("code", "facts", "text"), [*VARIANTS, ("handed-up", {"what": ""}, HANDED_UP)])
def test_a_sentence_says_no_more_than_is_known(code: str, facts: dict[str, object], text: str) -> None:
    assert say(code, **facts) == text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_signal_of_the_sample_is_said(sample, language: str) -> None:
    """Whatever facts the rules give fill a sentence."""
    tracked = sample.tracked("full")
    to, speaker = Linker(tracked.ledger), Language(language)
    told = [sentence(s, speaker, to.party, tracked.today) for s in signals(tracked)]
    assert len(told) > 50
    assert not [t for t in told if not t.strip() or "{" in t or "None" in t or "“…”" in t]
    if language == "zh_CN":
        assert not [t for t in told if t.startswith(("the ", "was ", "in "))]


def test_a_long_text_is_cut_at_a_word() -> None:
    text = say("handed-up", what="one two " * 40)
    assert text.endswith("one two one two…”")
    assert len(text) < 210
    chinese = say("handed-up", what="这一句很长。" * 40)
    assert chinese.count("这一句很长") == 11


# --- apart ----------------------------------------------------------------------------------------------


def test_the_words_of_records_stay_apart() -> None:
    facts = {"person": "lin", "what": "a {b} <i>", "done": MAY}
    parts = said(sentence_of(signal("no-recognition", **facts), called), Language("en"), TODAY)
    assert parts == (
        Part("林晓", quoted=True, href="people/lin.html"),
        Part(" finished “"),
        Part("a {b} <i>", quoted=True),
        Part("” on "),
        Part("8 May", day=MAY),
        Part(", and no praise is on record"),
    )


def test_a_page_escapes_and_marks_them() -> None:
    renderer = Renderer(SiteFacts("Site", TODAY, "en", "org"))
    facts = {"person": "lin", "what": "<script>", "done": MAY}
    html = renderer._sentence(sentence_of(signal("no-recognition", **facts), called))
    assert html == (
        '<a href="people/lin.html"><span lang="zh-CN">林晓</span></a> finished “&lt;script&gt;” on '
        '<time datetime="2026-05-08">8 May</time>, and no praise is on record'
    )


def test_somebody_who_is_not_seen_is_named_by_id_alone() -> None:
    tracked = Case().people("ada").delegation().track("2026-05-20")
    text = sentence(
        signal("needs-support", person="kim", now=1), Language("en"), Linker(tracked.ledger).party, TODAY
    )
    assert text == "kim gives their confidence as 1; a talk may help"


@pytest.mark.parametrize(
    ("name", "fact", "value"),
    [
        ("due", MAY, "2026-05-08"),
        ("missing", "goal plan", ["goal", "plan"]),
        ("differences", "due", ["due"]),
        ("reported", "On track", "on_track"),
        ("severity", "High", "high"),
        ("points", 30, 30),
        ("expected", 1.5, 1.5),
        ("what", "goal plan", "goal plan"),
    ],
)
def test_facts_as_json(name: str, fact: str, value: object) -> None:
    assert fact_value(name, fact) == value
