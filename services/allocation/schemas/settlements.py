"""Bodies of the routes for settlements."""

import json
from datetime import date
from typing import Any, Self

from pydantic import AwareDatetime, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.settlements import SettlementStatus
from services.allocation.schemas.keys import DayBasisOut
from services.allocation.tables import SettlementRow, StaleSettlementRow


class SettlementIn(BodyIn):
    month: str = Field(max_length=7, examples=["2026-10"])


class SettlementHeadOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    number: int = Field(description="counts the settlements of the month; a higher one supersedes")
    superseded_by: int | None = Field(
        description="number of the settlement that replaced it", examples=[None]
    )
    outdated: bool = Field(
        description="it is the last one, and something has changed since: it is settled again"
        " automatically as soon as possible",
        examples=[True],
    )
    refusal: dict[str, Any] | None = Field(
        description="why an outdated month is not settled again: the problem met in settling it;"
        " null while that is pending",
        examples=[
            {
                "type": "/problems/days-incomplete",
                "title": "Some days are not allocated",
                "detail": "1 day of 2026-10 cannot be settled: `days` says what is missing.",
                "days": [{"day": "2026-10-12", "status": "incomplete", "missing": []}],
            }
        ],
    )
    status: SettlementStatus
    closed_at: AwareDatetime
    content_hash: str = Field(
        description="SHA-256 of version, operation_id, month, status, pairs, points, step_hashes"
        " and, if there are any, tariff_classes, as JSON with sorted keys, no spaces, in UTF-8"
    )
    revisions: dict[date, int] = Field(
        description="the revision of each of its days: of our shares, or of the DSO's curves"
    )

    @classmethod
    def of(
        cls, row: SettlementRow, *, last_number: int, mark: StaleSettlementRow | None = None
    ) -> Self:
        """Build the body. mark: of the month, if something has changed."""
        is_last = row.number == last_number
        return cls(
            operation_id=OperationId(row.operation_id),
            month=row.month,
            number=row.number,
            superseded_by=None if is_last else row.number + 1,
            outdated=is_last and mark is not None,
            refusal=mark.refusal if is_last and mark is not None else None,
            status=SettlementStatus(row.status),
            closed_at=row.closed_at,
            content_hash=row.content_hash,
            revisions=row.revisions,
        )


class SettledPairOut(BodyOut):
    producer: Prm
    consumer: Prm
    energy_wmin: list[int] = Field(
        description="one per day of the month, in order", examples=[[14_400, 13_900]]
    )


class SettledPointOut(BodyOut):
    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int


class TariffClassesOut(BodyOut):
    """A consumer's shared energy by tariff class, as the DSO names it; it sums to `shared_wmin`."""

    prm: Prm
    shared_wmin: dict[str, int] = Field(examples=[{"HCB": 240_000, "HPB": 1_200_000}])


class SettlementInputsOut(BodyOut):
    """SHA-256 of each frozen input: everything needed to rebuild the settlement."""

    perimeter_revision: int
    days: dict[date, str] = Field(
        description="our readings and participants, by day", examples=[{"2026-10-01": "5e0f" * 16}]
    )
    keys: list[str] = Field(description="the keys that these days name", examples=[["5e0f" * 16]])
    dso_days: dict[date, str] = Field(
        default={}, description="the DSO's curves, by day", examples=[{"2026-10-01": "5e0f" * 16}]
    )
    dso_month: str | None = Field(
        default=None,
        description="the DSO's energies of the month; beside `dso_days` they give classes alone",
        examples=["5e0f" * 16],
    )
    bases: dict[date, DayBasisOut] = Field(
        default={},
        description="days shared by coefficients that were set before the month, or by what stands"
        " for them",
        examples=[{"2027-01-01": {"basis": "deposit", "month": "2027-01", "number": 1}}],
    )


class SettlementOut(SettlementHeadOut):
    version: int = Field(description="of the content")
    inputs: SettlementInputsOut
    pairs: list[SettledPairOut]
    points: list[SettledPointOut]
    step_hashes: list[str | None] = Field(
        description="one per day of the month, in order: SHA-256 of the shares of all steps, as"
        " lines of producer, consumer, minutes of a step, watt-minutes with commas between; null"
        " where nothing is shared or only the month is known",
        examples=[["5e0f" * 16]],
    )
    tariff_classes: list[TariffClassesOut] = Field(
        default=[],
        description="of consumers, where the DSO gave all energies of the month; the hashed content"
        " has them only if there are any",
    )

    @classmethod
    def of(
        cls, row: SettlementRow, *, last_number: int, mark: StaleSettlementRow | None = None
    ) -> Self:
        head = SettlementHeadOut.of(row, last_number=last_number, mark=mark)
        content = json.loads(row.content)
        return cls.model_validate(content | {"inputs": row.inputs} | dict(head))


class VerificationOut(BodyOut):
    matches: bool = Field(
        description="the engine produces the same bytes from undamaged frozen inputs",
        examples=[True],
    )
    content_hash: str = Field(description="of the settlement as closed")
    recomputed_hash: str | None = Field(
        description="of the engine's present result from these inputs; null if any is damaged"
    )
    damaged_inputs: list[str] = Field(
        description="names of frozen inputs that are lost, or whose bytes have another hash than"
        " their name",
        examples=[[]],
    )
