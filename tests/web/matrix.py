"""What every route answers to every role: the table of docs/security.md, S01 and S02.

A route without a row fails, and so does a row without a route: whoever adds a page
says here who may see it. A POST is sent with its token and the form of its row,
else with an empty one, so 422 means "let in, and told what is missing".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tests.factories import make_text
from trainer.people.domain.roles import Role

NOBODY = "nobody"
ROLES = (NOBODY, *(role.value for role in Role))

LOGIN = 302
"""Somebody who is not logged in is led to the login."""

Answers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An example address of a route, and its answer to each of :data:`ROLES`."""

    path: str
    answers: Answers
    form: Mapping[str, str] = field(default_factory=dict)


def all_in(status: int) -> Answers:
    """Everybody logged in gets the same."""
    return (LOGIN, *[status] * len(Role))


def open_to_all(status: int) -> Answers:
    """Even somebody who is not logged in gets it."""
    return (status,) * len(ROLES)


def only(
    status: int, *roles: str, others: int = 403, denied: tuple[str, ...] = ()
) -> Answers:
    """These roles get it; to the others it is denied, or does not exist."""
    answers = dict.fromkeys(roles, status) | dict.fromkeys(denied, 403)
    return (LOGIN, *[answers.get(role, others) for role in ROLES[1:]])


EDITOR, APPROVER, ADMIN = "editor", "approver", "administrator"
AUDITOR = "auditor"
CARD = "/articles/rent-withdrawal"
ATTEMPT = "/quizzes/attempts/2"
PLACEMENT = "/quizzes/placement"
EXCHANGE = "/banks/exchange/"
FOLLOW = "/desk/follow/rent-withdrawal"
BANK = "/banks/rent-bank"
CHECKLIST = "/checklists/rent-errors"
ITEM = f"{CHECKLIST}/items/parents-home"
FORMULA = "/topics/formulas/loan-quota"
GROUP = "/topics/glossary/groups/no-such-group"
GLOSSARY = "/topics/texts/glossary"
SKILL, LEVEL = "/topics/competencies/items/P5", "/topics/competencies/levels/L1"
ACCOUNT = "/people/accounts/1"
ARRANGE, WORK = "/people/arrangements/1", "/people/secondments/1"
SITE = "/people/places/sites/1"
ROSTER = "/people/roster"
COMPETENCE, RETURNED = "/competence/people/1", "/competence/returned"
OBSERVE = f"{COMPETENCE}/sightings/observation"
PAIR, SEEING = "/mentoring/2", (AUDITOR, "mentor", "manager")
EXPORTERS = (ADMIN, "supervisor", "manager")

STEP = "/checklists/{}?business=withdraw.rent&step=verify"
EXAM, ESSAY = "/quizzes/first", "/quizzes/grading/1/5"
QUESTION = "/quizzes/questions/rent/which"
DUTY = "/duties/2"
COURSE = "/courses/rent-course"
LESSON = f"{COURSE}/steps/conditions"
RULE = "/plans/rules/1"
PAPER, CODE = "/certificates/1", "A" * 26
LIVE_NEW = "/live/new?scenario=rent-share"
LOOK_AFTER = ("mentor", "supervisor", "manager")
ANALYSE = (EDITOR, APPROVER, "supervisor", "manager")
OVERSEEN: dict[str, int] = dict.fromkeys(("mentor", "supervisor"), 404)
"""They look after people, but not after the clerk whose attempt is 1."""


def overseen(status: int) -> Answers:
    """Only the manager looks after the clerk."""
    answers = dict(zip(ROLES, only(status, "manager"), strict=True)) | OVERSEEN
    return tuple(answers[role] for role in ROLES)


TALK = "/scenarios/talk"


def own_play(status: int) -> Answers:
    """Only the clerk gets what is his; to the others it does not exist."""
    answers = dict(zip(ROLES, all_in(404), strict=True))
    return tuple(status if role == "clerk" else answers[role] for role in ROLES)


def everybodys(status: int) -> Answers:
    """Who makes rules for everybody gets it; a supervisor has made others."""
    answers = dict(zip(ROLES, only(status, EDITOR, "manager"), strict=True))
    return tuple((answers | {"supervisor": 404})[role] for role in ROLES)


def cared_for(status: int) -> Answers:
    """The clerk himself and the manager get it: nobody else looks after him."""
    return only(status, "clerk", "manager", others=404)


def at_site(status: int) -> Answers:
    """Only the manager runs the site; the supervisor runs others."""
    answers = dict(zip(ROLES, only(status, "manager"), strict=True))
    return tuple((answers | {"supervisor": 404})[role] for role in ROLES)


def trained(status: int, *roles: str) -> Answers:
    """Of those who see the auditor's time with his mentor, these get it."""
    return only(status, *roles, others=404, denied=tuple({*SEEING} - {*roles}))


