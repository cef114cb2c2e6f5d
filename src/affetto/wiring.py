"""Settings → a house with its rooms connected.

The doors ask the house; the house asks the rooms. Heavy rooms (models, sound) are
opened when first needed, so a house is quick to build.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

from affetto.collection import LOOK_AGAIN_S, Collection, Collector, Version, editions_of
from affetto.connections import Connections
from affetto.errors import ModelMissing, NotFound
from affetto.music.provider import Provider
from affetto.settings import Settings
from affetto.store.connections import KeptConnections
from affetto.store.database import Database, StoreTrouble
from affetto.store.history import History
from affetto.store.listeners import KeptConsent, Listeners
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    from affetto.emotion import Affect
    from affetto.inference.card import ModelCard
    from affetto.listening.policies.shelf import PolicyShelf
    from affetto.music.curated import Lists
    from affetto.music.curve import Curve
    from affetto.music.provider import Cover, DistantSound, Library, Player, Sound
    from affetto.recommending.fit import Candidates
    from affetto.senses.face import Look, SeenFace, UnreadFace
    from affetto.senses.sense import ImageFrame
    from affetto.store.keyring import Keyring
    from affetto.store.songs import SongShelf
    from affetto.store.tracks import TrackShelf

log = logging.getLogger(__name__)

CURVES_KEPT: Final = 64  # tracks' courses in memory, a few kB each
FACE_MODEL: Final = "expression"
MODELS: Final = ("face-detector-near", "face-detector", FACE_MODEL)


class FaceReading(Protocol):
    """What reads faces: the model, or a stand-in in a test."""

    def look(self, frame: ImageFrame, *, thorough: bool = True, most: int | None = None) -> Look:
        """The ``most`` largest faces read or in doubt, the others counted.

        ``thorough`` looks twice.
        """
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one picture; the picture itself is gone."""

    face: SeenFace | None  # the largest, the only one that is read
    unread: UnreadFace | None  # the largest, when it had better not be read
    others: int
    width: int
    height: int


