"""Composition root of the site: the only module that knows every feature."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import PackageLoader
from jinja2 import PrefixLoader
from jinja2 import StrictUndefined
from sqlalchemy import Engine

from trainer.cases import views as cases
from trainer.core import clock
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.wording import N_
from trainer.kit.index import Searcher
from trainer.kit.web import current
from trainer.kit.web import display
from trainer.kit.web import errors
from trainer.kit.web import security
from trainer.kit.web import translation
from trainer.kit.web.assets import Assets
from trainer.kit.web.icons import Icons
from trainer.knowledge import views as knowledge
from trainer.knowledge.domain.kinds import FACE_NAMES
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.queries import ReviewSource
from trainer.knowledge.queries import published_reviews
from trainer.knowledge.views import desk
from trainer.people import queries as people_queries
from trainer.people import views as people
from trainer.people.views import gate
from trainer.search import views as search
from trainer.search.service import Logbook
from trainer.settings import Settings
from trainer.topics import queries as topics
from trainer.topics import views as topics_views

FEATURES = (search, knowledge, desk, cases, people, topics_views)
PACKAGES = {
    "web": "trainer.kit.web",
    "search": "trainer.search",
    "knowledge": "trainer.knowledge",
    "cases": "trainer.cases",
    "people": "trainer.people",
    "topics": "trainer.topics",
}
OPENED = frozenset(
    {
        *("search.home", "search.results", "search.browse"),
        *("search.live", "search.part"),
        *("knowledge.article", "knowledge.version", "knowledge.versions"),
        *("knowledge.diff", "knowledge.links"),
        *("knowledge.notice", "knowledge.notice_sheet"),
    }
)
"""Pages that a setting opens to everybody on the intranet; a new one is not."""

CARD_PANELS = ("cases/flag_panel.html",)
"""Templates of features above, shown below a card; they see ``card`` and ``on``."""

ROOM_FOR_FORM = 64 * 1024
"""Bytes of a form beside the text it carries."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main menu; shown to who holds the permission."""

    label: str
    endpoint: str
    icon: str
    needs: Permission | frozenset[Permission] = Permission.READ

    def is_for(self, actor: Actor) -> bool:
        """Tell whether somebody sees it: one of several permissions will do."""
        one_of = {self.needs} if isinstance(self.needs, Permission) else self.needs
        return bool(one_of & actor.permissions)


WATCH = frozenset({Permission.EDIT, Permission.SUPERVISE})
STAFF = frozenset({Permission.EDIT, Permission.APPROVE})
MENU: tuple[tuple[MenuItem, ...], ...] = (
    (
        MenuItem(N_("查政策"), "search.home", "search"),
        MenuItem(N_("试算"), "topics.formulas", "calculator"),
    ),
    (
        MenuItem(N_("稿件"), "desk.drafts", "file-earmark-text", STAFF),
        MenuItem(N_("待复核"), "desk.due", "clipboard-check", STAFF),
        MenuItem(N_("词库"), "topics.glossary", "chat-square-text", Permission.EDIT),
        MenuItem(N_("业务与能力"), "topics.lines", "diagram-3"),
        MenuItem(N_("有误反馈"), "cases.flags", "flag"),
        MenuItem(N_("没答上的问题"), "search.unanswered", "question-circle", WATCH),
    ),
    (
        MenuItem(
            N_("账号"), "people.accounts.accounts", "people", Permission.ADMINISTER
        ),
    ),
)
REVIEWS: tuple[ReviewSource, ...] = (published_reviews,)
"""Where the 待复核 list comes from; a kind with reasons of its own joins here."""

ICONS = frozenset(
    {
        "clock-history",
        "geo-alt",
        "question-circle",
        "check-lg",
        "clipboard-check",
        "eye",
        "file-earmark-plus",
        "file-earmark-text",
        "floppy",
        "link-45deg",
        "list-ul",
        "pencil",
        "reply",
        "send",
        "table",
        "type-bold",
        "type-h2",
        "bank",
        "box-arrow-in-right",
        "calculator",
        "calendar-event",
        "chat-square-text",
        "diagram-3",
        "flag",
        "printer",
        "star",
        "box-arrow-right",
        "people",
        "person-plus",
        "inbox",
        "key",
        "moon",
        "person-circle",
        "search",
        "sun",
        "translate",
        "type",
    }
)


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
    app.extensions["engine"] = engine
    app.extensions["clock"] = now
    app.extensions["review_sources"] = REVIEWS
    app.extensions["searcher"] = Searcher(settings.index)
    app.extensions["logbook"] = Logbook(engine)
    app.extensions["findable"] = bool  # no: what serves it may run an indexer
    # The gate stands first: the page that refuses a token says who is logged in.
    gate.install(app, opened=OPENED if settings.open_reading else frozenset())
    CSRFProtect(app)
    errors.install(app)
    security.install(app, hosts=settings.hosts)
    display.install(app)
    translation.install(app)
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    _install_templates(app, settings)
    return app


def _install_templates(app: Flask, settings: Settings) -> None:
    app.jinja_loader = PrefixLoader({k: PackageLoader(v) for k, v in PACKAGES.items()})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Assets(PACKAGES.values()).install(app)
    app.jinja_env.globals.update(
        actor=current.actor,
        business_date=current.shown_date,
        card_panels=CARD_PANELS,
        current_person=gate.person,
        face_names=FACE_NAMES,
        formula_titles=topics.formula_titles(),
        icon=Icons(ICONS),
        kind_names=KIND_NAMES,
        line_names=_line_names,
        may_read=gate.may_read,
        menu=_menu,
        person_names=_person_names,
        post_names=_post_names,
        site_name=settings.site_name,
    )
    app.jinja_env.filters["moment"] = _moment


def _menu() -> list[list[MenuItem]]:
    """Give the menu of whoever asks; a group that is empty is left out."""
    actor = current.actor()
    groups = ([item for item in group if item.is_for(actor)] for group in MENU)
    return [group for group in groups if group]


def _line_names() -> dict[str, str]:
    """Give the business lines by code."""
    with current.reading() as session:
        return {line.code: line.name for line in topics.topics(session).lines}


def _person_names(people: Iterable[int]) -> dict[int, str]:
    """Give the shown names of some people by key."""
    with current.reading() as session:
        return people_queries.names(session, people, reader=current.actor())


def _post_names() -> dict[str, str]:
    """Give what each post is called, by code."""
    with current.reading() as session:
        return {post.code: post.name for post in people_queries.posts(session)}


def _moment(at: datetime) -> str:
    """Write a moment as the centre's clock shows it."""
    return f"{at.astimezone(clock.CENTRE):%Y-%m-%d %H:%M}"
