/** A film of the page, shot by shot: pictures, how long each is shown, the hand, and a caption. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";

interface Shot {
  /** A file beside the film. */
  picture: string;
  ms: number;
  caption: string;
  hand: { x: number; y: number; down: boolean };
}

const STEP_MS = 50; // between two places of a hand on its way
const PX_A_STEP = 60;
const PRESS_MS = 200;
const SETTLING = { pictures: 4, ms: 80 };

export class Film {
  private readonly shots: Shot[] = [];
  private hand: Shot["hand"];
  private caption = "";
  private pictures = 0;
  private last = "";

  constructor(
    private readonly page: Page,
    private readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true });
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    this.hand = { x: width * 0.62, y: height * 0.86, down: false };
  }

  says(caption: string) {
    this.caption = caption;
  }

  /** What the page shows now, for so long. */
  async still(ms: number) {
    this.pictures += 1;
    this.last = `${String(this.pictures).padStart(4, "0")}.png`;
    await this.page.screenshot({ path: join(this.folder, this.last) });
    this.hold(ms);
  }

  private hold(ms: number) {
    const { caption, hand } = this;
    this.shots.push({ picture: this.last, ms, caption, hand: { ...hand } });
  }

  /** The page as it changes: a few pictures, as quickly as they come. */
  async settles() {
    for (let i = 0; i < SETTLING.pictures; i++) await this.still(SETTLING.ms);
  }

  /** The hand goes there, slower at both ends of its way. */
  private async goes(x: number, y: number) {
    const from = this.hand;
    const steps = Math.max(4, Math.round(Math.hypot(x - from.x, y - from.y) / PX_A_STEP));
    for (let i = 1; i <= steps; i++) {
      const share = (1 - Math.cos((Math.PI * i) / steps)) / 2;
      this.hand = {
        x: from.x + (x - from.x) * share,
        y: from.y + (y - from.y) * share,
        down: from.down,
      };
      await this.page.mouse.move(this.hand.x, this.hand.y);
      if (from.down) await this.still(STEP_MS);
      else this.hold(STEP_MS);
    }
  }

  /** The hand goes to a part of the page, or to a place in it in shares of its sides. */
  async reaches(part: Locator, [across, down] = [0.5, 0.5] as readonly [number, number]) {
    const box = await part.boundingBox();
    if (!box) throw new Error("That is not in sight.");
    await this.goes(box.x + box.width * across, box.y + box.height * down);
  }

  async lowers() {
    this.hand = { ...this.hand, down: true };
    this.hold(PRESS_MS);
    await this.page.mouse.down();
  }

  async lifts() {
    await this.page.mouse.up();
    this.hand = { ...this.hand, down: false };
  }

  /** The hand goes there and presses. */
  async presses(part: Locator, at?: readonly [number, number]) {
    await this.reaches(part, at);
    await this.lowers();
    await this.lifts();
  }

  write() {
    writeFileSync(join(this.folder, "film.json"), JSON.stringify(this.shots));
  }
}
