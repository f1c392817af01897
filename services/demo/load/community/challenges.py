"""A running challenge, with members who take part."""

from datetime import date, timedelta

from services.demo.cooperative import DemoOperation
from services.demo.load.people import PRIVATE, TWO_OPERATIONS, People, demo_id

_CHALLENGE = demo_id("challenges/noon")
# The readings of the current month begin before that day; the weeks before it are whole.
_FIRST_DAY = date(2026, 11, 9)
_MOST_DAYS = 90


async def run_challenge(people: People, operation: DemoOperation, today: date) -> None:
    path = f"/community/operations/{operation.id}/challenges/{_CHALLENGE}"
    if await people.organiser.is_there(path):
        return
    last_day = today + timedelta(days=21)
    challenge = {
        "title": "La lessive à midi",
        "text": "Les ombrières produisent le plus à midi : c’est l’heure de la lessive.",
        "kind": "use_more",
        "first_day": str(max(_FIRST_DAY, last_day - timedelta(days=_MOST_DAYS))),
        "last_day": str(last_day),
        "windows": [{"start": "11:00", "end": "15:00"}],
        "weekdays": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        "target_percent": 10,
        "baseline_weeks": 4,
        "freeze_after_days": 10,
    }
    await people.organiser.call("PUT", path, json=challenge)
    await people.organiser.call("POST", f"{path}/announcement")
    entries = {
        people.log_ins.member: "Les Encriers",
        TWO_OPERATIONS: "Le Fournil",
        PRIVATE: None,
    }
    for email, shown_as in entries.items():
        entry = f"{path}/entries/{operation.point_of(people.person(email).id).prm}"
        await people.member(email).call("PUT", entry, json={"shown_as": shown_as})
