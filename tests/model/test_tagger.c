#include "support/support.h"

#include "find/names/names.h"
#include "model/tagger.h"
#include "text/words.h"

#define MOST_WORDS 32

static uint32_t make_tokens(struct arena *arena, const char *text, struct token *tokens)
{
    struct slice rest = slice_from_cstr(text), word;
    uint32_t count = 0;
    while (count < MOST_WORDS && slice_split(&rest, ' ', &word)) {
        tokens[count] = words_token(arena, word, count == 0);
        count++;
    }
    return count;
}

/* Type of the name that a word is tagged with: P, O, L, M or "-". */
static char type_at(const struct token *tokens, const uint8_t *tags, uint32_t count, const char *word)
{
    for (uint32_t i = 0; i < count; i++)
        if (slice_equals(tokens[i].lower, slice_from_cstr(word)))
            return tags[i] == TAG_O ? '-' : "POLM"[(tags[i] - 1) / 4];
    return '?';
}

static const struct {
    const char *text, *word;
    bool caseless;
    char type;
} cases[] = {
    {"The minister met Angela Merkel in Berlin on Friday .", "merkel", false, 'P'},
    {"The minister met Angela Merkel in Berlin on Friday .", "berlin", false, 'L'},
    {"The minister met Angela Merkel in Berlin on Friday .", "minister", false, '-'},
    {"the minister met angela merkel in berlin on friday .", "merkel", true, 'P'},
    {"the minister met angela merkel in berlin on friday .", "berlin", true, 'L'},
    {"the minister met angela merkel in berlin on friday .", "met", true, '-'},
    {"Officials of the United Nations arrived .", "nations", false, 'O'},
};

START_TEST(tags_words)
{
    struct arena *arena = arena_create();
    struct token tokens[MOST_WORDS];
    uint8_t tags[MOST_WORDS];
    float margins[MOST_WORDS];
    uint32_t count = make_tokens(arena, cases[_i].text, tokens);
    struct sentence sentence = {.first = 0, .end = count};
    const struct tagger *tagger = tagger_create(arena, support_knowledge()->gazetteer, lexicon_embedded_model("names.bin"));
    ck_assert_ptr_nonnull(tagger);
    tagger_tag(tagger, arena, tokens, count, &sentence, 1, &cases[_i].caseless, tags, margins);
    ck_assert_int_eq(type_at(tokens, tags, count, cases[_i].word), cases[_i].type);
    arena_destroy(arena);
}
END_TEST

static uint64_t sum_of(const uint64_t *features, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += features[i];
    return sum;
}

/* The trainer reads a token's features in one list; the tagger has those of words, of their parts and the rest apart. */
START_TEST(reads_what_the_trainer_reads)
{
    struct arena *arena = arena_create();
    struct token tokens[MOST_WORDS];
    uint64_t features[TAG_FEATURES_MAX];
    struct sentence sentence = {.end = make_tokens(arena, cases[_i].text, tokens)};
    struct word_clusters none = {.slots = 0};
    struct tag_document document = tag_document_make(arena, support_knowledge()->gazetteer, none, tokens,
                                                     sentence.end, &sentence, 1, &cases[_i].caseless);
    for (uint32_t at = 0; at < sentence.end; at++) {
        uint32_t kinds[TAG_SIDES];
        uint8_t values[TAG_SMALL_PARTS];
        uint8_t shapes[3];
        uint64_t sum = sum_of(features, tag_features_among(&document, &sentence, cases[_i].caseless, at, features));
        tag_shapes_around(&document, &sentence, cases[_i].caseless, at, shapes);
        sum += tag_feature_of_shapes(shapes[0], shapes[1], false, cases[_i].caseless);
        sum += tag_feature_of_shapes(shapes[1], shapes[2], true, cases[_i].caseless);
        tag_kinds_around(&document, &sentence, cases[_i].caseless, at, kinds);
        for (enum tag_side side = 0; side < TAG_SIDES; side++) {
            bool caseless = tag_parts_of_kind(&document, kinds[side], values);
            sum += sum_of(features, tag_features_of_word(&document, kinds[side], side, features));
            for (enum tag_part part = 0; part < TAG_SMALL_PARTS; part++)
                sum += sum_of(features, tag_features_of_part(part, values[part], caseless, side, features));
        }
        ck_assert_uint_eq(sum, sum_of(features, tag_features(&document, &sentence, cases[_i].caseless, at, features)));
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(tells_case_that_says_nothing)
{
    static const struct {
        const char *text;
        bool caseless;
    } sentences[] = {
        {"putin thanks iranian president", true}, {"SMITH LEAVES LEEDS", true}, {"NATO met", false},
        {"and so it goes", true}, {"well , yes", false}, {"Smith leaves Leeds", false},
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        struct token tokens[MOST_WORDS];
        struct sentence sentence = {.first = 0, .end = make_tokens(arena, sentences[i].text, tokens)};
        ck_assert_msg(tagger_is_caseless(tokens, &sentence) == sentences[i].caseless, "%s", sentences[i].text);
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(allows_only_whole_names)
{
    ck_assert(tagger_may_follow(TAG_START, TAG_OF(TAG_PERSON, TAG_B)));
    ck_assert(!tagger_may_follow(TAG_START, TAG_OF(TAG_PERSON, TAG_L)));
    ck_assert(tagger_may_follow(TAG_OF(TAG_PERSON, TAG_B), TAG_OF(TAG_PERSON, TAG_L)));
    ck_assert(!tagger_may_follow(TAG_OF(TAG_PERSON, TAG_B), TAG_OF(TAG_MISC, TAG_L)));
    ck_assert(!tagger_may_follow(TAG_OF(TAG_PERSON, TAG_B), TAG_O));
    ck_assert(!tagger_may_end(TAG_OF(TAG_PERSON, TAG_I)));
    ck_assert(tagger_may_end(TAG_OF(TAG_PERSON, TAG_U)));
}
END_TEST

START_TEST(refuses_what_is_no_model)
{
    struct arena *arena = arena_create();
    struct slice model = lexicon_embedded_model("names.bin");
    ck_assert_ptr_null(tagger_create(arena, NULL, SLICE("no model")));
    ck_assert_ptr_null(tagger_create(arena, NULL, slice_sub(model, 0, model.len / 2)));
    arena_destroy(arena);
}
END_TEST

Suite *tagger_suite(void);
Suite *tagger_suite(void)
{
    Suite *suite = suite_create("tagger");
    TCase *tcase = tcase_create("tagger");
    tcase_add_loop_test(tcase, tags_words, 0, sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tcase, reads_what_the_trainer_reads, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, tells_case_that_says_nothing);
    tcase_add_test(tcase, allows_only_whole_names);
    tcase_add_test(tcase, refuses_what_is_no_model);
    suite_add_tcase(suite, tcase);
    return suite;
}
