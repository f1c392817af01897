"""The notes about what an erasure deletes and keeps, in the words for people."""

from collections.abc import Mapping
from typing import TypeAlias

from services.community.domain.messages.messages import Language

Note: TypeAlias = Mapping[Language, str]

ERASED: Mapping[str, Note] = {
    "member": {
        "fr": "nom, adresses, courriel, SIREN et numéro de TVA sont vidés ; l’identifiant reste",
        "en": "name, addresses, e-mail, SIREN and VAT number are emptied; the id stays",
    },
    "account": {
        "fr": "les comptes du seul membre sont vidés et fermés, leurs sessions prennent fin ; un"
        " compte qui sert aussi à un autre travail n’est plus lié au membre",
        "en": "log-ins of the member alone are emptied and disabled, their sessions end; one that"
        " is also for other work is no longer tied to the member",
    },
    "session": {
        "fr": "où le membre était connecté ; supprimé deux jours après la fin",
        "en": "where the member was logged in; deleted two days after it has ended",
    },
    "issuer_session": {
        "fr": "où le membre était connecté par le service de connexion de la coopérative",
        "en": "where the member was logged in by the co-op's own log-in service",
    },
    "log_in_link": {
        "fr": "les liens envoyés pour se connecter",
        "en": "links that were sent to log in",
    },
    "totp": {
        "fr": "les applications d’authentification des comptes du seul membre",
        "en": "authenticator apps of log-ins of the member alone",
    },
    "recovery_code": {
        "fr": "leurs codes de secours",
        "en": "their recovery codes",
    },
    "message": {
        "fr": "les messages au membre, leurs textes, adresses et pièces jointes ; aussi ceux à des"
        " adresses jamais confirmées, et les questions du membre aux organisateurs",
        "en": "messages to the member, their texts, addresses and attachments; also those to"
        " addresses that they never confirmed, and the member's questions to organisers",
    },
    "email_change": {
        "fr": "les adresses qui attendent d’être confirmées",
        "en": "addresses that wait to be confirmed",
    },
    "member_reference": {
        "fr": "le nom ou numéro du membre dans les listes des organisateurs ; il en reste une"
        " empreinte, pour qu’une liste ancienne ne ramène pas le membre",
        "en": "the name or number of the member in organisers' lists; a fingerprint stays, so that"
        " an old list does not bring the member back",
    },
    "leave_request": {
        "fr": "quand et pourquoi le membre voulait quitter une opération",
        "en": "when and why the member wanted to leave an operation",
    },
    "gathering_reply": {
        "fr": "les réponses aux rencontres ; qui attend une place l’obtient",
        "en": "answers to gatherings; whoever waits for a seat gets it",
    },
    "gathering_notice": {
        "fr": "quels messages de rencontres ont été envoyés",
        "en": "which messages about gatherings were sent",
    },
    "challenge_entry": {
        "fr": "les défis auxquels le membre a pris part, ce qui y a été mesuré et les résultats",
        "en": "challenges that the member took part in, what was measured and the results",
    },
    "notification": {
        "fr": "ce qui a été annoncé au membre dans la plateforme, et aux organisateurs de ses"
        " consentements",
        "en": "what the member was told in the platform, and organisers of their consents",
    },
    "notification_channel": {
        "fr": "comment le membre veut être averti",
        "en": "how the member wants to be told",
    },
    "digest": {
        "fr": "quels résumés ont été envoyés",
        "en": "which summaries were sent",
    },
    "calendar_feed": {
        "fr": "les adresses secrètes d’agendas, des comptes du seul membre",
        "en": "secret addresses of calendars, of log-ins of the member alone",
    },
    "invitation": {
        "fr": "les invitations du membre, et aux mêmes adresses",
        "en": "invitations of the member, and to the same addresses",
    },
    "sign_up": {
        "fr": "les demandes de participer du membre, ou venues des mêmes adresses",
        "en": "what the member, or somebody from the same addresses, asked for to take part",
    },
    "request": {
        "fr": "les demandes du public venues des mêmes adresses, avec étapes et notes",
        "en": "requests of the public that came from the same addresses, with steps and notes",
    },
}
"""What goes, by table."""

