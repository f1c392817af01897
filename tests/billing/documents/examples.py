"""Issued invoices of invented people, one for each kind of document there is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.invoices.invoices import (
    Invoice,
    OperationBlock,
    Party,
    VatLine,
)
from services.billing.domain.invoices.lines import InvoiceLine, daily
from services.billing.domain.invoices.periods import EarlierPeriod
from services.billing.domain.invoices.routing import Routing
from services.billing.domain.invoices.settled_months import KeyOfDays, SettledMonth, SettlementBlock
from services.billing.domain.invoices.usage import PointUsage, Usage
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.prices.sales import NamedPlant

OCTOBER = Month(2026, 10)
ROOF, BARN = Prm("99220000000101"), Prm("99220000000202")
HOME, WORKSHOP = Prm("99220000000303"), Prm("99220000000404")
MENTION_293B = "TVA non applicable, art. 293 B du CGI"
_SUN = [*[0] * 7, 1, 6, 15, 25, 33, 38, 40, 36, 28, 17, 7, 1, *[0] * 5]
NASTY = 'L\'Éolienne <&> "#1" *gras* _souligné_ $x^2$ #panic() @fig \\ ` ~ [a] ðŁő 漢字 😀'


def party(
    name: str,
    address: str = "12 chemin des Vignes\n99110 Pousselac",
    *,
    siren: str | None = None,
    vat_number: str | None = None,
) -> Party:
    return Party(_id(name), name, address, siren, vat_number, "company" if siren else "household")


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


SOLEILS = party("Soleils de Pousselac SAS", siren="992000026", vat_number="FR29992000026")
FARMER = party("Ferme du Haut-Buisson", "La Cure\n99110 Pousselac", siren="991000001")
ANNA = party("Anna Brindille", "3 rue du Four\nBâtiment B\n99110 Pousselac")
BAKERY = party("Boulangerie Ménard SARL", siren="993000009", vat_number="FR59993000009")


def delivered_elsewhere() -> Invoice:
    """Of somebody who takes the energy at another place than where they live."""
    return invoice(customer=replace(ANNA, delivery_address="Le Moulin\n99120 Vallon"))


@dataclass(frozen=True)
class Price:
    euro: str = "0.125"
    rate: str = "0.2"
    producer: Prm | None = None
    valid_from: date = OCTOBER.first_day
    valid_to: date = OCTOBER.days[-1] + timedelta(days=1)

    def line(self, producer: Prm, consumer: Prm, sold: Sequence[DayEnergy]) -> InvoiceLine:
        days = {
            day_sold.day: day_sold.energy_wmin
            for day_sold in sold
            if (day_sold.producer, day_sold.consumer) == (producer, consumer)
            and self.valid_from <= day_sold.day < self.valid_to
        }
        energy_wmin = sum(days.values())
        energy_kwh = kwh_from_wmin(energy_wmin)
        return InvoiceLine(
            producer=producer,
            consumer=consumer,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            energy_wmin=energy_wmin,
            energy_kwh=str(round_half_up(energy_kwh, 3)),
            price_eur_per_kwh=self.euro,
            vat_rate=self.rate,
            amount_cents=int(round_half_up(energy_kwh * Decimal(self.euro) * 100, 0)),
            vat_mention=MENTION_293B if self.rate == "0" else None,
            daily_wmin=daily(days, self.valid_from, self.valid_to),
        )


def sunny(day: date, *, peak_wmin: int = 540_000) -> int:
    """An invented day's energy, higher when the invented sky is clear."""
    return int(peak_wmin * (0.35 + 0.65 * abs(math.sin(day.day * 1.7))) * (1 - day.day / 90))


def energies(
    pairs: Sequence[tuple[Prm, Prm]] = ((ROOF, HOME),), *, month: Month = OCTOBER
) -> list[DayEnergy]:
    return [
        DayEnergy(producer, consumer, day, sunny(day))
        for producer, consumer in pairs
        for day in month.days
    ]


