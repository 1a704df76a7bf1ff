"""Why something cannot be done in a play by two; sentences for who is told; pure."""

from __future__ import annotations

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SHORTEST_REASON = 4
"""Characters of a reason that says something."""


class SamePersonError(TrainerError):
    """Somebody would play himself a part, or judge himself."""

    def __init__(self) -> None:
        super().__init__(
            N_("演窗口人员的人不能同时演群众或打分；请换一个人（演群众的可以兼观察）")
        )


class NobodyError(TrainerError):
    """There is no such person, or not for whoever asks."""

    def __init__(self, login: str) -> None:
        super().__init__(N_("没有在用的工号“{login}”，或者他不在您的网点", login=login))


class NotObserverError(TrainerError):
    """Who would observe has no say about the clerk."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "观察人要是这位窗口人员的主管或带教老师，或者同网点的带教老师；"
                "请换一个工号"
            )
        )


class OutsiderError(DeniedError):
    """Who sets it up has nothing to do with it."""

    def __init__(self) -> None:
        super().__init__(
            N_("您要在里面演一个，或者是这位窗口人员的主管、带教老师，才能安排")
        )


class OldScriptError(ConflictError):
    """The page is older than what another telephone has told."""

    def __init__(self) -> None:
        super().__init__(N_("另一部手机已经记到后面了；请看现在这一步，接着记"))


class CommentChangedError(ConflictError):
    """The comment was changed on another telephone."""

    def __init__(self) -> None:
        super().__init__(
            N_("评语刚在另一部手机上改过；您写的还在下面，请对照着改好再保存")
        )


class LiveOverError(ConflictError):
    """It has ended, or one's part of it has."""

    def __init__(self) -> None:
        super().__init__(N_("已经确认，不能再改；没有结束的话，可以先点“再改一改”"))


class UnmarkedError(TrainerError):
    """Not every line has a level."""

    def __init__(self) -> None:
        super().__init__(N_("还有没打分的项；请每一项都选一档，再点“打完了”"))


class NothingSaidError(TrainerError):
    """Nothing was played."""

    def __init__(self) -> None:
        super().__init__(N_("一步都还没有记；请先演，记下对方怎么答，再点“演完了”"))


class ReasonMissingError(TrainerError):
    """No reason is given."""

    def __init__(self) -> None:
        super().__init__(
            N_("请写明作废的理由，至少 {n} 个字；本人看得到", n=SHORTEST_REASON)
        )


class NothingTypedError(TrainerError):
    """Other words are to be noted, and none are there."""

    def __init__(self) -> None:
        super().__init__(N_("请用几个字写下他说了什么，再点“记下”"))
