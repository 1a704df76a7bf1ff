"""Attacks by people who are logged in: refused, and audited.

Those on login, sessions, single sign-on and tokens are in
:mod:`tests.web.test_attacks_on_login`; docs/security.md says which attack is where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from unittest import mock

import pytest
from sqlalchemy import select

from tests.databases import Databases
from tests.sites import TOKEN
from tests.sites import Site
from tests.web.conftest import token_of
from tests.web.conftest import writes
from tests.web.matrix import NOBODY
from tests.web.matrix import PROGRAMS
from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from tests.web.relations import RELATED
from tests.web.relations import SEES
from tests.web.spreadsheets import cells
from tests.web.test_attacks_on_login import SEARCH
from tests.web.test_attacks_on_login import token_for
from tests.web.test_relations import address
from tests.web.world import BANK_SUPERVISOR
from tests.web.world import MISSING
from tests.web.world import NO_SUCH
from tests.web.world import OTHERS
from tests.web.world import PHONE
from tests.web.world import RIVAL
from tests.web.world import RIVAL_HERE
from tests.web.world import World
from tests.web.world import login_of
from tests.web.world import make_world
from trainer.app import KEPT_A_MINUTE
from trainer.audit import queries as audit
from trainer.audit.domain import Entry
from trainer.audit.models import ExportRow
from trainer.core.errors import BusyError
from trainer.kit import db
from trainer.kit.web import current
from trainer.kit.web.limits import Limiter
from trainer.people.domain.tokens import ApiScope
from trainer.people.views import refusals

EXPORT = "/people/roster/export"
REASON = {"reason": "排班核对", "form": "csv"}


@pytest.fixture(scope="module")
def world_of_all(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    world = make_world(databases, tmp_path_factory.mktemp("world"))
    yield world
    world.site.engine.dispose()


@pytest.fixture
def world(world_of_all: World) -> World:
    """The world, where nobody has been refused in the last minute."""
    limiters = world_of_all.site.app.extensions["limiters"]
    limiters[refusals.LIMIT] = Limiter(KEPT_A_MINUTE)
    return world_of_all


NUMBERS = re.compile(r"(?<=/)\d+(?=/|$)")
"""The numbers in an address that name things."""


def kept(world: World | Site, verb: str = "access.refused") -> list[Entry]:
    """Give what the audit keeps of refusals, or of another act."""
    site = world if isinstance(world, Site) else world.site
    with db.reading(site.engine) as session:
        every = audit.entries(session, limit=100_000)
    return [entry for entry in every if entry.verb == verb]


def refused(world: World, name: str, route: str, detail: str) -> Entry:
    """Give the entry that says who has tried what."""
    person = world.keys["person"][name]
    return Entry(
        person=person,
        verb="access.refused",
        object=f"route/{route}" if route else "",
        detail=detail,
    )


def everything_but_the_audit(world: World) -> list[object]:
    """Give all rows of the database, but those that tell of acts."""
    tables = [t for t in db.Base.metadata.sorted_tables if "audit" not in t.name]
    with db.reading(world.site.engine) as session:
        return [session.execute(table.select()).all() for table in tables]


# Other people's things by their number


@pytest.mark.parametrize("case", sorted(RELATED), ids="-".join)
def test_a_bank_that_reaches_for_another_banks_things_gets_what_nobody_gets(
    world: World, case: tuple[str, str]
) -> None:
    row, answers = RELATED[case], []
    caller, before = world.callers[BANK_SUPERVISOR], kept(world)
    numbers = [
        world.key(row.thing, BANK_SUPERVISOR, whose)
        for whose in (RIVAL, RIVAL_HERE, MISSING)
    ]
    there = everything_but_the_audit(world) if case[1] == "POST" else []
    paths = [address(world, case, number) for number in numbers]
    for path in paths:
        answer = caller.ask(case[1], path, dict(TABLE[case].form))
        page = TOKEN.sub("", answer.text).replace(path, "")
        answers.append((answer.status_code, page))
    assert answers == [answers[0]] * 3
    assert case[1] == "GET" or everything_but_the_audit(world) == there
    why = {403: "DeniedError", 404: "NotFoundError"}[answers[0][0]]
    assert kept(world)[len(before) :] == [
        refused(
            world, BANK_SUPERVISOR, case[0], " ".join([why, *NUMBERS.findall(path)])
        )
        for path in paths
    ]


def test_who_counts_through_the_people_gets_his_own_and_leaves_a_trail(
    world: World,
) -> None:
    before = len(kept(world))
    caller = world.callers[BANK_SUPERVISOR]
    own = {world.key("person", BANK_SUPERVISOR, r) for r in SEES[BANK_SUPERVISOR]}
    callers = {
        key for name, key in world.keys["person"].items() if name in world.callers
    }
    found = {
        key
        for key in range(1, max(world.keys["person"].values()) + 30)
        if caller.ask("GET", f"/people/{key}").status_code == 200
    }
    assert found == own | callers  # who works for the same bank
    trail = kept(world)[before:]
    assert len(trail) == KEPT_A_MINUTE  # and no more, so that it fills no disk
    assert {entry.person for entry in trail} == {world.keys["person"][BANK_SUPERVISOR]}


def test_a_refusal_that_cannot_be_kept_is_a_refusal(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with mock.patch.object(current, "writing", side_effect=BusyError("忙")):
        answer = world.callers["clerk"].ask("GET", f"/people/{NO_SUCH}")
    assert answer.status_code == 404
    assert "a refusal was not noted" in caplog.text


def test_nobody_is_arranged_to_be_trained_by_a_stranger(world: World) -> None:
    """A name of another site is refused in the same words as one that is none."""
    key = world.key("secondment", "supervisor", RIVAL_HERE)
    path, caller = f"/people/arrangements/{key}", world.callers["supervisor"]
    pages = []
    for mentor in (login_of(RIVAL), "no-such-login"):
        answer = caller.ask("POST", path, {"seat": "0", "mentor": mentor})
        assert answer.status_code == 422
        pages.append(TOKEN.sub("", answer.text).replace(mentor, ""))
    assert pages[0] == pages[1]


# Other people in exports and lists

SMUGGLED: Mapping[str, str] = {
    **dict.fromkeys(("site", "bank", "organisation", "person", "key"), "3"),
    **dict.fromkeys(("everybody", "scope", "all", "role", "reader"), "1"),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["supervisor", BANK_SUPERVISOR])
def test_an_export_is_not_widened_by_what_is_sent_with_it(
    world: World, name: str, kind: str
) -> None:
    form = {**REASON, "form": kind}
    caller, sees = world.callers[name], SEES[name]
    plain = caller.ask("POST", EXPORT, form)
    query = "&".join(f"{key}={value}" for key, value in SMUGGLED.items())
    more = caller.ask("POST", f"{EXPORT}?{query}", {**form, **SMUGGLED})
    tables = [list(cells(answer, kind)) for answer in (plain, more)]
    assert tables[0] == tables[1]
    words = {word for row in tables[0] for word in row}
    logins = {relation for relation in OTHERS if login_of(relation) in words}
    assert logins == sees & set(OTHERS)
    phones = {PHONE.format(key) for key in world.keys["person"].values()}
    assert not phones & words
    assert {entry.detail for entry in kept(world, "export.made")[-2:]} == {"roster"}
    with db.reading(world.site.engine) as session:
        notes = session.scalars(select(ExportRow).order_by(ExportRow.id)).all()[-2:]
    people = len(tables[0]) - 3  # a header, an empty line, the mark
    assert {(note.person_id, note.asked, note.rows) for note in notes} == {
        (world.keys["person"][name], kind, people)
    }


def test_who_may_not_export_is_refused_and_audited(world: World) -> None:
    before = len(kept(world))
    for name in ("clerk", "mentor", "editor", "approver", "auditor"):
        assert world.callers[name].ask("POST", EXPORT, dict(REASON)).status_code == 403
    assert kept(world)[before:] == [
        refused(world, name, "people.roster.export", "DeniedError")
        for name in ("clerk", "mentor", "editor", "approver", "auditor")
    ]


@pytest.mark.parametrize("name", ["mentor", "supervisor", BANK_SUPERVISOR])
def test_no_filter_of_the_list_reaches_further(world: World, name: str) -> None:
    asked = [f"q={login_of(relation)}" for relation in OTHERS]
    asked += [f"{place}={key}" for place in ("site", "bank") for key in range(1, 5)]
    asked += ["role=clerk", "work=idle", "work=ended", "state=open", "part=2"]
    for query in asked:
        answer = world.callers[name].ask("GET", f"/people?{query}")
        list_of = answer.text.partition("<tbody>")[2]
        assert {r for r in OTHERS if f">{login_of(r)}</td>" in list_of} <= SEES[name]


# Forms from elsewhere, and again


def test_a_form_with_the_token_of_another_session_is_refused_and_audited(
    world: World,
) -> None:
    before = len(kept(world))
    key = world.key("person", "administrator", RIVAL)
    path, thief = f"/people/accounts/{key}/close", world.callers["clerk"]
    for token in (thief.token, "forged", ""):
        answer = world.callers["administrator"].ask("POST", path, {"csrf_token": token})
        assert answer.status_code == 400
    assert (
        kept(world)[before:]
        == [
            refused(world, "administrator", "people.accounts.close", f"CSRFError {key}")
        ]
        * 3
    )
    assert kept(world, "account.closed") == []


def test_a_form_of_a_session_that_has_ended_does_nothing_when_it_is_sent_again(
    site: Site,
) -> None:
    browser = site.browser("administrator")
    token, cookie = token_of(browser), browser.get_cookie("session")
    assert cookie is not None
    path = f"/people/accounts/{site.actors['clerk'].person}/close"
    browser.post("/people/logout", data={"csrf_token": token})
    replay = site.app.test_client()
    replay.set_cookie("session", cookie.value)
    answer = replay.post(path, data={"csrf_token": token})
    assert answer.headers["Location"].startswith("/people/login")

    again = site.browser("administrator")  # and in the session after it
    assert again.post(path, data={"csrf_token": token}).status_code == 400
    assert kept(site, "account.closed") == []
    told = [(entry.verb, entry.detail) for entry in site.audited()]
    number = site.actors["clerk"].person
    assert told[-1] == ("access.refused", f"CSRFError {number}")
    assert [verb for verb, _ in told] == [
        *("login.begun", "login.ended", "login.begun", "access.refused")
    ]


def test_what_changes_something_is_not_done_by_a_link(world: World) -> None:
    both = {endpoint for endpoint, method in TABLE if method == "GET"}
    asked = [row for case, row in TABLE.items() if case[0] not in both]
    assert len(asked) > 30
    shares = {
        row.path.partition("?")[0] for case, row in TABLE.items() if case[1] == "GET"
    }
    caller = world.callers["administrator"]
    with writes(world.site.engine) as written:
        for row in asked:
            if row.path not in shares:
                form = "&".join(f"{name}={value}" for name, value in row.form.items())
                answer = caller.ask(
                    "GET", f"{row.path}?{form}&csrf_token={caller.token}"
                )
                assert answer.status_code in {404, 405}, row.path
    assert written == []


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_body_that_another_site_may_send_carries_no_token(
    world: World, kind: str
) -> None:
    caller = world.callers["administrator"]
    key = world.key("person", "administrator", RIVAL)
    answer = caller.bare().post(
        f"/people/accounts/{key}/close",
        data=f"csrf_token={caller.token}",
        content_type=kind,
        headers={"Origin": "http://evil.example"},
    )
    assert answer.status_code == 400
    assert kept(world, "account.closed") == []


# A token beyond its scope


def test_a_token_of_a_system_gets_what_nobody_gets_anywhere_else(world: World) -> None:
    header = token_for(world.site, *ApiScope)
    with writes(world.site.engine) as written:
        for case, row in TABLE.items():
            if case[0] not in PROGRAMS:
                form = {"csrf_token": world.callers[NOBODY].token, **row.form}
                client = world.callers[NOBODY].bare()
                data = form if case[1] == "POST" else None
                answer = client.open(
                    row.path, method=case[1], data=data, headers=header
                )
                assert answer.status_code == row.answers[ROLES.index(NOBODY)], case
    tables = {statement.split()[2] for statement in written}
    assert tables <= {"login_failure", "audit_entry"}


def test_no_scope_is_asked_for_in_a_request(world: World) -> None:
    before = len(kept(world, "token.refused"))
    header = token_for(world.site, ApiScope.TIPS_READ)
    wider = {"X-Scope": "search:read", "Scope": "search:read"}
    client = world.site.app.test_client()
    for more in ("", "&scope=search:read", "&scopes=search%3Aread"):
        answer = client.get(f"{SEARCH}{more}", headers={**header, **wider})
        assert answer.status_code == 403
    told = kept(world, "token.refused")[before:]
    assert [entry.detail for entry in told] == ["ScopeMissingError"] * 3
    assert all(entry.object.startswith("token/") for entry in told)
