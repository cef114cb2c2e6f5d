"""``affetto doctor``: what works, what does not, what to do."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affetto.errors import AffettoError

if TYPE_CHECKING:
    from affetto.music.provider import Check
    from affetto.settings import Settings
    from affetto.store.connections import KeptConnection
    from affetto.store.database import Database
    from affetto.store.keyring import Keyring

ENOUGH_DISK: Final = 200_000_000  # bytes: the demo music, a database, room to breathe
_PARTS: Final = {
    "onnxruntime": "reads faces",
    "PIL": "opens photos",
    "simplejpeg": "opens camera frames",
    "soundfile": "opens music",
    "soxr": "listens to music",
    "tinytag": "reads titles",
    "fastapi": "serves the page",
    "sqlalchemy": "keeps what you allow",
}


class Health(StrEnum):
    """How one thing is."""

    WELL = "ok"
    LATER = "later"  # not there yet, and nothing is broken
    ILL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    health: Health
    told: str
    remedy: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Say what works, what does not, and what to do.

    Example: affetto doctor
    """
    from affetto.settings import load

    findings = list(examine(load()))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for one in findings:
            typer.echo(f"{one.health:<6}{one.what}: {one.told}")
            if one.remedy:
                typer.echo(f"      {one.remedy}")
    if any(finding.health is Health.ILL for finding in findings):
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything Affetto stands on; one failing thing hides no other."""
    yield _python()
    yield from _parts()
    yield from _models()
    yield _page()
    yield _folder(settings)
    yield from _kept(settings)
    if settings.demo:
        yield _looked("demo music", lambda: _demo(settings))
    yield from _providers(settings)
    yield _port(settings)
    yield Finding("ffmpeg", Health.WELL, "not needed.")
    yield _videos()


def _looked(what: str, look: Callable[[], Finding]) -> Finding:
    """What ``look`` finds; an error of ours is a finding too."""
    try:
        return look()
    except AffettoError as error:
        return Finding(what, Health.ILL, error.problem, error.remedy)


def _python() -> Finding:
    told = f"{platform.python_version()} on {platform.system()} {platform.machine()}."
    return Finding("Python", Health.WELL, told)


def _parts() -> Iterator[Finding]:
    broken = 0
    for module, use in _PARTS.items():
        try:
            import_module(module)
        except Exception as error:  # a broken wheel may raise anything
            broken += 1
            yield Finding(
                module,
                Health.ILL,
                f"it {use}, and does not load ({error}).",
                "Install Affetto again: pip install --force-reinstall affetto",
            )
    if not broken:
        yield Finding("parts", Health.WELL, f"all {len(_PARTS)} load.")


def _models() -> Iterator[Finding]:
    from affetto.inference import shelf
    from affetto.wiring import MODELS

    for name in MODELS:

        def look(name: str = name) -> Finding:
            _, card = shelf.find(name)
            told = f"{card.name} {card.version}, checksum right."
            return Finding(f"model {name}", Health.WELL, told)

        yield _looked(f"model {name}", look)


def _page() -> Finding:
    from affetto.server.page import STATIC

    if (STATIC / "index.html").is_file():
        return Finding("page", Health.WELL, "built.")
    return Finding("page", Health.ILL, "not built.", "In a clone, run `make run`; it builds it.")


def _videos() -> Finding:
    try:
        import_module("av")
    except Exception:  # a broken wheel may raise anything
        told = "not read; pictures are. PyAV is not installed, or does not load."
        return Finding("videos", Health.LATER, told, 'To read them: pip install "affetto[video]"')
    return Finding("videos", Health.WELL, "read.")


def _folder(settings: Settings) -> Finding:
    from affetto.wiring import make_folder

    def look() -> Finding:
        make_folder(settings.data_dir)
        try:
            with tempfile.TemporaryFile(dir=settings.data_dir) as file:
                file.write(b"a")
            free = shutil.disk_usage(settings.data_dir).free
        except OSError as error:
            return Finding(
                "data folder",
                Health.ILL,
                f"{settings.data_dir} cannot be written ({error.strerror}).",
                "Check its permissions, or set AFFETTO_DATA_DIR to another folder.",
            )
        if free < ENOUGH_DISK:
            return Finding(
                "data folder",
                Health.ILL,
                f"only {free // 1_000_000} MB are free at {settings.data_dir}.",
                f"Free {ENOUGH_DISK // 1_000_000} MB, or set AFFETTO_DATA_DIR elsewhere.",
            )
        return Finding("data folder", Health.WELL, f"{settings.data_dir}, {free // 10**9} GB free.")

    return _looked("data folder", look)


def _kept(settings: Settings) -> Iterator[Finding]:
    """The database, the library in it, and the keys beside it."""
    from affetto.wiring import open_database

    try:
        database = open_database(settings)
    except AffettoError as error:
        yield Finding("database", Health.ILL, error.problem, error.remedy)
    else:
        try:
            yield _looked("database", lambda: _database(database))
            yield _looked("library", lambda: _library(database))
        finally:
            database.close()
    yield _looked("keys", lambda: _keys(settings))


def _database(database: Database) -> Finding:
    database.check()
    return Finding("database", Health.WELL, "sound and up to date.")


def _library(database: Database) -> Finding:
    from affetto.store.tracks import TrackShelf

    shelf = TrackShelf(database)
    tracks, failures = len(shelf.paths()), len(shelf.failures())
    if not tracks and not failures:
        return Finding(
            "library",
            Health.LATER,
            "none of your own music was scanned yet.",
            "Scan it with: affetto library scan FOLDER",
        )
    told = f"{tracks} tracks" + (f", {failures} files that could not be read." if failures else ".")
    remedy = "See which with: affetto library show --failed" if failures else ""
    return Finding("library", Health.WELL, told, remedy)


def _keys(settings: Settings) -> Finding:
    from affetto.store.keyring import Keyring

    if settings.token_keys is not None:
        Keyring.of(settings.token_keys.get_secret_value())
        return Finding("keys", Health.WELL, "given in the settings.")
    if not settings.key_file.exists():
        return Finding("keys", Health.WELL, "none needed yet.")
    Keyring.in_file(settings.key_file)
    return Finding("keys", Health.WELL, "in order.")


def _demo(settings: Settings) -> Finding:
    from affetto.music.demo import demo_tracks, missing

    count = len(missing(settings.demo_dir))
    if count:
        return Finding(
            "demo music",
            Health.LATER,
            f"{count} of {len(demo_tracks())} pieces are not composed yet.",
            "`affetto serve` composes them when it starts.",
        )
    return Finding("demo music", Health.WELL, f"all {len(demo_tracks())} pieces are there.")


def _providers(settings: Settings) -> Iterator[Finding]:
    """Every provider that is installed or in use, ours and others'."""
    from affetto.music.provider import provider_names

    kept = _connected(settings)
    for name in sorted({*provider_names(), *settings.providers, *kept} - {"demo", "local"}):

        def look(name: str = name) -> Finding:
            return _provider(settings, name, kept)

        yield _looked(f"provider {name}", look)


