/* arena, buffer, map, utf8, calendar, resident. */
#include <stdio.h>

#include "base/buffer.h"
#include "base/calendar.h"
#include "base/embedded.h"
#include "base/map.h"
#include "base/resident.h"
#include "base/utf8.h"
#include "support/support.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

/* ------------------------------------------------------------------ arena */

static int released[4], release_count;

static void note_release(void *handle)
{
    released[release_count++] = *(int *)handle;
}

START_TEST(arena_aligns_and_keeps_apart)
{
    char *a = arena_alloc(arena, 1), *b = arena_alloc(arena, 100000), *c = arena_alloc(arena, 0);
    ck_assert_uint_eq((uintptr_t)a % _Alignof(max_align_t), 0);
    ck_assert_uint_eq((uintptr_t)b % _Alignof(max_align_t), 0);
    memset(b, 7, 100000);
    *a = 1;
    ck_assert_ptr_nonnull(c);
    ck_assert_int_eq(b[0], 7);
    ck_assert_slice_eq(arena_printf(arena, "%d-%s", 5, "x"), "5-x");
    ck_assert_str_eq(arena_cstr(arena, SLICE("ab")), "ab");
}
END_TEST

START_TEST(arena_releases_the_last_first)
{
    struct arena *own = arena_create();
    int one = 1, two = 2;
    arena_on_release(own, note_release, &one);
    arena_on_release(own, note_release, &two);
    arena_reset(own, 1 << 20);
    ck_assert_int_eq(release_count, 2);
    ck_assert_int_eq(released[0], 2);
    arena_destroy(own);
    ck_assert_int_eq(release_count, 2);
}
END_TEST

START_TEST(arena_reset_keeps_no_more_than_asked)
{
    for (int i = 0; i < 50; i++)
        arena_alloc(arena, 1 << 20);
    ck_assert_uint_gt(arena_footprint(arena), 50u << 20);
    arena_reset(arena, 8u << 20);
    ck_assert_uint_le(arena_footprint(arena), 8u << 20);
    size_t kept = arena_footprint(arena);
    arena_alloc(arena, 1000);
    ck_assert_uint_eq(arena_footprint(arena), kept);
}
END_TEST

START_TEST(arena_grows_arrays)
{
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) {
        items = arena_grow(arena, items, count, &capacity, sizeof *items);
        items[count++] = i;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(items[i], i);
}
END_TEST

/* The last array of an arena grows where it lies, beyond the size of any block as well. */
START_TEST(arena_grows_the_last_array_in_place)
{
    struct arena *own = arena_create();
    char *before = arena_cstr(own, SLICE("kept"));
    size_t capacity = 0, count = 0, wrong = 0, moved = 0;
    uint32_t *items = NULL, *first = NULL;
    for (; count < 1500000; count++) { /* larger than any block */
        items = arena_grow(own, items, count, &capacity, sizeof *items);
        first = first ? first : items;
        items[count] = (uint32_t)count;
        moved += count < 500 && items != first; /* the first block has room for so many */
    }
    for (size_t i = 0; i < count; i++)
        wrong += items[i] != i;
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(moved, 0);
    ck_assert_str_eq(before, "kept");
    ck_assert_uint_lt(arena_footprint(own), 2 * capacity * sizeof *items);
    arena_destroy(own);
}
END_TEST

/* ----------------------------------------------------------------- buffer */

START_TEST(buffer_stops_at_its_maximum)
{
    struct buffer buffer = buffer_make(5);
    ck_assert(buffer_append(&buffer, SLICE("abc")));
    ck_assert(!buffer_append(&buffer, SLICE("def")));
    ck_assert(!buffer_append(&buffer, SLICE("d")));
    ck_assert_slice_eq(buffer_slice(&buffer), "abc");
    buffer_clear(&buffer);
    ck_assert(buffer_append(&buffer, SLICE("abcde")));
    buffer_free(&buffer);
}
END_TEST

