"""Put together what customers owe, what they paid, and what goes out to whom."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.billing.commands.payments.debit_plans import list_next_debits
from services.billing.documents.rendering import render_account
from services.billing.domain.books.account_statements import AccountStatement
from services.billing.domain.books.customer_accounts import (
    AccountPeriod,
    CustomerAccount,
    OwedItem,
    OwedSums,
    SellerAccount,
)
from services.billing.domain.books.next_debits import NextDebit
from services.billing.domain.books.operation_payments import (
    CollectorMoney,
    CustomerOwed,
    MoneyMoved,
    OperationPayments,
    PayoutDue,
    SellerOwed,
)
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.payments.netting import net_credits
from services.billing.domain.prices.sales import Parties
from services.billing.domain.wordings import Language
from services.billing.store.books import customer_accounts as store
from services.billing.store.copies import get_parties
from services.billing.store.payments.collections import map_pending_of_issuers
from services.billing.store.payments.creditors import get_creditor
from services.billing.store.payments.open_invoices import list_open_invoices
from services.billing.store.payments.payee_accounts import list_payee_accounts
from services.billing.store.payments.ways_to_pay import map_collectors, map_ways_to_pay
from services.billing.store.taxes.sellers import check_seller


async def get_account(
    session: AsyncSession, customer_id: UUID, scope: Scope, *, is_of_next_debits: bool
) -> CustomerAccount:
    """The whole account of a customer, as far as the scope tells of its documents.

    is_of_next_debits: with what is debited next, which takes the plan of a collection by collector.
    """
    documents = store.documents_of_customer(customer_id, scope)
    issuers = await store.map_issuers(session, documents)
    items = await _list_items(session, issuers, customers=[customer_id])
    return CustomerAccount(
        owed=OwedSums.of(items, today_in(session)),
        sellers=await _list_sellers(session, customer_id, set(issuers.values()), items),
        debits=await store.list_debits_under_way(session, issuers),
        next_debits=await _list_next_debits(session, customer_id, issuers)
        if is_of_next_debits
        else [],
        movements=await store.list_movements(session, documents),
    )


async def get_statement(
    session: AsyncSession,
    customer_id: UUID,
    scope: Scope,
    from_day: date | None,
    to_day: date | None,
    *,
    is_of_next_debits: bool,
) -> AccountStatement:
    """The lines of [from_day, to_day), and how the account stands. Raises SellerUnknown."""
    account = await get_account(session, customer_id, scope, is_of_next_debits=is_of_next_debits)
    return AccountStatement(
        customer=await check_seller(session, customer_id),
        account=account,
        period=AccountPeriod.of(account.movements, from_day, to_day),
        from_day=from_day,
        to_day=to_day,
        day=today_in(session),
    )


async def print_account(statement: AccountStatement, language: Language) -> bytes:
    return await asyncio.to_thread(render_account, statement, language)


async def _list_next_debits(
    session: AsyncSession, customer_id: UUID, issuers: Mapping[UUID, UUID]
) -> Sequence[NextDebit]:
    collectors = await map_collectors(session, set(issuers.values()))
    return await list_next_debits(session, customer_id, list(collectors.values()), issuers)


async def get_payments(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> OperationPayments:
    """Return the debts of an operation's customers today, and the bank's movements of a month."""
    documents = store.documents_of_operation(operation_id)
    issuers = await store.map_issuers(session, documents)
    items = await _list_items(session, issuers)
    collectors = await map_collectors(session, set(issuers.values()))
    by_customer = _grouped(items, lambda item: item.invoice.customer_id)
    by_seller = _grouped(items, lambda item: item.invoice.issuer_id)
    names = await get_parties(session, by_customer.keys() | set(issuers.values()))
    today = today_in(session)
    customers = [
        CustomerOwed(customer_id, _name(names, customer_id), OwedSums.of(group, today))
        for customer_id, group in by_customer.items()
    ]
    sellers = [
        SellerOwed(
            issuer_id,
            _name(names, issuer_id),
            collectors[issuer_id].member_id if issuer_id in collectors else None,
            OwedSums.of(by_seller.get(issuer_id, ()), today),
        )
        for issuer_id in set(issuers.values())
    ]
    movements = await store.list_movements(
        session, documents, from_day=month.first_day, to_day=month.next_first_day
    )
    return OperationPayments(
        owed=OwedSums.of(items, today),
        customers=sorted(customers, key=lambda customer: customer.urgency),
        sellers=sorted(sellers, key=lambda seller: (seller.name, seller.issuer_id)),
        moved=MoneyMoved.of(movements),
    )


async def get_collector_money(
    session: AsyncSession, collector_id: UUID, sellers: Sequence[SellerOwed]
) -> CollectorMoney:
    """Return the sums that wait on a collector's account, and its debts to these sellers."""
    creditor = await get_creditor(session, collector_id)
    count, cents = await store.sum_unmatched(session, collector_id)
    accounts = await list_payee_accounts(session, collector_id, today=today_in(session))
    names = {seller.issuer_id: seller.name for seller in sellers}
    payouts = [
        PayoutDue(
            account.payee_id,
            names[account.payee_id],
            account.payable_cents,
            account.owed_cents - account.payable_cents,
        )
        for account in accounts
        if account.payee_id in names and account.owed_cents > 0
    ]
    payouts.sort(key=lambda payout: (payout.name, payout.payee_id))
    return CollectorMoney(collector_id, creditor.name, count, cents, payouts)


