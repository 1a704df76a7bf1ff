"""What mentoring is for whoever asks: his mentor, or those he trains."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.actor import Permission
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.mentoring import queries
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """One's own time with a mentor, None for none, and those one trains.

    ``arranges`` is whether the reader gives newcomers their mentors.
    """

    template = "mentoring/home.html"
    own: Mentoring | None
    trained: Sequence[Mentoring]
    arranges: bool
    phases: Mapping[Phase, str]


@bp.get("")
def home() -> str:
    """Show one's mentor and one's week, and what waits for one as a mentor."""
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        own = queries.own_pair(session, on, reader=reader)
        trained = queries.trained_by(session, on, reader=reader)
        pairs = [own, *trained] if own else trained
        found = queries.mentorings(session, pairs, on)
    mine = found[0] if own else None
    rest = [each for each in found if each is not mine and not each.is_done]
    arranges = reader.may(Permission.SUPERVISE)
    return render(HomePage(mine, rest, arranges, PHASE_NAMES))
