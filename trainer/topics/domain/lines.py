"""Business lines, their businesses and the common steps: ``content/topics.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.topics.domain import outline


@dataclass(frozen=True, slots=True)
class Business:
    """One thing a citizen comes for; ``code`` is ``<line>.<name>``."""

    code: str
    name: str

    @property
    def line(self) -> str:
        """Code of the line it belongs to."""
        return self.code.partition(".")[0]


class Risk(StrEnum):
    """How much an error costs in a business line."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


RISK_NAMES = {
    Risk.LOW: N_("低风险"),
    Risk.NORMAL: N_("一般"),
    Risk.HIGH: N_("高风险"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A business line; ``owner`` is a post code of ``content/posts.yaml``."""

    code: str
    name: str
    owner: str
    businesses: tuple[Business, ...]
    risk: Risk = Risk.NORMAL


@dataclass(frozen=True, slots=True)
class Step:
    """A common step of a counter transaction; ``about`` says what is done in it."""

    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Topics:
    """All lines and steps, in the order of the file."""

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]

    @property
    def businesses(self) -> tuple[Business, ...]:
        """The businesses of all lines."""
        return tuple(b for line in self.lines for b in line.businesses)

    def line(self, code: str) -> Line | None:
        """Give the line with a code."""
        return next((line for line in self.lines if line.code == code), None)

    def business(self, code: str) -> Business | None:
        """Give the business with a code."""
        return next((b for b in self.businesses if b.code == code), None)

    def step(self, code: str) -> Step | None:
        """Give the step with a code."""
        return next((step for step in self.steps if step.code == code), None)


LINE_KEYS = ("code", "name", "owner", "risk", "businesses")


def parse_topics(text: str) -> tuple[Topics | None, list[Mistake]]:
    """Read the file of lines, businesses and steps; never raises."""
    top = outline.read(text, ("lines", "steps"))
    lines: dict[str, int] = {}
    steps: dict[str, int] = {}
    topics = Topics(
        tuple(_line(record, lines) for record in top.records("lines", LINE_KEYS)),
        tuple(
            Step(record.code(seen=steps), record.text("name"), record.text("about"))
            for record in top.records("steps", ("code", "name", "about"))
        ),
    )
    return (None, sorted(top.mistakes)) if top.mistakes else (topics, [])


def _line(record: outline.Record, seen: dict[str, int]) -> Line:
    code = record.code(seen=seen)
    businesses: dict[str, int] = {}
    return Line(
        code,
        record.text("name"),
        record.code("owner"),
        tuple(
            _business(business, code, businesses)
            for business in record.records("businesses", ("code", "name"))
        ),
        record.choice("risk", tuple(Risk), Risk.NORMAL),
    )


def _business(record: outline.Record, line: str, seen: dict[str, int]) -> Business:
    code = record.once(record.text("code"), seen)
    before, _, name = code.partition(".")
    if code and line and (before != line or not outline.CODE.fullmatch(name)):
        record.wrong(
            N_(
                "业务代码“{code}”应写作“{line}.名称”，名称用小写字母和连字符",
                code=code,
                line=line,
            ),
            "code",
        )
    return Business(code, record.text("name"))
