"""Coefficients that are set before their month, through the API."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from libs.common.calendar import Month
from libs.common.events.allocation import SettlementClosed
from libs.common.ports import free_port
from services.allocation.main import service
from services.allocation.store.kept_reconciliations import hash_inputs
from tests.allocation.dso import SHARED, curve, results_of_day
from tests.allocation.test_key_coefficients import file_of, halves
from tests.allocation.world import CONSUMPTION as CONSUMING
from tests.allocation.world import DAY, MONTH, OCTOBER, Allocation, Coop, Point, get_json
from tests.support.alone import alone
from tests.support.auditing import audit_lines
from tests.support.clock import SetClock
from tests.support.ids import new_prm
from tests.support.platform import world_scope

BEFORE = {
    "regime": "before_the_month",
    "deposit_days": 15,
    "without_deposit": "default_key",
    "automatic_deposit_days": None,
}
DEPOSIT = {"basis": "deposit", "month": MONTH, "number": 1}
DEFAULT = {"basis": "default_key", "month": None, "number": None}


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """In September 2026: the last day for the coefficients of October is the 16th."""
    clock = SetClock(datetime(2026, 9, 10, 8, tzinfo=UTC))
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(service, database_url, clock, pvgis_url=silent_url) as service_alone:
        yield Allocation(**vars(service_alone))


@pytest.fixture
async def before(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op with a dynamic key, that sets its coefficients before the month from October on."""
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, MONTH, **BEFORE)
    return coop


async def choose(client: httpx.AsyncClient, coop: Coop, month: str, **choice: object) -> None:
    answer = await client.put(f"{coop.url}/coefficient-regimes/{month}", json=choice)
    assert answer.status_code == 200, answer.text


def url(coop: Coop, month: str = MONTH) -> str:
    return f"{coop.url}/coefficient-deposits/{month}"


async def send_file(
    client: httpx.AsyncClient, coop: Coop, file: str, month: str = MONTH
) -> httpx.Response:
    headers = {"Content-Type": "text/plain"}
    return await client.post(f"{url(coop, month)}/file", content=file.encode(), headers=headers)


async def send_rules(
    client: httpx.AsyncClient, coop: Coop, month: str = MONTH, **rules: object
) -> httpx.Response:
    return await client.post(f"{url(coop, month)}/rules", json={"rules": rules})


async def listed(client: httpx.AsyncClient, coop: Coop, month: str = MONTH) -> Any:  # noqa: ANN401
    return await get_json(client, f"{coop.url}/coefficient-deposits?month={month}")


async def received(client: httpx.AsyncClient, coop: Coop, day: date = DAY) -> dict[str, int]:
    shares = await coop.shares(client, by="day")
    return {
        share["consumer"]: share["energy_wmin"]
        for share in shares
        if share["day"] == day.isoformat()
    }


