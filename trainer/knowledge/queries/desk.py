"""Reads of texts that are not published yet, for those who may know of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.core.wording import N_
from trainer.knowledge.domain.desk import Codes
from trainer.knowledge.domain.desk import DeskFilter
from trainer.knowledge.domain.desk import DeskLine
from trainer.knowledge.domain.desk import OpenText
from trainer.knowledge.domain.desk import Step
from trainer.knowledge.domain.desk import is_own
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.starting import template
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Event
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.topics import queries as topics

NOBODY = N_("系统")
"""Shown for what no person did: an import, a set-up."""


def desk(
    session: Session, wanted: DeskFilter, kinds: Collection[str], *, reader: Actor
) -> Part[DeskLine]:
    """Give the texts of some kinds that are on the desk, longest waiting first.

    Raises:
        DeniedError: this reader knows of no drafts.
    """
    must_see_drafts(reader)
    shown_kinds = [kind for kind in kinds if wanted.kind in {"", kind}]
    found = publishing.with_status(
        session, wanted.statuses, reader=reader, kinds=shown_kinds
    )
    fitting = [
        revision
        for revision in found
        if wanted.line in {"", revision.header.line}
        and (not wanted.mine or is_own(revision, reader.person, reader.posts))
    ]
    first = offset(wanted.part)
    shown = fitting[first : first + SIZE]
    authors = (revision.created_by for revision in shown)
    names = people.names(session, authors, reader=reader)
    returned = publishing.last_events(session, shown, Act.SENT_BACK)
    lines = [
        DeskLine(
            revision=revision,
            author=names.get(revision.created_by, NOBODY),
            reason=_reason(revision, returned.get(revision.id)),
        )
        for revision in shown
    ]
    return Part(tuple(lines), wanted.part, len(fitting))


def open_text(session: Session, key: int, *, reader: Actor) -> OpenText:
    """Give a text to an editor.

    Raises:
        DeniedError: he is no editor.
        NotFoundError: there is no such text.
    """
    reader.must(Permission.EDIT)
    revision = publishing.revision(session, key, reader=reader)
    others = open_revisions(session, revision.slug, reader=reader)
    return OpenText(
        revision=revision,
        text=publishing.text(session, revision),
        last=steps(session, revision, reader=reader)[-1],
        others=tuple(other for other in others if other.id != key),
    )


def open_revisions(session: Session, slug: str, *, reader: Actor) -> list[Revision]:
    """Give the texts of an article that somebody still works on."""
    revisions = publishing.versions(session, reader=reader, slug=slug)
    return [revision for revision in revisions if revision.status in OPEN]


def to_follow(session: Session, slug: str, on: date, *, reader: Actor) -> Revision:
    """Give the version that a new text of an article follows: in force, else last.

    Raises:
        DeniedError: the reader is no editor.
        NotFoundError: nothing of it was ever published.
    """
    reader.must(Permission.EDIT)
    found = publishing.approved(session, reader=reader, slug=slug)
    number = number_on(found, on) or max((r.number or 0 for r in found), default=0)
    return publishing.version(session, slug, number, reader=reader)


def steps(session: Session, revision: Revision, *, reader: Actor) -> tuple[Step, ...]:
    """Give what was done to a text, oldest first, with names."""
    events = publishing.history(session, revision)
    names = people.names(session, (event.by for event in events), reader=reader)
    return tuple(_step(event, names) for event in events)


def codes(session: Session) -> Codes:
    """Give the codes an author may write, as they are registered now."""
    known = topics.topics(session)
    return Codes(
        lines={line.code: line.name for line in known.lines},
        businesses={b.code: b.name for b in known.businesses},
        posts={post.code: post.name for post in people.posts(session)},
        competencies=topics.competency_names(session),
        formulas=topics.formula_titles(),
    )


def template_for(
    session: Session, kind: ArticleKind, on: date, *, reader: Actor
) -> str:
    """Give what a new article begins with, with the reader's own line and post.

    Raises:
        DeniedError: the reader is no editor.
    """
    reader.must(Permission.EDIT)
    lines = topics.topics(session).lines
    own = [line for line in lines if line.owner in reader.posts]
    first = next(iter([*own, *lines]), None)
    return template(
        kind,
        line=first.code if first else f"{PLACEHOLDER}：业务线代码】",
        owner=first.owner if first else f"{PLACEHOLDER}：岗位代码】",
        first_day=on,
    )


def must_see_drafts(reader: Actor) -> None:
    """Stop here unless unpublished texts exist for this reader."""
    if not reader.sees_drafts:
        reader.must(Permission.EDIT)


def _step(event: Event, names: dict[int, str]) -> Step:
    return Step(event=event, person=names.get(event.by, NOBODY))


def _reason(revision: Revision, returned: Event | None) -> str:
    is_back = revision.status is Status.CHANGES_REQUESTED
    return returned.note if is_back and returned else ""
