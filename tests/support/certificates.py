"""An authority for tests, and certificates that it signs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

# Servers go by the machine's clock, not by the one of the tests.
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Its certificate is ``ca.crt`` in the folder."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.crt"

    def sign(self, address: str) -> tuple[Path, Path]:
        """The files of a key and a certificate for a server at this address of IP."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        builder = _builder(_name(address), self.name, key).add_extension(names, critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        key_file, certificate_file = self.folder / "server.key", self.folder / "server.crt"
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        certificate_file.write_bytes(certificate.public_bytes(Encoding.PEM))
        return key_file, certificate_file


def new_authority(folder: Path) -> Authority:
    folder.mkdir(exist_ok=True)
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("authority of the tests")
    is_authority = x509.BasicConstraints(ca=True, path_length=0)
    builder = _builder(name, name, key).add_extension(is_authority, critical=True)
    authority = Authority(folder, key, name)
    certificate = builder.sign(key, hashes.SHA256())
    authority.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    return authority


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
