import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { LAUNCH } from "./e2e/browser";

// The folder of this run; workers read this file again and find it named.
process.env.AFFETTO_E2E ??= mkdtempSync(join(tmpdir(), "affetto-e2e-"));

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  workers: 1, // one server, one listener: journeys take turns
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    viewport: { width: 1280, height: 860 },
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: LAUNCH,
    screenshot: "only-on-failure",
  },
});
