"""Audit: origin and chain of each entry, an index for each filter, exports.

The entries that are there are chained in their order, sealed with the key of this
installation. They prove that nothing was changed since this step, not before it.
"""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from alembic import op

import trainer.kit.db
from trainer.audit.domain.chain import GENESIS
from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.chain import hash_of
from trainer.audit.domain.entry import Entry
from trainer.core.origin import Origin

revision = "20261122_0800"
down_revision = "20261122_0740"

NEW = ("kind", "request", "previous_hash", "hash")
FILTERS = {
    "at": "at",
    "person": "person_id",
    "verb": "verb",
    "kind": "kind",
    "object": "object",
    "address": "address",
}
ENTRY = sa.table(
    "audit_entry",
    sa.column("id", sa.Integer()),
    sa.column("at", trainer.kit.db.UtcDateTime()),
    sa.column("person_id", sa.Integer()),
    *(
        sa.column(name, sa.String())
        for name in (
            *("verb", "object", "detail", "before_digest", "after_digest", "address"),
            *NEW,
        )
    ),
)


def upgrade() -> None:
    """Add columns in place, chain what is there, then index it."""
    for name in NEW:
        op.add_column(
            "audit_entry",
            sa.Column(name, sa.String(), nullable=False, server_default=""),
        )
    _chain(op.get_bind())
    op.drop_index("ix_audit_entry_object", "audit_entry")
    for name, column in FILTERS.items():
        op.create_index(f"ix_audit_entry_{name}", "audit_entry", [column, "id"])
    op.create_table(
        "audit_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", trainer.kit.db.UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_export")),
    )
    op.create_index("ix_audit_export_person_id", "audit_export", ["person_id"])


def downgrade() -> None:
    """Drop the chain and keep the entries; a later upgrade chains them anew."""
    op.drop_table("audit_export")
    for name in FILTERS:
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    op.create_index("ix_audit_entry_object", "audit_entry", ["object"])
    for name in reversed(NEW):
        op.drop_column("audit_entry", name)


def _chain(connection: sa.Connection) -> None:
    key = trainer.kit.db.key_for(PURPOSE, connection)
    last = GENESIS
    for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.id)).all():
        entry = Entry(
            person=row.person_id,
            verb=row.verb,
            object=row.object,
            detail=row.detail,
            before=row.before_digest,
            after=row.after_digest,
        )
        unsealed = Sealed(
            number=row.id,  # as it is: there may be gaps
            at=row.at,
            entry=entry,
            kind=entry.kind,
            origin=Origin(row.address or ""),
            previous=last.hash,
            hash="",
        )
        last = replace(unsealed, hash=hash_of(key, unsealed)).link
        connection.execute(
            sa.update(ENTRY)
            .where(ENTRY.c.id == row.id)
            .values(kind=entry.kind, previous_hash=unsealed.previous, hash=last.hash)
        )
