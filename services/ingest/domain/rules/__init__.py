"""The validation rules: each finds the steps of a day that look wrong; settings decide the action.

To add one, write its ``Rule`` in a module of this folder and list it in ``RULES``; then renew
docs/use/validation-rules.md (see ``domain.rules.documentation``).
"""

from services.ingest.domain.rules.frozen import FROZEN
from services.ingest.domain.rules.night import PRODUCTION_AT_NIGHT
from services.ingest.domain.rules.points import POINT_UNKNOWN
from services.ingest.domain.rules.powers import ABOVE_POWER, SPIKE
from services.ingest.domain.rules.rule import Days, Parameter, Rule, RuleAction
from services.ingest.domain.rules.steps import GAP, OVERLAP, STEP_CHANGE

__all__ = ["RULES", "Days", "Parameter", "Rule", "RuleAction"]

RULES = {
    rule.code: rule
    for rule in (
        POINT_UNKNOWN,
        ABOVE_POWER,
        SPIKE,
        FROZEN,
        PRODUCTION_AT_NIGHT,
        OVERLAP,
        STEP_CHANGE,
        GAP,
    )
}
"""The rules by code. A record that several would quarantine counts as the first one's."""
