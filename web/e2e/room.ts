/** A running server and a page in it, with the few things every journey does. */
import { copyFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { launchWith } from "./browser";
import { MUSIC, made } from "./places";
import { Server } from "./serving";

export { expect, Server };

export class Room {
  constructor(
    readonly page: Page,
    readonly server: Server,
  ) {}

  map = () => this.page.getByRole("slider", { name: "Mood map" });
  button = (name: string | RegExp) => this.page.getByRole("button", { name, exact: true });
  title = () => this.page.locator(".player-title");
  reading = () => this.page.getByRole("region", { name: "What your face shows" });
  notices = () => this.page.locator(".notices");

  async open() {
    await this.page.goto(this.server.address);
    await expect(this.button("Or just play something").or(this.button("Play"))).toBeEnabled();
  }

  /** Touch the map at a point of it. */
  async touch(valence: number, arousal: number) {
    const box = await this.map().boundingBox();
    if (!box) throw new Error("The map is not in sight.");
    await this.map().click({
      position: { x: (box.width * (valence + 1)) / 2, y: (box.height * (1 - arousal)) / 2 },
    });
  }

  /** Of the two audio elements the one that is heard. */
  audio = () => this.page.locator("audio[data-now]");
  /** Where its clock stands, in seconds. */
  clock = () => this.audio().evaluate((audio: HTMLAudioElement) => audio.currentTime);
  /** How many seconds of it are here already, beyond where its clock stands. */
  ahead = () =>
    this.audio().evaluate(({ buffered, currentTime }: HTMLAudioElement) => {
      for (let i = 0; i < buffered.length; i += 1)
        if (buffered.start(i) <= currentTime && currentTime <= buffered.end(i))
          return buffered.end(i) - currentTime;
      return 0;
    });
  paused = () => this.audio().evaluate((audio: HTMLAudioElement) => audio.paused);
  /** Let it go on so many seconds before its end. */
  nearEnd = (seconds: number) =>
    this.audio().evaluate((audio: HTMLAudioElement, left) => {
      audio.currentTime = audio.duration - left;
    }, seconds);

  /** Wait until sound has truly moved on. */
  async plays(more = 0.5) {
    const from = await this.clock();
    await expect.poll(this.clock, { message: "the audio clock" }).toBeGreaterThan(from + more);
  }

  session = async () => {
    const answer = await fetch(`${this.server.address}/api/sessions/current`);
    return await answer.json();
  };
}

interface Journey {
  /** What the fake camera shows: a film that `setup.ts` had made. */
  film: string;
  room: Room;
}

/** Where a worker's fake camera finds its film; read anew whenever a page turns it on. */
export const screen = (worker: number) => made(`camera-${worker}.y4m`);

export const test = base.extend<Journey, { server: Server }>({
  launchOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use, { parallelIndex }) =>
      use(
        launchWith(
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          `--use-file-for-fake-video-capture=${screen(parallelIndex)}`,
        ),
      ),
    { scope: "worker" },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use, { parallelIndex }) => {
      const data = made(`data-${parallelIndex}`);
      cpSync(MUSIC, join(data, "demo"), { recursive: true });
      const server = await Server.begin({ AFFETTO_DATA_DIR: data });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 150_000 },
  ],
  film: ["nobody.y4m", { option: true }],
  room: async ({ page, server, film }, use, { parallelIndex }) => {
    copyFileSync(made(film), screen(parallelIndex));
    await server.forget();
    await page.addInitScript(watchCamera);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (said) => {
      if (/Content Security Policy/.test(said.text())) errors.push(said.text());
    });
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== server.address && !["blob:", "data:"].includes(protocol))
        errors.push(`asked somebody else: ${request.url()}`);
    });
    await use(new Room(page, server));
    expect(errors).toEqual([]);
  },
});

declare global {
  interface Window {
    asked: number;
    streams: MediaStream[];
  }
}

/** Counts how often the page asks for the camera, and keeps what it got to look at. */
function watchCamera() {
  window.asked = 0;
  window.streams = [];
  const media = navigator.mediaDevices;
  if (!media) return;
  const real = media.getUserMedia.bind(media);
  media.getUserMedia = async (wish) => {
    window.asked += 1;
    const stream = await real(wish);
    window.streams.push(stream);
    return stream;
  };
}
