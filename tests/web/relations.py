"""What a route with somebody's key answers: by who asks, and by whose the thing is.

Written from data.md (people) and security.md: a supervisor of sites sees who works
there, one of a bank whom it has sent, a mentor whom he trains, everybody himself.
What somebody may not see does not exist for him: 404, as for a key that no row has.
403 is for what he may not do to anything, or to somebody he sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.web.matrix import LOGIN
from tests.web.matrix import NOBODY
from tests.web.world import BANK_SUPERVISOR
from tests.web.world import CALLERS
from tests.web.world import GONE
from tests.web.world import MISSING
from tests.web.world import OTHER_SITE
from tests.web.world import OWN
from tests.web.world import RELATIONS
from tests.web.world import RIVAL_HERE
from tests.web.world import SAME_SITE
from tests.web.world import TRAINED

ADMIN, MANAGER, SUPERVISOR = "administrator", "manager", "supervisor"
EVERYBODY = frozenset(RELATIONS) - {MISSING}
SEES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CALLERS[1:], frozenset({OWN})),
    "mentor": frozenset({OWN, TRAINED}),
    SUPERVISOR: frozenset({OWN, TRAINED, SAME_SITE, RIVAL_HERE}),
    BANK_SUPERVISOR: frozenset({OWN, TRAINED, SAME_SITE, OTHER_SITE}),
    MANAGER: EVERYBODY,
    ADMIN: EVERYBODY,
}
"""Whom a caller sees."""

Grid = Mapping[str, tuple[int, ...]]
"""By caller the answer for each of :data:`RELATIONS`."""


@dataclass(frozen=True, slots=True)
class Related:
    """A kind of thing, and the answers to who reaches for one."""

    thing: str
    grid: Grid


def grid(status: int, who: Mapping[str, frozenset[str]]) -> Grid:
    """These callers get these things; to the others they do not exist."""
    rows = {
        name: tuple(
            status if relation in who.get(name, ()) else 404 for relation in RELATIONS
        )
        for name in CALLERS[1:]
    }
    return {NOBODY: (LOGIN,) * len(RELATIONS), **rows}


def seen(status: int) -> Grid:
    """Whoever sees the person gets it."""
    return grid(status, SEES)


def kept(status: int, *callers: str) -> Grid:
    """These callers get all that there are; nobody else may do it to anything."""
    rows = dict(grid(status, dict.fromkeys(callers, EVERYBODY)))
    denied = {name: (403,) * len(RELATIONS) for name in CALLERS[1:]}
    return {**rows, **denied, **{name: rows[name] for name in callers}}


def but(found: Grid, caller: str, status: int, *relations: str) -> Grid:
    """The same, but for a caller and some relations."""
    row = tuple(
        status if relation in relations else answer
        for relation, answer in zip(RELATIONS, found[caller], strict=True)
    )
    return {**found, caller: row}


def arranged(status: int) -> Grid:
    """Who runs the site does it; who only sees the person is told that he may not."""
    found = seen(status)
    for name in set(CALLERS[1:]) - {ADMIN, MANAGER, SUPERVISOR}:
        found = but(found, name, 403, *SEES[name])
    return found


OWNERS = dict.fromkeys(CALLERS[1:], frozenset({OWN}))
LOOKED_AFTER = {
    name: SEES[name] - {OWN}
    for name in ("mentor", SUPERVISOR, BANK_SUPERVISOR, MANAGER)
}
"""Whose attempts a caller looks at and grades: never his own."""


def looked_after(status: int) -> Grid:
    """Who looks after the person gets it; who looks after nobody is told so."""
    found = grid(status, LOOKED_AFTER)
    denied = dict.fromkeys(
        set(CALLERS[1:]) - set(LOOKED_AFTER), (403,) * len(RELATIONS)
    )
    return {name: denied.get(name, row) for name, row in found.items()}


RESULTS = {**SEES, ADMIN: frozenset({OWN})}
"""Whose plays by two a caller sees; the manager asks and observes in them."""

SCRIPTS = {MANAGER: EVERYBODY - {OWN}}
"""In whose plays a caller asks and observes: in his own the bank's supervisor does."""


def voided(status: int) -> Grid:
    """Who looks after the clerk; he himself sees his result, and may not."""
    found = grid(status, LOOKED_AFTER)
    for name in CALLERS[1:]:
        found = but(found, name, 403, OWN)
    return found


