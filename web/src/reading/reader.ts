/** A reader of faces from the runtime and the model files: the door to this folder. */
import { type Finder, Reader } from "./face";
import { FaceFinder } from "./face_finder";
import { openRunner, type Runner, type Runtime } from "./runner";
import type { FaceReader, Models } from "./types";

/**
 * Opens the models. Rejects when one of them is none; nothing is left open then.
 * `around` may put another finder before the detectors, one that follows faces, say.
 */
export async function openReader(
  ort: Runtime,
  models: Models,
  around: (finder: Finder) => Finder = (finder) => finder,
): Promise<FaceReader> {
  const open: Runner[] = [];
  const closeAll = async () => {
    for (const runner of open.splice(0)) await runner.close();
  };
  try {
    for (const model of [models.near, models.far, models.expression])
      open.push(await openRunner(ort, model));
    const [near, far, expressions] = open as [Runner, Runner, Runner];
    return new Reader(around(new FaceFinder(near, far)), expressions, models.card, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}
