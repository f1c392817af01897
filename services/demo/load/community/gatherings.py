"""A gathering to come, with replies, and one that was held, with its minutes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.demo.api import Api
from services.demo.cooperative import DemoOperation
from services.demo.load.people import PRIVATE, PRODUCER, TWO_OPERATIONS, People, demo_id

_ASSEMBLY = demo_id("gatherings/assembly")
_VISIT = demo_id("gatherings/visit")
# It is announced before it starts, as the platform requires, and starts soon.
_UNTIL_VISIT = timedelta(seconds=20)
_FOR_EVERYBODY: dict[str, Any] = {
    "description": "",
    "agenda": [],
    "url": None,
    "audience": "everybody",
    "capacity": None,
    "reply_by": None,
    "facilitator_ids": [],
    "remind_days": None,
}


async def announce_gatherings(people: People, operation: DemoOperation, now: datetime) -> None:
    person, first = people.person, people.log_ins.member
    visit_start = now + _UNTIL_VISIT
    assembly_start = (now + timedelta(days=20)).replace(hour=17, minute=30, second=0, microsecond=0)
    seats = _FOR_EVERYBODY | {"operation_id": operation.id, "max_guests": 2}
    assembly = seats | {
        "kind": "assembly",
        "title": "Assemblée de l’hiver",
        "description": "Une année de soleil en chiffres, et la soupe après.",
        "agenda": [
            {"title": "L’année en chiffres", "minutes": 20, "speaker": person(first).name},
            {"title": "L’école d’abord ?", "minutes": 40, "speaker": None},
            {"title": "Un deuxième toit", "minutes": 30, "speaker": None},
        ],
        "place": "Salle des fêtes\n99110 Pousselac-sur-Aurelle",
        "starts_at": assembly_start.isoformat(),
        "ends_at": (assembly_start + timedelta(hours=2)).isoformat(),
        "capacity": 60,
        "facilitator_ids": [str(person(first).id)],
        "remind_days": 2,
    }
    visit = seats | {
        "kind": "visit",
        "title": "Visite des ombrières",
        "place": "Le foirail\n99110 Pousselac-sur-Aurelle",
        "starts_at": visit_start.isoformat(),
        "ends_at": (visit_start + timedelta(seconds=1)).isoformat(),
    }
    replies = {
        TWO_OPERATIONS: {"answer": "yes", "guests": 1, "shows_name": True},
        PRIVATE: {"answer": "yes", "guests": 0, "shows_name": True},
        PRODUCER: {"answer": "maybe", "guests": 0, "shows_name": False},
    }
    await _announce(people, _VISIT, visit, replies)
    await _announce(people, _ASSEMBLY, assembly, replies)


async def write_minutes(people: People) -> None:
    """Record attendance and minutes once the visit is over."""
    api, path = people.organiser, f"/community/gatherings/{_VISIT}"
    if await api.call("GET", f"{path}/minutes"):
        return
    await _wait_until_held(api, path)
    for email in (TWO_OPERATIONS, PRIVATE):
        attendance = f"{path}/attendance/{people.person(email).id}"
        await api.call("PUT", attendance, json={"guests": 0})
    minutes = {
        "content": "Les panneaux ont été nettoyés en octobre. L’onduleur nord sera remplacé en"
        " garantie.\nOn a goûté le pain de midi, cuit au soleil.",
        "decisions": [
            {"text": "Une visite par saison, le premier samedi.", "poll_id": None},
            {
                "text": "Le compteur de la place montrera la production du jour.",
                "poll_id": None,
            },
        ],
        "after_edit": 0,
    }
    await api.call("PUT", f"{path}/minutes/1", json=minutes)
    await api.call("POST", f"{path}/minutes/1/publication")


async def _wait_until_held(api: Api, path: str) -> None:
    async def held() -> bool:
        return bool((await api.call("GET", path))["state"] == "held")

    await api.wait_until("the visit is over", held)


async def _announce(
    people: People, gathering_id: UUID, body: dict[str, Any], replies: dict[str, Any]
) -> None:
    path = f"/community/gatherings/{gathering_id}"
    if await people.organiser.is_there(path):
        return
    await people.organiser.call("PUT", path, json=body)
    await people.organiser.call("POST", f"{path}/announcement")
    for email, reply in replies.items():
        reply_path = f"{path}/replies/{people.person(email).id}"
        # On a very busy machine the visit may have begun: replies that come too late are refused.
        await people.member(email).answer("PUT", reply_path, json=reply)
