"""Settings: how many requests people may make before they have to wait, in counts."""

from pydantic import Field
from pydantic_settings import BaseSettings


class LimitSettings(BaseSettings):
    """Limits for strangers, for one network address, and for accounts."""

    auth_failures_per_account: int = Field(
        5, ge=1, le=100_000, description="failed log-ins of an account before it has to wait"
    )
    auth_failures_per_address: int = Field(
        30,
        ge=1,
        le=100_000,
        description="failed log-ins from one internet address before it has to wait",
    )
    log_in_links_an_hour: int = Field(
        300, ge=1, le=1_000_000, description="e-mails with a log-in link per hour, in all"
    )
    log_in_links_an_hour_of_address: int = Field(
        10, ge=1, le=1_000_000, description="e-mails with a log-in link per hour, from one address"
    )
    costly_at_once: int = Field(
        20,
        ge=1,
        le=1_000_000,
        description="cost that an account may request at once: PDFs and exports 1 or more,"
        " simulations 5; then one more every two seconds",
    )
    requests_an_hour: int = Field(
        60, ge=1, le=1_000_000, description="requests accepted per hour by each public form"
    )
    requests_a_day_of_address: int = Field(
        5, ge=1, le=1_000_000, description="requests by these forms per day from one address"
    )
    geocodings_a_day: int = Field(
        2000, ge=1, le=1_000_000, description="address look-ups for the public per local day"
    )
    geocodings_a_day_of_address: int = Field(
        30, ge=1, le=1_000_000, description="of these, from one network address"
    )
