"""Prices for some buyers, fees, discounts: on the invoice, in the list, in the database."""

from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.billing.test_drafts import of
from tests.billing.world import Billing, Coop, handed_over, price


def fee(coop: Coop, **changes: object) -> dict[str, Any]:
    return {
        "name": "Abonnement",
        "producer": coop.roof,
        "eur_per_month": "3.10",
        "vat_rate": "0.20",
        "valid_from": "2026-01-01",
        **changes,
    }


def solidarity(coop: Coop) -> dict[str, Any]:
    return {"name": "Solidaires", "social": True, "members": [str(coop.anna)]}


async def test_a_social_tariff_is_that_of_the_member_on_the_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    """Anna's home is Bruno's from the 11th on: the social price goes with her, not with it."""
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 11))
    await billing.tell(coop.perimeter(moved, revision=2))
    await coop.price(
        operator, price("0.13"), price("0.05", group="Solidaires"), groups=[solidarity(coop)]
    )

    invoices = await coop.draft(operator)

    (line,) = of(invoices, coop.anna)["lines"]
    assert (line["rule"], line["group"]) == ("social_group", "Solidaires")
    assert (line["energy_kwh"], line["amount_cents"]) == ("10.000", 50)
    by_home = {row["consumer"]: row for row in of(invoices, coop.bruno)["lines"]}
    assert by_home[coop.anna_home]["price_eur_per_kwh"] == "0.13"


