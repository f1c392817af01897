"""Days of November that allocation holds up, as it would tell them."""

from collections.abc import Sequence
from datetime import date

from libs.common.events.allocation import DayHeldUp, MissingSteps
from tests.billing.members import TIME
from tests.billing.world import Coop


def held_up(
    coop: Coop,
    day: int,
    status: str,
    *,
    minute: int = 1,
    missing: Sequence[MissingSteps] = (),
    **counts: int,
) -> DayHeldUp:
    return DayHeldUp.model_validate(
        {
            "time": TIME.replace(minute=minute),
            "operation_id": coop.operation_id,
            "day": date(2026, 11, day),
            "status": status,
            "missing": missing,
            "missing_points": len(missing),
            "key_missing_steps": 0,
            **counts,
        }
    )
