"""Composition root of the site: puts its features together."""

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

from trainer import features
from trainer.certificates.views import growing
from trainer.certificates.views import verifying
from trainer.checklists import queries as checklists_queries
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.queries import ItemsAbout
from trainer.competence import views as competence
from trainer.competence.domain.authorising import STATE_NAMES
from trainer.core import clock
from trainer.core.document import MOST_BYTES
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses.views import plans
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
from trainer.kit.web.menu import menu_of
from trainer.knowledge.domain.kinds import FACE_NAMES
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.views.kinds import text_url
from trainer.notices import queries as notices
from trainer.notices.views import inbox
from trainer.people import queries as people_queries
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.secondments import last_day
from trainer.people.domain.signon import Registration
from trainer.people.service import SetupCode
from trainer.people.views import access
from trainer.people.views import gate
from trainer.people.views import looking
from trainer.people.views import refusals
from trainer.people.views.ways import Ways
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.views.placing import placements_of
from trainer.search.service import Logbook
from trainer.settings import Settings
from trainer.topics import queries as topics

if TYPE_CHECKING:
    from trainer.people.service.provider import Provider


MOST_ITEMS = 5
"""Items of checklists below a card; the others are a link away."""

ROOM_FOR_FORM = 64 * 1024
"""Bytes of a form beside the text it carries."""

BEHIND_ONE_ADDRESS = 50
"""Readers without login who may search from one address as often as one person."""

KEPT_A_MINUTE = 20
"""Refusals of one person that the audit keeps; who tries on fills no disk."""

VERIFIED_A_MINUTE = 60
"""Codes of certificates that one address may look up."""

REFUSED_A_MINUTE = 60
"""Requests with no good token that one address may make; then it is told to wait."""


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
    opened = features.OPENED if settings.open_reading else frozenset[str]()
    counting = gate.Counting(notices.UNSEEN, features.PARTS)
    gate.install(app, opened=opened, known=_ways(settings), counting=counting)
    csrf = CSRFProtect(app)
    errors.install(app, refused=refusals.note)
    security.install(app, hosts=settings.hosts)
    display.install(app)
    translation.install(app)
    openapi.install(app, _api_codes)
    for feature in (*features.FEATURES, *features.APIS):
        app.register_blueprint(feature.bp)
    for programs in features.APIS:
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
        "review_sources": features.REVIEWS,
        "text_kinds": features.TEXT_KINDS,
        "own_data": features.OWN_DATA,
        "task_sources": features.TASKS,
        "shown_elsewhere": features.SHOWN_ELSEWHERE,
        "job_names": features.JOB_NAMES,
        "mails": bool(settings.mail_host),
        "deeds": features.DEEDS,
        "directory": features.DIRECTORY,
        "looks": looking.note_look,
        "font": settings.font,
        "setup_code": SetupCode(settings.setup_code),
        "searcher": Searcher(settings.index),
        "logbook": Logbook(engine),
        "findable": bool,  # no: what serves it may run an indexer
        "proxies": settings.proxies,
        "site_url": settings.site_url.rstrip("/"),
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
        verifying.LIMIT: VERIFIED_A_MINUTE,
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
    app.jinja_loader = PrefixLoader(
        {k: PackageLoader(v) for k, v in features.PACKAGES.items()}
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Assets(features.PACKAGES.values()).install(app)
    app.jinja_env.globals.update(
        card_panels=features.CARD_PANELS,
        home_panels=features.HOME_PANELS,
        list_panels=features.LIST_PANELS,
        person_panels=features.PERSON_PANELS,
        site_name=settings.site_name,
        **_asked_by_templates(),
    )


def _asked_by_templates() -> dict[str, object]:
    """Give what templates call or look up, by name."""
    return {
        "actor": current.actor,
        "barred_now": access.barred_now,
        "business_date": current.shown_date,
        "card_items": _card_items,
        "current_person": gate.person,
        "due_today": competence.due_today,
        "face_names": FACE_NAMES,
        "first_days_now": plans.first_days_now,
        "formula_titles": topics.formula_titles(),
        "icon": Icons(ICONS),
        "kind_names": {code: kind.name for code, kind in features.TEXT_KINDS.items()},
        "last_day": last_day,
        "line_names": _line_names,
        "lines_of": competence.lines_of,
        "may_read": gate.may_read,
        "may_see_growth": growing.may_see,
        "menu": partial(menu_of, features.MENU),
        "owned_articles": _owned_articles,
        "person_names": _person_names,
        "placements_of": placements_of,
        "plan_seen": plans.plan_seen,
        "post_names": _post_names,
        "severity_names": SEVERITY_NAMES,
        "article_kinds": KIND_NAMES,
        "state_names": STATE_NAMES,
        "tasks_now": inbox.tasks_now,
        "text_url": text_url,
        "unseen_notices": gate.counted,
    }


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
