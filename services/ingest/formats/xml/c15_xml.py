"""C15: the events of the contracts of C5 points (XSD 5.2.0, domain: §1.4).

``C15 / PRM``, one per event: ``Evenement_Declencheur`` gives its time and kind (RES, MES, CFNE, …),
``Autoconsommation_Collective`` is there only for points that take part: 0 as a consumer, 1 as a
producer, 2 as both. Names and addresses are passed over: nothing of ours needs them.
"""

from datetime import UTC, datetime

from lxml import etree

from services.ingest.domain.facts.contracts import CONTRACT_EVENTS
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import columns, publication
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.notes import unknown_elements
from services.ingest.formats.parsed import Format, Parsed
from services.ingest.formats.stamps import iso_instant
from services.ingest.formats.xml.stream import begins_with, elements, local_name, root_pattern

NAME = "C15 XML"

_ROOT = root_pattern(b"C15")
_ELEMENTS = frozenset(
    b"Accessibilite Activite Adresse_Installation Adresse_Postale Alimentation "
    b"Ancienne_Reference Appartement Autoconsommation_Collective Autoproducteur Batiment "
    b"Borne_Fixe Branchement_Provisoire C15 Calibre Categorie Categorie_Materiel Civilite "
    b"Classe_Mesure Classe_Temporelle Classe_Temporelle_Distributeur Code_Commune "
    b"Code_EIC_Fournisseur Code_EIC_Responsable_Equilibre Code_Operation Code_Postal "
    b"Code_Qualification Coefficient_Lecture Complement_Localisation Compteur Constructeur "
    b"Contexte Contrat Coordonnees_Contact Date_Changement_Niveau_Ouverture_Services "
    b"Date_Coupure Date_Creation Date_Debut_Etat_Alimentation Date_Debut_Num_Sequence "
    b"Date_Derniere_Augmentation_Puissance_Souscrite "
    b"Date_Derniere_Diminution_Puissance_Souscrite Date_Derniere_Modification_FTA "
    b"Date_Evenement Date_Mise_En_Service Date_Premiere_Pose_Compteur_Linky "
    b"Date_Previsionnelle_Deploiement_Compteur_Linky Date_Refus_Pose_AMM Date_Releve "
    b"Date_Resiliation Disjoncteur Dispositif_De_Comptage Domaine_De_Tension Donnees_Releve "
    b"Email En_Tete_Flux Etablissement_Principal_Num_Siret Etage Etat_Alimentation "
    b"Etat_Contractuel Evenement_Declencheur Fax Finalite_Compteur Finalite_Disjoncteur "
    b"Forfait Formule_Tarifaire_Acheminement Id_Affaire Id_Calendrier "
    b"Id_Calendrier_Distributeur Id_Classe_Temporelle Id_Groupe_Periode_Mobile Id_PRM "
    b"Id_PRM_Hebergeur Id_PRM_Rattache Id_Plage_Heures_Creuses Id_Structure_Horosaisonniere "
    b"Identifiant Identifiant_Destinataire Identifiant_Emetteur Identifiant_Flux "
    b"Indicateur_Passage_A_Zero Instance_GRD Interlocuteur_Contrat Jour_Fixe_Releve "
    b"Libelle_Calendrier Libelle_Calendrier_Distributeur Libelle_Classe_Temporelle "
    b"Libelle_Commune Libelle_Flux Libelle_Plage_Heures_Creuses "
    b"Libelle_Structure_Horosaisonniere Lieu_Dit Ligne_1 Ligne_2 Ligne_3 Ligne_4 Ligne_5 "
    b"Ligne_6 Ligne_7 Localisation Localisation_Coupure Localisation_Limitation "
    b"Mode_Alimentation Motif_Coupure Motif_Limitation_Puissance Nature Nature_Contrat "
    b"Nature_Evenement Nature_Index Nb_Cadrans Nb_Chiffres_Cadran Niveau_Ouverture_Services "
    b"Nom Nom_Commercial Num_Depannage Num_Rue Num_Sequence Num_Serie Operation "
    b"Origine_Evenement PRM P_Raccordement_Soutirage Palier_Technologique "
    b"Pas_Courbe_De_Charge_Soutirage Passage_Niveau Pays Periode Periodicite_Releve "
    b"Personne_Morale Personne_Physique Plage_Heures_Creuses Plages_Heures_Creuses Prenom "
    b"Puissance_Limitation Puissance_Souscrite Raison_Sociale Rang_Cadran Rang_Releve "
    b"Ref_Demandeur Ref_Externe Ref_Regroupement_Demandeur Ref_Situation_Contractuelle "
    b"Refus_Pose_AMM Reglage Releves Residence_Principale Rue Secteur_Activite "
    b"Segment_Clientele Sens_Mesure Situation_Contractuelle Sous_Type Structure_Tarifaire "
    b"TIC_Activable TIC_Activee TIC_Standard Teleoperable Telephone1_Num Telephone2_Num "
    b"Tension_De_Livraison Tension_Fonctionnement Titulaire_Contrat Type "
    b"Type_Branchement_Provisoire Type_De_Raison_Sociale Type_Evenement Unite Unite_Mesure "
    b"Unite_Puissance_Souscrite Valeur Version_XSD".split()
)
"""Most of these are passed over, see the top of this module."""

_COLLECTIVE = {"0": "consumer", "1": "producer", "2": "both", "": ""}
_STATES = {"EN SERVICE": "in_service", "RESILIE": "terminated", "": ""}
_LONGEST_WORD_CHARS = 32
_YEARS = range(2000, 2100)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FileMalformed, with the line, if it is cut, ill-formed or has a DOCTYPE.
    Raises FormatUnknown if its root is not C15.
    """
    facts = FactList(CONTRACT_EVENTS)
    for element in elements(content, root="C15", point="PRM", curve="PRM", texts=()):
        if local_name(element) == "PRM":
            _take(facts, element)
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        published_at=publication.of_heading(content),
        notes=unknown_elements(content, _ELEMENTS),
        contract_events=facts.frame(),
    )


FORMAT = Format.of_whole(NAME, "events of contracts of C5 points", recognises, read)


def _take(facts: FactList, element: etree._Element) -> None:
    space = element.tag[: element.tag.rfind("}") + 1]

    def word(*path: str) -> str:
        return (element.findtext("/".join(space + name for name in path)) or "").strip()

    prm = word("Id_PRM")
    stamp = word("Evenement_Declencheur", "Date_Evenement")
    kind = word("Evenement_Declencheur", "Nature_Evenement")
    affair = word("Evenement_Declencheur", "Id_Affaire")
    collective = _COLLECTIVE.get(word("Autoconsommation_Collective"))
    state = _STATES.get(word("Situation_Contractuelle", "Etat_Contractuel").upper())
    happened_at = _instant(stamp)
    position = f"line {element.sourceline}"
    if columns.prm(prm) is None:
        reason = columns.PRM_FAULT
    elif happened_at is None:
        reason = "Date_Evenement is not a date and time with an offset, or impossible"
    elif not _is_word(kind) or not (_is_word(affair) or not affair):
        reason = "Nature_Evenement or Id_Affaire is not a short word"
    elif collective is None or state is None:
        reason = "Autoconsommation_Collective or Etat_Contractuel is none of the documented values"
    else:
        facts.keep(position, prm, happened_at, kind.upper(), affair, collective, state)
        return
    facts.reject(position, reason, f"{prm};{stamp};{kind};{affair}")


def _instant(stamp: str) -> datetime | None:
    instant = iso_instant(stamp)
    return instant.astimezone(UTC) if instant and instant.year in _YEARS else None


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_WORD_CHARS
