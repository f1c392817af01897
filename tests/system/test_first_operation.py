"""What the page on a first operation tells to type goes from an empty platform to invoices."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import without_servers
from tests.support.embedded import stays_up_until_it_is_interrupted
from tests.support.places import ROOT

_PAGE = ROOT / "docs" / "use" / "first-operation.md"
_PLATFORM = "http://127.0.0.1:8000"
_PATIENCE_S = 300


@pytest.mark.system
def test_all_blocks_of_the_page_one_after_the_other_end_in_invoices(server_folder: Path) -> None:
    with stays_up_until_it_is_interrupted(server_folder, "serve") as (port, _output):
        done = subprocess.run(
            ["/bin/bash", "-euo", "pipefail", "-c", _script(f"http://127.0.0.1:{port}")],
            cwd=server_folder,
            env=without_servers(),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )

    assert done.returncode == 0, done.stdout + done.stderr
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
    blocks = re.findall(r"```sh\n(.*?)```", _PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    script = "\n".join(blocks)
    assert script.count(_PLATFORM) == 1
    return script.replace(_PLATFORM, platform)
