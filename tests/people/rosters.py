"""Rosters for tests: sheets, and an import brought as far as a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.people.places import Places
from tests.people.places import make_person
from tests.people.places import make_places
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.commands import Confirmation
from trainer.people.domain.roster.commands import Correction
from trainer.people.domain.roster.drafts import Draft
from trainer.people.domain.roster.drafts import Import
from trainer.people.domain.roster.drafts import draft_from
from trainer.people.domain.roster.fields import FIELD_NAMES
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.planning import Plan
from trainer.people.domain.roster.steps import Kind
from trainer.people.queries import roster as queries
from trainer.people.service import roster as service
from trainer.people.service import roster_applying as applying
from trainer.people.service import roster_undoing as undoing

NEW = {
    "工号": "w1",
    "姓名": "陈一（虚构）",
    "部门": "示例中心/城东管理部/1号窗口",
    "派驻银行": "甲银行（虚构）",
    "派驻开始": "2026-01-01",
    "派驻截止": "2026-12-31",
}
"""A row that opens an account and sends its owner to the eastern site."""


def make_sheet(*rows: Mapping[str, str]) -> list[tuple[int, list[str]]]:
    """Give the lines of a sheet: a header of all names the rows use, then the rows."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [[row.get(name, "") for name in header] for row in rows]
    return list(enumerate([header, *lines], 1))


def make_draft(*rows: Mapping[str, str]) -> Draft:
    return draft_from("花名册", make_sheet(*rows))


def first_column(draft: Draft, field: Field) -> int:
    """Give where a field stands; fails when no column means it."""
    assert field in draft.chosen, FIELD_NAMES[field]
    return draft.chosen.index(field)


@dataclass(frozen=True, slots=True)
class Desk:
    """An administrator at work, each act in a transaction of its own."""

    engine: Engine
    by: Actor
    places: Places

    def upload(self, *rows: Mapping[str, str], at: datetime = NOON) -> int:
        with db.writing(self.engine) as session:
            return service.upload_roster(session, make_draft(*rows), by=self.by, at=at)

    def read(self, key: int, at: datetime = NOON) -> Import:
        with db.reading(self.engine) as session:
            return queries.roster_import(session, key, at, reader=self.by)

    def plan(self, key: int, at: datetime = NOON) -> Plan:
        draft = self.read(key, at).draft
        assert draft is not None
        with db.reading(self.engine) as session:
            return service.planned(session, draft, by=self.by, at=at)

    def take(self, key: int) -> None:
        """Tick everything that is offered."""
        tokens = [offer.token for offer in self.plan(key).offers]
        correction = Correction(
            edit=self.read(key).edit,
            cells={},
            shown=(),
            out=(),
            offered=tokens,
            taken=tokens,
        )
        with db.writing(self.engine) as session:
            service.correct_roster(session, key, correction, by=self.by, at=NOON)

    def confirm(
        self,
        key: int,
        *,
        seal: str | None = None,
        without_wrong: bool = False,
        at: datetime = NOON,
    ) -> dict[str, applying.Secret]:
        plan = self.plan(key, at)
        command = Confirmation(
            key=key,
            seal=plan.seal if seal is None else seal,
            without_wrong=without_wrong,
        )
        secrets = applying.make_secrets(plan)
        with db.writing(self.engine) as session:
            applying.apply_roster(session, command, secrets, by=self.by, at=at)
        return secrets

    def undo(self, key: int, at: datetime = NOON) -> tuple[str, ...]:
        with db.writing(self.engine) as session:
            return undoing.undo_roster(session, key, by=self.by, at=at)

    def bring(self, *rows: Mapping[str, str], at: datetime = NOON) -> int:
        """Upload, tick what is offered, and confirm."""
        key = self.upload(*rows, at=at)
        self.take(key)
        self.confirm(key, at=at)
        return key


def make_desk(engine: Engine) -> Desk:
    with db.writing(engine) as session:
        places = make_places(session)
        by = make_person(session, "boss", Role.ADMINISTRATOR).actor()
    return Desk(engine, by, places)


def kinds(plan: Plan) -> list[Kind]:
    return [row.kind for row in plan.rows]


def problems(plan: Plan) -> Sequence[tuple[int, Field, str]]:
    return [
        (row.number, problem.field, problem.message)
        for row in plan.rows
        for problem in row.problems
    ]


def count(session: Session, table: type) -> int:
    return session.query(table).count()
