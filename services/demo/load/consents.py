"""What members said about their curves, and what they pay their suppliers."""

from typing import Any

from services.demo.api import Api
from services.demo.cooperative import Cooperative
from services.demo.load.people import PRIVATE, People, demo_id

_OFFER: dict[str, Any] = {
    "valid_from": "2025-11-01",
    "subscription_eur_per_month": "12.50",
    "energy_eur_per_kwh": {"hp": "0.1480", "hc": "0.1120"},
    "subscribed_kva": 6,
    "tariff_formula": "BTINFCU4",
    "off_peak_hours": [{"start": "22:00", "end": "06:00"}],
    "off_peak_percent": "35",
}


async def record_consents(people: People, cooperative: Cooperative) -> None:
    """The first member lets the organiser see the curves, another one does not."""
    answers = {people.log_ins.member: "granted", PRIVATE: "refused"}
    for email, answer in answers.items():
        member = people.person(email)
        path = f"/community/members/{member.id}/consents/{demo_id(f'consents/{email}')}"
        consent = {
            "prm": own_consumers(cooperative)[str(member.id)],
            "purpose": "display",
            "granularity": "load_curve",
            "answer": answer,
            "valid_from": "2025-11-01",
            "valid_to": "2028-11-01",
        }
        await people.member(email).call("PUT", path, json=consent)


async def look_at_curve(people: People, cooperative: Cooperative) -> None:
    """The organiser does, where it was agreed: the member is told who looked."""
    member = people.person(people.log_ins.member)
    path = f"/ingest/points/{own_consumers(cooperative)[str(member.id)]}/load-curve"
    params = {"from_day": "2026-10-01", "to_day": "2026-11-01", "direction": "consumption"}
    await people.organiser.call("GET", path, params=params)


async def record_offers(people: People, cooperative: Cooperative) -> None:
    """Of every second home; the first member's and one more by themselves."""
    homes = [member for member in cooperative.members if member.kind == "household"]
    points = own_consumers(cooperative)
    themselves = {people.log_ins.member, PRIVATE}
    for member in homes[::2]:
        if str(member.id) in points:
            api = people.member(member.email) if member.email in themselves else people.staff
            await _record_offer(api, points[str(member.id)])


async def _record_offer(api: Api, prm: str) -> None:
    await api.call("PUT", f"/billing/points/{prm}/supplier-offer", json=_OFFER)


def own_consumers(cooperative: Cooperative) -> dict[str, str]:
    """By member, a point with which they consume."""
    return {
        str(point.member_id): point.prm
        for operation in cooperative.operations
        for point in operation.participations
        if point.direction == "consumption"
    }
