"""Billing's handlers of the other services' events."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.allocation import (
    DayHeldUp,
    SettlementClosed,
    SettlementDetailed,
    SettlementRevised,
)
from libs.common.events.community import (
    MemberRecorded,
    MessageStatusChanged,
    PerimeterChanged,
)
from libs.common.messaging import Handlers
from services.billing.commands import copies, erasure
from services.billing.commands.invoices import mailings


async def on_member_recorded(session: AsyncSession, events: Sequence[MemberRecorded]) -> None:
    await copies.record_members(session, events)
    erased = [event.member_id for event in events if event.is_erased]
    await erasure.forget_members(session, erased)


async def on_perimeter_changed(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    await copies.record_perimeters(session, events)


async def on_settlement_closed(session: AsyncSession, events: Sequence[SettlementClosed]) -> None:
    await copies.record_settlements(session, events)


async def on_day_held_up(session: AsyncSession, events: Sequence[DayHeldUp]) -> None:
    await copies.record_held_up_days(session, events)


async def on_settlement_detailed(
    session: AsyncSession, events: Sequence[SettlementDetailed]
) -> None:
    await copies.record_details(session, events)


async def on_settlement_revised(session: AsyncSession, events: Sequence[SettlementRevised]) -> None:
    await copies.record_revisions(session, events)


async def on_message_status(session: AsyncSession, events: Sequence[MessageStatusChanged]) -> None:
    await mailings.record_statuses(session, events)


HANDLERS: Handlers = {
    MemberRecorded: on_member_recorded,
    PerimeterChanged: on_perimeter_changed,
    DayHeldUp: on_day_held_up,
    SettlementClosed: on_settlement_closed,
    SettlementDetailed: on_settlement_detailed,
    SettlementRevised: on_settlement_revised,
    MessageStatusChanged: on_message_status,
}