SUPERVISED = {**SEES, ADMIN: frozenset({OWN})}
"""Whose competence a caller looks at: running the system gives no right to it."""


def cared_for(status: int, own: int) -> Grid:
    """As :func:`looked_after`, with what the caller gets who means himself."""
    found = looked_after(status)
    for name in LOOKED_AFTER:
        found = but(found, name, own, OWN)
    return found


def supervised(status: int) -> Grid:
    """A supervisor decides about whom he sees, himself included: told why not."""
    found = grid(status, SUPERVISED)
    denied = (403,) * len(RELATIONS)
    deciding = {NOBODY, SUPERVISOR, BANK_SUPERVISOR, MANAGER}
    return {name: row if name in deciding else denied for name, row in found.items()}


def taken_back(status: int) -> Grid:
    """A supervisor takes back what was entered of his people; nobody of himself."""
    found = grid(status, SUPERVISED)
    for name in CALLERS[1:]:
        found = but(found, name, 403, OWN)
    return but(found, "mentor", 403, OWN, TRAINED)  # another one has entered it


FREED = {name: SEES[name] - {OWN} for name in (SUPERVISOR, BANK_SUPERVISOR, MANAGER)}
"""Whom a caller frees of a course: a mentor nobody, and nobody himself."""


def freed(status: int) -> Grid:
    """Who supervises the person gets it; who supervises nobody is told so."""
    found = grid(status, FREED)
    denied = dict.fromkeys(set(CALLERS[1:]) - set(FREED), (403,) * len(RELATIONS))
    found = {name: denied.get(name, row) for name, row in found.items()}
    for name in FREED:
        found = but(found, name, 403, OWN)
    return found


TOLD = grid(403, SUPERVISED)
"""Who sees the work is told that this is not his to do."""


def own_only(status: int) -> Grid:
    """Each does it of his own time with a mentor."""
    found = TOLD
    for name in CALLERS[1:]:
        found = but(found, name, status, OWN)
    return found


def mentors_own(status: int) -> Grid:
    """Only the mentor does it."""
    return but(TOLD, "mentor", status, TRAINED)


def planned(status: int, found: Grid) -> Grid:
    """Likewise who runs the site."""
    for name in (SUPERVISOR, MANAGER):
        found = but(found, name, status, *SEES[name] - {OWN, MISSING})
    return found


def mentor_chosen(status: int) -> Grid:
    """Who runs the site does it; who supervises nobody is told so at once."""
    found = planned(status, TOLD)
    for name in set(CALLERS[1:]) - {SUPERVISOR, BANK_SUPERVISOR, MANAGER}:
        found = but(found, name, 403, *RELATIONS)
    return found


TEXTS = ("editor", "approver")
FLAGS = {
    **dict.fromkeys(CALLERS[1:], frozenset({OWN})),
    **dict.fromkeys(TEXTS, EVERYBODY),
}
OTHERS_OF_THE_BANK = SEES[BANK_SUPERVISOR] - {OWN}

