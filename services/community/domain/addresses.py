"""Addresses, of the network and of e-mail, without saying whose they are."""

import hmac
from ipaddress import IPv6Address, ip_address, ip_network


def hash_address(key: bytes, address: str) -> str:
    """With the key of the day; once that is forgotten nobody can tell whose it was."""
    return hmac.digest(key, network_of(address).encode(), "sha256").hex()


def hash_email(key: bytes, email: str) -> str:
    """With the key of the day, too: a plain hash is found by a list of addresses."""
    return hmac.digest(key, email.encode(), "sha256").hex()


def site_of(address: str) -> str | None:
    """Of IPv6 the first 48 bits, which one customer may have, with 65,536 networks; else none."""
    try:
        known = ip_address(address)
    except ValueError:
        return None
    if isinstance(known, IPv6Address):
        return str(ip_network((known, 48), strict=False))
    return None


def network_of(address: str) -> str:
    """Of IPv6 the first half: a home has all addresses that begin with it."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(ip_network((known, 64), strict=False))
    return str(known)
