"""What authors do: the graph, trying out, and the forms of nodes and choices."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.quizzes.bank_pages import drafts
from tests.quizzes.bank_pages import fields
from tests.scenarios.published import SLUG
from tests.scenarios.published import TEXT
from tests.scenarios.published import put_in_force
from tests.scenarios.published import put_rule
from tests.scenarios.test_editing import changes
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.editing import MARK
from trainer.scenarios.domain.reading import parse

HOME = f"/scenarios/{SLUG}"
DESK = f"/scripts/{SLUG}"
PLAIN = TEXT.replace("deputy: service-desk\n", "")


@pytest.fixture
def filled(site: Site) -> Site:
    """A scenario in force, with the clause it rests on."""
    by = (site.actors["editor"], site.actors["approver"])
    with db.writing(site.engine) as session:
        put_rule(session)
        put_in_force(session, PLAIN, by=by, at=NOW)
    return site


@pytest.fixture
def editor(filled: Site) -> FlaskClient:
    return filled.browser("editor")


def draft(site: Site) -> tuple[Revision, str]:
    found = drafts(site, SLUG)
    assert len(found) == 1
    return found[0]


def send(client: FlaskClient, path: str, **new: object) -> int:
    """Send the form of a page as it is shown, with some fields changed."""
    shown = fields(client.get(path).text)
    return post(client, path, {**shown, **new}, path).status_code


# The page


def test_an_author_sees_the_graph_and_all_of_it(editor: FlaskClient) -> None:
    page = editor.get(HOME).text
    assert "<svg" in page
    for words in ("say-yes", "节点 hello", "结局 done", "演一演"):
        assert words in page
    assert 'href="#home"' in page


def test_a_stale_node_is_marked_from_the_day_on(editor: FlaskClient) -> None:
    assert "条款已变" not in editor.get(HOME).text
    later = editor.get(f"{HOME}?on=2026-12-01").text
    assert later.count("条款已变") == 2
    due = editor.get("/desk/due?on=2026-12-01").text
    assert "hello" in due
    assert "home" in due


def test_findings_are_told_with_their_lines(filled: Site, editor: FlaskClient) -> None:
    assert send(editor, f"{DESK}/choices/send-away?node=home", to="gone") == 302
    page = editor.get(f"{HOME}?revision={draft(filled)[0].id}").text
    assert "“to”写的“gone”既不是节点也不是结局" in page


def test_an_approver_sees_it_and_changes_nothing(filled: Site) -> None:
    approver = filled.browser("approver")
    page = approver.get(HOME).text
    assert "试演，不留记录" in page
    assert "加节点" not in page
    assert approver.get(f"{DESK}/nodes").status_code == HTTPStatus.FORBIDDEN


# Trying out


def test_trying_out_shows_all_and_keeps_nothing(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/try?case=spouse-home").text
    assert "爱人在本市有一套房" in page
    assert "不妥" in page
    path = "ask-home.explain"
    page = editor.get(f"{DESK}/try?case=spouse-home&path={path}").text
    assert "结局 done" in page
    assert "100 分" in page
    assert "没演过" in editor.get("/scenarios/").text


def test_trying_out_begins_at_any_node(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/try?at=home&path=refuse").text
    assert "结局 wrong" in page
    assert "我租着房呢" not in page
    gone = editor.get(f"{DESK}/try?at=home&path=nothing")
    assert gone.status_code == HTTPStatus.CONFLICT


# Forms


def test_a_change_by_form_begins_a_draft_and_touches_one_line(
    filled: Site, editor: FlaskClient
) -> None:
    path = f"{DESK}/choices/say-yes?node=hello"
    assert send(editor, path, risk="2") == HTTPStatus.FOUND
    revision, text = draft(filled)
    gone, come = changes(PLAIN, text)
    assert "risk: 2" in come
    assert {line.split(":")[0] for line in come} == {
        *("risk", "effective_from", "change_kind", "change_note"),
    }
    assert [line for line in gone if line != "risk: 1"] == [
        "effective_from: 2026-09-20"
    ]
    assert send(editor, path, risk="1") == HTTPStatus.FOUND
    assert draft(filled)[0].id == revision.id


FORMS = (
    *("nodes/hello", "nodes/home", "endings/done"),
    *("choices/say-yes?node=hello", "choices/explain?node=home"),
    *("choices/accept-wrongly?node=home", "head"),
)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_as_it_is_shown_says_the_same(
    filled: Site, editor: FlaskClient, form: str
) -> None:
    assert send(editor, f"{DESK}/{form}") == HTTPStatus.FOUND
    gone, _ = changes(PLAIN, draft(filled)[1])
    assert gone == ["effective_from: 2026-09-20"]


def test_a_scenario_is_written_by_forms_from_nothing_to_review(
    filled: Site, editor: FlaskClient
) -> None:
    new = {
        "title": "排错了队",
        "slug": "queue",
        "about": "练首问负责",
        "day": "2026-12-01",
        "line": "withdraw",
        "owner": "withdrawal-desk",
        "effective_from": "2026-12-01",
    }
    page = "/scripts/new/scenario"
    shown = fields(editor.get(page).text)
    answer = post(editor, page, {**shown, **new}, page)
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    assert MARK in drafts(filled, "queue")[0][1]
    desk = "/scripts/queue"
    talks = {"why": "因为", "competency": ""}
    places: dict[str, dict[str, object]] = {
        "nodes": {"id": "second", "says": "那我去哪？", "tests": "communication"},
        "nodes/hello": {"says": "我排错队了！", "tests": ["communication"]},
        "endings/done": {"says": "好。", "debrief": "首问负责。"},
        "endings/wrong": {"says": "哼。", "debrief": "推走了。"},
    }
    for path, place in places.items():
        assert send(editor, f"{desk}/{path}", **place) == 302, path
    for node, key, rating, to, words in (
        ("hello", "away", "bad", "wrong", "抱歉，您请到别处去问问吧，我这里办不了。"),
        ("hello", "help", "best", "second", "我帮您看看。"),
        ("second", "away", "bad", "wrong", "抱歉，请您自己到楼上找找看吧，谢谢您。"),
        ("second", "lead", "best", "done", "我领您去。"),
    ):
        said = {"id": key, "rating": rating, "to": to, "reply": words, **talks}
        path = f"{desk}/choices?node={node}"
        assert send(editor, path, **said) == 302, key
    revision, text = drafts(filled, "queue")[0]
    assert MARK not in text
    assert parse(text).mistakes == ()
    assert parse(text).warnings == ()
    review = f"/desk/{revision.id}"
    sent = post(
        editor, review, {**fields(editor.get(review).text), "submit": "y"}, review
    )
    assert sent.location == f"{review}/review"


def test_a_graph_that_is_not_whole_is_kept_and_not_submitted(
    filled: Site, editor: FlaskClient
) -> None:
    page = f"{DESK}/endings/wrong"
    assert post(editor, f"{page}/remove", fields(editor.get(page).text), page)
    revision, text = draft(filled)
    assert MARK in text
    review = f"/desk/{revision.id}"
    sent = post(
        editor, review, {**fields(editor.get(review).text), "submit": "y"}, review
    )
    assert sent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "没填完" in sent.text


def test_places_are_moved_and_deleted(filled: Site, editor: FlaskClient) -> None:
    post(editor, f"{DESK}/choices/ask-home/move?node=hello", {"do": "up"}, HOME)
    text = draft(filled)[1]
    assert text.index("id: ask-home") < text.index("id: say-yes")
    page = f"{DESK}/choices/send-away?node=home"
    gone = post(
        editor, page.replace("?", "/remove?"), fields(editor.get(page).text), page
    )
    assert gone.status_code == HTTPStatus.FOUND
    assert "id: send-away" not in draft(filled)[1]


def test_rows_and_clauses_come_and_go_by_buttons(editor: FlaskClient) -> None:
    path = f"{DESK}/choices/ask-home?node=hello"
    shown = fields(editor.get(path).text)
    asked = {**shown, "article": "rent-withdrawal", "do": "sections"}
    page = post(editor, path, asked, path).text
    assert "条件" in page
    cited = {**asked, "section": "conditions", "do": "cite"}
    page = post(editor, path, cited, path).text
    assert 'name="cites-0"' in page
    assert "《租房提取》条件" in page
    page = post(editor, path, {**fields(page), "do": "remove cites 0"}, path).text
    assert 'name="cites-0"' not in page


MISTAKEN = {
    "an id that is none": (
        f"{DESK}/nodes",
        {"id": "Not An Id", "says": "好"},
        "小写字母",
    ),
    "no words": (f"{DESK}/nodes", {"id": "x", "says": ""}, "请写他说什么"),
    "nothing at stake": (f"{DESK}/nodes", {"id": "x", "says": "好"}, "缺少“tests”"),
    "an id that is taken": (
        f"{DESK}/endings",
        {"id": "done", "says": "好", "debrief": "好", "outcome": "good"},
        "“done”在第",
    ),
    "minutes": (f"{DESK}/choices/ask-home?node=hello", {"minutes": "99"}, "1 到 15"),
    "a case alone": (
        f"{DESK}/head",
        {"cases-1-id": "", "cases-1-told": ""},
        "“cases”只有一个",
    ),
    "unseen characters": (
        f"{DESK}/nodes/hello",
        {"says": "看不见\x07的"},
        "看不见的控制字符",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKEN)
def test_a_wrong_form_says_what_to_mend_and_keeps_what_was_typed(
    filled: Site, editor: FlaskClient, mistake: str
) -> None:
    path, wrong, told = MISTAKEN[mistake]
    answer = post(editor, path, {**fields(editor.get(path).text), **wrong}, path)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in re.sub(r"<[^>]+>", "", answer.text)
    assert drafts(filled, SLUG) == []


def test_two_authors_see_each_others_words(filled: Site, editor: FlaskClient) -> None:
    path = f"{DESK}/endings/done"
    send(editor, path, debrief="先来的话")
    shown = fields(editor.get(path).text)
    send(editor, path, debrief="后来的话")
    answer = post(editor, path, {**shown, "debrief": "我的话"}, path)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "我的话" in answer.text
    assert "debrief: 后来的话" in answer.text
    again = post(editor, path, fields(answer.text), path)
    assert again.status_code == HTTPStatus.FOUND
    assert "debrief: 我的话" in draft(filled)[1]


def test_what_is_not_there_does_not_exist(editor: FlaskClient) -> None:
    for path in (
        *("nodes/nobody", "endings/nobody", "choices/nobody?node=hello"),
        *("choices?node=nobody", "choices/ask-home", "rooms/x"),
    ):
        assert editor.get(f"{DESK}/{path}").status_code == 404, path
    assert editor.get("/scripts/rent-withdrawal/head").status_code == 404
    assert editor.get("/scripts/new/quiz").status_code == 404
