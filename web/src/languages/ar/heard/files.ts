/** Files that are read: music, pictures, histories, lists of songs, in Arabic. */
import { bare, count } from "../../gaps";
import type { Heard } from "../../heard";
import { apart, say } from "../say";
import { songsOf } from "../texts";
import { lists } from "../views";

const emotion = (gap: string) =>
  (lists.emotions as Record<string, string>)[bare(gap)] ?? apart(bare(gap));
const asItWas = (remedy: string) => `${remedy}؛ لم يتغير شيء.`;
const scan = apart("affetto library scan");

export const files = {
  "There is no music in {0} any more, where 1 file was known.":
    "لم تعد في {0} موسيقى، وكان فيه ملف واحد معروف.",
  "There is no music in {0} any more, where {1} files were known.": (folder, n) =>
    `لم تعد في ${folder} موسيقى، وكان المعروف فيه ${say.several(count(n), { one: "ملفًا واحدًا", two: "ملفين", few: "# ملفات", many: "# ملفًا", other: "# ملف" })}.`,
  "Connect the disk it lies on and scan again; if the music is gone for good, scan with --gone.": `صِل القرص الذي هي عليه وافحص من جديد؛ وإن ذهبت الموسيقى نهائيًا فافحص مع ${apart("--gone")}.`,
  "There is no folder {0}.": "لا مجلد {0}.",
  "Check the spelling, or connect the disk it lies on.":
    "تحقق من الكتابة، أو صِل القرص الذي هو عليه.",
  "{0} is not a folder.": "{0} ليس مجلدًا.",
  "Name the folder the music lies in.": "اذكر المجلد الذي فيه الموسيقى.",
  "The folder {0} cannot be opened: {1}.": "تعذّر فتح المجلد {0}: {1}.",
  "Give your account permission to read it, or name another folder.":
    "امنح حسابك إذن قراءته، أو اذكر مجلدًا آخر.",
  "Your own files are switched off in the settings.": "ملفاتك معطّلة في الإعدادات.",
  'Put "local" among the providers, then start Affetto again.': `ضع ${apart("local")} بين المزوّدين، ثم شغّل Affetto من جديد.`,
  "Name your music folder as music_dir in affetto.toml and start Affetto again, or scan it in a terminal: affetto library scan FOLDER.": `اذكر مجلد موسيقاك باسم ${apart("music_dir")} في ${apart("affetto.toml")} وشغّل Affetto من جديد، أو افحصه في الطرفية: ${apart("affetto library scan FOLDER")}.`,
  "The scan broke off for a reason inside Affetto.": "انقطع الفحص لسبب داخل Affetto.",
  "Scan again: it goes on from there. The server's log says more.":
    "افحص من جديد: يتابع من هناك. سجل الخادم يقول أكثر.",
  "The file holds no sound that can be decoded.": "ليس في الملف صوت يمكن فكّه.",
  "Try it in another player; if it is silent there too, copy it again.":
    "جرّبه في مشغّل آخر؛ وإن بقي صامتًا فانسخه من جديد.",
  "The file is protected (DRM): only the shop's own player can open it.":
    "الملف محمي (DRM): لا يفتحه إلا مشغّل المتجر نفسه.",
  "Shops that sold protected music often let you fetch it again without.":
    "المتاجر التي باعت موسيقى محمية كثيرًا ما تتيح جلبها من جديد بلا حماية.",
  "The file is of a kind that needs PyAV to be heard.": "الملف من نوع يحتاج سماعه إلى PyAV.",
  "Install it with: pip install 'affetto[video]'": `ثبّته بالأمر: ${apart("pip install 'affetto[video]'")}`,
  "The file is empty.": "الملف فارغ.",
  "Copy it again from where it came from.": "انسخه من جديد من حيث جاء.",
  "The processes that listen to files cannot be started.":
    "تعذّر تشغيل العمليات التي تستمع إلى الملفات.",
  "Scan with 0 workers; from a script of yours, start the scan under `if __name__ == '__main__':`.": `افحص بلا عمليات مساعدة؛ ومن برنامج لك ابدأ الفحص تحت ${apart("if __name__ == '__main__':")}.`,
  "The decoder crashed on this file.": "انهار فكّ هذا الملف.",
  "The file is damaged: copy it again, or convert it to flac or mp3.":
    "الملف تالف: انسخه من جديد، أو حوّله إلى flac أو mp3.",
  "The file could not be listened to within {0} seconds.": "تعذّر الاستماع إلى الملف خلال {0} ث.",
  "It may lie on a slow or failing disk: copy it elsewhere and scan there.":
    "ربما كان على قرص بطيء أو معطوب: انسخه إلى مكان آخر وافحص هناك.",
  "The tracks of {0} cannot be read from here, so none can be heard.":
    "تعذّرت قراءة أغاني {0} من هنا، فلا يمكن الاستماع إليها.",
  "For MPD, name its music_dir as this machine sees it; any folder of music is heard with `affetto library scan FOLDER`.": `لـMPD اذكر ${apart("music_dir")} كما يراه هذا الجهاز؛ وأي مجلد موسيقى يُسمع بالأمر ${apart("affetto library scan FOLDER")}.`,
  "Nothing was tried.": "لم يُجرَّب شيء.",
  "The server does not hand out the sound of this track.": "لا يعطي الخادم صوت هذه الأغنية.",
  "Look on the server whether it plays there.": "انظر في الخادم إن كانت تعمل هناك.",
  "The track has more than {0} MB.": "الأغنية أكبر من {0} م.ب.",
  "Split it, if it should be heard.": "قسّمها إن أردت الاستماع إليها.",
  "The sound of this track is not on this machine.": "ليس صوت هذه الأغنية على هذا الجهاز.",
  "Scan the folder again with `affetto library scan`, or pick another track.": `افحص المجلد من جديد بالأمر ${scan}، أو اختر أغنية أخرى.`,
  "The file {0} is gone.": "اختفى الملف {0}.",
  "Scan the folder again with `affetto library scan`.": `افحص المجلد من جديد بالأمر ${scan}.`,
  "This track has no picture.": "لا صورة لهذه الأغنية.",
  "Show its title instead.": "أظهر عنوانها بدلًا منها.",

  "This is no picture that can be read here, whatever its name says.":
    "ليست هذه صورة تُقرأ هنا، مهما قال اسمها.",
  "Choose a file in one of these formats: JPEG, PNG, WebP, GIF and BMP.":
    "اختر ملفًا بإحدى هذه الصيغ: JPEG وPNG وWebP وGIF وBMP.",
  "The picture is damaged or was cut short.": "الصورة تالفة أو ناقصة.",
  "Save or download it again.": "احفظها أو نزّلها من جديد.",
  "The picture is {0} × {1} pixels, too large to open safely.": (wide, high) =>
    `الصورة ${apart(`${wide} × ${high}`)} بكسل، أكبر من أن تُفتح بأمان.`,
  "Save a smaller copy: a WebP may have {0} million pixels here.":
    "احفظ نسخة أصغر: لصورة WebP هنا {0} مليون بكسل.",
  "Save a smaller copy: a {0} may have {1} million pixels here.":
    "احفظ نسخة أصغر: لصورة {0} هنا {1} مليون بكسل.",
  "Save a smaller copy: a progressive JPEG may have {0} million pixels here.":
    "احفظ نسخة أصغر: لصورة JPEG متدرجة هنا {0} مليون بكسل.",
  "The picture is empty (0 bytes).": "الصورة فارغة (0 بايت).",
  "Choose another file, or save it again.": "اختر ملفًا آخر، أو احفظه من جديد.",
  "The picture is larger than {0} MB.": "الصورة أكبر من {0} م.ب.",
  "Save a smaller copy as JPEG.": "احفظ نسخة أصغر بصيغة JPEG.",
  "This is a HEIC or AVIF picture, which cannot be read here.":
    "هذه صورة HEIC أو AVIF، ولا تُقرأ هنا.",
  'Save or share it as JPEG (on an iPhone: Camera, Formats, "Most Compatible").':
    "احفظها أو شاركها بصيغة JPEG (على iPhone: الكاميرا، التنسيقات، «الأكثر توافقًا»).",
  "{0} is a folder.": "{0} مجلد.",
  "Name the pictures in it.": "اذكر الصور التي فيه.",
  "{0} is not an ordinary file.": "{0} ليس ملفًا عاديًا.",
  "Check the spelling, or name another file.": "تحقق من الكتابة، أو اذكر ملفًا آخر.",
  "There is no file {0}.": "لا ملف {0}.",
  "{0} may not be read by you.": "ليس لك أن تقرأ {0}.",
  "Change its permissions, or copy it.": "غيّر أذوناته، أو انسخه.",
  "{0} could not be read ({1}).": "تعذّرت قراءة {0} ({1}).",
  "The request carries no picture.": "لا صورة في الطلب.",
  "Send the picture's bytes as image/jpeg, image/png or image/webp.": `أرسل الصورة بصيغة ${apart("image/jpeg")} أو ${apart("image/png")} أو ${apart("image/webp")}.`,
  "The camera frame is larger than {0} kB.": "صورة الكاميرا أكبر من {0} ك.ب.",
  "Send smaller frames; 640 × 480 is plenty.": `أرسل صورًا أصغر؛ ${apart("640 × 480")} تكفي.`,
  "The file is larger than {0} MB.": "الملف أكبر من {0} م.ب.",
  "Send a smaller one.": "أرسل أصغر منه.",
  "The file did not arrive whole.": "لم يصل الملف كاملًا.",
  "The history did not arrive whole.": "لم يصل السجل كاملًا.",
  "The picture did not arrive whole.": "لم تصل الصورة كاملة.",
  "Send it again.": "أرسله من جديد.",

  "The history is larger than {0} MB.": "السجل أكبر من {0} م.ب.",
  "Split it, and import the parts one after the other.": "قسّمه، وأحضر الأجزاء واحدًا بعد آخر.",
  "There is no play in this file that could be read. Line {0}: {1}":
    "ليس في هذا الملف استماع أمكنت قراءته. السطر {0}: {1}",
  "There is no play in this file that could be read.": "ليس في هذا الملف استماع أمكنت قراءته.",
  "Give the JSON that ListenBrainz exports, or the CSV of a Last.fm export: with a header that names artist and track, or with artist, album, track and date (such as 01 Jan 2024 10:00) on each line.": `أعطِ ملف JSON الذي يصدّره ListenBrainz، أو ملف CSV من Last.fm: بسطر أول فيه ${apart("artist")} و${apart("track")}، أو بالفنان والألبوم والأغنية والتاريخ (مثل ${apart("01 Jan 2024 10:00")}) في كل سطر.`,
  "This history was imported before.": "أُحضر هذا السجل من قبل.",
  "Import a newer one, or let it be.": "أحضر أحدث منه، أو اكتفِ به.",

  "There is no {0} by {1} in the list for {2}.": (title, artist, of) =>
    `ليس في قائمة ${emotion(of)}: ${title}، ${artist}.`,
  "There is no {0} in the list for {1}.": (title, of) => `ليس في قائمة ${emotion(of)}: ${title}.`,
  "Did you mean {0}?": "هل تقصد {0}؟",
  "See what is there with `affetto lists show {0}`.": `انظر ما هناك بالأمر ${apart("affetto lists show")} {0}.`,
  "The list for {0} already has {1} by {2}.": (of, title, artist) =>
    `في قائمة ${emotion(of)} من قبل: ${title}، ${artist}.`,
  "Change that one, or give this one another name; nothing was changed.": asItWas(
    "غيّر تلك، أو سمِّ هذه اسمًا آخر",
  ),
  "There are {0} songs called {1} in the list for {2}.": (n, title, of) =>
    `في قائمة ${emotion(of)} باسم ${title}: ${songsOf(count(n))}.`,
  "Say whose: {0}.": "قل لمن هي: {0}.",
  "The list {0} could not be removed ({1}).": "تعذّرت إزالة القائمة {0} ({1}).",
  "Check who may write there; the list is as it was.":
    "تحقق ممن له أن يكتب هناك؛ القائمة كما كانت.",
  "The list {0} could not be written ({1}).": "تعذّرت كتابة القائمة {0} ({1}).",
  "Free some space, or check who may write there; the list is as it was.":
    "أفرغ بعض المساحة، أو تحقق ممن له أن يكتب هناك؛ القائمة كما كانت.",
  "There is no list for {0}.": "لا قائمة لـ{0}.",
  "There is no list for {0}.{1}": "لا قائمة لـ{0}.{1}",
  "The lists are: {0}.": "القوائم هي: {0}.",
  "The list already has {0} by {1}.": "في القائمة من قبل: {0}، {1}.",
  "Change that one instead; nothing was changed.": asItWas("غيّر تلك بدلًا من ذلك"),
  "{0} of {1}: explicit is {2}.": `{0}، {1}: قيمة ${apart("explicit")} هي {2}.`,
  "{0} of {1}: the song names no emotion.": "{0}، {1}: لا تذكر الأغنية شعورًا.",
  "{0} of {1}: {2} holds a character that is no text.": "{0}، {1}: في {2} حرف ليس نصًا.",
  "{0} of {1}: {2} is longer than {3} letters.": "{0}، {1}: {2} أطول من {3} حرفًا.",
  "{0} of {1}: {2} is no year.": "{0}، {1}: {2} ليست سنة.",
  "{0} of {1}: {2} is {3}, which is off the mood map.":
    "{0}، {1}: قيمة {2} هي {3}، وهي خارج خريطة المزاج.",
  "{0} of {1}: the song has no title.": "{0}، {1}: لا عنوان للأغنية.",
  "{0} of {1}: the song has no artist.": "{0}، {1}: لا فنان للأغنية.",
  "{0} of {1}: the name has no title.": "{0}، {1}: ينقص الاسم عنوان.",
  "{0} of {1}: the name has no artist.": "{0}، {1}: ينقص الاسم فنان.",
  "Line 1 of {0}: there is no list of songs.": "السطر 1، {0}: لا قائمة أغانٍ فيه.",
  "{0} of {1}: {2} holds more than one value.": "{0}، {1}: في {2} أكثر من قيمة.",
  "Line {0} of {1}: names with values are missing here.": "السطر {0}، {1}: تنقص هنا أسماء بقيمها.",
  "Line {0} of {1}: {2} holds more than one value.": "السطر {0}، {1}: في {2} أكثر من قيمة.",
  "Line {0} of {1}: this is no CSV ({2}).": "السطر {0}، {1}: ليس هذا CSV ({2}).",
  "Line {0} of {1}: this is no JSON ({2}).": "السطر {0}، {1}: ليس هذا JSON ({2}).",
  "Line 1 of {0}: this is no list of songs.": "السطر 1، {0}: ليست هذه قائمة أغانٍ.",
  "Line 1 of {0}: {1} is no list.": "السطر 1، {0}: {1} ليس قائمة.",
  "Line {0} of {1}: this is no YAML ({2}).": "السطر {0}، {1}: ليس هذا YAML ({2}).",
  "Line 1 of {0}: this is no YAML ({1}).": "السطر 1، {0}: ليس هذا YAML ({1}).",
  "Line {0} of {1}: {2} is no list.": "السطر {0}، {1}: {2} ليس قائمة.",
  "Line {0} of {1}: songs cannot refer to each other.":
    "السطر {0}، {1}: لا تحيل الأغاني بعضها إلى بعض.",
  "Line {0} of {1}: it is nested too deeply.": "السطر {0}، {1}: التداخل أعمق مما ينبغي.",
  "Line {0} of {1}: {2} is said twice.": "السطر {0}، {1}: ورد {2} مرتين.",
  "{0} of {1}: {2} is no name that we know; {3} comes nearest.":
    "{0}، {1}: لا نعرف الاسم {2}؛ أقربها {3}.",
  "{0} of {1}: {2} is no name that we know.": "{0}، {1}: لا نعرف الاسم {2}.",
  "Line {0} of {1}: there are {2} cells under {3} columns.":
    "السطر {0}، {1}: عدد الخانات {2} وعدد الأعمدة {3}.",
  "{0} {1} of {2}: this is no song.": "{0} {1}، {2}: ليست هذه أغنية.",
  "{0} of {1}: {2} stands there twice, first at {3}.": "{0}، {1}: ورد {2} مرتين، أولاهما في {3}.",
  "Write true or false; nothing was changed.": asItWas(
    `اكتب ${apart("true")} أو ${apart("false")}`,
  ),
  "Add one to it, or say --emotion NAME; nothing was changed.": asItWas(
    `أضف شعورًا، أو اكتب ${apart("--emotion NAME")}`,
  ),
  "Type it again; nothing was changed.": asItWas("اكتبه من جديد"),
  "Shorten it; nothing was changed.": asItWas("اختصره"),
  "Write it as 1967, or leave it out; nothing was changed.": asItWas("اكتبها مثل 1967، أو اتركها"),
  "Give a number from -1 to 1, such as 0.4; nothing was changed.": asItWas(
    `اكتب رقمًا من ${apart("-1")} إلى 1، مثل 0.4`,
  ),
  "Add its title; nothing was changed.": asItWas("أضف العنوان"),
  "Add its artist; nothing was changed.": asItWas("أضف الفنان"),
  'Write {"songs": [ … ]}; nothing was changed.': asItWas(`اكتب ${apart('{"songs": [ … ]}')}`),
  "Write one; nothing was changed.": asItWas("اكتب قيمة واحدة"),
  "{0}; nothing was changed.": asItWas("{0}"),
  "Mend it; nothing was changed.": asItWas("أصلحه"),
  "Write songs, not lists of lists; nothing was changed.": asItWas("اكتب أغاني، لا قوائم من قوائم"),
  "Mend it: text with a colon or a quotation mark in it needs quotation marks around it; nothing was changed.":
    asItWas("أصلحه: النص الذي فيه نقطتان أو علامة اقتباس يوضع بين علامتي اقتباس"),
  "Save it as plain text; nothing was changed.": asItWas("احفظه نصًا عاديًا"),
  "Begin each song with a dash; nothing was changed.": asItWas("ابدأ كل أغنية بشرطة"),
  "Write it out; nothing was changed.": asItWas("اكتبه كاملًا"),
  "Write songs, no more; nothing was changed.": asItWas("اكتب أغاني لا غير"),
  "Remove one of the two; nothing was changed.": asItWas("أزل أحدهما"),
  "Use one of {0}; nothing was changed.": asItWas("استخدم واحدًا من {0}"),
  "Put quotation marks around text that holds the separator; nothing was changed.": asItWas(
    "ضع النص الذي فيه الفاصل بين علامتي اقتباس",
  ),
  'Write {"title": …, "artist": …}; nothing was changed.': asItWas(
    `اكتب ${apart('{"title": …, "artist": …}')}`,
  ),
  "The list {0} is larger than {1} MB.": "القائمة {0} أكبر من {1} م.ب.",
  "Split it into smaller files.": "قسّمها إلى ملفات أصغر.",
  "{0}.yaml is no list of songs we can read.": (name) =>
    `${apart(`${bare(name)}.yaml`)} ليس قائمة أغانٍ نستطيع قراءتها.`,
  "{0} is no list of songs we can read.": "{0} ليس قائمة أغانٍ نستطيع قراءتها.",
  "Give a file that ends in {0} or {1}.": "أعطِ ملفًا ينتهي اسمه بـ{0} أو {1}.",
  "The list {0} cannot be read ({1}).": "تعذّرت قراءة القائمة {0} ({1}).",
  "Check the name, and that you may read the file.": "تحقق من الاسم، ومن أن لك أن تقرأ الملف.",
  "Line {0} of {1} is not UTF-8 text.": "السطر {0}، {1}: ليس نص UTF-8.",
  "Save the file as UTF-8, then try again; nothing was changed.": asItWas(
    "احفظ الملف بترميز UTF-8، ثم حاول من جديد",
  ),
} satisfies Partial<Heard["sentences"]>;
