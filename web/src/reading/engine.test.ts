import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ModelFile } from "@/api/types";
import { type EngineFailure, type Helper, openEngine, ownSimd } from "./engine";
import { shownOf } from "./light";
import { createShelf } from "./shelf";
import type { FromWorker, ToWorker } from "./talk";
import type { Look } from "./types";
import { createWork } from "./work";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SHOWN = { width: 2, height: 1, light: 0.5, spread: 0.1 };
const NOBODY: Look = { faces: [], unread: [], others: 0 };
const model = (name: string): ModelFile => ({
  name,
  url: `/models/${name}-0.onnx`,
  bytes: 1,
  sha256: "0",
  card: {
    name,
    version: "1",
    labels: [],
    temperature: 1,
    votes: [],
    votes_temperature: 1,
  },
});
const MODELS = ["face-detector-near", "face-detector", "expression"].map(model);
const picture = () => ({ width: 2, height: 1, data: new Uint8ClampedArray(8) });

/** A worker held in the test's hand; it opens at once unless told otherwise. */
function helper(opens: (say: (news: FromWorker) => void) => void = (say) => say({ say: "ready" })) {
  const told: ToWorker[] = [];
  const state = { ended: false };
  const worker: Helper = {
    onmessage: null,
    onerror: null,
    terminate() {
      state.ended = true;
    },
    postMessage(message) {
      told.push(message);
      if (message.do === "open") opens(say);
    },
  };
  function say(news: FromWorker) {
    worker.onmessage?.({ data: news } as MessageEvent<FromWorker>);
  }
  const open = (more: Parameters<typeof openEngine>[0] = {}) =>
    openEngine({
      models: async () => MODELS,
      helper: () => {
        queueMicrotask(() => say({ say: "here" }));
        return worker;
      },
      hasSimd: () => true,
      ...more,
    });
  return { worker, told, state, say, open };
}

const kindOf = async (opening: Promise<unknown>) =>
  ((await opening.catch((error) => error)) as EngineFailure).kind;

test("this browser has SIMD, as every test machine does", () => {
  expect(ownSimd()).toBe(true);
});

test("opened, it answers each look with its own answer", async () => {
  const { open, say, told } = helper();
  const engine = await open();
  const one = engine.look(picture());
  const two = engine.look(picture());
  expect(told.filter((message) => message.do === "look")).toHaveLength(2);
  say({ say: "seen", id: 2, seen: { ...NOBODY, others: 2, shown: SHOWN }, ms: 5 });
  say({ say: "seen", id: 1, seen: { ...NOBODY, others: 1, shown: SHOWN }, ms: 7 });
  expect(await one).toMatchObject({ others: 1, ms: 7 });
  expect(await two).toMatchObject({ others: 2, ms: 5 });
});

test("every failing to open has its name and its words", async () => {
  const { open } = helper();
  expect(await kindOf(open({ hasSimd: () => false }))).toBe("no-simd");
  expect(await kindOf(open({ models: async () => Promise.reject(new Error()) }))).toBe("download");
  expect(await kindOf(open({ models: async () => [] }))).toBe("download");
  const blocked = open({
    helper: () => {
      throw new DOMException("", "SecurityError");
    },
  });
  expect(await kindOf(blocked)).toBe("blocked");
  for (const failure of ["download", "corrupt", "crashed"] as const) {
    const failing = helper((say) => say({ say: "failed", failure, why: "" }));
    expect(await kindOf(failing.open())).toBe(failure);
    expect(failing.state.ended).toBe(true);
  }
  const { problem, remedy } = await open({ hasSimd: () => false }).catch((e) => e);
  expect(problem).toMatch(/\.$/);
  expect(remedy).toContain("map");
});

test("what is to be fetched is asked while the worker wakes, whichever comes first", async () => {
  for (const [wakesMs, asksMs] of [
    [300, 10],
    [10, 300],
  ] as const) {
    const { open, worker, say, told } = helper();
    const opening = open({
      helper: () => {
        setTimeout(() => say({ say: "here" }), wakesMs);
        return worker;
      },
      models: () => new Promise((done) => setTimeout(() => done(MODELS), asksMs)),
    });
    await vi.advanceTimersByTimeAsync(299);
    expect(told).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    await opening;
    expect(told).toMatchObject([{ do: "open", models: MODELS }]);
  }
});

