"""A certificate on the screen, as a file, and as anybody verifies it."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.certificates.papers import decide
from tests.certificates.papers import issued
from tests.certificates.papers import verify_path
from tests.certificates.papers import wanted
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_fact
from tests.competence.worlds import moment
from tests.competence.worlds import see
from tests.databases import statements
from tests.factories import SETUP
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from tests.sites import Site
from tests.sites import post
from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import NoGroundError
from trainer.certificates.domain.certificates import OwnDecisionError
from trainer.certificates.domain.certificates import State
from trainer.certificates.models import CertificateRow
from trainer.certificates.queries.sources import SOURCES
from trainer.certificates.queries.sources import Source
from trainer.competence.domain.authorising import Act
from trainer.competence.service import note_rule
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.people import queries as people_queries
from trainer.people import service as people

MOST_OF_GROWTH = 60
"""Statements, login and frame included."""

CHANGED = NOW + timedelta(days=10)
"""2 December: the new rules hold since yesterday."""


@pytest.fixture
def desk(site: Site) -> Desk:
    found = make_desk(site)
    decide(found, Act.GRANTED)
    return found


@pytest.fixture
def clerk(desk: Desk) -> FlaskClient:
    return desk.site.browser("clerk")


def told(page: str) -> str:
    """Give the words of the main part of a page."""
    main = page.split("<main")[1].split("</main>", maxsplit=1)[0]
    return html.unescape(re.sub(r"<[^>]+>", "\n", main))


def test_one_gets_the_same_certificate_however_often_one_asks(
    desk: Desk, clerk: FlaskClient
) -> None:
    assert "领取证书" in clerk.get("/growth").text
    paper = wanted(clerk, desk.east)
    assert paper == "/certificates/1"
    assert wanted(clerk, desk.east) == paper
    page = clerk.get("/growth").text
    assert "领取证书" not in page
    assert "2026-000001" in page
    words = told(clerk.get(paper).text)
    for said in ("上岗授权证书", "编号 2026-000001", "clerk（虚构）", "2026年11月22日"):
        assert said in words
    acts = [e.verb for e in desk.site.audited() if e.verb.startswith("certificate")]
    assert acts == ["certificate.issued"]


def test_the_file_says_what_the_page_says_line_by_line(
    desk: Desk, clerk: FlaskClient
) -> None:
    paper = f"/certificates/{issued(desk)}"
    answer = clerk.get(f"{paper}/certificate.pdf")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    read = PdfReader(io.BytesIO(answer.data))
    assert len(read.pages) == 1
    lines = [line.strip() for line in read.pages[0].extract_text().split("\n")]
    code = "AEAQ-CAIB-AEAQ-CAIB-AEAQ-CAIB-AE"
    assert lines == [
        "示例中心",
        "上岗授权证书",
        "编号 2026-000001",
        "clerk（虚构）",
        "经学习和考核达到要求，并由主管批准，可以在窗口独立办理“提取”业务。",
        "发证日期：2026年11月22日",
        "有效至：2027年11月22日",
        f"核验码：{code}",
        "本证书是否有效，以核验页面当天显示的为准；要求变了、到期或离岗，证书自动失效。",
    ]
    words = re.sub(r"\s", "", told(clerk.get(paper).text))
    for line in lines:
        said = line.removeprefix("核验码：").replace("：", "").replace(" ", "")
        assert said in words, line
    assert read.metadata
    assert read.metadata.title == "上岗授权证书 编号 2026-000001"
    assert read.metadata.author == "示例中心"
    assert clerk.get(f"{paper}/certificate.pdf").data == answer.data


def test_without_a_font_the_page_still_prints(desk: Desk, clerk: FlaskClient) -> None:
    paper = f"/certificates/{issued(desk)}"
    desk.site.app.extensions["font"] = "/no/such/font.ttf"
    answer = clerk.get(f"{paper}/certificate.pdf")
    assert answer.status_code == 422
    assert "请联系管理员，或先用浏览器打印" in answer.text
    assert "data-print" in clerk.get(paper).text


def test_anybody_with_the_code_sees_whether_it_holds_and_little_else(
    desk: Desk, clerk: FlaskClient
) -> None:
    path = verify_path(clerk, wanted(clerk, desk.east))
    stranger = desk.site.browser()
    answer = stranger.get(path)
    assert answer.status_code == 200
    words = told(answer.text)
    for said in ("有效", "2026-000001", "c***", "提取", "2027-11-22"):
        assert said in words
    assert "clerk" not in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    known = told(desk.site.browser("supervisor").get(path).text)
    assert "clerk（虚构）" in known
    assert "打开证书" in known
    other = told(desk.site.browser("editor").get(path).text)
    assert "c***" in other
    assert "clerk" not in other


def test_a_code_is_typed_as_it_stands_on_paper(desk: Desk) -> None:
    issued(desk)
    stranger = desk.site.browser()
    assert "核验证书" in stranger.get("/verify").text
    typed = "aeaq-caib-aeaq-caib-aeaq-caib-ae"
    answer = stranger.get("/verify", query_string={"code": typed})
    assert answer.status_code == 302
    assert "2026-000001" in stranger.get(answer.headers["Location"]).text
    wrong = stranger.get("/verify?code=abc").text
    assert "核验码是 26 个字母和数字" in wrong
    assert 'value="abc"' in wrong


def test_a_wrong_code_tells_nothing_and_who_tries_on_is_slowed_down(
    desk: Desk,
) -> None:
    issued(desk)
    stranger = desk.site.browser()
    never = ["A" * 26, "AEAQCAIBAEAQCAIBAEAQCAIBAF", "x", "证" * 26]
    pages = set()
    for code in never:
        answer = stranger.get(f"/verify/{code}")
        assert answer.status_code == 404
        pages.add(told(answer.text))
    assert len(pages) == 1
    answers = [stranger.get("/verify/" + "B" * 26).status_code for _ in range(60)]
    assert answers[0] == 404
    assert answers[-1] == 429


def states(desk: Desk) -> str:
    path = "/verify/AEAQCAIBAEAQCAIBAEAQCAIBAE"
    words = told(desk.site.browser().get(path).text)
    found = re.search(r"证书是真的，[^\n]+", words)
    assert found
    return found[0]


def test_a_change_of_rules_ends_it_that_day_and_a_new_one_has_a_new_number(
    desk: Desk,
) -> None:
    issued(desk)
    assert "今天有效" in states(desk)
    desk.site.set_clock(CHANGED)
    assert "要求变了或没有保持" in states(desk)
    clerk = desk.site.browser("clerk")
    page = clerk.get("/certificates/1").text
    assert "现在的状态：依据已失效" in page
    pdf = clerk.get("/certificates/1/certificate.pdf").data
    assert (
        "现在的状态：依据已失效" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    )
    form = {"kind": "line", "subject": "withdraw"}
    answer = post(clerk, f"/growth/{desk.east}/certificates", form, "/growth")
    assert answer.headers["Location"] == "/growth"
    assert "现在没有可以发证的依据" in clerk.get("/growth").text
    with db.writing(desk.site.engine) as session:
        assert note_rule(session, [desk.east], by=MANAGER, at=CHANGED) == 1
        show_the_new_rule(session, desk.east)
    desk.site.set_clock(CHANGED + timedelta(days=2))
    assert "要求变了或没有保持" in states(desk), "the old one stays what it was"
    clerk = desk.site.browser("clerk")
    assert wanted(clerk, desk.east) == "/certificates/2"
    assert wanted(clerk, desk.east) == "/certificates/2"
    page = clerk.get("/certificates/2").text
    assert "编号 2026-000002" in page
    assert "现在的状态" not in page


def show_the_new_rule(session: Session, clerk: int) -> None:
    changed = BANK.replace("15 日", "10 日").replace("2026-09-20", "2026-12-01")
    bank = put_in_force(session, changed, at=moment("2026-12-01", 1))
    see(
        session,
        *(
            make_fact(clerk, f"2026-12-0{n}", item, revision=bank.id)
            for n in (3, 4)
            for item in ("rent#days", "rent#visit-days")
        ),
    )


def test_who_is_authorised_again_gets_the_next_number(desk: Desk) -> None:
    first = issued(desk)
    decide(desk, Act.REVOKED, 1)
    assert "已经撤销" in states(desk)
    decide(desk, Act.GRANTED, 2)
    second = issued(desk, 2)
    assert "已经撤销" in states(desk), "the old one stays what it was"
    assert second != first
    with db.reading(desk.site.engine) as session:
        rows = session.query(CertificateRow).order_by(CertificateRow.id).all()
        assert [(row.year, row.serial) for row in rows] == [(2026, 1), (2026, 2)]
        assert [row.rests_on for row in rows] == [1, 3]


def test_suspended_expired_and_left(desk: Desk) -> None:
    issued(desk)
    decide(desk, Act.SUSPENDED, 1)
    assert "正在暂停" in states(desk)
    decide(desk, Act.RESTORED, 2)
    assert "今天有效" in states(desk)
    with db.writing(desk.site.engine) as session:
        person = people_queries.person(session, desk.east, reader=SETUP)
        closed = replace(person.account(), active=False)
        people.change_person(session, desk.east, closed, by=SETUP, at=NOW)
    assert "已不在窗口任职" in states(desk)
    desk.site.set_clock(NOW + timedelta(days=400))
    assert "有效期已过" in states(desk)


def test_a_supervisor_issues_and_revokes_for_his_people_only(desk: Desk) -> None:
    boss = desk.site.browser("supervisor")
    home = f"/growth/{desk.east}"
    paper = wanted(boss, desk.east, home)
    assert post(boss, f"{paper}/revoke", {"reason": "错"}, paper).status_code == 422
    answer = post(boss, f"{paper}/revoke", {"reason": "名字印错了"}, paper)
    assert answer.status_code == 302
    again = post(boss, f"{paper}/revoke", {"reason": "再撤一次"}, home)
    assert again.status_code == 409
    path = verify_path(boss, paper)
    assert "已经撤销" in told(desk.site.browser().get(path).text)
    assert "名字印错了" in desk.site.browser("clerk").get(paper).text
    assert boss.get(f"/growth/{desk.west}").status_code == 404
    for role in ("editor", "administrator"):
        other = desk.site.browser(role)
        for where in (paper, f"{paper}/certificate.pdf", home):
            assert other.get(where).status_code == 404
    acts = [e.verb for e in desk.site.audited() if e.verb.startswith("certificate")]
    assert acts == ["certificate.issued", "certificate.revoked"]
    looks = [e for e in desk.site.audited() if e.verb == "person.looked"]
    assert [e.object for e in looks] == [f"person/{desk.east}"]


def test_nobody_revokes_his_own_and_a_clerk_none(desk: Desk) -> None:
    key = issued(desk)
    clerk = desk.site.actors["clerk"]
    with db.writing(desk.site.engine) as session:
        with pytest.raises(DeniedError):
            service.revoke(session, key, "不想要了", by=clerk, at=NOW)
        own = replace(MANAGER, person=desk.east)
        with pytest.raises(OwnDecisionError):
            service.revoke(session, key, "不想要了", by=own, at=NOW)


def test_what_does_not_hold_is_not_certified(desk: Desk) -> None:
    def ask(session: Session, person: int, kind: Kind, subject: str) -> int:
        by, chance = desk.site.actors["clerk"], bytes(CODE_BYTES)
        return service.issue(session, person, kind, subject, chance, by=by, at=NOW)

    with db.writing(desk.site.engine) as session:
        for kind, subject in ((Kind.LINE, "service"), (Kind.COURSE, "first-week")):
            with pytest.raises(NoGroundError):
                ask(session, desk.east, kind, subject)
        with pytest.raises(NotFoundError):
            ask(session, desk.west, Kind.LINE, "withdraw")


def test_an_erased_person_leaves_no_name_behind(desk: Desk) -> None:
    issued(desk)
    with db.reading(desk.site.engine) as session:
        names = {column.name for column in CertificateRow.__table__.columns}
        assert not names & {"name", "login"}
        found = queries.verified(
            session, "AEAQCAIBAEAQCAIBAEAQCAIBAE", NOW.date(), reader=SETUP
        )
    assert found.name == "c***"


def test_a_page_asks_no_more_however_many_certificates_there_are(desk: Desk) -> None:
    clerk = desk.site.browser("clerk")
    issued(desk)
    clerk.get("/growth")

    def asked() -> int:
        with statements(desk.site.engine) as seen:
            assert clerk.get("/growth").status_code == 200
        return len(seen)

    before = asked()
    for seen in (1, 3, 5):
        decide(desk, Act.REVOKED, seen)
        decide(desk, Act.GRANTED, seen + 1)
        issued(desk, seen + 1)
    assert asked() <= before
    assert before <= MOST_OF_GROWTH


def test_another_kind_is_another_source(
    desk: Desk, clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Ground(
        person=desk.east,
        kind=Kind.COURSE,
        subject="first-week",
        rests_on=NOW.date().toordinal(),
        until=None,
    )
    learned = Source(
        grounds=lambda _session, people, _on: [done] if desk.east in people else [],
        states=lambda _session, grounds, _on: dict.fromkeys(grounds, State.VALID),
        names=lambda _session: {"first-week": "新人第一周"},
    )
    monkeypatch.setattr(
        "trainer.certificates.queries.standings.SOURCES",
        {**SOURCES, Kind.COURSE: learned},
    )
    assert "课程结业证书：新人第一周" in told(clerk.get("/growth").text)
    form = {"kind": "course", "subject": "first-week"}
    answer = post(clerk, f"/growth/{desk.east}/certificates", form, "/growth")
    page = told(clerk.get(answer.headers["Location"]).text)
    for said in ("课程结业证书", "已学完课程“新人第一周”", "长期"):
        assert said in page
    assert "批准人" not in page