async def _list_items(
    session: AsyncSession,
    issuers: dict[UUID, UUID],
    *,
    customers: Collection[UUID] | None = None,
) -> Sequence[OwedItem]:
    """Return the sums open or under way of these documents; the customers' others pay them too.

    issuers: by document. customers: to whom these are, None if to any.
    """
    sellers = set(issuers.values())
    pending_cents = await map_pending_of_issuers(session, sellers, customers=customers)
    invoices = await list_open_invoices(session, sellers, also=pending_cents, customers=customers)
    netted = net_credits(invoices, pending_cents).invoices
    debited = await store.list_debited(session, pending_cents)
    items = [
        OwedItem(
            invoice=after,
            open_cents=before.open_cents,
            under_way_cents=pending_cents.get(before.invoice_id, 0),
            is_debited=before.invoice_id in debited,
        )
        for before, after in zip(invoices, netted, strict=True)
        if before.invoice_id in issuers
    ]
    return [item for item in items if not item.is_settled]


async def _list_sellers(
    session: AsyncSession, customer_id: UUID, issuers: Collection[UUID], items: Sequence[OwedItem]
) -> Sequence[SellerAccount]:
    """By name."""
    today = today_in(session)
    ways = await map_ways_to_pay(session, {Parties(issuer, customer_id) for issuer in issuers})
    names = await get_parties(session, issuers)
    by_seller = _grouped(items, lambda item: item.invoice.issuer_id)
    sellers = []
    for issuer_id in issuers:
        way = ways.get(Parties(issuer_id, customer_id))
        sellers.append(
            SellerAccount(
                issuer_id,
                _name(names, issuer_id),
                collector=way.payee.name if way and way.payee else None,
                is_debited=bool(way and way.mandate_on(today)),
                owed=OwedSums.of(by_seller.get(issuer_id, ()), today),
            )
        )
    return sorted(sellers, key=lambda seller: (seller.name, seller.issuer_id))


def _grouped(
    items: Iterable[OwedItem], key: Callable[[OwedItem], UUID]
) -> dict[UUID, list[OwedItem]]:
    groups = defaultdict[UUID, list[OwedItem]](list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _name(parties: dict[UUID, Party], member_id: UUID) -> str:
    party = parties.get(member_id)
    return party.name if party else ""
