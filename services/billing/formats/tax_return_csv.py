"""The figures of VAT and accise returns, and the documents behind, as a table for people."""

import csv
from collections.abc import Iterable
from io import StringIO

from libs.common.spreadsheets import spreadsheet_text
from libs.common.units import kwh_from_wmin
from services.billing.domain.books.tax_returns import TaxReturn, chargeable_on, is_correction
from services.billing.domain.invoices.invoices import Invoice

COLUMNS = (
    "tax",
    "rate",
    "category",
    "document",
    "document_id",
    "kind",
    "is_correction",
    "issue_date",
    "chargeable_on",
    "energy_wmin",
    "energy_kwh",
    "quantity_kwh",
    "base_cents",
    "tax_cents",
)


def write_tax_return(figures: TaxReturn) -> str:
    """CSV with commas, in UTF-8: one row per document, tax and rate, amounts in cents.

    energy_kwh: exact, as a decimal number. quantity_kwh: as charged.
    """
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(figures))
    return table.getvalue()


def _rows(figures: TaxReturn) -> Iterable[list[object]]:
    for rate in figures.vat:
        for vat in rate.documents:
            document = _cells(vat.document)
            yield ["vat", rate.rate, "", *document, "", "", "", vat.base_cents, vat.vat_cents]
    for accise_rate in figures.accise:
        for accise in accise_rate.documents:
            yield [
                "accise",
                accise_rate.rate_eur_per_mwh,
                accise_rate.category or "exempt",
                *_cells(accise.document),
                accise.energy_wmin,
                f"{kwh_from_wmin(accise.energy_wmin):.6f}",
                accise.quantity_kwh,
                "",
                accise.amount_cents,
            ]


def _cells(document: Invoice) -> list[object]:
    return [
        spreadsheet_text(document.number or ""),
        document.id,
        document.kind.value,
        str(is_correction(document)).lower(),
        document.issue_date,
        chargeable_on(document),
    ]
