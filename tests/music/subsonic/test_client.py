from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from affetto.errors import Misuse, ServiceTrouble
from affetto.music.provider import connect, described
from affetto.music.subsonic import client as room
from affetto.music.subsonic.client import Client, Server
from affetto.music.subsonic.signing import Secrets
from affetto.music.subsonic.troubles import Refusal
from music.subsonic.fake import Answer, Failed, FakeServer
from subsonic_kit import Supysonic, free_port

XML = {"Content-Type": "text/xml"}
HTML = {"Content-Type": "text/html"}


def client_of(server: FakeServer | Supysonic, way: str = "auto") -> Client:
    given = server.settings
    return Client(given["url"], Secrets(given["username"], given["password"]).ways(way))


def known(client: Client) -> Server:
    return asyncio.run(client.server())


def test_an_open_server_tells_what_it_is_and_can(fake: FakeServer) -> None:
    server = known(client_of(fake))
    assert (server.kind, server.release, server.version) == ("fakesonic", "3.1", "1.16.1")
    assert server.open_subsonic
    assert server.extensions == {"apiKeyAuthentication"}


def test_an_old_server_is_taken_as_it_is(fake: FakeServer) -> None:
    fake.open_subsonic = False
    server = known(client_of(fake))
    assert (server.open_subsonic, server.kind, server.extensions) == (False, "", frozenset())
    assert "getOpenSubsonicExtensions" not in fake.methods()


def test_a_server_that_promises_extensions_and_has_none_still_works(fake: FakeServer) -> None:
    fake.instead["getOpenSubsonicExtensions"] = lambda _: (404, HTML, b"")
    with pytest.raises(ServiceTrouble):  # a page in place of an answer is a fault
        known(client_of(fake))

    def unknown(_: object) -> Answer:
        raise Failed(0, "Unknown method")

    fake.instead["getOpenSubsonicExtensions"] = unknown
    assert known(client_of(fake)).extensions == frozenset()


def test_supysonic_is_recognised_as_old_and_signed_in_to(supysonic: Supysonic) -> None:
    server = known(client_of(supysonic))
    assert (server.version, server.open_subsonic, server.way.name) == ("1.12.0", False, "password")


def test_supysonic_says_no_in_words(supysonic: Supysonic) -> None:
    client = client_of(supysonic)
    with pytest.raises(Refusal, match="Unknown method"):
        asyncio.run(client.ask("getSimilarSongs2", id="1"))
    with pytest.raises(Refusal, match="required parameter is missing"):
        asyncio.run(client.ask("getSong"))


def test_a_server_with_an_older_api_is_asked_in_its_own(fake: FakeServer) -> None:
    fake.version = "1.8.0"

    def only_its_own(query: dict[str, list[str]]) -> Answer:
        if query["v"] != ["1.8.0"]:
            raise Failed(30, "Server must upgrade")
        return {}

    fake.instead["ping"] = only_its_own
    client = client_of(fake)
    asyncio.run(client.ask("ping"))
    versions = [query["v"][0] for method, query in fake.asked if method == "ping"]
    assert versions == ["1.16.1", "1.8.0", "1.8.0"]


def test_a_server_that_wants_another_version_for_ever_is_not_asked_for_ever(
    fake: FakeServer,
) -> None:
    def never(_: object) -> Answer:
        raise Failed(30, "Server must upgrade")

    fake.instead["ping"] = never
    with pytest.raises(Refusal, match="too old"):
        known(client_of(fake))
    assert len(fake.asked) == 2


def xml_error(code: int) -> bytes:
    return (
        '<?xml version="1.0"?><subsonic-response xmlns="http://subsonic.org/restapi" '
        f'status="failed" version="1.15.0"><error code="{code}" message="So it is"/>'
        "</subsonic-response>"
    ).encode()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, XML, xml_error(50)), "does not allow.*So it is"),
        ((200, HTML, b"<h1>Welcome</h1>"), "not as a Subsonic server"),
        ((200, {}, b""), "not as a Subsonic server"),
        ((200, {}, b"[]"), "not as a Subsonic server"),
        ((200, {}, b'{"subsonic-response": 7}'), "not as a Subsonic server"),
        ((200, {}, b'{"subsonic-response": {"status": "failed"}}'), "not as a Subsonic server"),
        ((200, XML, b'<subsonic-response status="ok"><x'), ""),  # whatever, but no crash
        ((404, HTML, b"no"), "Check the address"),
        ((401, HTML, b"no"), r"lets nobody in \(HTTP 401\)"),
        ((403, {}, b""), r"lets nobody in \(HTTP 403\)"),
        ((429, {}, b""), "too much to do"),
        ((502, HTML, b"<h1>Bad gateway</h1>"), "in trouble"),
        ((301, {"Location": "https://new.example/rest/"}, b""), "on to https://new.example"),
        ((302, {"Location": "/login"}, b""), "on to another address"),
    ],
)
def test_every_awkward_answer_becomes_a_sentence_with_a_remedy(
    fake: FakeServer, answer: Answer, words: str
) -> None:
    fake.instead["getSong"] = lambda _: answer
    client = client_of(fake)
    if not words:
        asyncio.run(client.ask("getSong", id="s1"))
        return
    with pytest.raises(ServiceTrouble, match=words) as caught:
        asyncio.run(client.ask("getSong", id="s1"))
    for sentence in (caught.value.problem, caught.value.remedy):
        assert sentence[0].isupper() and sentence.endswith(".")


