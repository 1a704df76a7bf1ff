"""Every table of the product in one metadata; importing a model registers it."""

from __future__ import annotations

import trainer.audit.models
import trainer.cases.models
import trainer.certificates.models
import trainer.checklists.models
import trainer.competence.models
import trainer.courses.models
import trainer.evidence.models
import trainer.kit.index.outbox
import trainer.kit.jobs.kept
import trainer.mentoring.models
import trainer.notices.models
import trainer.people.models
import trainer.publishing.models
import trainer.quizzes.models
import trainer.scenarios.models
import trainer.search.models
import trainer.topics.models  # noqa: F401  (each import registers its tables)
from trainer.kit.db import Base

METADATA = Base.metadata
