/** What is wrong with a page as it looks, at the two widths it is looked at. */
import type { Page } from "@playwright/test";
import { axe } from "./axe";

export const SIZES = [
  { name: "phone", width: 360, height: 740 },
  { name: "desktop", width: 1440, height: 900 },
];

/** axe's findings, sideways scrolling and text that does not fit, each as a line. */
export async function flaws(page: Page): Promise<string[]> {
  const found = await axe(page);
  const cut = await page.evaluate(() => {
    const lines: string[] = [];
    const root = document.scrollingElement as Element;
    if (root.scrollWidth > innerWidth) lines.push(`scrolls sideways: ${root.scrollWidth} px`);
    const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    for (const one of top.querySelectorAll<HTMLElement>("*")) {
      const words = [...one.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim())
        .join(" ")
        .trim();
      const style = getComputedStyle(one);
      if (!words || style.clipPath !== "none" || one.closest(".unseen")) continue;
      if (!one.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(one);
      const text = range.getBoundingClientRect();
      if (text.left < -1 || text.right > innerWidth + 1) lines.push(`leaves the page: ${words}`);
      let scrolls = false; // up and down: what lies below is reached, not cut off
      for (let box: HTMLElement | null = one; box && box !== top; box = box.parentElement) {
        const how = getComputedStyle(box);
        const edge = box.getBoundingClientRect();
        const button = box.tagName === "BUTTON";
        scrolls ||= /auto|scroll/.test(how.overflowY);
        const wide =
          (button || how.overflowX !== "visible") &&
          (text.left < edge.left - 1 || text.right > edge.right + 1);
        const tall =
          (button || how.overflowY !== "visible") &&
          !scrolls &&
          (text.top < edge.top - 1 || text.bottom > edge.bottom + 1);
        if (wide || tall) lines.push(`cut off: ${words} in ${box.tagName}.${box.className}`);
      }
    }
    return [...new Set(lines)];
  });
  return [...found, ...cut];
}
