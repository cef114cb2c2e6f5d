import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { face, reading } from "@/testing";
import { createCamera } from "./camera";
import { HOLD_MS } from "./steady";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Track {
  readyState = "live";
  onended: (() => void) | null = null;
  stop() {
    this.readyState = "ended";
  }
}

function room(fails?: string) {
  const tracks: Track[] = [];
  const frames: Blob[] = [];
  let hearHidden = () => {};
  const page = {
    hidden: false,
    addEventListener: (_: string, hear: () => void) => {
      hearHidden = hear;
    },
  };
  let light = 0.5;
  const camera = createCamera({
    media: {
      getUserMedia: async () => {
        if (fails) throw new DOMException("", fails);
        const track = new Track();
        tracks.push(track);
        return {
          getTracks: () => [track],
          getVideoTracks: () => [track],
        } as unknown as MediaStream;
      },
    },
    page: page as unknown as Document,
    grab: async () => ({ frame: new Blob(["jpeg"]), width: 640, height: 480, light }),
    release: () => {},
    send: (frame) => frames.push(frame) > 0,
  });
  return {
    camera,
    tracks,
    frames,
    darken: () => {
      light = 0.02;
    },
    hide(hidden: boolean) {
      page.hidden = hidden;
      hearHidden();
    },
  };
}

test("two frames a second are sent, and none after it is off", async () => {
  const { camera, frames, tracks } = room();
  await camera.start();
  await vi.advanceTimersByTimeAsync(2000);
  expect(frames).toHaveLength(4);
  camera.stop();
  expect(tracks[0]?.readyState).toBe("ended");
  await vi.advanceTimersByTimeAsync(2000);
  expect(frames).toHaveLength(4);
});

test("out of sight the device is released; back in sight it goes on", async () => {
  const { camera, tracks, hide } = room();
  await camera.start();
  hide(true);
  expect(camera.state.value).toBe("paused");
  expect(tracks[0]?.readyState).toBe("ended");
  hide(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(camera.state.value).toBe("on");
  expect(tracks).toHaveLength(2);
});

test("switched off while the browser still asks, it stays off", async () => {
  const { camera, tracks } = room();
  const asking = camera.start();
  camera.stop();
  await asking;
  expect(camera.state.value).toBe("off");
  expect(tracks[0]?.readyState).toBe("ended");
});

test("pulled out, it says so", async () => {
  const { camera, tracks } = room();
  await camera.start();
  tracks[0]?.onended?.();
  expect(camera.state.value).toBe("off");
  expect(camera.trouble.value?.problem).toBe("The camera went away.");
});

test.each([
  ["NotAllowedError", "The browser does not let this page use the camera."],
  ["NotFoundError", "There is no camera here."],
  ["NotReadableError", "Another program is using the camera."],
])("%s is said in words", async (name, words) => {
  const { camera } = room(name);
  await camera.start();
  expect(camera.state.value).toBe("off");
  expect(camera.trouble.value?.problem).toBe(words);
});

test("without a safe address there is no camera, and a way on", async () => {
  const camera = createCamera({
    media: undefined,
    page: document,
    grab: async () => null,
    release: () => {},
    send: () => true,
  });
  await camera.start();
  expect(camera.trouble.value?.remedy).toContain("https");
});

test("what is heard after it is off is not shown", async () => {
  const { camera } = room();
  await camera.start();
  camera.hear(reading({ face: face() }));
  expect(camera.seen.value?.face?.expression).toBe("happy");
  camera.stop();
  camera.hear(reading({ face: face() }));
  expect(camera.seen.value).toBeNull();
});

test("no face in a dark picture is blamed on the dark", async () => {
  const { camera, darken } = room();
  await camera.start();
  darken();
  await vi.advanceTimersByTimeAsync(600);
  camera.hear(reading());
  await vi.advanceTimersByTimeAsync(HOLD_MS);
  camera.hear(reading());
  expect(camera.seen.value?.dark).toBe(true);
});
