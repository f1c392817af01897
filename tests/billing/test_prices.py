import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.database import Database
from libs.common.ids import OperationId
from services.billing.domain.prices.price_list import PriceList, parse_price_list
from services.billing.store.prices import prices as store
from tests.billing.locks import until_somebody_waits
from tests.billing.world import Billing, Coop, price


async def test_a_price_list_is_read_back_as_it_was_set(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    entry = price("0.119001", producer=coop.roof, valid_to="2026-07-01")
    await coop.price(operator, entry, price("0.1250"))

    answer = await operator.get(coop.prices_url)

    anybody = {"consumer": None, "group": None, "hour_class": None, "index": None}
    assert answer.json()["entries"] == [
        {
            **anybody,
            "producer": None,
            "price_eur_per_kwh": "0.125",
            "vat_rate": "0.2",
            "vat_mention": None,
            "valid_from": "2026-01-01",
            "valid_to": None,
        },
        {
            **anybody,
            "producer": coop.roof,
            "price_eur_per_kwh": "0.119001",
            "vat_rate": "0.2",
            "vat_mention": None,
            "valid_from": "2026-01-01",
            "valid_to": "2026-07-01",
        },
    ]


async def test_the_command_line_reads_what_the_api_gives(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1250"))
    answer = await operator.get(coop.prices_url)
    assert parse_price_list(json.loads(answer.text)) == parse_price_list(
        {"entries": [price("0.1250")]}
    )


async def test_the_same_list_again_changes_no_row(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    entries = price("0.1250"), price("0.11", producer=coop.roof)

    async def ids() -> list[int]:
        async with billing.platform.database("billing") as database, database.transaction() as db:
            query = text("SELECT id FROM price WHERE operation_id = :id ORDER BY id")
            return list((await db.scalars(query, {"id": coop.operation_id})).all())

    await coop.price(operator, *entries)
    before = await ids()
    await coop.price(operator, *reversed(entries))
    assert await ids() == before


async def test_a_list_is_read_whole_while_another_one_is_set(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.10"))
    other = parse_price_list({"entries": [price("0.20")]})
    operation_id = OperationId(coop.operation_id)
    async with billing.platform.database("billing") as database:
        async with database.transaction() as setting:
            await store.lock_prices(setting, operation_id)
            reading = asyncio.create_task(_read(database, operation_id))
            await until_somebody_waits(setting)
            await store.replace_prices(setting, operation_id, other)
        assert (await reading).says_the_same(other)


async def _read(database: Database, operation_id: OperationId) -> PriceList:
    async with database.transaction() as session:
        return await store.list_prices(session, operation_id)


async def test_overlapping_prices_are_refused(operator: httpx.AsyncClient, coop: Coop) -> None:
    entries = [
        price(producer=coop.roof, valid_to="2026-10-16"),
        price(producer=coop.roof, valid_from="2026-10-15"),
    ]
    answer = await operator.put(coop.prices_url, json={"entries": entries})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/price-list-overlap"
    assert answer.json()["day"] == "2026-10-15"


@pytest.mark.parametrize("producer", [None, "99000000000001"])
async def test_the_database_itself_refuses_overlapping_prices(
    billing: Billing, producer: str | None
) -> None:
    insert = text("""
        INSERT INTO price (operation_id, producer, price_micro_eur_per_kwh, vat_rate, valid_from)
        VALUES ('ACC99999999', :producer, 1, 0.2, '2026-01-01'),
               ('ACC99999999', :producer, 2, 0.2, '2030-01-01')
    """)
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match="price_overlap"):
            async with database.transaction() as session:
                await session.execute(insert, {"producer": producer})


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        (price("-0.10"), 422),
        (price("0.1234567"), 422),
        (price("1e3"), 422),
        (price(producer="٩٩٠٠٠٠٠٠٠٠٠٠٠١"), 422),  # digits, but not ours
        (price(vat_rate="20"), 422),
        (price(vat_mention="a\x00b"), 422),
        (price(vat_mention="   "), 422),
        (price(valid_from="2026-02-30"), 422),
        (price(colour="green"), 422),
        (price(vat_rate="0"), 409),
        (price(valid_to="2026-01-01"), 409),
    ],
)
async def test_an_impossible_price_is_refused(
    operator: httpx.AsyncClient, entry: dict[str, Any], status: int
) -> None:
    answer = await operator.put("/billing/operations/ACC00000001/prices", json={"entries": [entry]})
    assert answer.status_code == status, answer.text
    assert answer.json()["type"].startswith("/problems/")


async def test_only_its_runners_set_prices_and_only_its_members_read_them(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    body = {"entries": [price()]}
    own_operations, foreign = [coop.operation_id], ["ACC00000000"]
    async with billing.client("organiser", operations=own_operations) as organiser:
        assert (await organiser.put(coop.prices_url, json=body)).status_code == 200
    async with billing.client("organiser", operations=foreign) as organiser:
        assert (await organiser.put(coop.prices_url, json=body)).status_code == 403
        assert (await organiser.get(coop.prices_url)).status_code == 403
    async with billing.client("member", member_id=str(coop.anna)) as member:
        assert (await member.put(coop.prices_url, json=body)).status_code == 403
        assert (await member.get(coop.prices_url)).status_code == 200
    async with billing.client("member", member_id=str(Coop().anna)) as stranger:
        assert (await stranger.get(coop.prices_url)).status_code == 403
    async with billing.client("feed") as feed:
        assert (await feed.get(coop.prices_url)).status_code == 403
    async with billing.platform.client() as anonymous:
        assert (await anonymous.get(coop.prices_url)).status_code == 401
