"""Members' requests to be debited: they agree to a text; confirmation makes a mandate.

Nothing is collected under a request: it is no mandate, and collections do not read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from libs.common.errors import Problem
from libs.common.french import unparted
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.wordings import Language

SHOWN_END = 4
"""The number of characters of an account shown in a request, to any reader."""


class CollectorUnknown(Problem):
    status, slug, title = 404, "collector-unknown", "No member with this id collects from you"
    example_detail = (
        "See mandate-collectors for the members that collect for your operations' sellers."
    )


class MandateTextChanged(Problem):
    status, slug, title = 409, "mandate-text-changed", "The text of the mandate has changed"
    example_detail = "Read mandate-collectors again, and agree to the text given there."


class MandateRequestFixed(Problem):
    status, slug, title = 409, "mandate-request-fixed", "A request does not change"
    example_detail = "Withdraw this request and make another one."


class MandateRequestWaiting(Problem):
    status, slug, title = 409, "mandate-request-waiting", "Another request awaits its answer"
    example_detail = "Withdraw your earlier request, or wait for its answer."


class MandateRequestUnknown(Problem):
    status, slug, title = 404, "mandate-request-unknown", "There is no such mandate request"
    example_detail = "There is no mandate request with this id."


class MandateRequestAnswered(Problem):
    status, slug, title = 409, "mandate-request-answered", "The request was answered differently"
    example_detail = "It was confirmed already: there is a mandate."


class RequestState(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"  # there is a mandate
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class MandateRequest:
    """The account that a debtor wants to have debited, and the text agreed to.

    iban: until the answer; then the mandate has it, or it is erased. account_end: its last
    characters. mandate_id: once confirmed. The debtor chooses the id of the request but not this
    one, which would otherwise reveal whether somebody has a mandate with that id.
    """

    id: UUID
    creditor_id: UUID
    debtor_id: UUID
    holder: str
    iban: str | None
    account_end: str
    language: Language
    agreed_text: str
    asked_at: datetime
    answered_at: datetime | None = None
    declined_because: str | None = None
    mandate_id: UUID | None = None

    @property
    def state(self) -> RequestState:
        if self.answered_at is None:
            return RequestState.REQUESTED
        return RequestState.DECLINED if self.declined_because else RequestState.CONFIRMED

    def asks_the_same(self, other: "MandateRequest") -> bool:
        """Whether this is the same request sent again, as far as the account is still known."""
        names = ("creditor_id", "debtor_id", "holder", "account_end", "language", "agreed_text")
        is_same_account = self.iban is None or self.iban == other.iban
        return is_same_account and all(
            getattr(self, name) == getattr(other, name) for name in names
        )


# Source: EPC016-06, SEPA Core Direct Debit rulebook, 4.7.2 (the mandate); RUM and day are given
# later, which it allows. The words have not been compared with those published by the EPC yet.
_TEXTS: Mapping[Language, str] = {
    Language.FRENCH: (
        "Mandat de prélèvement SEPA, pour des prélèvements récurrents. "
        "Créancier : {name}, identifiant créancier SEPA (ICS) {ics}.\n"
        "En cochant cette case, j’autorise {name} à envoyer des instructions à ma banque pour"
        " débiter mon compte, et ma banque à débiter mon compte conformément aux instructions de"
        " {name}.\n"
        "Je bénéficie du droit d’être remboursé par ma banque selon les conditions décrites dans"
        " la convention que j’ai passée avec elle. Une demande de remboursement doit être"
        " présentée dans les 8 semaines qui suivent la date de débit de mon compte.\n"
        "Chaque prélèvement m’est annoncé {days} avant, avec son montant et sa date. La référence"
        " unique du mandat (RUM) m’est donnée quand la demande est confirmée."
    ),
    Language.ENGLISH: (
        "SEPA direct debit mandate, for recurrent direct debits. "
        "Creditor: {name}, SEPA creditor identifier (ICS) {ics}.\n"
        "By ticking this box, I authorise {name} to send instructions to my bank to debit my"
        " account, and my bank to debit my account in accordance with the instructions from"
        " {name}.\n"
        "I am entitled to a refund from my bank under the terms and conditions of my agreement"
        " with my bank. A refund must be claimed within 8 weeks starting from the date on which"
        " my account was debited.\n"
        "I am told of each direct debit {days} before, with its amount and its date. The unique"
        " mandate reference (RUM) is given to me when the request is confirmed."
    ),
}
_DAYS: Mapping[Language, tuple[str, str]] = {
    Language.FRENCH: ("un jour", "{} jours"),
    Language.ENGLISH: ("one day", "{} days"),
}


def write_mandate_text(creditor: Creditor, language: Language) -> str:
    """Write the text to which a debtor agrees. The creditor must have an ICS."""
    assert creditor.ics is not None, "it cannot collect"
    singular, plural = _DAYS[language]
    days = singular if creditor.notice_days == 1 else plural.format(creditor.notice_days)
    text = _TEXTS[language].format(name=creditor.name, ics=creditor.ics, days=days)
    return unparted(text)
