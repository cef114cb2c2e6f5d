/** The reader of videos, whose script comes with the first video. */
import { effect, signal } from "@preact/signals";
import { texts } from "@/texts";
import type { Video, VideoReader } from "./video";

export function laterVideos(bring: () => Promise<VideoReader>): VideoReader {
  const video = signal<Video | null>(null);
  let reader: VideoReader | null = null;
  let wanted: File | null = null; // while the script comes another may be chosen, or none
  return {
    video,
    async read(file) {
      wanted = file;
      if (!reader) {
        const come = await bring().catch(() => null);
        if (wanted !== file) return;
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
      wanted = null;
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
