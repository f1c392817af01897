"""The register of co-operative shares."""

from services.demo.api import Api
from services.demo.cooperative import Cooperative
from services.demo.load.people import demo_id

_HOLDERS = 14


async def record_capital(api: Api, cooperative: Cooperative) -> None:
    organiser_id = cooperative.organiser.id
    for number, member in enumerate(cooperative.members[-_HOLDERS - 1 : -1], start=1):
        await _subscribe(api, f"{organiser_id}", str(member.id), number)
    first = next(member for member in cooperative.members if member.kind == "household")
    await _subscribe(api, f"{organiser_id}", str(first.id), _HOLDERS + 1)


async def _subscribe(api: Api, organiser_id: str, member_id: str, number: int) -> None:
    movement_id = demo_id(f"capital/{number}")
    movement = {
        "kind": "subscription",
        "day": "2025-10-15",
        "to_member_id": member_id,
        "capital_shares": 1 + number % 5,
        "nominal_cents": 2000,
        "document_reference": f"Bulletin 2025-{number:03}, classeur 5",
    }
    path = f"/community/organisers/{organiser_id}/capital/movements/{movement_id}"
    await api.call("PUT", path, json=movement)
