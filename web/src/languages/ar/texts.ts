/** What the page says, in Arabic. */
import type { Goal } from "@/api/types";
import type { Catalogue } from "../catalogue";
import { consents } from "./consents";
import { apart, quoted, say } from "./say";

const EXPRESSIONS: Record<string, string> = {
  angry: "غضب",
  disgust: "اشمئزاز",
  fear: "خوف",
  happy: "فرح",
  sad: "حزن",
  surprise: "دهشة",
  neutral: "بلا تعبير",
};
export const expression = (label: string) => EXPRESSIONS[label] ?? label;

function sure(confidence: number): string | null {
  if (confidence >= 0.8) return "بثقة كبيرة";
  if (confidence >= 0.5) return "بثقة لا بأس بها";
  if (confidence >= 0.3) return "بلا ثقة كبيرة";
  return null;
}

function degree(amount: number, word: string, opposite: string): string {
  const size = Math.abs(amount);
  const name = amount > 0 ? word : opposite;
  if (size < 0.15) return "";
  if (size < 0.35) return `${name} قليلًا`;
  if (size < 0.7) return `${name} إلى حد ما`;
  return `${name} جدًا`;
}

export function place(valence: number, arousal: number): string {
  const tone = degree(valence, "مريح", "مزعج") || "لا مريح ولا مزعج";
  const glad = valence >= -0.1;
  let pace = "";
  if (arousal > 0.7) pace = glad ? "يقظ تمامًا" : "متوتر جدًا";
  else if (arousal > 0.25) pace = glad ? "نشيط" : "متوتر";
  else if (arousal < -0.7) pace = "ناعس";
  else if (arousal < -0.25) pace = glad ? "هادئ" : "فاتر";
  return pace ? `${tone}، ${pace}` : tone;
}

export const minutesOf = (n: number) =>
  say.several(n, {
    one: "دقيقة واحدة",
    two: "دقيقتان",
    few: "# دقائق",
    many: "# دقيقة",
    other: "# دقيقة",
  });
export const songsOf = (n: number) =>
  say.several(n, {
    zero: "لا أغانٍ",
    one: "أغنية واحدة",
    two: "أغنيتان",
    few: "# أغانٍ",
    many: "# أغنية",
    other: "# أغنية",
  });

export const corners = { tense: "متوتر", excited: "متحمس", sad: "حزين", calm: "هادئ" };

const GOAL_SENTENCES: Record<Goal, string> = {
  match: "ستبقى الموسيقى مع ما تشعر به",
  lift: "ستقودك الموسيقى إلى ما هو أكثر إشراقًا",
  calm: "ستقودك الموسيقى إلى ما هو أهدأ",
  focus: "ستكون الموسيقى ثابتة ولا تلفت الانتباه",
  sleep: "ستصبح الموسيقى أبطأ وألطف",
  place: "ستقودك الموسيقى إلى حيث أشرت",
};

