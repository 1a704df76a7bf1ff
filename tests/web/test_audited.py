"""Who changes the database by a form leaves an entry in the audit: each is watched.

A form that changes nothing here, and one that may do without an entry, stands in a
list with its reason; a new route that is in neither fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.courses.packs import ITEMS
from tests.factories import make_text
from tests.sites import PASSWORD
from tests.web.conftest import LEFT
from tests.web.conftest import Furnished
from tests.web.conftest import writes
from tests.web.matrix import NOBODY
from tests.web.matrix import PROGRAMS
from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from tests.web.practice import rent_from
from trainer.audit import queries
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.verbs import KIND_NAMES
from trainer.audit.domain.verbs import VERB_NAMES
from trainer.core.origin import Origin
from trainer.kit import db
from trainer.kit.web import current
from trainer.knowledge.service import prepare
from trainer.publishing.domain.manuscript import tree_hashes

POSTS = sorted(case for case in TABLE if case[1] == "POST" and case[0] not in PROGRAMS)
CARD = "/articles/rent-withdrawal"
GROUP = {"id": "probe", "official": "探测词", "synonyms": "探测同义词", "note": "测试"}
EDITED = {"based_on": "1", "why": "测试"}
SKILL = {"name": "另一项", "lines": "withdraw", "tiers": "in-post"}
QUESTION = {
    "competency": "P5",
    "difficulty": "1",
    "asks": "rule",
    "answer": "true",
    "stem": "可以提。",
    "explanation": "写着。",
    "cites-0": "rent-withdrawal#answer",
}
HEAD = {
    "slug": "another",
    "title": "另一份",
    "line": "withdraw",
    "owner": "withdrawal-desk",
    "review_every_days": "180",
    "effective_from": "2026-12-01",
    "evidence": "B",
    "source": "各题",
}
ITEM = {
    "business": "withdraw.rent",
    "step": "verify",
    "severity": "error",
    "causes": "property",
    "competency": "P5",
    "wrong": "看错了",
    "check": "再看一遍",
    "cites-0": "rent-withdrawal#answer",
}
PACK = {
    "site": "1",
    "on": "2026-11-22",
    "scenario": "rent-share",
    "told": "某某白跑一趟。",
    "asked": "先问什么？",
    **dict(zip(("first", "second", "third"), ITEMS, strict=True)),
}
RULE = prepare(rent_from("2026-09-20")).manuscript
"""What holds of the only article."""

NEXT = make_text(title="下一版", effective_from="2028-01-01")

FILLED: dict[str, tuple[str, dict[str, str]]] = {
    "knowledge.withdraw": (f"{CARD}/versions/1/withdraw", {"reason": "内容有误"}),
    "desk.create_next": (
        "/desk/follow/rent-withdrawal/save",
        {"text": NEXT, "based_on": "0"},
    ),
    "desk.save_again": ("/desk/4", {"text": NEXT, "based_on": "1"}),
    "banks.create": ("/banks/new/quiz", HEAD),
    "checklists.create": ("/checklists/new/checklist", HEAD),
    "checklists.create_item": (
        "/checklists/rent-errors/items/new",
        {"id": "more", **ITEM},
    ),
    "checklists.change_item": (
        "/checklists/rent-errors/items/parents-home",
        {"id": "parents-home", **ITEM},
    ),
    "banks.create_question": (
        "/banks/rent-bank/questions/new?type=true_false",
        {"id": "more", **QUESTION},
    ),
    "banks.change_question": (
        "/banks/rent-bank/questions/days",
        {"id": "days", "type": "true_false", **QUESTION},
    ),
    "banks.change_quiz": (
        "/banks/first-quiz/rules",
        {
            "mode": "exam",
            "minutes": "20",
            "how": "draw",
            "navigation": "free",
            "review": "submit",
            "draw-0-competency": "P5",
            "draw-0-count": "1",
        },
    ),
    "scripts.create": (
        "/scripts/new/scenario",
        {
            "slug": "another-talk",
            "title": "另一个",
            "about": "练耐心",
            "day": "2026-12-01",
            "line": "withdraw",
            "owner": "withdrawal-desk",
            "review_every_days": "180",
            "effective_from": "2026-12-01",
            "evidence": "B",
            "source": "各处",
        },
    ),
    "scripts.change_head": (
        "/scripts/talk/head",
        {"about": "另练一样", "day": "2026-12-01", "start": "hello", "mood": "3"},
    ),
    "scripts.create_place": (
        "/scripts/talk/endings",
        {"id": "more", "outcome": "fair", "says": "好吧。", "debrief": "一般。"},
    ),
    "scripts.change": (
        "/scripts/talk/endings/done",
        {"id": "done", "outcome": "good", "says": "好。", "debrief": "办完。"},
    ),
    "scripts.remove": ("/scripts/talk/nodes/home/remove", {}),
    "topics.add_group": ("/topics/glossary/new", {**EDITED, **GROUP}),
    "topics.save_group": (
        "/topics/glossary/groups/returned",
        {**EDITED, **GROUP, "id": "returned"},
    ),
    "topics.remove_group": ("/topics/glossary/groups/returned/remove", EDITED),
    "topics.save_places": ("/topics/glossary/places", {**EDITED, "places": "某地"}),
    "topics.add_competency": (
        "/topics/competencies/new",
        {**EDITED, **SKILL, "dimension": "G"},
    ),
    "topics.save_competency": ("/topics/competencies/items/P5", {**EDITED, **SKILL}),
    "topics.retire_competency": ("/topics/competencies/items/G1/retire", EDITED),
    "topics.save_framework_part": (
        "/topics/competencies/dimensions/G",
        {**EDITED, "name": "特殊人群"},
    ),
    "topics.save_text": ("/topics/texts/glossary", {**EDITED, "text": "groups: []"}),
    "people.log_in": ("/people/login", {"login": "clerk", "password": PASSWORD}),
    "people.change_password": (
        "/people/password",
        {"old": PASSWORD, "new": "another-2026", "again": "another-2026"},
    ),
    "people.end_login": ("/people/me/logins/1", {}),
    "people.erase": (
        f"/people/{len(ROLES)}/erase",
        {"why": "asked", "login": LEFT, "step": "login"},
    ),
    "people.work": (
        f"/people/{len(ROLES) - 2}/work",
        {"organisation": "1", "site": "1", "begins_on": "2026-12-01", "post": ""},
    ),
    "people.secondments.act": (
        "/people/secondments/1/end",
        {"last_on": "2026-11-30", "reason": "派驻期满"},
    ),
    "people.secondments.resume": ("/people/secondments/2/resume", {}),
    "people.places.new": ("/people/places/sites/new", {"code": "west", "name": "西"}),
    "people.places.edit": ("/people/places/sites/1", {"name": "城东二"}),
    "people.places.retire": ("/people/places/sites/2/retire", {}),
    "people.places.reopen": ("/people/places/sites/3/reopen", {}),
    "quizzes.grade": (
        "/quizzes/grading/1/5",
        {"marks1": "1", "marks2": "0.5", "remark": "", "seen": "0"},
    ),
    "people.tokens.revoke": ("/people/tokens/1/revoke", {}),
    "live.create": (
        "/live/new?scenario=rent-share",
        {
            "clerk": "clerk",
            "citizen": "auditor",
            "observer": "manager",
            "case": "",
            "once": "another",
        },
    ),
    "live.tell": ("/live/1/script", {"act": "say", "number": "1", "place": "1"}),
    "live.mark": ("/live/1/rubric", {"mark": "policy:2"}),
    "live.void": ("/live/2/void", {"why": "打错了人"}),
    "replays.create": (
        "/case-replays/new",
        {
            "origin": "returned",
            "title": "父母的房子",
            "slug": "home-of-parents",
            "asked": "爸妈有房，能提吗？",
            "told": "提不了。",
            "right": "只看您和爱人。",
            "cause": "property",
            "line": "withdraw",
            "competency": "P5",
            "article": "rent-withdrawal",
            "section": "answer",
            "first_day": "2026-11-22",
        },
    ),
    "meetings.create": ("/meetings/new", {**PACK, "once": "another"}),
    "meetings.change": ("/meetings/1/pack", {**PACK, "once": "x", "based_on": "1"}),
    "duties.sign": (
        "/duties/2",
        {"shown": RULE.content_hash},
    ),
    "courses.read_step": (
        "/courses/rent-course/steps/conditions",
        {"shown": tree_hashes(RULE.sections)["answer"]},
    ),
    "courses.sign_sessions": (
        "/courses/rent-course/sessions",
        {"on": "2026-11-20", "seat": "1:talk"},
    ),
    "courses.take_back_signature": ("/courses/sessions/1/back", {"reason": "没来"}),
    "courses.create": (
        "/courses/new/course",
        {**HEAD, "about": "学", "tier": "in-post"},
    ),
    "courses.change": (
        "/courses/rent-course/edit",
        {
            "about": "学",
            "tier": "onboarding",
            "first_day": "2026-11-22",
            "steps-0-kind": "session",
            "steps-0-title": "面谈",
            "steps-0-minutes": "30",
        },
    ),
    "duties.make_rule": (
        "/duties/rules/new",
        {"name": "新规则", "days": "7", "since": "2026-11-01", "once": "another"},
    ),
    "duties.save_rule": (
        "/duties/rules/1",
        {
            "name": "改了名",
            "days": "7",
            "since": "2026-11-01",
            "once": "x",
            "based_on": "1",
        },
    ),
    "notices.save_settings": (
        "/notices/settings",
        {"address": "clerk@example.cn", "wants_mail": "y"},
    ),
    "office.enter_addresses": (
        "/admin/addresses",
        {"addresses": "clerk clerk@example.cn"},
    ),
    "office.save_days": (
        "/admin/calendar",
        {"days": "2099-01-01,休,例", "based_on": ""},
    ),
    "plans.waive": (
        "/plan/1/waivers",
        {"course": "first-week", "why": "在外行办过", "once": "another"},
    ),
    "mentoring.enter_case": (
        "/mentoring/2/cases/new",
        {
            "business": "withdraw.rent",
            "reference": "A-2",
            "day": "2026-11-20",
            "once": "x",
        },
    ),
    "mentoring.write": (
        "/mentoring/2/notes/question",
        {"question-words": "怎么办？", "question-once": "x"},
    ),
    "mentoring.answer": ("/mentoring/notes/1/answer", {"words": "这么办"}),
    "mentoring.save_plan": (
        "/mentoring/2/plan/withdraw",
        {
            "shadow": "1",
            "cosign": "1",
            "cases": "5",
            "in_a_row": "5",
            "sample": "1",
            "share": "50",
            "spot": "2",
        },
    ),
    "mentoring.put_into": (
        "/mentoring/2/phase/withdraw",
        {"phase": "sample", "reason": "学过"},
    ),
    "certificates.revoke": ("/certificates/1/revoke", {"reason": "印错了字"}),
    "honours.take_back": ("/honours/1/revoke", {"reason": "重复计算"}),
    "honours.set_bound": ("/honours/bounds", {"rule": "service", "least": "9"}),
    "competence.object_to": (
        "/competence/lines/withdraw/objection",
        {"withdraw-reason": "记录不全", "withdraw-seen": "0"},
    ),
    "competence.decide": (
        "/competence/people/1/lines/withdraw",
        {"withdraw-act": "limited", "withdraw-seen": "0"},
    ),
    "competence.enter": (
        "/competence/people/1/sightings/observation",
        {"on": "2026-11-20", "token": "probe", "level-P1": "3"},
    ),
    "competence.take_back": ("/competence/sightings/1/back", {"reason": "登错了"}),
    "competence.confirm_returned": (
        "/competence/returned/confirm",
        {
            "text": "工号,日期,业务,能力项,差错原因\n"
            "clerk,2026-11-20,租房提取,P5,materials\n"
        },
    ),
    "competence.take_back_returned": (
        "/competence/returned/batch-1/back",
        {"reason": "导错了"},
    ),
}
"""Forms that do something, for rows of the matrix that are refused."""

REFUSED = "access.refused"
"""What a refusal leaves: it changes nothing, tests/web/test_attacks.py watches it."""

SILENT = {
    "quizzes.answer": "single answers stand in the attempt, whose steps are kept",
    "tips.tick_off": "what was ticked stands in its own table, for a year",
    "scenarios.choose": "single choices stand in the play, whose steps are kept",
    "live.tell": "what was said stands in the play, whose steps are kept",
    "live.mark": "likewise",
    "cases.mark_seen": "a person's own mark that he has seen an answer",
    "notices.mark_seen": "likewise, a notice",
    "notices.mark_all_seen": "likewise, all of them",
}
"""What changes the database and needs no entry."""

ELSEWHERE = {
    "mentoring.choose": "needs a mentor who is current: mentoring/test_pages.py",
    "mentoring.take_signature": "likewise",
    "mentoring.take_back": "needs a case that is signed: likewise",
    "people.roster.upload": "needs a file: test_roster_pages.py",
    "people.roster.choose": "changes rows that wait; confirming them is kept",
    "people.roster.correct": "likewise",
    "people.roster.confirm": "needs the seal of a preview: test_roster.py",
    "people.roster.undo": "needs a confirmed import: test_roster.py",
    "quizzes.rule": "needs the seal of a dry run: test_grading_pages.py",
    "plans.assign": "needs the seal of a preview: courses/test_plan_pages.py",
    "plans.make_rule": "likewise",
    "plans.save_rule": "likewise",
    "plans.end_rule": "likewise",
    "growth.issue": "needs an authorisation: certificates/test_certificate_pages.py",
    "honours.confirm": "needs a quarter of work: certificates/test_honour_pages.py",
    "setup.set_up": "needs an empty database: test_setup.py",
}
"""What changes nothing on the furnished site, and is watched by its own tests."""

HARMLESS = {
    **ELSEWHERE,
    "quizzes.keep": "needs the JSON of the page: quizzes/test_taking_pages.py",
    "competence.look_at_returned": "shows what a file would bring",
    "exchange.look": "shows what a file would change",
    "exchange.confirm": "needs a preview: quizzes/test_exchange_pages.py",
    "exchange.undo": "the bank of the site is in force; likewise",
    "exchange.redo": "likewise",
    "scenarios.replay": "another play is open; a play like the one that is begun",
    "quizzes.practise_mistakes": "nobody has made a mistake yet",
    "desk.meet": "shows the header of a text as a form",
    "people.roster.passwords": "gives a page's own words as a file",
    "display": "keeps a cookie",
    "desk.begin": "opens the editor",
    "desk.preview_part": "shows a text that is not kept",
    "desk.restore": "no draft of the site is discarded; a step like the one that is",
    "quizzes.try_ruling": "shows what a ruling would change",
    "search.log": "keeps the log of questions, which the watch passes over",
    "search.missing": "likewise",
    "topics.bring_back": "the one save is the one that holds; else a save like another",
    "topics.run_formula": "calculates",
    "topics.run_formula_part": "calculates",
    "topics.upload": "shows what a file would change",
}
"""What changes nothing on the furnished site."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A transaction of a request: what it wrote, and what it told the audit."""

    written: list[str]
    told: list[Entry]
    origin: Origin


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """Watch every transaction, and undo it."""
    seen: list[Watched] = []

    @contextmanager
    def undone() -> Iterator[Session]:
        with (
            writes(current.engine()) as written,
            db.writing(current.engine(), current.origin()) as session,
        ):
            yield session
            session.flush()
            entries = [entry for entry, _ in queries.waiting(session)]
            told = [entry for entry in entries if entry.verb != REFUSED]
            origin = db.origin_of(session)
            session.rollback()
        if written or told:
            seen.append(Watched(written, told, origin))

    monkeypatch.setattr(current, "writing", undone)
    return seen


