"""Whatever the bytes, parsing returns or refuses: it never fails, and loses no record."""

import gzip
import io
import zipfile
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common.errors import Problem
from services.ingest.domain.readings import MAX_POWER_W, READINGS, STEPS_MIN
from services.ingest.formats import Parsed, check_supported, parse
from tests.ingest.formats.files import day_ends, hdm, naive, pdc, r50, r63, r63_row

_ENDS = day_ends("2026-10-25", 60)


def _zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", content)
        archive.writestr("b", content[:100])
    return packed.getvalue()


_R63 = r63(r63_row(stamp, step="PT60M") for stamp in naive(_ENDS))
_FILES = [
    _R63,
    r50(pdc(end.isoformat()) for end in _ENDS),
    hdm((end.isoformat(), "478") for end in _ENDS),
    _zip(_R63),
    gzip.compress(_R63),
]
_NOISE = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b";", b"\n", b'"', b"\r", b"<", b"</PDC>", b"PT10M", b"-", b"\xff", b"9" * 40]
    ),
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    content = draw(st.sampled_from(_FILES))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from([0, 1, 3, 20, 200]))
        content = content[:start] + draw(_NOISE) + content[start + length :]
    return content


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=_mutated())
def test_only_problems_escape_and_counts_add_up(content: bytes) -> None:
    with suppress(Problem):
        check_supported(content)
        for document in parse(content):
            _check(document)


def _check(document: Parsed) -> None:
    readings = document.readings
    assert readings.height + len(document.rejected) == document.record_count
    assert readings.schema == READINGS
    assert readings["prm"].str.contains(r"^[0-9]{14}$").all()
    assert set(readings["direction"]) <= {"consumption", "production"}
    assert set(readings["step_min"]) <= set(STEPS_MIN)
    assert readings["power_w"].drop_nulls().is_between(0, MAX_POWER_W).all()
    assert (readings["power_w"].is_null() == (readings["nature"] == "missing")).all()
    assert readings.drop("power_w").null_count().sum_horizontal().to_list() == [0]
    assert all(rejected.reason and len(rejected.record) <= 200 for rejected in document.rejected)
