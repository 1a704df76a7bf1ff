"""Forms of rosters: what columns mean, what was corrected, why one is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.reasons import LONGEST_REASON
from trainer.core.reasons import SHORTEST_REASON
from trainer.core.wording import N_
from trainer.kit.forms import LONGEST_NUMBER
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.people.domain.roster.commands import Confirmation
from trainer.people.domain.roster.commands import Correction
from trainer.people.domain.roster.fields import Field

FORMATS = {"xlsx": N_("Excel / WPS（.xlsx）"), "csv": "CSV"}
SECRETS = 3
"""Cells of a line of first passwords: 工号, 姓名, 初始密码."""

CODES = {field.value: field for field in Field}


Sent = Mapping[str, Sequence[str]]
"""What a browser sent: the values of each name."""


class ExportForm(Form):
    """Ask what a roster is taken away for, and as which file."""

    reason = StringField(
        N_("用途"),
        [
            InputRequired(N_("请写明导出做什么用")),
            Length(
                SHORTEST_REASON,
                LONGEST_REASON,
                N_(
                    "请写 {least} 到 {most} 个字",
                    least=SHORTEST_REASON,
                    most=LONGEST_REASON,
                ),
            ),
        ],
        render_kw={"autocomplete": "off"},
    )
    form = SelectField(N_("文件"), choices=FORMATS, default="xlsx")


def edit_of(sent: Sent) -> int:
    """Give which state of an import a form showed; nonsense is none."""
    return _number(_one(sent, "edit"))


def chosen_columns(sent: Sent, count: int) -> list[Field | None]:
    """Give what each column was said to mean; nonsense is not imported."""
    return [CODES.get(_one(sent, f"column.{place}")) for place in range(count)]


def correction_of(sent: Sent) -> Correction:
    """Give what was changed in a preview."""
    return Correction(
        edit=edit_of(sent),
        cells=dict(_cells(sent)),
        shown=_numbers(sent, "shown"),
        out=_numbers(sent, "out"),
        offered=sent.get("offered", ()),
        taken=sent.get("taken", ()),
    )


def confirmation_of(key: int, sent: Sent) -> Confirmation:
    """Give what was confirmed."""
    return Confirmation(
        key=key,
        seal=_one(sent, "seal"),
        without_wrong=bool(_one(sent, "without_wrong")),
    )


def secrets_of(sent: Sent) -> list[list[str]]:
    """Give the lines of first passwords that the page of the result holds."""
    lines = (line.split("\t") for line in _one(sent, "told").splitlines())
    return [cells for cells in lines if len(cells) == SECRETS]


def _cells(sent: Sent) -> Iterator[tuple[tuple[int, Field], str]]:
    """Give the cells, which are named ``cell.<number>.<field>``."""
    for name, texts in sent.items():
        kind, _, place = name.partition(".")
        number, _, code = place.partition(".")
        if kind == "cell" and code in CODES:
            yield (_number(number), CODES[code]), texts[0]


def _numbers(sent: Sent, name: str) -> list[int]:
    return [_number(text) for text in sent.get(name, ())]


def _number(text: str) -> int:
    plain = text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    return int(text) if plain else 0


def _one(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, ())), "")
