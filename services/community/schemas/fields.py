"""Fields that several bodies have: instants, texts of several lines, and secrets."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, SecretStr, StringConstraints

from services.community.domain.calendars import INSTANT_YEARS


def _in_range(at: datetime) -> datetime:
    # As it was written first: what is near year 1 or 9999 may have no UTC.
    if at.year not in INSTANT_YEARS or at.astimezone(UTC).year not in INSTANT_YEARS:
        message = f"not in the years {INSTANT_YEARS.start} to {INSTANT_YEARS.stop - 1}, in UTC"
        raise ValueError(message)
    return at.astimezone(UTC)


def _encodable(secret: SecretStr) -> SecretStr:
    """JSON can name half of a surrogate pair, which no hash can be made of."""
    if any("\ud800" <= one <= "\udfff" for one in secret.get_secret_value()):
        raise ValueError("has half of a character")
    return secret


InstantField = Annotated[AwareDatetime, AfterValidator(_in_range)]
TextField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=5000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$"
    ),
]
PlaceField = Annotated[TextField, StringConstraints(max_length=500)]
UrlField = Annotated[
    str, StringConstraints(max_length=1000, pattern=r"^https?://[!-~]+$")  # ASCII, as RFC 3986
]
SecretField = Annotated[SecretStr, AfterValidator(_encodable)]
