"""Ticking off at the counter, without a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.checklists.shown import put_everything
from tests.databases import statements
from tests.sites import Site
from tests.sites import post
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.kit import db

TICK = "/checklists/tick"
STEP = f"{TICK}?business=withdraw.rent&step=verify"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
BOXES = re.compile(r'name="ticked" value="([^"]+)"')


@pytest.fixture
def filled(site: Site) -> Site:
    with db.writing(site.engine) as session:
        put_everything(session)
    return site


@pytest.fixture
def clerk(filled: Site) -> FlaskClient:
    return filled.browser("clerk")


def ticket_on(page: TestResponse) -> str:
    found = TICKET.search(page.text)
    assert found, page.text
    return found[1]


def outcomes(site: Site) -> list[tuple[str, bool, bool, bool]]:
    """Give of each item that was shown whether it was ticked, ignored, useful."""
    with db.reading(site.engine) as session:
        rows = session.scalars(
            select(ShowingItemRow).order_by(
                ShowingItemRow.showing_id, ShowingItemRow.position
            )
        )
        return [
            (r.item, bool(r.ticked_at), bool(r.ignored_at), bool(r.useful_at))
            for r in rows
            if r.shown_at
        ]


def test_a_clerk_chooses_a_business_then_a_step(clerk: FlaskClient) -> None:
    page = clerk.get(TICK)
    assert "租房提取" in page.text
    page = clerk.get(f"{TICK}?business=withdraw.rent")
    assert "核验" in page.text
    assert "复核" in page.text
    assert "5 条" in page.text
    assert "支付</a>" not in page.text  # nothing stands at that step
    assert "还没有易错清单" in clerk.get(f"{TICK}?business=loan.rate").text


def test_the_items_of_a_step_stand_with_a_box_the_worst_first(
    clerk: FlaskClient,
) -> None:
    page = clerk.get(STEP)
    found = [address.partition("#")[2] for address in BOXES.findall(page.text)]
    assert found == ["item-4", "item-3", "item-2", "item-5", "item-1"]
    assert "只核本人和配偶在缴存城市有没有住房" in page.text
    assert "/articles/rent-withdrawal?on=2026-11-22#answer" in page.text
    for kind in ("text", "search", "number", "tel"):
        assert f'<input type="{kind}"' not in page.text  # nowhere to write a name


def test_what_is_ticked_is_noted_and_the_next_step_is_offered(
    filled: Site, clerk: FlaskClient
) -> None:
    ticket = ticket_on(clerk.get(STEP))
    form = {
        "ticket": ticket,
        "ticked": ["rent-errors#item-4", "rent-errors#item-1"],
        "useful": ["rent-errors#item-1"],
    }
    done = post(clerk, f"{STEP}&person=agent", form, page=STEP)
    assert done.status_code == 302
    page = clerk.get(done.headers["Location"])
    assert "5 条里勾了 2 条" in page.text
    assert "下一环节：复核" in page.text
    assert "person=agent" in page.text
    assert outcomes(filled) == [
        ("item-4", True, False, False),
        ("item-3", False, True, False),
        ("item-2", False, True, False),
        ("item-5", False, True, False),
        ("item-1", True, False, True),
    ]
    with db.reading(filled.engine) as session:
        row = session.scalars(select(ShowingRow)).one()
        assert row.person_id == filled.actors["clerk"].person
        assert (row.source, row.token_id) == ("counter", None)


def test_after_the_last_step_there_is_no_next_one(clerk: FlaskClient) -> None:
    page = clerk.get(f"{TICK}?business=withdraw.rent&done=review")
    assert "后面的环节没有易错提示" in page.text
    assert "下一环节" not in page.text


def test_sent_twice_it_is_noted_once_and_changed_it_is_refused(
    filled: Site, clerk: FlaskClient
) -> None:
    ticket = ticket_on(clerk.get(STEP))
    form: dict[str, object] = {"ticket": ticket, "ticked": ["rent-errors#item-4"]}
    for words in ("5 条里勾了 1 条", "没有重复记"):
        done = post(clerk, TICK, form, page=STEP)
        assert words in clerk.get(done.headers["Location"]).text
    before = outcomes(filled)
    changed = post(clerk, TICK, {"ticket": ticket, "ticked": []}, page=STEP)
    assert changed.status_code == 409
    assert "已经记下的不变" in changed.text
    assert outcomes(filled) == before


def test_a_ticket_of_another_clerk_or_of_yesterday_is_refused(
    filled: Site, clerk: FlaskClient
) -> None:
    ticket = ticket_on(clerk.get(STEP))
    editor = filled.browser("editor")
    refused = post(editor, TICK, {"ticket": ticket}, page=STEP)
    assert refused.status_code == 403
    filled.set_clock(NOW + timedelta(hours=25))
    tomorrow = filled.browser("clerk")
    late = post(tomorrow, TICK, {"ticket": ticket}, page=STEP)
    assert late.status_code == 422
    assert "超过 24 小时" in late.text
    assert outcomes(filled) == []


def test_looking_notes_nothing(filled: Site, clerk: FlaskClient) -> None:
    clerk.get(STEP)
    clerk.get("/checklists/tips?business=withdraw.rent&step=verify")
    assert outcomes(filled) == []


@pytest.mark.parametrize(
    "more", ["&person=nobody", "&on=someday", "&date=2026-02-30", "&region=x"]
)
def test_what_cannot_be_read_is_told(clerk: FlaskClient, more: str) -> None:
    assert clerk.get(f"{STEP}{more}").status_code == 422


def test_a_step_without_items_leads_to_those_that_have_some(
    clerk: FlaskClient,
) -> None:
    page = clerk.get(STEP.replace("verify", "pay"))
    assert "没有符合情况的易错提示" in page.text
    assert "核验" in page.text


def test_the_pages_ask_few_questions(filled: Site, clerk: FlaskClient) -> None:
    for path in (TICK, f"{TICK}?business=withdraw.rent", STEP):
        clerk.get(path)
        with statements(filled.engine) as asked:
            clerk.get(path)
        assert len(asked) <= 14, path
