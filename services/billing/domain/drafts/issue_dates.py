"""The days on which invoices can truly be issued."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.invoices.invoices import Invoice


class IssueDateNotChronological(Problem):
    status, slug = 409, "issue-date-not-chronological"
    title = "An invoice of this issuer has a later date"
    example_detail = "Lucie Brindille has issued an invoice on 2026-11-08 already."
    example_facts: ClassVar = {
        "issuer_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
        "last_issue_date": "2026-11-08",
    }


class IssueDateInFuture(Problem):
    status, slug, title = 409, "issue-date-in-future", "The issue date has not come yet"
    example_detail = "Today is 2026-11-05."
    example_facts: ClassVar = {"today": "2026-11-05"}


class IssueDateBeforePeriodEnd(Problem):
    status, slug = 409, "issue-date-before-period-end"
    title = "The period supplied has not ended by the issue date"
    example_detail = "The energy of 2026-10 is supplied until 2026-11-01."
    example_facts: ClassVar = {"period_to": "2026-11-01"}


def check_issue_date(
    issue_date: date,
    drafts: Iterable[Invoice],
    *,
    today: date,
    last_issue_dates: Mapping[UUID, date],
) -> None:
    """Refuse a date on which these drafts cannot truly be issued. Days are local, in Paris.

    last_issue_dates: by issuer, over all years; issuers without an issued invoice are left out.
    Raises IssueDateInFuture, IssueDateBeforePeriodEnd, IssueDateNotChronological.
    """
    if issue_date > today:
        raise IssueDateInFuture(f"Today is {today}.", today=today.isoformat())
    for draft in drafts:
        # An invoice is issued once the supply is made (CGI 289, I-3), not before.
        if issue_date < draft.period_to:
            raise IssueDateBeforePeriodEnd(
                f"The energy of {draft.month} is supplied until {draft.period_to}.",
                period_to=draft.period_to.isoformat(),
            )
        last = last_issue_dates.get(draft.issuer.member_id)
        if last is not None and issue_date < last:
            raise IssueDateNotChronological(
                f"{draft.issuer.name} has issued an invoice on {last} already.",
                issuer_id=str(draft.issuer.member_id),
                last_issue_date=last.isoformat(),
            )
