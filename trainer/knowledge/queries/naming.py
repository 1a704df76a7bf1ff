"""Citations in words: whose words are a bare address gets the name of the clause."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing import queries as publishing
from trainer.publishing.domain.review import Confirmation
from trainer.publishing.domain.revision import Reference
from trainer.publishing.queries import Target

Address = tuple[str, str]
Names = Mapping[Address, str]
"""What each clause is called, by slug and section."""


def clause_names(
    session: Session,
    cited: Collection[Reference | Confirmation],
    on: date,
    *,
    reader: Actor,
) -> Names:
    """Name the clauses of citations that name them by their address only.

    Questions cite without words of their own. A clause that is gone is called by its
    text; of a text that is gone nothing is known but the address.
    """
    bare = {(c.target, c.section) for c in cited if _is_bare(c)}
    if not bare:
        return {}
    whole = {(slug, "") for slug, _ in bare}
    found = publishing.targets_on(session, bare | whole, on, reader=reader)
    return {
        (slug, section): _name(section, text, found.get((slug, section)))
        for slug, section in bare
        if (text := found.get((slug, "")))
    }


def named(reference: Reference, names: Names) -> Reference:
    """Give a citation with the name of its clause, where it has no words itself."""
    words = names.get((reference.target, reference.section))
    return (
        replace(reference, words=words) if words and _is_bare(reference) else reference
    )


def named_look(look: Confirmation, names: Names) -> Confirmation:
    """Give what somebody looked at in the same way."""
    words = names.get((look.target, look.section))
    return replace(look, words=words) if words and _is_bare(look) else look


def _is_bare(cited: Reference | Confirmation) -> bool:
    address = f"{cited.target}#{cited.section}" if cited.section else cited.target
    return bool(cited.target) and cited.words == address


def _name(section: str, text: Target, clause: Target | None) -> str:
    known = clause.section.name if clause and clause.section else section
    return f"《{text.revision.header.title}》{known}"
