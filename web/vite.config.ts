import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { packing, sha256, shell } from "./packing.ts";
import { weighing } from "./weighing.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The page checks what it runs against what it was built with.
const runtime = readFileSync(
  createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"),
);

export default defineConfig({
  resolve: { alias: { "@": here("./src") } },
  define: {
    __RUNTIME_BYTES__: String(runtime.length),
    __RUNTIME_SHA256__: JSON.stringify(sha256(runtime)),
  },
  plugins: [
    shell({
      keeper: "keeper.js",
      beside: ["/icon.svg", "/icons/icon-192.png", "/manifest.webmanifest"],
    }),
    weighing({ entry: "/src/main.tsx", font: /hanken-grotesk-latin-.*\.woff2$/, most: 300_000 }),
    packing({
      models: here("../src/affetto/inference/models"),
      kept: here("./node_modules/.cache/affetto-packed"),
    }),
  ],
  worker: { format: "es" },
  build: {
    outDir: here("../src/affetto/server/static"),
    emptyOutDir: true, // public/.gitkeep comes back with every build
    assetsInlineLimit: 0, // the content security policy allows no data: fonts or scripts
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: {
      input: { index: here("./index.html"), keeper: here("./src/reading/keeper.ts") },
      output: {
        // What the first picture needs comes in one piece: each more would cost a request.
        codeSplitting: {
          groups: [{ name: "index", tags: ["$initial"], test: /^(?!.*keeper\.ts$)/ }],
        },
        // A service worker looks after what lies below its own address.
        entryFileNames: ({ name }) => (name === "keeper" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: {
    proxy: {
      "/api": { target: "http://127.0.0.1:8765", ws: true },
      "/models": { target: "http://127.0.0.1:8765" },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
    setupFiles: ["src/testing.setup.ts"],
    testTimeout: 60_000, // generous: a busy machine is no fault of the page
  },
});
