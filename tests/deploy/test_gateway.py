"""The gateway's own refusals, and the page, by a real nginx; no service is behind it."""

import asyncio
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from libs.common.app import create_app
from libs.common.outgoing import shared_tls
from libs.common.ports import free_port
from libs.common.settings import Settings
from services.community.main import service
from tests.support.places import ROOT
from tests.support.waiting import until

CONF = ROOT / "deploy" / "gateway.conf"
NAMES = ROOT / "deploy" / "names.conf"
HEADERS = ROOT / "deploy" / "security-headers.conf"
_RATE = "10r/s"
_REFUSED = 19
"""Of 40 requests at once: one passes, and twenty more, which are the burst."""

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/bin")

pytestmark = pytest.mark.skipif(
    NGINX is None, reason="needs nginx, which is not installed; .ci/run installs it"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """What `make web` would have built."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Elocoop</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-abc.js").write_text("'use strict'")
    shutil.copy(ROOT / "web" / "public" / "security-headers.json", folder)
    return folder


@pytest.fixture
def gateway(tmp_path: Path, page: Path) -> Iterator[httpx.Client]:
    yield from _gateway(tmp_path, page, resolver_timeout="100ms")


@pytest.fixture
def slow_gateway(tmp_path: Path, page: Path) -> Iterator[httpx.Client]:
    """After a burst it lets one request pass in a minute, so that all are of the burst."""
    yield from _gateway(tmp_path, page, resolver_timeout="100ms", rate="1r/m")


@pytest.fixture
def waiting_gateway(tmp_path: Path, page: Path) -> Iterator[httpx.Client]:
    """Each request lasts three seconds, so that many are there at once on any machine."""
    yield from _gateway(tmp_path, page, resolver_timeout="3s")


def _gateway(
    tmp_path: Path, page: Path, *, resolver_timeout: str, rate: str = _RATE
) -> Iterator[httpx.Client]:
    assert NGINX is not None
    port = free_port()
    tmp_path.chmod(0o755)
    conf = CONF.read_text().replace("listen 8080", f"listen 127.0.0.1:{port}")
    conf = conf.replace("/usr/share/nginx/page", str(page))
    conf = conf.replace("/etc/nginx/security-headers.conf", str(HEADERS))
    resolver = f"127.0.0.1:9 valid=10s; resolver_timeout {resolver_timeout}"
    names = NAMES.read_text().replace("127.0.0.11 valid=10s", resolver)
    conf = conf.replace("include /etc/nginx/names.conf;", names)
    assert conf.count(f"rate={_RATE};") == 2  # of log-ins, and of strangers
    conf = conf.replace(f"rate={_RATE};", f"rate={rate};")
    for device in ("/dev/stdout", "/dev/stderr"):
        conf = conf.replace(device, f"{tmp_path}{device.replace('/dev', '')}")
    paths = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = "types { text/html html; text/javascript js; image/svg+xml svg; }"
    # Root's own workers could not read a folder of ours.
    user = "user root;" if os.geteuid() == 0 else ""
    whole = f"{user} daemon off; pid {tmp_path}/pid; events {{}} http {{ {types} {paths} {conf} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    options = ["-e", f"{tmp_path}/stderr", "-c", f"{tmp_path}/nginx.conf"]
    process = subprocess.Popen([NGINX, *options], stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, timeout=10, verify=shared_tls()) as client:
        _wait_until_it_answers(client)
        yield client
    process.terminate()
    process.wait(20)


def _wait_until_it_answers(client: httpx.Client) -> None:
    def answers() -> bool:
        try:
            client.get("/")
        except httpx.TransportError:
            return False
        return True

    asyncio.run(until("the gateway answers", lambda: asyncio.to_thread(answers)))


def test_its_own_refusals_are_problems_and_its_log_has_no_path(
    gateway: httpx.Client, tmp_path: Path
) -> None:
    answer = gateway.get("/ingest/points/99000000000001")

    assert (answer.status_code, answer.json()["status"]) == (502, 502)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/gateway"
    logs = (tmp_path / "stdout").read_text() + (tmp_path / "stderr").read_text()
    assert "9900000" not in logs


def _announce(gateway: httpx.Client, path: str, byte_count: int) -> tuple[int, str]:
    """Status and body of the answer to a request whose own body is never sent."""
    connection = HTTPConnection("127.0.0.1", gateway.base_url.port, timeout=10)
    with closing(connection):
        connection.putrequest("POST", path)
        connection.putheader("content-length", str(byte_count))
        connection.endheaders()
        # To the end of the answer, not of the connection: nginx waits 5 s for the body.
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_an_upload_above_the_limit_is_refused_before_it_is_sent(gateway: httpx.Client) -> None:
    status, body = _announce(gateway, "/ingest/deliveries", 2049 << 20)

    assert status == 413
    assert json.loads(body)["status"] == 413


@pytest.mark.parametrize(
    "path",
    [
        "token",
        "browser-session",
        "browser-session/renewal",
        "requests",
        "log-in-links",
        "log-in-links/use",
        "invitations/preview",
        "invitations/acceptance",
        "email-changes/confirmation",
        "sign-ups",
        "sign-ups/confirmation",
        "public/operations/ACC00000101/eligibility",
        "public/places",
    ],
)
def test_what_anybody_may_send_is_small(gateway: httpx.Client, path: str) -> None:
    (small, _), (large, _) = (
        _announce(gateway, f"/community/{path}", kib << 10) for kib in (64, 65)
    )

    assert (small, large) == (502, 413)


def test_h5_what_a_caller_sends_has_a_mebibyte_at_most(gateway: httpx.Client) -> None:
    (small, _), (large, _) = (
        _announce(gateway, "/community/me/contact", kib << 10) for kib in (1024, 1025)
    )

    assert (small, large) == (502, 413)


def test_l8_the_gateway_tells_no_version(gateway: httpx.Client) -> None:
    assert gateway.get("/community/me").headers["server"] == "nginx"


def test_l4_the_gateway_passes_no_metrics_on(gateway: httpx.Client) -> None:
    assert gateway.get("/metrics").status_code == 404  # where a service is asked it is 502


def _statuses(gateway: httpx.Client, path: str, addresses: Sequence[str]) -> list[int]:
    """Of requests at once, one from each address, as the proxy before the gateway tells it."""

    def ask(address: str) -> int:
        return gateway.post(path, headers={"x-forwarded-for": address}).status_code

    with ThreadPoolExecutor(len(addresses)) as pool:
        return list(pool.map(ask, addresses))


def test_l8_the_addresses_of_a_home_log_in_as_one_and_homes_on_their_own(
    slow_gateway: httpx.Client,
) -> None:
    home = [f"2001:db8:0:1::{number:x}" for number in range(1, 41)]
    homes = [f"2001:db8:0:{number:x}::1" for number in range(0x100, 0x128)]
    shops = [f"203.0.113.{number}" for number in range(40)]

    of_home, of_homes, of_shops = (
        _statuses(slow_gateway, "/community/token", addresses) for addresses in (home, homes, shops)
    )

    assert of_home.count(429) == _REFUSED
    assert (of_homes.count(429), of_shops.count(429)) == (0, 0)


def test_l8_one_address_has_forty_requests_at_once(waiting_gateway: httpx.Client) -> None:
    statuses = _statuses(waiting_gateway, "/community/me", ["203.0.113.7"] * 80)
    elsewhere = waiting_gateway.post("/community/me", headers={"x-forwarded-for": "203.0.113.8"})

    assert set(statuses) == {429, 502}  # no service is there
    assert elsewhere.status_code == 502


def test_an_address_that_the_outside_tells_is_not_believed(slow_gateway: httpx.Client) -> None:
    """The proxy adds whom it sees to what it was told; only the last one counts."""
    addresses = [f"198.51.100.{number}, 203.0.113.9" for number in range(40)]

    statuses = _statuses(slow_gateway, "/community/token", addresses)

    assert statuses.count(429) == _REFUSED


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "token"), ("GET", "oidc/log-in"), ("GET", "oidc/callback")]
)
def test_many_log_ins_at_once_are_429(slow_gateway: httpx.Client, method: str, path: str) -> None:
    def ask(_: int) -> httpx.Response:
        return slow_gateway.request(method, f"/community/{path}")

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(ask, range(40)))

    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == _REFUSED
    assert {answer.json()["title"] for answer in refused} <= {"Too many requests at once"}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "operations"), ("POST", "operations/ACC00000101/eligibility"), ("POST", "places")],
)
def test_many_strangers_at_once_are_429_and_keep_nobody_from_logging_in(
    slow_gateway: httpx.Client, method: str, path: str
) -> None:
    def ask(_: int) -> int:
        return slow_gateway.request(method, f"/community/public/{path}").status_code

    with ThreadPoolExecutor(40) as pool:
        statuses = list(pool.map(ask, range(40)))

    assert statuses.count(429) == _REFUSED
    assert slow_gateway.post("/community/token").status_code == 502  # no service is there


def test_logging_out_waits_for_nobody(gateway: httpx.Client) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: gateway.delete("/community/browser-session"), range(40)))

    assert {answer.status_code for answer in answers} == {502}  # no service is there


def test_the_script_of_the_page_is_packed(gateway: httpx.Client, page: Path) -> None:
    (page / "assets" / "large.js").write_text("'use strict';" * 1000)

    answer = gateway.get("/assets/large.js")

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == "'use strict';" * 1000


def test_a_hundred_tabs_of_one_address_may_renew_at_once(gateway: httpx.Client) -> None:
    """Behind a proxy all members have one address, and to renew costs no password."""
    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda _: gateway.post("/community/browser-session/renewal"), range(100))
        )

    assert {answer.status_code for answer in answers} == {502}  # no service is there


def test_the_headers_of_the_page_have_one_source() -> None:
    content = json.loads((ROOT / "web" / "public" / "security-headers.json").read_text())

    matches = re.findall(r'^add_header (\S+) "(.*)" always;$', HEADERS.read_text(), re.MULTILINE)

    assert dict(matches) == content


async def _ask_one_process(page: Path, path: str, headers: dict[str, str]) -> httpx.Response:
    app = create_app(service, settings=Settings(web_folder=str(page)))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://platform.test") as client:
        return await client.get(path, headers=headers)


def _media_type(answer: httpx.Response) -> str:
    media_type: str = answer.headers["content-type"].split(";")[0]
    return media_type


_A_BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", _A_BROWSER),
        ("/month/2026-10?point=1", _A_BROWSER),
        ("/community/operations/ACC00000101/polls/0b9a8e52", _A_BROWSER),
        ("/assets/index-abc.js", {}),
        ("/assets/index-abc.js", _A_BROWSER),
        ("/assets/gone.js", _A_BROWSER),
        ("/favicon.svg", {}),
        ("/nowhere", {}),
    ],
)
def test_the_page_is_served_as_in_one_process(
    gateway: httpx.Client, page: Path, path: str, headers: dict[str, str]
) -> None:
    expected = asyncio.run(_ask_one_process(page, path, headers))

    answer = gateway.get(path, headers=headers)

    assert answer.status_code == expected.status_code
    assert _media_type(answer) == _media_type(expected)
    if answer.is_success:
        assert answer.content == expected.content
    else:
        assert answer.json()["type"] == expected.json()["type"]
    for name in ("cache-control", *json.loads((page / "security-headers.json").read_text())):
        assert answer.headers[name] == expected.headers[name], name


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/community/me", {}),
        ("/community/me", {**_A_BROWSER, "authorization": "Bearer x"}),
        ("/community/docs", _A_BROWSER),
        ("/billing/openapi.json", _A_BROWSER),
        ("/community/calendars/secret.ics", _A_BROWSER),
        ("/community/oidc/log-in?return_to=/day", _A_BROWSER),
        ("/community/oidc/callback?state=x&code=y", _A_BROWSER),
    ],
)
def test_programs_and_documentation_are_passed_on(
    gateway: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    answer = gateway.get(path, headers=headers)

    assert answer.status_code == 502  # no service is there
    assert answer.json()["type"] == "/problems/gateway"


_ANSWERED: Mapping[str, tuple[int, dict[str, str]]] = {
    "/": (200, _A_BROWSER),
    "/assets/index-abc.js": (200, {}),
    "/assets/gone.js": (404, {}),
    "/nowhere": (404, {}),
    "/community/me": (502, {}),
    "/health/community": (502, {}),
}
"""By the gateway itself, as no service is there."""


@pytest.mark.parametrize("path", _ANSWERED)
def test_m10_what_the_gateway_answers_has_every_header_once(
    gateway: httpx.Client, page: Path, path: str
) -> None:
    content = json.loads((page / "security-headers.json").read_text())
    status, headers = _ANSWERED[path]

    answer = gateway.get(path, headers=headers)

    assert answer.status_code == status
    assert {name: answer.headers.get_list(name) for name in content} == {
        name: [value] for name, value in content.items()
    }
    assert answer.headers["cache-control"] == ("no-store" if status == 502 else _kept(path))


def _kept(path: str) -> str:
    return "public, max-age=31536000, immutable" if path.endswith("abc.js") else "no-cache"


def test_m10_no_cache_keeps_the_gateways_refusals(gateway: httpx.Client) -> None:
    connection = HTTPConnection("127.0.0.1", gateway.base_url.port, timeout=10)
    with closing(connection):
        connection.request("POST", "/community/token", headers={"content-length": str(65 << 10)})
        answer = connection.getresponse()

    assert (answer.status, answer.getheader("cache-control")) == (413, "no-store")
    assert answer.getheader("x-content-type-options") == "nosniff"


@pytest.mark.parametrize("path", _ANSWERED)
def test_m10_who_came_by_tls_is_told_to_come_by_tls_again(gateway: httpx.Client, path: str) -> None:
    """RFC 6797, 7.2: never by plain HTTP, where somebody else may have written it."""
    _, headers = _ANSWERED[path]

    plain, by_tls = (
        gateway.get(path, headers={**headers, **proxy_headers})
        for proxy_headers in ({}, {"x-forwarded-proto": "https"})
    )

    assert "strict-transport-security" not in plain.headers
    assert by_tls.headers.get_list("strict-transport-security") == ["max-age=31536000"]


def test_m10_what_services_answer_gets_this_one_header_more() -> None:
    """At the level of the server, from which each place that passes requests on inherits it."""
    conf = CONF.read_text()
    server = conf.partition("server {")[2].partition("    location ")[0]
    passed_on = re.findall(r"\{([^{}]*proxy_pass[^{}]*)\}", conf)

    added = re.findall(r"^    add_header (\S+)", server, re.MULTILINE)
    assert added == ["strict-transport-security"]
    assert len(passed_on) > 10
    assert not any("add_header" in directives for directives in passed_on)
