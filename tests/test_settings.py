from __future__ import annotations

from pathlib import Path

import pytest

from affetto.errors import Misuse
from affetto.settings import Settings, describe, load


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's environment nor its files count here."""
    import os

    for name in list(os.environ):
        if name.startswith("AFFETTO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_without_any_settings_it_serves_this_machine() -> None:
    settings = load()
    assert (settings.host, settings.port) == ("127.0.0.1", 8765)
    assert settings.demo and settings.providers == ("local",)
    assert settings.database_file.parent == settings.demo_dir.parent == settings.data_dir


def test_the_environment_and_the_file_mean_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "affetto.toml").write_text(
        'port = 9001\nproviders = ["local", "memory"]\n[provider.memory]\ncalm = "Mine"\n'
    )
    from_file = load()
    (tmp_path / "affetto.toml").unlink()
    monkeypatch.setenv("AFFETTO_PORT", "9001")
    monkeypatch.setenv("AFFETTO_PROVIDERS", '["local", "memory"]')
    monkeypatch.setenv("AFFETTO_PROVIDER__MEMORY__CALM", "Mine")
    from_environment = load()
    assert from_file.port == from_environment.port == 9001
    assert from_file.providers == from_environment.providers == ("local", "memory")
    assert from_file.of_provider("memory") == {"calm": "Mine"}
    assert from_environment.of_provider("memory") == {"calm": "Mine"}
    assert from_file.of_provider("other") == {}


def test_what_is_said_aloud_outranks_the_environment_outranks_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "affetto.toml").write_text("port = 1\nqueue_ahead = 7\n")
    monkeypatch.setenv("AFFETTO_PORT", "2")
    assert load().port == 2 and load().queue_ahead == 7
    assert load(port=3).port == 3


def test_the_data_folder_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AFFETTO_DATA_DIR", "elsewhere")
    assert load().data_dir == tmp_path / "elsewhere"


def test_the_sample_data_of_the_tests_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load()
    monkeypatch.setenv("AFFETTO_DATA", "/somewhere/with/samples")
    assert load() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "0.0.0.0"),
        ("host", "example.org"),
        ("port", 70000),
        ("port", "many"),
        ("queue_ahead", 0),
        ("photo_limit_mb", 0),
        ("frame_limit_kb", -1),
        ("log_level", "loud"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_remedy(name: str, value: object) -> None:
    with pytest.raises(Misuse) as caught:
        load(**{name: value})
    assert repr(name) in caught.value.problem
    assert f"AFFETTO_{name.upper()}" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("port", "many", "it must be a whole number."),
        ("demo", "perhaps", "it must be true or false."),
        ("providers", "local", 'it must be a list, such as ["local"].'),
        ("log_level", 3, "it must be text."),
        ("data_dir", 3, "it must be the name of a folder."),
        ("provider", "memory", "it must be a table of names and values."),
    ],
)
def test_a_value_of_another_kind_is_said_in_plain_words(
    name: str, value: object, said: str
) -> None:
    with pytest.raises(Misuse) as caught:
        load(**{name: value})
    assert caught.value.problem == f"The setting {name!r} cannot be used: {said}"


def test_the_network_is_refused_until_there_is_a_sign_in() -> None:
    with pytest.raises(Misuse, match="no sign-in yet"):
        load(host="192.168.1.2")


def test_a_slip_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "affetto.toml").write_text("prot = 9000\n")
    with pytest.raises(Misuse, match="'prot'") as caught:
        load()
    assert "port" in caught.value.remedy


def test_a_file_that_is_no_toml_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "affetto.toml").write_text("port: 9000\n")
    with pytest.raises(Misuse, match="cannot be read"):
        load()


def test_a_variable_that_cannot_be_read_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFETTO_PROVIDERS", "[local")
    with pytest.raises(Misuse, match="AFFETTO_PROVIDERS cannot be read: it must be JSON"):
        load()


def test_secrets_are_not_shown() -> None:
    settings = load(token_keys="my-key", provider={"subsonic": {"password": "my-password"}})
    assert "my-key" not in repr(settings) and "my-password" not in repr(settings)
    assert settings.of_provider("subsonic") == {"password": "my-password"}


def test_every_setting_is_explained() -> None:
    told = describe()
    assert [one.name for one in told] == list(Settings.model_fields)
    for one in told:
        assert one.help[0].isupper() and one.help.endswith("."), one
        assert one.variable == f"AFFETTO_{one.name.upper()}"
    by_name = {one.name: one for one in told}
    assert by_name["port"].default == "8765"
    assert by_name["demo"].default == "true"
    assert by_name["photo_limit_mb"].unit == "MB"
    assert by_name["providers"].default == "local"
    assert "/" not in by_name["data_dir"].default


def test_the_address_of_listenbrainz_must_be_one() -> None:
    assert load(listenbrainz_address="http://127.0.0.1:9/").listenbrainz_address[-1] == "9"
    with pytest.raises(Misuse, match="https://"):
        load(listenbrainz_address="listenbrainz.org")
