"""A site whose clerk may work alone at withdrawals, and his certificate."""

from __future__ import annotations

import re
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.competence.offices import Desk
from tests.competence.worlds import MANAGER
from tests.factories import SETUP
from tests.sites import post
from trainer.cases import service as cases
from trainer.cases.domain import AnswerFlag
from trainer.cases.domain import RaiseFlag
from trainer.cases.domain import State
from trainer.certificates import service
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import Kind
from trainer.competence import service as competence
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Decision
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.people.models import SecondmentRow
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow

VERIFY = re.compile(r'href="(/verify/[A-Z2-7]{26})"')


def decide(desk: Desk, act: Act, seen: int = 0, until: date | None = None) -> None:
    """Let the manager of nobody in particular take a step about withdrawals."""
    told = Decision(
        person=desk.east,
        line="withdraw",
        act=act,
        reason="测试",
        until=until,
        seen=seen,
    )
    with db.writing(desk.site.engine) as session:
        competence.decide(session, told, by=MANAGER, at=NOW)


def issued(desk: Desk, chance: int = 1) -> int:
    """Issue the clerk's certificate, with a code that the test knows."""
    by = desk.site.actors["clerk"]
    with db.writing(desk.site.engine) as session:
        return service.issue(
            session,
            desk.east,
            Kind.LINE,
            "withdraw",
            bytes([chance]) * CODE_BYTES,
            by=by,
            at=NOW,
        )


def wanted(client: FlaskClient, key: int, home: str = "/growth") -> str:
    """Ask for a certificate as a browser does; gives where that leads."""
    form = {"kind": "line", "subject": "withdraw"}
    answer = post(client, f"/growth/{key}/certificates", form, home)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def verify_path(client: FlaskClient, paper: str) -> str:
    """Give the address that the QR code of a certificate leads to."""
    found = VERIFY.search(client.get(paper).text)
    assert found
    return found[1]


def put_fixed(session: Session, by: Actor, count: int) -> None:
    """Let somebody raise flags on the rules, each of which leads to a fix."""
    rules = session.scalars(
        select(RevisionRow.id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(DocumentRow.slug == "rules")
    ).first()
    assert rules
    for n in range(count):
        raised = RaiseFlag(revision=rules, query="", on=NOW.date(), words=f"第{n}处错")
        flag = cases.raise_flag(session, raised, by=by, at=NOW)
        told = AnswerFlag(
            flag=flag.id, seen=State.OPEN, state=State.ACCEPTED, words="对"
        )
        cases.answer(session, told, by=SETUP, at=NOW)
        told = AnswerFlag(
            flag=flag.id, seen=State.ACCEPTED, state=State.FIXED, words="改了"
        )
        cases.answer(session, told, by=SETUP, at=NOW)


def give_mentor(session: Session, person: int, mentor: int) -> None:
    """Let somebody be trained by another one."""
    row = session.scalars(
        select(SecondmentRow).where(SecondmentRow.person_id == person)
    ).one()
    row.mentor_id = mentor
    session.flush()
