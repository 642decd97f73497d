#include "broken_words_internal.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "model/gazetteer.h"

#define SHORTEST_PART 2           /* bytes of a word on one side of the break */
#define TEXT_READ (256u << 10)    /* bytes of the text whose words are looked at */

static size_t over_letters(struct slice text, size_t at)
{
    size_t taken;
    while (at < text.len && utf8_is_letter(utf8_decode(text, at, &taken)))
        at += taken;
    return at;
}

/* Behind the hyphen at `at`, one end of a line and blanks; 0: something else stands there. */
static size_t over_break(struct slice text, size_t at)
{
    size_t lines = 0;
    for (at++; at < text.len && strchr(" \t\r\n", text.ptr[at]); at++)
        lines += text.ptr[at] == '\n';
    return lines == 1 && at < text.len ? at : 0;
}

static void read_words(struct broken_words *broken)
{
    struct slice text =
        slice_sub(broken->job->article.text, 0,
                  broken->job->article.text.len < TEXT_READ ? broken->job->article.text.len : TEXT_READ);
    broken->words = map_make(broken->job->arena, 1024);
    for (size_t at = 0, end, taken; at < text.len; at = end) {
        end = over_letters(text, at);
        if (end > at)
            *map_at(&broken->words, utf8_lower(broken->job->arena, slice_sub(text, at, end))) = broken;
        else {
            utf8_decode(text, at, &taken);
            end = at + taken;
        }
    }
}

static bool is_word(struct broken_words *broken, struct slice whole)
{
    const struct gazetteer_entry *entry = gazetteer_find_text(broken->job->knowledge->gazetteer, whole);
    if (entry && entry->classes)
        return true;
    if (!broken->words.arena)
        read_words(broken);
    return map_get(&broken->words, utf8_lower(broken->job->arena, whole)) != NULL;
}

size_t broken_word_end(struct broken_words *broken, struct slice text, size_t at, size_t end, struct slice *whole)
{
    if (!broken->job || end >= text.len || text.ptr[end] != '-' || end - at < SHORTEST_PART ||
        over_letters(text, at) != end)
        return 0;
    size_t next = over_break(text, end), behind = next ? over_letters(text, next) : 0, taken;
    if (!next || behind - next < SHORTEST_PART)
        return 0;
    bool capital = utf8_is_upper(utf8_decode(text, next, &taken));
    struct slice left = slice_sub(text, at, end), right = slice_sub(text, next, behind);
    struct slice joined =
        arena_printf(broken->job->arena, "%.*s%s%.*s", SLICE_ARG(left), capital ? "-" : "", SLICE_ARG(right));
    if (capital ? !utf8_is_upper(utf8_decode(text, at, &taken)) : !is_word(broken, joined))
        return 0;
    *whole = joined;
    return behind;
}
