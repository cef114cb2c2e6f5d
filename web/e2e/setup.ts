/** Before all journeys: a folder of their own, and the pictures and films that are shown. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { here, made, PYTHON } from "./places";

export default function setup() {
  const folder = made("");
  for (const script of ["make_pictures.py", "make_clips.py", "make_moods.py"])
    execFileSync(PYTHON, [here(script), folder], { stdio: "inherit" });
  return () => rmSync(folder, { recursive: true, force: true });
}