def ask_all(furnished: Furnished, case: tuple[str, str]) -> None:
    """Send the form of a route as everybody."""
    path, form = FILLED.get(case[0], (TABLE[case].path, dict(TABLE[case].form)))
    if case[0] == "desk.approve":
        form = approval(furnished)
    if case[0] == "tips.tick_off":
        form = ticket(furnished)
    for role in ROLES:
        furnished.callers[role].ask("POST", path, form)


def ticket(furnished: Furnished) -> dict[str, str]:
    """Fill in the form in which the clerk ticks nothing off."""
    path = TABLE["tips.tick", "GET"].path
    page = furnished.callers["clerk"].ask("GET", path).text
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    return {"ticket": found[1]}


def approval(furnished: Furnished) -> dict[str, str]:
    """Fill in the form that puts revision 3 in force."""
    page = furnished.callers["approver"].ask("GET", "/desk/3/review").text
    found = re.search(r'name="content_hash"[^>]*value="([0-9a-f]+)"', page)
    assert found
    kinds = re.findall(r'<select[^>]*name="([^"]+)"', page)
    return {"content_hash": found[1], **dict.fromkeys(kinds, "substance")}


@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_whoever_changes_something_leaves_an_entry(
    furnished: Furnished, watched: list[Watched], case: tuple[str, str]
) -> None:
    ask_all(furnished, case)
    if case[0] in HARMLESS:
        assert watched == []
        return
    assert watched, "changes nothing: give it a form in FILLED, or a reason"
    for seen in watched:
        assert bool(seen.told) == (case[0] not in SILENT), seen.written


