"""Blockers: the reasons, by code, why a month is not drafted or a draft not issued."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.ids import Direction, Prm
from services.billing.domain.prices.pricing import in_words
from services.billing.domain.prices.sales import Sales

_SHOWN = 5


class DraftsBlocked(Problem):
    status, slug, title = 409, "drafts-blocked", "This month cannot be invoiced yet"
    example_detail = "ACC00000101, 2026-10: No price of 99220000000101 is in force on 2026-10-31."
    example_facts: ClassVar = {
        "blockers": [
            {
                "code": "price-missing",
                "detail": "No price of 99220000000101 is in force on 2026-10-31.",
                "producer": "99220000000101",
                "days": ["2026-10-31"],
            }
        ]
    }


class BlockerCode(StrEnum):
    SETTLEMENT_MISSING = "settlement-missing"
    READINGS_INCOMPLETE = "readings-incomplete"
    KEY_MISSING = "key-missing"
    ALLOCATION_FAILED = "allocation-failed"
    OPERATION_UNKNOWN = "operation-unknown"
    PARTICIPATION_UNKNOWN = "participation-unknown"
    MEMBER_UNKNOWN = "member-unknown"
    PRICE_MISSING = "price-missing"
    SETTLEMENT_INCOMPLETE = "settlement-incomplete"
    HOURS_UNKNOWN = "hours-unknown"
    BILLED_TWICE = "billed-twice"
    ENERGY_UNBALANCED = "energy-unbalanced"
    # These allow drafting, but not issuing: issue_blockers.py.
    IDENTITY_MISSING = "identity-missing"
    SIREN_MISSING = "siren-missing"
    MANDATE_MISSING = "mandate-missing"
    VAT_REGIME_CONFLICT = "vat-regime-conflict"
    ACCISE_UNDECIDED = "accise-undecided"
    ACCISE_CATEGORY_MISSING = "accise-category-missing"
    ACCISE_RATE_MISSING = "accise-rate-missing"


@dataclass(frozen=True)
class Blocker:
    """One reason; ``about`` names its subject (a prm, a member, an invoice)."""

    code: BlockerCode
    detail: str
    about: Mapping[str, str] = field(default_factory=dict)
    days: Sequence[date] = ()

    @property
    def members(self) -> dict[str, object]:
        """The members of this blocker in a problem."""
        days = {"days": [day.isoformat() for day in self.days]} if self.days else {}
        return {"code": self.code, "detail": self.detail, **self.about, **days}


def first_in_words(blockers: Sequence[Blocker]) -> str:
    """Return the first details in words, and how many more there are."""
    details = " ".join(blocker.detail for blocker in blockers[:_SHOWN])
    more = len(blockers) - _SHOWN
    return f"{details} And {more} more." if more > 0 else details


def orphans_of(sales: Sales) -> Iterable[Blocker]:
    """Points with energy on days on which nobody is known to take part with them."""
    days: defaultdict[tuple[Prm, Direction], list[date]] = defaultdict(list)
    for orphan in sales.orphans:
        days[orphan[:2]].append(orphan.day)
    for (prm, direction), unknown in days.items():
        yield Blocker(
            BlockerCode.PARTICIPATION_UNKNOWN,
            f"Nobody takes part with {prm} ({direction}) on {in_words(unknown)}.",
            {"prm": prm, "direction": direction},
            unknown,
        )
