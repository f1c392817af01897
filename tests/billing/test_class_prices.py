"""Prices by the DSO's classes: they bill a month of which it gave energies by class."""

from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.common.events.allocation import SettledPoint, SettlementClosed
from libs.common.ids import Direction, Prm
from tests.billing.runs import preflight
from tests.billing.test_drafts import of
from tests.billing.test_hour_prices import MORNING, lines_of_anna
from tests.billing.world import KWH_WMIN, Billing, Coop, handed_over, issue, price, revised

CLASSES = {
    "hour_classes": [
        {"name": "Pleines", "tariff_classes": ["HPH", "HPB"]},
        {"name": "Creuses", "tariff_classes": ["HCH", "HCB"]},
    ]
}
PEAK, OFF_PEAK = price("0.2000", hour_class="Pleines"), price("0.1000", hour_class="Creuses")
OTHER = price("0.1500")


def settled(coop: Coop, *, number: int = 1, **of_anna_kwh: int) -> SettlementClosed:
    """31 kWh of each: Anna's by these classes, those of the others in one class."""
    by_class = {name: kwh * KWH_WMIN for name, kwh in of_anna_kwh.items()}

    def point(prm: Prm, classes: dict[str, int]) -> SettledPoint:
        return SettledPoint(
            prm=prm,
            direction=Direction.CONSUMPTION,
            metered_wmin=31 * KWH_WMIN,
            shared_wmin=31 * KWH_WMIN,
            shared_by_class_wmin=classes,
        )

    points = [
        point(coop.anna_home, by_class),
        *(point(prm, {"P": 31 * KWH_WMIN}) for prm in (coop.bruno_home, coop.seller_home)),
    ]
    closed = coop.settlement(number=number, status="definitive")
    return closed.model_copy(update={"points": points})


