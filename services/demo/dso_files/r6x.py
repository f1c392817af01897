"""The common part of the JSON flows of the R6X family."""

from collections.abc import Mapping

from services.demo.dso_files.shape import Shape


def header(flow: str) -> Mapping[str, str]:
    return {
        "siDemandeur": "SGE",
        "typeDestinataire": "TIERS",
        "idDestinataire": "DEMO",
        "codeFlux": flow,
        "idDemande": "M0DEMO01",
        "modePublication": "P",
        "idCanalContact": "SGE",
        "format": "JSON",
    }


def period(shape: Shape) -> Mapping[str, str]:
    return {"dateDebut": f"{shape.first_day} 00:00:00", "dateFin": f"{shape.day_after} 00:00:00"}
