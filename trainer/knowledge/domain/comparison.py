"""Two versions of an article beside each other, for a person to judge."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from itertools import groupby

from trainer.core.wording import N_
from trainer.knowledge.domain.names import AUDIENCE_NAMES
from trainer.knowledge.domain.names import DECIDING_NAMES
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import SectionChange
from trainer.publishing.domain.diff import Edit
from trainer.publishing.domain.diff import NumberChange
from trainer.publishing.domain.diff import Piece
from trainer.publishing.domain.diff import diff_words
from trainer.publishing.domain.diff import summary
from trainer.publishing.domain.header import EVIDENCE_NAMES
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.header import DecidingDate
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.revision import Revision

CONTEXT = 24
"""Characters kept on both sides of a change when only changes are shown."""

FIELDS = {
    "title": N_("标题"),
    "document_number": N_("文号"),
    "issued_on": N_("公布日"),
    "effective_from": N_("施行日"),
    "effective_to": N_("失效日"),
    "supersedes": N_("更正哪一天起的版本"),
    "evidence": N_("核实程度"),
    "source": N_("来源"),
    "verified_by": N_("核实人"),
    "verified_on": N_("核实日期"),
    "decided_by": N_("以哪个日期为准"),
    "transition": N_("新老划断"),
    "audience": N_("读者"),
    "line": N_("业务线"),
    "owner": N_("负责岗位"),
    "deputy": N_("备岗"),
    "review_every_days": N_("复核周期（天）"),
    "sample": N_("示例市数字"),
}


class View(StrEnum):
    """How a difference is laid out."""

    SIDE = "side"
    INLINE = "inline"
    CHANGES = "changes"


VIEW_NAMES = {
    View.SIDE: N_("对照"),
    View.INLINE: N_("行内"),
    View.CHANGES: N_("只看变化"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A part of the header that differs, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section in both texts; ``pieces`` say what became of its words.

    ``notes`` tell in sentences what is no matter of words: a new number, heading
    or place.
    """

    change: SectionChange
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable id of the section."""
        return self.change.id

    @property
    def name(self) -> str:
        """The section as a person would call it."""
        section = self.change.new or self.change.old
        return section.name if section else self.id

    @property
    def is_same(self) -> bool:
        """Whether nothing became of it."""
        return self.change.change is Change.SAME

    @property
    def needs_kind(self) -> bool:
        """Whether the approver must say what the change means."""
        return self.change.change not in {Change.SAME, Change.MOVED}

    @property
    def old(self) -> tuple[Piece, ...]:
        """The words as they were, with what went."""
        return tuple(p for p in self.pieces if p.kind is not Edit.INSERT)

    @property
    def new(self) -> tuple[Piece, ...]:
        """The words as they are, with what came."""
        return tuple(p for p in self.pieces if p.kind is not Edit.DELETE)

    @property
    def short(self) -> tuple[Piece, ...]:
        """The changes with a little around them."""
        return shortened(self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two texts, section by section."""

    parts: tuple[Part, ...]
    numbers: tuple[NumberChange, ...]
    fields: tuple[FieldChange, ...] = ()

    @property
    def runs(self) -> tuple[tuple[Part, ...], ...]:
        """The parts in order; neighbours that are the same are one run."""
        return tuple(
            run
            for is_same, group in groupby(self.parts, key=lambda part: part.is_same)
            for run in ([tuple(group)] if is_same else [(part,) for part in group])
        )

    @property
    def counts(self) -> tuple[tuple[Change, int], ...]:
        """How many sections each change befell, without those that are the same."""
        kinds = [part.change.change for part in self.parts]
        return tuple(
            (change, kinds.count(change))
            for change in Change
            if change is not Change.SAME and change in kinds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two versions of one article, the older one first."""

    old: Revision
    new: Revision
    comparison: Comparison


def compared(
    changes: Sequence[SectionChange],
    plain: Callable[[str], str],
    headers: tuple[Header, Header] | None = None,
) -> Comparison:
    """Work out what people need to see of the changes of two texts.

    Args:
        changes: What became of each section.
        plain: Gives Markdown without its marks.
        headers: The old and the new header, when they are to be compared.
    """
    worded = [_plainly(change, plain) for change in changes]
    return Comparison(
        parts=tuple(map(_part, worded)),
        numbers=summary(worded),
        fields=field_changes(*headers) if headers else (),
    )


def compared_texts(old: str, new: str) -> tuple[Piece, ...]:
    """Show what differs between two whole texts, with a little around it."""
    return shortened(diff_words(old, new), 2 * CONTEXT)


def field_changes(old: Header, new: Header) -> tuple[FieldChange, ...]:
    """Tell what differs between two headers, change kind and note aside."""
    pairs = ((FIELDS[n], getattr(old, n), getattr(new, n)) for n in FIELDS)
    return tuple(
        FieldChange(label, _word(before), _word(now))
        for label, before, now in pairs
        if before != now
    )


def _word(value: object) -> str:
    """Give a part of a header as a person reads it."""
    match value:
        case None:
            return N_("（空）")
        case bool():
            return N_("是") if value else N_("否")
        case Evidence():
            return EVIDENCE_NAMES[value]
        case Audience():
            return AUDIENCE_NAMES[value]
        case DecidingDate():
            return DECIDING_NAMES[value]
    return str(value)


def shortened(pieces: Sequence[Piece], context: int = CONTEXT) -> tuple[Piece, ...]:
    """Cut what is equal down to a little around each change."""
    last = len(pieces) - 1
    return tuple(
        piece
        if piece.kind is not Edit.EQUAL
        else replace(piece, text=_cut(piece.text, context, at == 0, at == last))
        for at, piece in enumerate(pieces)
    )


def _cut(text: str, context: int, is_first: bool, is_last: bool) -> str:  # noqa: FBT001  (private, both named at the only call)
    head = "" if is_first else text[:context]
    tail = "" if is_last else text[-context:]
    return text if len(text) <= 2 * context + 1 else f"{head}…{tail}"


def _plainly(change: SectionChange, plain: Callable[[str], str]) -> SectionChange:
    """Drop the marks of both texts, unless nothing but marks has changed."""
    old, new = change.old, change.new
    words = [plain(section.text) if section else "" for section in (old, new)]
    is_only_marks = change.change is Change.CHANGED and words[0] == words[1]
    if is_only_marks and old and new and old.text != new.text:
        return change
    return replace(
        change,
        old=replace(old, text=words[0]) if old else None,
        new=replace(new, text=words[1]) if new else None,
    )


def _part(change: SectionChange) -> Part:
    old, new = change.old, change.new
    if old is None or new is None or change.change is Change.CHANGED:
        pieces = diff_words(old.text if old else "", new.text if new else "")
    else:
        pieces = (Piece(Edit.EQUAL, new.text),) if new.text else ()
    return Part(change, pieces, _notes(change))


def _notes(change: SectionChange) -> tuple[str, ...]:
    old, new = change.old, change.new
    if old is None or new is None:
        return ()
    notes = []
    if old.label != new.label:
        notes.append(
            N_("编号由{old}改为{new}", old=_quoted(old.label), new=_quoted(new.label))
        )
    if old.heading != new.heading:
        notes.append(
            N_(
                "标题由{old}改为{new}",
                old=_quoted(old.heading),
                new=_quoted(new.heading),
            )
        )
    if old.level != new.level:
        notes.append(N_("层级有调整"))
    if change.change is Change.MOVED:
        moved = N_("文字未变") if notes else N_("位置前后调整，文字未变")
        notes.append(moved)
    return tuple(notes)


def _quoted(words: str) -> str:
    return f"“{words}”" if words else N_("（空）")
