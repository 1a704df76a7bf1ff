"""What boards show, and taking one away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import DateField
from wtforms.validators import Optional

from trainer.competence.domain.boards import SORT_NAMES
from trainer.competence.domain.boards import Sort
from trainer.competence.domain.boards import Wanted
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField

EVERYTHING = {"": N_("全部")}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class TeamForm(Form):
    """Ask whom and what a board shows; nonsense narrows nothing."""

    site = SelectField(N_("网点"), choices=EVERYTHING)
    bank = SelectField(N_("派出单位"), choices=EVERYTHING)
    line = SelectField(N_("业务条线"), choices=EVERYTHING)
    dimension = SelectField(N_("维度"), choices=EVERYTHING)
    sort = SelectField(
        N_("排列"), choices={sort.value: name for sort, name in SORT_NAMES.items()}
    )

    def offer(
        self,
        sites: Mapping[int, str],
        banks: Mapping[int, str],
        lines: Mapping[str, str],
        dimensions: Mapping[str, str],
    ) -> None:
        """Let the person choose among these, names by key or code."""
        self.site.choices = EVERYTHING | {str(k): name for k, name in sites.items()}
        self.bank.choices = EVERYTHING | {str(k): name for k, name in banks.items()}
        self.line.choices = EVERYTHING | dict(lines)
        self.dimension.choices = EVERYTHING | dict(dimensions)

    def wanted(self) -> Wanted:
        """Give what is wanted, as far as it can be read."""
        sorts = {sort.value: sort for sort in Sort}
        return Wanted(
            site=key_of(self.site.data),
            bank=key_of(self.bank.data),
            line=self.line.data or "",
            dimension=self.dimension.data or "",
            sort=sorts.get(self.sort.data or "", Sort.LOGIN),
        )

    def asked(self) -> dict[str, str]:
        """Give what the address of the board says."""
        return {field.name: field.data for field in self if field.data}


class WindowsForm(Form):
    """Ask at which site, on which day and for which line."""

    site = SelectField(N_("网点"), choices={})
    on = DateField(N_("哪一天"), [Optional()])
    line = SelectField(N_("业务条线"), choices=EVERYTHING)

    def offer(self, sites: Mapping[int, str], lines: Mapping[str, str]) -> None:
        """Let the person choose among these, names by key or code."""
        self.site.choices = {str(key): name for key, name in sites.items()}
        self.line.choices = EVERYTHING | dict(lines)


def key_of(written: str | None) -> int | None:
    """Read a key from an address; what is none narrows nothing."""
    told = written or ""
    short = len(told) < len(str(2**31))
    return int(told) if told.isascii() and told.isdigit() and short else None
