"""Requests about gatherings, news and calendars, each of which has to leave a line."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx

from tests.community.audited_rights import Ask
from tests.community.challenging import challenge_body
from tests.community.coop import PASSWORD, article_body, beside, put_account, today
from tests.community.gathered import Group, group
from tests.community.mailing import new_address
from tests.community.papers import PDF
from tests.support.platform import Platform

_GATHERING = "/gatherings/{gathering_id}"
_ARTICLE = "/news/{article_id}"
_MATERIAL = f"{_GATHERING}/materials/{{material_id}}"


async def change_life(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    async with group(platform, operator, members=1) as coop:
        await _gather(coop, ask)
        await _hold(coop, ask)
        await _tell(coop, ask)
        await _challenge(coop, ask)
    await _push(operator, ask)
    await _let_try_again(platform, operator, ask)


async def _gather(coop: Group, ask: Ask) -> None:
    names = {"gathering_id": str(uuid4()), "member_id": coop.members[0]}
    await ask(f"PUT {_GATHERING}", coop.body(), names=names)
    await ask(f"DELETE {_GATHERING}", names=names)
    await coop.assembly.operator.put(
        f"/community/gatherings/{names['gathering_id']}", json=coop.body()
    )
    await ask(f"POST {_GATHERING}/announcement", names=names)
    await ask(f"PUT {_GATHERING}/replies/{{member_id}}", {"answer": "yes"}, names=names)
    reason = {"reason": "The hall is flooded."}
    await ask(f"POST {_GATHERING}/cancellation", reason, names=names)
    series = {"series_id": str(uuid4())}
    body = {"first": coop.body(), "rule": {"frequency": "weekly", "count": 2}}
    await ask("PUT /gathering-series/{series_id}", body, names=series)
    await ask("POST /gathering-series/{series_id}/announcement", names=series)


async def _hold(coop: Group, ask: Ask) -> None:
    names = {"gathering_id": await coop.given_gathering(), "member_id": coop.members[0]}
    names |= {"version": "1", "material_id": str(uuid4())}
    await coop.begin(names["gathering_id"])
    attendance = f"{_GATHERING}/attendance/{{member_id}}"
    await ask(f"PUT {attendance}", {"guests": 1}, names=names)
    await ask(f"DELETE {attendance}", names=names)
    minutes = f"{_GATHERING}/minutes/{{version}}"
    await ask(f"PUT {minutes}", {"content": "It was good."}, names=names)
    await ask(f"POST {minutes}/publication", names=names)
    await ask(f"PUT {_MATERIAL}", {"title": "The year"}, names=names)
    await ask(f"PUT {_MATERIAL}/file", names=names, content=PDF)
    await ask(f"DELETE {_MATERIAL}", names=names)


async def _tell(coop: Group, ask: Ask) -> None:
    names = {"article_id": str(uuid4())}
    await ask(f"PUT {_ARTICLE}", article_body(coop.assembly.operation_id), names=names)
    await ask(f"POST {_ARTICLE}/publication", names=names)
    await ask(f"PUT {_ARTICLE}/pin", {"is_pinned": True}, names=names)
    await ask(f"POST {_ARTICLE}/withdrawal", names=names)
    member = coop.assembly.clients[coop.members[0]]
    channels = {"channels": {"news_published": "none"}}
    await ask("PUT /me/notification-channels", channels, by=member, names={})
    made = await coop.assembly.operator.post(
        "/community/me/calendar-feeds", json={"label": "Phone"}
    )
    await ask("POST /me/calendar-feeds", {"label": "Desk"}, names={})
    feed = {"feed_id": made.json()["id"]}
    await ask("DELETE /me/calendar-feeds/{feed_id}", names=feed)


async def _challenge(coop: Group, ask: Ask) -> None:
    member_id = coop.members[0]
    perimeter = await coop.assembly.operator.get(
        f"/community/operations/{coop.assembly.operation_id}"
    )
    (point,) = [
        participation["prm"]
        for participation in perimeter.json()["participations"]
        if participation["member_id"] == member_id
    ]
    challenge = "/operations/{operation_id}/challenges/{challenge_id}"
    names = {"operation_id": coop.assembly.operation_id, "challenge_id": str(uuid4()), "prm": point}
    await ask(f"PUT {challenge}", challenge_body(), names=names)
    await ask(f"POST {challenge}/announcement", names=names)
    entry, by = f"{challenge}/entries/{{prm}}", coop.assembly.clients[member_id]
    await ask(f"PUT {entry}", {"shown_as": "Small"}, by=by, names=names)
    await ask(f"DELETE {entry}", by=by, names=names)
    await ask(f"POST {challenge}/cancellation", {"reason": "Too cold."}, names=names)


async def _push(operator: httpx.AsyncClient, ask: Ask) -> None:
    day = today()
    body = {"name": "SFTP", "expires_on": str(day + timedelta(days=90))}
    await ask("POST /feeds", body, names={})
    made = await operator.post("/community/feeds", json=body)
    names = {"feed_id": made.json()["id"]}
    body = {"expires_on": body["expires_on"], "former_until": str(day + timedelta(days=7))}
    await ask("POST /feeds/{feed_id}/secrets", body, names=names)
    await ask("DELETE /feeds/{feed_id}", names=names)


async def _let_try_again(platform: Platform, operator: httpx.AsyncClient, ask: Ask) -> None:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})
    form = {"username": email, "password": "a wrong password"}
    async with (
        beside(platform, auth_failures_per_account=1) as strict,
        strict.client() as client,
    ):
        await asyncio.gather(*(client.post("/community/token", data=form) for _ in range(2)))
        await ask("DELETE /log-in-pauses/{email}", names={"email": email})
