"""The DSO's results for a point of an operation: two fifths of each step were shared."""

from collections.abc import Mapping, Sequence

from services.demo.dso_files.shape import FileCurve, Shape

WORDS = ("cons", "prod", "autocons", "surplus", "complement")
"""All quantities, in the DSO's order."""


def split(shape: Shape, curve: FileCurve) -> Mapping[str, Sequence[int | None]]:
    """Return powers by the DSO's words: all of the curve, the shared part of it, the rest."""
    shared_w = [None if value_w is None else value_w * 2 // 5 for value_w in curve.power_w]
    rest_w = [
        None if total_w is None or part_w is None else total_w - part_w
        for total_w, part_w in zip(curve.power_w, shared_w, strict=True)
    ]
    total_word, rest_word = ("cons", "complement") if shape.is_consumption else ("prod", "surplus")
    return {total_word: curve.power_w, "autocons": shared_w, rest_word: rest_w}


def energies(
    power_w: Sequence[int | None], step_min: int, *, wmin_per_unit: int, decimals: int
) -> list[str]:
    """Return the energy of each step with a decimal comma, in decimals that show watt-minutes."""
    return [
        ""
        if value_w is None
        else f"{value_w * step_min / wmin_per_unit:.{decimals}f}".replace(".", ",")
        for value_w in power_w
    ]


def envelope(shape: Shape, resource: str) -> Mapping[str, str]:
    """Return the envelope of the ACC API's answers, without the body (docs/use/acc-api.md)."""
    return {
        "source": "enedis-acc",
        "operation": shape.operation_id,
        "resource": resource,
        "retrieved_at": shape.published_at.isoformat(),
    }


def side(shape: Shape) -> str:
    """Return the member of an answer that names a point."""
    return "cons_id" if shape.is_consumption else "prod_id"
