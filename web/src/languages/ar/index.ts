import type { Catalogue } from "../catalogue";
import { card } from "./card";
import { heard } from "./heard";
import { learned } from "./learned";
import { library } from "./library";
import { map, player, playlistDoor, queue } from "./player";
import { say } from "./say";
import { connections, playlists, spotify } from "./services";
import { guide, offline, settings, why } from "./sheets";
import { texts } from "./texts";
import { five, history, lists, table, views } from "./views";

export const ar: Catalogue = {
  texts,
  card,
  connections,
  five,
  guide,
  heard,
  history,
  learned,
  library,
  lists,
  map,
  offline,
  player,
  playlistDoor,
  playlists,
  queue,
  say,
  settings,
  spotify,
  table,
  views,
  why,
};
