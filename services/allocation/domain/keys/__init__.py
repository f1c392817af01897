"""Sharing keys: their types, parsing, and the points that they name."""

from services.allocation.domain.keys.default_dynamic import DefaultDynamic
from services.allocation.domain.keys.dynamic import Dynamic
from services.allocation.domain.keys.full_dynamic import FullDynamic
from services.allocation.domain.keys.parsing import (
    SharingKey,
    check_points,
    check_steps,
    parse_key,
)
from services.allocation.domain.keys.priority import Priority
from services.allocation.domain.keys.problems import (
    KeyIncomplete,
    KeyInvalid,
    KeyMalformed,
    KeyTypeUnsupported,
)
from services.allocation.domain.keys.static import Static

__all__ = [
    "DefaultDynamic",
    "Dynamic",
    "FullDynamic",
    "KeyIncomplete",
    "KeyInvalid",
    "KeyMalformed",
    "KeyTypeUnsupported",
    "Priority",
    "SharingKey",
    "Static",
    "check_points",
    "check_steps",
    "parse_key",
]
