"""On which days debtors may be debited: notified in time, and the bank works."""

from datetime import date, timedelta
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.payments.banking_days import check_banking_day
from services.billing.domain.payments.collecting import CollectionOrder


class CollectionTooSoon(Problem):
    status, slug, title = 409, "collection-too-soon", "Debtors must be notified in time"
    example_detail = (
        "Notified on 2026-11-05 with 14 days of notice: collect on 2026-11-19 or later."
    )
    example_facts: ClassVar = {"first_day": "2026-11-19"}


class NotifiedInFuture(Problem):
    status, slug, title = 409, "notified-in-future", "Debtors must be notified before a collection"
    example_detail = "Today is 2026-11-05: notify debtors first, then make the collection."
    example_facts: ClassVar = {"today": "2026-11-05"}


def check_collection_date(order: CollectionOrder, *, notice_days: int, today: date) -> None:
    """Check that debtors were notified early enough and that the bank works on the day.

    notice_days: from the day on which debtors were notified of amount and date to the collection;
    14 unless the contract says less (EPC016-06, 4.3.4). The bank needs at least one day.
    Raises NotifiedInFuture, CollectionTooSoon, NotABankingDay.
    """
    collection_date, notified_on = order.day, order.notified_on
    if notified_on > today:
        raise NotifiedInFuture(
            f"Today is {today}: notify debtors first, then make the collection.",
            today=today.isoformat(),
        )
    first = max(notified_on + timedelta(days=notice_days), today + timedelta(days=1))
    if collection_date < first:
        raise CollectionTooSoon(
            f"Notified on {notified_on} with {notice_days} days of notice: collect on {first}"
            " or later.",
            first_day=first.isoformat(),
        )
    check_banking_day(collection_date)
