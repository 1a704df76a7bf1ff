"""Every route, every role: who is let in, and that nobody else is."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web import permissions
from tests.web.conftest import Furnished
from tests.web.conftest import writes
from tests.web.matrix import LOOKS
from tests.web.matrix import NOBODY
from tests.web.matrix import OTHER_FILES
from tests.web.matrix import PROGRAMS
from tests.web.matrix import ROLES
from tests.web.matrix import SPREADSHEETS
from tests.web.matrix import TABLE

CASES = sorted(TABLE)
GETS = [case for case in CASES if case[1] == "GET"]
POSTS = [case for case in CASES if case[1] == "POST" and case[0] not in PROGRAMS]
REFUSED = {400, 403, 404}
KEPT = {("INSERT", "audit_entry")}
"""What a refusal writes down: who has tried what."""

WITHOUT_LOGIN = {
    *("asset", "display", "people.login", "people.log_in"),
    *("people.sign_on", "people.signed_on", "tips.widget"),
    *("setup.setup", "setup.set_up"),
    *("verify.ask", "verify.verified"),
    *PROGRAMS,
}


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_says_who_may_use_it(furnished: Furnished) -> None:
    there = routes(furnished.site.app)
    assert there - set(TABLE) == set(), "these routes need a row in tests/web/matrix.py"
    assert set(TABLE) - there == set(), "these rows have no route"


def test_the_table_in_the_documentation_is_this_one() -> None:
    written = permissions.PAGE.read_text("utf-8")
    assert written == permissions.rendered(), "run python -m tests.web.permissions"


def test_only_get_and_post_are_spoken(furnished: Furnished) -> None:
    assert {method for _, method in routes(furnished.site.app)} == {"GET", "POST"}


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_each_role_gets_the_answer_of_the_table(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    row, answers, gives_file = TABLE[case], {}, False
    for role in ROLES:
        answer = furnished.callers[role].ask(case[1], row.path, dict(row.form))
        answers[role] = answer.status_code
        gives_file |= "Content-Disposition" in answer.headers
    assert answers == dict(zip(ROLES, row.answers, strict=True))
    assert gives_file == (case in SPREADSHEETS or case in OTHER_FILES), (
        "say in tests/web/matrix.py what kind of file it is"
    )


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_nobody_is_led_to_the_login(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    answer = furnished.callers[NOBODY].ask(case[1], TABLE[case].path)
    location = answer.headers.get("Location", "")
    assert location.startswith("/people/login") == (case[0] not in WITHOUT_LOGIN)


@pytest.mark.parametrize("case", GETS, ids="-".join)
def test_looking_at_a_page_writes_nothing(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    noted = set()
    for role in ROLES:
        with writes(furnished.site.engine) as written:
            answer = furnished.callers[role].ask("GET", TABLE[case].path)
        is_kept = case[0] in LOOKS or answer.status_code in REFUSED
        assert acts(written) <= (KEPT if is_kept else set())
        noted |= acts(written)
    assert noted <= KEPT


def acts(written: list[str]) -> set[tuple[str, str]]:
    """Give what is done to which table; ``UPDATE table``, ``INSERT INTO table``."""
    words = (statement.replace("INTO ", "").split() for statement in written)
    return {(verb, table) for verb, table, *_ in words}


def test_the_watch_for_writes_bites(furnished: Furnished) -> None:
    with writes(furnished.site.engine) as written:
        furnished.callers["clerk"].ask("POST", "/cases/flags/mine/seen")
    assert [statement.split()[:2] for statement in written] == [["UPDATE", "flag"]]


@pytest.mark.parametrize("token", ["", "forged", None], ids=["empty", "forged", "none"])
@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_a_form_without_its_token_changes_nothing(
    furnished: Furnished, case: tuple[str, str], token: str | None
) -> None:
    row = TABLE[case]
    form = {**row.form, **({} if token is None else {"csrf_token": token})}
    with writes(furnished.site.engine) as written:
        for role in ROLES:
            answer = furnished.callers[role].bare().post(row.path, data=form)
            if role == NOBODY and case[0] not in WITHOUT_LOGIN:
                assert answer.headers["Location"].startswith("/people/login")
                continue
            assert answer.status_code == 400
            assert "页面已失效" in answer.text
    assert acts(written) <= KEPT


@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_the_token_of_another_session_does_not_count(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    row, stolen = TABLE[case], furnished.callers["clerk"].token
    form = {**row.form, "csrf_token": stolen}
    answer = furnished.callers["administrator"].ask("POST", row.path, form)
    assert answer.status_code == 400
