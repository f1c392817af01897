"""R171: indexes of C1–C4 points, each at the time at which the meter was read."""

import pytest

from services.ingest.domain.facts.indexes import totals
from services.ingest.formats import FileMalformed, parse
from tests.ingest.formats.files import PRM, r171, r171_series, utc


def test_an_index_is_read_at_the_local_time_that_the_file_tells() -> None:
    series = r171_series([("2026-07-02T02:37:56", "429229000"), ("2026-11-03T00:00:00", "5")])

    (document,) = parse(r171([series]))

    assert (document.format, document.notes) == ("R171 XML", ())
    assert document.indexes.drop("position").rows() == [
        (PRM, "consumption", "IDX_EAS_D_HPH", utc("2026-07-02T00:37:56"), 429_229_000, False),
        (PRM, "consumption", "IDX_EAS_D_HPH", utc("2026-11-02T23:00"), 5, False),
    ]


def test_the_distributor_s_classes_add_up_to_all_energy_and_the_supplier_s_count_it_again() -> None:
    midnight = "2026-07-02T00:00:00"
    classes = [("D", "HPH", "5"), ("D", "HCH", "7"), ("F", "BASE", "12")]
    series = [
        r171_series([(midnight, index)], calendar=calendar, tariff_class=name)
        for calendar, name, index in classes
    ]

    (document,) = parse(r171(series))

    assert document.record_count == 3
    assert totals(document.indexes)["index_wh"].to_list() == [12]


def test_counters_of_what_a_plant_injects_are_told_apart() -> None:
    (document,) = parse(r171([r171_series([("2026-07-02T00:00:00", "5")], direction="PROD")]))

    assert document.indexes.select("direction", "register").rows() == [
        ("production", "IDX_EAI_D_HPH")
    ]


def test_counters_of_other_quantities_are_passed_over_and_told() -> None:
    value = [("2026-07-02T00:00:00", "5")]
    series = [r171_series(value, physical=quantity) for quantity in ("DD", "EA", "ERC", "TF")]

    (document,) = parse(r171(series))

    assert (document.record_count, document.rejected) == (1, ())
    assert document.notes == tuple(
        f"curves of {quantity} passed over: not active power" for quantity in ("DD", "ERC", "TF")
    )


@pytest.mark.parametrize(
    ("changed", "value", "reason"),
    [
        ({}, ("2026-07-02T00:00:00", "-5"), "whole number of Wh"),
        ({}, ("2026-07-02T00:00:00", ""), "whole number of Wh"),
        ({}, ("2026-03-29T02:30:00", "5"), "impossible"),
        ({}, ("02/07/2026", "5"), "impossible"),
        ({"prm": "123"}, ("2026-07-02T00:00:00", "5"), "14 digits"),
        ({"unit": "kWh"}, ("2026-07-02T00:00:00", "5"), "unit"),
        ({"direction": ""}, ("2026-07-02T00:00:00", "5"), "direction"),
        ({"calendar": "X"}, ("2026-07-02T00:00:00", "5"), "calendar"),
        ({"tariff_class": ""}, ("2026-07-02T00:00:00", "5"), "tariff class"),
    ],
)
def test_what_is_no_index_is_rejected_with_its_line(
    changed: dict[str, str], value: tuple[str, str], reason: str
) -> None:
    (document,) = parse(r171([r171_series([value], **changed)]))

    assert document.indexes.is_empty()
    assert document.record_count == 1
    assert reason in document.rejected[0].reason
    assert document.rejected[0].position.startswith("line 6")


def test_a_doctype_is_refused_before_any_entity_is_read() -> None:
    content = r171([r171_series([("2026-07-02T00:00:00", "&index;")])])
    doctype = b'?>\n<!DOCTYPE a [<!ENTITY index "9">]>'

    with pytest.raises(FileMalformed, match="DOCTYPE"):
        parse(content.replace(b"?>\n", doctype))
