"""Real servers on this machine for the fetcher to meet: friendly, hostile, slow, and one with a certificate."""

import datetime
import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Neighbour(ThreadingHTTPServer):
    """Answers by path, and remembers what was asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[str] = []
        self.at = f"127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: Neighbour

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        getattr(self, "on_" + self.path.split("?")[0].strip("/"), self.on_hello)()

    def on_hello(self) -> None:
        self.answer(b"hello", "text/plain; charset=utf-8")

    def on_away(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"http://{self.server.at}/secret")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def on_missing(self) -> None:
        self.answer(b"", "text/plain", status=404)

    def on_long(self) -> None:
        self.answer(b"x" * 3_000_000, "text/plain")

    def on_bomb(self) -> None:
        self.answer(gzip.compress(b"\0" * 20_000_000, 1), "text/plain", encoding="gzip")

    def on_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def on_mute(self) -> None:
        time.sleep(6)

    def answer(self, body: bytes, kind: str, status: int = 200, encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the other side hung up, as it should

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def neighbour(certificate: tuple[Path, Path] | None = None) -> Iterator[Neighbour]:
    server = Neighbour()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "neighbour")])
    begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths
