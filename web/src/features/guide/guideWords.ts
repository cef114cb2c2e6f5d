/** The first steps: how to sense, where the music is, what is kept. */
import { spoken } from "@/languages/spoken";

export const words = spoken("guide", {
  title: "First steps",
  steps: {
    sense: {
      title: "Say how you feel",
      text: "Touch the map where you are: that is enough. A photo, a video or the camera can say it, too. You are asked first, and the picture stays on this device.",
    },
    music: {
      title: "Where the music is",
      text: "The library, at the top of the page, shows all that can play. Your own music comes from a folder, or from a service you use.",
    },
    kept: {
      title: "What is kept",
      text: "What you play, like and skip is kept on the machine that runs Affetto, so that it learns your taste. No picture is kept. Under Settings you look at all of it, and have it forgotten.",
    },
  },
  step: (now: number, all: number) => `${now} of ${all}`,
  on: "Go on",
  back: "Step back",
  done: "Done",
  justPlay: "Just play",
});
