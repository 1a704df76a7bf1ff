"""What the desk asks of people now: to look again, to approve, to mend."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.knowledge.queries.due import ReviewSource
from trainer.knowledge.queries.due import due_once
from trainer.notices.domain.tasks import Task
from trainer.people.queries import holding
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.queries import TextKinds

DESK: Final = Actor(
    0, N_("系统"), frozenset({Permission.READ, Permission.EDIT, Permission.APPROVE})
)
"""Looks at the whole desk to say whose turn it is; shows nothing to anybody."""

APPROVING, MENDING, LOOKING = 10, 15, 5
"""Minutes that a draft takes whoever approves or mends it, and a look at a text."""


def tasks(
    session: Session,
    people: Collection[int],
    at: datetime,
    *,
    sources: Sequence[ReviewSource],
    kinds: TextKinds,
) -> list[Task]:
    """Give what of the desk waits for some people.

    Args:
        session: A session.
        people: Keys.
        at: Now.
        sources: Where the list of due looks comes from.
        kinds: The kinds of texts on the desk.
    """
    on = day_of(at)
    editors = holding(session, people, Permission.EDIT)
    approvers = holding(session, people, Permission.APPROVE)
    found: list[Task] = []
    if approvers:
        found += _to_approve(session, [*approvers], kinds)
    if editors:
        found += _to_mend(session, [*editors], kinds)
    if any((editors | approvers).values()):
        found += _to_look_at(session, editors | approvers, on, sources, kinds)
    return found


def _to_approve(
    session: Session, approvers: Sequence[int], kinds: TextKinds
) -> Iterator[Task]:
    """Ask for every draft in review whoever may approve it: never its author."""
    waiting = publishing.with_status(
        session, [Status.IN_REVIEW], reader=DESK, kinds=[*kinds]
    )
    for draft in waiting:
        for person in approvers:
            if person != draft.created_by:
                yield Task(
                    person=person,
                    key=f"approve/{draft.id}",
                    what=N_("审批《{title}》", title=draft.header.title),
                    why=N_("送审了，等第二个人看过才能发布"),
                    endpoint="desk.review",
                    values=(("key", draft.id),),
                    due=draft.effective_from - timedelta(days=1),
                    minutes=APPROVING,
                    told_on=day_of(draft.updated_at),
                )


def _to_mend(
    session: Session, editors: Sequence[int], kinds: TextKinds
) -> Iterator[Task]:
    """Ask who began a draft that was sent back."""
    returned = publishing.with_status(
        session, [Status.CHANGES_REQUESTED], reader=DESK, kinds=[*kinds]
    )
    for draft in returned:
        if draft.created_by in editors:
            yield Task(
                person=draft.created_by,
                key=f"mend/{draft.id}/{draft.updated_at:%Y%m%d%H%M%S}",
                what=N_("修改《{title}》", title=draft.header.title),
                why=N_("审批人退回了，理由写在稿件上"),
                endpoint="desk.edit",
                values=(("key", draft.id),),
                minutes=MENDING,
                told_on=day_of(draft.updated_at),
            )


def _to_look_at(
    session: Session,
    holders: dict[int, frozenset[str]],
    on: date,
    sources: Sequence[ReviewSource],
    kinds: TextKinds,
) -> Iterator[Task]:
    """Ask who holds a post, once a week, while something of it is due."""
    items = due_once(session, sources, on, kinds, reader=DESK)
    monday = on - timedelta(days=on.weekday())
    for person, posts in holders.items():
        own = [
            i
            for i in items
            if posts & {i.revision.header.owner, i.revision.header.deputy}
        ]
        if own:
            yield Task(
                person=person,
                key=f"reviews/{monday}",
                what=Nn_("复核 {n} 条内容是不是还对", n=len(own)),
                why=N_("所引条款变了，或者到了该看一遍的时候；每周提醒一次"),
                endpoint="desk.due",
                values=(("mine", "y"),),
                due=min(item.due for item in own),
                minutes=LOOKING * len(own),
                told_on=monday,
            )
