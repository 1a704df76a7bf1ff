"""What editors and approvers see: drafts, reviews, versions, links, what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.core.document import Mistake
from trainer.core.errors import TrainerError
from trainer.knowledge.domain.card import Card
from trainer.knowledge.domain.comparison import Comparison
from trainer.knowledge.domain.comparison import Part
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Section
from trainer.publishing.domain.review import Confirmation
from trainer.publishing.domain.review import Reason
from trainer.publishing.domain.review import ReviewItem
from trainer.publishing.domain.revision import Event
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import InForce
from trainer.publishing.domain.timeline import Span
from trainer.publishing.domain.timeline import last_day


class NotConfirmedError(TrainerError):
    """What was said of a text that is still true could not be kept."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Command: a citation is still true against its clause as it stands now.

    ``seen`` is the digest of the clause that was looked at.
    """

    reference: int
    seen: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What of the desk is wanted; ``status`` None is all that is still open."""

    status: Status | None = None
    kind: str = ""
    line: str = ""
    mine: bool = False
    part: int = 1

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses to show."""
        return OPEN if self.status is None else frozenset({self.status})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """A text on the desk; ``reason`` says why it was sent back."""

    revision: Revision
    author: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done to a text, and by whom."""

    event: Event
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """A text that an editor has before him.

    ``others`` are further open texts of the same article.
    """

    revision: Revision
    text: str
    last: Step
    others: tuple[Revision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes an author may write, each with its name; for help beside the text."""

    lines: Mapping[str, str]
    businesses: Mapping[str, str]
    posts: Mapping[str, str]
    competencies: Mapping[str, str]
    formulas: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a text will look; no card when it has mistakes or is no article.

    ``sections`` are those of a text that is no article; ``warnings`` do not keep it
    from being saved.
    """

    card: Card | None
    sections: tuple[Section, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """What an approver must see before he decides.

    Attributes:
        revision: The text in question.
        before: What holds on its first day now, None for a first text.
        comparison: What differs between the two.
        citing: Who cites a clause that changes, and where.
        dangling: Citations that lead nowhere.
        steps: What was done to it, oldest first.
        overlap: Why its days collide with another version's, empty if not.
        is_past: Whether its first day is past.
        is_author: Whether who asks wrote part of it.
    """

    revision: Revision
    before: Revision | None
    comparison: Comparison
    citing: tuple[tuple[Revision, Reference], ...]
    dangling: tuple[Reference, ...]
    steps: tuple[Step, ...]
    overlap: str
    is_past: bool
    is_author: bool

    @property
    def classified(self) -> tuple[str, ...]:
        """Ids of the sections whose change needs a kind; none in a first text."""
        if self.before is None:
            return ()
        return tuple(part.id for part in self.comparison.parts if part.needs_kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody found a version still true."""

    confirmation: Confirmation
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of an article in the list of all.

    ``spans`` are the days it holds: none when it never does, several when another
    one interrupts it. ``looks`` are newest first, and none for who knows of no
    drafts.
    """

    revision: Revision
    spans: tuple[Span, ...]
    author: str
    approver: str
    looks: tuple[Look, ...] = ()

    def standing(self, on: date) -> InForce | None:
        """Tell how it lies to a day; None when it never holds."""
        standings = [span.status(on) for span in self.spans]
        for standing in (InForce.NOW, InForce.FUTURE, InForce.EXPIRED):
            if standing in standings:
                return standing
        return None

    @property
    def days(self) -> tuple[tuple[date, date | None], ...]:
        """First and last day of each span; no last day is open."""
        return tuple((span.start, last_day(span)) for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """A text through time: published versions and open ones, newest first.

    ``newest`` is the one it is called after.
    """

    slug: str
    newest: Revision
    published: tuple[VersionLine, ...]
    drafts: tuple[VersionLine, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.newest.header.title

    def pair(self, old: int | None, new: int | None) -> tuple[int, int] | None:
        """Choose the versions to compare: those asked for, else the newest two."""
        newest = [line.revision.number or 0 for line in self.published[:2]]
        chosen = [*newest, 0, 0]
        pair = (old or chosen[1], new or chosen[0])
        return pair if all(pair) and pair[0] != pair[1] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A citation; ``title`` and ``section_name`` are of what is at its other end.

    ``stale`` is None while it is true, else the target's versions that it was
    checked against and that holds now; 0 is none.
    """

    reference: Reference
    slug: str
    title: str
    section: str
    section_name: str
    stale: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What an article cites and who cites it, as of a day."""

    revision: Revision
    cites: tuple[LinkLine, ...]
    cited_by: tuple[LinkLine, ...]


@dataclass(frozen=True, slots=True)
class DueFilter:
    """What of the list of due looks is wanted."""

    line: str = ""
    mine: bool = False
    overdue: bool = False
    part: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A text to be looked at again.

    Attributes:
        item: What is due, and why.
        owner: Name of a post.
        between: As ``stale`` in :class:`LinkLine`.
        last: The last time somebody found it still true, in the same respect.
        citing: The section that cites, where sections are judged by themselves.
        clause: What became of the cited clause; likewise.
    """

    item: ReviewItem
    owner: str
    between: tuple[int, int] = (0, 0)
    last: Look | None = None
    citing: StoredSection | None = None
    clause: Part | None = None

    @property
    def is_periodic(self) -> bool:
        """Whether it is merely time to look at it again."""
        return self.item.reason is Reason.PERIODIC


def is_own(revision: Revision, person: int, posts: frozenset[str]) -> bool:
    """Tell whether somebody began a text or holds a post that owns it."""
    owners = {revision.header.owner, revision.header.deputy}
    return revision.created_by == person or bool(owners & posts)
