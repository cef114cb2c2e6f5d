/** Makes the first picture come soon: its font early, and nothing that weighs too much. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

export interface WeighingOptions {
  /** The module that the page begins with, by the end of its path. */
  entry: string;
  /** The font of the first picture, by its file's name; it is fetched beside the scripts. */
  font: RegExp;
  /** Bytes over the wire, gzipped, that the first load may weigh at most. */
  most: number;
}

/** What a build is made of, as far as it is looked at. */
export type Built = Record<
  string,
  | {
      type: "chunk";
      moduleIds: string[];
      code: string;
      imports: string[];
      viteMetadata?: { importedCss: Set<string> } | undefined;
    }
  | { type: "asset"; source: string | Uint8Array }
>;

/**
 * All that a page needs at once: its entry, what that imports, their styles and the font.
 * Throws when the build has no such entry or font, since then nothing would be weighed.
 */
export function firstLoad(built: Built, { entry, font }: WeighingOptions): string[] {
  const needed = new Set(Object.keys(built).filter((name) => font.test(name)));
  if (!needed.size) throw new Error("The build has no font of the first picture.");
  function need(name: string) {
    const part = built[name];
    if (part?.type !== "chunk" || needed.has(name)) return;
    needed.add(name);
    for (const style of part.viteMetadata?.importedCss ?? []) needed.add(style);
    part.imports.forEach(need);
  }
  const [begin] = Object.entries(built).find(
    ([, part]) => part.type === "chunk" && part.moduleIds.some((id) => id.endsWith(entry)),
  ) ?? [null];
  if (begin === null) throw new Error(`The build has no ${entry}.`);
  need(begin);
  return [...needed].sort();
}

/** Bytes of the first load as they go over the wire; what is packed already stays as it is. */
export function weight(built: Built, options: WeighingOptions): number {
  const sizeOf = (name: string) => {
    const part = built[name];
    const data = part?.type === "chunk" ? part.code : (part?.source ?? "");
    return name.endsWith(".woff2") ? data.length : gzipSync(data, { level: 9 }).length;
  };
  return firstLoad(built, options).reduce((sum, name) => sum + sizeOf(name), 0);
}

/** Fails the build when the first load weighs more than it may. */
export function weighing(options: WeighingOptions): Plugin {
  return {
    name: "affetto-weighing",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const bytes = weight(bundle as unknown as Built, options);
        const kB = (count: number) => `${Math.round(count / 1000)} kB`;
        if (bytes > options.most)
          this.error(`The first load weighs ${kB(bytes)}; ${kB(options.most)} is the most.`);
        this.info(`The first load weighs ${kB(bytes)} of ${kB(options.most)}.`);
      },
    },
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => options.font.test(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", crossorigin: true, href: `/${name}` },
            injectTo: "head-prepend" as const,
          })),
    },
  };
}
