"""What a mail says: what and where; of a supervisor's people how many, not who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from trainer.core.wording import N_
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.mailing import letter
from trainer.notices.domain.notices import Notice

DAY = date(2026, 11, 23)


def links(endpoint: str, values: Mapping[str, str | int]) -> str:
    return "/".join(["https://desk.example", endpoint, *map(str, values.values())])


def notice(key: str, kind: Kind = Kind.NEW, **more: object) -> Notice:
    given: dict[str, object] = {
        "on": DAY,
        "what": N_("读“{title}”的变化", title=f"<{key}>"),
        "why": "",
        "endpoint": "duties.duty",
        "values": (("key", 7),),
        "due": None,
        "about": "",
        "seen": False,
        **more,
    }
    return Notice(id=1, key=key, kind=kind, **given)  # type: ignore[arg-type]  # by name


def test_each_task_is_a_line_with_its_link_and_last_day() -> None:
    late = notice("a", Kind.LATE, due=DAY)
    made = letter(1, "a@b.cn", [late, notice("b")], links, "助手")
    assert made.subject == "今天 2 件待办 · 助手"
    assert made.text.splitlines()[:4] == [
        "1. 读“<a>”的变化（最迟 2026-11-23 做完，已经过了）",
        "   https://desk.example/duties.duty/7",
        "2. 读“<b>”的变化",
        "   https://desk.example/duties.duty/7",
    ]
    assert "https://desk.example/notices.settings" in made.text
    assert "读“&lt;a&gt;”的变化" in made.html
    assert "<a>" not in made.html


def test_of_others_a_mail_tells_how_many_and_not_who_or_what() -> None:
    staff = [
        notice(f"{n}/duty", Kind.STAFF_LATE, about=name, due=DAY)
        for n, name in enumerate(["张三", "张三", "李四"])
    ]
    made = letter(1, "a@b.cn", staff, links, "助手")
    assert "您这里有 2 人共 3 件逾期没做" in made.text
    for words in ("张三", "李四", "读“"):
        assert words not in made.text + made.html
