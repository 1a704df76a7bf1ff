"""Do citations lead somewhere, and do revisions share days? Before anything is saved.

The rules are those of publishing; here they are applied to revisions that stand in
a pack together with those of the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from trainer.core.document import Mistake
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.timeline import OverlapError
from trainer.publishing.domain.timeline import must_not_overlap
from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The days one revision claims, and the sections that may be cited.

    ``number`` rises in the order of approval; ``name`` is what a person calls the
    revision: the path of its file, or its number.
    """

    slug: str
    name: str
    number: int
    effective_from: date
    effective_to: date | None
    supersedes: date | None
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What a database holds that a pack must fit to.

    Attributes:
        vocabulary: Codes that articles may use.
        claims: Every approved revision.
        hashes: Slug and digest of every text that is there, drafts included.
        kinds: Kind of each approved text, by slug.
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    claims: tuple[Claim, ...] = ()
    hashes: frozenset[tuple[str, str]] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)


def by_slug(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Sort claims by document."""
    sorted_: dict[str, list[Claim]] = {}
    for claim in claims:
        sorted_.setdefault(claim.slug, []).append(claim)
    return sorted_


def unresolved(
    citations: Iterable[Citation], on: date, claims: Mapping[str, Sequence[Claim]]
) -> list[Mistake]:
    """Find citations that lead nowhere.

    Args:
        citations: Of one text.
        on: First day of that text.
        claims: By slug.
    """
    mistakes = []
    for citation in citations:
        target = _target(claims.get(citation.target, ()), on)
        if target is None:
            reason = f"没有“{citation.target}”这篇内容，或那时它还没有生效"
        elif citation.section and citation.section not in target.sections:
            reason = f"{target.name} 里没有编号为“{citation.section}”的条款"
        else:
            continue
        mistakes.append(
            Mistake(
                citation.line,
                f"引用“{citation.words}”（{citation.address}）找不到条款：{reason}；"
                "请改正编号，或把被引用的内容一起导入",
            )
        )
    return mistakes


def overlapping(claim: Claim, others: Iterable[Claim], line: int) -> list[Mistake]:
    """Find the revisions of a document whose days another one claims too.

    Args:
        claim: The new one.
        others: The other revisions of the document.
        line: Where the new one says its first day.
    """
    mistakes = []
    for other in others:
        try:
            must_not_overlap(claim, [other])
        except OverlapError:
            mistakes.append(
                Mistake(
                    line,
                    f"生效期间与 {other.name}（{other.effective_from} 起）重叠；"
                    f"若是更正它，请写明 supersedes: {other.effective_from}",
                )
            )
    return mistakes


def _target(claims: Sequence[Claim], on: date) -> Claim | None:
    """Choose what holds on a day, else what comes first after it."""
    number = number_on(claims, on)
    if number is None:
        later = [claim.effective_from for claim in claims if claim.effective_from > on]
        number = number_on(claims, min(later)) if later else None
    return next((claim for claim in claims if claim.number == number), None)