START_TEST(buffer_prints_what_is_short_and_long)
{
    struct buffer buffer = buffer_make(1000);
    ck_assert(buffer_printf(&buffer, "%d%c", 7, ':'));
    ck_assert(buffer_printf(&buffer, "%0200d", 7));
    ck_assert_uint_eq(buffer.len, 202);
    ck_assert_slice_eq(slice_sub(buffer_slice(&buffer), 0, 4), "7:00");
    ck_assert_slice_eq(slice_sub(buffer_slice(&buffer), 199, 202), "007");
    ck_assert(!buffer_printf(&buffer, "%0900d", 7));
    buffer_free(&buffer);
}
END_TEST

START_TEST(map_keeps_order_and_values)
{
    struct map map = map_make(arena, 0);
    static int numbers[500];
    for (int i = 0; i < 500; i++)
        *map_at(&map, arena_printf(arena, "key %d", i)) = &numbers[i];
    for (int i = 0; i < 500; i++)
        ck_assert_ptr_eq(map_get(&map, arena_printf(arena, "key %d", i)), &numbers[i]);
    ck_assert_ptr_null(map_get(&map, SLICE("key 500")));
    ck_assert_slice_eq(map.entries[7].key, "key 7");
}
END_TEST

/* ------------------------------------------------------------------- utf8 */

static const struct {
    const char *bytes;
    uint32_t first;
    size_t taken;
    bool valid;
} sequences[] = {
    {"a", 'a', 1, true},           {"\xC3\xA9", 0xE9, 2, true},           {"\xE2\x82\xAC", 0x20AC, 3, true},
    {"\xF0\x9F\x98\x80", 0x1F600, 4, true}, {"\xC0\x80", 0xFFFD, 1, false}, {"\xE0\x80\x80", 0xFFFD, 1, false},
    {"\xED\xA0\x80", 0xFFFD, 1, false}, {"\xF4\x90\x80\x80", 0xFFFD, 1, false}, {"\xE2\x82", 0xFFFD, 2, false},
    {"\xF0\x9F\x98", 0xFFFD, 3, false}, {"\x80", 0xFFFD, 1, false},         {"\xFF", 0xFFFD, 1, false},
};

START_TEST(utf8_decodes_as_the_standard_has_it)
{
    size_t taken;
    struct slice s = slice_from_cstr(sequences[_i].bytes);
    ck_assert_uint_eq(utf8_decode(s, 0, &taken), sequences[_i].first);
    ck_assert_uint_eq(taken, sequences[_i].taken);
    ck_assert(utf8_is_valid(s) == sequences[_i].valid);
    char back[UTF8_MAX_BYTES];
    if (sequences[_i].valid) {
        ck_assert_uint_eq(utf8_encode(sequences[_i].first, back), s.len);
        ck_assert_mem_eq(back, s.ptr, s.len);
        ck_assert_uint_eq(utf8_decode_before(s, s.len, &taken), sequences[_i].first);
    }
}
END_TEST

/* The short way through normalizing gives what the long one gives, which the ligature at the end enforces. */
START_TEST(utf8_normalizes_each_code_point_alike_both_ways)
{
    for (uint32_t c = 1; c < 0x3100; c++) {
        char text[16] = "aX", bytes[UTF8_MAX_BYTES];
        size_t len = 2, taken = utf8_encode(c, bytes);
        memcpy(text + len, bytes, taken);
        len += taken;
        text[len++] = 'B';
        struct slice quick = utf8_normalize(arena, slice_of(text, len));
        memcpy(text + len, "ﬁ", 3);
        struct slice slow = utf8_normalize(arena, slice_of(text, len + 3));
        ck_assert_msg(slow.len == quick.len + 2 && memcmp(slow.ptr, quick.ptr, quick.len) == 0, "U+%04X", c);
    }
}
END_TEST

