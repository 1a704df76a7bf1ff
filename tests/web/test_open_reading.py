"""With reading open to the intranet, search and articles open; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import make_site
from tests.sites import with_people
from tests.web.conftest import Furnished
from tests.web.conftest import furnish
from tests.web.conftest import writes
from tests.web.matrix import NOBODY
from tests.web.matrix import PROGRAMS
from tests.web.matrix import TABLE
from trainer.kit import db

OPEN = {
    *("search.home", "search.results", "search.live", "search.part", "search.browse"),
    *("knowledge.article", "knowledge.version", "knowledge.versions"),
    *("knowledge.diff", "knowledge.links"),
    *("knowledge.notice", "knowledge.notice_sheet"),
    "tips.framed",
}
ALWAYS = {
    *("asset", "display", "people.login", "people.log_in"),
    *("setup.setup", "setup.set_up"),
    *("people.sign_on", "people.signed_on", "tips.widget"),
    *("verify.ask", "verify.verified"),
    *PROGRAMS,
}


@pytest.fixture(scope="module")
def intranet(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Furnished]:
    engine = databases.fresh(with_people)
    site = make_site(engine, tmp_path_factory.mktemp("open"), open_reading=True)
    furnished = furnish(site)
    with db.writing(engine) as session:
        text = make_text(title="只给主管", audience="supervisors")
        make_approved(session, text, slug="for-supervisors")
    site.reindex()
    yield furnished
    databases.drop(engine)


@pytest.mark.parametrize("case", sorted(TABLE), ids="-".join)
def test_only_search_and_articles_are_open(
    intranet: Furnished, case: tuple[str, str]
) -> None:
    with writes(intranet.site.engine) as written:
        answer = intranet.callers[NOBODY].ask(case[1], TABLE[case].path)
    to_login = answer.headers.get("Location", "").startswith("/people/login")
    is_open = case[0] in OPEN and case[1] == "GET"
    assert to_login == (not is_open and case[0] not in ALWAYS)
    if is_open:
        assert answer.status_code == 200
        assert written == []


@pytest.mark.parametrize(
    "path",
    [
        "/articles/for-supervisors",
        "/articles/for-supervisors/versions",
        "/articles/for-supervisors/versions/1",
        "/articles/rent-withdrawal/versions/3",
    ],
)
def test_what_is_not_for_everybody_does_not_exist_for_nobody(
    intranet: Furnished, path: str
) -> None:
    assert intranet.callers[NOBODY].ask("GET", path).status_code == 404


def test_drafts_and_names_do_not_leak(intranet: Furnished) -> None:
    for case in TABLE:
        if case[0] in OPEN:
            page = intranet.callers[NOBODY].ask("GET", TABLE[case].path).text
            assert "2027-06-01" not in page  # the draft
            assert "只给主管" not in page
            assert "editor（虚构）" not in page
            assert "approver（虚构）" not in page


def test_an_open_reader_is_asked_to_log_in_before_flagging(
    intranet: Furnished,
) -> None:
    page = intranet.callers[NOBODY].ask("GET", "/articles/rent-withdrawal").text
    assert "/people/login?next=/articles/rent-withdrawal" in page
    assert 'action="/cases/flags"' not in page
