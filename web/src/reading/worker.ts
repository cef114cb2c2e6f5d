/** The worker that reads faces: the runtime, the reader and the pictures live here only. */
import * as ort from "onnxruntime-web/wasm";
import { openReader } from "./reader";
import type { FromWorker, Source, ToWorker } from "./talk";
import { Tracker } from "./tracker";
import type { Pixels } from "./types";
import { createWork } from "./work";

const say = (news: FromWorker) => postMessage(news);
const canvas = new OffscreenCanvas(1, 1);
const brush = canvas.getContext("2d", { willReadFrequently: true });

function pixelsOf(source: Source): Pixels {
  if ("data" in source) return source;
  if (!brush) throw new Error("There is no canvas in this worker.");
  const wide = "displayWidth" in source ? source.displayWidth : source.width;
  const high = "displayHeight" in source ? source.displayHeight : source.height;
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  brush.fillStyle = "white"; // shows where a picture is transparent, as on the server
  brush.fillRect(0, 0, wide, high);
  brush.drawImage(source, 0, 0);
  source.close();
  const pixels = brush.getImageData(0, 0, wide, high);
  brush.clearRect(0, 0, wide, high); // no picture stays
  return pixels;
}

const { hear } = createWork({
  say,
  pixelsOf,
  async open(runtime, models) {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = runtime.buffer as ArrayBuffer;
    let tracker: Tracker | null = null;
    const reader = await openReader(ort, models, (finder) => {
      tracker = new Tracker(finder);
      return tracker;
    });
    const following = tracker as unknown as Tracker;
    delete ort.env.wasm.wasmBinary; // compiled: its bytes may go
    return {
      close: () => reader.close(),
      look(pixels, options) {
        following.following = false;
        return reader.look(pixels, options);
      },
      async follow(pixels, options) {
        following.following = true;
        const look = await reader.look(pixels, options);
        if (look.unread.length > 0 || look.faces.length === 0) following.forget();
        return look;
      },
    };
  },
});

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => void hear(data));
say({ say: "here" });
