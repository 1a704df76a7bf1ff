"""Deciding on a text, from the browser's side."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.factories import make_approval
from tests.factories import make_text
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import NEW_RULES
from tests.knowledge.desks import RULES
from tests.knowledge.desks import published
from tests.knowledge.desks import submitted
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision

LATER = make_text(effective_from="2026-12-01")


@pytest.fixture
def approver(site: Site) -> FlaskClient:
    return site.browser("approver")


def status_of(site: Site, draft: Revision) -> Status:
    with db.reading(site.engine) as session:
        reader = site.actors["approver"]
        return publishing.revision(session, draft.id, reader=reader).status


def decision(draft: Revision, **more: str) -> dict[str, str]:
    return {"content_hash": draft.content_hash, **more}


def test_the_approver_sees_what_changes_and_what_hangs_on_it(
    site: Site, approver: FlaskClient
) -> None:
    published(site, RULES, "rules")
    published(site, GUIDE)
    draft = submitted(site, NEW_RULES, "rules")
    page = approver.get(f"/desk/{draft.id}/review").text
    assert re.search(r'<del class="w-number">15 日</del> → <ins[^>]*>10 日</ins>', page)
    assert re.search(r'<ins class="w-modal">可</ins>', page)
    assert "《租房提取》" in page
    assert 'name="kind-term"' in page
    assert 'name="kind-papers"' not in page
    assert "1 节未变" in page


def test_an_approval_says_what_each_change_means(
    site: Site, approver: FlaskClient
) -> None:
    published(site, RULES, "rules")
    draft = submitted(site, NEW_RULES, "rules")
    path = f"/desk/{draft.id}"
    review = f"{path}/review"
    refused = post(approver, f"{path}/approve", decision(draft), review)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请为每处变化选择性质，还差：第一条 期限" in refused.text
    told = decision(draft, **{"kind-term": "substance"})
    assert post(approver, f"{path}/approve", told, review).status_code == 302
    assert status_of(site, draft) is Status.APPROVED
    with db.reading(site.engine) as session:
        revision = publishing.version(
            session, "rules", 2, reader=site.actors["approver"]
        )
        [meaning] = publishing.meanings(session, revision)
    assert (meaning.section, meaning.kind) == ("term", ChangeKind.SUBSTANCE)


@pytest.mark.parametrize(
    ("found", "said"), [(True, "自动生效<"), (False, "片刻后就能查到")]
)
def test_who_approves_is_told_whether_search_shows_it_yet(
    site: Site, approver: FlaskClient, *, found: bool, said: str
) -> None:
    site.app.extensions["findable"] = lambda: found
    draft = submitted(site, LATER)
    review = f"/desk/{draft.id}/review"
    post(approver, f"/desk/{draft.id}/approve", decision(draft), review)
    assert said in approver.get("/desk/").text


def test_the_kind_is_proposed_from_the_header(
    site: Site, approver: FlaskClient
) -> None:
    published(site, RULES, "rules")
    text = NEW_RULES.replace("title:", "change_kind: clarify\ntitle:")
    draft = submitted(site, text, "rules")
    page = approver.get(f"/desk/{draft.id}/review").text
    assert re.search(r'<option selected value="clarify">', page)


def test_a_past_first_day_demands_a_reason_and_says_so(
    site: Site, approver: FlaskClient
) -> None:
    draft = submitted(site, make_text(effective_from="2026-09-20"))
    path = f"/desk/{draft.id}"
    assert "追溯：施行日 2026-09-20 早于今天" in approver.get(f"{path}/review").text
    send = f"{path}/approve", f"{path}/review"
    refused = post(approver, send[0], decision(draft), send[1])
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    given = decision(draft, reason="文件发布晚了")
    assert post(approver, send[0], given, send[1]).status_code == 302


def test_a_text_is_sent_back_with_a_reason_only(
    site: Site, approver: FlaskClient
) -> None:
    draft = submitted(site, LATER)
    send = f"/desk/{draft.id}/send-back", f"/desk/{draft.id}/review"
    refused = post(approver, send[0], decision(draft, back=" "), send[1])
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明退回修改的理由" in refused.text
    given = decision(draft, back="缺少依据")
    assert post(approver, send[0], given, send[1]).status_code == 302
    assert status_of(site, draft) is Status.CHANGES_REQUESTED


def test_what_was_edited_meanwhile_is_not_approved_unread(
    site: Site, approver: FlaskClient
) -> None:
    draft = submitted(site, LATER)
    editor = site.actors["editor"]
    with db.writing(site.engine) as session:
        prepared = knowledge.prepare(LATER.replace("1500", "9900"))
        now = publishing_service.save_draft(
            session, draft.id, prepared, based_on=1, by=editor, at=NOW
        )
        publishing_service.submit(session, draft.id, by=editor, at=NOW)
    send = f"/desk/{draft.id}/approve", f"/desk/{draft.id}/review"
    refused = post(approver, send[0], decision(draft), send[1])
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "和您看到的不是同一份" in refused.text
    assert "9900 元" in refused.text
    assert now.content_hash in refused.text


def test_the_second_of_two_approvers_is_told_who_was_first(
    site: Site, approver: FlaskClient
) -> None:
    draft = submitted(site, LATER)
    page = f"/desk/{draft.id}/review"
    assert "批准" in approver.get(page).text
    with db.writing(site.engine) as session:
        publishing_service.approve(
            session, draft.id, make_approval(draft), by=site.actors["approver"], at=NOW
        )
    late = post(approver, f"/desk/{draft.id}/approve", decision(draft), page)
    assert late.status_code == HTTPStatus.CONFLICT
    assert "已被别人处理过" in late.text
    assert "已由 approver（虚构） 于 2026-11-22 10:00 批准，第 1 版" in late.text


def test_who_wrote_part_of_it_sees_why_he_may_not_approve(
    site: Site, approver: FlaskClient
) -> None:
    draft = submitted(site, LATER)
    with db.writing(site.engine) as session:
        prepared = knowledge.prepare(LATER.replace("1500", "1600"))
        both = site.actors["approver"]
        saved = publishing_service.save_draft(
            session,
            draft.id,
            prepared,
            based_on=1,
            by=type(both)(both.person, both.name, site.actors["editor"].permissions),
            at=NOW,
        )
        publishing_service.submit(session, draft.id, by=site.actors["editor"], at=NOW)
    page = approver.get(f"/desk/{draft.id}/review").text
    assert "您起草或修改过这份稿件，须由其他审批人批准" in page
    assert "退回修改" in page
    send = f"/desk/{draft.id}/approve", f"/desk/{draft.id}/review"
    refused = post(approver, send[0], decision(saved), send[1])
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_what_stands_against_it_is_shown_before_the_decision(
    site: Site, approver: FlaskClient
) -> None:
    published(site, LATER)
    draft = submitted(site, LATER.replace("无房租房可提", "见[条例](cite:no#one)"))
    page = approver.get(f"/desk/{draft.id}/review").text
    assert "生效期间与第 1 版" in page
    assert "这些引用找不到条款" in page
    assert "no#one" in page
    send = f"/desk/{draft.id}/approve", f"/desk/{draft.id}/review"
    refused = post(approver, send[0], decision(draft), send[1])
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_editor_reads_the_review_and_decides_nothing(
    site: Site, client: FlaskClient
) -> None:
    draft = submitted(site, LATER)
    page = client.get(f"/desk/{draft.id}/review").text
    assert "等待审批人处理" in page
    assert "退回修改" not in page
    for act in ("approve", "send-back"):
        answer = post(
            client,
            f"/desk/{draft.id}/{act}",
            decision(draft, back="不行"),
            f"/desk/{draft.id}/review",
        )
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert status_of(site, draft) is Status.IN_REVIEW


def test_a_text_that_does_not_exist_is_not_reviewed(approver: FlaskClient) -> None:
    assert approver.get("/desk/99/review").status_code == HTTPStatus.NOT_FOUND
