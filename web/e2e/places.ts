/** Where things lie, for the journeys. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const venv = here("../../.venv");
const inside = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
export const PYTHON =
  process.env.AFFETTO_PYTHON ?? (existsSync(join(venv, inside)) ? join(venv, inside) : "python3");

/** Where the demo music is kept from run to run; what changed in it is recorded anew. */
export const MUSIC = here("../node_modules/.cache/affetto-demo");

/** A file of this run: a picture, a film, a worker's data. */
export const made = (name: string) => join(process.env.AFFETTO_E2E ?? ".", name);