RELATED: Mapping[tuple[str, str], Related] = {
    ("people.person", "GET"): Related("person", seen(200)),
    # A bank gets the agreed fields only, and a telephone number is none of them.
    ("people.phone", "POST"): Related(
        "person", but(seen(200), BANK_SUPERVISOR, 403, *OTHERS_OF_THE_BANK)
    ),
    ("people.erasing", "GET"): Related("person", kept(200, ADMIN)),
    ("people.erase", "POST"): Related("person", kept(422, ADMIN)),
    ("people.work", "GET"): Related("person", kept(200, ADMIN)),
    ("people.work", "POST"): Related("person", kept(422, ADMIN)),
    ("people.accounts.account", "GET"): Related("person", kept(200, ADMIN)),
    # The only administrator neither closes himself nor gives his role away.
    ("people.accounts.change", "POST"): Related(
        "person", but(kept(302, ADMIN), ADMIN, 422, OWN)
    ),
    ("people.accounts.close", "POST"): Related(
        "person", but(kept(302, ADMIN), ADMIN, 422, OWN)
    ),
    ("people.accounts.reopen", "POST"): Related("person", kept(302, ADMIN)),
    ("people.accounts.reset_password", "POST"): Related("person", kept(200, ADMIN)),
    ("people.accounts.access", "GET"): Related("person", kept(200, ADMIN)),
    ("people.accounts.release", "POST"): Related("person", kept(302, ADMIN)),
    ("people.accounts.open_unused", "POST"): Related("person", kept(302, ADMIN)),
    ("people.accounts.end_sessions", "POST"): Related("person", kept(302, ADMIN)),
    ("people.accounts.unbind", "POST"): Related("person", kept(302, ADMIN)),
    ("people.arrange", "GET"): Related("secondment", arranged(200)),
    ("people.arrange", "POST"): Related("secondment", arranged(302)),
    ("people.secondments.act", "GET"): Related("secondment", kept(200, ADMIN)),
    ("people.secondments.act", "POST"): Related("secondment", kept(422, ADMIN)),
    ("people.secondments.resume", "POST"): Related("secondment", kept(302, ADMIN)),
    ("people.secondments.call_off", "POST"): Related("secondment", kept(302, ADMIN)),
    # Sessions are one's own: an administrator ends those of others all at once.
    ("people.end_login", "POST"): Related("session", grid(302, OWNERS)),
    ("people.roster.columns", "GET"): Related("import", kept(200, ADMIN)),
    ("people.roster.choose", "POST"): Related("import", kept(422, ADMIN)),
    ("people.roster.show", "GET"): Related("import", kept(200, ADMIN)),
    ("people.roster.correct", "POST"): Related("import", kept(409, ADMIN)),
    ("people.roster.confirm", "POST"): Related("import", kept(422, ADMIN)),
    ("people.roster.undo", "POST"): Related("import", kept(409, ADMIN)),
    ("people.roster.drop", "POST"): Related("import", kept(302, ADMIN)),
    ("people.tokens.revoke", "POST"): Related("token", kept(302, ADMIN)),
    # Attempts are one's own.
    ("quizzes.paper", "GET"): Related("open attempt", grid(200, OWNERS)),
    ("quizzes.answer", "POST"): Related("open attempt", grid(302, OWNERS)),
    ("quizzes.keep", "POST"): Related("open attempt", grid(422, OWNERS)),
    ("quizzes.check", "GET"): Related("open attempt", grid(200, OWNERS)),
    ("quizzes.submit", "POST"): Related("open attempt", grid(302, OWNERS)),
    ("quizzes.abandon", "POST"): Related("open attempt", grid(302, OWNERS)),
    ("quizzes.result", "GET"): Related("open attempt", grid(302, OWNERS)),
    ("quizzes.grade_answer", "GET"): Related("attempt", looked_after(200)),
    ("quizzes.grade", "POST"): Related("attempt", looked_after(422)),
    ("quizzes.outcome", "GET"): Related("attempt", looked_after(200)),
    ("quizzes.placing", "GET"): Related("open placement", grid(200, OWNERS)),
    ("quizzes.place", "POST"): Related("open placement", grid(302, OWNERS)),
    ("quizzes.placed", "GET"): Related("placement", grid(200, OWNERS)),
    ("quizzes.placement_outcome", "GET"): Related("placement", looked_after(200)),
    # So are plays.
    ("scenarios.play", "GET"): Related("open play", grid(200, OWNERS)),
    ("scenarios.choose", "POST"): Related("open play", grid(302, OWNERS)),
    ("scenarios.abandon", "POST"): Related("open play", grid(302, OWNERS)),
    ("scenarios.debrief", "GET"): Related("play", grid(200, OWNERS)),
    ("scenarios.replay", "POST"): Related("play", grid(409, OWNERS)),
    ("live.play", "GET"): Related("live", grid(200, RESULTS)),
    ("live.call_off", "POST"): Related("open live", grid(302, RESULTS)),
    ("live.void", "POST"): Related("live", voided(422)),
    ("live.script", "GET"): Related("open live", grid(200, SCRIPTS)),
    ("live.tell", "POST"): Related("open live", grid(422, SCRIPTS)),
    ("live.rubric", "GET"): Related("open live", grid(200, SCRIPTS)),
    ("live.mark", "POST"): Related("open live", grid(302, SCRIPTS)),
    ("growth.person", "GET"): Related("person", grid(200, SUPERVISED)),
    ("growth.issue", "POST"): Related("person", grid(422, SUPERVISED)),
    ("growth.export", "POST"): Related("person", grid(200, SUPERVISED)),
    ("honours.counted", "GET"): Related("person", grid(200, SUPERVISED)),
    ("honours.take_back", "POST"): Related("honour", supervised(422)),
    ("certificates.certificate", "GET"): Related("certificate", grid(200, SUPERVISED)),
    ("certificates.certificate_file", "GET"): Related(
        "certificate", grid(200, SUPERVISED)
    ),
    ("certificates.revoke", "POST"): Related("certificate", supervised(422)),
    ("competence.person", "GET"): Related("person", grid(200, SUPERVISED)),
    ("competence.why", "GET"): Related("person", grid(200, SUPERVISED)),
    ("competence.decide", "POST"): Related("person", cared_for(422, 422)),
    ("competence.sighting", "GET"): Related("person", cared_for(200, 403)),
    ("competence.enter", "POST"): Related("person", cared_for(422, 403)),
    ("competence.take_back", "POST"): Related("sighting", taken_back(422)),
    ("notices.mark_seen", "POST"): Related("notice", grid(302, OWNERS)),
    ("plans.person", "GET"): Related("person", grid(200, SUPERVISED)),
    ("plans.waive", "POST"): Related("person", freed(422)),
    ("plans.take_back", "POST"): Related("waiver", freed(302)),
    ("mentoring.pair", "GET"): Related("secondment", grid(200, SUPERVISED)),
    ("mentoring.new_case", "GET"): Related("secondment", own_only(200)),
    ("mentoring.enter_case", "POST"): Related("secondment", own_only(422)),
    ("mentoring.write", "POST"): Related("secondment", own_only(422)),
    ("mentoring.sign", "GET"): Related("secondment", mentors_own(200)),
    ("mentoring.take_signature", "POST"): Related("secondment", mentors_own(422)),
    ("mentoring.plan", "GET"): Related("secondment", planned(200, mentors_own(200))),
    ("mentoring.save_plan", "POST"): Related(
        "secondment", planned(422, mentors_own(422))
    ),
    ("mentoring.put_into", "POST"): Related(
        "secondment", planned(422, mentors_own(422))
    ),
    ("mentoring.choose", "POST"): Related("secondment", mentor_chosen(302)),
    ("mentoring.withdraw_case", "POST"): Related("case", own_only(302)),
    ("mentoring.take_back", "POST"): Related("case", taken_back(422)),
    # What they wrote to each other is no agreed field.
    ("mentoring.answer", "POST"): Related(
        "note", but(mentors_own(422), BANK_SUPERVISOR, 404, *OTHERS_OF_THE_BANK)
    ),
    ("cases.flag", "GET"): Related("flag", grid(200, FLAGS)),
    ("cases.answer", "POST"): Related("flag", kept(302, *TEXTS)),
}
"""Every route with a key in its address that belongs to somebody."""

