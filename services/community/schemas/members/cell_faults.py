"""The faults of a file's cells, in sentences for people."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_POWER = "a whole number from 1 to 1,000,000,000"
_SENTENCES = {
    "email": "not an e-mail address",
    "siren": "not a SIREN; compare each of its nine digits",
    "vat_number": "not a VAT number; a French one is FR, a key of two characters and the SIREN",
    "subscribed_power_va": _POWER,
    "installed_power_w": _POWER,
}


def describe_faults(error: ValidationError) -> str:
    """Return a sentence for each cell, which begins with its column."""
    return " ".join(f"{fault['loc'][0]}: {_describe(fault)}." for fault in error.errors())


def _describe(fault: ErrorDetails) -> str:
    context = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        return str(context["expected"]).replace("'", "")
    if fault["input"] is None:
        return "must not be empty"
    if "max_length" in context:
        return f"at most {context['max_length']} characters"
    return _SENTENCES.get(str(fault["loc"][0]), "cannot be read")
