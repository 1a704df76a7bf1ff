"""Forms of imports and exports: what somebody has, how it is written, where to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import BooleanField
from wtforms import DateField
from wtforms import Field
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import written
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.bank import LONGEST_EXPLANATION
from trainer.quizzes.domain.exchange.dialects import PRESET_NAMES
from trainer.quizzes.domain.exchange.dialects import PRESETS
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.previewing import Destination
from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.rules import RULE_NAMES
from trainer.quizzes.domain.rules import Rule

SOURCES = {
    "sheet": N_("Excel / CSV 文件"),
    "word": N_("Word 文件"),
    "text": N_("粘贴的文字"),
    "gift": N_("GIFT"),
    "moodle": N_("Moodle XML"),
    "bank": N_("本系统导出的题库（YAML）"),
}
OWN = "own"
"""The dialect whose signs somebody types himself."""

UNSAID = {"": N_("不选：题里有写，或缺了再补")}
DIALECTS = {
    "": N_("不选：看不出时会提示"),
    **PRESET_NAMES,
    OWN: N_("自己填：写在后面两格"),
}
SCORING = {
    "": N_("不选：按文件里的分值"),
    **{rule.value: RULE_NAMES[rule] for rule in (Rule.ALL, Rule.PARTIAL, Rule.EACH)},
}
DIFFICULTIES = {"1": N_("易"), "2": N_("中"), "3": N_("难")}
ASKING = {
    Asks.RECALL.value: N_("记一个事实"),
    Asks.RULE.value: N_("用一条规定"),
    Asks.CASE.value: N_("判断一个案子"),
}
KINDS = {
    "xlsx": N_("Excel / WPS（.xlsx）"),
    "csv": "CSV",
    "yaml": N_("本系统的题库（YAML）"),
    "gift": N_("GIFT"),
    "xml": N_("Moodle XML"),
}
WHY = N_("请用一句话写明为什么导入")
LONGEST_SIGN = 4
LONGEST_NOTE = 200
LONGEST_TITLE = 100
REVIEW_EVERY = 180
"""Days after which a new bank is looked at again, until its author says otherwise."""

USUAL_SOURCE = N_("各题所引条款")
"""Where a new bank has its knowledge from; content, it is kept in Chinese."""


def _seen(_form: Form, field: Field) -> None:
    """Refuse what nobody can have meant to type."""
    for wrong in mistakes_of_typing(field.data or ""):
        raise ValidationError(wrong.message)


def _line(label: str, most: int, *, plain: bool = False) -> StringField:
    how = {"spellcheck": "false", "autocomplete": "off"} if plain else {}
    return StringField(label, [Length(max=most), _seen], render_kw=how)


class ChoicesForm(Form):
    """All that is chosen for an import but the questions themselves."""

    source = RadioField(N_("您手上是什么"), choices=SOURCES, default="sheet")
    dialect = SelectField(N_("填空分隔符"), choices=DIALECTS, default="")
    blank = _line(N_("自己填：空与空之间"), LONGEST_SIGN, plain=True)
    alternative = _line(
        N_("备选答案分隔符（同一空的几种写法）"), LONGEST_SIGN, plain=True
    )
    rule = SelectField(N_("多选计分"), choices=SCORING, default="")
    full_width = BooleanField(N_("全角符号按半角读"))
    competency = SelectField(Nc_("one", "能力项"), validate_choice=False)
    topic = SelectField(N_("业务线"), validate_choice=False)
    difficulty = SelectField(N_("难度"), choices={**UNSAID, **DIFFICULTIES})
    asks = SelectField(N_("考查"), choices={**UNSAID, **ASKING})
    day = DateField(N_("业务日期"), [Optional()])
    article = SelectField(N_("依据：文章"), validate_choice=False)
    section = SelectField(N_("依据：小节"), validate_choice=False)
    explanation = TextAreaField(
        N_("解析"), [Length(max=LONGEST_EXPLANATION), _seen], render_kw={"rows": 2}
    )
    into = SelectField(N_("导入到"), validate_choice=False)
    title = _line(N_("新题库的名称"), LONGEST_TITLE)
    slug = _line(N_("新题库的标识"), LONGEST_SLUG, plain=True)
    owner = SelectField(N_("负责岗位"), validate_choice=False)
    bank_line = SelectField(N_("新题库的业务线"), validate_choice=False)
    provenance = _line(N_("来源"), LONGEST_NOTE)
    first_day = DateField(N_("从哪天起用"), [Optional()])

    def validate_title(self, field: Field) -> None:
        """Ask for what a new bank must have."""
        if not self.into.data and not (field.data or "").strip():
            raise ValidationError(N_("导入到新题库，请写它的名称"))

    def validate_alternative(self, field: Field) -> None:
        """Refuse two signs that are one."""
        try:
            self.written_as()
        except UnreadableError as error:
            field.errors = [error.message]
            raise ValidationError(error.message) from error

    def offer(
        self,
        banks: Mapping[str, str],
        names: Mapping[str, Mapping[str, str]],
        articles: Mapping[str, str],
        sections: Mapping[str, str],
    ) -> None:
        """Offer what may be chosen, by code.

        Args:
            banks: Titles of the banks in force.
            names: Names of ``lines``, ``competencies`` and ``posts``.
            articles: Titles of what may be cited.
            sections: Names of the sections of the article that is chosen.
        """
        self.into.choices = {"": N_("新题库"), **banks}
        self.competency.choices = {**UNSAID, **names["competencies"]}
        self.topic.choices = {"": N_("不选：同题库"), **names["lines"]}
        self.bank_line.choices = {**names["lines"]}
        self.owner.choices = {**names["posts"]}
        self.article.choices = {**UNSAID, **articles}
        self.section.choices = {"": N_("先选文章，再点“列出小节”"), **sections}

    def written_as(self) -> Dialect | None:
        """Give how answers to blanks are written; None when nobody said.

        Raises:
            UnreadableError: both signs are the same.
        """
        if self.dialect.data == OWN:
            between, other = self.blank.data or "", self.alternative.data or ""
            return Dialect(between.strip(), other.strip())
        return PRESETS.get(self.dialect.data or "")

    def defaults(self, prefix: str) -> Defaults:
        """Give what questions do not say themselves."""
        cite = f"{self.article.data}#{self.section.data}"
        return Defaults(
            competency=self.competency.data or "",
            line=self.topic.data or "",
            difficulty=self.difficulty.data or "",
            asks=self.asks.data or "",
            on=self.day.data.isoformat() if self.day.data else "",
            explanation=(self.explanation.data or "").strip(),
            cites=(cite,) if self.article.data and self.section.data else (),
            rule=self.rule.data or "",
            prefix=prefix,
        )

    def destination(self, today: date) -> Destination:
        """Give where to."""
        first_day = self.first_day.data or today
        if self.into.data:
            return Destination(
                slug=self.into.data, front_matter="", first_day=first_day
            )
        said: dict[str, Value] = {
            "title": " ".join((self.title.data or "").split()),
            "kind": QUESTIONS,
            "line": self.bank_line.data or "",
            "owner": self.owner.data or "",
            "review_every_days": REVIEW_EVERY,
            "effective_from": first_day,
            "evidence": Evidence.SECOND_HAND.value,
            "source": " ".join((self.provenance.data or "").split()) or USUAL_SOURCE,
        }
        lines = [line for key, value in said.items() for line in written(key, value)]
        return Destination(
            slug=(self.slug.data or "").strip(),
            front_matter="\n".join((*lines, "")),
            first_day=first_day,
        )


class ImportForm(ChoicesForm):
    """What is sent to be looked at; a file stands beside it."""

    text = TextAreaField(
        N_("把题目粘贴到这里"),
        id="pasted",
        render_kw={"rows": 12, "spellcheck": "false"},
    )


class ConfirmForm(ChoicesForm):
    """A preview that is confirmed: the choices, and what was understood."""

    note = StringField(
        N_("为什么导入（一句话，会留在版本里）"),
        [InputRequired(WHY), Length(max=LONGEST_NOTE), _seen],
    )

    def validate_note(self, field: Field) -> None:
        """Refuse a reason of spaces."""
        if not (field.data or "").strip():
            raise ValidationError(WHY)

    def why(self) -> str:
        """Give the reason on one line."""
        return " ".join(filled(self.note).split())


class ExportForm(Form):
    """Which bank, as which file."""

    revision = IntegerField(N_("题库"), [InputRequired(N_("请选择题库"))])
    kind = SelectField(N_("文件"), choices=KINDS, default="xlsx")
