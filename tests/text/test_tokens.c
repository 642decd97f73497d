#include "support/support.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "text/tokens.h"

/* Tokens joined by blanks, sentences by " || ". */
static struct slice show(struct arena *arena, const char *language, const char *text)
{
    uint32_t count;
    struct slice input = slice_from_cstr(text);
    struct token *tokens = tokens_split(support_knowledge()->lexicon, slice_from_cstr(language), arena, input, 0, &count);
    struct buffer out = buffer_make(1 << 20);
    for (uint32_t i = 0; i < count; i++) {
        bool start = tokens[i].flags & TOKEN_SENTENCE_START;
        buffer_append_cstr(&out, i == 0 ? "" : start ? " || " : " ");
        buffer_append(&out, slice_sub(input, tokens[i].span.start, tokens[i].span.end));
    }
    struct slice shown = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return shown;
}

static const struct {
    const char *language, *text, *tokens;
} splits[] = {
    /* names */
    {"en", "Mr. O'Neill met al-Assad.", "Mr. O'Neill met al-Assad ."},
    {"en", "Jean-Luc O’Brien of AT&T, U.S.", "Jean-Luc O’Brien of AT&T , U.S."},
    {"en", "Russia's and Children’s", "Russia 's and Children ’s"},
    {"en", "the brokers' price", "the brokers ' price"},
    {"en", "it's what they don't say", "it 's what they don't say"},
    {"en", "J. K. Rowling and J.-P. Sartre", "J. K. Rowling and J.-P. Sartre"},
    {"en", "the U.S.-led raid near St. John's", "the U.S.-led raid near St. John 's"},
    {"fr", "L’Iran et l'ONU, O'Neill", "L’ Iran et l' ONU , O'Neill"},
    {"it", "dell'Economia", "dell' Economia"},
    {"en", "rock 'n' roll", "rock ' n ' roll"},
    /* numbers */
    {"en", "1,200.50 at 10:32 on 2024-03-14", "1,200.50 at 10:32 on 2024-03-14"},
    {"en", "£1.2m or 4.5% (US$3bn)", "£ 1.2m or 4.5 % ( US $ 3bn )"},
    {"es", "09/10/2023 - 11:42", "09/10/2023 - 11:42"},
    {"en", "lost 2-3, 58-year-old, 2015–2025", "lost 2-3 , 58-year-old , 2015 – 2025"},
    {"en", "a 1:05:09 run", "a 1:05:09 run"},
    /* addresses */
    {"en", "See https://a.example/x?y=1, or www.b.example.", "See https://a.example/x?y=1 , or www.b.example ."},
    {"en", "press@halvorsen-marine.example wrote @dailyledger #news", "press@halvorsen-marine.example wrote @dailyledger #news"},
    /* other scripts and marks */
    {"zh", "北京 2022年", "北 京 2022 年"},
    {"en", "Wait... what?! -- No…", "Wait ... what ? ! -- No …"},
    {"en", "\xC2\xA0no\xC2\xA0 break\xE2\x80\x8B ", "no break"},
    {"en", "co\xC2\xADoperate", "co\xC2\xADoperate"},
    {"en", "bad \xFF byte", "bad \xFF byte"},
    {"en", "", ""},
    {"en", " \n ", ""},
};

START_TEST(splits_words)
{
    struct arena *arena = arena_create();
    ck_assert_slice_eq(show(arena, splits[_i].language, splits[_i].text), splits[_i].tokens);
    arena_destroy(arena);
}
END_TEST

