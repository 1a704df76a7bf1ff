"""Every page of the site with the person who looks at it.

A page without a line here fails ``test_every_page_is_visited``.
"""

from __future__ import annotations

from flask import Flask

DRAFT, OPEN, ATTEMPT, ESSAY = 990_001, 990_002, 990_003, 990_004
"""Stand for the draft that the wing makes before it starts, for attempts of the clerk
(one that is open, one that was handed in), and for the place of its essay."""

IMPORTED = 990_005
"""Stands for a revision of a bank."""

PLAYING, PLAYED = 990_006, 990_007
"""Stand for plays of the clerk: one that is open, one that has ended."""
LIVE, FINISHED, MEETING = 990_008, 990_009, 990_010
"""Stand for a play by two that is open, one that is finished, and a meeting."""
SEEN, BATCH = 990_011, 990_012
"""Stand for somebody of whom much is known, and a table of returned files."""

PLACING, PLACED = 990_013, 990_014
"""Stand for placement tests of the clerk: one that is open, one that has ended."""

READING = (
    "/",
    "/search?q=装修",
    "/search?q=我是外地户口怎么办理",
    "/search?q=上海租房能提多少",
    "/search?q=没有这样的内容",
    "/browse/withdraw",
    "/articles/rent-withdrawal",
    "/articles/rent-withdrawal?on=2019-01-01",
    "/articles/housing-fund-regulations",
    "/articles/online-withdrawal-messages",
    "/articles/sample-loan-quota",
    "/articles/rent-withdrawal/versions",
    "/articles/rent-withdrawal/versions/1",
    "/articles/rent-withdrawal/diff?old=1&new=2",
    "/articles/rent-withdrawal/links",
    "/articles/rent-withdrawal/notice",
    "/articles/rent-withdrawal/notice/sheet?version=2&materials=1&plain=1",
    "/checklists/",
    "/checklists/?line=withdraw&business=withdraw.rent",
    "/checklists/?words=nothing",
    "/checklists/browsed-errors",
    "/checklists/browsed-errors?on=2026-01-01",
    "/checklists/browsed-errors/print",
    "/search?q=租房&kind=checklist",
    "/cases/flags/mine",
    "/quizzes/",
    "/quizzes/mistakes",
    "/quizzes/ready-for-withdrawals",
    f"/quizzes/attempts/{OPEN}",
    f"/quizzes/attempts/{OPEN}/check",
    f"/quizzes/attempts/{ATTEMPT}/result",
    "/quizzes/placement",
    f"/quizzes/placement/{PLACING}",
    f"/quizzes/placement/{PLACED}/result",
    "/scenarios/",
    "/scenarios/rent-talk",
    f"/scenarios/plays/{PLAYING}",
    f"/scenarios/plays/{PLAYED}/debrief",
    "/live/",
    "/live/new",
    "/live/new?scenario=rent-share",
    f"/live/{LIVE}",
    f"/live/{LIVE}/script",
    f"/live/{FINISHED}",
    "/people/me",
    "/people/me/data",
    "/people/password",
    "/topics/",
    "/topics/competencies",
    "/topics/formulas",
    "/topics/formulas/loan-quota",
    "/checklists/tick",
    "/checklists/tick?business=withdraw.rent",
    "/checklists/tick?business=withdraw.rent&step=verify",
    "/checklists/tick?business=withdraw.rent&done=verify",
    "/checklists/tips?business=withdraw.rent&step=verify",
    "/plan",
    "/competence",
    "/competence/people/3/P5",
    "/competence/people/3/P5?on=2026-11-01",
    "/competence/windows",
    "/competence/windows?line=withdraw",
)
EDITING = (
    "/desk",
    "/desk/new",
    "/desk/new/guide",
    "/desk/follow/rent-withdrawal",
    f"/desk/{DRAFT}",
    "/desk/due",
    "/checklists/new/checklist",
    "/checklists/browsed-errors/items/new",
    "/checklists/browsed-errors/items/parents-home",
    "/banks/",
    "/banks/?words=nothing",
    "/banks/rent-withdrawal-cases",
    "/banks/instalments-and-prepayment?draw=2",
    "/banks/trial",
    "/banks/new/questions",
    "/banks/new/quiz",
    "/banks/rent-withdrawal-cases/questions/new?type=multiple",
    "/banks/instalments-and-prepayment/questions/new?type=number",
    "/banks/rent-withdrawal-cases/questions/rent-share-before",
    "/banks/trial/rules",
    "/banks/exchange/",
    "/banks/exchange/?bank=ready-for-withdrawals",
    f"/banks/exchange/done/{IMPORTED}",
    "/scenarios/rent-talk",
    "/scripts/new/scenario",
    "/scripts/rent-talk/head",
    "/scripts/rent-talk/nodes",
    "/scripts/rent-talk/nodes/home",
    "/scripts/rent-talk/choices/say-yes?node=hello",
    "/scripts/rent-talk/endings/done",
    "/scripts/rent-talk/try?path=ask-home",
    "/case-replays/new",
    "/duties/rules",
    "/duties/rules/new",
    "/duties/rules/1",
    "/plans/rules",
    "/plans/rules/new",
    "/plans/rules/1",
    "/plans/rules/1/end",
    "/cases/flags",
    "/cases/flags/1",
    "/search/unanswered",
    "/search?q=装修&explain=1",
    "/topics/glossary",
    "/topics/competencies",
    "/topics/competencies/new",
    "/topics/competencies/items/P5",
    "/topics/competencies/dimensions/P",
    "/topics/competencies/levels/L2",
    "/topics/competencies/tiers/in-post",
    "/topics/glossary/new",
    "/topics/glossary/places",
    "/topics/texts/glossary",
    "/topics/texts/glossary/saves",
    "/topics/texts/glossary/saves/1",
)
AUDITING = (
    "/audit/",
    "/audit/?who=admin&kind=person",
    "/audit/?who=nobody",
    "/audit/1",
)
MANAGING = (
    "/people",
    "/people?q=nobody",
    "/people/3",
    "/people/3/work",
    "/people/3/erase",
    "/people/accounts/1",
    "/people/accounts/new",
    "/people/arrangements/1",
    "/people/secondments/1/move",
    "/people/places",
    "/people/places/posts",
    "/people/places/sites/new",
    "/people/places/sites/1",
    "/people/roster",
    "/people/roster/1",
    "/people/roster/1/columns",
    "/people/roster/2",
    "/people/accounts/1/access",
    "/people/accounts/barred",
    "/people/tokens",
)

