#include "service/reply.h"

#include <check.h>
#include <stdio.h>

#include "support/support.h"

START_TEST(tells_sane_ids)
{
    static const struct {
        const char *id;
        bool sane;
    } ids[] = {
        {"a", true}, {"ABC-123_x.y", true}, {"0123456789012345678901234567890123456789012345678901234567890123", true},
        {"01234567890123456789012345678901234567890123456789012345678901234", false}, {"", false}, {"a b", false},
        {"a\"b", false}, {"a\r\nb", false}, {"a\xc3\xa4", false}, {"<script>", false}, {"{}", false},
    };
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        ck_assert_msg(request_id_is_sane(slice_from_cstr(ids[i].id)) == ids[i].sane, "%s", ids[i].id);
    ck_assert(!request_id_is_sane(slice_of("a\0b", 3)));
    ck_assert(!request_id_is_sane(SLICE_NULL));
}
END_TEST

START_TEST(makes_different_ids)
{
    char last[REQUEST_ID_MAX] = "", room[REQUEST_ID_MAX];
    for (int i = 0; i < 1000; i++) {
        struct slice id = request_id_make(room);
        ck_assert_uint_eq(id.len, 16);
        ck_assert(request_id_is_sane(id) && memcmp(room, last, 16) != 0);
        memcpy(last, room, 16);
    }
}
END_TEST

START_TEST(answers_conditions)
{
    static const struct {
        const char *if_none_match;
        int status;
    } conditions[] = {
        {"", 200}, {"\"other\"", 200}, {"*", 304}, {"ETAG", 304}, {"W/ETAG", 304}, {"\"a\", ETAG", 304}, {"\"a\",W/\"b\"", 200},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct reply reply = reply_make();
        reply_set_constant(&reply, 200, "text/plain", SLICE("some text"));
        reply_set_etag(&reply);
        char condition[100];
        const char *pattern = conditions[i].if_none_match, *place = strstr(pattern, "ETAG");
        snprintf(condition, sizeof condition, "%.*s%s", place ? (int)(place - pattern) : (int)strlen(pattern), pattern,
                 place ? reply.etag : "");
        reply_apply_if_none_match(&reply, slice_from_cstr(condition));
        ck_assert_msg(reply.status == conditions[i].status, "%s", condition);
        ck_assert_uint_eq(reply_body_length(&reply), reply.status == 200 ? 9 : 0);
        reply_free(&reply);
    }
}
END_TEST

START_TEST(writes_problems)
{
    struct reply reply = reply_make();
    reply_set_problem(&reply, ERR_QUEUE_FULL, SLICE("a \"detail\""), SLICE("id-1"), 0);
    ck_assert_int_eq(reply.status, 503);
    ck_assert_int_eq(reply_retry_after(reply.err), 1);
    ck_assert(slice_find(buffer_slice(&reply.body), SLICE("\"request_id\":\"id-1\""), 0) != SLICE_NOT_FOUND);
    ck_assert(slice_find(buffer_slice(&reply.body), SLICE("a \\\"detail\\\""), 0) != SLICE_NOT_FOUND);
    ck_assert_int_eq(reply_retry_after(ERR_BAD_JSON), 0);
    reply_free(&reply);
}
END_TEST

Suite *reply_suite(void)
{
    Suite *suite = suite_create("reply");
    TCase *tcase = tcase_create("reply");
    tcase_add_test(tcase, tells_sane_ids);
    tcase_add_test(tcase, makes_different_ids);
    tcase_add_test(tcase, answers_conditions);
    tcase_add_test(tcase, writes_problems);
    suite_add_tcase(suite, tcase);
    return suite;
}
