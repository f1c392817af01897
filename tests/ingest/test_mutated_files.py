"""Whatever the bytes, nothing is a 500, and every record is found again."""

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.delivering import push, settled
from tests.ingest.formats.samples import SAMPLES
from tests.support.nightly import parts
from tests.support.platform import Platform

_SPLINTERS = [b"\x00", b";", b",", b"\n", b'"', b"[", b"{", b"}", b'{"v":', b"\\ud800", b"<a>"]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 20))
        content[start:end] = draw(st.binary(max_size=6) | st.sampled_from(_SPLINTERS))
    return bytes(content)


@pytest.mark.parametrize("_part", parts(5))
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=_mutated(), name=st.text(max_size=20))
async def test_a_mutated_file_never_breaks_the_service_and_its_counts_add_up(
    platform: Platform, operator: httpx.AsyncClient, _part: int, content: bytes, name: str
) -> None:
    del platform
    answer = await push(operator, content, name or "file")

    assert answer.status_code in {200, 202, 415}, answer.text
    if not answer.is_success:
        return
    delivery = await settled(operator, answer.json()["id"])
    counts = delivery["counts"]
    assert delivery["status"] in {"recorded", "refused"}, delivery
    assert counts["records"] == counts["accepted"] + counts["duplicate"] + counts["quarantined"]
