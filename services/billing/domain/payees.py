"""The member that is paid in a seller's place."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Payee:
    """A member other than the seller, as the document names it, by the name of its account."""

    member_id: UUID
    name: str
    siren: str | None

    @property
    def in_words(self) -> str:
        return f"{self.name} (SIREN {self.siren})" if self.siren else self.name
