/** The library in Arabic. */
import type { Catalogue } from "../catalogue";
import { apart, say } from "./say";
import { corners, minutesOf, place as placeWords, songsOf } from "./texts";

const FROM: Record<string, string> = {
  sound: "صوتها",
  score: "نوتتها",
  tags: "وسومها",
  lyrics: "كلماتها",
  table: "جدول مستورد",
  list: "قائمة أغانٍ",
  curated: "قائمة أغانٍ",
};
const CORNERS: Record<string, string> = corners;

const filesOf = (n: number) =>
  say.several(n, {
    zero: "لا ملفات",
    one: "ملف واحد",
    two: "ملفان",
    few: "# ملفات",
    many: "# ملفًا",
    other: "# ملف",
  });

function about(seconds: number): string {
  if (seconds < 50) return "أقل من دقيقة";
  if (seconds < 90) return "نحو دقيقة";
  if (seconds < 3000) return `نحو ${minutesOf(Math.round(seconds / 60))}`;
  const hours = Math.round(seconds / 1800) / 2;
  return hours === 1 ? "نحو ساعة" : `نحو ${say.number(hours)} ساعات`;
}

export const library: Catalogue["library"] = {
  map: {
    label: "خريطة موسيقاك",
    role: "خريطة المزاج",
    help: "مفاتيح الأسهم تتنقل على الخريطة، والإدخال يسرد ما هو قريب، والزائد والناقص يقرّبان ويبعّدان. القائمة تقول الشيء نفسه.",
    said: (total, parts) =>
      `${songsOf(total)}: ${Object.entries(parts)
        .map(([word, n]) => `${CORNERS[word] ?? word} ${say.number(n)}`)
        .join("، ")}.`,
    near: (place, n) => `${place}، بالقرب: ${songsOf(n)}`,
    closer: "أقرب",
    farther: "أبعد",
    whole: "كلها",
    key: "كل نقطة أغنية. الحلقة المتقطعة تُظهر مدى الشك في موضعها.",
    waiting: "نرسم الخريطة",
    unplaced: (n) => `بلا موضع بعد: ${songsOf(n)}.`,
    failed: "لم تصل الخريطة.",
  },

  list: "كل موسيقاك",
  nearHere: (valence, arousal) => `بالقرب من هنا: ${placeWords(valence, arousal)}`,
  nothingNear: "لا شيء بالقرب.",
  back: "العودة إلى القائمة",

  track: {
    play: "شغّلها",
    pause: "إيقاف مؤقت",
    resume: "تابع",
    place: (words) => words,
    noPlace: "لم يستمع إليها أحد بعد، لذلك لا مزاج لها.",
    sure: (sd) => (sd < 0.2 ? "مؤكد تمامًا" : sd < 0.4 ? "مؤكد إلى حد ما" : "معروف بالتقريب فقط"),
    from: (sources) => `عُرف من ${say.list(sources.map((one) => FROM[one] ?? one))}.`,
    tempo: "السرعة",
    bpm: (n) => `${Math.round(n)} نبضة في الدقيقة`,
    key: "المقام",
    energy: "الطاقة",
    energies: (share) => (share < 0.34 ? "منخفضة" : share < 0.67 ? "متوسطة" : "عالية"),
    voice: "الغناء",
    voices: (chance) =>
      chance > 0.65 ? "هناك من يغني" : chance < 0.35 ? "بلا غناء" : "يصعب القول",
    genre: "النوع",
    length: "الطول",
    popularity: "الشهرة",
    outOf: (n) => `${n} من 100`,
    alike: "تشبهها",
  },

  curve: {
    title: "كيف تتحرك",
    label: "كيف يتحرك مزاجها مع الوقت",
    waiting: "نستمع إليها",
    failed: "تعذّر الاستماع إليها.",
    said: (clock, place) => `${clock}، ${place}`,
  },

  scan: {
    title: "أضف موسيقاك",
    more: "المزيد عن الفحص",
    bar: "إلى أين وصل الفحص",
    folder: "مجلد موسيقاك",
    start: "افحصه",
    again: "افحصه من جديد",
    stop: "توقف",
    looking: "ننظر في المجلد",
    progress: (done, all) => `${say.number(done)} من ${filesOf(all)}`,
    left: (seconds) => `بقي ${about(seconds)}`,
    usable: "ما سُمع يمكن تشغيله فورًا.",
    nothingNew: "لا جديد في المجلد.",
    done: (n) => `سُمع: ${filesOf(n)}.`,
    stopped: (n) =>
      n
        ? `توقف. ما سُمع باقٍ (${filesOf(n)})؛ والفحص التالي يتابع من هناك.`
        : "توقف. لم يُسمع ملف بعد.",
    passedOver: (kinds) =>
      `تُركت لأنها لا تُفك بعد: ${Object.entries(kinds)
        .map(([ending, n]) => `${n} ${apart(ending)}`)
        .join("، ")}.`,
    elsewhere: "مجلد آخر؟ اكتب هذا في الطرفية.",
  },

  failed: {
    open: (n) => `تعذّرت قراءة ${filesOf(n)}: لماذا؟`,
    title: "ما تعذّرت قراءته",
    none: "قُرئت كل الملفات.",
    more: (n) => `وغيرها: ${filesOf(n)}.`,
  },
};
