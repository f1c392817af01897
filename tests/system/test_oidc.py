"""People log in at a provider of somebody else, and all four services know what they may do."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

import pytest

from libs.common.app import create_app
from services.cli.processes import NAMES
from services.cli.running import running
from services.main import SERVICES
from tests.support.databases import migrated_database
from tests.support.oidc import CLIENT_ID, Provider, running_provider
from tests.support.platform import Platform, settings_for_tests

pytestmark = pytest.mark.system

_PUBLIC_URL = "http://127.0.0.1"
_OPERATION_ID = "ACC00000777"
_MEMBER_ID = str(uuid4())
_USERS: Mapping[str, Mapping[str, object]] = {
    "paul": {"roles": ["acc-staff", "of another application"]},
    "lucie": {
        "roles": ["acc-member"],
        "attributes": {"member_id": _MEMBER_ID, "operations": [_OPERATION_ID]},
    },
    "nobody": {"roles": ["operator"]},
}
_OF_STAFF = (
    "/community/accounts",
    "/ingest/deliveries",
    f"/allocation/operations/{_OPERATION_ID}/keys",
    f"/billing/operations/{_OPERATION_ID}/prices",
)


@dataclass(frozen=True)
class Here:
    platform: Platform
    provider: Provider


@pytest.fixture(scope="module")
async def here(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Here]:
    """All services in one process, with settings as docs/run/access.md has them for Keycloak."""
    folder = tmp_path_factory.mktemp("oidc")
    async with (
        migrated_database(database_url) as url,
        running_provider(
            folder,
            audience="elocoop",
            users=_USERS,
            callback_url=f"{_PUBLIC_URL}/community/oidc/callback",
        ) as provider,
    ):
        plain = settings_for_tests(database_url=url, event_log_url="database:")
        settings = plain.model_copy(
            update={
                "public_url": _PUBLIC_URL,
                "auth_issuer": provider.metadata["issuer"],
                "auth_client_id": CLIENT_ID,
                "auth_jwks_url": provider.metadata["jwks_uri"],
                "auth_role_map": {"acc-staff": "operator", "acc-member": "member"},
                "auth_member_claim": "attributes.member_id",
                "auth_operations_claim": "attributes.operations",
            }
        )
        async with running(create_app(*SERVICES, settings=settings)) as port:
            yield Here(Platform(settings, url, dict.fromkeys(NAMES, port)), provider)


async def test_a_role_of_theirs_is_ours_in_every_service(here: Here) -> None:
    tokens = await here.provider.log_in("paul")

    async with here.platform.client(tokens["access_token"]) as client:
        me = (await client.get("/community/me")).json()
        statuses = {path: (await client.get(path)).status_code for path in _OF_STAFF}

    assert (me["subject"], me["roles"]) == ("paul", ["operator"])
    assert {status for status in statuses.values() if status not in {200, 404}} == set(), statuses


async def test_a_member_is_known_by_an_attribute_and_gets_no_further(here: Here) -> None:
    tokens = await here.provider.log_in("lucie")

    async with here.platform.client(tokens["access_token"]) as client:
        me = (await client.get("/community/me")).json()
        sessions = (await client.get("/community/me/sessions")).json()
        refused = await client.get("/community/accounts")

    assert me["roles"] == ["member"]
    assert (me["member_id"], me["operations"]) == (_MEMBER_ID, [_OPERATION_ID])
    assert sessions == []
    assert refused.status_code == 403


async def test_a_role_that_is_not_mapped_is_nothing_though_it_has_our_name(here: Here) -> None:
    tokens = await here.provider.log_in("nobody")

    async with here.platform.client(tokens["access_token"]) as client:
        statuses = {(await client.get(path)).status_code for path in _OF_STAFF}

    assert statuses == {403}


async def test_an_id_token_is_no_access_token(here: Here) -> None:
    """It is for the web client, as its audience says."""
    tokens = await here.provider.log_in("paul")

    async with here.platform.client(tokens["id_token"]) as client:
        statuses = {(await client.get(path)).status_code for path in _OF_STAFF}

    assert statuses == {401}


async def test_a_browser_goes_there_and_comes_back_logged_in(here: Here) -> None:
    async with here.platform.client() as browser:
        left = await browser.get("/community/oidc/log-in", params={"return_to": "/day"})
        back = await browser.get(await here.provider.visit(left.headers["location"], "lucie"))
        renewed = (await browser.post("/community/browser-session/renewal")).json()
        bearer = {"authorization": f"Bearer {renewed['access_token']}"}
        me = (await browser.get("/community/me", headers=bearer)).json()
        await here.platform.change("community", "UPDATE issuer_session SET access_ends_at = now()")
        next_one = (await browser.post("/community/browser-session/renewal")).json()
        await browser.delete("/community/browser-session")
        ended = await browser.post("/community/browser-session/renewal")

    assert back.headers["location"] == "/day"
    assert (me["member_id"], me["operations"]) == (_MEMBER_ID, [_OPERATION_ID])
    assert next_one["access_token"] != renewed["access_token"]
    assert ended.status_code == 204


async def test_what_they_change_is_theirs_in_the_audit_log(here: Here) -> None:
    tokens = await here.provider.log_in("paul")

    async with here.platform.client(tokens["access_token"]) as client:
        body = {"name": "Les Volts", "address": "1 place"}
        answer = await client.put(f"/community/organisers/{_MEMBER_ID}", json=body)
        assert answer.status_code == 200, answer.text
        (line,) = (await client.get("/community/audit?entity=organiser")).json()

    assert (line["subject"], line["roles"]) == ("paul", ["operator"])
