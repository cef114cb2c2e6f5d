/** What the server itself refuses and misses, in Arabic. */
import { bare } from "../../gaps";
import type { Heard } from "../../heard";
import { apart } from "../say";

const tracks = apart("GET /api/tracks");
const openapi = apart("/api/openapi.json");

export const house = {
  "The model card {0} is not there.": "بطاقة النموذج {0} غير موجودة.",
  "Reinstall affetto.": "أعد تثبيت Affetto.",
  "The model card {0} cannot be read ({1}).": "تعذّرت قراءة بطاقة النموذج {0} ({1}).",
  "Reinstall affetto; a card of your own must follow docs/models.md.": `أعد تثبيت Affetto؛ وبطاقة تصنعها أنت يجب أن تتبع ${apart("docs/models.md")}.`,
  "The model {0} cannot be opened.": "تعذّر فتح النموذج {0}.",
  "The model {0} is damaged (its checksum differs from its card's).":
    "النموذج {0} تالف (مجموعه الاختباري غير ما في بطاقته).",
  "Delete it and run `make run` from a clone; otherwise reinstall affetto.": `احذفه ونفّذ ${apart("make run")} من نسخة المصدر؛ وإلا فأعد تثبيت Affetto.`,
  "The model {0} is not installed.": "النموذج {0} غير مثبَّت.",
  "From a clone, run `make run`, which builds it; otherwise reinstall affetto.": `من نسخة المصدر نفّذ ${apart("make run")} فيبنيه؛ وإلا فأعد تثبيت Affetto.`,
  "The model {0} cannot be read ({1}).": "تعذّرت قراءة النموذج {0} ({1}).",
  "The card of {0} has no vote for {1}.": "ليس في بطاقة {0} صوت لـ{1}.",
  "The model {0} tells {1} answers apart, but its card names {2}.":
    "يميّز النموذج {0} بين إجابات عددها {1}، لكن بطاقته تذكر {2}.",

  "{0} does not end a track.": "{0} لا ينهي أغنية.",
  "Say 'finished' or 'skipped'.": `قل ${apart("finished")} أو ${apart("skipped")}.`,
  "That track is no longer in the library.": "لم تعد تلك الأغنية في المكتبة.",
  "Pick another, or look again.": "اختر غيرها، أو انظر من جديد.",
  "That track is not in the queue any more.": "لم تعد تلك الأغنية في القائمة.",
  "Look at the queue again.": "انظر في القائمة من جديد.",
  "There is no running session {0}.": "لا جلسة جارية {0}.",
  "Start a new one, or ask for the current one.": "ابدأ جلسة جديدة، أو اطلب الحالية.",
  "The track {0} is no longer in the library.": "لم تعد الأغنية {0} في المكتبة.",
  "Go on to the next one.": "انتقل إلى التالية.",
  "There is no track {0} here.": "لا أغنية {0} هنا.",
  "Look for it with GET /api/tracks.": `ابحث عنها بالطلب ${tracks}.`,
  "There is no music to choose from.": "لا موسيقى ليُختار منها.",
  "Add a folder with `affetto library scan DIR`, or start with the demo music.": `أضف مجلدًا بالأمر ${apart("affetto library scan DIR")}، أو ابدأ بالموسيقى التجريبية.`,
  "You have ruled out every track there is.": "لقد استبعدت كل أغنية موجودة.",
  "Take one of the bans back, or add more music.": "تراجع عن أحد الاستبعادات، أو أضف موسيقى.",
  "A place on the map has two numbers, and one is missing.":
    "للمكان على الخريطة رقمان، وأحدهما ناقص.",
  "Give both valence and arousal, or neither.": `اذكر ${apart("valence")} و${apart("arousal")} معًا، أو لا تذكر أيًا منهما.`,
  "The goal is a place, and no place is named.": "الوجهة مكان، ولم يُذكر مكان.",
  "Give place with valence and arousal, or draw a way.": `اذكر المكان بـ${apart("valence")} و${apart("arousal")}، أو ارسم طريقًا.`,
  "Nobody is listening yet.": "لا أحد يستمع بعد.",
  "Start a session first.": "ابدأ جلسة أولًا.",
  "The player tells no more of itself.": "لم يعد المشغّل يقول شيئًا عن نفسه.",
  "Look whether it is on.": "انظر إن كان يعمل.",
  "The music sounds in the page, not in a player.": "تصدر الموسيقى من الصفحة، لا من مشغّل.",
  "Choose a player first, under “Where your music lives”.":
    "اختر مشغّلًا أولًا، من «أين تعيش موسيقاك».",
  "The provider {0} has no player that could sound.": "ليس للمزوّد {0} مشغّل يصدر صوتًا.",
  "Connect one that has, under “Where your music lives”.":
    "صِل مزوّدًا له مشغّل، من «أين تعيش موسيقاك».",
  "The library of {0} is empty.": "مكتبة {0} فارغة.",
  "Put music there, or let it sound in the page.": "ضع فيها موسيقى، أو اجعلها تصدر من الصفحة.",
  "Nothing plays, and nothing comes next.": "لا شيء يعمل، ولا شيء يأتي بعده.",
  "Start some music first.": "شغّل موسيقى أولًا.",
  "No session is kept.": "لا جلسة محفوظة.",
  "Listen first: affetto serve.": `استمع أولًا: ${apart("affetto serve")}.`,
  "None of these songs is a file on this machine.": "ليس أي من هذه الأغاني ملفًا على هذا الجهاز.",
  "Save it as XSPF or JSPF, which can hold songs by name.":
    "احفظها بصيغة XSPF أو JSPF، فهما تحويان الأغاني بأسمائها.",
  "What comes from there cannot be saved as a file.": "ما يأتي من هناك لا يُحفظ في ملف.",
  "There is no such song here whose mood is known.": "لا أغنية كهذه هنا مزاجها معروف.",
  "Pick one of GET /api/library/five.": `اختر واحدة من ${apart("GET /api/library/five")}.`,

  "You have not agreed to this use of the {0}.": (what) =>
    `لم توافق على هذا الاستخدام ${bare(what) === "photo" ? "للصورة" : "للكاميرا"}.`,
  "Read the text and agree first (PUT /api/consents, version {0}).": `اقرأ النص ووافق أولًا (${apart("PUT /api/consents")}، النسخة {0}).`,
  "The text has changed since it was read.": "تغيّر النص منذ قُرئ.",
  "Show the text of /api/house again and ask once more.": "أعد تحميل الصفحة واقرأه مرة أخرى.",
  "Show the text of /api/listenbrainz again and ask once more.":
    "أعد تحميل الصفحة واقرأه مرة أخرى.",
  "How you are is kept only if you agree to it, and you have not.":
    "لا يُحفظ كيف أنت إلا بموافقتك، ولم توافق.",
  "Agree to keep what was read, or leave it unsaid; the music is the same.":
    "وافق على حفظ ما قُرئ، أو لا تقل شيئًا؛ الموسيقى هي نفسها.",
  "A time without a zone could be anywhere.": "وقت بلا منطقة زمنية قد يكون في أي مكان.",
  "Write it as 2026-11-16T00:00:00Z.": `اكتبه مثل ${apart("2026-11-16T00:00:00Z")}.`,
  "These are no days from 1 to {0}.": "ليست هذه أيامًا من 1 إلى {0}.",
  "Give a later until, or a shorter span.": "اذكر نهاية أبعد، أو مدة أقصر.",
  "There is no such session.": "لا توجد جلسة كهذه.",
  "Start a new one.": "ابدأ جلسة جديدة.",
  "Look at GET /api/history for those that are kept.": "انظر في السجل ما هو محفوظ منها.",
  "There is no such session that is over.": "لا توجد جلسة كهذه منتهية.",
  "A session that still runs can be deleted once it has ended.":
    "الجلسة الجارية يمكن حذفها حين تنتهي.",

  "Affetto answers only under this machine's own name.":
    "لا يجيب Affetto إلا باسم هذا الجهاز نفسه.",
  "Open it as http://127.0.0.1 or http://localhost, with its port.": `افتحه على ${apart("http://127.0.0.1")} أو ${apart("http://localhost")}، مع منفذه.`,
  "Another website tried to use this Affetto.": "حاول موقع آخر استخدام Affetto هذا.",
  "Use the page that Affetto itself serves.": "استخدم الصفحة التي يقدمها Affetto نفسه.",
  "The request is larger than {0} kB.": "الطلب أكبر من {0} ك.ب.",
  "Send less; only photos, listening histories and lists may be large.":
    "أرسل أقل؛ الصور وسجلات الاستماع والقوائم وحدها قد تكون كبيرة.",
  "Something went wrong inside Affetto.": "حدث خطأ داخل Affetto.",
  "Try again; if it stays, the server's log says more.":
    "حاول من جديد؛ وإن استمر فسجل الخادم يقول أكثر.",
  "Try again.": "حاول من جديد.",
  "There is nothing at this address.": "لا شيء على هذا العنوان.",
  "The page is at /, the interface at /api.": `الصفحة على ${apart("/")}، والواجهة على ${apart("/api")}.`,
  "This address does not take that kind of request.": "لا يقبل هذا العنوان طلبًا من هذا النوع.",
  "What it takes is described at /api/openapi.json.": `ما يقبله موصوف في ${openapi}.`,
  "The request cannot be read.": "تعذّرت قراءة الطلب.",
  "The shapes are described at /api/openapi.json.": `الأشكال موصوفة في ${openapi}.`,
  "What there is, is described at /api/openapi.json.": `ما هو موجود موصوف في ${openapi}.`,
  "{0} cannot be used: {1}.": "لا يصلح {0}: {1}.",
  "the body cannot be used: {0}.": "لا يصلح المحتوى: {0}.",

  "The database {0} failed: {1}.": "تعطّلت قاعدة البيانات {0}: {1}.",
  "`affetto doctor` looks at it more closely.": `الأمر ${apart("affetto doctor")} ينظر في ذلك عن قرب.`,
  "The disk is full, so nothing more can be kept.": "القرص ممتلئ، فلا يمكن حفظ المزيد.",
  "Free some space; what was kept before is safe.": "أفرغ بعض المساحة؛ ما حُفظ من قبل سليم.",
  "The disk refused to read or write the database {0}.":
    "رفض القرص قراءة قاعدة البيانات {0} أو كتابتها.",
  "Check that the disk has space left and is sound; what was kept before is safe.":
    "تأكد أن في القرص مساحة وأنه سليم؛ ما حُفظ من قبل سليم.",
  "The database {0} is held by another program.": "برنامج آخر يمسك قاعدة البيانات {0}.",
  "Wait for a running scan to end, or close the other program.":
    "انتظر انتهاء فحص جارٍ، أو أغلق البرنامج الآخر.",
  "The database {0} is damaged.": "قاعدة البيانات {0} تالفة.",
  "Move the file away and restore it from a backup.": "أبعد الملف واستعده من نسخة احتياطية.",
  "The database {0} cannot be written.": "تعذّرت الكتابة في قاعدة البيانات {0}.",
  "Check the folder's permissions, or set AFFETTO_DATA_DIR to another folder.": `تحقق من أذونات المجلد، أو اجعل ${apart("AFFETTO_DATA_DIR")} مجلدًا آخر.`,
  "The database address cannot be understood.": "عنوان قاعدة البيانات غير مفهوم.",
  "Write it like sqlite:////home/me/affetto.db, or leave it out.": `اكتبه مثل ${apart("sqlite:////home/me/affetto.db")}، أو اتركه.`,
  "The database {0} was written by a newer Affetto.":
    "كتبت قاعدةَ البيانات {0} نسخةٌ أحدث من Affetto.",
  "Update Affetto, or point AFFETTO_DATA_DIR at another folder.": `حدّث Affetto، أو اجعل ${apart("AFFETTO_DATA_DIR")} مجلدًا آخر.`,
  "There is no key in {0}.": "لا مفتاح في {0}.",
  "A key in {0} is damaged.": "في {0} مفتاح تالف.",
  "The key file {0} cannot be read.": "تعذّرت قراءة ملف المفتاح {0}.",
  "Check that it is yours and undamaged, or restore it from a backup.":
    "تأكد أنه لك وسليم، أو استعده من نسخة احتياطية.",
  "A kept secret does not open with any key in {0}.": "سر محفوظ لا يفتحه أي مفتاح في {0}.",
} satisfies Partial<Heard["sentences"]>;
