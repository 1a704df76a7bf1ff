"""What the tests of the bank pages share: banks on a site, and the fields of a form."""

from __future__ import annotations

from html.parser import HTMLParser

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.quizzes.published import put_draft
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.sites import Site
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision


class Fields(HTMLParser):
    """The fields of the forms of a page, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in given}
        name = attrs.get("name", "")
        match tag:
            case "input" if attrs.get("type") in {"checkbox", "radio"}:
                if "checked" in attrs:
                    self._add(name, attrs.get("value", "y"))
            case "input" if name and name not in {"q", "on_top"}:
                self._add(name, attrs.get("value", ""))
            case "textarea":
                self._area = name
                self.found.setdefault(name, []).append("")
            case "select":
                self._select, self._options = name, []
            case "option" if self._select:
                self._options.append((attrs.get("value", ""), "selected" in attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _ in self._options[:1]]
            self._add(self._select, (chosen or first or [""])[0])
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][-1] += data.removeprefix("\r\n").removeprefix("\n")

    def _add(self, name: str, value: str) -> None:
        self.found.setdefault(name, []).append(value)


def fields(page: str) -> dict[str, object]:
    """Give what a page would send, without its token and the search box."""
    found = Fields(page).found
    for name in ("csrf_token", "q", "on", "back"):
        found.pop(name, None)
    return {
        name: values if len(values) > 1 else values[0] for name, values in found.items()
    }


def bank_on(site: Site, text: str, slug: str = "rent") -> Revision:
    """Put a bank or a quiz in force on a site."""
    people = (site.actors["editor"], site.actors["approver"])
    with db.writing(site.engine) as session:
        return put_in_force(session, text, slug, by=people, at=NOW)


def draft_on(site: Site, text: str, slug: str = "rent") -> Revision:
    """Put a draft of a bank or a quiz on the desk of a site."""
    with db.writing(site.engine) as session:
        return put_draft(session, text, slug, by=site.actors["editor"], at=NOW)


def rules_on(site: Site) -> None:
    """Put the rules in force that the questions cite, and those that replace them."""
    with db.writing(site.engine) as session:
        put_rules(session)


def drafts(site: Site, slug: str = "rent") -> list[tuple[Revision, str]]:
    """Give the open texts of a bank or a quiz, newest first."""
    with db.reading(site.engine) as session:
        return _drafts(session, site, slug)


def _drafts(session: Session, site: Site, slug: str) -> list[tuple[Revision, str]]:
    known = publishing.versions(session, reader=site.actors["editor"], slug=slug)
    return [(r, publishing.text(session, r)) for r in known if r.status in OPEN]
