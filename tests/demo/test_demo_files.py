"""The demonstration files must be true DSO files with a complete, believable month."""

import csv
import io
from collections import Counter
from datetime import date, time
from decimal import Decimal
from xml.etree import ElementTree as ET

from libs.common.calendar import PARIS, Month, day_bounds, local_day, step_starts
from tests.demo.dso_curves import (
    FILES,
    STEP,
    all_names,
    centre_h,
    content,
    cooperative,
    curves,
    points,
    productions,
    read,
)

OCTOBER = Month(2026, 10)
LAST_SUMMER_DAY = date(2026, 10, 24)


def test_each_point_has_every_half_hour_of_october_once() -> None:
    starts = [start for day in OCTOBER.days for start in step_starts(day, 30)]
    assert len(starts) == 1490
    for curve in curves().values():
        assert list(curve.watts) == starts
        assert curve.records == len(starts)


def test_each_point_taking_part_is_in_one_file_of_its_operation_and_no_other_point_is() -> None:
    for operation in cooperative()["operations"]:
        expected = {(point["prm"], point["direction"]) for point in operation["participations"]}
        given = [key for name in operation["files"] for key in read(name)]
        assert Counter(given) == Counter(expected)


def test_a_file_is_listed_by_one_operation() -> None:
    listed = [
        name
        for operation in cooperative()["operations"]
        for kind in ("files", "history_files", "running_files")
        for name in operation[kind]
    ]
    assert sorted(listed) == sorted(path.name for path in FILES.rglob("*.[zg][iz]*"))


def test_each_prm_starts_with_99_so_that_it_cannot_be_a_real_one() -> None:
    assert all(len(prm) == 14 and prm.startswith("99") for prm, _ in curves())


def test_the_files_weigh_less_than_5_megabytes() -> None:
    assert sum(path.stat().st_size for path in FILES.rglob("*")) < 5_000_000


def test_the_end_of_summer_time_repeats_two_o_clock_in_the_naive_files() -> None:
    name = "ENEDIS_R63_P_CdC_M0DEMOA1_00001_20261103060512.zip"
    rows = list(csv.DictReader(io.StringIO(content(name)), delimiter=";"))[:1490]
    stamps = [row["Horodate"] for row in rows]
    assert stamps[0] == "2026-10-01 00:30:00"
    assert stamps[-1] == "2026-11-01 00:00:00"
    at = stamps.index("2026-10-25 02:00:00")
    assert [stamp[11:16] for stamp in stamps[at - 1 : at + 5]] == [
        "01:30",
        "02:00",
        "02:30",
        "02:00",
        "02:30",
        "03:00",
    ]


def test_the_panels_give_nothing_at_night() -> None:
    for watts in productions().values():
        for start, power_w in watts.items():
            clock, summer = start.astimezone(PARIS).time(), local_day(start) <= LAST_SUMMER_DAY
            # Near 44° north: up at 7:42 or later in summer time, down at 19:29 or earlier; in
            # winter time from the 25th on, up at 7:12 or later, down at 17:46 or earlier.
            dawn, dusk = (time(7, 30), time(19, 30)) if summer else (time(7, 0), time(18, 0))
            assert power_w == 0 or dawn <= clock < dusk


def test_the_panels_stay_below_their_installed_power_and_work_each_day() -> None:
    for point in points("production"):
        watts = curves()[point["prm"], "production"].watts
        assert 0.6 * point["installed_kw"] * 1000 < max(watts.values())
        assert max(watts.values()) < point["installed_kw"] * 1000
        for start, end in map(day_bounds, OCTOBER.days):
            assert any(watts[start + i * STEP] for i in range((end - start) // STEP))


def test_noon_is_an_hour_earlier_by_the_clock_once_summer_time_is_over() -> None:
    # By the clock, the 250 kWc plant's energy is centred near 13:40, then near 12:35.
    watts = curves()["99110000000010", "production"].watts
    summer = {at: w for at, w in watts.items() if local_day(at) <= LAST_SUMMER_DAY}
    winter = {at: w for at, w in watts.items() if local_day(at) > LAST_SUMMER_DAY}
    assert 13.4 < centre_h(summer) < 14
    assert 0.8 < centre_h(summer) - centre_h(winter) < 1.4


def test_homes_use_what_homes_use() -> None:
    kinds = {member["id"]: member["kind"] for member in cooperative()["members"]}
    homes = [point for point in points("consumption") if kinds[point["member_id"]] == "household"]
    assert len(homes) == 27
    for home in homes:
        watts = curves()[home["prm"], "consumption"].watts.values()
        assert 200 < sum(watts) / 2000 < 620
        assert min(watts) > 30
        assert 1000 < max(watts) < 9000


def test_no_two_points_have_the_same_curve() -> None:
    distinct = {tuple(curve.watts.values()) for curve in curves().values()}
    assert len(distinct) == len(curves())


def test_the_shares_of_a_static_key_are_for_its_consumers_and_sum_to_at_most_one() -> None:
    operation = cooperative()["operations"][1]
    shares = operation["key"]["definition"]["shares"]
    consumers = [p["prm"] for p in operation["participations"] if p["direction"] == "consumption"]
    assert sorted(shares) == sorted(consumers)
    assert all(Decimal(share) > 0 for share in shares.values())
    assert Decimal("0.99") < sum(map(Decimal, shares.values())) <= 1


def test_each_producer_has_a_price_and_each_point_a_member() -> None:
    members = {member["id"] for member in cooperative()["members"]}
    for operation in cooperative()["operations"]:
        assert {point["member_id"] for point in operation["participations"]} <= members
        assert operation["organiser_id"] == cooperative()["organiser"]["id"]
        producers = {
            point["prm"]
            for point in operation["participations"]
            if point["direction"] == "production"
        }
        priced = {price["producer"] for price in operation["price_list"]}
        assert priced in ({None}, producers)


def test_a_seller_without_vat_says_why() -> None:
    for operation in cooperative()["operations"]:
        for price in operation["price_list"]:
            assert (price["vat_mention"] is not None) == (Decimal(price["vat_rate"]) == 0)


def test_the_r50_files_have_one_block_per_local_day() -> None:
    for name in (name for name in all_names() if name.startswith("ERDF_R50")):
        for point in ET.fromstring(content(name)).iter("PRM"):  # noqa: S314 — our own file
            days = [block.findtext("Date_Releve") for block in point.iter("Donnees_Releve")]
            sizes = [len(block.findall("PDC")) for block in point.iter("Donnees_Releve")]
            assert days == [str(day) for day in OCTOBER.days]
            assert sizes == [50 if day == date(2026, 10, 25) else 48 for day in OCTOBER.days]
