from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.core.document import Mistake
from trainer.knowledge.domain.article import parse
from trainer.library.domain.laws import Law
from trainer.library.domain.laws import LawDefaults
from trainer.library.domain.laws import article_of
from trainer.library.domain.laws import is_law
from trainer.library.domain.laws import slugs_of
from trainer.library.domain.numerals import number_of
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section

# A law of our own: no such regulation exists.
LAW = """\
# 示例市窗口茶水管理条例

2018年3月1日 示例市人民政府令第7号公布

2020年5月6日 示例市人民政府令第19号修订

2020年7月1日 施行

<!-- INFO END -->

## 第一章　总　则

第一条 为了让等候的人喝上热水，制定本条例。

第二条　窗口应当备下列物品：

(一)热水；

(二)纸杯。

## 第二章 供应

### 第一节 热水

第十条 水温不低于*六十*度。

第十条之一 停水时，应当提前一日告知。

### 第二节 纸杯

第十一条 纸杯不收费。

## 第三章 附则

第十二条 本条例自2020年7月1日起施行。
"""
NAME = "示例市窗口茶水管理条例(2020-05-06).md"


def law(text: str = LAW, name: str = NAME, **more: date) -> Law:
    found = article_of(text, name, LawDefaults(**more))  # type: ignore[arg-type]  # by name
    assert isinstance(found, Law), found
    return found


def manuscript(text: str = LAW, name: str = NAME, **more: date) -> Manuscript:
    parsed = parse(law(text, name, **more).text)
    assert parsed.mistakes == ()
    assert parsed.manuscript is not None
    return parsed.manuscript


def section(made: Manuscript, id_: str) -> Section:
    return next(part for part in made.sections if part.id == id_)


def test_each_clause_is_a_section_with_label_and_id_of_its_number() -> None:
    made = manuscript()
    assert [(s.level, s.id, s.label) for s in made.sections] == [
        (2, "promulgation", ""),
        (2, "chapter-1", ""),
        (3, "art-1", "第一条"),
        (3, "art-2", "第二条"),
        (2, "chapter-2", ""),
        (2, "chapter-2-section-1", ""),
        (3, "art-10", "第十条"),
        (3, "art-10-1", "第十条之一"),
        (2, "chapter-2-section-2", ""),
        (3, "art-11", "第十一条"),
        (2, "chapter-3", ""),
        (3, "art-12", "第十二条"),
    ]
    assert law().clauses == 6
    assert section(made, "chapter-1").heading == "第一章 总 则"


def test_the_words_stay_and_items_stay_in_their_clause() -> None:
    made = manuscript()
    assert section(made, "art-2").text == (
        "窗口应当备下列物品：\n\n(一)热水；\n\n(二)纸杯。"
    )
    assert section(made, "art-10").text == "水温不低于*六十*度。"
    written = "".join(LAW.split())
    for part in made.sections:
        assert "".join(part.text.split()) in written


def test_the_head_says_what_the_text_says() -> None:
    head = manuscript().header
    assert head.title == "示例市窗口茶水管理条例"
    assert head.document_number == "示例市人民政府令第19号"
    assert (head.issued_on, head.effective_from) == (date(2020, 5, 6), date(2020, 7, 1))
    assert (head.evidence, head.line, head.owner) == ("B", "service", "service-desk")
    assert head.source == NAME
    assert head.is_unverified
    assert manuscript().kind == "policy"


def test_line_owner_and_first_day_may_be_given() -> None:
    text = "# 甲办法\n第一条 一。"
    made = article_of(
        text,
        "甲.md",
        LawDefaults(line="loan", owner="loan-desk", effective_from=date(2024, 1, 2)),
    )
    assert isinstance(made, Law)
    assert (made.effective_from, made.assumed) == (date(2024, 1, 2), False)
    assert 'line: "loan"\nowner: "loan-desk"\n' in made.text


def test_the_last_clause_says_since_when_it_holds() -> None:
    text = LAW.replace("2020年7月1日 施行\n", "").replace("自2020年7月", "自2020年9月")
    assert (law(text).effective_from, law(text).assumed) == (date(2020, 9, 1), False)


def test_a_first_day_before_the_last_amendment_is_that_of_an_earlier_wording() -> None:
    text = LAW.replace("2020年7月1日", "2018年7月1日")
    assert (law(text).effective_from, law(text).assumed) == (date(2020, 5, 6), True)
    assert "未写明施行日" in manuscript(text).header.source
    given = law(text, effective_from=date(2020, 6, 1))
    assert (given.effective_from, given.assumed) == (date(2020, 6, 1), False)


def test_the_day_in_the_name_of_the_file_counts_as_an_amendment() -> None:
    made = manuscript("# 甲办法\n第一条 一。", "甲办法_2021-04-05修订.md")
    assert made.header.issued_on == made.header.effective_from == date(2021, 4, 5)


