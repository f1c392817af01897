"""A running vote on a draft key, with what the key would give; and one that is over."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from libs.common.calendar import Month, local_day
from services.demo.api import Api
from services.demo.cooperative import MONTH, DemoOperation
from services.demo.load.people import PRIVATE, PRODUCER, TWO_OPERATIONS, People, demo_id

_OPEN_POLL = demo_id("polls/school-first")
_PAST_POLL = demo_id("polls/name-of-the-fund")
_DRAFT_KEY = demo_id("keys/school-first")
_SCHOOL = "99110000000103"
_VOTERS = (TWO_OPERATIONS, PRIVATE, PRODUCER)
# Long enough for four logged-in members to vote, on a busy machine too.
_SHORT_VOTE = timedelta(seconds=25)
_ONE_CHOICE: dict[str, Any] = {
    "method": "simple",
    "description": "",
    "max_choices": 1,
    "weighting": "one_each",
    "quorum": None,
    "max_proxies": 0,
    "adopting_option": None,
    "key_id": None,
}


async def draft_key(api: Api, operation: DemoOperation, now: datetime) -> None:
    """Draft a key: the school first at noon, the others share what it leaves."""
    path = f"/allocation/operations/{operation.id}/keys/{_DRAFT_KEY}"
    if await api.is_there(path):
        return
    month = Month.of(local_day(now + timedelta(days=50)))
    body = {"valid_from": str(month.next_first_day), "definition": _definition(operation)}
    await api.call("PUT", path, json=body | {"valid_to": None, "poll_id": None, "title": None})


async def ask_simulation(api: Api, operation: DemoOperation) -> None:
    """Ask what the draft would have given each point in the year that has data."""
    if await _simulations(api, operation):
        return
    begin, end = operation.valid_from, Month.parse(MONTH).next_first_day
    body = {
        "operation_id": operation.id,
        "base": {"of": "readings", "from_day": str(begin), "to_day": str(end)},
        "prices": {"local_eur_per_kwh": "0.125", "supplier_eur_per_kwh": "0.20"},
        "scenarios": [
            {"name": "La clé d’aujourd’hui"},
            {"name": "L’école d’abord", "key": _definition(operation)},
        ],
    }
    await api.call("POST", "/allocation/simulations", json=body)


async def wait_for_simulation(api: Api, operation: DemoOperation) -> None:
    async def done() -> bool:
        return all(item["state"] == "done" for item in await _simulations(api, operation))

    await api.wait_until("the simulation is done", done)


async def hold_past_poll(
    people: People, operation: DemoOperation, now: Callable[[], datetime]
) -> None:
    """Hold a poll that is over before the demonstration is loaded."""
    poll = _ONE_CHOICE | {
        "question": "Comment s’appellera la caisse de solidarité ?",
        "options": _options(rayon="Le Rayon", abri="L’Abri", coup="Le Coup de main"),
        "ballot_mode": "revealed_at_close",
    }
    voters = (*_VOTERS, people.log_ins.member)
    ballots = dict(zip(voters, ("rayon", "abri", "rayon", "rayon"), strict=True))
    await _hold(people, operation, _PAST_POLL, _Voting(poll, now, _SHORT_VOTE, ballots))


async def open_poll(people: People, operation: DemoOperation, now: Callable[[], datetime]) -> None:
    """Open a poll on the draft; the first member has not voted, so the page shows the ballot."""
    poll = _ONE_CHOICE | {
        "question": "L’école passe-t-elle la première à midi ?",
        "description": "L’école prend d’abord ce qu’il lui faut ; les autres partagent le reste,"
        " comme aujourd’hui. La simulation compare les deux clés sur une année.",
        "options": _options(**{"for": "Oui, l’école d’abord", "against": "Non, comme aujourd’hui"}),
        "ballot_mode": "secret",
        "quorum": {"share": "1/3", "of": "members"},
        "max_proxies": 2,
        "adopting_option": "for",
        "key_id": str(_DRAFT_KEY),
    }
    ballots = dict(zip(_VOTERS, ("for", "against", "for"), strict=True))
    voting = _Voting(poll, now, timedelta(days=10), ballots)
    await _hold(people, operation, _OPEN_POLL, voting)


async def wait_for_result(api: Api, operation: DemoOperation) -> None:
    path = f"/community/operations/{operation.id}/polls/{_PAST_POLL}/result"

    async def sealed() -> bool:
        answer = await api.answer("GET", path)
        return answer.is_success or api.not_yet(answer)

    await api.wait_until("the vote is counted", sealed)


@dataclass(frozen=True)
class _Voting:
    """A poll that begins now. ballots: each voter's choice, by address."""

    poll: dict[str, Any]
    now: Callable[[], datetime]
    lasts: timedelta
    ballots: dict[str, str]


async def _hold(people: People, operation: DemoOperation, poll_id: UUID, voting: _Voting) -> None:
    """Draft and open the poll once, and cast these ballots."""
    path = f"/community/operations/{operation.id}/polls/{poll_id}"
    if await people.organiser.is_there(path):
        return
    voters = {email: people.member(email) for email in voting.ballots}
    # They log in before it begins: of a short vote that would be much.
    await asyncio.gather(*(voter.call("GET", "/community/me") for voter in voters.values()))
    now = voting.now()
    times = {"opens_at": now.isoformat(), "closes_at": (now + voting.lasts).isoformat()}
    await people.organiser.call("PUT", path, json=voting.poll | times)
    await people.organiser.call("POST", f"{path}/opening", json={})
    # On a very busy machine the short vote may be over: ballots that come too late are refused.
    await asyncio.gather(
        *(
            voters[email].answer(
                "PUT", f"{path}/ballots/{people.person(email).id}", json={"options": [option]}
            )
            for email, option in voting.ballots.items()
        )
    )


async def _simulations(api: Api, operation: DemoOperation) -> list[dict[str, Any]]:
    params = {"operation_id": operation.id}
    simulations: list[dict[str, Any]] = await api.call(
        "GET", "/allocation/simulations", params=params
    )
    return simulations


def _options(**labels: str) -> list[dict[str, str]]:
    return [{"id": option_id, "label": label} for option_id, label in labels.items()]


def _definition(operation: DemoOperation) -> dict[str, Any]:
    consumers = [point.prm for point in operation.consuming]
    other_consumers = [prm for prm in consumers if prm != _SCHOOL]
    return {"type": "priority", "ranks": [[_SCHOOL], other_consumers]}
