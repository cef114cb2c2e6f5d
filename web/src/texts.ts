/**
 * Every word the page says, in one place. Short, plain, kind; no exclamation marks.
 *
 * This is the English; `languages/` has the other languages, of the same shape, and what is
 * read from `texts` is in the one that is spoken. Sheets that come later have their words
 * beside them, in a file of their own.
 */
import type { Goal } from "./api/types";
import { spoken } from "./languages/spoken";
import { english as tongue } from "./languages/tongue";

const { percent, several } = tongue;

const EXPRESSIONS: Record<string, string> = {
  angry: "angry",
  disgust: "disgusted",
  fear: "afraid",
  happy: "happy",
  sad: "sad",
  surprise: "surprised",
  neutral: "neutral",
};

function sure(confidence: number): string | null {
  if (confidence >= 0.8) return "quite sure";
  if (confidence >= 0.5) return "fairly sure";
  if (confidence >= 0.3) return "not very sure";
  return null;
}

function degree(amount: number, word: string, opposite: string): string {
  const size = Math.abs(amount);
  const name = amount > 0 ? word : opposite;
  if (size < 0.15) return "";
  if (size < 0.35) return `a little ${name}`;
  if (size < 0.7) return `fairly ${name}`;
  return `very ${name}`;
}

function place(valence: number, arousal: number): string {
  const tone = degree(valence, "pleasant", "unpleasant") || "neither pleasant nor unpleasant";
  const glad = valence >= -0.1;
  let pace = "";
  if (arousal > 0.7) pace = glad ? "wide awake" : "very tense";
  else if (arousal > 0.25) pace = glad ? "lively" : "tense";
  else if (arousal < -0.7) pace = "drowsy";
  else if (arousal < -0.25) pace = glad ? "calm" : "low";
  return pace ? `${tone}, ${pace}` : tone;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const english = {
  name: "affetto",
  title: "How do you feel?",
  invitation: "Touch the map where you are, and music begins.",
  orJustPlay: "Or just play something",
  liveRegion: "News",

  /** How sure a reading is; null when it is not worth saying. */
  sure,
  /** A place on the map as one says it: "fairly pleasant, calm". */
  place,
  /** An expression by the word for it. */
  expression: (label: string) => EXPRESSIONS[label] ?? label,

  map: {
    label: "Mood map",
    role: "mood map",
    help: "Arrow keys move you; Enter says it again.",
    north: "wide awake",
    south: "drowsy",
    west: "unpleasant",
    east: "pleasant",
    corners: { tense: "tense", excited: "excited", sad: "sad", calm: "calm" },
    you: "you",
    toward: "toward",
    now: "now",
    next: "next",
    key: "What the marks mean",
    unknown: "not known yet",
    here: (words: string) => `You: ${words}`,
    both: "you, toward",
  },

  goals: {
    label: "Where should the music go?",
    match: "Match",
    lift: "Lift",
    calm: "Calm",
    focus: "Focus",
    sleep: "Sleep",
    place: "A place",
    hints: {
      match: "with you",
      lift: "brighter",
      calm: "quieter",
      focus: "steady",
      sleep: "softer",
      place: "where you point",
    } satisfies Record<Goal, string>,
    said: (goal: Goal) => `Music will ${GOAL_SENTENCES[goal]}.`,
  },

  /** What a track's mood is called where one word has to do. */
  moods: {
    angry: "angry",
    happy: "happy",
    sad: "sad",
    calm: "calm",
    awake: "awake",
    drowsy: "drowsy",
    pleasant: "pleasant",
    unpleasant: "unpleasant",
    "in the middle": "in the middle",
  } as Record<string, string>,

  /** The reason for a track, told from its terms where the server's own is not understood. */
  because: {
    picked: "You picked this one yourself.",
    unheard: "We have not listened to this one yet.",
    counted: (what: readonly string[]) => `What counted most: ${tongue.list(what)}.`,
    /** The terms of `affetto.recommending.scoring`, by their names. */
    terms: {
      taste: "it is your kind of music",
      told: "you told me you like it",
      artist: "you like its artist",
      track: "you liked it before",
      others: "others like it, too",
      nearer: "it leads toward where you want to be",
      closeness: "it lies close to where you want to be",
      transition: "it follows smoothly on the last one",
      variety: "it is something different again",
      novelty: "how new it is suits you",
      chance: "it is a try, to learn what you like",
      turn: "it was its turn",
    } as Record<string, string>,
  },

  undo: "Undo",
  undone: "Taken back.",
  nothingToUndo: "There is nothing to take back.",
  acts: {
    liked: (title: string) => `You like “${title}”.`,
    unliked: (title: string) => `The like of “${title}” is taken back.`,
    fits: (title: string) => `“${title}” fits this moment.`,
    not_now: (title: string) => `Not now: “${title}”.`,
    never: (title: string) => `Never again: “${title}”.`,
    neverArtist: (artist: string) => `Never again: anything by ${artist}.`,
    pinned: (title: string) => `“${title}” stays where it is.`,
    unpinned: (title: string) => `“${title}” may change again.`,
    removed: (title: string) => `“${title}” is out of the queue.`,
    moved: (title: string, place: number) => `“${title}” is number ${place} now, and stays there.`,
  },

  intents: {
    open: "What is it for?",
    lift: "Let dark, restless music go on as long as it likes",
    label: "What the music is for",
    chosen: {
      keep: "For: keep me here",
      rest: "For: rest me",
      comfort: "For: comfort me",
      release: "For: let it out",
      think: "For: let me think",
      distract: "For: take my mind off it",
      intensify: "For: more of this",
      go: "For: get me going",
    },
    each: {
      keep: "Keep me here",
      rest: "Rest me",
      comfort: "Comfort me",
      release: "Let it out",
      think: "Let me think",
      distract: "Take my mind off it",
      intensify: "More of this",
      go: "Get me going",
    },
  },

  journey: {
    title: "Your journey",
    draw: "Draw a way",
    drawing: "Draw on the map, from where you are to where you want to be.",
    sheet: "A sheet over the mood map, to draw a way on",
    help: "Arrow keys move the pen, space sets a point, Enter ends the way, Escape leaves it.",
    invitation: "Draw from where you are to where you want to be.",
    penAt: (place: string, points: number) =>
      points
        ? `Pen: ${place}. ${several(points, { one: "# point", other: "# points" })}.`
        : `Pen: ${place}.`,
    ends: (from: string, to: string) => `From ${from} to ${to}.`,
    howLong: "In how many minutes?",
    minutes: (n: number) => `${n} minutes`,
    setOut: "Set out",
    again: "Draw again",
    leave: "Leave it",
    under: (from: string, to: string, minutes: number) =>
      `From ${from} to ${to}, in ${minutes} minutes.`,
    step: (now: number, all: number) => `Song ${now} of ${all}. Planned again after each song.`,
    progress: "How far you have come",
    arrived: "You have arrived.",
    arrivedAt: (place: string) =>
      `${capital(place)}, where you wanted to go. The music stays here.`,
    plan: "The plan, song by song",
    planNow: "now",
    planIn: (minutes: number) => `in ${minutes} min`,
    planFrom: (minutes: number) => `from ${minutes} min`,
    planOpen: (n: number) => several(n, { one: "# song", other: "# songs" }),
    planToward: (place: string) => `chosen on the way, toward ${place}`,
    planAnywhere: "chosen on the way",
    begun: (minutes: number) => `On the way, for ${minutes} minutes.`,
    end: "End the journey",
    another: "Draw another",
    planned: "planned",
    achieved: "you, so far",
  },

  sensing: {
    label: "Other ways to say it",
    photo: "Photo or video",
    camera: "Camera",
    cameraStop: "Stop the camera",
    drop: "Drop the photo or video to have it read.",
    lamp: {
      off: "Sensors off",
      on: "Camera on",
      asking: "Asking for the camera",
      unsure: "Camera on, not sure",
      paused: "Camera paused",
    },
    sheet: "Sensors",
    openSheet: "What the sensors do, and how to stop them",
    where: {
      title: "Where your face is read",
      device: "On this device",
      server: "On this server",
      none: "No camera",
      hints: {
        device:
          "The picture never leaves this browser. One small reading goes to the server every two seconds.",
        server:
          "For weak devices: two small pictures a second go to this server’s memory and nowhere else.",
        none: "The map is all it takes. The camera cannot be switched on by mistake.",
      },
    },
    modelMissing: "No face model is installed, so pictures cannot be read. The map works as ever.",
    cameraOff: "The camera is off.",
    cameraOn: {
      device: "The camera is on. Your device reads the picture; nobody else sees it.",
      server: "The camera is on. Two small pictures a second are read by the server and dropped.",
      none: "",
    },
    cameraPaused: "Paused while this page is out of sight.",
    lastReading: "Last reading",
    noReading: "Nothing has been read yet.",
    belief: "What the mood rests on",
    sources: { self: "your word", face: "your face" } as Record<string, string>,
    allOff: "Switch every sensor off",
    allOffDone: "Every sensor is off.",
    withdraw: {
      camera: "Take back consent: camera",
      "camera-server": "Take back consent: camera, read on the server",
      photo: "Take back consent: photos and videos",
      "photo-server": "Take back consent: photos, read on the server",
    },
    withdrawn: {
      camera: "Taken back. You will be asked again before anything is read.",
      "camera-server": "Taken back. You will be asked again before anything is sent.",
      photo: "Taken back. You will be asked again before anything is read.",
      "photo-server": "Taken back. You will be asked again before anything is sent.",
      "keep-readings": "Taken back. Nothing more is kept.",
    },
    notWithdrawn: {
      camera: "The camera is off, but the server did not take your consent back.",
      "camera-server": "The camera is off, but the server did not take your consent back.",
      photo: "The photo is put away, but the server did not take your consent back.",
      "photo-server": "The photo is put away, but the server did not take your consent back.",
      "keep-readings": "The server did not take it in: readings are still kept.",
    },
    withdrawAgain: "Take it back again when the server answers.",
    keep: "Keeping what was read",
    keepOn: "Keep readings",
    keepOff: "Keep readings no more",
    kept: "You agreed: readings are kept.",
    notKept: "Nothing is kept unless you agree.",
    noConsents: "You have agreed to no sensor.",
  },

  consent: {
    camera: { title: "Use the camera?", yes: "Use the camera", no: "Not now" },
    "camera-server": {
      title: "Send pictures to this server?",
      yes: "Send pictures",
      no: "Not now",
    },
    photo: { title: "Read a photo or video?", yes: "Choose one", no: "Not now" },
    "photo-server": { title: "Send the photo to this server?", yes: "Send it", no: "Not now" },
    where:
      "The button with the small lamp, at the top of the page, says what runs. There you take this back.",
    dropped: { title: "Read a photo or video?", yes: "Read this one", no: "Not now" },
    /** Translations of what is agreed to, by the version of the server's English text. */
    versions: {} as Record<string, string[]>,
  },

  reading: {
    title: "What your face shows",
    asking: "Your browser asks whether this page may use the camera. Say yes there.",
    looking: "Looking",
    photoLooking: "Reading the photo",
    looks: (expression: string, sure: string) =>
      `Your face looks ${EXPRESSIONS[expression] ?? expression}, ${sure}.`,
    unsure: "I am not sure what your face shows. Touch the map instead.",
    question: "An expression is not a feeling. If it is wrong, say so.",
    correct: "Not how I feel",
    corrected:
      "Thank you. I set that aside and leave your face alone for a minute. Touch the map to tell me.",
    nothingRead: "Nothing was read from your face. Touch the map to tell me.",
    outweighed: "You told me otherwise yourself, and that counts more.",
    muted: "I leave your face alone for now. Touch the map to tell me.",
    noFaceNow: "I see no face. Come before the lens, or touch the map.",
    tooDark: "I can’t tell: it is too dark here. Turn toward a light, or touch the map.",
    black:
      "I can’t see anything: the lens may be covered. Uncover it, turn on a light, or touch the map.",
    onAir: { device: "Camera on", server: "Read by this server", none: "" },
    gettingLabel: "What reads your face",
    getting: (share: number) =>
      share < 1
        ? `Fetching what reads your face: ${percent(Math.min(share, 0.99))}`
        : "Getting ready",
    noFace: "I see no face in this photo. Try one where you look toward the lens.",
    others: (n: number) =>
      n === 1
        ? "I read the largest face only, not the other."
        : `I read the largest face only, not the other ${n}.`,
    unreadToo: (n: number) =>
      n === 1
        ? "There is another face that I could not read."
        : `There are ${n} other faces that I could not read.`,
    othersUnread: (n: number) =>
      n === 1
        ? "I look at the largest face only, not at the other."
        : `I look at the largest face only, not at the other ${n}.`,
    preview: "Your camera, mirrored",
    photo: "Your photo",
    close: "Put the photo away",
    askServer: "Let this server read it",
    photoUnread: "Choose it again, or let this server read it. The map works anyway.",
    notAPicture: "That file is no picture that this browser can open.",
    notAPictureRemedy: "Choose a JPEG, PNG or WebP file.",
    neither: "That file is neither a picture nor a video.",
    neitherRemedy: "Choose a JPEG, PNG or WebP picture, or an MP4 or WebM video.",
  },

  video: {
    title: "A video, second by second",
    stays: "The video stays on this device. An expression is not a feeling.",
    opening: "Opening the video",
    fetching: (share: number) =>
      share < 1
        ? `Fetching what reads your face: ${percent(Math.min(share, 0.99))}`
        : "Getting ready",
    reading: (now: string, all: string) => `Reading: ${now} of ${all}`,
    waiting: "Waiting while this page is out of sight.",
    done: "All of it is read.",
    stopped: (now: string) => `Stopped at ${now}.`,
    stop: "Stop here",
    preview: "The video at the moment chosen",
    moment: "Moment",
    chart: "How the face looks over time",
    pleasantness: { high: "pleasant", low: "unpleasant" },
    wakefulness: { high: "wide awake", low: "drowsy" },
    looks: (expression: string) => EXPRESSIONS[expression] ?? expression,
    unsure: "hard to tell",
    whys: {
      nobody: "nobody in sight",
      small: "too small to read",
      dark: "too dark to read",
      blurred: "too blurred to read",
      turned: "turned too far away",
      covered: "too covered to read",
    } as Record<string, string>,
    notRead: "not read",
    list: "The video in parts",
    span: (from: string, to: string) => `${from} to ${to}`,
    said: (clock: string, words: string) => `${clock}, ${words}`,
    nobody: "No face was seen in this video. Try one where somebody looks toward the lens.",
    play: "Play music for this moment",
    noMusic: "Nothing was read here. Choose another moment.",
    played: (clock: string) => `Music for ${clock}.`,
    unreadable: "This browser cannot open that video.",
    unreadableRemedy: "Choose an MP4 or WebM, or save it again in one of these.",
    torn: "The video breaks off here.",
    tornRemedy: "What was read before stands below. Save or download it again for the rest.",
    unreadHere: "Choose it again, or open this page in another browser. The map works anyway.",
    soundOnly: "There is no picture in this file, only sound.",
    empty: "The file is empty.",
    chooseVideo: "Choose a video with a picture, as MP4 or WebM.",
    long: (minutes: number) => `The video is longer than ${minutes} minutes.`,
    longRemedy: "Cut out the part you care for and choose that.",
  },

  /** The rest of the card comes with it: cardWords.ts. */
  card: { title: "What this can and cannot do" },

  camera: {
    denied: "The browser does not let this page use the camera.",
    deniedRemedy: "Allow it beside the address if you like. The map works without it.",
    missing: "There is no camera here.",
    missingRemedy: "Plug one in, read a photo, or touch the map.",
    busy: "Another program is using the camera.",
    busyRemedy: "Close it and try again. The map works meanwhile.",
    unplugged: "The camera went away.",
    unpluggedRemedy: "Plug it in and switch it on again. The music goes on.",
    mute: "The camera sends no picture.",
    muteRemedy: "Look whether it is covered or switched off. The map works meanwhile.",
    unsupported: "The camera needs a safe address.",
    unsupportedRemedy: "Open this page at http://127.0.0.1 or by https. The map works anyway.",
  },

  /** Why a face was not read, as `affetto.senses.face_doubt` says it. */
  doubts: {
    small: "Your face is too small in the picture to read. Come a little closer.",
    dark: "It is too dark to read your face. A lamp in front of you helps.",
    blurred: "Your face is too blurred to read. Hold still, or wipe the lens.",
    turned: "You are turned too far away to read your face. Look towards the camera.",
    covered: "Too much of your face is hidden to read it. Uncover your eyes and mouth.",
  },

  engine: {
    "no-simd": {
      problem: "This browser is too old to read your face itself.",
      remedy: "Choose “On this server” under Sensors, use a newer browser, or touch the map.",
    },
    blocked: {
      problem: "This browser does not let the page read your face itself.",
      remedy:
        "A blocker may stand in the way. Choose “On this server” under Sensors, or touch the map.",
    },
    download: {
      problem: "What reads your face did not arrive whole.",
      remedy: "Switch the camera on again; what has arrived is kept. The map works meanwhile.",
    },
    corrupt: {
      problem: "What reads your face arrived damaged, again and again.",
      remedy: "Reload the page and try once more. The map works meanwhile.",
    },
    crashed: {
      problem: "The reading of your face stopped by itself.",
      remedy:
        "Switch the camera on again, or choose “On this server” under Sensors. The map works on.",
    },
  },

  player: {
    behind: "Chosen before you moved. The next one follows you.",
    label: "Now playing",
    empty: "Nothing plays yet.",
    elsewhere: "The music goes on in another page.",
    lingering: "The last track plays on.",
    play: "Play",
    pause: "Pause",
    next: "Next",
    like: "Like",
    liked: "Liked",
    notNow: "Not now",
    why: "Why",
    whyRest: " this song",
    more: "More answers",
    fits: "It fits",
    neverTrack: "Never this song again",
    neverArtist: (artist: string) => `Nothing by ${artist} again`,
    seek: "Position",
    position: (now: string, all: string) => `${now} of ${all}`,
    volume: "Volume",
    blocked: "Your browser waits for a click before it makes a sound.",
    blockedPlay: "Play the music",
    waiting: "Fetching the sound",
    unplayable: (title: string) => `“${title}” would not play.`,
    goingOn: "Going on to the next one.",
    givenUp: "Three tracks in a row would not play.",
    givenUpRemedy: "Press play to try again, or look at the library.",
    nowPlaying: (title: string, artist: string) =>
      artist ? `Now: ${title} by ${artist}.` : `Now: ${title}.`,
    unknownArtist: "Artist not tagged",
  },

  queue: {
    title: "Next",
    empty: "What comes next appears here.",
    none: "Nothing else is waiting.",
    pinnedMark: "stays here",
    more: (title: string) => `Change “${title}”`,
    up: "Move up",
    down: "Move down",
    pin: "Keep it here",
    unpin: "Let it change",
    remove: "Remove",
  },

  library: {
    open: "Library",
    title: "Your music",
    search: "Search title, artist or album",
    count: (n: number) => several(n, { one: "# track", other: "# tracks" }),
    noMatch: (words: string) => `Nothing here is called “${words}”.`,
    clear: "Show everything",
    empty: "There is no music here yet.",
    command: "affetto library scan ~/Music",
    again: "Look again",
    waiting: "Fetching the list",
  },

  settings: { open: "Settings" },

  keys: {
    open: "Keys",
    title: "Keys",
    guide: "The first steps again",
    list: [
      ["Space", "play or pause"],
      ["→", "next track"],
      ["←", "back to its beginning, then to the one before"],
      ["1 2 3 4 5", "match, lift, calm, focus, sleep"],
      ["M", "the mood map; arrows move you there"],
      ["L", "like"],
      ["N", "not now"],
      ["F", "not how I feel"],
      ["U", "take the last act back"],
      ["?", "this list"],
      ["Esc Esc", "every sensor off"],
    ],
  },

  house: {
    away: "The server is away.",
    awayPlaying: "The music goes on; I keep knocking.",
    awayQuiet: "I keep knocking. If you stopped it, start it again with: affetto serve",
    couldNot: "The server could not do that.",
    couldNotRemedy: "Try again; if it goes on, look at the server’s messages.",
    retry: "Try now",
    newer: "A newer version of this page is here.",
    renew: "Go on with it",
    own: "Songs on this device",
    back: "The server is back.",
    ended: "This session was ended.",
    endedRemedy: "Touch the map to begin another.",
    waiting: "Opening the door",
    noMusic: "There is no music here yet.",
    noMusicRemedy: "Add a folder in the library, then touch the map.",
  },

  back: "Back",
  close: "Close",
  dismiss: "Dismiss",
  again: "Try again",
};

export const texts = spoken("texts", english);

export const sureness = (confidence: number) => texts.sure(confidence);
export const placeWords = (valence: number, arousal: number) => texts.place(valence, arousal);
export const expressionWord = (label: string) => texts.expression(label);

const GOAL_SENTENCES: Record<Goal, string> = {
  match: "stay with how you feel",
  lift: "lead somewhere brighter",
  calm: "lead somewhere quieter",
  focus: "be steady and out of the way",
  sleep: "grow slower and softer",
  place: "lead where you pointed",
};
