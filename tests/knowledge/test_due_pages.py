"""What must be looked at again, from the browser's side."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_text
from tests.knowledge.desks import ANSWER
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import NEW_RULES
from tests.knowledge.desks import RULES
from tests.knowledge.desks import counted
from tests.knowledge.desks import published
from tests.sites import Site
from tests.sites import post
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.knowledge import queries
from trainer.knowledge.domain.desk import DueFilter
from trainer.knowledge.service import ARTICLES
from trainer.publishing.domain.review import ReviewItem

DUE = "/desk/due"
LATER = "?on=2026-12-20"
OVERDUE = "badge bad"
CONFIRMED = re.compile(r'name="(reference|seen|revision)" value="([^"]+)"')


@pytest.fixture
def changed(site: Site) -> Site:
    """A guide that cites a clause which changes on 1 December 2026."""
    published(site, RULES, "rules")
    published(site, GUIDE)
    published(site, NEW_RULES, "rules")
    return site


def test_nothing_due_says_so(client: FlaskClient) -> None:
    assert "没有待复核的内容" in client.get(DUE).text


@pytest.mark.usefixtures("changed")
def test_a_changed_clause_leads_to_what_changed(client: FlaskClient) -> None:
    page = client.get(DUE).text
    assert "所引条款已变" in page
    assert "/articles/rules/diff?old=1&amp;new=2&amp;view=changes#s-term" in page
    assert "2026-12-01" in page
    assert OVERDUE not in page
    assert OVERDUE in client.get(DUE + LATER).text


@pytest.mark.usefixtures("changed")
def test_still_true_takes_it_off_the_list(client: FlaskClient) -> None:
    page = client.get(DUE).text
    form = dict(CONFIRMED.findall(page))
    answer = post(client, DUE, {**form, "note": "期限不影响", "back": DUE + LATER})
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.location == DUE + LATER
    assert "没有待复核的内容" in client.get(DUE).text


def test_a_periodic_look_is_due_and_confirmed(site: Site, client: FlaskClient) -> None:
    published(site, make_text(review_every_days="30"))
    page = client.get(DUE).text
    assert "到期复核：每 30 天看一遍" in page
    [(name, key)] = CONFIRMED.findall(page)
    post(client, DUE, {name: key, "note": ""})
    # Looked through today: due again on the last day of what the page shows.
    assert "2026-12-22" in client.get(DUE).text


def test_who_looked_last_stands_with_the_next_look(
    site: Site, client: FlaskClient
) -> None:
    published(site, make_text(review_every_days="30"))
    assert "上次认定仍然正确" not in client.get(DUE).text
    [(name, key)] = CONFIRMED.findall(client.get(DUE).text)
    post(client, DUE, {name: key, "note": "<b>电话问过</b>"})
    page = client.get(DUE).text
    looked = page.split("上次认定仍然正确")[1].split("</div>")[0]
    assert "editor（虚构） 2026-11-22 10:00" in looked
    assert "备注：&lt;b&gt;电话问过&lt;/b&gt;" in looked


@pytest.mark.usefixtures("changed")
def test_a_look_at_a_clause_is_kept_with_its_note(
    site: Site, client: FlaskClient
) -> None:
    form = dict(CONFIRMED.findall(client.get(DUE).text))
    post(client, DUE, {**form, "note": "期限不影响"})
    versions = "/articles/rent-withdrawal/versions"
    kept = client.get(versions).text.split("复核记录")[1]
    assert "第 1 版引用的“第一条”仍然正确" in kept
    assert "editor（虚构） 2026-11-22 10:00，备注：期限不影响" in kept
    assert "期限不影响" in site.browser("approver").get(versions).text
    assert "复核记录" not in site.browser("clerk").get(versions).text


def test_a_clause_that_is_gone_cannot_be_confirmed(
    site: Site, client: FlaskClient
) -> None:
    published(site, RULES, "rules")
    published(site, GUIDE)
    without = NEW_RULES.replace("{#term}", "{#other}")
    published(site, without, "rules")
    page = client.get(DUE).text
    assert "所引条款已删除" in page
    assert "去修改" in page
    assert "仍然正确</button>" not in page


@pytest.mark.usefixtures("changed")
def test_the_list_is_narrowed(client: FlaskClient) -> None:
    for asked, shown in {
        "": True,
        "?line=withdraw": True,
        "?line=loan": False,
        "?overdue=y": False,
        "?overdue=y&on=2026-12-20": True,
        "?mine=y": False,
    }.items():
        assert ("所引条款已变" in client.get(DUE + asked).text) is shown, asked


def test_who_holds_the_post_sees_it_as_his(changed: Site) -> None:
    editor = changed.actors["editor"]
    holder = Actor(
        editor.person, editor.name, editor.permissions, frozenset({"withdrawal-desk"})
    )
    with db.reading(changed.engine) as session:
        part = queries.due(
            session,
            (queries.published_reviews,),
            DueFilter(mine=True),
            date(2026, 11, 22),
            reader=holder,
            kinds=ARTICLES,
        )
    assert [line.item.revision.slug for line in part.items] == ["rent-withdrawal"]


def test_another_source_joins_the_list(changed: Site) -> None:
    def doubled(session: Session, on: date, reader: Actor) -> list[ReviewItem]:
        found = queries.published_reviews(session, on, reader)
        return [i for i in found if i.reference is None]

    changed.app.extensions["review_sources"] = (doubled,)
    assert "没有待复核的内容" in changed.browser("editor").get(DUE).text


def test_an_approver_reads_the_list_and_confirms_nothing(changed: Site) -> None:
    approver = changed.browser("approver")
    page = approver.get(DUE)
    assert "所引条款已变" in page.text
    assert "仍然正确</button>" not in page.text
    answer = post(approver, DUE, {"reference": 1, "seen": "x"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.usefixtures("changed")
def test_a_note_that_is_too_long_is_refused(client: FlaskClient) -> None:
    answer = post(client, DUE, {"reference": 1, "note": "长" * 1001})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    missing = post(client, DUE, {"reference": 999, "seen": "x"})
    assert missing.status_code == HTTPStatus.NOT_FOUND


def test_the_list_asks_as_much_for_many_as_for_few(
    changed: Site, client: FlaskClient
) -> None:
    def asked() -> int:
        with counted(changed.engine) as statements:
            client.get(DUE)
        return len(statements)

    few = asked()
    for n in range(8):
        body = f"{ANSWER}按[第一条](cite:rules#term)办第 {n} 件。"
        published(changed, make_text(body=body, review_every_days="30"), f"more-{n}")
    assert asked() == few
