"""An application on a port of this machine: whose address is believed, and how many may come."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from libs.common.outgoing import open_client
from libs.common.settings import Settings
from services.cli.running import local_settings, running


async def _tell_address(request: Request) -> PlainTextResponse:
    assert request.client is not None
    return PlainTextResponse(request.client.host)


@pytest.mark.parametrize(("proxies", "address"), [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.9")])
async def test_l2_an_address_that_a_caller_tells_is_believed_of_named_proxies_only(
    proxies: str, address: str
) -> None:
    app = Starlette(routes=[Route("/", _tell_address)])
    async with (
        running(app, forwarded_allow_ips=proxies) as port,
        open_client(silence_s=5) as client,
    ):
        answer = await client.get(
            f"http://127.0.0.1:{port}/", headers={"x-forwarded-for": "203.0.113.9"}
        )

    assert answer.text == address


def test_a_folder_has_a_first_password_until_it_goes_though_a_bench_made_its_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPERATOR_PASSWORD", raising=False)
    monkeypatch.setattr("services.cli.running.get_settings", Settings)
    file = tmp_path / "data/operator-password"
    (tmp_path / "data/postgres").mkdir(parents=True)

    first, again = (local_settings(port=8000).operator_password for _ in range(2))

    assert first is not None
    assert (again, file.read_text()) == (first, first.get_secret_value())
    file.unlink()
    assert local_settings(port=8000).operator_password is None
    assert not file.exists()
