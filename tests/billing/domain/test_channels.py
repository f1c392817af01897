"""Who gets which channel, and since when."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.domain import reference
from services.billing.domain.e_invoicing.channels import (
    Channel,
    Dispatch,
    Why,
    dispatch_of,
    why_due,
)
from services.billing.domain.invoices.invoices import Invoice, MemberKind
from services.billing.domain.invoices.routing import Routing, RoutingInvalid, check_routing
from services.billing.domain.taxes.issuers import (
    CompanySize,
    InvoicedBy,
    IssuerProfile,
    IssuerProfileInvalid,
    VatRegime,
    VatReturns,
)
from tests.billing.domain.test_posting import an_invoice

_SIREN = "991000019"


def profile(
    size: CompanySize | None = None,
    *,
    early: bool = False,
    regime: VatRegime = VatRegime.STANDARD,
    returns: VatReturns | None = None,
) -> IssuerProfile:
    return IssuerProfile(
        valid_from=date(2025, 1, 1),
        legal_form=None,
        share_capital_cents=None,
        siret=None,
        rcs=None,
        trade_address=None,
        vat_regime=regime,
        vat_on_debits=False,
        payment_terms_days=30,
        means_of_payment="virement",
        complaints_contact="soleils@example.org",
        invoiced_by=InvoicedBy.ISSUER,
        mandate=None,
        company_size=size,
        vat_returns=returns,
        sends_early=early,
    )


def document(kind: MemberKind, *, siren: str | None = _SIREN, day: date) -> Invoice:
    invoice = an_invoice([("0.2", 100)])
    return replace(
        invoice,
        issue_date=day,
        issuer=replace(invoice.issuer, siren="992000026"),
        customer=replace(invoice.customer, kind=kind, siren=siren),
        issuer_profile=profile(CompanySize.SMALL),
    )


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("company", date(2027, 8, 31), Dispatch(Channel.B2B, Why.NOT_YET)),
        ("company", date(2027, 9, 1), Dispatch(Channel.B2B, Why.DUE)),
        ("household", date(2027, 8, 31), Dispatch(Channel.B2C, Why.NOT_YET)),
        ("household", date(2027, 9, 1), Dispatch(Channel.B2C, Why.DUE)),
        ("public_body", date(2026, 11, 5), Dispatch(Channel.B2G, Why.DUE)),
    ],
)
def test_the_channel_is_that_of_the_customer_and_the_day_that_of_the_seller(
    kind: MemberKind, day: date, expected: Dispatch
) -> None:
    assert dispatch_of(document(kind, day=day)) == expected


def test_without_a_siren_nobody_is_in_the_directory() -> None:
    day = date(2028, 1, 1)
    company = document("company", siren=None, day=day)
    household = document("household", siren=None, day=day)
    seller = replace(household, issuer=replace(household.issuer, siren=None))

    assert dispatch_of(company) == Dispatch(Channel.B2B, Why.UNREGISTERED)
    assert dispatch_of(household) == Dispatch(Channel.B2C, Why.DUE)
    assert dispatch_of(seller) == Dispatch(Channel.B2C, Why.UNREGISTERED)


@pytest.mark.parametrize(
    ("size", "first_day"),
    [
        (CompanySize.LARGE, date(2026, 9, 1)),
        (CompanySize.INTERMEDIATE, date(2026, 9, 1)),
        (CompanySize.SMALL, date(2027, 9, 1)),
        (CompanySize.MICRO, date(2027, 9, 1)),
        (None, date(2027, 9, 1)),
    ],
)
@pytest.mark.parametrize("channel", [Channel.B2B, Channel.B2C])
def test_large_sellers_begin_a_year_before_small_ones(
    channel: Channel, size: CompanySize | None, first_day: date
) -> None:
    before = Why.NOT_YET if size else Why.SIZE_UNSTATED
    assert why_due(channel, profile(size), first_day - timedelta(days=1)) == before
    assert why_due(channel, profile(size), first_day) == Why.DUE


def test_a_seller_may_begin_earlier() -> None:
    early = profile(CompanySize.MICRO, early=True)

    assert why_due(Channel.B2B, early, date(2026, 11, 5)) == Why.CHOSEN
    assert why_due(Channel.B2B, None, date(2026, 11, 5)) == Why.SIZE_UNSTATED


@given(
    st.sampled_from(list(Channel)),
    st.sampled_from([None, *CompanySize]),
    st.dates(date(2016, 1, 1), date(2040, 1, 1)),
    st.integers(0, 4000),
)
def test_what_is_due_stays_due(
    channel: Channel, size: CompanySize | None, day: date, later_days: int
) -> None:
    if why_due(channel, profile(size), day) == Why.DUE:
        later = day + timedelta(days=later_days)
        assert why_due(channel, profile(size), later) == Why.DUE


def test_each_row_says_where_it_comes_from_and_whether_it_is_certain() -> None:
    path = Path(reference.__file__).parent / "e_invoicing.json"
    rows = json.loads(path.read_text())["rows"]

    for row in rows:
        assert row["legal_reference"]
        assert row["source"]
        assert isinstance(row["certain"], bool)
        assert row["end"] is None or row["start"] < row["end"]
    assert len({(row["code"], row["start"]) for row in rows}) == len(rows)
    codes = {row["code"] for row in rows}
    duties = {f"duty/{channel}/{size}" for channel in Channel for size in CompanySize}
    assert duties == {code for code in codes if code.startswith("duty/")}


def test_who_pays_no_vat_has_no_vat_returns() -> None:
    with pytest.raises(IssuerProfileInvalid, match="no VAT returns"):
        profile(regime=VatRegime.FRANCHISE, returns=VatReturns.MONTHLY)


def test_the_siret_of_a_routing_is_of_the_customer() -> None:
    check_routing(Routing(siret=f"{_SIREN}00018"), siren=_SIREN)
    check_routing(Routing(siret=f"{_SIREN}00018"), siren=None)
    with pytest.raises(RoutingInvalid):
        check_routing(Routing(siret="99200002600011"), siren=_SIREN)
