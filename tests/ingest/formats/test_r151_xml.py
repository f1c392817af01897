"""R151: daily indexes, dated by the day that ended."""

import pytest

from services.ingest.formats import FileMalformed, parse
from tests.ingest.formats.files import PRM, r151, r151_class, r151_day, utc


def test_an_index_is_read_as_the_day_after_its_date_begins() -> None:
    autumn = r151_day("2026-10-25", [r151_class(1, "9744495", iv="1")])
    spring = r151_day("2026-03-28", [r151_class(1, "9000000")])

    (document,) = parse(r151([autumn, spring], created="2026-11-02T08:30:00+01:00"))

    assert document.format == "R151 XML"
    assert document.published_at == utc("2026-11-02T07:30")
    assert document.indexes.drop("position").rows() == [
        (PRM, "consumption", "IDX_EAS_D1", utc("2026-10-25T23:00"), 9_744_495, True),
        (PRM, "consumption", "IDX_EAS_D1", utc("2026-03-28T23:00"), 9_000_000, False),
    ]


def test_counters_of_the_distributor_and_of_the_supplier_are_told_apart() -> None:
    classes = [r151_class(2, "5"), r151_class(2, "7", grid="")]

    (document,) = parse(r151([r151_day("2026-10-25", classes)]))

    assert document.indexes["register"].to_list() == ["IDX_EAS_D2", "IDX_EAS_F2"]
    assert document.record_count == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (r151([r151_day("2026-10-25", [r151_class(1, "-5")])]), "whole number of Wh"),
        (r151([r151_day("2026-10-25", [r151_class(1, "5,5")])]), "whole number of Wh"),
        (r151([r151_day("2026-10-25", [r151_class(1, "9" * 400)])]), "above what a counter"),
        (r151([r151_day("2026-10-32", [r151_class(1, "5")])]), "impossible"),
        (r151([r151_day("9999-12-31", [r151_class(1, "5")])]), "impossible"),
        (r151([r151_day("2026-10-25", [r151_class(11, "5")])]), "rank"),
        (r151([r151_day("2026-10-25", [r151_class(1, "5")])], prm="123"), "14 digits"),
        (r151([r151_day("2026-10-25", [r151_class(1, "5")])], unit="kWh"), "unit"),
    ],
)
def test_what_is_no_index_is_rejected_with_its_line(content: bytes, reason: str) -> None:
    (document,) = parse(content)

    assert document.indexes.is_empty()
    assert document.record_count == 1
    assert reason in document.rejected[0].reason
    assert document.rejected[0].position.startswith("line 5")


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE R151>",
        '<!DOCTYPE R151 SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE R151 [<!ENTITY a "9"><!ENTITY index "&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_any_entity_is_read(doctype: str) -> None:
    content = r151([r151_day("2026-10-25", [r151_class(1, "&index;")])])

    with pytest.raises(FileMalformed, match="DOCTYPE"):
        parse(content.replace(b"?>\n", f"?>\n{doctype}".encode()))
