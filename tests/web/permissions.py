"""The table of docs/permissions.md, written from :data:`tests.web.matrix.TABLE`.

``python -m tests.web.permissions`` writes it anew; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.web.matrix import ROLES
from tests.web.matrix import TABLE

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
HEAD = """\
# Permissions: what every route answers to every role

The numbers are HTTP statuses, as `tests/web/test_matrix.py` gets them from a filled
site: 200, 204 and 302 are "let in"; 422 is "let in, and told what is missing in an
empty form"; 409 "let in, and too late"; 403 is refused; 404 does not exist for this
role; 302 in the first column leads to the login. Whose records a role sees within a
page (own, own site, own bank) is said in `trainer/people/queries/scopes.py`.

Written by `python -m tests.web.permissions` from `tests/web/matrix.py`; a test fails
when the two differ, or when a route has no row.
"""


def rendered() -> str:
    """Give the page."""
    size = f"{len(TABLE)} routes, {len(ROLES)} kinds of callers: {_cells()} answers."
    return "\n".join([HEAD, size, *_tables(), ""])


def _cells() -> int:
    return sum(len(row.answers) for row in TABLE.values())


def _tables() -> Iterator[str]:
    features = groupby(sorted(TABLE), key=lambda case: case[0].partition(".")[0])
    for feature, cases in features:
        yield f"\n## {feature}\n"
        yield "| route | method | " + " | ".join(ROLES) + " |"
        yield "|---" * (len(ROLES) + 2) + "|"
        for endpoint, method in cases:
            answers = " | ".join(map(str, TABLE[endpoint, method].answers))
            yield f"| `{endpoint}` | {method} | {answers} |"


if __name__ == "__main__":
    PAGE.write_text(rendered(), "utf-8")
