"""Body of the yearly report of an operation."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.surplus.yearly_reports import YearEnergies, YearlyReport


class EnergiesOut(BodyOut):
    production_wmin: int
    consumption_wmin: int
    shared_wmin: int = Field(description="production allocated to consumers, watt-minutes")
    self_consumption_rate: float | None = Field(
        description="shared / produced; null without production"
    )
    self_sufficiency_rate: float | None = Field(
        description="shared / consumed; null without consumption"
    )

    @classmethod
    def of(cls, energies: YearEnergies) -> Self:
        self_consumption, sufficiency = (
            energies.self_consumption_rate,
            energies.self_sufficiency_rate,
        )
        return cls(
            production_wmin=energies.production_wmin,
            consumption_wmin=energies.consumption_wmin,
            shared_wmin=energies.shared_wmin,
            self_consumption_rate=None if self_consumption is None else float(self_consumption),
            self_sufficiency_rate=None if sufficiency is None else float(sufficiency),
        )


class ReportedMonthOut(BodyOut):
    month: str
    settlement: int = Field(description="its number", examples=[1])
    status: str = Field(examples=["provisional"])
    energies: EnergiesOut


class MembersOut(BodyOut):
    household: int = Field(examples=[11])
    company: int = Field(examples=[1])
    public_body: int = Field(examples=[1])
    unknown: int = Field(description="members of unknown kind", examples=[0])


class ParticipantsOut(BodyOut):
    day: date = Field(description="last day of the year, or today", examples=["2026-12-31"])
    consumers: int = Field(description="points that consume", examples=[12])
    producers: int = Field(description="points that produce", examples=[2])
    members: MembersOut
    entries: int = Field(description="points that joined in the year", examples=[3])
    exits: int = Field(description="points that left in the year", examples=[1])


class ProducerYearOut(BodyOut):
    producer: Prm
    energy_wmin: int = Field(description="sold, by issued documents; watt-minutes")
    revenue_cents: int = Field(description="for energy, before VAT; cents", examples=[144])
    fees_cents: int = Field(description="before VAT; cents", examples=[0])
    mean_eur_per_kwh: Decimal | None = Field(examples=["0.1200"])
    lowest_eur_per_kwh: Decimal | None = Field(examples=["0.1000"])
    highest_eur_per_kwh: Decimal | None = Field(examples=["0.1400"])


class ReportedPlantOut(BodyOut):
    """A plant of the year as it is called now; null where nobody has said."""

    prm: Prm
    name: str | None = Field(examples=["Toit du lavoir"])
    kind: str | None = Field(
        description="`solar`, `wind`, `hydro` or `biomass`; more may come", examples=["solar"]
    )
    power_w: int | None = Field(description="installed power", examples=[36_000])


class YearlyReportOut(BodyOut):
    operation_id: OperationId
    name: str = Field(examples=["Pousse-Soleil"])
    organiser_name: str | None = Field(
        description="null until it is known", examples=["Les Volts d’Aurelle"]
    )
    year: int = Field(examples=[2026])
    participants: ParticipantsOut
    total: EnergiesOut = Field(description="of the months below")
    months: list[ReportedMonthOut]
    missing: list[str] = Field(
        description="months that are over but not settled: the report is incomplete",
        examples=[["2026-10"]],
    )
    producers: list[ProducerYearOut]
    plants: list[ReportedPlantOut]

    @classmethod
    def of(cls, report: YearlyReport) -> Self:
        people = report.participants
        members = {str(kind or "unknown"): count for kind, count in people.members.items()}
        none = dict.fromkeys(MembersOut.model_fields, 0)
        return cls(
            operation_id=report.operation_id,
            name=report.name,
            organiser_name=report.organiser_name,
            year=report.year,
            participants=ParticipantsOut.model_validate(
                vars(people) | {"members": MembersOut(**none | members)}
            ),
            total=EnergiesOut.of(report.total),
            months=[
                ReportedMonthOut(
                    month=str(month.month),
                    settlement=month.number,
                    status=month.status,
                    energies=EnergiesOut.of(month.energies),
                )
                for month in report.months
            ],
            missing=[str(month) for month in report.missing],
            producers=[ProducerYearOut.model_validate(producer) for producer in report.producers],
            plants=[ReportedPlantOut.model_validate(plant) for plant in report.plants],
        )