GRADING = (
    "/quizzes/grading/",
    f"/quizzes/grading/{ATTEMPT}/{ESSAY}",
    "/quizzes/ready-for-withdrawals/outcomes",
    f"/quizzes/attempts/{ATTEMPT}/outcome",
    f"/quizzes/placement/{PLACED}/outcome",
    "/quizzes/ready-for-deposits/analysis",
)
OBSERVING = (
    "/live/",
    "/live/new?scenario=rent-share",
    f"/live/{LIVE}/rubric",
    f"/live/{FINISHED}",
)
MEETINGS = (
    "/meetings/",
    "/meetings/new",
    "/meetings/new?site=1&on=2027-01-04",
    f"/meetings/{MEETING}",
    f"/meetings/{MEETING}/pack",
    f"/meetings/{MEETING}/show",
)
DUTY = 990_015
"""Stands for something the clerk must read."""

PAIR = 990_016
"""Stands for the secondment of a newcomer whom the mentor trains."""

TRAINING = (
    ("w1004", "/mentoring"),
    ("w1004", f"/mentoring/{PAIR}"),
    ("w1004", f"/mentoring/{PAIR}/cases/new"),
    ("mentor", "/mentoring"),
    ("mentor", f"/mentoring/{PAIR}"),
    ("mentor", f"/mentoring/{PAIR}/sign"),
    ("mentor", f"/mentoring/{PAIR}/plan/service"),
    ("supervisor", f"/mentoring/{PAIR}"),
    ("supervisor", "/mentoring/mentors"),
    ("bank", f"/mentoring/{PAIR}"),
    ("bank", "/mentoring/mentors"),
    ("admin", "/mentoring"),
)

