"""R67: what was invoiced, by class and period."""

from datetime import date

import pytest

from services.ingest.formats import parse
from tests.ingest.formats.files import PRM, utc
from tests.ingest.formats.json_files import r67, r67_quantity

OCTOBER = ("2026-10-02", "2026-11-02")


def test_a_quantity_says_its_period_its_worth_and_when_it_was_made() -> None:
    (document,) = parse(r67([r67_quantity(*OCTOBER, 93_000, nature="C", state="A")]))

    assert document.format == "R67 JSON"
    assert document.invoiced.drop("position").rows() == [
        (
            PRM,
            "consumption",
            "D",
            "HPB",
            date(2026, 10, 2),
            date(2026, 11, 2),
            93_000,
            "regularised",
            True,
            utc("2026-11-03T04:03:10"),
        )
    ]


def test_a_regularisation_may_be_negative() -> None:
    (document,) = parse(r67([r67_quantity(*OCTOBER, -4_000)]))

    assert document.invoiced["quantity_wh"].to_list() == [-4_000]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (r67([r67_quantity(*OCTOBER, 5.5)]), "whole number"),
        (r67([r67_quantity(*OCTOBER, "9" * 5000)]), "whole number"),
        (r67([r67_quantity("2026-11-02", "2026-10-02", 5)]), "period"),
        (r67([r67_quantity("yesterday", "2026-10-02", 5)]), "period"),
        (r67([r67_quantity(*OCTOBER, 5, nature="?")]), "letters"),
        (r67([r67_quantity(*OCTOBER, 5, state="?")]), "letters"),
        (r67([r67_quantity(*OCTOBER, 5)], prm="12"), "14 digits"),
        (r67([r67_quantity(*OCTOBER, 5)], grid="?"), "grid"),
        (r67([r67_quantity(*OCTOBER, 5)], tariff_class=""), "grid"),
        (r67([r67_quantity(*OCTOBER, 5)], unit="kWh"), "unit"),
        (r67([5]), "period"),
    ],
)
def test_what_is_no_quantity_is_rejected(content: bytes, reason: str) -> None:
    (document,) = parse(content)

    assert document.invoiced.is_empty()
    assert (document.record_count, len(document.rejected)) == (1, 1)
    assert reason in document.rejected[0].reason
