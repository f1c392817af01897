"""Versions of an issuer's profile."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.billing.domain.taxes.issuers import (
    InvoicedBy,
    InvoicingMandate,
    IssuerProfile,
    IssuerProfileInvalid,
    VatRegime,
    check_profile,
)
from services.billing.domain.versions import in_force

PROFILE = IssuerProfile(
    valid_from=date(2026, 1, 1),
    legal_form="SAS",
    share_capital_cents=100_000,
    siret="99200002600011",
    rcs=None,
    trade_address=None,
    vat_regime=VatRegime.STANDARD,
    vat_on_debits=True,
    payment_terms_days=30,
    means_of_payment="virement",
    complaints_contact="soleils@example.org",
    invoiced_by=InvoicedBy.MANDATARY,
    mandate=InvoicingMandate("Les Volts", "991000019", date(2026, 3, 1), "M-1"),
)


def test_the_version_in_force_is_the_latest_begun_and_of_two_the_last_recorded() -> None:
    later = replace(PROFILE, valid_from=date(2026, 6, 1))
    corrected = replace(PROFILE, rcs="RCS Aurelle")
    versions = [PROFILE, later, corrected]
    assert in_force(versions, date(2025, 12, 31)) is None
    assert in_force(versions, date(2026, 5, 31)) is corrected
    assert in_force(versions, date(2026, 6, 1)) is later


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"vat_regime": VatRegime.FRANCHISE}, "vat_on_debits"),
        ({"legal_form": None}, "legal_form"),
        ({"invoiced_by": InvoicedBy.ISSUER}, "mandate"),
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(IssuerProfileInvalid) as refused:
        replace(PROFILE, **changes)  # type: ignore[arg-type]
    assert refused.value.facts == {"field": field}


def test_a_profile_agrees_with_the_siren_and_the_calendar() -> None:
    check_profile(PROFILE, siren="992000026", today=date(2026, 3, 1))
    check_profile(PROFILE, siren=None, today=date(2026, 3, 1))
    for siren, today, field in (
        ("991000019", date(2026, 3, 1), "siret"),
        ("992000026", date(2026, 2, 28), "mandate"),
    ):
        with pytest.raises(IssuerProfileInvalid) as refused:
            check_profile(PROFILE, siren=siren, today=today)
        assert refused.value.facts == {"field": field}


def test_a_mandate_covers_documents_from_the_day_on_which_it_was_signed() -> None:
    assert not PROFILE.mandate_covers(date(2026, 2, 28))
    assert PROFILE.mandate_covers(date(2026, 3, 1))
    assert not replace(PROFILE, mandate=None).mandate_covers(date(2026, 3, 1))
    by_itself = replace(PROFILE, mandate=None, invoiced_by=InvoicedBy.ISSUER)
    assert by_itself.mandate_covers(date(2026, 3, 1))


def test_the_rate_of_a_regime_is_that_of_the_day() -> None:
    assert PROFILE.vat_rate_on(date(2013, 12, 31)) == Decimal("0.196")
    assert PROFILE.vat_rate_on(date(2026, 1, 1)) == Decimal("0.20")
    franchise = replace(PROFILE, vat_regime=VatRegime.FRANCHISE, vat_on_debits=False)
    assert franchise.vat_rate_on(date(2026, 1, 1)) == 0
    assert PROFILE.vat_rate_on(date(1999, 1, 1)) is None
