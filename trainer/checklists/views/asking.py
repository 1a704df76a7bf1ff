"""What the pages of tips share: reading what is asked, and finding it."""

from __future__ import annotations

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from trainer.checklists import queries
from trainer.checklists.domain.asking import NAMES
from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.asking import asked
from trainer.checklists.domain.tips import Tip
from trainer.kit.web import current
from trainer.topics.domain.lines import Topics

FIELDS = tuple(name for name in NAMES if name != "clerk")
"""What a form or a link may say; the clerk is whoever is logged in."""


def said(args: MultiDict[str, str]) -> dict[str, str]:
    """Give what is said and has a value."""
    return {name: args[name] for name in FIELDS if args.get(name)}


def wanted_by(args: MultiDict[str, str], known: Topics) -> Asked:
    """Read what is asked.

    Raises:
        TrainerError: business or step is missing, or something cannot be read.
    """
    told = {name: [value] for name, value in said(args).items()}
    return asked(told, known, current.today(), at_counter=True)


def found_for(session: Session, wanted: Asked) -> tuple[list[Tip], queries.Clauses]:
    """Find the tips for whoever is logged in, and what their clauses are called."""
    by = current.actor()
    tips = queries.tips(
        session,
        wanted,
        person=by.person,
        reader=by,
        at=current.now(),
    )
    return tips, queries.clauses_of(session, tips, wanted.on, reader=by)
