/** What a listener agrees to, in German, by the version of the text that it renders. */
const ALWAYS = [
  "Ein Gesicht zeigt einen Ausdruck, und das ist nicht dasselbe wie ein Gefühl. Die Lesung kann falsch sein; dein eigenes Wort auf der Karte zählt immer mehr.",
  "Dies dient deiner eigenen Wahl von Musik. Es ist kein Medizinprodukt, und es darf nicht dazu benutzt werden, Menschen bei der Arbeit oder in der Schule zu beobachten.",
  "Du kannst dies hier jederzeit zurücknehmen, und alles geht auch ohne.",
];
const LARGEST =
  "Nur das größte Gesicht wird gelesen. Andere Menschen im Bild werden gezählt, nicht gelesen.";

export const consents: Record<string, string[]> = {
  // camera
  "167583da44cb": [
    "Das Bild verlässt diesen Browser nie. Dein Gerät selbst sieht es an, mehrmals in der Sekunde, und verwirft es sofort; nie wird ein Bild gesendet oder aufbewahrt. Dafür werden einmal etwa sieben Megabyte von diesem Affetto-Server geholt.",
    "Alle zwei Sekunden geht eine kleine Lesung an diesen Affetto-Server: die Ausdrücke, ein Ort auf der Stimmungskarte und wie sicher sie ist.",
    LARGEST,
    ...ALWAYS,
  ],
  // camera-server
  fc8e39282c43: [
    "Solange die Kamera an ist, geht mehrmals in der Sekunde ein kleines Bild in den Arbeitsspeicher dieses Affetto-Servers und nirgendwohin sonst. Es wird angesehen und sofort verworfen; nie wird ein Bild aufbewahrt.",
    LARGEST,
    ...ALWAYS,
  ],
  // photo
  e2e5d86148e9: [
    "Ein Foto oder Video verlässt diesen Browser nie. Dein Gerät selbst sieht es an; nie wird ein Bild gesendet oder aufbewahrt. Dafür werden einmal etwa sieben Megabyte von diesem Affetto-Server geholt.",
    "Das größte Gesicht gilt als deines. Von einem Foto geht eine kleine Lesung an diesen Affetto-Server: die Ausdrücke, ein Ort auf der Stimmungskarte und wie sicher sie ist. Von einem Video geht nur der Ort des Augenblicks dorthin, für den du Musik möchtest.",
    ...ALWAYS,
  ],
  // photo-server
  b1d1cb7cb00b: [
    "Das Foto geht in den Arbeitsspeicher dieses Affetto-Servers und nirgendwohin sonst. Es wird angesehen und verworfen, bevor du die Antwort siehst; es wird nie aufbewahrt.",
    "Das größte Gesicht gilt als deines.",
    ...ALWAYS,
  ],
  // keep-readings
  "1d1343be6914": [
    "Was die Sensoren lesen (die Zeit, der Ort auf der Stimmungskarte, die Ausdrücke, wie sicher es war), wird in der Datenbank auf dieser Maschine aufbewahrt. Bilder werden nie aufbewahrt.",
    "Was du von deiner Stimmung sagst, wird mit aufbewahrt: wo du die Karte berührst, „So fühle ich mich nicht“, und wie es dir vorher und nachher ging.",
    "Daraus lernt Affetto deine gewöhnliche Stimmung und was Musik mit dir macht, und dein Verlauf zeigt, wie jede Sitzung ging. Du kannst alles davon jederzeit ansehen und löschen lassen.",
    "Wenn du dies zurücknimmst, wird nichts mehr aufbewahrt.",
  ],
  // listenbrainz
  f73ac4dd37df: [
    "Wenn ein Stück gehört wurde (die Hälfte oder vier Minuten), werden Titel, Künstler, Album, Länge und die Zeit, zu der es begann, an dein Konto bei ListenBrainz gesendet. Wenn eines beginnt, wird auch sein Name gesendet, als das, was gerade spielt.",
    "ListenBrainz zeigt allen, was du gehört hast, auf deiner Seite dort.",
    "Nichts von deiner Stimmung, deinen Zielen, deinen Vorlieben und kein Bild wird je gesendet. Stücke von Spotify bleiben weg, wie es dessen Bedingungen verlangen.",
    "Du kannst hier jederzeit trennen: Das Token wird gelöscht, und nichts wird mehr gesendet. Was vorher gesendet wurde, lässt sich bei ListenBrainz löschen.",
  ],
};
