"""Files for the bank: direct debits (pain.008) and transfers (pain.001) in the SEPA zone.

Written here rather than by a library: `sepaxml` chooses ids and times itself, so that the same
payments would not give the same bytes. Its schemas check these files in the tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from services.billing.domain.payments.collecting import CollectedDebit, OpenInvoice, batch_id
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.domain.payments.payouts.payouts import transfer_batch_id
from services.billing.domain.payments.transfers import TransferOrder
from services.billing.formats.sepa_text import sepa_amount, sepa_text

_LONGEST_NAME, _LONGEST_REMITTANCE, _ANY_LENGTH = 70, 140, 1_000_000
_DEBITS = {Edition.Y2009: "pain.008.001.02", Edition.Y2019: "pain.008.001.08"}
_TRANSFERS = {Edition.Y2009: "pain.001.001.03", Edition.Y2019: "pain.001.001.09"}

_Tree: TypeAlias = "Mapping[str, _Tree | str | list[_Tree]]"


def write_debits(
    message_id: str,
    creditor: Creditor,
    debits: Sequence[CollectedDebit],
    *,
    collection_date: date,
    created_at: datetime,
) -> bytes:
    """Write a pain.008 with one batch per sequence type; created_at is local.

    The amounts are what is payable of the invoices, so that the file agrees with the ledger.
    """
    assert creditor.ics is not None
    ordered = sorted(debits, key=lambda debit: debit.sequence_type)
    batches = [
        _debit_batch(batch_id(message_id, kind), creditor, list(batch), kind, collection_date)
        for kind, batch in groupby(ordered, key=lambda debit: debit.sequence_type)
    ]
    amounts = [debit.amount_cents for debit in debits]
    header = _header(message_id, creditor.name, amounts, created_at)
    return _document(
        _DEBITS[creditor.edition], {"CstmrDrctDbtInitn": {"GrpHdr": header, "PmtInf": batches}}
    )


def _debit_batch(
    payment_id: str,
    creditor: Creditor,
    debits: Sequence[CollectedDebit],
    sequence_type: str,
    collection_date: date,
) -> _Tree:
    assert creditor.ics is not None
    scheme: _Tree = {"Othr": {"Id": creditor.ics, "SchmeNm": {"Prtry": "SEPA"}}}
    return {
        "PmtInfId": payment_id,
        "PmtMtd": "DD",
        "BtchBookg": "true",
        **_sums([debit.amount_cents for debit in debits]),
        "PmtTpInf": {
            "SvcLvl": {"Cd": "SEPA"},
            "LclInstrm": {"Cd": "CORE"},
            "SeqTp": sequence_type,
        },
        "ReqdColltnDt": collection_date.isoformat(),
        "Cdtr": _name(creditor.name),
        "CdtrAcct": _account(creditor.iban),
        "CdtrAgt": _agent(creditor.bic, creditor.edition),
        "ChrgBr": "SLEV",
        "CdtrSchmeId": {"Id": {"PrvtId": scheme}},
        "DrctDbtTxInf": [_debit(debit, creditor) for debit in debits],
    }


def _debit(debit: CollectedDebit, creditor: Creditor) -> _Tree:
    mandate = debit.mandate
    sellers = {invoice.issuer_id: invoice.issuer_name for invoice in debit.invoices}
    # A transaction names one ultimate creditor: its text names several.
    others = [name for seller_id, name in sellers.items() if seller_id != creditor.member_id]
    return {
        "PmtId": {"EndToEndId": debit.end_to_end_id},
        "InstdAmt": sepa_amount(debit.amount_cents),
        "DrctDbtTx": {
            "MndtRltdInf": {"MndtId": mandate.rum, "DtOfSgntr": mandate.signed_on.isoformat()}
        },
        **({"UltmtCdtr": _name(others[0])} if len(sellers) == len(others) == 1 else {}),
        "DbtrAgt": _agent(mandate.bic, creditor.edition),
        "Dbtr": _name(mandate.holder),
        "DbtrAcct": _account(mandate.account),
        "RmtInf": {"Ustrd": _remittance(debit.invoices)},
    }


def _remittance(invoices: Sequence[OpenInvoice]) -> str:
    """Return the text for the debtor's statement; a shorter one where it does not fit."""
    operations = ", ".join(dict.fromkeys(invoice.operation_name for invoice in invoices))
    if len(invoices) == 1:
        return sepa_text(f"Facture {invoices[0].number} {operations}", _LONGEST_REMITTANCE)
    texts = [
        f"Factures {', '.join(f'{each.number} {each.issuer_name}' for each in invoices)}",
        f"Factures {', '.join(each.number for each in invoices)} {operations}",
        f"{len(invoices)} factures {operations}",
    ]
    return _longest_fitting(texts)


