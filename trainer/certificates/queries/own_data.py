"""What is kept of somebody here, for the export of his own data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import STATE_NAMES
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import Standing
from trainer.certificates.domain.honours import RULES
from trainer.certificates.domain.honours import Rule
from trainer.certificates.models import CertificateRow
from trainer.certificates.models import HonourRow
from trainer.certificates.queries.standings import certificates
from trainer.certificates.queries.standings import subject_names
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells

PAPERS = (
    *(N_("证书编号"), N_("种类"), N_("内容"), N_("发证日期"), N_("有效到（不含当日）")),
    *(N_("现在"), N_("撤销理由")),
)
HONOURS = (N_("荣誉"), N_("季度"), N_("评语"), N_("时间"), N_("撤销理由"))
DECIDED = (N_("事项"), N_("内容"), N_("时间"))


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give one's certificates and honours, and what one has issued and confirmed."""
    me = reader.person
    if not me:
        return []
    papers = certificates(session, [me], day_of(at), reader=reader)
    names = subject_names(session) if papers else {}
    honour = HonourRow
    mine_or_by_me = or_(
        honour.person_id == me, honour.given_by == me, honour.revoked_by == me
    )
    honours = session.scalars(
        select(honour).where(mine_or_by_me).order_by(honour.given_at, honour.id)
    ).all()
    return [
        Chapter(
            N_("我的证书"),
            PAPERS,
            tuple(_paper(each, names[_key(each)]) for each in reversed(papers)),
        ),
        Chapter(
            N_("我的荣誉"),
            HONOURS,
            tuple(_honour(each) for each in honours if each.person_id == me),
        ),
        Chapter(N_("我发的证书和荣誉"), DECIDED, _decided(session, honours, me)),
    ]


def _key(each: Standing) -> tuple[Kind, str]:
    ground = each.certificate.ground
    return ground.kind, ground.subject


def _paper(each: Standing, subject: str) -> tuple[str, ...]:
    certificate, ground = each.certificate, each.certificate.ground
    return cells(
        certificate.number,
        KIND_NAMES[ground.kind],
        subject,
        certificate.issued_on,
        ground.until,
        STATE_NAMES[each.state],
        certificate.revoked_why,
    )


def _honour(row: HonourRow) -> tuple[str, ...]:
    name = RULES[Rule(row.rule)].name
    return cells(name, row.quarter, row.words, row.given_at, row.revoked_why)


def _decided(
    session: Session, honours: Sequence[HonourRow], me: int
) -> tuple[tuple[str, ...], ...]:
    """Give what whoever asks has done for others, without their names."""
    paper = CertificateRow
    by_me = or_(paper.issued_by == me, paper.revoked_by == me)
    found: list[tuple[str, str, datetime | None]] = []
    for row in session.scalars(select(paper).where(by_me)):
        number = f"{row.year}-{row.serial:06}"
        if row.issued_by == me != row.person_id:
            found.append((N_("发证"), number, row.issued_at))
        if row.revoked_by == me:
            found.append((N_("撤销证书"), number, row.revoked_at))
    for each in honours:
        name = RULES[Rule(each.rule)].name
        if each.given_by == me:
            found.append((N_("确认荣誉"), name, each.given_at))
        if each.revoked_by == me:
            found.append((N_("撤销荣誉"), name, each.revoked_at))
    return tuple(cells(*row) for row in sorted(found, key=lambda row: str(row[2])))
