/** Pictures of the views for the documentation, taken where a journey passes them. */
import type { Page } from "@playwright/test";
import { here } from "./places";

/** Whether this run is one of `tools/pictures.py`. */
export const PICTURES = process.env.AFFETTO_SCREENSHOTS === "1";

/** Keep what is in sight under the name of the view, with the width and the theme it has now. */
export async function picture(page: Page, view: string): Promise<void> {
  if (!PICTURES) return;
  await page.mouse.move(1, 1); // nothing looks touched
  await page
    .locator("img")
    .evaluateAll((all) => Promise.allSettled(all.map((one) => (one as HTMLImageElement).decode())));
  const width = (page.viewportSize()?.width ?? 0) < 900 ? "phone" : "desktop";
  const scheme = await page.locator("html").getAttribute("data-scheme");
  const path = here(`../../docs/screenshots/${view}-${width}-${scheme}.png`);
  await page.screenshot({ path, animations: "disabled" });
}
