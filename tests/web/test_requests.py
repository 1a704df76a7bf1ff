"""Requests no page of ours sends: junk, floods, other hosts. Never a 500."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.apps import make_app
from tests.web.conftest import Caller
from tests.web.conftest import Furnished
from tests.web.matrix import NOBODY
from tests.web.matrix import PROGRAMS
from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from trainer.core.document import MOST_BYTES
from trainer.kit.web.security import LARGEST_KEY
from trainer.people.views import gate
from trainer.settings import Settings

GETS = sorted(case for case in TABLE if case[1] == "GET")
POSTS = sorted(case for case in TABLE if case[1] == "POST" and case[0] not in PROGRAMS)
PLACE = re.compile(r"<[^>]+>")
NAMES = re.compile(r'name="([^"]+)"')
ASKED = [
    *("q", "on", "line", "kind", "part", "role", "state", "whose", "mine", "status"),
    *("old", "new", "view", "version", "overdue", "next", "back", "amount", "day"),
    *("materials", "steps", "plain", "rank", "outcome", "slug", "days", "explain"),
    *("since", "until", "who", "verb", "object", "address", "before"),
    *("business", "step", "region", "person", "property", "channel", "date", "done"),
]
"""What addresses of this site ask for."""

JUNK = {
    "zero": "\x00",
    "quotes": "'\"`;--",
    "markup": "<script>alert(1)</script>",
    "template": "{{7*7}}${7*7}%s%(x)s%n",
    "wildcards": "%_*?[" * 20,
    "path": "../../../../etc/passwd",
    "huge number": "9" * 400,
    "negative": "-1",
    "not a number": "NaN",
    "exponent": "1e999",
    "direction": "\u202e\u200b\ufeff",
    "emoji": "🏠" * 50,
    "lines": "a\r\nSet-Cookie: x=y\r\n",
}


def furthest(furnished: Furnished, case: tuple[str, str]) -> Caller:
    """Give a caller who is let in."""
    for role, status in zip(ROLES, TABLE[case].answers, strict=True):
        if role != NOBODY and status not in {302, 403}:
            return furnished.callers[role]
    return furnished.callers["editor"]


def rules(furnished: Furnished) -> list[str]:
    """Give the pattern of every address."""
    return [rule.rule for rule in furnished.site.app.url_map.iter_rules()]


def must_be_answered(answer: TestResponse) -> None:
    """A page, a redirect or a refusal; nothing of the junk runs in a browser."""
    assert answer.status_code < 500
    if answer.mimetype == "text/html":
        assert "<script>alert" not in answer.text
    assert "x=y" not in answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_in_every_question_is_answered(furnished: Furnished, junk: str) -> None:
    query = "&".join(f"{name}={quote(junk)}" for name in ASKED)
    for case in GETS:
        path = TABLE[case].path.split("?")[0]
        must_be_answered(furthest(furnished, case).ask("GET", f"{path}?{query}"))


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_in_every_address_is_answered(furnished: Furnished, junk: str) -> None:
    for rule in rules(furnished):
        if PLACE.search(rule):
            path = PLACE.sub(quote(junk, safe=""), rule)
            must_be_answered(furnished.callers["editor"].ask("GET", path))


def test_every_address_without_a_place_for_junk_is_answered(
    furnished: Furnished,
) -> None:
    for rule in rules(furnished):
        if not PLACE.search(rule):
            must_be_answered(furnished.callers["editor"].ask("GET", rule))


@pytest.mark.parametrize(
    "number", ["0", str(LARGEST_KEY), str(LARGEST_KEY + 1), "9" * 30]
)
def test_a_number_that_no_row_has_is_missing(furnished: Furnished, number: str) -> None:
    caller = furnished.callers["editor"]
    for path in ("/cases/flags/", "/desk/", "/articles/rent-withdrawal/versions/"):
        assert caller.ask("GET", path + number).status_code == 404
    auditor = furnished.callers["auditor"]
    assert auditor.ask("GET", f"/audit/{number}").status_code == 404


@pytest.fixture(scope="module")
def fields(furnished: Furnished) -> list[str]:
    """Every name that a form of the site has, found by looking at all pages."""
    found = set(ASKED)
    for case in GETS:
        page = furthest(furnished, case).ask("GET", TABLE[case].path)
        found |= (
            set(NAMES.findall(page.text)) if page.mimetype == "text/html" else set()
        )
    return sorted(found - {"csrf_token", "viewport", "color-scheme"})


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_in_every_field_is_answered(
    furnished: Furnished, fields: list[str], junk: str
) -> None:
    for case in POSTS:
        form = dict.fromkeys(fields, junk)
        must_be_answered(furthest(furnished, case).ask("POST", TABLE[case].path, form))


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_a_hundred_thousand_characters_are_answered(
    furnished: Furnished, fields: list[str], case: tuple[str, str]
) -> None:
    caller = furthest(furnished, case)
    for start in range(0, len(fields), 20):  # 2 MB, as much as is taken
        form = {
            **TABLE[case].form,
            **dict.fromkeys(fields[start : start + 20], "x" * 100_000),
        }
        must_be_answered(caller.ask("POST", TABLE[case].path, form))


@pytest.mark.parametrize("query", ["租" * 10_000, "ab " * 10_000, "a*" * 5_000])
def test_a_huge_question_is_answered(furnished: Furnished, query: str) -> None:
    for path in ("/search", "/search/live"):
        answer = furnished.callers["clerk"].ask("GET", f"{path}?q={quote(query)}")
        must_be_answered(answer)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00\x01" * 100, "application/x-www-form-urlencoded"),
        (b"{" * 100_000, "application/json"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary="),
        (b"junk", "multipart/form-data"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>", "application/xml"),
        (b"", ""),
    ],
    ids=["bytes", "json", "boundary", "multipart", "xml", "nothing"],
)
def test_a_body_that_is_no_form_is_refused(
    furnished: Furnished, body: bytes, kind: str
) -> None:
    for case in POSTS:
        client = furthest(furnished, case).bare()
        answer = client.post(TABLE[case].path, data=body, content_type=kind)
        assert answer.status_code == 400


def test_a_hundred_thousand_fields_are_answered(furnished: Furnished) -> None:
    answer = (
        furnished.callers[NOBODY]
        .bare()
        .post(
            "/people/login",
            data=b"a=b&" * 100_000,
            content_type="application/x-www-form-urlencoded",
        )
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_more_than_the_limit_is_refused_with_a_page(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    most = gate.UPLOADS.get(case[0], 4 * MOST_BYTES)
    body = b"csrf_token=x&text=" + b"x" * most
    answer = (
        furthest(furnished, case)
        .bare()
        .post(
            TABLE[case].path,
            data=body,
            content_type="application/x-www-form-urlencoded",
        )
    )
    assert answer.status_code == 413
    assert "内容太大" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Prefix": "//evil.example"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Original-URL": "/people/places"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids="-".join,
)
def test_what_headers_say_of_the_host_stands_on_no_page(
    furnished: Furnished, headers: dict[str, str]
) -> None:
    """The QR code of the printed sheet aside, which shows the name one has typed."""
    caller = furnished.callers["clerk"]
    cookie = {"Cookie": f"session={caller.cookie}"}  # a jar keeps it for localhost
    for case in GETS:
        client = caller.site.app.test_client(use_cookies=False)
        answer = client.get(TABLE[case].path, headers={**headers, **cookie})
        assert answer.status_code == TABLE[case].answers[ROLES.index("clerk")]
        assert "evil" not in answer.headers.get("Location", "")
        assert b"evil.example" not in answer.data


def test_a_site_that_knows_its_names_refuses_others(
    engine: Engine, tmp_path: Path
) -> None:
    settings = Settings(
        data=tmp_path,
        database_url=str(engine.url),
        secret_key="secret of a test",
        hosts=("desk.example",),
    )
    client = make_app(settings, engine).test_client()
    for host, status in (
        ("desk.example", 200),
        ("desk.example:8000", 200),
        ("evil.example", 400),
        ("desk.example.evil.example", 400),
        ("", 400),
    ):
        answer = client.get("/setup", headers={"Host": host})
        assert answer.status_code == status


@pytest.mark.usefixtures("nothing_stays")
def test_no_field_of_a_form_reaches_a_column_it_should_not(
    furnished: Furnished,
) -> None:
    caller = furnished.callers["administrator"]
    form = {
        "name": "虚构",
        "roles": "clerk",
        "id": "2",
        "login": "taken-over",
        "active": "",
        "password_hash": "x",
        "must_change_password": "",
    }
    caller.ask("POST", "/people/accounts/1", form)
    page = caller.ask("GET", "/people/accounts/1").text
    assert "taken-over" not in page
    assert "停用账号" in page
