"""Whatever the bytes, nothing is a 500, and every record is found again."""

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.delivering import push, settled
from tests.ingest.formats.files import (
    hdm,
    pdc,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
)
from tests.ingest.formats.json_files import (
    data_connect,
    data_connect_point,
    generic_csv,
    generic_curve,
    generic_json,
    generic_row,
    r63_json_of,
    r63_point,
)
from tests.ingest.formats.result_files import (
    curves_of,
    energies_of,
    enveloped,
    long,
    long_row,
    one_point,
    perimeter_of,
    wide,
    wide_day,
)
from tests.support.platform import Platform

_STAMPS = ["2026-10-25 02:30:00", "2026-10-25 02:30:00", "2026-10-25 03:00:00"]
_FILES = [
    r63([r63_row(stamp, prm="99123456789012") for stamp in _STAMPS]),
    r50([pdc("2026-10-25T00:30:00+02:00"), pdc("2026-10-25T01:00:00+02:00", None)]),
    r4x_of([r4x_point("2026-10-25T00:10:00+02:00"), r4x_point("2026-10-25T00:20:00+02:00", None)]),
    hdm([("2026-01-01T00:10:00+01:00", "5000"), ("2026-01-01T00:20:00+01:00", "")]),
    hdm([("2026-01-01T00:30:00+01:00", "5"), ("2026-01-01T01:00:00+01:00", "")]),
    r63_json_of([r63_point(stamp, value) for stamp in _STAMPS for value in ("478", "")]),
    data_connect([data_connect_point(stamp) for stamp in _STAMPS]),
    generic_csv([generic_row("2026-10-25T00:00:00Z"), generic_row("2026-10-25T00:30:00Z", "")]),
    generic_json([generic_curve([{"start": "2026-10-25T00:00:00Z", "value": 1}, {"start": ""}])]),
    wide(wide_day("2026-10-25")[8:20]),
    long([long_row("2026-10-25 02:00:00"), long_row("2026-10-25 02:30:00", "0,5", unit="kWh")]),
    one_point("2026-07-01")[:300],
    enveloped("definitive_load_curves", curves_of("2026-07-01", {"cons": 478})),
    enveloped("provisional_active_energy", energies_of({"cons": {"HPB": 12.5, "HCB": 1}})),
    enveloped("perimeter", perimeter_of([("cons_id", "99000000000017", "2026-01-01", None)])),
]
_SPLINTERS = [b"\x00", b";", b",", b"\n", b'"', b"[", b"{", b"}", b'{"v":', b"\\ud800", b"<a>"]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(_FILES)))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 20))
        content[start:end] = draw(st.binary(max_size=6) | st.sampled_from(_SPLINTERS))
    return bytes(content)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=_mutated(), name=st.text(max_size=20))
async def test_a_mutated_file_never_breaks_the_service_and_its_counts_add_up(
    platform: Platform, operator: httpx.AsyncClient, content: bytes, name: str
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
