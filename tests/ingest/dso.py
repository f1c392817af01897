"""Givens and looks for tests of what the DSO says of operations."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.community.coop import (
    new_prm,
)
from tests.ingest.delivering import (
    given_participation,
    until_covered,
)
from tests.support.platform import Platform


async def given_known_operation(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str]:
    """An operation that ingest knows, and its one point."""
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    return operation_id, prm


async def results_of(client: httpx.AsyncClient, operation_id: str, month: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(
        f"/ingest/operations/{operation_id}/dso-results", params={"month": month}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts_of(delivery: Any) -> tuple[int, int, int, int]:  # noqa: ANN401 - JSON
    counts: Mapping[str, int] = delivery["counts"]
    assert counts["records"] == counts["accepted"] + counts["duplicate"] + counts["quarantined"]
    return counts["accepted"], counts["superseding"], counts["duplicate"], counts["outdated"]


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        for number, (name, content) in enumerate(files):
            members.writestr(f"{number}/{name}", content)
    return archive.getvalue()
