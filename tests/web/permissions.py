"""The tables of docs/permissions.md: what each route answers to whom, about whom.

They are written from :mod:`tests.web.matrix` and :mod:`tests.web.relations`.
``python -m tests.web.permissions`` writes it anew; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from tests.web.relations import LISTED
from tests.web.relations import RELATED
from tests.web.relations import Grid
from tests.web.world import CALLERS
from tests.web.world import RELATIONS

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
HEAD = """\
# Permissions: what every route answers to every role

The numbers are HTTP statuses, as `tests/web/test_matrix.py` gets them from a filled
site: 200, 204 and 302 are "let in"; 422 is "let in, and told what is missing in an
empty form"; 409 "let in, and too late"; 403 is refused; 404 does not exist for this
role; 302 in the first column leads to the login.

Where the answer depends on whose thing it is, the second part says so: by who asks and
how its owner stands to him. The rule is in `trainer/people/queries/scopes.py`.

Written by `python -m tests.web.permissions` from `tests/web/matrix.py` and
`tests/web/relations.py`; a test fails when they differ, when a route has no row, or
when a route with somebody's key has no row in the second part.
"""
WHOSE = """
# By whose it is

Everybody who asks here works for bank A at the eastern site. `supervisor` runs that
site, `bank-supervisor` looks after bank A. The others: `trained` works beside them and
has the mentor as such; `same site` is of the same bank there, `other site` of the same
bank elsewhere, `other bank here` of bank B at the eastern site, `other bank` of bank B
elsewhere; `left` worked beside them until longer ago than a hand-over takes; `no such`
is a key that no row has. A 404 for somebody is the same page as one for nobody.
"""
LISTS = """
## Who stands in lists and exports

Whoever is not named is refused.

| route | method | who asks | who stands in it |
|---|---|---|---|"""


def rendered() -> str:
    """Give the page."""
    parts = [HEAD, f"Size of the {size()}.", *_tables(), WHOSE, *_grids()]
    return "\n".join([*parts, LISTS, *_lists(), ""])


def size() -> str:
    """Say how many answers are compared."""
    by_role = len(TABLE) * len(ROLES)
    by_owner = len(RELATED) * len(CALLERS) * len(RELATIONS)
    return (
        f"permission matrix: {len(TABLE)} routes x {len(ROLES)} kinds of callers = "
        f"{by_role}; {len(RELATED)} of them x {len(CALLERS)} callers x "
        f"{len(RELATIONS)} relations = {by_owner}; {by_role + by_owner} answers"
    )


def _tables() -> Iterator[str]:
    features = groupby(sorted(TABLE), key=lambda case: case[0].partition(".")[0])
    for feature, cases in features:
        yield f"\n## {feature}\n"
        yield "| route | method | " + " | ".join(ROLES) + " |"
        yield "|---" * (len(ROLES) + 2) + "|"
        for endpoint, method in cases:
            answers = " | ".join(map(str, TABLE[endpoint, method].answers))
            yield f"| `{endpoint}` | {method} | {answers} |"


def _grids() -> Iterator[str]:
    """Give a table for each set of answers, with the routes that share it."""
    alike: dict[str, list[str]] = {}
    for endpoint, method in sorted(RELATED):
        row = RELATED[endpoint, method]
        name = f"`{endpoint}` {method} ({row.thing})"
        alike.setdefault("\n".join(_grid(row.grid)), []).append(name)
    for table, names in alike.items():
        yield f"{', '.join(names)}:\n\n{table}\n"


def _grid(grid: Grid) -> Iterator[str]:
    yield f"| who asks | {' | '.join(RELATIONS)} |"
    yield "|---" * (len(RELATIONS) + 1) + "|"
    for name, answers in grid.items():
        yield f"| {name} | {' | '.join(map(str, answers))} |"


def _lists() -> Iterator[str]:
    for (endpoint, method), readers in LISTED.items():
        for name, relations in readers.items():
            told = ", ".join(each for each in RELATIONS if each in relations)
            yield f"| `{endpoint}` | {method} | {name} | {told} |"


if __name__ == "__main__":
    PAGE.write_text(rendered(), "utf-8")