NOBODYS: Mapping[tuple[str, str], str] = {
    ("banks", "kind"): "a bank or a quiz",
    ("banks", "question"): "a question of a bank",
    ("banks", "slug"): "a bank or a quiz",
    ("checklists", "item"): "an item of a checklist",
    ("checklists", "kind"): "a checklist",
    ("checklists", "slug"): "a checklist",
    ("audit", "number"): "an entry of the audit, which is the auditor's alone",
    ("asset", "digest"): "a version of the style sheets and scripts",
    ("asset", "name"): "a style sheet or script",
    ("competence", "batch"): "a table of returned files, its own who brought it",
    ("competence", "code"): "a competency of the person named before it",
    ("competence", "kind"): "a kind of sighting",
    (
        "competence",
        "line",
    ): "a business line of the person named before it, or one's own",
    ("desk", "key"): "a draft: texts are the centre's, whoever edits may go on",
    ("desk", "kind"): "a kind of article",
    ("desk", "slug"): "an article",
    ("exchange", "key"): "a draft of a bank",
    ("exchange", "kind"): "a kind of file",
    ("honours", "rule"): "what an honour is given for",
    ("honours", "quarter"): "a quarter of a year",
    ("verify", "code"): "a certificate: who has its code sees what it is worth",
    ("knowledge", "number"): "a version of an article",
    ("knowledge", "slug"): "an article",
    ("duties", "key"): "a version of an article, or a rule: whose duty, tests/courses",
    ("courses", "key"): "a signature: who looks after its person, tests/courses",
    ("courses", "kind"): "a course",
    ("courses", "slug"): "a course",
    ("courses", "step"): "a step of a course: what is done is one's own",
    ("meetings", "key"): "a meeting of a site: whoever runs the site, tests/courses",
    ("office", "key"): "a run of a job",
    ("plans", "rule"): "a rule: who may change it, tests/courses",
    ("mentoring", "business"): "a business of the newcomer named before it",
    ("mentoring", "kind"): "a reflection or a question",
    ("mentoring", "line"): "a business line of the newcomer named before it",
    ("people.places", "key"): "a bank, a site, a seat or a post",
    ("people.places", "kind"): "which of them",
    ("people.roster", "kind"): "a kind of file",
    ("people.secondments", "what"): "what is done to the secondment",
    ("quizzes", "bank"): "a question bank",
    ("quizzes", "item"): "a question of it",
    ("quizzes", "line"): "a business line",
    ("quizzes", "position"): "a question of the attempt that is named before it",
    ("quizzes", "slug"): "a quiz",
    ("scenarios", "number"): "a step of the play that is named before it",
    ("scenarios", "slug"): "a scenario",
    ("scripts", "kind"): "nodes, choices or endings",
    ("scripts", "place"): "a node, a choice or an ending",
    ("scripts", "slug"): "a scenario",
    ("search", "line"): "a business line",
    ("search", "slug"): "an article",
    ("topics", "code"): "a formula, a group of words or a part of the framework",
    ("topics", "kind"): "dimensions, levels or tiers",
    ("topics", "name"): "a text of the centre",
    ("topics", "number"): "a save of such a text",
}
"""What else stands in addresses, by feature and name, and that it is no person's."""

