#include "find/dates/date_grammar.h"

#include <stdio.h>

#include "support/support.h"

struct reading {
    const char *language, *text, *expected; /* "text as written=EDTF", joined by "; " */
};

static const char *read_dates(const char *language, const char *text, struct civil writing)
{
    static char out[2048];
    struct arena *arena = arena_create();
    const struct date_vocabulary *lexicon = date_words_create(arena, support_knowledge()->lexicon);
    struct date_grammar grammar = date_grammar_make(arena, lexicon);
    struct date_mentions found = {.arena = arena};
    struct date_style style = {.language = date_words_language(lexicon, slice_from_cstr(language))};
    struct slice input = slice_from_cstr(text);
    size_t len = 0;
    date_grammar_read(&grammar, input, style, &found);
    out[0] = '\0';
    for (size_t i = 0; i < found.count; i++) {
        struct date_mention mention = found.items[i];
        date_mention_resolve(&mention, writing);
        bool known = mention.value.start.year || mention.value.start.month;
        struct slice edtf = known ? edtf_write(arena, &mention.value) : SLICE("-");
        struct slice other = mention.ambiguous ? edtf_write(arena, &mention.alternative) : SLICE("");
        len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s=%.*s%s%.*s", i ? "; " : "",
                                SLICE_ARG(slice_sub(input, mention.start, mention.end)), SLICE_ARG(edtf),
                                other.len ? " or " : "", SLICE_ARG(other));
    }
    arena_destroy(arena);
    return out;
}

static const struct reading written[] = {
#include "find/dates/dates_written.inc"
};

static const struct reading raw_text[] = {
#include "find/dates/dates_raw_text.inc"
};

static const struct reading traps[] = {
#include "find/dates/dates_traps.inc"
};

static const struct reading relative[] = {
#include "find/dates/dates_relative.inc"
};

START_TEST(reads_what_is_written)
{
    const struct reading *row = &written[_i];
    ck_assert_str_eq(read_dates(row->language, row->text, (struct civil){0}), row->expected);
}
END_TEST

START_TEST(reads_raw_text)
{
    const struct reading *row = &raw_text[_i];
    ck_assert_str_eq(read_dates(row->language, row->text, (struct civil){0}), row->expected);
}
END_TEST

START_TEST(finds_no_date_where_none_is)
{
    const struct reading *row = &traps[_i];
    ck_assert_msg(!read_dates(row->language, row->text, (struct civil){0})[0], "%s: %s", row->text,
                  read_dates(row->language, row->text, (struct civil){0}));
}
END_TEST

START_TEST(places_dates_by_the_day_of_writing) /* Friday */
{
    const struct reading *row = &relative[_i];
    ck_assert_str_eq(read_dates(row->language, row->text, (struct civil){2024, 5, 17}), row->expected);
}
END_TEST

Suite *date_grammar_suite(void)
{
    Suite *suite = suite_create("date_grammar");
    TCase *tcase = tcase_create("date_grammar");
    tcase_add_loop_test(tcase, reads_what_is_written, 0, sizeof written / sizeof written[0]);
    tcase_add_loop_test(tcase, reads_raw_text, 0, sizeof raw_text / sizeof raw_text[0]);
    tcase_add_loop_test(tcase, finds_no_date_where_none_is, 0, sizeof traps / sizeof traps[0]);
    tcase_add_loop_test(tcase, places_dates_by_the_day_of_writing, 0, sizeof relative / sizeof relative[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
