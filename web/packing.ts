/**
 * Makes the built page small on its way: each file gets a `.br` and a `.gz` beside it.
 *
 * The model files that the page fetches are no part of the build, and still are packed
 * with it, under the addresses they are served at. Packing is slow and its outcome
 * depends on nothing but the bytes, so it is kept in node_modules/.cache.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import type { Plugin } from "vite";

const PACKED = new Set([".css", ".html", ".js", ".onnx", ".svg", ".wasm", ".webmanifest"]);
/** Above this many bytes the slowest brotli costs half a minute and gains a twentieth. */
const LARGE = 4_000_000;

const brotli = (data: Buffer) =>
  promisify(brotliCompress)(data, {
    params: {
      [zlib.BROTLI_PARAM_QUALITY]: data.length > LARGE ? 9 : 11,
      [zlib.BROTLI_PARAM_LGWIN]: 24,
      [zlib.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
const WAYS: [suffix: string, pack: (data: Buffer) => Promise<Buffer>][] = [
  [".br", brotli],
  [".gz", (data) => promisify(gzip)(data, { level: 9 })],
];

export const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

/** Write `target` with each suffix, wherever that is smaller than `data`. */
export async function pack(data: Buffer, target: string, kept: string): Promise<void> {
  const key = sha256(data);
  mkdirSync(kept, { recursive: true });
  await Promise.all(
    WAYS.map(async ([suffix, make]) => {
      const place = join(kept, `1-${key}${suffix}`);
      const packed = existsSync(place) ? readFileSync(place) : await make(data);
      if (!existsSync(place)) writeFileSync(place, packed);
      if (packed.length < data.length) writeFileSync(target + suffix, packed);
    }),
  );
}

/** What the service worker keeps, so that the page opens without the server. */
const NEVER_KEPT = /\.(wasm|map|onnx)$|\/(engine|worker)-[^/]+\.js$/; // they come by consent
const MARK = "__SHELL__";

/** Write into the service worker which files this build is made of. */
export function shell({ keeper, beside }: { keeper: string; beside: string[] }): Plugin {
  return {
    name: "affetto-shell",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const worker = bundle[keeper];
        if (worker?.type !== "chunk") throw new Error(`The build has no ${keeper}.`);
        if (!worker.code.includes(MARK)) throw new Error(`${keeper} asks for no files.`);
        const names = Object.keys(bundle).filter(
          (name) => name !== keeper && !name.endsWith(".html") && !NEVER_KEPT.test(name),
        );
        const files = [...names.map((name) => `/${name}`), ...beside].sort();
        const version = sha256(Buffer.from(JSON.stringify(files))).slice(0, 12);
        worker.code = worker.code.replaceAll(MARK, JSON.stringify({ version, files }));
      },
    },
  };
}

/** `models`: the folder whose .onnx files are served as /models/NAME-HASH.onnx. */
export function packing({ models, kept }: { models: string; kept: string }): Plugin {
  let folder = "";
  return {
    name: "affetto-packing",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      if (!existsSync(folder)) return; // the build failed before it wrote anything
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
        if (PACKED.has(extname(name)))
          await pack(readFileSync(join(folder, name)), join(folder, name), kept);
      const names = existsSync(models) ? readdirSync(models) : [];
      for (const name of names.filter((one) => extname(one) === ".onnx")) {
        const data = readFileSync(join(models, name));
        mkdirSync(join(folder, "models"), { recursive: true });
        const served = `${basename(name, ".onnx")}-${sha256(data).slice(0, 12)}.onnx`;
        await pack(data, join(folder, "models", served), kept);
      }
    },
  };
}
