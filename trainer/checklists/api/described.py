"""What the routes take and give, for the description of the API."""

from __future__ import annotations

from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.showing import MOST_TOLD
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.checklists.domain.tickets import LONGEST
from trainer.checklists.domain.tips import MOST
from trainer.kit.web.openapi import DAY
from trainer.kit.web.openapi import Operation
from trainer.kit.web.openapi import Parameter
from trainer.kit.web.openapi import Schema
from trainer.kit.web.openapi import codes

TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "pattern": "^[a-z0-9-]+#[a-z0-9-]+$"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def _object(**properties: Schema) -> Schema:
    """Describe an object that has all of these."""
    return {
        "type": "object",
        "required": [*properties],
        "properties": properties,
    }


def _list(of: Schema, most: int) -> Schema:
    return {"type": "array", "items": of, "maxItems": most}


CITE = _object(
    clause={**ADDRESS, "description": "Article and section"},
    name={**TEXT, "description": "What the clause is called on the business date"},
    link={**TEXT, "description": "Path on this site"},
)
TIP = _object(
    item={**ADDRESS, "description": "List and item; names it in outcomes"},
    severity={"type": "string", "enum": [each.value for each in Severity]},
    severity_name={**TEXT, "description": "提示, 易错, 风险, 禁止"},
    wrong={**TEXT, "description": "What goes wrong"},
    check={**TEXT, "description": "How to check"},
    say={**TEXT, "description": "Plain words to the citizen, perhaps empty"},
    cites={"type": "array", "items": CITE},
    matched={
        "type": "boolean",
        "description": "Whether it was written for exactly this situation",
    },
)
TIPS = Operation(
    summary="The few error-prone items that matter at a step of a business",
    parameters=(
        Parameter("business", "Code of the business", codes("business"), required=True),
        Parameter("step", "Code of the step", codes("step"), required=True),
        Parameter("on", "Business date, default today in the centre's calendar", DAY),
        *(
            Parameter(aspect, "Fact of the case", {"type": "string", "enum": [*names]})
            for aspect, names in ((aspect.value, CODES[aspect]) for aspect in Aspect)
        ),
        Parameter("date", "Day that decides in this case, such as the purchase", DAY),
        Parameter(
            "clerk",
            "Login of the clerk; what he lately got wrong comes first",
            {"type": "string", "minLength": 1},
        ),
    ),
    answer=_object(
        business=TEXT,
        step=TEXT,
        on=DAY,
        tips=_list(TIP, MOST),
        ticket={
            "type": "string",
            "maxLength": LONGEST,
            "description": "Goes with the outcomes; empty when there are no tips",
        },
    ),
)
OUTCOMES = Operation(
    summary="What became of the items of a ticket; told again, it changes nothing",
    body={
        **_object(
            ticket={"type": "string"},
            outcomes={
                **_list(
                    {
                        **_object(
                            item=TEXT,
                            outcome={
                                "type": "string",
                                "enum": [each.value for each in Outcome],
                            },
                        ),
                        "additionalProperties": False,
                    },
                    MOST_TOLD,
                ),
                "minItems": 1,
            },
        ),
        "additionalProperties": False,
    },
    answer=_object(
        new={**COUNT, "description": "Outcomes that were written"},
        known={**COUNT, "description": "Outcomes that were known before"},
    ),
    refusals={
        "409": "The opposite is known: an item is ticked or ignored, not both",
    },
)
