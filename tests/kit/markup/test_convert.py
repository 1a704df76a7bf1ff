"""What an author writes, and what the reader gets."""

from __future__ import annotations

import pytest

from trainer.kit.markup.convert import convert

REL = 'rel="noopener noreferrer"'


def page(text: str) -> str:
    return convert(text, articles="/articles/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**“重要”**的", "<strong>“重要”</strong>的"),
        ("按**（一）**项办", "按<strong>（一）</strong>项办"),
        ("满**3个月**，可提", "满<strong>3个月</strong>，可提"),
        ("**注意：**不收费", "<strong>注意：</strong>不收费"),
        (
            "《**条例**》第**二十四**条",
            "《<strong>条例</strong>》第<strong>二十四</strong>条",
        ),
        ("**50%**以内", "<strong>50%</strong>以内"),
        ("**[表](/a)**的", '<strong><a href="/a">表</a></strong>的'),
    ],
)
def test_bold_works_next_to_chinese_marks(text: str, expected: str) -> None:
    assert page(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("[条](cite:a-b#c)", 'class="cite" href="/articles/a-b#c" data-cite="a-b#c"'),
        ("[通知](cite:a-b)", 'class="cite" href="/articles/a-b" data-cite="a-b"'),
        ("[x](https://a.cn/?b&c=2)", f'href="https://a.cn/?b&amp;c=2" {REL}'),
        ("<https://a.cn>", f'href="https://a.cn" {REL}'),
        ("[信箱](mailto:a@b.cn)", 'href="mailto:a@b.cn"'),
        ("[本站](/articles/x#y)", 'href="/articles/x#y"'),
        ("[本页](#answer)", 'href="#answer"'),
        ("[邻页](other)", 'href="other"'),
    ],
)
def test_a_link_leads_where_it_may(text: str, attributes: str) -> None:
    assert f"<a {attributes}>" in page(text)


@pytest.mark.parametrize(
    "address", ["javascript:x", "//a.cn", "cite:A_b", "cite:", "ftp://a.cn", "a b"]
)
def test_a_link_that_may_not_be_followed_keeps_its_words(address: str) -> None:
    assert "<a>看这里</a>" in page(f"[看这里](<{address}>)")


def test_citations_lead_to_where_the_caller_says() -> None:
    assert 'href="/k/&quot;x/rent#a"' in convert("[x](cite:rent#a)", articles='/k/"x/')


def test_a_table_has_its_class_and_its_alignment() -> None:
    assert page("| 项目 | 额度 |\n|:--|--:|\n| 租房 | **1500元** |") == (
        '<table class="table table-sm">\n<thead>\n<tr>\n'
        '<th class="text-start">项目</th>\n<th class="text-end">额度</th>\n'
        "</tr>\n</thead>\n<tbody>\n<tr>\n"
        '<td class="text-start">租房</td>\n'
        '<td class="text-end"><strong>1500元</strong></td>\n'
        "</tr>\n</tbody>\n</table>"
    )


def test_the_empty_corner_of_a_table_is_no_header() -> None:
    made = page("| | 甲 |\n| --- | :-: |\n| 乙 | 1 |")
    assert '<td></td>\n<th class="text-center">甲</th>' in made


def test_lists_stand_alone_and_begin_where_they_say() -> None:
    assert page("3. 丙\n4. 丁\n\n- 戊") == (
        '<ol start="3">\n<li>丙</li>\n<li>丁</li>\n</ol>\n<ul>\n<li>戊</li>\n</ul>'
    )


def test_a_list_may_stand_in_a_list() -> None:
    assert page("- 甲\n    - 乙") == (
        "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"
    )


@pytest.mark.parametrize(
    "text",
    ["# 标题", "![图](a.png)", "<b>粗</b>", "[a][b]", "x {: .btn }", "a & b", "1) 甲"],
)
def test_what_is_no_mark_here_is_shown_as_it_was_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page(text) == f"<p>{escaped}</p>"


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    assert page("[甲]: https://a.cn") == "<p>[甲]: https://a.cn</p>"
    assert page("[甲]") == "<p>[甲]</p>"
