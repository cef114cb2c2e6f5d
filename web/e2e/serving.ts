/** The server of a journey: its own process, its own port, its own data. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { PYTHON } from "./places";

type Surroundings = NodeJS.ProcessEnv & { AFFETTO_DATA_DIR: string };

export class Server {
  private running: ChildProcess | null = null;
  private said = "";

  private constructor(
    readonly port: number,
    private readonly surroundings: Surroundings,
  ) {}

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  get data() {
    return this.surroundings.AFFETTO_DATA_DIR;
  }

  /** With the demo music, unless `surroundings` say otherwise. */
  static async begin(surroundings: Surroundings): Promise<Server> {
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
        env: { ...process.env, ...this.surroundings },
        stdio: "pipe",
      },
    );
    const hear = (words: Buffer) => {
      this.said += words.toString();
    };
    this.running.stdout?.on("data", hear);
    this.running.stderr?.on("data", hear);
    const until = Date.now() + 120_000;
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

  /** As if nobody had listened here yet: no session, nothing learned or told, no consent. */
  async forget() {
    const answer = await fetch(`${this.address}/api/sessions/current`);
    const current = (await answer.json()) as { id: string } | null;
    if (current) await fetch(`${this.address}/api/sessions/${current.id}`, { method: "DELETE" });
    await fetch(`${this.address}/api/me/learned`, { method: "DELETE" });
    await fetch(`${this.address}/api/me/preferences`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ statements: [], novelty: 0.5, explicit: true }),
    });
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