def _longest_fitting(texts: Sequence[str]) -> str:
    """The first of these that a statement has room for, or what fits of the last one."""
    fitting = (text for text in texts if len(sepa_text(text, _ANY_LENGTH)) <= _LONGEST_REMITTANCE)
    return sepa_text(next(fitting, texts[-1]), _LONGEST_REMITTANCE)


def write_transfers(
    message_id: str,
    payer: Creditor,
    orders: Sequence[TransferOrder],
    *,
    execution_date: date,
    created_at: datetime,
) -> bytes:
    """Write a pain.001 with one batch; created_at is local."""
    amounts = [order.amount_cents for order in orders]
    day = execution_date.isoformat()
    batch: _Tree = {
        "PmtInfId": transfer_batch_id(message_id),
        "PmtMtd": "TRF",
        "BtchBookg": "false",
        **_sums(amounts),
        "PmtTpInf": {"SvcLvl": {"Cd": "SEPA"}},
        "ReqdExctnDt": day if payer.edition is Edition.Y2009 else {"Dt": day},
        "Dbtr": _name(payer.name),
        "DbtrAcct": _account(payer.iban),
        "DbtrAgt": _agent(payer.bic, payer.edition),
        "ChrgBr": "SLEV",
        "CdtTrfTxInf": [_transfer(order, payer.edition) for order in orders],
    }
    header = _header(message_id, payer.name, amounts, created_at)
    return _document(
        _TRANSFERS[payer.edition], {"CstmrCdtTrfInitn": {"GrpHdr": header, "PmtInf": batch}}
    )


def _transfer(order: TransferOrder, edition: Edition) -> _Tree:
    bank: _Tree = {"CdtrAgt": _agent(order.bic, edition)} if order.bic else {}
    return {
        "PmtId": {"EndToEndId": order.end_to_end_id},
        "Amt": {"InstdAmt": sepa_amount(order.amount_cents)},
        **bank,
        "Cdtr": _name(order.holder),
        "CdtrAcct": _account(order.iban),
        "RmtInf": {"Ustrd": _longest_fitting(order.remittances)},
    }


def _header(message_id: str, name: str, amounts: Sequence[int], created_at: datetime) -> _Tree:
    return {
        "MsgId": message_id,
        "CreDtTm": created_at.replace(microsecond=0, tzinfo=None).isoformat(),
        **_sums(amounts),
        "InitgPty": _name(name),
    }


def _sums(amounts: Sequence[int]) -> _Tree:
    return {"NbOfTxs": str(len(amounts)), "CtrlSum": sepa_amount(sum(amounts))}


def _name(name: str) -> _Tree:
    return {"Nm": sepa_text(name, _LONGEST_NAME)}


def _account(iban: str) -> _Tree:
    return {"Id": {"IBAN": iban}}


def _agent(bic: str | None, edition: Edition) -> _Tree:
    if bic is None:
        return {"FinInstnId": {"Othr": {"Id": "NOTPROVIDED"}}}
    return {"FinInstnId": {"BIC" if edition is Edition.Y2009 else "BICFI": bic}}


def _document(message: str, content: _Tree) -> bytes:
    namespace = f"urn:iso:std:iso:20022:tech:xsd:{message}"
    default: dict[str, str] = {None: namespace}  # type: ignore[dict-item] # the stubs lack it
    root = etree.Element(f"{{{namespace}}}Document", nsmap=default)
    _append(root, content, namespace)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _append(parent: etree._Element, content: _Tree, namespace: str) -> None:
    for name, value in content.items():
        children: Iterable[_Tree | str] = value if isinstance(value, list) else [value]
        for child in children:
            element = etree.SubElement(parent, f"{{{namespace}}}{name}")
            if isinstance(child, str):
                element.text = child
            else:
                _append(element, child, namespace)
            if name == "InstdAmt":
                element.set("Ccy", "EUR")