START_TEST(utf8_folds_and_squashes)
{
    ck_assert_slice_eq(utf8_lower(arena, SLICE("ÀÉ Straße İ")), "àé straße i");
    ck_assert_slice_eq(utf8_squash(arena, SLICE("  a\xC2\xA0\n b\xC2\xAD""c ")), "a bc");
    ck_assert_slice_eq(utf8_normalize(arena, SLICE("“It’s”  ﬁne – Große")), "\"it's\" fine - grosse");
    ck_assert_slice_eq(utf8_normalize(arena, SLICE("plain")), "plain");
    ck_assert(utf8_all_upper(SLICE("ÄB 1")) && !utf8_all_upper(SLICE("Ab")) && !utf8_all_upper(SLICE("12")));
    ck_assert(utf8_all_lower(SLICE("äb 1")) && !utf8_all_lower(SLICE("äB")));
    ck_assert_uint_eq(utf8_count(SLICE("aé😀")), 3);
    ck_assert_uint_eq(utf8_count_utf16(SLICE("aé😀")), 4);
}
END_TEST

/* --------------------------------------------------------------- calendar */

static const struct {
    struct civil day;
    int64_t days;
    int weekday;
} days[] = {
    {{1970, 1, 1}, 0, 4},     {{2000, 2, 29}, 11016, 2}, {{2024, 3, 14}, 19796, 4}, {{2026, 11, 23}, 20780, 1},
    {{1969, 12, 31}, -1, 3},  {{1900, 3, 1}, -25508, 4}, {{2022, 11, 12}, 19308, 6},
};

START_TEST(calendar_counts_days)
{
    ck_assert_int_eq(calendar_to_days(days[_i].day), days[_i].days);
    struct civil back = calendar_from_days(days[_i].days);
    ck_assert_int_eq(back.year, days[_i].day.year);
    ck_assert_int_eq(back.month, days[_i].day.month);
    ck_assert_int_eq(back.day, days[_i].day.day);
    ck_assert_int_eq(calendar_weekday(days[_i].day), days[_i].weekday);
}
END_TEST

/* New years and leap days as printed calendars have them. */
START_TEST(calendar_reads_persian_days)
{
    static const struct {
        int year, month, day;
        struct civil gregorian; /* year 0: there is no such day */
    } rows[] = {
        {1399, 1, 1, {2020, 3, 20}},   {1400, 1, 1, {2021, 3, 21}},  {1399, 12, 30, {2021, 3, 20}},
        {1357, 11, 22, {1979, 2, 11}}, {1399, 7, 14, {2020, 10, 5}}, {1403, 12, 30, {2025, 3, 20}},
        {1400, 12, 30, {0}},           {1400, 7, 31, {0}},           {1400, 13, 1, {0}},
        {1402, 6, 31, {2023, 9, 22}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct civil day = calendar_from_persian(rows[i].year, rows[i].month, rows[i].day);
        ck_assert_int_eq(day.year, rows[i].gregorian.year);
        ck_assert_int_eq(day.month, rows[i].gregorian.month);
        ck_assert_int_eq(day.day, rows[i].gregorian.day);
    }
}
END_TEST

START_TEST(calendar_knows_which_days_exist)
{
    ck_assert(calendar_is_valid((struct civil){2024, 2, 29}) && !calendar_is_valid((struct civil){2023, 2, 29}));
    ck_assert(calendar_is_valid((struct civil){0, 2, 29}) && !calendar_is_valid((struct civil){2000, 13, 1}));
    ck_assert(!calendar_is_valid((struct civil){2000, 4, 31}) && !calendar_is_valid((struct civil){1900, 2, 29}));
}
END_TEST

/* Keys of every length that differ in one place, wherever that is. */
START_TEST(map_settled_answers_as_before)
{
    static const char *const absent[] = {"", "key", "key 500", "kxy 49", "key 4x9", "yek 499", "a key that is much longer than any"};
    struct map map = map_make(arena, 0), empty = map_make(arena, 0);
    int numbers[500];
    for (int i = 0; i < 500; i++)
        *map_at(&map, arena_printf(arena, "key %d", i)) = &numbers[i];
    map_settle(&map);
    map_settle(&empty);
    for (int i = 0; i < 500; i++)
        ck_assert_ptr_eq(map_get(&map, arena_printf(arena, "key %d", i)), &numbers[i]);
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        ck_assert_ptr_null(map_get(&map, slice_from_cstr(absent[i])));
        ck_assert_ptr_null(map_get(&empty, slice_from_cstr(absent[i])));
    }
    ck_assert_ptr_eq(*map_at(&map, SLICE("key 7")), &numbers[7]);
}
END_TEST

