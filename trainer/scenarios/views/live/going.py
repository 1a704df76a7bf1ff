"""The two telephones of a play: the citizen's script, and the observer's marks.

Every tap is a form of its own that is kept at once; without scripts too.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session

from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.live import LONGEST_COMMENT
from trainer.scenarios.domain.live import LONGEST_NOTE
from trainer.scenarios.domain.live import Live
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Said
from trainer.scenarios.domain.live import last
from trainer.scenarios.domain.playing import MOOD_NAMES
from trainer.scenarios.domain.scenario import CITIZEN
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Ending
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.forms.live import judged
from trainer.scenarios.forms.live import said
from trainer.scenarios.forms.live import taken_back
from trainer.scenarios.queries import live as reads
from trainer.scenarios.service import live_going as service
from trainer.scenarios.views.live.blueprint import PLAY
from trainer.scenarios.views.live.blueprint import Answer
from trainer.scenarios.views.live.blueprint import bp

SCRIPT, RUBRIC = f"{PLAY}/script", f"{PLAY}/rubric"


@dataclass(frozen=True, slots=True)
class ScriptPage(Page):
    """What the citizen says now, and what the clerk may answer; no ratings.

    One of ``node`` and ``ending`` is there. ``number`` is that of the next entry,
    ``latest`` the last one that stands; ``typed`` is the note as it was typed.
    """

    template = "scenarios/live/script.html"
    live: Live
    node: Node | None
    ending: Ending | None
    says: str
    mood: str
    offered: tuple[Choice, ...]
    number: int
    latest: Said | None
    typed: str
    refusal: str
    citizen: str = CITIZEN
    longest: int = LONGEST_NOTE


@dataclass(frozen=True, slots=True)
class RubricPage(Page):
    """The lines to mark; ``typed`` is the comment as it stands in the form."""

    template = "scenarios/live/rubric.html"
    live: Live
    marks: Mapping[str, int]
    typed: str
    refusal: str
    longest: int = LONGEST_COMMENT


@bp.get(SCRIPT)
def script(key: int) -> str:
    """Show the script to who plays the citizen."""
    return _script(key)


@bp.post(SCRIPT)
def tell(key: int) -> Answer:
    """Keep what the clerk said, or take it back, or say that it is over."""
    by, at, act = current.actor(), current.now(), request.form.get("act", "")
    acts: dict[str, Callable[[Session], object]] = {
        "say": lambda s: service.say(s, key, said(request.form), by=by, at=at),
        "back": lambda s: service.take_back(s, key, taken_back(request.form), by=by),
        "done": lambda s: service.agree(s, key, Part.CITIZEN, by=by, at=at),
        "again": lambda s: service.reconsider(s, key, Part.CITIZEN, by=by, at=at),
    }
    return _done(key, acts.get(act), ".script", _script)


@bp.get(RUBRIC)
def rubric(key: int) -> str:
    """Show the lines to mark to who observes."""
    return _rubric(key)


@bp.post(RUBRIC)
def mark(key: int) -> Answer:
    """Keep a level and the comment, or say that everything is marked."""
    by, at, act = current.actor(), current.now(), request.form.get("act", "")

    def keep(session: Session) -> None:
        service.judge(session, key, judged(request.form), by=by, at=at)

    def done(session: Session) -> object:
        keep(session)
        return service.agree(session, key, Part.OBSERVER, by=by, at=at)

    acts: dict[str, Callable[[Session], object]] = {
        "": keep,
        "done": done,
        "again": lambda s: service.reconsider(s, key, Part.OBSERVER, by=by, at=at),
    }
    line = request.form.get("mark", "").rpartition(":")[0]
    return _done(key, acts.get(act), ".rubric", _rubric, line)


def _done(
    key: int,
    act: Callable[[Session], object] | None,
    back: str,
    page: Callable[[int, str], str],
    anchor: str = "",
) -> Answer:
    """Do what was tapped, or show the page again with what keeps it from being done."""
    if act is None:
        act = _nothing_of_ours
    try:
        with current.writing() as session:
            finished = act(session)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return page(key, error.message), STATUS[error.kind]
    if finished is True:
        flash(N_("两边都确认了，这次演练完成"))
        return redirect(url_for(".play", key=key))
    return redirect(url_for(back, key=key, _anchor=anchor or None))


def _nothing_of_ours(_session: Session) -> None:
    """Refuse what no page of ours sends.

    Raises:
        TrainerError: always.
    """
    raise TrainerError(N_("没有这个操作；请按页面上的按钮"))


def _script(key: int, refusal: str = "") -> str:
    live = _live(key, Part.CITIZEN)
    state = live.walk
    node, ending = live.scenario.node(state.at), live.scenario.ending(state.at)
    return render(
        ScriptPage(
            live=live,
            node=node,
            ending=ending,
            says=node.words(live.case) if node else ending.says if ending else "",
            mood=MOOD_NAMES[state.mood],
            offered=offered(live.scenario, state),
            number=len(live.said) + 1,
            latest=last(live.said),
            typed=request.form.get("note", "") if refusal else "",
            refusal=refusal,
        )
    )


def _rubric(key: int, refusal: str = "") -> str:
    live = _live(key, Part.OBSERVER)
    typed = request.form.get("comment", "") if refusal else live.comment
    return render(RubricPage(live, live.marks, typed, refusal))


def _live(key: int, part: Part) -> Live:
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        return reads.with_part(session, key, part, on, reader=reader)
