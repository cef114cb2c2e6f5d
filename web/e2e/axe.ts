/** What axe finds wrong with a page as it stands, each finding as a line. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

export async function axe(page: Page): Promise<string[]> {
  // The other mode opens a second page each time, to join what several frames say: we have one.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
