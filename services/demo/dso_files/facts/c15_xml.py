"""C15: somebody moves in as the first day begins, and moves out as the last one ends."""

from collections.abc import Iterator

import numpy as np

from libs.common.calendar import PARIS, day_start
from services.demo.dso_files.shape import Shape

NAME = "C15 XML"

_SIGNS = np.array(list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_AFFAIR_CHARS = 8


def write(shape: Shape) -> Iterator[bytes]:
    yield f"""<?xml version="1.0" encoding="UTF-8"?>
<C15><En_Tete_Flux><Identifiant_Flux>C15</Identifiant_Flux>
<Date_Creation>{shape.published_at.isoformat()}</Date_Creation></En_Tete_Flux>
<Contrat><Nature_Contrat>GRD-F</Nature_Contrat></Contrat>
""".encode()
    collective = "0" if shape.is_consumption else "1"
    events = ((shape.first_day, "MES", "EN SERVICE"), (shape.day_after, "RES", "RESILIE"))
    chance = np.random.default_rng([shape.seed, shape.first])
    for prm in shape.prms:
        for day, kind, state in events:
            midnight = day_start(day).astimezone(PARIS).isoformat()
            affair = "".join(chance.choice(_SIGNS, _AFFAIR_CHARS))
            yield f"""<PRM><Id_PRM>{prm}</Id_PRM><Segment_Clientele>C5</Segment_Clientele>
<Autoconsommation_Collective>{collective}</Autoconsommation_Collective>
<Evenement_Declencheur><Type_Evenement>CONTRAT</Type_Evenement>
<Date_Evenement>{midnight}</Date_Evenement><Nature_Evenement>{kind}</Nature_Evenement>
<Id_Affaire>{affair}</Id_Affaire></Evenement_Declencheur>
<Situation_Contractuelle><Etat_Contractuel>{state}</Etat_Contractuel></Situation_Contractuelle></PRM>
""".encode()
    yield b"</C15>\n"
