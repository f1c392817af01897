"""The URL of a PostgreSQL server: it must protect the traffic from anybody in between."""

from ipaddress import ip_address

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_CHECKED = {"verify-full", "verify-ca"}
_IN_THE_CLEAR = "disable"


def read_database_url(text: str) -> str:
    """Return the URL as asyncpg reads it, whatever characters its password has.

    Raises ValueError when it is none, and for a remote server whose certificate would not be
    checked, because anybody in between could act as the server. asyncpg asks for TLS by default,
    but continues without it if told that there is none. No error contains the password.
    """
    url = _parse(text)
    modes = _of(url.query.get("sslmode", "prefer"))
    hosts = [*_of(url.host or ()), *_of(url.query.get("host", ()))]
    if modes[-1] not in {*_CHECKED, _IN_THE_CLEAR} and not all(map(_is_here, hosts)):
        raise ValueError(
            f"the server is on another machine, and sslmode={modes[-1]} does not check that it is"
            " the right one: end the URL with ?sslmode=verify-full&sslrootcert=FILE (of the"
            " authority that signed its certificate), or with ?sslmode=disable where nobody else"
            " is on the network between"
        )
    return url.render_as_string(hide_password=False)


def with_password(text: str, password: str) -> str:
    """Return the URL with this password, unless it has its own.

    Raises ValueError when it is none.
    """
    url = _parse(text)
    return text if url.password else url.set(password=password).render_as_string(False)


def _parse(text: str) -> URL:
    try:
        return make_url(text).set(drivername="postgresql")
    except (ArgumentError, ValueError):
        raise ValueError("it is not like postgresql://user:password@host/database") from None


def _of(values: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return as a tuple what a URL may state once or several times."""
    return (values,) if isinstance(values, str) else values


def _is_here(host: str) -> bool:
    """Return whether it is a socket's folder, or the loopback."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
