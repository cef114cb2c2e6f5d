"""What is agreed to, and its translations on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from affetto.server.consent import CONSENT_TEXTS
from affetto.server.listens import TEXT

LANGUAGES = Path(__file__).parents[2] / "web" / "src" / "languages"
KEY = re.compile(r'^  "?([0-9a-f]{12})"?: \[', re.MULTILINE)


@pytest.mark.parametrize("language", ["ar", "de"])
def test_what_is_agreed_to_is_read_in_ones_own_language(language: str) -> None:
    """A text that changes asks everybody again, so its translations must change with it."""
    translated = (LANGUAGES / language / "consents.ts").read_text(encoding="utf-8")
    texts = [*CONSENT_TEXTS.values(), TEXT]
    assert set(KEY.findall(translated)) == {text.version for text in texts}
