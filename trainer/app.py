"""Composition root of the site: the only module that knows every feature."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import PackageLoader
from jinja2 import PrefixLoader
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from trainer.audit import views as audit
from trainer.audit.queries import Directory
from trainer.cases import queries as cases_queries
from trainer.cases import views as cases
from trainer.checklists import api as tips_api
from trainer.checklists import queries as checklists_queries
from trainer.checklists import views as checklists
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.queries import ItemsAbout
from trainer.checklists.queries.effect import WATCH_EFFECT
from trainer.checklists.views import tips_blueprint as tips
from trainer.competence import queries as competence_queries
from trainer.core import clock
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.evidence import queries as evidence_queries
from trainer.kit.index import Searcher
from trainer.kit.web import current
from trainer.kit.web import display
from trainer.kit.web import errors
from trainer.kit.web import limits
from trainer.kit.web import openapi
from trainer.kit.web import origins
from trainer.kit.web import security
from trainer.kit.web import translation
from trainer.kit.web.assets import Assets
from trainer.kit.web.icons import ICONS
from trainer.kit.web.icons import Icons
from trainer.kit.web.menu import Menu
from trainer.kit.web.menu import MenuItem
from trainer.kit.web.menu import menu_of
from trainer.knowledge import views as knowledge
from trainer.knowledge.domain.kinds import FACE_NAMES
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.queries import ReviewSource
from trainer.knowledge.queries import published_reviews
from trainer.knowledge.service import ARTICLES
from trainer.knowledge.views import desk
from trainer.knowledge.views.kinds import text_url
from trainer.people import queries as people_queries
from trainer.people import views as people
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.signon import Registration
from trainer.people.service import SetupCode
from trainer.people.views import access
from trainer.people.views import gate
from trainer.people.views import refusals
from trainer.people.views import setup
from trainer.people.views.colleagues import LOOKS_AFTER
from trainer.people.views.ways import Ways
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import TextKinds
from trainer.quizzes import queries as quizzes_queries
from trainer.quizzes import views as quizzes
from trainer.quizzes.queries.overseen import LOOK_AFTER
from trainer.quizzes.views import banks as bank_desk
from trainer.quizzes.views import exchange_blueprint as exchange
from trainer.scenarios import queries as scenarios_queries
from trainer.scenarios import views as scenarios
from trainer.scenarios.views import scripts
from trainer.search import api as search_api
from trainer.search import queries as search_queries
from trainer.search import views as search
from trainer.search.service import Logbook
from trainer.settings import Settings
from trainer.topics import queries as topics
from trainer.topics import views as topics_views

if TYPE_CHECKING:
    from trainer.people.service.provider import Provider

FEATURES = (
    *(search, knowledge, desk, checklists, tips, quizzes, bank_desk, exchange),
    *(scenarios, scripts),
    *(cases, people, setup, topics_views, audit),
)
APIS = (search_api, tips_api)
"""Features with routes for programs; they carry no form token."""

PACKAGES = {
    "web": "trainer.kit.web",
    "search": "trainer.search",
    "knowledge": "trainer.knowledge",
    "cases": "trainer.cases",
    "checklists": "trainer.checklists",
    "people": "trainer.people",
    "topics": "trainer.topics",
    "audit": "trainer.audit",
    "quizzes": "trainer.quizzes",
    "scenarios": "trainer.scenarios",
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

CARD_PANELS = ("checklists/card_panel.html", "cases/flag_panel.html")
"""Templates of other features, shown below a card; they see ``card`` and ``on``."""

LIST_PANELS = ("cases/flag_panel.html",)
"""Likewise below a checklist; what they see as ``card`` is its sheet."""

MOST_ITEMS = 5
"""Items of checklists below a card; the others are a link away."""

ROOM_FOR_FORM = 64 * 1024
"""Bytes of a form beside the text it carries."""

BEHIND_ONE_ADDRESS = 50
"""Readers without login who may search from one address as often as one person."""

KEPT_A_MINUTE = 20
"""Refusals of one person that the audit keeps; who tries on fills no disk."""

REFUSED_A_MINUTE = 60
"""Requests with no good token that one address may make; then it is told to wait."""


PERSON_PANELS = ("knowledge/owned_panel.html",)
"""Templates of features above, shown on a person's page; they see ``person``."""

