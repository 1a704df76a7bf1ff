"""What is right is nowhere to be found before an attempt is handed in."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from tests.quizzes.exams import MORNING
from tests.quizzes.published import QUIZ
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.quizzes.test_taking_pages import keep
from tests.sites import Site
from tests.sites import post
from tests.web.matrix import TABLE
from trainer.kit import db
from trainer.quizzes.models import PaperRow

SECRETS = {
    "of the explanation": "机密解析甲",
    "of why a choice is wrong": "机密原因乙",
    "of a blank": "机密填空丙",
    "of another wording": "机密写法丁",
    "of a key point": "机密要点戊",
    "of a number": "987654.21",
    "of the order": '["a", "b", "c"]',
    "of the title of the bank": "机密题库己",
}
COMMON = """\
  competency: P6
  difficulty: 1
  asks: rule
  explanation: 机密解析甲。
  cites: [rules#papers]
"""
TYPES = {
    "single": """\
  options:
    - {text: 身份证, correct: true}
    - {text: 户口簿, why: 机密原因乙}
""",
    "multiple": """\
  options:
    - {text: 身份证, correct: true}
    - {text: 结婚证, correct: true}
    - {text: 户口簿, why: 机密原因乙}
""",
    "true_false": "  answer: true\n",
    "blanks": "  blanks: [[机密填空丙, 机密写法丁]]\n",
    "number": "  answer: 987654.21\n  unit: 元\n",
    "order": "  items: [核验身份, 受理, 审核]\n",
    "match": """\
  pairs:
    - {left: 租房, right: 无房证明}
    - {left: 购房, right: 购房合同}
""",
    "materials": """\
  items:
    - {text: 身份证, needed: true}
    - {text: 户口簿, needed: false, why: 机密原因乙}
""",
    "essay": "  points:\n    - {text: 机密要点戊, marks: 1}\n",
}
GIVEN: dict[str, list[str]] = {
    "blanks": ["随便"],
    "number": ["1"],
    "order": ["A", "B", "C"],
    "match": ["A", "B"],
    "essay": ["随便"],
}


def question(kind: str, own: str) -> str:
    place = " {{1}}" if kind == "blanks" else ""
    key = kind.replace("_", "-")
    return f"- id: {key}\n  type: {kind}\n  stem: 考一考{place}。\n{own}{COMMON}"


BANK = bank_of(*(question(kind, own) for kind, own in TYPES.items())).replace(
    "title: 租房提取", "title: 机密题库己"
)
ASKED = "".join(f"  - rent#{kind.replace('_', '-')}\n" for kind in TYPES)
EXAM = QUIZ.partition("minutes")[0] + f"minutes: 30\nquestions:\n{ASKED}"
WORDS = ("机密解析甲", "机密填空丙", "机密题库己", "考一考", "rent")


@pytest.fixture
def taker(site: Site) -> FlaskClient:
    """A clerk in the middle of an exam with every type of question."""
    with db.writing(site.engine) as session:
        put_rules(session)
        put_in_force(session, BANK)
        put_in_force(session, EXAM, "first")
    site.set_clock(MORNING)
    site.reindex()
    browser = site.browser("clerk")
    post(browser, "/quizzes/first/begin", {}, "/quizzes/first")
    return browser


def found_in(text: str) -> list[str]:
    return [name for name, secret in SECRETS.items() if secret in text]


def test_no_page_script_or_answer_tells_what_is_right(
    taker: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, kind in enumerate(TYPES, start=1):
        told = keep(taker, position=number, given=GIVEN.get(kind, ["A"]), number=number)
        assert told.status_code == 200, (kind, told.text)
        assert found_in(told.text) == []
    paths = {row.path for (_, method), row in TABLE.items() if method == "GET"}
    paths |= {f"/search?q={words}" for words in WORDS}
    paths |= {f"/search/live?q={words}" for words in WORDS}
    paths |= {"/articles/rent", "/articles/rent/versions", "/articles/rent/versions/1"}
    paths |= {"/articles/rent/diff?old=1&new=1", "/articles/rules/links"}
    paths |= {"/quizzes/first", "/quizzes/rent", "/desk/due", "/banks/", "/banks/rent"}
    leaks = {
        path: [name for name in found_in(taker.get(path).text) if not asked(path, name)]
        for path in sorted(paths)
    }
    assert {path: found for path, found in leaks.items() if found} == {}
    assert found_in(caplog.text) == []


def asked(path: str, name: str) -> bool:
    """Tell whether a page only repeats what was searched for."""
    return SECRETS[name] in path


def test_the_crawl_bites(taker: FlaskClient) -> None:
    post(taker, "/quizzes/attempts/1/submit", {}, "/quizzes/attempts/1/check")
    shown = taker.get("/quizzes/attempts/1/result").text
    hidden = {"of the title of the bank", "of the order"}
    assert set(found_in(shown)) == set(SECRETS) - hidden


def test_ones_own_data_has_the_letters_and_not_the_keys(
    taker: FlaskClient, site: Site
) -> None:
    place = [*TYPES].index("order") + 1
    keep(taker, position=place, given=["A", "C", "B"], number=1)
    with db.reading(site.engine) as session:
        kept = session.get_one(PaperRow, (1, place)).answer
    shown = taker.get("/people/me/data").text
    assert "A | C | B" in shown
    assert " | ".join(kept) not in shown


def test_a_search_for_the_words_of_a_question_finds_no_question(
    taker: FlaskClient,
) -> None:
    shown = taker.get("/search?q=考一考").text
    assert "/articles/rent" not in shown
