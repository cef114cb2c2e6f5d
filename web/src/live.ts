/**
 * The line to the server: a WebSocket told as typed events.
 *
 * It comes back by itself when the server was away, waiting 0.5 s, then 1, 2, 4 and
 * at most 8 s (a little random, so that many pages do not knock at once). A line on which
 * nothing was heard for long, because the machine slept or the network changed, is given up
 * and opened anew. When the session it is about has ended, or is none the server knows, it
 * stays closed.
 */
import type { LiveEvent } from "./api/types";

export type LinkState = "open" | "away" | "over" | "unknown";

export interface Live {
  /** Send one camera frame; false when the line is down or still busy with the last one. */
  sendFrame(frame: Blob): boolean;
  /** Knock now instead of waiting. */
  retry(): void;
  close(): void;
}

export interface LiveOptions {
  onEvent(event: LiveEvent): void;
  onState(state: LinkState): void;
  connect?: (url: string) => WebSocket;
  random?: () => number;
  /** The time of day in ms: it goes on while the machine sleeps. */
  now?: () => number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const PING_MS = 20_000;
/** Every ping is answered, so a line this silent is dead. */
const SILENT_MS = 2.5 * PING_MS;
const BUSY_BYTES = 200_000;
/** What the server closes the line with when there is nothing to come back to. */
const FOR_GOOD: Record<number, LinkState> = { 4404: "unknown", 4410: "over" };

export function openLive(url: string, options: LiveOptions): Live {
  const { onEvent, onState } = options;
  const connect = options.connect ?? ((address) => new WebSocket(address));
  const { random = Math.random, now = Date.now } = options;
  let socket: WebSocket | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ping: ReturnType<typeof setInterval> | undefined;
  let closed = false;

  function open() {
    clearTimeout(timer);
    const line = connect(url);
    socket = line;
    let heard = now();
    line.onopen = () => {
      wait = FIRST_WAIT_MS;
      ping = setInterval(() => {
        if (now() - heard < SILENT_MS) line.send('{"type":"ping"}');
        else {
          line.close(); // which a dead line may take minutes to say
          lost(line);
        }
      }, PING_MS);
      onState("open");
    };
    line.onmessage = (message) => {
      heard = now();
      if (typeof message.data === "string") onEvent(JSON.parse(message.data) as LiveEvent);
    };
    line.onclose = ({ code }) => lost(line, code);
  }

  function lost(line: WebSocket, code?: number) {
    if (socket !== line) return;
    clearInterval(ping);
    if (closed) return;
    socket = null;
    const end = code === undefined ? undefined : FOR_GOOD[code];
    if (end) {
      closed = true;
      onState(end);
      return;
    }
    onState("away");
    timer = setTimeout(open, wait * (0.75 + random() / 2));
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }

  open();
  return {
    sendFrame(frame) {
      if (socket?.readyState !== 1 || socket.bufferedAmount > BUSY_BYTES) return false;
      socket.send(frame);
      return true;
    },
    retry() {
      if (!closed && !socket) {
        wait = FIRST_WAIT_MS;
        open();
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(ping);
      socket?.close();
    },
  };
}
