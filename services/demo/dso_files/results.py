"""What the DSO says of a point of an operation: two fifths of each step were shared."""

from collections.abc import Mapping, Sequence

from services.demo.dso_files.shape import Curve, Shape

WORDS = ("cons", "prod", "autocons", "surplus", "complement")
"""Of all quantities, in the DSO's order."""


def split(shape: Shape, curve: Curve) -> Mapping[str, Sequence[int | None]]:
    """Powers by the DSO's words: all of the curve, the part of it that was shared, the rest."""
    shared_w = [None if one is None else one * 2 // 5 for one in curve.power_w]
    rest_w = [
        None if whole is None or part is None else whole - part
        for whole, part in zip(curve.power_w, shared_w, strict=True)
    ]
    whole, rest = ("cons", "complement") if shape.is_consumption else ("prod", "surplus")
    return {whole: curve.power_w, "autocons": shared_w, rest: rest_w}


def energies(
    power_w: Sequence[int | None], step_min: int, *, wmin_per_unit: int, decimals: int
) -> list[str]:
    """Over each step, with a decimal comma: enough decimals tell them to the watt-minute."""
    return [
        "" if one is None else f"{one * step_min / wmin_per_unit:.{decimals}f}".replace(".", ",")
        for one in power_w
    ]


def envelope(shape: Shape, resource: str) -> Mapping[str, str]:
    """What is around the answers of the ACC API, but for their body (docs/acc-api.md)."""
    return {
        "source": "enedis-acc",
        "operation": shape.operation_id,
        "resource": resource,
        "retrieved_at": shape.published_at.isoformat(),
    }


def side(shape: Shape) -> str:
    """The member of an answer that names a point."""
    return "cons_id" if shape.is_consumption else "prod_id"
