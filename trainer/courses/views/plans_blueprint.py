"""Where the pages of plans and of assigned courses hang."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.wording import N_
from trainer.courses.queries import assignments
from trainer.courses.queries.offer import offered
from trainer.kit.web import current
from trainer.people import queries as people
from trainer.topics import queries as topics

bp = Blueprint("plans", __name__)

Answer = Response | str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class Names:
    """What keys and codes of a rule are called."""

    courses: Mapping[str, str]
    lines: Mapping[str, str]
    sites: Mapping[int, str]
    organisations: Mapping[int, str]
    posts: Mapping[str, str]


@bp.before_request
def _must_be_somebody() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    current.actor().must_be_somebody(N_("登录后才能看学习计划"))


def names(session: Session) -> Names:
    """Give what everything is called that a rule may name."""
    courses = offered(session, current.today(), reader=assignments.ANYBODY)
    return Names(
        courses={each.slug: each.title for each in courses},
        lines={line.code: line.name for line in topics.topics(session).lines},
        sites={site.id: site.name for site in people.sites(session)},
        organisations={each.id: each.name for each in people.organisations(session)},
        posts={post.code: post.name for post in people.posts(session)},
    )
