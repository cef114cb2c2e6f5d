/** A sheet whose script comes when it is first asked for, so that the first visit is small. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { texts } from "@/texts";
import { Sheet } from "./Sheet";

/** The sheet that `bring` brings; while the server is away, one that says so. */
export function later<P extends { onClose(): void }>(
  bring: () => Promise<ComponentType<P>>,
): (props: P) => VNode | null {
  let come: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [failed, setFailed] = useState(false);
    const [, setCome] = useState(come !== null);
    useEffect(() => {
      if (come) return;
      bring().then(
        (sheet) => {
          come = sheet;
          setCome(true);
        },
        () => setFailed(true),
      );
    }, []);
    const Here = come;
    if (Here) return <Here {...props} />;
    if (!failed) return null;
    return (
      <Sheet title={texts.house.away} onClose={props.onClose}>
        <p class="sheet-body">{texts.house.awayQuiet}</p>
      </Sheet>
    );
  };
}
