"""Check that each statement of an account begins where the one before ended."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.payments.bank import (
    BankStatement,
    StatementGap,
    account_id,
    find_other_closing,
)
from services.billing.store.payments import bank as store


async def find_gaps(
    session: AsyncSession, creditor_id: UUID, statements: Sequence[BankStatement]
) -> list[StatementGap]:
    """Keep the balances of these statements; return where one does not follow the one before.

    The one before is of the same day, or closed last among those that closed before this one
    did. The first statement of an account follows none.
    """
    gaps = []
    for statement in sorted(statements, key=_place):
        balance = statement.balance
        if balance is None:
            continue
        account = account_id(creditor_id, statement.iban)
        balances = await store.list_balances_before(session, creditor_id, account, balance)
        closing_before_cents = find_other_closing(balance, balances)
        if closing_before_cents is not None:
            gaps.append(
                StatementGap(
                    account_end=statement.iban[-4:],
                    opened_on=balance.opened_on,
                    closing_before_cents=closing_before_cents,
                    opening_cents=balance.opening_cents,
                )
            )
        await store.save_balance(session, creditor_id, account, balance)
    return gaps


def _place(statement: BankStatement) -> tuple[str, str]:
    balance = statement.balance
    return statement.iban, str(balance.closed_on if balance else "")
