"""Facts of a document as they are read one by one: kept, or rejected with the reason."""

from dataclasses import dataclass, field

import polars as pl

from services.ingest.domain.refusals import RefusalCode
from services.ingest.formats.columns import PRM_FAULT
from services.ingest.formats.parsed import RECORD_CHARS, Rejected
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.verdicts import MOST_REJECTED


@dataclass
class FactList:
    """rows: tuples in the order of the schema's columns, without the position."""

    schema: pl.Schema
    rows: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def keep(self, position: str, *values: object) -> None:
        self.rows.append((*values, position))

    def reject(self, position: str, reason: str, record: str) -> None:
        """Reject a record. Raises FileMalformed if more are rejected than can be kept."""
        code = RefusalCode.PRM_MALFORMED if reason == PRM_FAULT else RefusalCode.UNREADABLE
        self.rejected.append(Rejected(position, reason, record[:RECORD_CHARS], code))
        if len(self.rejected) > MOST_REJECTED:
            first = self.rejected[0]
            raise FileMalformed(
                f"More than {MOST_REJECTED} records cannot be read; the first, "
                f"{first.position}: {first.reason}."
            )

    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=self.schema, orient="row")

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.rejected)
