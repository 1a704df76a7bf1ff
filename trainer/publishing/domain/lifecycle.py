"""The life of a revision: who may take which step, and what each step demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.publishing.domain.header import ChangeKind


class Status(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


STATUS_NAMES = {
    Status.DRAFT: N_("草稿"),
    Status.IN_REVIEW: N_("待审批"),
    Status.CHANGES_REQUESTED: N_("已退回"),
    Status.APPROVED: N_("已发布"),
    Status.WITHDRAWN: N_("已撤回"),
    Status.DISCARDED: N_("已废弃"),
}


class Act(StrEnum):
    """What was done to a revision; each is recorded with who and when."""

    CREATED = "created"
    EDITED = "edited"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"
    RESTORED = "restored"
    CONFIRMED = "confirmed"


OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED})
"""Still on somebody's desk; the text may change."""

STEPS: Mapping[Act, tuple[frozenset[Status], Status]] = {
    # An edit of a text in review voids the review.
    Act.EDITED: (OPEN, Status.DRAFT),
    Act.SUBMITTED: (
        frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}),
        Status.IN_REVIEW,
    ),
    Act.SENT_BACK: (frozenset({Status.IN_REVIEW}), Status.CHANGES_REQUESTED),
    Act.APPROVED: (frozenset({Status.IN_REVIEW}), Status.APPROVED),
    Act.WITHDRAWN: (frozenset({Status.APPROVED}), Status.WITHDRAWN),
    Act.DISCARDED: (OPEN, Status.DISCARDED),
    Act.RESTORED: (frozenset({Status.DISCARDED}), Status.DRAFT),
}


class WrongStepError(ConflictError):
    """The revision is not where this step begins."""


class AuthorApprovesError(TrainerError):
    """Who wrote a text may not approve it."""


class ReasonMissingError(TrainerError):
    """The step demands a reason, and none was given."""


class UnclassifiedChangeError(TrainerError):
    """A changed section has no change kind yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Command: put a reviewed text in force from its day on.

    Attributes:
        content_hash: Digest of the text the approver has read.
        kinds: What each changed section means, by section id.
        default: What every other changed section means; None leaves none untold.
        reason: Needed when the first day is already past (追溯).
    """

    content_hash: str
    kinds: Mapping[str, ChangeKind] = field(default_factory=dict)
    default: ChangeKind | None = None
    reason: str = ""


def step(status: Status, act: Act) -> Status:
    """Give the status after a step.

    Raises:
        WrongStepError: the step does not start from this status.
    """
    origins, target = STEPS[act]
    if status not in origins:
        raise WrongStepError(
            N_("这一版已被别人处理过，当前状态不允许此操作；请刷新后查看")
        )
    return target


def must_be_approvable(
    approval: Approval,
    *,
    authors: frozenset[int],
    approver: int,
    effective_from: date,
    today: date,
) -> None:
    """Check the two rules of approval that depend on who and when.

    Raises:
        AuthorApprovesError: the approver wrote part of the text.
        ReasonMissingError: the first day is past and no reason is given.
    """
    if approver in authors:
        raise AuthorApprovesError(N_("本人起草或修改过的稿件须由他人审批"))
    if effective_from < today and not approval.reason.strip():
        raise ReasonMissingError(
            N_(
                "施行日 {day} 早于今天，属于追溯生效；请写明追溯理由",
                day=effective_from,
            )
        )
