"""Banks and quizzes on the desk: the list, each of them, and what the desk does."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.knowledge.desks import counted
from tests.quizzes.bank_pages import bank_on
from tests.quizzes.bank_pages import draft_on
from tests.quizzes.bank_pages import drafts
from tests.quizzes.bank_pages import fields
from tests.quizzes.bank_pages import rules_on
from tests.quizzes.banks import HEAD
from tests.quizzes.banks import HOME
from tests.quizzes.published import BANK
from tests.quizzes.published import QUIZ
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.sites import Site
from tests.sites import post
from trainer.quizzes.domain.editing import EMPTY

LATER = "?on=2026-12-01"
"""The cited clause has changed: `days` and `visit-days` are stale."""

CONFIRMED = re.compile(r'name="(reference|seen)" value="([^"]+)"')
SHOWN = re.compile(r'<article class="sheet question" id="([^"]+)"')


@pytest.fixture
def filled(site: Site) -> Site:
    """A bank in force with a draft of another, a quiz, and the rules they rest on."""
    rules_on(site)
    bank_on(site, BANK)
    bank_on(site, QUIZ, "first-quiz")
    draft_on(site, HEAD.replace("租房提取", "在写的题库") + EMPTY, "fresh")
    return site


# The list


def test_an_empty_list_says_why_and_offers_a_beginning(client: FlaskClient) -> None:
    page = client.get("/banks/").text
    assert "还没有题库" in page
    assert 'href="/banks/new/questions"' in page


@pytest.mark.usefixtures("filled")
def test_the_list_tells_what_there_is(client: FlaskClient) -> None:
    page = client.get("/banks/").text
    rows = re.findall(r'<th scope="row"><a href="/banks/([^"]+)"', page)
    assert sorted(rows) == ["first-quiz", "fresh", "rent"]
    assert "未施行" in page
    assert "2026-09-20 起" in page
    assert "2 题</span>" not in page
    assert "2 题</span>" in client.get(f"/banks/{LATER}").text


NARROWED = {
    "kind=quiz": ["first-quiz"],
    "kind=questions&open=y": ["fresh"],
    "words=在写": ["fresh"],
    "line=loan": [],
    "stale=y": [],
    "stale=y&on=2026-12-01": ["rent"],
    "kind=<b>&part=x&line=": ["fresh", "rent", "first-quiz"],
}


@pytest.mark.usefixtures("filled")
def test_the_list_is_narrowed(client: FlaskClient) -> None:
    for wanted, shown in NARROWED.items():
        page = client.get(f"/banks/?{wanted}").text
        rows = re.findall(r'<th scope="row"><a href="/banks/([^"]+)"', page)
        assert sorted(rows) == sorted(shown), wanted


def test_the_list_asks_as_much_of_the_database_for_many_as_for_few(
    site: Site, client: FlaskClient
) -> None:
    def asked_for() -> int:
        with counted(site.engine) as statements:
            client.get("/banks/")
        return len(statements)

    rules_on(site)
    bank_on(site, BANK, "bank-0")
    bank_on(site, QUIZ, "quiz-0")
    asked_for()
    few = asked_for()
    for n in range(1, 5):
        bank_on(site, BANK, f"bank-{n}")
        bank_on(site, QUIZ, f"quiz-{n}")
        draft_on(site, BANK, f"draft-{n}")
    asked_for()
    assert asked_for() == few


# A bank


@pytest.mark.usefixtures("filled")
def test_a_question_is_shown_as_takers_see_it_with_its_answer_folded(
    client: FlaskClient,
) -> None:
    page = client.get("/banks/rent").text
    assert SHOWN.findall(page) == ["days", "papers", "visit-days", "visit-papers"]
    assert "李某来办事。" in page
    assert "《提取规定》第一条 期限" in page
    face = page.partition("<details>")[0]
    assert "无房可提" in face
    assert "规定这样写" not in face


QUESTIONS = {
    "words=身份证": ["papers", "visit-papers"],
    "words=李某 15": ["visit-days"],
    "type=single": [],
    "difficulty=2&competency=P5": ["days", "papers", "visit-days", "visit-papers"],
    "difficulty=3": [],
    "stale=y": [],
    "stale=y&on=2026-12-01": ["days", "visit-days"],
    "difficulty=x&type=<b>&revision=&draw=x": [
        *("days", "papers", "visit-days", "visit-papers")
    ],
}


@pytest.mark.usefixtures("filled")
def test_questions_are_narrowed(client: FlaskClient) -> None:
    for wanted, shown in QUESTIONS.items():
        page = client.get(f"/banks/rent?{wanted}").text
        assert SHOWN.findall(page) == shown, wanted


def test_another_draw_shows_other_numbers_and_escapes_them(
    site: Site, client: FlaskClient
) -> None:
    text = (HOME / "instalments-and-prepayment.yaml").read_text("utf-8")
    draft = draft_on(site, text)
    pages = {
        client.get(f"/banks/rent?revision={draft.id}&draw={n}").text for n in range(4)
    }
    assert all("换一组数" in page for page in pages)
    stems = {re.sub(r"<[^>]+>|draw=\d+", "", page) for page in pages}
    assert len(stems) > 1


def test_a_draft_is_shown_and_told_of(filled: Site, client: FlaskClient) -> None:
    path = "/banks/rent/questions/days"
    sent = {**fields(client.get(path).text), "stem": "草稿里的题。"}
    place = post(client, path, sent).location
    assert "草稿里的题" in client.get(place).text
    held = client.get("/banks/rent").text
    assert "草稿里的题" not in held
    assert "有一份在办稿件" in held
    assert len(drafts(filled)) == 1


def test_what_is_not_there_is_missing(filled: Site, client: FlaskClient) -> None:
    [(draft, _)] = drafts(filled, "fresh")
    for path in (
        "/banks/nothing",
        "/banks/rules",
        f"/banks/rent?revision={draft.id}",
        "/banks/rent?revision=999",
    ):
        assert client.get(path).status_code == HTTPStatus.NOT_FOUND, path


# Nobody else


PATHS = (
    *("/articles/rent", "/articles/rent/versions", "/articles/rent/versions/1"),
    *("/articles/rent/diff", "/articles/rent/links"),
    *("/articles/first-quiz", "/articles/first-quiz/versions"),
    *("/articles/first-quiz/versions/1", "/articles/first-quiz/diff"),
    "/articles/first-quiz/links",
)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("role", ["clerk", "supervisor", "administrator"])
def test_to_others_banks_and_quizzes_are_no_articles(site: Site, role: str) -> None:
    browser = site.browser(role)
    for path in PATHS:
        assert browser.get(path).status_code == HTTPStatus.NOT_FOUND, path
    for path in ("/banks/", "/banks/rent", "/banks/first-quiz"):
        assert browser.get(path).status_code == HTTPStatus.FORBIDDEN, path
    assert "/banks/" not in browser.get("/").text


# The desk


@pytest.mark.usefixtures("filled")
def test_an_article_address_leads_to_the_own_page(client: FlaskClient) -> None:
    assert client.get("/articles/rent").location == "/banks/rent"
    place = client.get("/articles/rent/versions/1").location
    assert client.get(place).status_code == HTTPStatus.OK
    assert client.get("/articles/rent/versions/9").status_code == HTTPStatus.NOT_FOUND
    for path in ("/versions", "/diff", "/links"):
        page = client.get(f"/articles/rent{path}")
        assert page.status_code == HTTPStatus.OK
        assert 'href="/banks/rent' in page.text


def test_the_desk_lists_and_narrows_every_kind(
    filled: Site, client: FlaskClient
) -> None:
    assert "在写的题库" in client.get("/desk").text
    assert "在写的题库" in client.get("/desk?kind=questions").text
    assert "在写的题库" not in client.get("/desk?kind=quiz").text
    assert "/banks/new/quiz" in client.get("/desk/new").text
    assert filled


def test_a_bank_goes_through_the_desk_like_an_article(
    filled: Site, client: FlaskClient
) -> None:
    path = "/desk/follow/rent"
    chosen = {
        "follows": "new_rule",
        "first_day": "2026-12-05",
        "change_kind": "clarify",
    }
    page = post(client, path, {**chosen, "change_note": "改说法"}).text
    text = str(fields(page)["text"]).replace("无房可提", "有房可提")
    assert 'name="was-kind"' not in page
    assert 'name="was-phrases"' not in page
    shown = post(client, path + "/save", {"text": text, "preview": "1"}, path)
    assert "第1题 有房可提" in shown.text
    answer = post(client, path + "/save", {"text": text, "submit": "1"}, path)
    [(draft, _)] = drafts(filled)
    assert answer.location == f"/desk/{draft.id}/review"
    approver = filled.browser("approver")
    review = approver.get(answer.location).text
    assert re.search(r"<del[^>]*>无</del>", review)
    given = {**fields(review), "reason": ""}
    given |= dict.fromkeys(
        re.findall(r'<select[^>]*name="(kind-[^"]+)"', review), "typo"
    )
    done = post(approver, f"/desk/{draft.id}/approve", given, answer.location)
    assert done.status_code == HTTPStatus.FOUND, done.text
    assert "有房可提" in client.get("/banks/rent?on=2026-12-05").text
    assert "有房可提" in client.get("/articles/rent/diff").text


@pytest.mark.usefixtures("filled")
def test_a_stale_question_is_listed_by_itself_with_what_changed(
    client: FlaskClient,
) -> None:
    page = client.get("/desk/due").text
    assert "第1题 无房可提。" in page
    assert "第3题 李某要等 15 日。" in page
    assert "《提取规定》第一条 期限" in page
    assert "rules#term" not in page
    assert re.search(r'<del class="w-number">15[^<]*</del>', page)
    assert "/banks/rent?" in page


@pytest.mark.usefixtures("filled")
def test_still_true_is_said_of_one_question_alone(
    filled: Site, client: FlaskClient
) -> None:
    page = client.get("/desk/due").text
    form = dict(CONFIRMED.findall(page)[:2])
    post(client, "/desk/due", {**form, "note": "问过科长"})
    left = client.get("/desk/due").text
    assert ("第1题 无房可提。" in left) != ("第3题 李某要等 15 日。" in left)
    assert "publishing" not in left
    assert "问过科长" in client.get("/articles/rent/versions").text
    assert "《提取规定》第一条 期限" in client.get("/articles/rent/versions").text
    assert filled.audited()[-1].verb == "reference.confirmed"


def test_the_due_list_asks_as_much_for_many_questions_as_for_few(
    site: Site, client: FlaskClient
) -> None:
    def asked_for() -> int:
        with counted(site.engine) as statements:
            client.get("/desk/due")
        return len(statements)

    rules_on(site)
    bank_on(site, BANK, "bank-0")
    few = asked_for()
    for n in range(1, 4):
        more = bank_of(*(asked(f"q{i}", stem=f"第 {i} 问。") for i in range(5)))
        bank_on(site, more, f"bank-{n}")
    assert asked_for() == few
