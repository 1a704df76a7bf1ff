"""What a search gives: articles, each with the section that answers best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.checklists.domain import CHECKLIST
from trainer.publishing.domain.timeline import InForce
from trainer.search.domain.clarify import Choice
from trainer.search.domain.exact import WHY_NAMES
from trainer.search.domain.exact import Why
from trainer.search.domain.expansion import Expanded
from trainer.search.domain.pinyin import Meaning
from trainer.search.domain.snippets import Pieces
from trainer.search.domain.typos import Slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its circumstances.

    ``line`` and ``kind`` narrow the search; empty is everything. ``limit`` is
    the most articles to give, from 1, ``items`` the most items of checklists.
    ``as_typed`` switches corrections off.
    """

    words: str
    on: date
    line: str = ""
    kind: str = ""
    limit: int = 10
    items: int = 0
    as_typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article found.

    Attributes:
        rank: From 1.
        slug: The article.
        title: Its title in the revision found.
        number: Number of that revision.
        kind: What the article is.
        line: Its business line.
        section: Id of the section that matched best; empty is the card itself.
        section_name: Label and heading of that section.
        status: How the revision lies to the business date.
        effective_from: First day in force.
        effective_to: First day no longer in force; None is open.
        answer: One-sentence answer as plain text, else the matching passage.
        citation: Title, section, version and first day, as one line.
        unverified: Whether the reader must be told 待核实.
        sample: Whether it carries numbers of the fictitious city.
        score: Compares within one search; an exact answer stands before it.
        exact: Why it is the exact answer, or None.
        title_pieces: Title with what was asked for marked.
        answer_pieces: Answer, likewise.
        passage: Best window of the section; empty when it is the answer itself.
    """

    rank: int
    slug: str
    title: str
    number: int
    kind: str
    line: str
    section: str
    section_name: str
    status: InForce
    effective_from: date
    effective_to: date | None
    answer: str
    citation: str
    unverified: bool
    sample: bool
    score: float
    exact: Why | None = None
    title_pieces: Pieces = ()
    answer_pieces: Pieces = ()
    passage: Pieces = ()

    @property
    def why(self) -> str:
        """Why it is the exact answer, for people; empty when it is not."""
        return WHY_NAMES[self.exact] if self.exact else ""


@dataclass(frozen=True, slots=True)
class ItemHit:
    """An item of a checklist in force that fits; what it says, its list knows."""

    slug: str
    item: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a question.

    Attributes:
        asked: The question.
        found: Articles, best first; in force before coming and gone.
        total: Articles in force that match.
        items: Items of checklists that fit, best first.
        generation: State of the index; 0 when the database answered.
        unfiltered: Articles in force that match when line and kind do not matter.
        text: The question as it was understood.
        meanings: How letters were read.
        slips: Corrections; ``found`` is what the corrected question gives.
        nearby: Questions that may be meant instead, likeliest first; ``found`` knows
            nothing of them.
        expanded: Synonyms and official words that were looked for as well.
        clarify: Choices to ask back with; empty when the question is clear.
        other_places: Cities it names that are not ours.
        degraded: The index is broken and the database answered, less well.
    """

    asked: Asked
    found: tuple[Found, ...] = ()
    total: int = 0
    items: tuple[ItemHit, ...] = ()
    generation: int = 0
    unfiltered: int = 0
    text: str = ""
    meanings: tuple[Meaning, ...] = ()
    slips: tuple[Slip, ...] = ()
    nearby: tuple[str, ...] = ()
    expanded: tuple[Expanded, ...] = ()
    clarify: tuple[Choice, ...] = ()
    other_places: tuple[str, ...] = ()
    degraded: bool = False

    @property
    def hits(self) -> int:
        """How many there are of what was asked for: articles, unless only items are."""
        return self.total if self.asked.kind != CHECKLIST else len(self.items)

    @property
    def suggestion(self) -> str:
        """The corrected question, empty when nothing was corrected."""
        return self.text if self.slips else ""


JSON_KEYS = (
    "rank",
    "title",
    "number",
    "kind",
    "line",
    "section",
    "section_name",
    "status",
    "effective_from",
    "effective_to",
    "answer",
    "citation",
    "unverified",
    "sample",
    "score",
)
"""What programs are told of each article, besides ``document``; it does not change."""


def described(found: Found) -> dict[str, object]:
    """Give an article as programs get it; docs/cli.md says what each key means."""
    row: dict[str, object] = {name: getattr(found, name) for name in JSON_KEYS}
    row["document"] = found.slug
    for name in ("effective_from", "effective_to"):
        day = getattr(found, name)
        row[name] = day and day.isoformat()
    return row
