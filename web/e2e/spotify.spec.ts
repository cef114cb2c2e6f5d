/** Spotify against a stand-in: sign in, play what fits, and what to do when no device is awake. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Page } from "@playwright/test";
import { flaws, SIZES } from "./flaws";
import { PICTURES, picture } from "./pictures";
import { here, made, PYTHON } from "./places";
import { expect, Server, test } from "./room";

const CLIENT_ID = "0123456789abcdef0123456789abcdef";

/** The stand-in for Spotify, a process of its own; it ends when its input does. */
async function standIn(): Promise<{ address: string; process: ChildProcess }> {
  const process = spawn(PYTHON, [here("../../tests/spotify_kit.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const address = await new Promise<string>((told, failed) => {
    process.stdout?.once("data", (line: Buffer) => told(line.toString().trim()));
    process.once("exit", () => failed(new Error("The stand-in for Spotify did not start.")));
  });
  return { address, process };
}

test(
  "one signs in, plays what fits, and is told what to do when no device is awake",
  { tag: "@pictures" },
  async ({ page }, { workerIndex }) => {
    const { address, process } = await standIn();
    const server = await Server.begin({
      AFFETTO_DATA_DIR: made(`spotify-${workerIndex}`),
      AFFETTO_DEMO: "false",
      AFFETTO_PROVIDER__SPOTIFY__API: `${address}/v1/`,
      AFFETTO_PROVIDER__SPOTIFY__ACCOUNTS: `${address}/`,
    });
    const change = (what: object) =>
      fetch(`${address}/fake`, { method: "POST", body: JSON.stringify(what) });
    try {
      await journey(page, server, change);
    } finally {
      await server.stop();
      process.stdin?.end();
    }
  },
);

async function journey(page: Page, server: Server, change: (what: object) => Promise<unknown>) {
  const sheet = page.getByRole("dialog", { name: "Spotify" });
  const button = (name: string) => sheet.getByRole("button", { name, exact: true });
  await page.goto(server.address);
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: "Where your music lives", exact: true }).click();
  await page.getByRole("button", { name: "Open Spotify", exact: true }).click();
  await expect(sheet).toContainText(`${server.address}/api/spotify/callback`);
  expect(await flaws(page), "before it is connected").toEqual([]);

  // To Spotify and back, without leaving a trace in the address.
  await sheet.getByLabel("Client ID").fill(CLIENT_ID);
  await button("Sign in at Spotify").click();
  await expect(sheet).toContainText("Where it sounds");
  await expect(page).toHaveURL(`${server.address}/`);
  await expect(sheet.getByRole("radio", { name: /^Desk/ })).toBeChecked();

  await sheet.getByLabel("What to play for: Calm").fill("paper boats");
  await button("Play: Calm").click();
  const song = sheet.getByRole("link", { name: "Paper Boats by The Test Pilots" });
  await expect(song).toHaveAttribute("href", /^https:\/\/open\.spotify\.com\/track\//);
  await button("Pause").click();
  await expect(button("Play")).toBeVisible();

  for (const size of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      if (!PICTURES && (size.name === "phone") !== (colorScheme === "light")) continue;
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      expect(await flaws(page), `connected, ${size.name}, ${colorScheme}`).toEqual([]);
      await picture(page, "spotify");
    }

  await change({ gone: true });
  await button("Play: Calm").click();
  await expect(sheet.getByRole("alert")).toContainText("Open the Spotify app on a phone");
  const instead = sheet.getByRole("link", { name: "Open it at Spotify instead" });
  await expect(instead).toHaveAttribute("href", "https://open.spotify.com/search/paper%20boats");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await flaws(page), "in trouble, on a phone").toEqual([]);

  await change({ reset: true });
  await button("Play: Calm").click();
  await expect(sheet.getByRole("alert")).toBeHidden();
  await expect(song).toBeVisible();
  await expect(button("Pause")).toBeVisible();
}
