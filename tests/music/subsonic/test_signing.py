from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Sequence

import pytest

from affetto.errors import AffettoError, Misuse, ServiceTrouble
from affetto.music.provider import Provider, connect
from music.subsonic.fake import KEY, NAME, PASSWORD, Failed, FakeServer
from subsonic_kit import free_port


def titles(settings: dict[str, str]) -> Sequence[str]:
    provider = connect("subsonic", settings)
    assert provider.library is not None
    return [track.title for track in asyncio.run(provider.library.search("", limit=2))]


def test_a_token_is_sent_and_never_the_password(fake: FakeServer) -> None:
    assert titles(fake.settings) == ["Song 0", "Song 1"]
    for _, query in fake.asked:
        assert query["u"] == [NAME]
        assert "p" not in query and "apiKey" not in query
    assert len({query["s"][0] for _, query in fake.asked}) == len(fake.asked)  # a salt for each


@pytest.mark.parametrize("code", [10, 41, 42])
def test_a_server_that_takes_no_token_gets_the_password_encoded(
    fake: FakeServer, code: int
) -> None:
    fake.ways, fake.refusal = {"password"}, code
    assert len(titles(fake.settings)) == 2
    assert fake.asked[-1][1]["p"] == ["enc:" + PASSWORD.encode().hex()]


def test_an_api_key_goes_alone(fake: FakeServer) -> None:
    assert len(titles(fake.with_key | {"username": NAME, "password": PASSWORD})) == 2
    for _, query in fake.asked:
        assert query["apiKey"] == [KEY]
        assert not {"u", "p", "t"} & set(query)


def test_a_server_without_api_keys_gets_a_token_where_there_is_a_password(
    fake: FakeServer,
) -> None:
    fake.ways = {"token"}
    assert len(titles(fake.settings | {"api_key": KEY})) == 2
    assert "t" in fake.asked[-1][1]


def test_one_way_named_is_the_only_one_tried(fake: FakeServer) -> None:
    fake.ways = {"password"}
    with pytest.raises(ServiceTrouble, match="does not take this way to sign in"):
        titles(fake.settings | {"sign_in": "token"})
    assert fake.methods() == ["ping"]
    assert len(titles(fake.settings | {"sign_in": "password"})) == 2


def test_a_wrong_password_is_sent_once_and_never_in_the_clear(fake: FakeServer) -> None:
    with pytest.raises(ServiceTrouble, match="does not know this name"):
        titles(fake.settings | {"password": "wrong"})
    assert fake.methods() == ["ping"]
    assert "p" not in fake.asked[0][1]


def test_a_wrong_key_is_told(fake: FakeServer) -> None:
    with pytest.raises(ServiceTrouble, match="API key"):
        titles(fake.with_key | {"api_key": "old"})


def test_a_proxy_that_signs_in_too_is_told(fake: FakeServer) -> None:
    def two_ways(_: object) -> dict[str, object]:
        raise Failed(43, "Multiple conflicting authentication mechanisms provided")

    fake.instead["ping"] = two_ways
    with pytest.raises(ServiceTrouble, match="two ways to sign in at once"):
        titles(fake.settings)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"url": ""}, "address"),
        ({"url": "music.example.org"}, "address"),
        ({"url": "ftp://music.example.org"}, "address"),
        ({"url": "https://me:pw@music.example.org"}, "own fields"),
        ({"username": "", "password": ""}, "nothing to sign in"),
        ({"username": "", "api_key": ""}, "nothing to sign in"),
        ({"sign_in": "api-key"}, "API key"),
        ({"sign_in": "magic"}, "token"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_asked(
    settings: dict[str, str], words: str
) -> None:
    whole = {"url": "http://127.0.0.1:1", "username": "me", "password": "pw"} | settings
    with pytest.raises(Misuse, match=words):
        connect("subsonic", whole)


@pytest.mark.parametrize("tail", ["", "/", "/rest", "/rest/"])
def test_the_address_may_end_as_it_likes(fake: FakeServer, tail: str) -> None:
    assert len(titles(fake.settings | {"url": f" {fake.url}{tail} "})) == 2


# -- secrets --------------------------------------------------------------------------


def everything_shown(provider: Provider) -> str:
    """Whatever of a provider could be printed, a few steps deep."""
    parts, seen = [], set()
    left: list[object] = [provider]
    while left:
        thing = left.pop()
        if id(thing) in seen or not type(thing).__module__.startswith("affetto"):
            continue
        seen.add(id(thing))
        parts.append(f"{thing!r} {thing!s}")
        names = [*getattr(thing, "__dict__", {}), *getattr(type(thing), "__slots__", ())]
        for name in names:
            value = getattr(thing, name, None)
            left += value if isinstance(value, tuple | list) else [value]
    assert any("Token" in part for part in parts)  # it did come as deep as the secrets
    return "\n".join(parts)


@pytest.mark.parametrize("trouble", ["none", "wrong", "broken", "unreachable", "redirect"])
@pytest.mark.parametrize("way", ["token", "password", "api-key"])
def test_no_secret_is_in_logs_errors_or_what_can_be_printed(
    fake: FakeServer, caplog: pytest.LogCaptureFixture, trouble: str, way: str
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = fake.settings | {"api_key": KEY, "sign_in": way}
    match trouble:
        case "wrong":
            fake.instead["ping"] = _refuse
        case "broken":
            fake.instead["search3"] = lambda _: (200, {"Content-Length": "999"}, b"{")
        case "unreachable":
            settings["url"] = f"http://127.0.0.1:{free_port()}"
        case "redirect":
            fake.instead["ping"] = lambda query: (
                301,
                {"Location": "https://elsewhere.example/rest/ping.view?p=" + str(query)},
                b"",
            )
    provider = connect("subsonic", settings)
    told = everything_shown(connect("subsonic", fake.settings))
    assert provider.library is not None and provider.connection is not None
    try:
        asyncio.run(provider.library.search(""))
        assert trouble == "none"
    except AffettoError as error:
        assert trouble != "none"
        told += "".join(traceback.format_exception(error)) + f"{error!r}"
    told += repr(asyncio.run(provider.connection.check())) + repr(provider) + caplog.text
    sent = {value for _, q in fake.asked for name in ("t", "s", "p") for value in q.get(name, [])}
    for secret in (PASSWORD, PASSWORD.encode().hex(), KEY, *sent):
        assert secret not in told
    assert ("HTTP Request" in caplog.text) == (trouble != "unreachable")  # logged, without them


def _refuse(_: object) -> dict[str, object]:
    raise Failed(40, "Wrong username or password")
