"""Links and files that people are to read for a gathering."""

from uuid import uuid4

import httpx

from tests.community.gathered import group
from tests.community.papers import PDF
from tests.support.platform import Platform
from tests.support.refusals import problem

_LINK = {"title": "Plans", "url": "https://example.org/plans.pdf"}


def _path(gathering_id: str, rest: str = "") -> str:
    return f"/community/gatherings/{gathering_id}/materials/{rest}".rstrip("/")


async def test_who_leads_it_adds_links_and_files_for_all_who_see_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        leader, anna = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        link, file = str(uuid4()), str(uuid4())
        client = coop.assembly.clients[leader]
        await client.put(_path(gathering_id, link), json=_LINK)
        await client.put(_path(gathering_id, file), json={"title": "The year"})

        sent = await client.put(_path(gathering_id, f"{file}/file"), content=PDF)

        assert sent.status_code == 200, sent.text
        seen = await coop.get(f"{gathering_id}/materials", caller=anna)
        assert [
            (material["title"], material["url"], material["media_type"]) for material in seen
        ] == [
            ("Plans", _LINK["url"], None),
            ("The year", None, "application/pdf"),
        ]
        read = await coop.assembly.clients[anna].get(_path(gathering_id, f"{file}/file"))
        assert read.content == PDF
        assert read.headers["content-disposition"].startswith("attachment")


async def test_nobody_else_adds_or_deletes_and_strangers_see_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=1) as coop,
        group(platform, operator, members=1) as others,
    ):
        (anna,), (stranger,) = coop.members, others.members
        gathering_id = await coop.given_gathering()
        link = _path(gathering_id, str(uuid4()))
        await operator.put(link, json=_LINK)

        by_member = await coop.assembly.clients[anna].put(
            _path(gathering_id, str(uuid4())), json=_LINK
        )
        sent = await coop.assembly.clients[anna].put(f"{link}/file", content=b"no document")
        deleted = await coop.assembly.clients[anna].delete(link)
        listed = await others.assembly.clients[stranger].get(_path(gathering_id))

        assert problem(by_member) == problem(deleted) == problem(sent) == (403, "forbidden")
        assert problem(listed) == (404, "gathering-unknown")
        assert (await operator.delete(link)).status_code == 204
        assert await coop.get(f"{gathering_id}/materials") == []


async def test_a_material_is_a_link_or_a_file_of_one_gathering(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id, other = await coop.given_gathering(), await coop.given_draft()
        link, file = str(uuid4()), str(uuid4())
        await operator.put(_path(gathering_id, link), json=_LINK)
        await operator.put(_path(gathering_id, file), json={"title": "The year"})
        missing = await operator.get(_path(gathering_id, f"{file}/file"))

        onto_link = await operator.put(_path(gathering_id, f"{link}/file"), content=PDF)
        await operator.put(_path(gathering_id, f"{file}/file"), content=PDF)
        onto_file = await operator.put(_path(gathering_id, file), json=_LINK)
        elsewhere = await operator.put(_path(other, link), json=_LINK)
        no_pdf = await operator.put(_path(gathering_id, f"{file}/file"), content=b"<html>")

        assert problem(missing) == (404, "material-unknown")
        assert problem(onto_link) == (409, "material-is-link")
        assert problem(onto_file) == (409, "material-has-file")
        assert problem(elsewhere) == (409, "material-elsewhere")
        assert problem(no_pdf) == (415, "media-type-unknown")


async def test_a_gathering_has_fifty_materials_at_most(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_draft()
        links = [_path(gathering_id, str(uuid4())) for _ in range(50)]
        for link in links:
            assert (await operator.put(link, json=_LINK)).status_code == 200

        one_more = await operator.put(_path(gathering_id, str(uuid4())), json=_LINK)
        changed = await operator.put(links[0], json=_LINK | {"title": "Other plans"})

        assert problem(one_more) == (409, "too-many-materials")
        assert changed.status_code == 200


async def test_only_links_to_the_web_are_taken(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering()

        for url in ("javascript:alert(1)", "file:///etc/passwd", "https://a b"):
            path = _path(gathering_id, str(uuid4()))
            answer = await operator.put(path, json={"title": "Plans", "url": url})
            assert answer.status_code == 422