@pytest.mark.parametrize("day", ["", "2020年2月30日 施行\n", "2020年13月1日公布\n"])
def test_a_text_without_any_day_is_a_sentence(day: str) -> None:
    found = article_of(f"# 甲办法\n{day}第一条 一。", "甲.md", LawDefaults())
    assert found == [
        Mistake(1, "没有找到公布或施行日期；请用 --effective-from 写明施行日")
    ]


def test_two_laws_in_one_file_are_found_out_with_the_line() -> None:
    text = "# 甲办法\n2020年1月1日公布\n第一条 一。\n第二条 二。\n第一条 又一。"
    found = article_of(text, "甲.md", LawDefaults())
    assert found == [Mistake(5, "第一条与第 3 行重复；一个文件只放一部法规")]


def test_a_plain_file_with_a_table_of_contents_is_read_too() -> None:
    text = (
        "示例市门铃管理办法\n（2021年3月2日示例市人民政府发布　自2021年5月1日起施行）\n"
        "目　录\n第一章　总则\n第二章　附则\n第一章　总则\n"
        "第一条　有门铃的按门铃。\n没有的，敲门。\n"
        "第二章　附则\n第二条　本办法由门卫解释。\n"
    )
    made = manuscript(text, "门铃.txt")
    assert [s.id for s in made.sections] == [
        "promulgation",
        "chapter-1",
        "art-1",
        "chapter-2",
        "art-2",
    ]
    assert section(made, "art-1").text == "有门铃的按门铃。\n\n没有的，敲门。"
    assert made.header.title == "示例市门铃管理办法"
    assert made.header.effective_from == date(2021, 5, 1)


def test_books_and_parts_tell_chapters_of_one_number_apart() -> None:
    text = (
        "# 甲法\n# 乙编\n2020年1月1日公布\n<!-- INFO END -->\n为了甲，制定本法。\n"
        "## 第一分编 通则\n### 第一章 一\n第一千二百六十条 一。\n"
        "## 第二分编 分则\n### 第一章 一\n第一千二百六十一条 二。\n## 附则\n## 附则\n"
    )
    made = manuscript(text, "甲.md")
    assert [s.id for s in made.sections] == [
        "promulgation",
        "preamble",
        "part-1",
        "part-1-chapter-1",
        "art-1260",
        "part-2",
        "part-2-chapter-1",
        "art-1261",
        "fu-ze",
        "fu-ze-x2",
    ]
    assert made.header.title == "甲法 乙编"


def test_tables_bold_labels_and_headings_of_clauses_are_understood() -> None:
    text = (
        "# 甲法\n2020年1月1日公布\n**第一条** 一。\n### 第二条 目的\n二。\n"
        "|甲|乙|\n|---|---|\n|1|2|\n"
    )
    made = manuscript(text, "甲.md")
    assert section(made, "art-1").text == "一。"
    assert section(made, "art-2").heading == "目的"
    assert section(made, "art-2").text == "二。\n\n|甲|乙|\n|---|---|\n|1|2|"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (LAW, True),
        ("\ufeff第一条　一。\r\n", True),
        ("---\ntitle: 甲\n---\n第一条 一。\n", False),
        ("# 通知\n根据第一条规定办理。\n第一条规定的，从其规定。\n", False),
        ("", False),
    ],
)
def test_a_law_is_known_by_its_clauses(text: str, is_one: bool) -> None:  # noqa: FBT001  (a table)
    assert is_law(text) is is_one


def test_slugs_are_short_pinyin_without_shelf_and_day() -> None:
    names = [
        "行政法规_茶水条例(2020-05-06).md",
        "茶水条例(2024-01-01).md",
        "中华人民共和国热水法.md",
        "示例市窗口等候区茶水热水纸杯座椅雨伞充电宝管理若干规定.md",
        "行政法_仪式法.md",
        "行政法_遗失法.md",
        "007.md",
    ]
    slugs = slugs_of(names)
    assert slugs[names[0]] == slugs[names[1]] == "cha-shui-tiao-li"
    assert slugs[names[2]] == "re-shui-fa"
    assert len(slugs[names[3]]) <= 48
    assert slugs[names[4]].startswith("yi-shi-fa-")
    assert slugs[names[4]] != slugs[names[5]]
    assert slugs[names[6]] == "007"


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_anything_becomes_an_article_or_mistakes_and_never_raises(text: str) -> None:
    found = article_of(f"# 甲\n第一条 {text}", "甲(2020-01-01).md", LawDefaults())
    if isinstance(found, Law):
        assert found.text.startswith("---\n")


def chinese(number: int) -> str:
    """Write a number below ten thousand, as laws do."""
    digits = "零一二三四五六七八九"
    written = ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            written += digits[digit] + unit
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written.removeprefix("一") if 10 <= number < 20 else written


@given(st.integers(1, 9999))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert number_of(chinese(number)) == number_of(str(number)) == number


def test_what_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="no numeral"):
        number_of("甲")
