"""A browser without scripts: it reads pages, fills in forms and presses buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from html.parser import HTMLParser
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Sent = str | list[str] | tuple[BytesIO, str]
"""What goes into a field: a value, several ticked ones, or a file."""


class Labelled(str):
    """A choice by what its label says, for lists whose values are keys."""

    __slots__ = ()


@dataclass(slots=True)
class Shown:
    """A form as a page shows it, with what it would send."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def value(self, name: str, label: str) -> str:
        """Give the value of the choice that is labelled like this."""
        found = [value for said, value in self.choices.get(name, ()) if label in said]
        assert found, (name, label, self.choices.get(name))
        return found[0]


class Reading(HTMLParser):
    """The words, links and forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Shown] = []
        self._by_id: dict[str, Shown] = {}
        self._within: Shown | None = None
        self._said: list[str] = []
        self._hidden = False
        self._link = self._option = self._name = ""
        self._button: tuple[str, str] | None = None
        self._form: Shown | None = None
        self._chosen = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._hidden = True
        elif tag == "form":
            self._begin_form(given)
        elif tag == "a":
            self._link, self._said = given.get("href", ""), []
        elif "disabled" not in given:
            form = self._by_id.get(given.get("form", ""), self._within)
            begin = {"button": self._begin_button, "input": self._input}
            begin |= {"select": self._begin_list, "option": self._begin_option}
            begin |= {"textarea": self._begin_area}
            if form is not None and tag in begin:
                begin[tag](form, given)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._said).split())
        if tag == "script":
            self._hidden = False
        elif tag == "form":
            self._within = None
        elif tag == "a" and self._link:
            self.links.append((words, self._link))
            self._link = ""
        elif self._form is not None:
            self._end_of_field(tag, words, self._form)

    def handle_data(self, data: str) -> None:
        self._said.append(data)
        if not self._hidden:
            self.words.append(data)

    def _begin_form(self, given: Mapping[str, str]) -> None:
        method = given.get("method", "get").lower()
        self._within = Shown(given.get("action", ""), method)
        self.forms.append(self._within)
        if "id" in given:
            self._by_id[given["id"]] = self._within

    def _begin_button(self, form: Shown, given: Mapping[str, str]) -> None:
        if given.get("type", "submit") == "submit":
            self._button = (given.get("name", ""), given.get("value", ""))
            self._form, self._said = form, []

    def _begin_list(self, form: Shown, given: Mapping[str, str]) -> None:
        self._name, self._form, self._chosen = given.get("name", ""), form, False
        form.fields.setdefault(self._name, []).append("")

    def _begin_option(self, form: Shown, given: Mapping[str, str]) -> None:
        self._option, self._said = given.get("value", ""), []
        if "selected" in given or not self._chosen:
            form.fields[self._name][-1] = self._option
            self._chosen = True

    def _begin_area(self, form: Shown, given: Mapping[str, str]) -> None:
        self._name, self._form, self._said = given.get("name", ""), form, []

    def _input(self, form: Shown, given: Mapping[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            ticked = [given.get("value", "on")] if "checked" in given else []
            form.fields.setdefault(name, []).extend(ticked)
            form.choices.setdefault(name, []).append(("", given.get("value", "on")))
        elif name and kind not in {"submit", "button", "file"}:
            form.fields.setdefault(name, []).append(given.get("value", ""))

    def _end_of_field(self, tag: str, words: str, form: Shown) -> None:
        if tag == "button" and self._button:
            form.buttons.append((words, *self._button))
            self._button = None
        elif tag == "option":
            form.choices.setdefault(self._name, []).append((words, self._option))
        elif tag == "textarea":
            form.fields[self._name] = ["".join(self._said).strip("\r\n")]


class Window:
    """One person's browser window."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._path = "/"
        self.answer: TestResponse | None = None

    @property
    def page(self) -> Reading:
        """What is shown."""
        assert self.answer is not None
        return Reading(self.answer.text)

    @property
    def path(self) -> str:
        """Where it is."""
        return self._path

    @property
    def words(self) -> str:
        """What is said, with the spaces of a reader."""
        return re.sub(r"\s+", " ", "".join(self.page.words))

    def goes(self, path: str) -> None:
        """Open a page."""
        self._show(self.client.get(path), path)

    def follows(self, words: str) -> None:
        """Follow the first link that says so."""
        found = [where for said, where in self.page.links if words in said]
        assert found, (words, [said for said, _ in self.page.links])
        self.goes(found[0])

    def link(self, words: str) -> str | None:
        """Give where the first link leads that says so; None when none does."""
        found = (where for said, where in self.page.links if words in said)
        return next(found, None)

    def button(self, words: str) -> bool:
        """Tell whether a form of the page has a button that says so."""
        return any(
            words in each[0] for form in self.page.forms for each in form.buttons
        )

    def choices(self, name: str) -> list[str]:
        """Give everything that can be chosen in a field."""
        forms = (form for form in self.page.forms if name in form.choices)
        return [value for form in forms for _, value in form.choices[name]]

    def presses(self, button: str, *, to: str = "", **typed: Sent) -> None:
        """Fill in the form that has a button, and press it.

        Args:
            button: What the button says.
            to: A part of where the form goes, where several have such a button.
            typed: Values by name of the field; the others stay as they are shown.
        """
        form, (_, name, value) = self.having(button, to, set(typed))
        meant = {
            field: form.value(field, value) if isinstance(value, Labelled) else value
            for field, value in typed.items()
        }
        sent: dict[str, object] = {**form.fields, **meant}
        if name:
            sent[name] = value
        target = form.action or self.path
        if form.method == "get":
            self._show(self.client.get(target, query_string=sent), target)
        else:
            self._show(self.client.post(target, data=sent), target)

    def sees(self, *sentences: str) -> None:
        """Check that the page says something."""
        for sentence in sentences:
            assert sentence in self.words, (sentence, self.path, self.words)

    def misses(self, *sentences: str) -> None:
        """Check that the page does not say something."""
        for sentence in sentences:
            assert sentence not in self.words, (sentence, self.path)

    def having(
        self, button: str, to: str, names: set[str]
    ) -> tuple[Shown, tuple[str, str, str]]:
        """Give the first form that has a button and some fields, and the button."""
        for form in self.page.forms:
            for each in form.buttons:
                if (
                    button in each[0]
                    and to in form.action
                    and names <= form.fields.keys()
                ):
                    return form, each
        raise AssertionError(button, to, sorted(names), self.path, self.words)

    def _show(self, answer: TestResponse, path: str) -> None:
        hops = 0
        while answer.status_code in {302, 303}:
            path, hops = answer.headers["Location"], hops + 1
            assert hops < 6, path
            answer = self.client.get(path)
        self._path, self.answer = path, answer
        assert answer.status_code == 200, (path, answer.status_code, self.words)
