/** What the player, the queue and the map's list say beyond texts.ts, in Arabic. */
import type { Catalogue } from "../catalogue";
import { apart, quoted } from "./say";
import { minutesOf } from "./texts";

export const player: Catalogue["player"] = {
  back: "السابقة",
  open: "الصوت ومؤقت النوم",
  title: "الصوت",
  volume: "مستوى الصوت",
  blend: "لتنساب الأغاني إحداها في الأخرى",
  blendHint: "أغاني المزاج الواحد تلتقي قليلًا؛ وتغيّر المزاج يأخذ وقته. لملفاتك أنت فقط.",
  even: "شغّل كل الأغاني بالعلو نفسه",
  evenHint: "التسجيلات العالية تُخفض. لا شيء يُرفع، فلا شيء يتشوه.",
  sleep: "ليسكت من تلقاء نفسه",
  sleepHint: "يهدأ الصوت برفق، وتُطفأ معه كل الحواس.",
  minutes: minutesOf,
  soundsIn: (place) => `يصدر الصوت من ${apart(place)}`,
  backLong: "العودة إلى البداية أو إلى الأغنية السابقة",
  atEnd: "بعد هذه الأغنية",
  off: "استمر",
  left: (n) => `يسكت بعد: ${minutesOf(n)}`,
  leftAtEnd: "يسكت بعد هذه الأغنية",
  glide: "لتبطؤ الموسيقى وتلين حتى ذلك الحين",
  gliding: "الموسيقى تقود إلى النوم.",
};

export const queue: Catalogue["queue"] = {
  grip: (title) => `انقل ${quoted(title)}`,
  gripHelp: "اسحبها، أو اضغط سهمي الأعلى والأسفل.",
};

export const map: Catalogue["map"] = {
  list: "على الخريطة",
  you: (place, sure) => `أنت: ${place}؛ ${sure}`,
  toward: (place) => `الوجهة: ${place}`,
  now: (title, place) => `الآن ${quoted(title)}: ${place}`,
  next: (n, title, place) => `التالي ${n}، ${quoted(title)}: ${place}`,
  nowhere: "مزاجها غير معروف",
  sure: { well: "بثقة كبيرة", fairly: "بثقة لا بأس بها", hardly: "بلا ثقة كبيرة" },
};

export const playlistDoor: Catalogue["playlistDoor"] = { open: "احفظ كقائمة تشغيل" };
