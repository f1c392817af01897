"""The texts on the pages of producer statements, in their language, ready to be typeset."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from libs.common.ids import Prm
from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS, LABELS_WITHOUT_VAT
from services.billing.documents.parties import read_party
from services.billing.documents.pictures import day_bars
from services.billing.documents.sheet import party_sheet
from services.billing.documents.words import (
    euros,
    kwh,
    month_name,
    percent,
    price,
    short_date,
)
from services.billing.documents.xml_texts import xml_text
from services.billing.domain.surplus.plants import ExpectedRevenue
from services.billing.domain.surplus.seller_statements import Sale, SellerStatement
from services.billing.domain.wordings import Language

_COLUMNS = ("buyer", "document", "sold", "share", "excl_vat", "vat", "incl_vat")
_COLUMNS_WITHOUT_VAT = ("buyer", "document", "sold", "share", "excl_vat")


def statements_sheet(
    statements: Sequence[SellerStatement], language: Language
) -> dict[str, object]:
    """The sheet for templates/statements.typ; at least one statement, each on its own pages."""
    first, labels = statements[0], LABELS[language]
    month = month_name(first.month.first_day, language)
    return {
        "language": language,
        "labels": labels,
        "title": printable(f"{labels['statement']}, {first.operation.name}, {month}"),
        "draft": any(statement.is_draft for statement in statements),
        "watermark": labels["statement_draft"],
        "document_day": first.month.days[-1].isoformat(),
        "issuer": {"name": printable(first.operation.name)},
        "statements": [_statement(statement, language) for statement in statements],
    }


def _labels(statement: SellerStatement, language: Language) -> Mapping[str, str]:
    """Without a word of VAT for a seller who charges none (CGI 293 E)."""
    words = LABELS[language]
    return words if statement.exemption is None else {**words, **LABELS_WITHOUT_VAT[language]}


def _statement(statement: SellerStatement, language: Language) -> dict[str, object]:
    labels = _labels(statement, language)
    month = month_name(statement.month.first_day, language)
    return {
        "labels": labels,
        "columns": _COLUMNS if statement.exemption is None else _COLUMNS_WITHOUT_VAT,
        "exemption": statement.exemption and printable(xml_text(statement.exemption)),
        "seller": party_sheet(read_party(statement.seller), language),
        "operation": printable(f"{statement.operation.name} ({statement.operation.id})"),
        "month": month,
        "heading": labels["statement_of"].format(month=month),
        "headlines": _headlines(statement, language),
        "bars": statement.sold_wmin
        and day_bars(statement.month.days, statement.sold_wmin, language),
        "sales": _sales(statement, language),
        "sums": [kwh(statement.energy_wmin, 3, language), *_sums(statement, language)],
        "plants": [
            [
                _plant(plant.point.prm, statement),
                kwh(plant.point.metered_wmin, 3, language),
                kwh(plant.point.shared_wmin, 3, language),
                kwh(plant.point.surplus_wmin, 3, language),
            ]
            for plant in statement.plants
        ],
        "expected": [
            _expected(plant.point.prm, expected, language)
            for plant in statement.plants
            for expected in plant.expected
        ],
    }


def _plant(prm: Prm, statement: SellerStatement) -> str:
    name = statement.names.get(prm)
    return printable(f"{xml_text(name)} · {prm}") if name else prm


def _sums(statement: SellerStatement, language: Language) -> list[str]:
    """Without VAT, the VAT, and with it; one sum where there is no VAT."""
    excl_vat_cents = sum(sale.excl_vat_cents for sale in statement.sales)
    incl_vat_cents = sum(sale.incl_vat_cents for sale in statement.sales)
    cents = (excl_vat_cents, incl_vat_cents - excl_vat_cents, incl_vat_cents)
    shown = cents if statement.exemption is None else cents[:1]
    return [euros(amount, language) for amount in shown]


def _headlines(statement: SellerStatement, language: Language) -> list[list[str]]:
    labels = _labels(statement, language)
    revenue_cents = sum(sale.excl_vat_cents for sale in statement.sales)
    rows = [
        [labels["revenue"], euros(revenue_cents, language)],
        [labels["sold"], kwh(statement.energy_wmin, 0, language)],
    ]
    if statement.plants:
        surplus_wmin = sum(plant.point.surplus_wmin for plant in statement.plants)
        rows.append([labels["surplus"], kwh(surplus_wmin, 0, language)])
    return rows


def _expected(prm: Prm, revenue: ExpectedRevenue, language: Language) -> list[str]:
    labels = LABELS[language]
    last_day = revenue.valid_to - timedelta(days=1)
    days = f"{short_date(revenue.valid_from, language)} – {short_date(last_day, language)}"
    price_cents = revenue.price_cents_per_kwh
    return [
        prm,
        _taker(revenue, language),
        days,
        "" if revenue.surplus_wmin is None else kwh(revenue.surplus_wmin, 3, language),
        "" if price_cents is None else price(price_cents.scaleb(-2), language),
        labels[str(revenue.unknown)]
        if revenue.amount_cents is None
        else euros(revenue.amount_cents, language),
    ]


def _taker(revenue: ExpectedRevenue, language: Language) -> str:
    contract, labels = revenue.contract, LABELS[language]
    if contract is None:
        return ""
    buyer = contract.buyer or labels[f"surplus_{contract.kind}"]
    beyond = labels["beyond_cap"] if revenue.beyond_cap else None
    return printable(" · ".join(text for text in (buyer, contract.number, beyond) if text))


def _sales(statement: SellerStatement, language: Language) -> list[list[str]]:
    """Return a row for each sale; a customer's share is on the last, as corrections add up."""
    labels, rows = LABELS[language], []
    energies_wmin = Counter[UUID]()
    for sale in statement.sales:
        energies_wmin[sale.customer_id] += sale.energy_wmin
    last_sales = {sale.customer_id: sale for sale in statement.sales}
    for sale in statement.sales:
        is_last = last_sales[sale.customer_id] is sale
        share = _share(energies_wmin[sale.customer_id], statement.energy_wmin, language)
        rows.append(
            [
                printable(sale.customer),
                sale.number or labels["is_draft"],
                kwh(sale.energy_wmin, 3, language),
                share if is_last else "",
                *_amounts(sale, statement, language),
            ]
        )
    return rows


def _amounts(sale: Sale, statement: SellerStatement, language: Language) -> list[str]:
    vat_cents = sale.incl_vat_cents - sale.excl_vat_cents
    cents = (sale.excl_vat_cents, vat_cents, sale.incl_vat_cents)
    shown = cents if statement.exemption is None else cents[:1]
    return [euros(amount, language) for amount in shown]


def _share(part_wmin: int, total_wmin: int, language: Language) -> str:
    return percent(Decimal(part_wmin) / total_wmin, language) if total_wmin else ""
