"""Where the nodes of a graph stand on its drawing."""

from __future__ import annotations

from hypothesis import given

from tests.scenarios.graphs import few
from tests.scenarios.graphs import scenarios
from tests.scenarios.graphs import small
from trainer.scenarios.domain.picture import GAP
from trainer.scenarios.domain.picture import HIGH
from trainer.scenarios.domain.picture import WIDE
from trainer.scenarios.domain.picture import picture
from trainer.scenarios.domain.scenario import Scenario


@few
@given(scenarios())
def test_everything_is_on_the_drawing_and_nothing_upon_another(
    scenario: Scenario,
) -> None:
    drawn = picture(scenario)
    places = {(box.x, box.y) for box in drawn.boxes}
    assert len(places) == len(scenario.nodes) + len(scenario.endings)
    assert all(
        abs(a[0] - b[0]) >= WIDE + GAP or abs(a[1] - b[1]) > HIGH
        for a in places
        for b in places - {a}
    )
    assert all(0 <= box.x <= drawn.width - WIDE for box in drawn.boxes)
    assert all(0 <= box.y <= drawn.height - HIGH for box in drawn.boxes)
    ways = {(node.id, c.id) for node in scenario.nodes for c in node.choices}
    assert {(arrow.start, arrow.choice) for arrow in drawn.arrows} == ways


def test_the_start_stands_on_top_and_endings_below() -> None:
    boxes = {box.id: box for box in picture(small()).boxes}
    assert boxes["one"].y < boxes["two"].y < boxes["good"].y == boxes["bad"].y
    assert [boxes[key].kind for key in ("one", "good", "bad")] == [
        *("node", "good", "bad"),
    ]
