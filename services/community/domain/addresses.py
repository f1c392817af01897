"""Addresses, of the network and of e-mail, without saying whose they are."""

import hmac
from ipaddress import IPv6Address, ip_address, ip_network


def hash_address(key: bytes, address: str) -> str:
    """Hash with the key of the day; once that is forgotten nobody can tell whose it was."""
    return hmac.digest(key, network_of(address).encode(), "sha256").hex()


def hash_email(key: bytes, email: str) -> str:
    """Hash with the key of the day too: a plain hash can be found from a list of addresses."""
    return hmac.digest(key, email.encode(), "sha256").hex()


def site_of(address: str) -> str | None:
    """Return the first 48 bits of an IPv6 address, one customer's 65,536 networks; else None."""
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, IPv6Address):
        return str(ip_network((ip, 48), strict=False))
    return None


def network_of(address: str) -> str:
    """Return an IPv6 address's first half: a home has all addresses that begin with it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip_network((ip, 64), strict=False))
    return str(ip)
