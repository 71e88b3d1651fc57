"""The names of signals for lists and filters, and what each means, for the reference."""

from __future__ import annotations

from collections.abc import Mapping

from generator.tracking.signals.signal import Weight
from generator.words import N_

WEIGHT_LABELS: Mapping[Weight, str] = {
    Weight.ACT: N_("Act"),
    Weight.WATCH: N_("Watch"),
    Weight.NOTE: N_("Note"),
}
"""How much a signal presses, in a word."""

SIGNAL_LABELS: Mapping[str, str] = {
    "unplanned": N_("Terms missing"),
    "brief-back-missing": N_("Brief-back missing"),
    "brief-back-unconfirmed": N_("Brief-back not confirmed"),
    "brief-back-differs": N_("Brief-back differs"),
    "slipping": N_("Due date slipping"),
    "authority-taken-back": N_("Authority taken back"),
    "handed-up": N_("Work handed up"),
    "check-in-due": N_("Check-in due"),
    "check-in-missed": N_("Check-in missing"),
    "overdue": N_("Overdue"),
    "due-soon": N_("Due soon"),
    "milestone-overdue": N_("Milestone overdue"),
    "behind-plan": N_("Behind plan"),
    "watermelon": N_("Green outside, red inside"),
    "stale": N_("Silent"),
    "out-of-control": N_("Out of control"),
    "blocked": N_("Blocked"),
    "cross-team": N_("Waits on another team"),
    "dependency-late": N_("Dependency late"),
    "metric-off-target": N_("Metric off target"),
    "metric-stale": N_("Metric not read"),
    "awaiting-response": N_("Answer owed"),
    "feedback-open": N_("Feedback open"),
    "action-overdue": N_("Action overdue"),
    "one-on-one-overdue": N_("One-to-one overdue"),
    "confidence-falling": N_("Confidence falling"),
    "needs-support": N_("Support wanted"),
    "no-recognition": N_("No recognition"),
    "overloaded": N_("Holds much at once"),
    "ready-for-more": N_("Ready for more"),
    "evaluation-missing": N_("Evaluation missing"),
    "evaluation-gap": N_("Evaluations apart"),
    "evaluation-thin": N_("Evaluation without evidence"),
    "cycle-open": N_("Cycle not closed"),
    "retrospective-missing": N_("Retrospective missing"),
    "proposal-open": N_("Proposal open"),
    "tool-review-missing": N_("Tools not reviewed"),
}
"""By code: a name of two or three words."""

SIGNAL_MEANINGS: Mapping[str, str] = {
    "unplanned": N_("It has begun, and goal, criteria, authority, reason or plan are not stated."),
    "brief-back-missing": N_("The plan wants the owner to restate the terms soon; that has not happened."),
    "brief-back-unconfirmed": N_("The delegator has not said whether the restated terms are understood."),
    "brief-back-differs": N_("The owner restates another due date, leaves criteria out, or is not sure."),
    "slipping": N_("The due date moved again, or far, and not because the delegator asked for it."),
    "authority-taken-back": N_("In a meeting the delegator decided what the owner may decide."),
    "handed-up": N_("The owner passed work up, and it still lies there."),
    "check-in-due": N_("A check-in is due, or overdue and may still come."),
    "check-in-missed": N_("The last expected check-in was not made at all."),
    "overdue": N_("The due date is past and the work is not completed."),
    "due-soon": N_("The due date is near."),
    "milestone-overdue": N_("A milestone is past its day and not done."),
    "behind-plan": N_("Much of what was planned by now is not done."),
    "watermelon": N_("The last report is better than what the work showed on that day."),
    "stale": N_("Nothing at all has happened for two intervals of its cadence."),
    "out-of-control": N_("Overdue, silent and blocked at once."),
    "blocked": N_("An issue has been open for longer than its severity bears."),
    "cross-team": N_("What is in the way, or waited for, is another team's."),
    "dependency-late": N_("What it waits for is overdue, or heading past the day it is needed."),
    "metric-off-target": N_("Going on like this a metric misses its target, or it has missed it."),
    "metric-stale": N_("A metric has not been read for two of its usual intervals."),
    "awaiting-response": N_("A question, an issue, a brief-back or a request has no answer after some days."),
    "feedback-open": N_("Feedback that wants something has been left open."),
    "action-overdue": N_("An action or a step of development is past its day."),
    "one-on-one-overdue": N_("The plan lists one-to-ones, and there has been none lately."),
    "confidence-falling": N_("The owner's confidence fell within a few check-ins. A reason to talk."),
    "needs-support": N_("Confidence is low, or help was asked for in vain. A reason to talk."),
    "no-recognition": N_("Something was delivered, and nobody has said a good word of it."),
    "overloaded": N_("Somebody holds more at once than one person well can. A reason to talk."),
    "ready-for-more": N_(
        "Delegations in a row done well and in time at a level. A reason to talk of the next one."
    ),
    "evaluation-missing": N_("The plan lists an evaluation, and there is none after the end."),
    "evaluation-gap": N_("The self-evaluation and the other one are far apart on a criterion."),
    "evaluation-thin": N_("Scores name no evidence, or all of it is recent."),
    "cycle-open": N_("A cycle is past its end and not closed."),
    "retrospective-missing": N_("A cycle is over and has not been looked back on."),
    "proposal-open": N_("A proposal of an earlier cycle is past its time, and neither done nor dropped."),
    "tool-review-missing": N_("A retrospective gives no verdict on the tools."),
}
"""By code: when it is raised, in a sentence."""
