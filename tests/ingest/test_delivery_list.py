"""Finding deliveries again, and what their ledger tells."""

from datetime import datetime

import httpx

from tests.community.coop import logged_in, new_prm
from tests.ingest.delivering import pushed
from tests.ingest.formats.files import pdc, r50
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform


def _curve() -> bytes:
    return curve_file([new_prm()], [SUMMER_DAY])


async def _listed(client: httpx.AsyncClient, **filters: str | int) -> list[str]:
    answer = await client.get("/ingest/deliveries", params=filters)
    assert answer.status_code == 200, answer.text
    return [delivery["id"] for delivery in answer.json()]


async def test_deliveries_are_listed_by_status_format_and_sender(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    whole = r50([pdc("2026-07-01T00:30:00+02:00")], prm=new_prm())
    async with logged_in(platform, operator, "feed") as feed:
        csv, xml = await pushed(feed, _curve()), await pushed(feed, whole)
        cut = await pushed(feed, whole[:-30])
        ids = [cut["id"], xml["id"], csv["id"]]
        sender = csv["received_by"]

        assert await _listed(feed) == ids
        assert await _listed(feed, status="recorded") == ids[1:]
        assert await _listed(feed, format="R50 XML") == [xml["id"]]
        assert await _listed(feed, status="refused", sender=sender) == [cut["id"]]
        assert await _listed(feed, sender="somebody else") == []
    assert await _listed(operator, sender=sender) == ids
    both = await _listed(operator, sender=sender, format="R63 CSV", status="recorded")
    assert both == [csv["id"]]


async def test_a_page_begins_where_the_last_one_ended(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with logged_in(platform, operator, "feed") as feed:
        sent = [await pushed(feed, _curve()) for _ in range(3)]

        first = await _listed(feed, limit=2)
        second = await _listed(feed, limit=2, before=sent[1]["number"])

    assert first == [sent[2]["id"], sent[1]["id"]]
    assert second == [sent[0]["id"]]


async def test_a_filter_that_cannot_be_is_told_so(operator: httpx.AsyncClient) -> None:
    for wrong in ("status=lost", "before=0", f"before={2**63}", "sender=%00", "format=a%00"):
        answer = await operator.get(f"/ingest/deliveries?{wrong}")

        assert answer.status_code == 422, wrong
        assert answer.json()["type"] == "/problems/malformed"


async def test_a_delivery_tells_its_channel_and_its_times(operator: httpx.AsyncClient) -> None:
    delivery = await pushed(operator, _curve())

    assert delivery["channel"] == "push"
    # The time of arrival is by the service's clock, these two are by the database's.
    started, recorded = (
        datetime.fromisoformat(delivery[name]) for name in ("started_at", "recorded_at")
    )
    assert started <= recorded
    assert delivery["parsing_ms"] >= 0
    assert delivery["recording_ms"] >= 0


async def test_a_refused_delivery_tells_when_but_not_how_long(
    operator: httpx.AsyncClient,
) -> None:
    delivery = await pushed(operator, f"<R50><PRM><Id_PRM>{new_prm()}".encode())

    assert delivery["status"] == "refused"
    assert delivery["recorded_at"] is not None
    assert (delivery["parsing_ms"], delivery["recording_ms"]) == (None, None)
