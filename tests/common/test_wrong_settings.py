"""A wrong setting is told in a sentence, by a command and by a server that starts."""

import os
import subprocess
import sys

import pytest
from starlette.types import Message

from libs.common.app import create_app
from libs.common.http.plain_start import DoesNotStart
from services.community.main import service
from tests.support.clock import CLOCK
from tests.support.places import ROOT
from tests.support.platform import settings_for_tests

_COMMAND = "from services.cli import main; main()"
_SERVER = "import services.allocation.main"


@pytest.mark.parametrize(
    ("program", "name", "text", "sentence"),
    [
        (_COMMAND, "DATABASE_URL", "nonsense", "it is not like postgresql://user:password@host/"),
        (_COMMAND, "SECRET_KEYS", "abc", "each key must be 32 bytes in URL-safe base64"),
        (_COMMAND, "RETENTION_CURVES_MONTHS", "abc", "Input should be a valid integer"),
        (_SERVER, "DATABASE_POOL_SIZE", "0", "Input should be greater than or equal to 2."),
    ],
)
def test_a_wrong_setting_ends_the_process_with_its_name_and_a_sentence(
    program: str, name: str, text: str, sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program, "today"],
        env={**os.environ, "PYTHONPATH": str(ROOT), name: text},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: {sentence}")
    assert len(done.stderr.splitlines()) == 1


async def test_what_keeps_a_service_from_starting_is_told_without_the_way_to_it(
    database_url: str,
) -> None:
    settings = settings_for_tests(database_url=database_url, event_log_url="database:").model_copy(
        update={"mail_url": "ftp://volts.test"}
    )
    app = create_app(service, settings=settings, clock=CLOCK)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises((DoesNotStart, BaseExceptionGroup)):
        await app({"type": "lifespan", "app": app, "state": {}}, receive, send)

    [failed] = sent
    assert failed["type"] == "lifespan.startup.failed"
    assert failed["message"].startswith("MAIL_URL is none of folder:PATH")
    assert "Traceback" not in failed["message"]
