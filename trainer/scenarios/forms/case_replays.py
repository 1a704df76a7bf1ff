"""The form that turns a returned file or a complaint into a scenario."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import DateField
from wtforms import Field
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import ValidationError

from trainer.core.anonymity import NotAnonymousError
from trainer.core.anonymity import must_be_anonymous
from trainer.core.wording import N_
from trainer.core.wording import Wording
from trainer.kit.forms import Form
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.scenarios.domain.case_replay import LONGEST_ANSWER
from trainer.scenarios.domain.case_replay import LONGEST_ASKED
from trainer.scenarios.domain.case_replay import LONGEST_TITLE
from trainer.scenarios.domain.case_replay import ORIGIN_NAMES
from trainer.scenarios.domain.case_replay import Origin
from trainer.scenarios.domain.case_replay import Replay
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause


def _anonymous(_form: Form, field: Field) -> None:
    """Refuse numbers that may be somebody's, and what nobody can have meant."""
    try:
        must_be_anonymous(field.data or "")
    except NotAnonymousError as error:
        raise ValidationError(error.message) from error
    for wrong in mistakes_of_typing(field.data or ""):
        raise ValidationError(wrong.message)


def _words(label: Wording, missing: Wording, most: int) -> TextAreaField:
    return TextAreaField(
        label,
        [InputRequired(missing), Length(max=most), _anonymous],
        render_kw={"rows": 3, "maxlength": most},
    )


class ReplayForm(Form):
    """What happened, what would have been right, and on what it rests."""

    origin = RadioField(
        N_("哪来的"),
        choices={origin.value: name for origin, name in ORIGIN_NAMES.items()},
        default=Origin.RETURNED.value,
    )
    title = StringField(
        N_("给情景起个名字"),
        [InputRequired(N_("请写名称")), Length(max=LONGEST_TITLE), _anonymous],
    )
    slug = StringField(
        N_("标识"),
        [InputRequired(N_("请写标识")), Length(max=LONGEST_SLUG)],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    asked = _words(N_("群众当时问什么"), N_("请写群众问了什么"), LONGEST_ASKED)
    told = _words(N_("当时怎么答的（错的）"), N_("请写当时怎么答的"), LONGEST_ANSWER)
    right = _words(N_("应该怎么答"), N_("请写应该怎么答"), LONGEST_ANSWER)
    cause = SelectField(
        N_("错在哪里"),
        choices={cause.value: name for cause, name in CAUSE_NAMES.items()},
    )
    line = SelectField(N_("业务线"), choices={})
    competency = SelectField(N_("会了什么就不会错"), choices={})
    article = SelectField(N_("依据哪一篇"), choices={}, default="")
    section = SelectField(N_("哪一条"), choices={}, validate_choice=False)
    first_day = DateField(
        N_("按哪天的规定"), [InputRequired(N_("请填写日期，如 2026-09-20"))]
    )

    _sections: frozenset[str] = frozenset()

    def offer(
        self,
        lines: Mapping[str, str],
        competencies: Mapping[str, str],
        articles: Mapping[str, str],
    ) -> None:
        """Let the person choose among what is registered and in force."""
        self.line.choices = dict(lines)
        self.competency.choices = dict(competencies)
        self.article.choices = {"": N_("请选择"), **articles}

    def offer_sections(self, sections: Mapping[str, str]) -> None:
        """Let the person choose among the clauses of the article he has chosen."""
        self.section.choices = dict(sections)
        self._sections = frozenset(sections)

    def validate_article(self, field: SelectField) -> None:
        """Check that one is chosen."""
        if not field.data:
            raise ValidationError(N_("请选依据的文章，再点“列出它的条款”"))

    def validate_section(self, field: SelectField) -> None:
        """Check that the clause is one of the article."""
        if field.data not in self._sections:
            raise ValidationError(N_("请先点“列出它的条款”，再选一条"))

    def command(self, owner: str) -> Replay:
        """Give the command, after ``validate()``."""
        return Replay(
            title=filled(self.title),
            line=self.line.data or "",
            owner=owner,
            first_day=filled(self.first_day),
            origin=Origin(self.origin.data),
            asked=filled(self.asked),
            told=filled(self.told),
            right=filled(self.right),
            cite=f"{self.article.data}#{self.section.data}",
            cause=ErrorCause(self.cause.data),
            competency=self.competency.data or "",
        )
