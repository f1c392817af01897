"""R4x: XML of C1–C4 and P1–P3 points, stamps of the start of the interval with an offset."""

import pytest

from services.ingest.formats import Parsed, parse
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    r4x,
    r4x_body,
    r4x_curve,
    r4x_of,
    r4x_point,
    starts,
    utc,
)

STAMP = "2026-07-01T00:10:00+02:00"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "R4x XML"
    return parsed


def test_a_point_becomes_a_reading_that_starts_at_its_stamp() -> None:
    parsed = _only(r4x_of([r4x_point(STAMP, "28")]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:10"),
            "step_min": 10,
            "power_w": 28_000,
            "nature": "measured",
            "doubtful": False,
            "position": f"line 9, PRM {PRM}/{STAMP}",
        }
    ]


@pytest.mark.parametrize(
    ("unit", "value", "power_w"),
    [("kW", "28", 28_000), ("W", "28", 28), ("kw", "0,5", 500), ("kW", "0.478", 478)],
)
def test_kilowatts_and_watts_are_whole_watts(unit: str, value: str, power_w: int) -> None:
    parsed = _only(r4x([r4x_body([r4x_curve([r4x_point(STAMP, value)], unit=unit)])]))

    assert parsed.readings["power_w"].to_list() == [power_w]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            {"physical": f"EA{' ' * 300}x"},
            "not active power: only PA or EA, in W or kW, is a reading",
        ),
        ({"unit": f"kW{' ' * 300}h"}, "not active power: only PA or EA, in W or kW, is a reading"),
        ({"step": f"10{' ' * 300}0"}, "the step is not 5, 10, 15, 30 or 60 minutes"),
    ],
)
def test_what_is_said_at_length_is_not_read_in_part(said: dict[str, str], reason: str) -> None:
    parsed = _only(r4x([r4x_body([r4x_curve([r4x_point(STAMP)], **said)])]))

    (rejected,) = parsed.rejected
    assert rejected.reason.startswith(reason)


@pytest.mark.parametrize("prm", [PRM + " " * 300 + "x", " " * 300 + PRM])
def test_a_prm_is_read_as_a_whole(prm: str) -> None:
    parsed = _only(r4x([r4x_body([r4x_curve([r4x_point(STAMP)])], prm=prm)]))

    assert len(parsed.rejected) == prm.endswith("x")


def test_each_curve_has_its_own_step_and_direction() -> None:
    curves = [
        r4x_curve([r4x_point("2026-07-01T00:05:00+02:00", "1")], step="5", direction="PROD"),
        r4x_curve([r4x_point("2026-07-01T00:10:00+02:00", "2")], step="10"),
        r4x_curve([r4x_point("2026-07-01T00:30:00+02:00", "3")], step="30"),
    ]

    readings = _only(r4x([r4x_body(curves)])).readings

    assert readings.select("direction", "step_min", "power_w").rows() == [
        ("production", 5, 1_000),
        ("consumption", 10, 2_000),
        ("consumption", 30, 3_000),
    ]
    assert starts(readings) == [
        utc("2026-06-30T22:05"),
        utc("2026-06-30T22:10"),
        utc("2026-06-30T22:30"),
    ]


def test_several_points_keep_their_own_values() -> None:
    bodies = [
        r4x_body([r4x_curve([r4x_point(STAMP, "1")])]),
        r4x_body([r4x_curve([r4x_point(STAMP, "2")])], prm=OTHER_PRM),
    ]

    for content in (r4x(bodies), r4x(bodies).replace(b"</Corps><Corps>", b"")):
        readings = _only(content).readings

        assert readings.select("prm", "power_w").rows() == [(PRM, 1_000), (OTHER_PRM, 2_000)]


