"""Forms of meetings and of read duties."""

from __future__ import annotations

from trainer.courses.forms.duties import RuleForm
from trainer.courses.forms.meetings import PackForm
from trainer.courses.forms.meetings import PlaceForm
from trainer.courses.forms.meetings import came
from trainer.courses.forms.meetings import whole

__all__ = ["PackForm", "PlaceForm", "RuleForm", "came", "whole"]
