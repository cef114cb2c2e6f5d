/** The second journey: a photo. */
import { readFileSync } from "node:fs";
import { made } from "./places";
import { expect, type Room, test } from "./room";

async function upload(room: Room, name: string) {
  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Photo or video").click();
  const consent = room.page.getByRole("dialog", { name: "Read a photo or video?" });
  await expect(consent).toContainText("never leaves this browser");
  await consent.getByRole("button", { name: "Choose one" }).click();
  await (await choosing).setFiles(made(name));
}

test("a photo of a smile starts pleasant music", async ({ room }) => {
  await room.open();
  await upload(room, "face.jpg");
  await expect(room.reading()).toContainText(/Your face looks happy, (quite|fairly) sure\./);
  await expect(room.page.locator(".face-box")).toHaveCount(1);
  await room.plays();
  const { mood, playing } = await room.session();
  expect(mood.valence).toBeGreaterThan(0);
  expect(playing.track.valence).toBeGreaterThan(0);

  await room.page.keyboard.press("f");
  await expect(room.notices()).toContainText("leave your face alone");

  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Photo or video").click();
  await (await choosing).setFiles(made("two.jpg"));
  await expect(room.reading()).toContainText("Your face looks");
  await expect(room.reading()).toContainText("leave your face alone for now");
});

test("no byte of a photo leaves: one small reading does", async ({ room }) => {
  await room.open();
  const sent: { path: string; bytes: number }[] = [];
  room.page.on("request", (request) => {
    const bytes = request.postDataBuffer()?.length ?? 0;
    if (bytes) sent.push({ path: new URL(request.url()).pathname, bytes });
  });
  await upload(room, "face.jpg");
  await expect(room.reading()).toContainText("Your face looks happy");
  await room.plays();
  expect(sent.map(({ path }) => path.replace(/sessions\/[^/]+/, "sessions/ID"))).toEqual([
    "/api/consents",
    "/api/sessions",
    "/api/sessions/ID/readings",
  ]);
  expect(Math.max(...sent.map(({ bytes }) => bytes))).toBeLessThan(600);
});

test("where this browser cannot read it, the server does only after a yes of its own", async ({
  room,
}) => {
  const { page } = room;
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await room.open();
  const reads: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/read")) reads.push(request.method());
  });
  await upload(room, "face.jpg");
  await expect(room.reading()).toContainText("This browser is too old to read your face itself.");
  expect(reads).toEqual([]);
  await room.button("Let this server read it").click();
  const consent = page.getByRole("dialog", { name: "Send the photo to this server?" });
  await expect(consent).toContainText("memory, and nowhere else");
  await consent.getByRole("button", { name: "Not now" }).click();
  expect(reads).toEqual([]);
  await room.button("Let this server read it").click();
  await consent.getByRole("button", { name: "Send it" }).click();
  await expect(room.reading()).toContainText("Your face looks happy");
  expect(reads).toEqual(["POST"]);
});

test("two faces: the largest is read, the other counted", async ({ room }) => {
  await room.open();
  await upload(room, "two.jpg");
  await expect(room.reading()).toContainText("not the other");
  await expect(room.page.locator(".face-box")).toHaveCount(1);
});

test("no face, and a file that is no picture, are said plainly", async ({ room }) => {
  await room.open();
  await upload(room, "nobody.jpg");
  await expect(room.reading()).toContainText("I see no face in this photo.");
  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Photo or video").click(); // agreed once, not asked again
  await (await choosing).setFiles(made("words.jpg"));
  await expect(room.reading()).not.toContainText("I see no face");
  await expect(room.reading()).toContainText(/\w+\. \w+/);
  await expect(room.reading().getByRole("img")).toHaveCount(0); // nor the mark of a broken one
  await room.button("Put the photo away").click();
  await expect(room.reading()).toHaveCount(0);
});

test("a dropped photo asks first, too", async ({ room }) => {
  const { page } = room;
  await room.open();
  const bytes = readFileSync(made("face.jpg")).toString("base64");
  await page.evaluate(async (coded) => {
    const raw = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([raw], "me.jpg", { type: "image/jpeg" }));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }),
    );
  }, bytes);
  await room.button("Read this one").click();
  await expect(room.reading()).toContainText("Your face looks happy");
});
