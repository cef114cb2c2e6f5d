/** What the page says, in German. */
import type { Goal } from "@/api/types";
import type { Catalogue } from "../catalogue";
import { consents } from "./consents";
import { say } from "./say";

const EXPRESSIONS: Record<string, string> = {
  angry: "wütend",
  disgust: "angeekelt",
  fear: "ängstlich",
  happy: "fröhlich",
  sad: "traurig",
  surprise: "überrascht",
  neutral: "ausdruckslos",
};
export const expression = (label: string) => EXPRESSIONS[label] ?? label;

function sure(confidence: number): string | null {
  if (confidence >= 0.8) return "ganz sicher";
  if (confidence >= 0.5) return "ziemlich sicher";
  if (confidence >= 0.3) return "nicht sehr sicher";
  return null;
}

function degree(amount: number, word: string, opposite: string): string {
  const size = Math.abs(amount);
  const name = amount > 0 ? word : opposite;
  if (size < 0.15) return "";
  if (size < 0.35) return `ein wenig ${name}`;
  if (size < 0.7) return `recht ${name}`;
  return `sehr ${name}`;
}

export function place(valence: number, arousal: number): string {
  const tone = degree(valence, "angenehm", "unangenehm") || "weder angenehm noch unangenehm";
  const glad = valence >= -0.1;
  let pace = "";
  if (arousal > 0.7) pace = glad ? "hellwach" : "sehr angespannt";
  else if (arousal > 0.25) pace = glad ? "lebhaft" : "angespannt";
  else if (arousal < -0.7) pace = "schläfrig";
  else if (arousal < -0.25) pace = glad ? "ruhig" : "niedergeschlagen";
  return pace ? `${tone}, ${pace}` : tone;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
export const minutesOf = (n: number) => say.several(n, { one: "# Minute", other: "# Minuten" });

export const corners = {
  tense: "angespannt",
  excited: "begeistert",
  sad: "traurig",
  calm: "ruhig",
};

const GOAL_SENTENCES: Record<Goal, string> = {
  match: "bleibt dabei, wie du dich fühlst",
  lift: "führt ins Hellere",
  calm: "führt ins Ruhigere",
  focus: "bleibt gleichmäßig und drängt sich nicht auf",
  sleep: "wird langsamer und sanfter",
  place: "führt dorthin, wohin du gezeigt hast",
};

export const texts: Catalogue["texts"] = {
  name: "affetto",
  title: "Wie fühlst du dich?",
  invitation: "Berühre die Karte, wo du gerade bist, und die Musik beginnt.",
  orJustPlay: "Oder einfach etwas spielen",
  liveRegion: "Neues",

  sure,
  place,
  expression,

  map: {
    label: "Stimmungskarte",
    role: "Stimmungskarte",
    help: "Die Pfeiltasten bewegen dich, die Eingabetaste sagt es noch einmal.",
    north: "hellwach",
    south: "schläfrig",
    west: "unangenehm",
    east: "angenehm",
    corners,
    you: "du",
    toward: "Ziel",
    now: "jetzt",
    next: "danach",
    key: "Was die Zeichen bedeuten",
    unknown: "noch nicht bekannt",
    here: (words) => `Du: ${words}`,
    both: "du und das Ziel",
  },

  goals: {
    label: "Wohin soll die Musik führen?",
    match: "Mitgehen",
    lift: "Heben",
    calm: "Ruhe",
    focus: "Fokus",
    sleep: "Schlaf",
    place: "Ein Ort",
    hints: {
      match: "mit dir",
      lift: "heller",
      calm: "ruhiger",
      focus: "stetig",
      sleep: "sanfter",
      place: "wohin du zeigst",
    },
    said: (goal) => `Die Musik ${GOAL_SENTENCES[goal]}.`,
  },

  moods: {
    angry: "wütend",
    happy: "fröhlich",
    sad: "traurig",
    calm: "ruhig",
    awake: "wach",
    drowsy: "schläfrig",
    pleasant: "angenehm",
    unpleasant: "unangenehm",
    "in the middle": "in der Mitte",
  },

  because: {
    picked: "Dieses hast du selbst gewählt.",
    unheard: "Dieses haben wir noch nicht angehört.",
    counted: (what) => `Am meisten zählte: ${say.list(what)}.`,
    terms: {
      taste: "es ist deine Art Musik",
      told: "du hast gesagt, dass du es magst",
      artist: "du magst den Interpreten",
      track: "es hat dir früher gefallen",
      others: "anderen gefällt es auch",
      nearer: "es führt dorthin, wohin du möchtest",
      closeness: "es liegt nah bei dem, wohin du möchtest",
      transition: "es schließt sanft an das vorige an",
      variety: "es ist wieder etwas anderes",
      novelty: "es ist so neu, wie es dir recht ist",
      chance: "es ist ein Versuch, um zu lernen, was du magst",
      turn: "es war an der Reihe",
    },
  },

  undo: "Zurücknehmen",
  undone: "Zurückgenommen.",
  nothingToUndo: "Es gibt nichts zurückzunehmen.",
  acts: {
    liked: (title) => `„${title}“ gefällt dir.`,
    unliked: (title) => `Dass dir „${title}“ gefällt, ist zurückgenommen.`,
    fits: (title) => `„${title}“ passt zu diesem Augenblick.`,
    not_now: (title) => `Nicht jetzt: „${title}“.`,
    never: (title) => `Nie wieder: „${title}“.`,
    neverArtist: (artist) => `Nie wieder: alles von ${artist}.`,
    pinned: (title) => `„${title}“ bleibt an seinem Platz.`,
    unpinned: (title) => `„${title}“ darf sich wieder ändern.`,
    removed: (title) => `„${title}“ ist nicht mehr in der Reihe.`,
    moved: (title, at) => `„${title}“ ist jetzt Nummer ${at} und bleibt dort.`,
  },

  intents: {
    open: "Wozu ist sie gut?",
    lift: "Dunkle, unruhige Musik darf so lange dauern, wie sie will",
    label: "Wozu die Musik gut ist",
    chosen: {
      keep: "Für: so bleiben",
      rest: "Für: ausruhen",
      comfort: "Für: Trost",
      release: "Für: herauslassen",
      think: "Für: nachdenken",
      distract: "Für: ablenken",
      intensify: "Für: mehr davon",
      go: "Für: in Gang kommen",
    },
    each: {
      keep: "So bleiben",
      rest: "Ausruhen",
      comfort: "Trösten",
      release: "Herauslassen",
      think: "Nachdenken",
      distract: "Ablenken",
      intensify: "Mehr davon",
      go: "In Gang kommen",
    },
  },

  journey: {
    title: "Dein Weg",
    draw: "Einen Weg zeichnen",
    drawing: "Zeichne auf der Karte, von wo du bist bis wohin du möchtest.",
    sheet: "Ein Blatt über der Stimmungskarte, um einen Weg darauf zu zeichnen",
    help: "Die Pfeiltasten bewegen den Stift, die Leertaste setzt einen Punkt, die Eingabetaste beendet den Weg, Escape verlässt ihn.",
    invitation: "Zeichne von dort, wo du bist, dorthin, wo du sein möchtest.",
    penAt: (at, points) =>
      points
        ? `Stift: ${at}. ${say.several(points, { one: "# Punkt", other: "# Punkte" })}.`
        : `Stift: ${at}.`,
    ends: (from, to) => `Von ${from} nach ${to}.`,
    howLong: "In wie vielen Minuten?",
    minutes: minutesOf,
    setOut: "Losgehen",
    again: "Neu zeichnen",
    leave: "Lassen",
    under: (from, to, minutes) => `Von ${from} nach ${to}, in ${minutesOf(minutes)}.`,
    step: (now, all) => `Stück ${now} von ${all}. Nach jedem Stück wird neu geplant.`,
    progress: "Wie weit du gekommen bist",
    arrived: "Du bist angekommen.",
    arrivedAt: (at) => `${capital(at)}: da wolltest du hin. Die Musik bleibt hier.`,
    plan: "Der Plan, Stück für Stück",
    planNow: "jetzt",
    planIn: (minutes) => `in ${minutes} Min.`,
    planFrom: (minutes) => `ab ${minutes} Min.`,
    planOpen: (n) => say.several(n, { one: "# Stück", other: "# Stücke" }),
    planToward: (at) => `unterwegs gewählt, in Richtung ${at}`,
    planAnywhere: "unterwegs gewählt",
    begun: (minutes) => `Unterwegs, ${minutesOf(minutes)} lang.`,
    end: "Den Weg beenden",
    another: "Einen anderen zeichnen",
    planned: "geplant",
    achieved: "du, bisher",
  },

  sensing: {
    label: "Andere Wege, es zu sagen",
    photo: "Foto oder Video",
    camera: "Kamera",
    cameraStop: "Kamera anhalten",
    drop: "Lass das Foto oder Video los, damit es gelesen wird.",
    lamp: {
      off: "Sensoren aus",
      on: "Kamera an",
      asking: "Frage nach der Kamera",
      unsure: "Kamera an, nicht sicher",
      paused: "Kamera pausiert",
    },
    sheet: "Sensoren",
    openSheet: "Was die Sensoren tun und wie man sie anhält",
    where: {
      title: "Wo dein Gesicht gelesen wird",
      device: "Auf diesem Gerät",
      server: "Auf diesem Server",
      none: "Keine Kamera",
      hints: {
        device:
          "Das Bild verlässt diesen Browser nie. Alle zwei Sekunden geht eine kleine Lesung an den Server.",
        server:
          "Für schwache Geräte: zwei kleine Bilder je Sekunde gehen in den Arbeitsspeicher dieses Servers und nirgendwohin sonst.",
        none: "Mehr als die Karte braucht es nicht. Die Kamera kann nicht aus Versehen angehen.",
      },
    },
    modelMissing:
      "Es ist kein Modell für Gesichter installiert, darum kann kein Bild gelesen werden. Die Karte geht wie immer.",
    cameraOff: "Die Kamera ist aus.",
    cameraOn: {
      device: "Die Kamera ist an. Dein Gerät liest das Bild; niemand sonst sieht es.",
      server: "Die Kamera ist an. Zwei kleine Bilder je Sekunde liest der Server und verwirft sie.",
      none: "",
    },
    cameraPaused: "Pause, solange diese Seite nicht zu sehen ist.",
    lastReading: "Letzte Lesung",
    noReading: "Noch wurde nichts gelesen.",
    belief: "Worauf die Stimmung beruht",
    sources: { self: "dein Wort", face: "dein Gesicht" },
    allOff: "Alle Sensoren ausschalten",
    allOffDone: "Alle Sensoren sind aus.",
    withdraw: {
      camera: "Einwilligung zurücknehmen: Kamera",
      "camera-server": "Einwilligung zurücknehmen: Kamera, auf dem Server gelesen",
      photo: "Einwilligung zurücknehmen: Fotos und Videos",
      "photo-server": "Einwilligung zurücknehmen: Fotos, auf dem Server gelesen",
    },
    withdrawn: {
      camera: "Zurückgenommen. Du wirst wieder gefragt, bevor etwas gelesen wird.",
      "camera-server": "Zurückgenommen. Du wirst wieder gefragt, bevor etwas gesendet wird.",
      photo: "Zurückgenommen. Du wirst wieder gefragt, bevor etwas gelesen wird.",
      "photo-server": "Zurückgenommen. Du wirst wieder gefragt, bevor etwas gesendet wird.",
      "keep-readings": "Zurückgenommen. Es wird nichts mehr aufbewahrt.",
    },
    notWithdrawn: {
      camera: "Die Kamera ist aus, aber der Server hat die Rücknahme nicht angenommen.",
      "camera-server": "Die Kamera ist aus, aber der Server hat die Rücknahme nicht angenommen.",
      photo: "Das Foto ist weggelegt, aber der Server hat die Rücknahme nicht angenommen.",
      "photo-server": "Das Foto ist weggelegt, aber der Server hat die Rücknahme nicht angenommen.",
      "keep-readings": "Der Server hat es nicht angenommen: Lesungen werden weiter aufbewahrt.",
    },
    withdrawAgain: "Nimm sie noch einmal zurück, wenn der Server antwortet.",
    keep: "Aufbewahren, was gelesen wurde",
    keepOn: "Lesungen aufbewahren",
    keepOff: "Lesungen nicht mehr aufbewahren",
    kept: "Du hast zugestimmt: Lesungen werden aufbewahrt.",
    notKept: "Ohne deine Zustimmung wird nichts aufbewahrt.",
    noConsents: "Du hast keinem Sensor zugestimmt.",
  },

  consent: {
    camera: { title: "Die Kamera benutzen?", yes: "Kamera benutzen", no: "Nicht jetzt" },
    "camera-server": {
      title: "Bilder an diesen Server senden?",
      yes: "Bilder senden",
      no: "Nicht jetzt",
    },
    photo: { title: "Ein Foto oder Video lesen?", yes: "Eines wählen", no: "Nicht jetzt" },
    "photo-server": {
      title: "Das Foto an diesen Server senden?",
      yes: "Senden",
      no: "Nicht jetzt",
    },
    where:
      "Der Knopf mit dem kleinen Lämpchen, oben auf der Seite, sagt, was läuft. Dort nimmst du dies zurück.",
    dropped: { title: "Ein Foto oder Video lesen?", yes: "Dieses lesen", no: "Nicht jetzt" },
    versions: consents,
  },

  reading: {
    title: "Was dein Gesicht zeigt",
    asking: "Dein Browser fragt, ob diese Seite die Kamera benutzen darf. Sag dort Ja.",
    looking: "Ich schaue",
    photoLooking: "Ich lese das Foto",
    looks: (label, how) => `Dein Gesicht wirkt ${expression(label)}, ${how}.`,
    unsure: "Ich bin nicht sicher, was dein Gesicht zeigt. Berühre stattdessen die Karte.",
    question: "Ein Ausdruck ist kein Gefühl. Wenn es nicht stimmt, sag es.",
    correct: "So fühle ich mich nicht",
    corrected:
      "Danke. Ich lege das beiseite und lasse dein Gesicht eine Minute in Ruhe. Berühre die Karte, um es mir zu sagen.",
    nothingRead: "Von deinem Gesicht wurde nichts gelesen. Berühre die Karte, um es mir zu sagen.",
    outweighed: "Du hast es selbst anders gesagt, und das zählt mehr.",
    muted: "Ich lasse dein Gesicht vorerst in Ruhe. Berühre die Karte, um es mir zu sagen.",
    noFaceNow: "Ich sehe kein Gesicht. Komm vor die Linse, oder berühre die Karte.",
    tooDark:
      "Ich kann es nicht sagen: es ist zu dunkel hier. Dreh dich zum Licht, oder berühre die Karte.",
    black:
      "Ich sehe nichts: vielleicht ist die Linse verdeckt. Deck sie auf, mach Licht, oder berühre die Karte.",
    onAir: { device: "Kamera an", server: "Liest dieser Server", none: "" },
    gettingLabel: "Was dein Gesicht liest",
    getting: (share) =>
      share < 1
        ? `Hole, was dein Gesicht liest: ${say.percent(Math.min(share, 0.99))}`
        : "Gleich so weit",
    noFace: "Ich sehe kein Gesicht auf diesem Foto. Nimm eines, auf dem du zur Linse schaust.",
    others: (n) =>
      n === 1
        ? "Ich lese nur das größte Gesicht, nicht das andere."
        : `Ich lese nur das größte Gesicht, nicht die ${n} anderen.`,
    unreadToo: (n) =>
      n === 1
        ? "Da ist noch ein Gesicht, das ich nicht lesen konnte."
        : `Da sind noch ${n} Gesichter, die ich nicht lesen konnte.`,
    othersUnread: (n) =>
      n === 1
        ? "Ich schaue nur auf das größte Gesicht, nicht auf das andere."
        : `Ich schaue nur auf das größte Gesicht, nicht auf die ${n} anderen.`,
    preview: "Deine Kamera, gespiegelt",
    photo: "Dein Foto",
    close: "Das Foto weglegen",
    askServer: "Diesen Server lesen lassen",
    photoUnread:
      "Wähle es noch einmal, oder lass es diesen Server lesen. Die Karte geht auf jeden Fall.",
    notAPicture: "Diese Datei ist kein Bild, das dieser Browser öffnen kann.",
    notAPictureRemedy: "Wähle eine JPEG-, PNG- oder WebP-Datei.",
    neither: "Diese Datei ist weder ein Bild noch ein Video.",
    neitherRemedy: "Wähle ein Bild (JPEG, PNG, WebP) oder ein Video (MP4, WebM).",
  },

  video: {
    title: "Ein Video, Sekunde für Sekunde",
    stays: "Das Video bleibt auf diesem Gerät. Ein Ausdruck ist kein Gefühl.",
    opening: "Öffne das Video",
    fetching: (share) =>
      share < 1
        ? `Hole, was dein Gesicht liest: ${say.percent(Math.min(share, 0.99))}`
        : "Gleich so weit",
    reading: (now, all) => `Lese: ${now} von ${all}`,
    waiting: "Warte, solange diese Seite nicht zu sehen ist.",
    done: "Alles ist gelesen.",
    stopped: (now) => `Angehalten bei ${now}.`,
    stop: "Hier anhalten",
    preview: "Das Video im gewählten Augenblick",
    moment: "Augenblick",
    chart: "Wie das Gesicht über die Zeit wirkt",
    pleasantness: { high: "angenehm", low: "unangenehm" },
    wakefulness: { high: "hellwach", low: "schläfrig" },
    looks: expression,
    unsure: "schwer zu sagen",
    whys: {
      nobody: "niemand zu sehen",
      small: "zu klein zum Lesen",
      dark: "zu dunkel zum Lesen",
      blurred: "zu unscharf zum Lesen",
      turned: "zu weit abgewandt",
      covered: "zu sehr verdeckt",
    },
    notRead: "nicht gelesen",
    list: "Das Video in Teilen",
    span: (from, to) => `${from} bis ${to}`,
    said: (clock, words) => `${clock}, ${words}`,
    nobody: "In diesem Video war kein Gesicht. Nimm eines, in dem jemand zur Linse schaut.",
    play: "Musik für diesen Augenblick spielen",
    noMusic: "Hier wurde nichts gelesen. Wähle einen anderen Augenblick.",
    played: (clock) => `Musik für ${clock}.`,
    unreadable: "Dieser Browser kann das Video nicht öffnen.",
    unreadableRemedy: "Wähle MP4 oder WebM, oder speichere es neu in einem davon.",
    torn: "Hier bricht das Video ab.",
    tornRemedy:
      "Was davor gelesen wurde, steht unten. Speichere oder lade es noch einmal für den Rest.",
    unreadHere:
      "Wähle es noch einmal, oder öffne diese Seite in einem anderen Browser. Die Karte geht auf jeden Fall.",
    soundOnly: "In dieser Datei ist kein Bild, nur Ton.",
    empty: "Die Datei ist leer.",
    chooseVideo: "Wähle ein Video mit Bild, als MP4 oder WebM.",
    long: (minutes) => `Das Video ist länger als ${minutesOf(minutes)}.`,
    longRemedy: "Schneide den Teil heraus, der dir wichtig ist, und wähle den.",
  },

  card: { title: "Was dies kann und was nicht" },

  camera: {
    denied: "Der Browser lässt diese Seite die Kamera nicht benutzen.",
    deniedRemedy: "Erlaube es neben der Adresse, wenn du magst. Die Karte geht auch ohne.",
    missing: "Hier ist keine Kamera.",
    missingRemedy: "Schließ eine an, lies ein Foto, oder berühre die Karte.",
    busy: "Ein anderes Programm benutzt die Kamera.",
    busyRemedy: "Schließ es und versuch es noch einmal. Die Karte geht solange.",
    unplugged: "Die Kamera ist weg.",
    unpluggedRemedy: "Steck sie ein und schalte sie wieder an. Die Musik geht weiter.",
    mute: "Die Kamera sendet kein Bild.",
    muteRemedy: "Sieh nach, ob sie verdeckt oder ausgeschaltet ist. Die Karte geht solange.",
    unsupported: "Die Kamera braucht eine sichere Adresse.",
    unsupportedRemedy:
      "Öffne diese Seite unter http://127.0.0.1 oder mit https. Die Karte geht auf jeden Fall.",
  },

  doubts: {
    small: "Dein Gesicht ist zu klein im Bild, um es zu lesen. Komm etwas näher.",
    dark: "Es ist zu dunkel, um dein Gesicht zu lesen. Eine Lampe vor dir hilft.",
    blurred: "Dein Gesicht ist zu unscharf. Halt still, oder wisch die Linse ab.",
    turned: "Du bist zu weit abgewandt, um dein Gesicht zu lesen. Schau zur Kamera.",
    covered: "Zu viel von deinem Gesicht ist verdeckt. Mach Augen und Mund frei.",
  },

  engine: {
    "no-simd": {
      problem: "Dieser Browser ist zu alt, um dein Gesicht selbst zu lesen.",
      remedy:
        "Wähle „Auf diesem Server“ unter Sensoren, nimm einen neueren Browser, oder berühre die Karte.",
    },
    blocked: {
      problem: "Dieser Browser lässt die Seite dein Gesicht nicht selbst lesen.",
      remedy:
        "Vielleicht steht ein Blocker im Weg. Wähle „Auf diesem Server“ unter Sensoren, oder berühre die Karte.",
    },
    download: {
      problem: "Was dein Gesicht liest, ist nicht ganz angekommen.",
      remedy: "Schalte die Kamera noch einmal an; was da ist, bleibt. Die Karte geht solange.",
    },
    corrupt: {
      problem: "Was dein Gesicht liest, ist immer wieder beschädigt angekommen.",
      remedy: "Lade die Seite neu und versuch es noch einmal. Die Karte geht solange.",
    },
    crashed: {
      problem: "Das Lesen deines Gesichts hat von selbst aufgehört.",
      remedy:
        "Schalte die Kamera noch einmal an, oder wähle „Auf diesem Server“ unter Sensoren. Die Karte geht weiter.",
    },
  },

  player: {
    behind: "Gewählt, bevor du dich bewegt hast. Das nächste folgt dir.",
    label: "Es spielt",
    empty: "Noch spielt nichts.",
    elsewhere: "Die Musik geht in einer anderen Seite weiter.",
    lingering: "Das letzte Stück spielt noch.",
    play: "Abspielen",
    pause: "Pause",
    next: "Weiter",
    like: "Gefällt mir",
    liked: "Gefällt dir",
    notNow: "Nicht jetzt",
    why: "Warum",
    whyRest: " dieses Stück",
    more: "Weitere Antworten",
    fits: "Es passt",
    neverTrack: "Nie wieder dieses Stück",
    neverArtist: (artist) => `Nichts mehr von ${artist}`,
    seek: "Stelle",
    position: (now, all) => `${now} von ${all}`,
    volume: "Lautstärke",
    blocked: "Dein Browser wartet auf einen Klick, bevor er etwas hören lässt.",
    blockedPlay: "Musik abspielen",
    waiting: "Hole den Ton",
    unplayable: (title) => `„${title}“ ließ sich nicht abspielen.`,
    goingOn: "Weiter mit dem nächsten.",
    givenUp: "Drei Stücke hintereinander ließen sich nicht abspielen.",
    givenUpRemedy:
      "Drück auf Abspielen, um es noch einmal zu versuchen, oder sieh in die Sammlung.",
    nowPlaying: (title, artist) => (artist ? `Jetzt: ${title} von ${artist}.` : `Jetzt: ${title}.`),
    unknownArtist: "Interpret nicht angegeben",
  },

  queue: {
    title: "Danach",
    empty: "Was als Nächstes kommt, erscheint hier.",
    none: "Sonst wartet nichts.",
    pinnedMark: "bleibt hier",
    more: (title) => `„${title}“ ändern`,
    up: "Nach oben",
    down: "Nach unten",
    pin: "Hier lassen",
    unpin: "Darf sich ändern",
    remove: "Herausnehmen",
  },

  library: {
    open: "Sammlung",
    title: "Deine Musik",
    search: "Suche nach Titel, Interpret oder Album",
    count: (n) => say.several(n, { one: "# Stück", other: "# Stücke" }),
    noMatch: (words) => `Nichts hier heißt „${words}“.`,
    clear: "Alles zeigen",
    empty: "Hier ist noch keine Musik.",
    command: "affetto library scan ~/Music",
    again: "Noch einmal nachsehen",
    waiting: "Hole die Liste",
  },

  settings: { open: "Einstellungen" },

  keys: {
    open: "Tasten",
    title: "Tasten",
    guide: "Noch einmal die ersten Schritte",
    list: [
      ["Leertaste", "abspielen oder anhalten"],
      ["→", "nächstes Stück"],
      ["←", "zurück an den Anfang"],
      ["1 2 3 4 5", "Mitgehen, Heben, Ruhe, Fokus, Schlaf"],
      ["M", "die Stimmungskarte; Pfeile bewegen dich dort"],
      ["L", "gefällt mir"],
      ["N", "nicht jetzt"],
      ["F", "so fühle ich mich nicht"],
      ["U", "das Letzte zurücknehmen"],
      ["?", "diese Liste"],
      ["Esc Esc", "alle Sensoren aus"],
    ],
  },

  house: {
    away: "Der Server ist nicht da.",
    awayPlaying: "Die Musik geht weiter; ich klopfe immer wieder an.",
    awayQuiet:
      "Ich klopfe immer wieder an. Falls du ihn angehalten hast, starte ihn mit: affetto serve",
    couldNot: "Das konnte der Server nicht.",
    couldNotRemedy: "Versuch es noch einmal; bleibt es so, sieh in die Meldungen des Servers.",
    retry: "Jetzt versuchen",
    newer: "Eine neuere Fassung dieser Seite ist da.",
    renew: "Damit weitermachen",
    own: "Stücke auf diesem Gerät",
    back: "Der Server ist wieder da.",
    ended: "Diese Sitzung wurde beendet.",
    endedRemedy: "Berühre die Karte, um eine neue zu beginnen.",
    waiting: "Ich mache die Tür auf",
    noMusic: "Hier ist noch keine Musik.",
    noMusicRemedy: "Füge in der Sammlung einen Ordner hinzu und berühre dann die Karte.",
  },

  back: "Zurück",
  close: "Schließen",
  dismiss: "Ausblenden",
  again: "Noch einmal versuchen",
};
