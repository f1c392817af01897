"""Lines as issued invoices keep them."""

from datetime import date

from pydantic import TypeAdapter

from services.billing.domain.invoices.lines import InvoiceLine, LineKind


def test_a_line_of_an_invoice_that_was_issued_before_still_reads() -> None:
    line = TypeAdapter(InvoiceLine).validate_json(
        """{"producer": "99000000000091", "consumer": "99000000000001",
            "valid_from": "2026-10-01", "valid_to": "2026-11-01", "energy_wmin": 1860000,
            "energy_kwh": "31.000", "price_eur_per_kwh": "0.1", "vat_rate": "0.2",
            "amount_cents": 310}"""
    )
    assert line.valid_to == date(2026, 11, 1)
    assert (line.kind, line.rule, line.hour_class) == (LineKind.ENERGY, "", None)
