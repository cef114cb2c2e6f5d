/** A listener with a keyboard and a screen reader: goes by Tab, presses keys, hears what is said. */
import { expect, type Locator, type Page } from "@playwright/test";

declare global {
  interface Window {
    /** Everything the live regions said, in order. */
    heard: string[];
    /** Uses of a pointer. */
    pointed: number;
  }
}

export class Keys {
  private begun = false;

  private constructor(private readonly page: Page) {}

  /** Before the page opens: hear its live regions, and notice any use of a pointer. */
  static async at(page: Page) {
    await page.addInitScript(listen);
    return new Keys(page);
  }

  press = async (...keys: string[]) => {
    for (const key of keys) await this.page.keyboard.press(key);
  };
  type = (words: string) => this.page.keyboard.type(words);

  /** Go there by Tab, or back by Shift and Tab; where it stands is in sight and marked. */
  async to(target: Locator) {
    await expect(target).toBeAttached();
    if (this.begun) await this.stays(); // what had the focus may have gone with the last key
    this.begun = true;
    const far = await target.evaluate(steps);
    const key = far > 0 ? "Tab" : "Shift+Tab";
    for (let i = 0; i < Math.abs(far); i++) await this.press(key);
    // A browser stops at what scrolls, too.
    for (let i = 0; i < SCROLLERS && !(await target.evaluate(isFocused)); i++)
      await this.press(key);
    await this.on(target);
  }

  /** It has the focus, and one sees that it has. */
  async on(target: Locator) {
    await expect(target).toBeFocused();
    await expect(target).toBeInViewport();
    const seen = await target.evaluate((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      return {
        marked: getComputedStyle(one).outlineStyle !== "none",
        covered: !(over && (one.contains(over) || over.contains(one))),
      };
    });
    expect(seen).toEqual({ marked: true, covered: false });
  }

  /** Go there and press it. */
  async use(target: Locator, key = "Enter") {
    await this.to(target);
    await this.press(key);
  }

  /** The focus has not fallen out of the page. */
  async stays(within?: Locator) {
    const lost = () => document.activeElement === null || document.activeElement === document.body;
    await expect.poll(() => this.page.evaluate(lost), { message: "the focus is lost" }).toBe(false);
    if (within)
      await expect
        .poll(() => within.evaluate((part) => part.contains(document.activeElement)))
        .toBe(true);
  }

  /** A live region has said so, now or before. */
  async hears(words: string | RegExp) {
    const all = () => this.page.evaluate(() => window.heard.join("\n"));
    await expect.poll(all, { message: "what was said" }).toMatch(words);
  }

  async pointed() {
    return await this.page.evaluate(() => window.pointed);
  }
}

const SCROLLERS = 5;
const isFocused = (one: Element) => one === document.activeElement;

/** How many tabs it is to `target` from where the focus is; less than 0: back. */
function steps(target: Element) {
  const room = document.querySelector("dialog[open]") ?? document;
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = [...room.querySelectorAll<HTMLElement>(STOPS)].filter(
    (one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.checkVisibility(),
  );
  return (
    stops.indexOf(target as HTMLElement) - stops.indexOf(document.activeElement as HTMLElement)
  );
}

function listen() {
  window.heard = [];
  window.pointed = 0;
  for (const use of ["pointerdown", "mousedown", "touchstart"])
    addEventListener(use, () => (window.pointed += 1), true);
  const LIVE = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((changes) => {
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const at = target instanceof Element ? target : target.parentElement;
      const region = at?.closest(LIVE);
      if (region) regions.add(region);
      for (const one of addedNodes)
        if (one instanceof Element) {
          if (one.matches("[role=alert]")) regions.add(one);
          for (const inside of one.querySelectorAll("[role=alert]")) regions.add(inside);
        }
    }
    for (const one of regions) if (one.textContent) window.heard.push(one.textContent);
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
