"""Bank statements, ISO 20022 camt.053 of any version: only booked entries, only in euro."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lxml import etree

from services.billing.domain.payments.bank import (
    BankBalance,
    BankStatement,
    BankTransaction,
    StatementRefused,
)
from services.billing.formats.bank_xml import LONGEST_TEXT, read_root, text_of

_AMOUNT = re.compile(r"\d{1,13}(?:\.\d{1,5})?", re.ASCII)
_SIGNS = {"CRDT": 1, "DBIT": -1}
_NOT_PROVIDED = {"NOTPROVIDED", ""}
_OPENING, _CLOSING = {"OPBD", "PRCD"}, {"CLBD"}


def read_statements(content: bytes) -> list[BankStatement]:
    """The statements, one per account and period, in the order of the file.

    Entities, DTDs and the network are off: the file comes from outside. Raises StatementRefused.
    """
    root = read_root(content, "camt.053", refused=StatementRefused)
    statements = [_statement(statement) for statement in root.iterfind("{*}BkToCstmrStmt/{*}Stmt")]
    if not statements:
        raise StatementRefused("The file has no statement (BkToCstmrStmt/Stmt).")
    return statements


def _statement(element: etree._Element) -> BankStatement:
    iban = text_of(element, "Acct/Id/IBAN")
    if iban is None:
        raise StatementRefused("A statement does not name its account by an IBAN.")
    transactions = [
        replace(transaction, statement_reference=_place(element, entry))
        for entry in element.iterfind("{*}Ntry")
        for transaction in _transactions(entry)
    ]
    balance = _balance(element)
    booked_cents = sum(transaction.amount_cents for transaction in transactions)
    if balance is not None and balance.opening_cents + booked_cents != balance.closing_cents:
        raise StatementRefused(
            "Its entries do not lead from the opening to the closing balance: it is incomplete."
        )
    return BankStatement("".join(iban.split()), transactions, balance)


def _place(statement: etree._Element, entry: etree._Element) -> str | None:
    """The number of the statement, by the bank's law or its system, and that of the entry."""
    numbers = (text_of(statement, name) for name in ("LglSeqNb", "ElctrncSeqNb", "Id"))
    number = next(filter(None, numbers), None)
    return " ".join(filter(None, [number, text_of(entry, "NtryRef")])) or None


def _balance(element: etree._Element) -> BankBalance | None:
    """The opening and the closing balance, if both are given."""
    opening = closing = None
    for balance in element.iterfind("{*}Bal"):
        code = text_of(balance, "Tp/CdOrPrtry/Cd")
        if code in _OPENING:
            opening = balance
        elif code in _CLOSING:
            closing = balance
    if opening is None or closing is None:
        return None
    return BankBalance(
        opened_on=_day(opening, "Dt"),
        closed_on=_day(closing, "Dt"),
        opening_cents=_signed_cents(opening),
        closing_cents=_signed_cents(closing),
    )


def _transactions(entry: etree._Element) -> Iterator[BankTransaction]:
    """The transactions of a booked entry: its details, and one for any amount they leave out."""
    if (text_of(entry, "Sts/Cd") or text_of(entry, "Sts")) != "BOOK":
        return
    booked_on = _day(entry, "BookgDt", "ValDt")
    total_cents = _signed_cents(entry)
    reference = text_of(entry, "AcctSvcrRef") or ""
    batch_id = text_of(entry, "NtryDtls/Btch/PmtInfId")
    details = list(entry.iterfind("{*}NtryDtls/{*}TxDtls"))
    detailed_cents = 0
    for detail in details:
        alone = len(details) == 1
        amount_cents = _detail_cents(detail, entry, total_cents if alone else None)
        detailed_cents += amount_cents
        if amount_cents:
            yield _transaction(detail, booked_on, amount_cents, reference, batch_id)
    if detailed_cents != total_cents:
        yield BankTransaction(booked_on, total_cents - detailed_cents, reference, batch_id=batch_id)


def _transaction(
    detail: etree._Element,
    booked_on: date,
    amount_cents: int,
    reference: str,
    batch_id: str | None,
) -> BankTransaction:
    reason = text_of(detail, "RtrInf/Rsn/Cd") or text_of(detail, "RtrInf/Rsn/Prtry")
    is_return = detail.find("{*}RtrInf") is not None
    # The other side; in a returned direct debit it is still the debtor.
    role = "Dbtr" if amount_cents > 0 or is_return else "Cdtr"
    remittance = [
        element.text or ""
        for path in ("{*}RmtInf/{*}Ustrd", "{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref")
        for element in detail.iterfind(path)
    ]
    return BankTransaction(
        booked_on=booked_on,
        amount_cents=amount_cents,
        reference=_reference(detail) or reference,
        end_to_end_id=_provided(text_of(detail, "Refs/EndToEndId")),
        rum=_provided(text_of(detail, "Refs/MndtId")),
        batch_id=_provided(text_of(detail, "Refs/PmtInfId") or batch_id),
        remittance=_provided(" ".join(remittance)[:LONGEST_TEXT]),
        party_name=text_of(detail, f"RltdPties/{role}/Nm")
        or text_of(detail, f"RltdPties/{role}/Pty/Nm"),
        party_iban=text_of(detail, f"RltdPties/{role}Acct/Id/IBAN"),
        return_reason=(reason or "NARR") if is_return else None,
    )


def _reference(detail: etree._Element) -> str | None:
    """Return the reference that the account's bank, or the first in the chain, gave."""
    names = ("AcctSvcrRef", "AcctSvcrTxId", "TxId")
    return next(filter(None, (text_of(detail, f"Refs/{name}") for name in names)), None)


def _detail_cents(detail: etree._Element, entry: etree._Element, alone_cents: int | None) -> int:
    """The signed amount of a transaction, else of the entry if it has no other transaction."""
    sign = _sign(entry if detail.find("{*}CdtDbtInd") is None else detail)
    for path in ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt"):
        amount = detail.find(path)
        if amount is not None:
            return sign * _cents(amount)
    return alone_cents or 0


def _signed_cents(element: etree._Element) -> int:
    amount = element.find("{*}Amt")
    if amount is None:
        raise StatementRefused("An entry or balance has no amount.")
    return _cents(amount) * _sign(element)


def _sign(element: etree._Element) -> int:
    sign = _SIGNS.get(text_of(element, "CdtDbtInd") or "")
    if sign is None:
        raise StatementRefused("An amount is neither a credit (CRDT) nor a debit (DBIT).")
    return sign


def _cents(amount: etree._Element) -> int:
    if amount.get("Ccy") != "EUR":
        raise StatementRefused("An amount is not in euro.")
    text = (amount.text or "").strip()
    if not _AMOUNT.fullmatch(text):
        raise StatementRefused("An amount is not a decimal number.")
    cents = Decimal(text) * 100
    if cents != int(cents):
        raise StatementRefused("An amount has fractions of a cent.")
    return int(cents)


def _day(element: etree._Element, *names: str) -> date:
    """The day of an entry or a balance, by the first of these names that it has."""
    days = (text_of(element, f"{name}/{form}") for name in names for form in ("Dt", "DtTm"))
    text = next(filter(None, days), "")
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise StatementRefused("An entry or balance has no date.") from error


def _provided(text: str | None) -> str | None:
    return None if text is None or text.strip() in _NOT_PROVIDED else text.strip()
