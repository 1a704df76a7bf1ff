"""The competency framework in the browser: adding, changing, retiring, conflicts."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.competence.worlds import FRAMEWORK
from tests.competence.worlds import TOPICS
from tests.sites import Site
from tests.sites import post
from tests.topics.test_glossary_pages import save
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.editing import Editing
from trainer.topics.domain.editing import FieldMistakesError
from trainer.topics.domain.saves import TextName

LIST = "/topics/competencies"
ONE = f"{LIST}/items/P5"
FORM = {
    "name": "消费类提取和租房",
    "about": "租房",
    "lines": "withdraw",
    "tiers": "onboarding",
    "based_on": "1",
}


def present(site: Site) -> str:
    with db.reading(site.engine) as session:
        return queries.text(session, TextName.COMPETENCIES)


@pytest.fixture
def filled(site: Site) -> Site:
    save(site, TextName.TOPICS, TOPICS)
    save(site, TextName.COMPETENCIES, f"# 开头\n{FRAMEWORK}")
    return site


@pytest.fixture
def editor(filled: Site) -> FlaskClient:
    return filled.browser("editor")


def test_only_editors_see_the_forms(filled: Site, editor: FlaskClient) -> None:
    clerk = filled.browser("clerk")
    for path in (f"{LIST}/new", ONE, f"{LIST}/levels/L2", f"{LIST}/tiers/onboarding"):
        assert clerk.get(path).status_code == 403
        assert editor.get(path).status_code == 200
    for path in (f"{LIST}/new", ONE, f"{ONE}/retire", f"{LIST}/levels/L2"):
        assert post(clerk, path, dict(FORM), LIST).status_code == 403
    assert "加一项" not in clerk.get(LIST).text
    assert "加一项" in editor.get(LIST).text


def test_one_is_changed_by_form(filled: Site, editor: FlaskClient) -> None:
    shown = editor.get(ONE).text
    assert re.search(r'checked[^>]*value="withdraw"', shown)
    assert "代码 P5 不能改" in shown
    answer = post(editor, ONE, {**FORM, "why": "更清楚"})
    assert answer.location == f"{LIST}#P5"
    row = "{code: P5, name: 消费类提取和租房, about: 租房, lines: [withdraw]"
    assert row in present(filled)
    assert present(filled).startswith("# 开头\n")
    saves = editor.get("/topics/texts/competencies/saves").text
    assert "修改“消费类提取和租房”：更清楚" in saves


def test_a_new_one_gets_a_code_that_was_never_used(
    filled: Site, editor: FlaskClient
) -> None:
    new = {**FORM, "dimension": "C", "name": "安抚", "lines": ["service"]}
    assert post(editor, f"{LIST}/new", new).status_code == 302
    assert "{code: C6, name: 安抚" in present(filled)
    gone = {"based_on": "2", "why": "并入别项"}
    assert post(editor, f"{LIST}/items/C6/retire", gone, ONE).status_code == 302
    page = editor.get(LIST).text
    assert "C6 已停用，代码不会再用" in page
    assert "不再考核" in page
    assert editor.get(f"{LIST}/items/C6").status_code == 404
    assert post(editor, f"{LIST}/new", {**new, "based_on": "3"}).status_code == 302
    assert "{code: C7, name: 安抚" in present(filled)
    # Even where the whole text was made to forget it.
    save(filled, TextName.COMPETENCIES, FRAMEWORK, "忘掉")
    assert post(editor, f"{LIST}/new", {**new, "based_on": "5"}).status_code == 302
    assert "{code: C8, name: 安抚" in present(filled)


def test_what_is_wrong_is_told_and_what_was_typed_stays(
    filled: Site, editor: FlaskClient
) -> None:
    wrong = {**FORM, "name": "", "about": "留着", "lines": ["all", "withdraw"]}
    answer = post(editor, ONE, wrong)
    assert answer.status_code == 422
    assert "就不要再选别的条线" in answer.text
    assert 'value="留着"' in answer.text
    assert present(filled) == f"# 开头\n{FRAMEWORK}"


def test_whoever_comes_second_sees_both_and_may_save_again(
    filled: Site, editor: FlaskClient
) -> None:
    text = FRAMEWORK.replace("消费类提取", "先来的名字")
    save(filled, TextName.COMPETENCIES, text, "先来的")
    answer = post(editor, ONE, dict(FORM))
    assert answer.status_code == 409
    assert "别人先保存了" in answer.text
    assert "<dd>先来的名字</dd>" in answer.text
    assert 'value="消费类提取和租房"' in answer.text
    assert re.search(r'name="based_on"[^>]*value="2"', answer.text)
    assert present(filled) == text
    late = post(editor, f"{ONE}/retire", {"based_on": "1"}, ONE)
    assert late.status_code == 409
    assert post(editor, ONE, {**FORM, "based_on": "2"}).status_code == 302


def test_levels_dimensions_and_tiers_are_changed(
    filled: Site, editor: FlaskClient
) -> None:
    level = {"name": "独立", "counter": "独立办理", "anchors": "办结 50 件\n\n 无退件 "}
    path = f"{LIST}/levels/L3"
    assert post(editor, path, {**level, "based_on": "1"}).status_code == 302
    assert "anchors: [办结 50 件, 无退件]" in present(filled)
    assert "办结 50 件\n无退件" in editor.get(path).text
    tier = {"name": "上岗前", "level": "L2", "about": "先学", "based_on": "2"}
    assert post(editor, f"{LIST}/tiers/onboarding", tier).status_code == 302
    assert "level: L2, about: 先学" in present(filled)
    late = {"name": "规定", "based_on": "1"}
    answer = post(editor, f"{LIST}/dimensions/P", late)
    assert answer.status_code == 409
    assert "别人先保存了" in answer.text
    wrong = post(editor, f"{LIST}/dimensions/P", {"name": "", "based_on": "3"})
    assert wrong.status_code == 422
    assert "请填写" in wrong.text
    assert editor.get(f"{LIST}/levels/L9").status_code == 404
    assert editor.get(f"{LIST}/others/P").status_code == 404


def test_before_any_content_there_is_nothing_to_change(site: Site) -> None:
    editor = site.browser("editor")
    assert editor.get(f"{LIST}/new").status_code == 404
    assert editor.get(ONE).status_code == 404


def test_the_service_refuses_who_may_not_and_what_is_not_there(filled: Site) -> None:
    with db.writing(filled.engine) as session:
        retire = service.retire_competency
        clerk, editor = filled.actors["clerk"], filled.actors["editor"]
        with pytest.raises(DeniedError):
            retire(session, "P5", Editing(1), by=clerk, at=NOW)
        with pytest.raises(NotFoundError):
            retire(session, "P9", Editing(1), by=editor, at=NOW)
        for number, code in enumerate(("P5", "P1"), 1):
            retire(session, code, Editing(number), by=editor, at=NOW)
        with pytest.raises(FieldMistakesError):
            retire(session, "C5", Editing(3), by=editor, at=NOW)
        assert queries.competency_codes_ever(session) == {"P5", "P1", "C5"}
        assert queries.competency_codes(session) == {"C5"}
