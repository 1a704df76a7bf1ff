"""What every form shares: the language of the request, and values without ``None``.

Labels, choices and messages are marked with ``N_`` where they stand, and said in the
language of the request when a form is built or shown. A choice that is no such
sentence is content and is marked as Chinese. So forms take ``SelectField`` and
``RadioField`` from here, not from WTForms.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import MutableMapping
from typing import Any
from typing import Protocol
from typing import TypeVar

import wtforms
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # types of 3.2
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from trainer.core.wording import N_
from trainer.kit import language

T_co = TypeVar("T_co", covariant=True)
F = TypeVar("F", bound=wtforms.Field)


class _Field(Protocol[T_co]):
    """Any WTForms field, seen from its value."""

    @property
    def data(self) -> T_co | None: ...


class Form(wtforms.Form):
    """Base of every form."""

    class Meta(DefaultMeta):
        """Speak the language of the request."""

        def __init__(self) -> None:
            # For the messages that are WTForms' own.
            self.locales = (language.current(),)

        def bind_field(
            self,
            form: BaseForm,
            unbound_field: UnboundField[F],
            options: MutableMapping[str, Any],
        ) -> F:
            """Make a field, its label said in the language of the request."""
            field = super().bind_field(form, unbound_field, options)
            field.label.text = language.said(field.label.text)
            return field


def filled(field: _Field[T_co]) -> T_co:
    """Give the value of a field that ``validate()`` has seen filled."""
    if field.data is None:
        raise RuntimeError("read before validate()")
    return field.data


class SelectField(wtforms.SelectField):  # noqa: TID251  (this is it)
    """One of several choices, in a list that opens."""

    def iter_choices(self) -> Iterator[Any]:
        """Give the choices; an option holds no HTML, so its element is marked."""
        for value, label, selected, how in super().iter_choices():
            mark = {"lang": language.CONTENT} if language.is_content(label) else {}
            yield Choice(value, language.said(label), selected, {**how, **mark})


class RadioField(wtforms.RadioField):  # noqa: TID251  (likewise)
    """One of a few choices, all in sight."""

    def iter_choices(self) -> Iterator[Any]:
        """Give the choices."""
        for value, label, selected, how in super().iter_choices():
            yield Choice(value, language.marked(label), selected, how)


class MultiCheckboxField(wtforms.SelectMultipleField):
    """Several of a few choices, each with its box."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def iter_choices(self) -> Iterator[Any]:
        """Give the choices."""
        for value, label, selected, how in super().iter_choices():
            yield Choice(value, language.marked(label), selected, how)


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
            raise ValueError(N_("这个数字太长"))
        super().process_formdata(valuelist)
