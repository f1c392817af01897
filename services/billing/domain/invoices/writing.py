"""Write an invoice: its lines, the taxes on their energy, and its mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.accise_of_month import AcciseOfMonth
from services.billing.domain.invoices.documents import DocumentReference
from services.billing.domain.invoices.invoices import (
    Invoice,
    OperationBlock,
    Party,
    draft_invoice,
)
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.mentions import with_mentions
from services.billing.domain.invoices.settled_months import SettledMonth
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.prices.sales import NamedPlant
from services.billing.domain.taxes.accise import AccisePeriod, TaxLine
from services.billing.domain.taxes.issuers import IssuerProfile


@dataclass(frozen=True)
class Header:
    """The common facts of one seller's documents to one buyer; some vary by month."""

    operation: OperationBlock
    issuer: Party
    customer: Party
    settled: Mapping[Month, SettledMonth]
    profiles: Mapping[Month, IssuerProfile | None]
    accise: Mapping[Month, AcciseOfMonth]
    plants: Mapping[Prm, NamedPlant]


def write_invoice(
    header: Header,
    lines: Sequence[InvoiceLine],
    *,
    months: Sequence[Month],
    earlier: Sequence[DocumentReference],
) -> Invoice:
    """Write a draft for these months; the issuer's profile is that of the last one.

    lines: those of energy first, then fees.
    """
    energies = [
        DayEnergy(line.producer, line.consumer, day, energy_wmin)
        for line in lines
        for day, energy_wmin in line.days_wmin.items()
        if energy_wmin
    ]
    periods: list[AccisePeriod] = []
    taxes: list[TaxLine] = []
    for month in months:
        accise, profile = header.accise.get(month), header.profiles.get(month)
        if accise is not None:
            first_day, end = month.first_day, month.next_first_day
            month_energies = [energy for energy in energies if first_day <= energy.day < end]
            month_periods = accise.periods(month_energies)
            periods += month_periods
            taxes += accise.lines(month_energies, month_periods, header.customer, profile)
    draft = draft_invoice(
        operation=header.operation,
        months=[header.settled[month] for month in months],
        issuer=header.issuer,
        customer=header.customer,
        lines=lines,
        earlier=earlier,
        issuer_profile=header.profiles.get(months[-1]),
        accise=periods,
        taxes=taxes,
    )
    return with_mentions(replace(draft, plants=_plants_of(draft, header.plants)))


def _plants_of(draft: Invoice, plants: Mapping[Prm, NamedPlant]) -> list[NamedPlant]:
    producers = {line.producer for line in draft.lines}
    return [plants[prm] for prm in sorted(producers & plants.keys())]
