"""A returned file or a complaint becomes a draft that its author goes on with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import SETUP
from tests.factories import make_approved
from tests.scenarios.live_plays import CLAUSE
from tests.sites import Site
from tests.sites import post
from trainer.core.anonymity import NotAnonymousError
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.posts import parse_posts
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.typed import unfinished
from trainer.scenarios.domain.case_replay import LONGEST_ANSWER
from trainer.scenarios.domain.case_replay import LONGEST_ASKED
from trainer.scenarios.domain.case_replay import Origin
from trainer.scenarios.domain.case_replay import Replay
from trainer.scenarios.domain.case_replay import draft_text
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.service.case_replays import replayed
from trainer.topics import service as topics
from trainer.topics.domain.causes import ErrorCause
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

CONTENT = Path(__file__).parents[2] / "content"
REPLAY = Replay(
    title="父母的房子算不算",
    line="withdraw",
    owner="withdrawal-desk",
    first_day=date(2026, 9, 28),
    origin=Origin.RETURNED,
    asked="爸妈有房，我自己没有，租房能提吗？",
    told="家里有房就提不了。",
    right="只看您和爱人在本市有没有房。",
    cite="rent-withdrawal#conditions",
    cause=ErrorCause.PROPERTY,
    competency="P5",
)
FORM = {
    "origin": "complaint",
    "title": "父母的房子算不算",
    "slug": "home-of-parents",
    "asked": REPLAY.asked,
    "told": REPLAY.told,
    "right": REPLAY.right,
    "cause": "property",
    "line": "withdraw",
    "competency": "P5",
    "article": "rent-withdrawal",
    "section": "conditions",
    "first_day": "2026-09-28",
}
NEW = "/case-replays/new"
WORDS = st.text("租房能提吗：、，。？:#-[]{}\"'|>&*!%@`~=\\/", min_size=1)
"""What people type, and what means something to YAML."""


@pytest.fixture
def editor(site: Site) -> FlaskClient:
    with db.writing(site.engine) as session:
        posts, _ = parse_posts((CONTENT / "posts.yaml").read_text("utf-8"))
        people.save_posts(session, posts, by=SETUP, at=NOW)
        for name in TextName:
            text = (CONTENT / f"{name}.yaml").read_text("utf-8")
            command = SaveText(name=name, text=text, note="", based_on=None)
            topics.save_text(session, command, by=SETUP, at=NOW)
        make_approved(session, CLAUSE)
    return site.browser("editor")


def test_what_is_known_is_the_first_node() -> None:
    parsed = parse(draft_text(REPLAY))
    assert parsed.mistakes == ()
    assert parsed.header
    assert parsed.header.owner == "withdrawal-desk"
    assert parsed.scenario
    asked = parsed.scenario.node("asked")
    assert asked
    assert asked.says == REPLAY.asked
    told, right, _ = asked.choices
    assert (told.text, told.rating) == (REPLAY.told, Rating.BAD)
    assert (right.text, right.rating) == (REPLAY.right, Rating.BEST)
    assert {each.competency for each in (told, right)} == {"P5"}
    assert right.cites[0].address == REPLAY.cite


def test_its_graph_is_whole_and_nobody_can_submit_it_yet() -> None:
    text = draft_text(REPLAY)
    parsed = parse(text)
    assert parsed.scenario
    assert linted(parsed.scenario).mistakes == ()
    assert len(unfinished(text)) > 5


@given(WORDS, WORDS, WORDS, st.sampled_from(ErrorCause), st.sampled_from(Origin))
def test_whatever_is_typed_stays_what_was_typed(
    asked: str, told: str, right: str, cause: ErrorCause, origin: Origin
) -> None:
    typed = replace(
        REPLAY,
        asked=asked[:LONGEST_ASKED],
        told=told[:LONGEST_ANSWER],
        right=f"{right[: LONGEST_ANSWER - 1]}。",
        cause=cause,
        origin=origin,
    )
    parsed = parse(draft_text(typed))
    assert parsed.mistakes == ()
    assert parsed.scenario
    node = parsed.scenario.node("asked")
    assert node
    assert node.says == typed.asked
    assert [choice.text for choice in node.choices][:2] == [typed.told, typed.right]


@pytest.mark.parametrize("field", ["title", "asked", "told", "right"])
def test_a_number_of_a_citizen_is_refused(session: Session, field: str) -> None:
    changed = {field: "证号110101199003074514"}
    typed = replace(REPLAY, **changed)  # type: ignore[arg-type]  # by name
    with pytest.raises(NotAnonymousError):
        replayed(session, typed)


def test_a_draft_is_made_by_the_form(site: Site, editor: FlaskClient) -> None:
    answer = post(editor, NEW, FORM)
    assert re.fullmatch(r"/desk/\d+", answer.headers["Location"])
    key = int(answer.headers["Location"].rpartition("/")[2])
    with db.reading(site.engine) as session:
        draft = publishing.revision(session, key, reader=site.actors["editor"])
        assert (draft.slug, draft.status) == ("home-of-parents", Status.DRAFT)
        assert draft.header.owner == "withdrawal-desk"
        assert draft.header.source == "投诉（已隐去个人信息）"
        assert "爸妈有房" in publishing.text(session, draft)
    answer = post(editor, NEW, FORM)
    assert answer.status_code == 409
    assert "标识“home-of-parents”已有内容" in answer.text


def test_the_clauses_of_an_article_are_listed_and_the_form_kept(
    editor: FlaskClient,
) -> None:
    typed = {**FORM, "section": "", "do": "sections"}
    page = post(editor, NEW, typed).text
    assert 'value="conditions"' in page
    assert REPLAY.told in page


def test_what_is_missing_is_said(editor: FlaskClient) -> None:
    answer = post(editor, NEW, {**FORM, "article": "", "told": "打13800000000"})
    assert answer.status_code == 422
    assert "第 1 行第 2 个字起的“138…”像是电话号码" in answer.text
    assert "请选依据的文章" in answer.text
    assert "请先点“列出它的条款”" in answer.text


@pytest.mark.parametrize("role", ["clerk", "supervisor", "approver", "administrator"])
def test_only_editors_write_texts(site: Site, role: str) -> None:
    assert site.browser(role).get(NEW).status_code == 403