LOOKING_AFTER = (
    "/plan/3",
    "/plans/team",
    "/plans/assign",
    "/plans/assign?since=2026-01-01",
    "/competence/team",
    "/competence/team?dimension=P&sort=weakest",
    "/competence/team?line=repay&bank=999",
    "/competence/windows?on=2099-01-04",
    f"/competence/people/{SEEN}",
    f"/competence/people/{SEEN}?on=2026-11-01",
    f"/competence/people/{SEEN}/P7",
    f"/competence/people/{SEEN}/C5",
    f"/competence/people/{SEEN}/sightings/observation?line=repay",
    f"/competence/people/{SEEN}/sightings/cosigned_case?line=repay",
    f"/competence/people/{SEEN}/sightings/returned_file?line=repay",
    "/competence/returned",
    f"/competence/returned/{BATCH}",
)
QUARTER = 990_017
"""Stands for the last quarter that is over."""

PAPER = "AEAQCAIBAEAQCAIBAEAQCAIBAE"
"""Code of the first certificate of the demo, which is the clerk's."""

CERTIFIED = (
    *("/growth", "/certificates/1", "/honours"),
    *("/verify", "/verify?code=abc", f"/verify/{PAPER}"),
)
CONFIRMING = (
    *("/growth/3", "/certificates/1", "/honours/proposals"),
    f"/honours/people/3/case/{QUARTER}",
)
QUESTION = "/quizzes/questions/rent-withdrawal-cases/explain-rent-new-rule"

PAGES = (
    *(("clerk", path) for path in READING),
    *(("editor", path) for path in EDITING),
    ("approver", f"/desk/{DRAFT}/review"),
    *(("admin", path) for path in MANAGING),
    *(("auditor", path) for path in AUDITING),
    *(("manager", path) for path in GRADING),
    *(("mentor", path) for path in OBSERVING),
    *(("supervisor", path) for path in MEETINGS),
    *(("supervisor", path) for path in LOOKING_AFTER),
    *(("clerk", path) for path in CERTIFIED),
    *(("supervisor", path) for path in CONFIRMING),
    ("editor", "/growth"),
    ("manager", "/honours"),
    ("mentor", "/competence/team"),
    ("editor", "/competence"),
    ("admin", "/competence/windows"),
    ("approver", QUESTION),
    ("clerk", "/courses"),
    ("clerk", "/courses/withdraw-first-30-days"),
    ("clerk", "/courses/withdraw-first-30-days/steps/rent"),
    ("supervisor", "/courses/first-week/sessions"),
    ("editor", "/courses/new/course"),
    ("editor", "/courses/first-week/edit"),
    ("clerk", "/notices"),
    ("clerk", "/notices/settings"),
    ("admin", "/admin/jobs"),
    ("admin", "/admin/addresses"),
    ("admin", "/admin/calendar"),
    ("clerk", "/duties"),
    ("clerk", "/duties/changes"),
    ("clerk", "/duties/changes?line=withdraw"),
    ("clerk", f"/duties/{DUTY}"),
    ("supervisor", "/duties/readiness"),
    *TRAINING,
    ("manager", "/checklists/effect"),
)

PARTS = frozenset(
    {
        "asset",
        "certificates.certificate_file",
        "competence.returned_template",
        "desk.clauses",
        "exchange.template",
        "people.login",
        "people.own_data_file",
        "people.roster.template",
        "people.sign_on",
        "people.signed_on",
        "search.live",
        "openapi",
        "setup.setup",
        "search.part",
        "search_api.search",
        "tips.widget",
        "tips_api.tips",
        "topics.download",
        "topics.formula_part",
        "topics.group",
    }
)
"""Answers that are no pages, or are visited by other tests."""


def unvisited(app: Flask) -> set[str]:
    """Give the pages of a site that no line above leads to."""
    adapter = app.url_map.bind("localhost")
    visited = {
        str(adapter.match(path.partition("?")[0], method="GET")[0]) for _, path in PAGES
    }
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
    }
    return pages - visited - PARTS
