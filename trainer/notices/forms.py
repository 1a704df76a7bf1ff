"""Forms of notices: where one gets mail, and the days that differ."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import Length
from wtforms.validators import ValidationError

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.notices.domain.addresses import MOST_ADDRESSES
from trainer.notices.domain.addresses import Addressed
from trainer.notices.domain.addresses import read_addresses
from trainer.notices.domain.calendar import LONGEST_NOTE
from trainer.notices.domain.calendar import MOST_DAYS
from trainer.notices.domain.calendar import OtherDay
from trainer.notices.domain.calendar import read_days
from trainer.notices.domain.calendar import write_days
from trainer.notices.domain.mailing import LONGEST_ADDRESS
from trainer.notices.domain.mailing import must_be_address

LONGEST_LOGIN = 40
ROOM = MOST_DAYS * (LONGEST_NOTE + 16)


class PreferenceForm(Form):
    """Where one gets mail, and whether one wants any."""

    address = StringField(
        N_("我的工作邮箱"),
        [Length(max=LONGEST_ADDRESS)],
        render_kw={
            "type": "email",
            "autocomplete": "email",
            "maxlength": LONGEST_ADDRESS,
        },
    )
    wants_mail = BooleanField(N_("有待办时，每个工作日早上发一封邮件提醒我"))

    def validate_address(self, field: StringField) -> None:
        """Check that it is an address, or nothing."""
        try:
            must_be_address(field.data or "")
        except TrainerError as error:
            raise ValidationError(error.message) from error

    def validate_wants_mail(self, field: BooleanField) -> None:
        """Check that there is where to send what is wanted."""
        if field.data and not (self.address.data or "").strip():
            raise ValidationError(N_("要收邮件，请先填邮箱；不收就去掉这个勾"))


class AddressesForm(Form):
    """Addresses of many people, as lines."""

    addresses = TextAreaField(
        N_("工号和邮箱"),
        [Length(max=MOST_ADDRESSES * (LONGEST_ADDRESS + LONGEST_LOGIN))],
        render_kw={"rows": 12, "spellcheck": "false"},
    )

    def validate_addresses(self, field: TextAreaField) -> None:
        """Check every line, and that there is one."""
        try:
            told = read_addresses(field.data or "")
        except TrainerError as error:
            raise ValidationError(error.message) from error
        if not told:
            raise ValidationError(N_("请写至少一个人：工号和邮箱"))

    def command(self) -> list[Addressed]:
        """Give the addresses, after ``validate()``."""
        return read_addresses(self.addresses.data or "")


class DaysForm(Form):
    """The days that differ, as lines; ``based_on`` are those it began with."""

    days = TextAreaField(
        N_("和平常不一样的日子"),
        [Length(max=ROOM)],
        render_kw={"rows": 14, "spellcheck": "false"},
    )
    based_on = HiddenField(validators=[Length(max=ROOM)])

    @staticmethod
    def values(days: list[OtherDay]) -> dict[str, str]:
        """Give what the form begins with."""
        return {"days": write_days(days), "based_on": write_days(days)}

    def validate_days(self, field: TextAreaField) -> None:
        """Check every line."""
        try:
            read_days(field.data or "")
        except TrainerError as error:
            raise ValidationError(error.message) from error

    def command(self) -> list[OtherDay]:
        """Give the days, after ``validate()``."""
        return read_days(self.days.data or "")

    def began_with(self) -> list[OtherDay]:
        """Give the days that the page was made from; what was tampered with is none."""
        try:
            return read_days(self.based_on.data or "")
        except TrainerError:
            return []
