"""试算 in the browser: forms from inputs, results, mistakes, and nothing kept."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlalchemy import select

from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.kit.db import Base
from trainer.topics.domain.formulas import FORMULAS

QUOTA = {
    "applicants": "single",
    "balance": "4.5万",
    "family_income": "8,000",
    "years": "20",
    "home": "first",
    "on": "2026-11-22",
}


def run(client: FlaskClient, code: str, data: dict[str, object], part: str = "") -> str:
    path = f"/topics/formulas/{code}"
    return post(client, path + part, data, path).text


def test_the_list_names_every_formula(client: FlaskClient) -> None:
    page = client.get("/topics/formulas").text
    for formula in FORMULAS.values():
        assert formula.title in page
        assert f"/topics/formulas/{formula.code}?on=2026-11-22" in page


@pytest.mark.parametrize("code", FORMULAS)
def test_the_form_asks_for_every_input_with_its_label(
    client: FlaskClient, code: str
) -> None:
    page = client.get(f"/topics/formulas/{code}").text
    for asked in FORMULAS[code].inputs:
        assert f'for="{code}-{asked.name}">{asked.label}' in page
        assert f'name="{asked.name}"' in page
        assert asked.bounds in page


def test_a_run_shows_headline_deciding_limit_steps_and_sources(
    client: FlaskClient,
) -> None:
    page = run(client, "loan-quota", dict(QUOTA))
    assert "示例市最高可贷 598,367.89 元，由还款能力决定" in page
    deciding = page.split('<tr class="decides">')[1].split("</tr>")[0]
    assert "还款能力" in deciding
    assert "由它决定" in deciding
    assert "各项取最低" in page
    assert "示例市为虚构城市" in page
    assert "/articles/loan-rates?on=2026-11-22#first-home" in page
    assert 'value="4.5万"' in page


def test_what_rests_on_recall_is_marked(client: FlaskClient) -> None:
    typed = {"sealed_on": "2026-01-31", "on": "2026-07-31"}
    page = run(client, "sealed-months", dict(typed))
    assert "封存满 6 个月" in page
    assert "待核实" in page.split("<h3>依据</h3>")[1]


def test_the_business_date_decides_the_rate(client: FlaskClient) -> None:
    typed = {"principal": "100万", "years": "30", "home": "first"}
    new = run(client, "loan-instalment", {**typed, "on": "2026-11-22"})
    old = run(client, "loan-instalment", {**typed, "on": "2025-05-07"})
    assert "2.60%" in new.split("用到的标准")[0]
    assert "2.85%" in old.split("用到的标准")[0]


def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(
    client: FlaskClient,
) -> None:
    path = "/topics/formulas/loan-quota"
    answer = post(client, path, {**QUOTA, "balance": "很多", "family_income": ""})
    assert answer.status_code == 422
    assert 'id="loan-quota-balance-wrong"' in answer.text
    assert 'value="很多"' in answer.text
    assert "请填写家庭月收入" in answer.text
    assert 'value="20"' in answer.text


def test_a_day_before_the_first_parameters_is_refused_at_the_day(
    client: FlaskClient,
) -> None:
    path = "/topics/formulas/loan-quota"
    answer = post(client, path, {**QUOTA, "on": "2025-12-31"})
    assert answer.status_code == 422
    wrong = answer.text.split('id="loan-quota-on-wrong"')[1]
    assert "2026-01-01" in wrong.split("</div>")[0]


def test_the_part_for_a_card_is_the_same_without_the_frame(client: FlaskClient) -> None:
    part = client.get("/topics/formulas/loan-quota/part?on=2026-11-22").text
    assert "<html" not in part
    assert 'name="csrf_token"' in part
    done = run(client, "loan-quota", dict(QUOTA), "/part")
    assert "598,367.89" in done
    assert "<html" not in done


def test_a_card_offers_its_formulas_and_links_to_their_pages(site: Site) -> None:
    formulas = "[loan-quota, loan-instalment]"
    with db.writing(site.engine) as session:
        make_approved(session, make_text(formulas=formulas), slug="quota")
    page = site.browser("clerk").get("/articles/quota?on=2026-11-22").text
    for code in ("loan-quota", "loan-instalment"):
        assert f'data-part="/topics/formulas/{code}/part?on=2026-11-22"' in page
        assert f'href="/topics/formulas/{code}?on=2026-11-22"' in page
    assert page.count('data-key="="') == 1


def test_an_unknown_formula_is_not_found(client: FlaskClient) -> None:
    assert client.get("/topics/formulas/none").status_code == 404


def rows(site: Site) -> int:
    """Count the rows of all tables."""
    with site.engine.connect() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        )


def test_inputs_are_neither_stored_nor_logged_nor_in_an_address(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    client = site.browser("clerk")
    before = rows(site)
    with caplog.at_level(logging.DEBUG):
        path = "/topics/formulas/loan-quota"
        answer = post(client, path, {**QUOTA, "balance": "41234.56"})
    assert answer.status_code == 200
    assert "41234.56" not in caplog.text
    assert 'method="post"' in answer.text
    assert rows(site) == before


def test_a_run_needs_a_login_and_the_token_of_a_page(site: Site) -> None:
    stranger = site.browser()
    assert stranger.get("/topics/formulas").status_code == 302
    clerk = site.browser("clerk")
    answer = clerk.post("/topics/formulas/loan-quota", data=QUOTA)
    assert answer.status_code == 400
