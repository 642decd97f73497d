#include "support/support.h"

#include "find/headline/headline.h"

#define STORY                                                                                                          \
    "<p>The harbour of Brackwater was closed on Monday after a barge struck the eastern pier, the port authority "     \
    "said, and it will stay closed until divers have looked at the damage.</p><p>Nobody was hurt. The barge carried "  \
    "gravel for the new breakwater, which the town has waited for since the great storm of last year.</p>"

static const struct {
    const char *why, *head, *body, *headline;
} pages[] = {
    {"the heading says it, the title adds the site", "<title>Barge strikes pier - The Brackwater Post</title>",
     "<h1>Barge strikes pier</h1>" STORY, "Barge strikes pier"},
    {"the first h1 is the logo",
     "<title>Barge strikes pier | Brackwater Post</title><meta property=og:site_name content='Brackwater Post'>",
     "<header class=site-header><h1 class=logo><a href=/>Brackwater Post</a></h1></header><article><h2>Barge strikes "
     "pier</h2>" STORY "</article>",
     "Barge strikes pier"},
    {"what is seen wins over what is shared",
     "<title>Barge strikes pier in Brackwater | Post</title><meta property=og:title content='You will not believe what "
     "struck this pier'>",
     "<article><h1>Barge strikes pier in Brackwater</h1>" STORY "</article>", "Barge strikes pier in Brackwater"},
    {"a heading of the comment form", "<title>Barge strikes pier</title>",
     "<article><h1>Barge strikes pier</h1>" STORY "</article><section class=comments><h2>Leave a Reply</h2></section>",
     "Barge strikes pier"},
    {"no heading: the title without the site's name",
     "<title>Barge strikes pier in Brackwater | The Brackwater Post</title><meta property=og:site_name content='The "
     "Brackwater Post'>",
     "<div>" STORY "</div>", "Barge strikes pier in Brackwater"},
    {"a dash of the headline's own stays", "<title>Low tide – and what comes after</title>",
     "<article><h1>Low tide – and what comes after</h1>" STORY "</article>", "Low tide – and what comes after"},
    {"entities, soft hyphens and no-break spaces", "<title>Fishing &amp; farming: the harbour's two faces</title>",
     "<article><h1>Fish&shy;ing&nbsp;&amp; farming: the harbour's two faces</h1>" STORY "</article>",
     "Fishing & farming: the harbour's two faces"},
    {"a kicker that markup sets apart in the heading",
     "<title>Barge strikes pier in Brackwater | Post</title><meta property=og:title content='Barge strikes pier in "
     "Brackwater'>",
     "<article><h1><span class=kicker>Shipping</span>Barge strikes pier in Brackwater</h1>" STORY "</article>",
     "Barge strikes pier in Brackwater"},
    {"a kicker that nothing else leaves out", "<title>Shipping: Barge strikes pier in Brackwater</title>",
     "<article><h1><span class=topline>Shipping</span><span class=sr-only>: </span><span class=headline>Barge strikes pier "
     "in Brackwater</span></h1>" STORY "</article>",
     "Barge strikes pier in Brackwater"},
    {"a subtitle in small letters", "<title>Barge strikes pier in Brackwater</title>",
     "<article><h1>Barge strikes pier in Brackwater<br><small>The harbour stays closed until Friday</small></h1>" STORY
     "</article>",
     "Barge strikes pier in Brackwater"},
    {"words in italics stay in the headline", "<title>What the captain of the Marigold saw</title>",
     "<article><h1>What the captain of the <i>Marigold</i> saw</h1>" STORY "</article>",
     "What the captain of the Marigold saw"},
    {"two lines of one headline", "<title>Barge strikes pier, and nobody knows why</title>",
     "<article><h1>Barge strikes pier,<br>and nobody knows why</h1>" STORY "</article>",
     "Barge strikes pier, and nobody knows why"},
    {"capitals of the layout", "<title>BARGE STRIKES PIER IN BRACKWATER</title>",
     "<article><h1>BARGE STRIKES PIER IN BRACKWATER</h1>" STORY "</article>", "Barge strikes pier in Brackwater"},
};

