"""The sun's place, against pvlib's ephemeris."""

import numpy as np
import pandas as pd
import pytest
from pvlib.solarposition import get_solarposition

from services.ingest.domain.rules.sun import elevation_deg


@pytest.mark.parametrize(
    ("latitude_deg", "longitude_deg"),
    [(46.6, 2.4), (48.4, -4.5), (-21.1, 55.5), (14.6, -61.0), (0, 0)],
    ids=["middle of France", "Brest", "La Réunion", "Martinique", "Gulf of Guinea"],
)
def test_the_sun_stands_where_pvlib_sees_it(latitude_deg: float, longitude_deg: float) -> None:
    times = pd.date_range("2019-12-30 00:11", "2031-01-01", freq="1717min", tz="UTC", unit="us")

    ours = elevation_deg(
        times.asi8.astype(np.int64), latitude_deg=latitude_deg, longitude_deg=longitude_deg
    )

    theirs = get_solarposition(times, latitude_deg, longitude_deg)["elevation"]
    assert np.abs(ours - theirs.to_numpy()).max() < 0.02
