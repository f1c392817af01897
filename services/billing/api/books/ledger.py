"""Routes about the books of a seller."""

import asyncio
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import YearField
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.books import ledger as commands
from services.billing.domain.books.booked import letters
from services.billing.domain.books.ledger import AccountsInvalid, FiscalYearFixed
from services.billing.formats.fec import COLUMNS as FEC_COLUMNS
from services.billing.formats.fec import ENCODING, fec_file_name, write_fec
from services.billing.formats.journal_csv import COLUMNS as JOURNAL_COLUMNS
from services.billing.formats.journal_csv import write_journal
from services.billing.schemas.books.ledger import BalanceOut, BooksIn, BooksOut
from services.billing.store.books import booked
from services.billing.store.books import ledger as store
from services.billing.store.taxes.sellers import (
    SellerUnknown,
    SirenMissing,
    check_seller,
    get_siren,
)

router = APIRouter(route_class=TokenFirstRoute)

FiscalYear = Annotated[
    YearField, Query(description="in which the fiscal year ends", examples=[2026])
]
_JOURNAL_EXAMPLE = (
    f"{','.join(JOURNAL_COLUMNS)}\n"
    "VE,1,2026-11-05,411000,Clients,T00001,Lucie Brindille,F2026-00001,2026-11-05,"
    "F2026-00001 Lucie Brindille,108,0,0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10,2026-11-05\n"
)
_FEC_EXAMPLE = (
    "\t".join(FEC_COLUMNS) + "\r\nVE\tVentes\t1\t20261105\t411000\tClients\tT00001"
    "\tLucie Brindille\tF2026-00001\t20261105\tF2026-00001 Lucie Brindille\t1,08\t0,00"
    "\t\t\t20261105\t\t\r\n"
)


class Separator(StrEnum):
    TAB = "tab"
    PIPE = "pipe"


class FecResponse(Response):
    media_type = "text/plain"
    charset = ENCODING


class JournalResponse(Response):
    media_type = "text/csv"


@router.put(
    "/issuers/{issuer_id}/books",
    summary="Set how the books of a seller are kept",
    responses=problems(SellerUnknown, AccountsInvalid, FiscalYearFixed),
)
async def put_books(
    issuer_id: UUID, body: BooksIn, session: Session, caller: StaffOrOrganiser
) -> BooksOut:
    """Accounts and fiscal year apply from now on: existing entries stay as they are."""
    await access.check_may_keep_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    return BooksOut.of(await commands.set_books(session, issuer_id, body.books))


@router.get(
    "/issuers/{issuer_id}/books",
    summary="Show how the books of a seller are kept",
    responses=problems(SellerUnknown),
)
async def get_books(issuer_id: UUID, session: Session, caller: AnyPerson) -> BooksOut:
    """Visible to those who keep the books, and to the seller."""
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    return BooksOut.of(await store.get_books(session, issuer_id))


@router.get(
    "/issuers/{issuer_id}/balances",
    summary="List the balance of each account and party in a fiscal year",
    responses=problems(SellerUnknown),
)
async def get_balances(
    issuer_id: UUID, year: FiscalYear, session: Session, caller: AnyPerson
) -> list[BalanceOut]:
    """Return the balances by account, then by party. Total debits equal total credits."""
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    return BalanceOut.all_of(await booked.list_balances(session, issuer_id, year))


@router.get(
    "/issuers/{issuer_id}/journal.csv",
    summary="Download the journal of a fiscal year",
    response_class=JournalResponse,
    responses={
        **file_response("One row per line of an entry", {"text/csv": _JOURNAL_EXAMPLE}),
        **problems(SellerUnknown),
    },
)
@costs(1)
async def get_journal(
    issuer_id: UUID, year: FiscalYear, session: Session, caller: AnyPerson
) -> JournalResponse:
    """Comma-separated, UTF-8, by entry number; amounts in cents."""
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    lines = await booked.list_lines(session, issuer_id, year)
    return JournalResponse(await asyncio.to_thread(write_journal, lines))


@router.get(
    "/issuers/{issuer_id}/fec",
    summary="Download the file of accounting entries (FEC) of a fiscal year",
    response_class=FecResponse,
    responses={
        **file_response("18 columns, one row per line", {"text/plain": _FEC_EXAMPLE}),
        **problems(SellerUnknown, SirenMissing),
    },
)
@costs(2)
async def get_fec(
    *,
    issuer_id: UUID,
    year: FiscalYear,
    session: Session,
    caller: AnyPerson,
    separator: Separator = Separator.TAB,
) -> FecResponse:
    """As LPF A47 A-1 requires: ISO 8859-15, days AAAAMMJJ, decimal comma, named SIRENFECAAAAMMJJ.

    It holds what Elocoop has entered: the opening, once the year before is closed, then sales and
    known payments. A letter (`EcritureLet`) marks entries that are settled within the file.
    """
    await access.check_may_read_books(session, caller, issuer_id)
    siren = await get_siren(session, issuer_id)
    books = await store.get_books(session, issuer_id)
    lines = await booked.list_lines(session, issuer_id, year)
    content = await asyncio.to_thread(
        write_fec,
        lines,
        letters(await booked.list_items(session, issuer_id), lines),
        separator="\t" if separator is Separator.TAB else "|",
    )
    name = fec_file_name(siren, books.last_day(year))
    return FecResponse(content, headers=attachment(name))
