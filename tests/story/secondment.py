"""A whole secondment, told in sentences: every screen and every line of the ledger.

She arrives on 7 July, is placed, learns what she has not proved, plays, has her cases
signed, and serves withdrawals alone on the nineteenth day after. On 20 September a rule
changes: she is asked to read it, loses the line, proves it again, and leaves. The year
is 2027, because the questions of the starter pack hold from September 2026 on.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from datetime import timedelta

import pytest

from tests.factories import make_approval
from tests.story.learning import answers
from tests.story.learning import is_placed
from tests.story.learning import learns
from tests.story.learning import practises
from tests.story.town import Town
from tests.story.windows import Labelled
from tests.story.windows import Sent
from tests.story.windows import Window
from trainer import features
from trainer.evidence.domain import FactKind
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.knowledge.domain.desk import Confirm
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service

LIN, NAME = "w2001", "林小荷（虚构）"
ARTICLE, SECTION = "rent-withdrawal", "{#conditions}"
RENT = "withdraw.rent"
COURSE, WEEK = "withdraw-first-30-days", "first-week"
MOST_SETS = 8
"""Sets of five that show the new rule at the latest."""

CASES = 20
"""Cases signed together that a line asks for."""


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
    told = re.search(r"初始密码 ?([\w-]+) 这个密码只显示这一次", admin.words)
    assert told, admin.words
    town.passwords[LIN] = told[1]
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
    she.sees("新人 7 天清单", "今天是到岗第 1 个工作日", "报到：认人、认窗口、认制度")
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


def she_reads_what_is_due(town: Town) -> None:
    """She signs for every change that concerns whoever handles withdrawals."""
    she = town.window(LIN)
    she.goes("/duties")
    ways = [way for _, way in she.page.links if re.fullmatch(r"/duties/\d+", way)]
    assert len(ways) > 3
    for way in dict.fromkeys(ways):
        she.goes(way)
        she.presses("我读过了")
        if she.button("现在答"):
            she.presses("现在答")
            answers(town, she, LIN, "结束练习")
    she.goes("/notices")
    she.misses("的变化", "变化的题")


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
            she.presses("登记", business=RENT, reference=f"{day:%m%d}-{number:03}")
        mentor = town.window("mentor")
        mentor.goes("/mentoring")
        mentor.sees(NAME)
        signs(mentor, 3)
        observes(mentor, key, "withdraw", "P6", "R2", "F3", "G2")
    assert number >= CASES
    grown = grows(before, kinds(town))
    assert grown[FactKind.COSIGNED_CASE] >= CASES
    assert grown[FactKind.OBSERVATION] == 4 * len({*range(8)})


def signs(mentor: Window, count: int) -> None:
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
    """Nineteen days later she may serve the line alone, and has a paper for it."""
    town.comes("2027-07-26")
    boss = town.window("supervisor")
    boss.goes(f"/competence/people/{key}")
    before = kinds(town)
    boss.presses("确定", to="/lines/withdraw", **{"withdraw-act": "granted"})
    boss.sees("可独立办理")
    assert grows(before, kinds(town)).get(FactKind.SIGN_OFF, 0) > 0
    she = town.window(LIN)
    assert serves(town)
    she.goes("/growth")
    she.sees("可独立办理")
    she.presses("领取证书", to="/certificates")
    she.sees("提取")
    way = next(where for _, where in she.page.links if "/verify/" in where)
    return way[way.index("/verify/") :]


def serves(town: Town) -> bool:
    """Tell whether the page of who may do what names her; anybody may look."""
    colleague = town.window("clerk")
    colleague.goes("/competence/windows?line=withdraw")
    return NAME in colleague.words


def her_paper_is_worth(town: Town, paper: str, state: str) -> None:
    """Whoever holds the paper sees what it is worth, and no more than a veiled name."""
    anybody = town.opens()
    anybody.goes(paper)
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
        told = make_approval(draft)  # every change in it is one of substance
        publishing_service.approve(session, draft.id, told, by=approver, at=at)
    return draft.id


def the_questions_are_looked_at(town: Town) -> int:
    """The editor finds what cites the changed clause still true; gives how many."""
    town.comes("2027-09-20")
    editor, found = town.actor("editor"), 0
    with db.writing(town.engine) as session:
        due = publishing.due_reviews(session, date(2027, 9, 20), reader=editor)
        for item in due:
            cited = item.reference
            if cited is not None and cited.target == ARTICLE:
                look = Confirm(cited.id, item.now_hash, "说法不变")
                knowledge.confirm_citation(
                    session, look, by=editor, at=town.at, kinds=features.TEXT_KINDS
                )
                found += 1
    return found


def she_is_told_and_reads(town: Town, revision: int) -> None:
    """Among what she has to do she finds the change; she signs for the very text."""
    she = town.window(LIN)
    she.goes("/notices")
    she.sees("读“租房提取住房公积金”的变化")
    she.goes(f"/duties/{revision}")
    she.sees("先核对合同备案", "2027-09-20")
    she.presses("我读过了")
    she.goes("/notices")
    she.misses("读“租房提取住房公积金”的变化")
    assert serves(town)


def she_loses_the_line(town: Town) -> None:
    """On the day it takes effect what she proved of the old rule counts no more."""
    she = town.window(LIN)
    she.goes("/competence")
    she.sees("已失效，待重新证明", "规定变了，还没有重新考过")
    assert not serves(town)


def she_proves_it_again(town: Town, revision: int) -> None:
    """She answers what is asked about the changed clause, and has the line again."""
    before = kinds(town)
    she = town.window(LIN)
    she.goes(f"/duties/{revision}")
    she.presses("现在答")
    answers(town, she, LIN, "结束练习")
    for _ in range(MOST_SETS):
        she.goes("/competence")
        if "已失效" not in she.words:
            break
        practises(town, she, LIN)
    assert serves(town)
    assert set(grows(before, kinds(town))) == {FactKind.QUIZ_ANSWER}


def she_leaves(town: Town, key: int) -> None:
    """Her last day is registered; from the next on nothing is asked of her."""
    town.comes("2027-09-29")
    admin = town.window("admin")
    admin.goes(f"/people/{key}")
    admin.follows("登记离开")
    admin.presses("登记离开", last_on="2027-09-30", reason="派驻期满")
    town.comes("2027-10-01")
    door = town.opens()
    door.goes("/people/login")
    with pytest.raises(AssertionError, match="您的任职已经结束"):
        door.presses("登录", login=LIN, password=town.passwords[LIN])
    assert not serves(town)
    boss = town.window("supervisor")
    boss.goes(f"/growth/{key}")
    boss.sees("结束在市民中心网点（虚构）的任职", "可独立办理", "学完《新人第一周》")
    boss.goes("/plans/team")
    boss.misses(NAME)


def tell(town: Town) -> None:
    """Tell it all, from the arrival to the departure."""
    key = she_arrives(town)
    she = she_logs_in(town)
    she_is_placed(town, she)
    town.comes("2027-07-09")
    she_reads_what_is_due(town)
    she_learns(town, town.window(LIN), key)
    her_cases_are_signed(town, key)
    paper = she_is_authorised(town, key)
    her_paper_is_worth(town, paper, "有效")
    revision = the_rule_changes(town)
    she_is_told_and_reads(town, revision)
    assert the_questions_are_looked_at(town) > 0
    she_loses_the_line(town)
    her_paper_is_worth(town, paper, "依据已失效")
    she_proves_it_again(town, revision)
    facts = kinds(town)
    she_leaves(town, key)
    assert kinds(town) == facts, "who leaves takes nothing from the ledger"
    her_paper_is_worth(town, paper, "持证人已离岗")