def invoice(
    issuer: Party = SOLEILS,
    customer: Party = ANNA,
    *,
    sold: Sequence[DayEnergy] | None = None,
    prices: Sequence[Price] = (Price(),),
    consumed_wmin: int = 24_000_000,
    issued: bool = True,
    hours_known: bool = False,
) -> Invoice:
    sold = sold or energies()
    pairs = sorted({(day_sold.producer, day_sold.consumer) for day_sold in sold})
    lines = [
        price.line(producer, consumer, sold)
        for producer, consumer in pairs
        for price in prices
        if price.producer in (None, producer)
    ]
    vat = [_vat(rate, lines) for rate in sorted({line.vat_rate for line in lines}, reverse=True)]
    excl_vat_cents, vat_cents = (
        sum(line.amount_cents for line in lines),
        sum(vat_line.vat_cents for vat_line in vat),
    )
    return Invoice(
        id=_id(f"{issuer.name} {customer.name}"),
        number="F2026-00042" if issued else None,
        issue_date=date(2026, 11, 5) if issued else None,
        operation=OperationBlock(OperationId("ACC00000101"), "Pousse-Soleil"),
        month=str(OCTOBER),
        period_from=OCTOBER.first_day,
        period_to=OCTOBER.days[-1] + timedelta(days=1),
        settlement=SettlementBlock(2, "definitive", "5e8b7c" * 10 + "12ab"),
        issuer=issuer,
        customer=customer,
        lines=lines,
        vat=vat,
        vat_mentions=[MENTION_293B] if any(vat_line.rate == "0" for vat_line in vat) else [],
        total_excl_vat_cents=excl_vat_cents,
        total_vat_cents=vat_cents,
        total_incl_vat_cents=excl_vat_cents + vat_cents,
        usage=_usage(sold, consumed_wmin, hours_known=hours_known),
    )


def _vat(rate: str, lines: Sequence[InvoiceLine]) -> VatLine:
    base_cents = sum(line.amount_cents for line in lines if line.vat_rate == rate)
    return VatLine(rate, base_cents, int(round_half_up(base_cents * Decimal(rate), 0)))


def _usage(sold: Sequence[DayEnergy], consumed_wmin: int, *, hours_known: bool) -> Usage:
    supplied_wmin = dict.fromkeys(OCTOBER.days, 0)
    for energy in sold:
        supplied_wmin[energy.day] += energy.energy_wmin
    shared_wmin = sum(supplied_wmin.values())
    home = PointUsage(HOME, max(consumed_wmin, shared_wmin), shared_wmin)
    by_hour_wmin = [shared_wmin * weight // sum(_SUN) for weight in _SUN] if hours_known else []
    return Usage(list(supplied_wmin.values()), [home], by_hour_wmin)


def household() -> Invoice:
    """With all that is known of its month, and of others."""
    settled = SettlementBlock(
        2,
        "definitive",
        "5e8b7c" * 10 + "12ab",
        [KeyOfDays("default_dynamic", OCTOBER.first_day, OCTOBER.next_first_day)],
    )
    return replace(
        invoice(hours_known=True),
        months=[SettledMonth(str(OCTOBER), settled)],
        plants=[NamedPlant(ROOF, "Toit du lavoir", "solar")],
        earlier=[
            EarlierPeriod(date(2026, 9, 1), date(2026, 10, 1), 11_400_000, 2_850),
            EarlierPeriod(date(2025, 10, 1), date(2025, 11, 1), 9_720_000, 2_430),
        ],
    )


def professional() -> Invoice:
    changed = date(2026, 10, 16)
    prices = [Price("0.125", valid_to=changed), Price("0.131234", valid_from=changed)]
    return invoice(customer=BAKERY, prices=prices)


def public_body() -> Invoice:
    routing = Routing("99100001900018", "SRV-ENERGIE", "EJ-2026-0042")
    town = party("Mairie de Pousselac", siren="991000019")
    return invoice(customer=replace(town, kind="public_body", routing=routing))


def franchise() -> Invoice:
    return invoice(issuer=FARMER, prices=[Price("0.11", "0")])


def two_vat_rates() -> Invoice:
    pairs = [(ROOF, HOME), (BARN, HOME)]
    prices = [Price(producer=ROOF), Price("0.1", "0.055", producer=BARN)]
    return invoice(sold=energies(pairs), prices=prices)


def private_seller() -> Invoice:
    """Somebody without SIREN."""
    return invoice(issuer=party("Lucie Brindille"), prices=[Price("0.11", "0")])


def many_lines() -> Invoice:
    pairs = [(Prm(f"9922000001{i:04}"), Prm(f"9922000002{i:04}")) for i in range(70)]
    return invoice(customer=BAKERY, sold=energies(pairs), consumed_wmin=0)


def nasty_names() -> Invoice:
    return invoice(
        issuer=party(NASTY, f"{NASTY}\n99110 {NASTY}", siren="992000026"),
        customer=party(NASTY[:40], "a\nb\nc\nd\ne"),
        prices=[Price("0.1", "0")],
    )


GOLDEN = {
    "household": household,
    "professional, a price that changes": professional,
    "franchise en base": franchise,
    "two VAT rates": two_vat_rates,
    "a private seller": private_seller,
    "many lines": many_lines,
    "names that would be markup": nasty_names,
}
