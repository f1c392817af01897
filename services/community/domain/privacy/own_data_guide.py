"""The guide inside an archive of a member's data, in French and English, and where the rest is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.french import unparted
from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.messages.messages import Language

GUIDES: dict[Language, str] = {"fr": "LISEZMOI.md", "en": "README.md"}

_HERE: dict[Language, str] = {
    "fr": """\
# Vos données

Cette archive contient tout ce que le service « community » conserve sur vous (RGPD, art. 15 et 20).
Chaque tableau y est deux fois : en JSON et en CSV (UTF-8, virgules).

- `member` : votre fiche. `accounts` : les comptes à votre nom, sans mot de passe.
- `email_changes` : les adresses e-mail que vous avez données et pas encore confirmées.
- `sessions`, `issuer_sessions` : où vous êtes connecté, ici ou par le service de la coopérative.
- `calendar_feeds` : vos agendas, sans leur adresse secrète.
- `invitations` : envoyées pour se connecter en votre nom. `sign_ups` : vos demandes de participer.
- `participations` : vos points dans les opérations, par jours `[valid_from, valid_to)`.
- `references` : votre nom ou numéro dans les listes des organisateurs.
- `enrolments` : les étapes de vos entrées et sorties. `leave_requests` : vos demandes de sortie.
- `documents` : les pièces à votre nom.
- `gatherings` : vos réponses aux rencontres. `attendances` : celles où vous étiez.
- `challenges` : vos défis, ce qui y est mesuré jusqu'au résultat, et votre résultat.
- `points` : libellé et puissances de vos points, tant que personne d'autre n'y a pris la suite.
- `consents` : ce que vous avez dit de vos courbes. `recorded_by` et `withdrawn_by` : `member` pour
  vous-même, `dso` pour le gestionnaire de réseau, `staff` pour la coopérative ou l'organisateur.
- `capital` : les mouvements de vos parts sociales.
- `messages` : les messages qui vous ont été envoyés, vos questions, et ce qu'ils sont devenus.
- `notifications` : ce qui vous a été annoncé. `notification_channels` : par quelle voie.
- `accesses` : quand la coopérative ou un organisateur a consulté ce qui vous concerne ici.
- `polls` : les votes auxquels vous êtes appelé. `ballots` : vos bulletins, s'ils
  ne sont pas secrets.

Ce que personne ne peut donner : un bulletin secret n'est relié à aucun votant. Les identifiants
d'autres personnes (qui a votre procuration, qui a saisi un consentement) n'y sont pas.

# Ce que les autres services conservent

Demandez ces adresses avec votre jeton, là où vous avez obtenu cette archive.
Le manuel de chaque service est à `/ingest/docs`, `/allocation/docs` et `/billing/docs`.
""",
    "en": """\
# Your data

This archive has all that the service "community" keeps about you (GDPR, art. 15 and 20).
Each table is there twice: as JSON and as CSV (UTF-8, commas).

- `member`: your record. `accounts`: those that log in as you, without passwords.
- `email_changes`: the e-mail addresses that you gave and have not confirmed yet.
- `sessions`, `issuer_sessions`: where you are logged in, here or by the co-op's own service.
- `calendar_feeds`: yours, without their secret addresses.
- `invitations`: sent to log in as you. `sign_ups`: how you asked to take part.
- `participations`: your points in operations, by days `[valid_from, valid_to)`.
- `references`: your name or number in organisers' lists.
- `enrolments`: the steps of your entries and exits. `leave_requests`: how you asked to leave.
- `documents`: the papers in your name.
- `gatherings`: your answers to gatherings. `attendances`: those where you were.
- `challenges`: those that you take part in, what is measured until the result, and your result.
- `points`: label and powers of your points, as long as nobody else came after you there.
- `consents`: what you said about your curves. `recorded_by` and `withdrawn_by`: `member` for
  yourself, `dso` for the grid operator, `staff` for the co-op or the organiser.
- `capital`: the movements of your co-operative shares.
- `messages`: the messages that were sent to you, your questions, and what became of them.
- `notifications`: what you were told in the app. `notification_channels`: how you chose to be told.
- `accesses`: when the co-op or an organiser looked at what is kept of you here.
- `polls`: those that you may vote in. `ballots`: yours, where they are not secret.

