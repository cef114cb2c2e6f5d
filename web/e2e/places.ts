/** Where things lie, for the journeys. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const venv = here("../../.venv");
const inside = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
export const PYTHON =
  process.env.AFFETTO_PYTHON ?? (existsSync(join(venv, inside)) ? join(venv, inside) : "python3");

/** A file that `make_pictures.py` wrote. */
export const made = (name: string) => join(process.env.AFFETTO_E2E ?? ".", name);
