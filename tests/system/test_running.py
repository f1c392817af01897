"""The commands that run the platform embedded: they stay up, end well, and tell what is wrong."""

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest

from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.outgoing import shared_tls
from libs.common.ports import free_port
from tests.support.commands import COMMAND, without_servers
from tests.support.embedded import stays_up_until_it_is_interrupted
from tests.support.places import new_place
from tests.support.smtp import read_email

pytestmark = pytest.mark.system

_PRM = re.compile(r"\d{14}")


@dataclass(frozen=True)
class Demonstration:
    """One that was loaded and ended; folder: where, with its books and e-mails."""

    folder: Path
    output: str


@pytest.fixture(scope="module")
def loaded() -> Iterator[Demonstration]:
    """The gate's, which the README's command loaded, if there is one; else one of its own."""
    if folder := os.environ.get("ELOCOOP_DEMONSTRATION"):
        yield Demonstration(Path(folder), (Path(folder) / "output.txt").read_text())
        return
    with new_place() as place:
        done = _demo_once(place)
        assert done.returncode == 0, done.stdout + done.stderr
        yield Demonstration(place, done.stdout)


@pytest.fixture
def demonstrated(loaded: Demonstration, server_folder: Path) -> Demonstration:
    """A copy of one's own, to go on with."""
    subprocess.run(["/bin/cp", "-a", loaded.folder / "data", server_folder], check=True)
    return replace(loaded, folder=server_folder)


def test_a_demonstration_shows_an_operation_with_a_balance_of_zero(loaded: Demonstration) -> None:
    assert "Trois Toits" in loaded.output
    assert _balances(loaded.output) == {0}
    assert _mails(loaded.folder)


def test_no_address_in_an_email_names_a_point(loaded: Demonstration) -> None:
    addresses = {
        address
        for email in map(read_email, _mails(loaded.folder).values())
        if (body := email.get_body(("plain",))) is not None
        for address in re.findall(r"https?://\S+", body.get_content())
    }

    assert addresses
    assert not [address for address in addresses if _PRM.search(address)]


def test_a_demonstration_twice_is_the_same_as_once_but_for_a_balance_that_is_off_and_fails(
    demonstrated: Demonstration,
) -> None:
    """Until it is interrupted it stays up, with screens that are filled."""
    mails = _mails(demonstrated.folder)
    asyncio.run(_meter_one_watt_more(demonstrated.folder))

    with stays_up_until_it_is_interrupted(demonstrated.folder, "demo", status=1) as (port, output):
        _check_that_screens_are_filled(demonstrated.folder, port)

    assert output.read_text().splitlines()[0].startswith("There is no page")
    again, once = _tables(output.read_text()), _tables(demonstrated.output)
    assert _balances(output.read_text()) == {0, 30}
    others = [line for line, before in zip(again, once, strict=True) if line != before]
    assert [line.split()[1:4] for line in others] == [["metered", "by", "ingest"]]
    assert _mails(demonstrated.folder) == mails


def test_the_platform_stays_up_and_its_first_password_goes(server_folder: Path) -> None:
    """H4, M16: what is copied as a backup lets nobody sign tokens, or log in."""
    file = server_folder / "data/operator-password"
    with stays_up_until_it_is_interrupted(server_folder, "serve") as (port, output):
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=shared_tls()) as client:
            former = _log_in(client, file.read_text())
            client.headers["Authorization"] = f"Bearer {former}"
            body = {"password": file.read_text(), "new_password": "what nobody copies"}
            client.put("/community/me/password", json=body).raise_for_status()
            rotation = _run(server_folder, "rotate-signing-key")
            current = _log_in(client, "what nobody copies")
            answers = [
                client.get("/billing/audit", headers={"Authorization": f"Bearer {token}"})
                for token in (former, current)
            ]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert not file.exists()
        assert output.read_text().splitlines()[0] == (
            "Starting community, ingest, allocation, billing. "
            "The first start creates the database. Press Ctrl-C to stop."
        )

    assert (rotation.returncode, rotation.stderr) == (0, "")
    assert "SECRET_KEYS is empty" not in rotation.stdout
    assert asyncio.run(_are_locked(server_folder)) == [True, True]
    assert "OPERATOR_PASSWORD" in _demo_once(server_folder).stdout
    assert not file.exists()


def _log_in(client: httpx.Client, password: str) -> str:
    form = {"username": "operator@example.org", "password": password}
    return str(client.post("/community/token", data=form).raise_for_status().json()["access_token"])


