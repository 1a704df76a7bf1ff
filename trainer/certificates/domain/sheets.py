"""What stands on paper, for the page and the PDF alike; pure.

A certificate is a Chinese document, whatever language its reader has chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import STATE_NAMES
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import Standing
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import in_groups

NOTE = "本证书是否有效，以核验页面当天显示的为准；要求变了、到期或离岗，证书自动失效。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A certificate on paper.

    Attributes:
        issuer: The centre.
        title: What it is.
        number: Its number, in words.
        name: Whose it is.
        said: What it says of him.
        facts: Days and who has approved, each with its name.
        code: Its code, in groups.
        address: Where it is verified.
        note: What every reader should know.
        mark: What it is worth where that is not all, else empty.
    """

    issuer: str
    title: str
    number: str
    name: str
    said: str
    facts: tuple[tuple[str, str], ...]
    code: str
    address: str
    note: str = NOTE
    mark: str = ""

    @property
    def lines(self) -> Sequence[str]:
        """Every line of it, in the order of reading."""
        return [
            *([self.mark] if self.mark else []),
            self.issuer,
            self.title,
            self.number,
            self.name,
            self.said,
            *(f"{name}：{told}" for name, told in self.facts),
            f"核验码：{self.code}",
            self.note,
        ]


def sheet_of(
    standing: Standing, subject: str, approver: str, issuer: str, address: str
) -> Sheet:
    """Lay out a certificate.

    Args:
        standing: The certificate and what it is worth.
        subject: What the business line or course is called.
        approver: Name of who let the person work, empty for none.
        issuer: Name of the centre.
        address: Absolute address of the page that verifies it.
    """
    certificate, ground = standing.certificate, standing.certificate.ground
    is_line = ground.kind is Kind.LINE
    said = (
        f"经学习和考核达到要求，并由主管批准，可以在窗口独立办理“{subject}”业务。"
        if is_line
        else f"已学完课程“{subject}”，各步骤均达到要求。"
    )
    facts = [
        ("发证日期", _day(certificate.issued_on)),
        ("有效至", _day(ground.until - timedelta(days=1)) if ground.until else "长期"),
        *([("批准人", approver)] if approver else []),
    ]
    is_good = standing.state is State.VALID
    return Sheet(
        issuer=issuer,
        title=f"{KIND_NAMES[ground.kind]}",
        number=f"编号 {certificate.number}",
        name=certificate.name,
        said=said,
        facts=tuple(facts),
        code=in_groups(certificate.code),
        address=address,
        mark="" if is_good else f"现在的状态：{STATE_NAMES[standing.state]}",
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
