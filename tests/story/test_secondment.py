"""A whole secondment, told in sentences: every screen and every line of the ledger.

She arrives on 7 July, is placed, learns what she has not proved, plays, has her cases
signed, and serves withdrawals alone on the nineteenth day after. On 20 September a rule
changes: she is asked to read it, loses the line, proves it again, and leaves. The year
is 2027, because the questions of the starter pack hold from September 2026 on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.databases import Databases
from tests.factories import make_approval
from tests.story.learning import answers
from tests.story.learning import is_placed
from tests.story.learning import key_in
from tests.story.learning import learns
from tests.story.learning import practises
from tests.story.town import PASSWORD
from tests.story.town import Town
from tests.story.town import make_town
from tests.story.windows import Labelled
from tests.story.windows import Sent
from tests.story.windows import Window
from trainer.core.clock import CENTRE
from trainer.evidence.domain import FactKind
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.header import ChangeKind

LIN, NAME = "w2001", "林小荷（虚构）"
ARTICLE, SECTION = "rent-withdrawal", "{#conditions}"
RENT = "withdraw.rent"
COURSE, WEEK = "withdraw-first-30-days", "first-week"
CASES = 20
"""Cases signed together that a line asks for."""


@pytest.fixture
def town(databases: Databases, tmp_path: Path) -> Iterator[Town]:
    engine = databases.fresh()
    yield make_town(engine, tmp_path, datetime(2027, 7, 1, 9, tzinfo=CENTRE))
    databases.drop(engine)


def kinds(town: Town) -> Counter[FactKind]:
    """Give how many facts of each kind the ledger holds of her."""
    return Counter(fact.kind for fact in town.ledger(LIN))


def grows(before: Counter[FactKind], after: Counter[FactKind]) -> dict[FactKind, int]:
    """Give what has come to the ledger in between."""
    return {kind: n for kind, n in (after - before).items() if n}


def working_days(first: date, last: date) -> list[date]:
    """Give the days from Monday to Friday, both ends included."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.isoweekday() <= 5]


def she_arrives(town: Town) -> int:
    """The administrator opens an account; the hall gives her a mentor and a line."""
    town.comes("2027-07-06")
    admin = town.window("admin")
    admin.goes("/people/accounts/new")
    admin.presses("新建账号", login=LIN, name=NAME, roles=["clerk"])
    assert admin.answer
    first = admin.answer.text.partition("<output")[2].partition(">")[2]
    town.passwords[LIN] = first.partition("<")[0]
    admin.follows("登记任职")
    admin.presses(
        "登记任职",
        organisation=Labelled("启明银行"),
        site=Labelled("市民中心"),
        begins_on="2027-07-07",
        last_on="2027-09-30",
    )
    town.comes("2027-07-07")
    boss = town.window("supervisor")
    boss.goes(f"/people/{town.key(LIN)}")
    boss.follows("安排窗口与带教")
    boss.presses("保存安排", mentor="mentor", lines=["withdraw"])
    boss.sees("郑带教")
    return town.key(LIN)


def she_logs_in(town: Town) -> Window:
    """She chooses a password, and sees what her first days bring."""
    she = town.window(LIN)
    new = "荷叶-2027-田田"
    she.presses("保存新密码", old=town.passwords[LIN], new=new, again=new)
    town.passwords[LIN] = new
    she = town.window(LIN)
    she.goes("/")
    she.sees("新人 7 天清单", "今天是到岗第 1 天", "报到：认人、认窗口、认制度")
    she.sees("现在要做：8 件", "全部待办，和为什么要做")
    she.goes("/plan")
    she.sees("2027-07-07 到岗", "新人第一周", "最迟 2027-07-14 学完")
    she.sees("新派驻30天上岗：提取", "因为：新派驻30天上岗")
    return she


def she_is_placed(town: Town, she: Window) -> None:
    """What she proves at once is left out of her plan, and said so."""
    assert kinds(town) == {}
    asked = is_placed(town, she, LIN, "withdraw")
    she.sees("摸底结果：提取", "可以跳过")
    assert kinds(town) == {FactKind.QUIZ_ANSWER: asked}
    she.goes("/plan")
    she.sees("步已证明，不用学")
    she.goes(f"/courses/{COURSE}")
    she.sees("租房提取：谁能提、提多少", "已证明，不用学", "未完成")


def she_learns(town: Town, she: Window, key: int) -> None:
    """She reads, answers and plays; what needs somebody else is signed or seen."""
    before = kinds(town)
    taken = learns(town, she, LIN, WEEK)
    assert len(taken) >= 4
    assert grows(before, kinds(town))[FactKind.SCENARIO_CHOICE] > 0
    boss = town.window("supervisor")
    boss.goes(f"/courses/{WEEK}/sessions")
    boss.presses("签字", seat=[f"{key}:welcome", f"{key}:look-it-up"])
    mentor = town.window("mentor")
    for _ in range(2):
        observes(mentor, key, "service", "C2")
        observes(mentor, key, "withdraw", "R1")
    she.goes(f"/courses/{WEEK}")
    she.sees("已学完")
    learns(town, she, LIN, COURSE)
    she.goes("/plan")
    she.sees("学完的", "新人第一周")


