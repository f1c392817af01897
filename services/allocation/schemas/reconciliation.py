"""Bodies of the reconciliation: the DSO's results against our shares, in watt-minutes."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.reconciliation import Basis, DifferenceClass, Reconciliation

_CLASS = (
    "`perimeter_mismatch`: a point is known to one side only; `missing_reading`: one side has no"
    " value; `late_correction`: the DSO used other readings than ours; `key_not_applied`: it shared"
    " by another key; `rounding`: within tolerance; `unexplained`: none of these"
)
_DIFFERENCE = "the DSO's less ours; what is missing counts as 0"


class TotalOut(BodyOut):
    direction: Direction
    quantity: Quantity = Field(examples=["self_consumed"])
    own_wmin: int
    dso_wmin: int
    difference_wmin: int = Field(description=_DIFFERENCE)


class ClassOut(BodyOut):
    difference_class: DifferenceClass = Field(
        alias="class", description=_CLASS, examples=["late_correction"]
    )
    count: int = Field(
        description="steps that differ, and months compared as a whole that do", examples=[4]
    )
    difference_wmin: int = Field(
        description="what they add up to; over all classes it is the DSO's total less ours"
    )


class PointOut(BodyOut):
    """One quantity of a point over the month."""

    prm: Prm = Field(examples=["99110000000101"])
    direction: Direction
    quantity: Quantity = Field(examples=["self_consumed"])
    basis: Basis = Field(
        description="compared step by step, or as a month where the DSO gives no curve of it"
    )
    own_wmin: int
    dso_wmin: int
    difference_wmin: int = Field(description=_DIFFERENCE)
    counts: dict[DifferenceClass, int] = Field(
        description="differences by class, without those that have none",
        examples=[{"late_correction": 4, "rounding": 310}],
    )


class FindingOut(BodyOut):
    """Differences of one quantity of a point that have one class and one evidence."""

    prm: Prm = Field(examples=["99110000000101"])
    direction: Direction
    quantity: Quantity = Field(examples=["self_consumed"])
    basis: Basis
    difference_class: DifferenceClass = Field(
        alias="class", description=_CLASS, examples=["late_correction"]
    )
    evidence: str = Field(
        examples=["the DSO used other readings, ours are as first received"],
        description="what it was concluded from, in words",
    )
    days: int = Field(description="local days on which it is found", examples=[3])
    first_day: date
    last_day: date
    count: int = Field(description="steps; 1 for a month compared as a whole", examples=[4])
    difference_wmin: int = Field(description=_DIFFERENCE)


class ReconciliationOut(BodyOut):
    operation_id: OperationId = Field(examples=["ACC00000101"])
    month: str = Field(examples=["2026-10"])
    definitive: bool = Field(description="whether the DSO calls all that it gave definitive")
    tolerance_units: int = Field(
        description="units of the precision of the DSO's energies that a difference may have per"
        " energy that it gave; of the operation's policy"
    )
    days_compared: list[date] = Field(description="days of which the DSO has given curves")
    days_without_curves: list[date] = Field(
        description="other days on which a point takes part; they are not in the figures by step"
    )
    totals: list[TotalOut] = Field(description="by direction and quantity, of what is compared")
    classes: list[ClassOut] = Field(description="all of them, in the order in which they are tried")
    points: list[PointOut] = Field(description="what is compared, in prm order")
    findings: list[FindingOut] = Field(
        description="all differences but rounding, in prm order; the Parquet has them step by step"
    )

    @classmethod
    def of(cls, found: Reconciliation) -> Self:
        return cls(
            operation_id=found.operation_id,
            month=str(found.month),
            definitive=found.definitive,
            tolerance_units=found.tolerance_units,
            days_compared=list(found.days_compared),
            days_without_curves=list(found.days_without_curves),
            totals=[TotalOut.model_validate(one) for one in found.totals.to_dicts()],
            classes=[
                ClassOut.model_validate(
                    {"class": name, "count": count, "difference_wmin": difference_wmin}
                )
                for name, count, difference_wmin in found.classes
            ],
            points=[_point(one) for one in found.points.to_dicts()],
            findings=[FindingOut.model_validate(one) for one in found.findings.to_dicts()],
        )


def _point(row: dict[str, object]) -> PointOut:
    counts = {one: row[f"{one}_count"] for one in DifferenceClass if row[f"{one}_count"]}
    return PointOut.model_validate({**row, "counts": counts})
