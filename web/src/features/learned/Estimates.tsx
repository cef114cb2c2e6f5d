/** What was learned, one line each: in words, with how much it rests on and how sure it is. */
import type { Estimate } from "@/api/types";
import { heard } from "@/languages/heard";
import { words } from "./learnedWords";

/** Known to be more or less than nothing. */
export const isClear = ({ low, high }: Estimate) => low > 0 || high < 0;

export function Estimates({ all }: { all: readonly Estimate[] }) {
  const clear = all.filter(isClear);
  const unclear = all.filter((one) => !isClear(one));
  const most = Math.max(...all.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 1e-9);
  return (
    <>
      {clear.length > 0 && <Lines all={clear} most={most} />}
      {unclear.length > 0 && (
        <details class="learned-unclear">
          <summary class="link">{words.unclear(unclear.length)}</summary>
          <Lines all={unclear} most={most} />
        </details>
      )}
    </>
  );
}

function Lines({ all, most }: { all: readonly Estimate[]; most: number }) {
  const at = (n: number) => 50 + (50 * n) / most;
  return (
    <ul class="learned-list">
      {all.map(({ name, words: said, low, high, amount, n }) => (
        <li key={name}>
          <p>{words.bare(heard(said))}</p>
          <p class="soft small">{words.rests(n, low, high)}</p>
          <svg
            class="learned-interval"
            viewBox="0 0 100 8"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path d="M50 0V8" class="zero" />
            <path d={`M${at(low)} 4H${at(high)}`} />
            <path d={`M${at(amount)} 0V8`} class="amount" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
