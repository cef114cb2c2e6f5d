/** The listener's own folder: 200 files, a scan that is killed, and all of it playable. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { here, made, PYTHON } from "./places";
import { expect, Room, Server, test } from "./room";

const data = () => made("own-data");
const music = () => made("own-music");
const env = () => ({ ...process.env, AFFETTO_DATA_DIR: data(), AFFETTO_DEMO: "false" });

const LIBRARY = ["-m", "affetto", "library"];

interface Counts {
  new: number;
  changed: number;
  unchanged: number;
}

function scan(): Counts {
  const said = execFileSync(PYTHON, [...LIBRARY, "scan", music(), "--json"], {
    env: env(),
    stdio: ["ignore", "pipe", "ignore"], // its progress bar is for people
  });
  return JSON.parse(said.toString()) as Counts;
}

function kept(): number {
  const said = execFileSync(PYTHON, [...LIBRARY, "show", "--json", "--limit", "500"], {
    env: env(),
  });
  return (JSON.parse(said.toString()) as unknown[]).length;
}

test("a killed scan goes on, hears nothing twice, and every file plays in the page", async ({
  page,
}) => {
  test.setTimeout(180_000);
  execFileSync(PYTHON, [here("make_folder.py"), music()]);
  mkdirSync(data(), { recursive: true });

  const killed = spawn(PYTHON, [...LIBRARY, "scan", music(), "--workers", "1"], { env: env() });
  const ended = new Promise((done) => killed.once("exit", done));
  await expect.poll(kept, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(20);
  killed.kill("SIGKILL");
  await ended;
  const before = kept();
  expect(before).toBeLessThan(200);

  const resumed = scan();
  expect(resumed).toMatchObject({ new: 200 - before, changed: 0, unchanged: before });
  expect(scan()).toMatchObject({ new: 0, changed: 0, unchanged: 200 });

  const server = await Server.begin(env());
  try {
    const room = new Room(page, server);
    await room.open();
    await room.touch(0.4, 0.4);
    await room.plays();
    await expect(room.title()).toHaveText(/^Piece /);

    const silent = await page.evaluate(async () => {
      const { tracks } = (await (await fetch("/api/tracks?limit=500")).json()) as {
        tracks: { title: string; audio: string }[];
      };
      const plays = (address: string) =>
        new Promise<boolean>((done) => {
          const audio = new Audio(address);
          audio.muted = true;
          audio.ontimeupdate = () => {
            if (audio.currentTime === 0) return;
            audio.pause();
            audio.removeAttribute("src");
            audio.load();
            done(true);
          };
          audio.onerror = () => done(false);
          setTimeout(() => done(false), 15_000);
          audio.play().catch(() => done(false));
        });
      const failed: string[] = [];
      const waiting = [...tracks];
      const player = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop())
          if (!(await plays(next.audio))) failed.push(next.title);
      };
      await Promise.all(Array.from({ length: 6 }, player));
      return { asked: tracks.length, failed };
    });
    expect(silent).toEqual({ asked: 200, failed: [] });
  } finally {
    await server.stop();
  }
});
