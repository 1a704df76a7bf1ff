"""What notices hold about somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.keeping_words import read_words
from trainer.core.wording import N_
from trainer.notices.domain.digesting import KIND_NAMES
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.mailing import STATE_NAMES
from trainer.notices.domain.mailing import MailState
from trainer.notices.models import MailRow
from trainer.notices.models import NoticeAddressRow
from trainer.notices.models import NoticeRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give what whoever asks was told, his mails and his address."""
    row, mail, address = NoticeRow, MailRow, NoticeAddressRow
    told = session.scalars(
        select(row)
        .where(row.person_id == reader.person, row.about_id.is_(None))
        .order_by(row.made_at, row.id)
    )
    mails = session.scalars(
        select(mail).where(mail.person_id == reader.person).order_by(mail.day)
    )
    held = session.scalars(select(address).where(address.person_id == reader.person))
    return [
        Chapter(
            N_("收到的通知"),
            (N_("日期"), N_("通知"), N_("要做什么"), N_("看过")),
            tuple(
                cells(n.on, KIND_NAMES[Kind(n.kind)], read_words(n.what), n.seen_at)
                for n in told
            ),
        ),
        Chapter(
            N_("每日邮件"),
            (N_("日期"), N_("结果"), N_("时间")),
            tuple(
                cells(m.day, STATE_NAMES[MailState(m.state)], m.tried_at) for m in mails
            ),
        ),
        Chapter(
            N_("收邮件的地址"),
            (N_("邮箱"), N_("登记时间")),
            tuple(cells(a.address, a.changed_at) for a in held),
        ),
    ]
