import type { Catalogue } from "../catalogue";
import { card } from "./card";
import { learned } from "./learned";
import { library } from "./library";
import { playlistDoor, playlists } from "./playlists";
import { say } from "./say";
import { guide, offline, settings, why } from "./sheets";
import { texts } from "./texts";

export const de = {
  texts,
  card,
  guide,
  learned,
  library,
  offline,
  playlistDoor,
  playlists,
  say,
  settings,
  why,
} as Catalogue;
