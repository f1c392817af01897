"""Who is paid in a seller's place."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Payee:
    """Another member than the seller, as the document names it; its name is that of its account."""

    member_id: UUID
    name: str
    siren: str | None

    @property
    def in_words(self) -> str:
        return f"{self.name} (SIREN {self.siren})" if self.siren else self.name