test("a worker that never shows itself counts as blocked", async () => {
  const { worker, open } = helper();
  const opening = kindOf(open({ helper: () => worker, showsWithinMs: 1000 }));
  await vi.advanceTimersByTimeAsync(1001);
  expect(await opening).toBe("blocked");
});

test("a worker that dies ends every look, and says so ever after", async () => {
  const { open, worker, state } = helper();
  const engine = await open();
  const looking = kindOf(engine.look(picture()));
  worker.onerror?.({ message: "out of memory" } as ErrorEvent);
  expect(await looking).toBe("crashed");
  expect(state.ended).toBe(true);
  expect(engine.over()?.kind).toBe("crashed");
  expect(await kindOf(engine.look(picture()))).toBe("crashed");
});

test("a look that hangs ends the engine", async () => {
  const { open } = helper();
  const engine = await open({ looksWithinMs: 500 });
  const looking = kindOf(engine.look(picture()));
  await vi.advanceTimersByTimeAsync(501);
  expect(await looking).toBe("crashed");
});

test("called off while it opens, its worker is gone", async () => {
  const { open, state } = helper(() => {});
  const off = new AbortController();
  const opening = open({ signal: off.signal });
  await vi.advanceTimersByTimeAsync(0);
  off.abort(new Error("no more"));
  await expect(opening).rejects.toThrow("no more");
  expect(state.ended).toBe(true);
});

test("one engine serves all; idle for a minute it is let go; dead, it is replaced", async () => {
  const helpers: ReturnType<typeof helper>[] = [];
  const shelf = createShelf(() => {
    const one = helper();
    helpers.push(one);
    return one.open();
  });
  const [one, two] = await Promise.all([shelf.take(), shelf.take()]);
  expect(one).toBe(two);
  helpers[0]?.worker.onerror?.({ message: "" } as ErrorEvent);
  await shelf.take();
  expect(helpers).toHaveLength(2);
  shelf.putBack();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(helpers[1]?.state.ended).toBe(true);
});

test("the worker opens what was fetched, looks one after the other, and lets pictures go", async () => {
  const said: FromWorker[] = [];
  const looked: string[] = [];
  const { hear } = createWork({
    say: (news) => said.push(news),
    fetching: async (files, { onProgress }) => {
      onProgress(0.5, 1);
      return new Map(files.map(({ name }) => [name, new Uint8Array([name.length])]));
    },
    open: async (_, { near, card }) => {
      expect(near[0]).toBe("face-detector-near".length);
      expect(card.name).toBe("expression");
      const answer = (how: string) => async () => {
        looked.push(how);
        if (looked.length === 3) throw new Error("a bad picture");
        return NOBODY;
      };
      return { look: answer("look"), follow: answer("follow"), close: async () => {} };
    },
    pixelsOf: (source) => source as ReturnType<typeof picture>,
    now: () => 0,
  });
  const runtime = { name: "runtime", url: "/r.wasm", bytes: 1, sha256: "0" };
  void hear({ do: "open", runtime, models: MODELS });
  void hear({ do: "look", id: 1, source: picture(), options: {} });
  void hear({ do: "look", id: 2, source: picture(), options: { follow: true } });
  await hear({ do: "look", id: 3, source: picture(), options: {} });
  expect(looked).toEqual(["look", "follow", "look"]);
  expect(said.map((news) => news.say)).toEqual(["progress", "ready", "seen", "seen", "unseen"]);
});

test("how bright a picture is, and how much of it differs, is told", () => {
  const data = new Uint8ClampedArray(4 * 64 * 48).fill(255);
  expect(shownOf({ width: 64, height: 48, data })).toMatchObject({ light: 1, spread: 0 });
  data.fill(0, 0, data.length / 2);
  const half = shownOf({ width: 64, height: 48, data });
  expect(half.light).toBeCloseTo(0.5, 2);
  expect(half.spread).toBeCloseTo(0.5, 2);
});
