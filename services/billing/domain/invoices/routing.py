"""The routing of invoices inside a large customer, as the customer states it."""

from dataclasses import dataclass
from typing import ClassVar

from libs.common.errors import Problem


class RoutingInvalid(Problem):
    status, slug, title = 409, "routing-invalid", "This routing does not fit the customer"
    example_detail = "The SIRET is of another body than the customer, whose SIREN is 992000026."
    example_facts: ClassVar = {"field": "siret"}


@dataclass(frozen=True)
class Routing:
    """The criteria by which Chorus Pro sorts invoices; companies may want them too.

    service_code: the « code service » (BT-10, buyer reference). commitment_number: the « numéro
    d'engagement » (BT-13, purchase order). siret: the establishment (BT-46).
    """

    siret: str | None = None
    service_code: str | None = None
    commitment_number: str | None = None


def check_routing(routing: Routing, *, siren: str | None) -> None:
    """Check the routing. siren: the customer's, None if unknown. Raises RoutingInvalid."""
    if siren and routing.siret and not routing.siret.startswith(siren):
        raise RoutingInvalid(
            f"The SIRET is of another body than the customer, whose SIREN is {siren}.",
            field="siret",
        )