TABLE: Mapping[tuple[str, str], Row] = {
    # The frame
    ("asset", "GET"): Row("/static/0/app.js", open_to_all(200)),
    ("display", "POST"): Row("/display", open_to_all(302)),
    # Search
    ("search.home", "GET"): Row("/", all_in(200)),
    ("search.results", "GET"): Row("/search?q=租房", all_in(200)),
    ("search.live", "GET"): Row("/search/live?q=租房", all_in(200)),
    ("search.part", "GET"): Row("/search/live/rent-withdrawal", all_in(200)),
    ("search.browse", "GET"): Row("/browse/withdraw", all_in(200)),
    ("search.log", "POST"): Row("/search/log", all_in(204)),
    ("search.missing", "POST"): Row("/search/missing", all_in(302), {"q": "租房"}),
    ("search.unanswered", "GET"): Row(
        "/search/unanswered", only(200, "supervisor", "manager", EDITOR)
    ),
    # Articles
    ("knowledge.article", "GET"): Row(CARD, all_in(200)),
    ("knowledge.version", "GET"): Row(f"{CARD}/versions/1", all_in(200)),
    ("knowledge.versions", "GET"): Row(f"{CARD}/versions", all_in(200)),
    ("knowledge.diff", "GET"): Row(f"{CARD}/diff?old=1&new=2", all_in(200)),
    ("knowledge.links", "GET"): Row(f"{CARD}/links", all_in(200)),
    ("knowledge.notice", "GET"): Row(f"{CARD}/notice", all_in(200)),
    ("knowledge.notice_sheet", "GET"): Row(
        f"{CARD}/notice/sheet?version=2", all_in(200)
    ),
    ("knowledge.withdraw", "POST"): Row(
        f"{CARD}/versions/1/withdraw", only(422, APPROVER)
    ),
    # The desk
    ("desk.drafts", "GET"): Row("/desk", only(200, EDITOR, APPROVER)),
    ("desk.kinds", "GET"): Row("/desk/new", only(200, EDITOR)),
    ("desk.new", "GET"): Row("/desk/new/guide", only(200, EDITOR)),
    ("desk.create", "POST"): Row(
        "/desk/new/guide",
        only(302, EDITOR),
        {"slug": "another", "text": make_text(title="另一篇"), "based_on": "0"},
    ),
    ("desk.follow", "GET"): Row(FOLLOW, only(200, EDITOR)),
    ("desk.begin", "POST"): Row(FOLLOW, only(422, EDITOR)),
    ("desk.create_next", "POST"): Row(f"{FOLLOW}/save", only(422, EDITOR)),
    ("desk.edit", "GET"): Row("/desk/4", only(200, EDITOR)),
    ("desk.save_again", "POST"): Row("/desk/4", only(422, EDITOR)),
    ("desk.preview_part", "POST"): Row("/desk/preview", only(200, EDITOR)),
    ("desk.meet", "POST"): Row("/desk/heading", only(200, EDITOR)),
    ("desk.clauses", "GET"): Row("/desk/clauses", only(200, EDITOR, APPROVER)),
    ("desk.discard", "POST"): Row("/desk/4/discard", only(302, EDITOR)),
    ("desk.restore", "POST"): Row("/desk/4/restore", only(409, EDITOR)),
    ("desk.review", "GET"): Row("/desk/3/review", only(200, EDITOR, APPROVER)),
    ("desk.approve", "POST"): Row(
        "/desk/3/approve", only(409, APPROVER), {"content_hash": "another text"}
    ),
    ("desk.send_back", "POST"): Row(
        "/desk/3/send-back",
        only(302, APPROVER),
        {"content_hash": "any", "back": "请补充依据"},
    ),
    ("desk.due", "GET"): Row("/desk/due", only(200, EDITOR, APPROVER)),
    ("desk.confirm", "POST"): Row("/desk/due", only(302, EDITOR), {"revision": "1"}),
    # Checklists
    ("checklists.checklists", "GET"): Row("/checklists/", all_in(200)),
    ("checklists.checklist", "GET"): Row(CHECKLIST, all_in(200)),
    ("checklists.print_checklist", "GET"): Row(f"{CHECKLIST}/print", all_in(200)),
    ("checklists.begin", "GET"): Row("/checklists/new/checklist", only(200, EDITOR)),
    ("checklists.create", "POST"): Row("/checklists/new/checklist", only(422, EDITOR)),
    ("checklists.add_item", "GET"): Row(f"{CHECKLIST}/items/new", only(200, EDITOR)),
    ("checklists.create_item", "POST"): Row(
        f"{CHECKLIST}/items/new", only(422, EDITOR)
    ),
    ("checklists.edit_item", "GET"): Row(ITEM, only(200, EDITOR)),
    ("checklists.change_item", "POST"): Row(ITEM, only(422, EDITOR)),
    ("checklists.remove_item", "POST"): Row(f"{ITEM}/remove", only(302, EDITOR)),
    ("checklists.move_item", "POST"): Row(
        f"{ITEM}/move", only(302, EDITOR), {"do": "down"}
    ),
    # Banks and quizzes of those who write them
    ("banks.banks", "GET"): Row("/banks/", only(200, EDITOR, APPROVER)),
    ("banks.bank", "GET"): Row(BANK, only(200, EDITOR, APPROVER)),
    ("banks.begin", "GET"): Row("/banks/new/questions", only(200, EDITOR)),
    ("banks.create", "POST"): Row("/banks/new/questions", only(422, EDITOR)),
    ("banks.add_question", "GET"): Row(f"{BANK}/questions/new", only(200, EDITOR)),
    ("banks.create_question", "POST"): Row(f"{BANK}/questions/new", only(422, EDITOR)),
    ("banks.edit_question", "GET"): Row(f"{BANK}/questions/days", only(200, EDITOR)),
    ("banks.change_question", "POST"): Row(
        f"{BANK}/questions/days", only(422, EDITOR), {"type": "true_false"}
    ),
    ("banks.remove_question", "POST"): Row(
        f"{BANK}/questions/days/remove", only(302, EDITOR), {"type": "true_false"}
    ),
    ("banks.edit_quiz", "GET"): Row("/banks/first-quiz/rules", only(200, EDITOR)),
    ("banks.change_quiz", "POST"): Row(
        "/banks/first-quiz/rules", only(422, EDITOR), {"how": "neither"}
    ),
    # Questions in and out
    ("exchange.home", "GET"): Row(EXCHANGE, only(200, EDITOR, APPROVER)),
    ("exchange.look", "POST"): Row(EXCHANGE, only(422, EDITOR)),
    ("exchange.confirm", "POST"): Row(f"{EXCHANGE}confirm", only(422, EDITOR)),
    ("exchange.done", "GET"): Row(f"{EXCHANGE}done/5", only(200, EDITOR)),
    ("exchange.undo", "POST"): Row(f"{EXCHANGE}done/5/undo", only(409, EDITOR)),
    ("exchange.redo", "POST"): Row(f"{EXCHANGE}done/5/redo", only(409, EDITOR)),
    ("exchange.template", "GET"): Row(
        f"{EXCHANGE}template.csv", only(200, EDITOR, APPROVER)
    ),
    ("exchange.export", "POST"): Row(
        f"{EXCHANGE}export",
        only(200, EDITOR, APPROVER),
        {"revision": "5", "kind": "csv"},
    ),
    # Topics
    ("topics.lines", "GET"): Row("/topics/", all_in(200)),
    ("topics.competencies", "GET"): Row("/topics/competencies", all_in(200)),
    ("topics.new_competency", "GET"): Row(
        "/topics/competencies/new", only(200, EDITOR)
    ),
    ("topics.add_competency", "POST"): Row(
        "/topics/competencies/new", only(422, EDITOR)
    ),
    ("topics.competency", "GET"): Row(SKILL, only(200, EDITOR)),
    ("topics.save_competency", "POST"): Row(SKILL, only(422, EDITOR)),
    ("topics.retire_competency", "POST"): Row(f"{SKILL}/retire", only(422, EDITOR)),
    ("topics.framework_part", "GET"): Row(LEVEL, only(200, EDITOR)),
    ("topics.save_framework_part", "POST"): Row(LEVEL, only(422, EDITOR)),
    ("topics.formulas", "GET"): Row("/topics/formulas", all_in(200)),
    ("topics.formula", "GET"): Row(FORMULA, all_in(200)),
    ("topics.formula_part", "GET"): Row(f"{FORMULA}/part", all_in(200)),
    ("topics.run_formula", "POST"): Row(FORMULA, all_in(422)),
    ("topics.run_formula_part", "POST"): Row(f"{FORMULA}/part", all_in(422)),
    ("topics.glossary", "GET"): Row("/topics/glossary", all_in(200)),
    ("topics.new_group", "GET"): Row("/topics/glossary/new", only(200, EDITOR)),
    ("topics.add_group", "POST"): Row("/topics/glossary/new", only(422, EDITOR)),
    ("topics.group", "GET"): Row(GROUP, only(404, EDITOR)),
    ("topics.save_group", "POST"): Row(GROUP, only(422, EDITOR)),
    ("topics.remove_group", "POST"): Row(f"{GROUP}/remove", only(404, EDITOR)),
    ("topics.places", "GET"): Row("/topics/glossary/places", all_in(200)),
    ("topics.save_places", "POST"): Row("/topics/glossary/places", only(422, EDITOR)),
    ("topics.text", "GET"): Row(GLOSSARY, only(200, EDITOR)),
    ("topics.save_text", "POST"): Row(GLOSSARY, only(422, EDITOR)),
    ("topics.upload", "POST"): Row(f"{GLOSSARY}/upload", only(422, EDITOR)),
    ("topics.saves", "GET"): Row(f"{GLOSSARY}/saves", all_in(200)),
    ("topics.saved", "GET"): Row(f"{GLOSSARY}/saves/1", all_in(200)),
    ("topics.download", "GET"): Row(f"{GLOSSARY}/saves/1/file", all_in(200)),
    ("topics.bring_back", "POST"): Row(
        f"{GLOSSARY}/saves/1", only(302, EDITOR), {"based_on": "1", "why": "测试"}
    ),
    # Flags
    ("cases.flags", "GET"): Row(
        "/cases/flags", only(200, EDITOR, APPROVER, others=302)
    ),
    ("cases.raise_flag", "POST"): Row(
        "/cases/flags",
        all_in(302),
        {"revision": "1", "on": "2026-02-01", "words": "额度不对"},
    ),
    ("cases.own_flags", "GET"): Row("/cases/flags/mine", all_in(200)),
    ("cases.mark_seen", "POST"): Row("/cases/flags/mine/seen", all_in(302)),
    ("cases.flag", "GET"): Row(
        "/cases/flags/1", only(200, "clerk", EDITOR, APPROVER, others=404)
    ),
    ("cases.answer", "POST"): Row(
        "/cases/flags/1/answer",
        only(302, EDITOR, APPROVER),
        {"seen": "open", "state": "declined", "words": "没有错"},
    ),
    # Quizzes
    ("quizzes.quizzes", "GET"): Row("/quizzes/", all_in(200)),
    ("quizzes.quiz", "GET"): Row("/quizzes/drill", all_in(200)),
    ("quizzes.begin", "POST"): Row(f"{EXAM}/begin", all_in(302)),
    ("quizzes.practise_daily", "POST"): Row("/quizzes/daily/begin", all_in(302)),
    ("quizzes.mistakes", "GET"): Row("/quizzes/mistakes", all_in(200)),
    ("quizzes.practise_mistakes", "POST"): Row("/quizzes/mistakes/begin", all_in(409)),
    ("quizzes.paper", "GET"): Row(ATTEMPT, only(200, "clerk", others=404)),
    ("quizzes.answer", "POST"): Row(
        ATTEMPT, only(302, "clerk", others=404), {"a1": "A", "act": "save"}
    ),
    ("quizzes.keep", "POST"): Row(f"{ATTEMPT}/answers", only(422, "clerk", others=404)),
    ("quizzes.check", "GET"): Row(f"{ATTEMPT}/check", only(200, "clerk", others=404)),
    ("quizzes.submit", "POST"): Row(
        f"{ATTEMPT}/submit", only(302, "clerk", others=404)
    ),
    ("quizzes.abandon", "POST"): Row(
        f"{ATTEMPT}/abandon", only(302, "clerk", others=404)
    ),
    ("quizzes.result", "GET"): Row(f"{ATTEMPT}/result", only(302, "clerk", others=404)),
    ("quizzes.placements", "GET"): Row(PLACEMENT, all_in(200)),
    ("quizzes.begin_placement", "POST"): Row(
        f"{PLACEMENT}/withdraw/begin", all_in(302)
    ),
    ("quizzes.placing", "GET"): Row(f"{PLACEMENT}/4", only(200, "clerk", others=404)),
    ("quizzes.place", "POST"): Row(
        f"{PLACEMENT}/4", only(302, "clerk", others=404), {"act": "end"}
    ),
    ("quizzes.placed", "GET"): Row(
        f"{PLACEMENT}/3/result", only(200, "clerk", others=404)
    ),
    ("quizzes.placement_outcome", "GET"): Row(f"{PLACEMENT}/3/outcome", overseen(200)),
    # People
    ("setup.setup", "GET"): Row("/setup", open_to_all(404)),
    ("setup.set_up", "POST"): Row("/setup", open_to_all(404)),
    ("people.login", "GET"): Row("/people/login", open_to_all(200)),
    ("people.log_in", "POST"): Row("/people/login", open_to_all(422)),
    ("people.logout", "POST"): Row("/people/logout", all_in(302)),
    ("people.own", "GET"): Row("/people/me", all_in(200)),
    ("people.end_other_logins", "POST"): Row("/people/me/logins", all_in(302)),
    ("people.end_login", "POST"): Row("/people/me/logins/999", all_in(404)),
    ("people.sign_on", "GET"): Row("/people/signon", open_to_all(404)),
    ("people.signed_on", "GET"): Row("/people/signon/back", open_to_all(404)),
    ("people.password", "GET"): Row("/people/password", all_in(200)),
    ("people.change_password", "POST"): Row("/people/password", all_in(422)),
    ("people.people", "GET"): Row(
        "/people", only(200, ADMIN, "supervisor", "manager", "mentor")
    ),
    ("people.person", "GET"): Row(
        "/people/1", only(200, "clerk", ADMIN, "manager", others=404)
    ),
    ("people.phone", "POST"): Row(
        "/people/1/phone", only(200, "clerk", ADMIN, "manager", others=404)
    ),
    ("people.erasing", "GET"): Row("/people/1/erase", only(200, ADMIN)),
    ("people.erase", "POST"): Row("/people/1/erase", only(422, ADMIN)),
    ("people.own_data", "GET"): Row("/people/me/data", all_in(200)),
    ("people.own_data_file", "GET"): Row("/people/me/data.json", all_in(200)),
    ("people.work", "GET"): Row("/people/1/work", only(200, ADMIN)),
    ("people.work", "POST"): Row("/people/1/work", only(422, ADMIN)),
    ("people.arrange", "GET"): Row(
        ARRANGE, only(200, ADMIN, "manager", others=404, denied=("clerk",))
    ),
    ("people.arrange", "POST"): Row(
        ARRANGE,
        only(302, ADMIN, "manager", others=404, denied=("clerk",)),
        {"seat": "0"},
    ),
    ("people.secondments.act", "GET"): Row(f"{WORK}/end", only(200, ADMIN)),
    ("people.secondments.act", "POST"): Row(f"{WORK}/end", only(422, ADMIN)),
    ("people.secondments.resume", "POST"): Row(f"{WORK}/resume", only(302, ADMIN)),
    ("people.secondments.call_off", "POST"): Row(f"{WORK}/call-off", only(302, ADMIN)),
    ("people.places.places", "GET"): Row("/people/places", only(200, ADMIN)),
    ("people.places.posts", "GET"): Row("/people/places/posts", only(200, ADMIN)),
    ("people.places.new", "GET"): Row("/people/places/sites/new", only(200, ADMIN)),
    ("people.places.new", "POST"): Row("/people/places/sites/new", only(422, ADMIN)),
    ("people.places.edit", "GET"): Row(SITE, only(200, ADMIN)),
    ("people.places.edit", "POST"): Row(SITE, only(302, ADMIN), {"name": "城东"}),
    ("people.places.retire", "POST"): Row(f"{SITE}/retire", only(409, ADMIN)),
    ("people.places.reopen", "POST"): Row(f"{SITE}/reopen", only(302, ADMIN)),
    ("people.accounts.new", "GET"): Row("/people/accounts/new", only(200, ADMIN)),
    ("people.accounts.open_account", "POST"): Row(
        "/people/accounts",
        only(200, ADMIN),
        {"login": "w9", "name": "虚构", "roles": "clerk"},
    ),
    ("people.accounts.account", "GET"): Row(ACCOUNT, only(200, ADMIN)),
    ("people.accounts.change", "POST"): Row(
        ACCOUNT, only(302, ADMIN), {"name": "虚构", "roles": "clerk"}
    ),
    ("people.accounts.close", "POST"): Row(f"{ACCOUNT}/close", only(302, ADMIN)),
    ("people.accounts.reopen", "POST"): Row(f"{ACCOUNT}/open", only(302, ADMIN)),
    ("people.accounts.reset_password", "POST"): Row(
        f"{ACCOUNT}/password", only(200, ADMIN)
    ),
    # Rosters
    ("people.roster.home", "GET"): Row(ROSTER, only(200, *EXPORTERS)),
    ("people.roster.upload", "POST"): Row(ROSTER, only(422, ADMIN)),
    ("people.roster.template", "GET"): Row(f"{ROSTER}/template.csv", only(200, ADMIN)),
    ("people.roster.export", "POST"): Row(
        f"{ROSTER}/export", only(200, *EXPORTERS), {"reason": "排班核对", "form": "csv"}
    ),
    ("people.roster.columns", "GET"): Row(f"{ROSTER}/1/columns", only(200, ADMIN)),
    ("people.roster.choose", "POST"): Row(f"{ROSTER}/1/columns", only(422, ADMIN)),
    ("people.roster.show", "GET"): Row(f"{ROSTER}/1", only(200, ADMIN)),
    ("people.roster.correct", "POST"): Row(f"{ROSTER}/1", only(409, ADMIN)),
    ("people.roster.confirm", "POST"): Row(f"{ROSTER}/1/confirm", only(422, ADMIN)),
    ("people.roster.undo", "POST"): Row(f"{ROSTER}/1/undo", only(409, ADMIN)),
    ("people.roster.drop", "POST"): Row(f"{ROSTER}/1/drop", only(302, ADMIN)),
    ("people.roster.passwords", "POST"): Row(f"{ROSTER}/passwords", only(200, ADMIN)),
    ("people.accounts.barred", "GET"): Row("/people/accounts/barred", only(200, ADMIN)),
    ("people.accounts.release_address", "POST"): Row(
        "/people/accounts/barred/address", only(302, ADMIN), {"address": "10.0.0.9"}
    ),
    ("people.accounts.access", "GET"): Row(f"{ACCOUNT}/access", only(200, ADMIN)),
    ("people.accounts.release", "POST"): Row(f"{ACCOUNT}/release", only(302, ADMIN)),
    ("people.accounts.open_unused", "POST"): Row(f"{ACCOUNT}/wake", only(302, ADMIN)),
    ("people.accounts.end_sessions", "POST"): Row(
        f"{ACCOUNT}/logins", only(302, ADMIN)
    ),
    ("people.accounts.unbind", "POST"): Row(f"{ACCOUNT}/unbind", only(302, ADMIN)),
    ("people.tokens.tokens", "GET"): Row("/people/tokens", only(200, ADMIN)),
    ("people.tokens.make", "POST"): Row(
        "/people/tokens",
        only(200, ADMIN),
        {"system": "核心业务系统", "scopes": "search:read", "days": "30"},
    ),
    ("people.tokens.revoke", "POST"): Row(
        "/people/tokens/999/revoke", only(404, ADMIN)
    ),
    # Tasks and notices
    ("notices.inbox", "GET"): Row("/notices", all_in(200)),
    ("notices.mark_seen", "POST"): Row("/notices/1/seen", own_play(302)),
    ("notices.mark_all_seen", "POST"): Row("/notices/seen", all_in(302)),
    ("notices.settings", "GET"): Row("/notices/settings", all_in(200)),
    ("notices.save_settings", "POST"): Row("/notices/settings", all_in(302)),
    ("office.job_runs", "GET"): Row("/admin/jobs", only(200, ADMIN)),
    ("office.run_again", "POST"): Row("/admin/jobs/1/again", only(302, ADMIN)),
    ("office.addresses", "GET"): Row("/admin/addresses", only(200, ADMIN)),
    ("office.enter_addresses", "POST"): Row(
        "/admin/addresses",
        only(302, ADMIN),
        {"addresses": "clerk clerk@example.cn"},
    ),
    ("office.days", "GET"): Row("/admin/calendar", only(200, ADMIN)),
    ("office.save_days", "POST"): Row("/admin/calendar", only(302, ADMIN)),
    # For programs: a session counts for nothing there
    ("search_api.search", "GET"): Row("/api/v1/search?q=租房", open_to_all(401)),
    ("openapi", "GET"): Row("/api/v1/openapi.json", open_to_all(401)),
    ("tips_api.tips", "GET"): Row(
        "/api/v1/tips?business=withdraw.rent&step=verify", open_to_all(401)
    ),
    ("tips_api.note_outcomes", "POST"): Row("/api/v1/tips/outcomes", open_to_all(401)),
    # Risk tips
    ("tips.tick", "GET"): Row(STEP.format("tick"), all_in(200)),
    ("tips.tick_off", "POST"): Row("/checklists/tick", all_in(422)),
    ("tips.framed", "GET"): Row(STEP.format("tips"), all_in(200)),
    ("tips.widget", "GET"): Row("/checklists/widget.js", open_to_all(200)),
    ("tips.effect", "GET"): Row("/checklists/effect", only(200, *ANALYSE)),
    ("tips.export_effect", "POST"): Row(
        "/checklists/effect/export",
        only(200, *ANALYSE),
        {"why": "修订清单", "ending": "xlsx"},
    ),
    # Quizzes: grading, results, analysis
    ("quizzes.grading", "GET"): Row("/quizzes/grading/", only(200, *LOOK_AFTER)),
    ("quizzes.grade_answer", "GET"): Row(ESSAY, overseen(200)),
    ("quizzes.grade", "POST"): Row(ESSAY, overseen(422)),
    ("quizzes.outcomes", "GET"): Row(f"{EXAM}/outcomes", only(200, *LOOK_AFTER)),
    ("quizzes.export_outcomes", "POST"): Row(
        f"{EXAM}/outcomes/export",
        only(200, *LOOK_AFTER),
        {"why": "七月批次总结", "ending": "csv", "sheet": "0"},
    ),
    ("quizzes.outcome", "GET"): Row("/quizzes/attempts/1/outcome", overseen(200)),
    ("quizzes.analysis", "GET"): Row(f"{EXAM}/analysis", only(200, *ANALYSE)),
    ("quizzes.export_analysis", "POST"): Row(
        f"{EXAM}/analysis/export",
        only(200, *ANALYSE),
        {"why": "修订题库", "ending": "xlsx", "sheet": "0"},
    ),
    ("quizzes.question", "GET"): Row(QUESTION, only(200, *ANALYSE)),
    ("quizzes.try_ruling", "POST"): Row(f"{QUESTION}/try", only(422, APPROVER)),
    ("quizzes.rule", "POST"): Row(f"{QUESTION}/rule", only(422, APPROVER)),
    # Scenarios: everybody plays, and each play is its player's
    ("scenarios.scenarios", "GET"): Row("/scenarios/", all_in(200)),
    ("scenarios.scenario", "GET"): Row(TALK, all_in(200)),
    ("scenarios.begin", "POST"): Row(f"{TALK}/begin", all_in(302)),
    ("scenarios.play", "GET"): Row("/scenarios/plays/2", own_play(200)),
    ("scenarios.choose", "POST"): Row(
        "/scenarios/plays/2", own_play(302), {"number": "1", "choice": "1"}
    ),
    ("scenarios.abandon", "POST"): Row("/scenarios/plays/2/abandon", own_play(302)),
    ("scenarios.debrief", "GET"): Row("/scenarios/plays/1/debrief", own_play(200)),
    ("scenarios.replay", "POST"): Row("/scenarios/plays/1/replay/1", own_play(409)),
    ("scripts.begin", "GET"): Row("/scripts/new/scenario", only(200, EDITOR)),
    ("scripts.create", "POST"): Row("/scripts/new/scenario", only(422, EDITOR)),
    ("scripts.edit_head", "GET"): Row("/scripts/talk/head", only(200, EDITOR)),
    ("scripts.change_head", "POST"): Row("/scripts/talk/head", only(422, EDITOR)),
    ("scripts.add", "GET"): Row("/scripts/talk/nodes", only(200, EDITOR)),
    ("scripts.create_place", "POST"): Row("/scripts/talk/nodes", only(422, EDITOR)),
    ("scripts.edit", "GET"): Row("/scripts/talk/nodes/hello", only(200, EDITOR)),
    ("scripts.change", "POST"): Row("/scripts/talk/nodes/hello", only(422, EDITOR)),
    ("scripts.move", "POST"): Row(
        "/scripts/talk/nodes/home/move", only(302, EDITOR), {"do": "up"}
    ),
    ("scripts.remove", "POST"): Row(
        "/scripts/talk/nodes/nobody/remove", only(404, EDITOR)
    ),
    ("scripts.try_out", "GET"): Row("/scripts/talk/try", only(200, EDITOR, APPROVER)),
    # Plays by two: the manager asks and observes
    ("live.plays", "GET"): Row("/live/", all_in(200)),
    ("live.new", "GET"): Row(LIVE_NEW, all_in(200)),
    ("live.create", "POST"): Row(LIVE_NEW, all_in(422)),
    ("live.play", "GET"): Row("/live/2", only(200, "clerk", "manager", others=404)),
    ("live.call_off", "POST"): Row(
        "/live/1/call-off", only(302, "clerk", "manager", others=404)
    ),
    ("live.void", "POST"): Row(
        "/live/2/void", only(422, "manager", others=404, denied=("clerk",))
    ),
    ("live.script", "GET"): Row("/live/1/script", only(200, "manager", others=404)),
    ("live.tell", "POST"): Row("/live/1/script", only(422, "manager", others=404)),
    ("live.rubric", "GET"): Row("/live/1/rubric", only(200, "manager", others=404)),
    ("live.mark", "POST"): Row("/live/1/rubric", only(302, "manager", others=404)),
    # From a case to a scenario
    ("replays.new", "GET"): Row("/case-replays/new", only(200, EDITOR)),
    ("replays.create", "POST"): Row("/case-replays/new", only(422, EDITOR)),
    # Meetings
    ("meetings.meetings", "GET"): Row("/meetings/", only(200, "supervisor", "manager")),
    ("meetings.new", "GET"): Row(
        "/meetings/new?site=1&on=2026-11-23", only(200, "manager")
    ),
    ("meetings.create", "POST"): Row(
        "/meetings/new", only(422, "manager"), {"site": "1"}
    ),
    ("meetings.meeting", "GET"): Row("/meetings/1", at_site(200)),
    ("meetings.show", "GET"): Row("/meetings/1/show", at_site(200)),
    ("meetings.edit", "GET"): Row("/meetings/1/pack", at_site(200)),
    ("meetings.change", "POST"): Row("/meetings/1/pack", at_site(422), {"site": "1"}),
    ("meetings.attendance", "POST"): Row(
        "/meetings/1/attendance", at_site(302), {"seen": "0"}
    ),
    # Read duties: the clerk and the auditor work at a site
    ("duties.duties", "GET"): Row("/duties", all_in(200)),
    ("duties.bulletin", "GET"): Row("/duties/changes", all_in(200)),
    ("duties.duty", "GET"): Row(DUTY, only(200, "clerk", "auditor", others=404)),
    ("duties.sign", "POST"): Row(DUTY, only(302, "clerk", "auditor", others=404)),
    ("duties.begin_questions", "POST"): Row(
        f"{DUTY}/questions", only(302, "clerk", "auditor", others=404)
    ),
    ("duties.readiness", "GET"): Row(
        "/duties/readiness", only(200, "supervisor", "manager")
    ),
    ("duties.rules", "GET"): Row("/duties/rules", only(200, EDITOR)),
    ("duties.new_rule", "GET"): Row("/duties/rules/new", only(200, EDITOR)),
    ("duties.make_rule", "POST"): Row("/duties/rules/new", only(422, EDITOR)),
    ("duties.rule", "GET"): Row("/duties/rules/1", only(200, EDITOR)),
    ("duties.save_rule", "POST"): Row("/duties/rules/1", only(422, EDITOR)),
    # Courses
    ("courses.courses", "GET"): Row("/courses", all_in(200)),
    ("courses.course", "GET"): Row(COURSE, all_in(200)),
    ("courses.step", "GET"): Row(LESSON, all_in(200)),
    ("courses.read_step", "POST"): Row(LESSON, all_in(302)),
    ("courses.begin_questions", "POST"): Row(f"{LESSON}/questions", all_in(302)),
    ("courses.sessions", "GET"): Row(
        f"{COURSE}/sessions", only(200, "mentor", "supervisor", "manager")
    ),
    ("courses.sign_sessions", "POST"): Row(
        f"{COURSE}/sessions", only(422, "mentor", "supervisor", "manager")
    ),
    ("courses.take_back_signature", "POST"): Row(
        "/courses/sessions/1/back", only(422, "manager", others=404)
    ),
    ("courses.begin", "GET"): Row("/courses/new/course", only(200, EDITOR)),
    ("courses.create", "POST"): Row("/courses/new/course", only(422, EDITOR)),
    ("courses.edit", "GET"): Row(f"{COURSE}/edit", only(200, EDITOR)),
    ("courses.change", "POST"): Row(f"{COURSE}/edit", only(422, EDITOR)),
    # Plans and assigned courses
    ("plans.plan", "GET"): Row("/plan", all_in(200)),
    ("plans.person", "GET"): Row("/plan/1", only(200, "clerk", "manager", others=404)),
    ("plans.waive", "POST"): Row("/plan/1/waivers", at_site(422)),
    ("plans.take_back", "POST"): Row("/plans/waivers/1/back", at_site(302)),
    ("plans.team", "GET"): Row("/plans/team", only(200, "supervisor", "manager")),
    ("plans.export_team", "POST"): Row(
        "/plans/team/export",
        only(200, "supervisor", "manager"),
        {"why": "安排带教", "ending": "csv"},
    ),
    ("plans.batch", "GET"): Row(
        "/plans/assign?since=2026-01-01", only(200, "supervisor", "manager")
    ),
    ("plans.assign", "POST"): Row("/plans/assign", only(422, "supervisor", "manager")),
    ("plans.rules", "GET"): Row(
        "/plans/rules", only(200, "supervisor", EDITOR, "manager")
    ),
    ("plans.new_rule", "GET"): Row("/plans/rules/new", only(200, EDITOR, "manager")),
    ("plans.make_rule", "POST"): Row("/plans/rules/new", only(422, EDITOR, "manager")),
    ("plans.rule", "GET"): Row(RULE, everybodys(200)),
    ("plans.save_rule", "POST"): Row(RULE, everybodys(422)),
    ("plans.ending", "GET"): Row(f"{RULE}/end", everybodys(200)),
    ("plans.end_rule", "POST"): Row(f"{RULE}/end", everybodys(409)),
    # Certificates, growth records and honours: certificate 1 is the clerk's, as is
    # honour 1; anybody verifies who has the code
    ("verify.ask", "GET"): Row("/verify", open_to_all(200)),
    ("verify.verified", "GET"): Row(f"/verify/{CODE}", open_to_all(200)),
    ("certificates.certificate", "GET"): Row(PAPER, cared_for(200)),
    ("certificates.certificate_file", "GET"): Row(
        f"{PAPER}/certificate.pdf", cared_for(200)
    ),
    ("certificates.revoke", "POST"): Row(f"{PAPER}/revoke", at_site(422)),
    ("growth.own", "GET"): Row("/growth", all_in(200)),
    ("growth.person", "GET"): Row("/growth/1", cared_for(200)),
    ("growth.issue", "POST"): Row("/growth/1/certificates", cared_for(422)),
    ("growth.export", "POST"): Row(
        "/growth/1/export", cared_for(200), {"why": "年度考核", "ending": "xlsx"}
    ),
    ("honours.honours", "GET"): Row("/honours", all_in(200)),
    ("honours.set_bound", "POST"): Row("/honours/bounds", only(422, "manager")),
    ("honours.proposals", "GET"): Row(
        "/honours/proposals", only(200, "supervisor", "manager")
    ),
    ("honours.confirm", "POST"): Row(
        "/honours/proposals", only(422, "supervisor", "manager")
    ),
    ("honours.counted", "GET"): Row("/honours/people/1/case/2026-Q3", cared_for(200)),
    ("honours.take_back", "POST"): Row("/honours/1/revoke", at_site(422)),
    # Competence
    ("competence.own", "GET"): Row("/competence", all_in(200)),
    ("competence.object_to", "POST"): Row(
        "/competence/lines/withdraw/objection", all_in(422)
    ),
    ("competence.person", "GET"): Row(
        COMPETENCE, only(200, "clerk", "manager", others=404)
    ),
    ("competence.why", "GET"): Row(
        f"{COMPETENCE}/P5", only(200, "clerk", "manager", others=404)
    ),
    ("competence.decide", "POST"): Row(f"{COMPETENCE}/lines/withdraw", overseen(422)),
    ("competence.sighting", "GET"): Row(OBSERVE, overseen(200)),
    ("competence.enter", "POST"): Row(OBSERVE, overseen(422)),
    ("competence.take_back", "POST"): Row(
        "/competence/sightings/1/back",
        only(422, "manager", others=404, denied=("clerk",)),
    ),
    ("competence.team", "GET"): Row("/competence/team", only(200, *LOOK_AFTER)),
    ("competence.export_team", "POST"): Row(
        "/competence/team/export",
        only(200, *LOOK_AFTER),
        {"why": "安排带教", "ending": "csv"},
    ),
    ("competence.windows", "GET"): Row("/competence/windows", all_in(200)),
    ("competence.returned", "GET"): Row(RETURNED, only(200, *LOOK_AFTER)),
    ("competence.returned_template", "GET"): Row(
        f"{RETURNED}/template.csv", only(200, *LOOK_AFTER)
    ),
    ("competence.look_at_returned", "POST"): Row(RETURNED, only(422, *LOOK_AFTER)),
    ("competence.confirm_returned", "POST"): Row(
        f"{RETURNED}/confirm", only(422, *LOOK_AFTER)
    ),
    ("competence.returned_done", "GET"): Row(
        f"{RETURNED}/batch-1", only(200, "manager", others=404)
    ),
    ("competence.take_back_returned", "POST"): Row(
        f"{RETURNED}/batch-1/back", only(422, "manager", others=404)
    ),
    # Mentoring: the mentor trains the auditor, whose are secondment 2, case and note 1
    ("mentoring.home", "GET"): Row("/mentoring", all_in(200)),
    ("mentoring.mentors", "GET"): Row(
        "/mentoring/mentors", only(200, "supervisor", "manager")
    ),
    ("mentoring.export", "POST"): Row(
        "/mentoring/mentors/export",
        only(200, "supervisor", "manager"),
        {"why": "排下周的班", "ending": "csv"},
    ),
    ("mentoring.choose", "POST"): Row(f"{PAIR}/mentor", at_site(302)),
    ("mentoring.pair", "GET"): Row(PAIR, trained(200, AUDITOR, "mentor", "manager")),
    ("mentoring.new_case", "GET"): Row(f"{PAIR}/cases/new", trained(200, AUDITOR)),
    ("mentoring.enter_case", "POST"): Row(f"{PAIR}/cases/new", trained(422, AUDITOR)),
    ("mentoring.withdraw_case", "POST"): Row(
        "/mentoring/cases/1/withdraw", trained(302, AUDITOR)
    ),
    ("mentoring.sign", "GET"): Row(f"{PAIR}/sign", trained(200, "mentor")),
    ("mentoring.take_signature", "POST"): Row(
        f"{PAIR}/sign/withdraw.rent", trained(422, "mentor")
    ),
    ("mentoring.take_back", "POST"): Row("/mentoring/cases/1/back", all_in(404)),
    ("mentoring.write", "POST"): Row(f"{PAIR}/notes/question", trained(422, AUDITOR)),
    ("mentoring.answer", "POST"): Row(
        "/mentoring/notes/1/answer", trained(422, "mentor")
    ),
    ("mentoring.plan", "GET"): Row(
        f"{PAIR}/plan/withdraw", trained(200, "mentor", "manager")
    ),
    ("mentoring.save_plan", "POST"): Row(
        f"{PAIR}/plan/withdraw", trained(422, "mentor", "manager")
    ),
    ("mentoring.put_into", "POST"): Row(
        f"{PAIR}/phase/withdraw", trained(422, "mentor", "manager")
    ),
    # Audit: not even the administrator
    ("audit.entries", "GET"): Row("/audit/", only(200, AUDITOR)),
    ("audit.entry", "GET"): Row("/audit/1", only(200, AUDITOR)),
    ("audit.export", "POST"): Row(
        "/audit/export",
        only(200, AUDITOR),
        {"why": "年度检查", "ending": "xlsx"},
    ),
}

