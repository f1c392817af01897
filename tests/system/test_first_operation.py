"""The commands on the page on a first operation lead from an empty platform to invoices."""

import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from libs.common.calendar import PARIS
from tests.support.commands import without_servers
from tests.support.documents import blocks
from tests.support.embedded import stays_up_until_it_is_interrupted
from tests.support.places import ROOT
from tests.support.waiting import ended

_PAGE = ROOT / "docs" / "use" / "first-operation.md"
_PLATFORM = "http://127.0.0.1:8000"
_DAY = datetime(2026, 11, 5, 10, tzinfo=PARIS)
"""Of the page's invoices: their platform takes it for today, whatever day it is here."""
_SHOWN_CHARS = 5_000


@pytest.mark.system
def test_all_blocks_of_the_page_one_after_the_other_end_in_invoices(server_folder: Path) -> None:
    with stays_up_until_it_is_interrupted(server_folder, "serve", begin_at=_DAY) as (port, log):
        typed = server_folder / "typed"
        ending = _type(_script(f"http://127.0.0.1:{port}"), typed)
        assert ending == "status 0", f"{ending}\n…{_end_of(typed)}\n…{_end_of(log)}"

    data = server_folder / "data"
    invoices = json.loads((data / "invoices.json").read_text())
    assert {invoice["number"] for invoice in invoices} == {"F2026-00001", "F2026-00002"}
    assert {invoice["issue_date"] for invoice in invoices} == {"2026-11-05"}
    amounts_cents = sorted(invoice["total_incl_vat_cents"] for invoice in invoices)
    amounts = [f"{cents / 100:.2f} €" for cents in amounts_cents]
    assert amounts == ["27.90 €", "223.20 €"]
    assert " and ".join(amounts) in _PAGE.read_text(encoding="utf-8")
    for invoice in invoices:
        assert (data / f"{invoice['id']}.pdf").read_bytes().startswith(b"%PDF-")


def _script(platform: str) -> str:
    script = "\n".join(blocks(_PAGE, "sh"))
    assert script.count(_PLATFORM) == 1
    return script.replace(_PLATFORM, platform)


def _type(script: str, output: Path) -> str:
    """Run it in the folder of its output, where each command is told before it is run."""
    with output.open("wb") as file:
        typing = subprocess.Popen(
            ["/bin/bash", "-xeuo", "pipefail", "-c", script],
            cwd=output.parent,
            env=without_servers(),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        return f"status {ended(typing, 'the end of the page')}"
    except AssertionError as error:  # what it types ``again`` has no limit of its own
        return str(error)
    finally:
        typing.kill()
        typing.wait()


def _end_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")[-_SHOWN_CHARS:]
