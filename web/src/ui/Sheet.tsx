/** A sheet over the page: the native dialog, with a title and a way out. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { texts } from "@/texts";
import { Icon } from "./Icon";

export interface SheetProps {
  title: string;
  onClose(): void;
  children: ComponentChildren;
  class?: string;
}

export function Sheet({ title, onClose, children, class: extra = "" }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const leaving = useRef(false);
  const heading = useId();
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    opened?.showModal();
    return () => {
      leaving.current = true; // taken away by the page, not closed by the listener
      opened?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      class={`sheet ${extra}`}
      aria-labelledby={heading}
      onClose={() => {
        if (!leaving.current) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="sheet-top">
        <h2 id={heading}>{title}</h2>
        <button type="button" class="button quiet round" aria-label={texts.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