@pytest.mark.parametrize(
    ("letters", "nature"),
    [("RKD", "measured"), ("C", "corrected"), ("EHP", "estimated"), ("STFG", "outage")],
)
def test_a_status_says_how_the_value_came_to_be(letters: str, nature: str) -> None:
    parsed = _only(r4x_of(r4x_point(STAMP, "0", letter) for letter in letters))

    assert parsed.readings["nature"].to_list() == [nature] * len(letters)
    assert parsed.rejected == ()


@pytest.mark.parametrize("publication", ["Corrigee", "Corrigée", "CORRIGEE"])
def test_without_a_status_a_value_is_what_its_publication_is(publication: str) -> None:
    points = [
        r4x_point(STAMP, letter=None),
        r4x_point(STAMP, letter="R"),
        r4x_point(STAMP, "1", ""),
    ]
    body = r4x_body([r4x_curve(points)])

    raw, corrected = _only(r4x([body])), _only(r4x([body], publication=publication))

    assert raw.readings["nature"].to_list() == ["measured"] * 3
    assert corrected.readings["nature"].to_list() == ["corrected", "measured", "corrected"]


@pytest.mark.parametrize("letter", ["R", "S", "", None])
def test_a_point_without_a_value_is_missing(letter: str | None) -> None:
    points = [r4x_point(STAMP, None, letter), r4x_point("2026-07-01T00:20:00+02:00", "", letter)]

    readings = _only(r4x_of(points)).readings

    assert readings["power_w"].to_list() == [None, None]
    assert readings["nature"].unique().to_list() == ["missing"]


def test_an_absent_point_leaves_the_others_where_they_are() -> None:
    stamps = [f"2026-07-01T00:{minute}:00+02:00" for minute in ("00", "10", "40", "50")]

    readings = _only(r4x_of(map(r4x_point, stamps))).readings

    assert [start.minute for start in starts(readings)] == [0, 10, 40, 50]
    assert readings["step_min"].unique().to_list() == [10]


@pytest.mark.parametrize(
    ("physical", "unit"), [("ERC", "kWr"), ("ERI", "kVAr"), ("E", "V"), (" eri ", "")]
)
def test_reactive_energy_and_voltage_are_passed_over(physical: str, unit: str) -> None:
    other = r4x_curve([r4x_point(STAMP, "230")] * 3, physical=physical, unit=unit)

    parsed = _only(r4x([r4x_body([other, r4x_curve([r4x_point(STAMP, "7")]), other])]))

    assert parsed.readings["power_w"].to_list() == [7_000]
    assert parsed.rejected == ()
    assert parsed.record_count == 1


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (r4x_point(STAMP, "0.4785"), "not in whole watts"),
        (r4x_point(STAMP, "-1"), "negative"),
        (r4x_point(STAMP, "many"), "not a number"),
        (r4x_point(STAMP, "9" * 30), "above 1,000,000,000 W"),
        (r4x_point(STAMP, "1", "X"), "nature"),
        (r4x_point(STAMP, None, "X"), "nature"),
        (r4x_point("2026-07-01T00:10:00"), "not a date and time"),
        (r4x_point("2026-02-30T00:10:00+01:00"), "not a date and time"),
        ('<Donnees_Point_Mesure Valeur_Point="3"/>', "not a date and time"),
        (r4x_point("2026-07-01T00:05:00+02:00"), "whole number of steps"),
    ],
)
def test_a_point_that_is_no_reading_is_rejected_with_its_line_point_and_stamp(
    point: str, reason: str
) -> None:
    parsed = _only(r4x_of([f"{r4x_point(STAMP)}\n", point]))

    (rejected,) = parsed.rejected
    assert rejected.position.startswith(f"line 10, PRM {PRM}/")
    assert reason in rejected.reason
    assert rejected.record.startswith("<Donnees_Point_Mesure Horodatage=")
    assert parsed.record_count == 2


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"physical": "PMA"}, "not active power"),
        ({"physical": ""}, "not active power"),
        ({"unit": "kVAr"}, "not active power"),
        ({"direction": "STOC"}, "direction"),
        ({"step": "20"}, "step"),
        ({"step": ""}, "step"),
    ],
)
def test_a_heading_that_is_wrong_rejects_its_points_only(
    changed: dict[str, str], reason: str
) -> None:
    wrong = r4x_curve([r4x_point(STAMP), r4x_point(STAMP)], **changed)

    parsed = _only(r4x([r4x_body([wrong, r4x_curve([r4x_point(STAMP)])])]))

    assert [reason in rejected.reason for rejected in parsed.rejected] == [True, True]
    assert parsed.readings.height == 1


