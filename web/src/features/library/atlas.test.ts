import { expect, test } from "vitest";
import { fakeServer } from "@/testing";
import { createAtlas } from "./atlas";

const soon = () => new Promise((done) => setTimeout(done));

test("the map is fetched once, and again when the library is another", async () => {
  const { api, state } = fakeServer();
  const atlas = createAtlas(api);
  await atlas.look();
  expect(atlas.dots.value?.row.length).toBe(3);
  const same = atlas.map.value;
  atlas.heard("e1");
  atlas.heard(undefined);
  expect(state.asked).toEqual(["map"]);
  atlas.heard("e2");
  await soon();
  expect(state.asked).toEqual(["map", "map"]);
  expect(atlas.map.value).toBe(same); // it said the same: nothing is drawn anew
});

test("a track is asked for once, and not trusted when the library changed meanwhile", async () => {
  const { api, state } = fakeServer();
  const atlas = createAtlas(api);
  await atlas.look();
  expect((await atlas.track(2))?.title).toBe("2");
  expect((await atlas.track(2))?.title).toBe("2");
  expect(state.asked).toEqual(["map", "tracks  2 1"]);
  const tracks = api.tracks;
  api.tracks = async (...asked) => ({ ...(await tracks(...asked)), edition: "e2" });
  expect(await atlas.track(1)).toBeNull();
  expect(state.asked.at(-1)).toBe("map"); // the rows are those of another map
});

test("a map that does not come is not the end", async () => {
  const { api, state } = fakeServer();
  const atlas = createAtlas(api);
  state.gone = true;
  await atlas.look();
  expect(atlas.failed.value).not.toBeNull();
  expect(await atlas.track(0)).toBeNull();
  state.gone = false;
  await atlas.look();
  expect(atlas.failed.value).toBeNull();
  expect(atlas.map.value?.total).toBe(4);
});
