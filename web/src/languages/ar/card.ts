/** The model's card in Arabic. */
import type { Catalogue } from "../catalogue";
import { apart, say } from "./say";
import { expression } from "./texts";

const percent = (share: number) => say.percent(share, 1);
const timesInTen = (share: number) =>
  `نحو ${share < 1 ? Math.min(9, Math.round(10 * share)) : 10} مرات من 10`;

export const card: Catalogue["card"] = {
  feeling: "إنه يقرأ تعبيرًا. التعبير ليس شعورًا: ما تشعر به لا يعرفه غيرك، وكلمتك أنت أهم دائمًا.",
  noFigures: "بطاقته لا تذكر أرقامًا، لذلك لا يُدّعى شيء.",
  right: "كم مرة يصيب",
  rightAbout: (share) => `يصيب ${timesInTen(share)}، في صور يختلف عليها الناس أنفسهم.`,
  rightExactly: (on, n, accuracy, ci95) =>
    `${percent(accuracy)} من الصور التي لم يتعلم منها، وعددها ${say.number(n)} (${apart(on)}).${
      ci95
        ? ` مع صور أكثر من هذا النوع يُرجَّح أن تقع النسبة بين ${percent(ci95[0] ?? 0)} و${percent(ci95[1] ?? 1)} (مجال 95٪).`
        : ""
    }`,
  also: (on, n, accuracy) => `${apart(on)}: ${percent(accuracy)} من ${say.number(n)}.`,
  raters: "كم مرة يوافقه الناس",
  ratersAbout: (share) => `يقول ما يقوله معظم الناس ${timesInTen(share)}.`,
  ratersExactly: (share, n) =>
    `${percent(share)}${n === null ? "" : ` من ${say.number(n)} صورة`} كان فيها لعدة مقيّمين اختيار أول واضح (FER+).`,
  sure: "هل يمكن الوثوق بثقته",
  sureAbout: (ece) => {
    if (ece <= 0.03) return "مقدار ثقته المعلن يوافق كم مرة يصيب.";
    if (ece <= 0.08) return "مقدار ثقته المعلن يوافق تقريبًا كم مرة يصيب.";
    return "مقدار ثقته المعلن لا يوافق في الغالب كم مرة يصيب.";
  },
  sureOfRaters: (ece) =>
    `نسبة من يتوقع موافقتهم ونسبة من وافقوا تختلفان بمقدار ${say.number(100 * ece, 1)} من 100 على مجموع الصور (خطأ المعايرة، ECE ${say.number(ece, 3)}).`,
  sureExactly: (ece) =>
    `ما يقوله وكم مرة يصيب يختلفان بمقدار ${say.number(100 * ece, 1)} من 100 على مجموع الصور (خطأ المعايرة، ECE ${say.number(ece, 3)}).`,
  found: "تعبيرًا تعبيرًا",
  foundOf: "من كل 100 وجه وصفها الناس بهذه الكلمة يجد:",
  expression: expression,
  alike: (f1) => `مع حساب كل منها بالتساوي: macro-F1 ${say.number(f1, 3)}.`,
  cannot: "ما لا يستطيعه",
  limits: [
    "لا يستطيع أن يقول بماذا تشعر ولا لماذا.",
    "لا يقرأ وجهًا ملتفتًا أو مغطى بوضوح أو مظلمًا جدًا أو غير واضح أو صغيرًا جدًا في الصورة. عندها يقول ذلك، ولا يتغير شيء.",
    "ما يخفي الوجه وله نقش، كالشعر أو القماش، قد يظنه الوجه.",
    "يعرف هذه التعابير القليلة ولا شيء أدق.",
    "لا يستطيع أن يعرف من يكون أحد.",
  ],
  groups: "العمر والجنس ولون البشرة",
  groupsMissing:
    "غير متاح: ليس في بطاقته أرقام عن مجموعات الناس. ربما يقرأ بعضهم أفضل من بعض. إن أخطأ فيك فقل ذلك.",
  learnt: "ممّ تعلّم",
  made: "الحجم والسرعة",
  size: (bytes) => `${say.number(bytes / 1e6, 1)} ميغابايت.`,
  speed: (ms) => `الوجه الواحد يستغرق ${say.number(ms, 1)} ميلي ثانية على نواة معالج واحدة.`,
  took: (ms) => `الصورة الأخيرة استغرقت هنا ${Math.max(1, Math.round(ms))} ميلي ثانية.`,
  version: (name, version, licence) =>
    `اسم النموذج ${apart(name)}، الإصدار ${apart(version)}. الرخصة: ${apart(licence)}.`,
};
