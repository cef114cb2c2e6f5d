import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** Measures instead of testing: `python tools/bench.py` runs it and shows what it writes. */
export default defineConfig({
  ...journeys,
  testDir: "bench",
  testMatch: "*.bench.ts",
  workers: 1, // nothing beside what is measured
  timeout: 3_600_000,
});
