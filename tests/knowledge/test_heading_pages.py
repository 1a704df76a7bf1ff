"""The form of the front matter above a text, from the browser's side."""

from __future__ import annotations

import html
import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.factories import make_text
from tests.knowledge.desks import drafted
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.publishing import queries as publishing

PHRASES = "[提房租, “引号”<b>]"
TEXT = make_text(title="原来的", deputy="risk-desk", phrases=PHRASES)
WAS = re.compile(r'name="(was-[a-z_]+)" value="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*name="text"[^>]*>\r?\n(.*?)</textarea>', re.DOTALL)
NEW = "/desk/new/guide"


@pytest.fixture
def path(site: Site) -> str:
    """Where a draft is edited."""
    return f"/desk/{drafted(site, TEXT).id}"


def was(page: str) -> dict[str, str]:
    """Give the states that a page has shown."""
    return {name: html.unescape(state) for name, state in WAS.findall(page)}


def untouched(page: str) -> dict[str, object]:
    """Give what a browser sends of a form that nobody has touched."""
    shown = was(page)
    fields: dict[str, object] = {
        f"head-{name.removeprefix('was-')}": state for name, state in shown.items()
    }
    del fields["head-sample"]  # a box that is not ticked
    for codes in ("business", "competencies", "formulas"):
        fields[f"head-{codes}"] = str(fields[f"head-{codes}"]).split()
    area = AREA.search(page)
    assert area
    text = html.unescape(area[1])
    return {**shown, **fields, "text": text.replace("\n", "\r\n"), "based_on": 1}


def sent(client: FlaskClient, path: str, **changed: object) -> dict[str, object]:
    """Give the form of a page with some fields changed."""
    return {**untouched(client.get(path).text), **changed}


def saved(site: Site) -> str:
    """Give the text of the one draft."""
    with db.reading(site.engine) as session:
        reader = site.actors["editor"]
        [draft] = publishing.versions(session, reader=reader, slug="rent-withdrawal")
        return publishing.text(session, draft)


