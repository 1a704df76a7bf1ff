"""Forms of flags."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import DateField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from trainer.cases.domain import NEXT
from trainer.cases.domain import STATE_NAMES
from trainer.cases.domain import AnswerFlag
from trainer.cases.domain import Flag
from trainer.cases.domain import RaiseFlag
from trainer.cases.domain import State
from trainer.cases.domain import Wanted
from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled

LONGEST_QUERY = 200
LONGEST_WORDS = 1000
LARGEST_KEY = 2**31 - 1
OPEN_AGAIN = N_("请回到答案卡重新打开")

MINE, ALL = "mine", "all"


class FlagForm(Form):
    """Ask what is wrong with a card."""

    revision = IntegerField(
        N_("版本"),
        [InputRequired(OPEN_AGAIN)],
        widget=HiddenInput(),
    )
    on = DateField(N_("业务日期"), [InputRequired(OPEN_AGAIN)], widget=HiddenInput())
    back = HiddenField(N_("返回"))
    query = StringField(N_("当时搜的是（可不填）"), [Length(max=LONGEST_QUERY)])
    words = TextAreaField(
        N_("哪里不对"),
        [InputRequired(N_("请写明哪里不对，写一句话也行")), Length(max=LONGEST_WORDS)],
        render_kw={"rows": 3},
    )

    def key(self) -> int:
        """Give the key of the revision, 0 for what can be none."""
        key = self.revision.data or 0
        return key if 0 < key <= LARGEST_KEY else 0

    def command(self) -> RaiseFlag:
        """Give the command."""
        return RaiseFlag(
            revision=filled(self.revision),
            query=self.query.data or "",
            on=filled(self.on),
            words=filled(self.words),
        )


class AnswerForm(Form):
    """Ask what becomes of a flag, and a sentence for who raised it."""

    seen = HiddenField(N_("原状态"))
    state = SelectField(N_("处理结果"), choices={})
    words = TextAreaField(
        N_("答复（提出的人会看到）"),
        [InputRequired(N_("请写一句答复，提出的人会看到")), Length(max=LONGEST_WORDS)],
        render_kw={"rows": 3},
    )

    def offer(self, flag: Flag) -> None:
        """Let the person choose what may become of a flag as he has seen it."""
        self.state.choices = {
            state.value: STATE_NAMES[state]
            for state in State
            if state in NEXT[self._seen(flag)]
        }

    def command(self, flag: Flag) -> AnswerFlag:
        """Give the command."""
        return AnswerFlag(
            flag=flag.id,
            seen=self._seen(flag),
            state=State(filled(self.state)),
            words=filled(self.words),
        )

    def _seen(self, flag: Flag) -> State:
        """Give where the flag stood on the page, nonsense being where it stands."""
        known = {state.value: state for state in State}
        return known.get(self.seen.data or "", flag.state)


class WantedForm(Form):
    """Ask which flags to list; nonsense narrows nothing."""

    whose = SelectField(
        N_("谁负责"), choices={MINE: N_("我的岗位"), ALL: N_("全部岗位")}
    )
    state = SelectField(
        N_("状态"),
        choices={"": N_("全部"), **{s.value: name for s, name in STATE_NAMES.items()}},
        default=State.OPEN.value,
    )
    line = SelectField(N_("业务条线"), choices={})

    def offer(self, lines: Mapping[str, str]) -> None:
        """Let the person choose among these lines, names by code."""
        self.line.choices = {"": N_("全部"), **lines}

    def wanted(self, part: int, reader: Actor) -> Wanted:
        """Give what to list, a part of it."""
        known = {state.value: state for state in State}
        return Wanted(
            posts=reader.posts if self.whose.data == MINE else None,
            state=known.get(self.state.data or ""),
            line=self.line.data or "",
            part=part,
        )