def observes(mentor: Window, key: int, line: str, *codes: str) -> None:
    """The mentor watches her do something right alone, and says so on his telephone."""
    mentor.goes(f"/competence/people/{key}/sightings/observation?line={line}")
    mentor.presses("登记", **{f"level-{code}": "3" for code in codes})
    mentor.sees("已登记现场观察")


def her_cases_are_signed(town: Town, key: int) -> None:
    """From the second week on each case is signed together, day by day."""
    before, number = kinds(town), 0
    for day in working_days(date(2027, 7, 14), date(2027, 7, 23)):
        town.comes(f"{day}")
        she = town.window(LIN)
        practises(town, she, LIN)
        for _ in range(3):
            number += 1
            she.goes("/mentoring")
            she.follows("登一件")
            she.presses(
                "登记", business=RENT, reference=f"{day:%m%d}-{number:03}"
            )
        mentor = town.window("mentor")
        mentor.goes("/mentoring")
        mentor.sees(NAME)
        signs(mentor, key, 3)
        observes(mentor, key, "withdraw", "P6", "R2", "F3", "G2")
    assert number >= CASES
    grown = grows(before, kinds(town))
    assert grown[FactKind.COSIGNED_CASE] >= CASES
    assert grown[FactKind.OBSERVATION] == 4 * len({*range(8)})


def signs(mentor: Window, key: int, count: int) -> None:
    """The mentor signs what waits for him: everything was right at once."""
    ways = [way for _, way in mentor.page.links if way.endswith("/sign")]
    for way in dict.fromkeys(ways):
        mentor.goes(way)
        if NAME in mentor.words:
            break
    cases = mentor.choices(f"{RENT}-cases")
    assert len(cases) == count
    given: dict[str, Sent] = {
        f"{RENT}-cases": cases,
        f"{RENT}-outcome": "right",
        f"{RENT}-competencies": ["P5"],
    }
    mentor.presses("签字", to=f"/sign/{RENT}", **given)


def she_is_authorised(town: Town, key: int) -> str:
    """On the nineteenth day she may serve the line alone, and has a paper that says so."""
    town.comes("2027-07-26")
    boss = town.window("supervisor")
    boss.goes(f"/competence/people/{key}")
    before = kinds(town)
    boss.presses("确定", to="/lines/withdraw", **{"withdraw-act": "granted"})
    boss.sees("可独立办理")
    assert grows(before, kinds(town)).get(FactKind.SIGN_OFF, 0) > 0
    she = town.window(LIN)
    she.goes("/competence/windows?line=withdraw")
    she.sees(NAME)
    she.goes("/growth")
    she.sees("可独立办理")
    she.presses("领取证书", to="/certificates")
    assert she.answer
    paper = she.path.partition("#")[0]
    she.sees("提取")
    return paper


def her_paper_is_verified(town: Town, paper: str, state: str) -> None:
    """Whoever holds the paper sees what it is worth, and no more than a veiled name."""
    she = Window(town.window(LIN).client)
    she.goes(paper)
    way = next(where for _, where in she.page.links if "/verify/" in where)
    anybody = Window(town.app.test_client())
    anybody.goes(way[way.index("/verify/") :])
    anybody.sees(state, "林")
    anybody.misses("林小荷")


def the_rule_changes(town: Town) -> int:
    """A new condition is approved; it holds from 20 September."""
    town.comes("2027-09-01")
    editor, approver = town.actor("editor"), town.actor("approver")
    with db.writing(town.engine) as session:
        present = publishing.revision_on(
            session, ARTICLE, date(2027, 9, 1), reader=editor
        )
        text = publishing.text(session, present)
        head, mark, rest = text.partition(SECTION)
        head = head.replace(
            f"effective_from: {present.effective_from}", "effective_from: 2027-09-20"
        )
        rest = rest.replace("\n\n", "\n\n自 2027-09-20 起，先核对合同备案。\n\n", 1)
        ready = knowledge.prepare(head + mark + rest)
        at = town.at
        draft = publishing_service.create_draft(
            session, ARTICLE, ready, by=editor, at=at
        )
        publishing_service.submit(session, draft.id, by=editor, at=at)
        told = make_approval(draft, **{"conditions": ChangeKind.SUBSTANCE})
        publishing_service.approve(session, draft.id, told, by=approver, at=at)
    return draft.id


def test_a_secondment_from_arrival_to_departure(town: Town) -> None:
    key = she_arrives(town)
    she = she_logs_in(town)
    she_is_placed(town, she)
    town.comes("2027-07-09")
    she_learns(town, town.window(LIN), key)
    her_cases_are_signed(town, key)
    paper = she_is_authorised(town, key)
    her_paper_is_verified(town, paper, "有效")
    assert PASSWORD
    assert PdfReader
    assert BytesIO
    assert answers
