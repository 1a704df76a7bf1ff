"""Changing one text by a form: always a draft, never what is approved.

For kinds of texts whose parts are written one by one: banks, quizzes, checklists. The
caller says which kinds are his, and how such a text is prepared.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries
from trainer.publishing.domain.following import Following
from trainer.publishing.domain.following import Follows
from trainer.publishing.domain.following import following
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.manuscript import Prepared
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.publishing.domain.typed import tidied
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.service.drafting import create_draft
from trainer.publishing.service.drafting import save_draft


@dataclass(frozen=True, slots=True)
class Owned:
    """The kinds of texts that a feature owns, and how it prepares one."""

    kinds: Collection[str]
    prepare: Callable[[str, Vocabulary], Prepared]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which text a change goes into.

    Attributes:
        slug: Which document.
        draft: Key of the draft that was open; 0 when a new one begins.
        based_on: ``edit`` of that draft when it was opened.
        first_day: First day of a new draft.
        note: What is new about it, in a sentence.
    """

    slug: str
    draft: int
    based_on: int
    first_day: date
    note: str


class BegunMeanwhileError(ConflictError):
    """Somebody began a draft after this editor had opened the text that holds."""


def to_change(
    session: Session, slug: str, key: int | None, own: Owned, *, reader: Actor
) -> Revision:
    """Find the text that a change goes into, or that its draft will follow.

    That is the text asked for while it is open, else the newest that is open, else
    what was asked for, else the newest of all.

    Raises:
        DeniedError: the reader is no editor.
        NotFoundError: there is no such text of these kinds.
    """
    reader.must(Permission.EDIT)
    known = queries.versions(session, reader=reader, slug=slug)
    if known[0].kind not in own.kinds:
        raise NotFoundError(N_("没有这篇内容：{slug}", slug=slug))
    asked = [revision for revision in known if revision.id == key]
    drafts = [revision for revision in known if revision.status in OPEN]
    return next(r for r in (*_open(asked), *drafts, *asked, *known))


def changed(
    session: Session,
    place: Place,
    change: Callable[[str], str],
    own: Owned,
    *,
    by: Actor,
) -> Prepared:
    """Apply a change to the text it goes into; do it before the transaction begins.

    Raises:
        BegunMeanwhileError: there is a draft now, and there was none.
        MistakesError: the new text has mistakes.
    """
    now = to_change(session, place.slug, place.draft or None, own, reader=by)
    if not place.draft and now.status in OPEN:
        raise BegunMeanwhileError(
            N_("您编辑期间，别人已开始了一份稿件；您写的都在，再保存一次就写进那份稿件")
        )
    text = queries.text(session, now)
    if not place.draft:
        text = following(text, _follow(now, place))
    return prepared(session, change(text), own)


def remembered(revision: Revision, on: date) -> dict[str, object]:
    """Give what a form remembers of the text it was opened from, by field.

    ``draft`` and ``based_on`` are 0 for a text that is not open any more: the change
    begins a draft of its own then, which holds from ``on``.
    """
    is_open = revision.status in OPEN
    return {
        "draft": revision.id if is_open else 0,
        "based_on": revision.edit if is_open else 0,
        "first_day": on,
    }


def prepared(session: Session, text: str, own: Owned) -> Prepared:
    """Prepare a text that was put together from what was typed.

    Raises:
        MistakesError: it has mistakes.
    """
    clean = tidied(text)
    if mistakes := mistakes_of_typing(clean):
        raise MistakesError(mistakes)
    return own.prepare(clean, queries.vocabulary(session))


def keep(
    session: Session, place: Place, ready: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Keep a changed text: in the draft it was opened from, or in a new one.

    Raises:
        EditedMeanwhileError: somebody else saved the draft in between.
        BegunMeanwhileError: somebody else began one.
        WrongStepError: the draft is not open any more.
    """
    if place.draft:
        return save_draft(
            session, place.draft, ready, based_on=place.based_on, by=by, at=at
        )
    draft = create_draft(session, place.slug, ready, by=by, at=at)
    known = queries.versions(session, reader=by, slug=place.slug)
    if [revision.id for revision in _open(known)] != [draft.id]:
        raise BegunMeanwhileError(
            N_("别人刚开始了一份稿件；您写的都在，再保存一次就写进那份稿件")
        )
    return draft


def _open(revisions: list[Revision]) -> list[Revision]:
    return [revision for revision in revisions if revision.status in OPEN]


def _follow(before: Revision, place: Place) -> Following:
    """Follow with a new day; what begins that day or later is corrected instead."""
    later = place.first_day > before.effective_from
    return Following(
        follows=Follows.NEW_RULE if later else Follows.CORRECTION,
        first_day=place.first_day,
        change_kind=ChangeKind.SUBSTANCE,
        change_note=place.note,
    )
