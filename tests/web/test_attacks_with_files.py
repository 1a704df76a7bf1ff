"""Attacks with files: formulas in what is taken away, names that lead elsewhere."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.checklists.lists import HEADER
from tests.checklists.lists import item
from tests.checklists.shown import CITES
from tests.checklists.shown import put_in_force as put_list
from tests.checklists.shown import put_topics
from tests.courses.assignments import FIRST
from tests.courses.assignments import confirmed
from tests.courses.assignments import make_text as make_assignment
from tests.courses.assignments import put_course
from tests.factories import EDITOR
from tests.factories import SETUP
from tests.factories import make_approved
from tests.people.offices import give
from tests.people.places import make_person
from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import put_exam
from tests.quizzes.handed_in import hand_in
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_draft
from tests.sites import Site
from tests.web.conftest import token_of
from tests.web.spreadsheets import cells
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.courses.service import assigning
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site as Place
from trainer.people.domain.posts import Post
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement

RISKY = frozenset("=+-@\t\r\n＝＋－＠")
"""What a formula begins with, read from OWASP and not from the program."""

EVIL = (
    *('=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "@SUM(1)"),
    *("+1+1", "-2+3", "＝1+1", "＋1", "－1", "＠x", "\x01=1", "\n=2", "\t=3", "\r=4"),
)
EXPORT = "/people/roster/export"


# Formulas


def write_evil(session: Session, site: Site) -> None:
    """Give a formula to everything that has a name: a bank, a site, people..."""
    codes = [f"e{n}" for n in range(len(EVIL))]
    posts = [Post(code, evil) for code, evil in zip(codes, EVIL, strict=True)]
    service.save_posts(session, posts, by=SETUP, at=NOW)
    for code, evil in zip(codes, EVIL, strict=True):
        bank = Organisation(code=code, name=evil, kind=OrganisationKind.BANK)
        bank = service.save_organisation(session, bank, by=SETUP, at=NOW)
        place = Place(code=code, name=evil)
        place = service.save_site(session, place, by=SETUP, at=NOW)
        seat = Seat(site=place.id, name=evil, channel=Channel.WINDOW)
        seat = service.save_seat(session, seat, by=SETUP, at=NOW)
        mentor, person = (
            make_named(session, login, evil) for login in (f"m-{code}", code)
        )
        work = Placement(
            organisation=bank.id,
            site=place.id,
            begins_on=date(2026, 1, 1),
            post=code,
            reason=evil,
            arrangement=Arrangement(seat=seat.id, mentor=mentor),
        )
        service.send(session, person, work, by=SETUP, at=NOW)
    sites = frozenset(place.id for place in queries.sites(session))
    banks = frozenset(bank.id for bank in queries.organisations(session))
    give(session, site, "supervisor", scope=Scope(sites=sites), name=EVIL[0])
    supervisor = site.actors["approver"].person
    account = queries.person(session, supervisor, reader=SETUP).account()
    roles, scope = frozenset({Role.SUPERVISOR}), Scope(organisations=banks)
    account = replace(account, roles=roles, scope=scope, name=EVIL[1])
    service.change_person(session, supervisor, account, by=SETUP, at=NOW)
    give(session, site, "administrator", name=EVIL[2])


def make_named(session: Session, login: str, name: str) -> int:
    """Make a person with any name and telephone; give the key."""
    person = make_person(session, login)
    account = replace(person.account(), name=name, phone=name)
    service.change_person(session, person.id, account, by=SETUP, at=NOW)
    return person.id


def test_no_export_runs_what_somebody_has_written(site: Site) -> None:
    with db.writing(site.engine) as session:
        write_evil(session, site)
    for role in ("administrator", "supervisor", "approver"):  # he looks after banks
        browser = site.browser(role)
        sent = {"csrf_token": token_of(browser), "reason": "=1+1 核对"}
        for kind in ("csv", "xlsx"):
            answer = browser.post(EXPORT, data={**sent, "form": kind})
            words = {word for row in cells(answer, kind) for word in row}
            assert words >= {f"e{n}" for n in range(len(EVIL))}
            assert not [word for word in words if word[:1] in RISKY]
    exported = [e for e in site.audited() if e.verb == "export.made"]
    assert len(exported) == 6
    assert "=1+1" not in str(exported)  # nor does the audit quote the reason


def test_a_table_of_newcomers_runs_nothing_that_a_name_holds(site: Site) -> None:
    with db.writing(site.engine) as session:
        write_evil(session, site)
    browser = site.browser("supervisor")
    sent = {"csrf_token": token_of(browser), "why": "=1+1 核对"}
    for kind in ("csv", "xlsx"):
        answer = browser.post(
            "/mentoring/mentors/export", data={**sent, "ending": kind}
        )
        words = {word for row in cells(answer, kind) for word in row}
        assert words >= {f"e{n}" for n in range(len(EVIL))}
        assert [word for word in words if word[:1] in RISKY] == []


def test_the_effect_of_tips_runs_nothing_that_an_item_says(site: Site) -> None:
    evil = [
        item(f"evil-{n}", cites=CITES, wrong=repr(word))
        for n, word in enumerate(EVIL[:9])
    ]
    with db.writing(site.engine) as session:
        put_topics(session)
        make_approved(session)
        put_list(session, HEADER + "".join(evil))
    browser = site.browser("editor")
    sent = {"csrf_token": token_of(browser), "why": "=1+1 核对"}
    for kind in ("csv", "xlsx"):
        answer = browser.post(
            "/checklists/effect/export", data={**sent, "ending": kind}
        )
        words = {word for row in cells(answer, kind) for word in row}
        assert {f"evil-{n}" for n in range(len(evil))} <= words
        assert [word for word in words if word[:1] in RISKY] == []


def test_a_sheet_of_passwords_runs_nothing_that_the_page_was_made_to_hold(
    site: Site,
) -> None:
    browser = site.browser("administrator")
    evil = [word for word in EVIL if not set(word) & set("\t\r\n")]
    told = "\n".join("\t".join([word] * 3) for word in evil)
    sent = {"csrf_token": token_of(browser), "told": told}
    answer = browser.post("/people/roster/passwords", data=sent)
    rows = list(cells(answer, "xlsx"))
    assert len(rows) >= len(evil)
    assert not [word for row in rows for word in row if word[:1] in RISKY]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("page", ["outcomes", "analysis"])
def test_results_of_quizzes_run_nothing_that_a_name_or_a_reason_holds(
    site: Site, kind: str, page: str
) -> None:
    with db.writing(site.engine) as session:
        put_exam(session, AUTOMATIC)
        for number, evil in enumerate(EVIL):
            taker = make_named(session, f"e{number}", evil)
            hand_in(session, Actor(taker, "", frozenset({Permission.READ})), at=NOW)
    browser = site.browser("manager")
    sent = {"csrf_token": token_of(browser), "ending": kind, "sheet": "0"}
    path = f"/quizzes/first/{page}/export"
    answer = browser.post(path, data={**sent, "why": "=1+1 核对"})
    words = [word for row in cells(answer, kind) for word in row]
    assert len(words) > len(EVIL)
    assert not [word for word in words if word[:1] in RISKY and not is_number(word)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_plan_runs_what_a_name_a_rule_or_a_reason_holds(
    site: Site, kind: str
) -> None:
    with db.writing(site.engine) as session:
        write_evil(session, site)
        make_approved(session)
        put_course(session, text=FIRST.replace("#conditions", "#answer"))
        for number, evil in enumerate(EVIL):
            text = make_assignment(name=evil)
            told = replace(confirmed(session, text, by=EDITOR), once=str(number))
            assigning.assign(session, told, by=EDITOR, at=NOW)
    browser = site.browser("manager")
    sent = {"csrf_token": token_of(browser), "ending": kind, "why": "=1+1 核对"}
    answer = browser.post("/plans/team/export", data=sent)
    words = [word for row in cells(answer, kind) for word in row]
    assert len(words) > len(EVIL)
    assert not [word for word in words if word[:1] in RISKY]


def is_number(word: str) -> bool:
    """Tell a number that may be negative, such as a correlation, from a formula."""
    return word.removeprefix("-").replace(".", "").isdigit()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_holds_no_formula(site: Site, kind: str) -> None:
    answer = site.browser("administrator").get(f"/people/roster/template.{kind}")
    words = [word for row in cells(answer, kind) for word in row]
    assert not [word for word in words if word[:1] in RISKY]


def quoted(words: str) -> str:
    """Give words as YAML reads them back."""
    return "'" + words.replace("'", "''") + "'"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_question_runs_what_somebody_has_written(site: Site, kind: str) -> None:
    words = [word for word in EVIL if not set(word) & set("\t\r\n\x01")]
    text = bank_of(*(asked(f"e{n}", stem=quoted(w)) for n, w in enumerate(words)))
    with db.writing(site.engine) as session:
        bank = put_draft(session, text)
    browser = site.browser("approver")
    sent = {"csrf_token": token_of(browser), "revision": bank.id, "kind": kind}
    rows = list(cells(browser.post("/banks/exchange/export", data=sent), kind))
    assert len(rows) == len(words) + 1
    assert not [word for row in rows for word in row if word[:1] in RISKY]
    form = browser.get(f"/banks/exchange/template.{kind}")
    told = [word for row in cells(form, kind) for word in row]
    assert not [word for word in told if word[:1] in RISKY]


# Names that lead out of a folder

UPWARDS = (
    *("../secret", "..\\secret", "....//secret", "%2e%2e/secret", "/etc/passwd"),
    *(
        "../../../../../../etc/passwd",
        "..%2f..%2fsecret",
        "C:\\secret",
        "secret%00.csv",
    ),
)
INSIDE = (
    ("administrator", "people/roster/template."),
    ("editor", "banks/exchange/template."),
    ("administrator", "static/0/"),
    ("administrator", "articles/"),
    ("editor", "topics/texts/"),
)
"""Who is let in there, and where the name of a file or text ends the address."""


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_no_name_in_an_address_leads_out_of_its_folder(
    site: Site, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("root:x: of this test")
    for role, folder in INSIDE:
        browser = site.browser(role)
        for name in UPWARDS:
            for written in (name, quote(name, safe="")):
                answer = browser.get(f"/{folder}{written}")
                assert answer.status_code in {400, 404}, written
                assert "root:x:" not in answer.text


def test_who_tries_to_leave_a_folder_is_audited_logged_in_or_not(site: Site) -> None:
    known, stranger = site.browser("clerk"), site.app.test_client()
    for browser in (known, stranger):
        for path in ("/static/0/..%2f..%2fsecret", "/articles/..%5C..%5Csecret"):
            browser.get(path)
    tried = [e for e in site.sealed() if e.entry.verb == "access.refused"]
    clerk = site.actors["clerk"].person
    assert [(e.entry.person, e.entry.object, e.entry.detail) for e in tried] == [
        (clerk, "", "NotFound"),
        (clerk, "route/knowledge.article", "NotFoundError"),
        (0, "", "NotFound"),  # and was led to the login before any article
    ]
    assert {sealed.origin.address for sealed in tried} == {"127.0.0.1"}


def upload(browser: FlaskClient, path: str, name: str, content: bytes) -> TestResponse:
    sent = {"csrf_token": token_of(browser), "file": (io.BytesIO(content), name)}
    return browser.post(path, data=sent)


def test_the_name_of_an_upload_is_never_a_path(site: Site, tmp_path: Path) -> None:
    admin, editor = site.browser("administrator"), site.browser("editor")
    there = files_below(tmp_path.parent)
    roster = "工号,姓名,部门\nw7,虚构,城东\n".encode()
    for name in UPWARDS:
        assert upload(admin, "/people/roster", name, roster).status_code == 302
        assert "secret" not in upload(editor, "/banks/exchange/", name, b"x").text
        text = "/topics/texts/glossary/upload"
        assert "secret" not in upload(editor, text, name, b"groups: []").text
    assert files_below(tmp_path.parent) == there
    assert "secret" not in admin.get("/people/roster").text
    assert "secret" not in str(site.audited())


def test_no_part_of_a_workbook_is_written_where_its_name_says(
    site: Site, tmp_path: Path
) -> None:
    there, admin = files_below(tmp_path.parent), site.browser("administrator")
    for member in (*UPWARDS, "xl/../../../secret"):
        kept, book = io.BytesIO(), openpyxl.Workbook()
        for row in (("工号", "姓名", "部门"), ("w7", "虚构", "城东")):
            book.active.append(row)
        book.save(kept)
        with zipfile.ZipFile(kept, "a") as archive:
            archive.writestr(member, "evil")
        answer = upload(admin, "/people/roster", "花名册.xlsx", kept.getvalue())
        assert answer.status_code in {302, 422}
    assert files_below(tmp_path.parent) == there
