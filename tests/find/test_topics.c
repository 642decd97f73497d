#include "find/language.h"
#include "find/topics.h"
#include "support/support.h"
#include "text/tokens.h"

/* A story of two blocks, as page and text stages leave it. */
static struct job *job_with_story(const char *headline, const char *body)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    struct block *blocks = arena_calloc(job->arena, 2, sizeof *blocks);
    job->article.text = arena_printf(job->arena, "%s\n%s\n", headline, body);
    uint32_t line = (uint32_t)strlen(headline);
    uint32_t count = 0;
    if (line)
        blocks[count++] = (struct block){.span = {0, line}, .role = ROLE_HEADLINE};
    if (*body)
        blocks[count++] = (struct block){.span = {line + 1, line + 1 + (uint32_t)strlen(body)}, .role = ROLE_BODY};
    job->article.blocks = blocks;
    job->article.block_count = count;
    ck_assert_int_eq(language_run(job), ERR_NONE);
    ck_assert_int_eq(tokens_run(job), ERR_NONE);
    ck_assert_int_eq(topics_run(job), ERR_NONE);
    return job;
}

static bool has_code(const struct job *job, struct slice code)
{
    for (uint32_t i = 0; i < job->article.topic_count; i++)
        if (slice_equals(job->article.topics[i].code, code))
            return true;
    return false;
}

static bool has_topic(const struct job *job, const char *code)
{
    return has_code(job, slice_from_cstr(code));
}

static const struct topic *first_top_level(const struct job *job)
{
    for (uint32_t i = 0; i < job->article.topic_count; i++)
        if (job->article.topics[i].path_count == 1)
            return &job->article.topics[i];
    return NULL;
}

