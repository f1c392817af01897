"""The yearly report of an operation, as data and as PDF."""

from dataclasses import replace
from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader

from libs.common.calendar import local_day
from libs.common.events.allocation import SettledPoint
from libs.common.ids import Direction, Prm
from tests.billing.world import KWH_WMIN, Billing, Coop, issue
from tests.support.clock import CLOCK


def _url(coop: Coop, ending: str = "") -> str:
    return f"/billing/operations/{coop.operation_id}/yearly-report{ending}"


def _point(prm: Prm, direction: Direction, metered_kwh: int, shared_kwh: int) -> SettledPoint:
    return SettledPoint(
        prm=prm,
        direction=direction,
        metered_wmin=metered_kwh * KWH_WMIN,
        shared_wmin=shared_kwh * KWH_WMIN,
    )


@pytest.fixture
async def reported(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """October is settled and invoiced: the roof made 186 kWh and shared 93 of them."""
    homes = (coop.seller_home, coop.anna_home, coop.bruno_home)
    points = [
        _point(coop.roof, Direction.PRODUCTION, 186, 93),
        *(_point(home, Direction.CONSUMPTION, 124, 31) for home in homes),
    ]
    settlement = coop.settlement(number=2).model_copy(update={"points": points})
    await billing.tell(settlement)
    await coop.price(operator)
    answer = await issue(operator, await coop.draft(operator))
    assert answer.status_code == 200, answer.text
    return coop


async def test_a_year_tells_participants_energies_rates_and_prices(
    operator: httpx.AsyncClient, reported: Coop
) -> None:
    report = (await operator.get(_url(reported), params={"year": 2026})).json()

    people = report["participants"]
    assert (people["consumers"], people["producers"]) == (3, 1)
    assert sum(people["members"].values()) == 3
    assert (people["entries"], people["exits"]) == (4, 0)
    (october,) = report["months"]
    assert (october["month"], october["settlement"], october["status"]) == (
        "2026-10",
        2,
        "provisional",
    )
    assert report["total"] == october["energies"]
    assert report["total"] == {
        "production_wmin": 186 * KWH_WMIN,
        "consumption_wmin": 372 * KWH_WMIN,
        "shared_wmin": 93 * KWH_WMIN,
        "self_consumption_rate": 0.5,
        "self_sufficiency_rate": 0.25,
    }
    assert report["missing"][:9] == [f"2026-{month:02}" for month in range(1, 10)]
    (roof,) = report["producers"]
    assert roof == {
        "producer": reported.roof,
        "energy_wmin": 62 * KWH_WMIN,
        "revenue_cents": 620,
        "fees_cents": 0,
        "mean_eur_per_kwh": "0.1000",
        "lowest_eur_per_kwh": "0.1000",
        "highest_eur_per_kwh": "0.1000",
    }


async def test_a_report_names_the_organiser_and_the_plants(
    billing: Billing, operator: httpx.AsyncClient, reported: Coop
) -> None:
    points = [
        replace(
            point,
            plant_name="Toit du lavoir" if point.prm == reported.roof else None,
            production_kind="solar" if point.prm == reported.roof else None,
            power_limit_w=36_000,
        )
        for point in reported.points
    ]
    perimeter = reported.perimeter(points, revision=2)
    await billing.tell(perimeter.model_copy(update={"organiser_name": "Les Volts d’Aurelle"}))

    report = (await operator.get(_url(reported), params={"year": 2026})).json()
    pdf = await operator.get(_url(reported, ".pdf"), params={"year": 2026})

    assert report["organiser_name"] == "Les Volts d’Aurelle"
    assert report["plants"] == [
        {"prm": reported.roof, "name": "Toit du lavoir", "kind": "solar", "power_w": 36_000}
    ]
    page = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "Organisé par Les Volts d’Aurelle" in page
    assert f"{reported.roof} Toit du lavoir solaire 36 kW" in page


async def test_what_credit_notes_take_back_is_not_sold(
    billing: Billing, operator: httpx.AsyncClient, reported: Coop
) -> None:
    await reported.revise(billing, reported.halved_wmin, number=3)
    drafts = await reported.corrections(operator)
    answer = await issue(operator, drafts, local_day(CLOCK.now()).isoformat())
    assert answer.status_code == 200, answer.text

    report = (await operator.get(_url(reported), params={"year": 2026})).json()

    (roof,) = report["producers"]
    assert (roof["energy_wmin"], roof["revenue_cents"]) == (31 * KWH_WMIN, 310)
    assert roof["mean_eur_per_kwh"] == "0.1000"


@pytest.mark.parametrize(("language", "words"), [("fr", "Bilan annuel"), ("en", "Yearly report")])
async def test_the_page_says_the_same_in_both_languages(
    operator: httpx.AsyncClient, reported: Coop, language: str, words: str
) -> None:
    query = {"year": "2026", "language": language}

    answer = await operator.get(_url(reported, ".pdf"), params=query)

    assert answer.headers["content-type"] == "application/pdf"
    page = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)
    text = page.replace("\u202f", " ").replace("\u00a0", " ")
    assert words.upper() in text.upper()
    for figure in ("93 kWh", "186 kWh", "50", "25", reported.roof):
        assert figure in text
    again = await operator.get(_url(reported, ".pdf"), params=query)
    assert again.content == answer.content


async def test_only_staff_and_the_organiser_read_it(billing: Billing, reported: Coop) -> None:
    claims = {"operations": [reported.operation_id]}
    async with billing.client("organiser", **claims) as organiser:
        own_answer = await organiser.get(_url(reported), params={"year": 2026})
    async with billing.client("organiser", operations=["ACC00000001"]) as other:
        theirs = await other.get(_url(reported), params={"year": 2026})
    async with billing.client("member", member_id=str(reported.anna)) as member:
        members = await member.get(_url(reported, ".pdf"), params={"year": 2026})

    assert [answer.status_code for answer in (own_answer, theirs, members)] == [200, 403, 403]


@pytest.mark.parametrize(("year", "status"), [(2019, 404), (2150, 404), (1999, 422)])
async def test_a_year_of_which_nothing_is_known_has_no_report(
    operator: httpx.AsyncClient, coop: Coop, year: int, status: int
) -> None:
    answer = await operator.get(_url(coop), params={"year": year})

    assert answer.status_code == status
