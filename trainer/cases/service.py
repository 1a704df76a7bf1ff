"""Use cases of flags: raise one, answer it, see the answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.cases import queries
from trainer.cases.domain import NEXT
from trainer.cases.domain import AnsweredMeanwhileError
from trainer.cases.domain import AnswerFlag
from trainer.cases.domain import Flag
from trainer.cases.domain import NothingSaidError
from trainer.cases.domain import RaiseFlag
from trainer.cases.domain import State
from trainer.cases.models import FlagRow
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.publishing import queries as publishing


def raise_flag(
    session: Session, command: RaiseFlag, *, by: Actor, at: datetime
) -> Flag:
    """Tell the owner of a card that it is wrong.

    Numbers of citizens are masked before anything is kept. The same words on the
    same revision while the first flag is open are one flag (a form sent twice).

    Raises:
        DeniedError: nobody in particular asks; an answer needs somebody to go to.
        NotFoundError: there is no such published text for this person.
        NothingSaidError: no words.
    """
    by.must_be_somebody(N_("登录后才能反馈，这样答复才能送到您手上"))
    words, query = masked(command.words.strip()), masked(command.query.strip())
    if not words:
        raise NothingSaidError(N_("请写明哪里不对，写一句话也行"))
    revision = publishing.revision(session, command.revision, reader=by)
    if revision.number is None:
        raise NotFoundError(N_("这份稿件还没有发布；有意见请直接告诉编辑"))
    key = _open_flag(session, revision.id, words, by=by)
    if key is None:
        row = FlagRow(
            revision_id=revision.id,
            owner=revision.header.owner,
            query=query,
            on=command.on,
            words=words,
            state=State.OPEN,
            raised_by=by.person,
            raised_at=at,
            answer="",
        )
        session.add(row)
        session.flush()
        key = row.id
        _note(session, "flag.raised", key, by=by, at=at)
    return queries.flag(session, key, reader=by)


def answer(session: Session, command: AnswerFlag, *, by: Actor, at: datetime) -> Flag:
    """Answer a flag; the reporter sees it as new.

    Raises:
        DeniedError: this person neither edits nor approves.
        NotFoundError: there is no such flag.
        NothingSaidError: no words for the reporter.
        AnsweredMeanwhileError: somebody else was first, or it is done with.
    """
    queries.flag_to_answer(session, command.flag, reader=by)
    words = masked(command.words.strip())
    if not words:
        raise NothingSaidError(N_("请写一句答复，提出的人会看到"))
    if command.state not in NEXT[command.seen]:
        raise AnsweredMeanwhileError
    changed = session.scalar(
        update(FlagRow)
        .where(FlagRow.id == command.flag, FlagRow.state == command.seen)
        .values(
            state=command.state,
            answer=words,
            answered_by=by.person,
            answered_at=at,
            seen_at=None,
        )
        .returning(FlagRow.id)
    )
    if changed is None:
        raise AnsweredMeanwhileError
    _note(session, f"flag.{command.state}", command.flag, by=by, at=at)
    return queries.flag(session, command.flag, reader=by)


def mark_seen(session: Session, *, by: Actor, at: datetime) -> None:
    """Note that the reporter has seen the answers to his flags."""
    session.execute(
        update(FlagRow)
        .where(
            FlagRow.raised_by == by.person,
            FlagRow.state != State.OPEN,
            FlagRow.seen_at.is_(None),
        )
        .values(seen_at=at)
    )


def _open_flag(session: Session, revision: int, words: str, *, by: Actor) -> int | None:
    return session.scalars(
        select(FlagRow.id).where(
            FlagRow.revision_id == revision,
            FlagRow.raised_by == by.person,
            FlagRow.state == State.OPEN,
            FlagRow.words == words,
        )
    ).first()


def _note(session: Session, verb: str, key: int, *, by: Actor, at: datetime) -> None:
    entry = Entry(person=by.person, verb=verb, object=f"flag/{key}")
    audit.record(session, entry, at=at)
