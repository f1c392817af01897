"""How long the platform keeps what it may not keep for ever: settings, in months."""

from pydantic import Field
from pydantic_settings import BaseSettings


class RetentionSettings(BaseSettings):
    """Whole months; why each is as long as it is: docs/privacy.md."""

    retention_curves_months: int = Field(
        36, ge=1, le=1200, description="whole months of load curves; sums and settlements stay"
    )
    retention_files_months: int = Field(
        36, ge=1, le=1200, description="for which ingest keeps the files it was sent"
    )
    retention_quarantine_months: int = Field(
        36, ge=1, le=1200, description="for which ingest keeps records that are no readings"
    )
    retention_access_log_months: int = Field(
        12, ge=1, le=1200, description="for which who read a curve, shares or a record is kept"
    )
    retention_pulls_months: int = Field(
        12, ge=1, le=1200, description="for which ingest keeps what it asked of the DSO's APIs"
    )
    retention_attendance_months: int = Field(
        36, ge=1, le=1200, description="for which community keeps who came to gatherings"
    )
    retention_challenges_months: int = Field(
        12, ge=1, le=1200, description="for which community keeps how members did in challenges"
    )
    retention_messages_months: int = Field(
        36, ge=1, le=1200, description="for which community keeps messages to members"
    )
    retention_supplier_offers_months: int = Field(
        12,
        ge=1,
        le=1200,
        description="for which billing keeps what members who left a point paid their suppliers",
    )
    retention_audit_months: int = Field(
        12, ge=7, le=1200, description="for which services keep who changed what"
    )
    retention_requests_months: int = Field(
        36,
        ge=1,
        le=1200,
        description="whole months for which community keeps requests that nobody does anything"
        " about",
    )
