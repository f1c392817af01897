"""The reasons why a draft may not be issued yet, found in the draft alone, at preview and issue."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from libs.common.company_numbers import is_siren
from libs.common.errors import Problem
from services.billing.domain.drafts.blockers import Blocker, BlockerCode, first_in_words
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.rate_texts import rate_text
from services.billing.domain.taxes.accise import AcciseRegime
from services.billing.domain.taxes.issuers import IssuerProfile, VatRegime

_UNDECIDED_EXAMPLE = (
    "Whether the accise is due in ACC00000101 is undecided: set its regime, or the power of each"
    " plant."
)


class IssueBlocked(Problem):
    status, slug, title = 409, "issue-blocked", "These invoices cannot be issued yet"
    example_detail = _UNDECIDED_EXAMPLE
    example_facts: ClassVar = {
        "blockers": [
            {
                "code": "accise-undecided",
                "detail": _UNDECIDED_EXAMPLE,
                "operation_id": "ACC00000101",
                "days": ["2026-10-31"],
            }
        ]
    }


def check_may_issue(drafts: Iterable[Invoice], issue_date: date) -> None:
    """Refuse drafts that may not be issued yet. Raises IssueBlocked with every reason."""
    if blockers := issue_blockers(drafts, issue_date):
        raise IssueBlocked(
            first_in_words(blockers), blockers=[blocker.members for blocker in blockers]
        )


def issue_blockers(drafts: Iterable[Invoice], issue_date: date) -> list[Blocker]:
    """Return each reason once, even if it concerns many drafts, in the order of the drafts.

    Credit notes have none: they repeat issued contents, and nothing may block them.
    """
    blockers: dict[tuple[object, ...], Blocker] = {}
    for draft in (candidate for candidate in drafts if candidate.kind == DocumentKind.INVOICE):
        for blocker in _blockers(draft, issue_date):
            blockers.setdefault(
                (blocker.code, blocker.detail, *sorted(blocker.about.items())), blocker
            )
    return list(blockers.values())


def _blockers(draft: Invoice, issue_date: date) -> Iterator[Blocker]:
    yield from _issuer(draft)
    yield from _party(draft.issuer)
    yield from _party(draft.customer)
    if profile := draft.issuer_profile:
        yield from _mandate(draft.issuer, profile, issue_date)
        yield from _vat(draft, profile)
    yield from _accise(draft)


def _issuer(draft: Invoice) -> Iterator[Blocker]:
    issuer, profile = draft.issuer, draft.issuer_profile
    if profile is None:
        last_day = draft.period_to - timedelta(days=1)
        detail = f"{issuer.name} has no issuer profile in force on {last_day}: set one."
        yield _member_blocker(BlockerCode.IDENTITY_MISSING, issuer, detail, missing="profile")
        return
    if issuer.kind == "company" and profile.legal_form is None:
        detail = f"The profile of {issuer.name} lacks the legal form (C. com. R123-238)."
        yield _member_blocker(BlockerCode.IDENTITY_MISSING, issuer, detail, missing="legal_form")
    if profile.vat_regime is VatRegime.STANDARD and issuer.vat_number is None:
        detail = f"{issuer.name} pays VAT, and its VAT number is not known (CGI 242 nonies A)."
        yield _member_blocker(BlockerCode.IDENTITY_MISSING, issuer, detail, missing="vat_number")
    if issuer.siren and profile.siret and not profile.siret.startswith(issuer.siren):
        detail = f"The SIRET in the profile of {issuer.name} is not of its SIREN, {issuer.siren}."
        yield _member_blocker(BlockerCode.IDENTITY_MISSING, issuer, detail, missing="siret")


def _party(party: Party) -> Iterator[Blocker]:
    if party.is_professional and not (party.siren and is_siren(party.siren)):
        defect = "wrong" if party.siren else "missing"
        detail = f"The SIREN of {party.name} is {defect}; professionals' invoices give it."
        yield _member_blocker(BlockerCode.SIREN_MISSING, party, detail)


def _mandate(issuer: Party, profile: IssuerProfile, issue_date: date) -> Iterator[Blocker]:
    if not profile.mandate_covers(issue_date):
        detail = (
            f"{issuer.name} has its invoices made by a mandatary, and no mandate signed by"
            f" {issue_date} is on file (CGI 289, I-2)."
        )
        yield _member_blocker(BlockerCode.MANDATE_MISSING, issuer, detail)


def _vat(draft: Invoice, profile: IssuerProfile) -> Iterator[Blocker]:
    issuer, last_day = draft.issuer, draft.period_to - timedelta(days=1)
    expected = profile.vat_rate_on(last_day)
    for line in draft.lines:
        if expected is None or Decimal(line.vat_rate) != expected:
            rate = rate_text(expected) if expected is not None else "not known"
            detail = (
                f"{issuer.name} sells under the VAT regime {profile.vat_regime}, whose rate on"
                f" {last_day} is {rate}; the price of {line.producer} says {line.vat_rate}."
            )
            about = {"producer": line.producer}
            yield _member_blocker(BlockerCode.VAT_REGIME_CONFLICT, issuer, detail, **about)


def _accise(draft: Invoice) -> Iterator[Blocker]:
    operation_id = draft.operation.id
    for period in draft.accise:
        if period.regime is AcciseRegime.UNDECIDED:
            yield Blocker(
                BlockerCode.ACCISE_UNDECIDED,
                f"Whether the accise is due in {operation_id} is undecided: set its regime, or the"
                " power of each plant.",
                {"operation_id": operation_id},
                _days(period.valid_from, period.valid_to),
            )
    for line in draft.taxes:
        if line.category is None:
            yield Blocker(
                BlockerCode.ACCISE_CATEGORY_MISSING,
                f"The tax category of {line.consumer} is not known: enter its subscribed power,"
                " or its category in the accise regime.",
                {"prm": line.consumer},
            )
        elif line.rate_eur_per_mwh is None:
            yield Blocker(
                BlockerCode.ACCISE_RATE_MISSING,
                f"The rate of the accise ({line.category}) is not known from {line.valid_from}.",
                {"category": line.category},
            )


def _member_blocker(code: BlockerCode, member: Party, detail: str, **about: str) -> Blocker:
    return Blocker(code, detail, {"member_id": str(member.member_id), **about})


def _days(first: date, after_last: date) -> Sequence[date]:
    return [first + timedelta(days=i) for i in range((after_last - first).days)]
