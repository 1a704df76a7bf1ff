"""Every feature, and where each joins the site: pages, menu, panels, kinds of texts.

Beside :mod:`trainer.app`, which puts them together, nothing knows them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from trainer.audit import views as audit
from trainer.audit.queries import Directory
from trainer.cases import queries as cases_queries
from trainer.cases import views as cases
from trainer.certificates import queries as certificates_queries
from trainer.certificates import views as certificates
from trainer.certificates.queries import DeedSource
from trainer.certificates.queries.counting import DEEDS as COUNTED
from trainer.certificates.views import growing as growth
from trainer.certificates.views import honouring as honours
from trainer.certificates.views import verifying as verify
from trainer.checklists import api as tips_api
from trainer.checklists import queries as checklists_queries
from trainer.checklists import views as checklists
from trainer.checklists.queries.effect import WATCH_EFFECT
from trainer.checklists.views import tips_blueprint as tips
from trainer.competence import queries as competence_queries
from trainer.competence import views as competence
from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.courses import queries as courses_queries
from trainer.courses import views as meetings
from trainer.courses.queries.foreseen import ASSIGNERS
from trainer.courses.queries.plan_data import plan_data
from trainer.courses.queries.plans import tasks as plan_tasks
from trainer.courses.views import courses_blueprint as courses
from trainer.courses.views import duties_blueprint as duties
from trainer.courses.views import plans_blueprint as plans
from trainer.evidence import queries as evidence_queries
from trainer.kit.web.menu import Menu
from trainer.kit.web.menu import MenuItem
from trainer.knowledge import queries as knowledge_queries
from trainer.knowledge import views as knowledge
from trainer.knowledge.queries import ReviewSource
from trainer.knowledge.queries import published_reviews
from trainer.knowledge.service import ARTICLES
from trainer.knowledge.views import desk
from trainer.mentoring import queries as mentoring_queries
from trainer.mentoring import views as mentoring
from trainer.notices import queries as notices_queries
from trainer.notices import views as notices
from trainer.notices.queries import TaskSource
from trainer.notices.views import office
from trainer.people import queries as people_queries
from trainer.people import views as people
from trainer.people.views import setup
from trainer.people.views.colleagues import LOOKS_AFTER
from trainer.publishing.queries import TextKinds
from trainer.quizzes import queries as quizzes_queries
from trainer.quizzes import views as quizzes
from trainer.quizzes.queries.overseen import LOOK_AFTER
from trainer.quizzes.views import banks as bank_desk
from trainer.quizzes.views import exchange_blueprint as exchange
from trainer.scenarios import queries as scenarios_queries
from trainer.scenarios import views as scenarios
from trainer.scenarios.queries import live_data
from trainer.scenarios.views import case_replays
from trainer.scenarios.views import live
from trainer.scenarios.views import scripts
from trainer.search import api as search_api
from trainer.search import queries as search_queries
from trainer.search import views as search
from trainer.topics import views as topics_views

FEATURES = (
    *(search, knowledge, desk, checklists, tips, quizzes, bank_desk, exchange),
    *(scenarios, scripts, live, case_replays, meetings, duties, courses, plans),
    *(mentoring, competence, cases, people, setup, topics_views, audit),
    *(notices, office, certificates, verify, growth, honours),
)

APIS = (search_api, tips_api)
"""Features with routes for programs; they carry no form token."""

PACKAGES = {
    "web": "trainer.kit.web",
    "search": "trainer.search",
    "knowledge": "trainer.knowledge",
    "cases": "trainer.cases",
    "certificates": "trainer.certificates",
    "checklists": "trainer.checklists",
    "courses": "trainer.courses",
    "notices": "trainer.notices",
    "mentoring": "trainer.mentoring",
    "people": "trainer.people",
    "topics": "trainer.topics",
    "audit": "trainer.audit",
    "quizzes": "trainer.quizzes",
    "scenarios": "trainer.scenarios",
    "competence": "trainer.competence",
}

OPENED = frozenset(
    {
        *("search.home", "search.results", "search.browse"),
        *("search.live", "search.part"),
        *("knowledge.article", "knowledge.version", "knowledge.versions"),
        *("knowledge.diff", "knowledge.links"),
        *("knowledge.notice", "knowledge.notice_sheet"),
        "tips.framed",
    }
)
"""Pages that a setting opens to everybody on the intranet; a new one is not."""

PARTS = frozenset({"asset", "display", "search.live", "search.part", "search.log"})
"""Answers without the frame of a page, asked for often: nothing is counted for them."""

CARD_PANELS = ("checklists/card_panel.html", "cases/flag_panel.html")
"""Templates of other features, shown below a card; they see ``card`` and ``on``."""

LIST_PANELS = ("cases/flag_panel.html",)
"""Likewise below a checklist; what they see as ``card`` is its sheet."""

HOME_PANELS = (
    *("courses/first_days_panel.html", "notices/home_panel.html"),
    "competence/home_panel.html",
)
"""Templates of features on the first page: what to do now, in this order."""

PERSON_PANELS = (
    *("competence/person_panel.html", "courses/plan_panel.html"),
    *("quizzes/placement_panel.html", "certificates/person_panel.html"),
    "knowledge/owned_panel.html",
)
"""Templates of features above, shown on a person's page; they see ``person``."""

ADMINISTER = Permission.ADMINISTER

WATCH = frozenset({Permission.EDIT, Permission.SUPERVISE})

ROSTER = frozenset({Permission.ADMINISTER, Permission.SUPERVISE})

STAFF = frozenset({Permission.EDIT, Permission.APPROVE})