async def test_what_is_deposited_settles_and_no_correction_changes_a_coefficient(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    answer = await send_file(operator, coop, file_of(halves(coop)))
    assert answer.status_code == 201, answer.text
    await allocation.tell(*(coop.readings(day, roof=901) for day in OCTOBER))

    # 45 % of 27,030 is 12,163.5: Anna is full at 12,000. 55 % is 14,866.5.
    shared = {coop.anna_home: 12_000 * 48, coop.bruno_home: 14_866 * 48}
    assert await received(operator, coop) == shared
    settlement = (await coop.close(operator)).json()
    assert settlement["inputs"]["bases"] == {day.isoformat(): DEPOSIT for day in OCTOBER}
    closed = await allocation.published(SettlementClosed, coop.operation_id)
    assert [key.kind for key in closed[-1].keys] == ["dynamic"]

    # Anna used 500 W: the roof's 901 W are shared by the same 45 %.
    await allocation.tell(coop.readings(roof=901, anna=500, revision=2))

    assert (await received(operator, coop))[coop.anna_home] == 12_163 * 48
    assert (await received(operator, coop))[coop.bruno_home] == 14_866 * 48
    first, second = await coop.settlements(operator)
    assert not second["outdated"]
    for head in (first, second):
        path = f"/allocation/settlements/{coop.operation_id}/{MONTH}/{head['number']}"
        assert (await get_json(operator, f"{path}/verification"))["matches"]


async def test_rules_by_calendar_make_the_file_that_the_dso_gets(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    carla, home = coop.anna, new_prm()
    joiner = Point(home, CONSUMING, carla, valid_from=date(2026, 10, 13))
    await allocation.tell(coop.perimeter([*coop.points, joiner], revision=2))

    answer = await send_rules(
        operator,
        coop,
        shares={coop.anna_home: "0.333333", home: "0.5"},
        schedules=[
            {
                "days": ["working_day"],
                "hours": [["08:00", "18:00"]],
                "shares": {coop.bruno_home: "1"},
            }
        ],
    )

    deposit = answer.json()
    assert answer.status_code == 201, answer.text
    assert deposit["name"] == f"{coop.operation_id}_30_01102026_31102026.txt"
    file = await operator.get(f"{url(coop)}/1/file")
    assert file.headers["content-type"].startswith("text/plain")
    header, *rows = file.text.split("\r\n")
    order = sorted([coop.anna_home, coop.bruno_home, home])
    assert header == ";".join(["Horodate", *order])
    table = {row[:16]: dict(zip(order, row.split(";")[1:], strict=True)) for row in rows if row}
    assert table["12/10/2026 07:30"] == {
        coop.anna_home: "33,33",
        coop.bruno_home: "0,00",
        home: "0,00",
    }
    assert table["12/10/2026 08:00"] == {
        coop.anna_home: "0,00",
        coop.bruno_home: "100,00",
        home: "0,00",
    }
    assert table["17/10/2026 08:00"] == {
        coop.anna_home: "33,33",
        coop.bruno_home: "0,00",
        home: "50,00",
    }
    assert len(rows) == 31 * 48 + 2 + 1  # the hour that comes twice, and the end of the file
    assert await get_json(operator, f"{url(coop)}/1") == deposit
    bounds = {
        consumer["prm"]: (consumer["least"], consumer["most"]) for consumer in deposit["consumers"]
    }
    assert bounds == {
        coop.anna_home: ("0", "0.3333"),
        coop.bruno_home: ("0", "1"),
        home: ("0", "0.5"),
    }
    # 22 working days of 10 hours, of 31 days of which one has 25 hours.
    means = {consumer["prm"]: consumer["mean"] for consumer in deposit["consumers"]}
    assert means[coop.bruno_home] == format(Decimal(220_000_000_000 // 745).scaleb(-9), "f")
    (line,) = await audit_lines(
        operator,
        "allocation",
        entity="coefficient_deposit",
        entity_id=f"{coop.operation_id}/{MONTH}/1",
    )
    assert (line["after"]["sha256"], line["subject"]) == (deposit["sha256"], "operator")


async def test_the_last_deposit_counts_and_the_same_file_is_no_new_one(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    first = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})
    again = await send_file(operator, coop, file_of({coop.anna_home: "50", coop.bruno_home: "0"}))
    other = await send_rules(operator, coop, shares={coop.anna_home: "0.4"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 201)
    assert (again.json()["number"], other.json()["number"]) == (1, 2)
    months = await listed(operator, coop)
    assert [deposit["number"] for deposit in months["deposits"]] == [1, 2]
    assert months["last_day"] == "2026-09-16"
    assert months["shares_by"] == [
        {"first_day": "2026-10-01", "last_day": "2026-10-31", "basis": DEPOSIT | {"number": 2}}
    ]


async def test_no_deposit_ever_changes(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    assert (await send_rules(operator, before, shares={before.anna_home: "0.5"})).is_success
    for change in (
        "UPDATE coefficient_deposit SET name = 'other'",
        "DELETE FROM coefficient_deposit",
        "UPDATE deposited_coefficient SET step_min = 5",
    ):
        with pytest.raises(IntegrityError, match="deposits never change"):
            await allocation.change(change)


async def test_a_month_without_a_deposit_is_shared_by_what_the_operation_chose(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    november = date(2026, 11, 9)  # a Monday, as the last one of October
    await allocation.tell(coop.readings(), coop.readings(november))
    # 27,000 for 36,000: a quarter of what each consumes is missing.
    assert await received(operator, coop) == {
        coop.anna_home: 9_000 * 48,
        coop.bruno_home: 18_000 * 48,
    }
    (basis,) = (await listed(operator, coop))["shares_by"]
    assert basis["basis"] == DEFAULT

    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.1"})).is_success
    await choose(operator, coop, "2026-11", **BEFORE | {"without_deposit": "last_deposit"})
    await allocation.settle()

    answer = await operator.get(f"{coop.url}/shares", params={"month": "2026-11", "by": "day"})
    assert {share["consumer"]: share["energy_wmin"] for share in answer.json()} == {
        coop.anna_home: 2_700 * 48
    }
    (basis,) = (await listed(operator, coop, "2026-11"))["shares_by"]
    assert basis["basis"] == {"basis": "last_deposit", "month": MONTH, "number": 1}


async def test_a_key_that_the_dso_applies_by_itself_goes_on_and_takes_no_deposit(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="static", shares={coop.anna_home: "0.2"}, redistribute=False)
    await choose(operator, coop, MONTH, **BEFORE)
    await allocation.tell(coop.readings())

    assert await received(operator, coop) == {coop.anna_home: 5_400 * 48}
    refused = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})
    assert refused.json()["type"] == "/problems/coefficients-not-needed"
    assert [days["basis"] for days in (await listed(operator, coop))["shares_by"]] == [None]


async def test_the_regime_changes_on_the_first_day_of_its_month(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    eve, first = date(2026, 10, 31), date(2026, 11, 1)
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await allocation.tell(coop.readings(eve), coop.readings(first))
    by_key = {coop.bruno_home: 24_000, coop.anna_home: 3_000}
    choice = BEFORE | {"regime": "before_the_month"}

    await choose(operator, coop, "2026-11", **choice)
    assert (await send_rules(operator, coop, "2026-11", shares={coop.anna_home: "0.3"})).is_success
    await choose(operator, coop, "2026-11", **choice | {"without_deposit": "last_deposit"})
    await allocation.settle()

    assert await received(operator, coop, eve) == {prm: wmin * 48 for prm, wmin in by_key.items()}
    answer = await operator.get(f"{coop.url}/shares", params={"month": "2026-11", "by": "day"})
    assert [share["energy_wmin"] for share in answer.json()] == [8_100 * 48]
    days = await coop.days(operator)
    assert days[eve.isoformat()]["revision"] == 1


async def test_the_regime_changes_back_on_the_first_day_of_its_month(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    eve, first = date(2026, 10, 31), date(2026, 11, 1)
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await choose(operator, coop, MONTH, **BEFORE)
    for month in (MONTH, "2026-11"):
        answer = await send_rules(operator, coop, month, shares={coop.anna_home: "0.3"})
        assert answer.is_success, answer.text

    await choose(operator, coop, "2026-11", **BEFORE | {"regime": "after_the_month"})
    await allocation.tell(coop.readings(eve), coop.readings(first))

    assert await received(operator, coop, eve) == {coop.anna_home: 8_100 * 48}
    answer = await operator.get(f"{coop.url}/shares", params={"month": "2026-11", "by": "day"})
    assert {share["consumer"]: share["energy_wmin"] for share in answer.json()} == {
        coop.bruno_home: 24_000 * 48,
        coop.anna_home: 3_000 * 48,
    }


async def test_no_coefficients_are_made_after_such_a_month(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    await allocation.tell(*coop.month_of_readings())
    for number in (None, 1):
        for path in ("coefficients", "coefficients/report"):
            refused = await operator.get(f"{coop.url}/{path}", params={"month": MONTH})
            assert refused.status_code == 409
            assert refused.json()["type"] == "/problems/coefficients-set-before"
            assert refused.json()["deposit"] == number
        assert (await send_rules(operator, coop, shares={coop.anna_home: "0.1"})).is_success
    sent = await operator.get(f"{coop.url}/coefficients/submissions", params={"month": MONTH})
    assert sent.json() == []


@pytest.mark.parametrize(
    ("month", "share", "refusal"),
    [
        ("2026-09", "0.5", "409 deposit-not-taken"),
        ("2026-10", "1.5", "409 key-invalid"),
        ("2026-10", "half", "422 key-invalid"),
        ("2026-13", "0.5", "422 month-malformed"),
    ],
)
async def test_what_cannot_be_deposited_is_refused(
    operator: httpx.AsyncClient, before: Coop, month: str, share: str, refusal: str
) -> None:
    answer = await send_rules(operator, before, month, shares={before.anna_home: share})

    slug = answer.json()["type"].removeprefix("/problems/")
    assert f"{answer.status_code} {slug}" == refusal


async def test_a_deposit_fits_the_month_the_dso_and_the_points(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    stranger = await send_rules(operator, before, shares={new_prm(): "0.5"})
    fine = await send_file(operator, before, file_of({before.anna_home: "33,333"}))
    other_month = await send_file(
        operator, before, file_of({before.anna_home: "33,33"}, month="2026-11")
    )

    assert stranger.json()["type"] == "/problems/coefficients-unfit"
    assert fine.json()["detail"].startswith("The DSO takes percentages with 2 decimals")
    assert other_month.json()["type"] == "/problems/coefficient-file-refused"
    assert (await operator.get(f"{url(before)}/1")).status_code == 404


async def test_nobody_else_has_a_column_not_even_of_zeros(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    coop, stranger = before, new_prm()
    night = {"hours": [["00:00", "06:00"]], "shares": {stranger: "0"}}

    by_rules = await send_rules(operator, coop, shares={coop.anna_home: "0.5"}, schedules=[night])
    by_file = await send_file(operator, coop, file_of(halves(coop) | {stranger: "0"}))

    for refused in (by_rules, by_file):
        assert refused.json()["type"] == "/problems/coefficients-unfit"
        assert refused.json()["prms"] == [stranger]


async def test_a_file_has_the_step_that_the_dso_takes_and_a_column_for_each_consumer(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    hourly = await send_file(operator, coop, file_of(halves(coop), step_min=60))
    alone = await send_file(operator, coop, file_of({coop.anna_home: "50"}))

    assert hourly.json()["type"] == "/problems/coefficient-step-unfit"
    assert alone.status_code == 201, alone.text
    header = (await operator.get(f"{url(coop)}/1/file")).text.split("\r\n")[0]
    assert header == ";".join(["Horodate", *sorted([coop.anna_home, coop.bruno_home])])


async def test_a_month_that_takes_no_deposit_is_told_before_the_file_is_read(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    refused = await send_file(operator, coop, "no such file")

    assert refused.json()["type"] == "/problems/deposit-not-taken"


@pytest.mark.parametrize(
    ("shared_wmin", "name"),
    [
        ((2_700, 0), "deposit 1 of 2026-11"),
        ((5_400, 0), f"deposit 1 of {MONTH}"),
        ((3_000, 24_000), "the key in force"),
        ((9_000, 18_000), "default_dynamic"),
    ],
)
async def test_what_the_dso_may_have_applied_in_place_of_the_deposit_is_recognised(
    allocation: Allocation,
    operator: httpx.AsyncClient,
    before: Coop,
    shared_wmin: tuple[int, int],
    name: str,
) -> None:
    coop, month, day = before, "2026-11", date(2026, 11, 9)
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    for deposit_month, share in ((MONTH, "0.2"), (month, "0.1"), (month, "0.3")):
        answer = await send_rules(operator, coop, deposit_month, shares={coop.anna_home: share})
        assert answer.is_success, answer.text
    await allocation.tell(coop.readings(day))
    homes = (coop.anna_home, coop.bruno_home)
    curves = [
        curve(prm, SHARED, wmin, day=day) for prm, wmin in zip(homes, shared_wmin, strict=True)
    ]
    await allocation.tell(results_of_day(coop, curves, day=day))

    comparison = await get_json(operator, f"{coop.url}/reconciliation?month={month}")

    assert {finding["evidence"] for finding in comparison["findings"]} == {
        f"the DSO's split is that of {name}"
    }


async def test_a_choice_and_a_deposit_make_another_reconciliation(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop, month = before, Month.parse(MONTH)
    hashes = []
    for change in (
        None,
        choose(operator, coop, MONTH, **BEFORE | {"without_deposit": "last_deposit"}),
        send_rules(operator, coop, shares={coop.anna_home: "0.5"}),
    ):
        if change is not None:
            await change
        platform = allocation.platform
        async with platform.database("allocation") as database, database.transaction() as session:
            hashes.append(await hash_inputs(session, coop.operation_id, month))

    assert len(set(hashes)) == 3


async def test_none_is_taken_after_the_last_day(operator: httpx.AsyncClient, before: Coop) -> None:
    coop = before
    await choose(operator, coop, MONTH, **BEFORE | {"deposit_days": 22})

    late = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})

    assert late.json()["type"] == "/problems/deposit-late"
    assert late.json()["last_day"] == "2026-09-09"


async def test_after_the_last_day_nobody_gives_the_month_another(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    coop, later = before, BEFORE | {"deposit_days": 0}
    await choose(operator, coop, MONTH, **BEFORE | {"deposit_days": 22})

    refused = await operator.put(f"{coop.url}/coefficient-regimes/{MONTH}", json=later)

    assert refused.json()["type"] == "/problems/regime-too-late"
    assert refused.json()["first_month"] == "2026-11"
    await choose(operator, coop, "2026-11", **later)
    late = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})
    assert late.json()["type"] == "/problems/deposit-late"


async def test_coefficients_by_producer_cannot_be_deposited_yet(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="full_dynamic")
    await choose(operator, coop, MONTH, **BEFORE)

    refused = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})

    assert refused.json()["type"] == "/problems/deposit-not-taken"


@pytest.mark.parametrize(
    ("key_type", "redistribute"),
    [
        ("default_dynamic", None),
        ("static", False),
        ("static", True),
        ("priority", None),
        ("dynamic", None),
        ("full_dynamic", None),
    ],
)
async def test_what_takes_deposits_is_told(
    operator: httpx.AsyncClient, coop: Coop, *, key_type: str, redistribute: bool | None
) -> None:
    details: dict[str, Any] = {
        "static": {"shares": {coop.anna_home: "0.2"}, "redistribute": redistribute},
        "priority": {"ranks": [[coop.anna_home]]},
    }
    await coop.set_key(operator, type=key_type, **details.get(key_type, {}))
    await choose(operator, coop, MONTH, **BEFORE)
    regimes = await get_json(operator, f"{coop.url}/coefficient-regimes?month={MONTH}")
    (application,) = (
        entry
        for entry in regimes["applications"]
        if (entry["key_type"], entry["redistribute"]) == (key_type, redistribute)
    )

    answer = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})

    assert application["takes_deposits"] == answer.is_success


async def test_only_who_runs_the_operation_deposits_and_reads(
    allocation: Allocation, before: Coop
) -> None:
    coop = before
    rules = {coop.anna_home: "0.5"}
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await send_rules(organiser, coop, shares=rules)).status_code == 201
    async with allocation.client("organiser", operations=["ACC00000000"]) as stranger:
        assert (await send_rules(stranger, coop, shares=rules)).status_code == 403
        assert (await send_file(stranger, coop, file_of(halves(coop)))).status_code == 403
        for path in (f"{coop.url}/coefficient-deposits?month={MONTH}", f"{url(coop)}/1"):
            assert (await stranger.get(path)).status_code == 403
        assert (await stranger.get(f"{url(coop)}/1/file")).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as member:
        assert (await member.get(f"{url(coop)}/1/file")).status_code == 403


async def test_a_member_is_told_in_words_and_by_the_arithmetic_of_the_law(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before
    assert (await send_file(operator, coop, file_of(halves(coop)))).is_success
    await allocation.tell(coop.readings(roof=901))
    params = {"day": DAY.isoformat(), "prm": coop.bruno_home}

    async with allocation.client("member", member_id=str(coop.bruno)) as member:
        answer = await member.get(f"{coop.url}/explanations", params=params)

    explanation = answer.json()
    assert explanation["basis"]["number"] == 1
    assert explanation["basis"]["summary"].startswith(
        "The coefficients of October 2026 were deposited before the month: deposit 1. Each consumer"
    )
    assert {step["share_wmin"] for step in explanation["consumer"]["steps"]} == {14_866}
    everything = await operator.get(f"{coop.url}/explanations", params=params)
    step = everything.json()["consumer"]["steps"][0]
    assert (step["coefficient"], step["offered_wmin"]) == ("0.55", 14_866)
    assert step["production_wmin"] == 27_030
