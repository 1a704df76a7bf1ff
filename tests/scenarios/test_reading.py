"""From the text of a scenario to its graph, or to mistakes with lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.graphs import DAY
from tests.scenarios.graphs import example
from tests.scenarios.graphs import few
from trainer.core.errors import MistakesError
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.scenarios.domain.manuscripts import RULES
from trainer.scenarios.domain.manuscripts import facets_of
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.reading import read
from trainer.scenarios.domain.scenario import RUBRIC
from trainer.scenarios.domain.scenario import Bounds
from trainer.scenarios.domain.scenario import Cite
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.service import prepare

TEXT = example()


def scenario_of(text: str = TEXT) -> Scenario:
    parsed = parse(text)
    assert parsed.mistakes == ()
    assert parsed.scenario is not None
    return parsed.scenario


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_example_of_the_format_is_whole() -> None:
    parsed = parse(TEXT)
    assert parsed.mistakes == ()
    assert parsed.warnings == ()
    assert parsed.header is not None
    assert parsed.header.title == "房租超没超过收入的一成"


def test_everything_that_is_written_is_read() -> None:
    scenario = scenario_of()
    hello, home = scenario.nodes
    assert (scenario.on, scenario.start, scenario.patience) == (DAY, "hello", 20)
    assert [case.id for case in scenario.cases] == ["no-home", "spouse-home"]
    assert hello.tests == {Dimension.COMMUNICATION, Dimension.PROCESS}
    assert home.words("spouse-home").startswith("爱人名下")
    said = hello.choice("say-yes")
    assert said is not None
    assert said.rates == {
        Dimension.COMMUNICATION: Rating.FAIR,
        Dimension.POLICY: Rating.BAN,
    }
    assert (said.risk, said.line) == (1, line_of(TEXT, "- id: say-yes"))
    cite = Cite("rent-withdrawal", "conditions", line_of(TEXT, "cites: [rent"))
    assert said.cites == (cite,)
    asked = home.choice("explain")
    assert asked is not None
    assert asked.when.cases == {"spouse-home"}
    assert asked.when.knows == {"home"}
    assert scenario.rubric == RUBRIC


def test_bounds_hold_singly_or_together() -> None:
    one = TEXT.replace("when: {case: [no-home]}", 'when: {mood: ">=2"}')
    both = TEXT.replace("when: {case: [no-home]}", 'when: {risk: [">=1", "<= 3"]}')
    found = [read(text).scenario for text in (one, both)]
    whens = [each.nodes[1].choices[1].when for each in found if each]
    assert [when.mood for when in whens] == [Bounds(2), Bounds()]
    assert [when.risk for when in whens] == [Bounds(), Bounds(1, 3)]


def test_a_rubric_of_its_own_takes_the_place_of_the_usual_one() -> None:
    mark = (
        "rubric:\n  - {id: listens, competency: C1, name: 听, levels: [没听, 听了]}\n"
    )
    rubric = scenario_of(TEXT.replace("nodes:\n", mark + "nodes:\n", 1)).rubric
    assert [(m.id, m.levels) for m in rubric] == [("listens", ("没听", "听了"))]


SPOUSE = "  - {id: spouse-home, told: 爱人在本市有一套房，只是出租着}\n"
PLANTED = {
    "kind": ("kind: scenario", "kind: quiz", "“kind”应是 scenario"),
    "unknown key": ("about: ", "abuot: ", "不认识的键“abuot”"),
    "day": ("on: 2026-09-28", "on: 2026-02-30", "“on”应是日期"),
    "no day": ("on: 2026-09-28\n", "", "缺少“on”"),
    "patience": ("patience: 20", "patience: 90", "“patience”应是 5 到 60"),
    "mood": ("mood: 3", "mood: 6", "“mood”应是 0 到 5"),
    "one case": (SPOUSE, "", "“cases”只有一个"),
    "node twice": ("- id: home\n", "- id: hello\n", "“hello”在第"),
    "choice twice": ("- id: ask-home", "- id: say-yes", "“say-yes”在第"),
    "ending like a node": ("- id: done", "- id: home", "“home”在第"),
    "no rating": ("rating: bad\n        rates", "rates", "缺少“rating”"),
    "wrong rating": ("rating: best", "rating: great", "“rating”只能是"),
    "rates": ("{communication: fair,", "{speed: fair,", "“rates”应写作"),
    "when": ("when: {case: [no-home]}", "when: {weather: sun}", "不认识的键“weather”"),
    "bound": ("when: {case: [no-home]}", 'when: {mood: "> 2"}', "条件“> 2”应写作"),
    "moved": ("risk: 1\n", "risk: 1\n        mood: -4\n", "“mood”应是 -3 到 3"),
    "risk": ("risk: 1\n", "risk: 4\n", "“risk”应是 0 到 3"),
    "cite": ("[rent-withdrawal#conditions]", "[租房]", "文章标识#小节标识"),
    "fact": ("learns: [home]", "learns: [Home Sweet]", "应由小写字母"),
    "tests": ("tests: [communication, process]", "tests: [speed]", "“tests”只能是"),
    "no tests": ("    tests: [communication, process]\n", "", "缺少“tests”"),
    "outcome": ("outcome: good", "outcome: fine", "“outcome”只能是"),
    "long": ("says: 我租着房呢", "says: " + "长" * 401, "“says”超过 400 个字"),
    "yaml": ("nodes:\n", "nodes: [\n", "不是合法的 YAML"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_mistake_is_told_with_its_line(fault: str) -> None:
    old, new, words = PLANTED[fault]
    assert old in TEXT
    found = parse(TEXT.replace(old, new, 1))
    assert found.scenario is None
    told = [mistake for mistake in found.mistakes if words in mistake.message]
    assert told, found.mistakes
    # A missing key is told where its record begins, a bracket where it is missed.
    at = line_of(TEXT, old)
    assert all(at - 3 <= mistake.line <= at + 6 for mistake in told) or fault in {
        "no day",
        "yaml",
    }


def test_too_many_of_something_is_told() -> None:
    choice = "      - {id: c%d, text: 话%d, rating: best, to: home}\n"
    more = "".join(choice % (n, n) for n in range(5))
    text = TEXT.replace("  - id: home\n", more + "  - id: home\n", 1)
    found = parse(text)
    assert ["“choices”最多写 6 个" in m.message for m in found.mistakes] == [True]


GRAPHLESS = TEXT.replace("        to: done\n", "        to: nowhere\n", 1)


def test_a_text_that_is_being_written_may_have_a_graph_that_is_not_whole() -> None:
    refused = parse(GRAPHLESS)
    assert refused.scenario is None
    assert [m.line for m in refused.mistakes] == [line_of(TEXT, "- id: accept\n")]
    draft = parse(GRAPHLESS.replace("about: ", "# 【请填写：还没连好】\nabout: "))
    assert draft.scenario is not None
    assert any("nowhere" in m.message for m in draft.warnings)


def test_what_is_no_scenario_at_all_gives_a_mistake() -> None:
    for text in ("", "没有说明部分", "---\n---\n", TEXT.split("about:", maxsplit=1)[0]):
        found = parse(text)
        assert found.scenario is None
        assert found.mistakes, text


@few
@given(st.text())
def test_reading_never_raises(text: str) -> None:
    parse(text)
    parse(TEXT.replace("我租着房呢", text))
    parse(TEXT.split("nodes:", maxsplit=1)[0] + "nodes:" + text)


# To publishing


def test_nodes_and_endings_are_sections_and_nodes_cite() -> None:
    manuscript = prepare(TEXT).manuscript
    assert [s.id for s in manuscript.sections] == [
        RULES,
        *("hello", "home", "done", "wrong"),
    ]
    assert [(c.item, c.address) for c in manuscript.citations] == [
        ("hello", "rent-withdrawal#conditions"),
        ("home", "rent-withdrawal#conditions"),
    ]
    lines = [section.line for section in manuscript.sections]
    assert lines[1:3] == [line_of(TEXT, "- id: hello"), line_of(TEXT, "- id: home\n")]


def test_lists_need_no_text() -> None:
    facets = facets_of(dict(prepare(TEXT).manuscript.facets))
    assert (facets.nodes, facets.cases, facets.minutes) == (2, 2, 20)
    assert facets.competencies == ("C1", "C3", "P5")


def test_a_section_says_everything_that_a_reviewer_decides_on() -> None:
    words = {s.id: s.text for s in prepare(TEXT).manuscript.sections}
    for said in ("不妥，到“home”", "政策：禁忌", "得知：home", "能力项：C1", "风险 +1"):
        assert said in words["hello"]
    assert "出现的条件：情况 spouse-home、已知 home" in words["home"]
    assert re.search("情况 no-home：夫妻在本市都没有房", words[RULES])


def test_every_change_of_a_node_shows_in_its_section() -> None:
    before = {s.id: s.hash for s in prepare(TEXT).manuscript.sections}
    for old, new in (("risk: 1", "risk: 2"), ("{communication: fair, ", "{")):
        after = {
            s.id: s.hash for s in prepare(TEXT.replace(old, new)).manuscript.sections
        }
        assert {key for key in before if before[key] != after[key]} == {"hello"}, old


def test_codes_that_nobody_registered_are_refused() -> None:
    known = Vocabulary(
        lines=frozenset({"withdraw"}),
        posts=frozenset({"withdrawal-desk", "service-desk"}),
        competencies=frozenset({"C1", "P5"}),
    )
    with pytest.raises(MistakesError, match="C3"):
        prepare(TEXT, known)
    with pytest.raises(MistakesError, match="withdrawal-desk"):
        prepare(TEXT, Vocabulary(posts=frozenset({"nobody"})))
