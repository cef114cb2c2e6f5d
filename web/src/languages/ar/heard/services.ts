/** What goes wrong at Spotify, YouTube and ListenBrainz, in Arabic. */
import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { apart, say } from "../say";

const LINKS = "وحتى ذلك الحين افتح الأغاني في Spotify بروابطها.";
const after = (span: string) => `حاول من جديد بعد نحو ${span}؛ ${LINKS}`;
const hours = (gap: string) =>
  after(
    say.several(count(gap), {
      one: "ساعة",
      two: "ساعتين",
      few: "# ساعات",
      many: "# ساعة",
      other: "# ساعة",
    }),
  );
const minutes = (gap: string) =>
  after(
    say.several(count(gap), {
      one: "دقيقة",
      two: "دقيقتين",
      few: "# دقائق",
      many: "# دقيقة",
      other: "# دقيقة",
    }),
  );
const seconds = (gap: string) =>
  after(
    say.several(count(gap), {
      one: "ثانية",
      two: "ثانيتين",
      few: "# ثوانٍ",
      many: "# ثانية",
      other: "# ثانية",
    }),
  );

export const services = {
  Spotify: "Spotify",
  "Plays your own words for a mood, or our song lists, on your Spotify device; needs Premium.":
    "يشغّل كلماتك لمزاج ما، أو قوائم أغانينا، على جهاز Spotify لديك؛ يحتاج إلى Premium.",
  "Client ID": "معرّف العميل",
  "Of an app of your own in Spotify's developer dashboard; the page then asks you to sign in.":
    "لتطبيق خاص بك في لوحة مطوّري Spotify؛ ثم تطلب منك الصفحة تسجيل الدخول.",
  "Sign-in": "تسجيل الدخول",
  "The page fills this in.": "تملؤه الصفحة.",
  "Spotify knows no setting {0}.": "لا يعرف Spotify إعدادًا اسمه {0}.",
  "It takes client_id; the rest is done by signing in, in the page.": `يأخذ ${apart("client_id")}؛ والباقي يتم بتسجيل الدخول في الصفحة.`,
  "The playlist was not written, since something else was asked of Spotify meanwhile.":
    "لم تُكتب قائمة التشغيل، فقد طُلب من Spotify شيء آخر في الأثناء.",
  "Ask for it again.": "اطلبها من جديد.",
  "Spotify finds no song for {0}.": "لا يجد Spotify أغنية لـ{0}.",
  "Choose other words for this mood, or paste a playlist's link.":
    "اختر كلمات أخرى لهذا المزاج، أو ألصق رابط قائمة تشغيل.",
  "None of these songs is at Spotify for your account.":
    "لا شيء من هذه الأغاني لدى Spotify لحسابك.",
  "Play the mood once more for other songs, or choose words for it.":
    "شغّل المزاج مرة أخرى لأغانٍ غيرها، أو اختر له كلمات.",
  "You are signed in.": "دخولك مسجَّل.",
  "Songs are found.": "يُعثر على الأغاني.",
  "Your saved songs are read.": "تُقرأ أغانيك المحفوظة.",
  "No device of yours is awake.": "لا جهاز لك مستيقظ.",
  "Open the Spotify app on a phone or computer.": "افتح تطبيق Spotify على هاتف أو حاسوب.",
  "Awake: {0}.": "مستيقظ: {0}.",
  "Spotify cannot play {0}: it is not of Spotify.": "لا يستطيع Spotify تشغيل {0}: ليست من Spotify.",
  "Choose another player for this music, or search for the song at Spotify.":
    "اختر مشغّلًا آخر لهذه الموسيقى، أو ابحث عن الأغنية في Spotify.",
  "{0} takes no commands from elsewhere.": "لا يقبل {0} أوامر من مكان آخر.",
  "Open the Spotify app on a phone or computer, and choose that.":
    "افتح تطبيق Spotify على هاتف أو حاسوب، واختر ذلك الجهاز.",
  "None of these songs was found at Spotify.": "لم يُعثر على أي من هذه الأغاني لدى Spotify.",
  "Play something from here first, or choose another list.":
    "شغّل شيئًا من هنا أولًا، أو اختر قائمة أخرى.",
  "Spotify did not say which playlist it made.": "لم يقل Spotify أي قائمة تشغيل أنشأ.",
  "Look among your playlists at Spotify.": "ابحث بين قوائم تشغيلك لدى Spotify.",
  "An answer from Spotify came to no sign-in that is open here. Nothing has changed.":
    "جاءت إجابة من Spotify لا تخص تسجيل دخول مفتوحًا هنا. لم يتغير شيء.",
  "If you have just signed in, that took too long: begin again under “Where your music lives”. If not, there is nothing to do.":
    "إن كنت قد سجّلت الدخول للتو فقد طال ذلك: ابدأ من جديد من «أين تعيش موسيقاك». وإلا فلا شيء عليك.",
  "Spotify was disconnected while this sign-in came back, so it was dropped.":
    "فُصل Spotify أثناء عودة تسجيل الدخول هذا، فأُهمل.",
  "Connect Spotify again if you want it.": "صِل Spotify من جديد إن أردته.",
  "Spotify is not connected.": "Spotify غير موصول.",
  "Connect it in the settings, under “Where your music lives”.":
    "صِله من الإعدادات، من «أين تعيش موسيقاك».",
  "The sign-in at Spotify has run out: it lasts six months, or until it is withdrawn.":
    "انتهى تسجيل الدخول لدى Spotify: يدوم ستة أشهر، أو إلى أن يُسحب.",
  "Connect Spotify again in the settings.": "صِل Spotify من جديد من الإعدادات.",
  "No device of yours is awake at Spotify.": "لا جهاز لك مستيقظ لدى Spotify.",
  "Open the Spotify app on a phone or computer, let it play for a moment, and try again.":
    "افتح تطبيق Spotify على هاتف أو حاسوب، ودعه يعمل لحظة، ثم حاول من جديد.",
  "Spotify does not answer.": "لا يجيب Spotify.",
  "Look whether this machine is on the internet, and try again in half a minute.":
    "انظر إن كان هذا الجهاز متصلًا بالإنترنت، وحاول من جديد بعد نصف دقيقة.",
  "Your Spotify developer account has used up its quota.":
    "استنفد حساب المطوّر لديك في Spotify حصته.",
  "Spotify was asked too much and wants to be left alone for a while.":
    "كثر السؤال على Spotify ويريد أن يُترك مدة.",
  "Try again in a moment; until then, open the songs at Spotify with their links.": `حاول من جديد بعد لحظة؛ ${LINKS}`,
  "Try again in about {0} hour; until then, open the songs at Spotify with their links.": hours,
  "Try again in about {0} hours; until then, open the songs at Spotify with their links.": hours,
  "Try again in about {0} minute; until then, open the songs at Spotify with their links.": minutes,
  "Try again in about {0} minutes; until then, open the songs at Spotify with their links.":
    minutes,
  "Try again in about {0} second; until then, open the songs at Spotify with their links.": seconds,
  "Try again in about {0} seconds; until then, open the songs at Spotify with their links.":
    seconds,
  "Spotify did not take what it was asked (code {0}).": "لم يقبل Spotify ما طُلب منه (الرمز {0}).",
  "Try something else; if it stays, look for a newer Affetto.":
    "جرّب شيئًا آخر؛ وإن استمر ذلك فابحث عن نسخة أحدث من Affetto.",
  "Spotify did not accept the sign-in.": "لم يقبل Spotify تسجيل الدخول.",
  "Compare the app's redirect URI in Spotify's dashboard with the one shown here, and connect again.":
    "قارن عنوان إعادة التوجيه للتطبيق في لوحة Spotify بالمعروض هنا، ثم صِل من جديد.",
  "Spotify forbids this.": "يمنع Spotify ذلك.",
  "Look in Spotify's developer dashboard whether the app is active and you are listed under User Management.": `انظر في لوحة مطوّري Spotify إن كان التطبيق فعّالًا واسمك واردًا تحت ${apart("User Management")}.`,
  "Spotify did not take our sign-in.": "لم يقبل Spotify تسجيل دخولنا.",
  "Spotify does not have that, or not for your account.":
    "ليس ذلك لدى Spotify، أو ليس متاحًا لحسابك.",
  "Look at the link, or choose something else.": "انظر في الرابط، أو اختر شيئًا آخر.",
  "Spotify has a fault of its own.": "لدى Spotify عطل.",
  "Try again in half a minute.": "حاول من جديد بعد نصف دقيقة.",
  "Spotify does not know this Client ID.": "لا يعرف Spotify معرّف العميل هذا.",
  "Copy it from the app's page in Spotify's developer dashboard, and connect again.":
    "انسخه من صفحة التطبيق في لوحة مطوّري Spotify، ثم صِل من جديد.",
  "The owner of this Client ID has no Spotify Premium, which Spotify asks of developers.":
    "صاحب معرّف العميل هذا ليس لديه Spotify Premium، وSpotify يطلبه من المطوّرين.",
  "Use the Client ID of somebody who has Premium.": "استخدم معرّف عميل لمن لديه Premium.",
  "Spotify lets only Premium accounts be played from here, and yours is not one.":
    "لا يتيح Spotify التشغيل من هنا إلا لحسابات Premium، وليس حسابك منها.",
  "Open the songs at Spotify with their links, or let the music come from elsewhere.":
    "افتح الأغاني في Spotify بروابطها، أو دع الموسيقى تأتي من مكان آخر.",
  "Your account is not on the list of the people who may use this Client ID.":
    "ليس حسابك في قائمة من لهم استخدام معرّف العميل هذا.",
  "Let its owner add you under User Management in Spotify's developer dashboard, which has room for five.": `ليُضِفك صاحبه تحت ${apart("User Management")} في لوحة مطوّري Spotify، وفيها مكان لخمسة.`,
  "The sign-in does not cover this.": "لا يشمل تسجيل الدخول ذلك.",
  "Spotify does not allow that on this device now.": "لا يسمح Spotify بذلك على هذا الجهاز الآن.",
  "Choose another device, or do it in the Spotify app.":
    "اختر جهازًا آخر، أو افعل ذلك في تطبيق Spotify.",
  "Your mood is not known yet.": "مزاجك غير معروف بعد.",
  "Touch the mood map, or choose a mood.": "المس خريطة المزاج، أو اختر مزاجًا.",
  "No session runs whose songs could become a playlist.": "لا جلسة جارية تصير أغانيها قائمة تشغيل.",
  "Touch the mood map to begin one.": "المس خريطة المزاج لتبدأ واحدة.",
  "Nothing was allowed at Spotify.": "لم يُسمح بشيء لدى Spotify.",
  "Connect again and choose to agree, or leave Spotify out.":
    "صِل من جديد ووافق، أو استغنِ عن Spotify.",
  "There is no mood called {0}.": "لا مزاج باسم {0}.",
  "The moods are: {0}.": "الأمزجة هي: {0}.",
  "The words for {0} are longer than {1} letters.": "كلمات {0} أطول من {1} حرفًا.",
  "Shorten them; a few words find more than many.": "اختصرها؛ فالقليل يجد أكثر من الكثير.",

  "YouTube does not answer.": "لا يجيب YouTube.",
  "Try again later; what was done stays.": "حاول من جديد لاحقًا؛ ما تم باقٍ.",
  "Your sign-in at YouTube has run out, or was taken back.":
    "انتهى تسجيل دخولك لدى YouTube، أو سُحب.",
  "Connect YouTube again. While your Google project is in testing, a sign-in lasts seven days.":
    "صِل YouTube من جديد. ما دام مشروعك لدى Google في طور الاختبار يدوم تسجيل الدخول سبعة أيام.",
  "Google does not know this client ID and secret.": "لا تعرف Google معرّف العميل هذا وسرّه.",
  "Copy both again from the credentials of your Google Cloud project.":
    "انسخهما من جديد من بيانات اعتماد مشروعك في Google Cloud.",
  "YouTube did not take this song: its video is private, deleted or closed to playlists.":
    "لم يقبل YouTube هذه الأغنية: الفيديو خاص أو محذوف أو مغلق أمام قوائم التشغيل.",
  "Open it by its link, or add another video of it at YouTube.":
    "افتحها برابطها، أو أضف لها فيديو آخر في YouTube.",
  "Your Google project has used what it may ask of YouTube today.":
    "استنفد مشروعك لدى Google ما له أن يطلبه من YouTube اليوم.",
  "Go on tomorrow: the count begins anew at midnight, Pacific time.":
    "تابع غدًا: يبدأ العدّ من جديد عند منتصف الليل بتوقيت المحيط الهادئ.",
  "YouTube wants it slower.": "يريد YouTube أن نتمهّل.",
  "Try again in a minute.": "حاول من جديد بعد دقيقة.",
  "Your Google project may not use YouTube yet.": "ليس لمشروعك لدى Google أن يستخدم YouTube بعد.",
  "Switch on “YouTube Data API v3” in it, wait a minute, and try again.":
    "فعّل فيه «YouTube Data API v3»، وانتظر دقيقة، ثم حاول من جديد.",
  "This Google account has no YouTube channel, so it can have no playlists.":
    "ليس لحساب Google هذا قناة في YouTube، فلا قوائم تشغيل له.",
  "Make a channel at youtube.com, or connect with another account.": `أنشئ قناة في ${apart("youtube.com")}، أو صِل حسابًا آخر.`,
  "YouTube does not take the sign-in.": "لا يقبل YouTube تسجيل الدخول.",
  "Connect YouTube again.": "صِل YouTube من جديد.",
  "You did not allow Affetto to change playlists at YouTube.":
    "لم تسمح لـAffetto بتغيير قوائم التشغيل في YouTube.",
  "Connect again, and leave the box ticked.": "صِل من جديد، واترك العلامة في المربع.",
  "YouTube takes no more into your playlists.": "لا يقبل YouTube المزيد في قوائم تشغيلك.",
  "Delete a playlist or some songs at YouTube, and try again.":
    "احذف قائمة تشغيل أو بعض الأغاني في YouTube، ثم حاول من جديد.",
  "The playlist is gone from YouTube.": "اختفت قائمة التشغيل من YouTube.",
  "Make it again from the beginning.": "أنشئها من جديد من أولها.",
  "YouTube has trouble of its own.": "لدى YouTube عطل.",
  "Try again later.": "حاول من جديد لاحقًا.",
  "YouTube refused ({0}).": "رفض YouTube ({0}).",
  "Look at youtube.com whether your account is in order, and try again.": `انظر في ${apart("youtube.com")} إن كان حسابك سليمًا، ثم حاول من جديد.`,
  "An answer from YouTube came to no sign-in that is open here. Nothing has changed.":
    "جاءت إجابة من YouTube لا تخص تسجيل دخول مفتوحًا هنا. لم يتغير شيء.",
  "YouTube was disconnected while this sign-in came back, so it was dropped.":
    "فُصل YouTube أثناء عودة تسجيل الدخول هذا، فأُهمل.",
  "Connect YouTube again if you want it.": "صِل YouTube من جديد إن أردته.",
  "Nothing was allowed at YouTube.": "لم يُسمح بشيء لدى YouTube.",
  "Connect again and choose to agree, or leave YouTube out.":
    "صِل من جديد ووافق، أو استغنِ عن YouTube.",
  "YouTube is not connected.": "YouTube غير موصول.",
  "Connect it in the settings first.": "صِله أولًا من الإعدادات.",
  "A playlist is being made already.": "هناك قائمة تشغيل قيد الإنشاء.",
  "Wait until it is there.": "انتظر حتى تكتمل.",
  "The playlist was broken off, since YouTube was connected anew.":
    "قُطعت قائمة التشغيل، فقد وُصل YouTube من جديد.",
  "The playlist was broken off by a fault of Affetto's own.":
    "قُطعت قائمة التشغيل بسبب عطل في Affetto.",
  "Make it again; what is in it at YouTube stays.": "أنشئها من جديد؛ ما فيها لدى YouTube باقٍ.",

  "ListenBrainz does not know this token.": "لا يعرف ListenBrainz هذا الرمز.",
  "Copy the user token of https://listenbrainz.org/settings/ and connect again.": `انسخ رمز المستخدم من ${apart("https://listenbrainz.org/settings/")} ثم صِل من جديد.`,
  "ListenBrainz takes no more for a moment.": "لا يقبل ListenBrainz المزيد الآن.",
  "What was heard waits, and is sent by itself.": "ما سُمع ينتظر، ويُرسل من تلقاء نفسه.",
  "ListenBrainz did not take what was heard.": "لم يقبل ListenBrainz ما سُمع.",
  "It is left out; the rest is sent.": "يُترك هذا؛ ويُرسل الباقي.",
  "ListenBrainz answers with an error of its own ({0}).": "يجيب ListenBrainz بخطأ لديه ({0}).",
  "What was heard waits, and is sent once it works again.": "ما سُمع ينتظر، ويُرسل حين يعمل من جديد.",
  "ListenBrainz does not answer.": "لا يجيب ListenBrainz.",
  "What was heard waits, and is sent once it does.": "ما سُمع ينتظر، ويُرسل حين يجيب.",
  "What is sent to ListenBrainz has changed since you agreed.":
    "تغيّر ما يُرسل إلى ListenBrainz منذ وافقت.",
  "Read the text and connect again.": "اقرأ النص ثم صِل من جديد.",
} satisfies Partial<Heard["sentences"]>;
