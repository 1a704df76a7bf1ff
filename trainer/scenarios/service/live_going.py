"""Playing by two: the script, the marks, and when both agree.

The script is the citizen's to write, the marks are the observer's, so the two never
wait for each other. Each form names the entry it was made for: sent again, or from
another telephone, it changes nothing or is told that it is old.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.anonymity import must_be_anonymous
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.scenarios.domain.live import LONGEST_COMMENT
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import entry
from trainer.scenarios.domain.live import highest_of
from trainer.scenarios.domain.live import is_complete
from trainer.scenarios.domain.live import last
from trainer.scenarios.domain.live_errors import CommentChangedError
from trainer.scenarios.domain.live_errors import NothingSaidError
from trainer.scenarios.domain.live_errors import OldScriptError
from trainer.scenarios.domain.live_errors import UnmarkedError
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.models import LiveMarkRow
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import SaidRow
from trainer.scenarios.queries import live as reads
from trainer.scenarios.queries.opening import pinned
from trainer.scenarios.service.live_telling import finish
from trainer.scenarios.service.live_telling import must_go_on
from trainer.scenarios.service.live_telling import note


def say(session: Session, key: int, command: Say, *, by: Actor, at: datetime) -> None:
    """Keep what the clerk said; the same entry again changes nothing.

    Raises:
        NotFoundError: there is no such play, or the caller is not its citizen.
        OldScriptError: another telephone has gone on meanwhile.
        NotOfferedError: there is no such choice.
        NothingTypedError: neither a choice nor words.
        NotAnonymousError: the words hold a number that may be somebody's.
        LiveOverError: it is over.
    """
    must_be_anonymous(command.note)
    row = _locked(session, key, Part.CITIZEN, by=by)
    _, scenario = pinned(session, row.revision_id)
    made = entry(scenario, row.situation, reads.said(session, row.id), command)
    if made is None:
        return
    must_go_on(row, row.walked_at)
    session.add(
        SaidRow(
            live_id=row.id,
            number=made.number,
            node=made.node,
            choice=made.choice,
            note=made.note,
            taken_back=False,
            at=at,
        )
    )
    session.flush()


def take_back(session: Session, key: int, number: int, *, by: Actor) -> None:
    """Take back the last entry of the script; a second time changes nothing.

    Raises:
        NotFoundError: there is no such play, or the caller is not its citizen.
        OldScriptError: it is not the last one any more.
        LiveOverError: it is over.
    """
    row = _locked(session, key, Part.CITIZEN, by=by)
    kept = session.get(SaidRow, (row.id, number))
    if kept is None:
        raise OldScriptError
    if kept.taken_back:
        return
    must_go_on(row, row.walked_at)
    found = last(reads.said(session, row.id))
    if found is None or found.number != number:
        raise OldScriptError
    kept.taken_back = True
    session.flush()


def judge(
    session: Session, key: int, command: Judge, *, by: Actor, at: datetime
) -> None:
    """Keep marks and comment; a comment that was not touched overwrites none.

    Raises:
        NotFoundError: there is no such play or line, or the caller does not observe.
        CommentChangedError: another telephone has changed the comment.
        NotAnonymousError: the comment holds a number that may be somebody's.
        LiveOverError: it is over.
    """
    must_be_anonymous(command.comment)
    row = _locked(session, key, Part.OBSERVER, by=by)
    _, scenario = pinned(session, row.revision_id)
    comment = command.comment.strip()[:LONGEST_COMMENT]
    news = _news(session, row, scenario, command)
    if comment == command.was.strip():
        comment = row.comment
    if not news and comment == row.comment:
        return
    must_go_on(row, row.judged_at)
    if comment != row.comment and row.comment != command.was.strip():
        raise CommentChangedError
    row.comment = comment
    for line, level in news.items():
        session.merge(LiveMarkRow(live_id=row.id, line=line, level=level, at=at))
    session.flush()


def agree(session: Session, key: int, part: Part, *, by: Actor, at: datetime) -> bool:
    """Say that one's part is done; when both have, the play is finished.

    Args:
        session: A session.
        key: The play.
        part: Citizen or observer.
        by: Who says so; he must have that part.
        at: Now.

    Returns:
        Whether the play is finished now.

    Raises:
        NotFoundError: there is no such play, or the caller has another part.
        NothingSaidError: the script is empty.
        UnmarkedError: a line of the rubric has no level.
        LiveOverError: it was called off.
    """
    row = _locked(session, key, part, by=by)
    done = row.walked_at if part is Part.CITIZEN else row.judged_at
    if done is not None:
        return row.state == LiveState.FINISHED
    must_go_on(row, None)
    if part is Part.CITIZEN:
        if last(reads.said(session, row.id)) is None:
            raise NothingSaidError
        row.walked_at = at
    else:
        _, scenario = pinned(session, row.revision_id)
        if not is_complete(scenario.rubric, reads.marks(session, row.id)):
            raise UnmarkedError
        row.judged_at = at
    note(session, row, "agreed", by=by, at=at)
    if row.walked_at is None or row.judged_at is None:
        session.flush()
        return False
    finish(session, row, by=by, at=at)
    return True


def reconsider(
    session: Session, key: int, part: Part, *, by: Actor, at: datetime
) -> None:
    """Go on with one's part after all, while the other has not agreed.

    Raises:
        NotFoundError: there is no such play, or the caller has another part.
        LiveOverError: it is finished, or was called off.
    """
    row = _locked(session, key, part, by=by)
    must_go_on(row, None)
    done = row.walked_at if part is Part.CITIZEN else row.judged_at
    if done is None:
        return
    if part is Part.CITIZEN:
        row.walked_at = None
    else:
        row.judged_at = None
    session.flush()
    note(session, row, "reopened", by=by, at=at)


def _locked(session: Session, key: int, part: Part, *, by: Actor) -> LiveRow:
    """Fetch a play of whoever has a part, for himself alone until the commit."""
    query = select(LiveRow).where(LiveRow.id == key).with_for_update()
    row = session.scalars(query).first()
    if row is None or reads.people_in(row)[part] != by.person:
        raise NotFoundError(reads.MISSING)
    return row


def _news(
    session: Session, row: LiveRow, scenario: Scenario, command: Judge
) -> dict[str, int]:
    """Give the marks that differ from what is kept."""
    lines = {mark.id: mark for mark in scenario.rubric}
    for line, level in command.marks.items():
        if line not in lines or not 0 <= level <= highest_of(lines[line]):
            raise NotFoundError(N_("没有这一项或这一档；请按页面上现在的内容打分"))
    kept = reads.marks(session, row.id)
    return {k: level for k, level in command.marks.items() if kept.get(k) != level}