/* Each top-level topic in a story of its own; every answer differs, so that none passes by chance. */
static const struct {
    const char *code, *headline, *body, *word; /* one of the words that decided */
} stories[] = {
    {"medtop:01000000", "Debut novel takes Harbour Prize",
     "The novelist was a bassist in a rock band before her first book. Critics called the novel a bestseller in waiting, and "
     "a film director has bought the rights.", "bestseller"},
    {"medtop:02000000", "Baker found guilty of arson",
     "The jury convicted the 41-year-old of two counts after a trial of nine days. The prosecutor asked for a prison sentence "
     "of six years; the judge will rule on Friday.", "jury"},
    {"medtop:03000000", "Ferry with 60 aboard capsizes off Tarvik",
     "Rescue workers pulled 41 survivors from the water after the ferry capsized. The death toll rose to nine and divers "
     "searched the wreckage.", "capsized"},
    {"medtop:04000000", "Ostrava Steel doubles quarterly profit",
     "Shares of the company rose 8 percent after it reported revenue of 2.1 billion euros. Analysts had expected lower "
     "earnings, and the dividend will rise.", "dividend"},
    {"medtop:05000000", "Village school loses its last teacher",
     "Pupils of the primary school will be taught by video. The headteacher said the curriculum could not wait, and parents "
     "asked the school board for classroom help.", "Pupils"},
    {"medtop:06000000", "Beavers bring the marsh back",
     "Conservationists counted eleven endangered species in the wetland. Biodiversity had fallen since the 1970s because of "
     "pesticide and pollution.", "wetland"},
    {"medtop:07000000", "One dose may be enough, trial finds",
     "Patients who had the vaccine once were as safe from infection as those vaccinated twice. Doctors at three hospitals "
     "saw no side effects.", "vaccine"},
    {"medtop:08000000", "Postman, 101, still dances",
     "Neighbours surprised the centenarian on his birthday with a heartwarming parade, and the video went viral.",
     "centenarian"},
    {"medtop:09000000", "Bus drivers walk out over rosters",
     "The trade union said its members would stay on strike until overtime pay is restored. Employers offered a pay rise of "
     "two per cent and new talks on working conditions.", "trade union"},
    {"medtop:10000000", "The only plum cake recipe you need",
     "Preheat the oven, add a tablespoon of butter and bake until golden. The chef serves it with wine in her restaurant.",
     "tablespoon"},
    {"medtop:11000000", "Coalition falls after tax vote",
     "The prime minister resigned when parliament rejected the bill. Opposition lawmakers called for a general election, and "
     "the foreign minister cut short a summit.", "parliament"},
    {"medtop:12000000", "Bishop reopens cathedral crypt for prayer",
     "The archbishop led worship with Catholic and Lutheran clergy. An imam and a rabbi spoke before the congregation.",
     "imam"},
    {"medtop:13000000", "Probe finds water ice under dust",
     "Scientists said the spacecraft had measured it from orbit. The space agency will land a rocket on the asteroid, and "
     "astronomers will turn a telescope to it.", "spacecraft"},
    {"medtop:14000000", "Shelter for asylum seekers opens in old inn",
     "The charity will house refugees and homeless families. Migrants said racism had kept them from renting.",
     "refugees"},
    {"medtop:15000000", "Late header sends Lenz to the semi-final",
     "The striker scored in stoppage time after the goalkeeper missed the ball. The coach praised his players; the team last "
     "won the championship in 1988.", "goalkeeper"},
    {"medtop:16000000", "Shelling breaks truce on the Orla river",
     "Rebels fired artillery at army positions and soldiers answered with airstrikes. The ceasefire had held for a week before "
     "militants attacked a convoy.", "ceasefire"},
    {"medtop:17000000", "Blizzard to follow warmest day of the year",
     "Forecasters expect snowfall of 30 inches and gale-force gusts. Temperatures will drop to minus 12 degrees Celsius, the "
     "weather service said.", "snowfall"},
    {"medtop:09000000", "Busfahrer legen die Arbeit nieder",
     "Die Gewerkschaft hat zu einem Warnstreik aufgerufen, weil die Arbeitgeber keine höheren Löhne bieten. Der Tarifvertrag ist "
     "seit dem Winter nicht mehr in Kraft.", "Gewerkschaft"},
    {"medtop:03000000", "Trois villages sous les eaux",
     "Les inondations ont fait deux morts dans la vallée, et les pompiers ont évacué les habitants. Les secours cherchent "
     "encore une personne après un glissement de terrain.", "pompiers"},
    {"medtop:07000000", "El hospital del valle reabre sus puertas",
     "Los médicos atendieron a los primeros pacientes el lunes, y la vacuna contra el virus llegará en una semana, según la "
     "dirección de salud.", "vacuna"},
    {"medtop:15000000", "Il Tarvis vince all'ultimo minuto",
     "L'allenatore ha lodato la squadra dopo la vittoria, con un gol del suo attaccante. Il campionato riprende domenica e il "
     "portiere sarà ancora in campo.", "squadra"},
    {"medtop:11000000", "Kabinet valt over de begroting",
     "De premier en zijn ministers boden hun ontslag aan nadat het parlement tegen stemde. De oppositie wil dat er nieuwe "
     "verkiezingen komen, en de coalitie is verdeeld.", "parlement"},
    {"medtop:16000000", "Trégua dura apenas um dia",
     "Os soldados do exército responderam aos rebeldes com um míssil, e o cessar-fogo acabou. Os combates foram os mais "
     "fortes desde o início da guerra.", "cessar-fogo"},
};

START_TEST(a_story_has_its_topic)
{
    struct job *job = job_with_story(stories[_i].headline, stories[_i].body);
    const struct topic *first = first_top_level(job);
    ck_assert_msg(first != NULL, "no topic for '%s'", stories[_i].headline);
    ck_assert_slice_eq(first->code, stories[_i].code);
    ck_assert(first->score > 0.5f && first->score <= 1);
    bool named = false;
    for (uint32_t i = 0; i < first->word_count; i++)
        named |= slice_equals(first->words[i], slice_from_cstr(stories[_i].word));
    ck_assert_msg(named, "'%s' is not among the words that decided", stories[_i].word);
    support_job_free(job);
}
END_TEST

START_TEST(topics_come_best_first_with_label_and_path)
{
    struct job *job = job_with_story("Parliament votes on war powers",
                                     "Lawmakers gave the president authority to send troops after rebels shelled the "
                                     "border. The opposition called for a ceasefire and a referendum.");
    const struct article *article = &job->article;
    ck_assert(has_topic(job, "medtop:11000000") && has_topic(job, "medtop:16000000"));
    ck_assert(!has_topic(job, "medtop:15000000") && !has_topic(job, "medtop:01000000"));
    for (uint32_t i = 0; i + 1 < article->topic_count; i++)
        ck_assert(article->topics[i].score >= article->topics[i + 1].score);
    for (uint32_t i = 0; i < article->topic_count; i++) {
        const struct topic *topic = &article->topics[i];
        ck_assert(topic->label.len > 0 && topic->path_count > 0);
        ck_assert(slice_equals(topic->path[topic->path_count - 1], topic->code));
        ck_assert(slice_ends(topic->path[0], SLICE("000000")));
    }
    support_job_free(job);
}
END_TEST

