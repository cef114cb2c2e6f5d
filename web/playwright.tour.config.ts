import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** Films instead of testing: `python tools/tour.py` runs it and makes one picture of it. */
export default defineConfig({
  ...journeys,
  testDir: "tour",
  testMatch: "*.film.ts",
  workers: 1,
  timeout: 600_000, // however busy the machine, what is shown takes as long as it says
  expect: { timeout: 120_000 },
  use: { ...journeys.use, viewport: { width: 960, height: 780 } },
});
