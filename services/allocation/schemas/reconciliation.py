"""Bodies of the reconciliation: the DSO's results compared with our shares, in watt-minutes."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.reconciliation import Basis, DifferenceClass, Reconciliation

_CLASS = (
    "`perimeter_mismatch`: a point is known to one side only; `missing_reading`: one side has no"
    " value; `late_correction`: the DSO used other readings than ours; `coefficients_rounded`: it"
    " applied our file, whose coefficients have few decimals; `key_not_applied`: it shared by"
    " another key; `rounding`: within tolerance; `unexplained`: none of these"
)
_DIFFERENCE = "the DSO's minus ours; a missing one counts as 0"


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
        description="differing steps, and differing months compared as a whole", examples=[4]
    )
    difference_wmin: int = Field(
        description="their sum; over all classes it is the DSO's total minus ours"
    )
    apart_wmin: int = Field(
        description="the findings of the class added up without their signs: what one point has"
        " more and another less; 0 for `rounding` and `coefficients_rounded`, of which there are no"
        " findings",
        examples=[7_200],
    )


class PointOut(BodyOut):
    """One quantity of a point over the month."""

    prm: Prm = Field(examples=["99110000000101"])
    direction: Direction
    quantity: Quantity = Field(examples=["self_consumed"])
    basis: Basis = Field(
        description="compared step by step, or as a month where the DSO gives no curve"
    )
    own_wmin: int
    dso_wmin: int
    difference_wmin: int = Field(description=_DIFFERENCE)
    counts: dict[DifferenceClass, int] = Field(
        description="number of differences by class; classes without any are left out",
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
        description="the grounds for the class, in words",
    )
    days: int = Field(description="local days on which it occurs", examples=[3])
    first_day: date
    last_day: date
    count: int = Field(description="steps; 1 for a month compared as a whole", examples=[4])
    difference_wmin: int = Field(description=_DIFFERENCE)


class ReconciliationOut(BodyOut):
    operation_id: OperationId = Field(examples=["ACC00000101"])
    month: str = Field(examples=["2026-10"])
    definitive: bool = Field(description="whether all the DSO's results are definitive")
    tolerance_units: int = Field(
        description="tolerated difference per energy of the DSO, in units of the precision of its"
        " energies; from the operation's policy"
    )
    days_compared: list[date] = Field(description="days with curves of the DSO")
    days_without_curves: list[date] = Field(
        description="other days on which a point takes part; they are not in the figures by step"
    )
    totals: list[TotalOut] = Field(
        description="by direction and quantity, over everything compared"
    )
    classes: list[ClassOut] = Field(description="all classes, in the order in which they are tried")
    points_count: int = Field(description="of all `points`, beyond `limit` too", examples=[120])
    findings_count: int = Field(description="of all `findings`, beyond `limit` too", examples=[3])
    points: list[PointOut] = Field(description="everything compared, in prm order")
    findings: list[FindingOut] = Field(
        description="all differences but rounding, in prm order; the Parquet has them step by step"
    )

    @classmethod
    def of(cls, reconciliation: Reconciliation, *, limit: int | None) -> Self:
        """limit: of points and of findings; None: all."""
        points, findings = reconciliation.points, reconciliation.findings
        return cls(
            operation_id=reconciliation.operation_id,
            month=str(reconciliation.month),
            definitive=reconciliation.definitive,
            tolerance_units=reconciliation.tolerance_units,
            days_compared=list(reconciliation.days_compared),
            days_without_curves=list(reconciliation.days_without_curves),
            totals=[TotalOut.model_validate(row) for row in reconciliation.totals.to_dicts()],
            classes=[
                ClassOut.model_validate({**vars(sums), "class": sums.difference_class})
                for sums in reconciliation.classes
            ],
            points_count=points.height,
            findings_count=findings.height,
            points=[_point(row) for row in points[:limit].to_dicts()],
            findings=[FindingOut.model_validate(row) for row in findings[:limit].to_dicts()],
        )


def _point(row: dict[str, object]) -> PointOut:
    counts = {
        difference_class: row[f"{difference_class}_count"]
        for difference_class in DifferenceClass
        if row[f"{difference_class}_count"]
    }
    return PointOut.model_validate({**row, "counts": counts})
