"""Members ask to be debited: they agree to a text, and a mandate is made once it is confirmed.

Nothing is collected under a request: it is no mandate, and none of what collects reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.creditors import Creditor
from services.billing.domain.wordings import Language

SHOWN_END = 4
"""So many characters of an account are shown of a request, to whoever it is."""


class CollectorUnknown(Problem):
    status, slug, title = 404, "collector-unknown", "Nobody of that id collects from you"
    example_detail = "Who collects for a seller of your operations is in mandate-collectors."


class MandateTextChanged(Problem):
    status, slug, title = 409, "mandate-text-changed", "The text of the mandate is another one"
    example_detail = "Read mandate-collectors again, and agree to the text that is there."


class MandateRequestFixed(Problem):
    status, slug, title = 409, "mandate-request-fixed", "A request does not change"
    example_detail = "Withdraw this request and make another one."


class MandateRequestWaiting(Problem):
    status, slug, title = 409, "mandate-request-waiting", "Another request waits for its answer"
    example_detail = "Withdraw the request that you made before, or wait for its answer."


class MandateRequestUnknown(Problem):
    status, slug, title = 404, "mandate-request-unknown", "There is no such request of a mandate"
    example_detail = "There is no request of a mandate with this id."


class MandateRequestAnswered(Problem):
    status, slug, title = 409, "mandate-request-answered", "The request was answered otherwise"
    example_detail = "It was confirmed already: there is a mandate."


class RequestState(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"  # there is a mandate
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class MandateRequest:
    """What a debtor wants to be debited from, and the text that was agreed to.

    iban: until it is answered; then it is the mandate's, or gone. account_end: its last characters.
    mandate_id: once it is confirmed. Who asks has chosen the id of the request, but not this one:
    else they could tell by it whether somebody has a mandate of that id.
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
        """Whether it is the same request sent again, by what is still known of the account."""
        names = ("creditor_id", "debtor_id", "holder", "account_end", "language", "agreed_text")
        is_same_account = self.iban is None or self.iban == other.iban
        return is_same_account and all(
            getattr(self, name) == getattr(other, name) for name in names
        )


# Source: EPC016-06, SEPA Core Direct Debit rulebook, 4.7.2 (the mandate); RUM and day are told
# later, which it allows. Nobody has compared the words with those that the EPC publishes yet.
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
    """What a debtor agrees to; the creditor has an ICS."""
    assert creditor.ics is not None, "it cannot collect"
    singular, plural = _DAYS[language]
    days = singular if creditor.notice_days == 1 else plural.format(creditor.notice_days)
    return _TEXTS[language].format(name=creditor.name, ics=creditor.ics, days=days)
