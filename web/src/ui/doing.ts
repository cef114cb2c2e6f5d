/** Something that takes a while: whether it is under way, and what went wrong. */
import { useState } from "preact/hooks";

export interface Doing {
  busy: boolean;
  /** What went wrong with the last one; null: nothing. */
  trouble: unknown;
  /** Do something; what goes wrong is kept, to be shown in place. */
  after(act: () => Promise<void>): Promise<void>;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);

  async function after(act: () => Promise<void>) {
    setBusy(true);
    setTrouble(null);
    try {
      await act();
    } catch (cause) {
      setTrouble(cause);
    } finally {
      setBusy(false);
    }
  }

  return { busy, trouble, after };
}
