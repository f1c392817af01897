"""Sharing keys as files: their definition, and the coefficients that it names."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FileName
from services.allocation.domain.coefficients.reading import is_coefficient_file, read_file
from services.allocation.domain.coefficients.steps import of_producers, on_step
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import KeyMalformed, SharingKey, check_steps, parse_key
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.json_text import parse_json


def read_key(path: Path, *, starts_epoch_min: IntArray, step_min: int) -> SharingKey:
    """Read a key file; the steps are those of the energies that it is to share.

    The file that a key with shares by step names is looked for beside it: a table, or a file as
    sent to the DSO; a full_dynamic key may name a list of these, one per producer. Raises the
    problems of keys and their files, and CoefficientStepUnfit.
    """
    key = _read_key(path, step_min)
    steps_min = np.full(len(starts_epoch_min), step_min)
    check_steps(key, starts_epoch_min=starts_epoch_min, step_min=steps_min)
    return key


def _read_key(path: Path, step_min: int) -> SharingKey:
    try:
        text = path.read_text(encoding="utf-8")
        definition = parse_json(text)
    except ValueError as error:
        raise KeyMalformed(f"{path} is not JSON: {error}") from error
    if not isinstance(definition, Mapping) or "coefficients" not in definition:
        return parse_key(definition)
    file_names = definition["coefficients"]
    if (
        isinstance(file_names, list)
        and file_names
        and all(isinstance(file, str) for file in file_names)
    ):
        coefficients_of_files = [_read_part(path.parent / file, step_min) for file in file_names]
        if len({coefficients.producers for coefficients in coefficients_of_files}) < len(
            coefficients_of_files
        ):
            raise KeyMalformed("Two of the coefficient files are of one producer.")
        return parse_key(definition, coefficients=of_producers(coefficients_of_files))
    if not isinstance(file_names, str):
        raise KeyMalformed(
            f"{path}: coefficients is the name of a file beside it, or a list of such names."
        )
    content = (path.parent / file_names).read_bytes()
    if is_coefficient_file(content):
        return parse_key(definition, coefficients=_read_content(content, POOL, step_min))
    return parse_key(definition, coefficients=pl.read_csv(content, infer_schema=False))


def _read_part(path: Path, step_min: int) -> Coefficients:
    name = FileName.parse(path.name)
    if name is None or not name.producer:
        raise KeyMalformed(f"{path.name} does not end with _<producer>.txt, as files of one do.")
    return _read_content(path.read_bytes(), name.producer, step_min)


def _read_content(content: bytes, producer: Prm, step_min: int) -> Coefficients:
    period, coefficients = read_file(content, producer=producer)
    return on_step(coefficients, period.step_min, step_min)
