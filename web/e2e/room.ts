/** A running server and a page in it, with the few things every journey does. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { test as base, expect, type Page } from "@playwright/test";
import { made, PYTHON } from "./places";

export { expect };

export class Server {
  private running: ChildProcess | null = null;
  private said = "";

  private constructor(
    readonly port: number,
    private readonly surroundings: NodeJS.ProcessEnv,
  ) {}

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** With the demo music and the journeys' own data, unless `surroundings` say otherwise. */
  static async begin(surroundings: NodeJS.ProcessEnv = {}): Promise<Server> {
    const server = new Server(await freePort(), surroundings);
    await server.start();
    return server;
  }

  /** Serve until `stop`; resolves when the first request is answered. */
  async start() {
    this.running = spawn(
      PYTHON,
      ["-m", "affetto", "serve", "--port", String(this.port), "--no-open"],
      {
        env: { ...process.env, AFFETTO_DATA_DIR: made("data"), ...this.surroundings },
        stdio: "pipe",
      },
    );
    const hear = (words: Buffer) => {
      this.said += words.toString();
    };
    this.running.stdout?.on("data", hear);
    this.running.stderr?.on("data", hear);
    const until = Date.now() + 120_000; // the first start composes the demo music
    while (Date.now() < until) {
      if (this.running.exitCode !== null) break;
      const answer = await fetch(`${this.address}/api/house`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((wait) => setTimeout(wait, 100));
    }
    throw new Error(`The server did not start:\n${this.said}`);
  }

  async stop() {
    const process = this.running;
    this.running = null;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((done) => process.once("exit", done));
    process.kill("SIGINT");
    const slow = setTimeout(() => process.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(slow);
  }

  /** As if nobody had listened here yet: no session, no consent. */
  async forget() {
    const answer = await fetch(`${this.address}/api/sessions/current`);
    const current = (await answer.json()) as { id: string } | null;
    if (current) await fetch(`${this.address}/api/sessions/${current.id}`, { method: "DELETE" });
    const consents = (await (await fetch(`${this.address}/api/consents`)).json()) as {
      sensor: string;
      version: string;
    }[];
    for (const { sensor, version } of consents)
      await fetch(`${this.address}/api/consents`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ sensor, version, given: false }),
      });
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}

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

  /** Where the audio element's clock stands, in seconds. */
  clock = () => this.page.evaluate(() => document.querySelector("audio")?.currentTime ?? -1);
  paused = () => this.page.evaluate(() => document.querySelector("audio")?.paused ?? true);

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

interface Options {
  room: Room;
  quietConsole: undefined;
}

export const test = base.extend<Options, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const server = await Server.begin();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 150_000 },
  ],
  room: async ({ page, server }, use) => {
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
