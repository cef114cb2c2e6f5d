/** Where music lives: what our own providers ask, try and refuse, in German. */
import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { say } from "../say";

const HOST = "Prüfe Rechner und Port; in der mpd.conf heißen sie bind_to_address und port.";
const ITS_PASSWORD = "Gib eines von denen an, die in seiner mpd.conf unter `password` stehen.";
const songs = (gap: string) => say.several(count(gap), { one: "# Stück", other: "# Stücke" });

export const places = {
  "The provider {0} failed: {1}: {2}.": "Der Anbieter {0} ist gescheitert: {1}: {2}.",
  "Check its settings; if they are right, ask those who made it.":
    "Prüfe seine Einstellungen; wenn sie stimmen, frag die, die ihn gemacht haben.",
  "The provider {0} is not connected.": "Der Anbieter {0} ist nicht verbunden.",
  "Connect it first: affetto providers connect {0}.":
    "Verbinde ihn zuerst: affetto providers connect {0}.",
  "The provider {0} did not answer within {1} s.":
    "Der Anbieter {0} hat in {1} Sekunden nicht geantwortet.",
  "Check that its server runs and can be reached from here.":
    "Sieh nach, ob sein Server läuft und von hier zu erreichen ist.",
  "The provider {0} is named in your settings file.":
    "Der Anbieter {0} steht in deiner Einstellungsdatei.",
  "{0} is named in your settings file.": "{0} steht in deiner Einstellungsdatei.",
  "Change it in affetto.toml, then start Affetto again.":
    "Ändere das in der affetto.toml und starte Affetto neu.",
  "The provider {0} is not connected here.": "Der Anbieter {0} ist hier nicht verbunden.",
  "Your own files are scanned in the library, the demo is a setting, and Spotify has a sheet of its own.":
    "Deine eigenen Dateien werden in der Bibliothek eingelesen, die Demo ist eine Einstellung, und Spotify hat ein eigenes Blatt.",
  "There is no music provider called {0}.": "Es gibt keinen Musikanbieter namens {0}.",
  "Installed are: {0}.": "Installiert sind: {0}.",
  "{0} has no tracks of its own.": "{0} hat keine eigenen Stücke.",
  "Name a provider with a library.": "Nenne einen Anbieter mit einer Bibliothek.",

  library: "Bibliothek",
  player: "Spieler",
  connect: "Verbinden",
  "sign in": "Anmeldung",
  database: "Datenbank",
  output: "Ausgabe",
  stickers: "Sticker",
  playlists: "Playlists",
  search: "Suche",
  "saved songs": "gemerkte Stücke",
  devices: "Geräte",
  server: "Server",
  songs: "Stücke",
  sound: "Ton",
  stars: "Sterne",
  "in time": "rechtzeitig",
  "It has music.": "Er hat Musik.",
  "It answers, and is empty.": "Er antwortet und ist leer.",
  "It can play.": "Er kann abspielen.",

  "MPD and Mopidy": "MPD und Mopidy",
  "Plays through a Music Player Daemon, on this machine or another.":
    "Spielt über einen Music Player Daemon, auf dieser Maschine oder einer anderen.",
  Host: "Rechner",
  "Its name or address, or a socket's path.": "Name oder Adresse, oder der Pfad eines Sockets.",
  Port: "Port",
  "As mpd.conf says.": "Wie es in der mpd.conf steht.",
  Password: "Passwort",
  "If mpd.conf asks for one.": "Falls die mpd.conf eines verlangt.",
  "Music folder": "Musikordner",
  "MPD's music_directory, where this machine can read it: then the page plays it too.":
    "MPDs music_directory, wenn diese Maschine es lesen kann: dann spielt es auch die Seite.",
  "Let songs flow into one another": "Stücke ineinander übergehen lassen",
  "yes: the longer, the farther their moods are apart; no: as MPD is set.":
    "yes: umso länger, je weiter ihre Stimmungen auseinanderliegen; no: wie MPD eingestellt ist.",
  "Whether songs flow into one another cannot be {0}.":
    "Ob Stücke ineinander übergehen, kann nicht {0} sein.",
  "{0} is no port.": "{0} ist kein Port.",
  "Give the number that mpd.conf names as port, often 6600.":
    "Gib die Zahl an, die in der mpd.conf als port steht, oft 6600.",
  "Name MPD's music_directory as this machine sees it, or leave it out.":
    "Nenne MPDs music_directory so, wie diese Maschine es sieht, oder lass es weg.",
  "MPD answers at {0}.": "MPD antwortet unter {0}.",
  "We may look and play.": "Wir dürfen nachsehen und abspielen.",
  "We may look, but not play: MPD does not allow `{0}`.":
    "Wir dürfen nachsehen, aber nicht abspielen: MPD erlaubt `{0}` nicht.",
  "In mpd.conf, give this password read, add and control.":
    "Gib diesem Passwort in der mpd.conf read, add und control.",
  "There are {0} songs.": (n) => `Es gibt dort ${songs(n)}.`,
  "There is music; it is not said how much.": "Es gibt Musik; wie viel, wird nicht gesagt.",
  "MPD's database is empty.": "MPDs Datenbank ist leer.",
  "See that music_directory in mpd.conf is right, then run `mpc update`.":
    "Sieh nach, ob music_directory in der mpd.conf stimmt, und ruf dann `mpc update` auf.",
  "MPD could not play the last time: {0}.": "MPD konnte zuletzt nicht spielen: {0}.",
  "See that the file is there and that an audio_output in mpd.conf works.":
    "Sieh nach, ob die Datei da ist und ein audio_output in der mpd.conf funktioniert.",
  "Mopidy is muted.": "Mopidy ist stumm geschaltet.",
  "Switch its output Mute off.": "Schalte seine Ausgabe Mute aus.",
  "Mopidy does not say where its sound goes.": "Mopidy sagt nicht, wohin sein Ton geht.",
  "Sound goes to {0}.": "Der Ton geht an {0}.",
  "No output of MPD's is switched on.": "Keine Ausgabe von MPD ist eingeschaltet.",
  "Switch one on (`mpc enable 1`), or add an audio_output to mpd.conf.":
    "Schalte eine ein (`mpc enable 1`), oder trag einen audio_output in die mpd.conf ein.",
  "Moods can be kept there.": "Stimmungen lassen sich dort aufbewahren.",
  "Moods cannot be kept there: it has no stickers.":
    "Stimmungen lassen sich dort nicht aufbewahren: es gibt keine Sticker.",
  "Playlists stored there: {0}.": "Playlists dort: {0}.",
  "Playlists cannot be stored there.": "Playlists lassen sich dort nicht speichern.",
  "MPD is too slow to try it.": "MPD ist zu langsam, um es auszuprobieren.",
  "Try again when it is less busy.": "Versuch es wieder, wenn er weniger zu tun hat.",
  "The MPD at {0} does not allow `{1}`: {2}.": "Der MPD unter {0} erlaubt `{1}` nicht: {2}.",
  "In its mpd.conf, give this password read, add and control.":
    "Gib diesem Passwort in seiner mpd.conf read, add und control.",
  "The MPD at {0} cannot be reached: {1}.": "Der MPD unter {0} ist nicht zu erreichen: {1}.",
  "See whether the machine is reached from here. Check the host and the port; mpd.conf names them bind_to_address and port.": `Sieh nach, ob die Maschine von hier zu erreichen ist. ${HOST}`,
  "The MPD at {0} does not take this password.": "Der MPD unter {0} nimmt dieses Passwort nicht.",
  "The MPD at {0} wants a password.": "Der MPD unter {0} verlangt ein Passwort.",
  "Give one of those that stand under `password` in its mpd.conf.": ITS_PASSWORD,
  "There is no machine called {0}.": "Es gibt keine Maschine namens {0}.",
  "Check the host's spelling, or give its address in numbers.":
    "Prüfe, wie der Rechner geschrieben wird, oder gib seine Adresse in Zahlen an.",
  "Nobody answers at {0}.": "Niemand antwortet unter {0}.",
  "Start MPD there. Check the host and the port; mpd.conf names them bind_to_address and port.": `Starte dort MPD. ${HOST}`,
  "The MPD at {0} does not answer in time.": "Der MPD unter {0} antwortet nicht rechtzeitig.",
  "See whether the machine is on and reached from here. Check the host and the port; mpd.conf names them bind_to_address and port.": `Sieh nach, ob die Maschine an und von hier zu erreichen ist. ${HOST}`,
  "The conversation with the MPD at {0} broke off: {1}.":
    "Das Gespräch mit dem MPD unter {0} ist abgebrochen: {1}.",
  "Wait while MPD starts again, or start it. Check the host and the port; mpd.conf names them bind_to_address and port.": `Warte, bis MPD wieder läuft, oder starte ihn. ${HOST}`,
  "The MPD at {0} keeps no stickers: {1}.": "Der MPD unter {0} bewahrt keine Sticker auf: {1}.",
  "Name a sticker_file in its mpd.conf and start it again.":
    "Nenne in seiner mpd.conf ein sticker_file und starte ihn neu.",
  "MPD did not take “{0}”: {1}.": "MPD hat „{0}“ nicht genommen: {1}.",
  "Look into MPD's log for the reason, or choose another track.":
    "Sieh in MPDs Protokoll nach dem Grund, oder wähle ein anderes Stück.",
  "MPD has no “{0}” ({1}).": "MPD hat „{0}“ nicht ({1}).",
  "Let MPD look at its files again (`mpc update`), or choose another track.":
    "Lass MPD seine Dateien neu ansehen (`mpc update`), oder wähle ein anderes Stück.",
  "MPD cannot play “{0}”: {1}.": "MPD kann „{0}“ nicht abspielen: {1}.",
  "See that the file is there and that an output in mpd.conf works; `mpc update` lets MPD look at its files again.":
    "Sieh nach, ob die Datei da ist und eine Ausgabe in der mpd.conf funktioniert; `mpc update` lässt MPD seine Dateien neu ansehen.",
  "MPD has no playlist called “{0}”.": "MPD hat keine Playlist namens „{0}“.",
  "Choose one of those it lists.": "Wähle eine von denen, die er nennt.",
  "MPD cannot call a playlist {0}.": "MPD kann eine Playlist nicht {0} nennen.",
  "Give one line without /, of at most {0} characters.":
    "Gib eine Zeile ohne / an, mit höchstens {0} Zeichen.",
  "MPD has a playlist called “{0}” already.": "MPD hat schon eine Playlist namens „{0}“.",
  "Choose another name, or say that it may be replaced.":
    "Wähle einen anderen Namen, oder sag, dass sie ersetzt werden darf.",
  "MPD has none of these tracks.": "MPD hat keines dieser Stücke.",
  "Choose tracks of its own library; a playlist file takes any.":
    "Wähle Stücke seiner eigenen Bibliothek; eine Playlist-Datei nimmt alle.",
  "The MPD at {0} stores no playlists: {1}.": "Der MPD unter {0} speichert keine Playlists: {1}.",
  "Name a playlist_directory in its mpd.conf and start it again.":
    "Nenne in seiner mpd.conf ein playlist_directory und starte ihn neu.",
  "MPD did not store the playlist: {0}.": "MPD hat die Playlist nicht gespeichert: {0}.",
  "See that MPD may write to its playlist_directory.":
    "Sieh nach, ob MPD in sein playlist_directory schreiben darf.",

  "Navidrome and other Subsonic servers": "Navidrome und andere Subsonic-Server",
  "Plays the music of your own server: Navidrome, gonic, Airsonic, Supysonic and their kin.":
    "Spielt die Musik deines eigenen Servers: Navidrome, gonic, Airsonic, Supysonic und Verwandte.",
  Address: "Adresse",
  "As you open the server in your browser: https://music.example.org.":
    "Wie du den Server im Browser öffnest: https://music.example.org.",
  "User name": "Benutzername",
  "API key": "API-Schlüssel",
  "In place of name and password, where your server gives such keys.":
    "Statt Name und Passwort, wenn dein Server solche Schlüssel vergibt.",
  "Way to sign in": "Art der Anmeldung",
  "auto finds out; else token, password or api-key.":
    "auto findet es heraus; sonst token, password oder api-key.",
  "Tell it what is heard": "Ihm melden, was gehört wird",
  "yes lets it count plays, and pass them on where you told it to.":
    "Mit yes zählt er, was gehört wurde, und gibt es weiter, wohin du es ihm gesagt hast.",
  "Whether the music server is told what is heard cannot be {0}.":
    "Ob dem Musikserver gemeldet wird, was gehört wird, kann nicht {0} sein.",
  "Say yes or no.": "Sag yes oder no.",
  "{0} is no song of this music server.": "{0} ist kein Stück dieses Musikservers.",
  "Choose a song that lies there.": "Wähle ein Stück, das dort liegt.",
  "A song cannot be rated with {0} stars.": "Ein Stück kann nicht {0} Sterne bekommen.",
  "Give 1 to 5, or 0 for none.": "Gib 1 bis 5, oder 0 für keinen.",
  "The music server at {0} took the playlist and does not list it.":
    "Der Musikserver unter {0} hat die Playlist genommen und führt sie nicht auf.",
  "Look for it on the server's own page.": "Such sie auf der eigenen Seite des Servers.",
  "The music server has a playlist called “{0}” already.":
    "Der Musikserver hat schon eine Playlist namens „{0}“.",
  "The music server has none of these songs.": "Der Musikserver hat keines dieser Stücke.",
  "Choose songs that lie there; a playlist file takes any.":
    "Wähle Stücke, die dort liegen; eine Playlist-Datei nimmt alle.",
  "The provider {0} keeps no playlists here.": "Der Anbieter {0} bewahrt hier keine Playlists auf.",
  "Connect one that does, or save a file.": "Verbinde einen, der es tut, oder sichere eine Datei.",
  "The address of the music server is missing or is none.":
    "Die Adresse des Musikservers fehlt oder ist keine.",
  'Give it as you open it in a browser, such as "https://music.example.org".':
    "Gib sie so an, wie du sie im Browser öffnest, etwa „https://music.example.org“.",
  "The address of the music server holds a name or a password.":
    "In der Adresse des Musikservers steht ein Name oder ein Passwort.",
  "Take them out of the address and give them in their own fields.":
    "Nimm sie aus der Adresse und gib sie in ihren eigenen Feldern an.",
  "a token": "einem Token",
  "the password": "dem Passwort",
  "an API key": "einem API-Schlüssel",
  "Signed in with {0}.": "Angemeldet mit {0}.",
  "Signed in with {0}. Others in this network can read it.":
    "Angemeldet mit {0}. Andere in diesem Netz können das mitlesen.",
  "Let the server be reached by https.": "Lass den Server über https erreichbar sein.",
  "It lists its songs, and tells moods or genres.":
    "Er zählt seine Stücke auf und nennt Stimmungen oder Genres.",
  "It lists its songs.": "Er zählt seine Stücke auf.",
  "Songs stream, and can be sought in.": "Stücke kommen an, und man kann in ihnen springen.",
  "Songs stream, but only from their beginning.": "Stücke kommen an, aber nur von ihrem Anfang an.",
  "There is no song to try.": "Es gibt kein Stück zum Ausprobieren.",
  "Playlists can be kept; it holds {0}.": "Playlists lassen sich dort aufbewahren; er hat {0}.",
  "The server keeps no playlists.": "Der Server bewahrt keine Playlists auf.",
  "Songs can be starred.": "Stücke können Sterne bekommen.",
  "The server keeps no stars.": "Der Server bewahrt keine Sterne auf.",
  "{0} answers.": "{0} antwortet.",
  "{0} answers and speaks OpenSubsonic {1}.": "{0} antwortet und spricht OpenSubsonic {1}.",
  "{0} answers and speaks Subsonic {1}.": "{0} antwortet und spricht Subsonic {1}.",
  "The server has no songs for this listener.": "Der Server hat keine Stücke für diesen Zugang.",
  "Let the server scan its music, and look which folders it lets you see.":
    "Lass den Server seine Musik einlesen, und sieh nach, welche Ordner er dir zeigt.",
  "The server answers too slowly to try everything.":
    "Der Server antwortet zu langsam, um alles auszuprobieren.",
  "Try again when it has less to do.": "Versuch es wieder, wenn er weniger zu tun hat.",
  "There is no way to sign in called {0}.": "Es gibt keine Art der Anmeldung namens {0}.",
  "Choose one of: {0}.": "Wähle aus: {0}.",
  "There is nothing to sign in to the music server with.":
    "Es fehlt, womit man sich am Musikserver anmeldet.",
  "Give it an API key.": "Gib einen API-Schlüssel an.",
  "Give it a user name and a password, or an API key.":
    "Gib Benutzername und Passwort an, oder einen API-Schlüssel.",
  "Browsers do not play {0} files, and the music server makes no mp3 of them.":
    "Browser spielen keine {0}-Dateien, und der Musikserver macht daraus kein mp3.",
  "Switch on transcoding to mp3 there, or convert the file.":
    "Schalte dort das Umwandeln in mp3 ein, oder wandle die Datei um.",
  "The music server has another file in its place by now.":
    "Der Musikserver hat inzwischen eine andere Datei an dieser Stelle.",
  "Play the track from its beginning.": "Spiel das Stück von vorn.",
  "misses something in what it was asked": "vermisst etwas in der Frage",
  "It may be too old: update the server.": "Vielleicht ist er zu alt: Bring den Server auf Stand.",
  "is too new for Affetto": "ist zu neu für Affetto",
  "Update Affetto.": "Bring Affetto auf Stand.",
  "is too old for what it was asked": "ist zu alt für diese Frage",
  "Update the server.": "Bring den Server auf Stand.",
  "does not know this name with this password": "kennt diesen Namen mit diesem Passwort nicht",
  "Check both on the server's own page.": "Prüfe beides auf der eigenen Seite des Servers.",
  "cannot check a token for this listener": "kann für diesen Zugang kein Token prüfen",
  'Set the way to sign in to "password", over https.':
    "Stell die Art der Anmeldung auf „password“, über https.",
  "does not take this way to sign in": "nimmt diese Art der Anmeldung nicht",
  'Set the way to sign in to "auto", or give what the server asks for.':
    "Stell die Art der Anmeldung auf „auto“, oder gib an, was der Server verlangt.",
  "was told two ways to sign in at once": "bekam zwei Arten der Anmeldung zugleich",
  "Leave either the API key or the password out; a proxy before it may add its own.":
    "Lass den API-Schlüssel oder das Passwort weg; auch ein Proxy davor kann etwas hinzufügen.",
  "does not know this API key": "kennt diesen API-Schlüssel nicht",
  "Make a new one on the server's own page.": "Mach einen neuen auf der eigenen Seite des Servers.",
  "does not allow this listener that": "erlaubt das diesem Zugang nicht",
  "Ask whoever runs the server, or sign in as somebody else.":
    "Frag, wer den Server betreibt, oder melde dich als jemand anders an.",
  "has a trial time that is over": "hat eine Probezeit, die vorbei ist",
  "Ask whoever runs the server.": "Frag, wer den Server betreibt.",
  "does not have what it was asked for": "hat nicht, wonach gefragt wurde",
  "Look whether it was deleted there.": "Sieh nach, ob es dort gelöscht wurde.",
  "Look into the server's log.": "Sieh ins Protokoll des Servers.",
  "The music server at {0} {1} ({2}).": "Der Musikserver unter {0} {1} ({2}).",
  "The music server at {0} {1}.": "Der Musikserver unter {0} {1}.",
  "The music server at {0} does not do what it was asked ({1}).":
    "Der Musikserver unter {0} tut nicht, worum er gebeten wurde ({1}).",
  "The music server at {0} does not do what it was asked.":
    "Der Musikserver unter {0} tut nicht, worum er gebeten wurde.",
  "At {0} something answers, but not as a Subsonic server does.":
    "Unter {0} antwortet etwas, aber nicht wie ein Subsonic-Server.",
  "Check the address: it is the one you open the server's own page with.":
    "Prüfe die Adresse: es ist die, unter der du die eigene Seite des Servers öffnest.",
  "The music server at {0} broke off in the middle of an answer.":
    "Der Musikserver unter {0} hat mitten in einer Antwort abgebrochen.",
  "Try again; if it happens often, the server's log says more.":
    "Versuch es noch einmal; geschieht es oft, sagt das Protokoll des Servers mehr.",
  "The music server at {0} sends visitors on to {1}://{2}.":
    "Der Musikserver unter {0} schickt Besucher weiter zu {1}://{2}.",
  "The music server at {0} sends visitors on to another address.":
    "Der Musikserver unter {0} schickt Besucher weiter zu einer anderen Adresse.",
  "Give the address that it sends to, if it is yours.":
    "Gib die Adresse an, zu der er schickt, wenn es deine ist.",
  "The music server at {0} lets nobody in (HTTP {1}).":
    "Der Musikserver unter {0} lässt niemanden ein (HTTP {1}).",
  "Check name and password; what stands before the server may ask for its own sign-in, which has to be lifted for /rest.":
    "Prüfe Name und Passwort; was vor dem Server steht, verlangt vielleicht eine eigene Anmeldung, die für /rest wegfallen muss.",
  "The music server at {0} is in trouble or has too much to do (HTTP {1}).":
    "Der Musikserver unter {0} hat Schwierigkeiten oder zu viel zu tun (HTTP {1}).",
  "Try again in a moment; the server's log says more.":
    "Versuch es gleich noch einmal; das Protokoll des Servers sagt mehr.",
  "The music server at {0} shows a certificate that cannot be trusted: {1}.":
    "Der Musikserver unter {0} zeigt ein Zertifikat, dem man nicht trauen kann: {1}.",
  "The music server at {0} shows a certificate that cannot be trusted: its authority is unknown.":
    "Der Musikserver unter {0} zeigt ein Zertifikat, dem man nicht trauen kann: Sein Aussteller ist unbekannt.",
  "Use the name the certificate was made for; for one of your own, add its authority to those this machine trusts, or name its file in SSL_CERT_FILE.":
    "Nimm den Namen, für den das Zertifikat ausgestellt ist; bei einem eigenen nimm seinen Aussteller unter die auf, denen diese Maschine traut, oder nenne seine Datei in SSL_CERT_FILE.",
  "The music server at {0} takes too long to answer.":
    "Der Musikserver unter {0} braucht zu lange für eine Antwort.",
  "See whether it is busy, and whether this machine reaches it.":
    "Sieh nach, ob er viel zu tun hat und ob diese Maschine ihn erreicht.",
  "The music server at {0} cannot be reached.": "Der Musikserver unter {0} ist nicht zu erreichen.",
  "Check that it runs, and its address and port.": "Prüfe, ob er läuft, und Adresse und Port dazu.",
} satisfies Partial<Heard["sentences"]>;
