"""Answers of the ACC API in their envelope, in the shapes that we assume."""

import io
import json
from datetime import UTC, date, datetime

import pytest

from services.ingest.formats import check_supported, parse
from services.ingest.formats.acc import envelope as acc_envelope
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from tests.ingest.formats.files import PRM, day_starts, utc
from tests.ingest.formats.result_files import (
    OPERATION,
    ROOF,
    curves_of,
    energies_of,
    enveloped,
    perimeter_of,
)
from tests.support.curves import MARCH_DAY, OCTOBER_DAY, SUMMER_DAY


@pytest.mark.parametrize("resource", ["definitive_load_curves", "provisional_load_curves"])
@pytest.mark.parametrize("day", [SUMMER_DAY, MARCH_DAY, OCTOBER_DAY])
def test_curves_have_their_values_and_the_resource_tells_whether_they_stay(
    resource: str, day: str
) -> None:
    body = [
        curves_of(day, {"cons": 478, "autocons": 200, "complement": 278}),
        curves_of(day, {"prod": 900, "autocons": 200, "surplus": 700}, prm=ROOF, side="prod_id"),
    ]

    (parsed,) = parse(enveloped(resource, body))

    values = parsed.result_values
    assert (parsed.format, parsed.rejected) == (f"ACC API {resource}", ())
    assert parsed.published_at == datetime(2026, 11, 6, 5, 12, tzinfo=UTC)
    assert set(values["definitive"]) == {resource.startswith("definitive")}
    assert set(values["operation_id"]) == {OPERATION}
    assert set(values.select("prm", "direction", "quantity", "energy_wmin").iter_rows()) == {
        (PRM, "consumption", "consumption", 14_340),
        (PRM, "consumption", "self_consumed", 6_000),
        (PRM, "consumption", "complement", 8_340),
        (ROOF, "production", "production", 27_000),
        (ROOF, "production", "self_consumed", 6_000),
        (ROOF, "production", "surplus", 21_000),
    }
    first = values.filter(values["quantity"] == "production")["start"].to_list()
    assert first == [start.astimezone(UTC) for start in day_starts(day)]


def test_energies_are_of_a_month_by_tariff_class() -> None:
    body = {"cons": {"HPB": 12.5, "HCB": 10}, "autocons": {"HPB": 2e0, "HCB": 1}}

    (parsed,) = parse(enveloped("definitive_active_energy", energies_of(body)))

    energies = parsed.result_energies
    assert parsed.rejected == ()
    assert set(energies["month"]) == {"2026-10"}
    columns = ["quantity", "tariff_class", "energy_wmin", "precision_wmin"]
    assert energies.select(columns).rows() == [
        ("consumption", "HPB", 750_000, 6_000),
        ("consumption", "HCB", 600_000, 6_000),
        ("self_consumed", "HPB", 120_000, 6_000),
        ("self_consumed", "HCB", 60_000, 6_000),
    ]


def test_of_several_calendars_that_of_the_dso_is_read() -> None:
    body = energies_of({"cons": {"P": 22.5}}, calendar="FOURN")
    other = energies_of({"cons": {"HPB": 12.5, "HCB": 10}})
    both = {**body, "quantities": [*_listed(body), *_listed(other)]}

    (parsed,) = parse(enveloped("definitive_active_energy", both))

    assert parsed.result_energies["tariff_class"].to_list() == ["HPB", "HCB"]
    assert parsed.record_count == 2


def _listed(body: object) -> list[object]:
    assert isinstance(body, dict)
    return list(body["quantities"])


def test_a_faulty_class_takes_the_others_of_its_quantity_with_it() -> None:
    body = {"cons": {"HPB": -1, "HCB": 10}, "complement": {"P": 1}}

    (parsed,) = parse(enveloped("definitive_active_energy", energies_of(body)))

    assert parsed.result_energies["quantity"].to_list() == ["complement"]
    assert [rejection.reason[:20] for rejection in parsed.rejected] == [
        "the value is negativ",
        "another class of the",
    ]


@pytest.mark.parametrize(
    ("start", "end", "month"),
    [
        ("2026-10-01", "2026-10-31", "2026-10"),
        ("2026-10-01", "2026-11-01", "2026-10"),
        ("20260930T220000Z", "20261031T230000Z", "2026-10"),
        ("2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00", "2026-10"),
        ("2026-02-01", "2026-02-28", "2026-02"),
        ("2026-10-01", "2026-10-30", None),
        ("2026-10-02", "2026-10-31", None),
        ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", None),
        ("9999-12-01", "9999-12-31", None),
        ("", "2026-10-31", None),
        ("yesterday", "", None),
    ],
)
def test_a_period_is_a_whole_month_of_local_days(start: str, end: str, month: str | None) -> None:
    body = energies_of({"cons": {"P": 1}}, start=start, end=end)

    (parsed,) = parse(enveloped("definitive_active_energy", body))

    assert parsed.result_energies["month"].to_list() == ([month] if month else [])
    assert len(parsed.rejected) == (0 if month else 1)