@pytest.mark.parametrize("case", POSTS, ids="-".join)
def test_every_entry_has_a_name_and_knows_its_request(
    furnished: Furnished, watched: list[Watched], case: tuple[str, str]
) -> None:
    ask_all(furnished, case)
    for seen in watched:
        assert seen.origin.address == "127.0.0.1"
        assert re.fullmatch(r"[0-9a-f]{16}", seen.origin.request)
        for entry in seen.told:
            assert entry.verb in VERB_NAMES
            assert entry.kind in KIND_NAMES


def test_each_request_has_its_own_number(
    furnished: Furnished, watched: list[Watched]
) -> None:
    for _ in range(2):
        furnished.callers["clerk"].ask("POST", "/people/me/logins")
    first, second = (seen.origin.request for seen in watched)
    assert first != second


def test_the_lists_name_routes_that_are_there() -> None:
    there = {endpoint for endpoint, _ in POSTS}
    assert {*FILLED, *SILENT, *HARMLESS} <= there
    assert set(SILENT).isdisjoint(HARMLESS)


def test_the_watch_bites(
    furnished: Furnished, watched: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.cases.service._note", lambda *_args, **_more: None)
    ask_all(furnished, ("cases.raise_flag", "POST"))
    assert [bool(seen.told) for seen in watched] == [False] * (len(ROLES) - 1)
    assert NOBODY not in {seen.origin.address for seen in watched}
