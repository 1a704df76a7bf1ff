"""Questions that were read, in one line that a page holds until they are confirmed.

Nothing is kept on the server before that. Whoever sends the line back may write any
question anyway, so it is read like a file, with no trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.carried import Carried
from trainer.quizzes.domain.exchange.carried import carried_in
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import MOST
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished


def packed(drafts: Iterable[Draft]) -> str:
    """Write the drafts that have become questions, each with its line."""
    told = [
        [draft.line, Carried(draft.entry, draft.case).told()]
        for draft in drafts
        if draft.question
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(line: str, out: Iterable[str] = ()) -> Read:
    """Read drafts back, without those whose ids are left out.

    Raises:
        UnreadableError: somebody has changed them to what cannot be.
    """
    try:
        told: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _changed() from error
    if not isinstance(told, list) or len(told) > MOST:
        raise _changed()
    drafts = finished([_draft(each) for each in told], Defaults())
    if not all(draft.question for draft in drafts):
        raise _changed()
    left_out = {*out}
    return Read(tuple(d for d in drafts if d.entry["id"] not in left_out))


def _draft(told: object) -> Draft:
    if not isinstance(told, list) or len(told) != len(("line", "entry")):
        raise _changed()
    line, entry = told
    if not isinstance(line, int):
        raise _changed()
    try:
        carried = carried_in(entry)
    except UnreadableError as error:
        raise _changed() from error
    return Draft(line=line, entry=carried.entry, case=carried.case)


def _changed() -> UnreadableError:
    return UnreadableError(N_("这次预览的内容不完整，没有导入；请重新上传文件再预览"))
