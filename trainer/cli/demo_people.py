"""The people of the demo: two banks, four sites and who works there, all fictitious.

Days count from the day of the demo: -400 is 400 days before it. An end is the last
day. Whoever has ``left`` has ended; whose planned end is past and who has not left is
overdue. A person with two rows has moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.people.domain.places import Channel
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.roles import Role

ORGANISATIONS = (
    ("centre", "示例市住房公积金管理中心（虚构）", OrganisationKind.CENTRE),
    ("bank-qm", "启明银行（虚构）", OrganisationKind.BANK),
    ("bank-jp", "江畔银行（虚构）", OrganisationKind.BANK),
)

SITES = (
    ("hall", "市民中心网点（虚构）"),
    ("east", "城东管理部（虚构）"),
    ("west", "城西管理部（虚构）"),
    ("park", "高新区网点（虚构）"),
)

SEATS = (
    *((site, f"{n}号窗口", Channel.WINDOW) for site, _ in SITES for n in (1, 2, 3)),
    ("hall", "引导台", Channel.GUIDE),
    ("hall", "热线座席", Channel.HOTLINE),
    ("hall", "在线座席", Channel.ONLINE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """An account for trying a role; ``sites`` and ``banks`` are its scope, by code."""

    login: str
    name: str
    roles: frozenset[Role]
    posts: frozenset[str] = frozenset()
    deputies: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    banks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Work:
    """A secondment: who, sent by whom, where to, from and to which day."""

    login: str
    bank: str
    site: str
    seat: str
    begins: int
    last: int | None
    lines: str = ""
    mentor: str = ""
    successor: str = ""
    left: str = ""


def _login(login: str, name: str, *roles: Role, **more: frozenset[str]) -> Login:
    return Login(login=login, name=f"{name}（虚构）", roles=frozenset(roles), **more)


LOGINS = (
    _login(
        *("editor", "周编辑", Role.EDITOR),
        posts=frozenset({"withdrawal-desk", "deposit-desk"}),
    ),
    _login(
        *("approver", "吴审批", Role.APPROVER),
        posts=frozenset({"loan-desk"}),
        deputies=frozenset({"withdrawal-desk"}),
    ),
    _login("clerk", "李窗口", Role.CLERK),
    _login(
        *("supervisor", "王主管", Role.SUPERVISOR),
        posts=frozenset({"service-desk"}),
        sites=frozenset({"hall", "east"}),
    ),
    _login("admin", "赵管理", Role.ADMINISTRATOR),
    _login("manager", "钱主任", Role.MANAGER),
    _login("auditor", "孙审计", Role.AUDITOR),
    _login("mentor", "郑带教", Role.CLERK, Role.MENTOR),
    _login("bank", "冯行长", Role.SUPERVISOR, banks=frozenset({"bank-qm"})),
    _login("westboss", "韩主管", Role.SUPERVISOR, sites=frozenset({"west", "park"})),
)
"""Who logs in for a look; the site says so as it starts."""

CLERKS = {
    "w1001": "陈一帆",
    "w1002": "褚二宝",
    "w1003": "卫三思",
    "w1004": "蒋四海",
    "w1005": "沈五味",
    "w1006": "杨六合",
    "w1007": "朱七夕",
    "w1008": "秦八斗",
    "w1009": "尤九歌",
    "w1010": "许十全",
    "w1011": "何小满",
    "w1012": "吕谷雨",
    "w1013": "施清明",
    "w1014": "张立夏",
    "w1015": "孔白露",
    "w1016": "曹寒露",
    "w1017": "严霜降",
    "w1018": "华立冬",
    "w1019": "金小雪",
    "w1020": "魏冬至",
    "w1021": "陶小寒",
    "w1022": "姜大寒",
    "w1023": "戚立春",
    "w1024": "谢雨水",
    "w1025": "邹惊蛰",
    "w1026": "喻春分",
    "w1027": "柏芒种",
    "w1028": "水夏至",
    "w1029": "窦小暑",
    "w1030": "章大暑",
    "w1031": "云立秋",
    "w1032": "苏处暑",
    "w1033": "潘秋分",
    "w1034": "葛东风",
    "w1035": "奚南山",
    "w1036": "范西楼",
    "w1037": "彭北斗",
    "w1038": "郎中秋",
    "w1039": "鲁重阳",
    "w1040": "韦元宵",
    "w1041": "昌端午",
    "w1042": "马腊八",
    "w1043": "苗初一",
    "w1044": "凤十五",
    "w1045": "花朝晖",
    "w1046": "方夕照",
    "w1047": "俞晨曦",
    "w1048": "任星河",
    "w1049": "袁明月",
    "w1050": "柳清泉",
}
"""Window staff by login; (虚构) is put behind each name."""

MENTORS = ("w1001", "w1010", "w1019", "w1028")
"""Clerks who train others beside ``mentor``."""

ALL, PART = "deposit withdraw repay loan transfer", "deposit withdraw"
QM, JP, CENTRE = "bank-qm", "bank-jp", "centre"

WORK = (
    # Staff of the centre: no end.
    Work("editor", CENTRE, "hall", "", -1500, None),
    Work("approver", CENTRE, "hall", "", -2100, None),
    Work("supervisor", CENTRE, "hall", "", -1800, None),
    Work("westboss", CENTRE, "west", "", -1200, None),
    Work("manager", CENTRE, "hall", "", -2500, None),
    Work("mentor", CENTRE, "hall", "1号窗口", -2000, None, ALL),
    Work("w1001", CENTRE, "east", "1号窗口", -1700, None, ALL),
    Work("w1010", CENTRE, "west", "1号窗口", -1400, None, ALL),
    Work("w1019", CENTRE, "park", "1号窗口", -1100, None, ALL),
    Work("w1028", CENTRE, "hall", "热线座席", -900, None, ALL),
    # The hall.
    Work("clerk", QM, "hall", "2号窗口", -140, 225, PART, "mentor"),
    Work("w1002", QM, "hall", "2号窗口", -320, 45, ALL),
    Work("w1003", QM, "hall", "3号窗口", -345, 19, ALL, "", "w1004"),
    Work("w1004", QM, "hall", "3号窗口", -8, 357, "withdraw service", "mentor"),
    Work("w1005", JP, "hall", "1号窗口", -200, 165, ALL),
    Work("w1006", JP, "hall", "3号窗口", -260, 105, "deposit withdraw repay"),
    Work("w1029", QM, "hall", "热线座席", -410, 320, ALL),
    Work("w1030", JP, "hall", "热线座席", -150, 215, PART, "w1028"),
    Work("w1031", JP, "hall", "在线座席", -290, 75, ALL),
    Work("w1032", QM, "hall", "在线座席", -60, 305, PART, "w1028"),
    Work("w1033", QM, "hall", "引导台", -100, 265, "service", "mentor"),
    Work("w1034", JP, "hall", "引导台", -355, 9, "service"),
    # The east; one moved here from the west, one is overdue.
    Work("w1007", QM, "east", "1号窗口", -370, -6, ALL),
    Work("w1008", QM, "east", "2号窗口", -180, 185, ALL),
    Work("w1009", QM, "east", "2号窗口", -90, 275, PART, "w1001"),
    Work("w1011", JP, "east", "3号窗口", -240, 125, ALL),
    Work("w1012", JP, "west", "2号窗口", -500, -121, ALL, left="调动"),
    Work("w1012", JP, "east", "3号窗口", -120, 245, ALL),
    Work("w1013", QM, "east", "1号窗口", -30, 335, "withdraw", "w1001"),
    Work("w1035", QM, "east", "3号窗口", -340, 24, ALL, "", "w1036"),
    # The west.
    Work("w1014", QM, "west", "1号窗口", -220, 145, ALL),
    Work("w1015", QM, "west", "2号窗口", -310, 55, ALL),
    Work("w1016", JP, "west", "2号窗口", -130, 235, PART, "w1010"),
    Work("w1017", JP, "west", "3号窗口", -360, 4, ALL, "", "w1018"),
    Work("w1018", JP, "west", "3号窗口", -5, 360, "", "w1010"),
    Work("w1037", QM, "west", "3号窗口", -75, 290, PART, "w1010"),
    Work("w1038", JP, "west", "1号窗口", -270, 95, "deposit withdraw loan"),
    # The park; one moved here from the hall.
    Work("w1020", QM, "park", "1号窗口", -190, 175, ALL),
    Work("w1021", QM, "park", "2号窗口", -250, 115, ALL),
    Work("w1022", JP, "hall", "2号窗口", -600, -201, ALL, left="调动"),
    Work("w1022", JP, "park", "2号窗口", -200, 165, ALL),
    Work("w1023", JP, "park", "3号窗口", -110, 255, PART, "w1019"),
    Work("w1024", JP, "park", "3号窗口", -40, 325, "deposit", "w1019"),
    Work("w1039", QM, "park", "3号窗口", -335, 29, ALL),
    # Still to come.
    Work("w1036", QM, "east", "3号窗口", 20, 385, "", "w1001"),
    Work("w1040", JP, "west", "", 10, 375, "", "w1010"),
    # Gone.
    Work("w1025", QM, "hall", "2号窗口", -520, -155, ALL, left="派驻期满"),
    Work("w1026", QM, "east", "1号窗口", -640, -275, ALL, left="派驻期满"),
    Work("w1027", JP, "west", "3号窗口", -480, -115, ALL, left="派驻期满"),
    Work("w1041", JP, "park", "2号窗口", -450, -85, ALL, left="派驻期满"),
    Work("w1042", QM, "hall", "3号窗口", -400, -230, PART, left="调回银行"),
    Work("w1043", QM, "west", "2号窗口", -380, -15, ALL, left="派驻期满"),
    Work("w1044", JP, "east", "2号窗口", -330, -20, ALL, left="辞职"),
    Work("w1045", JP, "hall", "热线座席", -700, -335, ALL, left="派驻期满"),
    Work("w1046", QM, "park", "1号窗口", -410, -45, ALL, left="派驻期满"),
    Work("w1047", JP, "park", "3号窗口", -290, -160, PART, left="调回银行"),
    Work("w1048", QM, "east", "3号窗口", -560, -341, ALL, left="派驻期满"),
    Work("w1049", JP, "hall", "在线座席", -420, -55, ALL, left="派驻期满"),
    Work("w1050", QM, "west", "1号窗口", -500, -135, ALL, left="派驻期满"),
)
