"""The listed values of the format, with the Chinese spellings that are read as well."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def N_(text: str) -> str:  # noqa: N802 - the customary name that marks a text for translation
    """Mark ``text`` for translation where it is only looked up later."""
    return text


class Choice(StrEnum):
    """A listed value: how it is written, how it is shown, and its Chinese spellings."""

    label: str
    chinese: tuple[str, ...]

    def __new__(cls, value: str, label: str, *chinese: str) -> Self:
        """Make a member from its written form, its label and its Chinese spellings."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.chinese = chinese
        return member

    @classmethod
    def read(cls, word: str) -> Self | None:
        """Return the member that ``word`` spells, or nothing."""
        return next((m for m in cls if word == m.value or word in m.chinese), None)


class Status(Choice):
    """Where a delegation is in its life."""

    DRAFT = "draft", N_("Draft"), "草稿"
    NOT_STARTED = "not_started", N_("Not started"), "未开始"
    ACTIVE = "active", N_("Active"), "进行中"
    ON_HOLD = "on_hold", N_("On hold"), "暂停"
    COMPLETED = "completed", N_("Completed"), "已完成"
    RECALLED = "recalled", N_("Recalled"), "已收回"
    CANCELLED = "cancelled", N_("Cancelled"), "已取消"

    @property
    def open(self) -> bool:
        """Return whether work is still to come."""
        return self in {Status.DRAFT, Status.NOT_STARTED, Status.ACTIVE, Status.ON_HOLD}


class Health(Choice):
    """How a delegation stands, as somebody reports it."""

    ON_TRACK = "on_track", N_("On track"), "正常"
    AT_RISK = "at_risk", N_("At risk"), "有风险"
    OFF_TRACK = "off_track", N_("Off track"), "已偏离"


class CheckinKind(Choice):
    """What occasion a check-in reports on."""

    BRIEF_BACK = "brief_back", N_("Brief-back"), "复述确认", "复述"
    REGULAR = "regular", N_("Check-in"), "定期汇报", "定期"
    MILESTONE = "milestone", N_("Milestone report"), "里程碑"
    CLOSING = "closing", N_("Closing report"), "结项", "收尾"


class Understanding(Choice):
    """How far the delegator finds the terms understood."""

    CONFIRMED = "confirmed", N_("Confirmed"), "已确认"
    PARTIAL = "partial", N_("Partly understood"), "部分理解"
    UNCLEAR = "unclear", N_("Unclear"), "不清楚"


class IssueSeverity(Choice):
    """How badly an issue hurts."""

    LOW = "low", N_("Low"), "低"
    MEDIUM = "medium", N_("Medium"), "中"
    HIGH = "high", N_("High"), "高"
    CRITICAL = "critical", N_("Critical"), "严重"


class FeedbackKind(Choice):
    """What a piece of feedback is for."""

    PRAISE = "praise", N_("Praise"), "肯定"
    CONSTRUCTIVE = "constructive", N_("Suggestion for improvement"), "改进建议"
    PROBLEM = "problem", N_("Problem"), "问题"
    IDEA = "idea", N_("Idea"), "创意"
    REQUEST = "request", N_("Request for help"), "求助"


class ResponseStatus(Choice):
    """What became of a piece of feedback."""

    ACKNOWLEDGED = "acknowledged", N_("Acknowledged"), "已知悉"
    ACTIONED = "actioned", N_("Acted on"), "已处理"
    TRIED = "tried", N_("Tried"), "已试行"
    ADOPTED = "adopted", N_("Adopted"), "已采纳"
    DECLINED = "declined", N_("Declined"), "未采纳"


class MeetingKind(Choice):
    """What a meeting is for."""

    ONE_ON_ONE = "one_on_one", N_("One-to-one"), "一对一", "一对一面谈"
    KICKOFF = "kickoff", N_("Kick-off"), "启动会"
    TEAM = "team", N_("Team meeting"), "团队会议", "例会"
    REVIEW = "review", N_("Review"), "评审会", "评审"


class EvaluationKind(Choice):
    """Who evaluates."""

    SELF = "self", N_("Self-evaluation"), "自评"
    MANAGER = "manager", N_("Manager's evaluation"), "主管评估", "上级评估"
    PEER = "peer", N_("Peer evaluation"), "同事评估", "互评"
    CALIBRATED = "calibrated", N_("Calibrated evaluation"), "校准评估", "校准"


class Verdict(Choice):
    """What a retrospective decides about a tool."""

    KEEP = "keep", N_("Keep"), "保留"
    CHANGE = "change", N_("Change"), "调整"
    DROP = "drop", N_("Drop"), "停用"


