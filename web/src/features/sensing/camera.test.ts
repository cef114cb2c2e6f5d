import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Engine } from "@/reading/engine";
import { createShelf } from "@/reading/shelf";
import type { Look } from "@/reading/types";
import { face, reading } from "@/testing";
import { texts } from "@/texts";
import { createCamera } from "./camera";
import { createDeviceEyes, createServerEyes, lightOf } from "./eyes";
import { HOLD_MS } from "./steady";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Track {
  readyState = "live";
  muted = false;
  onended: (() => void) | null = null;
  stop() {
    this.readyState = "ended";
  }
}

const LOOK: Look = {
  faces: [{ ...face(), box: [100, 80, 200, 200] }],
  unread: [],
  others: 0,
};

/** A camera, a page and an engine held in the test's hand. */
function room(at: "device" | "server" = "device", fails?: string) {
  const tracks: Track[] = [];
  const frames: Blob[] = [];
  const looks: number[] = [];
  const told: Look[] = [];
  const engines = { opened: 0, closed: 0 };
  const state = {
    look: LOOK,
    light: 0.5,
    spread: 0.2,
    tookMs: 20,
    shares: [] as number[],
    dies: 0,
    opens: async () => {},
  };
  let hearHidden = () => {};
  const page = {
    hidden: false,
    addEventListener: (_: string, hear: () => void) => {
      hearHidden = hear;
    },
  };
  const lives: { over: Error | null }[] = [];
  const shelf = createShelf(async ({ onProgress }) => {
    engines.opened += 1;
    for (const share of state.shares) onProgress?.(share, 0);
    await state.opens();
    const life: { over: Error | null } = { over: null };
    lives.push(life);
    return {
      over: () => life.over,
      async look() {
        looks.push(performance.now());
        await new Promise((later) => setTimeout(later, state.tookMs));
        if (state.dies > 0) {
          state.dies -= 1;
          life.over = Object.assign(new Error(), texts.engine.crashed);
          throw life.over;
        }
        const { light, spread } = state;
        const shown = { width: 640, height: 480, light, spread };
        return { ...state.look, shown, ms: state.tookMs };
      },
      close() {
        engines.closed += 1;
      },
    } as unknown as Engine;
  });
  const eyes = {
    device: createDeviceEyes({
      shelf,
      picture: async () => ({ close() {} }) as ImageBitmap,
      release: () => {},
      onLook: (look) => told.push(look),
    }),
    server: createServerEyes({
      grab: async () => ({
        frame: new Blob(["jpeg"]),
        width: 640,
        height: 480,
        light: lightOf(state.light, state.spread),
      }),
      release: () => {},
      send: (frame) => frames.push(frame) > 0,
    }),
  };
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
    eyes: () => eyes[at],
  });
  return {
    camera,
    tracks,
    frames,
    looks,
    told,
    engines,
    lives,
    state,
    hide(hidden: boolean) {
      page.hidden = hidden;
      hearHidden();
    },
  };
}

test("a quick device reads ten times a second, and sends no picture", async () => {
  const { camera, looks, frames, told } = room();
  await camera.start();
  await vi.advanceTimersByTimeAsync(990);
  expect(looks).toHaveLength(10);
  expect(told).toHaveLength(10);
  expect(frames).toHaveLength(0);
  expect(camera.seen.value?.face?.expression).toBe("happy");
});

test("a weak phone reads once a second", async () => {
  const { camera, looks, state } = room();
  state.tookMs = 600;
  await camera.start();
  await vi.advanceTimersByTimeAsync(4900);
  expect(looks).toHaveLength(5);
});

test("one frame at a time: while it is looked at, no other is taken", async () => {
  const { camera, looks, state } = room();
  state.tookMs = 5000;
  await camera.start();
  await vi.advanceTimersByTimeAsync(4000);
  expect(looks).toHaveLength(1);
});

test("how much has arrived of what reads a face is told, until it is here", async () => {
  const { camera, state } = room();
  state.shares = [0.1, 0.4];
  let arrive = () => {};
  state.opens = () => new Promise<void>((done) => (arrive = done));
  await camera.start();
  expect(camera.state.value).toBe("on");
  expect(camera.getting.value).toBe(0.4);
  arrive();
  await vi.advanceTimersByTimeAsync(50);
  expect(camera.getting.value).toBeNull();
  expect(camera.seen.value?.face).not.toBeNull();
});

test("what could not be fetched is said, and the camera is off", async () => {
  const { camera, state, tracks } = room();
  state.opens = async () => {
    throw Object.assign(new Error(), texts.engine.download);
  };
  await camera.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(camera.state.value).toBe("off");
  expect(tracks[0]?.readyState).toBe("ended");
  expect(camera.trouble.value).toEqual(texts.engine.download);
});

