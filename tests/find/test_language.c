#include "find/language.h"
#include "support/support.h"

/* One or two sentences a language, written for this table. */
static const struct {
    const char *code, *text;
} sentences[] = {
    {"en", "The council said on Tuesday that the bridge would not open before the winter, because there was no money for it."},
    {"de", "Der Stadtrat hat am Dienstag beschlossen, dass die Brücke erst nach dem Winter wieder geöffnet werden soll."},
    {"fr", "Le conseil municipal a décidé mardi que le pont ne serait pas rouvert avant l'hiver, car il n'y a plus d'argent."},
    {"es", "El ayuntamiento decidió el martes que el puente no se abrirá antes del invierno porque ya no hay dinero para ello."},
    {"it", "Il consiglio comunale ha deciso martedì che il ponte non sarà riaperto prima dell'inverno, perché non ci sono soldi."},
    {"pt", "A câmara decidiu na terça-feira que a ponte não será aberta antes do inverno, porque já não há dinheiro para isso."},
    {"nl", "De gemeenteraad heeft dinsdag besloten dat de brug niet voor de winter open gaat, omdat er geen geld meer is."},
    {"sv", "Kommunen beslutade på tisdagen att bron inte ska öppnas före vintern, eftersom det inte finns några pengar."},
    {"da", "Kommunen har tirsdag besluttet, at broen ikke skal åbne før vinteren, fordi der ikke er flere penge, siger borgmesteren efter mødet."},
    {"no", "Kommunen vedtok tirsdag at broen ikke skal åpne før vinteren, fordi det ikke er mer penger igjen, sier ordføreren etter møtet."},
    {"fi", "Kaupunki päätti tiistaina, että silta ei avaudu ennen talvea, koska siihen ei ole enää rahaa, mutta asia voi vielä muuttua."},
    {"is", "Borgin ákvað á þriðjudag að brúin verði ekki opnuð fyrir veturinn, því það er ekki til peningur fyrir henni."},
    {"et", "Linn otsustas teisipäeval, et sild ei avane enne talve, sest selleks ei ole enam raha, aga see võib veel muutuda."},
    {"lv", "Dome otrdien nolēma, ka tilts netiks atvērts pirms ziemas, jo tam vairs nav naudas, bet to vēl var mainīt."},
    {"lt", "Taryba antradienį nusprendė, kad tiltas nebus atidarytas iki žiemos, nes tam jau nėra pinigų, bet tai dar gali keistis."},
    {"pl", "Rada miasta zdecydowała we wtorek, że most nie zostanie otwarty przed zimą, ponieważ nie ma już na to pieniędzy."},
    {"cs", "Městská rada v úterý rozhodla, že most se před zimou neotevře, protože na něj už nejsou peníze, ale může se to ještě změnit."},
    {"sk", "Mestská rada v utorok rozhodla, že most sa pred zimou neotvorí, pretože naň už nie sú peniaze, ale môže sa to ešte zmeniť."},
    {"sl", "Mestni svet je v torek odločil, da se most ne bo odprl pred zimo, ker za to ni več denarja, lahko pa se to še spremeni."},
    {"hr", "Gradsko vijeće odlučilo je u utorak da se most neće otvoriti prije zime, jer za to više nema novca, ali to se još može promijeniti."},
    {"hu", "A városi tanács kedden úgy döntött, hogy a híd nem nyílik meg a tél előtt, mert már nincs rá pénz, de ez még változhat."},
    {"ro", "Consiliul local a decis marți că podul nu va fi deschis înainte de iarnă, pentru că nu mai sunt bani, dar se mai poate schimba."},
    {"sq", "Këshilli vendosi të martën që ura nuk do të hapet para dimrit, sepse nuk ka më para për këtë, por kjo mund të ndryshojë."},
    {"tr", "Belediye meclisi salı günü köprünün kıştan önce açılmayacağını, çünkü bunun için para olmadığını söyledi, ancak bu daha sonra değişebilir."},
    {"tr", "Liman işçileri pazartesi sabahı greve başladı. Sendika başkanı ve işçiler ücretlerin yetersiz olduğunu açıkladılar. Görüşmeler perşembe günü sürecek."},
    {"ca", "L'ajuntament va decidir dimarts que el pont no s'obrirà abans de l'hivern, perquè ja no hi ha diners, però això pot canviar."},
    {"gl", "O concello decidiu o martes que a ponte non se abrirá antes do inverno, porque xa non hai cartos para unha obra así."},
    {"eu", "Udalak astearte honetan erabaki du zubia ez dela neguaren aurretik irekiko, baina erabakia alda daiteke eta lanak has daitezke."},
    {"cy", "Mae'r cyngor wedi penderfynu ddydd Mawrth na fydd y bont yn agor cyn y gaeaf, ond gallai hyn newid gan fod y gwaith ar ei hanner."},
    {"id", "Dewan kota pada hari Selasa mengatakan bahwa jembatan itu tidak akan dibuka sebelum musim hujan karena tidak ada uang untuk itu."},
    {"vi", "Hội đồng thành phố hôm thứ Ba cho biết cây cầu sẽ không được mở trước mùa đông vì không còn tiền, nhưng điều này có thể thay đổi."},
    {"sw", "Baraza la mji lilisema siku ya Jumanne kwamba daraja hilo halitafunguliwa kabla ya majira ya baridi, lakini hii inaweza kubadilika baada ya kikao."},
    {"af", "Die stadsraad het Dinsdag besluit dat die brug nie voor die winter oop sal gaan nie, want daar is nie meer geld vir hulle nie."},
    {"tl", "Sinabi ng konseho noong Martes na hindi bubuksan ang tulay bago ang taglamig, dahil wala na silang pera para sa mga gawain."},
    {"ru", "Городской совет во вторник решил, что мост не откроют до зимы, так как на это больше нет денег, но решение ещё может измениться."},
    {"uk", "Міська рада у вівторок вирішила, що міст не відкриють до зими, бо на це більше немає грошей, але рішення ще може змінитися."},
    {"bg", "Общинският съвет реши във вторник, че мостът няма да бъде отворен преди зимата, защото за това вече няма пари."},
    {"be", "Гарадскі савет у аўторак вырашыў, што мост не адкрыюць да зімы, бо на гэта больш няма грошай, але рашэнне яшчэ можа змяніцца."},
    {"mk", "Советот на градот во вторник одлучи дека мостот нема да се отвори пред зимата, затоа што нема повеќе пари за тоа."},
    {"sr", "Градско веће је у уторак одлучило да се мост неће отворити пре зиме, јер за то више нема новца, али то се још може променити."},
    {"el", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι η γέφυρα δεν θα ανοίξει πριν από τον χειμώνα."},
    {"ar", "قال المجلس البلدي يوم الثلاثاء إن الجسر لن يفتح قبل الشتاء لأنه لا يوجد مال لذلك بعد هذا العام في المدينة"},
    {"fa", "شورای شهر روز سه‌شنبه گفت که این پل پیش از زمستان باز نخواهد شد چون برای آن پول نیست و باید صبر کرد"},
    {"ur", "شہر کی کونسل نے منگل کو کہا کہ یہ پل سردی سے پہلے نہیں کھلے گا کیونکہ اس کے لیے پیسے نہیں ہیں"},
    {"he", "מועצת העיר החליטה ביום שלישי כי הגשר לא ייפתח לפני החורף, משום שאין לכך כסף."},
    {"hi", "नगर परिषद ने मंगलवार को कहा कि यह पुल सर्दियों से पहले नहीं खुलेगा क्योंकि इस के लिए पैसे नहीं हैं।"},
    {"th", "สภาเมืองกล่าวเมื่อวันอังคารว่าสะพานจะไม่เปิดก่อนฤดูหนาว"},
    {"ko", "시의회는 화요일에 다리가 겨울 전에 열리지 않을 것이라고 밝혔다."},
    {"ja", "市議会は火曜日、橋は冬の前に開通しないと発表した。資金が足りないためだ。"},
    {"zh", "市议会星期二表示，由于资金不足，这座桥不会在冬季之前开放。"},
    {"ka", "საბჭომ სამშაბათს თქვა, რომ ხიდი ზამთრამდე არ გაიხსნება."},
};

static void add_claim(struct job *job, enum source source, const char *value)
{
    struct article *article = &job->article;
    struct claim *claims = arena_calloc(job->arena, article->claim_count + 1, sizeof *claims);
    for (uint32_t i = 0; i < article->claim_count; i++)
        claims[i] = article->claims[i];
    claims[article->claim_count++] =
        (struct claim){.kind = CLAIM_LANGUAGE, .source = source, .value = slice_from_cstr(value)};
    article->claims = claims;
}

static struct job *job_with_prose(const char *text)
{
    struct job *job = support_job(INPUT_TEXT, slice_from_cstr(text));
    struct block *block = arena_calloc(job->arena, 1, sizeof *block);
    block->span = (struct span){0, (uint32_t)job->input.len};
    block->role = ROLE_BODY;
    job->article.text = job->input;
    job->article.blocks = block;
    job->article.block_count = job->input.len > 0;
    return job;
}

START_TEST(a_sentence_tells_its_language)
{
    struct job *job = job_with_prose(sentences[_i].text);
    ck_assert_int_eq(language_run(job), ERR_NONE);
    ck_assert_slice_eq(job->article.language.value, sentences[_i].code);
    ck_assert_int_eq(job->article.language.source, SOURCE_BODY);
    ck_assert(job->article.language.confidence > 0.3f);
    support_job_free(job);
}
END_TEST

/* text, claim by html lang, claim by og:locale, asked by the caller -> language, source */
static const struct {
    const char *text, *lang, *locale, *asked, *want;
    enum source source;
} decisions[] = {
    {"Putin, Raisi", "fr-FR", NULL, NULL, "fr", SOURCE_HTML_LANG},       /* names tell nothing */
    {"Putin, Raisi", NULL, "pt_BR", NULL, "pt", SOURCE_OPEN_GRAPH},
    {"Putin, Raisi", "de", NULL, "sv-SE", "sv", SOURCE_REQUEST},
    {"Putin, Raisi", "german", NULL, NULL, "de", SOURCE_HTML_LANG},
    {"Putin, Raisi", "deu", NULL, NULL, "de", SOURCE_HTML_LANG},
    {"Putin, Raisi", NULL, NULL, NULL, NULL, SOURCE_NONE},
    {"Putin, Raisi", "template", NULL, NULL, NULL, SOURCE_NONE},         /* no language */
    {"", NULL, NULL, NULL, NULL, SOURCE_NONE},
    {"42 + 17 = 59", NULL, NULL, NULL, NULL, SOURCE_NONE},
    {"La casa", "en", NULL, NULL, "en", SOURCE_HTML_LANG},               /* too short to overrule */
    {"Five people are killed as a small plane crashes near Tarvik.", NULL, NULL, NULL, "en", SOURCE_BODY},
    {"Neun Verletzte nach Brand in Tarvik", "en", "de_DE", NULL, "de", SOURCE_OPEN_GRAPH},
    /* The page was made in an English content system. */
    {"Der Rat hat am Montag beschlossen, dass die Schule nicht vor dem Winter öffnet, weil es dafür kein Geld und keine "
     "Lehrer mehr gibt.", "en-US", "en_US", NULL, "de", SOURCE_BODY},
    /* Norwegian claims its written form; Serbian in Latin letters reads as Croatian does. */
    {"Kommunen vedtok tirsdag at broen ikke skal åpne før vinteren, fordi det ikke er mer penger igjen, sier ordføreren.",
     "nb-NO", NULL, NULL, "nb", SOURCE_HTML_LANG},
    {"Gradsko veće je u utorak odlučilo da se most neće otvoriti pre zime, jer za to više nema novca, ali to se još može "
     "promeniti kako je rečeno.", "sr", NULL, NULL, "sr", SOURCE_HTML_LANG},
    /* Two claims: the one that the text confirms. */
    {"The council said on Tuesday that the bridge would not open before the winter because there was no money for it.",
     "fr", "en_GB", NULL, "en", SOURCE_OPEN_GRAPH},
};

START_TEST(text_and_claims_are_weighed)
{
    struct job *job = job_with_prose(decisions[_i].text);
    job->language = slice_from_cstr(decisions[_i].asked);
    if (decisions[_i].locale)
        add_claim(job, SOURCE_OPEN_GRAPH, decisions[_i].locale);
    if (decisions[_i].lang)
        add_claim(job, SOURCE_HTML_LANG, decisions[_i].lang);
    ck_assert_int_eq(language_run(job), ERR_NONE);
    if (decisions[_i].want)
        ck_assert_slice_eq(job->article.language.value, decisions[_i].want);
    else
        ck_assert(slice_is_null(job->article.language.value));
    ck_assert_int_eq(job->article.language.source, decisions[_i].source);
    support_job_free(job);
}
END_TEST

/* Teasers and consent notices in another language do not count where there is prose. */
START_TEST(only_prose_is_read)
{
    static const char text[] = "Wir verwenden Cookies, um die Seite für Sie zu verbessern, und das ist nicht neu.\n"
                               "The mayor said that it would take the whole winter before the bridge could open.";
    struct job *job = support_job(INPUT_TEXT, slice_from_cstr(text));
    struct block *blocks = arena_calloc(job->arena, 2, sizeof *blocks);
    uint32_t line = (uint32_t)(strchr(text, '\n') - text);
    blocks[0] = (struct block){.span = {0, line}, .role = ROLE_CONSENT};
    blocks[1] = (struct block){.span = {line + 1, (uint32_t)strlen(text)}, .role = ROLE_BODY};
    job->article.text = job->input;
    job->article.blocks = blocks;
    job->article.block_count = 2;
    language_run(job);
    ck_assert_slice_eq(job->article.language.value, "en");
    blocks[1].role = ROLE_CONSENT; /* no prose at all: everything is read */
    job->article.block_count = 1;
    language_run(job);
    ck_assert_slice_eq(job->article.language.value, "de");
    support_job_free(job);
}
END_TEST

Suite *language_suite(void);
Suite *language_suite(void)
{
    Suite *suite = suite_create("language");
    TCase *tcase = tcase_create("language");
    tcase_add_loop_test(tcase, a_sentence_tells_its_language, 0, (int)(sizeof sentences / sizeof sentences[0]));
    tcase_add_loop_test(tcase, text_and_claims_are_weighed, 0, (int)(sizeof decisions / sizeof decisions[0]));
    tcase_add_test(tcase, only_prose_is_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
