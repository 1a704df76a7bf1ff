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
from trainer.kit.web import openapi
from trainer.people.domain.tokens import ApiScope
from trainer.publishing.domain.timeline import InForce
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import described

USUAL_LIMIT = 10
MOST = 50
"""Articles of one answer."""

NUMBER = re.compile(r"[0-9]{1,2}")

TEXT: openapi.Schema = {"type": "string"}
FLAG: openapi.Schema = {"type": "boolean"}
NUMBER_FROM_ONE: openapi.Schema = {"type": "integer", "minimum": 1}
FOUND: dict[str, openapi.Schema] = {
    **dict.fromkeys(("title", "line", "section", "section_name", "answer"), TEXT),
    **dict.fromkeys(("document", "citation", "kind"), TEXT),
    **dict.fromkeys(("rank", "number"), NUMBER_FROM_ONE),
    **dict.fromkeys(("unverified", "sample"), FLAG),
    "status": {"type": "string", "enum": [each.value for each in InForce]},
    "effective_from": openapi.DAY,
    "effective_to": {**openapi.DAY, "type": ["string", "null"]},
    "score": {"type": "number"},
}
"""What is told of an article; docs/cli.md says what each key means."""

SEARCH = openapi.Operation(
    summary="Articles that answer a question on a business date, best first",
    parameters=(
        openapi.Parameter("q", "The question, in any words", {"type": "string"}),
        openapi.Parameter(
            "on",
            "Business date, empty is today in the centre's calendar",
            {"type": "string", "pattern": f"^({openapi.DAY['pattern'][1:-1]})?$"},
        ),
        openapi.Parameter(
            "limit",
            f"Articles at most, default {USUAL_LIMIT}",
            {"type": "integer", "minimum": 1, "maximum": MOST},
        ),
    ),
    answer={
        "type": "array",
        "maxItems": MOST,
        "items": {"type": "object", "required": [*FOUND], "properties": FOUND},
    },
)

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
@openapi.describes(SEARCH)
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
