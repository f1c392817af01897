import json
import subprocess
import sys
from pathlib import Path

import httpx

from libs.common.http.answers import PRIVATE
from libs.common.logs.logging import hide_prms
from libs.common.outgoing import shared_tls
from libs.common.ports import free_port
from tests.support.places import ROOT

PRM = "99000000000001"


def test_a_prm_is_hidden_wherever_it_stands() -> None:
    event = {
        "event": f"GET /ingest/points/{PRM}/load-curve",
        "exception": f"KeyError: '{PRM}'",
        "error": KeyError(PRM),
        "number": int(PRM),
        "facts": {PRM: ["99000000000002", 3]},
        "count": 7,
    }

    hidden = hide_prms(None, "info", event)

    assert "9900000" not in str(hidden)
    assert hidden["count"] == 7


def test_an_iban_is_hidden_in_any_form() -> None:
    event = {
        "event": "FR14 2004 1010 0505 0001 3M02 606 refused",
        "error": ValueError("FR1420041010050500013M02606"),
        "row": ["BE68 5390 0754 7034", ("DE89370400440532013000",)],
    }

    hidden = str(hide_prms(None, "info", event))

    assert hidden.count("[iban]") == 4
    assert not any(digits in hidden for digits in ("2004", "5390", "3704"))


def test_other_numbers_stay() -> None:
    event = {"siren": "991234567", "long": "123456789012345", "id": "20261103060512000"}

    assert hide_prms(None, "info", event) == event


def test_a_traceback_under_uvicorn_is_json_without_prms(tmp_path: Path) -> None:
    port, output = free_port(), tmp_path / "stderr"
    # As docker-compose.yml starts a service: with uvicorn's own logging, until ours takes over.
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "tests.support.failing_app:app",
        "--port",
        str(port),
    ]
    options = ["--no-access-log", "--log-level", "warning"]
    with output.open("wb") as stderr:
        process = subprocess.Popen([*command, *options], cwd=ROOT, stderr=stderr)
    transport = httpx.HTTPTransport(retries=10, verify=shared_tls())
    with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}") as client:
        answer = client.get(f"/points/{PRM}")
    process.terminate()
    process.wait(20)

    lines = [json.loads(line) for line in output.read_text().splitlines()]
    assert answer.status_code == 500
    assert PRM not in output.read_text()
    (traceback,) = (line for line in lines if "KeyError" in line.get("exception", ""))
    assert traceback["request_id"] == answer.headers["x-request-id"]
    assert PRIVATE.items() <= answer.headers.items()
    assert [line["route"] for line in lines if line["event"] == "request"] == ["/points/{prm}"]


def test_lines_for_people_have_no_colours_in_a_file(tmp_path: Path) -> None:
    output = tmp_path / "stderr"
    code = """
import logging
from libs.common.logs.logging import configure_logging
configure_logging(log_format="console", level="INFO")
logging.getLogger("elocoop").warning("no colours")
"""
    with output.open("wb") as stderr:
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, stderr=stderr, check=True)

    assert "no colours" in output.read_text()
    assert "\x1b" not in output.read_text()


_ASKS = """
import socket, threading
import httpx
from libs.common.logs.logging import configure_logging

listener = socket.create_server(("127.0.0.1", 0))

def answer():
    connection, _ = listener.accept()
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 204 No Content\\r\\nSet-Cookie: elocoop=a-secret\\r\\n\\r\\n")

configure_logging(log_format="json", level="DEBUG")
threading.Thread(target=answer).start()
httpx.get(f"http://127.0.0.1:{listener.getsockname()[1]}/points/99000000000001")
"""


def test_nothing_of_a_request_of_ours_is_logged_even_when_all_else_is() -> None:
    # In a process of its own: the loggers are the process's.
    process = subprocess.run(
        [sys.executable, "-c", _ASKS], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert process.stdout + process.stderr == ""
