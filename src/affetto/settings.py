"""Every setting: its default, its unit and a sentence of help.

The same names work in the environment (``AFFETTO_PORT=9000``) and in a file
``affetto.toml`` (``port = 9000``), looked for first in the folder Affetto is started
in, then in the listener's configuration folder. The environment wins over the files.
Only ``wiring`` and the doors read this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.config import JsonDict
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from affetto.errors import Misuse

FILE: Final = "affetto.toml"
PREFIX: Final = "AFFETTO_"

# What a wrong value should have been, by pydantic's name for the slip.
_SHOULD_BE: Final = {
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "int_type": "it must be a whole number",
    "bool_parsing": "it must be true or false",
    "bool_type": "it must be true or false",
    "string_type": "it must be text",
    "path_type": "it must be the name of a folder",
    "tuple_type": 'it must be a list, such as ["local"]',
    "dict_type": "it must be a table of names and values",
}

# What the reference says of defaults that differ from machine to machine.
_FOLDERS: Final = {
    "data_dir": "your system's folder for application data",
    "music_dir": "your system's folder for music",
}

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def config_files() -> tuple[Path, ...]:
    """Where ``affetto.toml`` is looked for; an earlier one wins."""
    return Path(FILE), platformdirs.user_config_path("affetto", appauthor=False) / FILE


def _setting(default: Any, help_text: str, unit: str = "") -> Any:
    extra: JsonDict | None = {"unit": unit} if unit else None
    if callable(default):
        return Field(default_factory=default, description=help_text, json_schema_extra=extra)
    return Field(default, description=help_text, json_schema_extra=extra)


class Settings(BaseSettings):
    """What can be set. ``load`` is the way to make one."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_dir: Path = _setting(
        lambda: platformdirs.user_data_path("affetto", appauthor=False),
        "Folder for the database, the demo music and the key file.",
    )
    database_url: SecretStr | None = _setting(
        None, "Address of the database; left out, it is affetto.db in the data folder."
    )
    token_keys: SecretStr | None = _setting(
        None,
        "Keys that seal providers' secrets, newest first, separated by commas; "
        "left out, they live in a file of the data folder that only you can read.",
    )
    music_dir: Path = _setting(
        platformdirs.user_music_path,
        "Folder of your own music, which the page offers to scan.",
    )
    watch_music: bool = _setting(
        True,
        "Whether changes in that folder are heard while `affetto serve` runs, "
        "once the folder was scanned.",
    )
    host: str = _setting("127.0.0.1", "Address to serve on; for now only this machine's own.")
    port: int = _setting(8765, "Port to serve on; a free one is taken when it is in use.")
    open_browser: bool = _setting(True, "Whether `affetto serve` opens the page in a browser.")
    demo: bool = _setting(True, "Whether the music that Affetto composed itself is offered.")
    providers: tuple[str, ...] = _setting(
        ("local",), "Music providers to use beside the demo, by name."
    )
    provider: dict[str, dict[str, SecretStr]] = _setting(
        dict, "Each provider's own settings, by the provider's name; see its page."
    )
    player: str = _setting(
        "page", "What makes the sound of `affetto listen`: the page, or a provider's name."
    )
    song_service: str = _setting(
        "youtube",
        "Where links of suggested songs open: apple-music, bandcamp, deezer, soundcloud, "
        "spotify, tidal, youtube or youtube-music.",
    )
    listenbrainz_address: str = _setting(
        "https://api.listenbrainz.org",
        "Where what was heard is told, once you have connected it in the page; a server of your "
        "own that speaks ListenBrainz will do.",
    )
    queue_ahead: int = _setting(5, "How many tracks are chosen ahead.", "tracks")
    photo_limit_mb: int = _setting(25, "Largest photo that is accepted.", "MB")
    frame_limit_kb: int = _setting(256, "Largest camera frame that is accepted.", "kB")
    log_level: str = _setting("warning", "How much is told: debug, info, warning or error.")

    @field_validator("host")
    @classmethod
    def _only_this_machine(cls, value: str) -> str:
        if value not in _LOOPBACK:
            raise ValueError(
                "Affetto has no sign-in yet, so it serves only this machine: 127.0.0.1 or localhost"
            )
        return value

    @field_validator("port")
    @classmethod
    def _a_port(cls, value: int) -> int:
        if not 0 <= value <= 65535:
            raise ValueError("a port is a number from 0 to 65535")
        return value

    @field_validator("queue_ahead", "photo_limit_mb", "frame_limit_kb")
    @classmethod
    def _at_least_one(cls, value: int) -> int:
        if value < 1:
            raise ValueError("it must be at least 1")
        return value

    @field_validator("log_level")
    @classmethod
    def _a_level(cls, value: str) -> str:
        level = value.lower()
        if level not in {"debug", "info", "warning", "error"}:
            raise ValueError("it is one of debug, info, warning, error")
        return level

    @field_validator("song_service")
    @classmethod
    def _a_service(cls, value: str) -> str:
        from affetto.music.curated.links import service_called

        try:
            return service_called(value)
        except Misuse as error:
            raise ValueError(f"{error.problem} {error.remedy}") from error

    @field_validator("listenbrainz_address")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s]+", value):
            raise ValueError("an address begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("data_dir", "music_dir")
    @classmethod
    def _from_the_root(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def database_file(self) -> Path:
        """Where the database lies unless ``database_url`` names another."""
        return self.data_dir / "affetto.db"

    @property
    def demo_dir(self) -> Path:
        """Where the generated demo music is kept."""
        return self.data_dir / "demo"

    @property
    def lists_dir(self) -> Path:
        """Where the listener's edits of the curated lists are kept."""
        return self.data_dir / "lists"

    @property
    def policies_dir(self) -> Path:
        """Where the listener's emotion map and its versions are kept."""
        return self.data_dir / "policies"

    @property
    def key_file(self) -> Path:
        """Where the keys of sealed tokens lie unless ``token_keys`` gives them."""
        return self.data_dir / "keys"

    def of_provider(self, name: str) -> dict[str, str]:
        """One provider's own settings, secrets opened."""
        return {key: value.get_secret_value() for key, value in self.provider.get(name, {}).items()}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is said on the way in wins, then the environment, then the files."""
        files = [TomlConfigSettingsSource(settings_cls, path) for path in config_files()]
        return (init_settings, env_settings, *files)


def load(**given: Any) -> Settings:
    """The settings in force; ``given`` values outrank environment and files.

    Raises Misuse naming the setting that is wrong.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        if first["type"] == "extra_forbidden":
            raise Misuse(
                f"There is no setting called {name!r}.",
                remedy=f"Look for a slip in {FILE}; the settings are: {', '.join(_names())}.",
            ) from error
        said = _SHOULD_BE.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise Misuse(
            f"The setting {name!r} cannot be used: {said.rstrip('.')}.",
            remedy=f"Mend it in {FILE} or in the variable {_variable(name)}.",
        ) from error
    except SettingsError as error:
        of = re.search(r'field "(\w+)"', str(error))
        name = _variable(of[1]) if of else f"one of the {PREFIX} variables"
        raise Misuse(
            f"The setting {name} cannot be read: it must be JSON.",
            remedy='Write a list as ["local"] and a table as {"name": "value"}.',
        ) from error
    except ValueError as error:  # a file that is no TOML
        raise Misuse(
            f"The settings cannot be read: {error}.",
            remedy=f"Mend {FILE}.",
        ) from error


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """What the reference says of one setting."""

    name: str
    variable: str
    default: str
    unit: str
    help: str


def describe() -> list[SettingHelp]:
    """Every setting, in the order of the reference."""
    told = []
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        told.append(
            SettingHelp(name, _variable(name), _default(name), unit, field.description or "")
        )
    return told


def _default(name: str) -> str:
    if name in _FOLDERS:
        return _FOLDERS[name]
    value = Settings.model_fields[name].get_default(call_default_factory=True)
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _variable(name: str) -> str:
    return PREFIX + name.upper().replace(".", "__")


def _names() -> list[str]:
    return list(Settings.model_fields)
