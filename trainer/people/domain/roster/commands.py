"""What an administrator says of an import."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.people.domain.roster.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Command: what somebody changed in a preview.

    Attributes:
        edit: Which state of the import the preview showed.
        cells: What was typed, by number of the row and field.
        shown: Numbers of the rows that were shown.
        out: Those of them that are left out.
        offered: Tokens of the places that were offered.
        taken: Those of them that are to be made.
    """

    edit: int
    cells: Mapping[tuple[int, Field], str]
    shown: Collection[int]
    out: Collection[int]
    offered: Collection[str] = ()
    taken: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Command: do what the preview showed.

    Attributes:
        key: The import.
        seal: What the preview showed, see :attr:`.planning.Plan.seal`.
        without_wrong: Whether wrong rows may be left out.
    """

    key: int
    seal: str
    without_wrong: bool = False
