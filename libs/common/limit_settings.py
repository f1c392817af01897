"""How much people may ask for before they have to wait: settings, in counts."""

from pydantic import Field
from pydantic_settings import BaseSettings


class LimitSettings(BaseSettings):
    """Of strangers, of one address of the network, and of accounts."""

    auth_failures_per_account: int = Field(
        5, ge=1, le=100_000, description="failed log-ins, after which one has to wait"
    )
    auth_failures_per_address: int = Field(
        30, ge=1, le=100_000, description="idem of all who share an address of the internet"
    )
    log_in_links_an_hour: int = Field(
        300, ge=1, le=1_000_000, description="e-mails with a link to log in, to all together"
    )
    log_in_links_an_hour_of_address: int = Field(
        10, ge=1, le=1_000_000, description="of those who share an address of the internet, asked"
    )
    costly_at_once: int = Field(
        20,
        ge=1,
        le=1_000_000,
        description="of PDFs, exports (1 each or more) and simulations (5) an account may ask for"
        " so many at once; then one more every two seconds",
    )
    requests_an_hour: int = Field(
        60, ge=1, le=1_000_000, description="of each form of the public, taken in an hour"
    )
    requests_a_day_of_address: int = Field(
        5, ge=1, le=1_000_000, description="of these forms, on a day from one address"
    )
    geocodings_a_day: int = Field(
        2000, ge=1, le=1_000_000, description="addresses looked up for the public on a local day"
    )
    geocodings_a_day_of_address: int = Field(
        30, ge=1, le=1_000_000, description="of these, from one address of the network"
    )
