"""Settings: how long the platform keeps data, in months."""

from pydantic import Field
from pydantic_settings import BaseSettings


class RetentionSettings(BaseSettings):
    """Whole months; docs/run/privacy.md gives the reason for each."""

    retention_curves_months: int = Field(
        36,
        ge=1,
        le=1200,
        description="how many months load curves are kept; sums and settlements stay",
    )
    retention_files_months: int = Field(
        36, ge=1, le=1200, description="how many months ingest keeps received files"
    )
    retention_quarantine_months: int = Field(
        36, ge=1, le=1200, description="how many months ingest keeps records that are no readings"
    )
    retention_access_log_months: int = Field(
        12,
        ge=1,
        le=1200,
        description="how many months accesses to curves, shares and records are kept",
    )
    retention_pulls_months: int = Field(
        12, ge=1, le=1200, description="how many months ingest keeps its requests to the DSO's APIs"
    )
    retention_attendance_months: int = Field(
        36, ge=1, le=1200, description="how many months community keeps attendance of gatherings"
    )
    retention_challenges_months: int = Field(
        12, ge=1, le=1200, description="how many months community keeps members' challenge results"
    )
    retention_messages_months: int = Field(
        36, ge=1, le=1200, description="how many months community keeps messages to members"
    )
    retention_supplier_offers_months: int = Field(
        12,
        ge=1,
        le=1200,
        description="how many months billing keeps supplier offers of members who left a point",
    )
    retention_audit_months: int = Field(
        12, ge=7, le=1200, description="how many months services keep the audit log"
    )
    retention_requests_months: int = Field(
        36,
        ge=1,
        le=1200,
        description="how many whole months community keeps requests that nobody acts on",
    )
