"""Numbers that may be a citizen's are found; days, amounts and 文号 are not."""

from __future__ import annotations

import pytest

from trainer.core.anonymity import NotAnonymousError
from trainer.core.anonymity import NumberKind
from trainer.core.anonymity import must_be_anonymous
from trainer.core.anonymity import spotted


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("他的证是110101199003074514。", NumberKind.IDENTITY),
        ("110101 19900307 451X", NumberKind.IDENTITY),
        ("１１０１０１１９９００３０７４５１４", NumberKind.IDENTITY),
        ("110101900307451", NumberKind.IDENTITY),
        ("打 13800000000 找他", NumberKind.PHONE),
        ("+86 138-0000-0000", NumberKind.PHONE),
        ("010-12345678", NumberKind.PHONE),
        ("0592 1234567", NumberKind.PHONE),
        ("卡 6222 0000 0000 0000 000", NumberKind.CARD),
        ("账号 123456789012", NumberKind.OTHER),
    ],
)
def test_a_number_of_a_person_is_found(words: str, kind: NumberKind) -> None:
    assert [found.kind for found in spotted(words)] == [kind]
    with pytest.raises(NotAnonymousError):
        must_be_anonymous(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "群众在 2026-09-20 来过，2026-10-08 2026-11-03 又来。",
        "每月 1500 元，一年 18000 元，三年 54000 元。",
        "依据厦公积金〔2026〕12号第二十四条",
        "2026.1.1 到 2026.12.31 连续 12 个月",
        "1500\n2000\n3000\n4000",
    ],
)
def test_what_is_no_such_number_may_be_written(words: str) -> None:
    assert spotted(words) == ()
    must_be_anonymous(words)


def test_the_sentence_says_where_and_does_not_repeat_the_number() -> None:
    with pytest.raises(NotAnonymousError) as caught:
        must_be_anonymous("群众说\n电话是13800000000")
    told = caught.value.message
    assert told.startswith("第 2 行第 4 个字起的“138…”像是电话号码")
    assert "13800" not in told
