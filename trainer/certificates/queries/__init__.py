"""Reads of certificates, honours and growth records."""

from __future__ import annotations

from trainer.certificates.queries.growing import Growth
from trainer.certificates.queries.growing import growth
from trainer.certificates.queries.honours import DeedSource
from trainer.certificates.queries.honours import bounds
from trainer.certificates.queries.honours import counted
from trainer.certificates.queries.honours import given
from trainer.certificates.queries.honours import honours
from trainer.certificates.queries.honours import own_honours
from trainer.certificates.queries.honours import proposals
from trainer.certificates.queries.own_data import own_data
from trainer.certificates.queries.standings import Verified
from trainer.certificates.queries.standings import certificate
from trainer.certificates.queries.standings import certificates
from trainer.certificates.queries.standings import issuable
from trainer.certificates.queries.standings import issuer
from trainer.certificates.queries.standings import subject_names
from trainer.certificates.queries.standings import verified
from trainer.certificates.queries.tasks import tasks

__all__ = [
    "DeedSource",
    "Growth",
    "Verified",
    "bounds",
    "certificate",
    "certificates",
    "counted",
    "given",
    "growth",
    "honours",
    "issuable",
    "issuer",
    "own_data",
    "own_honours",
    "proposals",
    "subject_names",
    "tasks",
    "verified",
]
