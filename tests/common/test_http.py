"""Odd requests: each is answered by a problem that names it, none is taken for our mistake."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException

from libs.common.database import Database
from libs.common.edge.sessions import session_for
from libs.common.errors import Problem
from libs.common.http.error_handlers import add_error_handlers
from libs.common.outgoing import open_client
from tests.support.platform import Platform
from tests.support.waiting import until


async def _measured(platform: Platform, service: str) -> set[tuple[str, str]]:
    """The routes and statuses that the service has measured."""
    url = f"http://127.0.0.1:{platform.ports[service]}"
    async with open_client(base_url=url, silence_s=5) as client:
        text = (await client.get("/metrics")).text
    return {
        (sample.labels["route"], sample.labels["status"])
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "elocoop_http_request_seconds_count"
    }


@pytest.mark.parametrize("path", ["/community/token", "/ingest/deliveries"])
async def test_a_form_that_cannot_be_decoded_is_422(operator: httpx.AsyncClient, path: str) -> None:
    answer = await _send_form(operator, path, "undefined")

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/malformed"


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "idna", "nonsense"])
@pytest.mark.parametrize("path", ["/community/token", "/ingest/deliveries"])
async def test_a_form_that_some_odd_codec_decodes_is_no_mistake_of_ours(
    operator: httpx.AsyncClient, path: str, charset: str
) -> None:
    answer = await _send_form(operator, path, charset)

    assert 400 <= answer.status_code < 500


async def _send_form(client: httpx.AsyncClient, path: str, charset: str) -> httpx.Response:
    """Fields that ``unicode_escape`` makes lone surrogates."""
    text = "\\ud800"
    fields = [f'form-data; name="{name}"\r\n\r\n{text}' for name in ("username", "password")]
    fields.append(f'form-data; name="file"; filename="{text}"\r\n\r\n{text}')
    form = "".join(f"--x\r\ncontent-disposition: {field}\r\n" for field in fields) + "--x--\r\n"
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    return await client.post(path, content=form, headers={"content-type": kind})


async def test_an_upload_has_no_connection_while_it_comes_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    held = []

    async def content() -> AsyncIterator[bytes]:
        yield b"%PDF-1.7"
        await asyncio.sleep(2.5)  # no other transaction is idle for long
        async with platform.database("ingest") as database, database.engine.begin() as connection:
            await connection.execute(text("SET LOCAL ROLE NONE"))  # the pool is all tests'
            waiting = await connection.scalar(
                text("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE application_name = 'elocoop ingest' AND datname = current_database()
                        AND state = 'idle in transaction'
                        AND state_change < now() - interval '1 second'
                """)
            )
            held.append(waiting)

    headers = {"content-type": "application/octet-stream"}
    await operator.post("/ingest/deliveries", content=content(), headers=headers)

    assert held == [0]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(b'{"name": "\xff"}', "not in UTF-8", id="not UTF-8"),
        pytest.param(b"[" * 200_000, "nested too deeply", id="nested"),
        pytest.param(b'{"name": ' + b"1" * 5_000 + b"}", "too many digits", id="digits"),
    ],
)
async def test_a_body_that_cannot_be_read_is_malformed(
    operator: httpx.AsyncClient, body: bytes, what: str
) -> None:
    headers = {"content-type": "application/json"}
    path = "/community/organisers/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"

    answer = await operator.put(path, content=body, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/malformed"
    assert what in answer.json()["detail"]


async def test_a_form_with_one_field_too_many_is_malformed(operator: httpx.AsyncClient) -> None:
    form = {"surprise": "5"}

    answer = await operator.post("/ingest/deliveries", files={"file": ("f", b"x")}, data=form)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/malformed"
    assert answer.json()["detail"] == "body: Too many fields. Maximum number of fields is 0"


async def test_a_fault_while_a_body_is_read_is_not_put_on_the_caller() -> None:
    error = HTTPException(400)
    error.__cause__ = OSError("no space left")

    answer = await _answer_when_raised(error)

    assert answer.status_code == 500


async def test_a_unicode_error_that_no_form_explains_is_our_bug() -> None:
    answer = await _answer_when_raised(UnicodeError("ours"))

    assert answer.status_code == 500


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/community/token", "POST"),
        ("/community/points/99000000000001", "GET, PUT"),
        ("/community/openapi.json", "GET"),
    ],
)
async def test_a_method_that_is_not_allowed_says_which_are(
    anonymous: httpx.AsyncClient, path: str, allowed: str
) -> None:
    answer = await anonymous.delete(path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_request_is_measured_under_its_full_template(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    await operator.get("/community/members/00000000-0000-0000-0000-000000000009")
    await operator.delete("/community/token")
    await operator.get("/community/99000000000001")

    measured = await _measured(platform, "community")

    routes = {route for route, _ in measured}
    assert ("/community/members/{member_id}", "404") in measured
    assert ("/community/token", "405") in measured
    assert ("unknown", "404") in measured
    assert not [route for route in routes if "9900000" in route or "00000009" in route]


@pytest.mark.parametrize(
    ("service", "path", "kind"),
    [
        ("community", "/community/token", "application/x-www-form-urlencoded"),
        ("ingest", "/ingest/deliveries", "multipart/form-data; boundary=x"),
    ],
)
async def test_a_client_that_leaves_during_its_upload_is_no_failure_of_ours(
    platform: Platform, service: str, path: str, kind: str
) -> None:
    token = await platform.operator_token()
    head = [f"POST {path} HTTP/1.1", "host: x", f"authorization: Bearer {token}"]
    head += [f"content-type: {kind}", "content-length: 60000", "", "--x\r\n"]
    _, writer = await asyncio.open_connection("127.0.0.1", platform.ports[service])
    writer.write("\r\n".join(head).encode())
    await writer.drain()
    await asyncio.sleep(0.3)  # until the route reads the body
    writer.close()
    await writer.wait_closed()

    await until(
        f"{path} is measured as 499",
        lambda: _measured(platform, service),
        lambda seen: (path, "499") in seen,
    )
    assert (path, "500") not in await _measured(platform, service)


async def test_whoever_sends_slowly_holds_no_connection_meanwhile(platform: Platform) -> None:
    token = await platform.operator_token()
    head = ["POST /ingest/deliveries HTTP/1.1", "host: x", f"authorization: Bearer {token}"]
    head += ["content-type: application/octet-stream", "content-length: 1000000", "", "a"]
    _, writer = await asyncio.open_connection("127.0.0.1", platform.ports["ingest"])
    writer.write("\r\n".join(head).encode())
    await writer.drain()
    await asyncio.sleep(2)

    idle = text("""
        SELECT count(*) FROM pg_stat_activity
        WHERE application_name = 'elocoop ingest' AND datname = current_database()
            AND state = 'idle in transaction' AND state_change < now() - interval '1 second'
    """)
    async with platform.database("ingest") as database, database.transaction() as session:
        await session.execute(text("SET LOCAL ROLE NONE"))  # a role sees its own log-ins only
        held = await session.scalar(idle)
    writer.close()
    await writer.wait_closed()

    assert held == 0


class Odd(Problem):
    status, slug, title = 409, "odd", "An odd text"
    example_detail = "It has a surrogate alone."


async def test_a_problem_without_a_detail_has_that_of_its_example() -> None:
    answer = await _answer_when_raised(Odd(names=2))

    assert answer.json()["detail"] == "It has a surrogate alone."
    assert answer.json()["names"] == 2


async def test_a_lone_surrogate_in_a_problem_is_repeated_as_it_came() -> None:
    answer = await _answer_when_raised(Odd("the name \ud800 is taken"))

    assert answer.status_code == 409
    assert json.loads(answer.content)["detail"] == "the name \ud800 is taken"


async def test_an_exhausted_pool_is_503_and_asks_for_patience() -> None:
    answer = await _answer_when_raised(PoolExhausted())

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/overloaded"
    assert answer.headers["retry-after"] == "5"


async def test_the_loser_of_a_deadlock_gets_503_and_may_ask_again(database_url: str) -> None:
    database = Database(database_url, schema="postgres", pool_size=2)
    app = _locking_app(database)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
        both = await asyncio.gather(client.post("/1/2"), client.post("/2/1"))
        loser = next(answer for answer in both if answer.is_error)
        again = await client.post(loser.request.url.path)
    await database.close()

    assert sorted(answer.status_code for answer in both) == [200, 503]
    assert loser.json()["type"] == "/problems/overloaded"
    assert loser.headers["retry-after"] == "5"
    assert again.status_code == 200


def _locking_app(database: Database) -> FastAPI:
    """Whoever asks locks two things in the order of the path; the first two wait for each other."""
    app = FastAPI()
    add_error_handlers(app)
    app.state.databases = {"postgres": database}
    arrived: list[int] = []
    both_have_one = asyncio.Event()
    lock = text("SELECT pg_advisory_xact_lock(hashtext('deadlock'), :number)")

    @app.post("/{first}/{second}")
    async def lock_both(
        first: int,
        second: int,
        session: Annotated[AsyncSession, session_for("postgres")],
    ) -> None:
        await session.execute(lock, {"number": first})
        arrived.append(first)
        if len(arrived) > 1:
            both_have_one.set()
        await both_have_one.wait()
        await session.execute(lock, {"number": second})

    return app


async def test_a_statement_that_is_wrong_stays_our_mistake(database_url: str) -> None:
    database = Database(database_url, schema="postgres", pool_size=1)
    with pytest.raises(ProgrammingError) as raised:
        async with database.transaction() as session:
            await session.execute(text("SELECT FROM nowhere"))
    await database.close()

    assert (await _answer_when_raised(raised.value)).status_code == 500


async def _answer_when_raised(error: Exception) -> httpx.Response:
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/")
    async def fail() -> None:
        raise error

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get("/")
