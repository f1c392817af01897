"""The demonstration co-op as files/cooperative.json describes it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel

FILES = Path(__file__).parent / "files"
MONTH = "2026-10"
"""The latest month, whose close is shown."""
HISTORY = ("2025-11", "2025-12", *(f"2026-{month:02}" for month in range(1, 10)))
"""The months before it, for which files are there too."""
ISSUE_DATE = date(2026, 11, 5)


class DemoMember(BaseModel):
    id: UUID
    kind: str
    name: str
    address: str
    email: str
    siren: str | None
    vat_number: str | None


class DemoParticipation(BaseModel):
    prm: str
    direction: str
    member_id: UUID
    valid_from: date
    valid_to: date | None
    label: str
    installed_kw: int | None = None
    """The peak power, of a plant only."""
    place: tuple[float, float]
    """Latitude and longitude in degrees, invented."""
    commune: str


class DemoKey(BaseModel):
    valid_from: date
    definition: dict[str, Any]


class DemoOperation(BaseModel):
    id: str
    name: str
    organiser_id: UUID
    step_min: int
    valid_from: date
    participations: list[DemoParticipation]
    key: DemoKey
    price_list: list[dict[str, Any]]
    accise_regime: dict[str, Any]
    hour_classes: list[dict[str, Any]] = []
    files: list[str]
    """The files of the latest month."""
    history_files: list[str]
    """The files of the months before it, in their order."""
    running_files: list[str]
    """The files of the month after it, as far as it has come."""

    @property
    def consuming(self) -> list[DemoParticipation]:
        return [point for point in self.participations if point.direction == "consumption"]

    def point_of(self, member_id: UUID) -> DemoParticipation:
        """Return the first point with which the member consumes."""
        return next(point for point in self.consuming if point.member_id == member_id)


class DemoIssuer(BaseModel):
    member_id: UUID
    profile: dict[str, Any]


class Cooperative(BaseModel):
    organiser: DemoMember
    members: list[DemoMember]
    issuers: list[DemoIssuer]
    operations: list[DemoOperation]


def read_file(name: str) -> bytes:
    """Return one of the DSO's files; those of older months lie in a folder of their own."""
    return next(FILES.rglob(name)).read_bytes()


def read_cooperative() -> Cooperative:
    return Cooperative.model_validate_json((FILES / "cooperative.json").read_bytes())