static const struct {
    const char *language, *text, *sentences;
} sentences[] = {
    {"en", "He left. She stayed.", "He left . || She stayed ."},
    {"en", "“We won.” They cheered.", "“ We won . ” || They cheered ."},
    {"en", "\"Why?\" he asked. \"No.\"", "\" Why ? \" he asked . || \" No . \""},
    {"en", "Mr. Smith met Gen. Lee of Acme Inc. They spoke.", "Mr. Smith met Gen. Lee of Acme Inc. || They spoke ."},
    {"en", "It is in the U.S. President Ford said so.", "It is in the U.S. President Ford said so ."},
    {"en", "It is in the U.S. He said so.", "It is in the U.S. || He said so ."},
    {"en", "It began at 9.31 p.m. The vote failed.", "It began at 9.31 p.m. || The vote failed ."},
    {"en", "born on Jan. 11 in No. 10. Done", "born on Jan. 11 in No. 10 . || Done"},
    {"en", "The answer is no. Nobody came in Mar. or Sat.", "The answer is no . || Nobody came in Mar . or Sat ."},
    {"en", "TULSA, Okla. - The bridge fell.", "TULSA , Okla. - The bridge fell ."},
    {"en", "ADA, Okla. (Wire) -- Rain fell. She fell ill. The", "ADA , Okla. ( Wire ) -- Rain fell . || She fell ill . || The"},
    {"en", "He lives in Ada, Okla. She does not. Ill. Nobody saw", "He lives in Ada , Okla. || She does not . || Ill . || Nobody saw"},
    {"en", "He has vitamin C. The rest has none.", "He has vitamin C. || The rest has none ."},
    {"en", "One paused… then went. Two?! Three!", "One paused … then went . || Two ? ! || Three !"},
    {"en", "the end.The start", "the end . || The start"},
    {"en", "the ferry sank. nobody drowned. was it fog?", "the ferry sank . || nobody drowned . || was it fog ?"},
    {"en", "\"we swam.\" so did ana m. ruiz and mr. holt. rain fell", "\" we swam . \" || so did ana m . ruiz and mr . holt . || rain fell"},
    {"en", "see shop.example.org or e.g. noon. they. left", "see shop.example.org or e.g. noon . || they . || left"},
    {"en", "it sank on jan. 9. 14 swam in port c. all else", "it sank on jan . 9 . || 14 swam in port c . all else"},
    {"en", "The ferry sank. nobody drowned.", "The ferry sank . nobody drowned ."},
    {"en", "1. Princess of Wales visits", "1 . Princess of Wales visits"},
    {"en", "He won 14. Danes lost.", "He won 14 . || Danes lost ."},
    {"de", "Am 14. März kam er. Der 3. Platz blieb frei.", "Am 14 . März kam er . || Der 3 . Platz blieb frei ."},
    {"de", "Es waren 14. Die anderen z. B. nicht.", "Es waren 14 . || Die anderen z. B. nicht ."},
    {"de", "„Komm.“ Er kam nicht, Dr. Maier usw. schon.", "„ Komm . “ || Er kam nicht , Dr. Maier usw. schon ."},
    {"es", "¿Quién? ¡Nadie! El Sr. Pérez.", "¿ Quién ? || ¡ Nadie ! || El Sr. Pérez ."},
    {"zh", "他来了。她走了。", "他 来 了 。 || 她 走 了 。"},
};

START_TEST(ends_sentences)
{
    struct arena *arena = arena_create();
    ck_assert_slice_eq(show(arena, sentences[_i].language, sentences[_i].text), sentences[_i].sentences);
    arena_destroy(arena);
}
END_TEST

static const struct {
    const char *text;
    unsigned kind, flags;
    const char *lower;
} shapes[] = {
    {"Putin", TOKEN_WORD, TOKEN_CAPITALISED, "putin"},
    {"NATO", TOKEN_WORD, TOKEN_ALL_UPPER, "nato"},
    {"drones", TOKEN_WORD, TOKEN_LOWER, "drones"},
    {"iPhone", TOKEN_WORD, 0, "iphone"},
    {"O’Neill", TOKEN_WORD, TOKEN_CAPITALISED, "o'neill"},
    {"Ľudovít", TOKEN_WORD, TOKEN_CAPITALISED, "ľudovít"},
    {"F-16", TOKEN_WORD, TOKEN_CAPITALISED | TOKEN_HAS_DIGIT, "f-16"},
    {"1.2m", TOKEN_NUMBER, TOKEN_LOWER | TOKEN_HAS_DIGIT, "1.2m"},
    {"2024", TOKEN_NUMBER, TOKEN_HAS_DIGIT, "2024"},
    {"58-year-old", TOKEN_WORD, TOKEN_LOWER | TOKEN_HAS_DIGIT, "58-year-old"},
    {"U.S.", TOKEN_WORD, TOKEN_ALL_UPPER | TOKEN_ABBREVIATION, "u.s."},
    {"%", TOKEN_SYMBOL, 0, "%"},
    {"€", TOKEN_SYMBOL, 0, "€"},
    {"—", TOKEN_PUNCTUATION, 0, "—"},
};

