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
BUTTON = """([form, said]) => [...document.querySelectorAll("button")].findIndex(
  (each) => each.checkVisibility() && each.form === document.forms[form]
    && each.textContent.trim().split(/\\s+/).join(" ") === said)"""
"""Which button of the page a form has of these words; -1 has none."""

FIELDS = """([form, name]) => [...document.getElementsByName(name)].flatMap(
  (each, place) => each.form === document.forms[form]
    ? [[place, each.type, each.value]] : [])"""
"""Which fields of a name a form has: their places, types and values."""


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
        pressed = self._sheet.evaluate(BUTTON, [place, said])
        assert pressed >= 0, f"nobody can see {said}"
        with self._sheet.expect_navigation():
            self._sheet.locator("button").nth(pressed).click()
        self._must_be_fine()

    def _fill(self, form: int, name: str, value: Sent) -> None:
        fields = self._sheet.evaluate(FIELDS, [form, name])
        shown = self._sheet.locator(f'[name="{name}"]')
        several = [*value] if isinstance(value, list | tuple) else [value]
        if fields[0][1] in {"checkbox", "radio"}:
            for place, _, held in fields:
                if held in several:
                    shown.nth(place).check()
            return
        for (place, _, _), one in zip(fields, several, strict=False):
            _write(shown.nth(place), one)

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
