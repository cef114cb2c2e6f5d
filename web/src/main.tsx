/** Puts the room together and opens its door. */
// The ground of every style comes first, so that features may differ from it.
import { heard } from "./languages/heard";
import "./ui/tokens.css";
import "./ui/base.css";

import { computed, effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./App";
import { createApi } from "./api/client";
import { keepKnown, known } from "./api/known";
import { createProvidersApi } from "./api/providers";
import { createOutlet } from "./features/connections/outlet";
import { createJourney } from "./features/journey/journey";
import { tellMachine } from "./features/player/mediaSession";
import { createPlayer, PlayerContext } from "./features/player/player";
import { createCamera } from "./features/sensing/camera";
import type { Eyes } from "./features/sensing/eyes";
import { laterVideos } from "./features/sensing/laterVideos";
import { lazyEyes } from "./features/sensing/lazyEyes";
import { createPhotoReader } from "./features/sensing/photo";
import { createReadingPlace } from "./features/sensing/place";
import { createKeeping } from "./keeping";
import { begin } from "./languages/language";
import { createListening } from "./listening";
import { openLive } from "./live";
import { keepOneVoice } from "./oneVoice";
import { createPlace } from "./place";
import { bringEngine, openLazily } from "./reading/lazily";
import { createShelf } from "./reading/shelf";
import { createSound } from "./sound";
import { createAnnouncer } from "./ui/announcer";
import { keepFocus } from "./ui/keepFocus";
import { createTheme } from "./ui/theme";

const words = begin(); // fetched beside everything else
const audio = () => {
  const element = document.createElement("audio");
  element.preload = "auto";
  document.body.append(element);
  return element;
};
const decks = [audio(), audio()] as const; // they take turns

const announcer = createAnnouncer();
const outlet = createOutlet({
  api: createProvidersApi(),
  onTrouble: ({ problem, remedy }) => {
    listening.notice.value = { text: heard(problem), remedy: heard(remedy), tone: "trouble" };
  },
});
const listening = createListening({
  api: createApi(),
  known: known(),
  announcer,
  createSound: (options) =>
    outlet.over(
      createSound(decks, {
        ...options,
        onFollowed(address) {
          outlet.followed();
          options.onFollowed(address);
        },
      }),
    ),
  openLive,
  place: createPlace(() => sessionStorage),
});
const where = createReadingPlace(() => localStorage);
const shelf = createShelf(openLazily);
let both: Promise<Record<"device" | "server", Eyes>> | null = null;
const bring = (which: "device" | "server") => async () => {
  if (which === "device") bringEngine().catch(() => undefined); // beside the eyes, not after
  both ??= import("./features/sensing/bothEyes").then(({ createBothEyes }) =>
    createBothEyes({ shelf, sense: listening.sense, send: listening.sendFrame }),
  );
  both.catch(() => {
    both = null; // the next asking tries anew
  });
  return (await both)[which];
};
const onDevice = lazyEyes(bring("device"));
const onServer = lazyEyes(bring("server"));
const camera = createCamera({
  media: navigator.mediaDevices,
  page: document,
  eyes: () => (where.value.value === "server" ? onServer : onDevice),
});
listening.onReading(camera.hear);
listening.onSounds(outlet.hear);
effect(() => {
  if (!listening.away.value) void outlet.look(); // it may have changed while nobody was there to hear
});
const photos = createPhotoReader({
  api: listening.api,
  shelf,
  onServer: () => where.value.value === "server",
  feel: listening.feel,
});
const videos = laterVideos(async () => {
  const [{ createVideoReader }, { openFilm }] = await Promise.all([
    import("./features/sensing/video"),
    import("./features/sensing/film"),
  ]);
  return createVideoReader({ shelf, openFilm, page: document });
});
const keeping = createKeeping();
effect(() => {
  if (!listening.away.value) void keeping.look(); // a server that began anew may bring a newer page
});
effect(() => {
  const house = listening.house.value;
  if (house) keepKnown({ house, consents: listening.consents.value });
});
const look = createTheme(computed(() => listening.session.value?.mood ?? null));
const player = createPlayer({ listening, onSilence: camera.stop });
tellMachine(listening);
keepOneVoice({ playing: outlet.here, yieldTo: listening.yieldTo });
keepFocus();
void listening.open();
// Not awaited up here: a language's file may need what is in this one, and would wait for it.
void words.then(() =>
  render(
    <PlayerContext.Provider value={player}>
      <App
        listening={listening}
        journey={createJourney(listening)}
        camera={camera}
        where={where}
        photos={photos}
        videos={videos}
        look={look}
        keeping={keeping}
        outlet={outlet}
        announcer={announcer}
      />
    </PlayerContext.Provider>,
    document.getElementById("room") as HTMLElement,
  ),
);
