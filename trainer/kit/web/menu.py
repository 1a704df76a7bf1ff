"""The main menu: each entry is shown to who holds the permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit.web import current


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main menu; shown to who holds the permission."""

    label: str
    endpoint: str
    icon: str
    needs: Permission | frozenset[Permission] = Permission.READ

    def is_for(self, actor: Actor) -> bool:
        """Tell whether somebody sees it: one of several permissions will do."""
        one_of = {self.needs} if isinstance(self.needs, Permission) else self.needs
        return bool(one_of & actor.permissions)


Menu = Sequence[Sequence[MenuItem]]
"""Groups of entries."""


def menu_of(menu: Menu) -> list[list[MenuItem]]:
    """Give the menu of whoever asks; a group that is empty is left out."""
    actor = current.actor()
    groups = ([item for item in group if item.is_for(actor)] for group in menu)
    return [group for group in groups if group]
