"""The public pages of the operations, which need no log-in."""

from services.demo.api import Api
from services.demo.cooperative import Cooperative

_TEXT = (
    "L’électricité de {name} vient de toits et d’ombrières de nos villages. **Elle se partage** à"
    " chaque demi-heure entre voisins, commerces et bâtiments publics.\n\n"
    "- chacun garde son fournisseur pour le reste ;\n"
    "- l’entrée est gratuite, et l’on repart quand on veut ;\n"
    "- les prix et la clé de répartition se décident ensemble."
)
_COMMUNES = {"99110": "Pousselac-sur-Aurelle", "99220": "Montvergne-les-Toits"}


async def present_operations(api: Api, cooperative: Cooperative) -> None:
    for operation in cooperative.operations:
        communes = {point.commune for point in operation.participations}
        body = {
            "is_public": True,
            "takes_members": True,
            "contact_email": "bonjour@volts-aurelle.example.org",
            "commune_names": sorted(_COMMUNES[commune] for commune in communes),
            "text": _TEXT.format(name=operation.name),
        }
        await api.call("PUT", f"/community/operations/{operation.id}/presentation", json=body)
