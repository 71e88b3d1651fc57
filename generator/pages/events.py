"""Makes the views of events as they stand on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from generator.pages.lineage import Lineage
from generator.pages.links import Linker
from generator.pages.values import Link
from generator.pages.views import (
    Answered,
    CheckinView,
    DecisionView,
    EvaluationView,
    EventView,
    FeedbackView,
    IssueView,
    MeetingView,
    Owned,
    RetrospectiveView,
    ScoreView,
)
from generator.record import (
    Action,
    Checkin,
    Decision,
    Delegation,
    Development,
    Evaluation,
    Event,
    Feedback,
    Meeting,
    Proposal,
    Response,
    Retrospective,
)
from generator.schema import Target
from generator.words import RATING_LABELS, RATINGS, TOOL_LABELS

View = TypeVar("View", bound=EventView)


class Events:
    """Makes views of events as they stand on a day."""

    def __init__(self, linker: Linker, today: dt.date) -> None:
        self.linker = linker
        self.ledger = linker.ledger
        self.today = today
        self._lineage = Lineage(self.ledger, today)
        self._made: dict[int, EventView] = {}

    def _once(self, event: Event, make: Callable[[Any], View]) -> View:
        """Make a view once: the same event stands on several pages."""
        found = self._made.get(id(event))
        if found is None:
            found = self._made[id(event)] = make(event)
        return cast("View", found)

    def view(self, event: Event) -> EventView:
        """Return the view of any event."""
        match event:
            case Checkin():
                return self.checkin(event)
            case Feedback():
                return self.feedback(event)
            case Meeting():
                return self.meeting(event)
            case Evaluation():
                return self.evaluation(event)
            case Retrospective():
                return self.retrospective(event)
        raise TypeError(type(event))

    def _common(self, event: Event, delegation: str) -> dict[str, Any]:
        return {
            "type": event.type.value,
            "link": self.linker.link(event),
            "titled": bool(event.title),
            "date": event.date,
            "delegation": self.linker.delegation(delegation) if delegation else None,
            "prose": self.linker.prose(event),
            "visibility": event.visibility,
            "tags": event.tags,
        }

    def checkin(self, checkin: Checkin) -> CheckinView:
        """Return the view of a check-in."""
        return self._once(checkin, self._checkin)

    def _checkin(self, checkin: Checkin) -> CheckinView:
        parent = self.ledger.delegations.get(checkin.delegation)
        titles = {m.id: m.title or m.id for m in parent.milestones} if parent else {}
        metrics = {m.id: m for m in parent.metrics} if parent else {}
        return CheckinView(
            **self._common(checkin, checkin.delegation),
            kind=checkin.kind,
            author=self.linker.person(checkin.author),
            health=checkin.health,
            progress=checkin.progress,
            confidence=checkin.confidence,
            checkpoint=self._checkpoint(parent, checkin.checkpoint),
            milestones=tuple((titles.get(id_, id_), report) for id_, report in checkin.milestones.items()),
            metrics=tuple(
                (metrics[id_].name or id_, value, metrics[id_].unit) if id_ in metrics else (id_, value, "")
                for id_, value in checkin.metrics.items()
            ),
            issues=tuple(
                IssueView(i, self.linker.party(i.needs) if i.needs else None, i.opened or checkin.date)
                for i in checkin.issues
            ),
            asks=checkin.asks,
            next=checkin.next,
            answers=self._answers(checkin, checkin.responses),
            understanding=checkin.understanding,
            restated=checkin.restated,
            confirmed_by=self.linker.person(checkin.confirmed_by) if checkin.confirmed_by else None,
            confirmed_on=checkin.confirmed_on,
        )

    @staticmethod
    def _checkpoint(parent: Delegation | None, id_: str) -> str:
        points = parent.plan.checkpoints if parent and parent.plan else ()
        return next((p.what or p.id for p in points if p.id == id_), id_)

    def _answers(self, event: Event, responses: Iterable[Response]) -> tuple[Answered, ...]:
        """Return answers in the file and feedback that answers it, oldest first."""
        inside = [Answered(self.linker.person(r.by), r.date, r.text, status=r.status) for r in responses]
        outside = [
            Answered(
                self.linker.person(f.from_), f.date, prose=self.linker.prose(f), link=self.linker.link(f)
            )
            for f in self.ledger.answers_to(event)
        ]
        return tuple(sorted([*inside, *outside], key=lambda a: a.date))

    def feedback(self, feedback: Feedback) -> FeedbackView:
        """Return the view of a piece of feedback."""
        return self._once(feedback, self._feedback)

    def _feedback(self, feedback: Feedback) -> FeedbackView:
        answers = self._answers(feedback, feedback.responses)
        statuses = [r.status for r in sorted(feedback.responses, key=lambda r: r.date) if r.status]
        return FeedbackView(
            **self._common(feedback, feedback.delegation),
            kind=feedback.kind,
            from_=self.linker.person(feedback.from_),
            to=self.linker.party(feedback.to),
            answers=self.linker.reference(feedback.answers) if feedback.answers else None,
            responses=answers,
            state=statuses[-1] if statuses else None,
            due=feedback.due,
            days=(answers[0].date - feedback.date).days if answers else None,
        )

    def meeting(self, meeting: Meeting) -> MeetingView:
        """Return the view of a meeting."""
        return self._once(meeting, self._meeting)

    def _meeting(self, meeting: Meeting) -> MeetingView:
        source = self.linker.link(meeting)
        first = meeting.delegations[0] if len(meeting.delegations) == 1 else ""
        return MeetingView(
            **self._common(meeting, first),
            kind=meeting.kind,
            attendees=self.linker.people(meeting.attendees),
            delegations=tuple(self.linker.delegation(d) for d in meeting.delegations),
            agenda=meeting.agenda,
            decisions=tuple(self._decision(d, meeting, source) for d in meeting.decisions),
            actions=tuple(self._action(a, source) for a in meeting.actions),
        )

    def _decision(self, decision: Decision, meeting: Meeting, source: Link) -> DecisionView:
        return DecisionView(
            decision.what,
            self.linker.person(decision.by) if decision.by else None,
            self.linker.delegation(decision.delegation) if decision.delegation else None,
            decision.takes_back,
            meeting.date,
            source,
        )

    def _owned(self, step: Action | Development | Proposal, source: Link) -> Owned:
        return Owned(
            what=step.what,
            owner=self.linker.person(step.owner) if step.owner else None,
            due=step.due,
            done=step.done,
            overdue=bool(step.due and step.due < self.today and step.done is None),
            source=source,
        )

    def _action(self, action: Action, source: Link) -> Owned:
        owned = self._owned(action, source)
        about = self.linker.delegation(action.delegation) if action.delegation else None
        return replace(owned, delegation=about, handed_up=action.handed_up, id=action.id)

    def evaluation(self, evaluation: Evaluation) -> EvaluationView:
        """Return the view of an evaluation."""
        return self._once(evaluation, self._evaluation)

    def _evaluation(self, evaluation: Evaluation) -> EvaluationView:
        parent = self.ledger.delegations.get(evaluation.delegation)
        criteria = {c.id: c for c in parent.criteria} if parent else {}
        scores = tuple(
            ScoreView(
                criteria[id_].name or id_ if id_ in criteria else id_,
                score.score,
                score.note,
                tuple(self.linker.reference(word) for word in score.evidence),
                criteria[id_].weight if id_ in criteria else None,
            )
            for id_, score in evaluation.scores.items()
        )
        source = self.linker.link(evaluation)
        return EvaluationView(
            **self._common(evaluation, evaluation.delegation),
            kind=evaluation.kind,
            subject=self.linker.person(evaluation.subject),
            evaluator=self.linker.person(evaluation.evaluator),
            cycle=self.linker.to(Target.CYCLE, evaluation.cycle) if evaluation.cycle else None,
            scores=scores,
            scale=evaluation.scale,
            mean=weighted_mean(scores),
            rating=RATING_LABELS.get(RATINGS.get(evaluation.rating, evaluation.rating), evaluation.rating),
            recommended_level=evaluation.recommended_level,
            recognition=evaluation.recognition,
            development=tuple(self._owned(d, source) for d in evaluation.development),
            signed=evaluation.signed,
        )

    def retrospective(self, retrospective: Retrospective) -> RetrospectiveView:
        """Return the view of a retrospective."""
        return self._once(retrospective, self._retrospective)

    def _retrospective(self, retrospective: Retrospective) -> RetrospectiveView:
        source = self.linker.link(retrospective)
        return RetrospectiveView(
            **self._common(retrospective, retrospective.delegation),
            cycle=self.linker.to(Target.CYCLE, retrospective.cycle),
            team=self.linker.to(Target.TEAM, retrospective.team) if retrospective.team else None,
            facilitator=self.linker.person(retrospective.facilitator) if retrospective.facilitator else None,
            attendees=self.linker.people(retrospective.attendees),
            proposals=tuple(self._proposal(p, retrospective, source) for p in retrospective.proposals),
            tools=tuple(
                (TOOL_LABELS.get(t.tool, t.tool), t.verdict, t.note) for t in retrospective.tool_review
            ),
        )

    def _proposal(self, proposal: Proposal, retrospective: Retrospective, source: Link) -> Owned:
        owned = self._owned(proposal, source)
        after = self._lineage.after(retrospective, proposal)
        open_ = proposal.done is None and proposal.dropped is None
        return replace(
            owned,
            dropped=proposal.dropped,
            overdue=owned.overdue and open_ and after is None,
            id=proposal.id,
            before=tuple(self.linker.link(r) for r in self._lineage.before(proposal)),
            after=self.linker.link(after) if after and open_ else None,
        )


def weighted_mean(scores: Iterable[ScoreView]) -> float | None:
    """Return the mean of scores, weighted by their criteria where every one has a weight."""
    given = [s for s in scores if s.score is not None]
    if not given:
        return None
    weighted = all(s.weight for s in given)
    total = sum((s.weight or 0) if weighted else 1 for s in given)
    return sum((s.score or 0) * ((s.weight or 0) if weighted else 1) for s in given) / total
