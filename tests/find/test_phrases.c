#include "find/names/names.h"
#include "find/phrases.h"
#include "support/support.h"
#include "text/tokens.h"

static struct job *job_with_story(const char *language, const char *headline, const char *body)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    struct block *blocks = arena_calloc(job->arena, 2, sizeof *blocks);
    uint32_t line = (uint32_t)strlen(headline), end = line + 1 + (uint32_t)strlen(body), count = 0;
    job->article.text = arena_printf(job->arena, "%s\n%s\n", headline, body);
    job->article.language.value = slice_from_cstr(language);
    if (line)
        blocks[count++] = (struct block){.span = {0, line}, .role = ROLE_HEADLINE};
    if (*body)
        blocks[count++] = (struct block){.span = {line + 1, end}, .role = ROLE_BODY};
    job->article.blocks = blocks;
    job->article.block_count = count;
    ck_assert_int_eq(tokens_run(job), ERR_NONE);
    return job;
}

static bool has_phrase(const struct job *job, const char *text)
{
    for (uint32_t i = 0; i < job->article.keyphrase_count; i++)
        if (slice_equals(job->article.keyphrases[i].text, slice_from_cstr(text)))
            return true;
    return false;
}

static const char headline[] = "HARBOUR PILOTS FEAR THE NEW BREAKWATER";
static const char body[] =
    "The harbour pilots of Tarvik say that the new breakwater makes the harbour entrance dangerous. Chief pilot Ada Renner "
    "has guided ships through the harbour entrance since 1998. Renner said that the breakwater throws the swell back, and "
    "that three ships had touched the rocks in a month. The port authority disagrees: its engineers call the breakwater safe, "
    "and the port authority will not move it. Renner wants the engineers on board.";

START_TEST(phrases_are_what_a_story_is_about)
{
    struct job *job = job_with_story("en", headline, body);
    ck_assert_int_eq(names_run(job), ERR_NONE);
    ck_assert_int_eq(phrases_run(job), ERR_NONE);
    ck_assert_uint_le(job->article.keyphrase_count, 10);
    ck_assert_uint_ge(job->article.keyphrase_count, 5);
    ck_assert(has_phrase(job, "breakwater"));      /* as the prose writes it, not in the headline's capitals */
    ck_assert(has_phrase(job, "harbour entrance")); /* a pair that comes twice */
    ck_assert(has_phrase(job, "Ada Renner"));      /* the whole name, */
    ck_assert(!has_phrase(job, "Renner"));         /* no fragment beside it */
    ck_assert(!has_phrase(job, "entrance"));
    for (uint32_t i = 0; i < job->article.keyphrase_count; i++) {
        ck_assert(job->article.keyphrases[i].score > 0 && job->article.keyphrases[i].score < 1);
        if (i)
            ck_assert(job->article.keyphrases[i].score <= job->article.keyphrases[i - 1].score);
    }
    support_job_free(job);
}
END_TEST

/* Where names were found, they are taken as found, without the article. */
START_TEST(mentions_are_taken_whole)
{
    struct job *job = job_with_story("en", "", "the Bank of Tarvik's vaults are open, said the clerks of the bank.");
    struct mention mention = {.first = 0, .end = 4};
    job->article.mentions = &mention;
    job->article.mention_count = 1;
    ck_assert_int_eq(phrases_run(job), ERR_NONE);
    ck_assert(has_phrase(job, "Bank of Tarvik"));
    ck_assert(!has_phrase(job, "Tarvik"));
    support_job_free(job);
}
END_TEST

static const struct {
    const char *language, *body, *never;
} stop_words[] = {
    {"en", "They said that there would be several more of these, however.", "several"},
    {"de", "Die Brücke wird wieder geöffnet. Die Brücke soll im Winter halten, weil sie neu ist.", "Die"},
    {"fr", "Le pont sera rouvert pour les habitants. Le pont doit tenir tout un hiver.", "pour"},
};

START_TEST(stop_words_are_no_phrases)
{
    struct job *job = job_with_story(stop_words[_i].language, "", stop_words[_i].body);
    ck_assert_int_eq(phrases_run(job), ERR_NONE);
    ck_assert(!has_phrase(job, stop_words[_i].never));
    support_job_free(job);
}
END_TEST

/* A word without end is no phrase. */
START_TEST(endless_words_are_left_out)
{
    char text[4000];
    memset(text, 'x', sizeof text);
    memcpy(text + 3900, " breakwater", 12);
    struct job *job = job_with_story("en", "", text);
    ck_assert_int_eq(phrases_run(job), ERR_NONE);
    ck_assert(has_phrase(job, "breakwater"));
    ck_assert_uint_eq(job->article.keyphrase_count, 1);
    support_job_free(job);
}
END_TEST

START_TEST(no_prose_has_no_phrases)
{
    struct job *job = job_with_story("en", "", "");
    ck_assert_int_eq(phrases_run(job), ERR_NONE);
    ck_assert_uint_eq(job->article.keyphrase_count, 0);
    support_job_free(job);
}
END_TEST

Suite *phrases_suite(void);
Suite *phrases_suite(void)
{
    Suite *suite = suite_create("phrases");
    TCase *tcase = tcase_create("phrases");
    tcase_add_test(tcase, phrases_are_what_a_story_is_about);
    tcase_add_test(tcase, mentions_are_taken_whole);
    tcase_add_loop_test(tcase, stop_words_are_no_phrases, 0, (int)(sizeof stop_words / sizeof stop_words[0]));
    tcase_add_test(tcase, endless_words_are_left_out);
    tcase_add_test(tcase, no_prose_has_no_phrases);
    suite_add_tcase(suite, tcase);
    return suite;
}