@pytest.mark.parametrize("prm", ["12", "", "9900000000001a"])
def test_a_malformed_prm_rejects_its_points(prm: str) -> None:
    other = r4x_body([r4x_curve([r4x_point(STAMP)])])

    parsed = _only(r4x([other, r4x_body([r4x_curve([r4x_point(STAMP)])], prm=prm), other]))

    assert ["14 digits" in rejected.reason for rejected in parsed.rejected] == [True]
    assert parsed.readings["prm"].to_list() == [PRM, PRM]


def test_a_body_without_a_prm_does_not_take_the_one_before() -> None:
    body = r4x_body([r4x_curve([r4x_point(STAMP)])])
    nameless = body.replace(f"<Identifiant_PRM>{PRM}</Identifiant_PRM>", "")

    parsed = _only(r4x([body, nameless]))

    assert parsed.readings.height == 1
    assert "14 digits" in parsed.rejected[0].reason


def test_a_point_outside_its_place_is_not_lost() -> None:
    stray = r4x_point(STAMP).encode()
    content = r4x_of([r4x_point(STAMP)]).replace(b"</Corps>", stray + b"</Corps>")
    content = content.replace(b"</Courbe>", stray + b"</Courbe>")

    parsed = _only(content)

    assert parsed.readings.height == 1
    assert len(parsed.rejected) == 2


def test_unknown_elements_and_attributes_change_nothing() -> None:
    content = r4x_of([r4x_point(STAMP), r4x_point("2026-07-01T00:20:00+02:00", "7", "E")])
    extended = (
        content.replace(b"<Corps>", b'<Version v="2"><a>1</a></Version><Corps><Site>Mairie</Site>')
        .replace(b"<Granularite>", b"<Etape>BRUT</Etape><Granularite>")
        .replace(b" Statut_Point", b' Indice="0" Statut_Point')
        .replace(b"></Donnees_Point_Mesure>", b"><Note>x</Note></Donnees_Point_Mesure>")
    )

    assert _only(extended).readings.equals(_only(content).readings)


def test_the_order_of_points_and_of_their_heading_does_not_matter() -> None:
    points = [r4x_point(f"2026-07-01T{hour:02}:10:00+02:00", str(hour)) for hour in range(24)]
    ordered = _only(r4x_of(points)).readings
    points = points[1::2] + points[-2::-2]
    heading = b"<Granularite>10</Granularite>\n"
    shuffled = r4x_of(points).replace(heading, b"\n")
    shuffled = shuffled.replace(b"</Donnees_Courbe>", heading + b"</Donnees_Courbe>")

    readings = _only(shuffled).readings.sort("start")

    assert readings.drop("position").equals(ordered.drop("position"))


def test_a_namespace_and_a_byte_order_mark_are_understood() -> None:
    content = r4x_of([r4x_point(STAMP)]).replace(b"<Courbe>", b'<Courbe xmlns="urn:r4x">')

    assert _only(b"\xef\xbb\xbf" + content).readings.height == 1


def test_another_encoding_that_the_file_states_is_understood() -> None:
    text = r4x([r4x_body([r4x_curve([r4x_point(STAMP)])])], publication="Corrigée").decode()

    content = text.replace("UTF-8", "ISO-8859-1").replace('"R"', '""').encode("latin-1")

    assert _only(content).readings["nature"].to_list() == ["corrected"]
