/** Brings the engine's own script only when somebody agreed to be read. */
import { KEEPER } from "@/keeping";
import { texts } from "@/texts";
import type { OpenEngine } from "./shelf";

/** Bring the script; asked for again it is there already. */
export const bringEngine = () => import("./engine");

/** As `openEngine`; also keeps what it fetched within reach when the server is away. */
export const openLazily: OpenEngine = async (parts) => {
  void navigator.serviceWorker?.register(KEEPER).catch(() => undefined);
  const { openEngine } = await bringEngine().catch(() => {
    throw Object.assign(new Error("The engine did not arrive."), texts.engine.download);
  });
  return openEngine(parts);
};
