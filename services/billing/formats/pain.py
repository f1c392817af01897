"""Files for the bank: direct debits (pain.008) and transfers (pain.001) in the SEPA zone.

Written here rather than by a library: `sepaxml` chooses ids and times itself, so that the same
payments would not give the same bytes. Its schemas check these files in the tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from services.billing.domain.payments.collecting import CollectedItem, batch_id
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.domain.payments.payouts.payouts import PayoutItem, transfer_batch_id
from services.billing.formats.sepa_text import sepa_amount, sepa_text

_LONGEST_NAME, _LONGEST_REMITTANCE = 70, 140
_DEBITS = {Edition.Y2009: "pain.008.001.02", Edition.Y2019: "pain.008.001.08"}
_TRANSFERS = {Edition.Y2009: "pain.001.001.03", Edition.Y2019: "pain.001.001.09"}

_Tree: TypeAlias = "Mapping[str, _Tree | str | list[_Tree]]"


def write_debits(
    message_id: str,
    creditor: Creditor,
    items: Sequence[CollectedItem],
    *,
    collection_date: date,
    created_at: datetime,
) -> bytes:
    """Write a pain.008 with one batch per sequence type; created_at is local.

    The amounts are what is payable of the invoices, so that the file agrees with the ledger.
    """
    assert creditor.ics is not None
    ordered = sorted(items, key=lambda item: item.sequence_type)
    batches = [
        _debit_batch(batch_id(message_id, kind), creditor, list(batch), kind, collection_date)
        for kind, batch in groupby(ordered, key=lambda item: item.sequence_type)
    ]
    amounts = [item.amount_cents for item in items]
    header = _header(message_id, creditor.name, amounts, created_at)
    return _document(
        _DEBITS[creditor.edition], {"CstmrDrctDbtInitn": {"GrpHdr": header, "PmtInf": batches}}
    )


def _debit_batch(
    payment_id: str,
    creditor: Creditor,
    items: Sequence[CollectedItem],
    sequence_type: str,
    collection_date: date,
) -> _Tree:
    assert creditor.ics is not None
    scheme: _Tree = {"Othr": {"Id": creditor.ics, "SchmeNm": {"Prtry": "SEPA"}}}
    return {
        "PmtInfId": payment_id,
        "PmtMtd": "DD",
        "BtchBookg": "true",
        **_sums([item.amount_cents for item in items]),
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
        "DrctDbtTxInf": [_debit(item, creditor) for item in items],
    }


def _debit(item: CollectedItem, creditor: Creditor) -> _Tree:
    invoice, mandate = item.invoice, item.mandate
    collects_for_other = invoice.issuer_id != creditor.member_id
    text = f"Facture {invoice.number} {invoice.operation_name}"
    return {
        "PmtId": {"EndToEndId": item.end_to_end_id},
        "InstdAmt": sepa_amount(item.amount_cents),
        "DrctDbtTx": {
            "MndtRltdInf": {"MndtId": mandate.rum, "DtOfSgntr": mandate.signed_on.isoformat()}
        },
        **({"UltmtCdtr": _name(invoice.issuer_name)} if collects_for_other else {}),
        "DbtrAgt": _agent(mandate.bic, creditor.edition),
        "Dbtr": _name(mandate.holder),
        "DbtrAcct": _account(mandate.account),
        "RmtInf": {"Ustrd": sepa_text(text, _LONGEST_REMITTANCE)},
    }


def write_transfers(
    message_id: str,
    payer: Creditor,
    items: Sequence[PayoutItem],
    *,
    execution_date: date,
    created_at: datetime,
) -> bytes:
    """Write a pain.001 with one batch; created_at is local."""
    amounts = [item.amount_cents for item in items]
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
        "CdtTrfTxInf": [_transfer(item, payer.edition, payer.name) for item in items],
    }
    header = _header(message_id, payer.name, amounts, created_at)
    return _document(
        _TRANSFERS[payer.edition], {"CstmrCdtTrfInitn": {"GrpHdr": header, "PmtInf": batch}}
    )


def _transfer(item: PayoutItem, edition: Edition, payer_name: str) -> _Tree:
    bank: _Tree = {"CdtrAgt": _agent(item.payee.bic, edition)} if item.payee.bic else {}
    return {
        "PmtId": {"EndToEndId": item.end_to_end_id},
        "Amt": {"InstdAmt": sepa_amount(item.amount_cents)},
        **bank,
        "Cdtr": _name(item.payee.name),
        "CdtrAcct": _account(item.payee.iban),
        "RmtInf": {"Ustrd": sepa_text(f"{item.subject} {payer_name}", _LONGEST_REMITTANCE)},
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
