"""Use cases of articles: from a text to a draft; publishing does the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core import document
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.kit import markup
from trainer.knowledge import queries
from trainer.knowledge.domain.article import parse
from trainer.knowledge.domain.desk import Confirm
from trainer.knowledge.domain.desk import Preview
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.starting import HINTS
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.publishing.domain.typed import tidied
from trainer.publishing.domain.typed import unfinished
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.queries import TextKind
from trainer.publishing.queries import TextKinds
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


ARTICLES: TextKinds = {
    kind.value: TextKind(
        code=kind.value,
        name=KIND_NAMES[kind],
        prepare=prepare,
        home="knowledge.article",
        begin="desk.new",
        hint=HINTS[kind],
        is_article=True,
    )
    for kind in ArticleKind
}


def prepare_typed(
    session: Session, text: str, kinds: TextKinds = ARTICLES, usual: str = ""
) -> Prepared:
    """Prepare what came from a browser; do it before the write transaction begins.

    Args:
        session: A session.
        text: What was typed; it says its kind itself.
        kinds: The kinds there are.
        usual: Kind of a text that says none, or one nobody knows.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a section cannot be rendered within its limits.
    """
    clean = tidied(text)
    if mistakes := mistakes_of_typing(clean):
        raise MistakesError(mistakes)
    said = str(document.parse(clean).meta.get("kind"))
    kind = kinds.get(said) or kinds.get(usual) or next(iter(kinds.values()))
    return kind.prepare(clean, publishing.vocabulary(session))


def follow_text(
    session: Session, slug: str, prepared: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Begin the next text of a document that exists.

    Raises:
        NotFoundError: it does not.
        MistakesError: the text is of another kind.
    """
    by.must(Permission.EDIT)
    known = publishing.versions(session, reader=by, slug=slug)
    _must_stay(known[0].kind, prepared.manuscript)
    return publishing_service.create_draft(session, slug, prepared, by=by, at=at)


def save_text(
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


def submit_text(session: Session, key: int, *, by: Actor, at: datetime) -> Revision:
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
    session: Session,
    slug: str,
    text: str,
    *,
    by: Actor,
    at: datetime,
    kinds: TextKinds = ARTICLES,
) -> Preview:
    """Show how a text would look, or what is wrong with it; saves nothing."""
    by.must(Permission.EDIT)
    try:
        prepared = prepare_typed(session, text, kinds)
    except MistakesError as error:
        return Preview(card=None, mistakes=error.mistakes)
    manuscript = prepared.manuscript
    day = manuscript.header.effective_from
    kind = kinds[manuscript.kind]
    lost = publishing.dangling(session, manuscript.citations, day, reader=by)
    warnings = (*map(_dangling, lost), *kind.warnings(session, manuscript))
    if not kind.is_article:
        return Preview(card=None, sections=manuscript.sections, warnings=warnings)
    parts = (manuscript, prepared.html)
    card = queries.preview_card(session, slug, parts, reader=by, at=at)
    return Preview(card=card, warnings=warnings)


def _dangling(citation: Citation) -> Mistake:
    """Say that a citation leads nowhere."""
    words = N_(
        "引用“{words}”（{address}）找不到条款；批准前要改正",
        words=citation.words,
        address=citation.address,
    )
    return Mistake(citation.line, words)


def confirm_citation(
    session: Session,
    look: Confirm,
    *,
    by: Actor,
    at: datetime,
    kinds: TextKinds = ARTICLES,
) -> None:
    """Record that a text is still true against a cited clause as it stands now.

    Args:
        session: A session.
        look: What was looked at: all citations of the clause are meant, or those of
            the same section where sections are judged by themselves.
        by: Who looked.
        at: Now.
        kinds: The kinds there are.

    Raises:
        NotFoundError: there is no such citation.
    """
    by.must(Permission.EDIT)
    same = publishing.same_citations(session, look.reference, reader=by)
    asked = next(reference for reference in same if reference.id == look.reference)
    text = publishing.revision(session, asked.revision, reader=by)
    for reference in same:
        if not kinds[text.kind].by_section or reference.item == asked.item:
            publishing_service.confirm_reference(
                session, reference.id, look.seen, look.note, by=by, at=at
            )


def _must_stay(kind: str, manuscript: Manuscript) -> None:
    """Stop here when a text would turn its article into one of another kind."""
    if manuscript.kind != kind:
        words = N_(
            "这篇文章的 kind 一直是 {kind}，不能改；请改回，或另建一篇", kind=kind
        )
        raise MistakesError([Mistake(0, words)])
