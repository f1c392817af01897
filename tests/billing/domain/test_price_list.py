"""Price lists: what is read, what is refused, which price applies on a day."""

from datetime import date
from decimal import Decimal

import pytest

from libs.common.errors import Problem
from libs.common.ids import Prm
from services.billing.domain.prices.price_list import PriceEntry, PriceListOverlap, parse_price_list

ANY, OWN = Prm("99000000000091"), Prm("99000000000092")
FRANCHISE = "TVA non applicable, art. 293 B du CGI"


def _entry(**changes: object) -> dict[str, object]:
    entry = {"price_eur_per_kwh": "0.13", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return {**entry, **changes}


def test_an_entry_is_read_exactly() -> None:
    entry = _entry(
        producer=OWN, price_eur_per_kwh="0.123456", vat_rate="0", vat_mention=FRANCHISE
    ) | {"valid_to": "2026-02-01"}

    assert parse_price_list({"entries": [entry]}).entries == (
        PriceEntry(
            producer=OWN,
            price_micro_eur_per_kwh=123_456,
            vat_rate=Decimal(0),
            vat_mention=FRANCHISE,
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 2, 1),
        ),
    )


@pytest.mark.parametrize("text", ["0.1", "0.000001", "12", "0.123456"])
def test_a_price_is_written_as_it_was_read(text: str) -> None:
    (entry,) = parse_price_list({"entries": [_entry(price_eur_per_kwh=text)]}).entries

    assert entry.price_eur_per_kwh == text


def test_a_producers_own_price_beats_the_general_one_while_it_lasts() -> None:
    prices = parse_price_list(
        {
            "entries": [
                _entry(valid_to="2026-07-01"),
                _entry(producer=OWN, valid_from="2026-03-01", valid_to="2026-04-01"),
            ]
        }
    )
    general, entry = prices.entries

    def found(producer: Prm, day: date) -> PriceEntry | None:
        listed = prices.find_listed(producer, day)
        return listed.entry if listed else None

    assert found(OWN, date(2026, 2, 28)) is general
    assert found(OWN, date(2026, 3, 1)) is entry
    assert found(OWN, date(2026, 3, 31)) is entry
    assert found(OWN, date(2026, 4, 1)) is general
    assert found(ANY, date(2026, 3, 1)) is general
    assert found(ANY, date(2025, 12, 31)) is None
    assert found(ANY, date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({}, {}),
        ({"valid_to": "2026-02-02"}, {"valid_from": "2026-02-01"}),
        ({"producer": OWN}, {"producer": OWN, "valid_from": "2027-01-01"}),
    ],
)
def test_two_prices_of_one_producer_may_not_overlap(
    earlier: dict[str, object], later: dict[str, object]
) -> None:
    for entries in ([earlier, later], [later, earlier]):
        with pytest.raises(PriceListOverlap) as refusal:
            parse_price_list({"entries": [_entry(**entry) for entry in entries]})

        assert str(later.get("valid_from", "2026-01-01")) in refusal.value.detail


def test_prices_that_touch_do_not_overlap() -> None:
    entries = [_entry(valid_to="2026-02-01"), _entry(valid_from="2026-02-01"), _entry(producer=OWN)]

    assert len(parse_price_list({"entries": entries}).entries) == 3


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"price_eur_per_kwh": 0.13}, 422, "price of entry 1"),
        ({"price_eur_per_kwh": "0.1234567"}, 422, "price of entry 1"),
        ({"price_eur_per_kwh": "-0.1"}, 422, "price of entry 1"),
        ({"vat_rate": "20 %"}, 422, "VAT rate"),
        ({"vat_rate": "5.5"}, 409, "0.20"),
        ({"vat_rate": "0"}, 409, "vat_mention"),
        ({"vat_mention": ""}, 422, "vat_mention"),
        ({"valid_from": "2026-02-30"}, 422, "no such day"),
        ({"valid_from": "1 March"}, 422, "valid_from"),
        ({"valid_to": ""}, 422, "valid_to"),
        ({"valid_to": "2026-01-01"}, 409, "ends on"),
        ({"producer": ""}, 422, "producer"),
        ({"producer": "7"}, 422, "producer"),
        ({"colour": "green"}, 422, "colour"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused(
    changes: dict[str, object], status: int, words: str
) -> None:
    with pytest.raises(Problem) as refusal:
        parse_price_list({"entries": [_entry(**changes)]})

    assert (refusal.value.status, refusal.value.slug) == (status, "price-list-invalid")
    assert words in refusal.value.detail


@pytest.mark.parametrize(
    "definition",
    [[], {}, {"entries": []}, {"entries": "none"}, {"entries": [3]}, {"entries": [{}]}],
)
def test_a_price_list_of_the_wrong_shape_is_refused(definition: object) -> None:
    with pytest.raises(Problem) as refusal:
        parse_price_list(definition)

    assert refusal.value.status == 422