GRADED = {**LOOKED_AFTER, SUPERVISOR: SEES[SUPERVISOR]}
"""Who stands in lists of attempts; the supervisor's login ends that of the bank's."""

BOARD = {name: SEES[name] - {GONE} for name in LOOKED_AFTER}
"""Who stands on a board of a team: those who work today."""

HERE = frozenset({OWN, TRAINED, SAME_SITE, RIVAL_HERE})
"""Who works at the eastern site."""

PLANNED = {name: them - {GONE} for name, them in FREED.items()} | {SUPERVISOR: HERE}
"""Whose plans a supervisor sees and whom he may assign to; the supervisor's own login
ends that of the bank's."""

WORKING = (SUPERVISOR, BANK_SUPERVISOR, MANAGER, ADMIN)
LISTED: Mapping[tuple[str, str], Mapping[str, frozenset[str]]] = {
    ("people.people", "GET"): {name: SEES[name] for name in ("mentor", *WORKING)},
    ("people.roster.export", "POST"): {name: SEES[name] - {GONE} for name in WORKING},
    ("people.own_data", "GET"): {name: frozenset({OWN}) for name in CALLERS[1:]},
    ("people.own_data_file", "GET"): {name: frozenset({OWN}) for name in CALLERS[1:]},
    ("cases.flags", "GET"): dict.fromkeys(TEXTS, EVERYBODY),
    ("live.plays", "GET"): RESULTS,
    # Honours are for everybody to see: only who has one is named.
    ("honours.honours", "GET"): dict.fromkeys(CALLERS[1:], EVERYBODY),
    ("quizzes.grading", "GET"): GRADED,
    ("quizzes.outcomes", "GET"): GRADED,
    ("competence.team", "GET"): BOARD,
    ("competence.export_team", "POST"): BOARD,
    ("plans.team", "GET"): PLANNED,
    # Who takes it away stands in the last line of the file.
    ("plans.export_team", "POST"): {
        name: them | {OWN} for name, them in PLANNED.items()
    },
    ("plans.batch", "GET"): PLANNED,
    # Whoever works at a site sees who may do what there; the clerk has no seat.
    ("competence.windows", "GET"): {
        **dict.fromkeys(CALLERS[1:], HERE),
        "clerk": HERE - {OWN},
    },
    ("mentoring.home", "GET"): {
        **dict.fromkeys(CALLERS[1:], frozenset()),
        "mentor": frozenset({TRAINED}),
    },
    ("mentoring.mentors", "GET"): {
        SUPERVISOR: frozenset({TRAINED}),
        BANK_SUPERVISOR: frozenset({TRAINED}),
        MANAGER: frozenset({TRAINED}),
    },
    ("mentoring.export", "POST"): {
        SUPERVISOR: frozenset({OWN, TRAINED}),
        BANK_SUPERVISOR: frozenset({OWN, TRAINED}),
        MANAGER: frozenset({OWN, TRAINED}),
    },
    # Who takes it away stands in the last line of the file.
    ("quizzes.export_outcomes", "POST"): {name: SEES[name] for name in LOOKED_AFTER},
}
"""Lists and exports of people or of what they have written: who stands in them, by
caller; whoever is not named here gets none."""
