"""Fields that several bodies have: instants, texts of several lines, and secrets."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, SecretStr, StringConstraints

_YEARS = range(2000, 2200)


def _in_range(at: datetime) -> datetime:
    if at.year not in _YEARS:
        message = f"not in the years {_YEARS.start} to {_YEARS.stop - 1}"
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
