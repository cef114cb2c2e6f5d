import { beforeEach, expect, test, vi } from "vitest";
import { createKeeping } from "./keeping";

/** A service worker's registration whose newer version comes when the test says so. */
class FakeRegistration extends EventTarget {
  waiting: { postMessage: (words: string) => void } | null = null;
  installing: EventTarget | null = null;
  unregister = vi.fn(async () => true);
  update = vi.fn(async () => undefined);

  /** A newer version arrives, and waits. */
  renew(told: (words: string) => void = () => {}) {
    this.installing = new EventTarget();
    this.dispatchEvent(new Event("updatefound"));
    this.waiting = { postMessage: told };
    this.installing.dispatchEvent(new Event("statechange"));
  }
}

class FakeWorkers extends EventTarget {
  controller: object | null = {};
  registration = new FakeRegistration();
  register = vi.fn(async () => this.registration);
  getRegistration = async () => undefined;
  ready = new Promise<never>(() => {});
}

let workers: FakeWorkers;
let page: EventTarget;
const reload = vi.fn();
const forgetFiles = vi.fn(async () => {});
const keeping = () =>
  createKeeping({ workers: workers as never, page: page as never, reload, forgetFiles });

beforeEach(() => {
  workers = new FakeWorkers();
  page = new EventTarget();
  vi.clearAllMocks();
});

test("a mere visit keeps nothing", async () => {
  const one = keeping();
  await Promise.resolve();
  expect(workers.register).not.toHaveBeenCalled();
  expect(one.kept.value).toBe(false);
});

test("asked for, the page is kept; asked to, it is let go with its files", async () => {
  const one = keeping();
  await one.keep();
  expect(one.kept.value).toBe(true);
  await one.forget();
  expect(one.kept.value).toBe(false);
  expect(workers.registration.unregister).toHaveBeenCalledOnce();
  expect(forgetFiles).toHaveBeenCalledOnce();
});

test("installing keeps the page, too", () => {
  keeping();
  page.dispatchEvent(new Event("appinstalled"));
  expect(workers.register).toHaveBeenCalledOnce();
});

test("a newer version waits until the listener goes on with it, then the page begins anew", async () => {
  const one = keeping();
  await one.keep();
  expect(one.renew.value).toBeNull();
  const told = vi.fn();
  workers.registration.renew(told);
  expect(told).not.toHaveBeenCalled();
  one.renew.value?.();
  expect(told).toHaveBeenCalledWith("take over");
  expect(reload).not.toHaveBeenCalled();
  workers.dispatchEvent(new Event("controllerchange"));
  expect(reload).toHaveBeenCalledOnce();
});

test("the very first version is no newer one", async () => {
  workers.controller = null;
  const one = keeping();
  await one.keep();
  workers.registration.renew();
  expect(one.renew.value).toBeNull();
});

test("the browser's offer to install waits in the settings, and holds once", async () => {
  const one = keeping();
  const prompt = vi.fn(async () => {});
  const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt });
  page.dispatchEvent(offer);
  expect(offer.defaultPrevented).toBe(true);
  await one.install.value?.();
  expect(prompt).toHaveBeenCalledOnce();
  expect(one.install.value).toBeNull();
});

test("where the address is not safe, nothing is offered", async () => {
  const one = createKeeping({ workers: null, page: page as never });
  await one.keep();
  await one.look();
  expect(one.kept.value).toBeNull();
});
