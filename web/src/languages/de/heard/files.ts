/** Files that are read: music, pictures, histories, lists of songs, in German. */
import { bare, count } from "../../gaps";
import type { Heard } from "../../heard";
import { say } from "../say";
import { lists } from "../views";

const emotion = (gap: string) => (lists.emotions as Record<string, string>)[bare(gap)] ?? bare(gap);
const asItWas = (remedy: string) => `${remedy}; es wurde nichts geändert.`;

export const files = {
  "There is no music in {0} any more, where 1 file was known.":
    "In {0} ist keine Musik mehr, wo eine Datei bekannt war.",
  "There is no music in {0} any more, where {1} files were known.": (folder, n) =>
    `In ${folder} ist keine Musik mehr, wo ${say.several(count(n), { one: "eine Datei", other: "# Dateien" })} bekannt waren.`,
  "Connect the disk it lies on and scan again; if the music is gone for good, scan with --gone.":
    "Schließ die Platte an, auf der sie liegt, und lies neu ein; ist die Musik für immer weg, lies mit --gone ein.",
  "There is no folder {0}.": "Es gibt keinen Ordner {0}.",
  "Check the spelling, or connect the disk it lies on.":
    "Prüfe die Schreibweise, oder schließ die Platte an, auf der er liegt.",
  "{0} is not a folder.": "{0} ist kein Ordner.",
  "Name the folder the music lies in.": "Nenne den Ordner, in dem die Musik liegt.",
  "The folder {0} cannot be opened: {1}.": "Der Ordner {0} lässt sich nicht öffnen: {1}.",
  "Give your account permission to read it, or name another folder.":
    "Gib deinem Konto das Recht, ihn zu lesen, oder nenne einen anderen Ordner.",
  "Your own files are switched off in the settings.":
    "Deine eigenen Dateien sind in den Einstellungen ausgeschaltet.",
  'Put "local" among the providers, then start Affetto again.':
    "Trag „local“ unter den Anbietern ein und starte Affetto neu.",
  "Name your music folder as music_dir in affetto.toml and start Affetto again, or scan it in a terminal: affetto library scan FOLDER.":
    "Nenne deinen Musikordner als music_dir in der affetto.toml und starte Affetto neu, oder lies ihn in einem Terminal ein: affetto library scan FOLDER.",
  "The scan broke off for a reason inside Affetto.":
    "Das Einlesen brach aus einem Grund in Affetto ab.",
  "Scan again: it goes on from there. The server's log says more.":
    "Lies noch einmal ein: es geht von dort weiter. Das Protokoll des Servers sagt mehr.",
  "The file holds no sound that can be decoded.":
    "In der Datei ist kein Ton, der sich entziffern lässt.",
  "Try it in another player; if it is silent there too, copy it again.":
    "Probier sie in einem anderen Spieler; bleibt sie auch dort stumm, kopiere sie neu.",
  "The file is protected (DRM): only the shop's own player can open it.":
    "Die Datei ist geschützt (DRM): Nur der Spieler des Ladens kann sie öffnen.",
  "Shops that sold protected music often let you fetch it again without.":
    "Läden, die geschützte Musik verkauften, geben sie oft auch ohne Schutz heraus.",
  "The file is of a kind that needs PyAV to be heard.":
    "Um diese Art Datei zu hören, braucht es PyAV.",
  "Install it with: pip install 'affetto[video]'":
    "Installiere es mit: pip install 'affetto[video]'",
  "The file is empty.": "Die Datei ist leer.",
  "Copy it again from where it came from.": "Kopiere sie neu von dort, woher sie kam.",
  "The processes that listen to files cannot be started.":
    "Die Prozesse, die Dateien anhören, lassen sich nicht starten.",
  "Scan with 0 workers; from a script of yours, start the scan under `if __name__ == '__main__':`.":
    "Lies mit 0 Prozessen ein; aus einem eigenen Skript beginne das Einlesen unter `if __name__ == '__main__':`.",
  "The decoder crashed on this file.": "Das Entziffern dieser Datei ist abgestürzt.",
  "The file is damaged: copy it again, or convert it to flac or mp3.":
    "Die Datei ist beschädigt: Kopiere sie neu, oder wandle sie in flac oder mp3 um.",
  "The file could not be listened to within {0} seconds.":
    "Die Datei ließ sich in {0} Sekunden nicht anhören.",
  "It may lie on a slow or failing disk: copy it elsewhere and scan there.":
    "Vielleicht liegt sie auf einer langsamen oder kranken Platte: Kopiere sie woandershin und lies dort ein.",
  "The tracks of {0} cannot be read from here, so none can be heard.":
    "Die Stücke von {0} lassen sich von hier nicht lesen, also auch nicht anhören.",
  "For MPD, name its music_dir as this machine sees it; any folder of music is heard with `affetto library scan FOLDER`.":
    "Für MPD nenne sein music_dir, wie diese Maschine es sieht; jeden Ordner mit Musik hört `affetto library scan FOLDER` an.",
  "Nothing was tried.": "Es wurde nichts versucht.",
  "The server does not hand out the sound of this track.":
    "Der Server gibt den Ton dieses Stücks nicht heraus.",
  "Look on the server whether it plays there.": "Sieh auf dem Server nach, ob es dort spielt.",
  "The track has more than {0} MB.": "Das Stück hat mehr als {0} MB.",
  "Split it, if it should be heard.": "Teile es, wenn es angehört werden soll.",
  "The sound of this track is not on this machine.":
    "Der Ton dieses Stücks liegt nicht auf dieser Maschine.",
  "Scan the folder again with `affetto library scan`, or pick another track.":
    "Lies den Ordner mit `affetto library scan` neu ein, oder wähle ein anderes Stück.",
  "The file {0} is gone.": "Die Datei {0} ist weg.",
  "Scan the folder again with `affetto library scan`.":
    "Lies den Ordner mit `affetto library scan` neu ein.",
  "This track has no picture.": "Dieses Stück hat kein Bild.",
  "Show its title instead.": "Zeig stattdessen seinen Titel.",

  "This is no picture that can be read here, whatever its name says.":
    "Das ist kein Bild, das sich hier lesen lässt, gleich wie es heißt.",
  "Choose a file in one of these formats: JPEG, PNG, WebP, GIF and BMP.":
    "Wähle eine Datei in einem dieser Formate: JPEG, PNG, WebP, GIF und BMP.",
  "The picture is damaged or was cut short.": "Das Bild ist beschädigt oder abgeschnitten.",
  "Save or download it again.": "Speichere oder lade es neu.",
  "The picture is {0} × {1} pixels, too large to open safely.":
    "Das Bild hat {0} × {1} Pixel; das ist zu groß, um es sicher zu öffnen.",
  "Save a smaller copy: a WebP may have {0} million pixels here.":
    "Speichere eine kleinere Kopie: Ein WebP darf hier {0} Millionen Pixel haben.",
  "Save a smaller copy: a {0} may have {1} million pixels here.":
    "Speichere eine kleinere Kopie: {0} darf hier {1} Millionen Pixel haben.",
  "Save a smaller copy: a progressive JPEG may have {0} million pixels here.":
    "Speichere eine kleinere Kopie: Ein progressives JPEG darf hier {0} Millionen Pixel haben.",
  "The picture is empty (0 bytes).": "Das Bild ist leer (0 Bytes).",
  "Choose another file, or save it again.":
    "Wähle eine andere Datei, oder speichere sie noch einmal.",
  "The picture is larger than {0} MB.": "Das Bild ist größer als {0} MB.",
  "Save a smaller copy as JPEG.": "Speichere eine kleinere Kopie als JPEG.",
  "This is a HEIC or AVIF picture, which cannot be read here.":
    "Das ist ein HEIC- oder AVIF-Bild, das sich hier nicht lesen lässt.",
  'Save or share it as JPEG (on an iPhone: Camera, Formats, "Most Compatible").':
    "Speichere oder teile es als JPEG (am iPhone: Kamera, Formate, „Maximale Kompatibilität“).",
  "{0} is a folder.": "{0} ist ein Ordner.",
  "Name the pictures in it.": "Nenne die Bilder darin.",
  "{0} is not an ordinary file.": "{0} ist keine gewöhnliche Datei.",
  "Check the spelling, or name another file.":
    "Prüfe die Schreibweise, oder nenne eine andere Datei.",
  "There is no file {0}.": "Es gibt keine Datei {0}.",
  "{0} may not be read by you.": "{0} darfst du nicht lesen.",
  "Change its permissions, or copy it.": "Ändere ihre Rechte, oder kopiere sie.",
  "{0} could not be read ({1}).": "{0} ließ sich nicht lesen ({1}).",
  "The request carries no picture.": "Es wurde kein Bild mitgeschickt.",
  "Send the picture's bytes as image/jpeg, image/png or image/webp.":
    "Schick das Bild als image/jpeg, image/png oder image/webp.",
  "The camera frame is larger than {0} kB.": "Das Kamerabild ist größer als {0} kB.",
  "Send smaller frames; 640 × 480 is plenty.": "Schick kleinere Bilder; 640 × 480 ist reichlich.",
  "The file is larger than {0} MB.": "Die Datei ist größer als {0} MB.",
  "Send a smaller one.": "Schick eine kleinere.",
  "The file did not arrive whole.": "Die Datei kam nicht ganz an.",
  "The history did not arrive whole.": "Der Verlauf kam nicht ganz an.",
  "The picture did not arrive whole.": "Das Bild kam nicht ganz an.",
  "Send it again.": "Schick es noch einmal.",

  "The history is larger than {0} MB.": "Der Verlauf ist größer als {0} MB.",
  "Split it, and import the parts one after the other.":
    "Teile ihn, und bring die Teile nacheinander.",
  "There is no play in this file that could be read. Line {0}: {1}":
    "In dieser Datei ist keine Wiedergabe, die sich lesen ließ. Zeile {0}: {1}",
  "There is no play in this file that could be read.":
    "In dieser Datei ist keine Wiedergabe, die sich lesen ließ.",
  "Give the JSON that ListenBrainz exports, or the CSV of a Last.fm export: with a header that names artist and track, or with artist, album, track and date (such as 01 Jan 2024 10:00) on each line.":
    "Gib das JSON, das ListenBrainz ausgibt, oder das CSV eines Last.fm-Exports: mit einer Kopfzeile, die artist und track nennt, oder mit Interpret, Album, Stück und Datum (etwa 01 Jan 2024 10:00) in jeder Zeile.",
  "This history was imported before.": "Dieser Verlauf wurde schon gebracht.",
  "Import a newer one, or let it be.": "Bring einen neueren, oder lass es dabei.",

  "There is no {0} by {1} in the list for {2}.": (title, artist, of) =>
    `In der Liste für ${emotion(of)} gibt es kein ${title} von ${artist}.`,
  "There is no {0} in the list for {1}.": (title, of) =>
    `In der Liste für ${emotion(of)} gibt es kein ${title}.`,
  "Did you mean {0}?": "Meintest du {0}?",
  "See what is there with `affetto lists show {0}`.":
    "Sieh mit `affetto lists show {0}` nach, was da ist.",
  "The list for {0} already has {1} by {2}.": (of, title, artist) =>
    `In der Liste für ${emotion(of)} steht schon ${title} von ${artist}.`,
  "Change that one, or give this one another name; nothing was changed.": asItWas(
    "Ändere jenes, oder gib diesem einen anderen Namen",
  ),
  "There are {0} songs called {1} in the list for {2}.": (n, title, of) =>
    `In der Liste für ${emotion(of)} gibt es ${n} Stücke namens ${title}.`,
  "Say whose: {0}.": "Sag, von wem: {0}.",
  "The list {0} could not be removed ({1}).": "Die Liste {0} ließ sich nicht entfernen ({1}).",
  "Check who may write there; the list is as it was.":
    "Prüfe, wer dort schreiben darf; die Liste ist, wie sie war.",
  "The list {0} could not be written ({1}).": "Die Liste {0} ließ sich nicht schreiben ({1}).",
  "Free some space, or check who may write there; the list is as it was.":
    "Mach Platz frei, oder prüfe, wer dort schreiben darf; die Liste ist, wie sie war.",
  "There is no list for {0}.": "Für {0} gibt es keine Liste.",
  "There is no list for {0}.{1}": "Für {0} gibt es keine Liste.{1}",
  "The lists are: {0}.": "Die Listen sind: {0}.",
  "The list already has {0} by {1}.": "In der Liste steht schon {0} von {1}.",
  "Change that one instead; nothing was changed.": asItWas("Ändere stattdessen jenes"),
  "{0} of {1}: explicit is {2}.": "{0} von {1}: explicit ist {2}.",
  "{0} of {1}: the song names no emotion.": "{0} von {1}: Das Stück nennt keine Emotion.",
  "{0} of {1}: {2} holds a character that is no text.":
    "{0} von {1}: In {2} steht ein Zeichen, das kein Text ist.",
  "{0} of {1}: {2} is longer than {3} letters.": "{0} von {1}: {2} hat mehr als {3} Buchstaben.",
  "{0} of {1}: {2} is no year.": "{0} von {1}: {2} ist kein Jahr.",
  "{0} of {1}: {2} is {3}, which is off the mood map.":
    "{0} von {1}: {2} ist {3} und liegt außerhalb der Stimmungskarte.",
  "{0} of {1}: the song has no title.": "{0} von {1}: Das Stück hat keinen Titel.",
  "{0} of {1}: the song has no artist.": "{0} von {1}: Das Stück hat keinen Interpreten.",
  "{0} of {1}: the name has no title.": "{0} von {1}: Dem Namen fehlt der Titel.",
  "{0} of {1}: the name has no artist.": "{0} von {1}: Dem Namen fehlt der Interpret.",
  "Line 1 of {0}: there is no list of songs.": "Zeile 1 von {0}: Es gibt keine Liste von Stücken.",
  "{0} of {1}: {2} holds more than one value.": "{0} von {1}: In {2} steht mehr als ein Wert.",
  "Line {0} of {1}: names with values are missing here.":
    "Zeile {0} von {1}: Hier fehlen Namen mit Werten.",
  "Line {0} of {1}: {2} holds more than one value.":
    "Zeile {0} von {1}: In {2} steht mehr als ein Wert.",
  "Line {0} of {1}: this is no CSV ({2}).": "Zeile {0} von {1}: Das ist kein CSV ({2}).",
  "Line {0} of {1}: this is no JSON ({2}).": "Zeile {0} von {1}: Das ist kein JSON ({2}).",
  "Line 1 of {0}: this is no list of songs.": "Zeile 1 von {0}: Das ist keine Liste von Stücken.",
  "Line 1 of {0}: {1} is no list.": "Zeile 1 von {0}: {1} ist keine Liste.",
  "Line {0} of {1}: this is no YAML ({2}).": "Zeile {0} von {1}: Das ist kein YAML ({2}).",
  "Line 1 of {0}: this is no YAML ({1}).": "Zeile 1 von {0}: Das ist kein YAML ({1}).",
  "Line {0} of {1}: {2} is no list.": "Zeile {0} von {1}: {2} ist keine Liste.",
  "Line {0} of {1}: songs cannot refer to each other.":
    "Zeile {0} von {1}: Stücke können nicht aufeinander verweisen.",
  "Line {0} of {1}: it is nested too deeply.": "Zeile {0} von {1}: Es ist zu tief verschachtelt.",
  "Line {0} of {1}: {2} is said twice.": "Zeile {0} von {1}: {2} steht zweimal da.",
  "{0} of {1}: {2} is no name that we know; {3} comes nearest.":
    "{0} von {1}: {2} kennen wir nicht; am nächsten kommt {3}.",
  "{0} of {1}: {2} is no name that we know.": "{0} von {1}: {2} kennen wir nicht.",
  "Line {0} of {1}: there are {2} cells under {3} columns.":
    "Zeile {0} von {1}: Da sind {2} Felder unter {3} Spalten.",
  "{0} {1} of {2}: this is no song.": "{0} {1} von {2}: Das ist kein Stück.",
  "{0} of {1}: {2} stands there twice, first at {3}.":
    "{0} von {1}: {2} steht zweimal da, zuerst bei {3}.",
  "Write true or false; nothing was changed.": asItWas("Schreib true oder false"),
  "Add one to it, or say --emotion NAME; nothing was changed.": asItWas(
    "Füg eine hinzu, oder sag --emotion NAME",
  ),
  "Type it again; nothing was changed.": asItWas("Tipp es neu"),
  "Shorten it; nothing was changed.": asItWas("Kürze es"),
  "Write it as 1967, or leave it out; nothing was changed.": asItWas(
    "Schreib es wie 1967, oder lass es weg",
  ),
  "Give a number from -1 to 1, such as 0.4; nothing was changed.": asItWas(
    "Gib eine Zahl von -1 bis 1, etwa 0.4",
  ),
  "Add its title; nothing was changed.": asItWas("Ergänze den Titel"),
  "Add its artist; nothing was changed.": asItWas("Ergänze den Interpreten"),
  'Write {"songs": [ … ]}; nothing was changed.': asItWas('Schreib {"songs": [ … ]}'),
  "Write one; nothing was changed.": asItWas("Schreib einen"),
  "{0}; nothing was changed.": asItWas("{0}"),
  "Mend it; nothing was changed.": asItWas("Bring es in Ordnung"),
  "Write songs, not lists of lists; nothing was changed.": asItWas(
    "Schreib Stücke, keine Listen von Listen",
  ),
  "Mend it: text with a colon or a quotation mark in it needs quotation marks around it; nothing was changed.":
    asItWas(
      "Bring es in Ordnung: Text mit Doppelpunkt oder Anführungszeichen gehört in Anführungszeichen",
    ),
  "Save it as plain text; nothing was changed.": asItWas("Speichere es als einfachen Text"),
  "Begin each song with a dash; nothing was changed.": asItWas(
    "Beginne jedes Stück mit einem Strich",
  ),
  "Write it out; nothing was changed.": asItWas("Schreib es aus"),
  "Write songs, no more; nothing was changed.": asItWas("Schreib Stücke, nicht mehr"),
  "Remove one of the two; nothing was changed.": asItWas("Entferne eines von beiden"),
  "Use one of {0}; nothing was changed.": asItWas("Nimm eines von {0}"),
  "Put quotation marks around text that holds the separator; nothing was changed.": asItWas(
    "Setz Text, in dem das Trennzeichen steht, in Anführungszeichen",
  ),
  'Write {"title": …, "artist": …}; nothing was changed.': asItWas(
    'Schreib {"title": …, "artist": …}',
  ),
  "The list {0} is larger than {1} MB.": "Die Liste {0} ist größer als {1} MB.",
  "Split it into smaller files.": "Teile sie in kleinere Dateien.",
  "{0}.yaml is no list of songs we can read.":
    "{0}.yaml ist keine Liste von Stücken, die wir lesen können.",
  "{0} is no list of songs we can read.": "{0} ist keine Liste von Stücken, die wir lesen können.",
  "Give a file that ends in {0} or {1}.": "Gib eine Datei, die auf {0} oder {1} endet.",
  "The list {0} cannot be read ({1}).": "Die Liste {0} lässt sich nicht lesen ({1}).",
  "Check the name, and that you may read the file.":
    "Prüfe den Namen und ob du die Datei lesen darfst.",
  "Line {0} of {1} is not UTF-8 text.": "Zeile {0} von {1} ist kein UTF-8-Text.",
  "Save the file as UTF-8, then try again; nothing was changed.": asItWas(
    "Speichere die Datei als UTF-8, und versuch es noch einmal",
  ),
} satisfies Partial<Heard["sentences"]>;
