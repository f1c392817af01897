"""An invented bank: account numbers, and statements of incoming payments (camt.053)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_BANK, _BRANCH = 99999, 10000


@dataclass(frozen=True)
class ReceivedTransfer:
    """Money that came in. words: what the payer wrote."""

    cents: int
    day: date
    words: str


def iban_of(account: int) -> str:
    """Return a French IBAN with correct check digits."""
    key = 97 - (89 * _BANK + 15 * _BRANCH + 3 * account) % 97
    bban = f"{_BANK:05}{_BRANCH:05}{account:011}{key:02}"
    # F is 15, R is 27 (ISO 13616).
    return f"FR{98 - int(f'{bban}152700') % 97:02}{bban}"


def statement_of(iban: str, transfers: Sequence[ReceivedTransfer]) -> bytes:
    """Return a statement; the same transfers make the same bytes, and their words identify them."""
    last_day = max(transfer.day for transfer in transfers)
    total_cents = sum(transfer.cents for transfer in transfers)
    entries = "".join(_entry(transfer) for transfer in transfers)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>1</MsgId><CreDtTm>{last_day}T06:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        + _balance("OPBD", 0, last_day)
        + _balance("CLBD", total_cents, last_day)
        + f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(transfer: ReceivedTransfer) -> str:
    return (
        f"<Ntry>{_credit(transfer.cents)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{transfer.day}</Dt></BookgDt><AcctSvcrRef>{transfer.words}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><RmtInf><Ustrd>{transfer.words}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        "</Ntry>"
    )


def _balance(code: str, cents: int, day: date) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_credit(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def _credit(cents: int) -> str:
    return f'<Amt Ccy="EUR">{cents // 100}.{cents % 100:02}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