@pytest.mark.parametrize("code", [0, 10, 20, 30, 40, 41, 42, 43, 44, 50, 60, 70, 9999])
def test_every_error_number_has_its_words(fake: FakeServer, code: int) -> None:
    def no(_: object) -> Answer:
        raise Failed(code, "As\nthe server says")

    fake.instead["getSong"] = no
    with pytest.raises(Refusal, match="As the server says") as caught:
        asyncio.run(client_of(fake).ask("getSong", id="s1"))
    assert caught.value.code == code
    assert caught.value.remedy


def test_a_stream_that_is_an_error_in_disguise_is_found_out(fake: FakeServer) -> None:
    fake.instead["stream"] = lambda _: (200, XML, xml_error(0))

    async def listen() -> None:
        async with client_of(fake).stream("stream", {"id": "s1"}, {}):
            raise AssertionError("it was taken for sound")

    with pytest.raises(Refusal, match="So it is"):
        asyncio.run(listen())


def test_a_server_that_is_not_there_is_told() -> None:
    client = Client(f"http://127.0.0.1:{free_port()}", Secrets("me", "pw").ways())
    with pytest.raises(ServiceTrouble, match=r"cannot be reached.*Check that it runs"):
        known(client)


def test_a_server_that_never_answers_is_given_up(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    end = threading.Event()

    def slow(_: object) -> Answer:
        end.wait(5)
        return {}

    fake.instead["ping"] = slow
    monkeypatch.setattr(room, "_TIMES", httpx.Timeout(0.1))
    with pytest.raises(ServiceTrouble, match="takes too long"):
        known(client_of(fake))
    end.set()


def test_an_answer_that_breaks_off_is_told(fake: FakeServer) -> None:
    fake.instead["getSong"] = lambda _: (200, {"Content-Length": "100"}, b"{")
    with pytest.raises(ServiceTrouble, match="broke off"):
        asyncio.run(client_of(fake).ask("getSong", id="s1"))


def test_a_certificate_nobody_vouches_for_is_told_with_its_remedy(
    secured: Callable[[], FakeServer],
) -> None:
    server = secured()
    with pytest.raises(ServiceTrouble, match=r"self.signed.*SSL_CERT_FILE"):
        known(client_of(server))
    assert server.asked == []  # and no secret was sent to whoever it was


def test_a_certificate_that_the_machine_trusts_is_enough(
    secured: Callable[[], FakeServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = secured()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    room._trusted.cache_clear()
    client = client_of(server)
    assert known(client).open_subsonic
    assert client.guarded


@pytest.fixture
def secured(tmp_path: Path) -> Callable[[], FakeServer]:
    """A server with a certificate it gave itself, for 127.0.0.1."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "home")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    servers: list[FakeServer] = []

    def make() -> FakeServer:
        servers.append(FakeServer([], context))
        return servers[-1]

    room._trusted.cache_clear()
    yield make  # type: ignore[misc]
    room._trusted.cache_clear()
    for server in servers:
        server.close()


def test_it_says_what_it_asks_for_and_keeps_its_secrets() -> None:
    told = described("subsonic")
    assert "Navidrome" in told.title
    assert {one.name for one in told.asks if one.secret} == {"password", "api_key"}
    assert next(one for one in told.asks if one.name == "sign_in").default == "auto"


def test_plays_are_told_only_where_the_listener_says_so(fake: FakeServer) -> None:
    assert connect("subsonic", fake.settings).plays is None
    assert connect("subsonic", fake.settings | {"tell_plays": "no"}).plays is None
    assert connect("subsonic", fake.settings | {"tell_plays": "Yes"}).plays is not None
    with pytest.raises(Misuse, match="yes or no"):
        connect("subsonic", fake.settings | {"tell_plays": "perhaps"})
