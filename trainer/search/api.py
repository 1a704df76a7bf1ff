"""Search for business systems: ``GET /api/v1/search``; docs/api.md describes it."""

from __future__ import annotations

import re

from flask import Blueprint
from flask import current_app
from flask import request
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.people.domain.tokens import ApiScope
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import described

USUAL_LIMIT = 10
MOST = 50
"""Articles of one answer."""

NUMBER = re.compile(r"[0-9]{1,2}")

bp = Blueprint("search_api", __name__, url_prefix=api.PREFIX)


class NotALimitError(TrainerError):
    """The limit cannot be read."""

    code = "limit"

    def __init__(self) -> None:
        super().__init__(
            N_(
                "limit 是 1 到 {most} 的整数；不写就是 {usual}",
                most=MOST,
                usual=USUAL_LIMIT,
            )
        )


@bp.get("/search")
@api.needs(ApiScope.SEARCH_READ)
def search() -> Response:
    """Answer a question as a reader without login would see it."""
    asked = Asked(
        words=request.args.get("q", ""), on=current.business_date(), limit=_limit()
    )
    with current.reading() as session:
        results = queries.search(
            session,
            current_app.extensions["searcher"],
            asked,
            reader=current.actor(),
            home_city=current_app.config["HOME_CITY"],
            patience=queries.PATIENCE,
        )
    return api.answer([described(found) for found in results.found])


def _limit() -> int:
    """Give how many articles are wanted.

    Raises:
        NotALimitError: it is no number from 1 to :data:`MOST`.
    """
    told = request.args.get("limit", str(USUAL_LIMIT))
    if NUMBER.fullmatch(told) is None or not 1 <= int(told) <= MOST:
        raise NotALimitError
    return int(told)
