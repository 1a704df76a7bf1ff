"""The forms of a node, a choice and an ending.

What is typed is handled as it is written (:data:`..domain.editing.Entry`); what cannot
be is told when the text is read, see :mod:`..domain.reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import ClassVar

from wtforms import FieldList
from wtforms import FormField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Regexp

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import filled_rows
from trainer.kit.forms.rows import moved_rows
from trainer.kit.forms.rows import split
from trainer.kit.forms.rows import text
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.following import SLUG
from trainer.scenarios.domain.editing import Entry
from trainer.scenarios.domain.editing import Kind
from trainer.scenarios.domain.reading import DEBRIEF
from trainer.scenarios.domain.reading import MOST_CASES
from trainer.scenarios.domain.reading import RISK
from trainer.scenarios.domain.reading import SAID
from trainer.scenarios.domain.reading import WHY
from trainer.scenarios.domain.scenario import DIMENSION_NAMES
from trainer.scenarios.domain.scenario import MOODS
from trainer.scenarios.domain.scenario import OUTCOME_NAMES
from trainer.scenarios.domain.scenario import RATING_NAMES
from trainer.scenarios.domain.scenario import RISKS
from trainer.scenarios.domain.scenario import Dimension
from trainer.topics.domain.outline_text import Written

MOST_CITES = 10
MOST_WORDS = 200
"""Characters of one line."""


class PlaceForm(DraftForm):
    """What the forms of all places share; ``id`` is asked of a new one only."""

    template: ClassVar[str]
    rows: ClassVar[tuple[str, ...]] = ()
    """Names of its lists of rows."""

    id = StringField(
        N_("标识"),
        [
            InputRequired(N_("请写标识")),
            Length(max=LONGEST_SLUG),
            Regexp(SLUG, message=N_("标识只能用小写字母、数字和连字符")),
        ],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show an entry as it is written."""
        raise NotImplementedError

    def said(self) -> Entry:
        """Give the keys but for the id, empty ones too."""
        raise NotImplementedError

    def entry(self) -> Entry:
        """Give what was typed as it is written; what is empty is left out."""
        said: Entry = {"id": words(self.id.data), **self.said()}
        return {key: value for key, value in said.items() if value not in ("", [], {})}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a row more or less, or elsewhere."""
        data = dict(self.data)
        if move.rows in self.rows:
            data[move.rows] = moved_rows(data[move.rows], move)
        return data


class LineRow(Form):
    """Other words in a case."""

    case = SelectField(N_("情况"), validate_choice=False)
    says = StringField(N_("改说"), [Length(max=SAID)])


class NodeForm(PlaceForm):
    """A node, without its choices."""

    template = "scenarios/place_node.html"
    rows = ("lines",)
    who = StringField(N_("谁在说"), [Length(max=MOST_WORDS)])
    says = TextAreaField(
        N_("他说什么"),
        [InputRequired(N_("请写他说什么")), Length(max=SAID)],
        render_kw={"rows": 3},
    )
    tests = MultiCheckboxField(
        N_("考的是"), choices={d.value: name for d, name in DIMENSION_NAMES.items()}
    )
    lines = FieldList(
        FormField(LineRow), N_("有的情况下改说别的"), max_entries=MOST_CASES
    )

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show a node."""
        plain = {key: entry.get(key, "") for key in ("id", "who", "says")}
        return {
            **plain,
            "tests": [*entry.get("tests", ())],
            "lines": _list(entry, "lines"),
        }

    def said(self) -> Entry:
        """Give the keys of a node."""
        lines = filled_rows(self.lines.data)
        return {
            "says": text(self.says.data),
            "lines": [row for row in lines if row.get("says")],
            "who": words(self.who.data),
            "tests": self.tests.data or [],
        }


