#include <time.h>

#include "base/buffer.h"
#include "support/prose.h"
#include "support/support.h"

/* Mentions in order, each with the first letter of its type: P, O, L (place), X (a capital, no actor). */
static const struct {
    const char *text, *mentions;
} cases[] = {
    {"\nThe harbour was closed while Maria Kovacs spoke.", "P:Maria Kovacs"},
    {"\nIt fell. Lender IndusFarin called in a loan.", "O:IndusFarin"},
    {"\nLibrettist Enna Rebarne wrote it.", "P:Enna Rebarne"},
    {"\nIt rained, and Jamaica's Minister of Industry, Investment and Commerce Aubrin Hill spoke.", "L:Jamaica P:Aubrin Hill"},
    {"\nThen Jeff Rathmark, the Department Spokesperson, slept.", "P:Jeff Rathmark X:Department"},
    {"\nTraders were calm. Later Kenya and Ethiopia met.", "L:Kenya L:Ethiopia"},
    {"\nOn Monday Mr. Johnson met Irish officials in Dublin.", "X:Monday P:Johnson X:Irish L:Dublin"},
    {"\nHe thanked Ludwig van Hoorn and Fatima bin Saleh.", "P:Ludwig van Hoorn P:Fatima bin Saleh"},
    {"\nThe Ministry of Fisheries asked the University of the Coast for help.", "O:Ministry of Fisheries O:University of the Coast"},
    {"\nA letter reached the European Central Bank yesterday.", "O:European Central Bank"},
    {"\nIt tells us that the US and the UN agree.", "L:US O:UN"},
    {"\nRussian President Vladimir Putin called.", "X:Russian P:Vladimir Putin"},
    {"\nThe deal binds FBI Director Christopher Wray.", "O:FBI P:Christopher Wray"},
    {"\nKenya’s Foreign Ministry said so.", "L:Kenya O:Foreign Ministry"},
    {"putin thanks iranian president\nThe call of Vladimir Putin was long.", "P:putin X:iranian P:Vladimir Putin"},
    {"SMITH LEAVES LEEDS\nThe exit of Jane Smith from Leeds was quiet.", "P:SMITH L:LEEDS P:Jane Smith L:Leeds"},
    {"\nA spokesman for the Commission on Rivers wept.", "O:Commission on Rivers"},
    {"\nHe works for the law firm Halden & Voss in Leeds.", "O:Halden & Voss L:Leeds"},
    {"\nState Bank of Vietnam governor Dang Huu Khanh resigned.", "O:State Bank of Vietnam P:Dang Huu Khanh"},
    {"\nIt went to the 10th District Court of Appeals again.", "O:10th District Court of Appeals"},
    {"\nA raid on the Durango Cartel failed.", "O:Durango Cartel"},
    {"\nShe teaches at St Bride's Primary School now.", "O:St Bride's Primary School"},
    {"\nUganda Budget Watch researcher Moses Okello warned them.", "O:Uganda Budget Watch P:Moses Okello"},
    {"\nThe Forest Fire Authority incident controller Moses Okello warned them.", "O:Forest Fire Authority P:Moses Okello"},
    {"\nThe gym chain Nordic Health closed.", "O:Nordic Health"},
    {"\nThe model of Hursen & Blanck (1982) is old.", "P:Hursen P:Blanck"},
    {"\nShips crossed the Yellow sea again.", "L:Yellow sea"},
    {"\nTroops left eastern Kenya.", "L:Kenya"},
    {"\nIt stands between Mill Lane and Station Road today.", "L:Mill Lane L:Station Road"},
    {"\nThey passed the Inland Waters Conservation Act again.", "X:Inland Waters Conservation Act"},
    {"\nThe captain was Park Seo-yun that day.", "P:Park Seo-yun"},
    {"\nThe Swedish-backed Northern Lakes Army shelled it.", "O:Northern Lakes Army"},
    {"\nThe National Nurses Organisation and the College of Midwives agree.", "O:National Nurses Organisation O:College of Midwives"},
    {"\nFour members of SpaceX Crew-14 slept.", "O:SpaceX"},
    {"\nEnergova, the maker of the ship, plans more.", "O:Energova"},
    {"\nThe animal, Tolvericus maranthi, slept.", "X:Tolvericus"},
    {"\nShe asked Labour Minister Ann Berg on Monday.", "X:Labour P:Ann Berg X:Monday"},
    {"\nThe firm Arveltova and Live Nation declined.", "O:Arveltova O:Live Nation"},
    {"\nThen Y.S. Mohan Reddy accused them.", "P:Y.S. Mohan Reddy"},
    {"\nMen of M23 fled. M23 rebels held it.", "O:M23 O:M23"},
    {"\nThey heard of it from Radio Kerrane and Lidl Ireland.", "O:Radio Kerrane O:Lidl Ireland"},
    {"\nThe Kenya National Commission on Human Rights agreed.", "O:Kenya National Commission on Human Rights"},
    {"\nSRIHARAKONA: The valve of a satellite failed on a long night.", "L:SRIHARAKONA"},
    {"\nFisheries New Zealand trimmed it, and Cricket Ireland did not.", "O:Fisheries New Zealand O:Cricket Ireland"},
    {"\nShe asked Public Works Secretary Ann Berg wept.", "X:Public Works P:Ann Berg"},
    {"\nThey may march in May and nobody will object.", "X:May"},
};