class Readiness(Choice):
    """How ready somebody is for one task (Situational Leadership II, Blanchard)."""

    D1 = "D1", N_("D1 enthusiastic beginner")
    D2 = "D2", N_("D2 disillusioned learner")
    D3 = "D3", N_("D3 capable but cautious")
    D4 = "D4", N_("D4 self-reliant achiever")


class Method(Choice):
    """A way of following a delegation."""

    CHECKIN = "checkin", N_("Check-ins"), "定期检查", "进展汇报"
    ONE_ON_ONE = "one_on_one", N_("One-to-ones"), "一对一"
    MEETING = "meeting", N_("Meetings"), "会议"
    METRICS = "metrics", N_("Metrics"), "数据分析"
    FEEDBACK = "feedback", N_("Feedback"), "反馈"
    EVALUATION = "evaluation", N_("Evaluation"), "绩效评估"


class Direction(Choice):
    """Which way a metric should go."""

    UP = "up", N_("Up"), "上升"
    DOWN = "down", N_("Down"), "下降"


class CycleStatus(Choice):
    """Whether a cycle is over for good; its ``closed`` date says it better."""

    OPEN = "open", N_("Open"), "进行中"
    CLOSED = "closed", N_("Closed"), "已结束"


class Visibility(Choice):
    """Who may see a record, from everybody to its author alone."""

    PUBLIC = "public", N_("Everybody"), "公开"
    ORG = "org", N_("Organisation"), "全公司"
    TEAM = "team", N_("Team"), "团队"
    LINE = "line", N_("Line"), "管理线"
    PAIR = "pair", N_("Pair"), "双方"
    MANAGERS = "managers", N_("Managers"), "管理者"
    PRIVATE = "private", N_("Private"), "仅本人"


class Freshness(Choice):
    """Whether reports keep up with the plan."""

    CURRENT = "current", N_("Current"), "最新"
    DUE = "due", N_("Update due"), "待更新"
    MISSING = "missing", N_("Update missing"), "逾期未更新"
    NOT_EXPECTED = "not_expected", N_("No update expected"), "无需更新"


class Answer(Choice):
    """What became of an expected check-in."""

    UPCOMING = "upcoming", N_("Upcoming"), "未到"
    DUE = "due", N_("Due"), "待提交"
    ON_TIME = "on_time", N_("On time"), "按时"
    LATE = "late", N_("Late"), "迟交"
    OVERDUE = "overdue", N_("Overdue"), "逾期"
    MISSED = "missed", N_("Missed"), "未交"
    WAIVED = "waived", N_("Waived"), "免交"
    PAUSED = "paused", N_("Paused"), "暂停"


LEVELS: tuple[tuple[str, str, str], ...] = (
    ("tell", N_("Tell"), "告知"),
    ("sell", N_("Sell"), "说服"),
    ("consult", N_("Consult"), "征询"),
    ("agree", N_("Agree"), "共识"),
    ("advise", N_("Advise"), "建议"),
    ("inquire", N_("Inquire"), "询问"),
    ("delegate", N_("Delegate"), "全权授权"),
)
"""The seven levels of delegation (Management 3.0, Appelo), level 1 first: name, label, Chinese."""


RATINGS: dict[str, str] = {"待提升": "developing", "符合预期": "performing", "超出预期": "exceeding"}
"""The Chinese spellings of the ratings, and what they stand for."""

RATING_LABELS: dict[str, str] = {
    "developing": N_("Developing"),
    "performing": N_("Performing"),
    "exceeding": N_("Exceeding"),
}
"""How the usual ratings are shown; a team's own are shown as they are written."""

TYPE_LABELS: dict[str, str] = {
    "delegation": N_("Delegation"),
    "checkin": N_("Check-in"),
    "feedback": N_("Feedback"),
    "meeting": N_("Meeting"),
    "evaluation": N_("Evaluation"),
    "retrospective": N_("Retrospective"),
    "cycle": N_("Cycle"),
    "team": N_("Team"),
    "person": N_("Person"),
}
"""How the types of records are shown."""

TOOL_LABELS: dict[str, str] = {
    "checkin": N_("Check-ins"),
    "one_on_one": N_("One-to-ones"),
    "meeting": N_("Meetings"),
    "metrics": N_("Metrics"),
    "feedback": N_("Feedback"),
    "evaluation": N_("Evaluation"),
    "brief_back": N_("Brief-backs"),
    "checkpoint": N_("Checkpoints"),
    "checkpoints": N_("Checkpoints"),
}
"""How the tools that a retrospective reviews are shown; others are shown as they are written."""


def read_level(word: str) -> int | None:
    """Return the level 1 to 7 that a digit, a name or its Chinese spells, or nothing."""
    if word in {"1", "2", "3", "4", "5", "6", "7"}:
        return int(word)
    return next((n for n, (name, _, zh) in enumerate(LEVELS, 1) if word in {name, zh}), None)
