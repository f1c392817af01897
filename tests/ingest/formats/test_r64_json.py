"""R64: what counters showed, at local times."""

import pytest

from services.ingest.formats import parse
from tests.ingest.formats.files import PRM, utc
from tests.ingest.formats.json_files import r64, r64_counter, r64_value


def test_counters_of_classes_and_the_one_that_counts_all_are_read() -> None:
    values = [r64_value("2026-10-01 00:00:00", 2_675_549, 2)]
    total = r64_counter("IDX_EAS_T", [r64_value("2026-11-01 00:00:00", 11_444_177)])

    (document,) = parse(r64([r64_counter("IDX_EAS_D2", values)], total=total))

    assert document.format == "R64 JSON"
    assert document.indexes.drop("position").rows() == [
        (PRM, "consumption", "IDX_EAS_D2", utc("2026-09-30T22:00"), 2_675_549, True),
        (PRM, "consumption", "IDX_EAS_T", utc("2026-10-31T23:00"), 11_444_177, False),
    ]


def test_a_list_of_documents_is_read_and_other_energies_are_passed_over() -> None:
    content = r64([r64_counter("IDX_EAS_D1", [r64_value("2026-10-01 00:00:00", 5)])])
    other = r64([r64_counter("IDX_ER_D1", [r64_value("2026-10-01 00:00:00", 5)])], physical="ER")

    (document,) = parse(b"[" + content + b"," + other + b"]")

    assert document.record_count == 1
    assert document.notes == ("curves of ER passed over: not active power",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (r64([r64_counter("IDX_EAS_T", [r64_value("2026-10-01 00:00:00", -5)])]), "negative"),
        (r64([r64_counter("IDX_EAS_T", [r64_value("2026-10-01 00:00:00", 5.5)])]), "whole"),
        (r64([r64_counter("IDX_EAS_T", [r64_value("2026-10-01 00:00:00", "9" * 5000)])]), "above"),
        (r64([r64_counter("IDX_EAS_T", [r64_value("2026-03-29 02:30:00", 5)])]), "impossible"),
        (r64([r64_counter("IDX_EAS_T", [r64_value("1026-10-01 00:00:00", 5)])]), "impossible"),
        (r64([r64_counter("", [r64_value("2026-10-01 00:00:00", 5)])]), "no name"),
        (r64([r64_counter("T", [r64_value("2026-10-01 00:00:00", 5)])], prm="12"), "14 digits"),
        (r64([r64_counter("T", [r64_value("2026-10-01 00:00:00", 5)])], unit="kWh"), "unit"),
        (
            r64([r64_counter("T", [r64_value("2026-10-01 00:00:00", 5)])], direction="?"),
            "direction",
        ),
        (r64([r64_counter("IDX_EAS_T", ["5"])]), "impossible"),
    ],
)
def test_what_is_no_index_is_rejected(content: bytes, reason: str) -> None:
    (document,) = parse(content)

    assert document.indexes.is_empty()
    assert (document.record_count, len(document.rejected)) == (1, 1)
    assert reason in document.rejected[0].reason
