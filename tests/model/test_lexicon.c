/* The tables of data/lexicon as the program reads them. */
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buffer.h"
#include "model/gazetteer.h"
#include "model/lexicon.h"
#include "support/support.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_create();
}

static void tear_down(void)
{
    arena_destroy(arena);
}

static const char table_text[] = "# key\tvalue\n"
                                 "apple\tfruit\n"
                                 "\n"
                                 "pear\tfruit\tgreen\n"
                                 "# a comment between\n"
                                 "apple\ttree\n"
                                 "empty\t\tthird\n"
                                 "apple\tcake";

START_TEST(rows_in_file_order)
{
    static const char *const keys[] = {"apple", "pear", "apple", "empty", "apple"};
    const struct lexicon_table *table = lexicon_table_parse(arena, slice_from_cstr(table_text));
    ck_assert_uint_eq(lexicon_row_count(table), 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_slice_eq(lexicon_row_at(table, i)->columns[0], keys[i]);
    ck_assert_slice_eq(lexicon_row_at(table, 4)->columns[1], "cake");
}
END_TEST

START_TEST(columns_not_written_are_null)
{
    const struct lexicon_table *table = lexicon_table_parse(arena, slice_from_cstr(table_text));
    const struct lexicon_row *row = lexicon_find(table, SLICE("empty"));
    ck_assert(!slice_is_null(row->columns[1]));
    ck_assert_uint_eq(row->columns[1].len, 0);
    ck_assert_slice_eq(row->columns[2], "third");
    for (size_t i = 3; i < LEXICON_COLUMNS; i++)
        ck_assert(slice_is_null(row->columns[i]));
}
END_TEST

START_TEST(rows_of_one_key_are_chained)
{
    const struct lexicon_table *table = lexicon_table_parse(arena, slice_from_cstr(table_text));
    const struct lexicon_row *row = lexicon_find(table, SLICE("apple"));
    ck_assert_slice_eq(row->columns[1], "fruit");
    ck_assert_slice_eq(row->next->columns[1], "tree");
    ck_assert_slice_eq(row->next->next->columns[1], "cake");
    ck_assert_ptr_null(row->next->next->next);
    ck_assert_ptr_null(lexicon_find(table, SLICE("appl")));
    ck_assert_ptr_null(lexicon_find(table, SLICE("Apple")));
    ck_assert_ptr_null(lexicon_find(table, SLICE("")));
}
END_TEST

START_TEST(text_without_rows)
{
    static const char *const texts[] = {"", "\n\n", "# nothing but a comment", "# a comment\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct lexicon_table *table = lexicon_table_parse(arena, slice_from_cstr(texts[i]));
        ck_assert_uint_eq(lexicon_row_count(table), 0);
        ck_assert_ptr_null(lexicon_find(table, SLICE("x")));
    }
}
END_TEST

START_TEST(more_columns_than_there_are_places)
{
    const struct lexicon_table *table = lexicon_table_parse(arena, SLICE("a\tb\tc\td\te\tf\tg\th\nnext"));
    ck_assert_slice_eq(lexicon_row_at(table, 0)->columns[LEXICON_COLUMNS - 1], "e");
    ck_assert_slice_eq(lexicon_row_at(table, 1)->columns[0], "next");
}
END_TEST

START_TEST(rows_read_off_are_the_rows_kept)
{
    const struct lexicon *lexicon = lexicon_create(arena);
    const struct lexicon_table *table = lexicon_table(lexicon, "months");
    struct slice text = lexicon_table_text(table);
    struct lexicon_row row;
    size_t count = 0;
    for (; lexicon_read_row(&text, &row); count++)
        for (size_t k = 0; k < LEXICON_COLUMNS; k++)
            ck_assert(slice_equals(row.columns[k], lexicon_row_at(table, count)->columns[k]));
    ck_assert_uint_eq(count, lexicon_row_count(table));
    ck_assert_uint_gt(count, 12);
}
END_TEST

struct reader {
    const struct lexicon *lexicon;
    size_t found, rows;
};

static void *read_tables(void *argument)
{
    struct reader *reader = argument;
    const struct lexicon_table *table = lexicon_table(reader->lexicon, "months");
    for (const struct lexicon_row *row = lexicon_find(table, SLICE("mai")); row; row = row->next)
        reader->found++;
    reader->rows = lexicon_row_count(lexicon_table(reader->lexicon, "stop_words"));
    return NULL;
}

/* The first use of a table may come from several threads at once. */
START_TEST(tables_are_made_once)
{
    enum { READERS = 4 };
    const struct lexicon *lexicon = lexicon_create(arena);
    struct reader readers[READERS];
    pthread_t threads[READERS];
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.lexicon = lexicon};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_tables, &readers[i]), 0);
    }
    for (size_t i = 0; i < READERS; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < READERS; i++) {
        ck_assert_uint_eq(readers[i].found, readers[0].found);
        ck_assert_uint_eq(readers[i].rows, readers[0].rows);
        ck_assert_uint_gt(readers[i].found, 0);
    }
}
END_TEST

