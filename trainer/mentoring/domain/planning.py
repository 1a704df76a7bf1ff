"""Choosing a mentor, and putting a newcomer into a phase by hand; pure."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.core.errors import ConflictError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.mentoring.domain.weeks import SETTABLE
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import PlanMistakeError

LONGEST_REASON = 200


class NotFitError(ConflictError):
    """The mentor is not current, has no room, or is not there any more."""

    def __init__(self) -> None:
        super().__init__(
            N_("这位带教老师现在带不了：授权变了，或已带满；请看过现在的名单再选")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInto:
    """Command: put somebody into a phase.

    Attributes:
        secondment: Key of the secondment.
        line: Code of the line.
        phase: One of ``weeks.SETTABLE``.
        reason: Why; the newcomer reads it.
    """

    secondment: int
    line: str
    phase: Phase
    reason: str


def must_make_sense(told: PutInto) -> str:
    """Check such a step; gives its reason on one line.

    Raises:
        PlanMistakeError: it is no phase that a person decides.
        NoReasonError: there is no reason.
        CitizenDataError: the reason holds a number of a citizen.
    """
    if told.phase not in SETTABLE:
        raise PlanMistakeError(N_("独立办理要在“能力和授权”里批准，这里改不了"))
    reason = " ".join(told.reason.split())[:LONGEST_REASON]
    if not reason:
        raise NoReasonError
    if masked(reason) != reason:
        raise CitizenDataError
    return reason
