"""Kinds of documents, how they are numbered, and how they refer to one another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID


class DocumentKind(StrEnum):
    """An invoice bills; a credit note (avoir) takes back, in positive energies and amounts."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"

    @property
    def sign(self) -> int:
        """The sign with which its energies and amounts count for the customer."""
        match self:
            case DocumentKind.INVOICE:
                return 1
            case DocumentKind.CREDIT_NOTE:
                return -1
            case _:
                assert_never(self)

    @property
    def prefix(self) -> str:
        """The prefix of its series: separate ones are allowed (CGI ann. II 242 nonies A, I-7)."""
        return {DocumentKind.INVOICE: "F", DocumentKind.CREDIT_NOTE: "A"}[self]


class CorrectionPolicy(StrEnum):
    """The way in which an operation corrects its issued invoices."""

    REPLACE = "replace"
    """A credit note of all that is left of the invoice, and a corrective invoice."""
    DIFFERENCE = "difference"
    """A credit note of the energy billed too much, an additional invoice of what was not billed."""


class Cause(StrEnum):
    """The reason why a document follows another one."""

    REPLACE = "replace"
    DIFFERENCE = "difference"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class DocumentReference:
    """The reference of a later document to an issued one (CGI 289, I-5)."""

    id: UUID
    number: str
    issue_date: date


@dataclass(frozen=True)
class LineReference:
    """A line of an issued document; positions count from 1."""

    document_id: UUID
    position: int


def document_number(kind: DocumentKind, year: int, sequence: int) -> str:
    """F2026-00001 or A2026-00001; each issuer, kind and year has its own series."""
    return f"{kind.prefix}{year:04}-{sequence:05}"


def read_number(number: str) -> tuple[int, int]:
    """The year and the sequence of a number."""
    series, _, sequence = number.partition("-")
    return int(series[1:]), int(sequence)
