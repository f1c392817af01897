"""Energies as the DSO writes them: text in W, kW, Wh or kWh, read to whole watt-minutes."""

import polars as pl

from services.ingest.domain.results.results import EnergyUnit

_DECIMALS = 9
_NANO = 10**_DECIMALS
# Twelve digits of the largest unit over an hour fit 63 bits.
_NUMBER = rf"^\+?(\d{{1,12}})(?:[.,](\d{{0,{_DECIMALS}}}))?$"
_NEGATIVE = r"^-\d*[.,]?\d*[1-9]"

EMPTY = pl.col("value") == ""


def unit(text: str) -> str | None:
    """Return ``Wh`` for ``wh``; None if it is none of W, kW, Wh and kWh."""
    spelling = text.strip().lower()
    return next(
        (energy_unit.value for energy_unit in EnergyUnit if energy_unit.lower() == spelling), None
    )


def unit_wmin() -> pl.Expr:
    """Return the watt-minutes in one unit of ``unit`` str over ``step_min`` i32."""
    factor = pl.col("unit").replace_strict(
        {energy_unit.value: energy_unit.factor for energy_unit in EnergyUnit},
        default=None,
        return_dtype=pl.Int64,
    )
    is_power = pl.col("unit").is_in(
        [energy_unit.value for energy_unit in EnergyUnit if energy_unit.is_power]
    )
    return pl.when(is_power).then(factor * pl.col("step_min").cast(pl.Int64)).otherwise(factor)


def decimals_by_unit(values: pl.DataFrame) -> pl.DataFrame:
    """Return the most decimals that any value of a unit has: unit str, decimals i64.

    values: value and unit str. Zero decimals are not always written, so a single value does not
    show the resolution of its source.
    """
    decimal_digits = pl.col("value").str.extract(_NUMBER, 2).fill_null("")
    return values.group_by("unit").agg(decimals=decimal_digits.str.len_bytes().cast(pl.Int64).max())


def with_energies(records: pl.DataFrame, decimals: pl.DataFrame) -> pl.DataFrame:
    """Read ``value`` exactly, to the nearest watt-minute.

    records: value str (stripped), unit str and step_min i32, null if unknown.
    decimals: as ``decimals_by_unit`` of all values of the document. Adds energy_wmin i64, null
    where the value is empty or no number, and precision_wmin i64: one unit of the last decimal.
    """
    number = pl.col("value").str.extract_groups(_NUMBER)
    integer_part, decimal_part = number.struct.field("1"), number.struct.field("2").fill_null("")
    parts = records.join(
        decimals, on="unit", how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(
        unit_wmin=unit_wmin(),
        whole=integer_part.cast(pl.Int64, strict=False),
        part=decimal_part.str.pad_end(_DECIMALS, "0").cast(pl.Int64, strict=False),
    )
    energy = pl.col("whole") * pl.col("unit_wmin") + (
        (pl.col("part") * pl.col("unit_wmin") + _NANO // 2) // _NANO
    )
    tenth = pl.lit(10, pl.Int64).pow(pl.col("decimals"))
    return parts.with_columns(
        energy_wmin=energy,
        precision_wmin=pl.max_horizontal(pl.col("unit_wmin") // tenth, pl.lit(1)),
    ).drop("unit_wmin", "whole", "part", "decimals")


def faults(max_wmin: int) -> dict[str, pl.Expr]:
    """Return why a value is no energy, for the sender; records are those of ``with_energies``."""
    return {
        "the unit is none of W, kW, Wh and kWh": pl.col("unit").is_null(),
        "the value is negative: surplus and production are positive": (
            pl.col("value").str.contains(_NEGATIVE)
        ),
        f"the value is not a number of at most 12 digits and {_DECIMALS} decimals": (
            pl.col("energy_wmin").is_null() & ~EMPTY
        ),
        "the value is beyond any grid: check its unit": pl.col("energy_wmin") > max_wmin,
    }
