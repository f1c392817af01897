"""What the pages of producer statements show: texts in their language, ready to be set."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from libs.common.ids import Prm
from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import read_party
from services.billing.documents.sheet import day_bars, party_sheet
from services.billing.documents.words import (
    euros,
    kwh,
    month_name,
    percent,
    price,
    short_date,
)
from services.billing.domain.plants import ExpectedRevenue
from services.billing.domain.seller_statements import SellerStatement
from services.billing.domain.wordings import Language


def statements_sheet(
    statements: Sequence[SellerStatement], language: Language
) -> dict[str, object]:
    """As templates/statements.typ reads it; at least one statement, each on pages of its own."""
    first, labels = statements[0], LABELS[language]
    month = month_name(first.month.first_day, language)
    return {
        "language": language,
        "labels": labels,
        "title": printable(f"{labels['statement']}, {first.operation.name}, {month}"),
        "draft": any(one.is_draft for one in statements),
        "watermark": labels["statement_draft"],
        "document_day": first.month.days[-1].isoformat(),
        "issuer": {"name": printable(first.operation.name)},
        "statements": [_statement(one, language) for one in statements],
    }


def _statement(one: SellerStatement, language: Language) -> dict[str, object]:
    labels = LABELS[language]
    month = month_name(one.month.first_day, language)
    return {
        "seller": party_sheet(read_party(one.seller), language),
        "operation": printable(f"{one.operation.name} ({one.operation.id})"),
        "month": month,
        "heading": labels["statement_of"].format(month=month),
        "headlines": _headlines(one, language),
        "bars": one.sold_wmin and day_bars(one.month.days, one.sold_wmin, language),
        "sales": _sales(one, language),
        "sums": [
            kwh(one.energy_wmin, 3, language),
            euros(sum(sale.excl_vat_cents for sale in one.sales), language),
            euros(sum(sale.incl_vat_cents for sale in one.sales), language),
        ],
        "plants": [
            [
                plant.point.prm,
                kwh(plant.point.metered_wmin, 3, language),
                kwh(plant.point.shared_wmin, 3, language),
                kwh(plant.point.surplus_wmin, 3, language),
            ]
            for plant in one.plants
        ],
        "expected": [
            _expected(plant.point.prm, expected, language)
            for plant in one.plants
            for expected in plant.expected
        ],
    }


def _headlines(one: SellerStatement, language: Language) -> list[list[str]]:
    labels = LABELS[language]
    revenue_cents = sum(sale.excl_vat_cents for sale in one.sales)
    rows = [
        [labels["revenue"], euros(revenue_cents, language)],
        [labels["sold"], kwh(one.energy_wmin, 0, language)],
    ]
    if one.plants:
        surplus_wmin = sum(plant.point.surplus_wmin for plant in one.plants)
        rows.append([labels["surplus"], kwh(surplus_wmin, 0, language)])
    return rows


def _expected(prm: Prm, one: ExpectedRevenue, language: Language) -> list[str]:
    labels = LABELS[language]
    last_day = one.valid_to - timedelta(days=1)
    days = f"{short_date(one.valid_from, language)} – {short_date(last_day, language)}"
    price_cents = one.price_cents_per_kwh
    return [
        prm,
        _taker(one, language),
        days,
        "" if one.surplus_wmin is None else kwh(one.surplus_wmin, 3, language),
        "" if price_cents is None else price(price_cents.scaleb(-2), language),
        labels[str(one.unknown)] if one.amount_cents is None else euros(one.amount_cents, language),
    ]


def _taker(one: ExpectedRevenue, language: Language) -> str:
    contract, labels = one.contract, LABELS[language]
    if contract is None:
        return ""
    who = contract.buyer or labels[f"surplus_{contract.kind}"]
    beyond = labels["beyond_cap"] if one.beyond_cap else None
    return printable(" · ".join(part for part in (who, contract.number, beyond) if part))


def _sales(one: SellerStatement, language: Language) -> list[list[str]]:
    labels, total_wmin = LABELS[language], one.energy_wmin
    return [
        [
            printable(sale.customer),
            sale.number or labels["is_draft"],
            kwh(sale.energy_wmin, 3, language),
            percent(Decimal(sale.energy_wmin) / total_wmin, language) if total_wmin else "",
            euros(sale.excl_vat_cents, language),
            euros(sale.incl_vat_cents, language),
        ]
        for sale in one.sales
    ]
