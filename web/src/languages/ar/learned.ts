/** What was learned, in Arabic. */
import type { Catalogue } from "../catalogue";
import { apart, say } from "./say";
import { place as placeWords, songsOf } from "./texts";

const number = (n: number) => say.number(n, 2);
const answers = (n: number) =>
  say.several(n, {
    one: "إجابة واحدة",
    two: "إجابتين",
    few: "# إجابات",
    many: "# إجابة",
    other: "# إجابة",
  });
const readings = (n: number) =>
  say.several(n, {
    one: "قراءة واحدة",
    two: "قراءتين",
    few: "# قراءات",
    many: "# قراءة",
    other: "# قراءة",
  });
const named = ({ about, name }: { about: string; name: string }) =>
  about === "decade" ? `موسيقى سنوات ${name}` : apart(name);
const MOODS: Record<string, string> = {
  sad: "حزينًا",
  angry: "غاضبًا",
  happy: "سعيدًا",
  calm: "هادئًا",
};

export const learned: Catalogue["learned"] = {
  title: "ما تعلمته عنك",
  waiting: "ننظر",
  failed: "تعذّر جلب ما أعرفه.",
  since: (day) => `منذ ${day}.`,
  nothing:
    "أبدِ إعجابك بأغنية، أو تخطَّ واحدة، أو قل إنها تناسب: أتعلم من كل ذلك. أو قل لي أدناه ما يعجبك.",

  likes: "ما يبدو أنه يعجبك",
  artists: "الفنانون",
  interval: "يُظهر الخط أين تقع القيمة في 95 من 100: يسار الوسط أقل، ويمينه أكثر.",
  rests: (n, low, high) => `من ${answers(n)}، بين ${apart(number(low))} و${apart(number(high))}`,
  unclear: (n) => `غير واضح بعد: ${n}`,
  bare: (said) => said.replace(/^غير واضح بعد: /, ""),

  effect: "ما تفعله الموسيقى بمزاجك",
  effectRests: (n) => `من أغانٍ قُرئ المزاج قبلها وبعدها: ${songsOf(n)}.`,
  usual: "كيف تكون عادة",
  usualIs: (valence, arousal, n) => `غالبًا ${placeWords(valence, arousal)}، من ${readings(n)}.`,
  noUsual: "غير معروف بعد.",
  leading: "كيف تحب أن تُقاد",
  chance: (share) => `${Math.round(100 * share)} من 100`,

  liked: "أغانٍ تعجبك",
  noLiked: "لا شيء بعد.",
  never: "أبدًا بعد الآن",
  noNever: "لا شيء مُبعَد.",
  takeBack: "تراجع",
  takeBackOf: (name) => `تراجع: ${apart(name)}`,

  told: "ما تقوله لي",
  toldHint: "قلته ولم يُخمَّن: يُحسب من الأغنية التالية.",
  noTold: "لم تقل لي شيئًا بعد.",
  says: (one) => {
    const when = one.mood ? `حين تكون ${MOODS[one.mood] ?? one.mood}: ` : "";
    if (!when) return one.liked ? `تعجبك ${named(one)}.` : `لا تعجبك ${named(one)}.`;
    return one.liked ? `${when}شغّل ${named(one)}.` : `${when}لا تشغّل ${named(one)}.`;
  },
  remove: "أزل",
  removeOf: (said) => `أزل: ${said}`,
  when: "متى",
  whens: {
    "": "دائمًا",
    sad: "حين أكون حزينًا",
    angry: "حين أكون غاضبًا",
    happy: "حين أكون سعيدًا",
    calm: "حين أكون هادئًا",
  },
  wish: "الرغبة",
  wishes: { yes: "شغّل", no: "لا تشغّل" },
  about: "ماذا",
  abouts: { artist: "الفنان", genre: "النوع", decade: "السنوات" },
  name: "الاسم",
  names: { artist: "اسم الفنان", genre: "اسم النوع", decade: "العقد" },
  decade: (from) => `سنوات ${from}`,
  add: "قل لي",

  novelty: "جديد أم مألوف",
  novelties: (share) =>
    share < 0.2
      ? "ما تعرفه فقط"
      : share < 0.45
        ? "غالبًا ما تعرفه"
        : share < 0.6
          ? "من هذا وذاك"
          : share < 0.85
            ? "غالبًا جديد عليك"
            : "أجدّ ما يكون",
  explicit: "يمكن تشغيل الأغاني الموسومة بالصريحة",

  keeping: "لك أن تأخذه معك",
  history: "أحضر سجل استماع",
  historyHint: "ملف من ListenBrainz (JSON) أو Last.fm (CSV). يبقى على هذا الجهاز، ويُحسب قليلًا.",
  importing: "نقرأ الملف",
  imported: ({ plays, matched, tracks, bad }) =>
    [
      `مرات الاستماع المقروءة: ${say.number(plays)}، منها ${say.number(matched)} لأغانٍ لديك هنا (${songsOf(tracks)}).`,
      bad ? `أسطر تعذّرت قراءتها: ${say.number(bad)}.` : "",
    ]
      .join(" ")
      .trim(),
  before: (plays) => `مرات استماع جاءت من سجل آخر: ${say.number(plays)}.`,
  export: "احفظ كل ذلك في ملف",
  forget: "انسَ ما تعلمته",
  forgetAsk: "أنسى كل ذلك؟",
  forgetGoes: "ما تعلمته، وما أعجبك، وما لا يُشغَّل أبدًا، وقائمة ما شُغّل: كلها تذهب إلى غير رجعة.",
  forgetStays: "ما قلته لي باقٍ، وموسيقاك كذلك.",
  forgetYes: "انسَه",
  forgetNo: "أبقِه",
  forgotten: "نسيت. معرفتي بك الآن كما في اليوم الأول.",
};
