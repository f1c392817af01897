"""Requests of the public: to join an operation, and to have one of their own."""

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from services.demo.api import Api
from services.demo.cooperative import DemoOperation
from services.demo.load.people import People, demo_id

_NEIGHBOUR = "solene.persienne@example.org"
_COMMON = {"may_be_contacted": True}
_REQUESTS: list[tuple[dict[str, Any], list[str]]] = [
    (
        _COMMON
        | {
            "name": "Flavie Gerbier",
            "email": "flavie.gerbier@example.org",
            "commune": "Saint-Ondin",
            "points": {"household": 12, "school": 1},
            "plants_kwc": ["36"],
            "reason": "Le toit de l’école pourrait servir à sa rue.",
        },
        [],
    ),
    (
        _COMMON
        | {
            "name": "Bastien Louvois",
            "email": "bastien.louvois@example.org",
            "organisation": "Les Toits de Combeval",
            "commune": "Combeval",
            "points": {"household": 20, "shop": 4, "office": 1},
            "plants_kwc": ["100", "9"],
            "reason": "La cave coopérative refait sa toiture au printemps.",
        },
        ["qualified"],
    ),
    (
        _COMMON
        | {
            "name": "Irène Tavernel",
            "email": "irene.tavernel@example.org",
            "commune": "Montvergne-les-Toits",
            "points": {"household": 30},
            "plants_kwc": ["250"],
            "reason": "L’ancienne scierie a un grand toit au sud, et trente voisins.",
        },
        ["qualified", "study"],
    ),
]
"""The requests, and the stages that each has reached."""


async def sign_up(people: People, operation: DemoOperation, mails: Path | None) -> None:
    """Ask to take part as a neighbour, and confirm it by the link in the e-mail.

    mails: the folder into which e-mails go; None: a server has them, and nobody confirms.
    """
    path = f"/community/operations/{operation.id}/sign-ups"
    sign_ups = await people.organiser.call("GET", path)
    if mails is None or any(item["email"] == _NEIGHBOUR for item in sign_ups):
        return
    body = {
        "operation_id": operation.id,
        "kind": "household",
        "name": "Solène Persienne",
        "address": "9 rue du Four\n99110 Pousselac-sur-Aurelle",
        "email": _NEIGHBOUR,
        "prm": "99110000000114",
        "words": "J’ai vu l’affiche à l’école.",
    }
    await people.public.call("POST", "/community/sign-ups", json=body)
    secret = await _mailed_secret(people.public, mails)
    path = "/community/sign-ups/confirmation"
    await people.public.call("POST", path, json={"secret": secret})


async def ask_for_operations(people: People) -> None:
    """Make three requests; staff have taken two of them further."""
    names = {item["name"] for item in await people.staff.call("GET", "/community/requests")}
    for body, stages in _REQUESTS:
        if body["name"] in names:
            continue
        receipt = await people.public.call("POST", "/community/requests", json=body)
        path = f"/community/requests/{receipt['id']}"
        for stage in stages:
            await people.staff.call("PUT", f"{path}/stage", json={"stage": stage})
        if stages:
            note = {"text": "Appelée : le toit a été contrôlé en 2024, elle envoie les plans."}
            note_id = demo_id(f"notes/{body['name']}")
            await people.staff.call("PUT", f"{path}/notes/{note_id}", json=note)


async def _mailed_secret(api: Api, mails: Path) -> str:
    """Return what follows # in the link, once the e-mail is there."""
    secrets: list[str] = []

    async def mailed() -> bool:
        secrets.extend(_secrets(mails))
        return bool(secrets)

    await api.wait_until("the link to confirm the sign-up is mailed", mailed)
    return secrets[-1]


def _secrets(mails: Path) -> Iterator[str]:
    for path in mails.glob("*.eml"):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        text = message.get_body(("plain",))
        if message["To"] == _NEIGHBOUR and text is not None:
            yield from re.findall(r"/sign-up#(\S+)", text.get_content())
