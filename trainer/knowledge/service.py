"""Use cases of articles: from a text to a draft; publishing does the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import ConflictError
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit import markup
from trainer.knowledge import queries
from trainer.knowledge.domain.article import parse
from trainer.knowledge.domain.desk import Preview
from trainer.knowledge.domain.starting import must_be_slug
from trainer.knowledge.domain.typed import mistakes_of_typing
from trainer.knowledge.domain.typed import tidied
from trainer.knowledge.domain.typed import unfinished
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.service import Prepared


def prepare(text: str, vocabulary: Vocabulary | None = None) -> Prepared:
    """Parse a text and make the safe HTML of its sections.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a section cannot be rendered within its limits.
    """
    parsed = parse(text, vocabulary)
    if parsed.manuscript is None:
        raise MistakesError(parsed.mistakes)
    sections = parsed.manuscript.sections
    pages = markup.render([section.text for section in sections])
    html = {s.id: page for s, page in zip(sections, pages, strict=True)}
    return Prepared(manuscript=parsed.manuscript, html=html)


def prepare_typed(session: Session, text: str) -> Prepared:
    """Prepare what came from a browser; do it before the write transaction begins.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a section cannot be rendered within its limits.
    """
    clean = tidied(text)
    if mistakes := mistakes_of_typing(clean):
        raise MistakesError(mistakes)
    return prepare(clean, publishing.vocabulary(session))


def start_article(
    session: Session, slug: str, prepared: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Begin an article with its first text.

    Raises:
        BadSlugError: the identity cannot be.
        ConflictError: it is taken.
    """
    by.must(Permission.EDIT)
    must_be_slug(slug)
    try:
        publishing.versions(session, reader=by, slug=slug)
    except NotFoundError:
        return publishing_service.create_draft(session, slug, prepared, by=by, at=at)
    raise ConflictError(
        N_("标识“{slug}”已有文章；请换一个，或到那篇文章里点“修订”", slug=slug)
    )


def follow_article(
    session: Session, slug: str, prepared: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Begin the next text of an article that exists.

    Raises:
        NotFoundError: it does not.
        MistakesError: the text is of another kind.
    """
    by.must(Permission.EDIT)
    known = publishing.versions(session, reader=by, slug=slug)
    _must_stay(known[0].kind, prepared.manuscript)
    return publishing_service.create_draft(session, slug, prepared, by=by, at=at)


def save_article(
    session: Session,
    key: int,
    prepared: Prepared,
    *,
    based_on: int,
    by: Actor,
    at: datetime,
) -> Revision:
    """Save a text that is still being written; one that did not change stays.

    Raises:
        EditedMeanwhileError: somebody else saved in between.
        MistakesError: the text is of another kind.
        WrongStepError: it is not open any more.
    """
    by.must(Permission.EDIT)
    revision = publishing.revision(session, key, reader=by)
    _must_stay(revision.kind, prepared.manuscript)
    unchanged = prepared.manuscript.content_hash == revision.content_hash
    if unchanged and revision.edit == based_on:
        return revision
    return publishing_service.save_draft(
        session, key, prepared, based_on=based_on, by=by, at=at
    )


def submit_article(session: Session, key: int, *, by: Actor, at: datetime) -> Revision:
    """Hand a text to whoever approves.

    Raises:
        MistakesError: places of the template are not filled in.
        WrongStepError: it is not a draft.
    """
    by.must(Permission.EDIT)
    revision = publishing.revision(session, key, reader=by)
    if mistakes := unfinished(publishing.text(session, revision)):
        raise MistakesError(mistakes)
    publishing_service.submit(session, key, by=by, at=at)
    return publishing.revision(session, key, reader=by)


def preview(
    session: Session, slug: str, text: str, *, by: Actor, at: datetime
) -> Preview:
    """Show how a text would look, or what is wrong with it; saves nothing."""
    by.must(Permission.EDIT)
    try:
        prepared = prepare_typed(session, text)
    except MistakesError as error:
        return Preview(card=None, mistakes=error.mistakes)
    manuscript = prepared.manuscript
    day = manuscript.header.effective_from
    lost = publishing.dangling(session, manuscript.citations, day, reader=by)
    return Preview(
        card=queries.preview_card(
            session, slug, (manuscript, prepared.html), reader=by, at=at
        ),
        warnings=tuple(
            Mistake(
                c.line,
                N_(
                    "引用“{words}”（{address}）找不到条款；批准前要改正",
                    words=c.words,
                    address=c.address,
                ),
            )
            for c in lost
        ),
    )


def confirm_citation(
    session: Session, key: int, seen: str, note: str, *, by: Actor, at: datetime
) -> None:
    """Record that a text is still true against a cited clause as it stands now.

    Args:
        session: A session.
        key: Key of one of its citations of the clause; all of them are meant.
        seen: Digest of the clause that was looked at.
        note: What the person wrote, may be empty.
        by: Who looked.
        at: Now.

    Raises:
        NotFoundError: there is no such citation.
    """
    by.must(Permission.EDIT)
    for reference in publishing.same_citations(session, key, reader=by):
        publishing_service.confirm_reference(
            session, reference.id, seen, note, by=by, at=at
        )


def _must_stay(kind: str, manuscript: Manuscript) -> None:
    """Stop here when a text would turn its article into one of another kind."""
    if manuscript.kind != kind:
        words = N_(
            "这篇文章的 kind 一直是 {kind}，不能改；请改回，或另建一篇", kind=kind
        )
        raise MistakesError([Mistake(0, words)])
