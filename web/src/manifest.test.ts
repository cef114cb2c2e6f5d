import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Manifest {
  name: string;
  start_url: string;
  display: string;
  theme_color: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}
const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8")) as Manifest;

test("the page can be installed: its manifest has what browsers ask for", () => {
  expect(manifest).toMatchObject({ name: "Affetto", start_url: "/", display: "standalone" });
  const sizes = manifest.icons.map(({ sizes, purpose = "any" }) => `${sizes} ${purpose}`);
  expect(sizes).toEqual(expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]));
  expect(readFileSync("index.html", "utf8")).toContain('rel="manifest"');
});

test("each icon is there, in the size it is said to have", () => {
  for (const { src, sizes, type } of manifest.icons) {
    expect(existsSync(`public${src}`), src).toBe(true);
    if (type !== "image/png") continue;
    const head = readFileSync(`public${src}`).subarray(16, 24); // width and height of a PNG
    expect(`${head.readUInt32BE(0)}x${head.readUInt32BE(4)}`, src).toBe(sizes);
  }
});
