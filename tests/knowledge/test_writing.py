"""Use cases of writing: started, followed, saved, submitted, still true."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories import APPROVER
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import NEW_RULES
from tests.knowledge.desks import RULES
from trainer.core.actor import Actor
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.knowledge import service
from trainer.knowledge.domain.desk import Confirm
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.following import BadSlugError
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision


def start(session: Session, slug: str = "new-article", by: Actor = EDITOR) -> Revision:
    prepared = service.prepare_typed(session, make_text())
    return publishing_service.begin(session, slug, prepared, by=by, at=NOON)


def save(session: Session, draft: Revision, text: str) -> Revision:
    prepared = service.prepare_typed(session, text)
    return service.save_text(
        session, draft.id, prepared, based_on=draft.edit, by=EDITOR, at=NOON
    )


def test_a_new_article_begins_as_a_draft(session: Session) -> None:
    assert start(session).status is Status.DRAFT


def test_an_identity_is_taken_once(session: Session) -> None:
    start(session)
    with pytest.raises(ConflictError, match="已有内容"):
        start(session)


def test_an_identity_that_cannot_be_is_refused(session: Session) -> None:
    with pytest.raises(BadSlugError):
        start(session, slug="租房")


@pytest.mark.parametrize("by", [CLERK, APPROVER], ids=["clerk", "approver"])
def test_writing_needs_the_permission(session: Session, by: Actor) -> None:
    with pytest.raises(DeniedError):
        start(session, by=by)
    with pytest.raises(DeniedError):
        service.preview(session, "", make_text(), by=by, at=NOON)


def test_the_text_is_kept_as_typed_but_for_line_ends(session: Session) -> None:
    prepared = service.prepare_typed(session, make_text().replace("\n", "\r\n"))
    draft = publishing_service.begin(session, "a", prepared, by=EDITOR, at=NOON)
    assert publishing.text(session, draft) == make_text()


def test_saving_what_did_not_change_makes_nobody_an_author(session: Session) -> None:
    draft = make_draft(session)
    assert save(session, draft, make_text()).edit == draft.edit
    acts = [event.act for event in publishing.history(session, draft)]
    assert acts == [Act.CREATED]


def test_an_article_stays_of_its_kind(session: Session) -> None:
    draft = make_draft(session)
    with pytest.raises(MistakesError, match="kind"):
        save(session, draft, make_text(kind="qa"))
    make_approved(session, slug="other")
    prepared = service.prepare(make_text(kind="qa"))
    with pytest.raises(MistakesError, match="kind"):
        service.follow_text(session, "other", prepared, by=EDITOR, at=NOON)


def test_only_an_article_that_exists_is_followed(session: Session) -> None:
    prepared = service.prepare(make_text())
    with pytest.raises(NotFoundError):
        service.follow_text(session, "nobody", prepared, by=EDITOR, at=NOON)


def test_an_unfinished_template_is_not_submitted(session: Session) -> None:
    draft = make_draft(session, make_text(title="【请填写：标题】"))
    with pytest.raises(MistakesError, match="第 2 行"):
        service.submit_text(session, draft.id, by=EDITOR, at=NOON)


def test_a_preview_shows_the_card_and_what_leads_nowhere(session: Session) -> None:
    seen = service.preview(session, "", GUIDE, by=EDITOR, at=NOON)
    assert seen.card is not None
    assert "1500 元" in seen.card.sections[0].html
    assert seen.card.basis == ()
    [warning] = seen.warnings
    assert (warning.line, "rules#term" in warning.message) == (13, True)


def test_a_preview_of_a_broken_text_lists_its_mistakes(session: Session) -> None:
    seen = service.preview(session, "", "---\n", by=EDITOR, at=NOON)
    assert seen.card is None
    assert seen.mistakes


def test_a_clause_found_true_is_found_true_for_the_whole_text(
    session: Session,
) -> None:
    make_approved(session, RULES, slug="rules")
    twice = GUIDE.replace("办，", "办，再看[第一条](cite:rules#term)，")
    make_approved(session, twice)
    make_approved(session, NEW_RULES, slug="rules")
    day = publishing.version(session, "rules", 2, reader=EDITOR).effective_from
    first, second = publishing.stale(session, day, reader=EDITOR)
    assert first.reference.target == second.reference.target == "rules"
    look = Confirm(second.reference.id, second.now_hash or "", "看过")
    service.confirm_citation(session, look, by=EDITOR, at=NOON)
    assert publishing.stale(session, day, reader=EDITOR) == []


def test_confirming_needs_the_permission_and_the_citation(session: Session) -> None:
    with pytest.raises(NotFoundError):
        service.confirm_citation(session, Confirm(1, ""), by=EDITOR, at=NOON)
    with pytest.raises(DeniedError):
        service.confirm_citation(session, Confirm(1, ""), by=CLERK, at=NOON)
