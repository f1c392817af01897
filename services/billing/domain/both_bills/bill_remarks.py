"""Remarks for members beside their two bills, in French and English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from libs.common.french import unparted
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.both_bills.both_bills import BothBills
from services.billing.domain.both_bills.tariff_hours import is_as_said
from services.billing.domain.both_bills.turpe import RowStatus
from services.billing.domain.wordings import Language


class RemarkCode(StrEnum):
    DIFFERENCE = "difference"
    SUPPLIER_ESTIMATED = "supplier-estimated"
    REFERENCE_OFFER = "reference-offer"
    REFERENCE_ESTIMATED = "reference-estimated"
    NETWORKS_OF_LOCAL = "networks-of-local"
    OFF_PEAK_SHARE_SAID = "off-peak-share-said"
    OFF_PEAK_SHARE_ADJUSTED = "off-peak-share-adjusted"
    OFFER_CHANGED = "offer-changed"
    TURPE_ESTIMATED = "turpe-estimated"
    LOCAL_NOT_ISSUED = "local-not-issued"
    ACCISE_UNKNOWN = "accise-unknown"
    SETTLEMENT_PROVISIONAL = "settlement-provisional"
    SAME_TRANSFORMER = "same-transformer"
    NO_TURPE_OPTION = "no-turpe-option"
    MANAGEMENT_DIFFERENCE = "management-difference"


@dataclass(frozen=True)
class Remark:
    code: RemarkCode
    text_fr: str
    text_en: str


_WORDINGS: Mapping[RemarkCode, Mapping[Language, str]] = {
    RemarkCode.SUPPLIER_ESTIMATED: {
        Language.FRENCH: "Les factures du fournisseur sont estimées d’après l’offre que vous avez"
        " saisie.",
        Language.ENGLISH: "The supplier’s bills are estimates, from the offer that you entered.",
    },
    RemarkCode.REFERENCE_OFFER: {
        Language.FRENCH: "Vous n’avez pas saisi l’offre de votre fournisseur : la comparaison"
        " suppose l’offre « {offer_fr}, {kva} kVA ». Si ce n’est pas la vôtre, saisissez-la.",
        Language.ENGLISH: "You have not entered your supplier’s offer: the comparison assumes"
        " “{offer_en}, {kva} kVA”. If that is not yours, enter it.",
    },
    RemarkCode.REFERENCE_ESTIMATED: {
        Language.FRENCH: "Les prix de cette offre de référence ne sont pas confirmés pour ce mois :"
        " ce sont les derniers que nous connaissons.",
        Language.ENGLISH: "The prices of this reference offer are not confirmed for this month:"
        " they are the last ones that we know.",
    },
    RemarkCode.NETWORKS_OF_LOCAL: {
        Language.FRENCH: "L’énergie locale passe par le réseau : votre fournisseur facture aussi"
        " son acheminement (TURPE).",
        Language.ENGLISH: "Local energy uses the networks: your supplier bills that use (TURPE)"
        " too.",
    },
    RemarkCode.OFF_PEAK_SHARE_SAID: {
        Language.FRENCH: "Votre consommation est répartie entre heures pleines et creuses selon le"
        " pourcentage que vous avez indiqué ; les heures de l’énergie locale sont mesurées.",
        Language.ENGLISH: "What you consumed is split between peak and off-peak hours by the"
        " percentage that you gave; the hours of the local energy are measured.",
    },
    RemarkCode.OFF_PEAK_SHARE_ADJUSTED: {
        Language.FRENCH: "Ce pourcentage ne va pas avec les heures de l’énergie locale : il a été"
        " ajusté pour ce mois.",
        Language.ENGLISH: "That percentage does not go with the hours of the local energy: it was"
        " adjusted for this month.",
    },
    RemarkCode.OFFER_CHANGED: {
        Language.FRENCH: "L’offre ou un taux a changé pendant le mois : le complément du"
        " fournisseur est réparti également entre les jours.",
        Language.ENGLISH: "The offer or a rate changed in the month: what the supplier gives is"
        " spread evenly over the days.",
    },
    RemarkCode.TURPE_ESTIMATED: {
        Language.FRENCH: "Le tarif des réseaux (TURPE) de ce mois est une estimation : ses valeurs"
        " publiées manquent.",
        Language.ENGLISH: "The tariff of networks (TURPE) of this month is an estimate: its"
        " published values are missing.",
    },
    RemarkCode.LOCAL_NOT_ISSUED: {
        Language.FRENCH: "La facture locale n’est pas encore émise, ou pas entièrement.",
        Language.ENGLISH: "The local bill is not issued yet, or not all of it.",
    },
    RemarkCode.ACCISE_UNKNOWN: {
        Language.FRENCH: "L’opération n’a pas décidé de l’accise sur l’énergie locale : la facture"
        " locale est sans elle.",
        Language.ENGLISH: "The operation has not decided on the accise on local energy: the local"
        " bill is without it.",
    },
    RemarkCode.SETTLEMENT_PROVISIONAL: {
        Language.FRENCH: "Les énergies de ce mois sont provisoires.",
        Language.ENGLISH: "The energies of this month are provisional.",
    },
    RemarkCode.SAME_TRANSFORMER: {
        Language.FRENCH: "Le tarif réseau d’autoconsommation collective est une option, réservée"
        " aux opérations dont tous les points sont derrière un même poste de transformation.",
        Language.ENGLISH: "The collective tariff of networks is an option, reserved to operations"
        " whose points are all behind one transformer of the network.",
    },
    RemarkCode.NO_TURPE_OPTION: {
        Language.FRENCH: "Le tarif réseau d’autoconsommation collective n’est pas comparé : votre"
        " formule d’acheminement ne l’a pas, ou les heures ou les valeurs manquent.",
        Language.ENGLISH: "The collective tariff of networks is not compared: your tariff formula"
        " has none, or the hours or the values are not known.",
    },
    RemarkCode.MANAGEMENT_DIFFERENCE: {
        Language.FRENCH: "La gestion d’un point en autoconsommation collective coûte {eur} €"
        " de plus hors taxes ce mois-ci, si votre fournisseur le répercute ; les factures sont sans"
        " cela.",
        Language.ENGLISH: "Managing a point of a collective operation costs €{eur} more before"
        " taxes in this month, if your supplier passes it on; the bills are without it.",
    },
}
_DIFFERENCE = {
    Language.FRENCH: "Sur {consumed} kWh consommés, {local} kWh viennent de l’opération. Le"
    " fournisseur facture {avoided} € de moins, l’opération facture {billed} € : vous payez"
    " {saving} € de {less} que sans elle.",
    Language.ENGLISH: "Of {consumed} kWh consumed, {local} kWh came from the operation. The"
    " supplier bills €{avoided} less, the operation bills €{billed}: you pay €{saving}"
    " {less} than without it.",
}
_DIRECTIONS = {
    Language.FRENCH: ("moins", "plus"),
    Language.ENGLISH: ("less", "more"),
}


def remarks_on(bills: BothBills) -> list[Remark]:
    """Return the difference in a sentence, then the remarks on estimates and their causes."""
    saving_cents = bills.saving_incl_vat_cents
    avoided_cents = bills.without.totals.incl_vat_cents - bills.supplier.totals.incl_vat_cents
    texts = {
        language: text.format(
            consumed=_decimal(language, kwh_from_wmin(bills.consumption_wmin), 3),
            local=_decimal(language, kwh_from_wmin(bills.local_wmin), 3),
            avoided=_eur(language, avoided_cents),
            billed=_eur(language, bills.local.totals.incl_vat_cents),
            saving=_eur(language, abs(saving_cents)),
            less=_DIRECTIONS[language][saving_cents < 0],
        )
        for language, text in _DIFFERENCE.items()
    }
    return [_remark(RemarkCode.DIFFERENCE, texts), *(_word(code, bills) for code in _codes(bills))]


def _codes(bills: BothBills) -> Iterator[RemarkCode]:
    yield from _codes_of_offers(bills)
    yield RemarkCode.NETWORKS_OF_LOCAL
    split = [use for use in bills.uses if use.consumed.off_peak_wmin is not None]
    if split:
        yield RemarkCode.OFF_PEAK_SHARE_SAID
    if any(not is_as_said(use.consumed, use.stretch.offer.off_peak_percent) for use in split):
        yield RemarkCode.OFF_PEAK_SHARE_ADJUSTED
    if len(bills.uses) > 1:
        yield RemarkCode.OFFER_CHANGED
    if _has_estimated_grid(bills):
        yield RemarkCode.TURPE_ESTIMATED
    if not bills.local.is_issued:
        yield RemarkCode.LOCAL_NOT_ISSUED
    if not bills.local.accise_is_known:
        yield RemarkCode.ACCISE_UNKNOWN
    if not bills.is_definitive:
        yield RemarkCode.SETTLEMENT_PROVISIONAL
    yield RemarkCode.SAME_TRANSFORMER if bills.turpe_option else RemarkCode.NO_TURPE_OPTION
    if bills.management_difference_cents is not None:
        yield RemarkCode.MANAGEMENT_DIFFERENCE


def _codes_of_offers(bills: BothBills) -> Iterator[RemarkCode]:
    if any(use.stretch.reference is None for use in bills.uses):
        yield RemarkCode.SUPPLIER_ESTIMATED
    if bills.assumed:
        yield RemarkCode.REFERENCE_OFFER
    if any(offer.status is RowStatus.ESTIMATE for offer in bills.assumed):
        yield RemarkCode.REFERENCE_ESTIMATED


def _has_estimated_grid(bills: BothBills) -> bool:
    if bills.turpe_option and bills.turpe_option.is_estimate:
        return True
    return any(use.stretch.grid.status is RowStatus.ESTIMATE for use in bills.uses)


def _word(code: RemarkCode, bills: BothBills) -> Remark:
    cents = bills.management_difference_cents or 0
    reference = bills.assumed[-1] if bills.assumed else None
    facts = {
        "offer_fr": reference.name_fr if reference else "",
        "offer_en": reference.name_en if reference else "",
        "kva": reference.offer.subscribed_kva if reference else "",
    }
    texts = {
        language: text.format(eur=_eur(language, cents), **facts)
        for language, text in _WORDINGS[code].items()
    }
    return _remark(code, texts)


def _remark(code: RemarkCode, texts: Mapping[Language, str]) -> Remark:
    return Remark(code, unparted(texts[Language.FRENCH]), texts[Language.ENGLISH])


def _eur(language: Language, cents: int) -> str:
    return _decimal(language, Decimal(cents) / 100, 2)


def _decimal(language: Language, value: Decimal, decimals: int) -> str:
    text = str(round_half_up(value, decimals))
    return text.replace(".", ",") if language is Language.FRENCH else text