export const texts: Catalogue["texts"] = {
  name: "affetto",
  title: "كيف تشعر؟",
  invitation: "المس الخريطة حيث أنت الآن، فتبدأ الموسيقى.",
  orJustPlay: "أو شغّل أي شيء",
  liveRegion: "المستجدات",

  sure,
  place,
  expression,

  map: {
    label: "خريطة المزاج",
    role: "خريطة المزاج",
    help: "مفاتيح الأسهم تحرّكك، ومفتاح الإدخال يعيد القول.",
    north: "يقظ تمامًا",
    south: "ناعس",
    west: "مزعج",
    east: "مريح",
    corners,
    you: "أنت",
    toward: "الوجهة",
    now: "الآن",
    next: "التالي",
    key: "معنى العلامات",
    unknown: "غير معروف بعد",
    here: (words) => `أنت: ${words}`,
    both: "أنت والوجهة",
  },

  goals: {
    label: "إلى أين تتجه الموسيقى؟",
    match: "مرافقة",
    lift: "رفع",
    calm: "تهدئة",
    focus: "تركيز",
    sleep: "نوم",
    place: "مكان",
    hints: {
      match: "معك",
      lift: "أبهج",
      calm: "أهدأ",
      focus: "ثابتة",
      sleep: "ألطف",
      place: "حيث تشير",
    },
    said: (goal) => `${GOAL_SENTENCES[goal]}.`,
  },

  moods: {
    angry: "غاضبة",
    happy: "سعيدة",
    sad: "حزينة",
    calm: "هادئة",
    awake: "يقظة",
    drowsy: "ناعسة",
    pleasant: "مريحة",
    unpleasant: "مزعجة",
    "in the middle": "في الوسط",
  },

  because: {
    picked: "هذه اخترتها أنت.",
    unheard: "لم نستمع إلى هذه بعد.",
    counted: (what) => `الأثقل وزنًا: ${what.join("، ")}.`,
    terms: {
      taste: "من نوع موسيقاك",
      told: "قلت إنها تعجبك",
      artist: "يعجبك فنانها",
      track: "أعجبتك من قبل",
      others: "تعجب غيرك أيضًا",
      nearer: "تقود إلى حيث تريد",
      closeness: "قريبة مما تريد",
      transition: "تلي السابقة بسلاسة",
      variety: "شيء مختلف من جديد",
      novelty: "جديدة بالقدر الذي يناسبك",
      chance: "محاولة لمعرفة ما يعجبك",
      turn: "حان دورها",
    },
  },

  undo: "تراجع",
  undone: "تم التراجع.",
  nothingToUndo: "لا شيء للتراجع عنه.",
  acts: {
    liked: (title) => `تعجبك ${quoted(title)}.`,
    unliked: (title) => `أُلغي إعجابك بـ${quoted(title)}.`,
    fits: (title) => `${quoted(title)} تناسب هذه اللحظة.`,
    not_now: (title) => `ليس الآن: ${quoted(title)}.`,
    never: (title) => `لن تتكرر أبدًا: ${quoted(title)}.`,
    neverArtist: (artist) => `لن يتكرر أبدًا: أي شيء من ${apart(artist)}.`,
    pinned: (title) => `${quoted(title)} تبقى في مكانها.`,
    unpinned: (title) => `${quoted(title)} يمكن أن تتغير من جديد.`,
    removed: (title) => `${quoted(title)} خرجت من القائمة.`,
    moved: (title, at) => `${quoted(title)} أصبحت رقم ${at}، وتبقى هناك.`,
  },

  intents: {
    open: "لأي غرض؟",
    lift: "لتستمر الموسيقى القاتمة المضطربة ما شاءت",
    label: "الغرض من الموسيقى",
    chosen: {
      keep: "الغرض: البقاء هنا",
      rest: "الغرض: الراحة",
      comfort: "الغرض: المواساة",
      release: "الغرض: التنفيس",
      think: "الغرض: التفكير",
      distract: "الغرض: الإلهاء",
      intensify: "الغرض: المزيد من هذا",
      go: "الغرض: الانطلاق",
    },
    each: {
      keep: "أبقني هنا",
      rest: "أرحني",
      comfort: "واسني",
      release: "دعني أنفّس",
      think: "دعني أفكر",
      distract: "ألهني عنه",
      intensify: "المزيد من هذا",
      go: "حرّكني",
    },
  },

  journey: {
    title: "رحلتك",
    draw: "ارسم طريقًا",
    drawing: "ارسم على الخريطة من حيث أنت إلى حيث تريد أن تكون.",
    sheet: "ورقة فوق خريطة المزاج لترسم عليها طريقًا",
    help: "مفاتيح الأسهم تحرّك القلم، والمسافة تضع نقطة، والإدخال ينهي الطريق، وEscape يتركه.",
    invitation: "ارسم من حيث أنت إلى حيث تريد أن تكون.",
    penAt: (at, points) =>
      points
        ? `القلم: ${at}. ${say.several(points, {
            one: "نقطة واحدة",
            two: "نقطتان",
            few: "# نقاط",
            many: "# نقطة",
            other: "# نقطة",
          })}.`
        : `القلم: ${at}.`,
    ends: (from, to) => `من «${from}» إلى «${to}».`,
    howLong: "في كم دقيقة؟",
    minutes: minutesOf,
    setOut: "انطلق",
    again: "ارسم من جديد",
    leave: "اتركه",
    under: (from, to, minutes) => `من «${from}» إلى «${to}»، المدة: ${minutesOf(minutes)}.`,
    step: (now, all) => `الأغنية ${now} من ${all}. يُعاد التخطيط بعد كل أغنية.`,
    progress: "كم قطعت من الطريق",
    arrived: "لقد وصلت.",
    arrivedAt: (at) => `${at}: إلى هنا أردت الوصول. تبقى الموسيقى هنا.`,
    plan: "الخطة، أغنية أغنية",
    planNow: "الآن",
    planIn: (minutes) => `بعد ${minutes} د`,
    planFrom: (minutes) => `من الدقيقة ${minutes}`,
    planOpen: songsOf,
    planToward: (at) => `تُختار في الطريق نحو: ${at}`,
    planAnywhere: "تُختار في الطريق",
    begun: (minutes) => `في الطريق. المدة: ${minutesOf(minutes)}.`,
    end: "أنهِ الرحلة",
    another: "ارسم غيرها",
    planned: "المخطط",
    achieved: "أنت حتى الآن",
  },

  sensing: {
    label: "طرق أخرى للتعبير",
    photo: "صورة أو فيديو",
    camera: "الكاميرا",
    cameraStop: "أوقف الكاميرا",
    drop: "أفلت الصورة أو الفيديو ليُقرأ.",
    lamp: {
      off: "الحواس مطفأة",
      on: "الكاميرا تعمل",
      asking: "نطلب الكاميرا",
      unsure: "الكاميرا تعمل، بلا يقين",
      paused: "الكاميرا متوقفة مؤقتًا",
    },
    sheet: "الحواس",
    openSheet: "ما تفعله الحواس وكيف توقفها",
    where: {
      title: "أين يُقرأ وجهك",
      device: "على هذا الجهاز",
      server: "على هذا الخادم",
      none: "بلا كاميرا",
      hints: {
        device: "لا تغادر الصورة هذا المتصفح أبدًا. قراءة صغيرة واحدة تذهب إلى الخادم كل ثانيتين.",
        server:
          "للأجهزة الضعيفة: صورتان صغيرتان في الثانية تذهبان إلى ذاكرة هذا الخادم ولا إلى مكان آخر.",
        none: "الخريطة تكفي. لا يمكن تشغيل الكاميرا سهوًا.",
      },
    },
    modelMissing: "لا يوجد نموذج لقراءة الوجوه، لذلك لا تُقرأ الصور. الخريطة تعمل كالمعتاد.",
    cameraOff: "الكاميرا مطفأة.",
    cameraOn: {
      device: "الكاميرا تعمل. جهازك يقرأ الصورة، ولا يراها أحد غيره.",
      server: "الكاميرا تعمل. يقرأ الخادم صورتين صغيرتين في الثانية ثم يتخلص منهما.",
      none: "",
    },
    cameraPaused: "توقف مؤقت ما دامت هذه الصفحة غير ظاهرة.",
    lastReading: "آخر قراءة",
    noReading: "لم يُقرأ شيء بعد.",
    belief: "على ماذا يستند المزاج",
    sources: { self: "كلمتك", face: "وجهك" },
    allOff: "أطفئ كل الحواس",
    allOffDone: "كل الحواس مطفأة.",
    withdraw: {
      camera: "سحب الموافقة: الكاميرا",
      "camera-server": "سحب الموافقة: الكاميرا، القراءة على الخادم",
      photo: "سحب الموافقة: الصور والفيديو",
      "photo-server": "سحب الموافقة: الصور، القراءة على الخادم",
    },
    withdrawn: {
      camera: "سُحبت. ستُسأل من جديد قبل أن يُقرأ أي شيء.",
      "camera-server": "سُحبت. ستُسأل من جديد قبل أن يُرسل أي شيء.",
      photo: "سُحبت. ستُسأل من جديد قبل أن يُقرأ أي شيء.",
      "photo-server": "سُحبت. ستُسأل من جديد قبل أن يُرسل أي شيء.",
      "keep-readings": "سُحبت. لن يُحفظ شيء بعد الآن.",
    },
    notWithdrawn: {
      camera: "الكاميرا مطفأة، لكن الخادم لم يسجّل سحب موافقتك.",
      "camera-server": "الكاميرا مطفأة، لكن الخادم لم يسجّل سحب موافقتك.",
      photo: "الصورة أُزيلت، لكن الخادم لم يسجّل سحب موافقتك.",
      "photo-server": "الصورة أُزيلت، لكن الخادم لم يسجّل سحب موافقتك.",
      "keep-readings": "لم يسجّل الخادم ذلك: ما زالت القراءات تُحفظ.",
    },
    withdrawAgain: "اسحبها مرة أخرى حين يجيب الخادم.",
    keep: "حفظ ما قُرئ",
    keepOn: "احفظ القراءات",
    keepOff: "لا تحفظ القراءات بعد الآن",
    kept: "لقد وافقت: تُحفظ القراءات.",
    notKept: "لا يُحفظ شيء ما لم توافق.",
    noConsents: "لم توافق على أي حاسة.",
  },

  consent: {
    camera: { title: "استخدام الكاميرا؟", yes: "استخدم الكاميرا", no: "ليس الآن" },
    "camera-server": {
      title: "إرسال صور إلى هذا الخادم؟",
      yes: "أرسل الصور",
      no: "ليس الآن",
    },
    photo: { title: "قراءة صورة أو فيديو؟", yes: "اختر واحدًا", no: "ليس الآن" },
    "photo-server": { title: "إرسال الصورة إلى هذا الخادم؟", yes: "أرسلها", no: "ليس الآن" },
    where: "الزر ذو المصباح الصغير أعلى الصفحة يقول ما الذي يعمل. من هناك تتراجع عن هذا.",
    dropped: { title: "قراءة صورة أو فيديو؟", yes: "اقرأ هذا", no: "ليس الآن" },
    versions: consents,
  },

  reading: {
    title: "ما يُظهره وجهك",
    asking: "يسأل متصفحك إن كان لهذه الصفحة أن تستخدم الكاميرا. قل نعم هناك.",
    looking: "أنظر",
    photoLooking: "أقرأ الصورة",
    looks: (label, how) => `يبدو على وجهك: ${expression(label)}، ${how}.`,
    unsure: "لست متأكدًا مما يُظهره وجهك. المس الخريطة بدلًا من ذلك.",
    question: "التعبير ليس شعورًا. إن كان خطأ فقل ذلك.",
    correct: "ليس هذا ما أشعر به",
    corrected: "شكرًا. أضع ذلك جانبًا وأترك وجهك دقيقة. المس الخريطة لتخبرني.",
    nothingRead: "لم يُقرأ شيء من وجهك. المس الخريطة لتخبرني.",
    outweighed: "لقد قلت أنت غير ذلك، وقولك أهم.",
    muted: "أترك وجهك الآن. المس الخريطة لتخبرني.",
    noFaceNow: "لا أرى وجهًا. تعال أمام العدسة، أو المس الخريطة.",
    tooDark: "لا أستطيع أن أعرف: المكان مظلم جدًا. التفت نحو الضوء، أو المس الخريطة.",
    black: "لا أرى شيئًا: ربما العدسة مغطاة. اكشفها، أو أشعل ضوءًا، أو المس الخريطة.",
    onAir: { device: "الكاميرا تعمل", server: "يقرأها هذا الخادم", none: "" },
    gettingLabel: "ما يقرأ وجهك",
    getting: (share) =>
      share < 1 ? `نجلب ما يقرأ وجهك: ${say.percent(Math.min(share, 0.99))}` : "نستعد",
    noFace: "لا أرى وجهًا في هذه الصورة. جرّب صورة تنظر فيها نحو العدسة.",
    others: (n) =>
      say.several(n, {
        one: "أقرأ أكبر وجه فقط، لا الوجه الآخر.",
        two: "أقرأ أكبر وجه فقط، لا الوجهين الآخرين.",
        few: "أقرأ أكبر وجه فقط، لا الوجوه الـ# الأخرى.",
        other: "أقرأ أكبر وجه فقط، لا الوجوه الأخرى وعددها #.",
      }),
    unreadToo: (n) =>
      say.several(n, {
        one: "هناك وجه آخر لم أستطع قراءته.",
        two: "هناك وجهان آخران لم أستطع قراءتهما.",
        few: "هناك # وجوه أخرى لم أستطع قراءتها.",
        other: "هناك وجوه أخرى لم أستطع قراءتها، وعددها #.",
      }),
    othersUnread: (n) =>
      say.several(n, {
        one: "أنظر إلى أكبر وجه فقط، لا إلى الآخر.",
        two: "أنظر إلى أكبر وجه فقط، لا إلى الوجهين الآخرين.",
        few: "أنظر إلى أكبر وجه فقط، لا إلى الوجوه الـ# الأخرى.",
        other: "أنظر إلى أكبر وجه فقط، لا إلى الوجوه الأخرى وعددها #.",
      }),
    preview: "الكاميرا، كما في المرآة",
    photo: "صورتك",
    close: "أزل الصورة",
    askServer: "ليقرأها هذا الخادم",
    photoUnread: "اخترها من جديد، أو دع هذا الخادم يقرأها. الخريطة تعمل على أي حال.",
    notAPicture: "هذا الملف ليس صورة يستطيع المتصفح فتحها.",
    notAPictureRemedy: "اختر ملف JPEG أو PNG أو WebP.",
    neither: "هذا الملف ليس صورة ولا فيديو.",
    neitherRemedy: "اختر صورة JPEG أو PNG أو WebP، أو فيديو MP4 أو WebM.",
  },

  video: {
    title: "فيديو، ثانية بثانية",
    stays: "يبقى الفيديو على هذا الجهاز. التعبير ليس شعورًا.",
    opening: "نفتح الفيديو",
    fetching: (share) =>
      share < 1 ? `نجلب ما يقرأ وجهك: ${say.percent(Math.min(share, 0.99))}` : "نستعد",
    reading: (now, all) => `نقرأ: ${now} من ${all}`,
    waiting: "ننتظر ما دامت هذه الصفحة غير ظاهرة.",
    done: "قُرئ كله.",
    stopped: (now) => `توقف عند ${now}.`,
    stop: "توقف هنا",
    preview: "الفيديو عند اللحظة المختارة",
    moment: "اللحظة",
    chart: "كيف يبدو الوجه مع الوقت",
    pleasantness: { high: "مريح", low: "مزعج" },
    wakefulness: { high: "يقظ تمامًا", low: "ناعس" },
    looks: expression,
    unsure: "يصعب القول",
    whys: {
      nobody: "لا أحد ظاهر",
      small: "صغير جدًا للقراءة",
      dark: "مظلم جدًا للقراءة",
      blurred: "غير واضح للقراءة",
      turned: "ملتفت بعيدًا جدًا",
      covered: "مغطى أكثر مما يُقرأ",
    },
    notRead: "لم يُقرأ",
    list: "الفيديو على أجزاء",
    span: (from, to) => `${from} إلى ${to}`,
    said: (clock, words) => `${clock}، ${words}`,
    nobody: "لم يظهر وجه في هذا الفيديو. جرّب واحدًا ينظر فيه أحد نحو العدسة.",
    play: "شغّل موسيقى لهذه اللحظة",
    noMusic: "لم يُقرأ شيء هنا. اختر لحظة أخرى.",
    played: (clock) => `موسيقى للحظة ${clock}.`,
    unreadable: "لا يستطيع هذا المتصفح فتح ذلك الفيديو.",
    unreadableRemedy: "اختر MP4 أو WebM، أو احفظه من جديد بأحدهما.",
    torn: "ينقطع الفيديو هنا.",
    tornRemedy: "ما قُرئ قبل ذلك مذكور أدناه. احفظه أو نزّله من جديد للبقية.",
    unreadHere: "اختره من جديد، أو افتح هذه الصفحة في متصفح آخر. الخريطة تعمل على أي حال.",
    soundOnly: "لا صورة في هذا الملف، صوت فقط.",
    empty: "الملف فارغ.",
    chooseVideo: "اختر فيديو فيه صورة، بصيغة MP4 أو WebM.",
    long: (minutes) => `الفيديو أطول من المسموح: ${minutesOf(minutes)}.`,
    longRemedy: "اقتطع الجزء الذي يهمك واختره.",
  },

  card: { title: "ما يستطيعه هذا وما لا يستطيعه" },

  camera: {
    denied: "لا يسمح المتصفح لهذه الصفحة باستخدام الكاميرا.",
    deniedRemedy: "اسمح بها بجانب العنوان إن شئت. الخريطة تعمل من دونها.",
    missing: "لا توجد كاميرا هنا.",
    missingRemedy: "صِل واحدة، أو اقرأ صورة، أو المس الخريطة.",
    busy: "برنامج آخر يستخدم الكاميرا.",
    busyRemedy: "أغلقه وحاول من جديد. الخريطة تعمل في الأثناء.",
    unplugged: "انفصلت الكاميرا.",
    unpluggedRemedy: "صِلها وشغّلها من جديد. الموسيقى مستمرة.",
    mute: "لا ترسل الكاميرا أي صورة.",
    muteRemedy: "انظر إن كانت مغطاة أو مطفأة. الخريطة تعمل في الأثناء.",
    unsupported: "تحتاج الكاميرا إلى عنوان آمن.",
    unsupportedRemedy:
      "افتح هذه الصفحة على http://127.0.0.1 أو عبر https. الخريطة تعمل على أي حال.",
  },

  doubts: {
    small: "وجهك صغير جدًا في الصورة لقراءته. اقترب قليلًا.",
    dark: "المكان مظلم جدًا لقراءة وجهك. مصباح أمامك يساعد.",
    blurred: "وجهك غير واضح بما يكفي لقراءته. اثبت، أو امسح العدسة.",
    turned: "أنت ملتفت بعيدًا جدًا لقراءة وجهك. انظر نحو الكاميرا.",
    covered: "جزء كبير من وجهك مغطى فلا يُقرأ. اكشف عينيك وفمك.",
  },

  engine: {
    "no-simd": {
      problem: "هذا المتصفح أقدم من أن يقرأ وجهك بنفسه.",
      remedy: "اختر «على هذا الخادم» في الحواس، أو استخدم متصفحًا أحدث، أو المس الخريطة.",
    },
    blocked: {
      problem: "لا يسمح هذا المتصفح للصفحة بأن تقرأ وجهك بنفسها.",
      remedy: "ربما يمنع ذلك مانع إعلانات. اختر «على هذا الخادم» في الحواس، أو المس الخريطة.",
    },
    download: {
      problem: "ما يقرأ وجهك لم يصل كاملًا.",
      remedy: "شغّل الكاميرا من جديد؛ ما وصل محفوظ. الخريطة تعمل في الأثناء.",
    },
    corrupt: {
      problem: "ما يقرأ وجهك يصل تالفًا مرة بعد مرة.",
      remedy: "أعد تحميل الصفحة وحاول مرة أخرى. الخريطة تعمل في الأثناء.",
    },
    crashed: {
      problem: "توقفت قراءة وجهك من تلقاء نفسها.",
      remedy: "شغّل الكاميرا من جديد، أو اختر «على هذا الخادم» في الحواس. الخريطة مستمرة.",
    },
  },

  player: {
    behind: "اختيرت قبل أن تتحرك. التالية تتبعك.",
    label: "يُشغَّل الآن",
    empty: "لا شيء يعمل بعد.",
    elsewhere: "الموسيقى مستمرة في صفحة أخرى.",
    lingering: "الأغنية الأخيرة ما زالت تعمل.",
    play: "تشغيل",
    pause: "إيقاف مؤقت",
    next: "التالية",
    like: "تعجبني",
    liked: "تعجبك",
    notNow: "ليس الآن",
    why: "لماذا",
    whyRest: " هذه الأغنية",
    more: "إجابات أخرى",
    fits: "تناسب",
    neverTrack: "لا تشغّل هذه الأغنية أبدًا",
    neverArtist: (artist) => `لا شيء من ${apart(artist)} بعد الآن`,
    seek: "الموضع",
    position: (now, all) => `${now} من ${all}`,
    volume: "مستوى الصوت",
    blocked: "ينتظر متصفحك نقرة قبل أن يُصدر صوتًا.",
    blockedPlay: "شغّل الموسيقى",
    waiting: "نجلب الصوت",
    unplayable: (title) => `تعذّر تشغيل ${quoted(title)}.`,
    goingOn: "ننتقل إلى التالية.",
    givenUp: "تعذّر تشغيل ثلاث أغانٍ متتالية.",
    givenUpRemedy: "اضغط تشغيل للمحاولة من جديد، أو انظر في المكتبة.",
    nowPlaying: (title, artist) =>
      artist ? `الآن: ${quoted(title)}، ${apart(artist)}.` : `الآن: ${quoted(title)}.`,
    unknownArtist: "الفنان غير مذكور",
  },

  queue: {
    title: "التالي",
    empty: "ما يأتي بعد ذلك يظهر هنا.",
    none: "لا شيء آخر ينتظر.",
    pinnedMark: "تبقى هنا",
    more: (title) => `غيّر ${quoted(title)}`,
    up: "إلى أعلى",
    down: "إلى أسفل",
    pin: "أبقها هنا",
    unpin: "دعها تتغير",
    remove: "أخرجها",
  },

  library: {
    open: "المكتبة",
    title: "موسيقاك",
    search: "ابحث عن عنوان أو فنان أو ألبوم",
    count: songsOf,
    noMatch: (words) => `لا شيء هنا باسم ${quoted(words)}.`,
    clear: "أظهر الكل",
    empty: "لا موسيقى هنا بعد.",
    command: "affetto library scan ~/Music",
    again: "انظر من جديد",
    waiting: "نجلب القائمة",
  },

  settings: { open: "الإعدادات" },

  keys: {
    open: "المفاتيح",
    title: "المفاتيح",
    guide: "الخطوات الأولى من جديد",
    list: [
      ["المسافة", "تشغيل أو إيقاف مؤقت"],
      ["→", "الأغنية التالية"],
      ["←", "العودة إلى بدايتها"],
      ["1 2 3 4 5", "مرافقة، رفع، تهدئة، تركيز، نوم"],
      ["M", "خريطة المزاج؛ الأسهم تحرّكك فيها"],
      ["L", "تعجبني"],
      ["N", "ليس الآن"],
      ["F", "ليس هذا ما أشعر به"],
      ["U", "تراجع عن آخر فعل"],
      ["?", "هذه القائمة"],
      ["Esc Esc", "إطفاء كل الحواس"],
    ],
  },

  house: {
    away: "الخادم غائب.",
    awayPlaying: "الموسيقى مستمرة؛ وما زلت أطرق بابه.",
    awayQuiet: "ما زلت أطرق بابه. إن كنت أوقفته فشغّله من جديد بالأمر: affetto serve",
    couldNot: "لم يستطع الخادم ذلك.",
    couldNotRemedy: "حاول من جديد؛ وإن استمر ذلك فانظر في رسائل الخادم.",
    retry: "حاول الآن",
    newer: "هناك نسخة أحدث من هذه الصفحة.",
    renew: "تابع بها",
    own: "أغانٍ على هذا الجهاز",
    back: "عاد الخادم.",
    ended: "أُنهيت هذه الجلسة.",
    endedRemedy: "المس الخريطة لتبدأ غيرها.",
    waiting: "نفتح الباب",
    noMusic: "لا موسيقى هنا بعد.",
    noMusicRemedy: "أضف مجلدًا في المكتبة، ثم المس الخريطة.",
  },

  back: "رجوع",
  close: "إغلاق",
  dismiss: "إخفاء",
  again: "حاول من جديد",
};
