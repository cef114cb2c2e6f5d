import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import type { PictureReading } from "@/api/types";
import { EngineFailure } from "@/reading/engine";
import { faceOf } from "@/reading/testing";
import type { LookOptions, Look as Seen } from "@/reading/types";
import { face } from "@/testing";
import { texts } from "@/texts";
import { createPhotoReader } from "./photo";

let made = 0;
beforeEach(() => {
  const createObjectURL = () => {
    made += 1;
    return `blob:${made}`;
  };
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL, revokeObjectURL() {} }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const me = new File(["jpeg"], "me.jpg", { type: "image/jpeg" });
const HAPPY: Seen = { faces: [faceOf({ happy: 1 })], unread: [], others: 1 };
const SERVER: PictureReading = {
  faces: [face({ expression: "sad" })],
  unread: [],
  others: 0,
  width: 640,
  height: 480,
};

interface Ways {
  sees?: Seen;
  engine?: Error;
  onServer?: boolean;
  open?: () => Promise<ImageBitmap>;
  server?: () => Promise<PictureReading>;
}

function room({ sees = HAPPY, engine, onServer = false, open, server }: Ways = {}) {
  const felt: string[] = [];
  const looked: (LookOptions | undefined)[] = [];
  const sent: Blob[] = [];
  const reader = createPhotoReader({
    api: {
      read: async (picture) => {
        sent.push(picture);
        return server ? server() : SERVER;
      },
    },
    shelf: {
      putBack() {},
      take: async (tell) => {
        tell?.(0.5);
        if (engine) throw engine;
        return {
          look: async (_, options) => {
            looked.push(options);
            const shown = { width: 800, height: 600, light: 0.5, spread: 0.2 };
            return { ...sees, shown, ms: 9 };
          },
        };
      },
    },
    onServer: () => onServer,
    feel: async ({ expression }) => {
      felt.push(expression);
    },
    open: open ?? (async () => ({ close() {} }) as ImageBitmap),
  });
  return { ...reader, felt, looked, sent };
}

test("a photo is read on this device, the largest face only, and nothing is sent", async () => {
  const { photo, read, felt, looked, sent } = room();
  await read(me);
  expect(photo.value?.reading).toMatchObject({ others: 1, width: 800, height: 600 });
  expect(felt).toEqual(["happy"]);
  expect(looked).toEqual([{ thorough: true, most: 1 }]);
  expect(sent).toEqual([]);
});

test("a face in doubt is told in words, and felt by nobody", async () => {
  const sees: Seen = { faces: [], unread: [{ box: [1, 2, 3, 4], doubt: "dark" }], others: 0 };
  const { photo, read, felt } = room({ sees });
  await read(me);
  expect(photo.value?.reading?.unread[0]?.words).toBe(texts.doubts.dark);
  expect(felt).toEqual([]);
});

test("where this browser cannot read it, nothing is sent until the listener says yes", async () => {
  const { photo, read, readOnServer, felt, sent } = room({ engine: new EngineFailure("no-simd") });
  await read(me);
  expect(photo.value).toMatchObject({ serverCould: true, reading: null, getting: null });
  expect(photo.value?.trouble?.problem).toBe(texts.engine["no-simd"].problem);
  expect(photo.value?.trouble?.remedy).toContain("let this server read it");
  expect(sent).toEqual([]);
  await readOnServer();
  expect(sent).toEqual([me]);
  expect(photo.value).toMatchObject({ serverCould: false, trouble: null });
  expect(felt).toEqual(["sad"]);
});

test("who chose the server is asked by the server, without a detour", async () => {
  const { read, felt, looked, sent } = room({ onServer: true });
  await read(me);
  expect(sent).toEqual([me]);
  expect(looked).toEqual([]);
  expect(felt).toEqual(["sad"]);
});

test("a file that is no picture says which would be, and is sent nowhere", async () => {
  const { photo, read, sent } = room({ open: () => Promise.reject(new DOMException("", "")) });
  await read(me);
  expect(photo.value?.trouble?.problem).toBe(texts.reading.notAPicture);
  expect(photo.value?.serverCould).toBe(false);
  expect(sent).toEqual([]);
});

test("what the server refuses is said in its words", async () => {
  const refuse = () => Promise.reject(new Refusal("Too large.", "Send a smaller one.", 413));
  const { photo, read } = room({ onServer: true, server: refuse });
  await read(me);
  expect(photo.value?.trouble?.problem).toBe("Too large.");
});

test("put away while it is read, it is neither shown nor felt", async () => {
  let go = (_: ImageBitmap) => {};
  const open = () =>
    new Promise<ImageBitmap>((done) => {
      go = done;
    });
  const { photo, read, putAway, felt } = room({ open });
  const reading = read(me);
  putAway();
  go({ close() {} } as ImageBitmap);
  await reading;
  expect(photo.value).toBeNull();
  expect(felt).toEqual([]);
});
