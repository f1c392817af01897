"""The QR code that a bank's application reads as a transfer (EPC069-12)."""

from dataclasses import dataclass
from decimal import Decimal

import segno

from services.billing.documents.facts import DocumentFacts
from services.billing.domain.wordings import MentionCode

_VERSION = "002"  # of the guidelines: the BIC may be left out
_UTF_8 = "1"
_NAME_LETTERS = 70
_MASK = 0
_LIGHT_AROUND = 0  # the page gives the four squares of white


@dataclass(frozen=True)
class AskedTransfer:
    """A transfer that a payer is asked for; amount_cents None: the payer types it."""

    name: str
    iban: str
    reference: str
    amount_cents: int | None


def pay_code(facts: DocumentFacts) -> str:
    """An SVG of the code of a document that asks for a transfer."""
    return drawn(asked_transfer(facts))


def asked_transfer(facts: DocumentFacts) -> AskedTransfer:
    transfer = facts.mention_facts(MentionCode.SEPA_TRANSFER)
    # A debit under way of the document that this one replaces may pay it, also beside a credit that
    # pays a part: no sum then.
    return AskedTransfer(
        transfer["creditor_name"],
        transfer["iban"],
        transfer["reference"],
        None if facts.originals else facts.left_cents,
    )


def drawn(transfer: AskedTransfer) -> str:
    """An SVG of the code."""
    # EPC069-12: error correction M, whatever the size. To try all eight masks for the one with the
    # fewest faults takes five times as long, a third of the whole page; cameras read any.
    text = transfer_text(transfer)
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    svg: str = code.svg_inline(border=_LIGHT_AROUND, omitsize=True)
    return svg


def transfer_text(transfer: AskedTransfer) -> str:
    """The transfer in the lines of EPC069-12, without what is empty at the end."""
    cents = transfer.amount_cents
    no_bic, no_purpose = "", ""
    return "\n".join(
        [
            "BCD",
            _VERSION,
            _UTF_8,
            "SCT",
            no_bic,
            " ".join(transfer.name.split())[:_NAME_LETTERS],
            transfer.iban,
            "" if cents is None else f"EUR{Decimal(cents).scaleb(-2):.2f}",
            no_purpose,
            transfer.reference,
        ]
    )
