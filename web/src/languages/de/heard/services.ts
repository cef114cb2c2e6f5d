/** What goes wrong at Spotify, YouTube and ListenBrainz, in German. */
import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { say } from "../say";

const LINKS = "bis dahin öffne die Stücke über ihre Links bei Spotify.";
const inAbout = (gap: string, one: string, other: string) =>
  `Versuch es in etwa ${say.several(count(gap), { one, other: `# ${other}` })} noch einmal; ${LINKS}`;
const hours = (gap: string) => inAbout(gap, "einer Stunde", "Stunden");
const minutes = (gap: string) => inAbout(gap, "einer Minute", "Minuten");
const seconds = (gap: string) => inAbout(gap, "einer Sekunde", "Sekunden");

export const services = {
  Spotify: "Spotify",
  "Plays your own words for a mood, or our song lists, on your Spotify device; needs Premium.":
    "Spielt deine eigenen Wörter für eine Stimmung oder unsere Stücklisten auf deinem Spotify-Gerät; braucht Premium.",
  "Client ID": "Client-ID",
  "Of an app of your own in Spotify's developer dashboard; the page then asks you to sign in.":
    "Von einer eigenen App in Spotifys Entwickler-Dashboard; die Seite bittet dich dann, dich anzumelden.",
  "Sign-in": "Anmeldung",
  "The page fills this in.": "Das füllt die Seite aus.",
  "Spotify knows no setting {0}.": "Spotify kennt keine Einstellung {0}.",
  "It takes client_id; the rest is done by signing in, in the page.":
    "Es nimmt client_id; alles andere geschieht beim Anmelden auf der Seite.",
  "The playlist was not written, since something else was asked of Spotify meanwhile.":
    "Die Playlist wurde nicht geschrieben, weil von Spotify inzwischen etwas anderes verlangt wurde.",
  "Ask for it again.": "Verlang sie noch einmal.",
  "Spotify finds no song for {0}.": "Spotify findet kein Stück für {0}.",
  "Choose other words for this mood, or paste a playlist's link.":
    "Wähle andere Wörter für diese Stimmung, oder füg den Link einer Playlist ein.",
  "None of these songs is at Spotify for your account.":
    "Keines dieser Stücke gibt es bei Spotify für dein Konto.",
  "Play the mood once more for other songs, or choose words for it.":
    "Spiel die Stimmung noch einmal für andere Stücke, oder wähle Wörter für sie.",
  "You are signed in.": "Du bist angemeldet.",
  "Songs are found.": "Stücke werden gefunden.",
  "Your saved songs are read.": "Deine gemerkten Stücke werden gelesen.",
  "No device of yours is awake.": "Keines deiner Geräte ist wach.",
  "Open the Spotify app on a phone or computer.":
    "Öffne die Spotify-App auf einem Telefon oder Computer.",
  "Awake: {0}.": "Wach: {0}.",
  "Spotify cannot play {0}: it is not of Spotify.":
    "Spotify kann {0} nicht abspielen: es ist nicht von Spotify.",
  "Choose another player for this music, or search for the song at Spotify.":
    "Wähle für diese Musik einen anderen Spieler, oder such das Stück bei Spotify.",
  "{0} takes no commands from elsewhere.": "{0} nimmt von anderswo keine Befehle an.",
  "Open the Spotify app on a phone or computer, and choose that.":
    "Öffne die Spotify-App auf einem Telefon oder Computer, und wähle dieses Gerät.",
  "None of these songs was found at Spotify.": "Keines dieser Stücke fand sich bei Spotify.",
  "Play something from here first, or choose another list.":
    "Spiel zuerst etwas von hier, oder wähle eine andere Liste.",
  "Spotify did not say which playlist it made.":
    "Spotify hat nicht gesagt, welche Playlist es angelegt hat.",
  "Look among your playlists at Spotify.": "Sieh bei Spotify unter deinen Playlists nach.",
  "An answer from Spotify came to no sign-in that is open here. Nothing has changed.":
    "Von Spotify kam eine Antwort zu keiner Anmeldung, die hier offen ist. Es hat sich nichts geändert.",
  "If you have just signed in, that took too long: begin again under “Where your music lives”. If not, there is nothing to do.":
    "Hast du dich gerade angemeldet, dauerte es zu lange: Beginne neu unter „Wo deine Musik lebt“. Wenn nicht, ist nichts zu tun.",
  "Spotify was disconnected while this sign-in came back, so it was dropped.":
    "Spotify wurde getrennt, während diese Anmeldung zurückkam; darum wurde sie verworfen.",
  "Connect Spotify again if you want it.": "Verbinde Spotify wieder, wenn du es möchtest.",
  "Spotify is not connected.": "Spotify ist nicht verbunden.",
  "Connect it in the settings, under “Where your music lives”.":
    "Verbinde es in den Einstellungen, unter „Wo deine Musik lebt“.",
  "The sign-in at Spotify has run out: it lasts six months, or until it is withdrawn.":
    "Die Anmeldung bei Spotify ist abgelaufen: Sie gilt sechs Monate, oder bis sie zurückgezogen wird.",
  "Connect Spotify again in the settings.": "Verbinde Spotify in den Einstellungen wieder.",
  "No device of yours is awake at Spotify.": "Keines deiner Geräte ist bei Spotify wach.",
  "Open the Spotify app on a phone or computer, let it play for a moment, and try again.":
    "Öffne die Spotify-App auf einem Telefon oder Computer, lass sie kurz spielen, und versuch es noch einmal.",
  "Spotify does not answer.": "Spotify antwortet nicht.",
  "Look whether this machine is on the internet, and try again in half a minute.":
    "Sieh nach, ob diese Maschine im Internet ist, und versuch es in einer halben Minute noch einmal.",
  "Your Spotify developer account has used up its quota.":
    "Dein Entwicklerkonto bei Spotify hat sein Kontingent aufgebraucht.",
  "Spotify was asked too much and wants to be left alone for a while.":
    "Spotify wurde zu viel gefragt und möchte eine Weile in Ruhe gelassen werden.",
  "Try again in a moment; until then, open the songs at Spotify with their links.": `Versuch es gleich noch einmal; ${LINKS}`,
  "Try again in about {0} hour; until then, open the songs at Spotify with their links.": hours,
  "Try again in about {0} hours; until then, open the songs at Spotify with their links.": hours,
  "Try again in about {0} minute; until then, open the songs at Spotify with their links.": minutes,
  "Try again in about {0} minutes; until then, open the songs at Spotify with their links.":
    minutes,
  "Try again in about {0} second; until then, open the songs at Spotify with their links.": seconds,
  "Try again in about {0} seconds; until then, open the songs at Spotify with their links.":
    seconds,
  "Spotify did not take what it was asked (code {0}).":
    "Spotify hat nicht genommen, was verlangt wurde (Code {0}).",
  "Try something else; if it stays, look for a newer Affetto.":
    "Versuch etwas anderes; bleibt es so, sieh nach einem neueren Affetto.",
  "Spotify did not accept the sign-in.": "Spotify hat die Anmeldung nicht angenommen.",
  "Compare the app's redirect URI in Spotify's dashboard with the one shown here, and connect again.":
    "Vergleiche die Weiterleitungsadresse der App in Spotifys Dashboard mit der hier gezeigten, und verbinde noch einmal.",
  "Spotify forbids this.": "Spotify verbietet das.",
  "Look in Spotify's developer dashboard whether the app is active and you are listed under User Management.":
    "Sieh in Spotifys Entwickler-Dashboard nach, ob die App aktiv ist und du unter User Management stehst.",
  "Spotify did not take our sign-in.": "Spotify hat unsere Anmeldung nicht genommen.",
  "Spotify does not have that, or not for your account.":
    "Spotify hat das nicht, oder nicht für dein Konto.",
  "Look at the link, or choose something else.": "Sieh dir den Link an, oder wähle etwas anderes.",
  "Spotify has a fault of its own.": "Spotify hat selbst eine Störung.",
  "Try again in half a minute.": "Versuch es in einer halben Minute noch einmal.",
  "Spotify does not know this Client ID.": "Spotify kennt diese Client-ID nicht.",
  "Copy it from the app's page in Spotify's developer dashboard, and connect again.":
    "Kopiere sie von der Seite der App in Spotifys Entwickler-Dashboard, und verbinde noch einmal.",
  "The owner of this Client ID has no Spotify Premium, which Spotify asks of developers.":
    "Wem diese Client-ID gehört, hat kein Spotify Premium, und Spotify verlangt das.",
  "Use the Client ID of somebody who has Premium.":
    "Nimm die Client-ID von jemandem, der Premium hat.",
  "Spotify lets only Premium accounts be played from here, and yours is not one.":
    "Spotify lässt von hier nur Premium-Konten spielen, und deines ist keines.",
  "Open the songs at Spotify with their links, or let the music come from elsewhere.":
    "Öffne die Stücke über ihre Links bei Spotify, oder lass die Musik von anderswo kommen.",
  "Your account is not on the list of the people who may use this Client ID.":
    "Dein Konto steht nicht auf der Liste derer, die diese Client-ID benutzen dürfen.",
  "Let its owner add you under User Management in Spotify's developer dashboard, which has room for five.":
    "Lass dich von ihrem Besitzer in Spotifys Entwickler-Dashboard unter User Management eintragen; dort ist Platz für fünf.",
  "The sign-in does not cover this.": "Die Anmeldung reicht dafür nicht.",
  "Spotify does not allow that on this device now.":
    "Spotify erlaubt das auf diesem Gerät gerade nicht.",
  "Choose another device, or do it in the Spotify app.":
    "Wähle ein anderes Gerät, oder tu es in der Spotify-App.",
  "Your mood is not known yet.": "Deine Stimmung ist noch nicht bekannt.",
  "Touch the mood map, or choose a mood.": "Berühre die Stimmungskarte, oder wähle eine Stimmung.",
  "No session runs whose songs could become a playlist.":
    "Es läuft keine Sitzung, aus deren Stücken eine Playlist werden könnte.",
  "Touch the mood map to begin one.": "Berühre die Stimmungskarte, um eine zu beginnen.",
  "Nothing was allowed at Spotify.": "Bei Spotify wurde nichts erlaubt.",
  "Connect again and choose to agree, or leave Spotify out.":
    "Verbinde noch einmal und stimm zu, oder lass Spotify weg.",
  "There is no mood called {0}.": "Es gibt keine Stimmung namens {0}.",
  "The moods are: {0}.": "Die Stimmungen sind: {0}.",
  "The words for {0} are longer than {1} letters.":
    "Die Wörter für {0} haben mehr als {1} Buchstaben.",
  "Shorten them; a few words find more than many.":
    "Kürze sie; wenige Wörter finden mehr als viele.",

  "YouTube does not answer.": "YouTube antwortet nicht.",
  "Try again later; what was done stays.": "Versuch es später noch einmal; was getan ist, bleibt.",
  "Your sign-in at YouTube has run out, or was taken back.":
    "Deine Anmeldung bei YouTube ist abgelaufen oder wurde zurückgezogen.",
  "Connect YouTube again. While your Google project is in testing, a sign-in lasts seven days.":
    "Verbinde YouTube noch einmal. Solange dein Google-Projekt in der Testphase ist, gilt eine Anmeldung sieben Tage.",
  "Google does not know this client ID and secret.":
    "Google kennt diese Client-ID mit diesem Geheimnis nicht.",
  "Copy both again from the credentials of your Google Cloud project.":
    "Kopiere beides noch einmal aus den Anmeldedaten deines Google-Cloud-Projekts.",
  "YouTube did not take this song: its video is private, deleted or closed to playlists.":
    "YouTube hat dieses Stück nicht genommen: Sein Video ist privat, gelöscht oder für Playlists gesperrt.",
  "Open it by its link, or add another video of it at YouTube.":
    "Öffne es über seinen Link, oder füg bei YouTube ein anderes Video davon hinzu.",
  "Your Google project has used what it may ask of YouTube today.":
    "Dein Google-Projekt hat aufgebraucht, was es YouTube heute fragen darf.",
  "Go on tomorrow: the count begins anew at midnight, Pacific time.":
    "Mach morgen weiter: Um Mitternacht pazifischer Zeit wird neu gezählt.",
  "YouTube wants it slower.": "YouTube geht das zu schnell.",
  "Try again in a minute.": "Versuch es in einer Minute noch einmal.",
  "Your Google project may not use YouTube yet.":
    "Dein Google-Projekt darf YouTube noch nicht benutzen.",
  "Switch on “YouTube Data API v3” in it, wait a minute, and try again.":
    "Schalte dort die „YouTube Data API v3“ ein, warte eine Minute, und versuch es noch einmal.",
  "This Google account has no YouTube channel, so it can have no playlists.":
    "Dieses Google-Konto hat keinen YouTube-Kanal, also auch keine Playlists.",
  "Make a channel at youtube.com, or connect with another account.":
    "Leg bei youtube.com einen Kanal an, oder verbinde ein anderes Konto.",
  "YouTube does not take the sign-in.": "YouTube nimmt die Anmeldung nicht.",
  "Connect YouTube again.": "Verbinde YouTube noch einmal.",
  "You did not allow Affetto to change playlists at YouTube.":
    "Du hast Affetto nicht erlaubt, Playlists bei YouTube zu ändern.",
  "Connect again, and leave the box ticked.": "Verbinde noch einmal, und lass das Häkchen stehen.",
  "YouTube takes no more into your playlists.": "YouTube nimmt nichts mehr in deine Playlists.",
  "Delete a playlist or some songs at YouTube, and try again.":
    "Lösch bei YouTube eine Playlist oder einige Stücke, und versuch es noch einmal.",
  "The playlist is gone from YouTube.": "Die Playlist ist bei YouTube verschwunden.",
  "Make it again from the beginning.": "Leg sie von vorn neu an.",
  "YouTube has trouble of its own.": "YouTube hat selbst eine Störung.",
  "Try again later.": "Versuch es später noch einmal.",
  "YouTube refused ({0}).": "YouTube hat abgelehnt ({0}).",
  "Look at youtube.com whether your account is in order, and try again.":
    "Sieh bei youtube.com nach, ob dein Konto in Ordnung ist, und versuch es noch einmal.",
  "An answer from YouTube came to no sign-in that is open here. Nothing has changed.":
    "Von YouTube kam eine Antwort zu keiner Anmeldung, die hier offen ist. Es hat sich nichts geändert.",
  "YouTube was disconnected while this sign-in came back, so it was dropped.":
    "YouTube wurde getrennt, während diese Anmeldung zurückkam; darum wurde sie verworfen.",
  "Connect YouTube again if you want it.": "Verbinde YouTube wieder, wenn du es möchtest.",
  "Nothing was allowed at YouTube.": "Bei YouTube wurde nichts erlaubt.",
  "Connect again and choose to agree, or leave YouTube out.":
    "Verbinde noch einmal und stimm zu, oder lass YouTube weg.",
  "YouTube is not connected.": "YouTube ist nicht verbunden.",
  "Connect it in the settings first.": "Verbinde es zuerst in den Einstellungen.",
  "A playlist is being made already.": "Es wird schon eine Playlist angelegt.",
  "Wait until it is there.": "Warte, bis sie da ist.",
  "The playlist was broken off, since YouTube was connected anew.":
    "Die Playlist wurde abgebrochen, weil YouTube neu verbunden wurde.",
  "The playlist was broken off by a fault of Affetto's own.":
    "Die Playlist wurde durch einen Fehler in Affetto abgebrochen.",
  "Make it again; what is in it at YouTube stays.":
    "Leg sie noch einmal an; was bei YouTube darin ist, bleibt.",

  "ListenBrainz does not know this token.": "ListenBrainz kennt diesen Token nicht.",
  "Copy the user token of https://listenbrainz.org/settings/ and connect again.":
    "Kopiere den Token von https://listenbrainz.org/settings/ und verbinde noch einmal.",
  "ListenBrainz takes no more for a moment.": "ListenBrainz nimmt gerade nichts mehr an.",
  "What was heard waits, and is sent by itself.":
    "Was gehört wurde, wartet und wird von selbst gesendet.",
  "ListenBrainz did not take what was heard.": "ListenBrainz hat nicht genommen, was gehört wurde.",
  "It is left out; the rest is sent.": "Es bleibt weg; der Rest wird gesendet.",
  "ListenBrainz answers with an error of its own ({0}).":
    "ListenBrainz antwortet mit einem eigenen Fehler ({0}).",
  "What was heard waits, and is sent once it works again.":
    "Was gehört wurde, wartet und wird gesendet, sobald es wieder geht.",
  "ListenBrainz does not answer.": "ListenBrainz antwortet nicht.",
  "What was heard waits, and is sent once it does.":
    "Was gehört wurde, wartet und wird gesendet, sobald es antwortet.",
  "What is sent to ListenBrainz has changed since you agreed.":
    "Was an ListenBrainz gesendet wird, hat sich geändert, seit du zugestimmt hast.",
  "Read the text and connect again.": "Lies den Text und verbinde noch einmal.",
} satisfies Partial<Heard["sentences"]>;
