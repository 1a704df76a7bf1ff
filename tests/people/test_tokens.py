"""API tokens: made once, shown once, counted until they end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import CLERK
from tests.factories import NOON
from tests.factories import SETUP
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import ExpiredTokenError
from trainer.people.domain.tokens import NewToken
from trainer.people.domain.tokens import RevokedTokenError
from trainer.people.domain.tokens import ScopeMissingError
from trainer.people.domain.tokens import State
from trainer.people.domain.tokens import TokenCannotBeError
from trainer.people.domain.tokens import UnknownTokenError
from trainer.people.models import TokenRow

SEARCH = ApiScope.SEARCH_READ
DAY = timedelta(days=1)
TOLD = re.compile(r"<output[^>]*>(trn_[\w-]+)</output>")
FORM: dict[str, object] = {
    "system": "核心业务系统（虚构）",
    "scopes": ["search:read"],
    "days": "30",
}


@pytest.fixture
def boss(session: Session) -> Actor:
    account = Account(login="boss", name="虚构", roles=frozenset({Role.ADMINISTRATOR}))
    person = service.add_person(session, account, "counter-2026", by=SETUP, at=NOON)
    return person.actor()


def make_command(days: int = 30, *scopes: ApiScope) -> NewToken:
    return NewToken(system="核心", scopes=frozenset(scopes or {SEARCH}), days=days)


def test_a_token_lets_a_system_in_for_what_it_was_made_for(
    session: Session, boss: Actor
) -> None:
    raw = service.make_token(session, make_command(), by=boss, at=NOON)
    caller = queries.token_actor(session, raw, SEARCH, NOON)
    assert caller.refusal is None
    assert caller.actor == Actor(0, "核心", frozenset({Permission.READ}))
    for needed in (ApiScope.TIPS_WRITE, ApiScope.ARTICLES_READ, ""):
        caller = queries.token_actor(session, raw, needed, NOON)
        assert isinstance(caller.refusal, ScopeMissingError)
        assert caller.actor.permissions == frozenset()


def test_a_token_that_is_made_up_expired_or_revoked_lets_nobody_in(
    session: Session, boss: Actor
) -> None:
    raw = service.make_token(session, make_command(), by=boss, at=NOON)

    def refusal(shown: str, days: int = 0) -> type:
        at = NOON + days * DAY
        return type(queries.token_actor(session, shown, SEARCH, at).refusal)

    assert refusal("trn_made-up") is UnknownTokenError
    assert refusal("") is UnknownTokenError
    assert refusal(queries.digest(raw)) is UnknownTokenError
    assert refusal(raw, 29) is type(None)
    assert refusal(raw, 30) is ExpiredTokenError
    service.revoke_token(session, 1, by=boss, at=NOON)
    assert refusal(raw) is RevokedTokenError
    with pytest.raises(NotFoundError):
        service.revoke_token(session, 1, by=boss, at=NOON)


def test_the_table_keeps_no_token(session: Session, boss: Actor) -> None:
    raw = service.make_token(session, make_command(), by=boss, at=NOON)
    row = session.scalars(select(TokenRow)).one()
    assert raw not in {row.token_hash, row.system}
    assert raw not in str(audit.entries(session))


@pytest.mark.parametrize("days", [0, 367, -1])
def test_a_token_lasts_a_year_at_most(session: Session, boss: Actor, days: int) -> None:
    with pytest.raises(TokenCannotBeError, match="366"):
        service.make_token(session, make_command(days), by=boss, at=NOON)


def test_a_token_is_for_somebody_and_for_something(
    session: Session, boss: Actor
) -> None:
    for system, scopes in ((" ", {SEARCH}), ("核心", set[ApiScope]())):
        command = NewToken(system=system, scopes=frozenset(scopes), days=1)
        with pytest.raises(TokenCannotBeError):
            service.make_token(session, command, by=boss, at=NOON)


def test_only_administrators_touch_tokens(session: Session) -> None:
    with pytest.raises(DeniedError):
        service.make_token(session, make_command(), by=CLERK, at=NOON)
    with pytest.raises(DeniedError):
        service.revoke_token(session, 1, by=CLERK, at=NOON)
    with pytest.raises(DeniedError):
        queries.tokens(session, reader=CLERK)


def test_use_is_noted_at_most_once_a_minute(session: Session, boss: Actor) -> None:
    raw = service.make_token(session, make_command(), by=boss, at=NOON)

    def used_after(seconds: int) -> object:
        at = NOON + timedelta(seconds=seconds)
        caller = queries.token_actor(session, raw, SEARCH, at)
        service.note_token_use(session, caller, at=at)
        return queries.tokens(session, reader=boss)[0].used_at

    assert used_after(0) == used_after(60) == NOON
    assert used_after(61) == NOON + timedelta(seconds=61)


def test_a_list_says_where_each_stands(session: Session, boss: Actor) -> None:
    for days in (366, 40, 5):
        service.make_token(session, make_command(days), by=boss, at=NOON)
    service.revoke_token(session, 1, by=boss, at=NOON)
    found = queries.tokens(session, reader=boss)
    states = {token.id: token.state(NOON + 10 * DAY) for token in found}
    assert states == {3: State.EXPIRED, 2: State.ENDING, 1: State.REVOKED}
    assert list(states) == [3, 2, 1]
    assert found[1].state(NOON + 9 * DAY) is State.GOOD


def test_the_audit_keeps_what_was_made_and_revoked(
    session: Session, boss: Actor
) -> None:
    command = make_command(30, SEARCH, ApiScope.TIPS_READ)
    service.make_token(session, command, by=boss, at=NOON)
    service.revoke_token(session, 1, by=boss, at=NOON)
    made, revoked = audit.entries(session)[-2:]
    assert (made.verb, made.object) == ("token.made", "token/1")
    assert made.detail == "search:read tips:read 30"
    assert (revoked.verb, revoked.person) == ("token.revoked", boss.person)


def test_a_token_is_shown_once_in_an_answer_nobody_keeps(site: Site) -> None:
    admin = site.browser("administrator")
    assert "还没有令牌" in admin.get("/people/tokens").text
    answer = post(admin, "/people/tokens", FORM)
    assert answer.headers["Cache-Control"] == "no-store"
    raw = TOLD.findall(answer.text)[0]
    page = admin.get("/people/tokens").text
    assert raw not in page
    assert "核心业务系统（虚构）" in page
    assert "即将到期" in page
    assert "没有用过" in page
    assert "2026-12-22 10:00" in page

    revoked = post(admin, "/people/tokens/1/revoke", {}, "/people/tokens")
    assert revoked.headers["Location"] == "/people/tokens"
    assert "已吊销" in admin.get("/people/tokens").text
    with db.reading(site.engine) as session:
        caller = queries.token_actor(session, raw, SEARCH, NOW)
    assert isinstance(caller.refusal, RevokedTokenError)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"system": ""}, "请写明是哪个业务系统用"),
        ({"system": "  "}, "请写明是哪个业务系统用"),
        ({"scopes": []}, "请至少选一项权限"),
        ({"scopes": ["everything"]}, "everything"),
        ({"days": "3660"}, "有效期"),
    ],
)
def test_a_wrong_form_comes_back(
    site: Site, wrong: dict[str, object], sentence: str
) -> None:
    admin = site.browser("administrator")
    answer = post(admin, "/people/tokens", FORM | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "还没有令牌" in answer.text
