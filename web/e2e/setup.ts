/** Before all journeys: a folder of their own, and the pictures a fake camera shows. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { here, made, PYTHON } from "./places";

export default function setup() {
  const folder = made("");
  execFileSync(PYTHON, [here("make_pictures.py"), folder], { stdio: "inherit" });
  return () => rmSync(folder, { recursive: true, force: true });
}
