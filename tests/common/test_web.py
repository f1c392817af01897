"""The page beside the APIs: who gets which, and with which headers."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from libs.common.app import create_app
from libs.common.settings import Settings
from services.community.main import service
from tests.support.places import ROOT

_HEADERS = ROOT / "web" / "public" / "security-headers.json"
_A_BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
_INDEX = "<!doctype html><title>Elocoop</title>"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Of an application with a page, before it has a database."""
    (tmp_path / "secret.txt").write_text("not for you")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(_INDEX)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-abc.js").write_text("'use strict'" + " " * 2000)
    shutil.copy(_HEADERS, folder)
    app = create_app(service, settings=Settings(web_folder=str(folder)))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://platform.test") as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/month/2026-10",
        "/nowhere",
        "/community/operations/ACC00000101/polls/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
        "/billing/invoices/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
    ],
)
async def test_whoever_opens_an_address_sees_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=_A_BROWSER)

    assert (answer.status_code, answer.text) == (200, _INDEX)
    assert answer.headers["cache-control"] == "no-cache"
    content = json.loads(_HEADERS.read_text())
    assert {name: answer.headers[name] for name in content} == content


async def test_a_new_build_is_shown_without_a_new_start(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    index = tmp_path / "dist" / "index.html"
    index.write_text("<!doctype html><title>Elocoop, built anew</title>")
    assert "built anew" in (await client.get("/history", headers=_A_BROWSER)).text

    index.unlink()

    assert (await client.get("/history", headers=_A_BROWSER)).text == _INDEX


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/community/me", {}, 401),
        ("/community/me", {"accept": "application/json"}, 401),
        ("/community/nowhere", {**_A_BROWSER, "authorization": "Bearer x"}, 404),
        ("/community/nowhere", {}, 404),
        ("/nowhere", {}, 404),
        ("/assets/gone.js", _A_BROWSER, 404),
    ],
)
async def test_programs_get_what_they_ask_for(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.get(path, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/docs", "/community/docs", "/community/openapi.json"])
async def test_documentation_stays_documentation(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=_A_BROWSER)

    assert answer.status_code == 200
    assert answer.text != _INDEX
    assert "trusted-types" not in answer.headers["content-security-policy"]  # the page's has it


async def test_the_way_to_an_issuer_and_back_is_no_page(client: httpx.AsyncClient) -> None:
    answers = [
        await client.get(f"/community/oidc/{path}", headers=_A_BROWSER)
        for path in ("log-in?return_to=/day", "callback?state=x&code=y")
    ]

    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [
        (303, "/log-in?refused=issuer&next=%2Fday"),
        (303, "/log-in?refused=issuer"),
    ]


async def test_what_is_named_by_its_content_is_kept_for_ever(client: httpx.AsyncClient) -> None:
    asset = await client.get("/assets/index-abc.js")
    icon = await client.get("/favicon.svg")
    gone = await client.get("/assets/gone.js")

    assert asset.status_code == icon.status_code == 200
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-encoding"] == "gzip"
    assert asset.headers["content-type"].startswith("text/javascript")
    assert icon.headers["cache-control"] == gone.headers["cache-control"] == "no-cache"
    for answer in (asset, icon, gone):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("raw_path", ["/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"])
async def test_nothing_outside_of_the_folder_is_served(
    client: httpx.AsyncClient, raw_path: str
) -> None:
    url = client.base_url.copy_with(raw_path=raw_path.encode())
    answer = await client.send(httpx.Request("GET", url))

    assert answer.request.url.raw_path == raw_path.encode()
    assert answer.status_code == 404
    assert "not for you" not in answer.text


@pytest.mark.parametrize("folder", ["", "nowhere"])
async def test_where_nobody_built_it_there_is_no_page(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "index.html").write_text("of somebody else")
    app = create_app(service, settings=Settings(web_folder=folder))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://platform.test") as client:
        answer = await client.get("/", headers=_A_BROWSER)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_script_or_style_of_a_page_is_written_into_it() -> None:
    policy = json.loads(_HEADERS.read_text())["content-security-policy"]

    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    index = (ROOT / "web" / "index.html").read_text()
    assert "<style" not in index
    assert "style=" not in index
    assert index.count("<script") == index.count('<script type="module" src="')
