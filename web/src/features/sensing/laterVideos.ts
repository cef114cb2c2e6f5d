/** The reader of videos, whose script comes with the first video. */
import { effect, signal } from "@preact/signals";
import { texts } from "@/texts";
import type { Video, VideoReader } from "./video";

export function laterVideos(bring: () => Promise<VideoReader>): VideoReader {
  const video = signal<Video | null>(null);
  let reader: VideoReader | null = null;
  return {
    video,
    async read(file) {
      if (!reader) {
        const come = await bring().catch(() => null);
        if (!come) {
          video.value = { ...NONE, name: file.name, trouble: texts.engine.download };
          return;
        }
        reader = come;
        effect(() => {
          video.value = come.video.value;
        });
      }
      await reader.read(file);
    },
    stop: () => reader?.stop(),
    putAway() {
      reader?.putAway();
      video.value = null;
    },
  };
}

const NONE: Omit<Video, "name" | "trouble"> = {
  url: "",
  state: "stopped",
  waiting: false,
  fetched: 0,
  lengthS: null,
  seconds: [],
};
