"""Pages of the auditor: what he finds, what others do not, what he takes away."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import insert
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.audit.histories import DESK
from tests.audit.histories import spoil
from tests.databases import statements
from tests.factories import NOON
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.domain import listing
from trainer.audit.models import ExportRow
from trainer.core.errors import DeniedError
from trainer.kit import db
from trainer.people.models import PersonRow

MOST_QUESTIONS = 6
"""To the database, for one page."""

LIST = "/audit/"
NUMBERS = re.compile(r'href="/audit/(\d+)"')


@pytest.fixture
def auditor(site: Site) -> FlaskClient:
    return site.browser("auditor")


def told(site: Site, *entries: Entry, days: int = 0) -> None:
    """Let things have been done, at noon in August or some days later."""
    with db.writing(site.engine, DESK) as session:
        for entry in entries:
            service.record(session, entry, at=NOON + timedelta(days))


def key(site: Site, role: str) -> int:
    return site.actors[role].person


def numbers(page: TestResponse) -> list[int]:
    assert page.status_code == 200, page.text
    return [int(found) for found in NUMBERS.findall(page.text)]


def last(site: Site) -> Entry:
    with db.reading(site.engine) as session:
        return queries.entries(session, limit=10_000)[-1]


def test_the_list_tells_who_did_what_and_names_people_as_they_are_called_now(
    site: Site, auditor: FlaskClient
) -> None:
    admin = key(site, "administrator")
    told(
        site,
        Entry(
            person=admin, verb="account.closed", object=f"person/{key(site, 'clerk')}"
        ),
        Entry(person=0, verb="login.refused", detail="TooManyFailuresError"),
    )
    page = auditor.get(LIST).text
    assert "administrator（虚构）（administrator）" in page
    assert "停用账号" in page
    assert "账号 clerk（虚构）（clerk）" in page
    assert "未登录" in page
    assert "连续输错，暂停登录" in page
    assert "2026-08-22 12:00:00" in page
    assert "10.0.0.9" in page
    assert "命令行" in page  # made the accounts of the site
    with db.writing(site.engine) as session:
        session.get_one(PersonRow, admin).name = "改名（虚构）"
    assert "改名（虚构）（administrator）" in auditor.get(LIST).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("verb=account.closed", [1]),
        ("kind=flag", [3, 2]),
        ("who=clerk", [3]),
        ("who=CLERK（虚", [3]),
        ("who=nobody", []),
        ("address=10.0.0.9", [5, 4, 3, 2, 1]),
        ("address=10.0.0", []),
        ("object=flag/1", [2]),
        ("since=2026-08-23&until=2026-08-23", [4]),
        ("since=2026-08-24", [5]),
        ("until=2026-08-22&kind=flag&who=clerk", [3]),
        ("since=2025-01-01&until=2025-12-31", []),
    ],
)
def test_the_list_is_narrowed(
    site: Site, auditor: FlaskClient, asked: str, found: list[int]
) -> None:
    with db.reading(site.engine) as session:
        start = queries.head(session).number
    admin, clerk = key(site, "administrator"), key(site, "clerk")
    told(site, Entry(person=admin, verb="account.closed", object="person/1"))
    told(site, Entry(person=admin, verb="flag.raised", object="flag/1"))
    told(site, Entry(person=clerk, verb="flag.raised", object="flag/2"))
    told(site, Entry(person=admin, verb="topics.saved"), days=1)
    told(site, Entry(person=admin, verb="topics.saved"), days=2)
    with db.reading(site.engine) as session:
        end = queries.head(session).number
    page = auditor.get(f"{LIST}?{asked}")
    shown = [n - start for n in numbers(page) if start < n <= end]
    assert shown == found
    if not found:
        assert "没有符合条件的记录" in page.text


def test_more_than_a_page_goes_on_by_number(site: Site, auditor: FlaskClient) -> None:
    told(
        site,
        *[Entry(person=1, verb="flag.raised", object=f"flag/{n}") for n in range(70)],
    )
    path = f"{LIST}?kind=flag"
    first = auditor.get(path)
    assert len(numbers(first)) == listing.SIZE
    following = re.search(r'href="([^"]+)"[^>]*>更早的', first.text)
    assert following
    second = auditor.get(following[1].replace("&amp;", "&"))
    assert len(numbers(second)) == 20
    assert numbers(first) + numbers(second) == sorted(
        numbers(first) + numbers(second), reverse=True
    )
    assert "没有更早的了" in second.text
    assert "回到最新" in second.text


@pytest.mark.parametrize(
    ("asked", "told_back"),
    [
        ("since=2026-13-01", "不是有效的日期"),
        ("since=1000-01-01", "请选一个实际的日期"),
        ("since=2026-08-02&until=2026-08-01", "应不早于前一个日期"),
        ("verb=account.flown", "不是有效的选择"),
    ],
)
def test_a_filter_that_cannot_be_read_narrows_nothing_and_says_so(
    site: Site, auditor: FlaskClient, asked: str, told_back: str
) -> None:
    told(site, Entry(person=1, verb="topics.saved"))
    page = auditor.get(f"{LIST}?{asked}")
    assert told_back in page.text
    assert numbers(page)


def test_a_name_that_means_too_many_people_says_so(
    auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.audit.views.MOST_PEOPLE", 3)
    page = auditor.get(f"{LIST}?who={quote('虚构')}")
    assert "符合的人太多，请写完整的工号或姓名" in page.text
    form = {"who": "虚构", "why": "年度检查", "ending": "csv"}
    assert post(auditor, "/audit/export", form, LIST).status_code == 422


def test_an_entry_shows_its_digests_and_its_place_in_the_chain(
    site: Site, auditor: FlaskClient
) -> None:
    told(
        site,
        Entry(
            person=1,
            verb="topics.saved",
            object="topics/glossary",
            before="b" * 64,
            after="a" * 64,
        ),
    )
    with db.reading(site.engine) as session:
        number = queries.head(session).number
        sealed = queries.sealed_at(session, number)
    assert sealed is not None
    page = auditor.get(f"{LIST}{number}").text
    for shown in (sealed.hash, sealed.previous, "b" * 64, "a" * 64, DESK.request):
        assert shown in page
    assert "校验值相符" in page
    assert "/audit/?object=topics/glossary" in page


def test_an_entry_that_was_changed_says_so(site: Site, auditor: FlaskClient) -> None:
    spoil(site.engine, "UPDATE audit_entry SET person_id = 99 WHERE id = 1")
    page = auditor.get(f"{LIST}1").text
    assert "校验值不符" in page
    assert "人员 99" in page


def test_an_entry_that_is_not_there_is_missing(auditor: FlaskClient) -> None:
    page = auditor.get(f"{LIST}99999")
    assert page.status_code == 404
    assert "太早的记录可能已经归档" in page.text


@pytest.mark.parametrize("role", ["administrator", "manager", "approver", "clerk"])
def test_nobody_but_the_auditor_reads_the_audit(site: Site, role: str) -> None:
    browser = site.browser(role)
    for path in (LIST, f"{LIST}1"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert "account.opened" not in answer.text
    assert "操作记录" not in browser.get("/").text
    assert "操作记录" in site.browser("auditor").get("/").text
    by = site.actors[role]
    with db.reading(site.engine) as session:
        for ask in (
            lambda: queries.listed(session, listing.Wanted(), reader=by),
            lambda: queries.entry(session, 1, reader=by),
        ):
            with pytest.raises(DeniedError):
                ask()


def test_no_page_changes_or_removes_an_entry(site: Site) -> None:
    rules = [
        r for r in site.app.url_map.iter_rules() if r.endpoint.startswith("audit.")
    ]
    methods = {r.endpoint: (r.methods or set()) - {"HEAD", "OPTIONS"} for r in rules}
    assert methods == {
        "audit.entries": {"GET"},
        "audit.entry": {"GET"},
        "audit.export": {"POST"},
    }


def test_a_look_is_kept_once_an_hour(site: Site, auditor: FlaskClient) -> None:
    def looks() -> list[Entry]:
        with db.reading(site.engine) as session:
            kept = queries.entries(session, limit=10_000)
        return [entry for entry in kept if entry.verb == "audit.viewed"]

    auditor.get(LIST)
    auditor.get(f"{LIST}?kind=login")
    auditor.get(f"{LIST}1")
    by = key(site, "auditor")
    assert looks() == [Entry(person=by, verb="audit.viewed", object="audit/all")]
    clerk = f"person/{key(site, 'clerk')}"
    auditor.get(f"{LIST}?who=clerk")
    auditor.get(f"{LIST}?who=clerk")
    assert [entry.object for entry in looks()] == ["audit/all", clerk]
    look = looks()[0]
    with db.writing(site.engine) as session:
        service.looked(session, look, at=NOW + timedelta(minutes=59))
        service.looked(session, look, at=NOW + timedelta(minutes=61))
        service.looked(session, look, at=NOW + timedelta(minutes=62))
    assert [entry.object for entry in looks()] == ["audit/all", clerk, "audit/all"]


def test_a_look_that_cannot_be_kept_is_not_given(
    auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise db.StorageFullError("磁盘空间不足")

    monkeypatch.setattr(service, "looked", full)
    answer = auditor.get(LIST)
    assert answer.status_code == 507
    assert "account.opened" not in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?kind=login&before=999",
        "?who=虚构&verb=login.begun&since=2020-01-01&until=2030-01-01",
    ],
)
def test_a_page_asks_few_questions_however_long_the_list(
    site: Site, auditor: FlaskClient, asked: str
) -> None:
    auditor.get(LIST + asked)  # the look of this hour is kept
    counts = []
    for _ in range(2):
        told(site, *[Entry(person=n, verb="login.begun") for n in range(1, 60)])
        with statements(site.engine) as seen:
            assert auditor.get(LIST + asked).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= MOST_QUESTIONS


def export(auditor: FlaskClient, **form: str) -> TestResponse:
    given = {"why": "年度检查", "ending": "xlsx", **form}
    return post(auditor, "/audit/export", given, LIST)


def test_an_export_is_read_back_and_itself_kept(
    site: Site, auditor: FlaskClient
) -> None:
    admin = key(site, "administrator")
    told(site, Entry(person=admin, verb="flag.raised", object="flag/7", detail="=1+1"))
    answer = export(auditor, kind="flag")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    name = 'attachment; filename="audit-20261122-020000.xlsx"'
    assert answer.headers["Content-Disposition"] == name
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    heads, row, _, mark = list(sheet.values)
    assert str(mark[0]).startswith(
        "auditor（虚构）（auditor） 于 2026-11-22 10:00:00 导出，理由：年度检查"
    )
    cells = dict(zip(heads, row, strict=True))
    assert cells["谁"] == "administrator（虚构）（administrator）"
    assert cells["时间"] == "2026-08-22 12:00:00"
    assert cells["做了什么"] == "提出有误反馈"
    assert cells["对象"] == "有误反馈 7"
    assert cells["说明"] == "'=1+1"
    assert cells["来自"] == "10.0.0.9"
    assert cells["对象代码"] == "flag/7"
    kept = last(site)
    assert (kept.person, kept.verb, kept.detail) == (
        key(site, "auditor"),
        "export.made",
        "audit",
    )
    with db.reading(site.engine) as session:
        note = session.scalars(select(ExportRow)).one()
    assert kept.object == f"export/{note.id}"
    assert (note.reason, note.asked, note.rows) == ("年度检查", "kind=flag", 1)
    assert note.file_digest == hashlib.sha256(answer.data).hexdigest()
    told_of = ["audit", "年度检查", "kind=flag", 1, note.file_digest]
    assert kept.after == hashlib.sha256(json.dumps(told_of).encode()).hexdigest()
    assert "年度检查" not in str(kept)


def test_the_reason_of_an_export_stands_on_its_page(
    site: Site, auditor: FlaskClient
) -> None:
    export(auditor, kind="flag")
    with db.reading(site.engine) as session:
        number = queries.head(session).number
    page = auditor.get(f"{LIST}{number}").text
    assert "年度检查" in page
    assert "kind=flag" in page
    assert "校验值相符" in page
    spoil(site.engine, "UPDATE audit_export SET reason = '别的理由'")
    assert "校验值不符" in auditor.get(f"{LIST}{number}").text
    spoil(site.engine, "DELETE FROM audit_export")
    assert auditor.get(f"{LIST}{number}").status_code == 200


def test_an_export_as_csv(site: Site, auditor: FlaskClient) -> None:
    told(site, Entry(person=1, verb="flag.raised", object="flag/7"))
    answer = export(auditor, kind="flag", ending="csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert "flag/7" in lines[1]
    assert lines[-2].startswith("auditor（虚构）（auditor） 于")


@pytest.mark.parametrize("reason", ["", "   ", "查 查", "检 查一"])
def test_an_export_without_a_reason_is_refused_and_keeps_the_filter(
    site: Site, auditor: FlaskClient, reason: str
) -> None:
    answer = export(auditor, why=reason, kind="flag")
    assert answer.status_code == (422 if len(reason.strip()) < 4 else 200)
    if answer.status_code == 422:
        assert "请写明导出理由，至少 4 个字" in answer.text
        assert '<option selected value="flag">' in answer.text
        assert last(site).verb != "export.made"


def test_a_long_reason_or_an_unknown_format_is_refused(auditor: FlaskClient) -> None:
    assert export(auditor, why="长" * 201).status_code == 422
    assert export(auditor, ending="exe").status_code == 422


def test_an_export_has_an_end_and_says_so(
    site: Site, auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.audit.views.MOST_EXPORTED", 5)
    told(
        site,
        *[Entry(person=1, verb="flag.raised", object=f"flag/{n}") for n in range(9)],
    )
    answer = export(auditor, kind="flag", before="3", ending="csv")
    lines = answer.data.decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == 1 + 5 + 2
    assert "只含最新的 10000 条" in lines[-1]
    assert "flag/8" in lines[1]
    whole = export(auditor, kind="post", ending="csv").data.decode("utf-8-sig")
    assert "只含最新的" not in whole


def test_somebody_who_does_not_audit_exports_nothing(site: Site) -> None:
    browser = site.browser("administrator")
    form = {"why": "年度检查", "ending": "xlsx"}
    assert post(browser, "/audit/export", form, "/people/me").status_code == 403
    with db.reading(site.engine) as session:
        assert session.scalars(select(ExportRow)).all() == []


def test_an_export_that_cannot_be_kept_is_not_handed_out(
    auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object, **_more: object) -> None:
        raise db.StorageFullError("磁盘空间不足")

    monkeypatch.setattr(service, "exported", busy)
    answer = export(auditor)
    assert answer.status_code == 507
    assert "Content-Disposition" not in answer.headers


def test_people_are_found_by_login_before_name(site: Site) -> None:
    """A login that is exactly the words is meant alone."""
    directory = site.app.extensions["directory"]
    assert isinstance(directory, queries.Directory)
    by = site.actors["auditor"]
    with db.writing(site.engine) as session:
        session.execute(
            insert(PersonRow),
            [
                {
                    "login": login,
                    "name": name,
                    "phone": "",
                    "password_hash": "",
                    "password_set_at": NOON,
                    "must_change_password": False,
                    "active": True,
                    "created_at": NOON,
                }
                for login, name in (("w1", "甲（虚构）"), ("w12", "w1 乙（虚构）"))
            ],
        )
        exact = directory.found(session, "w1", by)
        more = directory.found(session, "W1", by)
        none = directory.found(session, "%", by)
        names = directory.names(session, exact, by)
        assert list(names.values()) == ["甲（虚构）（w1）"]
        assert (len(more), none) == (2, frozenset())
        with pytest.raises(DeniedError):
            directory.found(session, "w1", site.actors["administrator"])
        with pytest.raises(DeniedError):
            directory.names(session, exact, site.actors["administrator"])
