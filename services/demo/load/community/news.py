"""News: two of an operation, one of the whole co-op."""

from services.demo.api import Api
from services.demo.cooperative import DemoOperation
from services.demo.load.people import People, demo_id

_ROOF = """Depuis un an, les **ombrières du foirail** tournent :

- chaque point a maintenant douze mois de courbes
- midi reste l’heure de la lessive
"""
_DEBIT = """À partir de la facture d’octobre, qui a signé un mandat est **prélevé**.

Les autres paient par virement, comme avant.
"""
_WELCOME = """Pousse-Soleil et Trois Toits se retrouvent sur la même page.

Une question ? Écrivez à l’organisateur.
"""


async def publish_news(people: People, operation: DemoOperation) -> None:
    operation_id = operation.id
    await _publish(people.staff, "welcome", None, "Une page pour deux villages", _WELCOME)
    await _publish(people.organiser, "debit", operation_id, "Le prélèvement arrive", _DEBIT)
    await _publish(people.organiser, "roof", operation_id, "Un an de soleil", _ROOF, is_pinned=True)


async def _publish(
    api: Api, name: str, operation_id: str | None, title: str, text: str, *, is_pinned: bool = False
) -> None:
    path = f"/community/news/{demo_id(f'news/{name}')}"
    if await api.is_there(path):
        return
    article = {"operation_id": operation_id, "audience": "everybody", "title": title, "text": text}
    await api.call("PUT", path, json=article | {"is_pinned": is_pinned})
    await api.call("POST", f"{path}/publication")
