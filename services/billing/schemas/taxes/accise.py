"""Bodies of the routes about the accise on electricity."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import date, datetime
from typing import Self

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm, PrmField
from libs.common.texts import LineField
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseCategory, AcciseEntry, AcciseRegime
from services.billing.domain.taxes.accise_default import default_entries, reasons_for
from services.billing.store.taxes.parties import read_accise_entry
from services.billing.tables import AcciseRegimeRow

_LEGAL_BASIS = "art. L312-79 et L312-87 du CIBS"
_EVIDENCE = "Rescrit n° 2026-14 du 12 janvier 2026, dossier A3"


class AcciseEntryIn(BodyIn):
    """The operation's decision from a local day on, until the next entry."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "valid_from": "2026-01-01",
                    "regime": "exempt",
                    "legal_basis": _LEGAL_BASIS,
                    "evidence": _EVIDENCE,
                    "categories": {},
                }
            ]
        }
    )

    valid_from: DayField
    regime: AcciseRegime
    legal_basis: LineField | None = Field(description="of an exemption")
    evidence: LineField | None = Field(description="the document that proves an exemption")
    categories: dict[PrmField, AcciseCategory] = Field(
        max_length=10_000, description="of consumers whose category does not follow from power"
    )

    def to_entry(self) -> AcciseEntry:
        """Raises AcciseRegimeInvalid."""
        return AcciseEntry(**dict(self))


class AcciseEntryOut(BodyOut):
    number: int
    recorded_at: datetime
    valid_from: date
    regime: AcciseRegime
    legal_basis: str | None = Field(examples=[_LEGAL_BASIS])
    evidence: str | None = Field(examples=[_EVIDENCE])
    categories: dict[PrmField, AcciseCategory] = Field(examples=[{}])


class AcciseDefaultOut(BodyOut):
    """The regime that holds from a day on where nothing was decided."""

    valid_from: date
    regime: AcciseRegime = Field(
        description="`exempt` while each plant is known to be of renewable energy and to have less"
        " than 1 MW, else `undecided`"
    )
    legal_basis: str | None = Field(examples=[_LEGAL_BASIS])
    evidence: str | None = Field(
        examples=["installations d’énergie renouvelable de moins de 1 MW chacune"]
    )
    reasons: list[str] = Field(
        description="in sentences, with how sure they are",
        examples=[["Each plant is known to make renewable electricity with less than 1 MW."]],
    )


class AcciseRegimeOut(BodyOut):
    """All entries, in the order in which they were recorded; none is ever changed.

    Of two entries with the same `valid_from`, the later applies. On days before the first entry the
    default holds.
    """

    operation_id: OperationId
    entries: list[AcciseEntryOut]
    default: list[AcciseDefaultOut] = Field(
        description="by its plants' kinds and powers, from each day on which it changes"
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        rows: Sequence[AcciseRegimeRow],
        participations: Iterable[Participation],
    ) -> Self:
        return cls(
            operation_id=operation_id,
            entries=[
                AcciseEntryOut.model_validate(
                    asdict(read_accise_entry(row))
                    | {"number": row.number, "recorded_at": row.recorded_at}
                )
                for row in rows
            ],
            default=[
                AcciseDefaultOut(
                    valid_from=entry.valid_from,
                    regime=entry.regime,
                    legal_basis=entry.legal_basis,
                    evidence=entry.evidence,
                    reasons=list(reasons_for(entry.regime)),
                )
                for entry in default_entries(participations)
            ],
        )

    def only_of(self, points: AbstractSet[Prm]) -> Self:
        """The regime with the categories of these points only."""
        entries = [
            entry.model_copy(
                update={
                    "categories": {
                        prm: category for prm, category in entry.categories.items() if prm in points
                    }
                }
            )
            for entry in self.entries
        ]
        return self.model_copy(update={"entries": entries})


class AccisePeriodOut(BodyOut):
    """The regime over days of the month on which energy was supplied."""

    regime: AcciseRegime
    valid_from: date
    valid_to: date = Field(description="the local day after the last one", examples=["2026-11-01"])
    legal_basis: str | None = Field(examples=[_LEGAL_BASIS])
    evidence: str | None = Field(examples=[_EVIDENCE])
