"""The sentences that a document must bear, in French and English, by code.

A document keeps the code, the facts and the French text of its day of issue; another language is
worded from the same facts on reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    FRENCH = "fr"
    ENGLISH = "en"


class MentionCode(StrEnum):
    """The subject of a sentence; the comment cites the law that requires it."""

    SUPPLY_OF_GOODS = "supply-of-goods"  # CGI ann. II art. 242 nonies A; décret 2022-1299
    VAT_FRANCHISE = "vat-franchise"  # CGI art. 293 E, II
    VAT_ON_DEBITS = "vat-on-debits"  # CGI ann. II art. 242 nonies A; décret 2022-1299
    MANDATARY = "issued-by-mandatary"  # CGI art. 289, I-2; BOI-TVA-DECLA-30-20-10
    SELF_BILLED = (
        "self-billed"  # CGI ann. II art. 242 nonies A, I; directive 2006/112 art. 226, 10a
    )
    PAYMENT_TERMS = "payment-terms"  # C. com. art. L441-9
    PAYEE = "payee"  # C. civ. art. 1342-2
    SEPA_DIRECT_DEBIT = "sepa-direct-debit"  # EPC016-06, 4.3.4
    SEPA_TRANSFER = "sepa-transfer"
    SMALL_DEBIT = "small-debit"
    PAYMENT_NOTICE = "payment-notice"
    NO_EARLY_PAYMENT_DISCOUNT = "no-early-payment-discount"  # C. com. art. L441-9
    LATE_PAYMENT_PENALTY = "late-payment-penalty"  # C. com. art. L441-10; CCP art. R2192-31
    RECOVERY_INDEMNITY = "recovery-indemnity"  # C. com. art. D441-5; CCP art. D2192-35
    ACCISE_EXEMPT = "accise-exempt"  # CIBS art. L312-79, L312-87
    ACCISE_STANDARD = "accise-standard"  # CIBS art. L312-35 to L312-37-1
    COMPLAINTS = "complaints"
    REASON = "reason"
    ENERGY_CORRECTED = "energy-corrected"
    DAY_CHANGED = "day-changed"
    DAYS_CHANGED = "days-changed"


@dataclass(frozen=True)
class Mention:
    """A sentence that the document must bear, as worded when it was issued.

    facts: the values in the wording, for other languages; in a document made by the customer, the
    document type for the XML too.
    """

    code: str
    text_fr: str
    facts: dict[str, str]


_COPIED = ("iban", "reference")
_FOUR = 4

_WORDINGS: Mapping[MentionCode, Mapping[Language, str]] = {
    MentionCode.SUPPLY_OF_GOODS: {
        Language.FRENCH: "Catégorie de l’opération : livraison de biens",
        Language.ENGLISH: "Category of operation: supply of goods",
    },
    MentionCode.VAT_FRANCHISE: {
        Language.FRENCH: "TVA non applicable, art. 293 B du CGI",
        Language.ENGLISH: "VAT not applicable, art. 293 B of the French tax code (CGI)",
    },
    MentionCode.VAT_ON_DEBITS: {
        Language.FRENCH: "Option pour le paiement de la taxe d’après les débits",
        Language.ENGLISH: "VAT due on invoicing, by option (paiement d’après les débits)",
    },
    MentionCode.MANDATARY: {
        Language.FRENCH: "Facture établie par {mandatary_name} (SIREN {mandatary_siren})"
        " au nom et pour le compte de {issuer_name}",
        Language.ENGLISH: "Invoice made by {mandatary_name} (SIREN {mandatary_siren})"
        " in the name and on behalf of {issuer_name}",
    },
    MentionCode.SELF_BILLED: {
        Language.FRENCH: "Autofacturation",
        Language.ENGLISH: "Self-billing",
    },
    MentionCode.PAYMENT_TERMS: {
        Language.FRENCH: "À payer sous {days} jours à compter de la date d’émission."
        " Moyens de paiement : {means_of_payment}",
        Language.ENGLISH: "Payable within {days} days of the date of issue."
        " Means of payment: {means_of_payment}",
    },
    MentionCode.PAYEE: {
        Language.FRENCH: "Paiement à {payee}, que {issuer_name} a désigné pour le recevoir"
        " (C. civ. art. 1342-2)",
        Language.ENGLISH: "Payable to {payee}, whom {issuer_name} has named to receive the payment"
        " (French civil code, art. 1342-2)",
    },
    MentionCode.SEPA_DIRECT_DEBIT: {
        Language.FRENCH: "Prélèvement SEPA par {creditor_name} (ICS {ics}), mandat {rum}, sur le"
        " compte {account}, le {first_day} au plus tôt",
        Language.ENGLISH: "SEPA direct debit by {creditor_name} (ICS {ics}), mandate {rum}, from"
        " account {account}, on {first_day} at the earliest",
    },
    MentionCode.SEPA_TRANSFER: {
        Language.FRENCH: "Virement à {creditor_name}, IBAN {iban}, référence {reference}",
        Language.ENGLISH: "Transfer to {creditor_name}, IBAN {iban}, reference {reference}",
    },
    MentionCode.SMALL_DEBIT: {
        Language.FRENCH: "Moins de {least_eur} € ne sont pas prélevés seuls : cette somme attend"
        " la facture suivante, un an au plus",
        Language.ENGLISH: "Less than €{least_eur} is not collected alone: this sum waits for the"
        " next invoice, for a year at most",
    },
    MentionCode.PAYMENT_NOTICE: {
        Language.FRENCH: "Fait partie de l’avis d’échéance {number}, qui demande une seule somme",
        Language.ENGLISH: "Part of payment notice {number}, which asks for one sum",
    },
    MentionCode.NO_EARLY_PAYMENT_DISCOUNT: {
        Language.FRENCH: "Pas d’escompte pour paiement anticipé",
        Language.ENGLISH: "No discount for early payment",
    },
    MentionCode.LATE_PAYMENT_PENALTY: {
        Language.FRENCH: "En cas de retard de paiement, pénalités exigibles au taux de"
        " refinancement de la BCE majoré de {points} points ({legal_reference})",
        Language.ENGLISH: "Late payment bears a penalty at the ECB’s refinancing rate plus"
        " {points} points ({legal_reference})",
    },
    MentionCode.RECOVERY_INDEMNITY: {
        Language.FRENCH: "Indemnité forfaitaire pour frais de recouvrement en cas de retard :"
        " {amount_eur} € ({legal_reference})",
        Language.ENGLISH: "Fixed indemnity for recovery costs if payment is late:"
        " {amount_eur} € ({legal_reference})",
    },
    MentionCode.ACCISE_EXEMPT: {
        Language.FRENCH: "Accise sur l’électricité du {first_day} au {last_day} : tarif nul,"
        " {legal_basis} (justificatif : {evidence})",
        Language.ENGLISH: "Excise duty on electricity from {first_day} to {last_day}: rate of"
        " zero, {legal_basis} (evidence: {evidence})",
    },
    MentionCode.ACCISE_STANDARD: {
        Language.FRENCH: "Accise sur l’électricité du {first_day} au {last_day} : due au tarif"
        " plein, soumise à la TVA ({legal_reference})",
        Language.ENGLISH: "Excise duty on electricity from {first_day} to {last_day}: due at the"
        " full rate, subject to VAT ({legal_reference})",
    },
    MentionCode.COMPLAINTS: {
        Language.FRENCH: "Réclamations : {contact}",
        Language.ENGLISH: "Complaints: {contact}",
    },
    MentionCode.REASON: {
        Language.FRENCH: "Motif : {reason}",
        Language.ENGLISH: "Reason: {reason}",
    },
    MentionCode.ENERGY_CORRECTED: {
        Language.FRENCH: "Motif : l’énergie de cette période a été rectifiée depuis",
        Language.ENGLISH: "Reason: the energy of this period has since been corrected",
    },
    MentionCode.DAY_CHANGED: {
        Language.FRENCH: "Ce qui change : {energy_kwh} kWh, le {first_day}",
        Language.ENGLISH: "Change: {energy_kwh} kWh, on {first_day}",
    },
    MentionCode.DAYS_CHANGED: {
        Language.FRENCH: "Ce qui change : {energy_kwh} kWh en tout, du {first_day} au {last_day}",
        Language.ENGLISH: "Change: {energy_kwh} kWh in all, {first_day} to {last_day}",
    },
}


def worded(code: MentionCode, facts: Mapping[str, str], language: Language) -> str:
    """The sentence with its facts, which are those that the wording of the code names.

    What people copy is in fours.
    """
    copied = {name: in_fours(facts[name]) for name in _COPIED if name in facts}
    return _WORDINGS[code][language].format_map({**facts, **copied} if copied else facts)


def in_fours(text: str) -> str:
    """An account or a reference as it is read: RF55 HNMH TZNF 2026 0000 1, on one line."""
    return "\u00a0".join(text[first : first + _FOUR] for first in range(0, len(text), _FOUR))