START_TEST(tells_shapes)
{
    struct arena *arena = arena_create();
    uint32_t count;
    struct token *tokens =
        tokens_split(support_knowledge()->lexicon, SLICE("en"), arena, slice_from_cstr(shapes[_i].text), 100, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(tokens[0].kind, shapes[_i].kind);
    ck_assert_uint_eq(tokens[0].flags, shapes[_i].flags | TOKEN_SENTENCE_START);
    ck_assert_slice_eq(tokens[0].lower, shapes[_i].lower);
    ck_assert_uint_eq(tokens[0].span.start, 100);
    ck_assert_uint_eq(tokens[0].span.end, 100 + strlen(shapes[_i].text));
    arena_destroy(arena);
}
END_TEST

START_TEST(covers_prose_only)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = SLICE("Cat sat. Dog ran\nBy Ann Poe\nIt was. It is.\nRead More");
    struct block blocks[] = {
        {.span = {0, 16}, .role = ROLE_HEADLINE},
        {.span = {17, 27}, .role = ROLE_BYLINE},
        {.span = {28, 42}, .role = ROLE_BODY},
        {.span = {43, 52}, .role = ROLE_TEASER},
    };
    job->article.blocks = blocks;
    job->article.block_count = 4;
    ck_assert_int_eq(tokens_run(job), ERR_NONE);
    ck_assert_uint_eq(job->article.token_count, 11);
    ck_assert_uint_eq(job->article.sentence_count, 3);
    const struct sentence *last = &job->article.sentences[2];
    ck_assert_uint_eq(last->block, 2);
    ck_assert_uint_eq(last->first, 8);
    ck_assert_uint_eq(last->end, 11);
    ck_assert_uint_eq(job->article.tokens[8].span.start, 36);
    support_job_free(job);
}
END_TEST

/* A megabyte of every kind of trouble must take time in proportion to its length. */
START_TEST(stays_linear)
{
    static const char *const pieces[] = {"a.", "'", "a-", "1,", "@a", "http://", "....", "\"", "\xE2\x80\x8D", "A. "};
    struct arena *arena = arena_create();
    struct buffer text = buffer_make(2 << 20);
    while (text.len < 1 << 20)
        buffer_append_cstr(&text, pieces[_i]);
    uint32_t count;
    int64_t start = clock_now_ns();
    tokens_split(support_knowledge()->lexicon, SLICE("en"), arena, buffer_slice(&text), 0, &count);
    ck_assert_int_lt(clock_now_ns() - start, support_at_most(3000000000)); /* some 20 ms here; a square would take minutes */
    buffer_free(&text);
    arena_destroy(arena);
}
END_TEST

#define LENGTH(array) (int)(sizeof(array) / sizeof((array)[0]))

Suite *tokens_suite(void)
{
    Suite *suite = suite_create("tokens");
    TCase *tcase = tcase_create("tokens");
    tcase_set_timeout(tcase, 30);
    tcase_add_loop_test(tcase, splits_words, 0, LENGTH(splits));
    tcase_add_loop_test(tcase, ends_sentences, 0, LENGTH(sentences));
    tcase_add_loop_test(tcase, tells_shapes, 0, LENGTH(shapes));
    tcase_add_test(tcase, covers_prose_only);
    tcase_add_loop_test(tcase, stays_linear, 0, 10);
    suite_add_tcase(suite, tcase);
    return suite;
}
