"""Corrections where prices depend on the hour, and where fees are charged."""

from typing import Any

import httpx
import pytest

from tests.billing.correcting import choose, issue_month, only
from tests.billing.issued import drafts_of
from tests.billing.test_hour_prices import HOURS, MORNING, OFF_PEAK, PEAK
from tests.billing.world import KWH_WMIN, Billing, Coop, issue, price

LATER = {12: 60_000}
"""The same energy of each day, all in the half-hour after 06:00."""
FEE = {
    "name": "Abonnement",
    "eur_per_month": "3.10",
    "vat_rate": "0.20",
    "valid_from": "2026-01-01",
}


def told(document: dict[str, Any]) -> list[tuple[str | None, str, int]]:
    return [
        (line["label"] or line["hour_class"], line["energy_kwh"], line["amount_cents"])
        for line in document["lines"]
    ]


async def test_energy_that_only_moves_between_hours_is_corrected(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await choose(operator, coop, "difference")
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))
    await issue_month(operator, coop)
    # The price list of today does not matter: these hours were billed at other prices.
    await coop.price(operator, price("0.9000", hour_class="HP"), OFF_PEAK, **HOURS)

    await coop.revise(billing, coop.energies_wmin, number=2)
    await billing.tell(*coop.details(LATER, number=2))

    drafts = only(await coop.corrections(operator), coop.anna)
    credit, more = sorted(drafts, key=lambda draft: draft["kind"])
    assert told(credit) == [("HC", "7.750", 78)]
    assert told(more) == [("HP", "7.750", 155)]
    answer = await issue(operator, await coop.corrections(operator))
    assert answer.status_code == 200, answer.text
    assert drafts_of(await coop.draft(operator)) == []


@pytest.mark.parametrize("change", ["no classes", "another class", "other hours"])
async def test_a_class_that_the_list_has_no_more_is_corrected_as_it_was_billed(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, change: str
) -> None:
    await choose(operator, coop, "difference")
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))
    await issue_month(operator, coop)
    noon = [{"hours": [["12:00", "14:00"]]}]
    match change:
        case "no classes":
            await coop.price(operator, price("0.9000"))
        case "another class":
            classes = [{"name": "Midi", "windows": noon}]
            later = [price("0.9000", hour_class="Midi"), price("0.8000")]
            await coop.price(operator, *later, hour_classes=classes)
        case _:
            classes = [{"name": "HP", "windows": noon}]
            later = [price("0.9000", hour_class="HP"), price("0.8000")]
            await coop.price(operator, *later, hour_classes=classes)
    assert drafts_of(await coop.draft(operator)) == []

    await coop.revise(billing, coop.energies_wmin, number=2)
    await billing.tell(*coop.details(LATER, number=2))

    drafts = only(await coop.corrections(operator), coop.anna)
    credit, more = sorted(drafts, key=lambda draft: draft["kind"])
    assert told(credit) == [("HC", "7.750", 78)]
    assert told(more) == [("HP", "7.750", 155)]
    answer = await issue(operator, await coop.corrections(operator))
    assert answer.status_code == 200, answer.text
    assert drafts_of(await coop.draft(operator)) == []
    # And what follows that is corrected by the same classes.
    await coop.revise(billing, coop.energies_wmin, number=3)
    await billing.tell(*coop.details(MORNING, number=3))
    again = only(await coop.corrections(operator), coop.anna)
    assert sorted(told(draft) for draft in again) == [
        [("HC", "7.750", 78)],
        [("HP", "7.750", 155)],
    ]


async def test_a_correction_waits_for_the_half_hours_of_its_settlement(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))
    await issue_month(operator, coop)

    await billing.tell(coop.settlement(number=2))

    (blocker,) = await coop.blockers(operator)
    assert blocker["code"] == "settlement-incomplete"


async def test_a_fee_comes_again_only_where_its_invoice_is_replaced(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    fee = {**FEE, "producer": coop.roof}
    await coop.price(operator, price("0.1000"), fees=[fee])
    await issue_month(operator, coop)
    # A fee of today does not matter either.
    await coop.price(operator, price("0.1000"), fees=[{**fee, "eur_per_month": "9.90"}])
    less = coop.energies_wmin | {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [0]}
    await coop.revise(billing, less, number=2)

    credit, corrective = sorted(
        await coop.corrections(operator), key=lambda correction: correction["kind"]
    )

    assert told(credit) == [(None, "31.000", 310), ("Abonnement", "0.000", 310)]
    assert told(corrective) == [(None, "30.000", 300), ("Abonnement", "0.000", 310)]
    await choose(operator, coop, "difference")
    (difference,) = await coop.corrections(operator)
    assert told(difference) == [(None, "1.000", 10)]
    assert (await issue(operator, [difference])).status_code == 200
    assert drafts_of(await coop.draft(operator)) == []
