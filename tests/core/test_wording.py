"""A wording is its Chinese sentence, and remembers what it was made of."""

from __future__ import annotations

import pickle

from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.core.wording import Nn_
from trainer.core.wording import Wording
from trainer.core.wording import one_by_one
from trainer.core.wording import one_list


def test_it_is_the_chinese_sentence() -> None:
    told = N_("端口 {port} 用不了", port=8000)
    assert told == "端口 8000 用不了"
    assert (told.message, told.values) == ("端口 {port} 用不了", {"port": 8000})


def test_braces_are_braces_where_there_are_no_values() -> None:
    assert N_("请写 {#编号}") == "请写 {#编号}"
    assert N_("请写 {{#编号}}，第 {n} 行", n=3) == "请写 {#编号}，第 3 行"


def test_a_value_may_be_a_wording_or_a_list() -> None:
    told = N_("{what}：{names}", what=N_("还差"), names=["甲", N_("乙")])
    assert told == "还差：甲、乙"
    assert isinstance(told.values["what"], Wording)


def test_a_number_and_a_context_are_kept() -> None:
    assert Nn_("共 {n} 条", n=2).counted
    assert not N_("第 {n} 版", n=2).counted
    assert Nc_("history", "批准").context == "history"


def test_an_error_keeps_it() -> None:
    told = N_("没有 {what}", what="它")
    assert TrainerError(told).message is told
    assert str(ValueError(told)) is told


def test_a_formatting_validator_leaves_it_alone() -> None:
    told = N_("最多 {most} 个字符，不足 100%", most=5)
    assert told % {"max": 5} is told


def test_it_can_be_sent_to_another_process() -> None:
    told = pickle.loads(pickle.dumps(Nn_("共 {n} 条{{}}", n=2)))  # noqa: S301  (our own)
    assert (told, told.values, told.counted) == ("共 2 条{}", {"n": 2}, True)


def test_sentences_stand_one_behind_the_other() -> None:
    assert one_by_one([]) == ""
    assert one_by_one(["甲", "乙", "丙"]) == "甲；乙；丙"


def test_a_list_by_itself_is_a_wording_too() -> None:
    assert one_list([]) == ""
    told = one_list(["甲", N_("乙")])
    assert told == "甲、乙"
    assert isinstance(told, Wording)


def test_mistakes_are_one_sentence() -> None:
    mistakes = [Mistake(line, N_("没有")) for line in (0, 2, 3, 4, 5)]
    told = MistakesError(mistakes).message
    assert told == "没有；第 2 行：没有；第 3 行：没有；另有 2 处"
    assert isinstance(told, Wording)
