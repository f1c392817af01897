"""The register of co-operative shares."""

from uuid import UUID

from services.demo.api import Api
from services.demo.cooperative import Cooperative
from services.demo.load.people import People, demo_id

_OTHERS = 14


async def record_capital(people: People, cooperative: Cooperative) -> None:
    """Record the subscriptions of the first household, and of others."""
    other_members = cooperative.members[-_OTHERS - 1 : -1]
    holders = [*other_members, people.person(people.log_ins.member)]
    for number, member in enumerate(holders, start=1):
        await _subscribe(people.staff, cooperative.organiser.id, member.id, number)


async def _subscribe(api: Api, organiser_id: UUID, member_id: UUID, number: int) -> None:
    movement_id = demo_id(f"capital/{number}")
    movement = {
        "kind": "subscription",
        "day": "2025-10-15",
        "to_member_id": str(member_id),
        "capital_shares": 1 + number % 5,
        "nominal_cents": 2000,
        "document_reference": f"Bulletin 2025-{number:03}, classeur 5",
    }
    path = f"/community/organisers/{organiser_id}/capital/movements/{movement_id}"
    await api.call("PUT", path, json=movement)
