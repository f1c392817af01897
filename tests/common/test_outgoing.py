"""The platform's own HTTP clients."""

import ssl

import httpx
import pytest

from libs.common.outgoing import open_client


async def test_clients_share_one_tls_context_that_checks_certificates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: list[ssl.SSLContext] = []
    made = httpx.AsyncHTTPTransport.__init__

    def note(self: httpx.AsyncHTTPTransport, *, verify: ssl.SSLContext, **options: object) -> None:
        used.append(verify)
        made(self, verify=verify, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "__init__", note)
    for _ in range(2):
        async with open_client(silence_s=1):
            pass

    assert len(used) == 2
    assert used[0] is used[1]
    assert used[0].verify_mode is ssl.CERT_REQUIRED
    assert used[0].check_hostname
