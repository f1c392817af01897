"""The results of a simulation."""

import csv
import io
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.spreadsheets import spreadsheet_text
from libs.common.units import kwh_from_wmin
from services.allocation.domain.simulations import Proposal, Result

_COLUMNS = (
    "scenario",
    "prm",
    "direction",
    "metered_kwh",
    "shared_kwh",
    "rest_kwh",
    "savings_eur",
    "revenue_eur",
)


class SimulatedConsumerOut(BodyOut):
    prm: Prm
    consumption_wmin: int
    shared_wmin: int
    complement_wmin: int = Field(description="from the ordinary supplier")
    coverage: float | None = Field(description="shared part of the consumption, 0 to 1")
    savings_cents: int = Field(description="shared energy × (supplier's price - local price)")


class SimulatedProducerOut(BodyOut):
    prm: Prm = Field(examples=["99220000000101"])
    production_wmin: int
    shared_wmin: int = Field(description="sold to members")
    surplus_wmin: int
    revenue_cents: int = Field(description="sold at the local price, surplus at the feed-in price")


class OutcomeOut(BodyOut):
    """One scenario. Rates and the Gini coefficient are numbers from 0 to 1, null without energy."""

    name: str = Field(examples=["today"])
    production_wmin: int
    consumption_wmin: int
    shared_wmin: int
    surplus_wmin: int
    complement_wmin: int
    self_consumption_rate: float | None = Field(description="shared part of the production")
    self_sufficiency_rate: float | None = Field(description="shared part of the consumption")
    gini_of_coverage: float | None = Field(description="0: all are covered alike")
    lowest_coverage: float | None
    savings_cents: int
    revenue_cents: int
    consumers: list[SimulatedConsumerOut]
    producers: list[SimulatedProducerOut]


class ProposalOut(BodyOut):
    """A key found by calculation.

    Nobody has decided on it; it becomes a key only if people choose.
    """

    proposal: Literal[True] = True
    definition: dict[str, Any] = Field(
        description="the definition of a key, as the routes for keys accept it",
        examples=[{"type": "static", "shares": {"99110000000101": "0.25"}, "redistribute": False}],
    )
    at_most_wmin: int | None = Field(
        description="no static key without redistribution shares more; null for other types",
        examples=[450_000],
    )
    outcome: OutcomeOut = Field(description="computed with this very key, like the scenarios")


class ResultOut(BodyOut):
    scenarios: list[OutcomeOut]
    proposals: list[ProposalOut]

    @classmethod
    def of(cls, result: Result) -> Self:
        return cls(
            scenarios=[OutcomeOut.model_validate(outcome) for outcome in result.outcomes],
            proposals=[_proposal(proposal) for proposal in result.proposals],
        )

    def outcomes(self) -> list[OutcomeOut]:
        """Return the outcomes of scenarios, then of proposals."""
        return [*self.scenarios, *(proposal.outcome for proposal in self.proposals)]


def _proposal(proposal: Proposal) -> ProposalOut:
    return ProposalOut(
        definition=proposal.definition,
        at_most_wmin=proposal.at_most_wmin,
        outcome=OutcomeOut.model_validate(proposal.outcome),
    )


def csv_of(result: ResultOut) -> str:
    """One row per scenario and point, for spreadsheets: kWh to the watt-hour, euros."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for outcome in result.outcomes():
        name = spreadsheet_text(outcome.name)
        for consumer in outcome.consumers:
            energies = (consumer.consumption_wmin, consumer.shared_wmin, consumer.complement_wmin)
            amounts = (_euros(consumer.savings_cents), "")
            writer.writerow([name, consumer.prm, "consumption", *map(_kwh, energies), *amounts])
        for producer in outcome.producers:
            energies = (producer.production_wmin, producer.shared_wmin, producer.surplus_wmin)
            amounts = ("", _euros(producer.revenue_cents))
            writer.writerow([name, producer.prm, "production", *map(_kwh, energies), *amounts])
    return text.getvalue()


def _kwh(energy_wmin: int) -> str:
    return str(round_half_up(kwh_from_wmin(energy_wmin), 3))


def _euros(amount_cents: int) -> str:
    return str(Decimal(amount_cents).scaleb(-2))
