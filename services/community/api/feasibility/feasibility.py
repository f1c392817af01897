"""Routes for the places of points, and whether the points of an operation may share."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import DayField
from libs.common.http import problems
from libs.common.ids import OperationIdField, PrmField
from libs.common.logs.accesses import note_access
from libs.common.settings import Settings
from services.community import access
from services.community.api.dependencies import Session
from services.community.api.noting import note_point
from services.community.claims import Claimant
from services.community.commands.feasibility import feasibility as commands
from services.community.domain.feasibility.map import Map, map_of
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.problems import (
    BasisUnknown,
    LocationUnknown,
    OperationUnknown,
    PointUnknown,
)
from services.community.schemas.feasibility.feasibility import (
    BasisIn,
    BasisOut,
    FeasibilityOut,
    FeatureCollectionOut,
    FeatureOut,
    LineGeometry,
    LocationIn,
    LocationOut,
    PointGeometry,
    PolygonGeometry,
    Position,
)
from services.community.store.feasibility import locations
from services.community.store.members import registry

router = APIRouter(route_class=TokenFirstRoute)

Day = Annotated[DayField | None, Query(description="local day; today if left out")]


_EMPTY_MAP = {"type": "FeatureCollection", "features": []}


class GeoJson(JSONResponse):
    media_type = "application/geo+json"


@router.put(
    "/points/{prm}/location",
    summary="Set the location of a point",
    responses=problems(PointUnknown),
)
async def put_location(
    caller: StaffOrOrganiser, prm: PrmField, body: LocationIn, session: Session
) -> LocationOut:
    """Set the place of the meter, its source, the voltage and the commune.

    For staff, and organisers for points that take part in their operations or in none yet.
    """
    location = await commands.record_location(session, Claimant.of(caller), prm, body.to_location())
    return LocationOut.model_validate(location)


@router.get(
    "/points/{prm}/location",
    summary="Show the location of a point",
    responses=problems(LocationUnknown),
)
async def show_location(caller: AnyPerson, prm: PrmField, session: Session) -> LocationOut:
    """For staff, organisers of an operation with the point, and its member."""
    await access.check_may_see_point(session, caller, prm)
    await note_point(session, caller, prm)
    return LocationOut.model_validate(await locations.get_location(session, prm))


@router.put(
    "/operations/{operation_id}/legal-basis",
    summary="Set the legal basis of an operation",
    responses=problems(OperationUnknown),
)
async def put_basis(
    caller: StaffOrOrganiser, operation_id: OperationIdField, body: BasisIn, session: Session
) -> BasisOut:
    """Includes its derogation, if any, and the policy for points that the law does not allow.

    For staff and the operation's organiser.
    """
    caller.check_may_run(operation_id)
    basis = await commands.record_basis(session, operation_id, body.to_basis(), by=caller.subject)
    return BasisOut.model_validate(basis)


@router.get(
    "/operations/{operation_id}/legal-basis",
    summary="Show the legal basis of an operation",
    responses=problems(BasisUnknown),
)
async def show_basis(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> BasisOut:
    """For staff and the operation's organiser."""
    caller.check_may_run(operation_id)
    return BasisOut.model_validate(await locations.get_basis(session, operation_id))


@router.get(
    "/operations/{operation_id}/feasibility",
    summary="Check whether the points of an operation may share",
    responses=problems(OperationUnknown),
)
async def show_feasibility(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session, day: Day = None
) -> FeasibilityOut:
    """The largest distance, the power of all plants and the legal limits, on a local day.

    Computed from the current data. For staff and the operation's organiser.
    """
    caller.check_may_run(operation_id)
    await registry.get_operation(session, operation_id)
    participations = await registry.list_participations(session, operation_id)
    study = await commands.study_perimeter(
        session, operation_id, participations, day or today_in(session)
    )
    basis = await locations.find_basis(session, operation_id)
    return FeasibilityOut.of(operation_id, study, basis)


@router.get(
    "/operations/{operation_id}/perimeter.geojson",
    summary="Show the perimeter of an operation, for a map",
    response_class=GeoJson,
    responses=problems(OperationUnknown)
    | {200: {"content": {GeoJson.media_type: {"example": _EMPTY_MAP}}}},
)
async def show_map(
    request: Request,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    day: Day = None,
) -> FeatureCollectionOut:
    """Points with a known place, and the outline of all that take part on a local day.

    Staff and the organiser get all points and the hull. Members get their own points and a
    circle in whole kilometres, if it contains ten homes (`PRIVACY_LEAST_POINTS`) of three other
    members.
    """
    scope = await access.get_operation_scope(session, caller, operation_id)
    await registry.get_operation(session, operation_id)
    everybody = await registry.list_participations(session, operation_id)
    sites = await locations.map_sites(session, {participation.prm for participation in everybody})
    only = None
    if scope.is_everything:
        await note_access(session, caller, [participation.member_id for participation in everybody])
    else:
        only = {stay.prm for stay in everybody if scope.has_member(stay.member_id)}
    settings: Settings = request.app.state.settings
    least_points = settings.privacy_least_points
    drawn_map = await asyncio.to_thread(
        map_of, everybody, sites, day or today_in(session), only=only, least_points=least_points
    )
    return _features(drawn_map)


def _features(drawn_map: Map) -> FeatureCollectionOut:
    points = [
        FeatureOut(
            geometry=PointGeometry(coordinates=_position(point.place)),
            properties={"kind": "point", "prm": point.prm, "directions": list(point.directions)},
        )
        for point in drawn_map.points
    ]
    geometry = _around([_position(place) for place in drawn_map.ring])
    kind = "around" if drawn_map.is_coarse else "perimeter"
    around = [FeatureOut(geometry=geometry, properties={"kind": kind})] if geometry else []
    return FeatureCollectionOut(features=[*around, *points])


def _around(ring: list[Position]) -> LineGeometry | PolygonGeometry | None:
    if len(ring) < 2:  # noqa: PLR2004 - a point
        return None
    if len(ring) == 2:  # noqa: PLR2004 - a line
        return LineGeometry(coordinates=ring)
    return PolygonGeometry(coordinates=[[*ring, ring[0]]])


def _position(place: Coordinates) -> Position:
    return place.longitude_deg, place.latitude_deg