class EndingForm(PlaceForm):
    """An ending."""

    template = "scenarios/place_ending.html"
    outcome = SelectField(
        N_("办得怎么样"), choices={o.value: name for o, name in OUTCOME_NAMES.items()}
    )
    says = TextAreaField(
        N_("最后怎么样"),
        [InputRequired(N_("请写最后怎么样")), Length(max=SAID)],
        render_kw={"rows": 3},
    )
    debrief = TextAreaField(
        N_("点评"),
        [InputRequired(N_("请写点评")), Length(max=DEBRIEF)],
        render_kw={"rows": 3},
    )

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show an ending."""
        return {key: entry.get(key, "") for key in ("id", "outcome", "says", "debrief")}

    def said(self) -> Entry:
        """Give the keys of an ending."""
        return {
            "outcome": self.outcome.data or "",
            "says": text(self.says.data),
            "debrief": text(self.debrief.data),
        }


def _bound(label: str, numbers: range) -> SelectField:
    choices = {"": N_("不限"), **{str(n): str(n) for n in numbers}}
    return SelectField(label, choices=choices, default="", validate_choice=False)


def _rate(label: str) -> SelectField:
    names = {r.value: name for r, name in RATING_NAMES.items()}
    return SelectField(label, choices={"": N_("同总评"), **names}, default="")


class ChoiceForm(PlaceForm):
    """A choice."""

    template = "scenarios/place_choice.html"
    rows = ("cites",)
    reply = TextAreaField(
        N_("窗口怎么说、怎么做"),
        [InputRequired(N_("请写窗口怎么说、怎么做")), Length(max=MOST_WORDS)],
        render_kw={"rows": 2},
    )
    rating = SelectField(
        N_("总评"), choices={r.value: name for r, name in RATING_NAMES.items()}
    )
    rate_policy = _rate(N_("政策"))
    rate_process = _rate(N_("流程"))
    rate_communication = _rate(N_("沟通"))
    rate_risk = _rate(N_("风控"))
    to = SelectField(N_("接着到"), validate_choice=False)
    cases = MultiCheckboxField(N_("只在这些情况"), validate_choice=False)
    knows = StringField(N_("已知这些才出现"), [Length(max=MOST_WORDS)])
    lacks = StringField(N_("不知道这些才出现"), [Length(max=MOST_WORDS)])
    mood_least = _bound(N_("心情至少"), MOODS)
    mood_most = _bound(N_("心情至多"), MOODS)
    risk_least = _bound(N_("风险至少"), RISKS)
    risk_most = _bound(N_("风险至多"), RISKS)
    learns = StringField(N_("由此得知"), [Length(max=MOST_WORDS)])
    mood = SelectField(
        N_("心情变化"),
        choices={str(n): f"{n:+}" for n in range(3, -4, -1)},
        default="0",
    )
    risk = SelectField(
        N_("带来风险"), choices={str(n): str(n) for n in RISK}, default="0"
    )
    minutes = StringField(
        N_("花几分钟"), default="1", render_kw={"inputmode": "numeric"}
    )
    competency = SelectField(N_("能力项"), validate_choice=False)
    why = TextAreaField(N_("为什么这样评"), [Length(max=WHY)], render_kw={"rows": 2})
    cites = FieldList(HiddenField(), N_("依据"), max_entries=MOST_CITES)
    article = SelectField(N_("引用哪一篇"), validate_choice=False)
    section = SelectField(N_("哪一节"), validate_choice=False)

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show a choice."""
        plain = ("id", "rating", "to", "minutes", "competency", "why")
        when, rates = _map(entry, "when"), _map(entry, "rates")
        return {
            **{key: entry[key] for key in plain if key in entry},
            "reply": entry.get("text", ""),
            **{f"rate_{d.value}": rates.get(d.value, "") for d in Dimension},
            "cases": _listed(when, "case"),
            **{key: "、".join(_listed(when, key)) for key in ("knows", "lacks")},
            **_bounds_of(when, "mood"),
            **_bounds_of(when, "risk"),
            "learns": "、".join(_listed(entry, "learns")),
            "mood": str(entry.get("mood", "0")).removeprefix("+"),
            "risk": entry.get("risk", "0"),
            "cites": _listed(entry, "cites"),
        }

    def said(self) -> Entry:
        """Give the keys of a choice; what holds unsaid is empty."""
        rates = {d.value: self[f"rate_{d.value}"].data or "" for d in Dimension}
        return {
            "text": words(self.reply.data),
            "rating": self.rating.data or "",
            "rates": {name: rate for name, rate in rates.items() if rate},
            "to": self.to.data or "",
            "when": self._when(),
            "learns": split(self.learns.data),
            "mood": _unless(self.mood.data, "0"),
            "risk": _unless(self.risk.data, "0"),
            "minutes": _unless(words(self.minutes.data), "1"),
            "competency": self.competency.data or "",
            "why": text(self.why.data),
            "cites": [cite for cite in self.cites.data if cite],
        }

    def _when(self) -> Entry:
        said: Entry = {
            "case": self.cases.data or [],
            "knows": split(self.knows.data),
            "lacks": split(self.lacks.data),
            "mood": _bound_said(self.mood_least.data, self.mood_most.data),
            "risk": _bound_said(self.risk_least.data, self.risk_most.data),
        }
        return {key: value for key, value in said.items() if value}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button; ``cite`` adds the clause that is chosen."""
        data = super().moved(move)
        if move.verb == "cite" and self.article.data and self.section.data:
            cite = f"{self.article.data}#{self.section.data}"
            data["cites"] = [*dict.fromkeys((*data["cites"], cite))]
        return data


FORMS: Mapping[Kind, type[PlaceForm]] = {
    Kind.NODES: NodeForm,
    Kind.ENDINGS: EndingForm,
    Kind.CHOICES: ChoiceForm,
}


def offer_choice(
    form: ChoiceForm,
    *,
    places: Mapping[str, str],
    cases: Mapping[str, str],
    competencies: Mapping[str, str],
) -> None:
    """Offer what a choice may name, by code; what is chosen and unknown stays."""
    form.to.choices = {"": N_("请选择"), **with_chosen(form.to.data, places)}
    form.cases.choices = dict(cases)
    form.competency.choices = {
        "": N_("不作为能力证据"),
        **with_chosen(form.competency.data, competencies),
    }


def offer_clauses(
    form: ChoiceForm, articles: Mapping[str, str], sections: Mapping[str, str]
) -> None:
    """Offer what may be cited: articles by slug, sections of the chosen one by id."""
    form.article.choices = {"": N_("请选择"), **articles}
    form.section.choices = {"": N_("请选择"), **sections}


def offer_cases(form: NodeForm, cases: Mapping[str, str]) -> None:
    """Offer the cases in which something else is said."""
    for row in form.lines:
        row.form.case.choices = with_chosen(row.form.case.data, cases)


def _unless(chosen: str | None, usual: str) -> str:
    return "" if chosen in {None, usual} else str(chosen)


def _bound_said(least: str | None, most: str | None) -> Written:
    said = [*([f">={least}"] if least else []), *([f"<={most}"] if most else [])]
    return said[0] if len(said) == 1 else said


def _bounds_of(when: Entry, key: str) -> dict[str, str]:
    told = {
        words.replace(" ", "")[:2]: words[2:].strip() for words in _listed(when, key)
    }
    return {f"{key}_least": told.get(">=", ""), f"{key}_most": told.get("<=", "")}


def _map(entry: Entry, key: str) -> Entry:
    found = entry.get(key)
    return dict(found) if isinstance(found, Mapping) else {}


def _list(entry: Entry, key: str) -> Sequence[Any]:
    found = entry.get(key)
    return [] if found is None or isinstance(found, str | Mapping) else [*found]


def _listed(entry: Entry, key: str) -> list[str]:
    """Give the words of a list, or of one word that stands for it."""
    found = entry.get(key)
    if isinstance(found, str):
        return [found] if found else []
    return [str(item) for item in found or ()]
