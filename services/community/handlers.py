"""Handle the events of the other services."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.allocation import ChallengeMeasured, CoefficientsSent, SettlementClosed
from libs.common.events.billing import (
    CreditorChanged,
    MandateAnswered,
    MandateAsked,
    MandateEnded,
    MandateRevoked,
    MessageAsked,
)
from libs.common.events.deposits import DepositMonthChanged
from libs.common.events.ingest import PointLeft
from libs.common.messaging import Handlers
from services.community import commands
from services.community.commands.enrolments.left_points import end_enrolments_of_left_point
from services.community.commands.messages.changed_accounts import notify_of_changed_account
from services.community.commands.messages.mandates import (
    notify_of_ended_mandate,
    notify_of_mandate_answer,
    notify_of_mandate_request,
    notify_of_revoked_mandate,
)
from services.community.commands.messages.messages import record_message
from services.community.commands.privacy.consents import end_consents_of_left_point
from services.community.store.challenges import save_measure
from services.community.store.desk.deadlines import note_month, save_deposit_month


async def on_point_left(session: AsyncSession, events: Sequence[PointLeft]) -> None:
    for event in events:
        await commands.end_participations_of_left_point(session, event)
        await end_enrolments_of_left_point(session, event)
        await end_consents_of_left_point(session, event)


async def on_message_asked(session: AsyncSession, events: Sequence[MessageAsked]) -> None:
    for event in events:
        await record_message(session, event)


async def on_creditor_changed(session: AsyncSession, events: Sequence[CreditorChanged]) -> None:
    for event in events:
        await notify_of_changed_account(session, event)


async def on_mandate_asked(session: AsyncSession, events: Sequence[MandateAsked]) -> None:
    for event in events:
        await notify_of_mandate_request(session, event)


async def on_mandate_answered(session: AsyncSession, events: Sequence[MandateAnswered]) -> None:
    for event in events:
        await notify_of_mandate_answer(session, event)


async def on_mandate_revoked(session: AsyncSession, events: Sequence[MandateRevoked]) -> None:
    for event in events:
        await notify_of_revoked_mandate(session, event)


async def on_mandate_ended(session: AsyncSession, events: Sequence[MandateEnded]) -> None:
    for event in events:
        await notify_of_ended_mandate(session, event)


async def on_settlement_closed(session: AsyncSession, events: Sequence[SettlementClosed]) -> None:
    for event in events:
        await note_month(session, event.operation_id, event.month, is_settled=True)


async def on_coefficients_sent(session: AsyncSession, events: Sequence[CoefficientsSent]) -> None:
    for event in events:
        await note_month(session, event.operation_id, event.month, coefficients_sent=True)


async def on_deposit_month_changed(
    session: AsyncSession, events: Sequence[DepositMonthChanged]
) -> None:
    for event in sorted(events, key=lambda changed: (changed.operation_id, changed.month)):
        await save_deposit_month(session, event)


async def on_challenge_measured(session: AsyncSession, events: Sequence[ChallengeMeasured]) -> None:
    # In a fixed order: other transactions lock several challenges too.
    for event in sorted(events, key=lambda measure: (measure.challenge_id, measure.revision)):
        await save_measure(session, event)


HANDLERS: Handlers = {
    PointLeft: on_point_left,
    MessageAsked: on_message_asked,
    CreditorChanged: on_creditor_changed,
    MandateAsked: on_mandate_asked,
    MandateAnswered: on_mandate_answered,
    MandateRevoked: on_mandate_revoked,
    MandateEnded: on_mandate_ended,
    SettlementClosed: on_settlement_closed,
    CoefficientsSent: on_coefficients_sent,
    DepositMonthChanged: on_deposit_month_changed,
    ChallengeMeasured: on_challenge_measured,
}
