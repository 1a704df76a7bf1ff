"""Pages of certificates, honours, growth records; each has a blueprint of its own."""

from __future__ import annotations

from trainer.certificates.views.certificates import bp

__all__ = ["bp"]
