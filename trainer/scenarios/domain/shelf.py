"""What lists and pages of scenarios show."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.core.document import Mistake
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.manuscripts import Facets
from trainer.scenarios.domain.picture import Picture
from trainer.scenarios.domain.playing import Played
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.domain.playing import best_of
from trainer.scenarios.domain.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A scenario in force, with the plays of whoever asks, the latest first."""

    revision: Revision
    facets: Facets
    plays: tuple[Played, ...]

    @property
    def open_play(self) -> Played | None:
        """The play that is still open, None when there is none."""
        return next((p for p in self.plays if p.state is PlayState.OPEN), None)

    @property
    def best(self) -> Played | None:
        """The play with the best result; replays do not count."""
        return best_of(self.plays)

    @property
    def times(self) -> int:
        """How often it was played to its end; replays do not count."""
        return sum(play.counts for play in self.plays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A scenario as those see it who write and approve.

    Attributes:
        revision: The text that is shown.
        scenario: The same, opened.
        holds: Whether it is the one in force on the day.
        drafts: Texts that somebody works on.
        held: Whether some text of it was ever published.
        picture: Its graph.
        findings: What its author must know.
        stale: Ids of the nodes that rest on a clause that changed.
    """

    revision: Revision
    scenario: Scenario
    holds: bool
    drafts: tuple[Revision, ...]
    held: bool
    picture: Picture
    findings: tuple[Mistake, ...]
    stale: frozenset[str]
