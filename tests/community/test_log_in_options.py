"""How one logs in here, told to whoever asks."""

import httpx

from tests.community.coop import beside
from tests.support.platform import Platform


async def test_one_logs_in_here_by_password_or_link(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/community/log-in-options")

    assert answer.json() == {
        "password": True,
        "link": True,
        "oidc": None,
        "languages": ["fr", "en"],
        "operator_name": "Elocoop",
    }


async def test_another_issuer_is_named_and_nothing_else_works(platform: Platform) -> None:
    issuer = "https://login.example.org"
    async with (
        beside(platform, auth_issuer=issuer, mail_from="no-reply@example.org") as here,
        here.client() as anonymous,
    ):
        told = (await anonymous.get("/community/log-in-options")).json()
        link = await anonymous.post("/community/log-in-links", json={"email": "x@example.org"})

    assert (told["password"], told["link"]) == (False, False)
    assert told["oidc"] == {"issuer": issuer, "log_in_path": None}
    assert told["operator_name"] is None
    assert link.json()["type"] == "/problems/login-elsewhere"
