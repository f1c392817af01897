"""Prints a closed month as tables: what each member got and owes, what each producer earned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.rounding import round_half_up
from libs.common.settings import Settings
from libs.common.units import kwh_from_wmin
from services.demo.cooperative import MONTH, Cooperative
from services.demo.load import ClosedMonth, LogIns


def print_month(console: Console, cooperative: Cooperative, month: ClosedMonth) -> None:
    names = {str(member.id): member.name for member in cooperative.members}
    owners = {
        participation.prm: str(participation.member_id)
        for participation in month.operation.participations
    }
    title = f"{month.operation.name} ({month.operation.id}), {MONTH}"
    key = month.operation.key.definition["type"]
    console.rule(f"{title}, key: {key}")
    console.print(_consumers(month, names, owners))
    console.print(_producers(month, names, owners))
    console.print(_balance(month))


def print_page(console: Console, settings: Settings, log_ins: LogIns, *, is_built: bool) -> None:
    """Print where the page is and who logs in to it, or that there is none."""
    assert settings.operator_password is not None
    staff = settings.operator_password.get_secret_value()
    page = (
        f"{settings.public_url} is the page, as soon as it has a month: log in as a member,"
        f" {log_ins.member}, or an organiser, {log_ins.organiser} (password {log_ins.password});"
        f" or as staff, {log_ins.operator} (password {staff})."
    )
    none = "There is no page, as it was not built: `make web` builds it. All else works."
    console.print(page if is_built else none, soft_wrap=True, highlight=False)


def print_first_month(console: Console, log_ins: LogIns) -> None:
    """Print that the page has something to show, and which accounts show something else."""
    lines = [
        "The page has its first month; older months and invoices follow.",
        f"Members with something else to show, password {log_ins.password}:",
        *(f"  {case.email}: {case.what}" for case in log_ins.cases),
    ]
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)


def print_log_ins(console: Console, settings: Settings, log_ins: LogIns) -> None:
    table = Table("Who", "E-mail", "Password", title="Log in at POST /community/token")
    assert settings.operator_password is not None
    table.add_row("operator", log_ins.operator, settings.operator_password.get_secret_value())
    for role in ("organiser", "member", "feed"):
        table.add_row(role, getattr(log_ins, role), log_ins.password)
    for case in log_ins.cases:
        table.add_row(case.what, case.email, log_ins.password)
    console.print(table)
    console.print("The platform goes on running; Ctrl-C stops it.", style="bold")
    for service in ("community", "ingest", "allocation", "billing"):
        console.print(f"  {settings.public_url}/{service}/docs")
    console.print(f"  {settings.public_url}/health")


def balances_are_exact(months: Iterable[ClosedMonth]) -> bool:
    return all(not any(_imbalances(month).values()) for month in months)


def _imbalances(month: ClosedMonth) -> dict[str, int]:
    """Return what is created or lost, in watt-minutes; all zero when the books are right."""
    consumers, producers = month.summary["consumers"], month.summary["producers"]
    consumption = _sum(consumers, "consumption_wmin")
    production = _sum(producers, "production_wmin")
    received_wmin, given_wmin = _sum(consumers, "shared_wmin"), _sum(producers, "shared_wmin")
    sold = sum(_sum(invoice["lines"], "energy_wmin") for invoice in month.invoices)
    own_use = _sum(month.self_supplied, "energy_wmin")
    return {
        "metered by ingest − production": month.metered_wmin["production"] - production,
        "metered by ingest − consumption": month.metered_wmin["consumption"] - consumption,
        "production − given − surplus": production - given_wmin - _sum(producers, "surplus_wmin"),
        "consumption − received − complement": consumption
        - received_wmin
        - _sum(consumers, "complement_wmin"),
        "given − received": given_wmin - received_wmin,
        "given − sold − own use": given_wmin - sold - own_use,
    }


def _consumers(month: ClosedMonth, names: Mapping[str, str], owners: Mapping[str, str]) -> Table:
    table = Table("Member", title="Consumers", title_justify="left")
    for heading in ("Consumption kWh", "Local share kWh", "Coverage", "To pay € incl. VAT"):
        table.add_column(heading, justify="right")
    owed_cents: defaultdict[str, int] = defaultdict(int)
    for invoice in month.invoices:
        owed_cents[invoice["customer"]["member_id"]] += invoice["total_incl_vat_cents"]
    points_by_member = _by_owner(month.summary["consumers"], owners)
    for member, points in sorted(points_by_member.items(), key=lambda item: names[item[0]]):
        consumption, shared = _sum(points, "consumption_wmin"), _sum(points, "shared_wmin")
        table.add_row(
            names[member], _kwh(consumption), _kwh(shared), _percent(shared, consumption),
            _euro(owed_cents[member]),
        )  # fmt: skip
    table.add_section()
    consumers = month.summary["consumers"]
    consumption, shared = _sum(consumers, "consumption_wmin"), _sum(consumers, "shared_wmin")
    table.add_row(
        "Total", _kwh(consumption), _kwh(shared), _percent(shared, consumption),
        _euro(sum(owed_cents.values())), style="bold",
    )  # fmt: skip
    return table


def _producers(month: ClosedMonth, names: Mapping[str, str], owners: Mapping[str, str]) -> Table:
    table = Table("Producer", title="Producers", title_justify="left")
    for heading in ("Production", "Sold", "Own use", "Surplus"):
        table.add_column(f"{heading} kWh", justify="right")
    table.add_column("Revenue € excl. VAT", justify="right")
    earned, sold, own_use_wmin = (defaultdict[str, int](int) for _ in range(3))
    for invoice in month.invoices:
        issuer = invoice["issuer"]["member_id"]
        earned[issuer] += invoice["total_excl_vat_cents"]
        sold[issuer] += _sum(invoice["lines"], "energy_wmin")
    for supply in month.self_supplied:
        own_use_wmin[supply["member_id"]] += supply["energy_wmin"]
    points_by_member = _by_owner(month.summary["producers"], owners)
    for member, points in sorted(points_by_member.items(), key=lambda item: names[item[0]]):
        table.add_row(
            names[member],
            _kwh(_sum(points, "production_wmin")),
            _kwh(sold[member]),
            _kwh(own_use_wmin[member]),
            _kwh(_sum(points, "surplus_wmin")),
            _euro(earned[member]),
        )
    return table


def _balance(month: ClosedMonth) -> Table:
    table = Table("Energy balance", title_justify="left")
    table.add_column("Watt-minutes", justify="right")
    for balance_name, imbalance_wmin in _imbalances(month).items():
        style = "red" if imbalance_wmin else "green"
        table.add_row(balance_name, str(imbalance_wmin), style=style)
    return table


def _by_owner(
    points: Sequence[dict[str, Any]], owners: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    grouped: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for point in points:
        grouped[owners[point["prm"]]].append(point)
    return grouped


def _sum(rows: Iterable[Mapping[str, Any]], field: str) -> int:
    return sum(row[field] for row in rows)


def _kwh(energy_wmin: int) -> str:
    return f"{round_half_up(kwh_from_wmin(energy_wmin), 1):,}".replace(",", " ")


def _percent(part_wmin: int, total_wmin: int) -> str:
    return f"{part_wmin / total_wmin:.1%}" if total_wmin else "–"


def _euro(amount_cents: int) -> str:
    return f"{Decimal(amount_cents) / 100:,.2f}".replace(",", " ")
