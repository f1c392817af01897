"""``elocoop bench --documents``: XML and PDF of invoices, as the billing service makes them."""

import os
import platform
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from rich.console import Console
from rich.table import Table

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.documents.rendering import render_invoice, render_xml
from services.billing.domain.invoices.invoices import (
    Invoice,
    OperationBlock,
    Party,
    VatLine,
)
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.settled_months import SettlementBlock
from services.billing.domain.invoices.usage import PointUsage, Usage
from services.billing.domain.wordings import Language

_MONTH = Month(2026, 10)
_PLANT = Prm("99100000000001")


def measure_documents(count: int, console: Console) -> dict[str, Any]:
    """Make this many invoices' documents, one thread per core: typst needs no lock."""
    invoices = [_invoice(number) for number in range(count)]
    _pdf(invoices[0])  # fonts and schema are read once
    render_xml(invoices[0])
    stages = {"XML, checked against the XSD": render_xml, "PDF/A-3b with the XML inside": _pdf}
    figures = [_measure(name, make, invoices, console) for name, make in stages.items()]
    return {
        "documents": count,
        "stages": figures,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def _measure(
    name: str, make: Callable[[Invoice], bytes], invoices: Sequence[Invoice], console: Console
) -> dict[str, Any]:
    with console.status(f"{name}…"), ThreadPoolExecutor(os.cpu_count()) as threads:
        started_s, started_cpu_s = time.perf_counter(), time.process_time()
        byte_count = sum(map(len, threads.map(make, invoices)))
        wall_s, cpu_s = time.perf_counter() - started_s, time.process_time() - started_cpu_s
    return {
        "stage": name,
        "seconds": round(wall_s, 2),
        "documents_per_s": round(len(invoices) / wall_s, 1),
        "processor_ms_per_document": round(cpu_s / len(invoices) * 1000, 2),
        "bytes_per_document": round(byte_count / len(invoices)),
    }


def _pdf(invoice: Invoice) -> bytes:
    return render_invoice(invoice, Language.FRENCH)


def _invoice(number: int) -> Invoice:
    """Build a household's month, unlike any other's."""
    home = Prm(f"99200000{number:06}")
    month_end = _MONTH.days[-1] + timedelta(days=1)
    supplied_wmin = [180_000 + (day.day * 7919 + number * 104_729) % 400_000 for day in _MONTH.days]
    energy_wmin = sum(supplied_wmin)
    line = _line(home, energy_wmin, month_end)
    vat_cents = int(round_half_up(line.amount_cents * Decimal(line.vat_rate), 0))
    return Invoice(
        id=uuid5(NAMESPACE_URL, f"invoice {number}"),
        number=f"F2026-{number + 1:05}",
        issue_date=month_end + timedelta(days=4),
        operation=OperationBlock(OperationId("ACC00000001"), "Mille Toits"),
        month=str(_MONTH),
        period_from=_MONTH.first_day,
        period_to=month_end,
        settlement=SettlementBlock(1, "provisional", f"{number:064x}"),
        issuer=_party("Soleils SAS", "992000026", "FR29992000026"),
        customer=_party(f"Foyer {number}", None, None),
        lines=[line],
        vat=[VatLine(line.vat_rate, line.amount_cents, vat_cents)],
        vat_mentions=[],
        total_excl_vat_cents=line.amount_cents,
        total_vat_cents=vat_cents,
        total_incl_vat_cents=line.amount_cents + vat_cents,
        usage=Usage(
            supplied_wmin, [PointUsage(home, 30_000_000, energy_wmin)], _by_hour(energy_wmin)
        ),
    )


def _by_hour(energy_wmin: int) -> list[int]:
    """Spread like the sun from 6 to 18 o'clock, to the watt-minute."""
    weights = [max(0, 36 - (hour - 12) ** 2) for hour in range(24)]
    shares = [energy_wmin * weight // sum(weights) for weight in weights]
    shares[12] += energy_wmin - sum(shares)
    return shares


def _line(home: Prm, energy_wmin: int, month_end: date) -> InvoiceLine:
    energy_kwh = kwh_from_wmin(energy_wmin)
    return InvoiceLine(
        producer=_PLANT,
        consumer=home,
        valid_from=_MONTH.first_day,
        valid_to=month_end,
        energy_wmin=energy_wmin,
        energy_kwh=str(round_half_up(energy_kwh, 3)),
        price_eur_per_kwh="0.125",
        vat_rate="0.2",
        amount_cents=int(round_half_up(energy_kwh * Decimal("12.5"), 0)),
    )


def _party(name: str, siren: str | None, vat_number: str | None) -> Party:
    address = "12 chemin des Vignes\n99110 Pousselac"
    return Party(
        member_id=uuid5(NAMESPACE_URL, name),
        name=name,
        address=address,
        siren=siren,
        vat_number=vat_number,
        kind="company" if siren else "household",
    )


def print_documents(figures: dict[str, Any]) -> None:
    table = Table("Stage", title=f"{figures['documents']:,} invoices, {figures['machine']}")
    for title in ("Seconds", "Documents/s", "Processor ms each", "Bytes each"):
        table.add_column(title, justify="right")
    for stage in figures["stages"]:
        table.add_row(
            stage["stage"],
            f"{stage['seconds']:.1f}",
            f"{stage['documents_per_s']:,}",
            f"{stage['processor_ms_per_document']:.2f}",
            f"{stage['bytes_per_document']:,}",
        )
    Console().print(table)
