"""Evidence that cannot be: form, table and service say one sentence, and write nothing.

Impossible days, days to come, unknown people and items, what is sent twice, and what
was taken back.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_fact
from tests.competence.worlds import make_sighting
from tests.sites import Site
from tests.sites import post
from tests.web.conftest import token_of
from trainer.audit.models import AuditRow
from trainer.competence import service
from trainer.competence.domain.returning import COLUMNS
from trainer.competence.domain.witnessing import EnteredError
from trainer.competence.domain.witnessing import Sighting
from trainer.competence.domain.witnessing import TakenBackError
from trainer.competence.models import SightingRow
from trainer.core.errors import TrainerError
from trainer.evidence import service as evidence
from trainer.evidence.domain import FactKind
from trainer.evidence.domain import ImpossibleFactError
from trainer.evidence.models import FactRow
from trainer.evidence.service import SKEW
from trainer.kit import db
from trainer.topics.domain.causes import ErrorCause

FORM = {
    "on": "2026-11-20",
    "business": "withdraw.rent",
    "cause": "materials",
    "competencies": "P5",
    "token": "t",
}
ROW = dict(
    zip(
        COLUMNS,
        ("clerk", "2026-11-20", "租房提取", "P5", "材料多要或少要", ""),
        strict=True,
    )
)
RETURNED = "/competence/returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """Something that cannot be, as each door is told, and what each says of it.

    An empty ``said`` is of a door that cannot be told so: a command holds a day.
    """

    form: dict[str, str]
    form_says: str
    row: dict[str, str]
    row_says: str
    more: dict[str, object]
    said: str


BAD = {
    "no such day": Bad(
        form={"on": "2026-02-30"},
        form_says="不是有效的日期",
        row={"日期": "2026-02-30"},
        row_says="日期请写成 2026-09-20",
        more={},
        said="",
    ),
    "a day to come": Bad(
        form={"on": "2026-11-23"},
        form_says="2026-11-23 还没有到；请写实际发生的那天",
        row={"日期": "2026-11-23"},
        row_says="2026-11-23 还没有到；请写实际发生的那天",
        more={"on": date(2026, 11, 23)},
        said="2026-11-23 还没有到；请写实际发生的那天",
    ),
    "long ago": Bad(
        form={"on": "2025-11-01"},
        form_says="超过一年，不再登记",
        row={"日期": "2025-11-01"},
        row_says="超过一年，不再登记",
        more={"on": date(2025, 11, 1)},
        said="2025-11-01 超过一年，不再登记；只登记一年以内的",
    ),
    "no such competency": Bad(
        form={"competencies": "P99"},
        form_says="没有这项能力，可能已停用；请从列表里选",
        row={"能力项": "P99"},
        row_says="没有这项能力；请写代码（如 P5）或全名",
        more={"outcomes": {"P99": 0.0}},
        said="没有代码是“P99”的能力项",
    ),
    "no such business": Bad(
        form={"business": "withdraw.castle"},
        form_says="没有这项业务；请从列表里选",
        row={"业务": "withdraw.castle"},
        row_says="没有这项业务；请写代码或全名",
        more={"business": "withdraw.castle"},
        said="没有代码是“withdraw.castle”的业务",
    ),
    "no such cause": Bad(
        form={"cause": "weather"},
        form_says="没有这种原因；请从列表里选",
        row={"差错原因": "weather"},
        row_says="没有这种原因；可写：",
        more={},
        said="",
    ),
    "nobody": Bad(
        form={},
        form_says="",
        row={"工号": "nobody"},
        row_says="没有这个工号，或者不归您督导、带教",
        more={"person": 999_999},
        said="没有这个人",
    ),
}


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


@pytest.fixture
def boss(site: Site, desk: Desk) -> FlaskClient:
    assert desk
    return site.browser("supervisor")


def written(desk: Desk) -> tuple[int, int, int]:
    """Count sightings, facts, and what the audit has of sightings."""
    with db.reading(desk.site.engine) as session:
        noted = select(func.count()).where(AuditRow.verb.startswith("sighting."))
        counts = (
            select(func.count()).select_from(SightingRow),
            select(func.count()).select_from(FactRow),
            noted,
        )
        first, second, third = (session.scalar(each) or 0 for each in counts)
    return first, second, third


def returned(desk: Desk) -> Sighting:
    return make_sighting(
        desk.east,
        kind=FactKind.RETURNED_FILE,
        outcomes={"P5": 0.0},
        business="withdraw.rent",
        cause=ErrorCause.MATERIALS,
    )


def enter(desk: Desk, told: Sighting) -> int:
    with db.writing(desk.site.engine) as session:
        return service.enter(session, told, by=MANAGER, at=NOW)


def upload(boss: FlaskClient, row: dict[str, str]) -> TestResponse:
    data = "\n".join(",".join(cells) for cells in (row, row.values())).encode()
    sent = {"csrf_token": token_of(boss), "file": (io.BytesIO(data), "退件.csv")}
    return boss.post(RETURNED, data=sent)


def form_path(desk: Desk) -> str:
    return f"{desk.east_page}/sightings/returned_file?line=withdraw"


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_cannot_be_is_said_at_every_door_and_nothing_is_written(
    desk: Desk, boss: FlaskClient, bad: Bad
) -> None:
    before = written(desk)
    if bad.form:
        answer = post(boss, form_path(desk), {**FORM, **bad.form})
        assert answer.status_code == 422
        told = re.findall(r'class="invalid"[^>]*>([^<]*)<', answer.text)
        assert len(told) == 1
        assert bad.form_says in told[0]
    answer = upload(boss, {**ROW, **bad.row})
    assert answer.status_code == 422
    told = re.findall(r'class="invalid"[^>]*>([^<]*)<', answer.text)
    assert len(told) == 1
    assert bad.row_says in told[0]
    assert "什么也没有导入" in answer.text
    if bad.said:
        with pytest.raises(TrainerError) as refused:
            enter(desk, replace(returned(desk), **bad.more))  # type: ignore[arg-type]  # by name
        assert refused.value.message == bad.said
    assert written(desk) == before


def test_a_form_for_nobody_is_not_there(desk: Desk, boss: FlaskClient) -> None:
    before = written(desk)
    path = "/competence/people/999999/sightings/returned_file"
    answer = post(boss, path, dict(FORM), desk.east_page)
    assert answer.status_code == 404
    assert "没有这个人" in answer.text
    assert written(desk) == before


def test_the_same_form_again_changes_nothing_and_another_content_is_told(
    desk: Desk, boss: FlaskClient
) -> None:
    assert post(boss, form_path(desk), dict(FORM)).status_code == 302
    before = written(desk)
    assert post(boss, form_path(desk), dict(FORM)).status_code == 302
    other = post(boss, form_path(desk), {**FORM, "cause": "date"})
    assert other.status_code == 409
    assert "这张表已经登记过，这次改的没有记" in other.text
    assert written(desk) == before
    enter(desk, returned(desk))
    with pytest.raises(EnteredError):
        enter(desk, replace(returned(desk), words="另一件"))


def test_the_same_table_again_is_told(desk: Desk, boss: FlaskClient) -> None:
    page = upload(boss, ROW)
    text = re.search(r'name="text" value="([^"]+)"', page.text)
    assert text
    sent = {"text": text[1]}
    assert post(boss, f"{RETURNED}/confirm", sent).status_code == 302
    before = written(desk)
    again = post(boss, f"{RETURNED}/confirm", sent)
    assert again.status_code == 409
    assert "这张表已经导入过，没有再导" in again.text
    assert written(desk) == before


def test_what_was_taken_back_is_not_taken_back_or_entered_again(
    desk: Desk, boss: FlaskClient
) -> None:
    assert post(boss, form_path(desk), dict(FORM)).status_code == 302
    with db.reading(desk.site.engine) as session:
        (key,) = session.scalars(select(SightingRow.id))
    path = f"/competence/sightings/{key}/back"
    assert post(boss, path, {"reason": "登错"}, desk.east_page).status_code == 302
    before = written(desk)
    again = post(boss, path, {"reason": "登错"}, desk.east_page)
    assert again.status_code == 409
    assert "这条记录已经撤销过" in again.text
    resent = post(boss, form_path(desk), dict(FORM))
    assert resent.status_code == 409
    assert "这条记录已经撤销过" in resent.text
    assert written(desk) == before
    with db.writing(desk.site.engine) as session:
        key = service.enter(session, returned(desk), by=MANAGER, at=NOW)
        service.take_back(session, key, "登错", by=MANAGER, at=NOW)
        with pytest.raises(TakenBackError):
            service.enter(session, returned(desk), by=MANAGER, at=NOW)
        with pytest.raises(TakenBackError):
            service.take_back(session, key, "登错", by=MANAGER, at=NOW)


def test_a_table_that_was_taken_back_is_not_taken_back_again(
    desk: Desk, boss: FlaskClient
) -> None:
    page = upload(boss, ROW)
    text = re.search(r'name="text" value="([^"]+)"', page.text)
    assert text
    done = post(boss, f"{RETURNED}/confirm", {"text": text[1]}).headers["Location"]
    assert post(boss, f"{done}/back", {"reason": "导错"}).status_code == 302
    before = written(desk)
    again = post(boss, f"{done}/back", {"reason": "导错"}, RETURNED)
    assert again.status_code == 409
    assert "已经撤销过" in again.text
    assert written(desk) == before


def test_the_ledger_takes_no_fact_to_come(desk: Desk) -> None:
    before = written(desk)
    fact = make_fact(
        desk.east, "2026-11-22", happened_at=NOW + SKEW + timedelta(seconds=1)
    )
    with pytest.raises(ImpossibleFactError) as refused:  # noqa: SIM117  (one of them fails)
        with db.writing(desk.site.engine) as session:
            evidence.record(session, fact, at=NOW)
    assert "还没有发生，不能先记" in refused.value.message
    assert written(desk) == before
