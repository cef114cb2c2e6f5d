from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from affetto.store.keyring import Keyring, KeyTrouble, add_key


def test_what_is_sealed_opens_again_and_says_nothing_before(tmp_path: Path) -> None:
    ring = Keyring.in_file(tmp_path / "keys")
    sealed = ring.seal("my refresh token")
    assert "refresh" not in sealed
    assert Keyring.in_file(tmp_path / "keys").open(sealed) == "my refresh token"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    Keyring.in_file(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    add_key(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600


def test_no_two_houses_share_a_key(tmp_path: Path) -> None:
    sealed = Keyring.in_file(tmp_path / "one" / "keys").seal("secret")
    with pytest.raises(KeyTrouble, match="does not open") as caught:
        Keyring.in_file(tmp_path / "other" / "keys").open(sealed)
    assert "sign in" in caught.value.remedy


def test_a_new_key_still_opens_what_the_old_one_sealed(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    old = Keyring.in_file(path)
    sealed = old.seal("secret")
    new = add_key(path)
    assert new.open(sealed) == "secret"
    resealed = new.reseal(sealed)
    with pytest.raises(KeyTrouble):
        old.open(resealed)
    path.write_text(path.read_text().split()[0] + "\n")  # the old key thrown away
    assert Keyring.in_file(path).open(resealed) == "secret"
    with pytest.raises(KeyTrouble):
        Keyring.in_file(path).reseal(sealed)


@pytest.mark.parametrize("damage", ["", "\n", "not a key\n", "AAAA\n"])
def test_a_damaged_key_is_said_plainly_and_left_alone(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "keys"
    path.write_text(damage)
    for use in (Keyring.in_file, add_key):
        with pytest.raises(KeyTrouble) as caught:
            use(path)
        assert str(path) in caught.value.problem and "backup" in caught.value.remedy
        assert "AAAA" not in str(caught.value) and "not a key" not in str(caught.value)
    assert path.read_text() == damage


def test_a_key_file_of_bytes_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeyTrouble, match="cannot be read"):
        Keyring.in_file(tmp_path / "keys")


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root may read everything",
)
def test_a_key_file_of_somebody_else_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("x")
    (tmp_path / "keys").chmod(0)
    with pytest.raises(KeyTrouble, match="cannot be read"):
        Keyring.in_file(tmp_path / "keys")


def test_a_sealed_text_that_was_changed_does_not_open(tmp_path: Path) -> None:
    ring = Keyring.in_file(tmp_path / "keys")
    sealed = ring.seal("secret")
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(KeyTrouble):
        ring.open(changed)


def test_keys_may_come_from_the_settings(tmp_path: Path) -> None:
    Keyring.in_file(tmp_path / "one")
    Keyring.in_file(tmp_path / "two")
    one, two = ((tmp_path / name).read_text().strip() for name in ("one", "two"))
    sealed = Keyring.of(one).seal("secret")
    assert Keyring.of(f"{two}, {one}").open(sealed) == "secret"
    with pytest.raises(KeyTrouble, match="token_keys"):
        Keyring.of(" , ")


def test_two_starts_at_once_agree_on_the_key(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    rings: list[Keyring] = []
    threads = [
        threading.Thread(target=lambda: rings.append(Keyring.in_file(path))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed = rings[0].seal("secret")
    assert [ring.open(sealed) for ring in rings] == ["secret"] * 4
