"""Composition root of the site: the only module that knows every feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import PackageLoader
from jinja2 import PrefixLoader
from jinja2 import StrictUndefined
from sqlalchemy import Engine

from trainer.core import clock
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.kit.index import Searcher
from trainer.kit.web import current
from trainer.kit.web import display
from trainer.kit.web import errors
from trainer.kit.web import security
from trainer.kit.web.assets import Assets
from trainer.kit.web.icons import Icons
from trainer.knowledge import views as knowledge
from trainer.knowledge.domain.kinds import FACE_NAMES
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.people import views as people
from trainer.people.views import gate
from trainer.search import views as search
from trainer.settings import Settings
from trainer.topics import queries as topics

FEATURES = (search, knowledge, people)
PACKAGES = {
    "web": "trainer.kit.web",
    "search": "trainer.search",
    "knowledge": "trainer.knowledge",
    "people": "trainer.people",
}
OPENED = frozenset({"search", "knowledge"})
"""Blueprints that a setting opens to everybody on the intranet, for reading."""

ROOM_FOR_FORM = 64 * 1024
"""Bytes of a form beside the text it carries."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main menu; shown to who holds the permission."""

    label: str
    endpoint: str
    icon: str
    needs: Permission = Permission.READ


MENU: tuple[tuple[MenuItem, ...], ...] = (
    (MenuItem("查政策", "search.home", "search"),),
)
ICONS = frozenset(
    {
        "bank",
        "box-arrow-in-right",
        "box-arrow-right",
        "inbox",
        "key",
        "moon",
        "person-circle",
        "search",
        "sun",
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
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=4 * MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES + ROOM_FOR_FORM,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
    )
    app.extensions["engine"] = engine
    app.extensions["clock"] = now
    app.extensions["searcher"] = Searcher(settings.index)
    for library in (Babel, CSRFProtect, Bootstrap5):
        library(app)
    errors.install(app)
    security.install(app)
    display.install(app)
    gate.install(app, opened=OPENED if settings.open_reading else frozenset())
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
        business_date=current.business_date,
        current_person=gate.person,
        face_names=FACE_NAMES,
        icon=Icons(ICONS),
        kind_names=KIND_NAMES,
        line_names=_line_names,
        may_read=gate.may_read,
        menu=_menu,
        site_name=settings.site_name,
    )


def _menu() -> list[list[MenuItem]]:
    """Give the menu of whoever asks; a group that is empty is left out."""
    actor = current.actor()
    groups = ([item for item in group if actor.may(item.needs)] for group in MENU)
    return [group for group in groups if group]


def _line_names() -> dict[str, str]:
    """Give the business lines by code."""
    with current.reading() as session:
        return {line.code: line.name for line in topics.topics(session).lines}
