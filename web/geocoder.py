"""The address service of the journeys: another company's, so that it is faked, on the loopback."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

_HOME, _FAR = (44.0206, 4.0217), (48.85, 2.35)
_MATCHES = {
    "encriers": [("2 Rue des Encriers 99110 Pousselac-sur-Aurelle", 0.97, _HOME)],
    "four": [
        ("5 Rue du Four 75006 Paris", 0.9, _FAR),
        ("5 Rue du Four 99110 Pousselac-sur-Aurelle", 0.85, _HOME),
    ],
    "lavoir": [("Chemin du Lavoir 99110 Pousselac-sur-Aurelle", 0.95, _HOME)],
}
"""By a word of the address: label, score and place. Of others it knows nothing."""
_OUT_OF_ORDER = "panne"


class _Search(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        (asked,) = parse_qs(urlsplit(self.path).query)["q"]
        known = [one for word, ones in _MATCHES.items() if word in asked.lower() for one in ones]
        content = json.dumps({"features": [_feature(*one) for one in known]}).encode()
        self.send_response(500 if _OUT_OF_ORDER in asked else 200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: its lines would be in the middle of the journeys'."""


def _feature(label: str, score: float, place: tuple[float, float]) -> dict[str, object]:
    latitude_deg, longitude_deg = place
    return {
        "geometry": {"coordinates": [longitude_deg, latitude_deg]},
        "properties": {
            "label": label,
            "score": score,
            "type": "housenumber" if label[0].isdigit() else "street",
        },
    }


@contextmanager
def geocoder() -> Iterator[str]:
    """Yield the address of its search."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Search) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/search"
        server.shutdown()