PROGRAMS = frozenset(
    {"openapi", "search_api.search", "tips_api.tips", "tips_api.note_outcomes"}
)
"""Routes for programs: they ask for a token, not for a login or the token of a form."""

LOOKS = frozenset(
    {
        "audit.entries",
        "audit.entry",
        "certificates.certificate",
        "certificates.certificate_file",
        "competence.person",
        "competence.sighting",
        "competence.why",
        "growth.person",
        "honours.counted",
        "quizzes.grade_answer",
        "quizzes.outcome",
        "quizzes.placement_outcome",
        "live.play",
        "plans.person",
        "mentoring.pair",
        "mentoring.plan",
        "mentoring.sign",
        "people.person",
        "people.accounts.account",
        "people.accounts.access",
        "people.erasing",
    }
)
"""Pages that show what others did or are: an entry keeps the look, once an hour."""
SPREADSHEETS = {
    ("people.roster.export", "POST"),
    ("people.roster.passwords", "POST"),
    ("people.roster.template", "GET"),
    ("audit.export", "POST"),
    ("competence.export_team", "POST"),
    ("growth.export", "POST"),
    ("competence.returned_template", "GET"),
    ("plans.export_team", "POST"),
    ("mentoring.export", "POST"),
    ("quizzes.export_outcomes", "POST"),
    ("quizzes.export_analysis", "POST"),
    ("tips.export_effect", "POST"),
    ("exchange.template", "GET"),
    ("exchange.export", "POST"),
}
"""Routes that give a table to take away: tests/web/test_attacks_with_files.py puts
formulas into each of them."""

OTHER_FILES: Mapping[tuple[str, str], str] = {
    ("certificates.certificate_file", "GET"): "PDF, which runs nothing",
    ("people.own_data_file", "GET"): "JSON, which no spreadsheet opens by a click",
    ("topics.download", "GET"): "a text of the centre as it was written, YAML",
}
"""Routes that give another file, and why no formula runs in it."""