async def _are_locked(folder: Path) -> list[bool]:
    """Whether each key that signs is under the key of secrets of this folder."""
    keys = SecretKeys.read((folder / "data/secret-keys").read_text())
    assert keys is not None
    server = EmbeddedPostgres(folder / "data/postgres")
    await asyncio.to_thread(server.start)
    connection = await asyncpg.connect(server.url)
    rows = await connection.fetch("SELECT locked_under FROM community.signing_key")
    await connection.close()
    await asyncio.to_thread(server.stop)
    return [row["locked_under"] == keys.newest for row in rows]


def _check_that_screens_are_filled(folder: Path, port: int) -> None:
    """As the first member sees it."""
    password = (folder / "data/demo-password").read_text()
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, timeout=60, verify=shared_tls()) as client:
        form = {"username": "lucie.brindille@example.org", "password": password}
        token = client.post("/community/token", data=form).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"

        def answer(path: str) -> Any:  # noqa: ANN401 - JSON
            return client.get(path).raise_for_status().json()

        months = answer("/allocation/operations/ACC00000101/points/99110000000108/months")
        is_settled = [month["settlement"] is not None for month in months]
        # The year of the data, and the months since, of which nothing has come.
        assert is_settled == [True] * 12 + [False] * (len(is_settled) - 12)
        assert len(answer("/billing/invoices")) == 12
        assert len(answer("/billing/mandates")) == 1
        polls = answer("/community/operations/ACC00000101/polls")
        assert {poll["state"] for poll in polls} == {"open", "closed"}
        gatherings = answer("/community/gatherings")
        assert {gathering["state"] for gathering in gatherings} == {"announced", "held"}
        assert len(answer("/community/news")) == 3
        assert len(answer("/community/operations/ACC00000101/challenges")) == 1
        assert len(answer("/community/operations/ACC00000101/documents")) == 1
        notifications = answer("/community/me/notifications")["notifications"]
        assert notifications
        assert not [
            notification["link"]
            for notification in notifications
            if _PRM.search(notification["link"])
        ]
        feed = client.post("/community/me/calendar-feeds", json={"label": "Phone"}).json()
        calendar = client.get(urlsplit(feed["url"]).path).raise_for_status().text
        assert "BEGIN:VEVENT" in calendar
        assert not _PRM.search(calendar)


def test_a_demonstration_tells_first_where_the_page_is_then_why_it_cannot_go_on(
    server_folder: Path,
) -> None:
    page = server_folder / "page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html><title>Elocoop</title>")
    (page / "security-headers.json").write_text("{}")
    port = free_port()

    done = _run(
        server_folder,
        *("demo", "--port", str(port)),
        WEB_FOLDER=str(page),
        AUTH_ISSUER="https://accounts.example.org",
        AUTH_ROLE_MAP='{"staff": "operator"}',
    )

    first, *_ = done.stdout.splitlines()
    data = server_folder / "data"
    assert first.startswith(f"http://127.0.0.1:{port} ")
    for word in ("lucie.brindille@example.org", "organiser@example.org", "operator@example.org"):
        assert word in first
    assert (data / "demo-password").read_text() in first
    assert (data / "operator-password").read_text() in first
    assert done.returncode == 1
    assert "The demonstration stopped:" in done.stdout
    assert "Get a token from https://accounts.example.org" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr


def _demo_once(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return _run(folder, "demo", "--once", "--port", "0", **environment)


def _run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env=without_servers() | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _mails(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data" / "mails").glob("*.eml")}


def _tables(output: str) -> list[str]:
    lines = output.splitlines()
    first = next(i for i, line in enumerate(lines) if "key:" in line)
    end = next(i for i, line in enumerate(lines) if line.startswith("Done in"))
    return lines[first:end]


def _balances(output: str) -> set[int]:
    """What the tables "Energy balance" say is created or lost, in watt-minutes."""
    rows = re.findall(r"^│ .* [−-] .*│ +(-?\d+) │$", output, re.MULTILINE)
    return set(map(int, rows))


async def _meter_one_watt_more(folder: Path) -> None:
    """In half an hour of a plant, behind the back of the other services."""
    server = EmbeddedPostgres(folder / "data/postgres")
    await asyncio.to_thread(server.start)
    connection = await asyncpg.connect(server.url)
    changed = await connection.execute(
        "UPDATE ingest.reading_block SET power_w[20] = power_w[20] + 1 WHERE ctid ="
        " (SELECT ctid FROM ingest.reading_block WHERE direction = 'production' LIMIT 1)"
    )
    assert changed == "UPDATE 1"
    await connection.close()
    await asyncio.to_thread(server.stop)