def test_a_body_without_dates_has_the_period_of_the_envelope() -> None:
    body = energies_of({"cons": {"P": 1}}, start="", end="")
    period = {"start": "2026-10-01", "end": "2026-10-31"}

    (parsed,) = parse(enveloped("provisional_active_energy", body, period=period))

    assert parsed.result_energies["month"].to_list() == ["2026-10"]
    assert parsed.result_energies["definitive"].to_list() == [False]


def test_a_perimeter_has_its_points_and_their_days() -> None:
    body = perimeter_of(
        [("cons_id", PRM, "2026-01-01", None), ("prod_id", ROOF, "2026-02-01", "2026-10-01")]
    )

    (parsed,) = parse(enveloped("perimeter", body))

    columns = ["operation_id", "prm", "direction", "valid_from", "valid_to"]
    assert parsed.dso_points.select(columns).rows() == [
        (OPERATION, PRM, "consumption", date(2026, 1, 1), None),
        (OPERATION, ROOF, "production", date(2026, 2, 1), date(2026, 10, 1)),
    ]


def test_participants_that_cannot_be_read_are_rejected() -> None:
    listed = [{"x": PRM}, 7, {"cons_id": "1"}, {"cons_id": PRM, "startDate": "1er mai"}]
    listed.append({"cons_id": PRM, "startDate": "2026-05-01", "endDate": "2026-05-01"})

    (parsed,) = parse(enveloped("perimeter", {"participants": listed}))

    assert parsed.dso_points.is_empty()
    assert [rejection.reason[:30] for rejection in parsed.rejected] == [
        "the PRM is not 14 digits: send",
        "the PRM is not 14 digits: send",
        "the PRM is not 14 digits: send",
        "a date is not written YYYY-MM-",
        "the participation ends before ",
    ]


def test_null_and_absent_values_are_missing_and_texts_are_no_numbers() -> None:
    points: list[object] = [
        {"date": "2026-07-01T00:00:00+02:00", "value": None},
        {"date": "2026-07-01T00:30:00+02:00"},
        {"date": "2026-07-01T01:00:00+02:00", "value": "478"},
        {"date": "2026-07-01T01:30:00+02:00", "value": "much"},
        {"date": "2026-07-01T02:00:00", "value": 1},
        {"value": float("nan"), "date": "2026-07-01T03:00:00+02:00"},
    ]
    body = {"cons_id": PRM, "unit": "W", "step": "PT30M"}
    body_of = body | {"quantities": [{"type": "cons", "points": points}]}

    (parsed,) = parse(enveloped("definitive_load_curves", body_of))

    assert parsed.result_values["energy_wmin"].to_list() == [None, None, 14_340]
    assert parsed.result_values["start"][2] == utc("2026-06-30T23:00")
    assert len(parsed.rejected) == 3


def test_points_without_values_are_noted() -> None:
    body = [curves_of(SUMMER_DAY, {"cons": 1}), {"cons_id": PRM, "courbes": []}, "what"]

    (parsed,) = parse(enveloped("definitive_load_curves", body))

    assert parsed.notes == (
        "unknown key 'courbes'",
        "2 of 3 points of the body have no value of the documented form",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"source":"enedis-acc"', "no JSON: it is damaged in line 1"),
        (b'{"source":"enedis-acc","a":' + b"[" * 200_000, "nested too deep"),
        (enveloped("perimeter", {}), "`body` has nothing of the documented form of perimeter"),
        (enveloped("definitive_load_curves", [1, None, "x"]), "`body` has nothing"),
        (enveloped("definitive_load_curves", {"quantities": 3}), "`body` has nothing"),
        (enveloped("perimeter", {}, operation="ACC1"), "`operation` is not ACC and 8 digits"),
        (b'{"source":"enedis-acc","operation":' + b"9" * 10_000 + b"}", "`operation` is not"),
    ],
    ids=["cut", "deep", "no body", "numbers", "no list", "operation", "digits"],
)
def test_an_answer_of_which_nothing_is_understood_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(FileMalformed, match=message):
        parse(content)


def test_a_resource_that_is_not_known_is_refused() -> None:
    with pytest.raises(FormatUnknown):
        parse(enveloped("invoices", {}))


def test_an_answer_beyond_the_limit_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(acc_envelope, "MAX_BYTES", 100)
    with pytest.raises(FileMalformed, match="ask the API for fewer points or days"):
        parse(enveloped("perimeter", perimeter_of([("cons_id", PRM, "2026-01-01", None)] * 2)))


def test_an_answer_without_its_envelope_is_no_known_format() -> None:
    with pytest.raises(FormatUnknown):
        check_supported(io.BytesIO(json.dumps(curves_of(SUMMER_DAY, {"cons": 1})).encode()))


def test_half_a_character_in_an_answer_is_rejected_in_words_that_can_be_kept() -> None:
    answer = enveloped("definitive_load_curves", curves_of(SUMMER_DAY, {"cons": 478}))

    (parsed,) = parse(answer.replace(b'"2026-', b'"\\ud8002026-'))

    assert parsed.result_values.is_empty()
    assert len(parsed.rejected) == 48
    "".join(rejection.record + rejection.position for rejection in parsed.rejected).encode()