KEPT: Mapping[str, Note] = {
    "participation": {
        "fr": "ce qui a été partagé et facturé est en comptabilité, pour dix ans (Code de commerce,"
        " art. L123-22 ; LPF, art. L102 B ; RGPD, art. 17(3)(b))",
        "en": "what was shared and invoiced is accounted for, for ten years (Code de commerce, art."
        " L123-22; LPF, art. L102 B; GDPR, art. 17(3)(b))",
    },
    "enrolment": {
        "fr": "ce qui a été déclaré au gestionnaire de réseau, et par quel accord ; de même",
        "en": "what was declared to the grid operator, and by which agreement; as above",
    },
    "point_holder": {
        "fr": "quel point était pris, sans quoi un autre organisateur pourrait s’attribuer ses"
        " courbes ; de même",
        "en": "which point was taken, without which another organiser could claim its curves; as"
        " above",
    },
    "document": {
        "fr": "les accords signés sur lesquels reposent les participations ; de même. Un document"
        " qui n’a jamais été signé est supprimé avec ses fichiers",
        "en": "signed agreements on which participations rest; as above. A document that was never"
        " signed is deleted with its files",
    },
    "consent": {
        "fr": "la preuve de ce qui a été accepté et refusé (RGPD, art. 7(1) et 17(3)(e)) ; les"
        " consentements en cours sont retirés, le refus de montrer des courbes reste",
        "en": "the proof of what was allowed and refused (GDPR, art. 7(1) and 17(3)(e)); consents"
        " that stand are withdrawn, a refusal to show curves stays",
    },
    "capital_movement": {
        "fr": "le registre des parts sociales et les comptes qui en sont tirés (Code de commerce,"
        " art. L123-22 ; RGPD, art. 17(3)(b))",
        "en": "the register of shares and the accounts drawn from it (Code de commerce, art."
        " L123-22; GDPR, art. 17(3)(b))",
    },
    "poll_voter": {
        "fr": "le résultat de votes sur lequel d’autres comptent (RGPD, art. 17(3)(e))",
        "en": "the result of votes that others rely on (GDPR, art. 17(3)(e))",
    },
    "ballot": {
        "fr": "le résultat de votes sur lequel d’autres comptent (RGPD, art. 17(3)(e))",
        "en": "the result of votes that others rely on (GDPR, art. 17(3)(e))",
    },
    "gathering_attendance": {
        "fr": "qui était à une assemblée appuie ce qu’elle a décidé (RGPD, art. 17(3)(e))",
        "en": "who was at an assembly supports what it decided (GDPR, art. 17(3)(e))",
    },
    "erasure": {
        "fr": "qu’il a été fait, quand et par quel compte (RGPD, art. 5(2)) ; aucune donnée"
        " personnelle",
        "en": "that it was done, when and by which account (GDPR, art. 5(2)); no personal data",
    },
}
"""What stays, tied to an id that names nobody any more, by table."""

ELSEWHERE: Mapping[str, Note] = {
    "billing": {
        "fr": "les factures émises restent telles quelles dix ans (Code de commerce, art. L123-22 ;"
        " LPF, art. L102 B), et avec elles les mandats de prélèvement ; la copie des"
        " coordonnées, les offres de fournisseurs et l’adressage des factures partent",
        "en": "issued invoices stay as they are for ten years (Code de commerce, art. L123-22; LPF,"
        " art. L102 B), and mandates of direct debits with them; its copy of contact data,"
        " suppliers' offers and the routing of invoices go",
    },
    "ingest": {
        "fr": "les consentements prennent fin, si bien que seuls l’équipe et le règlement ont les"
        " courbes de charge ; elles sont supprimées à leur propre échéance",
        "en": "consents end, so that nobody but staff and the settlement has the load curves; they"
        " are deleted by their own period",
    },
    "allocation": {
        "fr": "les règlements restent comme preuve des factures ; ils nomment des points, pas des"
        " personnes ; l’identifiant du membre reste, six mois après l’ouverture d’un vote sur une"
        " clé de répartition, parmi ceux qui étaient appelés à voter et auprès de ce que la clé"
        " aurait donné à ses points",
        "en": "settlements stay as evidence of invoices; they name points, no people; the id stays,"
        " for six months after a poll about a sharing key was opened, among those who were asked"
        " and beside what the key would have given their points",
    },
    "audit": {
        "fr": "qui a changé quoi, avec les noms d’avant : pour l’équipe seulement, douze mois après"
        " chaque changement, sauf si la coopérative a fixé une autre durée, comme preuve de la"
        " tenue du registre (RGPD, art. 5(2) et 32)",
        "en": "who changed what, with the names of before: for staff only, for twelve months after"
        " each change, unless the co-op has set another period, as proof of how the register was"
        " kept (GDPR, art. 5(2) and 32)",
    },
}
"""What becomes of it in the other services, and in the audit log."""
