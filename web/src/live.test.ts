import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LinkState, openLive } from "./live";

class Line {
  static all: Line[] = [];
  readyState = 1;
  bufferedAmount = 0;
  sent: unknown[] = [];
  onopen = () => {};
  onclose = (_: { code: number }) => {};
  onmessage = (_: { data: unknown }) => {};
  constructor() {
    Line.all.push(this);
  }
  send(what: unknown) {
    this.sent.push(what);
  }
  close(code = 1000) {
    this.onclose({ code });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  Line.all = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const states: LinkState[] = [];
  const events: unknown[] = [];
  const live = openLive("/api/live?session=s1", {
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    connect: () => new Line() as unknown as WebSocket,
    random: () => 0.5,
  });
  return { live, states, events, line: () => Line.all.at(-1) as Line };
}

test("a line that breaks is opened again, each time a little later, at most 8 s", () => {
  const { states, line } = open();
  line().onopen();
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    line().close(1006);
    const before = Line.all.length;
    let waited = 0;
    while (Line.all.length === before) {
      vi.advanceTimersByTime(100);
      waited += 100;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  expect(states[0]).toBe("open");
  expect(states.at(-1)).toBe("away");
});

test("once it is open again it is quick again", () => {
  const { line } = open();
  line().close(1006);
  vi.advanceTimersByTime(500);
  line().close(1006);
  vi.advanceTimersByTime(1000);
  line().onopen();
  line().close(1006);
  vi.advanceTimersByTime(500);
  expect(Line.all).toHaveLength(4);
});

test("closed on purpose it stays closed", () => {
  const { live, states } = open();
  live.close();
  vi.advanceTimersByTime(60_000);
  expect(Line.all).toHaveLength(1);
  expect(states).toEqual([]);
});

test.each([
  [4404, "unknown"],
  [4410, "over"],
] as const)("a line closed with %i says “%s” and is not opened again", (code, state) => {
  const { states, line, live } = open();
  line().onopen();
  line().close(code);
  live.retry();
  vi.advanceTimersByTime(60_000);
  expect(Line.all).toHaveLength(1);
  expect(states).toEqual(["open", state]);
});

test("what the server says arrives as an event", () => {
  const { events, line } = open();
  line().onmessage({ data: '{"type":"pong"}' });
  expect(events).toEqual([{ type: "pong" }]);
});

test("a frame is dropped while the last one is still on its way", () => {
  const { live, line } = open();
  const frame = new Blob(["x"]);
  expect(live.sendFrame(frame)).toBe(true);
  line().bufferedAmount = 300_000;
  expect(live.sendFrame(frame)).toBe(false);
  line().readyState = 3;
  line().bufferedAmount = 0;
  expect(live.sendFrame(frame)).toBe(false);
  expect(line().sent).toEqual([frame]);
});

test("it gives a sign of life now and then", () => {
  const { line } = open();
  line().onopen();
  vi.advanceTimersByTime(20_000);
  expect(line().sent).toEqual(['{"type":"ping"}']);
});

test("a line on which nothing is heard any more, as after a sleep, is opened anew", () => {
  const { states, line } = open();
  line().onopen();
  vi.advanceTimersByTime(20_000);
  line().onmessage({ data: '{"type":"pong"}' });
  vi.advanceTimersByTime(40_000);
  expect(states).toEqual(["open"]);
  vi.setSystemTime(Date.now() + 3_600_000); // the lid was closed
  vi.advanceTimersByTime(20_000);
  expect(states).toEqual(["open", "away"]);
  vi.advanceTimersByTime(1000);
  expect(Line.all).toHaveLength(2);
});
