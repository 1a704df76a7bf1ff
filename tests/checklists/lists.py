"""Texts of checklists for tests, written with only what a test names."""

from __future__ import annotations

HEADER = """\
---
title: 租房提取易错清单
kind: checklist
line: withdraw
owner: withdrawal-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: B
source: 各条所引条款
---
"""

PARENTS = """\
- id: parents-home
  business: [withdraw.rent]
  step: verify
  severity: error
  causes: [property, conditions]
  competency: P5
  wrong: 把父母名下的住房算成申请人有房
  check: 只核本人和配偶在缴存城市有没有住房
  say: 我们只看您和爱人在本市有没有房。
  cites: [rent-withdrawal#conditions]
"""

AGENT = """\
- id: agent-without-mandate
  business: [withdraw.rent, withdraw.purchase]
  step: receive
  severity: risk
  causes: [person]
  competency: R4
  when:
    person: [agent]
    channel: [counter, branch]
    from: 2026-01-01
    before: 2027-01-01
  wrong: 代办人没有经公证的委托书，也受理了
  check: 其他人凭经公证的委托书
  owner: risk-desk
  cites: [withdrawal-by-agent#conditions, rent-withdrawal#conditions]
"""


def checklist(*items: str, header: str = HEADER) -> str:
    """Write a list of these items."""
    return header + "".join(items or (PARENTS, AGENT))


def item(key: str, **changes: str) -> str:
    """Write an item like :data:`PARENTS` with other values for some keys."""
    lines = []
    for line in PARENTS.replace("parents-home", key).splitlines():
        name = line.strip(" -").partition(":")[0]
        lines.append(f"  {name}: {changes.pop(name)}" if name in changes else line)
    lines += [f"  {name}: {value}" for name, value in changes.items()]
    return "\n".join(lines) + "\n"