def test_the_form_shows_what_the_text_says(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    states = was(page)
    assert states["was-title"] == "原来的"
    assert states["was-phrases"] == "提房租\n“引号”<b>"
    assert 'type="date" value="2026-09-20"' in page
    assert '<option selected value="risk-desk">risk-desk（没有登记）' in page
    assert page.count("<b>") == 0


def test_saving_without_a_change_leaves_every_byte(
    site: Site, client: FlaskClient, path: str
) -> None:
    answer = post(client, path, sent(client, path))
    assert answer.status_code == HTTPStatus.FOUND
    assert saved(site) == TEXT


def test_what_was_changed_in_the_form_is_written_into_the_text(
    site: Site, client: FlaskClient, path: str
) -> None:
    changed = {
        "head-title": "新标题",
        "head-verified_on": "2026-10-01",
        "head-sample": "y",
        "head-deputy": "",
        "head-phrases": "提房租\r\n房租咋取",
        "head-formulas": ["loan-quota", "monthly-deposit"],
    }
    answer = post(client, path, sent(client, path, **changed))
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    expected = (
        TEXT.replace("原来的", "新标题")
        .replace("deputy: risk-desk\n", "")
        .replace("测试用文本\n", "测试用文本\nverified_on: 2026-10-01\nsample: true\n")
        .replace(
            f"phrases: {PHRASES}\n",
            "formulas: [loan-quota, monthly-deposit]\n"
            "phrases:\n  - 提房租\n  - 房租咋取\n",
        )
    )
    assert saved(site) == expected


def test_both_ways_are_saved_together(
    site: Site, client: FlaskClient, path: str
) -> None:
    by_hand = TEXT.replace("1500", "1600").replace("evidence: A", "evidence: B")
    form = sent(client, path, text=by_hand, **{"head-title": "新标题"})
    assert post(client, path, form).status_code == HTTPStatus.FOUND
    assert saved(site) == by_hand.replace("原来的", "新标题")


def test_two_different_changes_of_one_entry_keep_both(
    site: Site, client: FlaskClient, path: str
) -> None:
    by_hand = TEXT.replace("原来的", "手改的")
    form = sent(client, path, text=by_hand, **{"head-title": "表单改的"})
    answer = post(client, path, form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "第 2 行：“标题”在表单和全文里都改过" in answer.text
    assert "title: 手改的" in answer.text
    assert 'value="表单改的"' in answer.text
    assert was(answer.text)["was-title"] == "原来的"
    assert saved(site) == TEXT


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("title", " ", "请填写标题"),
        ("line", "", "请填写业务线"),
        ("effective_from", "明天", "真实的日期"),
        ("issued_on", "2026-02-30", "真实的日期"),
        ("review_every_days", "9" * 5000, "30 到 730"),
        ("source", "好\x07", "控制字符"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_keeps_the_rest(
    client: FlaskClient, path: str, field: str, words: str, said: str
) -> None:
    changed = {f"head-{field}": words, "head-change_note": "留住我"}
    answer = post(client, path, sent(client, path, **changed))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    wrong = answer.text.split(f'id="head-{field}-wrong"')[1].split("</div>")[0]
    assert said in wrong
    assert "留住我" in answer.text
    assert "title: 原来的" in answer.text
    assert re.search(r'<details class="heading sheet"[^>]* open', answer.text)


def test_the_preview_shows_what_the_form_says(client: FlaskClient, path: str) -> None:
    form = sent(client, path, **{"head-title": "新标题"})
    page = post(client, path, {**form, "preview": "1"})
    assert page.status_code == HTTPStatus.OK
    assert "title: 新标题" in page.text
    part = post(client, "/desk/preview", form, path)
    assert "新标题" in part.text


def test_a_text_with_mistakes_comes_back_in_step(
    client: FlaskClient, path: str
) -> None:
    form = sent(client, path, **{"head-effective_to": "2026-01-01"})
    answer = post(client, path, form)
    assert "不晚于施行日" in answer.text
    assert "effective_to: 2026-01-01" in answer.text
    assert was(answer.text)["was-effective_to"] == "2026-01-01"


def test_a_front_matter_that_cannot_be_read_hides_the_form(
    client: FlaskClient, path: str
) -> None:
    broken = TEXT.replace("kind: guide", "kind: [guide")
    answer = post(client, path, sent(client, path, text=broken))
    assert "说明部分读不出来" in answer.text
    assert 'data-line="4"' in answer.text
    assert was(answer.text) == {}


def test_a_new_article_begins_with_the_form_open(client: FlaskClient) -> None:
    page = client.get(NEW).text
    assert re.search(r'<details class="heading sheet"[^>]* open', page)
    assert was(page)["was-kind"] == "guide"


# Form and text in step while somebody types


def met(client: FlaskClient, path: str, **changed: object) -> dict[str, str]:
    answer = post(client, "/desk/heading", sent(client, path, **changed), path)
    assert answer.status_code == HTTPStatus.OK
    found = answer.get_json()
    assert set(found) == {"text", "form"}
    return {"text": found["text"].replace("\r\n", "\n"), "form": found["form"]}


def test_a_change_of_the_form_comes_into_the_text(
    client: FlaskClient, path: str
) -> None:
    found = met(client, path, **{"head-title": "新标题"})
    assert found["text"] == TEXT.replace("原来的", "新标题")
    assert was(found["form"])["was-title"] == "新标题"


def test_a_change_of_the_text_comes_into_the_form(
    client: FlaskClient, path: str
) -> None:
    found = met(client, path, text=TEXT.replace("evidence: A", "evidence: B"))
    assert was(found["form"])["was-evidence"] == "B"
    broken = met(client, path, text=TEXT.replace("evidence: A", "evidence: D"))
    assert "第 8 行：“evidence”只能是" in broken["form"]
    assert "was-evidence" not in was(broken["form"])
    assert was(broken["form"])["was-title"] == "原来的"


def test_what_cannot_be_put_into_the_text_stays_in_the_form(
    client: FlaskClient, path: str
) -> None:
    by_hand = TEXT.replace("原来的", "手改的")
    found = met(client, path, text=by_hand, **{"head-title": "表单改的"})
    assert found["text"] == by_hand
    assert 'value="表单改的"' in found["form"]
    assert "都改过" in found["form"]
    wrong = met(client, path, **{"head-review_every_days": "7"})
    assert wrong["text"] == TEXT
    assert "30 到 730" in wrong["form"]
