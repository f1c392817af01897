"""All of the demonstration: the latest month first, then the year before, and what people did."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from libs.common.calendar import local_day
from services.demo.cooperative import ISSUE_DATE, MONTH, Cooperative
from services.demo.load import dso_results, history, mails, months, readings
from services.demo.load.billing import agreements, payments
from services.demo.load.community import (
    capital,
    challenges,
    consents,
    desk,
    gatherings,
    news,
    places,
    presentations,
    requests,
    votes,
)
from services.demo.load.month import load_month
from services.demo.load.months import ClosedMonth
from services.demo.load.people import People
from services.demo.load.progress import ReportProgress


@dataclass(frozen=True)
class Surroundings:
    """The surroundings in which the demonstration is loaded.

    mails: the folder into which the platform's e-mails go; None: a server has them.
    ready: called when the page has something to show.
    """

    now: Callable[[], datetime]
    mails: Path | None
    ready: Callable[[], None]


async def load_year(
    people: People, cooperative: Cooperative, progress: ReportProgress, around: Surroundings
) -> list[ClosedMonth]:
    """Load the demonstration; return the latest month of each operation.

    Repeating changes nothing.
    """
    await load_month(people.staff, cooperative, people.log_ins, progress)
    await places.record_places(people.organiser, cooperative)
    await presentations.present_operations(people.organiser, cooperative)
    for operation in cooperative.operations:
        await months.settle(people.organiser, operation, MONTH)
    around.ready()
    names = [
        name
        for operation in cooperative.operations
        for name in (*operation.history_files, *operation.running_files)
    ]
    deliveries = await readings.send_files(people.feed, names, progress, what="Older files")
    await _live_together(people, cooperative, progress, around)
    await readings.wait_for_files(people.feed, deliveries, progress, what="Older files")
    closed = await _bill(people, cooperative, progress, around)
    await asyncio.gather(
        _decide(people, cooperative, around),
        dso_results.deliver_results(people, cooperative.operations[0], progress),
    )
    await mails.wait_for_mails(people.staff, closed, progress)
    return closed


async def _live_together(
    people: People, cooperative: Cooperative, progress: ReportProgress, around: Surroundings
) -> None:
    """Do what people decide, plan, read and sign, while the platform reads the older files."""
    first, today = cooperative.operations[0], local_day(around.now())
    steps: Sequence[Callable[[], Awaitable[None]]] = [
        lambda: votes.draft_key(people.organiser, first, around.now()),
        lambda: votes.hold_past_poll(people, first, around.now),
        lambda: gatherings.announce_gatherings(people, first, around.now()),
        lambda: news.publish_news(people, first),
        lambda: challenges.run_challenge(people, first, today),
        lambda: consents.record_consents(people, first),
        lambda: consents.record_offers(people, cooperative),
        lambda: capital.record_capital(people, cooperative),
        lambda: desk.agree_conventions(people.organiser, cooperative),
        lambda: desk.plan_moves(people, first, today),
        lambda: desk.keep_documents(people, first),
        lambda: desk.invite_a_member(people),
        lambda: requests.sign_up(people, first, around.mails),
        lambda: requests.ask_for_operations(people),
    ]
    for done_count, step in enumerate(steps, start=1):
        await step()
        progress("Life of the co-op", done_count, len(steps))


async def _bill(
    people: People, cooperative: Cooperative, progress: ReportProgress, around: Surroundings
) -> list[ClosedMonth]:
    """Bill from the oldest month to the latest, and pay."""
    api = people.organiser
    await payments.record_bank_accounts(people.staff, cooperative)
    invoices = await history.bill_history(api, cooperative, progress)
    await votes.ask_simulation(api, cooperative.operations[0])
    await payments.sign_mandates(api, cooperative)
    await agreements.mail_invoices(api, cooperative)
    closed = [
        await months.close(
            api, operation, MONTH, ISSUE_DATE, progress, staff=people.staff, by_run=True
        )
        for operation in cooperative.operations
    ]
    invoices += [invoice for month in closed for invoice in month.invoices]
    await payments.pay(people, invoices)
    await payments.collect(people, cooperative, local_day(around.now()))
    return closed


async def _decide(people: People, cooperative: Cooperative, around: Surroundings) -> None:
    """Do what needs a year of data, or what had to wait."""
    first = cooperative.operations[0]
    await votes.wait_for_simulation(people.organiser, first)
    await votes.open_poll(people, first, around.now)
    await consents.look_at_curve(people, first)
    await votes.wait_for_result(people.organiser, first)
    await gatherings.write_minutes(people)
