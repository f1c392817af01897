"""The certificate of a member's holding in a co-operative, as PDF/A-3b."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from libs.common.typesetting import typeset
from libs.common.typesetting.printable import printable
from services.community.domain.capital.register import MovementKind
from services.community.domain.letters.templates import euros
from services.community.domain.messages.messages import Language

_TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"
_LABELS: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "title": "Attestation de parts sociales",
        "statement": "D’après le registre des parts sociales de {co_operative}, {member} détient,"
        " au {day}\u00a0:",
        "capital_shares": "parts sociales",
        "nominal": "valeur nominale d’une part",
        "amount": "valeur nominale totale",
        "movements": "Mouvements jusqu’à ce jour",
        "number": "N°",
        "day": "Date",
        "kind": "Mouvement",
        "change": "Parts",
        "held": "Détenues",
        "reference": "Pièce",
        "note": "Cette attestation est tirée du registre et ne vaut pas titre : seules les"
        " inscriptions au registre font foi.",
        "signature": "Fait à",
        "on": "le",
        "signed": "Pour la coopérative, nom et signature",
        "page": "page {page} sur {pages}",
        MovementKind.SUBSCRIPTION: "Souscription",
        MovementKind.REPAYMENT: "Remboursement",
        "transfer_in": "Cession reçue",
        "transfer_out": "Cession faite",
    },
    "en": {
        "title": "Certificate of co-operative shares",
        "statement": "According to the register of shares of {co_operative}, {member} holds, on"
        " {day}:",
        "capital_shares": "shares",
        "nominal": "nominal value of a share",
        "amount": "nominal value in all",
        "movements": "Movements up to that day",
        "number": "No.",
        "day": "Date",
        "kind": "Movement",
        "change": "Shares",
        "held": "Held",
        "reference": "Document",
        "note": "This certificate is drawn from the register and is no security: only what the"
        " register says is binding.",
        "signature": "Done at",
        "on": "on",
        "signed": "For the co-operative, name and signature",
        "page": "page {page} of {pages}",
        MovementKind.SUBSCRIPTION: "Subscription",
        MovementKind.REPAYMENT: "Repayment",
        "transfer_in": "Transfer received",
        "transfer_out": "Transfer made",
    },
}


@dataclass(frozen=True)
class NamedAddress:
    """A name, and an address of several lines; the SIREN, if it has one and it is known."""

    name: str
    address: str
    siren: str | None = None


@dataclass(frozen=True)
class CertificateEntry:
    """A movement as its member sees it: change is the shares it added, negative if it took some."""

    number: int
    day: date
    kind: MovementKind
    change: int
    document_reference: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A member's holding at the end of a day; entries in order, up to that day, one at least."""

    co_operative: NamedAddress
    member: NamedAddress
    day: date
    nominal_cents: int
    entries: Sequence[CertificateEntry]

    @property
    def capital_shares(self) -> int:
        return sum(entry.change for entry in self.entries)


def render_certificate(certificate: Certificate, language: Language) -> bytes:
    """Render the same bytes for the same certificate."""
    return typeset(_TEMPLATE, _sheet(certificate, language))


def _sheet(certificate: Certificate, language: Language) -> dict[str, object]:
    labels = _LABELS[language]
    co_operative, member = (
        printable(certificate.co_operative.name),
        printable(certificate.member.name),
    )
    day = _day(certificate.day, language)
    capital_shares = certificate.capital_shares
    return {
        "language": language,
        "labels": labels,
        "title": f"{labels['title']}, {member}",
        "document_day": certificate.day.isoformat(),
        "co_operative": _party(certificate.co_operative),
        "member": _party(certificate.member),
        "statement": labels["statement"].format(co_operative=co_operative, member=member, day=day),
        "figures": [
            [labels["capital_shares"], str(capital_shares)],
            [labels["nominal"], euros(certificate.nominal_cents, language)],
            [labels["amount"], euros(certificate.nominal_cents * capital_shares, language)],
        ],
        "rows": _rows(certificate.entries, language),
    }


def _rows(entries: Sequence[CertificateEntry], language: Language) -> list[list[str]]:
    labels, holding, rows = _LABELS[language], 0, []
    for entry in entries:
        holding += entry.change
        transfer = "transfer_in" if entry.change > 0 else "transfer_out"
        kind = transfer if entry.kind == MovementKind.TRANSFER else entry.kind
        reference = printable(entry.document_reference)
        day = _day(entry.day, language)
        rows.append(
            [str(entry.number), day, labels[kind], _signed(entry.change), str(holding), reference]
        )
    return rows


def _signed(change: int) -> str:
    return f"{change:+}".replace("-", "\u2212")


def _party(party: NamedAddress) -> dict[str, object]:
    lines = [printable(line) for line in party.address.splitlines()]
    numbers = [f"SIREN {party.siren}"] if party.siren else []
    return {"name": printable(party.name), "address": [line for line in [*lines, *numbers] if line]}


def _day(day: date, language: Language) -> str:
    """In English as ISO 8601, because other forms are read in two ways."""
    return f"{day:%d/%m/%Y}" if language == "fr" else day.isoformat()
