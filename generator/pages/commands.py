"""The command that ends a signal, where there is one to type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.ledger import Ledger
from generator.record import Delegation, Feedback, Record
from generator.tracking.signals import Signal

Command = Callable[[Signal, Delegation | None, Record | None], str]
"""From a signal, its delegation and the first record that shows it."""


def _on(words: str) -> Command:
    """Return a command about a delegation: ``{id}``, ``{owner}`` and ``{delegator}`` are filled in."""

    def command(_: Signal, d: Delegation | None, __: Record | None) -> str:
        return words.format(id=d.id, owner=d.owner, delegator=d.delegator) if d else ""

    return command


def _answer(signal: Signal, d: Delegation | None, record: Record | None) -> str:
    """Answer a record in a piece of feedback; a team answers through one of its people."""
    if record is None:
        return ""
    asker = record.from_ if isinstance(record, Feedback) else dict(signal.facts).get("asker", "")
    on = f" {d.id}" if d else ""
    by = "" if ":" in signal.waits_on else f" --from {signal.waits_on}"
    to = f" --to {asker}" if asker else ""
    return f"remit new feedback{on}{by}{to} --answers {record.type}:{record.id}"


def _praise(signal: Signal, d: Delegation | None, _: Record | None) -> str:
    if d is None:
        return ""
    who = dict(signal.facts).get("person", d.owner)
    return f"remit new feedback {d.id} --from {d.delegator} --to {who} --kind praise"


def _look_back(signal: Signal, _: Delegation | None, __: Record | None) -> str:
    return f"remit new retrospective {signal.about.partition(':')[2]}"


_CHECKIN = _on("remit new checkin {id}")
_BRIEF_BACK = _on("remit new checkin {id} --kind brief_back")
_TALK = _on("remit new meeting {id} --kind one_on_one --attendees {delegator},{owner}")
_JUDGE = _on("remit new evaluation {id} --subject {owner} --evaluator {delegator} --kind manager")

COMMANDS: Mapping[str, Command] = {
    "brief-back-missing": _BRIEF_BACK,
    "check-in-due": _CHECKIN,
    "check-in-missed": _CHECKIN,
    "stale": _CHECKIN,
    "out-of-control": _TALK,
    "awaiting-response": _answer,
    "feedback-open": _answer,
    "one-on-one-overdue": _TALK,
    "confidence-falling": _TALK,
    "needs-support": _TALK,
    "ready-for-more": _TALK,
    "no-recognition": _praise,
    "evaluation-missing": _JUDGE,
    "retrospective-missing": _look_back,
}
"""By code of the signal. The others end with an edit of a record that is there."""


def command(signal: Signal, ledger: Ledger) -> str:
    """Return what to type, or nothing where no one command does it."""
    make = COMMANDS.get(signal.code)
    record = ledger.resolve(signal.evidence[0]) if signal.evidence else None
    return make(signal, ledger.delegations.get(signal.delegation), record) if make else ""