test("an engine that dies is replaced once, without a word", async () => {
  const { camera, state, engines } = room();
  state.dies = 1;
  await camera.start();
  await vi.advanceTimersByTimeAsync(2000);
  expect(engines.opened).toBe(2);
  expect(camera.state.value).toBe("on");
  expect(camera.seen.value?.face).not.toBeNull();
});

test("one that dies again is said, and the camera is off", async () => {
  const { camera, state, tracks } = room();
  state.dies = 2;
  await camera.start();
  await vi.advanceTimersByTimeAsync(3000);
  expect(camera.state.value).toBe("off");
  expect(tracks[0]?.readyState).toBe("ended");
  expect(camera.trouble.value).toEqual(texts.engine.crashed);
});

test("one that dies again between two looks is said as well", async () => {
  const { camera, engines, lives } = room();
  const die = async () => {
    const life = lives.at(-1);
    if (life) life.over = Object.assign(new Error(), texts.engine.crashed);
    await vi.advanceTimersByTimeAsync(1000);
  };
  await camera.start();
  await vi.advanceTimersByTimeAsync(500);
  await die();
  expect([engines.opened, camera.state.value]).toEqual([2, "on"]);
  await die();
  expect([engines.opened, camera.state.value]).toEqual([2, "off"]);
  expect(camera.trouble.value).toEqual(texts.engine.crashed);
});

test("what was looked at when it was switched off is not shown", async () => {
  const { camera, told, looks } = room();
  await camera.start();
  await vi.advanceTimersByTimeAsync(10);
  expect(looks).toHaveLength(1);
  camera.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(camera.seen.value).toBeNull();
  expect(told).toHaveLength(0);
  expect(looks).toHaveLength(1);
});

test("a camera that gives no picture is said to", async () => {
  const { camera, tracks } = room();
  await camera.start();
  await vi.advanceTimersByTimeAsync(200);
  if (tracks[0]) tracks[0].muted = true;
  await vi.advanceTimersByTimeAsync(HOLD_MS + 200);
  expect(camera.seen.value?.problem?.problem).toBe("The camera sends no picture.");
});

test("a covered lens is told from an empty chair, and that from the dark", () => {
  expect(lightOf(0.01, 0.01)).toBe("black");
  expect(lightOf(0.25, 0.005)).toBe("black"); // a finger that light shines through
  expect(lightOf(0.1, 0.06)).toBe("dark");
  expect(lightOf(0.66, 0)).toBe("enough"); // a white wall
});

test("to the server two frames a second are sent, and none after it is off", async () => {
  const { camera, frames, tracks, looks } = room("server");
  await camera.start();
  await vi.advanceTimersByTimeAsync(1900);
  expect(frames).toHaveLength(4);
  camera.stop();
  expect(tracks[0]?.readyState).toBe("ended");
  await vi.advanceTimersByTimeAsync(2000);
  expect(frames).toHaveLength(4);
  expect(looks).toHaveLength(0);
});

test("out of sight the device is released; back in sight it goes on", async () => {
  const { camera, tracks, hide, looks } = room();
  await camera.start();
  await vi.advanceTimersByTimeAsync(150);
  hide(true);
  expect(camera.state.value).toBe("paused");
  expect(tracks[0]?.readyState).toBe("ended");
  const before = looks.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(looks).toHaveLength(before);
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
  const { camera } = room("device", name);
  await camera.start();
  expect(camera.state.value).toBe("off");
  expect(camera.trouble.value?.problem).toBe(words);
});

test("without a safe address there is no camera, and a way on", async () => {
  const camera = createCamera({
    media: undefined,
    page: document,
    eyes: () => {
      throw new Error("nobody is to look");
    },
  });
  await camera.start();
  expect(camera.trouble.value?.remedy).toContain("https");
});

test("what the server says after it is off is not shown", async () => {
  const { camera } = room("server");
  await camera.start();
  camera.hear(reading({ face: face() }));
  expect(camera.seen.value?.face?.expression).toBe("happy");
  camera.stop();
  camera.hear(reading({ face: face() }));
  expect(camera.seen.value).toBeNull();
});

test("no face in a dark picture is blamed on the dark", async () => {
  const { camera, state } = room("server");
  state.light = 0.1;
  await camera.start();
  await vi.advanceTimersByTimeAsync(600);
  camera.hear(reading());
  await vi.advanceTimersByTimeAsync(HOLD_MS);
  camera.hear(reading());
  expect(camera.seen.value?.light).toBe("dark");
});
