"""The words by which a song's language and its gladness are told, in six languages.

Chosen by us, for songs: words that hardly ever mean anything else. ``small`` are words
that every text of a language is full of, ``no`` those that turn what follows about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language."""

    small: frozenset[str]
    no: frozenset[str]
    glad: frozenset[str]
    sorry: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LANGUAGES: Final = {
    "en": Language(
        _words("a and be but for i i'm in is it me my of on so that the this to we you your"),
        _words("ain't can't don't isn't never no nobody not without won't"),
        _words(
            "beautiful bliss bright celebrate cheer dance dancing delight dream dreams enjoy free "
            "freedom fun glad glory golden happiness happy heaven hope hug joy joyful kiss laugh "
            "laughing laughter lovely lucky magic paradise party peace perfect rejoice shine "
            "shining smile smiles smiling spring summer sun sunny sunshine sweet together warm "
            "welcome wonderful yeah"
        ),
        _words(
            "ache aching afraid alone anger angry ashes bitter bleed bleeding blood blue broke "
            "broken burden bury cold cried cruel cry crying damn dark darkness dead death despair "
            "die died dying empty enemy fail fear fight ghost goodbye grave grief hate hell hurt "
            "hurts kill lie lies lonely lonesome lose losing lost mourn murder nightmare pain "
            "poison prison regret sad scar scared scars scream shame sick sorrow suffer tear "
            "tears trouble ugly war weep worry wound wrong"
        ),
    ),
    "de": Language(
        _words("auf das der dich die du ein es ich in ist mein mich mir nicht so und wenn wir zu"),
        _words("kein keine keinen nicht nie niemals ohne"),
        _words(
            "befreit engel feiern fest freiheit freude freuen freund freunde friede frieden froh "
            "fröhlich frühling gemeinsam glück glücklich gold heiter herrlich himmel hoffnung "
            "jubel kuss küssen lachen lacht leuchten licht lieb lustig paradies schön schöne "
            "schönste singen sommer sonne sonnenschein spaß strahlen süß tanz tanzen traum träume "
            "warm wunder wunderbar wunderschön zauber zusammen"
        ),
        _words(
            "abschied allein alleine angst blut bluten böse dunkel dunkelheit einsam einsamkeit "
            "elend feind fluch gebrochen gift grab grau hass hassen hölle kalt kampf krank krieg "
            "kummer kälte leid leiden lüge lügen mord qual schande schmerz schmerzen schrei "
            "schreien schuld schwarz sorge sorgen sterben stirbt tod tot trauer traurig trennung "
            "tränen vergessen verlassen verloren verzweifelt vorbei weh weinen weint wunde wunden "
            "wut zerbrochen zerstört"
        ),
    ),
    "fr": Language(
        _words(
            "c'est dans de des en est et il j'ai je la le les moi mon pas pour que qui tu un une"
        ),
        _words("aucun aucune jamais n'est ne pas rien sans"),
        _words(
            "aimer amour beau beauté belle bonheur bonne chance chanson chanter ciel danse danser "
            "douce doux embrasse ensemble espoir fleurs fête gai gaieté heureuse heureux joie "
            "joli jolie jouer liberté libre lumière magie merveille merveilleux paix paradis "
            "plaisir printemps rire rires rêve rêver rêves soleil sourire sourires tendre "
            "tendresse vivre été"
        ),
        _words(
            "abandonné adieu amer blessure brisé cauchemar chagrin colère cri crier cruel douleur "
            "désespoir enfer ennemi ennui faute froid froide guerre haine honte larme larmes "
            "malheur malheureux mensonge mensonges mentir misère mort mourir noir noire oubli "
            "perdre perdu perdue peur pleure pleurer pleurs poison prison quitte regret regrets "
            "sang seul seule solitude sombre souffrance souffrir tombe trahi triste tristesse "
            "tuer vide"
        ),
    ),
    "es": Language(
        _words("a con de el en es la lo los me mi no por que se si te tu un una y yo"),
        _words("jamás nadie ni no nunca sin"),
        _words(
            "abrazo alegre alegría amar amigo amigos amor bailar baile bella bello beso besos "
            "bonita bonito brilla brillar bueno canción cantar celebrar cielo contento dulce "
            "encanto esperanza felicidad feliz fiesta flores gloria gozar juntos libertad libre "
            "linda lindo luz magia maravilla maravilloso mejor oro paraíso paz primavera querer "
            "reír risa risas ríe sol sonreír sonrisa soñar sueño sueños ternura verano vivir"
        ),
        _words(
            "abandono adiós amargo amargura angustia castigo cruel culpa daño desesperación dolor "
            "duele enemigo engaño fracaso fría frío guerra herida heridas infierno llanto llora "
            "llorar lloro lágrima lágrimas malo matar mentira mentiras miedo morir muero muerte "
            "muerto odio olvido oscura oscuridad oscuro pecado pena penas perder perdida perdido "
            "pesadilla prisión rabia rota roto sangre soledad sombra sufrimiento sufrir tormento "
            "traición triste tristeza tumba vacío veneno"
        ),
    ),
    "it": Language(
        _words("a che con di e il in io la le ma mi non per se sono ti tu un una è"),
        _words("mai nessuno non né senza"),
        _words(
            "abbraccio allegria allegro amare amica amici amico amore angelo baci bacio ballare "
            "bella belle bello brilla buona buono cantare canto canzone cielo contento dolce "
            "dolcezza estate felice felicità festa fiori gioia gioire gloria insieme libera "
            "libero libertà luce magia meraviglia meraviglioso migliore oro pace paradiso "
            "primavera ride ridere risata risate sogna sognare sogni sogno sole sorridere sorrisi "
            "sorriso speranza tenerezza vivere volare"
        ),
        _words(
            "abbandono addio amara amaro angoscia bugia bugie buio colpa crudele dolore errore "
            "ferita ferite fredda freddo guerra incubo inferno lacrima lacrime lotta maledetto "
            "malinconia morire morte morto muore nemico nera nero odio oscurità paura peccato "
            "pena perdere perduto perso piange piangere piango pianto prigione rabbia rimpianto "
            "rotto sangue sbagliato sofferenza soffrire sola solitudine spezzato tormento tradito "
            "triste tristezza uccidere veleno vuoto"
        ),
    ),
    "pt": Language(
        _words("a com da de do e em eu mas me meu minha no não o pra que te um uma você é"),
        _words("jamais nem ninguém nunca não sem"),
        _words(
            "abraço alegre alegria amar amigo amigos amor beijo beijos bela belo boa bom bonita "
            "bonito brilha brilhar cantar canção carinho contente céu dança dançar delícia doce "
            "encanto esperança felicidade feliz festa flores glória juntos liberdade linda lindo "
            "livre luz magia maravilha maravilhoso melhor ouro paraíso paz primavera rir riso "
            "samba sol sonhar sonho sonhos sorrir sorriso ternura verão viver"
        ),
        _words(
            "abandono adeus amargo angústia castigo chora chorar chorei choro cruel culpa "
            "desespero dor dores enganar engano escuridão escuro ferida feridas fracasso fria "
            "frio guerra inferno inimigo lágrima lágrimas maldade matar medo mentira mentiras "
            "morre morrer morte morto mágoa partiu pecado perder perdi perdido pesadelo prisão "
            "quebrado raiva sangue saudade sofrer sofrimento solidão sombra sozinha sozinho "
            "tormento traição triste tristeza vazio veneno ódio"
        ),
    ),
}
