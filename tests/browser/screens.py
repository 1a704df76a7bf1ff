"""A window of a story in a real browser: what it shows is read as everywhere else."""

from __future__ import annotations

from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import Response

from tests.story.windows import Labelled
from tests.story.windows import Reading
from tests.story.windows import Sent
from tests.story.windows import Window

OPEN_ALL = """() => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
}"""
FORM_OF = "(field) => [...document.forms].indexOf(field.form)"


class Screen(Window):
    """One person's window of a real browser, without scripts."""

    def __init__(self, sheet: Page) -> None:
        self._sheet = sheet
        self._status = 0
        sheet.on("response", self._note)

    @property
    def page(self) -> Reading:
        """What is shown."""
        return Reading(self._sheet.content())

    @property
    def path(self) -> str:
        """The address behind the name of the site."""
        return "/" + self._sheet.url.partition("://")[2].partition("/")[2]

    def goes(self, path: str) -> None:
        """Open a page."""
        self._sheet.goto(path)
        self._must_be_fine()

    def presses(self, button: str, *, to: str = "", **typed: Sent) -> None:
        """Fill in the form that has a button, and press it, as a person does."""
        form, (said, _, _) = self.having(button, to, set(typed))
        place = self.page.forms.index(form)
        self._sheet.evaluate(OPEN_ALL)
        for name, value in typed.items():
            self._fill(place, name, value)
        pressed = next(
            each
            for each in self._sheet.locator("button").all()
            if each.is_visible()
            and each.evaluate(FORM_OF) == place
            and " ".join((each.text_content() or "").split()) == said
        )
        with self._sheet.expect_navigation():
            pressed.click()
        self._must_be_fine()

    def _fill(self, form: int, name: str, value: Sent) -> None:
        fields = [
            each
            for each in self._sheet.locator(f'[name="{name}"]').all()
            if each.evaluate(FORM_OF) == form
        ]
        kind = fields[0].get_attribute("type")
        several = [*value] if isinstance(value, list | tuple) else [value]
        if kind in {"checkbox", "radio"}:
            for each in fields:
                if each.input_value() in several:
                    each.check()
            return
        for each, one in zip(fields, several, strict=False):
            _write(each, one)

    def _note(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self._status = answer.status

    def _must_be_fine(self) -> None:
        assert self._status == 200, (self.path, self._status, self.words)


def _write(field: Locator, value: object) -> None:
    """Choose or type; a list is told by what it says where only that is known."""
    if field.evaluate("(field) => field.tagName") != "SELECT":
        field.fill(str(value))
    elif isinstance(value, Labelled):
        said = field.locator("option").all_text_contents()
        field.select_option(label=next(each for each in said if value in each))
    else:
        field.select_option(str(value))
