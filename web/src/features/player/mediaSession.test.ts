import { signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import type { Session } from "@/api/types";
import { choice, fakeSound, session } from "@/testing";
import { tellMachine } from "./mediaSession";

beforeEach(() => {
  vi.stubGlobal(
    "MediaMetadata",
    class {
      constructor(readonly told: object) {}
    },
  );
});

function room() {
  const { sound, position, playing } = fakeSound();
  const handlers: Record<string, MediaSessionActionHandler> = {};
  const states: (MediaPositionState | undefined)[] = [];
  const machine = {
    metadata: null as unknown as { told: object } | null,
    playbackState: "none",
    setActionHandler(action: string, handle: MediaSessionActionHandler) {
      if (action === "stop") throw new TypeError("an old browser");
      handlers[action] = handle;
    },
    setPositionState: (state?: MediaPositionState) => void states.push(state),
  };
  const did: string[] = [];
  const note = (what: string) => async () => void did.push(what);
  const heard = signal<Session | null>(null);
  tellMachine(
    {
      session: heard,
      sound,
      play: () => void did.push("play"),
      pause: () => void did.push("pause"),
      next: note("next"),
      back: note("back"),
    },
    machine as unknown as MediaSession,
  );
  const press = (action: MediaSessionAction, more = {}) => handlers[action]?.({ action, ...more });
  return { machine, states, did, heard, press, position, playing };
}

test("keys on a headset and the lock screen do what the buttons do", () => {
  const { did, press, position } = room();
  for (const key of ["play", "pause", "nexttrack", "previoustrack"] as const) press(key);
  expect(did).toEqual(["play", "pause", "next", "back"]);
  press("seekto", { seekTime: 31 });
  expect(position.value).toBe(31);
  press("seekforward");
  expect(position.value).toBe(41);
  press("seekbackward", { seekOffset: 60 });
  expect(position.value).toBe(0);
});

test("the lock screen shows what plays, and how far it has come", () => {
  const { machine, states, heard, playing, position } = room();
  heard.value = session({ playing: choice("One") });
  expect(machine.metadata?.told).toMatchObject({ title: "One", artist: "Somebody" });
  playing.value = true;
  expect(machine.playbackState).toBe("playing");
  position.value = 12.4;
  expect(states.at(-1)).toEqual({ duration: 60, position: 12, playbackRate: 1 });
  heard.value = null;
  expect(machine.metadata).toBeNull();
});
