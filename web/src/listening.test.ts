import { expect, test } from "vitest";
import { CALM, room } from "./listeningTesting";
import { face } from "./testing";

test("one request lost while the line stays open is made good by itself", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  live.turn("open");
  state.gone = true;
  sound.end();
  await listening.settled();
  expect(listening.away.value).toBe(true);
  state.gone = false;
  await expect.poll(() => listening.away.value).toBe(false);
  await expect.poll(() => sound.told).toEqual(["load One", "load Two"]);
});

test("the next click that is answered ends the waiting too", async () => {
  const { listening, sound, state, live } = room(undefined, 60_000);
  await listening.touch(CALM);
  live.turn("open");
  state.gone = true;
  sound.end();
  await listening.settled();
  state.gone = false;
  await listening.aim("calm");
  expect(listening.away.value).toBe(false);
  expect(sound.told).toEqual(["load One", "load Two"]);
});

test("a click that asks nobody does not say that the server is there", async () => {
  const { listening, state } = room(undefined, 60_000);
  state.gone = true;
  await listening.open();
  await listening.aim("calm");
  expect(listening.away.value).toBe(true);
});

test("a page opened before the server finds it by itself", async () => {
  const { listening, state } = room();
  state.gone = true;
  await listening.open();
  expect(listening.away.value).toBe(true);
  state.gone = false;
  await expect.poll(() => listening.house.value?.tracks).toBe(28);
  expect(listening.away.value).toBe(false);
});

test("a calm word goes by itself, trouble and what asks for something stay", async () => {
  const { listening } = room(undefined, 5, { calmForMs: 1 });
  listening.notice.value = { text: "Every sensor is off.", tone: "calm" };
  await expect.poll(() => listening.notice.value).toBeNull();
  for (const stays of [
    { text: "That cannot be.", tone: "trouble" },
    { text: "This session was ended.", remedy: "Touch the map.", tone: "calm" },
  ] as const) {
    listening.notice.value = stays;
    await new Promise((later) => setTimeout(later, 20));
    expect(listening.notice.value).toEqual(stays);
  }
  await listening.touch(CALM); // which is what it asked for
  expect(listening.notice.value).toBeNull();
});

test("a refusal is shown with its remedy", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  const known = listening.session.value;
  listening.api.aim = async () => {
    const { Refusal } = await import("./api/client");
    throw new Refusal("That cannot be.", "Try another.", 422);
  };
  await listening.aim("calm");
  expect(listening.notice.value).toEqual({
    text: "That cannot be.",
    remedy: "Try another.",
    tone: "trouble",
  });
  expect(listening.session.value).toBe(known);
});

test("after an error nobody foresaw the next click still counts", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  listening.api.aim = async () => {
    throw new TypeError("a slip");
  };
  await expect(listening.aim("calm")).rejects.toThrow("a slip");
  await listening.like();
  expect(listening.session.value?.liked).toBe(true);
});

test("without a network nothing is asked by itself; a click that is answered ends that", async () => {
  const network = new EventTarget() as unknown as Window;
  const { listening, state } = room(undefined, 5, { network });
  await listening.touch(CALM);
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(1);
  network.dispatchEvent(new Event("offline"));
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(1);
  await listening.touch(CALM); // the server is on this machine
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(2);
});

test("with the network gone nobody is knocked at, and at once when it is back", async () => {
  const network = new EventTarget() as unknown as Window;
  const { listening, state } = room(undefined, 5, { network });
  await listening.touch(CALM);
  state.gone = true;
  network.dispatchEvent(new Event("offline"));
  await listening.next();
  expect(listening.away.value).toBe(true);
  const asked = state.asked.length;
  await new Promise((later) => setTimeout(later, 40));
  expect(state.asked).toHaveLength(asked);
  state.gone = false;
  network.dispatchEvent(new Event("online"));
  await expect.poll(() => listening.away.value).toBe(false);
});
