"""The DSO's own split, from its files to what operations are given and the API shows."""

from datetime import date

import httpx
import pytest

from libs.common.ids import Quantity
from tests.community.coop import (
    given_organiser,
    new_operation_id,
    new_prm,
    operation_body,
    put,
)
from tests.ingest.delivering import (
    pushed,
    quarantine,
    results_told,
)
from tests.ingest.dso import counts_of, given_known_operation, results_of, zipped
from tests.ingest.formats.result_files import (
    curves_of,
    energies_of,
    enveloped,
    long,
    long_row,
    one_point,
    wide,
    wide_day,
)
from tests.support.curves import OCTOBER_DAY, SUMMER_DAY
from tests.support.platform import Platform

_CURVES = ("definitive_load_curves", "provisional_load_curves")


async def test_the_curves_of_a_day_are_told_in_one_event(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    roof = new_prm()

    delivery = await pushed(
        operator, wide(wide_day(OCTOBER_DAY, home=prm, roof=roof)), f"{operation_id}_10.csv"
    )

    assert delivery["formats"] == ["ACC CSV wide-energy"]
    assert counts_of(delivery) == (6 * 50, 0, 0, 0)
    (event,) = await results_told(platform, operation_id, count=1)
    assert (event.month, event.day, event.revision) == ("2026-10", date(2026, 10, 25), 1)
    assert event.definitive
    assert {
        (part_of_event.prm, part_of_event.direction, part_of_event.quantity)
        for part_of_event in event.curves
    } == {
        (prm, "consumption", "consumption"),
        (prm, "consumption", "self_consumed"),
        (prm, "consumption", "complement"),
        (roof, "production", "production"),
        (roof, "production", "self_consumed"),
        (roof, "production", "surplus"),
    }
    (curve,) = [
        part_of_event
        for part_of_event in event.curves
        if part_of_event.quantity == Quantity.COMPLEMENT
    ]
    assert (curve.step_min, curve.precision_wmin) == (30, 60)
    assert curve.energy_wmin == [40 * 60] * 50


async def test_a_delivery_of_one_point_tells_the_day_with_all_points(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    other = new_prm()
    for point in (prm, other):
        content = zipped([(f"{operation_id}_{point}_202607.csv", one_point(SUMMER_DAY))])
        await pushed(operator, content, "202607.zip")

    first, second = await results_told(platform, operation_id, count=2)

    assert {curve.prm for curve in first.curves} == {prm}
    assert {curve.prm for curve in second.curves} == {prm, other}
    assert (first.revision, second.revision) == (1, 2)


async def test_the_same_content_again_tells_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    body = curves_of(SUMMER_DAY, {"cons": 478, "autocons": 200}, prm=prm)
    resource = "definitive_load_curves"
    await pushed(operator, enveloped(resource, body, operation=operation_id))

    again = enveloped(resource, body, operation=operation_id, retrieved_at="2026-11-07T05:00:00Z")

    assert counts_of(await pushed(operator, again)) == (0, 0, 96, 0)
    assert len(await results_told(platform, operation_id, count=1)) == 1
    shown = await results_of(operator, operation_id, "2026-07")
    assert {curve["published_at"] for curve in shown["curves"]} == {"2026-11-07T05:00:00Z"}


async def test_what_is_definitive_is_not_changed_by_a_provisional_answer_that_comes_later(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    definitive, provisional = (
        enveloped(
            resource,
            curves_of(SUMMER_DAY, {"autocons": power}, prm=prm),
            operation=operation_id,
            retrieved_at=f"2026-08-0{day}T06:00:00Z",
        )
        for resource, power, day in zip(_CURVES, (200, 100), (5, 6), strict=True)
    )
    await pushed(operator, definitive)

    assert counts_of(await pushed(operator, provisional)) == (0, 0, 48, 48)

    (event,) = await results_told(platform, operation_id, count=1)
    assert set(event.curves[0].energy_wmin) == {6_000}


async def test_an_older_answer_that_comes_late_overwrites_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    newer, older = (
        enveloped(
            "provisional_load_curves",
            curves_of(SUMMER_DAY, {"autocons": power}, prm=prm),
            operation=operation_id,
            retrieved_at=f"2026-07-0{day}T06:00:00Z",
        )
        for power, day in ((200, 6), (100, 5))
    )
    await pushed(operator, newer)

    assert counts_of(await pushed(operator, older)) == (0, 0, 48, 48)
    shown = await results_of(operator, operation_id, "2026-07")
    assert [curve["total_wmin"] for curve in shown["curves"]] == [6_000 * 48]


async def test_energies_of_a_month_are_told_with_those_of_other_points(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    roof = new_prm()
    home = energies_of({"cons": {"HPB": 12.5, "HCB": 10}, "autocons": {"P": 3}}, prm=prm)
    plant = energies_of({"prod": {"P": 30}}, prm=roof, side="prod_id")
    for body in (home, plant):
        delivery = await pushed(
            operator, enveloped("definitive_active_energy", body, operation=operation_id)
        )
        assert delivery["counts"]["held"] == 0

    *_, event = await results_told(platform, operation_id, count=2)

    assert (event.month, event.day, event.revision, event.curves) == ("2026-10", None, 2, [])
    energies = {
        (energy.prm, energy.quantity.value, energy.tariff_class): energy.energy_wmin
        for energy in event.energies
    }
    assert energies == {
        (prm, "consumption", "HCB"): 600_000,
        (prm, "consumption", "HPB"): 750_000,
        (prm, "self_consumed", "P"): 180_000,
        (roof, "production", "P"): 1_800_000,
    }


async def test_a_later_set_of_tariff_classes_replaces_the_former(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    for day, classes in ((5, {"HPB": 1, "HCB": 2}), (6, {"P": 3})):
        body = energies_of({"cons": classes}, prm=prm)
        retrieved_at = f"2026-11-0{day}T06:00:00Z"
        content = enveloped(
            "provisional_active_energy", body, operation=operation_id, retrieved_at=retrieved_at
        )
        await pushed(operator, content)

    *_, event = await results_told(platform, operation_id, count=2)

    assert [(energy.tariff_class, energy.energy_wmin) for energy in event.energies] == [
        ("P", 180_000)
    ]
    assert not event.definitive


async def test_results_of_an_unknown_operation_are_held_until_its_perimeter_comes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = new_operation_id(), new_prm()
    curves = curves_of(SUMMER_DAY, {"autocons": 200}, prm=prm)
    energies = energies_of({"autocons": {"P": 3}}, prm=prm)
    for resource, body in (
        ("definitive_load_curves", curves),
        ("definitive_active_energy", energies),
    ):
        delivery = await pushed(operator, enveloped(resource, body, operation=operation_id))
        assert delivery["counts"]["held"] == delivery["counts"]["accepted"] > 0
    shown = await results_of(operator, operation_id, "2026-07")
    assert (shown["held"], shown["day_revisions"]) == (True, {})
    assert await _held_months(operator, operation_id) == [["2026-07", "2026-10"]]

    body = operation_body(await given_organiser(operator))
    await put(operator, f"/operations/{operation_id}", body)

    events = await results_told(platform, operation_id, count=2)
    assert {(event.month, event.day) for event in events} == {
        ("2026-07", date(2026, 7, 1)),
        ("2026-10", None),
    }
    shown = await results_of(operator, operation_id, "2026-07")
    assert (shown["held"], shown["day_revisions"]) == (False, {SUMMER_DAY: 1})
    assert await _held_months(operator, operation_id) == []


async def _held_months(operator: httpx.AsyncClient, operation_id: str) -> list[list[str]]:
    answer = await operator.get("/ingest/held-results")
    assert answer.status_code == 200, answer.text
    return [
        operation["months"]
        for operation in answer.json()
        if operation["operation_id"] == operation_id
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("juillet.csv", "neither the file nor its name states the operation: ACC and 8 digits"),
        # The same bytes under another name would be the same delivery.
        (
            "ACC00000101_99000000000017_202607.csv",
            "only the file's name states the point: send it in a zip, which keeps it",
        ),
    ],
)
async def test_a_file_of_which_nothing_certain_tells_the_point_is_quarantined(
    operator: httpx.AsyncClient, name: str, reason: str
) -> None:
    content = one_point(SUMMER_DAY, power=f"{new_prm()[-6:]};;;;")

    delivery = await pushed(operator, content, name)

    assert delivery["counts"]["quarantined"] == 48
    assert {record["reason"] for record in await quarantine(operator, delivery)} == {reason}


async def test_values_that_contradict_each_other_are_quarantined(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    stamp = "2026-07-01 00:00:00"
    rows = [long_row(stamp, value, operation=operation_id, prm=prm) for value in ("1", "2", "1")]

    delivery = await pushed(operator, long(rows))

    assert counts_of(delivery) == (1, 0, 1, 0)
    (refused,) = await quarantine(operator, delivery)
    assert (refused["position"], refused["reason"]) == (
        "line 3",
        "contradicts line 2, which was taken",
    )


async def test_definitive_steps_stand_before_finer_ones_that_are_provisional_and_newer(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    for resource, step_min, power, day in ((_CURVES[0], 30, 200, 5), (_CURVES[1], 15, 300, 6)):
        body = curves_of(SUMMER_DAY, {"autocons": power}, prm=prm, step_min=step_min)
        content = enveloped(
            resource, body, operation=operation_id, retrieved_at=f"2026-08-0{day}T06:00:00Z"
        )
        await pushed(operator, content)

    event = (await results_told(platform, operation_id, count=1))[-1]
    shown = await results_of(operator, operation_id, "2026-07")

    assert event.definitive
    assert [(curve.step_min, len(curve.energy_wmin)) for curve in event.curves] == [(30, 48)]
    assert [curve["total_wmin"] for curve in shown["curves"]] == [6_000 * 48]


async def test_finer_steps_take_the_place_of_coarser_ones_that_were_published_before(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    for step_min, day in ((30, 5), (15, 6)):
        body = curves_of(SUMMER_DAY, {"autocons": 200}, prm=prm, step_min=step_min)
        content = enveloped(
            _CURVES[0], body, operation=operation_id, retrieved_at=f"2026-08-0{day}T06:00:00Z"
        )
        await pushed(operator, content)

    *_, event = await results_told(platform, operation_id, count=2)

    assert [(curve.step_min, len(curve.energy_wmin)) for curve in event.curves] == [(15, 96)]
    shown = await results_of(operator, operation_id, "2026-07")
    assert [curve["total_wmin"] for curve in shown["curves"]] == [3_000 * 96]
