/** The listener's folder: what may be scanned, how far the scan is, what it came to. */
import type { Scan } from "@/api/types";
import { Told } from "@/ui/Told";
import { words as said } from "./libraryWords";
import { runs, type Scanning } from "./scan";

const { scan: words } = said;

export interface ScanPanelProps {
  scanning: Scanning;
  /** Whether there is no music at all yet, so that adding some is what one does first. */
  first: boolean;
  command: string;
  onFailed(): void;
}

export function ScanPanel({ scanning, first, command, onFailed }: ScanPanelProps) {
  const scan = scanning.scan.value;
  const trouble = scanning.refused.value ?? scan?.problem ?? null;
  if (!scan) return null;
  const going = runs(scan);
  return (
    <section class="scan" aria-label={words.title}>
      <div class="scan-top">
        <p class="scan-folder">
          <span class="small soft">{words.folder}</span>
          <span class="scan-path">{scan.folder}</span>
        </p>
        {going ? (
          <button type="button" class="button" onClick={() => void scanning.stop()}>
            {words.stop}
          </button>
        ) : (
          (!scan.problem || scan.state === "failed") && (
            <button
              type="button"
              class={`button${first ? " primary" : ""}`}
              onClick={() => void scanning.start()}
            >
              {scan.state === "idle" ? words.start : words.again}
            </button>
          )
        )}
      </div>
      {going && <Progress scan={scan} />}
      {!going && trouble && (
        <p class="small" role="alert">
          <Told trouble={trouble} />
        </p>
      )}
      {scan.state === "done" && (
        <p class="small" role="status">
          {scan.heard || scan.failed ? words.done(scan.heard) : words.nothingNew}
        </p>
      )}
      {scan.state === "stopped" && (
        <p class="small" role="status">
          {words.stopped(scan.heard)}
        </p>
      )}
      {Object.keys(scan.passed_over).length > 0 && (
        <p class="small soft">{words.passedOver(scan.passed_over)}</p>
      )}
      {scan.failed > 0 && (
        <button type="button" class="button quiet scan-failed" onClick={onFailed}>
          {said.failed.open(scan.failed)}
        </button>
      )}
      <p class="small soft">{words.elsewhere}</p>
      <code class="command">{command}</code>
    </section>
  );
}

/** How far it is: a bar, the numbers, and what was heard last. */
export function Progress({ scan }: { scan: Scan }) {
  const done = scan.heard + scan.failed;
  return (
    <div class="scan-progress">
      <progress
        aria-label={words.bar}
        {...(scan.state === "listening" && { value: done, max: Math.max(1, scan.to_hear) })}
      />
      <p class="small" role="status">
        {scan.state === "looking" ? (
          words.looking
        ) : (
          <>
            {words.progress(done, scan.to_hear)}
            {scan.left_s !== null && `, ${words.left(scan.left_s)}`}.{" "}
            <span class="soft">{words.usable}</span>
          </>
        )}
      </p>
      {scan.title && <p class="small soft scan-title">{scan.title}</p>}
    </div>
  );
}

/** Below the list: the way to add music, or how far that is. */
export function ScanFoot({ scanning, onOpen }: { scanning: Scanning; onOpen(): void }) {
  const scan = scanning.scan.value;
  return (
    <div class="scan-foot">
      {scan && runs(scan) && <Progress scan={scan} />}
      <button type="button" class="button quiet" onClick={onOpen}>
        {scan && runs(scan) ? words.more : words.title}
      </button>
    </div>
  );
}
