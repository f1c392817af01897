"""Check that each statement of an account begins where the one before ended."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.payments.bank import BankStatement, StatementGap, account_id
from services.billing.store.payments import bank as store


async def find_gaps(
    session: AsyncSession, creditor_id: UUID, statements: Sequence[BankStatement]
) -> list[StatementGap]:
    """Keep the balances of these statements; return where one does not follow the one before.

    The one before closed last among those of the account that closed before this one did. The
    first statement of an account follows none.
    """
    gaps = []
    for statement in sorted(statements, key=_place):
        balance = statement.balance
        if balance is None:
            continue
        account = account_id(creditor_id, statement.iban)
        before = await store.find_balance_before(session, creditor_id, account, balance)
        if before is not None and before.closing_cents != balance.opening_cents:
            gaps.append(
                StatementGap(
                    account_end=statement.iban[-4:],
                    opened_on=balance.opened_on,
                    closing_before_cents=before.closing_cents,
                    opening_cents=balance.opening_cents,
                )
            )
        await store.save_balance(session, creditor_id, account, balance)
    return gaps


def _place(statement: BankStatement) -> tuple[str, str]:
    balance = statement.balance
    return statement.iban, str(balance.closed_on if balance else "")
