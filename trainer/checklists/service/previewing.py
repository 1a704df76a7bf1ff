"""An item that is being written, as it will look; saves nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from trainer.checklists.domain.checklist import read_items
from trainer.checklists.domain.editing import item_text
from trainer.checklists.domain.listing import kept
from trainer.checklists.domain.listing import read_back
from trainer.checklists.domain.sheets import Preview
from trainer.checklists.domain.sheets import shown
from trainer.checklists.queries import clause_names
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.publishing.domain.entries import Entry
from trainer.publishing.domain.entries import words_in
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.typed import mistakes_of_typing


def preview(
    session: Session, entry: Entry, home: Revision, on: date, *, by: Actor
) -> Preview:
    """Show an item that is being written.

    Args:
        session: A session.
        entry: The item as it is written.
        home: The list it goes into.
        on: The day whose clauses are named.
        by: The editor.
    """
    by.must(Permission.EDIT)
    if unseen := mistakes_of_typing("\n".join(words_in(entry))):
        return Preview(mistakes=tuple(unseen))
    items, mistakes = read_items(item_text(entry))
    if mistakes or not items:
        return Preview(mistakes=mistakes)
    [listed] = read_back(kept(items))
    clauses = clause_names(session, [listed], on, reader=by)
    return Preview(shown=shown(listed, home, clauses))
