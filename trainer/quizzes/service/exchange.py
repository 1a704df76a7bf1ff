"""Imports and exports of questions: confirmed as one draft, taken back, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.following import Following
from trainer.publishing.domain.following import Follows
from trainer.publishing.domain.following import following
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.written import written
from trainer.publishing.service import Prepared
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.joining import joined
from trainer.quizzes.domain.exchange.joining import placed
from trainer.quizzes.domain.exchange.previewing import Target
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import bank_text
from trainer.quizzes.domain.written import front_matter_of
from trainer.quizzes.service.exchange_preview import TooMuchError
from trainer.quizzes.service.texts import prepare

IMPORTED = "questions.imported"
REASON = N_("导出题库内容")
"""What the record of exports says: questions are no personal data, nobody is asked."""


class OlderPreviewError(ConflictError):
    """The bank has another text than the preview was made of."""

    def __init__(self) -> None:
        super().__init__(
            N_("预览之后，这个题库换了内容；下面是按现在的内容重做的预览，请再看一遍")
        )


class AlreadyImportedError(ConflictError):
    """The same person has just confirmed the same; ``draft`` is its key."""

    def __init__(self, draft: int) -> None:
        super().__init__(N_("这次导入已经确认过，没有再建一份"))
        self.draft = draft


class BegunAlreadyError(ConflictError):
    """Somebody has a draft of the bank open; ``draft`` is its key."""

    def __init__(self, draft: int) -> None:
        super().__init__(
            N_(
                "这个题库有一份在办稿件，两份各改各的会互相覆盖；"
                "请先送审批准或废弃那一份，再导入"
            )
        )
        self.draft = draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Command: make a draft of what a preview has shown.

    Attributes:
        target: The bank as it is now.
        seal: Digest of the text that the preview was made of.
        read: The questions that come in.
        note: Why, in a sentence; readers of versions see it.
    """

    target: Target
    seal: str
    read: Read
    note: str


def made(session: Session, command: Confirmed, *, by: Actor) -> Prepared:
    """Put the text together; do it before the transaction begins: it takes seconds.

    Raises:
        OlderPreviewError: the bank has changed.
        NotFoundError: nothing is left to come in.
        MistakesError: the text has mistakes.
        TooMuchError: the bank would be too large.
    """
    by.must(Permission.EDIT)
    target = command.target
    if command.seal != target.seal:
        raise OlderPreviewError
    coming = placed(command.read.questions, target.topic)
    if not coming:
        raise NotFoundError(N_("没有要导入的题；请至少留一题"))
    text = bank_text(_front_matter(command), joined(target.there, coming))
    if len(text.encode()) > MOST_BYTES:
        raise TooMuchError(len(text.encode()))
    return prepare(text, publishing.vocabulary(session))


def _front_matter(command: Confirmed) -> str:
    """Give the header of the draft: of a new bank as typed, else what follows."""
    target, wanted = command.target, command.target.destination
    if target.since is None:
        return wanted.front_matter + "\n".join(written("change_note", command.note))
    later = wanted.first_day > target.since
    follow = Following(
        follows=Follows.NEW_RULE if later else Follows.CORRECTION,
        first_day=wanted.first_day,
        change_kind=ChangeKind.SUBSTANCE,
        change_note=command.note,
    )
    return front_matter_of(following(target.text, follow))


def keep(
    session: Session, command: Confirmed, ready: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Keep what was confirmed as one draft.

    Raises:
        AlreadyImportedError: it was confirmed before; nothing is kept twice.
        BegunAlreadyError: somebody has a draft open.
        ConflictError: the identity of a new bank is taken.
    """
    wanted = command.target.destination
    draft = publishing_service.create_draft(session, wanted.slug, ready, by=by, at=at)
    known = publishing.versions(session, reader=by, slug=wanted.slug)
    others = [revision for revision in known if revision.id != draft.id]
    drafts = [revision for revision in others if revision.status in OPEN]
    for other in drafts:
        same = other.content_hash == draft.content_hash
        if same and other.created_by == by.person:
            raise AlreadyImportedError(other.id)
    if drafts:
        raise BegunAlreadyError(drafts[0].id)
    if wanted.is_new and any(o.status is not Status.DISCARDED for o in others):
        raise ConflictError(N_("标识“{slug}”已有内容；请换一个", slug=wanted.slug))
    audit.record(
        session,
        Entry(
            person=by.person,
            verb=IMPORTED,
            object=f"revision/{draft.id}",
            detail=str(len(command.read.drafts)),
            after=draft.content_hash,
        ),
        at=at,
    )
    return draft


def imported(session: Session, key: int, *, by: Actor) -> Revision:
    """Give a revision of a bank to who edits.

    Raises:
        NotFoundError: there is none.
    """
    by.must(Permission.EDIT)
    found = publishing.revision(session, key, reader=by)
    if found.kind != QUESTIONS:
        raise NotFoundError(N_("没有这次导入；请从“题目导入导出”重新选择"))
    return found


def undo(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Put the draft of an import aside.

    Raises:
        WrongStepError: it is not open any more.
    """
    imported(session, key, by=by)
    publishing_service.discard(session, key, by=by, at=at)


def redo(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Bring it back.

    Raises:
        BegunAlreadyError: another draft was begun meanwhile.
    """
    slug = imported(session, key, by=by).slug
    known = publishing.versions(session, reader=by, slug=slug)
    if others := [r for r in known if r.status in OPEN and r.id != key]:
        raise BegunAlreadyError(others[0].id)
    publishing_service.restore(session, key, by=by, at=at)


def to_export(
    session: Session, key: int, *, by: Actor
) -> tuple[Revision, str, tuple[Question, ...]]:
    """Give a bank, in force or a draft, with its text, to who edits or approves.

    Raises:
        DeniedError: to anybody else.
        NotFoundError: there is none.
    """
    _must_be_staff(by)
    found = publishing.revision(session, key, reader=by)
    text = publishing.text(session, found)
    bank = banks.parse(text).bank if found.kind == QUESTIONS else None
    if bank is None:
        raise NotFoundError(N_("没有这个题库；请重新选择"))
    return found, text, bank.questions


def record_export(session: Session, note: Export, *, by: Actor, at: datetime) -> None:
    """Keep that a bank is taken away; before it is handed out."""
    _must_be_staff(by)
    audit.exported(session, note, by=by, at=at)


def _must_be_staff(by: Actor) -> None:
    if not by.may(Permission.EDIT):
        by.must(Permission.APPROVE)
