"""Sentences in the language of a request, in code, forms and templates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask import get_flashed_messages
from flask import render_template_string
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.core.wording import Nn_
from trainer.kit import language
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.web import translation

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.secret_key = "secret of a test"  # noqa: S105  (nobody logs in)
    translation.install(app)
    return app


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers=ENGLISH):
        yield


@pytest.fixture
def chinese(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


class Asked(Form):
    """A form with something of everything."""

    name = StringField(
        N_("姓名"), [InputRequired(N_("请填写姓名")), Length(max=2)], default=""
    )
    state = SelectField(N_("状态"), choices={"": N_("全部"), "w": "提取"})
    roles = MultiCheckboxField(N_("角色"), choices={"a": N_("主管"), "b": "提取科"})


def test_outside_of_a_request_all_is_chinese() -> None:
    assert language.said(N_("保存")) == "保存"
    assert Asked().name.label.text == "姓名"


@pytest.mark.usefixtures("english")
def test_a_sentence_is_said_with_its_values() -> None:
    assert language.said(N_("第 {n} 行", n=3)) == "第 3 行"  # no such sentence
    assert language.said(
        N_("工号 {login} 已有账号；请换一个或启用原账号", login="w1")
    ) == ("The login w1 already has an account; choose another, or reopen that account")


@pytest.mark.usefixtures("english")
def test_one_and_many_differ() -> None:
    assert language.said(Nn_("{n} 个月", n=1)) == "1 month"
    assert language.said(Nn_("{n} 个月", n=2)) == "2 months"


@pytest.mark.usefixtures("english")
def test_the_same_words_may_mean_two_things() -> None:
    assert language.said(N_("批准")) == "Approve"
    assert language.said(Nc_("history", "批准")) == "approved"


@pytest.mark.usefixtures("english")
def test_what_is_inside_is_said_too() -> None:
    told = MistakesError([Mistake(2, N_("不是合法的 YAML")), Mistake(0, "文")]).message
    assert language.said(told) == "Line 2: This is not valid YAML; 文"
    listed = N_("没有这个岗位：{posts}", posts=["a", N_("主管")])
    assert language.said(listed) == "There is no such post: a, Supervisor"


@pytest.mark.usefixtures("english")
def test_content_is_marked_and_escaped() -> None:
    assert language.marked("租<b>") == '<span lang="zh-CN">租&lt;b&gt;</span>'
    assert language.marked("<b>") == "&lt;b&gt;"
    assert language.marked(N_("已保存：{name}", name="<租>")) == (
        'Saved: <span lang="zh-CN">&lt;租&gt;</span>'
    )
    assert language.marked(Markup("<b>租</b>")) == "<b>租</b>"


@pytest.mark.usefixtures("chinese")
def test_a_chinese_page_marks_nothing() -> None:
    assert language.marked("租<b>") == "租&lt;b&gt;"
    assert language.marked(N_("已保存：{name}", name="<租>")) == "已保存：&lt;租&gt;"


@pytest.mark.usefixtures("english")
def test_a_form_speaks() -> None:
    form = Asked(MultiDict({"state": "x"}))
    assert not form.validate()
    assert form.name.label.text == "Name"
    assert [language.said(error) for error in form.name.errors] == [
        "Please enter a name"
    ]
    assert form.state.errors == ["Not a valid choice."]
    options = str(form.state())
    assert '<option value="">All</option>' in options
    assert '<option lang="zh-CN" value="w">提取</option>' in options
    boxes = [str(box.label) for box in form.roles]
    assert "Supervisor" in boxes[0]
    assert '<span lang="zh-CN">提取科</span>' in boxes[1]


@pytest.mark.usefixtures("chinese")
def test_the_messages_of_wtforms_are_chinese_too() -> None:
    form = Asked(MultiDict({"name": "三个字"}))
    assert not form.validate()
    assert "不能超过 2 个字符" in str(form.name.errors[0])


@pytest.mark.usefixtures("english")
def test_a_template_speaks() -> None:
    page = (
        "{{ _('反馈：%(title)s', title=title) }}|"
        "{{ _('反馈：%(title)s', title=title|zh) }}|"
        "{{ _n('共 %(n)s 人', n=1) }}|{{ _n('共 %(n)s 人', n=2) }}|"
        "{{ _c('history', '批准') }}|{{ told }}|{{ _(told) }}|"
        "{{ ['甲', 'b']|listed }}|{{ ['a', told]|sentences }}|<p{{ in_zh() }}>"
    )
    told = N_("已保存：{name}", name="<i>")
    assert render_template_string(page, title="<租>", told=told).split("|") == [
        "Flag: &lt;租&gt;",
        'Flag: <span lang="zh-CN">&lt;租&gt;</span>',
        "1 person",
        "2 people",
        "approved",
        "Saved: &lt;i&gt;",
        "Saved: &lt;i&gt;",
        '<span lang="zh-CN">甲</span>, b',
        "a; Saved: &lt;i&gt;",
        '<p lang="zh-CN">',
    ]


@pytest.mark.usefixtures("english")
def test_a_flash_is_said_and_safe() -> None:
    translation.flash(N_("已保存：{name}", name="<租>"))
    assert get_flashed_messages() == [
        Markup('Saved: <span lang="zh-CN">&lt;租&gt;</span>')
    ]
