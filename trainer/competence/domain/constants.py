"""Every constant of the model, in one place.

The defaults came out nearly equal whichever of six public data sets was left out of
the fitting, so they serve a centre that has no data yet; ``trainer competence fit``
finds others. Variances and means are log-odds, times are days.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """Hyper-parameters of the ledger.

    Attributes:
        mean: Where an unknown person stands on an unknown question.
        mean_variance: How sure that is not.
        person: Variance between people.
        skill: Variance of one person between competencies.
        familiarity: Variance of having met just this question.
        question: Variance of difficulty between questions.
        competency: Variance of difficulty between competencies.
        gain_right: What a right answer with feedback teaches the competency, divided
            by one more than the answers before; likewise the following.
        gain_wrong: What a wrong one teaches, its explanation read.
        gain_read: What reading teaches.
        met_right: What a right answer teaches of the question itself.
        met_wrong: What a wrong one teaches.
        met_read: What reading teaches of it.
        skill_noise: Variance added at each answer; likewise the following.
        person_noise: To the person.
        familiarity_noise: To having met the question.
        drift: Variance added to a competency for each day without practice, up to
            ``skill``.
        forgetting: Loss of a competency, times log(1 + days / ``pace``).
        losing: Loss of a question, likewise.
        pace: Days after which forgetting begins to slow.
        facet_mean: Where everybody stands on what a change of policy made new.
        facet_variance: How sure that is not.
    """

    mean: float = 0.7
    mean_variance: float = 0.3
    person: float = 0.8
    skill: float = 0.3
    familiarity: float = 0.02
    question: float = 0.9
    competency: float = 1.0
    gain_right: float = 0.4
    gain_wrong: float = 0.3
    gain_read: float = 0.15
    met_right: float = 1.0
    met_wrong: float = 0.6
    met_read: float = 0.3
    skill_noise: float = 0.02
    person_noise: float = 0.005
    familiarity_noise: float = 0.08
    drift: float = 0.02
    forgetting: float = 0.2
    losing: float = 0.2
    pace: float = 0.3
    facet_mean: float = -0.75
    facet_variance: float = 0.8


DEFAULTS = Constants()
