"""What showing items does: figures, hints, and who sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.checklists.shown import put_everything
from tests.databases import statements
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.sites import Site
from tests.sites import post
from tests.web.spreadsheets import cells
from trainer.checklists.domain.effect import FIRM
from trainer.checklists.domain.effect import Hint
from trainer.checklists.domain.effect import ItemEffect
from trainer.checklists.domain.effect import Wanted
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.checklists.queries.effect import effects
from trainer.core.errors import DeniedError
from trainer.kit import db
from trainer.publishing.domain.revision import Revision

PAGE = "/checklists/effect"
TODAY = date(2026, 11, 22)
SHOWN = ItemEffect(slug="list", item="one", shown=FIRM)


def seed(
    session: Session,
    revision: Revision,
    item: str,
    times: int,
    *,
    business: str = "withdraw.rent",
    days_ago: int = 0,
    **told: bool,
) -> None:
    """Write showings of an item as they stand once outcomes were told."""
    at = NOW - timedelta(days=days_ago)
    for n in range(times):
        row = ShowingRow(
            digest=f"{item}/{business}/{days_ago}/{sorted(told)}/{n}",
            source="counter",
            business=business,
            step="verify",
            on=at.date(),
            given_at=at,
        )
        session.add(row)
        session.flush()
        moments = {f"{name}_at": at for name, happened in told.items() if happened}
        session.add(
            ShowingItemRow(
                showing_id=row.id,
                position=1,
                slug=revision.slug,
                item=item,
                revision_id=revision.id,
                **{"shown_at": at, **moments},
            )
        )


def fill(session: Session) -> None:
    revision = put_everything(session)
    seed(session, revision, "item-1", 30, ignored=True)
    seed(session, revision, "item-2", 27, ticked=True)
    seed(session, revision, "item-2", 3, ticked=True, returned=True)
    seed(session, revision, "item-3", FIRM - 1, ignored=True)
    seed(session, revision, "gone", 2, business="loan.rate", days_ago=100, useful=True)


@pytest.fixture
def filled(site: Site) -> Site:
    with db.writing(site.engine) as session:
        fill(session)
    return site


@pytest.mark.parametrize(
    ("counts", "hints"),
    [
        ({"ignored": FIRM}, (Hint.PRUNE,)),
        ({"ignored": FIRM - 1, "ticked": 1}, ()),
        ({"ignored": FIRM - 1, "returned": 1}, ()),
        ({"shown": FIRM - 1}, ()),
        ({"ticked": 20, "returned": 2, "returned_ticked": 2}, (Hint.STILL_RETURNED,)),
        ({"ticked": 20, "returned": 2, "returned_ticked": 1}, ()),
        ({"ticked": 19, "returned": 5, "returned_ticked": 5}, ()),
    ],
)
def test_figures_hint_at_something_only_when_there_are_enough(
    counts: dict[str, int], hints: tuple[Hint, ...]
) -> None:
    assert replace(SHOWN, **counts).hints == hints  # type: ignore[arg-type]  # by name


def test_rates_are_of_what_was_shown() -> None:
    assert replace(SHOWN, shown=40, ticked=10).rate(Outcome.TICKED) == 0.25
    assert replace(SHOWN, shown=0).rate(Outcome.TICKED) is None


def test_every_item_is_counted_and_those_in_force_stand_there_unshown(
    session: Session,
) -> None:
    fill(session)
    found = {
        each.item: each for each in effects(session, Wanted(), TODAY, reader=EDITOR)
    }
    assert set(found) == {*(f"item-{n}" for n in range(1, 6)), "later", "gone"}
    two = found["item-2"]
    assert (two.shown, two.ticked, two.returned, two.returned_ticked) == (30, 30, 3, 3)
    assert two.hints == (Hint.STILL_RETURNED,)
    assert found["item-1"].hints == (Hint.PRUNE,)
    assert not found["item-3"].is_firm
    assert found["item-5"].shown == 0
    assert found["gone"].wrong == ""
    first = [each.item for each in effects(session, Wanted(), TODAY, reader=EDITOR)]
    assert first[:3] == ["item-1", "item-2", "item-3"]


def test_a_line_and_a_period_narrow_it(session: Session) -> None:
    fill(session)

    def shown(**wanted: object) -> dict[str, int]:
        found = effects(session, Wanted(**wanted), TODAY, reader=EDITOR)  # type: ignore[arg-type]  # by name
        return {each.item: each.shown for each in found if each.shown}

    assert set(shown(line="loan")) == {"gone"}
    assert set(shown(line="withdraw")) == {"item-1", "item-2", "item-3"}
    assert set(shown(since=TODAY - timedelta(days=90))) == {
        "item-1",
        "item-2",
        "item-3",
    }
    assert set(shown(until=TODAY)) == {"gone"}


def test_a_clerk_does_not_see_it(session: Session) -> None:
    with pytest.raises(DeniedError):
        effects(session, Wanted(), TODAY, reader=CLERK)


def test_the_page_shows_figures_and_hints_and_names_nobody(filled: Site) -> None:
    page = filled.browser("editor").get(PAGE)
    assert "从不勾选也从未退件：可考虑删去" in page.text
    assert "勾过仍常退件" in page.text
    assert 'class="unsure"' in page.text
    assert "100%" in page.text
    assert "clerk" not in page.text
    assert "gone" not in page.text  # 100 days ago
    assert (
        "rent-errors#gone"
        in filled.browser("editor").get(f"{PAGE}?since=2026-01-01").text
    )


def test_junk_in_the_filter_narrows_nothing(filled: Site) -> None:
    page = filled.browser("editor").get(f"{PAGE}?line=nothing&since=x&until=9999-01-01")
    assert page.status_code == 200


def test_the_page_asks_few_questions(filled: Site) -> None:
    editor: FlaskClient = filled.browser("editor")
    editor.get(PAGE)
    with statements(filled.engine) as asked:
        editor.get(PAGE)
    assert len(asked) <= 10


def test_the_table_is_taken_away_with_a_reason_that_is_kept(filled: Site) -> None:
    editor = filled.browser("editor")
    refused = post(editor, f"{PAGE}/export", {"why": "x", "ending": "csv"}, page=PAGE)
    assert refused.status_code == 422
    form = {"why": "修订清单用", "ending": "csv"}
    taken = post(editor, f"{PAGE}/export?line=withdraw", form, page=PAGE)
    assert taken.status_code == 200
    rows = [*cells(taken, "csv")]
    assert rows[0][:4] == ("清单", "条目", "哪里容易错", "提示次数")
    assert list(rows[1][:4]) == [
        "rent-errors",
        "item-1",
        "把父母名下的住房算成申请人有房",
        "30",
    ]
    assert "修订清单用" in rows[-1][0]
    (kept,) = [e for e in filled.audited() if e.verb == "export.made"]
    assert kept.detail == "effect"