class House:
    """All rooms, connected. ``close`` it when done."""

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        libraries: Mapping[str, Library],
        players: Mapping[str, Player] | None = None,
        faces: FaceReading | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        look_again_s: float = LOOK_AGAIN_S,
        listen_through: Callable[[Path], Curve] | None = None,
    ) -> None:
        """``libraries`` by name are used as they are; ``local`` is read from the database.

        ``listen_through`` takes the place of ``music.curve.curve``.
        """
        self.settings = settings
        self.database = database
        self.listeners = Listeners(database)
        self.history = History(database)
        self.now = clock
        self.outlet: str | None = None  # whose player sounds; None: the page
        self._faces = faces
        self._looking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="affetto-look")
        self._hearing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="affetto-hear")
        self._listen_through = listen_through
        self._curves: dict[tuple[str, int, int], asyncio.Future[Curve]] = {}
        self._collector = Collector(self._version, self._in_use, look_again_s=look_again_s)
        self._looks = 0  # at places whose tracks may have changed
        self._consents: dict[str, KeptConsent] | None = None
        self._keyring: Keyring | None = None
        self._blindness_told = False
        self.listener = self.listeners.welcome(self.now())
        self.connections = Connections(
            KeptConnections(database), self.listener, keyring=lambda: self.keyring, now=clock
        )
        for name in {**libraries, **(players or {})}:
            self.connections.give(Provider(name, libraries.get(name), (players or {}).get(name)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of threads and files."""
        self._collector.close()
        self._looking.shutdown(wait=True, cancel_futures=True)
        self._hearing.shutdown(wait=True, cancel_futures=True)
        self.database.close()

    # -- music ------------------------------------------------------------------------

    @property
    def has_demo(self) -> bool:
        """Whether the demo music is part of the library."""
        return "demo" in self.connections.libraries

    async def collection(self) -> Collection:
        """The whole library, at one moment."""
        return await self._collector.current()

    async def look_again(self) -> None:
        """Look at once what there is now: a provider has come."""
        self._collector.forget_when()
        await self._collector.current()

    async def looked_through(self) -> Collection:
        """The library after every place was asked for its tracks once more, waited for."""
        self._looks += 1
        return await self._collector.anew()

    async def notice(self) -> bool:
        """Whether a place has other tracks than before; then they are asked for meanwhile."""
        known = (await self.collection()).editions
        told = await editions_of(self.connections.libraries)
        changed = any(edition != known.get(name) for name, edition in told.items())
        if changed:
            self._looks += 1
            await self.look_again()
        return changed

    async def tracks(self) -> tuple[Track, ...]:
        """All there is to play, by artist, album and title."""
        return (await self._collector.current()).tracks

    async def track(self, uri: TrackUri) -> Track | None:
        """One track, or None."""
        return await self._collector.track(uri)

    async def candidates(self) -> Candidates:
        """What can be chosen where it sounds now; the same object until the library changes."""
        if self.outlet is not None and self.outlet in self.connections.libraries:
            return await self._collector.only(self.outlet)
        return (await self._collector.current()).candidates

    async def songs(self, *, near: Affect | None, limit: int) -> list[Track]:
        """Songs of imported tables that are not among ``tracks``, nearest to ``near`` first.

        They have no sound, so none is ever among the ``candidates`` of a session.
        """
        from affetto.music.tables.popularity import unheard

        found = await asyncio.to_thread(self._songs.songs, near=near, limit=limit)
        return await asyncio.to_thread(unheard, found, await self.tracks())

    @property
    def _songs(self) -> SongShelf:
        from affetto.store.songs import SongShelf

        return SongShelf(self.database)

    async def sound(self, uri: TrackUri) -> Sound | DistantSound | None:
        """The file of a track, or where another machine has it."""
        return await (await self._collector.current()).catalogue.sound(uri)

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The picture of a track."""
        return await (await self._collector.current()).catalogue.cover(uri)

    async def curve(self, uri: TrackUri) -> Curve | None:
        """How a track's mood moves over time; None when its sound is not on this machine.

        Listened to once, in the one thread that listens, and kept while it is among the
        ``CURVES_KEPT`` asked for last and its file stays as it is. Raises UnreadableSound.
        """
        from affetto.music.provider import Sound

        sound = await self.sound(uri)
        if not isinstance(sound, Sound):
            return None
        try:
            stat = await asyncio.to_thread(sound.path.stat)
        except OSError:
            return None
        key = (str(sound.path), stat.st_mtime_ns, stat.st_size)
        if key not in self._curves:
            while len(self._curves) >= CURVES_KEPT:
                del self._curves[next(iter(self._curves))]
            loop = asyncio.get_running_loop()
            self._curves[key] = loop.run_in_executor(self._hearing, self._hear, sound.path)
        heard = self._curves[key] = self._curves.pop(key)  # asked for last
        try:
            # Whoever leaves takes it from nobody else who waits for the same track.
            return await asyncio.shield(heard)
        except Exception:
            self._curves.pop(key, None)
            raise

    def _hear(self, path: Path) -> Curve:
        from affetto.music.curve import curve

        return self._listen_through(path) if self._listen_through else curve(path)

    @property
    def song_lists(self) -> Lists:
        """The curated lists as the listener has them."""
        from affetto.music.curated import Lists

        return Lists(self.settings.lists_dir)

    @property
    def policies(self) -> PolicyShelf:
        """The emotion map as the listener has it."""
        from affetto.listening.policies.shelf import PolicyShelf

        return PolicyShelf(self.settings.policies_dir)

    def player(self, name: str) -> Player:
        """The player of the provider called ``name``; NotFound when it offers none."""
        from affetto.music.provider import connect

        if name in self.connections.players:
            return self.connections.players[name]
        silent = name == "local"  # files only; the page plays them
        player = None if silent else connect(name, _of_provider(self.settings, name)).player
        if player is None:
            raise NotFound(
                f"{name!r} has no player.",
                remedy="Leave --player out to play in the page.",
            )
        return player

    def _version(self) -> Version:
        return (self.shelf.version(), self.connections.revision, self._looks)

    @property
    def _scans(self) -> bool:
        return "local" in self.settings.providers and "local" not in self.connections.libraries

    @property
    def shelf(self) -> TrackShelf:
        """The scanned files."""
        from affetto.store.tracks import TrackShelf

        return TrackShelf(self.database)

    async def _in_use(self) -> Mapping[str, Library]:
        from affetto.music.distant import HeardLibrary
        from affetto.store.distant import DistantShelf

        heard = await asyncio.to_thread(DistantShelf(self.database).tracks)
        libraries: dict[str, Library] = {
            name: HeardLibrary(library, heard[name]) if name in heard else library
            for name, library in self.connections.libraries.items()
        }
        if self._scans:
            libraries["local"] = await asyncio.to_thread(_scanned, self.shelf, self._songs)
        return libraries

    # -- senses -----------------------------------------------------------------------

    async def look(self, picture: bytes, *, thorough: bool) -> Seen:
        """Look at a picture in the one thread that looks, and forget it.

        The largest face is read; the others are counted, as the consent texts promise.
        ``thorough`` for a photo, not for one of many camera frames. Raises
        UnreadablePicture and ModelMissing.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._looking, self._look, picture, thorough)

    def _look(self, picture: bytes, thorough: bool) -> Seen:
        from affetto.senses.camera import FRAME_PIXELS, open_picture

        most = None if thorough else FRAME_PIXELS
        frame = open_picture(picture, at=self.now(), most_pixels=most)
        height, width = frame.pixels.shape[:2]
        seen = self._face_reader().look(frame, thorough=thorough, most=1)
        face = seen.faces[0] if seen.faces else None
        unread = seen.unread[0] if seen.unread else None
        return Seen(face, unread, seen.others, int(width), int(height))

    def _face_reader(self) -> FaceReading:
        if self._faces is None:
            from affetto.senses.face import FaceReader

            self._faces = FaceReader()
        return self._faces

    async def face_model(self) -> tuple[ModelCard, int] | None:
        """What the face model says of itself, and the size of its file in bytes.

        None when there is no sound model.
        """
        from affetto.inference import shelf

        try:
            path, card = await asyncio.to_thread(shelf.find, FACE_MODEL)
            return card, path.stat().st_size
        except ModelMissing as error:
            if not self._blindness_told:
                log.warning("no face can be read: %s", error)
            self._blindness_told = True
            return None

    async def model_files(self) -> list[tuple[ModelCard, Path]]:
        """Every model that reading a face takes, with its file; empty when one is missing."""
        from affetto.inference import shelf

        def found() -> list[tuple[ModelCard, Path]]:
            cards = []
            for name in MODELS:
                path, card = shelf.find(name)
                cards.append((card, path))
            return cards

        try:
            return await asyncio.to_thread(found)
        except ModelMissing:
            return []

    # -- the listener -------------------------------------------------------------------

    async def consents(self) -> Mapping[str, KeptConsent]:
        """What the listener has said to each sensor."""
        if self._consents is None:
            self._consents = await asyncio.to_thread(self.listeners.consents, self.listener)
        return self._consents

    async def set_consent(self, sensor: str, version: str, *, given: bool) -> None:
        """Keep a yes or no; it counts from the moment this returns."""
        now = self.now()
        await asyncio.to_thread(
            self.listeners.set_consent, self.listener, sensor, version, now, given=given
        )
        kept = dict(await self.consents())
        kept[sensor] = KeptConsent(sensor, version, given, now)
        self._consents = kept

    @property
    def keyring(self) -> Keyring:
        """The keys that seal secrets, made on first use."""
        if self._keyring is None:
            from affetto.store.keyring import Keyring

            given = self.settings.token_keys
            if given is not None:
                self._keyring = Keyring.of(given.get_secret_value())
            else:
                self._keyring = Keyring.in_file(self.settings.key_file)
        return self._keyring


def open_database(settings: Settings) -> Database:
    """The database of these settings, its tables up to date."""
    if settings.database_url is not None:
        database = Database(settings.database_url.get_secret_value())
    else:
        make_folder(settings.data_dir)
        database = Database.at(settings.database_file)
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return database


def open_house(settings: Settings, *, faces: FaceReading | None = None) -> House:
    """The house these settings describe. A provider that fails is logged and left out."""
    house = House(settings, database=open_database(settings), libraries={}, faces=faces)
    named = [name for name in settings.providers if name not in ("demo", "local")]
    if settings.demo:
        named.insert(0, "demo")
    try:
        for name in named:
            house.connections.open_named(name, _of_provider(settings, name))
        house.connections.open_kept()
    except BaseException:
        house.close()
        raise
    return house


def _of_provider(settings: Settings, name: str) -> dict[str, str]:
    given = settings.of_provider(name)
    return {"folder": str(settings.demo_dir), **given} if name == "demo" else given


def prepare_demo(
    settings: Settings, *, on_progress: Callable[[int, int, str], None] | None = None
) -> None:
    """Compose the demo music that is not there yet; quick when all of it is."""
    from affetto.music.demo import generate

    make_folder(settings.data_dir)
    make_folder(settings.demo_dir)
    generate(settings.demo_dir, on_progress=on_progress)


def make_folder(path: Path) -> None:
    """Make a folder for what we keep, the listener's own; StoreTrouble when that fails."""
    try:
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(OSError):  # Windows and some mounts know no modes
                path.chmod(0o700)
    except OSError as error:
        raise StoreTrouble(
            f"The folder {path} cannot be made ({error.strerror}).",
            remedy="Check its permissions, or set AFFETTO_DATA_DIR to another folder.",
        ) from error


def _scanned(shelf: TrackShelf, songs: SongShelf) -> Library:
    """The listener's files, with the popularity that imported tables know of them."""
    from affetto.music.local import LocalLibrary
    from affetto.music.tables.popularity import lent

    return LocalLibrary(shelf.paths(), lent(shelf.tracks(), songs.popularity()))