MENU: Menu = (
    (
        MenuItem(N_("查政策"), "search.home", "search"),
        MenuItem(N_("待办与通知"), "notices.inbox", "bell"),
        MenuItem(N_("易错清单"), "checklists.checklists", "exclamation-triangle"),
        MenuItem(N_("试算"), "topics.formulas", "calculator"),
        MenuItem(N_("逐条核对"), "tips.tick", "check2-square"),
        MenuItem(N_("练习和测验"), "quizzes.quizzes", "pencil-square"),
        MenuItem(N_("情景演练"), "scenarios.scenarios", "chat-left-dots"),
        MenuItem(N_("两人演练"), "live.plays", "chat-dots"),
        MenuItem(N_("必读"), "duties.duties", "journal-check"),
        MenuItem(N_("课程"), "courses.courses", "mortarboard"),
        MenuItem(N_("我的学习计划"), "plans.plan", "calendar-event"),
        MenuItem(N_("带教"), "mentoring.home", "person-workspace"),
        MenuItem(N_("我的能力"), "competence.own", "graph-up"),
        MenuItem(N_("证书与成长档案"), "growth.own", "award"),
        MenuItem(N_("荣誉"), "honours.honours", "star"),
        MenuItem(N_("谁可以办什么"), "competence.windows", "person-check"),
        MenuItem(N_("团队能力"), "competence.team", "grid-3x3", LOOK_AFTER),
        MenuItem(N_("派课与进度"), "plans.team", "send", Permission.SUPERVISE),
        MenuItem(N_("评分与成绩"), "quizzes.grading", "check-lg", LOOK_AFTER),
        MenuItem(
            N_("必读进度"), "duties.readiness", "bar-chart-steps", Permission.SUPERVISE
        ),
        MenuItem(N_("例会包"), "meetings.meetings", "easel", Permission.SUPERVISE),
    ),
    (
        MenuItem(N_("稿件"), "desk.drafts", "file-earmark-text", STAFF),
        MenuItem(N_("待复核"), "desk.due", "clipboard-check", STAFF),
        MenuItem(N_("题库和测验"), "banks.banks", "ui-checks", STAFF),
        MenuItem(N_("必读规则"), "duties.rules", "person-lines-fill", Permission.EDIT),
        MenuItem(N_("派课规则"), "plans.rules", "list-ul", ASSIGNERS),
        MenuItem(N_("案例复盘"), "replays.new", "journal-text", Permission.EDIT),
        MenuItem(N_("词库"), "topics.glossary", "chat-square-text", Permission.EDIT),
        MenuItem(N_("业务与能力"), "topics.lines", "diagram-3"),
        MenuItem(N_("有误反馈"), "cases.flags", "flag"),
        MenuItem(N_("没答上的问题"), "search.unanswered", "question-circle", WATCH),
        MenuItem(N_("提示效果"), "tips.effect", "bar-chart", WATCH_EFFECT),
    ),
    (
        MenuItem(N_("人员"), "people.people", "people", LOOKS_AFTER),
        MenuItem(
            N_("机构与网点"), "people.places.places", "building", Permission.ADMINISTER
        ),
        MenuItem(N_("花名册"), "people.roster.home", "table", ROSTER),
        MenuItem(N_("接口令牌"), "people.tokens.tokens", "plug", Permission.ADMINISTER),
        MenuItem(N_("假日安排"), "office.days", "calendar-event", ADMINISTER),
        MenuItem(N_("后台任务"), "office.job_runs", "list-ul", ADMINISTER),
        MenuItem(N_("操作记录"), "audit.entries", "shield-check", Permission.AUDIT),
    ),
)

REVIEWS: tuple[ReviewSource, ...] = (published_reviews,)
"""Where the 待复核 list comes from; a kind with reasons of its own joins here."""

TEXT_KINDS: TextKinds = {
    **ARTICLES,
    **checklists.KINDS,
    **scenarios.KINDS,
    **bank_desk.KINDS,
    **meetings.KINDS,
}
"""The kinds of texts that editors and approvers have on their desk."""

ARTICLE_KINDS = frozenset(code for code, kind in TEXT_KINDS.items() if kind.is_article)

DEEDS: tuple[DeedSource, ...] = (*COUNTED, cases_queries.deeds)
"""What honours count; a feature that has something to be praised joins here."""

TASKS: tuple[TaskSource, ...] = (
    partial(courses_queries.tasks, kinds=ARTICLE_KINDS),
    plan_tasks,
    mentoring_queries.tasks,
    partial(certificates_queries.tasks, sources=DEEDS),
    competence_queries.tasks,
    partial(knowledge_queries.tasks, sources=REVIEWS, kinds=TEXT_KINDS),
)
"""What is asked of people now; a feature that asks something of them joins here."""

SHOWN_ELSEWHERE = ("refresh/",)
"""How keys of tasks begin that have a panel of their own on the first page."""

JOB_NAMES: Mapping[str, str] = {"notices.digest": N_("通知和邮件")}
"""What the jobs are called that ``trainer.cli.jobs`` puts together."""

OWN_DATA: tuple[people_queries.DataSource, ...] = (
    people_queries.own_data,
    cases_queries.own_data,
    search_queries.own_data,
    evidence_queries.own_data,
    quizzes_queries.own_data,
    competence_queries.own_data,
    checklists_queries.own_data,
    scenarios_queries.own_data,
    live_data.own_data,
    courses_queries.own_data,
    notices_queries.own_data,
    plan_data,
    mentoring_queries.own_data,
    certificates_queries.own_data,
)
"""What somebody gets of his own data; a feature that holds some joins here."""

DIRECTORY = Directory(
    found=people_queries.people_called, names=people_queries.full_names
)
"""Who stands behind the keys that the audit keeps."""
