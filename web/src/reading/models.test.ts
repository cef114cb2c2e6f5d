import { expect, test } from "vitest";
import { type FetchFailure, fetchAll, type Kept } from "./models";
import type { NeededFile } from "./runtime";

const hex = async (bytes: Uint8Array<ArrayBuffer>) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

const ONE = new Uint8Array([1, 2, 3, 4]);
const TWO = new Uint8Array([5, 6, 7, 8, 9, 10]);

/** A server of two files, a cache, and what was asked of the server. */
async function room(slow: Partial<Kept> = {}) {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>([
    ["/models/one.onnx", ONE],
    ["/models/two.onnx", TWO],
  ]);
  const files: NeededFile[] = await Promise.all(
    [...contents].map(async ([url, bytes]) => ({
      name: url.slice(8, 11),
      url,
      bytes: bytes.length,
      sha256: await hex(bytes),
    })),
  );
  const asked: string[] = [];
  const state = { sends: (url: string) => contents.get(url) as Uint8Array<ArrayBuffer> };
  const fetching = (async (url: string, how?: RequestInit) => {
    asked.push(how?.cache === "reload" ? `${url} anew` : url);
    return new Response(state.sends(url));
  }) as typeof fetch;
  const stored = new Map<string, Response>();
  const full = (url: string) => new URL(url, location.href).href;
  const kept: Kept = {
    match: async (url) => stored.get(full(url))?.clone(),
    put: async (url, answer) => void stored.set(full(url), answer),
    delete: async (url) => stored.delete(full(url)),
    keys: async () => [...stored.keys()].map((url) => ({ url })),
    ...slow,
  };
  const told: [share: number, bytes: number][] = [];
  const get = (more: { signal?: AbortSignal } = {}) =>
    fetchAll(files, {
      onProgress: (share, bytes) => told.push([share, bytes]),
      fetching,
      keeping: async () => kept,
      waitsMs: [0, 0],
      ...more,
    });
  return { files, asked, state, stored, told, get, contents, full };
}

test("files come whole, told as they come, and the second time from what is kept", async () => {
  const { get, asked, told } = await room();
  expect((await get()).get("one")).toEqual(ONE);
  expect(told.at(-1)).toEqual([1, 10]);
  expect(asked).toHaveLength(2);
  expect((await get()).get("two")).toEqual(TWO);
  expect(asked).toHaveLength(2);
});

test("a download that breaks off goes on with the file it broke off in", async () => {
  const { get, asked, state, contents } = await room();
  state.sends = (url) => {
    if (url.includes("two")) throw new TypeError("the network went");
    return contents.get(url) as Uint8Array<ArrayBuffer>;
  };
  await expect(get()).rejects.toMatchObject({ kind: "download", file: "two" });
  expect(asked.filter((url) => url.includes("two"))).toHaveLength(3); // it tried by itself
  state.sends = (url) => contents.get(url) as Uint8Array<ArrayBuffer>;
  asked.length = 0;
  await get();
  expect(asked).toEqual(["/models/two.onnx"]);
});

test("what is kept and damaged is fetched anew, past the browser's own cache", async () => {
  const { get, asked, stored, full } = await room();
  await get();
  stored.set(full("/models/one.onnx"), new Response("abcd"));
  asked.length = 0;
  expect((await get()).get("one")).toEqual(ONE);
  expect(asked).toEqual(["/models/one.onnx anew"]);
});

test.each([
  ["too long", [1, 2, 3, 4, 5]],
  ["too short", [1, 2, 3]],
  ["another", [4, 3, 2, 1]],
])("a file that is %s is not taken, and not kept", async (_, bytes) => {
  const { get, state, stored, contents, full } = await room();
  state.sends = (url) =>
    url.includes("one") ? new Uint8Array(bytes) : (contents.get(url) as Uint8Array<ArrayBuffer>);
  const failure = await get().catch((error: FetchFailure) => error);
  expect(failure).toMatchObject({ kind: "corrupt", file: "one" });
  expect(stored.has(full("/models/one.onnx"))).toBe(false);
});

test("damaged on its way once, it is fetched anew and taken", async () => {
  const { get, state, asked, contents } = await room();
  let times = 0;
  state.sends = (url) => {
    times += 1;
    return times === 1 ? new Uint8Array(4) : (contents.get(url) as Uint8Array<ArrayBuffer>);
  };
  expect((await get()).get("one")).toEqual(ONE);
  expect(asked).toContain("/models/one.onnx anew");
});

test("files of an earlier version are thrown away", async () => {
  const { get, stored, full } = await room();
  stored.set(full("/models/old-123.onnx"), new Response("old"));
  await get();
  await expect.poll(() => stored.has(full("/models/old-123.onnx"))).toBe(false); // in its own time
  expect(stored.size).toBe(2);
});

test("nobody waits for a slow disk to keep what came", async () => {
  const { get } = await room({ put: () => new Promise(() => {}) });
  expect((await get()).get("one")).toEqual(ONE);
});

test("called off, nothing more is fetched", async () => {
  const { get, asked } = await room();
  await expect(get({ signal: AbortSignal.abort() })).rejects.toThrow();
  expect(asked).toEqual([]);
});
