/** What reading on the device costs to fetch, packed as a browser takes it. */
import { get } from "node:http";
import { expect, test } from "./room";

/** Bytes over the wire, and how they were packed. */
function fetched(url: string, coding: "br" | "gzip"): Promise<{ bytes: number; packed: string }> {
  return new Promise((done, failed) => {
    get(url, { headers: { "accept-encoding": coding } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () => done({ bytes, packed: answer.headers["content-encoding"] ?? "" }));
    }).on("error", failed);
  });
}

for (const [coding, runtimeMost, modelsMost] of [
  ["br", 3_000_000, 4_500_000],
  ["gzip", 4_000_000, 5_000_000],
] as const)
  test(`runtime and models are small, ${coding}`, async ({ server }) => {
    const page = await (await fetch(server.address)).text();
    const script = page.match(/\/assets\/index-[\w-]+\.js/)?.[0] ?? "";
    const engine = (await (await fetch(server.address + script)).text()).match(
      /engine-[\w-]+\.js/,
    )?.[0];
    const text = await (await fetch(`${server.address}/assets/${engine}`)).text();
    const runtime = text.match(/\/assets\/ort-wasm[\w-]+\.wasm/)?.[0];
    const worker = text.match(/\/assets\/worker-[\w-]+\.js/)?.[0];
    const house = await (await fetch(`${server.address}/api/house`)).json();
    const models: { url: string }[] = house.sensing.models;
    expect(models).toHaveLength(3);

    const wasm = await fetched(`${server.address}${runtime}`, coding);
    const parts = await Promise.all(models.map(({ url }) => fetched(server.address + url, coding)));
    const code = await fetched(`${server.address}${worker}`, coding);
    for (const { packed } of [wasm, ...parts, code]) expect(packed).toBe(coding);
    const sum = parts.reduce((all, { bytes }) => all + bytes, 0);
    console.log(
      `${coding}: runtime ${wasm.bytes}, models ${sum}, the worker's script ${code.bytes} bytes`,
    );
    expect(wasm.bytes).toBeLessThanOrEqual(runtimeMost);
    expect(sum).toBeLessThanOrEqual(modelsMost);
  });
