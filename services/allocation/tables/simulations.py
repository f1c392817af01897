"""Requested what-ifs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column

from services.allocation.tables.base import Base

_JSON_OR_NULL = JSONB(none_as_null=True)


class SimulationRow(Base):
    """A request, its progress, and its result; attempt is the number of the run that counts."""

    __tablename__ = "simulation"
    __table_args__ = (
        Index("simulation_of_operation", "operation_id", "asked_at"),
        Index(
            "simulation_under_way",
            "asked_at",
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    request: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    curves_csv: Mapped[str | None] = mapped_column(deferred=True)
    pvgis: Mapped[list[Any]] = mapped_column(deferred=True)
    state: Mapped[str]
    attempt: Mapped[int]
    parts_done: Mapped[int]
    parts_total: Mapped[int]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    missing_steps: Mapped[int | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(_JSON_OR_NULL, deferred=True)
    failure: Mapped[dict[str, Any] | None] = mapped_column(_JSON_OR_NULL)
    # A request may hold coefficients of many megabytes: a list of simulations leaves it alone.
    title: Mapped[str | None] = column_property(
        literal_column("simulation.request ->> 'title'", Text)
    )
    scenarios: Mapped[list[str]] = column_property(
        literal_column("jsonb_path_query_array(simulation.request, '$.scenarios[*].name')", JSONB)
    )