WATCH = frozenset({Permission.EDIT, Permission.SUPERVISE})
ROSTER = frozenset({Permission.ADMINISTER, Permission.SUPERVISE})
STAFF = frozenset({Permission.EDIT, Permission.APPROVE})
MENU: Menu = (
    (
        MenuItem(N_("查政策"), "search.home", "search"),
        MenuItem(N_("易错清单"), "checklists.checklists", "exclamation-triangle"),
        MenuItem(N_("试算"), "topics.formulas", "calculator"),
        MenuItem(N_("逐条核对"), "tips.tick", "check2-square"),
        MenuItem(N_("练习和测验"), "quizzes.quizzes", "pencil-square"),
        MenuItem(N_("情景演练"), "scenarios.scenarios", "chat-left-dots"),
        MenuItem(N_("评分与成绩"), "quizzes.grading", "check-lg", LOOK_AFTER),
    ),
    (
        MenuItem(N_("稿件"), "desk.drafts", "file-earmark-text", STAFF),
        MenuItem(N_("待复核"), "desk.due", "clipboard-check", STAFF),
        MenuItem(N_("题库和测验"), "banks.banks", "ui-checks", STAFF),
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
}
"""The kinds of texts that editors and approvers have on their desk."""

OWN_DATA: tuple[people_queries.DataSource, ...] = (
    people_queries.own_data,
    cases_queries.own_data,
    search_queries.own_data,
    evidence_queries.own_data,
    quizzes_queries.own_data,
    competence_queries.own_data,
    checklists_queries.own_data,
    scenarios_queries.own_data,
)
"""What somebody gets of his own data; a feature that holds some joins here."""

DIRECTORY = Directory(
    found=people_queries.people_called, names=people_queries.full_names
)
"""Who stands behind the keys that the audit keeps."""


def create_app(
    settings: Settings,
    engine: Engine,
    *,
    now: Callable[[], datetime] = clock.now,
) -> Flask:
    """Build the site around its settings, its database and its clock."""
    app = Flask("trainer", template_folder=None, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        HOME_CITY=settings.home_city,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=4 * MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES + ROOM_FOR_FORM,
        WTF_CSRF_TIME_LIMIT=None,
    )
    _know(app, settings, engine, now)
    limits.install(app, _rates(settings))
    origins.install(app, settings.widget_origins)
    # The gate stands first: the page that refuses a token says who is logged in.
    opened = OPENED if settings.open_reading else frozenset[str]()
    gate.install(app, opened=opened, known=_ways(settings))
    csrf = CSRFProtect(app)
    errors.install(app, refused=refusals.note)
    security.install(app, hosts=settings.hosts)
    display.install(app)
    translation.install(app)
    openapi.install(app, _api_codes)
    for feature in (*FEATURES, *APIS):
        app.register_blueprint(feature.bp)
    for programs in APIS:
        csrf.exempt(programs.bp)
    _install_templates(app, settings)
    return app


def _know(
    app: Flask, settings: Settings, engine: Engine, now: Callable[[], datetime]
) -> None:
    """Give the site what its requests ask for by name."""
    app.extensions |= {
        "engine": engine,
        "clock": now,
        "review_sources": REVIEWS,
        "text_kinds": TEXT_KINDS,
        "own_data": OWN_DATA,
        "directory": DIRECTORY,
        "setup_code": SetupCode(settings.setup_code),
        "searcher": Searcher(settings.index),
        "logbook": Logbook(engine),
        "findable": bool,  # no: what serves it may run an indexer
        "proxies": settings.proxies,
        "weakness": checklists_queries.unknown_weakness,
    }


def _rates(settings: Settings) -> dict[str, int]:
    """Give how often a minute each thing may be asked."""
    return {
        "login": settings.login_rate,
        "search": settings.search_rate,
        "open search": settings.search_rate * BEHIND_ONE_ADDRESS,
        "api": settings.api_rate,
        "refused": REFUSED_A_MINUTE,
        "forged": 1,
        refusals.LIMIT: KEPT_A_MINUTE,
    }


def _ways(settings: Settings) -> Ways:
    """Give the ways into the site."""
    address = settings.site_url.rstrip("/")
    known = Registration(
        issuer=settings.sso_issuer,
        client=settings.sso_client,
        secret=settings.sso_secret,
        claim=settings.sso_claim,
        back=f"{address}/people/signon/back",
    )
    return Ways(
        rules=LoginRules(
            idle=timedelta(minutes=settings.idle_minutes),
            lifetime=timedelta(hours=settings.session_hours),
            password_days=settings.password_days,
            unused_days=settings.unused_days,
            address_failures=settings.address_failures,
            everybody=settings.local_login,
        ),
        provider=_provider(known) if settings.sso_issuer else None,
        provider_name=settings.sso_name,
        header=settings.sso_header,
        proxies=settings.sso_proxies,
        address=address,
    )


def _provider(known: Registration) -> Provider:
    """Give the provider of single sign-on.

    Raises:
        TrainerError: it needs an extra that is not installed.
    """
    try:
        from trainer.people.service.provider import Provider  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise TrainerError(
            N_("设置了 sso_issuer，但没有安装单点登录组件；请安装 trainer[sso] 再启动")
        ) from error
    return Provider(known)


def _install_templates(app: Flask, settings: Settings) -> None:
    app.jinja_loader = PrefixLoader({k: PackageLoader(v) for k, v in PACKAGES.items()})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Assets(PACKAGES.values()).install(app)
    app.jinja_env.globals.update(
        actor=current.actor,
        barred_now=access.barred_now,
        business_date=current.shown_date,
        card_items=_card_items,
        card_panels=CARD_PANELS,
        current_person=gate.person,
        face_names=FACE_NAMES,
        formula_titles=topics.formula_titles(),
        icon=Icons(ICONS),
        kind_names={code: kind.name for code, kind in TEXT_KINDS.items()},
        line_names=_line_names,
        list_panels=LIST_PANELS,
        may_read=gate.may_read,
        menu=partial(menu_of, MENU),
        owned_articles=_owned_articles,
        person_names=_person_names,
        person_panels=PERSON_PANELS,
        post_names=_post_names,
        severity_names=SEVERITY_NAMES,
        article_kinds=KIND_NAMES,
        site_name=settings.site_name,
        text_url=text_url,
    )


def _api_codes(session: Session) -> dict[str, list[str]]:
    """Give the codes that programs may send, by the name of their schema."""
    known = topics.topics(session)
    return {
        "business": [business.code for business in known.businesses],
        "step": [step.code for step in known.steps],
    }


def _line_names() -> dict[str, str]:
    """Give the business lines by code."""
    with current.reading() as session:
        return {line.code: line.name for line in topics.topics(session).lines}


def _card_items(article: Revision, on: date) -> ItemsAbout:
    """Give the items of checklists that matter for an article on a day."""
    with current.reading() as session:
        return checklists_queries.items_about(
            session, article, on, MOST_ITEMS, reader=current.actor()
        )


def _person_names(people: Iterable[int]) -> dict[int, str]:
    """Give the shown names of some people by key."""
    with current.reading() as session:
        return people_queries.names(session, people, reader=current.actor())


def _owned_articles(posts: Collection[str]) -> list[Revision]:
    """Give what is in force today and belongs to some posts."""
    with current.reading() as session:
        on, reader = current.today(), current.actor()
        return publishing.owned(session, posts, on, reader=reader)


def _post_names() -> dict[str, str]:
    """Give what each post is called, by code."""
    with current.reading() as session:
        return {post.code: post.name for post in people_queries.posts(session)}
