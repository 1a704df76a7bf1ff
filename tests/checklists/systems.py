"""A business system with a token, as tests speak for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.sites import Site
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken

TIPS, OUTCOMES = "/api/v1/tips", "/api/v1/tips/outcomes"
WINDOW = (ApiScope.TIPS_READ, ApiScope.TIPS_CLERK, ApiScope.TIPS_WRITE)
"""What the system of the windows may do."""

AT_VERIFYING = {"business": "withdraw.rent", "step": "verify"}


def make_token(site: Site, *scopes: ApiScope) -> str:
    """Make a token as an administrator does."""
    command = NewToken(system="核心（虚构）", scopes=frozenset(scopes), days=30)
    with db.writing(site.engine) as session:
        by = site.actors["administrator"]
        return people.make_token(session, command, by=by, at=NOW)


@dataclass(frozen=True, slots=True)
class System:
    """A business system; ``headers`` go with everything it sends."""

    site: Site
    headers: Mapping[str, str]

    @classmethod
    def of(cls, site: Site, *scopes: ApiScope, **headers: str) -> System:
        """Give a system with a new token."""
        raw = make_token(site, *(scopes or WINDOW))
        return cls(site, {"Authorization": f"Bearer {raw}", **headers})

    def saying(self, **headers: str) -> System:
        """Give the same with further headers."""
        return System(self.site, {**self.headers, **headers})

    def ask(self, **question: str) -> TestResponse:
        """Ask for tips, at the step of verifying unless told otherwise."""
        return self.site.app.test_client().get(
            TIPS, query_string={**AT_VERIFYING, **question}, headers=self.headers
        )

    def ticket(self, **question: str) -> str:
        """Ask for tips, and give the ticket."""
        told = self.ask(**question)
        assert told.json is not None, told.text
        return str(told.json["ticket"])

    def tell(self, ticket: str, *outcomes: tuple[str, str]) -> TestResponse:
        """Tell what became of items."""
        told = [{"item": item, "outcome": outcome} for item, outcome in outcomes]
        return self.send(json.dumps({"ticket": ticket, "outcomes": told}))

    def send(self, body: str | bytes) -> TestResponse:
        """Send anything as outcomes."""
        return self.site.app.test_client().post(
            OUTCOMES, data=body, headers=self.headers, content_type="application/json"
        )


def code_of(answer: TestResponse) -> tuple[int, str]:
    """Give status and code of a refusal, which says a sentence too."""
    assert answer.json is not None, answer.text
    error = answer.json["error"]
    assert error["message"]
    return answer.status_code, error["code"]
