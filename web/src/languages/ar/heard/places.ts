/** Where music lives: what our own providers ask, try and refuse, in Arabic. */
import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { apart } from "../say";
import { songsOf } from "../texts";

const conf = apart("mpd.conf");
const HOST = `تحقق من المضيف والمنفذ؛ اسماهما في ${conf}: ${apart("bind_to_address")} و${apart("port")}.`;
const GRANT = `امنح كلمة المرور هذه في ${conf}: ${apart("read, add, control")}.`;

export const places = {
  "The provider {0} failed: {1}: {2}.": "تعطّل المزوّد {0}: {1}: {2}.",
  "Check its settings; if they are right, ask those who made it.":
    "تحقق من إعداداته؛ وإن كانت صحيحة فاسأل من صنعه.",
  "The provider {0} is not connected.": "المزوّد {0} غير موصول.",
  "Connect it first: affetto providers connect {0}.": `صِله أولًا: ${apart("affetto providers connect")} {0}.`,
  "The provider {0} did not answer within {1} s.": "لم يجب المزوّد {0} خلال {1} ث.",
  "Check that its server runs and can be reached from here.":
    "تأكد أن خادمه يعمل ويمكن بلوغه من هنا.",
  "The provider {0} is named in your settings file.": "المزوّد {0} مذكور في ملف إعداداتك.",
  "{0} is named in your settings file.": "{0} مذكور في ملف إعداداتك.",
  "Change it in affetto.toml, then start Affetto again.": `غيّر ذلك في ${apart("affetto.toml")}، ثم شغّل Affetto من جديد.`,
  "The provider {0} is not connected here.": "المزوّد {0} غير موصول هنا.",
  "Your own files are scanned in the library, the demo is a setting, and Spotify has a sheet of its own.":
    "ملفاتك تُفحص في المكتبة، والعرض التجريبي إعداد، ولـSpotify صفحة خاصة به.",
  "There is no music provider called {0}.": "لا مزوّد موسيقى باسم {0}.",
  "Installed are: {0}.": "المثبَّت: {0}.",
  "{0} has no tracks of its own.": "لا أغاني خاصة لدى {0}.",
  "Name a provider with a library.": "اذكر مزوّدًا له مكتبة.",

  library: "المكتبة",
  player: "المشغّل",
  connect: "الوصل",
  "sign in": "تسجيل الدخول",
  database: "قاعدة البيانات",
  output: "المخرج",
  stickers: "الملصقات",
  playlists: "قوائم التشغيل",
  search: "البحث",
  "saved songs": "الأغاني المحفوظة",
  devices: "الأجهزة",
  server: "الخادم",
  songs: "الأغاني",
  sound: "الصوت",
  stars: "النجوم",
  "in time": "في الوقت",
  "It has music.": "فيه موسيقى.",
  "It answers, and is empty.": "يجيب، وهو فارغ.",
  "It can play.": "يستطيع التشغيل.",

  "MPD and Mopidy": "MPD وMopidy",
  "Plays through a Music Player Daemon, on this machine or another.":
    "يشغّل عبر Music Player Daemon، على هذا الجهاز أو غيره.",
  Host: "المضيف",
  "Its name or address, or a socket's path.": "اسمه أو عنوانه، أو مسار مقبس.",
  Port: "المنفذ",
  "As mpd.conf says.": `كما في ${conf}.`,
  Password: "كلمة المرور",
  "If mpd.conf asks for one.": `إن طلبها ${conf}.`,
  "Music folder": "مجلد الموسيقى",
  "MPD's music_directory, where this machine can read it: then the page plays it too.": `مجلد ${apart("music_directory")} لـMPD إن كان هذا الجهاز يقرؤه: عندها تشغّله الصفحة أيضًا.`,
  "Let songs flow into one another": "دع الأغاني تنساب إحداها في الأخرى",
  "yes: the longer, the farther their moods are apart; no: as MPD is set.": `${apart("yes")}: تطول كلما تباعدت أمزجتها؛ ${apart("no")}: كما ضُبط MPD.`,
  "Whether songs flow into one another cannot be {0}.":
    "انسياب الأغاني إحداها في الأخرى لا يكون {0}.",
  "{0} is no port.": "{0} ليس منفذًا.",
  "Give the number that mpd.conf names as port, often 6600.": `اكتب الرقم المذكور في ${conf} باسم ${apart("port")}، وهو غالبًا 6600.`,
  "Name MPD's music_directory as this machine sees it, or leave it out.": `اذكر ${apart("music_directory")} لـMPD كما يراه هذا الجهاز، أو اتركه.`,
  "MPD answers at {0}.": "يجيب MPD على {0}.",
  "We may look and play.": "يُسمح لنا بالاطلاع والتشغيل.",
  "We may look, but not play: MPD does not allow `{0}`.":
    "يُسمح لنا بالاطلاع دون التشغيل: لا يسمح MPD بـ{0}.",
  "In mpd.conf, give this password read, add and control.": GRANT,
  "There are {0} songs.": (n) => `فيه ${songsOf(count(n))}.`,
  "There is music; it is not said how much.": "هناك موسيقى؛ ولا يُذكر كم هي.",
  "MPD's database is empty.": "قاعدة بيانات MPD فارغة.",
  "See that music_directory in mpd.conf is right, then run `mpc update`.": `تأكد من ${apart("music_directory")} في ${conf}، ثم نفّذ ${apart("mpc update")}.`,
  "MPD could not play the last time: {0}.": "تعذّر على MPD التشغيل في المرة الأخيرة: {0}.",
  "See that the file is there and that an audio_output in mpd.conf works.": `تأكد أن الملف موجود وأن ${apart("audio_output")} في ${conf} يعمل.`,
  "Mopidy is muted.": "صوت Mopidy مكتوم.",
  "Switch its output Mute off.": `أطفئ مخرجه ${apart("Mute")}.`,
  "Mopidy does not say where its sound goes.": "لا يقول Mopidy إلى أين يذهب صوته.",
  "Sound goes to {0}.": "يذهب الصوت إلى {0}.",
  "No output of MPD's is switched on.": "لا مخرج مفعّل لدى MPD.",
  "Switch one on (`mpc enable 1`), or add an audio_output to mpd.conf.": `فعّل واحدًا (${apart("mpc enable 1")})، أو أضف ${apart("audio_output")} إلى ${conf}.`,
  "Moods can be kept there.": "يمكن حفظ الأمزجة هناك.",
  "Moods cannot be kept there: it has no stickers.": "لا يمكن حفظ الأمزجة هناك: لا ملصقات فيه.",
  "Playlists stored there: {0}.": "قوائم التشغيل هناك: {0}.",
  "Playlists cannot be stored there.": "لا يمكن حفظ قوائم التشغيل هناك.",
  "MPD is too slow to try it.": "MPD أبطأ من أن يُجرَّب.",
  "Try again when it is less busy.": "حاول من جديد حين يخفّ شغله.",
  "The MPD at {0} does not allow `{1}`: {2}.": "لا يسمح MPD على {0} بـ{1}: {2}.",
  "In its mpd.conf, give this password read, add and control.": GRANT,
  "The MPD at {0} cannot be reached: {1}.": "تعذّر بلوغ MPD على {0}: {1}.",
  "See whether the machine is reached from here. Check the host and the port; mpd.conf names them bind_to_address and port.": `انظر إن كان الجهاز يُبلَغ من هنا. ${HOST}`,
  "The MPD at {0} does not take this password.": "لا يقبل MPD على {0} كلمة المرور هذه.",
  "The MPD at {0} wants a password.": "يطلب MPD على {0} كلمة مرور.",
  "Give one of those that stand under `password` in its mpd.conf.": `اكتب واحدة مما ورد تحت ${apart("password")} في ${conf}.`,
  "There is no machine called {0}.": "لا جهاز باسم {0}.",
  "Check the host's spelling, or give its address in numbers.":
    "تحقق من كتابة اسم المضيف، أو اكتب عنوانه بالأرقام.",
  "Nobody answers at {0}.": "لا أحد يجيب على {0}.",
  "Start MPD there. Check the host and the port; mpd.conf names them bind_to_address and port.": `شغّل MPD هناك. ${HOST}`,
  "The MPD at {0} does not answer in time.": "لا يجيب MPD على {0} في الوقت.",
  "See whether the machine is on and reached from here. Check the host and the port; mpd.conf names them bind_to_address and port.": `انظر إن كان الجهاز يعمل ويُبلَغ من هنا. ${HOST}`,
  "The conversation with the MPD at {0} broke off: {1}.": "انقطع الحديث مع MPD على {0}: {1}.",
  "Wait while MPD starts again, or start it. Check the host and the port; mpd.conf names them bind_to_address and port.": `انتظر حتى يعود MPD، أو شغّله. ${HOST}`,
  "The MPD at {0} keeps no stickers: {1}.": "لا يحفظ MPD على {0} ملصقات: {1}.",
  "Name a sticker_file in its mpd.conf and start it again.": `اذكر ${apart("sticker_file")} في ${conf} وشغّله من جديد.`,
  "MPD did not take “{0}”: {1}.": "لم يقبل MPD «{0}»: {1}.",
  "Look into MPD's log for the reason, or choose another track.":
    "ابحث عن السبب في سجل MPD، أو اختر أغنية أخرى.",
  "MPD has no “{0}” ({1}).": "ليس لدى MPD «{0}» ({1}).",
  "Let MPD look at its files again (`mpc update`), or choose another track.": `دع MPD ينظر في ملفاته من جديد (${apart("mpc update")})، أو اختر أغنية أخرى.`,
  "MPD cannot play “{0}”: {1}.": "تعذّر على MPD تشغيل «{0}»: {1}.",
  "See that the file is there and that an output in mpd.conf works; `mpc update` lets MPD look at its files again.": `تأكد أن الملف موجود وأن مخرجًا في ${conf} يعمل؛ والأمر ${apart("mpc update")} يجعل MPD ينظر في ملفاته من جديد.`,
  "MPD has no playlist called “{0}”.": "ليس لدى MPD قائمة تشغيل باسم «{0}».",
  "Choose one of those it lists.": "اختر واحدة مما يعرضه.",
  "MPD cannot call a playlist {0}.": "لا يستطيع MPD تسمية قائمة تشغيل {0}.",
  "Give one line without /, of at most {0} characters.":
    "اكتب سطرًا واحدًا بلا /، لا يزيد على {0} حرفًا.",
  "MPD has a playlist called “{0}” already.": "لدى MPD قائمة تشغيل باسم «{0}» من قبل.",
  "Choose another name, or say that it may be replaced.": "اختر اسمًا آخر، أو اسمح باستبدالها.",
  "MPD has none of these tracks.": "ليس لدى MPD أي من هذه الأغاني.",
  "Choose tracks of its own library; a playlist file takes any.":
    "اختر أغاني من مكتبته؛ أما ملف قائمة التشغيل فيقبل كل أغنية.",
  "The MPD at {0} stores no playlists: {1}.": "لا يحفظ MPD على {0} قوائم تشغيل: {1}.",
  "Name a playlist_directory in its mpd.conf and start it again.": `اذكر ${apart("playlist_directory")} في ${conf} وشغّله من جديد.`,
  "MPD did not store the playlist: {0}.": "لم يحفظ MPD قائمة التشغيل: {0}.",
  "See that MPD may write to its playlist_directory.": `تأكد أن لـMPD أن يكتب في ${apart("playlist_directory")}.`,

  "Navidrome and other Subsonic servers": "Navidrome وخوادم Subsonic الأخرى",
  "Plays the music of your own server: Navidrome, gonic, Airsonic, Supysonic and their kin.":
    "يشغّل موسيقى خادمك: Navidrome أو gonic أو Airsonic أو Supysonic وما شابهها.",
  Address: "العنوان",
  "As you open the server in your browser: https://music.example.org.": `كما تفتح الخادم في متصفحك: ${apart("https://music.example.org")}.`,
  "User name": "اسم المستخدم",
  "API key": "مفتاح API",
  "In place of name and password, where your server gives such keys.":
    "بدل الاسم وكلمة المرور، إن كان خادمك يمنح مفاتيح كهذه.",
  "Way to sign in": "طريقة تسجيل الدخول",
  "auto finds out; else token, password or api-key.": `${apart("auto")} تكتشفها؛ وإلا ${apart("token")} أو ${apart("password")} أو ${apart("api-key")}.`,
  "Tell it what is heard": "إبلاغه بما يُسمع",
  "yes lets it count plays, and pass them on where you told it to.": `${apart("yes")} تجعله يعدّ ما سُمع، ويبلّغه حيث طلبت منه.`,
  "Whether the music server is told what is heard cannot be {0}.":
    "إبلاغ خادم الموسيقى بما يُسمع لا يكون {0}.",
  "Say yes or no.": `اكتب ${apart("yes")} أو ${apart("no")}.`,
  "{0} is no song of this music server.": "{0} ليست أغنية في خادم الموسيقى هذا.",
  "Choose a song that lies there.": "اختر أغنية موجودة هناك.",
  "A song cannot be rated with {0} stars.": "لا تُقيَّم أغنية بهذا العدد من النجوم: {0}.",
  "Give 1 to 5, or 0 for none.": "اكتب من 1 إلى 5، أو 0 لعدم التقييم.",
  "The music server at {0} took the playlist and does not list it.":
    "أخذ خادم الموسيقى على {0} قائمة التشغيل ولا يعرضها.",
  "Look for it on the server's own page.": "ابحث عنها في صفحة الخادم نفسه.",
  "The music server has a playlist called “{0}” already.":
    "لدى خادم الموسيقى قائمة تشغيل باسم «{0}» من قبل.",
  "The music server has none of these songs.": "ليس لدى خادم الموسيقى أي من هذه الأغاني.",
  "Choose songs that lie there; a playlist file takes any.":
    "اختر أغاني موجودة هناك؛ أما ملف قائمة التشغيل فيقبل كل أغنية.",
  "The provider {0} keeps no playlists here.": "لا يحفظ المزوّد {0} قوائم تشغيل هنا.",
  "Connect one that does, or save a file.": "صِل واحدًا يحفظها، أو احفظ ملفًا.",
  "The address of the music server is missing or is none.":
    "عنوان خادم الموسيقى ناقص أو ليس عنوانًا.",
  'Give it as you open it in a browser, such as "https://music.example.org".': `اكتبه كما تفتحه في متصفح، مثل ${apart("https://music.example.org")}.`,
  "The address of the music server holds a name or a password.":
    "في عنوان خادم الموسيقى اسم أو كلمة مرور.",
  "Take them out of the address and give them in their own fields.":
    "أخرجهما من العنوان واكتبهما في حقليهما.",
  "a token": "رمز",
  "the password": "كلمة المرور",
  "an API key": "مفتاح API",
  "Signed in with {0}.": "سُجّل الدخول بواسطة {0}.",
  "Signed in with {0}. Others in this network can read it.":
    "سُجّل الدخول بواسطة {0}. يمكن لغيرك في هذه الشبكة أن يقرأ ذلك.",
  "Let the server be reached by https.": "اجعل الخادم يُبلَغ عبر https.",
  "It lists its songs, and tells moods or genres.": "يعرض أغانيه، ويذكر أمزجة أو أنواعًا.",
  "It lists its songs.": "يعرض أغانيه.",
  "Songs stream, and can be sought in.": "تصل الأغاني، ويمكن التنقل داخلها.",
  "Songs stream, but only from their beginning.": "تصل الأغاني، لكن من أولها فقط.",
  "There is no song to try.": "لا أغنية لتجربتها.",
  "Playlists can be kept; it holds {0}.": "يمكن حفظ قوائم التشغيل؛ عددها لديه {0}.",
  "The server keeps no playlists.": "لا يحفظ الخادم قوائم تشغيل.",
  "Songs can be starred.": "يمكن وضع نجوم للأغاني.",
  "The server keeps no stars.": "لا يحفظ الخادم نجومًا.",
  "{0} answers.": "يجيب {0}.",
  "{0} answers and speaks OpenSubsonic {1}.": "يجيب {0} ويتكلم OpenSubsonic {1}.",
  "{0} answers and speaks Subsonic {1}.": "يجيب {0} ويتكلم Subsonic {1}.",
  "The server has no songs for this listener.": "ليس لدى الخادم أغانٍ لهذا المستمع.",
  "Let the server scan its music, and look which folders it lets you see.":
    "دع الخادم يفحص موسيقاه، وانظر أي المجلدات يُظهرها لك.",
  "The server answers too slowly to try everything.": "يجيب الخادم ببطء لا يسمح بتجربة كل شيء.",
  "Try again when it has less to do.": "حاول من جديد حين يخفّ شغله.",
  "There is no way to sign in called {0}.": "لا طريقة لتسجيل الدخول باسم {0}.",
  "Choose one of: {0}.": "اختر من: {0}.",
  "There is nothing to sign in to the music server with.":
    "لا شيء يُسجَّل به الدخول إلى خادم الموسيقى.",
  "Give it an API key.": "اكتب مفتاح API.",
  "Give it a user name and a password, or an API key.": "اكتب اسم مستخدم وكلمة مرور، أو مفتاح API.",
  "Browsers do not play {0} files, and the music server makes no mp3 of them.":
    "لا تشغّل المتصفحات ملفات {0}، ولا يحوّلها خادم الموسيقى إلى mp3.",
  "Switch on transcoding to mp3 there, or convert the file.":
    "فعّل هناك التحويل إلى mp3، أو حوّل الملف.",
  "The music server has another file in its place by now.":
    "صار في مكانها ملف آخر لدى خادم الموسيقى.",
  "Play the track from its beginning.": "شغّل الأغنية من أولها.",
  "misses something in what it was asked": "ينقصه شيء فيما طُلب منه",
  "It may be too old: update the server.": "ربما كان قديمًا: حدّث الخادم.",
  "is too new for Affetto": "أحدث مما يعرفه Affetto",
  "Update Affetto.": "حدّث Affetto.",
  "is too old for what it was asked": "أقدم مما طُلب منه",
  "Update the server.": "حدّث الخادم.",
  "does not know this name with this password": "لا يعرف هذا الاسم بكلمة المرور هذه",
  "Check both on the server's own page.": "تحقق من كليهما في صفحة الخادم نفسه.",
  "cannot check a token for this listener": "لا يستطيع التحقق من رمز لهذا المستمع",
  'Set the way to sign in to "password", over https.': `اجعل طريقة تسجيل الدخول ${apart("password")}، عبر https.`,
  "does not take this way to sign in": "لا يقبل طريقة تسجيل الدخول هذه",
  'Set the way to sign in to "auto", or give what the server asks for.': `اجعل طريقة تسجيل الدخول ${apart("auto")}، أو اكتب ما يطلبه الخادم.`,
  "was told two ways to sign in at once": "جاءته طريقتان لتسجيل الدخول معًا",
  "Leave either the API key or the password out; a proxy before it may add its own.":
    "اترك مفتاح API أو كلمة المرور؛ وقد يضيف وسيط أمامه ما يخصه.",
  "does not know this API key": "لا يعرف مفتاح API هذا",
  "Make a new one on the server's own page.": "أنشئ مفتاحًا جديدًا في صفحة الخادم نفسه.",
  "does not allow this listener that": "لا يسمح بذلك لهذا المستمع",
  "Ask whoever runs the server, or sign in as somebody else.":
    "اسأل من يدير الخادم، أو سجّل الدخول باسم آخر.",
  "has a trial time that is over": "انتهت مدة تجربته",
  "Ask whoever runs the server.": "اسأل من يدير الخادم.",
  "does not have what it was asked for": "ليس لديه ما طُلب منه",
  "Look whether it was deleted there.": "انظر إن كان قد حُذف هناك.",
  "Look into the server's log.": "انظر في سجل الخادم.",
  "The music server at {0} {1} ({2}).": "خادم الموسيقى على {0} {1} ({2}).",
  "The music server at {0} {1}.": "خادم الموسيقى على {0} {1}.",
  "The music server at {0} does not do what it was asked ({1}).":
    "لا يفعل خادم الموسيقى على {0} ما طُلب منه ({1}).",
  "The music server at {0} does not do what it was asked.":
    "لا يفعل خادم الموسيقى على {0} ما طُلب منه.",
  "At {0} something answers, but not as a Subsonic server does.":
    "على {0} يجيب شيء، لكن ليس كما يجيب خادم Subsonic.",
  "Check the address: it is the one you open the server's own page with.":
    "تحقق من العنوان: هو الذي تفتح به صفحة الخادم نفسه.",
  "The music server at {0} broke off in the middle of an answer.":
    "قطع خادم الموسيقى على {0} إجابته في وسطها.",
  "Try again; if it happens often, the server's log says more.":
    "حاول من جديد؛ وإن تكرر فسجل الخادم يقول أكثر.",
  "The music server at {0} sends visitors on to {1}://{2}.": (at, scheme, host) =>
    `يحيل خادم الموسيقى على ${at} الزوار إلى ${apart(`${scheme}://${host}`)}.`,
  "The music server at {0} sends visitors on to another address.":
    "يحيل خادم الموسيقى على {0} الزوار إلى عنوان آخر.",
  "Give the address that it sends to, if it is yours.": "اكتب العنوان الذي يحيل إليه، إن كان لك.",
  "The music server at {0} lets nobody in (HTTP {1}).":
    "لا يُدخل خادم الموسيقى على {0} أحدًا (HTTP {1}).",
  "Check name and password; what stands before the server may ask for its own sign-in, which has to be lifted for /rest.": `تحقق من الاسم وكلمة المرور؛ فقد يطلب ما يقف أمام الخادم تسجيل دخول خاصًا به، ويجب رفعه عن ${apart("/rest")}.`,
  "The music server at {0} is in trouble or has too much to do (HTTP {1}).":
    "خادم الموسيقى على {0} متعثر أو كثير الشغل (HTTP {1}).",
  "Try again in a moment; the server's log says more.":
    "حاول من جديد بعد لحظة؛ سجل الخادم يقول أكثر.",
  "The music server at {0} shows a certificate that cannot be trusted: {1}.":
    "يعرض خادم الموسيقى على {0} شهادة لا يوثق بها: {1}.",
  "The music server at {0} shows a certificate that cannot be trusted: its authority is unknown.":
    "يعرض خادم الموسيقى على {0} شهادة لا يوثق بها: جهة إصدارها مجهولة.",
  "Use the name the certificate was made for; for one of your own, add its authority to those this machine trusts, or name its file in SSL_CERT_FILE.": `استخدم الاسم الذي صدرت له الشهادة؛ وإن كانت لك فأضف جهة إصدارها إلى ما يثق به هذا الجهاز، أو اذكر ملفها في ${apart("SSL_CERT_FILE")}.`,
  "The music server at {0} takes too long to answer.": "يتأخر خادم الموسيقى على {0} في الإجابة.",
  "See whether it is busy, and whether this machine reaches it.":
    "انظر إن كان مشغولًا، وإن كان هذا الجهاز يبلغه.",
  "The music server at {0} cannot be reached.": "تعذّر بلوغ خادم الموسيقى على {0}.",
  "Check that it runs, and its address and port.": "تأكد أنه يعمل، ومن عنوانه ومنفذه.",
} satisfies Partial<Heard["sentences"]>;
