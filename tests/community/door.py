"""Before an operation: who asks to take part, and who answers."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.community.coop import list_all, new_prm
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address

FORM = "/community/sign-ups"


@dataclass
class Door:
    """An operation, who runs it, and anybody before it."""

    anybody: httpx.AsyncClient
    operator: httpx.AsyncClient
    organiser: httpx.AsyncClient
    operation_id: str
    email: str = field(default_factory=new_address)
    prm: str = field(default_factory=new_prm)

    @property
    def path(self) -> str:
        return f"/community/operations/{self.operation_id}/sign-ups"

    def body(self, **changes: object) -> dict[str, object]:
        body = {
            "operation_id": self.operation_id,
            "kind": "household",
            "name": "Lucie Brindille",
            "address": "14 rue des Encriers\n99110 Aurelle",
            "email": self.email,
            "prm": self.prm,
            "words": "Seen at the school.",
        }
        return body | changes

    async def ask(self, **changes: object) -> None:
        answer = await self.anybody.post(FORM, json=self.body(**changes))
        assert answer.status_code == 202, answer.text

    async def confirm(self, secret: str) -> httpx.Response:
        return await self.anybody.post(f"{FORM}/confirmation", json={"secret": secret})

    async def given(self, **changes: object) -> str:
        """One that waits for its answer; its id."""
        await self.ask(**changes)
        answer = await self.confirm(await read_secret(self.operator, self.email))
        assert answer.status_code == 200, answer.text
        (sign_up,) = await self.shown(state="waiting")
        sign_up_id: str = sign_up["id"]
        return sign_up_id

    async def shown(self, **query: str) -> list[dict[str, Any]]:
        answer = await self.organiser.get(self.path, params=query)
        assert answer.status_code == 200, answer.text
        body: list[dict[str, Any]] = answer.json()
        return body

    async def accept(self, sign_up_id: str, **changes: object) -> httpx.Response:
        body = {"valid_from": "2027-06-01"} | changes
        return await self.organiser.post(f"{self.path}/{sign_up_id}/acceptance", json=body)

    async def refuse(self, sign_up_id: str, reason: str = "No room.") -> httpx.Response:
        body = {"reason": reason}
        return await self.organiser.post(f"{self.path}/{sign_up_id}/refusal", json=body)

    async def messages(self) -> list[dict[str, Any]]:
        """To the address."""
        return [
            message
            for message in await list_all(self.operator, "/messages")
            if any(recipient["address"] == self.email for recipient in message["recipients"])
        ]

    async def kinds(self) -> list[str]:
        """Of the messages."""
        return sorted(message["kind"] for message in await self.messages())