def _provider(settings: Settings, name: str, kept: Mapping[str, KeptConnection]) -> Finding:
    import asyncio

    from affetto.connections import in_words, tried
    from affetto.music.provider import connect, described, package_of

    what = f"provider {name}"
    by = package_of(name)
    made_by = f" (of the package {by})" if by not in ("", "affetto") else ""
    try:
        title = described(name).title
        if name in settings.providers:
            where, given = "in the settings file", settings.of_provider(name)
        elif name in kept:
            where, given = "connected", kept[name].opened(_keyring(settings))
        else:
            return Finding(what, Health.WELL, f"{title}{made_by}, installed, not connected.")
        provider = connect(name, given)
    except AffettoError:
        raise
    except Exception as error:  # a provider may be anyone's code
        raise in_words(name, error) from error

    async def ask() -> Sequence[Check]:
        try:
            return await tried(provider)
        finally:
            if provider.connection is not None:
                await provider.connection.close()

    failing = [check for check in asyncio.run(ask()) if check.works is False]
    for check in failing:
        remedy = check.remedy or f"Try it with: affetto providers test {name}"
        return Finding(what, Health.ILL, f"{check.name}: {check.says}", remedy)
    return Finding(what, Health.WELL, f"{title}{made_by}, {where}, works.")


def _connected(settings: Settings) -> dict[str, KeptConnection]:
    """What the listener has connected; nothing when the database is ill, which is told."""
    from affetto.store.connections import KeptConnections
    from affetto.store.tables import HOME
    from affetto.wiring import open_database

    try:
        database = open_database(settings)
    except AffettoError:
        return {}
    try:
        return {one.provider: one for one in KeptConnections(database).all_of(HOME)}
    finally:
        database.close()


def _keyring(settings: Settings) -> Keyring:
    from affetto.store.keyring import Keyring

    given = settings.token_keys
    if given is not None:
        return Keyring.of(given.get_secret_value())
    return Keyring.in_file(settings.key_file)


def _port(settings: Settings) -> Finding:
    from affetto.cli.serve import running_server
    from affetto.server.running import PortTaken, bind

    url = running_server(settings)
    if url is not None:
        return Finding("server", Health.WELL, f"runs at {url}.")
    try:
        bind(settings.host, settings.port).close()
    except PortTaken:
        return Finding(
            "port",
            Health.LATER,
            f"{settings.port} is taken by another program.",
            "`affetto serve` will take a free one and say so.",
        )
    except AffettoError as error:
        return Finding("port", Health.ILL, error.problem, error.remedy)
    return Finding("port", Health.WELL, f"{settings.port} is free.")
