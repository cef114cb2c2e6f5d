/** Puts the room together and opens its door. */
// The ground of every style comes first, so that features may differ from it.
import "./ui/tokens.css";
import "./ui/base.css";

import { computed } from "@preact/signals";
import { render } from "preact";
import { App } from "./App";
import { createApi } from "./api/client";
import { tellMachine } from "./features/player/mediaSession";
import { createCamera, createGrabber } from "./features/sensing/camera";
import { createPhotoReader } from "./features/sensing/photo";
import { createListening } from "./listening";
import { openLive } from "./live";
import { keepOneVoice } from "./oneVoice";
import { createPlace } from "./place";
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
const grabber = createGrabber();
const camera = createCamera({
  media: navigator.mediaDevices,
  page: document,
  grab: grabber.grab,
  release: grabber.release,
  send: listening.sendFrame,
});
listening.onReading(camera.hear);
const photos = createPhotoReader(listening.api, listening.feel);
const theme = createTheme(computed(() => listening.session.value?.mood ?? null));
tellMachine(listening);
keepOneVoice({ playing: listening.sound.playing, yieldTo: listening.yieldTo });
void listening.open();

render(
  <App listening={listening} camera={camera} photos={photos} theme={theme} announcer={announcer} />,
  document.getElementById("room") as HTMLElement,
);
