"""Who may do something, and which posts he holds; for what is asked of many at once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Permission
from trainer.people.domain.roles import PERMISSIONS
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow


def holding(
    session: Session, people: Collection[int], permission: Permission
) -> dict[int, frozenset[str]]:
    """Give who of some people holds a permission, with the posts each one holds.

    A deputy holds the post too; closed accounts hold nothing.
    """
    roles = [role for role, given in PERMISSIONS.items() if permission in given]
    may = session.scalars(
        select(PersonRow.id)
        .where(
            PersonRow.id.in_(people),
            PersonRow.active,
            PersonRow.id.in_(
                select(PersonRoleRow.person_id).where(PersonRoleRow.role.in_(roles))
            ),
        )
        .order_by(PersonRow.id)
    )
    found: dict[int, set[str]] = {key: set() for key in may}
    if not found:
        return {}
    row = PersonPostRow
    posts = select(row.person_id, row.post_code).where(row.person_id.in_(found))
    for key, code in session.execute(posts):
        found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}
