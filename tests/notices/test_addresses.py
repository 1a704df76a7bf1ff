"""Addresses that an administrator enters: all or none, and nobody's own is touched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.databases import statements
from tests.sites import Site
from tests.sites import post
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import MistakesError
from trainer.kit import db
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.domain.addresses import Addressed
from trainer.notices.domain.addresses import Entered
from trainer.notices.domain.addresses import read_addresses

MOST_TO_ENTER = 5
"""Questions to the database for however many addresses that are there already."""


def lines(error: MistakesError) -> list[int]:
    return [each.line for each in error.mistakes]


@pytest.mark.parametrize(
    "text",
    [
        "工号,邮箱\nclerk,clerk@example.cn\nmentor,m@example.cn",
        "clerk\tclerk@example.cn\r\nmentor\tm@example.cn\r\n",
        "\n clerk  clerk@example.cn \n\nmentor，m@example.cn，\n",
    ],
)
def test_two_columns_are_read_as_they_are_copied(text: str) -> None:
    found = [(each.login, each.address) for each in read_addresses(text)]
    assert found == [("clerk", "clerk@example.cn"), ("mentor", "m@example.cn")]


def test_every_line_that_cannot_be_read_is_told() -> None:
    text = "clerk\nmentor,no address\nmentor,m@example.cn\nmentor,n@example.cn\n,,"
    with pytest.raises(MistakesError) as caught:
        read_addresses(text)
    assert lines(caught.value) == [1, 2, 4]


@given(st.text())
def test_whatever_is_pasted_is_read_or_told(text: str) -> None:
    try:
        found = read_addresses(text)
    except MistakesError as error:
        told = lines(error)
    else:
        told = [each.line for each in found]
    assert all(1 <= line <= len(text.splitlines()) for line in told)


def enter(site: Site, *told: tuple[str, str]) -> Entered:
    rows = [Addressed(n, *each) for n, each in enumerate(told, start=1)]
    with db.writing(site.engine) as session:
        by = site.actors["administrator"]
        return service.enter_addresses(session, rows, by=by, at=NOW)


def address_of(site: Site, login: str) -> str:
    with db.reading(site.engine) as session:
        return queries.preference(session, reader=site.actors[login]).address


def prefer(session: Session, by: Actor, address: str) -> None:
    service.save_preference(session, address, wants_mail=bool(address), by=by, at=NOW)


def test_what_somebody_said_himself_stays(site: Site) -> None:
    with db.writing(site.engine) as session:
        prefer(session, site.actors["clerk"], "own@example.cn")
        prefer(session, site.actors["editor"], "")
    told = ("clerk", "x@example.cn"), ("editor", "x@example.cn")
    found = enter(site, *told, ("mentor", "m@example.cn"))
    assert found == Entered(kept=1, same=0, own=2)
    assert address_of(site, "clerk") == "own@example.cn"
    assert address_of(site, "editor") == "", "he wants none"
    assert address_of(site, "mentor") == "m@example.cn"


def test_an_address_is_put_right_and_then_taken_over_by_its_owner(site: Site) -> None:
    enter(site, ("mentor", "wrong@example.cn"))
    assert enter(site, ("mentor", "m@example.cn")) == Entered(kept=1, same=0, own=0)
    assert enter(site, ("mentor", "m@example.cn")) == Entered(kept=0, same=1, own=0)
    with db.writing(site.engine) as session:
        prefer(session, site.actors["mentor"], "m@example.cn")
    assert enter(site, ("mentor", "x@example.cn")) == Entered(kept=0, same=0, own=1)
    verbs = [entry.verb for entry in site.audited()]
    assert verbs == ["mail.entered", "mail.entered", "mail.preferred"]


def test_who_says_so_himself_at_the_same_moment_is_heard(site: Site) -> None:
    together = Barrier(2)

    def own() -> None:
        together.wait()
        with db.writing(site.engine) as session:
            prefer(session, site.actors["clerk"], "own@example.cn")

    def entered() -> None:
        together.wait()
        enter(site, ("clerk", "c@example.cn"))

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(own), pool.submit(entered)]:
            each.result()
    assert address_of(site, "clerk") == "own@example.cn"


def test_an_address_is_taken_away_but_never_that_of_its_owner(site: Site) -> None:
    away = read_addresses("clerk -\nmentor\t-\neditor,-")
    assert {each.address for each in away} == {""}
    enter(site, ("mentor", "wrong@example.cn"))
    with db.writing(site.engine) as session:
        prefer(session, site.actors["clerk"], "own@example.cn")
    told = [(each.login, each.address) for each in away]
    assert enter(site, *told) == Entered(kept=1, same=1, own=1)
    assert address_of(site, "mentor") == ""
    assert address_of(site, "clerk") == "own@example.cn"
    with db.reading(site.engine) as session:
        by = site.actors["administrator"]
        assert queries.reached(session, reader=by).reachable == 1


def test_an_unknown_account_keeps_all_from_being_entered(site: Site) -> None:
    told = ("clerk", "c@example.cn"), ("nobody-such", "x@example.cn")
    with pytest.raises(MistakesError) as caught:
        enter(site, *told)
    assert lines(caught.value) == [2]
    assert address_of(site, "clerk") == ""


@pytest.mark.parametrize("role", ["manager", "supervisor", "clerk"])
def test_only_an_administrator_enters_addresses(site: Site, role: str) -> None:
    with db.writing(site.engine) as session, pytest.raises(DeniedError):
        service.enter_addresses(session, [], by=site.actors[role], at=NOW)
    with db.reading(site.engine) as session, pytest.raises(DeniedError):
        queries.reached(session, reader=site.actors[role])


def test_many_are_entered_in_few_questions(site: Site) -> None:
    told = [(login, f"{login}@example.cn") for login in site.actors]
    enter(site, *told)
    with statements(site.engine) as asked:
        assert enter(site, *told).same == len(told)
    assert len(asked) <= MOST_TO_ENTER


def test_the_page_tells_who_is_reached_and_keeps_what_was_typed(site: Site) -> None:
    browser = site.browser("administrator")
    everybody = len(site.actors)
    page = "/admin/addresses"
    assert f"没有邮箱的（{everybody}）" in browser.get(page).text
    wrong = post(
        browser, page, {"addresses": "clerk,c@example.cn\nclerk2,d@example.cn"}
    )
    assert wrong.status_code == 422
    assert "没有账号 clerk2" in wrong.text
    assert "clerk,c@example.cn" in wrong.text
    empty = post(browser, page, {"addresses": " "})
    assert (empty.status_code, "请写至少一个人" in empty.text) == (422, True)
    done = post(browser, page, {"addresses": "clerk,c@example.cn"})
    assert done.status_code == 302
    shown = browser.get(page).text
    assert "登记了 1 个邮箱" in shown
    assert f"没有邮箱的（{everybody - 1}）" in shown
    assert "邮箱是管理员登记的" in site.browser("clerk").get("/notices/settings").text


def test_the_erased_have_no_account_to_enter(engine: Engine, site: Site) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "update person set erased_at = '2026-11-01 00:00:00' where login = 'clerk'"
        )
    with pytest.raises(MistakesError):
        enter(site, ("clerk", "c@example.cn"))
