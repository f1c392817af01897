"""Givens: what members say about their curves, once ingest knows it."""

from collections.abc import Sequence
from uuid import uuid4

import httpx

from libs.common.curve_consents import Consent
from libs.common.ids import Prm
from services.ingest.store.privacy.consents import list_consents
from tests.community.coop import consent_body
from tests.support.platform import Platform
from tests.support.waiting import until


async def given_consent(
    platform: Platform, operator: httpx.AsyncClient, member_id: str, prm: str, **changes: object
) -> str:
    """Recorded by staff; returns its id."""
    consent_id = str(uuid4())
    count = len(await _known(platform, prm))
    path = f"/community/members/{member_id}/consents/{consent_id}"
    answer = await operator.put(path, json=consent_body(prm, **changes))
    assert answer.status_code == 201, answer.text
    await until(
        "ingest knows the consent",
        lambda: _known(platform, prm),
        lambda consents: len(consents) != count,
    )
    return consent_id


async def withdraw(
    platform: Platform, client: httpx.AsyncClient, member_id: str, prm: str, consent_id: str
) -> None:
    withdrawn = _count_withdrawn(await _known(platform, prm))
    path = f"/community/members/{member_id}/consents/{consent_id}/withdrawal"
    answer = await client.post(path)
    assert answer.status_code == 200, answer.text
    await until(
        "ingest knows that the consent is withdrawn",
        lambda: _known(platform, prm),
        lambda consents: _count_withdrawn(consents) != withdrawn,
    )


def _count_withdrawn(consents: Sequence[Consent]) -> int:
    return len([consent for consent in consents if consent.withdrawn_on])


async def _known(platform: Platform, prm: str) -> Sequence[Consent]:
    async with platform.database("ingest") as database, database.transaction() as session:
        return await list_consents(session, Prm(prm))
