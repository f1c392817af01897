"""Reads what billing knows of a month in a scenario; the format: invoices/README.md."""

from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import TypeAdapter

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.drafts.drafting import MonthFacts, Settlement
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.settled_months import SettlementBlock
from services.billing.domain.prices.price_list import parse_price_list
from services.billing.domain.prices.sales import Participation, Perimeter, SettledPair
from services.billing.domain.taxes.accise import AcciseEntry
from services.billing.domain.taxes.issuers import IssuerProfile

_PROFILE_DEFAULTS = {
    "valid_from": "2026-01-01",
    "share_capital_cents": None,
    "siret": None,
    "rcs": None,
    "trade_address": None,
    "vat_on_debits": False,
    "invoiced_by": "issuer",
    "mandate": None,
}


def month_facts(said: dict[str, Any]) -> MonthFacts:
    month = Month.parse(said["month"])
    return MonthFacts(
        operation_id=OperationId("ACC00000001"),
        month=month,
        settlement=Settlement(
            SettlementBlock(1, "provisional", ""),
            [_pair(energy, month) for energy in said["energies"]],
        ),
        perimeter=Perimeter(
            "Trois Toits",
            [_participation(participation) for participation in said["participations"]],
        ),
        members={id_of(name): _party(name, party) for name, party in said["members"].items()},
        prices=parse_price_list(said["prices"]),
        issued=[],
        profiles={
            id_of(name): TypeAdapter(IssuerProfile).validate_python(_PROFILE_DEFAULTS | profile)
            for name, profile in said["profiles"].items()
        },
        accise=TypeAdapter(list[AcciseEntry]).validate_python(said["accise"]),
    )


def id_of(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _party(name: str, said: dict[str, Any]) -> Party:
    siren, vat_number = said.get("siren"), said.get("vat_number")
    return Party(id_of(name), name, "1 rue du Four", siren, vat_number, said["kind"])


def _participation(said: dict[str, Any]) -> Participation:
    return Participation(
        prm=Prm(said["prm"]),
        direction=Direction(said["direction"]),
        member_id=id_of(said["member"]),
        valid_from=date.fromisoformat(said.get("valid_from", "2026-01-01")),
        power_limit_w=said.get("power_limit_w"),
        production_kind=said.get("production_kind"),
    )


def _pair(said: dict[str, Any], month: Month) -> SettledPair:
    first, after_last = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    assert month.first_day <= first < after_last <= month.days[-1] + timedelta(days=1)
    energy_wmin = [said["energy_wmin"] * (first <= day < after_last) for day in month.days]
    return SettledPair(Prm(said["producer"]), Prm(said["consumer"]), energy_wmin)
