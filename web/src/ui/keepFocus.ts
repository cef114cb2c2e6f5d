/**
 * Whoever goes by the keys never falls out of the page: where the control they stand on goes,
 * the one that follows it takes over; where it is only barred for a while, it gets them back.
 *
 * Browsers let the focus fall to the body in both cases, and a screen reader then begins anew
 * at the top. A feature that knows a better place goes there itself, and is given the time to.
 */
const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
const OTHERS_FIRST_MS = 100;

export function keepFocus(page: Document = document) {
  let holder: HTMLElement | null = null; // what has or had the focus
  let around: Node[] = []; // what it lies in, from the inside out
  let ahead: HTMLElement[] = []; // what comes before it, in the order of the page
  let byKeys = false;
  let barred = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lost = () => page.activeElement === null || page.activeElement === page.body;
  const stops = () => [...page.querySelectorAll<HTMLElement>(STOPS)].filter((n) => n.tabIndex >= 0);

  function remember() {
    if (lost()) return;
    holder = page.activeElement as HTMLElement;
    barred = false;
    around = [];
    for (let node = holder.parentNode; node; node = node.parentNode) around.push(node);
    const all = stops();
    ahead = all.slice(0, Math.max(0, all.indexOf(holder)));
  }

  function look() {
    if (!holder || !byKeys || !lost()) return;
    if (!holder.isConnected) handOn();
    else if (barred && !holder.matches(":disabled")) holder.focus();
  }

  /** To the next stop in the innermost part of the page that is left, else to the one before. */
  function handOn() {
    const before = ahead.filter((one) => one.isConnected).at(-1);
    const here = stops();
    const from = before ? here.indexOf(before) + 1 : 0;
    const inTurn = [...here.slice(from), ...here.slice(0, from).reverse()];
    for (const part of around.filter((node) => node.isConnected))
      for (const one of inTurn)
        if (part.contains(one)) {
          one.focus();
          if (!lost()) return;
        }
  }

  page.addEventListener("focusin", remember);
  page.addEventListener(
    "keydown",
    () => {
      byKeys = true;
      remember();
    },
    true,
  );
  page.addEventListener(
    "pointerdown",
    () => {
      byKeys = false;
    },
    true,
  );
  new MutationObserver(() => {
    if (holder?.isConnected && holder.matches(":disabled")) barred = true;
    clearTimeout(timer);
    timer = setTimeout(look, OTHERS_FIRST_MS);
  }).observe(page.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled"],
  });
}
