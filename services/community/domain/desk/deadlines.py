"""The tasks due for an operation, and their days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from libs.common.calendar import Month, day_start
from libs.common.french import unparted
from libs.common.ids import OperationId, Prm
from services.community.domain.calendars import CalendarEntry
from services.community.domain.messages.messages import Language

RENEWAL = timedelta(days=60)
"""A paper is to be renewed so long before it ends."""
LISTED_FOR = timedelta(days=30)
"""A point that the DSO took out is listed for so long."""
PAST_MONTHS = 12
"""Older months that nobody settled are not asked for any more."""


class DeadlineKind(StrEnum):
    ENTRY_TO_DECLARE = "entry_to_declare"
    EXIT_TO_DECLARE = "exit_to_declare"
    LEAVE_TO_RECORD = "leave_to_record"
    COEFFICIENTS_TO_DEPOSIT = "coefficients_to_deposit"  # before the month
    DEPOSIT_TO_SEND = "deposit_to_send"  # to the DSO
    COEFFICIENTS_TO_SEND = "coefficients_to_send"  # after the month
    MONTH_TO_CLOSE = "month_to_close"
    DOCUMENT_TO_RENEW = "document_to_renew"
    CONVENTION_TO_RENEW = "convention_to_renew"
    SIREN_TO_RECORD = "siren_to_record"
    POINT_LEFT = "point_left"  # the DSO ended the contract: nothing to declare, members to notify


_TODO: Mapping[Language, Mapping[DeadlineKind, str]] = {
    "fr": {
        DeadlineKind.ENTRY_TO_DECLARE: "Déclarer une entrée au gestionnaire de réseau",
        DeadlineKind.EXIT_TO_DECLARE: "Déclarer une sortie au gestionnaire de réseau",
        DeadlineKind.LEAVE_TO_RECORD: "Noter la sortie qu’un membre demande, puis la déclarer",
        DeadlineKind.COEFFICIENTS_TO_DEPOSIT: "Déposer les coefficients de {month}",
        DeadlineKind.DEPOSIT_TO_SEND: "Envoyer les coefficients déposés pour {month}",
        DeadlineKind.COEFFICIENTS_TO_SEND: "Envoyer les coefficients de {month}",
        DeadlineKind.MONTH_TO_CLOSE: "Clore le mois de {month}",
        DeadlineKind.DOCUMENT_TO_RENEW: "Renouveler un document qui prend fin",
        DeadlineKind.CONVENTION_TO_RENEW: "Renouveler la convention avec le gestionnaire de réseau",
        DeadlineKind.SIREN_TO_RECORD: "Noter le SIREN d’une entreprise ou d’un organisme public",
        DeadlineKind.POINT_LEFT: "Un point a été sorti par le gestionnaire de réseau : prévenir",
    },
    "en": {
        DeadlineKind.ENTRY_TO_DECLARE: "Declare an entry to the grid operator",
        DeadlineKind.EXIT_TO_DECLARE: "Declare an exit to the grid operator",
        DeadlineKind.LEAVE_TO_RECORD: "Record the exit that a member asks for, then declare it",
        DeadlineKind.COEFFICIENTS_TO_DEPOSIT: "Deposit the coefficients of {month}",
        DeadlineKind.DEPOSIT_TO_SEND: "Send the coefficients deposited for {month}",
        DeadlineKind.COEFFICIENTS_TO_SEND: "Send the coefficients of {month}",
        DeadlineKind.MONTH_TO_CLOSE: "Close the month {month}",
        DeadlineKind.DOCUMENT_TO_RENEW: "Renew a document that ends",
        DeadlineKind.CONVENTION_TO_RENEW: "Renew the convention with the grid operator",
        DeadlineKind.SIREN_TO_RECORD: "Record the SIREN of a company or a public body",
        DeadlineKind.POINT_LEFT: "The grid operator took a point out: tell its member",
    },
}


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """due: the last local day to do it. link: the path of the page on which to do it.

    prm, month: the point or the month that it is about, if any.
    """

    kind: DeadlineKind
    operation_id: OperationId
    operation_name: str
    due: date
    link: str
    prm: Prm | None = None
    month: Month | None = None

    @property
    def id(self) -> str:
        """Sorted by these ids, the first due comes first."""
        return f"{self.due}.{self.operation_id}.{self.kind}.{self._about}"

    @property
    def _about(self) -> str:
        return self.link.rsplit("/", 1)[-1] if self.month is None else str(self.month)

    def is_late(self, today: date) -> bool:
        return self.due < today

    def todo(self, language: Language) -> str:
        return unparted(_TODO[language][self.kind].format(month=self.month))

    def calendar_entry(self, language: Language) -> CalendarEntry:
        """Leaves the point out: whoever has a feed's address can read it."""
        return CalendarEntry(
            # With its day: a deadline that moves is another entry.
            uid=f"{self.kind}-{self.operation_id}-{self._about}-{self.due}@elocoop",
            revision=0,
            changed_at=day_start(self.due),
            start=self.due,
            end=self.due + timedelta(days=1),
            summary=f"{self.todo(language)} – {self.operation_name}",
        )