START_TEST(finds_mentions)
{
    struct job *job = prose_run(cases[_i].text);
    struct slice found = SLICE("");
    for (uint32_t i = 0; i < job->article.mention_count; i++) {
        const struct mention *mention = &job->article.mentions[i];
        found = arena_printf(job->arena, "%.*s%s%c:%.*s", SLICE_ARG(found), i ? " " : "", "POLX"[mention->type],
                             SLICE_ARG(article_text(&job->article, mention->span)));
    }
    ck_assert_slice_eq(found, cases[_i].mentions);
    support_job_free(job);
}
END_TEST

START_TEST(never_overlaps)
{
    struct job *job = prose_run("Prime Minister Ana Brnabic, Paris Hilton and New York Times\n"
                                "President President A President B of Bank of Bank of and The The Mr Mr X.\n"
                                "U.S. Sen. John of the Bank for the West of York said WHO.");
    for (uint32_t i = 1; i < job->article.mention_count; i++)
        ck_assert_uint_ge(job->article.mentions[i].first, job->article.mentions[i - 1].end);
    support_job_free(job);
}
END_TEST

/* Long prose without a full stop, in which a step that looks at the rest of the sentence for every token takes
 * minutes: CPU time, and a limit that a build ten times slower keeps. */
static const struct {
    const char *piece;
    size_t count;
} long_texts[] = {
    {"a line\n", 130000}, {"ABC DEF GHI\n", 60000}, {"Ann Berg met a\n", 25000}, {"Ann,\n", 100000}, {"a Berg said ", 30000},
    {"Berg Group ", 30000}, {"10th District Court ", 20000}, {"Commission of ", 30000}, {"Berg & Lee ", 20000}, {"Girls' Choir ", 20000},
};

START_TEST(takes_linear_time)
{
    struct buffer text = buffer_make(4 << 20);
    for (size_t i = 0; i < long_texts[_i].count; i++)
        buffer_append_cstr(&text, long_texts[_i].piece);
    clock_t start = clock();
    struct job *job = support_run(INPUT_TEXT, buffer_slice(&text));
    ck_assert_int_lt((clock() - start) / (CLOCKS_PER_SEC / 1000), support_at_most(3500));
    support_job_free(job);
    buffer_free(&text);
}
END_TEST

/* What is found again by its words must not reach into what was tagged. */
START_TEST(keeps_names_apart)
{
    struct job *job = support_run(INPUT_TEXT, SLICE("Talks at U.N. Securit U.N. Securit U.N. Security Council\n\n"
                                                    "The U.N. Securit U.N. Securit said so."));
    const struct article *article = &job->article;
    ck_assert_uint_gt(article->mention_count, 1);
    for (uint32_t i = 1; i < article->mention_count; i++)
        ck_assert_uint_le(article->mentions[i - 1].end, article->mentions[i].first);
    support_job_free(job);
}
END_TEST

Suite *names_suite(void);
Suite *names_suite(void)
{
    Suite *suite = suite_create("names");
    TCase *tcase = tcase_create("names");
    tcase_add_loop_test(tcase, finds_mentions, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, never_overlaps);
    tcase_add_loop_test(tcase, takes_linear_time, 0, sizeof long_texts / sizeof long_texts[0]);
    tcase_add_test(tcase, keeps_names_apart);
    suite_add_tcase(suite, tcase);
    return suite;
}
