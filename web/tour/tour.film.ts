/**
 * The tour in the README: one evening in twenty seconds, on the music that comes with Affetto.
 *
 * The photo is the astronaut of the tests (NASA, public domain).
 */
import { made } from "../e2e/places";
import { expect, type Room, test } from "../e2e/room";
import { Film } from "./film";

/** A place on the map, in shares of its sides. */
const at = (valence: number, arousal: number) => [(valence + 1) / 2, (1 - arousal) / 2] as const;

test("the tour", async ({ room }) => {
  const { page } = room;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
  await keepsWhatIsRead(room);
  await page.addInitScript(() => localStorage.setItem("affetto.check-in", "never"));
  await room.open();
  const film = new Film(page, process.env.AFFETTO_TOUR_TO ?? made("tour"));

  film.says("Touch the map where you are, and music begins.");
  await film.still(900);
  await film.presses(room.map(), at(-0.45, -0.35));
  await expect(page.locator(".player-why")).toBeVisible();
  await film.settles();
  film.says("Each song says why it was chosen.");
  await film.still(1600);

  film.says("Or show a photo: you are asked first, and it stays on your device.");
  const choosing = page.waitForEvent("filechooser");
  await film.presses(room.button("Photo or video"));
  await expect(room.button("Choose one")).toBeInViewport();
  await film.settles();
  await film.still(700);
  await film.presses(room.button("Choose one"));
  await (await choosing).setFiles(made("face.jpg"));
  await expect(room.reading()).toContainText("Your face looks happy");
  film.says("It says what a face shows, and how sure that is.");
  await film.settles();
  await film.still(1500);
  film.says("If it is wrong, say so. Your own word counts for more.");
  await film.presses(room.button("Not how I feel"));
  await expect(room.notices()).toContainText("leave your face alone");
  await film.settles();
  await film.still(900);
  await room.button("Put the photo away").click();
  await film.presses(room.map(), at(-0.5, -0.3));
  await film.settles();

  film.says("Let it lift you, calm you, help you focus, or sleep.");
  await film.presses(room.button(/^Lift/));
  await expect(room.button(/^Lift/)).toHaveAttribute("aria-pressed", "true");
  await film.settles();
  await film.still(1000);

  film.says("Not now? The next song comes. And back again.");
  const title = (await room.title().textContent()) ?? "";
  await film.presses(room.button("Not now"));
  await expect(room.title()).not.toHaveText(title);
  await film.settles();
  await film.still(600);
  await film.presses(page.locator(".done").getByRole("button", { name: "Undo" }));
  await expect(room.title()).toHaveText(title);
  await film.settles();
  await film.still(500);

  film.says("Draw the way you want to go, and the music takes it.");
  await film.presses(room.button("Draw a way"));
  const sheet = page.getByRole("application");
  await film.reaches(sheet, at(-0.5, -0.3));
  await film.lowers();
  await film.reaches(sheet, at(-0.1, 0.25));
  await film.reaches(sheet, at(0.55, 0.3));
  await film.lifts();
  await expect(room.button("Set out")).toBeVisible();
  await room.button("15 minutes").click();
  await film.presses(room.button("Set out"));
  await expect(page.getByText(/Song 1 of/)).toBeVisible();
  await film.settles();
  await film.still(1500);

  film.says("Afterwards you see how your mood went.");
  await room.button("More").click();
  await page.getByRole("button", { name: /^History/ }).click();
  const history = page.getByRole("dialog", { name: "History" });
  await history
    .getByRole("button", { name: /songs?/ })
    .first()
    .click();
  await expect(history.getByRole("img", { name: "How your mood went" })).toBeVisible();
  await film.settles();
  await film.still(1900);
  film.write();
});

/** Agree that readings are kept, so that there is a mood to look back at. */
async function keepsWhatIsRead({ server }: Room) {
  const house = await (await fetch(`${server.address}/api/house`)).json();
  const { version } = house.sensing.consent["keep-readings"];
  await fetch(`${server.address}/api/consents`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sensor: "keep-readings", version, given: true }),
  });
}
