"""What readers get: a revision, its sections, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text of a document, without the text itself.

    ``edit`` counts the saves of a draft; a save that was based on an older count
    is refused. ``number`` is ``None`` until approval.
    """

    id: int
    document: int
    slug: str
    kind: str
    number: int | None
    status: Status
    header: Header
    facets: Mapping[str, Any]
    content_hash: str
    edit: int
    created_by: int
    created_at: datetime
    updated_at: datetime
    approved_by: int | None
    approved_at: datetime | None

    @property
    def effective_from(self) -> date:
        """First day claimed."""
        return self.header.effective_from

    @property
    def effective_to(self) -> date | None:
        """First day no longer claimed."""
        return self.header.effective_to

    @property
    def supersedes(self) -> date | None:
        """``effective_from`` of the revision it corrects."""
        return self.header.supersedes


@dataclass(frozen=True, slots=True)
class SectionHead:
    """What names a section of a revision, without its text.

    ``tree_hash`` is what citations of it are checked against.
    """

    id: str
    label: str
    heading: str
    tree_hash: str

    @property
    def name(self) -> str:
        """Label and heading, as a person would name the section."""
        return " ".join(part for part in (self.label, self.heading) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSection:
    """A section of a revision as it is kept, with its safe HTML."""

    revision: int
    id: str
    position: int
    level: int
    label: str
    heading: str
    text: str
    html: str
    hash: str
    tree_hash: str
    line: int

    @property
    def section(self) -> Section:
        """The section as it stands in the text."""
        return Section(
            self.id, self.level, self.label, self.heading, self.text, self.line
        )

    @property
    def name(self) -> str:
        """Label and heading, as a person would name the section."""
        return self.section.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step in the life of a revision."""

    act: Act
    by: int
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A citation that is kept, with the hash it was last checked against."""

    id: int
    revision: int
    item: str
    words: str
    target: str
    section: str
    checked_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionMeaning:
    """What the approver said a changed section means."""

    section: str
    kind: ChangeKind
