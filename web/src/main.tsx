/** Puts the room together and opens its door. */
// The ground of every style comes first, so that features may differ from it.
import "./ui/tokens.css";
import "./ui/base.css";

import { computed } from "@preact/signals";
import { render } from "preact";
import { App } from "./App";
import { createApi } from "./api/client";
import { tellMachine } from "./features/player/mediaSession";
import { createCamera } from "./features/sensing/camera";
import { createDeviceEyes, createGrabber, createServerEyes } from "./features/sensing/eyes";
import { openFilm } from "./features/sensing/film";
import { createPhotoReader } from "./features/sensing/photo";
import { createReadingPlace } from "./features/sensing/place";
import { createVideoReader } from "./features/sensing/video";
import { createListening } from "./listening";
import { openLive } from "./live";
import { keepOneVoice } from "./oneVoice";
import { createPlace } from "./place";
import { createBlend } from "./reading/blend";
import { openLazily } from "./reading/lazily";
import { createShelf } from "./reading/shelf";
import { createSound } from "./sound";
import { createAnnouncer } from "./ui/announcer";
import { createTheme } from "./ui/theme";

const audio = document.createElement("audio");
audio.preload = "auto";
document.body.append(audio);

const announcer = createAnnouncer();
const listening = createListening({
  api: createApi(),
  announcer,
  createSound: (options) => createSound(audio, options),
  openLive,
  place: createPlace(() => sessionStorage),
});
const where = createReadingPlace(() => localStorage);
const grabber = createGrabber();
const blend = createBlend();
const shelf = createShelf(openLazily);
const onDevice = createDeviceEyes({
  shelf,
  picture: grabber.picture,
  release() {
    grabber.release();
    blend.forget();
  },
  onLook(look, atS) {
    const felt = blend.take(look, atS);
    if (felt) listening.sense(felt);
  },
});
const onServer = createServerEyes({ ...grabber, send: listening.sendFrame });
const camera = createCamera({
  media: navigator.mediaDevices,
  page: document,
  eyes: () => (where.value.value === "server" ? onServer : onDevice),
});
listening.onReading(camera.hear);
const photos = createPhotoReader({
  api: listening.api,
  shelf,
  onServer: () => where.value.value === "server",
  feel: listening.feel,
});
const videos = createVideoReader({ shelf, openFilm, page: document });
const theme = createTheme(computed(() => listening.session.value?.mood ?? null));
tellMachine(listening);
keepOneVoice({ playing: listening.sound.playing, yieldTo: listening.yieldTo });
void listening.open();

render(
  <App
    listening={listening}
    camera={camera}
    where={where}
    photos={photos}
    videos={videos}
    theme={theme}
    announcer={announcer}
  />,
  document.getElementById("room") as HTMLElement,
);
