"""The calendar heat-map of completeness."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from docs.pictures.completeness import PICTURE, picture, table
from libs.common.calendar import Month
from services.ingest.domain.completeness.completeness import completeness
from services.ingest.domain.completeness.svg import completeness_svg
from tests.ingest.domain.days import PRM, days_of, letter_frame, letters
from tests.support.places import ROOT

_SVG = "{http://www.w3.org/2000/svg}"
_BLUE, _RED = "#1f5a99", "#b2352b"


def _squares(svg: str) -> dict[str, str]:
    """The colour of each square that says what it is."""
    return {
        tip.text or "": square.attrib["fill"]
        for square in ET.fromstring(svg).iter(f"{_SVG}rect")  # noqa: S314 - our own text
        if (tip := square.find(f"{_SVG}title")) is not None
    }


def _drawn(natures: str) -> tuple[str, str]:
    """The tip and the colour of a day."""
    counts = completeness(days_of(), letter_frame(letters(natures)))
    ((tip, colour),) = _squares(completeness_svg("July", [date(2026, 7, 1)], counts)).items()
    return tip, colour


def test_a_square_says_in_words_what_its_colour_shows() -> None:
    tip, _ = _drawn("m" * 40 + "e" * 3 + "i" * 2)

    assert tip == (
        f"{PRM} consumes, 2026-07-01: 40 of 48 steps received, 3 estimated by the network operator,"
        " 2 by us, 3 missing"
    )


@pytest.mark.parametrize(
    ("natures", "colour"),
    [
        ("m" * 48, _BLUE),
        ("m" * 40 + "e" * 8, _BLUE),
        ("m" * 46, "#79aede"),
        ("m" * 24, "#f5dc8c"),
        ("m", "#ec9a4c"),
        ("x" * 48, _RED),
        ("i" * 48, _RED),
    ],
)
def test_the_colour_is_the_share_that_came(natures: str, colour: str) -> None:
    assert _drawn(natures)[1] == colour


def test_a_dot_marks_our_own_estimates() -> None:
    counts = completeness(days_of(days=2), letter_frame(letters("m" * 47 + "i")))
    svg = completeness_svg("July", [date(2026, 7, 1), date(2026, 7, 2)], counts)

    # One in the calendar, one in the legend.
    assert len(ET.fromstring(svg).findall(f"{_SVG}circle")) == 2  # noqa: S314 - our own text


def test_people_who_cannot_see_it_are_told_the_sums() -> None:
    counts = completeness(days_of(days=2), letter_frame(letters("m" * 47 + "i")))
    root = ET.fromstring(completeness_svg("July", [], counts))  # noqa: S314 - our own text

    assert (root.attrib["role"], root.attrib["aria-labelledby"]) == ("img", "title desc")
    assert root.findtext(f"{_SVG}title") == "July"
    assert root.findtext(f"{_SVG}desc") == (
        "Of 96 expected steps 47 were received, 0 estimated by the network operator, 1 estimated by"
        " us, and 48 are missing."
    )


def test_an_operation_without_points_has_a_picture_too() -> None:
    svg = completeness_svg(
        "Empty", Month(2026, 7).days, completeness(days_of().clear(), letter_frame())
    )

    assert _squares(svg) == {}


def test_the_page_shows_the_picture_and_the_table_that_are_made_of_its_week() -> None:
    page = (ROOT / "docs/use/completeness.md").read_text(encoding="utf-8")

    assert PICTURE.read_text(encoding="utf-8") == picture()
    assert table() in page
