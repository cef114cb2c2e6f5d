/** A server in this page's memory, for tests: two providers, and a player that obeys. */
import type { Refusal } from "@/api/client";
import type { Check, Provider, ProvidersApi, Sounds } from "@/api/providers";

export const provider = (more: Partial<Provider> = {}): Provider => ({
  name: "box",
  title: "Music box",
  summary: "Music from a box.",
  asks: [
    { name: "url", label: "Address", secret: false, default: "", help: "", needed: true },
    { name: "password", label: "Password", secret: true, default: "", help: "", needed: false },
  ],
  state: "off",
  named_in_file: false,
  settings: {},
  kept: [],
  library: false,
  player: false,
  tracks: 0,
  trouble: null,
  ...more,
});

export const connected = (more: Partial<Provider> = {}) =>
  provider({
    state: "on",
    settings: { url: "http://nas" },
    kept: ["password"],
    library: true,
    player: true,
    tracks: 3,
    ...more,
  });

export const inPage: Sounds = {
  outlet: null,
  title: "",
  state: "resting",
  position_s: 0,
  duration_s: null,
  volume: null,
  trouble: null,
};

export const inBox: Sounds = {
  ...inPage,
  outlet: "box",
  title: "Music box",
  state: "playing",
  position_s: 10,
  duration_s: 60,
  volume: 0.5,
};

const works: Check = { name: "sign in", works: true, says: "You are signed in.", remedy: "" };

export function fakeProviders(first: Provider[] = [provider()]) {
  const asked: string[] = [];
  const state = {
    asked,
    every: first,
    sounds: inPage,
    checks: [works],
    refusal: null as Refusal | null,
  };
  async function answer<T>(what: string, work: () => T): Promise<T> {
    asked.push(what);
    if (state.refusal) throw state.refusal;
    return work();
  }
  const api: ProvidersApi = {
    providers: () => answer("providers", () => ({ providers: state.every })),
    connect: (name, settings, anyway) =>
      answer(`connect ${name} ${JSON.stringify(settings)}${anyway ? " anyway" : ""}`, () => {
        const well = anyway || state.checks.every((one) => one.works !== false);
        if (well) state.every = [connected({ name })];
        return { connected: well, checks: state.checks };
      }),
    test: (name, settings) =>
      answer(`test ${name} ${JSON.stringify(settings)}`, () => ({
        connected: false,
        checks: state.checks,
      })),
    look: () =>
      answer("look", () => {
        const [first] = state.every;
        if (first) state.every = [{ ...first, tracks: first.tracks + 2 }];
        return { tracks: 5, new: 2, gone: 0 };
      }),
    disconnect: (name) =>
      answer(`disconnect ${name}`, () => {
        state.every = [provider({ name })];
        return undefined;
      }),
    sounds: () => answer("sounds", () => state.sounds),
    soundIn: (wish) =>
      answer(`sound in ${wish.outlet} at ${wish.position_s}`, () => {
        state.sounds = wish.outlet ? inBox : inPage;
        return state.sounds;
      }),
    steer: (wish) =>
      answer(`steer ${JSON.stringify(wish)}`, () => {
        if (wish.playing !== undefined)
          state.sounds = { ...state.sounds, state: wish.playing ? "playing" : "resting" };
        if (wish.volume != null) state.sounds = { ...state.sounds, volume: wish.volume };
        if (wish.position_s != null)
          state.sounds = { ...state.sounds, position_s: wish.position_s };
        return state.sounds;
      }),
  };
  return { api, state };
}
