import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnouncer } from "./announcer";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("one sentence every ten seconds; of those that wait, the latest", () => {
  const voice = createAnnouncer(() => Date.now());
  voice.say("one");
  expect(voice.spoken.value).toBe("one");
  voice.say("two");
  voice.say("three");
  vi.advanceTimersByTime(9_999);
  expect(voice.spoken.value).toBe("one");
  vi.advanceTimersByTime(1);
  expect(voice.spoken.value).toBe("three");
  vi.advanceTimersByTime(10_000);
  voice.say("four");
  expect(voice.spoken.value).toBe("four");
});
