import { signal } from "@preact/signals";
import { fireEvent, render, screen, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { App } from "./App";
import { fakeProviders } from "./features/connections/fakeProviders";
import { createOutlet } from "./features/connections/outlet";
import { createJourney } from "./features/journey/journey";
import type { Camera, CameraState, Seen } from "./features/sensing/camera";
import type { Photo } from "./features/sensing/photo";
import { createReadingPlace } from "./features/sensing/place";
import type { Video } from "./features/sensing/video";
import { createKeeping } from "./keeping";
import { createListening } from "./listening";
import { fakeLive, fakeServer, fakeSound, unread } from "./testing";
import { createAnnouncer } from "./ui/announcer";
import { createTheme } from "./ui/theme";

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const pressed = async (name: string) =>
  fireEvent.click(await screen.findByRole("button", { name }));
const soon = () => new Promise((done) => setTimeout(done));

async function room() {
  const server = fakeServer();
  const announcer = createAnnouncer();
  const listening = createListening({
    api: server.api,
    announcer,
    createSound: fakeSound().create,
    openLive: fakeLive().open,
    knockEveryMs: 60_000,
  });
  await listening.open();
  const state = signal<CameraState>("off");
  const seen = signal<Seen | null>(null);
  const photo = signal<Photo | null>(null);
  const camera: Camera = {
    state,
    stream: signal(null),
    seen,
    trouble: signal(null),
    getting: signal(null),
    start: async () => {
      state.value = "on";
    },
    stop: () => {
      state.value = "off";
    },
    hear: () => {},
  };
  const video = signal<Video | null>(null);
  sessionStorage.clear();
  const where = createReadingPlace(() => sessionStorage);
  const read = vi.fn(async () => {});
  const readOnServer = vi.fn(async () => {});
  const watch = vi.fn(async () => {});
  render(
    <App
      listening={listening}
      journey={createJourney(listening)}
      camera={camera}
      where={where}
      photos={{ photo, read, readOnServer, putAway: () => {} }}
      videos={{ video, read: watch, stop: () => {}, putAway: () => {} }}
      look={createTheme(signal(null))}
      keeping={createKeeping({})}
      outlet={createOutlet({ api: fakeProviders().api, onTrouble() {} })}
      announcer={announcer}
    />,
  );
  return { ...server, listening, announcer, camera, where, seen, photo, read, readOnServer, watch };
}

function dropPhoto() {
  const file = new File(["jpeg"], "me.jpg", { type: "image/jpeg" });
  fireEvent.drop(window, { dataTransfer: { types: ["Files"], files: [file] } });
}

test("a consent is taken back once the server has taken it back, not before", async () => {
  const { api, listening, camera } = await room();
  await listening.consent("camera", true);
  await camera.start();
  const setConsent = api.setConsent;
  let answer = () => {};
  api.setConsent = async (...asked) => {
    await new Promise<void>((done) => {
      answer = done;
    });
    return setConsent(...asked);
  };
  press("Camera on");
  await pressed("Take back consent: camera");
  await soon();
  expect(camera.state.value).toBe("off");
  expect(listening.notice.value).toBeNull();
  answer();
  await expect.poll(() => listening.notice.value?.text).toContain("You will be asked again");
});

test("a withdrawal that did not arrive is said, and the camera is off anyway", async () => {
  const { state, listening, camera } = await room();
  await listening.consent("camera", true);
  await camera.start();
  state.gone = true;
  press("Camera on");
  await pressed("Take back consent: camera");
  await expect
    .poll(() => listening.notice.value?.text)
    .toBe("The camera is off, but the server did not take your consent back.");
  const sheet = within(screen.getByRole("dialog")); // the page behind it cannot be read
  expect(sheet.getByText(/server did not take your consent back/)).toBeTruthy();
  expect(camera.state.value).toBe("off");
  expect(listening.agreed("camera")).toBe(true);
});

test("a dropped photo whose consent failed does not stand in the chooser's way", async () => {
  const { state, listening, read } = await room();
  const opened = vi.spyOn(HTMLInputElement.prototype, "click");
  dropPhoto();
  await soon();
  state.gone = true;
  press("Read this one");
  await listening.settled();
  await soon();
  state.gone = false;
  press("Photo or video");
  await soon();
  press("Choose one");
  expect(opened).toHaveBeenCalledOnce(); // with the click itself, or a browser opens nothing
  opened.mockRestore();
  await listening.settled();
  expect(listening.agreed("photo")).toBe(true);
  expect(read).not.toHaveBeenCalled();
});

test("keeping readings is off until agreed to, and can be taken back", async () => {
  const { state, listening } = await room();
  press("Sensors off");
  await soon();
  expect(screen.getByText("What was read is kept on this machine.")).toBeTruthy();
  expect(screen.getByText("Nothing is kept unless you agree.")).toBeTruthy();
  await pressed("Keep readings");
  await listening.settled();
  await soon();
  expect(state.asked.at(-1)).toBe("consent keep-readings k1 true");
  press("Keep readings no more");
  await expect.poll(() => listening.notice.value?.text).toBe("Taken back. Nothing more is kept.");
  expect(listening.agreed("keep-readings")).toBe(false);
});

test("why a face could not be read is said politely, of the camera and of a photo", async () => {
  const { announcer, photo } = await room();
  photo.value = {
    url: "blob:me",
    reading: { faces: [], unread: [unread("small")], others: 0, width: 64, height: 48 },
    trouble: null,
    getting: null,
    serverCould: false,
  };
  await expect.poll(() => announcer.spoken.value).toBe(unread("small").words);
  expect(screen.queryByRole("alert")).toBeNull();

  const other = await room();
  await other.camera.start();
  const size = { width: 64, height: 48, ms: 9 };
  const none = { face: null, others: 0, problem: null, light: "enough" as const, ...size };
  other.seen.value = { ...none, unread: [unread("turned")] };
  await expect.poll(() => other.announcer.spoken.value).toBe(unread("turned").words);
});

const drop = (name: string, type: string) =>
  fireEvent.drop(window, {
    dataTransfer: { types: ["Files"], files: [new File(["film"], name, { type })] },
  });

test("a dropped video asks first and is read here, also where photos go to the server", async () => {
  const { listening, where, read, watch } = await room();
  where.choose("server");
  drop("me.mp4", "video/mp4");
  await soon();
  expect(screen.getByText("The photo never leaves this browser.")).toBeTruthy();
  expect(watch).not.toHaveBeenCalled();
  press("Read this one");
  await expect.poll(() => watch.mock.calls.length).toBe(1);
  expect(listening.agreed("photo")).toBe(true);
  expect(listening.agreed("photo-server")).toBe(false);
  drop("again.mkv", ""); // a system that does not know the type
  expect(watch).toHaveBeenCalledTimes(2);
  expect(read).not.toHaveBeenCalled();
});

test("a file that is neither picture nor video says which would do", async () => {
  const { listening, read, watch } = await room();
  await listening.consent("photo", true);
  drop("song.mp3", "audio/mpeg");
  expect(listening.notice.value?.remedy).toContain("MP4 or WebM");
  drop("me.png", "image/png");
  expect(listening.notice.value).toBeNull();
  expect(read).toHaveBeenCalledOnce();
  expect(watch).not.toHaveBeenCalled();
});

test("a photo goes to the server only after a yes of its own", async () => {
  const { listening, photo, readOnServer } = await room();
  await listening.consent("photo", true);
  const trouble = { problem: "This browser is too old.", remedy: "The map works." };
  photo.value = { url: "blob:me", reading: null, trouble, getting: null, serverCould: true };
  await soon();
  press("Let this server read it");
  await soon();
  expect(screen.getByText("The photo goes to this server's memory.")).toBeTruthy();
  press("Not now");
  await soon();
  expect(readOnServer).not.toHaveBeenCalled();
  press("Let this server read it");
  await soon();
  press("Send it");
  await expect.poll(() => readOnServer.mock.calls.length).toBe(1);
  expect(listening.agreed("photo-server")).toBe(true);
});