static struct slice headline_of(const struct job *job)
{
    return job->article.headline.value;
}

START_TEST(chooses)
{
    struct arena *arena = arena_create();
    struct slice html = arena_printf(arena, "<!doctype html><html lang=en><head>%s</head><body>%s</body></html>",
                                     pages[_i].head, pages[_i].body);
    struct job *job = support_run(INPUT_HTML, html);
    ck_assert_msg(slice_equals(headline_of(job), slice_from_cstr(pages[_i].headline)), "%s: '%.*s'", pages[_i].why,
                  SLICE_ARG(headline_of(job)));
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

START_TEST(marks_its_block)
{
    struct job *job =
        support_run(INPUT_HTML, SLICE("<title>Barge strikes pier</title><h1>Barge strikes pier</h1>" STORY));
    const struct article *article = &job->article;
    ck_assert_uint_lt(article->headline.block, article->block_count);
    ck_assert_int_eq(article->blocks[article->headline.block].role, ROLE_HEADLINE);
    ck_assert_int_eq(article->headline.source, SOURCE_HEADING);
    support_job_free(job);
}
END_TEST

START_TEST(warns_where_no_story_is)
{
    struct job *shop =
        support_run(INPUT_HTML, SLICE("<title>Red kettle, 1.5 l</title><h1>Red kettle, 1.5 l</h1><p>19.90</p>"));
    ck_assert_slice_eq(headline_of(shop), "Red kettle, 1.5 l");
    ck_assert(support_has_warning(shop, "not_an_article"));
    support_job_free(shop);
    struct job *story =
        support_run(INPUT_HTML, SLICE("<title>Barge strikes pier</title><h1>Barge strikes pier</h1>" STORY));
    ck_assert(!support_has_warning(story, "not_an_article"));
    support_job_free(story);
}
END_TEST

START_TEST(is_null_without_any)
{
    struct job *job = support_run(INPUT_HTML, SLICE("<title>Untitled</title><h1>Home</h1>" STORY));
    ck_assert(slice_is_null(headline_of(job)));
    support_job_free(job);
}
END_TEST

/* Raw texts: headline, a blank line, story; the answer's headline. */
static const struct {
    const char *text, *headline, *raw;
} texts[] = {
    {"harbour of brackwater stays closed after barge strikes pier\n\nThe harbour of Brackwater will stay closed, the "
     "Marine Board said. The pier was built by President Ada Quill in Brackwater, and the president wept.\n",
     "Harbour of Brackwater stays closed after barge strikes pier",
     "harbour of brackwater stays closed after barge strikes pier"},
    {"iranian president meets ada quill in tehran\n\nThe meeting was short. It was the first time that Ada Quill spoke "
     "with Iranian President Hamid Moradi, who had come from Tehran on a slow train.\n",
     "Iranian president meets Ada Quill in Tehran", "iranian president meets ada quill in tehran"},
    {"TEHRAN'S OLD BAZAAR REOPENS. WHO PAYS?\n\nMerchants swept the floors on Sunday. The old bazaar of Tehran opens "
     "again after a fire, and nobody knows yet who pays for the roof that was burnt.\n",
     "Tehran's old bazaar reopens. Who pays?", "TEHRAN'S OLD BAZAAR REOPENS. WHO PAYS?"},
    {"nasa and esa to bring mars rocks home in 2033\n\n"
     "The space agencies NASA and ESA said on Tuesday that they would bring rocks from Mars home in "
     "2033. NASA will build the rocket, and ESA a craft that catches it.\n",
     "NASA and ESA to bring Mars rocks home in 2033", "nasa and esa to bring mars rocks home in 2033"},
    {"EU FINES META OVER DATA OF IRISH USERS\n\n"
     "The European Union has fined Meta 400 million euros because it sold data of Irish users. The EU "
     "said on Monday that Meta had been warned twice. The company will appeal.\n",
     "EU fines Meta over data of Irish users", "EU FINES META OVER DATA OF IRISH USERS"},
    {"mayor of porto alegre resigns after flood report\n\n"
     "The mayor of Porto Alegre resigned on Friday, a day after a report on the flood. The Brazilian "
     "city had not cleaned its pumps for years, the report says.\n",
     "Mayor of Porto Alegre resigns after flood report", "mayor of porto alegre resigns after flood report"},
    {"QUEEN MARY COLLEGE CLOSES ITS BOTANY DEPARTMENT\n\n"
     "Queen Mary College will close its department of botany in June, the college said on Monday. "
     "Eleven teachers will lose their posts, and a greenhouse with 900 orchids will be sold.\n",
     "Queen Mary College closes its botany department", "QUEEN MARY COLLEGE CLOSES ITS BOTANY DEPARTMENT"},
    {"u.s. and china reopen talks on chips\n\n"
     "The U.S. and China will talk again about chips next week, officials in Beijing said on "
     "Wednesday. The U.S. had broken off the talks in March.\n",
     "U.S. and China reopen talks on chips", "u.s. and china reopen talks on chips"},
    {"POPE FRANCIS THANKS DOCTORS AS HE LEAVES HOSPITAL\n\n"
     "Pope Francis left hospital on Saturday after nine days and thanked his doctors. The pope waved "
     "to children from his car.\n",
     "Pope Francis thanks doctors as he leaves hospital", "POPE FRANCIS THANKS DOCTORS AS HE LEAVES HOSPITAL"},
    {"hamburg buys hydrogen buses from a polish maker\n\n"
     "Hamburg will buy forty hydrogen buses from a Polish maker, the transport company of the German "
     "city said on Monday. The first will run in May.\n",
     "Hamburg buys hydrogen buses from a Polish maker", "hamburg buys hydrogen buses from a polish maker"},
    {"SAN JOSE SHARKS GIVE AWAY 2,000 HELMETS\n\n"
     "The San Jose Sharks gave away 2,000 helmets to children on Sunday. The Californian ice hockey "
     "team had promised them last year. Coach Ian Todd handed out the first.\n",
     "San Jose Sharks give away 2,000 helmets", "SAN JOSE SHARKS GIVE AWAY 2,000 HELMETS"},
    {"why i left the mckinsey report unread\n\n"
     "My employer sent me a report by McKinsey in January. It has 212 pages. I have left it unread, "
     "and so has everybody else at the bank in Leeds.\n",
     "Why I left the McKinsey report unread", "why i left the mckinsey report unread"},
    {"lake victoria fishermen get solar lamps from unicef\n\n"
     "Fishermen on Lake Victoria will get four thousand solar lamps, UNICEF said in Kampala on "
     "Tuesday. The lamps replace paraffin on the lake, where night is when the fish bite.\n",
     "Lake Victoria fishermen get solar lamps from UNICEF", "lake victoria fishermen get solar lamps from unicef"},
    {"SNCF STELLT NACHTZUG VON PARIS NACH BERLIN EIN\n\n"
     "Die französische Bahn SNCF stellt den Nachtzug von Paris nach Berlin im Dezember wieder ein. Das "
     "teilte die SNCF am Montag in Paris mit. Die Deutsche Bahn bedauert das.\n",
     "SNCF stellt Nachtzug von Paris nach Berlin ein", "SNCF STELLT NACHTZUG VON PARIS NACH BERLIN EIN"},
    {"LE MAIRE DE LILLE VEND LA PISCINE À UN CLUB D'ÉCHECS\n\n"
     "Le maire de Lille a vendu lundi la piscine à un club d'échecs, a annoncé la ville. Le club veut "
     "vider le bassin et y jouer l'hiver.\n",
     "Le maire de Lille vend la piscine à un club d'échecs", "LE MAIRE DE LILLE VEND LA PISCINE À UN CLUB D'ÉCHECS"},
    {"el ayuntamiento de sevilla prohíbe los patinetes en triana\n\n"
     "El Ayuntamiento de Sevilla prohibirá los patinetes en Triana desde mayo, según una nota del "
     "martes. Los vecinos de Triana lo pedían hacía dos años.\n",
     "El Ayuntamiento de Sevilla prohíbe los patinetes en Triana", "el ayuntamiento de sevilla prohíbe los patinetes en triana"},
    {"two held after gold vanishes from nairobi airport strongroom\n\n"
     "Detectives in Kenya arrested two clerks on Monday over gold that vanished from a strongroom at "
     "Jomo Kenyatta International Airport. A man at the airport in Nairobi saw them leave.\n",
     "Two held after gold vanishes from Nairobi airport strongroom", "two held after gold vanishes from nairobi airport strongroom"},
    {"Ministers Agree on Fish Quotas for the North Sea\n\n"
     "Ministers of nine countries agreed on Tuesday how much fish may be caught in the North Sea next "
     "year. The quota for cod was halved.\n",
     "Ministers Agree on Fish Quotas for the North Sea", NULL},
    {"bbc journalist freed in minsk after 40 days\n\n"
     "A journalist of the BBC was freed in Minsk on Thursday after forty days in prison. The BBC said "
     "that she was well. Belarus had accused her of spying.\n",
     "BBC journalist freed in Minsk after 40 days", "bbc journalist freed in minsk after 40 days"},
    {"iphone maker foxconn opens plant in chennai\n\n"
     "Foxconn, which makes the iPhone, opened a plant in Chennai on Monday. The Taiwanese company will "
     "employ nine thousand people there. Each iPhone takes two days.\n",
     "iPhone maker Foxconn opens plant in Chennai", "iphone maker foxconn opens plant in chennai"},
    {"may says she will not run for mayor of leeds\n\n"
     "Harriet May will not run for mayor of Leeds. May said on Tuesday that she wants to teach. The "
     "vote is on 2 May.\n",
     "May says she will not run for mayor of Leeds", "may says she will not run for mayor of leeds"},
    {"BRITISH MUSEUM TO LEND GHANA ASANTE GOLD\n\n"
     "The British Museum will lend gold of the Asante kings to Ghana, it said on Thursday. The Asante "
     "court in Kumasi has asked for the gold since 1974.\n",
     "British Museum to lend Ghana Asante gold", "BRITISH MUSEUM TO LEND GHANA ASANTE GOLD"},
    {"Ten Ships That Never Came Home\n\nThe first of them left in March, with forty men and a dog, and was never "
     "seen again by anybody on either coast.\n",
     "Ten Ships That Never Came Home", NULL},
};

START_TEST(recases)
{
    struct job *job = support_run(INPUT_TEXT, slice_from_cstr(texts[_i].text));
    ck_assert_slice_eq(headline_of(job), texts[_i].headline);
    ck_assert(slice_equals(job->article.headline.raw, slice_from_cstr(texts[_i].raw)));
    support_job_free(job);
}
END_TEST

START_TEST(cuts_the_paper)
{
    struct job *job = support_run(
        INPUT_TEXT, SLICE("Harbour stays closed after barge strikes pier | The Brackwater Post\nBy Ottoline Marsh\n\n"
                          "The harbour will stay closed until divers have looked at the damage, the port authority "
                          "said on Monday. Nobody was hurt when the barge struck.\n\n© 2021 The Brackwater Post\n"));
    ck_assert_slice_eq(headline_of(job), "Harbour stays closed after barge strikes pier");
    ck_assert_slice_eq(job->article.headline.raw,
                       "Harbour stays closed after barge strikes pier | The Brackwater Post");
    support_job_free(job);
}
END_TEST

Suite *headline_suite(void)
{
    Suite *suite = suite_create("headline");
    TCase *tcase = tcase_create("headline");
    tcase_add_loop_test(tcase, chooses, 0, sizeof pages / sizeof pages[0]);
    tcase_add_test(tcase, marks_its_block);
    tcase_add_test(tcase, warns_where_no_story_is);
    tcase_add_test(tcase, is_null_without_any);
    tcase_add_loop_test(tcase, recases, 0, sizeof texts / sizeof texts[0]);
    tcase_add_test(tcase, cuts_the_paper);
    suite_add_tcase(suite, tcase);
    return suite;
}
