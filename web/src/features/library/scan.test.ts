import { afterEach, expect, test, vi } from "vitest";
import { Away, Refusal } from "@/api/client";
import type { Scan } from "@/api/types";
import { scan } from "@/testing";
import { createScanning } from "./scan";

afterEach(() => vi.useRealTimers());

function told(...answers: (Scan | Error)[]) {
  const asked: string[] = [];
  const answer = (what: string) => async () => {
    asked.push(what);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next instanceof Error) throw next;
    return next as Scan;
  };
  const found = vi.fn();
  const api = { scan: answer("look"), startScan: answer("start"), stopScan: answer("stop") };
  return { scanning: createScanning(api, found, 1000), asked, found };
}

test("a scan is looked at again and again until it is over", async () => {
  vi.useFakeTimers();
  const going = scan({ state: "listening", to_hear: 9 });
  const { scanning, asked, found } = told(
    scan(),
    { ...going, heard: 0 },
    { ...going, heard: 4 },
    scan({ state: "done", heard: 9 }),
  );
  await scanning.look();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual(["look"]); // nothing runs, so nobody is asked
  await scanning.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(scanning.scan.value?.heard).toBe(4);
  expect(found).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(scanning.scan.value?.state).toBe("done");
  expect(found).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["look", "start", "look", "look"]);
  expect(found).toHaveBeenCalledTimes(5); // the library is a moment behind the scan
});

test("a server that is away for a moment is asked again", async () => {
  vi.useFakeTimers();
  const { scanning } = told(
    scan({ state: "listening" }),
    new Away("gone"),
    scan({ state: "done" }),
  );
  await scanning.look();
  await vi.advanceTimersByTimeAsync(1000);
  expect(scanning.scan.value?.state).toBe("listening");
  await vi.advanceTimersByTimeAsync(1000);
  expect(scanning.scan.value?.state).toBe("done");
});

test("a refusal is kept to be shown, until something goes well", async () => {
  const { scanning } = told(new Refusal("No folder.", "Name one.", 409), scan());
  await scanning.start();
  expect(scanning.refused.value?.remedy).toBe("Name one.");
  await scanning.look();
  expect(scanning.refused.value).toBeNull();
});

test("a sheet that is closed asks no more", async () => {
  vi.useFakeTimers();
  const { scanning, asked } = told(scan({ state: "listening" }));
  await scanning.look();
  scanning.leave();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual(["look"]);
});
