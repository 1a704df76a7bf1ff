"""The desk and the editor, from the browser's side."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.factories import make_text
from tests.knowledge.desks import ANSWER
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import RULES
from tests.knowledge.desks import counted
from tests.knowledge.desks import drafted
from tests.knowledge.desks import published
from tests.knowledge.desks import submitted
from tests.knowledge.desks import typed
from tests.sites import Site
from tests.sites import post
from trainer.core.document import MOST_BYTES
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision

NEW = "/desk/new/guide"
STAFF_PAGES = ("/desk", "/desk/new", NEW, "/desk/1", "/desk/1/review", "/desk/due")


def on_desk(site: Site, *statuses: Status) -> list[Revision]:
    with db.reading(site.engine) as session:
        return publishing.with_status(
            session, statuses or {Status.DRAFT}, reader=site.actors["editor"]
        )


def text_of(site: Site, revision: Revision) -> str:
    with db.reading(site.engine) as session:
        return publishing.text(session, revision)


# The list


def test_an_empty_desk_says_why_and_offers_a_beginning(client: FlaskClient) -> None:
    page = client.get("/desk").text
    assert "没有在办的稿件" in page
    assert 'href="/desk/new"' in page


def test_the_desk_shows_who_wrote_what_and_where_it_stands(
    site: Site, client: FlaskClient
) -> None:
    drafted(site, make_text(title="草稿甲"), "one")
    submitted(site, make_text(title="待审乙"), "two")
    page = client.get("/desk").text
    assert "草稿甲" in page
    assert "待审乙" in page
    assert "editor（虚构）" in page
    assert "共 2 份" in page


NARROWED = {
    "status=in_review": "乙",
    "status=draft": "甲",
    "line=loan": "",
    "line=withdraw": "甲乙",
    "mine=y": "甲乙",
    "status=approved": "甲乙",
    "status=<script>&line=<b>&mine=0&part=x": "",
}


def test_the_desk_is_narrowed(site: Site, client: FlaskClient) -> None:
    drafted(site, make_text(title="稿件甲"), "one")
    submitted(site, make_text(title="稿件乙"), "two")
    for asked, shown in NARROWED.items():
        page = client.get(f"/desk?{asked}").text
        assert [n for n in "甲乙" if f">稿件{n}</a>" in page] == list(shown), asked


def test_what_belongs_to_others_is_not_mine(site: Site) -> None:
    drafted(site, make_text(title="别人的稿件"))
    assert "别人的稿件" not in site.browser("approver").get("/desk?mine=y").text


def test_a_text_sent_back_shows_why(site: Site, client: FlaskClient) -> None:
    draft = submitted(site, make_text())
    with db.writing(site.engine) as session:
        publishing_service.send_back(
            session, draft.id, "缺少依据", by=site.actors["approver"], at=NOW
        )
    assert "缺少依据" in client.get("/desk").text
    assert "缺少依据" in client.get(f"/desk/{draft.id}").text


def test_a_text_is_put_aside_and_brought_back(site: Site, client: FlaskClient) -> None:
    draft = drafted(site, make_text(title="不要了"))
    assert post(client, f"/desk/{draft.id}/discard", {}, "/desk").status_code == 302
    assert "不要了" not in client.get("/desk").text
    discarded = "/desk?status=discarded"
    assert "不要了" in client.get(discarded).text
    post(client, f"/desk/{draft.id}/restore", {}, discarded)
    assert [r.id for r in on_desk(site)] == [draft.id]


@pytest.mark.parametrize("role", ["clerk", "supervisor", "administrator"])
def test_the_desk_is_for_those_who_write_and_approve(site: Site, role: str) -> None:
    drafted(site, make_text())
    browser = site.browser(role)
    for path in STAFF_PAGES:
        answer = browser.get(path)
        assert answer.status_code == HTTPStatus.FORBIDDEN, path
        assert "没有“编辑”权限" in answer.text


def test_the_menu_leads_to_the_desk_for_those_alone(site: Site) -> None:
    for role, seen in (("editor", True), ("approver", True), ("clerk", False)):
        assert ('href="/desk"' in site.browser(role).get("/").text) is seen


def test_the_desk_asks_as_much_of_the_database_for_many_texts_as_for_few(
    site: Site, client: FlaskClient
) -> None:
    def asked() -> int:
        with counted(site.engine) as statements:
            client.get("/desk")
        return len(statements)

    for n in range(2):
        drafted(site, make_text(), f"few-{n}")
    few = asked()
    for n in range(12):
        submitted(site, make_text(), f"many-{n}")
    assert asked() == few


# A new article


def test_a_kind_is_chosen_first(client: FlaskClient) -> None:
    page = client.get("/desk/new").text
    assert all(f"/desk/new/{k}" in page for k in ("policy", "guide", "qa", "online"))
    assert client.get("/desk/new/poem").status_code == HTTPStatus.NOT_FOUND


def test_the_editor_begins_with_the_template_of_the_kind(client: FlaskClient) -> None:
    page = client.get(NEW).text
    assert "kind: guide" in page
    assert "【请填写" in page


def test_a_new_article_is_kept_as_a_draft(site: Site, client: FlaskClient) -> None:
    answer = post(client, NEW, typed(GUIDE, slug="new-one", save="1"))
    assert answer.status_code == HTTPStatus.FOUND
    [draft] = on_desk(site)
    assert answer.location == f"/desk/{draft.id}"
    assert (draft.slug, text_of(site, draft)) == ("new-one", GUIDE)


def test_saving_and_submitting_is_one_step(site: Site, client: FlaskClient) -> None:
    post(client, NEW, typed(GUIDE, slug="new-one", submit="1"))
    assert [r.slug for r in on_desk(site, Status.IN_REVIEW)] == ["new-one"]


def test_an_unfinished_text_is_not_submitted_and_nothing_is_kept(
    site: Site, client: FlaskClient
) -> None:
    text = make_text(title="【请填写：标题】")
    answer = post(client, NEW, typed(text, slug="new-one", submit="1"))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "第 2 行：还有没填完的" in answer.text
    assert on_desk(site) == []


def test_a_bad_identity_keeps_what_was_typed(client: FlaskClient) -> None:
    wrong = {"租房": "小写字母", "": "小写字母", "a" * 65: "最多 64 个字符"}
    for slug, words in wrong.items():
        answer = post(client, NEW, typed(make_text(title="留住我"), slug=slug))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in answer.text
        assert "title: 留住我" in answer.text


def test_an_identity_that_is_taken_is_told(site: Site, client: FlaskClient) -> None:
    published(site, make_text(), "taken")
    answer = post(client, NEW, typed(make_text(title="留住我"), slug="taken"))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "已有内容" in answer.text
    assert "title: 留住我" in answer.text


BROKEN = {
    make_text(body="## 没有编号\n\n字"): "第 11 行：标题“没有编号”缺少固定编号",
    make_text(review_every_days="五"): "应是天数",
    "不是文章": "第 1 行：文件须以一行 --- 开头",
    "---\na: [\n---\n": "合法的 YAML",
    make_text(body=f"{ANSWER}坏\x01字"): "控制字符",
    make_text(body=f"{ANSWER}\ufffd\ufffd"): "乱码",
    make_text(effective_to="2026-09-01"): "不晚于施行日",
    make_text(effective_to="0001-01-01"): "不晚于施行日",
    make_text(body=f"{ANSWER}甲\n\n## 乙 {{#answer}}\n\n乙"): "重复",
    "": "正文是空的",
}


def test_a_text_with_mistakes_is_shown_again_with_its_lines(
    site: Site, client: FlaskClient
) -> None:
    for text, words in BROKEN.items():
        answer = post(client, NEW, typed(text, slug="new-one"))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, words
        assert words in answer.text
    assert on_desk(site) == []


def test_ten_megabytes_are_refused_in_a_sentence(client: FlaskClient) -> None:
    answer = post(client, NEW, typed("长" * 3_500_000, slug="new-one"))
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "不能超过 512 KB" in answer.text


def test_a_little_too_much_keeps_what_was_typed(client: FlaskClient) -> None:
    text = make_text(title="留住我", body=ANSWER + "a" * MOST_BYTES)
    answer = post(client, NEW, typed(text, slug="new-one"))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "超过上限 512 KB" in answer.text
    assert "title: 留住我" in answer.text


# The next text of an article


def test_a_revision_begins_with_the_text_in_force(
    site: Site, client: FlaskClient
) -> None:
    published(site, GUIDE.replace("cite:rules#term", "cite:rent-withdrawal#answer"))
    path = "/desk/follow/rent-withdrawal"
    assert "第 1 版" in client.get(path).text
    chosen = {
        "follows": "new_rule",
        "first_day": "2026-12-01",
        "change_kind": "substance",
        "change_note": "限额提高",
    }
    page = post(client, path, chosen).text
    assert "effective_from: 2026-12-01" in page
    assert "change_note: 限额提高\n" in page
    assert "1500 元" in page


def test_a_revision_without_a_note_is_asked_for_one(
    site: Site, client: FlaskClient
) -> None:
    published(site, make_text())
    answer = post(client, "/desk/follow/rent-withdrawal", {"first_day": "2026-12-01"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请用一句话写明改了什么" in answer.text


def test_the_next_text_is_kept_and_a_second_one_warned_of(
    site: Site, client: FlaskClient
) -> None:
    published(site, make_text())
    path = "/desk/follow/rent-withdrawal"
    text = make_text(effective_from="2026-12-01")
    answer = post(client, f"{path}/save", typed(text), path)
    assert answer.status_code == HTTPStatus.FOUND
    assert "已有在办稿件" in client.get(path).text


def test_nothing_follows_what_does_not_exist(client: FlaskClient) -> None:
    assert client.get("/desk/follow/nobody").status_code == HTTPStatus.NOT_FOUND


# Saving again


def test_two_editors_lose_nothing(site: Site, client: FlaskClient) -> None:
    draft = drafted(site, make_text(title="原来的"))
    path = f"/desk/{draft.id}"
    first = typed(make_text(title="别人的"), based_on=draft.edit)
    assert post(client, path, first).status_code == HTTPStatus.FOUND
    mine = typed(make_text(title="我的"), based_on=draft.edit)
    refused = post(client, path, mine)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "别人已保存过" in refused.text
    assert "title: 别人的" in refused.text
    assert "title: 我的" in refused.text
    assert re.search(r"<del[^>]*>别人</del>", refused.text)
    [now] = on_desk(site)
    assert re.search(f'name="based_on"[^>]* value="{now.edit}"', refused.text)
    again = typed(make_text(title="我的"), based_on=now.edit)
    assert post(client, path, again).status_code == HTTPStatus.FOUND
    assert text_of(site, now) == make_text(title="我的")


def test_a_text_that_was_approved_meanwhile_keeps_what_was_typed(
    site: Site, client: FlaskClient
) -> None:
    revision = published(site, make_text())
    answer = post(
        client,
        f"/desk/{revision.id}",
        typed(make_text(title="我的"), based_on=1),
        NEW,
    )
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "title: 我的" in answer.text


def test_an_edit_of_a_text_in_review_is_warned_of(
    site: Site, client: FlaskClient
) -> None:
    draft = submitted(site, make_text())
    assert "撤回送审" in client.get(f"/desk/{draft.id}").text


def test_what_is_done_is_not_edited_but_shown(site: Site, client: FlaskClient) -> None:
    revision = published(site, make_text())
    answer = client.get(f"/desk/{revision.id}")
    assert answer.location == f"/desk/{revision.id}/review"


def test_an_approver_does_not_write(site: Site) -> None:
    draft = drafted(site, make_text())
    browser = site.browser("approver")
    assert browser.get(f"/desk/{draft.id}").status_code == HTTPStatus.FORBIDDEN
    assert browser.get(NEW).status_code == HTTPStatus.FORBIDDEN


# Preview and citing


def test_the_preview_saves_nothing_and_keeps_what_was_typed(
    site: Site, client: FlaskClient
) -> None:
    answer = post(client, NEW, typed(GUIDE, slug="new-one", preview="1"))
    assert answer.status_code == HTTPStatus.OK
    assert "<strong>1500 元</strong>" in answer.text
    assert "批准前要改正" in answer.text
    assert "title: 租房提取" in answer.text
    assert on_desk(site) == []


def test_the_preview_beside_is_a_part_of_a_page(client: FlaskClient) -> None:
    part = post(client, "/desk/preview", typed(GUIDE), NEW)
    assert "<strong>1500 元</strong>" in part.text
    assert "<html" not in part.text
    broken = post(client, "/desk/preview", typed("---\n"), NEW)
    assert "还不能预览" in broken.text


def test_a_preview_is_safe(client: FlaskClient) -> None:
    body = f"{ANSWER}<script>alert(1)</script>[x](javascript:alert(1))"
    part = post(client, "/desk/preview", typed(make_text(body=body)), NEW)
    assert "<script" not in part.text
    assert "javascript:" not in part.text.partition("<article")[2]


def test_a_clause_is_found_to_be_cited(site: Site, client: FlaskClient) -> None:
    published(site, RULES, "rules")
    found = client.get("/desk/clauses?q=规定 期限").get_json()
    assert found == [
        {
            "name": "《提取规定》第一条 期限",
            "insert": "[《提取规定》第一条](cite:rules#term)",
        }
    ]
    assert client.get("/desk/clauses?q=").get_json() == []
    assert client.get("/desk/clauses?q=%25").get_json() == []
