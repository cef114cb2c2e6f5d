/** Before all journeys: a folder of their own, the pictures and films that are shown, the music. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { here, MUSIC, made, PYTHON } from "./places";

export default async function setup() {
  const folder = made("");
  const make = (script: string, to: string) => promisify(execFile)(PYTHON, [here(script), to]);
  await Promise.all([
    make("make_pictures.py", folder),
    make("make_clips.py", folder),
    make("make_moods.py", folder),
    make("make_tones.py", folder),
    make("make_music.py", MUSIC),
  ]);
  return () => rmSync(folder, { recursive: true, force: true });
}
