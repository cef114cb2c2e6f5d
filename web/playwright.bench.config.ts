import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** Measures instead of testing: `python tools/bench.py` runs it and shows what it writes. */
export default defineConfig({
  ...journeys,
  testDir: "bench",
  testMatch: "*.bench.ts",
  timeout: 3_600_000,
});
