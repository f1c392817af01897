"""The place of each point's connection, and the legal basis of each operation."""

from services.demo.api import Api
from services.demo.cooperative import Cooperative, DemoOperation


async def record_places(api: Api, cooperative: Cooperative) -> None:
    for operation in cooperative.operations:
        path = f"/community/operations/{operation.id}/legal-basis"
        basis = {"basis": "extended", "zone": "mainland", "policy": "warn"}
        await api.call("PUT", path, json=basis | {"decision": None, "communes": []})
        await _record_locations(api, operation)


async def _record_locations(api: Api, operation: DemoOperation) -> None:
    for point in operation.participations:
        latitude_deg, longitude_deg = point.place
        location = {
            "place": {"latitude_deg": latitude_deg, "longitude_deg": longitude_deg},
            "source": "surveyed",
            "voltage": "low",
            "commune": point.commune,
        }
        await api.call("PUT", f"/community/points/{point.prm}/location", json=location)
