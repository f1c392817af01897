"""The accise regime of operations through the API."""

from typing import Any

import httpx
import pytest

from tests.billing.world import EXEMPT, KWH_WMIN, Billing, Coop, issue, price

STANDARD = {"regime": "standard", "legal_basis": None, "evidence": None}


async def test_a_regime_is_kept_in_versions(operator: httpx.AsyncClient) -> None:
    coop = Coop()
    assert (await operator.get(coop.accise_url)).json()["entries"] == []
    await coop.decide_accise(operator)
    await coop.decide_accise(operator)
    await coop.decide_accise(
        operator, valid_from="2026-10-16", categories={coop.anna_home: "sme"}, **STANDARD
    )

    entries = (await operator.get(coop.accise_url)).json()["entries"]

    assert [(entry["number"], entry["valid_from"], entry["regime"]) for entry in entries] == [
        (1, "2025-01-01", "exempt"),
        (2, "2026-10-16", "standard"),
    ]
    assert entries[0]["evidence"] == EXEMPT["evidence"]
    assert entries[1]["categories"] == {coop.anna_home: "sme"}


async def test_the_default_is_told_with_its_reasons(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    assert [entry["regime"] for entry in await _default(operator, coop)] == ["undecided"]

    points = [
        point.part.model_copy(update={"power_limit_w": 90_000, "production_kind": "solar"})
        for point in coop.points
    ]
    perimeter = coop.perimeter(revision=2)
    await billing.tell(perimeter.model_copy(update={"participations": points}))

    (*_, entry) = await _default(operator, coop)
    assert entry["regime"] == "exempt"
    assert entry["legal_basis"] == "art. L312-79 et L312-87 du CIBS"
    assert any("Conseil d'État" in reason for reason in entry["reasons"])


async def _default(client: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    answer = (await client.get(coop.accise_url)).json()
    default: list[dict[str, Any]] = answer["default"]
    return default


async def test_only_its_runners_decide_and_only_its_members_read(
    billing: Billing, coop: Coop
) -> None:
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        await coop.decide_accise(organiser)
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        assert (await stranger.put(coop.accise_url, json=EXEMPT)).status_code == 403
        assert (await stranger.get(coop.accise_url)).status_code == 403
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert (await anna.put(coop.accise_url, json=EXEMPT)).status_code == 403
        assert len((await anna.get(coop.accise_url)).json()["entries"]) == 1


async def test_members_see_the_categories_of_their_own_points_only(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    categories = {coop.anna_home: "sme", coop.bruno_home: "high_power"}
    await coop.decide_accise(operator, categories=categories, **STANDARD)
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("member", member_id=str(coop.anna)) as anna,
        billing.client("member", member_id=str(coop.seller)) as seller,
    ):
        shown = [
            (await client.get(coop.accise_url)).json()["entries"][-1]
            for client in (operator, organiser, anna, seller)
        ]
    home_categories = {coop.anna_home: "sme"}
    assert [version["categories"] for version in shown] == [
        categories,
        categories,
        home_categories,
        {},
    ]
    assert {version["regime"] for version in shown} == {"standard"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"evidence": None}, "evidence"),
        ({"legal_basis": None}, "legal_basis"),
        ({"regime": "standard"}, "regime"),
        ({"categories": {"99000000000001": "sme"}}, "categories"),
    ],
)
async def test_a_decision_without_its_reasons_is_refused(
    operator: httpx.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    answer = await operator.put(Coop().accise_url, json=EXEMPT | changes)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/accise-regime-invalid"
    assert answer.json()["field"] == field


@pytest.mark.parametrize(
    "changes", [{"regime": "maybe"}, {"categories": {"1": "sme"}}, {"valid_from": "soon"}]
)
async def test_a_malformed_decision_is_422(
    operator: httpx.AsyncClient, changes: dict[str, Any]
) -> None:
    answer = await operator.put(Coop().accise_url, json=EXEMPT | changes)
    assert answer.status_code == 422


async def test_the_accise_is_a_line_of_its_own_with_vat(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"))
    await coop.decide_accise(operator, valid_from="2026-10-16", **STANDARD)

    issued = (await issue(operator, await coop.draft(operator))).json()

    # 1 kWh a day: 31 × 0.10 €; taxed from the 16th, 16 kWh × 30.62 €/MWh = 0.489 92 €.
    for invoice in issued:
        assert [line["amount_cents"] for line in invoice["lines"]] == [310]
        (tax,) = invoice["taxes"]
        assert (tax["valid_from"], tax["valid_to"]) == ("2026-10-16", "2026-11-01")
        assert (tax["quantity_kwh"], tax["rate_eur_per_mwh"]) == (16, "30.62")
        assert (tax["category"], tax["amount_cents"]) == ("household", 49)
        assert invoice["vat"] == [{"rate": "0.2", "base_cents": 359, "vat_cents": 72}]
        assert invoice["total_incl_vat_cents"] == 431
        assert [period["regime"] for period in invoice["accise"]] == ["exempt", "standard"]
        assert sum(line["energy_wmin"] for line in invoice["lines"]) == 31 * KWH_WMIN
