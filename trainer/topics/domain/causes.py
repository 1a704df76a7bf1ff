"""What kind of error it was: the ten causes that returned answers and files fall into.

Found by reading 109 corrections that centre staff made to answers given at real
counters (Xiamen, January 2026): wrong channel 25, date or period 25, region 24, wrong
business 21, conditions 17, materials 15, person 12, property 12, household 10,
contradictory or too absolute 4; one answer may have several.
"""

from __future__ import annotations

from enum import StrEnum

from trainer.core.wording import N_


class ErrorCause(StrEnum):
    """Why an answer or a file was wrong."""

    CHANNEL = "channel"
    DATE = "date"
    REGION = "region"
    BUSINESS = "business"
    CONDITIONS = "conditions"
    MATERIALS = "materials"
    PERSON = "person"
    PROPERTY = "property"
    HOUSEHOLD = "household"
    ABSOLUTE = "absolute"


CAUSE_NAMES = {
    ErrorCause.CHANNEL: N_("渠道窗口不对"),
    ErrorCause.DATE: N_("日期期限算错"),
    ErrorCause.REGION: N_("地区用错"),
    ErrorCause.BUSINESS: N_("业务类型判错"),
    ErrorCause.CONDITIONS: N_("条件说不全"),
    ErrorCause.MATERIALS: N_("材料多要或少要"),
    ErrorCause.PERSON: N_("谁能办弄错"),
    ErrorCause.PROPERTY: N_("房屋类型弄错"),
    ErrorCause.HOUSEHOLD: N_("户籍弄错"),
    ErrorCause.ABSOLUTE: N_("说法矛盾或太绝对"),
}
