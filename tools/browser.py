"""Find a Chromium for the browser tests, or get one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import house
import setup
from house import Failed, Skipped, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)


def installed() -> Path | None:
    """The browser that AFFETTO_BROWSER names, or one found in the usual places."""
    named = os.environ.get("AFFETTO_BROWSER")
    if named:
        if not Path(named).is_file():
            raise Failed(
                f"AFFETTO_BROWSER names {named}, which is not there.",
                "Name an installed Chromium or Chrome, or unset it.",
            )
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def from_playwright() -> bool:
    """Playwright's own build; True when it is there."""
    npm = Path(setup.find_npm())
    npx = npm.with_name(npm.name.replace("npm", "npx"))
    try:
        with step("fetching Playwright's Chromium"):
            house.run([npx, "playwright", "install", "chromium"], remedy="", cwd=house.WEB)
    except Failed as failure:
        house.say(f"  that did not work: {failure.problem}")
        return False
    return True


def find() -> Path | None:
    """A browser to use; None means Playwright's own. Raises Skipped when there is none."""
    found = installed()
    if found is None and house.from_debian("chromium"):
        found = installed()
    if found is not None:
        return found
    if from_playwright():
        return None
    raise Skipped(
        "no browser: none is installed, Debian's package could not be had, and neither could "
        "Playwright's. Install Chromium or Chrome, or name one in AFFETTO_BROWSER."
    )
