"""Checklists go over the desk like every text; a changed clause lists each item."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.pages import articles_on
from tests.checklists.pages import draft_on
from tests.checklists.pages import list_on
from tests.checklists.pages import spine_on
from tests.sites import Site
from tests.sites import post
from trainer.checklists import queries
from trainer.kit import db

CHANGED = date(2026, 12, 1)
DUE = "/desk/due?on=2026-12-01"
CONFIRMED = re.compile(r'name="(reference|seen)" value="([^"]+)"')
AGENT_ONLY = item("agent", cites="[withdrawal-by-agent#conditions]")


@pytest.fixture
def changed(site: Site) -> Site:
    """Three items, of which two rest on a clause that changes on 1 December."""
    spine_on(site)
    articles_on(site)
    list_on(site, checklist(PARENTS, item("their-home"), AGENT_ONLY))
    return site


@pytest.mark.usefixtures("changed")
def test_a_changed_clause_lists_the_items_one_by_one(client: FlaskClient) -> None:
    page = client.get(DUE).text
    assert "共 2 项" in page
    assert "/checklists/rent-errors?on=2026-12-01#parents-home" in page
    assert "/checklists/rent-errors?on=2026-12-01#their-home" in page
    assert "#agent" not in page
    assert page.count("看这一条") == 2
    assert "怎么查：只核本人和配偶" in page
    assert "自有" in page  # what became of the clause stands beside


def test_still_true_is_said_of_one_item(changed: Site, client: FlaskClient) -> None:
    page = client.get(DUE).text
    first = page[page.index("#parents-home") :]
    sent = dict(CONFIRMED.findall(first)[:2])
    post(client, "/desk/due", sent, page=DUE)
    page = client.get(DUE).text
    assert "#parents-home" not in page
    assert "#their-home" in page
    with db.reading(changed.engine) as session:
        left = queries.stale_items(session, CHANGED)
    assert left == {("rent-errors", "their-home")}


@pytest.mark.usefixtures("changed")
def test_a_new_text_of_the_list_is_no_longer_stale(
    changed: Site, client: FlaskClient
) -> None:
    later = checklist(PARENTS).replace("2026-09-20", "2026-12-01")
    list_on(changed, later)
    assert "没有待复核的内容" in client.get(DUE).text


def test_the_desk_carries_a_draft_to_its_approval(
    changed: Site, client: FlaskClient
) -> None:
    draft = draft_on(changed, checklist(AGENT_ONLY), "agents")
    assert "易错清单" in client.get("/desk").text
    assert 'href="/checklists/new/checklist"' in client.get("/desk/new").text
    page = client.get(f"/desk/{draft.id}/review").text
    assert "把父母名下的住房算成申请人有房" in page
    assert client.get(f"/desk/{draft.id}").status_code == 200
