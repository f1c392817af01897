"""Bodies of the routes for cross-checks and departures."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction
from services.ingest.domain.facts.contracts import Departure
from services.ingest.domain.facts.cross_check import Check, CheckedSource, Verdict

_WMIN_IN_WH = 60
_WH = Decimal("0.1")


class CrossCheckOut(BodyOut):
    """A curve beside the index or invoice of the same days."""

    prm: str = Field(examples=["99000000000017"])
    direction: Direction
    source: CheckedSource = Field(
        description="`index`: between the first and the last midnight of the month at which the "
        "counter was read · `invoiced`: a quantity of R67"
    )
    from_day: date = Field(examples=["2026-10-01"])
    to_day: date = Field(description="first day that no longer counts", examples=["2026-11-01"])
    reference_wh: int = Field(description="by the counter or the invoice", examples=[312000])
    curve_wh: Decimal = Field(description="sum of the readings that are known", examples=["311870"])
    difference_wh: Decimal = Field(
        description="how much more the curve says, to a tenth", examples=["-130.0"]
    )
    missing_minutes: int = Field(description="of the curve", examples=[0])
    verdict: Verdict = Field(
        description="`agrees` within the tolerance · `differs` · `incomplete`: steps of the curve "
        "are missing · `went_back`: the counter did, as when a meter is replaced"
    )

    @classmethod
    def of(cls, check: Check) -> Self:
        reference = check.reference
        return cls(
            prm=reference.prm,
            direction=reference.direction,
            source=reference.source,
            from_day=reference.from_day,
            to_day=reference.to_day,
            reference_wh=reference.energy_wh,
            curve_wh=_wh(check.curve_wmin),
            difference_wh=_wh(check.difference_wmin),
            missing_minutes=check.missing_min,
            verdict=check.verdict,
        )


def _wh(energy_wmin: int) -> Decimal:
    return (Decimal(energy_wmin) / _WMIN_IN_WH).quantize(_WH)


class DepartureOut(BodyOut):
    """A point that left the operation because of its contract."""

    prm: str = Field(examples=["99000000000017"])
    left_on: date = Field(description="first local day that no longer counts")
    reason: Departure = Field(
        description="`terminated`: its contract ended · `new_occupant`: somebody else began one"
    )