/* headline, body -> a narrower code that must be there, its parents, and one that must not */
static const struct {
    const char *headline, *body, *code, *parent, *never;
} narrow[] = {
    {"Ambassador recalled as bilateral talks fail",
     "The foreign ministry said that diplomatic ties with its neighbour would be cut and the embassy closed. Diplomats had hoped "
     "for a summit of the two presidents.", "medtop:20000639", "medtop:20000638", "medtop:20000574"},
    {"Quake of magnitude 6.8 shakes the coast",
     "Rescue workers searched the rubble after the earthquake, whose epicentre lay under the sea. Aftershocks went on all night.",
     "medtop:20000153", "medtop:20000151", "medtop:20000154"},
    {"Late goal takes Lenz into the Champions League",
     "The striker beat the goalkeeper with a free kick; the midfielder had scored the first goal of the football club.",
     "medtop:20001065", "medtop:20000822", "medtop:20000888"},
    {"Central bank holds interest rates",
     "The governor of the central bank said that inflation was falling, and that interest rates of 4 percent would slow the economy.",
     "medtop:20000350", "medtop:20000346", "medtop:20000204"},
    /* The court of a tennis match is no court of law. */
    {"Seed out in the first round at Wimbledon",
     "The tennis champion lost in a tie-break on centre court, and said the court had been slow. The judge of the line saw the "
     "ball out on match point.", "medtop:20001085", "medtop:20000822", "medtop:20000107"},
};

START_TEST(narrower_codes_need_words_of_their_own)
{
    struct job *job = job_with_story(narrow[_i].headline, narrow[_i].body);
    ck_assert_msg(has_topic(job, narrow[_i].code), "no %s in '%s'", narrow[_i].code, narrow[_i].headline);
    ck_assert(!has_topic(job, narrow[_i].never));
    for (uint32_t i = 0; i < job->article.topic_count; i++) {
        const struct topic *topic = &job->article.topics[i];
        if (!slice_equals(topic->code, slice_from_cstr(narrow[_i].code)))
            continue;
        ck_assert_uint_ge(topic->path_count, 3);
        ck_assert_slice_eq(topic->path[topic->path_count - 2], narrow[_i].parent);
        ck_assert(has_code(job, topic->path[0])); /* its top level is an entry, too */
        ck_assert_uint_ge(topic->word_count, 2);
    }
    support_job_free(job);
}
END_TEST

static const char *const without_topic[] = {
    "", "He came back.", "There was nothing else to be said about it, and so they did not say anything at all that day.",
    "Lorem ipsum dolor sit amet", "12 34 56",
};

START_TEST(unknown_is_an_empty_list)
{
    struct job *job = job_with_story("", without_topic[_i]);
    ck_assert_uint_eq(job->article.topic_count, 0);
    support_job_free(job);
}
END_TEST

/* Only what belongs to the article is read. */
START_TEST(teasers_have_no_topic)
{
    struct job *job = job_with_story("Quarterback and goalkeeper share championship medal in football final", "");
    ck_assert(has_topic(job, "medtop:15000000"));
    job->article.blocks[0].role = ROLE_TEASER;
    job->article.token_count = job->article.sentence_count = job->article.topic_count = 0;
    ck_assert_int_eq(tokens_run(job), ERR_NONE);
    ck_assert_int_eq(topics_run(job), ERR_NONE);
    ck_assert_uint_eq(job->article.topic_count, 0);
    support_job_free(job);
}
END_TEST

Suite *topics_suite(void);
Suite *topics_suite(void)
{
    Suite *suite = suite_create("topics");
    TCase *tcase = tcase_create("topics");
    tcase_add_loop_test(tcase, a_story_has_its_topic, 0, (int)(sizeof stories / sizeof stories[0]));
    tcase_add_test(tcase, topics_come_best_first_with_label_and_path);
    tcase_add_loop_test(tcase, narrower_codes_need_words_of_their_own, 0, (int)(sizeof narrow / sizeof narrow[0]));
    tcase_add_loop_test(tcase, unknown_is_an_empty_list, 0, (int)(sizeof without_topic / sizeof without_topic[0]));
    tcase_add_test(tcase, teasers_have_no_topic);
    suite_add_tcase(suite, tcase);
    return suite;
}
