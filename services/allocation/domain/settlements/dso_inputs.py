"""The DSO's results, frozen as bytes that outlive its next correction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.dso_results import DsoCurve, DsoDay, DsoEnergy, DsoMonth
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.dso_basis import TakingPart
from services.allocation.domain.settlements.inputs import FrozenInput, read_frozen, write_frozen

_DSO_DAY = "dso_day"
_DSO_MONTH = "dso_month"


def freeze_dso_day(
    result: DsoDay, participants: Sequence[Participant], tolerance_units: int
) -> FrozenInput:
    """Freeze the DSO's results for the participants; sorted: equal results are equal bytes."""
    participant_set = set(participants)
    curves = [
        {**vars(curve), "energy_wmin": list(curve.energy_wmin)}
        for curve in sorted(
            result.curves, key=lambda curve: (curve.prm, curve.direction, curve.quantity)
        )
        if (curve.prm, curve.direction) in participant_set
    ]
    return write_frozen(
        _DSO_DAY,
        {
            "day": result.day.isoformat(),
            "revision": result.revision,
            "participants": sorted(participants),
            "tolerance_units": tolerance_units,
            "curves": curves,
        },
    )


def thaw_dso_day(
    operation_id: OperationId, frozen: FrozenInput
) -> tuple[DsoDay, list[Participant], int]:
    """Return the day, its participants and the tolerance."""
    content = read_frozen(frozen, _DSO_DAY)
    result = DsoDay(
        operation_id=operation_id,
        day=date.fromisoformat(content["day"]),
        revision=content["revision"],
        definitive=True,
        curves=[DsoCurve(**_typed(curve)) for curve in content["curves"]],
    )
    return result, _participants(content["participants"]), content["tolerance_units"]


def freeze_dso_month(
    result: DsoMonth, taking_part: TakingPart, tolerance_units: int
) -> FrozenInput:
    """Freeze the month without its days, which are those of our own shares."""
    everybody = {
        participant for participants in taking_part.values() for participant in participants
    }
    energies = sorted(
        (vars(energy) for energy in result.energies if (energy.prm, energy.direction) in everybody),
        key=lambda energy: [str(value) for value in energy.values()],
    )
    return write_frozen(
        _DSO_MONTH,
        {
            "month": str(result.month),
            "revision": result.revision,
            "tolerance_units": tolerance_units,
            "energies": energies,
        },
    )


def thaw_dso_month(operation_id: OperationId, frozen: FrozenInput) -> tuple[DsoMonth, int]:
    """Return the month and the tolerance."""
    content = read_frozen(frozen, _DSO_MONTH)
    result = DsoMonth(
        operation_id=operation_id,
        month=Month.parse(content["month"]),
        revision=content["revision"],
        definitive=True,
        energies=[DsoEnergy(**_typed(energy)) for energy in content["energies"]],
    )
    return result, content["tolerance_units"]


def _participants(pairs: Sequence[tuple[str, str]]) -> list[Participant]:
    return [Participant(Prm(prm), Direction(direction)) for prm, direction in pairs]


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    quantity, direction = Quantity(fields["quantity"]), Direction(fields["direction"])
    return {**fields, "direction": direction, "quantity": quantity}
