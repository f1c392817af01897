"""The lines of a document in CII, and the parts that its head shares with them."""

from datetime import date
from decimal import Decimal

from lxml import etree

from services.billing.documents.cii_elements import add, add_date, euros
from services.billing.documents.facts import DocumentFacts, LineFacts, LineFactsKind


def add_line(trade: etree._Element, number: int, line: LineFacts, facts: DocumentFacts) -> None:
    item = add(trade, "ram:IncludedSupplyChainTradeLineItem")
    add(add(item, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(number))
    product = add(item, "ram:SpecifiedTradeProduct")
    add(product, "ram:Name", line.label or "Électricité locale")
    plants = {plant.prm: plant.name for plant in facts.plants}
    features = {
        "PRM producteur": line.producer,
        "Installation": plants.get(line.producer) if line.producer else None,
        "PRM client": line.consumer,
        "Classe horaire": line.hour_class,
        "Remise": line.discount,
        "Prix mensuel (EUR)": line.fee and f"{line.fee.eur_per_month:f}",
        "Jours facturés": line.fee and f"{line.fee.days}/{line.fee.month_days}",
    }
    for description, value in features.items():
        if value:
            feature = add(product, "ram:ApplicableProductCharacteristic")
            add(feature, "ram:Description", description)
            add(feature, "ram:Value", value)
    _add_price(add(item, "ram:SpecifiedLineTradeAgreement"), line)
    delivery = add(item, "ram:SpecifiedLineTradeDelivery")
    unit = "C62" if line.kind is LineFactsKind.FEE else "KWH"  # UN/ECE recommendation 20
    add(delivery, "ram:BilledQuantity", f"{line.quantity:f}", unitCode=unit)
    settlement = add(item, "ram:SpecifiedLineTradeSettlement")
    add_tax_category(settlement, line.vat_rate, facts)
    add_period(settlement, line.first_day, line.last_day)
    summation = add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    add(summation, "ram:LineTotalAmount", euros(line.amount_cents))


def _add_price(agreement: etree._Element, line: LineFacts) -> None:
    if line.list_price_eur_per_kwh is not None and line.list_price_eur_per_kwh > line.price_eur:
        gross = add(agreement, "ram:GrossPriceProductTradePrice")
        add(gross, "ram:ChargeAmount", f"{line.list_price_eur_per_kwh:f}")
        allowance = add(gross, "ram:AppliedTradeAllowanceCharge")
        add(add(allowance, "ram:ChargeIndicator"), "udt:Indicator", "false")
        add(allowance, "ram:ActualAmount", f"{line.list_price_eur_per_kwh - line.price_eur:f}")
    price = add(agreement, "ram:NetPriceProductTradePrice")
    add(price, "ram:ChargeAmount", f"{line.price_eur:f}")


def add_tax_category(settlement: etree._Element, rate: Decimal, facts: DocumentFacts) -> None:
    tax = add(settlement, "ram:ApplicableTradeTax")
    add(tax, "ram:TypeCode", "VAT")
    add(tax, "ram:CategoryCode", category(rate, facts))
    add_rate(tax, rate, facts)


def category(rate: Decimal, facts: DocumentFacts) -> str:
    """UNTDID 5305: S standard rate, E exempt, O not subject to VAT (the seller is no business)."""
    if rate:
        return "S"
    return "E" if facts.issuer.vat_number or facts.issuer.siren else "O"


def add_rate(tax: etree._Element, rate: Decimal, facts: DocumentFacts) -> None:
    if category(rate, facts) != "O":  # O has no rate (BR-O-05)
        add(tax, "ram:RateApplicablePercent", f"{(rate * 100).normalize():f}")


def add_period(settlement: etree._Element, first_day: date, last_day: date) -> None:
    period = add(settlement, "ram:BillingSpecifiedPeriod")
    add_date(period, "ram:StartDateTime", first_day)
    add_date(period, "ram:EndDateTime", last_day)
