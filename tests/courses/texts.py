"""Courses to write and to publish."""

from __future__ import annotations

HEADER = """\
---
title: 租房提取入门
kind: course
line: withdraw
owner: withdrawal-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: C
source: 各步所引内容
---
"""

BODY = """\
tier: onboarding
about: 学完能独立答清租房提取谁能提。
competencies: [P5]
valid_days: 365
expires_with_clauses: true
requires: [first-week]
steps:
  - id: conditions
    kind: article
    title: 谁能提
    target: rent-withdrawal#conditions
    competencies: [P5]
    minutes: 15
    rule: checked
  - id: counter
    kind: observed
    title: 窗口实办
    competencies: [P5, R1]
    count: 3
    minutes: 60
  - id: talk
    kind: session
    title: 面谈
    minutes: 30
"""

COURSE = HEADER + BODY

RENT = (
    HEADER.replace("2026-09-20", "2026-01-01")
    + """\
tier: onboarding
about: 学完能独立答清租房提取谁能提。
competencies: [P5]
expires_with_clauses: true
steps:
  - id: conditions
    kind: article
    title: 谁能提
    target: rent-withdrawal#answer
    competencies: [P5]
    minutes: 15
    rule: checked
  - id: errors
    kind: checklist
    title: 常退在哪里
    target: meeting-items
    minutes: 10
  - id: play
    kind: scenario
    title: 演练
    target: rent-share
    minutes: 20
  - id: counter
    kind: observed
    title: 窗口实办
    competencies: [P5, R1]
    count: 2
    minutes: 60
  - id: talk
    kind: session
    title: 面谈
    minutes: 30
"""
)
"""A course whose steps lead to what tests of meetings have in force."""

PATH = (
    HEADER.replace("2026-09-20", "2026-01-01").replace("租房提取入门", "提取上岗路径")
    + """\
tier: onboarding
about: 一门一门学。
requires: [rent-course]
steps:
  - id: rent
    kind: course
    title: 先学租房
    target: rent-course
    minutes: 135
"""
)