What nobody can give: a secret ballot is tied to no voter. Ids of other people (who holds your
proxy, who entered a consent) are left out.

# What the other services keep

Ask for these addresses with your token, where you got this archive.
The manual of each service is at `/ingest/docs`, `/allocation/docs` and `/billing/docs`.
""",
}
_THEIRS: dict[Language, dict[str, str]] = {
    "fr": {
        "curves": "Courbes de charge de vos points (service ingest)",
        "months": "Énergies mensuelles des courbes effacées (ingest)",
        "accesses": "Qui a lu vos courbes (ingest), ce que vous partagez et vos factures",
        "shares": "Énergie partagée, par pas et par mois (allocation)",
        "invoices": "Factures, mandats, routage (billing) ; le PDF : /billing/invoices/{id}.pdf",
        "offers": "Offre de votre fournisseur, si vous l'avez saisie (billing)",
        "seller": "Ce que vous vendez (billing)",
    },
    "en": {
        "curves": "Load curves of your points (service ingest)",
        "months": "Energies by month of deleted curves (ingest)",
        "accesses": "Who read your curves (ingest), what you share, and your invoices",
        "shares": "Energy shared, by step and by month (allocation)",
        "invoices": "Invoices, mandates, routing (billing); the PDF: /billing/invoices/{id}.pdf",
        "offers": "Your supplier's offer, if you entered it (billing)",
        "seller": "What you sell (billing)",
    },
}


@dataclass(frozen=True)
class OwnParticipation:
    """A point of the member in an operation over ``[valid_from, valid_to)``."""

    operation_id: OperationId
    prm: Prm
    direction: Direction
    valid_from: date
    valid_to: date | None


def write_guide(
    language: Language, member_id: UUID, participations: Sequence[OwnParticipation], today: date
) -> bytes:
    """Write the file in that language. today: addresses are given up to its month and its year."""
    lines = [_HERE[language]]
    for topic, urls in _urls(member_id, participations, today).items():
        if urls:
            lines.append(f"## {_THEIRS[language][topic]}\n")
            lines += [f"- `{url}`" for url in dict.fromkeys(urls)]
            lines.append("")
    return unparted("\n".join(lines)).encode()


def _urls(
    member_id: UUID, participations: Sequence[OwnParticipation], today: date
) -> dict[str, list[str]]:
    """Return URLs by topic; one that several participations share may occur several times."""
    prms = [participation.prm for participation in participations]
    sells = any(participation.direction == Direction.PRODUCTION for participation in participations)
    billing_urls = (
        "/billing/invoices",
        "/billing/payment-notices",
        "/billing/mandates",
        "/billing/mandate-requests",
        f"/billing/customers/{member_id}/routing",
    )
    return {
        "curves": [
            url for participation in participations for url in _curves(participation, today)
        ],
        "months": [f"/ingest/points/{prm}/monthly-energies" for prm in prms],
        "accesses": [
            *(f"/ingest/points/{prm}/accesses" for prm in prms),
            *(
                f"/allocation/operations/{participation.operation_id}/accesses"
                for participation in participations
            ),
            f"/billing/members/{member_id}/accesses",
        ],
        "shares": [
            url for participation in participations for url in _shares(participation, today)
        ],
        "invoices": list(billing_urls),
        "offers": [f"/billing/points/{prm}/supplier-offer" for prm in prms],
        "seller": [f"/billing/issuers/{member_id}/profile"] if sells else [],
    }


def _curves(point: OwnParticipation, today: date) -> Iterator[str]:
    """Split by year, because an answer covers 400 days at most."""
    first, end = point.valid_from, point.valid_to or date(today.year + 1, 1, 1)
    while first < end:
        last = min(date(first.year + 1, 1, 1), end)
        yield (
            f"/ingest/points/{point.prm}/load-curve.csv"
            f"?direction={point.direction}&from_day={first}&to_day={last}"
        )
        first = last


def _shares(point: OwnParticipation, today: date) -> Iterator[str]:
    month = Month.of(point.valid_from)
    while month.first_day <= today and (point.valid_to is None or month.first_day < point.valid_to):
        # The energy that neighbours took from a member's plant is shown by whole months only.
        grain = "step" if point.direction == Direction.CONSUMPTION else "month"
        yield f"/allocation/operations/{point.operation_id}/shares.csv?month={month}&by={grain}"
        month = Month.of(month.next_first_day)