static void look_up(void *context)
{
    ck_assert_ptr_nonnull(lexicon_find(context, SLICE("key 7")));
}

static void allow_memory(rlim_t more)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%lu", &pages), 1);
    fclose(file);
    rlim_t most = pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &(struct rlimit){most, RLIM_INFINITY}), 0);
}

/* Where memory is short for a table that is asked for first, the job that asks is given up, and nobody else. */
START_TEST(a_table_that_does_not_fit_gives_up_the_job)
{
    struct buffer text = buffer_make(1u << 20);
    for (int i = 0; i < 200000; i++)
        buffer_printf(&text, "key %d\n", i);
    const struct lexicon_table *table = lexicon_table_parse(arena, buffer_slice(&text));
    allow_memory(1u << 20);
    for (int again = 0; again < 2; again++)
        ck_assert(!arena_try(arena, look_up, (void *)(uintptr_t)table));
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}), 0);
    ck_assert(arena_try(arena, look_up, (void *)(uintptr_t)table));
    buffer_free(&text);
}
END_TEST

START_TEST(models_by_file_name)
{
    ck_assert(!slice_is_null(lexicon_embedded_model("names.bin")));
    ck_assert(slice_is_null(lexicon_embedded_model("names")));
    ck_assert(slice_is_null(lexicon_embedded_model("no_such_model.bin")));
}
END_TEST

/* What the build compiled is what the tables say. */
START_TEST(gazetteer_was_compiled_from_the_tables)
{
    const struct gazetteer *gazetteer = gazetteer_create(arena, lexicon_create(arena));
    const struct gazetteer_entry *norway = gazetteer_find_text(gazetteer, SLICE("Norway"));
    ck_assert_ptr_nonnull(norway);
    ck_assert_uint_eq(norway->classes & NAME_COUNTRY, NAME_COUNTRY);
    ck_assert_uint_eq(norway->countries[0], COUNTRY_CODE('N', 'O'));
    ck_assert_slice_eq(gazetteer_country_name(gazetteer, COUNTRY_CODE('N', 'O')), "Norway");
    const struct gazetteer_entry *city = gazetteer_find_text(gazetteer, SLICE("São Paulo"));
    ck_assert_uint_eq(city->classes & NAME_CITY, NAME_CITY);
    ck_assert_ptr_eq(city, gazetteer_find_text(gazetteer, SLICE("sao-paulo")));
    ck_assert_ptr_null(gazetteer_find_text(gazetteer, SLICE("qqxyzzy")));
}
END_TEST

Suite *lexicon_suite(void)
{
    Suite *suite = suite_create("lexicon");
    TCase *tcase = tcase_create("lexicon");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, rows_in_file_order);
    tcase_add_test(tcase, columns_not_written_are_null);
    tcase_add_test(tcase, rows_of_one_key_are_chained);
    tcase_add_test(tcase, text_without_rows);
    tcase_add_test(tcase, more_columns_than_there_are_places);
    tcase_add_test(tcase, rows_read_off_are_the_rows_kept);
    tcase_add_test(tcase, tables_are_made_once);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    puts("memory limit: passed over, a sanitizer's shadow knows none");
#else
    tcase_add_test(tcase, a_table_that_does_not_fit_gives_up_the_job);
#endif
    tcase_add_test(tcase, models_by_file_name);
    tcase_add_test(tcase, gazetteer_was_compiled_from_the_tables);
    suite_add_tcase(suite, tcase);
    return suite;
}
