"""A small OpenID Connect server on this machine; what it answers can be bent."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.jose import JsonWebKey, JsonWebToken

KEY = JsonWebKey.generate_key("RSA", 2048, {"kid": "one"}, is_private=True)
OTHER = JsonWebKey.generate_key("RSA", 2048, {"kid": "one"}, is_private=True)


class IdentityServer:
    """Vouches for one staff number. ``bend`` changes claims, ``key`` signs, ``issuer_told`` is announced."""

    def __init__(self, url: str) -> None:
        self.url = self.issuer_told = url
        self.claims: dict[str, Any] = {"staff_number": "云9821001"}
        self.bend: dict[str, Any] = {}
        self.key, self.algorithm = KEY, "RS256"
        self.challenge = self.nonce = ""
        self.now = 0

    def visit(self, address: str) -> dict[str, str]:
        """What a browser does: go to ``address``, log in there, come back with the code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        self.challenge, self.nonce = asked["code_challenge"], asked["nonce"]
        return {"code": "good", "state": asked["state"]}

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """The identity token for a code, if its verifier fits the challenge."""
        proved = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest())
        if given["code"] != "good" or proved.rstrip(b"=").decode() != self.challenge:
            return None
        claims = {
            "iss": self.url, "aud": "mingjing", "sub": "1", "nonce": self.nonce, "iat": self.now,
            "exp": self.now + 300, **self.claims, **self.bend,
        }  # fmt: skip
        header = {"alg": self.algorithm, "kid": "one"}
        signed = JsonWebToken([self.algorithm]).encode(header, claims, self.key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed.decode()}

    def answer(self, path: str, given: dict[str, str]) -> dict[str, Any] | None:
        """The document at ``path``."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer_told,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        if path == "/keys":
            return {"keys": [KEY.as_dict(is_private=False)]}
        return self.token(given) if path == "/token" else None


@contextmanager
def identity_server(now: int) -> Iterator[IdentityServer]:
    """The server, running on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send({name: values[0] for name, values in parse_qs(body).items()})

        def _send(self, given: dict[str, str]) -> None:
            found = served.answer(urlsplit(self.path).path, given)
            content = json.dumps(found or {"error": "invalid_grant"}).encode()
            self.send_response(200 if found else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = IdentityServer(f"http://127.0.0.1:{server.server_port}")
    served.now = now
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
