"""The blueprint that every page of topics hangs on."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.topics.domain.saves import TextName

bp = Blueprint("topics", __name__, url_prefix="/topics")


@bp.before_request
def _must_read() -> None:
    current.actor().must(Permission.READ)


def text_name(written: str) -> TextName:
    """Read which text an address names.

    Raises:
        NotFoundError: there is no such text.
    """
    try:
        return TextName(written)
    except ValueError as error:
        raise NotFoundError(N_("没有这份文字；请从“业务与能力”或“词库”进入")) from error