@pytest.fixture
async def by_class(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """Prices by class, and one for all that is in none of them."""
    await coop.price(operator, PEAK, OFF_PEAK, OTHER, **CLASSES)
    return coop


async def test_each_class_of_the_dso_is_a_line_with_its_energy(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(settled(by_class, number=2, HPB=24, HCB=7))

    invoices = await by_class.draft(operator)

    lines = lines_of_anna(invoices, by_class)
    assert lines == [("Creuses", "7.000", 70), ("Pleines", "24.000", 480)]
    of_bruno = of(invoices, by_class.bruno)["lines"]
    assert [(line["hour_class"], line["amount_cents"]) for line in of_bruno] == [(None, 465)]
    again = await by_class.draft(operator)
    assert [invoice["content_hash"] for invoice in again] == [
        invoice["content_hash"] for invoice in invoices
    ]
    (frozen,) = of(invoices, by_class.anna)["hour_classes"]
    assert {hours["name"]: hours["tariff_classes"] for hours in frozen["classes"]} == {
        "Creuses": ["HCH", "HCB"],
        "Pleines": ["HPH", "HPB"],
    }
    assert (await issue(operator, invoices)).status_code == 200


async def test_without_classes_of_the_dso_the_month_is_blocked_and_says_what_to_do(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(*by_class.details({20: KWH_WMIN}))

    (blocker,) = await by_class.blockers(operator)

    assert (blocker["code"], blocker["producer"]) == ("hours-unknown", by_class.roof)
    assert "definitive energies by class" in blocker["detail"]


async def test_a_class_that_nobody_knows_is_named_and_not_billed_without_class(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    closed = settled(by_class, number=2, HP=24, HC=7)
    await billing.tell(closed, *by_class.details(number=2))

    (blocker,) = await by_class.blockers(operator)

    assert (blocker["code"], len(blocker["days"])) == ("hours-unknown", 31)
    assert "it named HC, HP; known are P, HPH, HCH, HPB, HCB" in blocker["detail"]
    # Bruno's meter has a class that we know; Anna's has half-hours next, and hours of its own.
    closed = settled(by_class, number=3, HP=24, HC=7)
    await billing.tell(closed, *by_class.details(MORNING, number=3))
    await enter(operator, by_class.anna_home, off_peak("2026-01-01", ("22:00", "06:00")))
    invoices = await by_class.draft(operator)
    assert [name for name, *_ in lines_of_anna(invoices, by_class)] == ["Creuses", "Pleines"]
    of_bruno = of(invoices, by_class.bruno)["lines"]
    assert [(line["hour_class"], line["amount_cents"]) for line in of_bruno] == [(None, 465)]


def off_peak(day: str, *hours: tuple[str, str]) -> dict[str, Any]:
    spans = [{"start": start, "end": end} for start, end in hours]
    return {"valid_from": day, "off_peak_hours": spans}


async def enter(client: httpx.AsyncClient, prm: Prm, *entries: dict[str, Any]) -> httpx.Response:
    return await client.put(
        f"/billing/points/{prm}/off-peak-hours", json={"entries": list(entries)}
    )


async def test_half_hours_have_the_classes_of_their_meter_by_day(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(*by_class.details(MORNING))
    of_anna = (
        off_peak("2026-10-16", ("05:00", "06:30")),
        off_peak("2026-01-01", ("22:00", "06:00")),
    )
    answer = await enter(operator, by_class.anna_home, *of_anna)
    assert answer.status_code == 200, answer.text
    assert answer.json()["entries"] == [*of_anna[::-1]]
    # Of Bruno's meter nobody has said anything.
    (blocker,) = await by_class.blockers(operator)
    assert blocker["code"] == "hours-unknown"
    assert "off-peak hours of each meter" in blocker["detail"]

    await enter(operator, by_class.bruno_home, off_peak("2026-01-01"))
    invoices = await by_class.draft(operator)

    # 15 days of a quarter of a kWh, then 16 days of all of it.
    lines = lines_of_anna(invoices, by_class)
    assert lines == [("Creuses", "19.750", 198), ("Pleines", "11.250", 225)]
    of_bruno = of(invoices, by_class.bruno)["lines"]
    assert [(line["hour_class"], line["amount_cents"]) for line in of_bruno] == [(None, 465)]


async def test_other_hours_of_a_meter_outdate_the_drafts(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(*by_class.details(MORNING))
    for home in (by_class.anna_home, by_class.bruno_home):
        await enter(operator, home, off_peak("2026-01-01"))
    drafts = await by_class.draft(operator)

    await enter(operator, by_class.anna_home, off_peak("2026-01-01", ("22:00", "06:00")))

    answer = await issue(operator, drafts)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/drafts-outdated")


async def test_a_member_sees_the_hours_of_their_meter_and_staff_alone_enter_them(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    entry = off_peak("2026-01-01", ("22:00", "06:00"))
    await enter(operator, by_class.anna_home, entry)
    url = f"/billing/points/{by_class.anna_home}/off-peak-hours"
    day_url = f"/billing/operations/{by_class.operation_id}/day-prices"
    asked = {"day": "2026-10-12", "prm": by_class.anna_home}
    async with billing.client("member", member_id=str(by_class.anna)) as anna:
        assert (await anna.get(url)).json()["entries"] == [entry]
        assert (await enter(anna, by_class.anna_home)).status_code == 403
        day = (await anna.get(day_url, params=asked)).json()
        assert day["classes"] == ["Creuses"] * 12 + ["Pleines"] * 32 + ["Creuses"] * 4
    async with billing.client("member", member_id=str(by_class.bruno)) as bruno:
        assert (await bruno.get(url)).status_code == 403
    async with billing.client("organiser", operations=[by_class.operation_id]) as organiser:
        assert (await enter(organiser, by_class.anna_home)).status_code == 403
        day = (await organiser.get(day_url, params=asked)).json()
        assert day["classes"] == [None] * 48


async def test_who_had_a_meter_sees_its_hours_of_their_own_days(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    home, handover = by_class.anna_home, date(2026, 10, 16)
    entries = [
        off_peak("2025-01-01", ("01:00", "07:00")),
        off_peak("2026-01-01", ("22:00", "06:00")),
        off_peak("2026-10-20", ("12:00", "14:00")),
    ]
    await enter(operator, home, *entries)
    moved = handed_over(by_class.points, home, to=by_class.bruno, on=handover)
    await billing.tell(by_class.perimeter(moved, revision=2))

    url = f"/billing/points/{home}/off-peak-hours"
    shown = {}
    for member in (by_class.anna, by_class.bruno):
        async with billing.client("member", member_id=str(member)) as client:
            shown[member] = (await client.get(url)).json()["entries"]

    began = min(point.valid_from for point in by_class.points if point.prm == home)
    assert date(2026, 1, 1) <= began < handover
    assert shown == {by_class.anna: entries[1:2], by_class.bruno: entries[1:]}
    assert (await operator.get(url)).json()["entries"] == entries


@pytest.mark.parametrize(
    "entries",
    [
        [off_peak("2026-01-01"), off_peak("2026-01-01", ("22:00", "06:00"))],
        [off_peak("2026-01-01", ("06:00", "22:00"), ("22:00", "06:00"))],
    ],
    ids=["two of one day", "the whole day"],
)
async def test_hours_that_contradict_themselves_are_refused(
    operator: httpx.AsyncClient, by_class: Coop, entries: list[dict[str, Any]]
) -> None:
    answer = await enter(operator, by_class.anna_home, *entries)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/off-peak-hours-invalid"
    assert answer.json()["day"] == "2026-01-01"


async def test_energy_that_moves_between_classes_is_corrected(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(settled(by_class, number=2, HPB=24, HCB=7))
    await issue(operator, await by_class.draft(operator))
    # The list no longer has these classes: what was billed by them is corrected by them.
    await by_class.price(operator, price("0.99"))

    await billing.tell(settled(by_class, number=3, HPB=23, HCB=8), revised(by_class, number=3))

    documents = await by_class.corrections(operator)
    kinds = {document["kind"]: document for document in documents}
    assert [
        (line["hour_class"], line["energy_kwh"], line["amount_cents"])
        for line in kinds["invoice"]["lines"]
    ] == [("Creuses", "8.000", 80), ("Pleines", "23.000", 460)]


async def test_half_hours_that_come_after_the_classes_change_nothing(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(settled(by_class, number=2, HPB=24, HCB=7))
    await issue(operator, await by_class.draft(operator))
    closed = settled(by_class, number=3, HPB=24, HCB=7)
    await billing.tell(closed, *by_class.details(MORNING, number=3), revised(by_class, number=3))
    assert await by_class.corrections(operator) == []


async def test_off_peak_hours_entered_after_the_issue_change_no_invoice(
    billing: Billing, operator: httpx.AsyncClient, by_class: Coop
) -> None:
    await billing.tell(*by_class.details(MORNING))
    for home in (by_class.anna_home, by_class.bruno_home):
        await enter(operator, home, off_peak("2026-01-01"))
    issued = (await issue(operator, await by_class.draft(operator))).json()
    url = f"/billing/invoices/{of(issued, by_class.anna)['id']}"
    before = (await operator.get(url)).json()

    await enter(operator, by_class.anna_home, off_peak("2026-01-01", ("22:00", "06:00")))

    assert (await operator.get(url)).json() == before
    checks = await preflight(operator, by_class, "2026-10")
    assert (checks["documents"], checks["blockers"]) == ([], [])


async def test_a_list_shows_its_classes_as_they_were_entered(
    operator: httpx.AsyncClient, by_class: Coop
) -> None:
    shown: dict[str, Any] = (await operator.get(by_class.prices_url)).json()
    assert shown["hour_classes"] == [
        {"name": "Pleines", "windows": [], "tariff_classes": ["HPH", "HPB"]},
        {"name": "Creuses", "windows": [], "tariff_classes": ["HCH", "HCB"]},
    ]
    url = f"/billing/operations/{by_class.operation_id}/day-prices"
    day: dict[str, Any] = (await operator.get(url, params={"day": "2026-10-12"})).json()
    (plant,) = day["plants"]
    assert [price["hour_class"] for price in plant["prices"]] == ["Pleines", "Creuses", None]
    assert (day["classes"], plant["half_hours"]) == ([None] * 48, [None] * 48)


async def test_classes_that_are_not_what_was_shared_are_parked(
    billing: Billing, by_class: Coop
) -> None:
    broken = settled(by_class, number=2, HPB=24, HCB=8)
    await billing.tell(broken)
    unpark = text("DELETE FROM parked WHERE event_id = :id RETURNING type")
    async with billing.platform.database("billing") as database, database.transaction() as session:
        assert await session.scalar(unpark, {"id": broken.id}) == SettlementClosed.type
