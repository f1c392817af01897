"""A poll that carries a draft key: adopted, the key is approved in allocation."""

from uuid import uuid4

import httpx
import pytest

from tests.community.assembly import assembly
from tests.support.platform import Platform
from tests.support.waiting import until


async def test_who_is_asked_about_a_draft_key_sees_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        key = f"/allocation/operations/{group.operation_id}/keys/{uuid4()}"
        body = {"valid_from": "2027-01-01", "definition": {"type": "default_dynamic"}}
        drafted = await operator.put(key, json=body)
        member = group.clients[group.members[0]]
        before = await member.get(key)

        await group.given_poll(key_id=drafted.json()["id"], adopting_option="for")

        seen = await until(
            "the draft is shown", lambda: member.get(key), lambda answer: answer.is_success
        )
        assert before.status_code == 403
        assert seen.json()["state"] == "draft"


@pytest.mark.parametrize(
    ("answers", "state"), [(("for", "for"), "approved"), (("for", "against"), "draft")]
)
async def test_an_adopted_draft_key_becomes_an_approved_one(
    platform: Platform, operator: httpx.AsyncClient, answers: tuple[str, str], state: str
) -> None:
    async with assembly(platform, operator, members=2) as group:
        key = f"/allocation/operations/{group.operation_id}/keys/{uuid4()}"
        body = {"valid_from": "2027-01-01", "definition": {"type": "default_dynamic"}}
        drafted = await operator.put(key, json=body)
        poll_id = await group.given_poll(key_id=drafted.json()["id"], adopting_option="for")
        for member, option in zip(group.members, answers, strict=True):
            await group.vote(member, poll_id, options=[option])

        await group.seal(poll_id)

        adopted = (await group.get(f"{poll_id}/result"))["adopted"]
        assert adopted == (state == "approved")
        if adopted:
            await until(
                f"the key is {state}",
                lambda: operator.get(key),
                lambda answer: answer.json()["state"] == state,
            )
        key_body = (await operator.get(key)).json()
        assert (key_body["state"], key_body["poll_id"]) == (state, poll_id if adopted else None)
