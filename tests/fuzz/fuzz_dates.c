/* Fuzzes the date grammar, the machine formats and URLs: the first byte chooses language and style, the rest is the
 * text. Beyond what the sanitizers see: mentions lie inside the text, in order, without overlaps; every value
 * fits the calendar and is read back from its own text. */
#include "find/dates/date_machine.h"
#include "find/dates/date_url.h"
#include "fuzz_support.h"
#include "model/lexicon.h"
#include "support/edtf_reading.h"

static const char *const languages[] = {"en", "de", "fr", "es", "pl", "ru", "zh", ""};

static void check_value(struct arena *arena, const struct edtf *value)
{
    struct edtf again;
    struct slice text = edtf_write(arena, value);
    require(edtf_is_valid(value) && edtf_read(text, &again) && slice_equals(edtf_write(arena, &again), text));
}

static void check_mentions(struct arena *arena, const struct date_mentions *found, size_t size)
{
    uint32_t previous = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct date_mention mention = found->items[i];
        require(mention.start >= previous && mention.start < mention.end && mention.end <= size);
        previous = mention.end;
        if (mention.value.start.year || mention.value.start.month)
            check_value(arena, &mention.value);
        if (date_mention_resolve(&mention, (struct civil){2024, 5, 17}))
            check_value(arena, &mention.value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *process; /* kept: a leak checker finds its blocks by it */
    static const struct date_vocabulary *words;
    if (!process) {
        process = arena_create();
        words = date_words_create(process, lexicon_create(process));
    }
    if (size < 1)
        return 0;
    struct arena *arena = arena_create();
    struct slice text = slice_of((const char *)data + 1, size - 1);
    struct date_grammar grammar = date_grammar_make(arena, words);
    struct date_mentions found = {.arena = arena};
    struct date_style style = {.language = date_words_language(words, slice_from_cstr(languages[data[0] & 7])),
                               .order = (enum date_order)(data[0] >> 3 & 3) % 3,
                               .lenient = data[0] & 32};
    struct date_mention mention;
    struct edtf value;
    date_grammar_read(&grammar, text, style, &found);
    check_mentions(arena, &found, text.len);
    if (date_machine_read(&grammar, text, style, &mention))
        check_value(arena, &mention.value);
    if (date_url_read(words, text, &value))
        check_value(arena, &value);
    arena_destroy(arena);
    return 0;
}
