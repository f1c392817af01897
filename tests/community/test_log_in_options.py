"""How one logs in here, told to whoever asks."""

import httpx
import pytest
from pydantic import ValidationError

from libs.common.settings import Settings
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
        "legal": {"publisher": None, "director": None, "host": None, "contact_email": None},
    }


async def test_the_legal_notice_is_told_as_it_is_set(platform: Platform) -> None:
    notice = {
        "legal_publisher": "Pousse-Soleil SCIC\n1 rue des Volts\n99110 Aurelle",
        "legal_host": "Hébergeur du Pré SAS, 99110 Aurelle",
        "contact_email": "bonjour@example.org",
    }
    async with beside(platform, **notice) as here, here.client() as anonymous:
        legal = (await anonymous.get("/community/log-in-options")).json()["legal"]

    assert legal == {
        "publisher": "Pousse-Soleil SCIC\n1 rue des Volts\n99110 Aurelle",
        "director": None,
        "host": "Hébergeur du Pré SAS, 99110 Aurelle",
        "contact_email": "bonjour@example.org",
    }


def test_what_nobody_could_write_to_is_no_contact() -> None:
    with pytest.raises(ValidationError, match="contact_email"):
        Settings(contact_email="05 00 00 00 00")


async def test_another_issuer_is_named_and_nothing_else_works(platform: Platform) -> None:
    issuer = "https://login.example.org"
    async with (
        beside(platform, auth_issuer=issuer, mail_from="no-reply@example.org") as here,
        here.client() as anonymous,
    ):
        body = (await anonymous.get("/community/log-in-options")).json()
        link = await anonymous.post("/community/log-in-links", json={"email": "x@example.org"})

    assert (body["password"], body["link"]) == (False, False)
    assert body["oidc"] == {"issuer": issuer, "log_in_path": None}
    assert body["operator_name"] is None
    assert link.json()["type"] == "/problems/login-elsewhere"
