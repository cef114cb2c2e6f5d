import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

// The folder of this run; workers read this file again and find it named.
process.env.AFFETTO_E2E ??= mkdtempSync(join(tmpdir(), "affetto-e2e-"));

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  workers: 2, // each with a browser, a server and a listener of its own
  fullyParallel: true,
  timeout: 120_000, // generous: a busy machine is no fault of the page
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // One that passes only when tried again is told as flaky at the end, and wants mending.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    viewport: { width: 1280, height: 860 },
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
});
