"""What every form shares: Chinese messages, and values without ``None``."""

from __future__ import annotations

from typing import Protocol
from typing import TypeVar

import wtforms

T_co = TypeVar("T_co", covariant=True)


class _Field(Protocol[T_co]):
    """Any WTForms field, seen from its value."""

    @property
    def data(self) -> T_co | None: ...


class Form(wtforms.Form):
    """Base of every form."""

    class Meta:
        """Speak Chinese to the person."""

        locales = ("zh_CN", "zh")


def filled(field: _Field[T_co]) -> T_co:
    """Give the value of a field that ``validate()`` has seen filled."""
    if field.data is None:
        raise RuntimeError("read before validate()")
    return field.data


class MultiCheckboxField(wtforms.SelectMultipleField):
    """Several of a few choices, each with its box."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()


LONGEST_NUMBER = 18
"""Characters of the longest whole number a database keeps."""


class IntegerField(wtforms.IntegerField):
    """A whole number of a size that can be compared and kept."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent.

        Raises:
            ValueError: it is no number, or one of hundreds of digits.
        """
        if valuelist and len(valuelist[0].strip()) > LONGEST_NUMBER:
            self.data = None
            raise ValueError("这个数字太长")
        super().process_formdata(valuelist)