START_TEST(map_tells_keys_by_every_byte)
{
    struct map map = map_make(arena, 4);
    static char keys[33][33][32];
    for (size_t len = 0; len <= 32; len++)
        for (size_t at = 0; at <= len; at++) {
            memset(keys[len][at], 'k', 32);
            if (at < len)
                keys[len][at][at] = 'x';
            *map_at(&map, slice_of(keys[len][at], len)) = keys[len][at];
        }
    for (size_t len = 0; len <= 32; len++)
        for (size_t at = 0; at <= len; at++) {
            char copy[32];
            memcpy(copy, keys[len][at], 32);
            ck_assert_ptr_eq(map_get(&map, slice_of(copy, len)), keys[len][at]);
            if (at < len)
                copy[at] = 'y';
            ck_assert(at == len || map_get(&map, slice_of(copy, len)) == NULL);
        }
}
END_TEST

START_TEST(utf8_knows_ascii)
{
    char text[20];
    memset(text, 'a', sizeof text);
    for (size_t len = 0; len < sizeof text; len++)
        ck_assert(utf8_is_ascii(slice_of(text, len)));
    for (size_t at = 0; at < sizeof text; at++) {
        text[at] = (char)0x80;
        ck_assert(!utf8_is_ascii(slice_of(text, at + 1)) && utf8_is_ascii(slice_of(text, at)));
        text[at] = 'a';
    }
}
END_TEST

static unsigned long embedded_sum(void)
{
    unsigned long sum = 0;
    for (size_t i = 0; i < embedded_file_count; i++)
        for (const char *at = embedded_files[i].start; at < embedded_files[i].end; at++)
            sum += (unsigned char)*at;
    return sum;
}

static unsigned long file_pages(void)
{
    unsigned long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    ck_assert(statm && fscanf(statm, "%*u %*u %lu", &pages) == 1);
    fclose(statm);
    return pages;
}

START_TEST(resident_files_are_let_go_and_read_again)
{
    unsigned long sum = embedded_sum(), before = file_pages();
    resident_forget_files();
    ck_assert_uint_lt(file_pages(), before - 1000); /* the models alone have more */
    ck_assert_uint_eq(embedded_sum(), sum);
}
END_TEST

Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *tcase = tcase_create("base");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, arena_aligns_and_keeps_apart);
    tcase_add_test(tcase, arena_releases_the_last_first);
    tcase_add_test(tcase, arena_reset_keeps_no_more_than_asked);
    tcase_add_test(tcase, arena_grows_arrays);
    tcase_add_test(tcase, arena_grows_the_last_array_in_place);
    tcase_add_test(tcase, buffer_stops_at_its_maximum);
    tcase_add_test(tcase, buffer_prints_what_is_short_and_long);
    tcase_add_test(tcase, map_keeps_order_and_values);
    tcase_add_test(tcase, map_settled_answers_as_before);
    tcase_add_test(tcase, map_tells_keys_by_every_byte);
    tcase_add_test(tcase, utf8_knows_ascii);
    tcase_add_test(tcase, resident_files_are_let_go_and_read_again);
    tcase_add_loop_test(tcase, utf8_decodes_as_the_standard_has_it, 0, sizeof sequences / sizeof sequences[0]);
    tcase_add_test(tcase, utf8_folds_and_squashes);
    tcase_add_test(tcase, utf8_normalizes_each_code_point_alike_both_ways);
    tcase_add_loop_test(tcase, calendar_counts_days, 0, sizeof days / sizeof days[0]);
    tcase_add_test(tcase, calendar_reads_persian_days);
    tcase_add_test(tcase, calendar_knows_which_days_exist);
    suite_add_tcase(suite, tcase);
    return suite;
}
