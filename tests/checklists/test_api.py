"""``GET /api/v1/tips`` and ``POST /api/v1/tips/outcomes``, for who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.apps import NOW
from tests.checklists.lists import HEADER
from tests.checklists.lists import item
from tests.checklists.shown import CITES
from tests.checklists.shown import put_everything
from tests.checklists.shown import put_in_force
from tests.checklists.systems import AT_VERIFYING
from tests.checklists.systems import OUTCOMES
from tests.checklists.systems import TIPS
from tests.checklists.systems import WINDOW
from tests.checklists.systems import System
from tests.checklists.systems import code_of
from tests.databases import statements
from tests.evidence.test_ledger import make_fact
from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import Site
from tests.sites import make_site
from tests.web.conftest import writes
from trainer.competence import service as competence
from trainer.evidence import service as evidence
from trainer.kit import db
from trainer.people.domain.tokens import ApiScope

WORST = "rent-errors#item-4"


@pytest.fixture
def filled(site: Site) -> Site:
    with db.writing(site.engine) as session:
        put_everything(session)
    return site


@pytest.fixture
def system(filled: Site) -> System:
    return System.of(filled)


def items(system: System, **question: str) -> list[str]:
    told = system.ask(**question)
    assert told.status_code == 200, told.text
    assert told.json is not None
    return [tip["item"].partition("#")[2] for tip in told.json["tips"]]


def test_a_system_gets_the_few_that_matter_the_worst_first(system: System) -> None:
    assert items(system) == ["item-4", "item-3", "item-2", "item-5", "item-1"]
    told = system.ask().json
    assert told is not None
    assert {name: told[name] for name in ("business", "step", "on")} == {
        **AT_VERIFYING,
        "on": "2026-11-22",
    }
    assert told["tips"][0] == {
        "item": WORST,
        "severity": "ban",
        "severity_name": "禁止",
        "wrong": "把父母名下的住房算成申请人有房",
        "check": "只核本人和配偶在缴存城市有没有住房",
        "say": "我们只看您和爱人在本市有没有房。",
        "cites": [
            {
                "clause": "rent-withdrawal#answer",
                "name": "《租房提取》一句话结论",
                "link": "/articles/rent-withdrawal?on=2026-11-22#answer",
            }
        ],
        "matched": False,
    }


def test_never_more_than_five_and_none_where_there_is_none(system: System) -> None:
    with db.writing(system.site.engine) as session:
        put_in_force(session, HEADER + item("more", cites=CITES), "more-errors")
    assert len(items(system)) == 5
    nothing = system.ask(step="pay").json
    assert nothing is not None
    assert (nothing["tips"], nothing["ticket"]) == ([], "")


def test_the_business_date_decides_which_text_holds(system: System) -> None:
    assert items(system, on="2026-09-19") == []
    assert len(items(system, on="2026-09-20")) == 5


def test_facts_of_the_case_bring_what_fits_to_the_top(system: System) -> None:
    agents = item("agents", severity="error", when="{person: [agent]}", cites=CITES)
    sealed = item("sealed", when="{from: 2026-06-01}", cites=CITES)
    with db.writing(system.site.engine) as session:
        put_in_force(session, HEADER + agents + sealed, "cases")
    # 易错 2 + it fits 2 = 禁止 4; equal ones stay in the order of their lists
    assert items(system, person="agent", date="2026-01-01")[:2] == ["agents", "item-4"]
    assert "agents" not in items(system, person="heir")
    assert "sealed" not in items(system, date="2026-05-31")
    told = system.ask(person="agent").json
    assert told is not None
    assert [tip["matched"] for tip in told["tips"][:2]] == [True, False]


def test_what_the_clerk_lately_got_wrong_comes_first(system: System) -> None:
    other = HEADER.replace("租房提取易错清单", "另一份") + item(
        "loans", severity="tip", competency="F1", cites="[loan-rates#rates]"
    )
    body = "## 一句话结论 {#answer}\n\n见文件。\n\n## 利率 {#rates}\n\n见文件。"
    rates = make_text(title="贷款利率", body=body)
    with db.writing(system.site.engine) as session:
        make_approved(session, rates, slug="loan-rates")
        put_in_force(session, other, "loans")
        revision = put_in_force(
            session, HEADER + item("asked", cites="[loan-rates#rates]"), "bank"
        )
        wrong = make_fact(
            person=system.site.actors["clerk"].person,
            competency="F1",
            item="bank#asked",
            happened_at=NOW - timedelta(days=29),
            outcome=0.4,
            revision=revision.id,
        )
        evidence.record(session, wrong, at=NOW - timedelta(days=29))
    assert items(system)[:2] == ["item-4", "item-3"]
    # 提示 1 + the very clause 3 + its competency 1; 禁止 is 4
    assert items(system, clerk="clerk")[:2] == ["asked", "loans"]
    assert items(system, clerk="CLERK")[:2] == ["asked", "loans"]
    assert items(system, clerk="editor")[:2] == ["item-4", "item-3"]
    system.site.set_clock(NOW + timedelta(days=2))
    assert items(system, clerk="clerk")[:2] == ["item-4", "item-3"]


def test_what_the_clerk_is_weak_at_is_raised(system: System) -> None:
    risky = HEADER.replace("租房提取易错清单", "另一份") + item(
        "loans", severity="error", competency="F1", cites=CITES
    )
    person = system.site.actors["clerk"].person
    before = NOW - timedelta(days=40)  # too long ago to count as lately wrong
    with db.writing(system.site.engine) as session:
        put_in_force(session, risky, "loans")
        for n in range(9):
            wrong = make_fact(
                person=person,
                competency="F1",
                item=f"bank#q{n}",
                happened_at=before,
                outcome=0.0,
                source=f"weak/{n}",
            )
            evidence.record(session, wrong, at=before)
        competence.rebuild(session, [person], at=NOW)
    assert items(system)[:2] == ["item-4", "item-3"]
    # 易错 2 + how weak, at most 2, is more than 风险 3
    assert items(system, clerk="clerk")[:3] == ["item-4", "loans", "item-3"]
    assert items(system, clerk="editor")[:2] == ["item-4", "item-3"]
    told = system.ask(clerk="clerk")
    assert "weak" not in told.text


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"name": "李某"}, "parameter_unknown"),
        ({"idcard": "110101199001011234"}, "parameter_unknown"),
        ({"business": "withdraw.unknown"}, "code_unknown"),
        ({"business": ""}, "code_unknown"),
        ({"step": "verify "}, "code_unknown"),
        ({"person": "李某"}, "code_unknown"),
        ({"region": ""}, "code_unknown"),
        ({"on": "someday"}, "day_unreadable"),
        ({"on": "20261122"}, "day_unreadable"),
        ({"on": ""}, "day_unreadable"),
        ({"date": "2026-02-30"}, "day_unreadable"),
        ({"clerk": "nobody"}, "clerk_unknown"),
        ({"clerk": ""}, "clerk_unknown"),
        ({"clerk": "1 OR 1=1"}, "clerk_unknown"),
    ],
)
def test_what_cannot_be_read_or_has_no_place_is_refused(
    system: System, question: dict[str, str], code: str
) -> None:
    told = system.ask(**question)
    assert code_of(told) == (422, code)
    assert not set("".join(question.values())) & {"李", "某"} & set(told.text)


def test_what_is_missing_or_said_twice_is_refused(system: System) -> None:
    client = system.site.app.test_client()
    for query, code in (
        ("", "parameter_missing"),
        ("business=withdraw.rent", "parameter_missing"),
        ("business=withdraw.rent&step=verify&step=verify", "parameter_unknown"),
    ):
        told = client.get(f"{TIPS}?{query}", headers=system.headers)
        assert code_of(told) == (422, code)


def test_a_closed_account_is_nobody(system: System) -> None:
    system.site.browser("administrator")
    with db.writing(system.site.engine) as session:
        session.connection().exec_driver_sql(
            "UPDATE person SET active = false WHERE login = 'clerk'"
        )
    assert code_of(system.ask(clerk="clerk")) == (422, "clerk_unknown")


def test_each_thing_needs_its_scope(filled: Site) -> None:
    reads = System.of(filled, ApiScope.TIPS_READ)
    assert reads.ask().status_code == 200
    assert code_of(reads.ask(clerk="clerk")) == (403, "scope_missing")
    assert code_of(reads.tell(reads.ticket(), (WORST, "shown"))) == (
        403,
        "scope_missing",
    )
    writes_only = System.of(filled, ApiScope.TIPS_WRITE)
    assert code_of(writes_only.ask()) == (403, "scope_missing")
    searches = System.of(filled, ApiScope.SEARCH_READ)
    assert code_of(searches.ask()) == (403, "scope_missing")


def test_asking_writes_nothing_and_telling_does(system: System) -> None:
    system.ask()  # the use of the token is noted once a minute
    with writes(system.site.engine) as written:
        ticket = system.ticket(clerk="clerk")
    assert written == []
    with writes(system.site.engine) as written:
        assert system.tell(ticket, (WORST, "shown")).json == {"new": 1, "known": 0}
    tables = {each.replace("INTO ", "").split()[1] for each in written}
    assert tables == {"showing", "showing_item"}


def test_outcomes_are_told_once_whatever_is_repeated(system: System) -> None:
    ticket = system.ticket(clerk="clerk")
    assert system.tell(ticket, (WORST, "ticked")).json == {"new": 1, "known": 0}
    assert system.tell(ticket, (WORST, "ticked")).json == {"new": 0, "known": 1}
    told = system.tell(ticket, (WORST, "shown"), (WORST, "useful"))
    assert told.json == {"new": 1, "known": 1}
    assert code_of(system.tell(ticket, (WORST, "ignored"))) == (
        409,
        "outcome_contradicts",
    )


def test_a_file_that_came_back_is_told_months_later(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path)
    with db.writing(engine) as session:
        put_everything(session)
    system = System.of(site)
    ticket = system.ticket()
    assert system.tell(ticket, (WORST, "ticked")).status_code == 200
    site.set_clock(NOW + timedelta(days=29))
    assert code_of(system.tell(ticket, (WORST, "useful"))) == (422, "ticket_expired")
    assert system.tell(ticket, (WORST, "returned")).json == {"new": 1, "known": 0}


def test_a_ticket_that_is_forged_or_anothers_is_refused(system: System) -> None:
    ticket, other = system.ticket(), System.of(system.site)
    shown = (WORST, "shown")
    assert code_of(other.tell(ticket, shown)) == (403, "ticket_foreign")
    for forged in ("", "x", f"{ticket}A", ticket[:-1], "é.è", ticket.partition(".")[0]):
        assert code_of(system.tell(forged, shown)) == (422, "ticket_forged")
    assert code_of(system.tell(ticket, ("rent-errors#later", "shown"))) == (
        422,
        "item_not_of_ticket",
    )


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"\xff\xfe", b"junk", b"[]", b"null", b"7", b'{"ticket": 1}'),
        b"[" * 10_000,
        b'{"a":' * 2_000,
        b'{"ticket": "x", "outcomes": []}',
        b" " * (16 * 1024 + 1),
    ],
)
def test_a_body_that_is_no_report_is_refused(system: System, body: bytes) -> None:
    assert code_of(system.send(body)) == (422, "outcomes_unreadable")


def test_a_token_is_limited_here_too(engine: Engine, tmp_path: Path) -> None:
    site = make_site(engine, tmp_path, api_rate=2)
    with db.writing(engine) as session:
        put_everything(session)
    system = System.of(site)
    ticket = system.ticket()
    assert system.tell(ticket, (WORST, "shown")).status_code == 200
    refused = system.ask()
    assert code_of(refused) == (429, "limited")
    assert int(refused.headers["Retry-After"]) > 0
    assert code_of(system.tell(ticket, (WORST, "shown"))) == (429, "limited")


def test_an_answer_asks_few_questions(system: System) -> None:
    system.ask(clerk="clerk")
    with statements(system.site.engine) as asked:
        system.ask(clerk="clerk")
    assert len(asked) <= 9
    with statements(system.site.engine) as asked:
        system.ask()
    assert len(asked) <= 6


def test_only_what_everybody_may_read_is_told(system: System) -> None:
    secret = HEADER.replace("kind: checklist", "kind: checklist\naudience: supervisors")
    with db.writing(system.site.engine) as session:
        put_in_force(session, secret + item("secret", cites=CITES), "secret")
    assert "secret" not in items(system)


def test_scopes_are_those_of_tips() -> None:
    assert {scope.partition(":")[0] for scope in WINDOW} == {"tips"}
    assert OUTCOMES.startswith(TIPS)
