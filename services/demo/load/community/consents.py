"""Members' consents for their curves, and what they pay their suppliers."""

from typing import Any

from services.demo.cooperative import MONTH, Cooperative, DemoOperation
from services.demo.load.people import PRIVATE, People, demo_id
from services.demo.load.readings import days_of

_OFFER: dict[str, Any] = {
    "valid_from": "2025-11-01",
    "subscription_eur_per_month": "12.50",
    "energy_eur_per_kwh": {"hp": "0.1480", "hc": "0.1120"},
    "subscribed_kva": 6,
    "tariff_formula": "BTINFCU4",
    "includes_turpe": True,
    "includes_cta": False,
    "off_peak_hours": [{"start": "22:00", "end": "06:00"}],
    "off_peak_percent": "35",
}


async def record_consents(people: People, operation: DemoOperation) -> None:
    """The first member lets the organiser see the curves, another one does not."""
    answers = {people.log_ins.member: "granted", PRIVATE: "refused"}
    for email, answer in answers.items():
        member = people.person(email)
        path = f"/community/members/{member.id}/consents/{demo_id(f'consents/{email}')}"
        consent = {
            "prm": operation.point_of(member.id).prm,
            "purpose": "display",
            "granularity": "load_curve",
            "answer": answer,
            "valid_from": "2025-11-01",
            "valid_to": "2028-11-01",
        }
        await people.member(email).call("PUT", path, json=consent)


async def look_at_curve(people: People, operation: DemoOperation) -> None:
    """Read a curve as the organiser, where the member consented: the member sees who read it."""
    point = operation.point_of(people.person(people.log_ins.member).id)
    path = f"/ingest/points/{point.prm}/load-curve"
    params = days_of(MONTH) | {"direction": point.direction}
    await people.organiser.call("GET", path, params=params)


async def record_offers(people: People, cooperative: Cooperative) -> None:
    """Record the offers of every second home; the first member and another one record their own."""
    households = {member.id for member in cooperative.members if member.kind == "household"}
    homes = [
        point
        for operation in cooperative.operations
        for point in operation.consuming
        if point.member_id in households
    ]
    emails = {people.person(email).id: email for email in (people.log_ins.member, PRIVATE)}
    for point in homes[::2]:
        email = emails.get(point.member_id)
        api = people.member(email) if email else people.staff
        await api.call("PUT", f"/billing/points/{point.prm}/supplier-offer", json=_OFFER)
