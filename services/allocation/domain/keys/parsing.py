"""The definition of a key, as a file or the API gives it, parsed to a key that can be applied."""

from collections.abc import Collection, Mapping
from reprlib import repr as shortened

import polars as pl

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import (
    NO_COEFFICIENTS,
    POOL,
    Coefficients,
    read_coefficients,
)
from services.allocation.domain.keys.default_dynamic import DefaultDynamic
from services.allocation.domain.keys.dynamic import Dynamic
from services.allocation.domain.keys.fields import check_count, parse_prm, refuse_unknown_fields
from services.allocation.domain.keys.fractions import parse_fraction
from services.allocation.domain.keys.full_dynamic import FullDynamic
from services.allocation.domain.keys.priority import Priority
from services.allocation.domain.keys.priority_parsing import parse_priority
from services.allocation.domain.keys.problems import KeyInvalid, KeyMalformed, KeyTypeUnsupported
from services.allocation.domain.keys.static import Static

SharingKey = DefaultDynamic | Static | Priority | Dynamic | FullDynamic

_FIELDS = {
    "default_dynamic": ("type",),
    "static": ("type", "shares", "redistribute"),
    "priority": ("type", "ranks", "schedules"),
    "dynamic": ("type", "coefficients"),
    "full_dynamic": ("type", "coefficients"),
}
KEY_TYPES = tuple(_FIELDS)


def parse_key(
    definition: object, *, coefficients: pl.DataFrame | Coefficients | None = None
) -> SharingKey:
    """Read a definition such as ``{"type": "static", "shares": {"<prm>": "0.25"}}``.

    coefficients: the rows of the file that a dynamic key names, see ``read_coefficients``, or those
    already read; this function opens no file. A key that names no file says nothing of any step
    yet. Raises KeyMalformed, KeyTypeUnsupported, or KeyInvalid (broken rule).
    """
    if not isinstance(definition, Mapping):
        raise KeyMalformed("A key is an object with a type.")
    match definition.get("type"):
        case str() as key_type if key_type in _FIELDS:
            refuse_unknown_fields(definition, _FIELDS[key_type], f"a {key_type} key")
        case str() as key_type:
            types = ", ".join(_FIELDS)
            raise KeyTypeUnsupported(f"The key type {shortened(key_type)} is none of {types}.")
        case _:
            raise KeyMalformed("A key is an object with a type.")
    match key_type:
        case "static":
            return _parse_static(definition)
        case "priority":
            return parse_priority(definition)
        case "dynamic":
            return Dynamic(_read(definition, coefficients, by_producer=False))
        case "full_dynamic":
            return FullDynamic(_read(definition, coefficients, by_producer=True))
        case _:
            return DefaultDynamic()


def _parse_static(definition: Mapping[object, object]) -> Static:
    shares, redistribute = definition.get("shares"), definition.get("redistribute", False)
    if not isinstance(shares, Mapping) or not shares:
        raise KeyMalformed("The shares of a static key are an object: prm to decimal text.")
    if not isinstance(redistribute, bool):
        raise KeyMalformed("The field redistribute is true or false.")
    check_count(shares, "shares")
    return Static(
        shares={
            parse_prm(prm, "shares"): parse_fraction(share, f"share of {prm}")
            for prm, share in shares.items()
        },
        redistribute=redistribute,
    )


def _read(
    definition: Mapping[object, object],
    coefficients: pl.DataFrame | Coefficients | None,
    *,
    by_producer: bool,
) -> Coefficients:
    if coefficients is None:
        if "coefficients" in definition:
            raise KeyMalformed("The coefficients that the key names have not been read.")
        return NO_COEFFICIENTS
    if isinstance(coefficients, Coefficients):
        if coefficients.producers and by_producer == (POOL in coefficients.producers):
            raise KeyMalformed("A dynamic key shares the pool, a full_dynamic one each producer.")
        return coefficients
    return read_coefficients(coefficients, by_producer=by_producer)


def check_steps(key: SharingKey, *, starts_epoch_min: IntArray, step_min: IntArray) -> None:
    """Raise CoefficientStepUnfit when the key says more than one thing of a step of energy.

    starts_epoch_min, step_min: the start, in order, and the length of each step, [step] each.
    """
    if isinstance(key, Dynamic | FullDynamic):
        key.coefficients.check_not_finer(starts_epoch_min, step_min)


def check_points(
    key: SharingKey, *, producers: Collection[Prm], consumers: Collection[Prm]
) -> None:
    """Raise KeyInvalid when the key names a point that does not take part on that side.

    Allocation itself does not mind: a point that has left consumes nothing, so its share is
    surplus. Callers that accept a key from somebody check it first.
    """
    named_producers, named_consumers = key.points
    unknown = sorted((named_producers - set(producers)) | (named_consumers - set(consumers)))
    if unknown:
        raise KeyInvalid(f"Not a point of this operation: {', '.join(unknown)}.", prms=unknown)
