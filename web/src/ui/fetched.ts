/** Something the server is asked for: waiting, failed or there, and how to ask again. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Fetched<T> {
  /** Null while nothing has come; what came before stays while it is asked for anew. */
  value: T | null;
  trouble: unknown;
  again(): void;
  /** Put what an act was answered with in its place. */
  put(value: T): void;
}

/** `ask` is asked whenever it changes; an answer that another overtook is dropped. */
export function useFetched<T>(ask: () => Promise<T>): Fetched<T> {
  const [value, put] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const asked = useRef(0);
  const again = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    setTrouble(null);
    ask().then(
      (come) => mine === asked.current && put(() => come),
      (cause) => mine === asked.current && setTrouble(cause),
    );
  }, [ask]);
  useEffect(() => {
    again();
    return () => {
      asked.current += 1;
    };
  }, [again]);
  return { value, trouble, again, put: (come) => put(() => come) };
}