async def test_a_fee_is_a_line_by_days_and_due_without_energy(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    late = [
        point
        if point.prm != coop.bruno_home
        else type(point)(point.prm, point.direction, point.member_id, date(2026, 10, 12))
        for point in coop.points
    ]
    await billing.tell(
        coop.perimeter(late, revision=2),
        coop.settlement({(coop.roof, coop.seller_home): [1] * 31}, number=2),
    )
    await coop.price(operator, fees=[fee(coop)])

    invoices = await coop.draft(operator)

    # 3.10 € for Anna, 3.10 € × 20/31 for Bruno; the seller owes itself nothing.
    assert {
        invoice["customer"]["name"]: invoice["total_excl_vat_cents"] for invoice in invoices
    } == {
        "Anna": 310,
        "Bruno": 200,
    }
    (line,) = of(invoices, coop.bruno)["lines"]
    assert (line["kind"], line["label"], line["rule"]) == ("fee", "Abonnement", "producer")
    assert (line["days"], line["month_days"], line["eur_per_month"]) == (20, 31, "3.1")
    assert (line["valid_from"], line["valid_to"]) == ("2026-10-12", "2026-11-01")


async def test_index_and_discount_are_frozen_on_the_line(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(
        operator,
        price("0.10", index="L"),
        indexes=[
            {"name": "L", "coefficients": [{"valid_from": "2026-02-01", "coefficient": "1.1"}]}
        ],
        discounts=[{"name": "Bienvenue", "percent": "10", "valid_from": "2026-10-16"}],
    )

    anna = of(await coop.draft(operator), coop.anna)

    rows = [
        (
            line["valid_from"],
            line["coefficient"],
            line["list_price_eur_per_kwh"],
            line["discount"],
            line["price_eur_per_kwh"],
            line["amount_cents"],
        )
        for line in anna["lines"]
    ]
    assert rows == [
        ("2026-10-01", "1.1", "0.11", None, "0.11", 165),
        ("2026-10-16", "1.1", "0.11", "Bienvenue", "0.099", 158),  # 16 × 0.099 = 1.584
    ]


async def test_a_whole_list_is_read_back_and_set_again_without_change(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    window = {"months": [11, 12], "days": ["working_day"], "hours": [["18:00", "00:30"]]}
    await coop.price(
        operator,
        price("0.13", index="L"),
        price("0.12", group="Communes", producer=coop.roof, hour_class="Pointe"),
        price("0.11", consumer=coop.anna_home),
        groups=[
            {"name": "Communes", "consumers": [coop.bruno_home]},
            {"name": "Solidaires", "social": True, "members": [str(coop.anna)]},
        ],
        hour_classes=[{"name": "Pointe", "windows": [window]}],
        indexes=[
            {"name": "L", "coefficients": [{"valid_from": "2026-02-01", "coefficient": "1.02"}]}
        ],
        fees=[fee(coop, index="L", group="Communes")],
        discounts=[
            {"name": "A", "percent": "12.5", "valid_from": "2026-01-01", "valid_to": "2026-02-01"},
            {"name": "B", "eur_per_kwh": "0.01", "valid_from": "2026-02-01"},
        ],
        unknown_hours="price_without_class",
    )
    body = (await operator.get(coop.prices_url)).json()

    again = await operator.put(coop.prices_url, json=body)

    assert again.json() == body
    assert body["hour_classes"] == [{"name": "Pointe", "windows": [window], "tariff_classes": []}]
    assert [entry["eur_per_month"] for entry in body["fees"]] == ["3.1"]
    assert [(discount["percent"], discount["eur_per_kwh"]) for discount in body["discounts"]] == [
        ("12.5", None),
        (None, "0.01"),
    ]
    assert body["unknown_hours"] == "price_without_class"


async def test_a_member_does_not_see_who_else_pays_a_social_tariff(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    both = solidarity(coop) | {
        "members": [str(coop.anna), str(coop.bruno)],
        "consumers": [coop.anna_home, coop.bruno_home],
    }
    await coop.price(operator, price(), price("0.05", group="Solidaires"), groups=[both])
    await coop.price(
        operator,
        price(),
        price("0.05", group="Solidaires"),
        price("0.04", consumer=coop.bruno_home),
        groups=[both],
    )

    async with billing.client("member", member_id=str(coop.anna)) as anna:
        body = (await anna.get(coop.prices_url)).json()

    (group,) = body["groups"]
    assert (group["members"], group["consumers"]) == ([str(coop.anna)], [coop.anna_home])
    assert {entry["price_eur_per_kwh"] for entry in body["entries"]} == {"0.1", "0.05"}
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        assert len((await organiser.get(coop.prices_url)).json()["entries"]) == 3


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        ("price", "producer, consumer", "NULL, '99000000000001'"),
        ("price", "producer, member_group", "'99000000000091', 'Communes'"),
        ("price", "hour_class", "'HP'"),
        ("price_fee", "name, producer", "'Abonnement', '99000000000091'"),
        ("price_discount", "name, producer", "'Bienvenue', NULL"),
    ],
)
async def test_the_database_refuses_overlaps_of_one_rank_too(
    billing: Billing, table: str, columns: str, values: str
) -> None:
    amount, taxed = {
        "price": ("price_micro_eur_per_kwh", True),
        "price_fee": ("micro_eur_per_month", True),
        "price_discount": ("micro_eur_per_kwh", False),
    }[table]
    vat, rate = (", vat_rate", ", 0.2") if taxed else ("", "")
    insert = text(f"""
        INSERT INTO {table} (operation_id, {amount}{vat}, valid_from, {columns})
        VALUES ('ACC99999998', 1{rate}, '2026-01-01', {values}),
               ('ACC99999998', 2{rate}, '2030-01-01', {values})
    """)
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match=f"{table}_overlap"):
            async with database.transaction() as session:
                await session.execute(insert)


async def test_the_database_tells_buyers_and_hours_apart(billing: Billing) -> None:
    insert = text("""
        INSERT INTO price (operation_id, price_micro_eur_per_kwh, vat_rate, valid_from, producer,
                           consumer, member_group, hour_class)
        VALUES ('ACC99999997', 1, 0.2, '2026-01-01', NULL, NULL, NULL, NULL),
               ('ACC99999997', 1, 0.2, '2026-01-01', NULL, NULL, 'HP', NULL),
               ('ACC99999997', 1, 0.2, '2026-01-01', NULL, NULL, NULL, 'HP'),
               ('ACC99999997', 1, 0.2, '2026-01-01', '99000000000001', NULL, NULL, NULL),
               ('ACC99999997', 1, 0.2, '2026-01-01', NULL, '99000000000001', NULL, NULL),
               ('ACC99999996', 1, 0.2, '2026-01-01', NULL, NULL, NULL, NULL)
    """)
    async with billing.platform.database("billing") as database, database.transaction() as session:
        await session.execute(insert)
        await session.rollback()
