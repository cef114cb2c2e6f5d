/** What was learned, and what else might have played, in Arabic. */
import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { say } from "../say";

const tracks = (gap: string) =>
  say.several(count(gap), {
    one: "أغنية واحدة",
    two: "أغنيتين",
    few: "# أغانٍ",
    many: "# أغنية",
    other: "# أغنية",
  });
const answers = (gap: string) =>
  say.several(count(gap), {
    one: "إجابة واحدة",
    two: "إجابتين",
    few: "# إجابات",
    many: "# إجابة",
    other: "# إجابة",
  });
const seems = (gap: string, what: string) => `هكذا يبدو بعد ${tracks(gap)}: ${what}.`;
const soFar = (gap: string) => `لا أثر معروف بعد: قُرئ مزاجك حتى الآن قبل ${tracks(gap)} وبعدها.`;

export const learned = {
  "From 1 answer: {0}": "من إجابة واحدة: {0}",
  "From {0} answers: {1}": (n, what) => `من ${answers(n)}: ${what}`,
  "Nothing has been learned yet: answer the music, and it will.":
    "لم يُتعلَّم شيء بعد: أجب الموسيقى، فيتغير ذلك.",
  "From 1 answer nothing is clear yet; the next ones will tell.":
    "من إجابة واحدة لا شيء واضح بعد؛ الإجابات التالية تبيّن.",
  "From {0} answers nothing is clear yet; the next ones will tell.": (n) =>
    `من ${answers(n)} لا شيء واضح بعد؛ الإجابات التالية تبيّن.`,
  "Not clear yet: “{0}” or “{1}”.": "غير واضح بعد: «{0}» أم «{1}».",

  "bright music": "الموسيقى المشرقة",
  "dark music": "الموسيقى القاتمة",
  "lively music": "الموسيقى النشيطة",
  "quiet music": "الموسيقى الهادئة",
  "forceful music": "الموسيقى القوية",
  "gentle music": "الموسيقى الرقيقة",
  "fast music": "الموسيقى السريعة",
  "slow music": "الموسيقى البطيئة",
  "songs with a voice": "الأغاني التي فيها غناء",
  "music without a voice": "الموسيقى بلا غناء",
  "loud recordings": "التسجيلات العالية",
  "soft recordings": "التسجيلات الخافتة",
  "well-known songs": "الأغاني المعروفة",
  "little-known songs": "الأغاني القليلة الشهرة",
  "newer music": "الموسيقى الأحدث",
  "older music": "الموسيقى الأقدم",
  "music away from your mood": "الموسيقى البعيدة عن مزاجك",
  "music like your mood": "الموسيقى القريبة من مزاجك",
  "lively music in the morning": "الموسيقى النشيطة في الصباح",
  "quiet music in the morning": "الموسيقى الهادئة في الصباح",
  "lively music late in the evening": "الموسيقى النشيطة في آخر المساء",
  "quiet music late in the evening": "الموسيقى الهادئة في آخر المساء",
  "lively music while you move": "الموسيقى النشيطة وأنت تتحرك",
  "quiet music while you move": "الموسيقى الهادئة وأنت تتحرك",
  "You like {0}": "تحب {0}",
  "You do not like {0}": "لا تحب {0}",
  "You like {0} more than most": "تحب {0} أكثر من معظم الفنانين",
  "You like {0} less than most": "تحب {0} أقل من معظم الفنانين",
  "Music you like lifts you": "الموسيقى التي تحبها ترفع مزاجك",
  "Music you like brings you down": "الموسيقى التي تحبها تخفض مزاجك",
  "Bright music lifts you": "الموسيقى المشرقة ترفع مزاجك",
  "Bright music brings you down": "الموسيقى المشرقة تخفض مزاجك",
  "Lively music wakes you": "الموسيقى النشيطة توقظك",
  "Lively music calms you": "الموسيقى النشيطة تهدّئك",
  "Straight to where you want to be.": "مباشرة إلى حيث تريد.",
  "Meeting your mood for a moment, then leading on.": "مع مزاجك لحظة، ثم إلى الأمام.",
  "Staying with your mood for a while before it leads.": "مع مزاجك مدة قبل أن تقودك.",

  "So it seems after {0} tracks: music you like lifts your mood and lively music wakes you.": (n) =>
    seems(n, "الموسيقى التي تحبها ترفع مزاجك، والنشيطة توقظك"),
  "So it seems after {0} tracks: music you like lifts your mood and lively music calms you.": (n) =>
    seems(n, "الموسيقى التي تحبها ترفع مزاجك، والنشيطة تهدّئك"),
  "So it seems after {0} tracks: music you like lowers your mood and lively music wakes you.": (
    n,
  ) => seems(n, "الموسيقى التي تحبها تخفض مزاجك، والنشيطة توقظك"),
  "So it seems after {0} tracks: music you like lowers your mood and lively music calms you.": (
    n,
  ) => seems(n, "الموسيقى التي تحبها تخفض مزاجك، والنشيطة تهدّئك"),
  "So it seems after {0} tracks: music you like lifts your mood.": (n) =>
    seems(n, "الموسيقى التي تحبها ترفع مزاجك"),
  "So it seems after {0} tracks: music you like lowers your mood.": (n) =>
    seems(n, "الموسيقى التي تحبها تخفض مزاجك"),
  "So it seems after {0} tracks: lively music wakes you.": (n) =>
    seems(n, "الموسيقى النشيطة توقظك"),
  "So it seems after {0} tracks: lively music calms you.": (n) =>
    seems(n, "الموسيقى النشيطة تهدّئك"),
  "No effect known yet: your mood was not read before and after any track so far.":
    "لا أثر معروف بعد: لم يُقرأ مزاجك حتى الآن قبل أي أغنية وبعدها.",
  "No effect known yet: your mood was read before and after {0} track so far.": soFar,
  "No effect known yet: your mood was read before and after {0} tracks so far.": soFar,
  "No effect known yet: none stands out in the {0} tracks heard so far.": (n) =>
    `لا أثر معروف بعد: لا يبرز أثر من ${tracks(n)} سُمعت حتى الآن.`,

  "If you wanted {0}, I would have played “{1}” by {2}.": "لو أردت {0} لشغّلت «{1}»، {2}.",
  "If you wanted {0}, I would have played “{1}”.": "لو أردت {0} لشغّلت «{1}».",
  "Even if you wanted {0}, I would have played this one.": "حتى لو أردت {0} لشغّلت هذه.",
  "company for your mood": "رفقة لمزاجك",
  "a lift": "ما يرفع مزاجك",
  calm: "الهدوء",
  "to focus": "التركيز",
  sleep: "النوم",
  "to go somewhere else": "مكانًا آخر",
} satisfies Partial<Heard["sentences"]>;
