/** The Arabic of music going out: playlists, ListenBrainz, YouTube. */
import type { Catalogue } from "../catalogue";
import { apart, quoted, say } from "./say";

export const playlistDoor: Catalogue["playlistDoor"] = { open: "احفظها قائمة تشغيل" };

export const playlists: Catalogue["playlists"] = {
  title: "حفظ قائمة تشغيل",
  hint: "ما يُشغَّل الآن وما يليه، لمشغّل آخر.",
  save: (format) => `احفظ بصيغة ${apart(format)}`,
  m3u8: "تقرؤها معظم المشغّلات: MPD وVLC وNavidrome. الأغاني التي لا ملف لها هنا لا تدخل فيها.",
  xspf: "تتسع أيضًا لأغانٍ لا يُعرف منها إلا الاسم.",
  jspf: "مثلها، لـ ListenBrainz وللبرامج.",
  relative: "سمِّ الملفات انطلاقًا من مجلد الموسيقى",
  relativeHint: "لمجلد ينتقل بين الأجهزة.",
  saved: (name) => `حُفظت: ${apart(name)}`,
  failed: "تعذّر ذلك.",
  looking: "لحظة…",

  connect: "اربط",
  connectTo: (name) => `اربط ${apart(name)}`,
  disconnect: "افصل",
  disconnectOf: (name) => `افصل ${apart(name)}`,
  stay: "أبقِه",
  cancel: "إلغاء",
  off: "غير مربوط",
  gone: (name) => `فُصل ${apart(name)}.`,
  isOn: (name) => `رُبط ${apart(name)}.`,

  brainzHint: "يدوّن علنًا ما تسمعه، إن شئت ذلك.",
  brainzUser: (user) => `مربوط باسم ${apart(user)}`,
  brainzTold: "أُرسل كل ما سُمع.",
  brainzWaiting: (n) =>
    say.several(n, {
      one: "أغنية واحدة تنتظر الإرسال.",
      two: "أغنيتان تنتظران الإرسال.",
      few: "# أغانٍ تنتظر الإرسال.",
      many: "# أغنية تنتظر الإرسال.",
      other: "# أغنية تنتظر الإرسال.",
    }),
  brainzText: "ما الذي يُرسل",
  brainzToken: "رمز المستخدم",
  brainzTokenHelp: "تجده في صفحة إعداداتك لدى ListenBrainz. يُحفظ هنا مختومًا.",
  brainzTokenPage: "افتح تلك الصفحة",
  brainzAgree: "أوافق، اربط",
  brainzLeaving: "يُحذف الرمز، ولا يُرسل شيء بعد ذلك.",

  tubeHint: "ينشئ قوائم تشغيل في حسابك أنت. لا يُشغَّل شيء من هناك.",
  tubeOn: "مربوط",
  tubeSteps:
    "تطلب Google تسجيلًا خاصًا بك: عميل OAuth من نوع «Desktop app»، مع تفعيل «YouTube Data API v3».",
  tubeClient: "معرّف العميل",
  tubeSecret: "سر العميل",
  tubeSecretHelp: "يُحفظ هنا مختومًا.",
  tubeRedirect: (address) => `إن طلبت Google عنوان العودة: ${apart(address)}`,
  tubeNext: "التالي",
  tubeGo: "تابع لدى Google",
  tubeGoHint: "وافق هناك، وأغلق نافذتها، ثم عُد. ستنتبه هذه الصفحة.",
  tubeLeaving: "يُحذف تسجيل الدخول هنا ولدى Google. وتبقى قوائمك.",
  tubeTerms: "شروط YouTube",
  tubePrivacy: "سياسة الخصوصية لدى Google",

  tubeTitle: "YouTube",
  tubeMake: "أنشئ قائمة تشغيل في YouTube",
  tubeMakeHint: "قائمة خاصة في حسابك، فيها أول فيديو يوجد لكل أغنية.",
  tubeNot: "اربط YouTube في الإعدادات لتنشئ قائمة هناك.",
  tubeMaking: (done, total) => `بُحث عن ${say.number(done)} من ${say.number(total)}`,
  tubeMade: (n) =>
    say.several(n, {
      zero: "لا أغنية في القائمة.",
      one: "أغنية واحدة في القائمة.",
      two: "أغنيتان في القائمة.",
      few: "# أغانٍ في القائمة.",
      many: "# أغنية في القائمة.",
      other: "# أغنية في القائمة.",
    }),
  tubeOpen: "افتحها في YouTube",
  tubeMissed: "ليس فيها",
  tubeFind: (title) => `ابحث عن ${quoted(title)}`,
  tubeLeft: (n) =>
    say.several(n, {
      one: "أغنية واحدة لم تُجرَّب.",
      two: "أغنيتان لم تُجرَّبا.",
      few: "# أغانٍ لم تُجرَّب.",
      many: "# أغنية لم تُجرَّب.",
      other: "# أغنية لم تُجرَّب.",
    }),
};
