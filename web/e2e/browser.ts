/** The browser to drive: the one named, else the system's Chromium, else Playwright's own. */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const found = [process.env.AFFETTO_BROWSER, "/usr/bin/chromium"].find(
  (path) => path && existsSync(path),
);

export const LAUNCH: LaunchOptions = {
  ...(found ? { executablePath: found } : {}),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--mute-audio",
  ],
};

/** The same browser with further switches. */
export const launchWith = (...args: string[]): LaunchOptions => ({
  ...LAUNCH,
  args: [...(LAUNCH.args ?? []), ...args],
});
