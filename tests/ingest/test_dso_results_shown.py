"""What the API shows of the DSO's results and perimeters, and to whom."""

import httpx
import pytest

from tests.community.coop import (
    given_operation,
    logged_in,
    new_operation_id,
    new_prm,
)
from tests.ingest.delivering import (
    pushed,
)
from tests.ingest.dso import counts_of, given_known_operation, results_of
from tests.ingest.formats.result_files import (
    curves_of,
    energies_of,
    enveloped,
    perimeter_of,
)
from tests.support.curves import SUMMER_DAY
from tests.support.platform import Platform


async def test_what_is_stored_is_shown_per_point_and_quantity(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    days = [curves_of(day, {"autocons": 200}, prm=prm) for day in (SUMMER_DAY, "2026-07-03")]
    days.append(curves_of("2026-07-04", {"autocons": None}, prm=prm))
    energies = energies_of({"cons": {"P": 1}}, prm=prm, start="2026-07-01", end="2026-07-31")
    await pushed(operator, enveloped("definitive_load_curves", days, operation=operation_id))
    await pushed(operator, enveloped("provisional_active_energy", energies, operation=operation_id))

    shown = await results_of(operator, operation_id, "2026-07")

    published_at = "2026-11-06T05:12:00Z"
    assert shown["curves"] == [
        {
            "prm": prm,
            "direction": "consumption",
            "quantity": "self_consumed",
            "days_present": [SUMMER_DAY, "2026-07-03", "2026-07-04"],
            "missing_steps": 48,
            "total_wmin": 2 * 48 * 6_000,
            "definitive": True,
            "published_at": published_at,
        }
    ]
    assert shown["energies"] == [
        {
            "prm": prm,
            "direction": "consumption",
            "quantity": "consumption",
            "energy_wmin": {"P": 60_000},
            "total_wmin": 60_000,
            "precision_wmin": 60_000,
            "definitive": False,
            "published_at": published_at,
        }
    ]
    assert "2026-07-02" in shown["days_without_curves"]
    assert len(shown["days_without_curves"]) == 28


async def test_the_perimeter_of_the_dso_is_compared_with_ours(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    unknown = new_prm()
    url = f"/ingest/operations/{operation_id}/dso-perimeter"
    assert (await operator.get(url)).json()["type"] == "/problems/dso-perimeter-missing"
    body = perimeter_of(
        [("cons_id", prm, "2026-02-01", None), ("prod_id", unknown, "2026-01-01", None)]
    )

    delivery = await pushed(operator, enveloped("perimeter", body, operation=operation_id))

    assert counts_of(delivery) == (2, 0, 0, 0)
    answer = await operator.get(url)
    assert answer.status_code == 200, answer.text
    results = answer.json()
    assert (results["points"], results["published_at"]) == (2, "2026-11-06T05:12:00Z")
    differences = {difference["prm"]: difference for difference in results["differences"]}
    assert differences == {
        prm: {
            "prm": prm,
            "direction": "consumption",
            "difference": "other_dates",
            "ours": [{"valid_from": "2026-01-01", "valid_to": None}],
            "theirs": [{"valid_from": "2026-02-01", "valid_to": None}],
        },
        unknown: {
            "prm": unknown,
            "direction": "production",
            "difference": "missing_here",
            "ours": [],
            "theirs": [{"valid_from": "2026-01-01", "valid_to": None}],
        },
    }


async def test_an_older_perimeter_replaces_no_newer_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    newer, older = (
        enveloped(
            "perimeter",
            perimeter_of([("cons_id", prm, first, None)]),
            operation=operation_id,
            retrieved_at=f"2026-11-0{day}T06:00:00Z",
        )
        for first, day in (("2026-01-01", 6), ("2026-03-01", 5))
    )

    assert counts_of(await pushed(operator, newer)) == (1, 0, 0, 0)
    assert counts_of(await pushed(operator, older)) == (0, 0, 1, 1)

    body = (await operator.get(f"/ingest/operations/{operation_id}/dso-perimeter")).json()
    assert body["differences"] == []


@pytest.mark.parametrize("resource", ["dso-results", "dso-perimeter"])
async def test_only_staff_and_its_organiser_see_what_the_dso_says_of_an_operation(
    platform: Platform, operator: httpx.AsyncClient, resource: str
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    body = perimeter_of([("cons_id", prm, "2026-01-01", None)])
    await pushed(operator, enveloped("perimeter", body, operation=operation_id))
    url = f"/ingest/operations/{operation_id}/{resource}"
    statuses = {}
    other = await given_operation(operator)
    for role, operations in (("organiser", [operation_id]), ("organiser", [other]), ("feed", [])):
        async with logged_in(platform, operator, role, operations=operations) as client:
            answer = await client.get(url, params={"month": "2026-10"})
            statuses[role, operation_id in operations] = answer.status_code

    assert statuses == {("organiser", True): 200, ("organiser", False): 403, ("feed", False): 403}


async def test_an_operation_of_which_nothing_is_known_is_a_problem(
    operator: httpx.AsyncClient,
) -> None:
    url = f"/ingest/operations/{new_operation_id()}/dso-results"

    answer = await operator.get(url, params={"month": "2026-10"})
    malformed = await operator.get(url, params={"month": "2026-13"})

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")
    assert (malformed.status_code, malformed.json()["type"]) == (422, "/problems/month-malformed")
