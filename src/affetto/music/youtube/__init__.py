"""YouTube: a playlist of what was chosen, in the listener's own account.

YouTube's terms want its music seen: no sound is taken from it, and nothing plays in the
background. Songs open in the listener's browser (``music.curated.link``), or go into a
playlist of theirs by the Data API v3. No library and no player of ours comes of it.
"""

from affetto.music.youtube.account import YouTubeAccount, costs
from affetto.music.youtube.making import MOST, Made, Missed, make
from affetto.music.youtube.signing_in import App, Grant, SignIn
from affetto.music.youtube.troubles import NotAdded, QuotaSpent, SignInNeeded, YouTubeTrouble

__all__ = [
    "MOST",
    "App",
    "Grant",
    "Made",
    "Missed",
    "NotAdded",
    "QuotaSpent",
    "SignIn",
    "SignInNeeded",
    "YouTubeAccount",
    "YouTubeTrouble",
    "costs",
    "make",
]
