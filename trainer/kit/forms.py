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
