"""The documents that somebody looks for, by number or by the reference that its payer gives."""

import re
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from services.billing.domain.creditor_references import creditor_reference, number_in
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.payers_words import numbers_in, references_in

_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"([AF]?)(20\d\d)(\d{1,9})", re.ASCII)
_LETTERS = "".join(kind.prefix for kind in DocumentKind)


@dataclass(frozen=True)
class SoughtNumbers:
    """Numbers as they are on documents, or creditor references; none where a text has neither."""

    numbers: frozenset[str]
    references: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number in any spelling (``f 2026/12``), one in a sentence, or a reference.

        Without its letter it is of an invoice or a credit note.
        """
        if references := references_in(text):
            return cls(frozenset(), references)
        match = _NUMBER.fullmatch(_SIGNS.sub("", text).upper())
        if match is None:
            return cls(numbers_in(text), frozenset())
        letters, year, sequence = match[1] or _LETTERS, match[2], int(match[3])
        return cls(frozenset(f"{letter}{year}-{sequence:05}" for letter in letters), frozenset())

    @property
    def candidates(self) -> frozenset[str]:
        """The numbers that documents may have; those of references are of one seller only."""
        return self.numbers | frozenset(map(number_in, self.references))

    def are_of(self, issuer_id: UUID, number: str) -> bool:
        """Whether a document is meant."""
        return number in self.numbers or creditor_reference(issuer_id, number) in self.references
