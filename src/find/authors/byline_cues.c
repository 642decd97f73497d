/* The cues of a byline: "By", "Text:", "für", and what each announces. */
#include "byline_reader.h"

enum cue byline_cue_from_row(const struct lexicon_row *row)
{
    static const struct {
        struct slice name;
        enum cue cue;
    } table[] = {{{"author", 6}, CUE_AUTHOR}, {{"other", 5}, CUE_OTHER}, {{"join", 4}, CUE_JOIN},
                 {{"with", 4}, CUE_WITH},     {{"asks", 4}, CUE_ASKS},   {{"until", 5}, CUE_UNTIL},
                 {{"says", 4}, CUE_SAYS},     {{"writes", 6}, CUE_WRITES}};
    for (size_t i = 0; row && i < sizeof table / sizeof table[0]; i++)
        if (slice_equals(row->columns[3], table[i].name))
            return table[i].cue;
    return CUE_NONE;
}

/* Joins the lower forms of words [at, at + words) by blanks; null where a separator stands between. */
struct slice byline_phrase_at(const struct byline_reader *reader, size_t at, size_t words)
{
    char *out;
    size_t length = 0;
    if (words == 1 && at < reader->count && reader->items[at].kind == ITEM_WORD)
        return reader->items[at].lower;
    for (size_t i = at; i < at + words; i++) {
        if (i >= reader->count || reader->items[i].kind != ITEM_WORD)
            return SLICE_NULL;
        length += reader->items[i].lower.len + 1;
    }
    out = arena_alloc(reader->arena, length);
    length = 0;
    for (size_t i = at; i < at + words; i++) {
        struct slice lower = reader->items[i].lower;
        memcpy(out + length, lower.ptr, lower.len);
        length += lower.len;
        out[length++] = ' ';
    }
    return slice_of(out, length - 1);
}

bool byline_is_join_cue(enum cue cue)
{
    return cue == CUE_JOIN || cue == CUE_WITH;
}

bool byline_mark_cues(struct byline_reader *reader)
{
    uint32_t any = 0;
    for (size_t i = 0; i < reader->count; i++) {
        struct byline_item *item = &reader->items[i];
        item->cues =
            item->kind == ITEM_WORD ? (uint32_t)(uintptr_t)map_get(&reader->lexicon->cue_heads, item->lower) : 0;
        any |= item->cues;
    }
    return any;
}

enum cue byline_cue_at(const struct byline_reader *reader, size_t at, size_t *words)
{
    if (at >= reader->count || reader->items[at].kind != ITEM_WORD)
        return CUE_NONE;
    uint32_t lengths = reader->items[at].cues;
    for (size_t n = BYLINE_CUE_WORDS; lengths && n > 0; n--) {
        struct slice phrase = lengths >> n & 1 ? byline_phrase_at(reader, at, n) : SLICE_NULL;
        const struct lexicon_row *row = phrase.ptr ? lexicon_find(reader->lexicon->cues, phrase) : NULL;
        if (!row)
            continue;
        *words = n;
        return byline_cue_from_row(row);
    }
    return CUE_NONE;
}
