/** What the server itself refuses and misses, in German. */
import { bare } from "../../gaps";
import type { Heard } from "../../heard";

export const house = {
  "The model card {0} is not there.": "Die Modellkarte {0} ist nicht da.",
  "Reinstall affetto.": "Installiere Affetto neu.",
  "The model card {0} cannot be read ({1}).": "Die Modellkarte {0} lässt sich nicht lesen ({1}).",
  "Reinstall affetto; a card of your own must follow docs/models.md.":
    "Installiere Affetto neu; eine eigene Karte muss sich an docs/models.md halten.",
  "The model {0} cannot be opened.": "Das Modell {0} lässt sich nicht öffnen.",
  "The model {0} is damaged (its checksum differs from its card's).":
    "Das Modell {0} ist beschädigt (seine Prüfsumme ist eine andere als auf der Karte).",
  "Delete it and run `make run` from a clone; otherwise reinstall affetto.":
    "Lösch es und ruf in einem Klon `make run` auf; sonst installiere Affetto neu.",
  "The model {0} is not installed.": "Das Modell {0} ist nicht installiert.",
  "From a clone, run `make run`, which builds it; otherwise reinstall affetto.":
    "In einem Klon baut es `make run`; sonst installiere Affetto neu.",
  "The model {0} cannot be read ({1}).": "Das Modell {0} lässt sich nicht lesen ({1}).",
  "The card of {0} has no vote for {1}.": "Auf der Karte von {0} fehlt die Stimme für {1}.",
  "The model {0} tells {1} answers apart, but its card names {2}.":
    "Das Modell {0} unterscheidet {1} Antworten, aber seine Karte nennt {2}.",

  "{0} does not end a track.": "{0} beendet kein Stück.",
  "Say 'finished' or 'skipped'.": "Sag „finished“ oder „skipped“.",
  "That track is no longer in the library.": "Dieses Stück ist nicht mehr in der Bibliothek.",
  "Pick another, or look again.": "Wähle ein anderes, oder sieh noch einmal nach.",
  "That track is not in the queue any more.": "Dieses Stück ist nicht mehr in der Reihe.",
  "Look at the queue again.": "Sieh noch einmal in die Reihe.",
  "There is no running session {0}.": "Es läuft keine Sitzung {0}.",
  "Start a new one, or ask for the current one.": "Beginne eine neue, oder frag nach der jetzigen.",
  "The track {0} is no longer in the library.": "Das Stück {0} ist nicht mehr in der Bibliothek.",
  "Go on to the next one.": "Geh zum nächsten weiter.",
  "There is no track {0} here.": "Es gibt hier kein Stück {0}.",
  "Look for it with GET /api/tracks.": "Such es mit GET /api/tracks.",
  "There is no music to choose from.": "Es gibt keine Musik, aus der sich wählen ließe.",
  "Add a folder with `affetto library scan DIR`, or start with the demo music.":
    "Füg mit `affetto library scan DIR` einen Ordner hinzu, oder beginne mit der Demomusik.",
  "You have ruled out every track there is.": "Du hast jedes Stück ausgeschlossen, das es gibt.",
  "Take one of the bans back, or add more music.":
    "Nimm ein „nie wieder“ zurück, oder füg mehr Musik hinzu.",
  "A place on the map has two numbers, and one is missing.":
    "Ein Ort auf der Karte hat zwei Zahlen, und eine fehlt.",
  "Give both valence and arousal, or neither.": "Gib valence und arousal an, oder keines.",
  "The goal is a place, and no place is named.": "Das Ziel ist ein Ort, und keiner ist genannt.",
  "Give place with valence and arousal, or draw a way.":
    "Gib den Ort mit valence und arousal an, oder zeichne einen Weg.",
  "Nobody is listening yet.": "Noch hört niemand zu.",
  "Start a session first.": "Beginne zuerst eine Sitzung.",
  "The player tells no more of itself.": "Der Spieler sagt nichts mehr von sich.",
  "Look whether it is on.": "Sieh nach, ob er an ist.",
  "The music sounds in the page, not in a player.":
    "Die Musik klingt auf der Seite, nicht in einem Spieler.",
  "Choose a player first, under “Where your music lives”.":
    "Wähle zuerst einen Spieler, unter „Wo deine Musik lebt“.",
  "The provider {0} has no player that could sound.":
    "Der Anbieter {0} hat keinen Spieler, der klingen könnte.",
  "Connect one that has, under “Where your music lives”.":
    "Verbinde einen mit Spieler, unter „Wo deine Musik lebt“.",
  "The library of {0} is empty.": "Die Bibliothek von {0} ist leer.",
  "Put music there, or let it sound in the page.":
    "Leg dort Musik ab, oder lass sie auf der Seite klingen.",
  "Nothing plays, and nothing comes next.": "Nichts spielt, und nichts kommt als Nächstes.",
  "Start some music first.": "Beginne zuerst mit Musik.",
  "No session is kept.": "Es ist keine Sitzung aufbewahrt.",
  "Listen first: affetto serve.": "Hör zuerst etwas: affetto serve.",
  "None of these songs is a file on this machine.":
    "Keines dieser Stücke ist eine Datei auf dieser Maschine.",
  "Save it as XSPF or JSPF, which can hold songs by name.":
    "Sichere sie als XSPF oder JSPF; die nehmen Stücke auch dem Namen nach.",
  "What comes from there cannot be saved as a file.":
    "Was von dort kommt, lässt sich nicht als Datei sichern.",
  "There is no such song here whose mood is known.":
    "Es gibt hier kein solches Stück, dessen Stimmung bekannt ist.",
  "Pick one of GET /api/library/five.": "Wähle eines aus GET /api/library/five.",

  "You have not agreed to this use of the {0}.": (what) =>
    `Du hast dieser Verwendung ${bare(what) === "photo" ? "des Fotos" : "der Kamera"} nicht zugestimmt.`,
  "Read the text and agree first (PUT /api/consents, version {0}).":
    "Lies zuerst den Text und stimm zu (PUT /api/consents, Fassung {0}).",
  "The text has changed since it was read.": "Der Text hat sich geändert, seit er gelesen wurde.",
  "Show the text of /api/house again and ask once more.":
    "Lade die Seite neu und lies ihn noch einmal.",
  "Show the text of /api/listenbrainz again and ask once more.":
    "Lade die Seite neu und lies ihn noch einmal.",
  "How you are is kept only if you agree to it, and you have not.":
    "Wie es dir geht, wird nur mit deiner Zustimmung aufbewahrt, und die fehlt.",
  "Agree to keep what was read, or leave it unsaid; the music is the same.":
    "Stimm zu, dass Gelesenes aufbewahrt wird, oder lass es ungesagt; die Musik ist dieselbe.",
  "A time without a zone could be anywhere.": "Eine Zeit ohne Zeitzone könnte überall sein.",
  "Write it as 2026-11-16T00:00:00Z.": "Schreib sie wie 2026-11-16T00:00:00Z.",
  "These are no days from 1 to {0}.": "Das sind keine Tage von 1 bis {0}.",
  "Give a later until, or a shorter span.": "Nenne ein späteres Ende oder eine kürzere Spanne.",
  "There is no such session.": "Es gibt keine solche Sitzung.",
  "Start a new one.": "Beginne eine neue.",
  "Look at GET /api/history for those that are kept.":
    "Sieh im Verlauf nach, welche aufbewahrt sind.",
  "There is no such session that is over.": "Es gibt keine solche Sitzung, die vorbei ist.",
  "A session that still runs can be deleted once it has ended.":
    "Eine Sitzung, die noch läuft, lässt sich löschen, wenn sie zu Ende ist.",

  "Affetto answers only under this machine's own name.":
    "Affetto antwortet nur unter dem eigenen Namen dieser Maschine.",
  "Open it as http://127.0.0.1 or http://localhost, with its port.":
    "Öffne es als http://127.0.0.1 oder http://localhost, mit seinem Port.",
  "Another website tried to use this Affetto.":
    "Eine andere Website hat versucht, dieses Affetto zu benutzen.",
  "Use the page that Affetto itself serves.": "Nimm die Seite, die Affetto selbst ausgibt.",
  "The request is larger than {0} kB.": "Die Anfrage ist größer als {0} kB.",
  "Send less; only photos, listening histories and lists may be large.":
    "Schick weniger; nur Fotos, Hörverläufe und Listen dürfen groß sein.",
  "Something went wrong inside Affetto.": "In Affetto ist etwas schiefgegangen.",
  "Try again; if it stays, the server's log says more.":
    "Versuch es noch einmal; bleibt es so, sagt das Protokoll des Servers mehr.",
  "Try again.": "Versuch es noch einmal.",
  "There is nothing at this address.": "Unter dieser Adresse ist nichts.",
  "The page is at /, the interface at /api.":
    "Die Seite ist unter /, die Schnittstelle unter /api.",
  "This address does not take that kind of request.":
    "Diese Adresse nimmt diese Art Anfrage nicht.",
  "What it takes is described at /api/openapi.json.":
    "Was sie nimmt, steht unter /api/openapi.json.",
  "The request cannot be read.": "Die Anfrage lässt sich nicht lesen.",
  "The shapes are described at /api/openapi.json.": "Die Formen stehen unter /api/openapi.json.",
  "What there is, is described at /api/openapi.json.":
    "Was es gibt, steht unter /api/openapi.json.",
  "{0} cannot be used: {1}.": "{0} ist nicht zu gebrauchen: {1}.",
  "the body cannot be used: {0}.": "Der Inhalt ist nicht zu gebrauchen: {0}.",

  "The database {0} failed: {1}.": "Die Datenbank {0} ist gescheitert: {1}.",
  "`affetto doctor` looks at it more closely.": "`affetto doctor` sieht genauer hin.",
  "The disk is full, so nothing more can be kept.":
    "Die Platte ist voll, darum lässt sich nichts mehr aufbewahren.",
  "Free some space; what was kept before is safe.":
    "Mach Platz frei; was vorher aufbewahrt wurde, ist sicher.",
  "The disk refused to read or write the database {0}.":
    "Die Platte wollte die Datenbank {0} nicht lesen oder schreiben.",
  "Check that the disk has space left and is sound; what was kept before is safe.":
    "Prüfe, ob die Platte Platz hat und gesund ist; was vorher aufbewahrt wurde, ist sicher.",
  "The database {0} is held by another program.":
    "Die Datenbank {0} wird von einem anderen Programm gehalten.",
  "Wait for a running scan to end, or close the other program.":
    "Warte, bis ein laufendes Einlesen endet, oder schließ das andere Programm.",
  "The database {0} is damaged.": "Die Datenbank {0} ist beschädigt.",
  "Move the file away and restore it from a backup.":
    "Leg die Datei beiseite und stell sie aus einer Sicherung wieder her.",
  "The database {0} cannot be written.": "Die Datenbank {0} lässt sich nicht schreiben.",
  "Check the folder's permissions, or set AFFETTO_DATA_DIR to another folder.":
    "Prüfe die Rechte des Ordners, oder setz AFFETTO_DATA_DIR auf einen anderen.",
  "The database address cannot be understood.": "Die Adresse der Datenbank ist nicht zu verstehen.",
  "Write it like sqlite:////home/me/affetto.db, or leave it out.":
    "Schreib sie wie sqlite:////home/me/affetto.db, oder lass sie weg.",
  "The database {0} was written by a newer Affetto.":
    "Die Datenbank {0} wurde von einem neueren Affetto geschrieben.",
  "Update Affetto, or point AFFETTO_DATA_DIR at another folder.":
    "Bring Affetto auf Stand, oder setz AFFETTO_DATA_DIR auf einen anderen Ordner.",
  "There is no key in {0}.": "In {0} ist kein Schlüssel.",
  "A key in {0} is damaged.": "Ein Schlüssel in {0} ist beschädigt.",
  "The key file {0} cannot be read.": "Die Schlüsseldatei {0} lässt sich nicht lesen.",
  "Check that it is yours and undamaged, or restore it from a backup.":
    "Prüfe, ob sie dir gehört und heil ist, oder stell sie aus einer Sicherung wieder her.",
  "A kept secret does not open with any key in {0}.":
    "Ein aufbewahrtes Geheimnis lässt sich mit keinem Schlüssel in {0} öffnen.",
} satisfies Partial<Heard["sentences"]>;
