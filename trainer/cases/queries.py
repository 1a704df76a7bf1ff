"""Reads of flags: all for who keeps the texts, one's own for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cases.domain import STATE_NAMES
from trainer.cases.domain import Flag
from trainer.cases.domain import State
from trainer.cases.domain import Wanted
from trainer.cases.models import FlagRow
from trainer.certificates.domain.honours import Deed
from trainer.certificates.domain.honours import DeedKind
from trainer.certificates.domain.honours import Quarter
from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow


def flags(session: Session, wanted: Wanted, *, reader: Actor) -> Part[Flag]:
    """Give a part of the flags that are wanted: open ones first, oldest first.

    Raises:
        DeniedError: the reader neither edits nor approves.
    """
    _must_keep_texts(reader)
    waiting = case((FlagRow.state == State.OPEN, 0), else_=1)
    query = (
        _flags(func.count().over().label("total"))
        .where(*_wanted(wanted))
        .order_by(waiting, FlagRow.raised_at, FlagRow.id)
        .limit(paging.SIZE)
        .offset(paging.offset(wanted.part))
    )
    rows = session.execute(query).all()
    total = rows[0].total if rows else 0
    return Part(tuple(_flag(row) for row in rows), wanted.part, total)


def flag(session: Session, key: int, *, reader: Actor) -> Flag:
    """Give a flag to its reporter or to who keeps the texts.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    query = _flags().where(FlagRow.id == key)
    if not reader.sees_drafts:
        query = query.where(FlagRow.raised_by == reader.person)
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError(N_("没有这条反馈"))
    return _flag(row)


def flag_to_answer(session: Session, key: int, *, reader: Actor) -> Flag:
    """Give a flag to somebody who may answer it.

    Raises:
        DeniedError: the reader neither edits nor approves.
        NotFoundError: there is none.
    """
    _must_keep_texts(reader)
    return flag(session, key, reader=reader)


def own(session: Session, *, reader: Actor, part: int = 1) -> Part[Flag]:
    """Give a part of the flags one has raised, newest first."""
    query = (
        _flags(func.count().over().label("total"))
        .where(FlagRow.raised_by == reader.person)
        .order_by(FlagRow.id.desc())
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    )
    rows = session.execute(query).all()
    total = rows[0].total if rows else 0
    return Part(tuple(_flag(row) for row in rows), part, total)


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the flags of whoever asks, for the export of his own data."""
    rows = session.execute(
        _flags().where(FlagRow.raised_by == reader.person).order_by(FlagRow.id)
    )
    columns = (
        N_("提出时间"),
        N_("文章"),
        N_("业务日期"),
        N_("当时搜的"),
        N_("哪里不对"),
        N_("状态"),
        N_("答复"),
    )
    told = tuple(
        cells(
            f.raised_at, f.title, f.on, f.query, f.words, STATE_NAMES[f.state], f.answer
        )
        for f in map(_flag, rows)
    )
    return [Chapter(N_("有误反馈"), columns, told)]


def _must_keep_texts(reader: Actor) -> None:
    if not reader.sees_drafts:
        reader.must(Permission.EDIT)


def _flags(*more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            FlagRow,
            DocumentRow.slug,
            RevisionRow.title,
            RevisionRow.number,
            RevisionRow.line,
            *more,
        )
        .join(RevisionRow, RevisionRow.id == FlagRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
    )


def _wanted(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.posts is not None:
        yield or_(FlagRow.owner.in_(wanted.posts), RevisionRow.deputy.in_(wanted.posts))
    if wanted.state is not None:
        yield FlagRow.state == wanted.state
    if wanted.line:
        yield RevisionRow.line == wanted.line


def _flag(row: Row[Any]) -> Flag:
    found: FlagRow = row.FlagRow
    return Flag(
        id=found.id,
        slug=row.slug,
        title=row.title,
        number=row.number,
        line=row.line,
        owner=found.owner,
        query=found.query,
        on=found.on,
        words=found.words,
        state=State(found.state),
        raised_by=found.raised_by,
        raised_at=found.raised_at,
        answer=found.answer,
        answered_by=found.answered_by,
        answered_at=found.answered_at,
        seen=found.seen_at is not None,
    )


def deeds(session: Session, quarter: Quarter) -> Iterator[Deed]:
    """Give the flags that led to a fix in a quarter, to who raised them."""
    row = FlagRow
    rows = session.execute(
        select(row.id, row.raised_by, row.answered_at, RevisionRow.title)
        .join(RevisionRow, RevisionRow.id == row.revision_id)
        .where(
            row.state == State.FIXED,
            row.answered_at >= start_of(quarter.begin),
            row.answered_at < start_of(quarter.end),
        )
    )
    for key, person, at, title in rows:
        if at is not None:
            yield Deed(
                person=person,
                kind=DeedKind.FIXED,
                on=day_of(at),
                what=title,
                about=str(key),
            )
