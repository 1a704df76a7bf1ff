"""From a draft to a revision in force: who may, what is demanded, what is kept."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import APPROVER
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_actor
from tests.factories import make_approval
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.kit.index import outbox
from trainer.knowledge import service as knowledge
from trainer.publishing import queries
from trainer.publishing import service
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import AuthorApprovesError
from trainer.publishing.domain.lifecycle import ReasonMissingError
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.lifecycle import UnclassifiedChangeError
from trainer.publishing.domain.lifecycle import WrongStepError
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import OverlapError

START = date(2026, 9, 20)


def in_review(session: Session, text: str | None = None) -> Revision:
    draft = make_draft(session, text)
    service.submit(session, draft.id, by=EDITOR, at=NOON)
    return draft


def test_an_approved_text_is_in_force_from_its_day(session: Session) -> None:
    make_approved(session)
    revision = queries.revision_on(session, "rent-withdrawal", START, reader=CLERK)
    assert (revision.number, revision.approved_by) == (1, APPROVER.person)
    with pytest.raises(NotFoundError):
        queries.revision_on(
            session, "rent-withdrawal", START - timedelta(1), reader=CLERK
        )


def test_a_draft_does_not_exist_for_a_clerk(session: Session) -> None:
    draft = in_review(session)
    assert queries.in_force(session, START, reader=EDITOR) == []
    with pytest.raises(NotFoundError):
        queries.revision(session, draft.id, reader=CLERK)


def test_the_text_is_kept_byte_for_byte(session: Session) -> None:
    text = "\ufeff" + make_text().replace("\n", "\r\n")
    assert queries.text(session, make_approved(session, text)) == text


def test_an_approval_is_announced_to_the_index(session: Session) -> None:
    make_approved(session)
    changes = outbox.changes_after(session, 0)
    assert changes.groups == ("rent-withdrawal",)
    assert changes.generation == outbox.last_generation(session)


def test_who_wrote_part_of_a_text_may_not_approve_it(session: Session) -> None:
    both = make_actor(7, Permission.EDIT, Permission.APPROVE)
    draft = make_draft(session)
    prepared = knowledge.prepare(make_text(title="租房"))
    saved = service.save_draft(
        session, draft.id, prepared, based_on=1, by=both, at=NOON
    )
    service.submit(session, draft.id, by=EDITOR, at=NOON)
    with pytest.raises(AuthorApprovesError):
        service.approve(session, draft.id, make_approval(saved), by=both, at=NOON)


def test_an_edit_voids_the_review(session: Session) -> None:
    draft = in_review(session)
    prepared = knowledge.prepare(make_text(title="租房"))
    service.save_draft(session, draft.id, prepared, based_on=1, by=EDITOR, at=NOON)
    assert queries.revision(session, draft.id, reader=EDITOR).status is Status.DRAFT


def test_the_approver_approves_what_he_has_read(session: Session) -> None:
    draft = in_review(session)
    stale = make_approval(make_draft(session, make_text(title="另一份"), slug="other"))
    with pytest.raises(ConflictError, match="不是同一份"):
        service.approve(session, draft.id, stale, by=APPROVER, at=NOON)


def test_a_past_first_day_demands_a_reason(session: Session) -> None:
    draft = in_review(session, make_text(effective_from="2026-08-21"))
    approval = make_approval(draft, reason=" ")
    with pytest.raises(ReasonMissingError, match="追溯"):
        service.approve(session, draft.id, approval, by=APPROVER, at=NOON)
    service.approve(session, draft.id, make_approval(draft), by=APPROVER, at=NOON)
    events = queries.history(
        session, queries.version(session, "rent-withdrawal", 1, reader=CLERK)
    )
    assert (events[-1].act, events[-1].note) == (Act.APPROVED, "测试")


def test_a_second_text_of_the_same_day_must_say_that_it_corrects(
    session: Session,
) -> None:
    make_approved(session)
    again = make_text(body="## 一句话结论 {#answer}\n\n更正")
    with pytest.raises(OverlapError, match="supersedes: 2026-09-20"):
        make_approved(session, again)


def test_a_correction_takes_the_place_of_what_it_corrects(session: Session) -> None:
    make_approved(session)
    body = "## 一句话结论 {#answer}\n\n更正"
    make_approved(session, make_text(body=body, supersedes="2026-09-20"))
    held = queries.revision_on(session, "rent-withdrawal", START, reader=CLERK)
    assert held.number == 2


def test_every_changed_section_needs_a_change_kind(session: Session) -> None:
    make_approved(session)
    body = "## 一句话结论 {#answer}\n\n每月 **1800 元**。"
    draft = in_review(session, make_text(body=body, effective_from="2026-10-01"))
    untold = make_approval(draft, default=None)
    with pytest.raises(UnclassifiedChangeError, match="一句话结论"):
        service.approve(session, draft.id, untold, by=APPROVER, at=NOON)
    told = make_approval(draft, default=None, kinds={"answer": ChangeKind.SUBSTANCE})
    approved = service.approve(session, draft.id, told, by=APPROVER, at=NOON)
    assert [m.kind for m in queries.meanings(session, approved)] == [
        ChangeKind.SUBSTANCE
    ]


def test_a_citation_that_leads_nowhere_is_refused(session: Session) -> None:
    body = "## 一句话结论 {#answer}\n\n见[条例](cite:regulations#art-24)。"
    draft = in_review(session, make_text(body=body))
    with pytest.raises(MistakesError, match="regulations#art-24"):
        service.approve(session, draft.id, make_approval(draft), by=APPROVER, at=NOON)


@pytest.mark.parametrize("by", [CLERK, EDITOR], ids=["clerk", "editor"])
def test_approving_needs_the_permission(session: Session, by: Actor) -> None:
    draft = in_review(session)
    with pytest.raises(DeniedError):
        service.approve(session, draft.id, make_approval(draft), by=by, at=NOON)


def test_a_withdrawn_revision_never_was_in_force(session: Session) -> None:
    revision = make_approved(session)
    with pytest.raises(ReasonMissingError):
        service.withdraw(session, revision.id, "", by=APPROVER, at=NOON)
    service.withdraw(session, revision.id, "发布有误", by=APPROVER, at=NOON)
    assert queries.in_force(session, START, reader=CLERK) == []


def test_a_discarded_draft_can_be_brought_back(session: Session) -> None:
    draft = make_draft(session)
    service.discard(session, draft.id, by=EDITOR, at=NOON)
    with pytest.raises(WrongStepError):
        service.submit(session, draft.id, by=EDITOR, at=NOON)
    service.restore(session, draft.id, by=EDITOR, at=NOON)
    service.submit(session, draft.id, by=EDITOR, at=NOON)


def test_the_second_of_two_editors_is_refused_and_shown_the_other_text(
    session: Session,
) -> None:
    draft = make_draft(session)
    first = make_text(title="甲的文字")
    second = knowledge.prepare(make_text(title="乙的文字"))
    service.save_draft(
        session, draft.id, knowledge.prepare(first), based_on=1, by=EDITOR, at=NOON
    )
    with pytest.raises(service.EditedMeanwhileError) as refused:
        service.save_draft(session, draft.id, second, based_on=1, by=EDITOR, at=NOON)
    assert refused.value.theirs == first


def test_a_text_sent_back_comes_with_the_reason(session: Session) -> None:
    draft = in_review(session)
    service.send_back(session, draft.id, "缺少依据", by=APPROVER, at=NOON)
    revision = queries.revision(session, draft.id, reader=EDITOR)
    assert revision.status is Status.CHANGES_REQUESTED
    assert queries.history(session, revision)[-1].note == "缺少依据"
