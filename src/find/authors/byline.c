#include "base/utf8.h"
#include "byline_reader.h"

#define DESK_WORDS 4 /* of the name of a desk: "La redacción de ..." */

/* A cue in the middle of words: "September 21, 2020 by Ada Quill", "Ada Quill Foto: Jo Marsh". A particle after a
 * capital belongs to the name ("Ada von Quill"), and so does any word that a capital begins, short of a colon. */
static bool is_cue_within(const struct byline_reader *reader, size_t at)
{
    size_t words = 0;
    enum cue cue = byline_cue_at(reader, at, &words);
    const struct byline_item *item = &reader->items[at];
    if (cue != CUE_AUTHOR && cue != CUE_ASKS && cue != CUE_OTHER)
        return false;
    if (at + words < reader->count && reader->items[at + words].kind == ITEM_COLON)
        return true;
    bool particle =
        byline_is_particle(reader->lexicon, item->lower) && byline_starts_like_name(reader->items[at - 1].text);
    return !particle && slice_equals(item->text, item->lower) && !byline_is_caseless(item->text);
}

/* Length of the piece at `at`: words up to a separator, a word that links names, or the next cue. */
static size_t piece_length(const struct byline_reader *reader, size_t at)
{
    size_t end = at;
    while (end < reader->count && reader->items[end].kind == ITEM_WORD) {
        if (end > at && is_cue_within(reader, end))
            break;
        struct slice lower = reader->items[end].lower;
        const struct lexicon_row *row = end > at ? lexicon_find(reader->lexicon->cues, lower) : NULL;
        /* In capitals "Y", "I" and "E" are initials. */
        if (byline_is_join_cue(byline_cue_from_row(row)) && slice_equals(reader->items[end].text, lower))
            break;
        end++;
    }
    return end - at;
}

/* "Müller, Hans" as the whole of a claim: one person. */
static bool take_inverted(struct byline_reader *reader)
{
    const struct byline_item *items = reader->items;
    if (reader->strictness != BYLINE_CLAIMED || reader->count < 3 || reader->count > 4 || items[0].kind != ITEM_WORD ||
        items[1].kind != ITEM_COMMA || items[2].kind != ITEM_WORD)
        return false;
    size_t given = reader->count - 2;
    bool names = (given == 1 || items[3].kind == ITEM_WORD) && byline_starts_like_name(items[0].text) &&
                 byline_starts_like_name(items[2].text) && !utf8_all_upper(items[2].text);
    if (!names || lexicon_find(reader->lexicon->roles, items[2].lower) ||
        lexicon_find(reader->lexicon->noise, items[2].lower) || lexicon_find(reader->lexicon->titles, items[2].lower))
        return false;
    struct slice first = byline_words_text(items + 2, given);
    reader->byline->names[reader->byline->count++] =
        arena_printf(reader->arena, "%.*s %.*s", SLICE_ARG(first), SLICE_ARG(items[0].text));
    return true;
}

struct state {
    bool open;     /* names may come here */
    bool asks;     /* ... and what stands behind "with" has only been asked */
    bool skipping; /* a cue for somebody else: up to the next strong separator */
    bool parenthesis;
    bool ended;
    bool comma; /* a comma stands before */
};

/* After a full name and a comma one word is a place or a job, and so is what begins in lower case: "Von Ada Quill,
 * Cuxdorf", "Por Ada Quill, de Lisboa". */
static bool is_addition(const struct byline_reader *reader, size_t at, size_t length)
{
    const struct byline *byline = reader->byline;
    if (reader->strictness == BYLINE_CLAIMED || byline->count == 0 || length == 0 ||
        slice_find_byte(byline->names[0], ' ', 0) == SLICE_NOT_FOUND)
        return false;
    struct slice first = reader->items[at].text;
    return byline_name_length(reader, reader->items + at, length) == 1 ||
           (!byline_starts_like_name(first) && !byline_has_inner_capital(first));
}

/* "Haber Merkezi", a desk whose first `words` words are a cue. */
static bool begins_desk(const struct byline_reader *reader, size_t at, size_t words)
{
    size_t piece = piece_length(reader, at);
    for (size_t count = words + 1; count <= piece && count <= DESK_WORDS; count++)
        if (byline_is_noise(reader, at, count))
            return true;
    return false;
}

/* Eats the cues at `at`; returns how many words they have. */
static size_t take_cues(struct byline_reader *reader, size_t at, struct state *state)
{
    size_t eaten = 0, words = 0;
    enum cue cue;
    while ((cue = byline_cue_at(reader, at + eaten, &words)) == CUE_AUTHOR || cue == CUE_ASKS || cue == CUE_OTHER) {
        size_t after = at + eaten + words;
        bool colon = after < reader->count && reader->items[after].kind == ITEM_COLON;
        /* In a claim a particle before one more word may be the name itself: "Di Maio", "Von Miller". */
        if (reader->strictness == BYLINE_CLAIMED && !colon && eaten == 0 && words == 1 && reader->count <= 2 &&
            byline_starts_like_name(reader->items[at].text) &&
            byline_is_particle(reader->lexicon, reader->items[at].lower))
            break;
        if (begins_desk(reader, at + eaten, words))
            break;
        state->skipping = cue == CUE_OTHER;
        state->open |= cue != CUE_OTHER;
        state->asks |= cue == CUE_ASKS;
        if (cue != CUE_OTHER) {
            reader->byline->cue = true;
            reader->byline->strong_cue |= words > 1 || colon || byline_is_wide(reader->items[at + eaten].text);
            reader->particle =
                words == 1 && !colon && byline_is_particle(reader->lexicon, reader->items[at + eaten].lower);
        }
        eaten += words + colon;
    }
    return eaten;
}

/* A word at `at` that links names. With a capital it is a name: "Dan Ruddock" in English, "dan" in Indonesian. */
static bool is_join(const struct byline_reader *reader, size_t at, size_t *words, bool *with)
{
    enum cue cue = byline_cue_at(reader, at, words);
    *with = cue == CUE_WITH;
    if (!byline_is_join_cue(cue))
        return false;
    const struct byline_item *item = &reader->items[at];
    return slice_equals(item->text, item->lower) || (reader->byline->count > 0 && utf8_all_upper(item->text));
}

/* "Ada Quill (text), Jo Marsh (pictures)": what a bracket says of the name before it. */
static void read_share(const struct byline_reader *reader, size_t at)
{
    size_t words = 0;
    enum cue cue = byline_cue_at(reader, at, &words);
    if (cue == CUE_OTHER)
        reader->byline->count--;
    reader->byline->cue |= cue == CUE_AUTHOR;
}

/* "Ada Quill Category: Sport": what stands behind such a word and a colon is no name. */
static bool is_end_word(const struct byline_reader *reader, size_t at)
{
    return byline_cue_from_row(lexicon_find(reader->lexicon->cues, reader->items[at].lower)) == CUE_UNTIL;
}

static void pass_separator(const struct byline_reader *reader, size_t at, struct state *state)
{
    enum byline_item_kind kind = reader->items[at].kind;
    bool found = reader->byline->count > 0;
    state->comma = kind == ITEM_COMMA;
    switch (kind) {
    case ITEM_STRONG:
    case ITEM_STOP:
        state->ended = found || reader->byline->newsroom;
        state->skipping = false;
        break;
    case ITEM_LIST:
        state->ended = reader->byline->newsroom && !found;
        state->skipping = false;
        break;
    case ITEM_COLON: state->skipping |= found && is_end_word(reader, at - 1); break;
    case ITEM_OPEN:
        state->parenthesis = found;
        if (found)
            read_share(reader, at + 1);
        break;
    case ITEM_CLOSE: state->parenthesis = false; break;
    default: break;
    }
}

/* Counts the words of [at, at + count) that no date has. */
static void pass_words(struct byline_reader *reader, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++) {
        bool digit = utf8_has_digit(reader->items[i].text);
        reader->dated |= digit;
        reader->byline->passed += !digit && !byline_is_calendar_word(reader->lexicon, reader->items[i].lower);
    }
}

void byline_read(struct arena *arena, const struct author_lexicon *lexicon, struct slice text,
                 enum byline_strictness strictness, bool needs_cue, struct byline *byline)
{
    struct byline_reader room __attribute__((uninitialized)), *reader = &room; /* every block of a page comes here */
    *byline = (struct byline){0};
    reader->arena = arena;
    reader->lexicon = lexicon;
    reader->strictness = strictness;
    reader->needs_cue = needs_cue;
    reader->particle = reader->dated = false;
    reader->byline = byline;
    reader->count = byline_items(arena, text, reader->items); /* the others stay as they are: there are many */
    reader->count = byline_part_glued(lexicon, reader->items, reader->count, strictness != BYLINE_CLAIMED);
    if (!byline_mark_cues(reader) && needs_cue)
        return;
    struct state state = {.open = !needs_cue};
    if (take_inverted(reader))
        return;
    for (size_t at = 0; at < reader->count && !state.ended;) {
        if (reader->items[at].kind != ITEM_WORD) {
            pass_separator(reader, at, &state);
            at++;
            continue;
        }
        size_t cues = take_cues(reader, at, &state);
        at += cues;
        size_t words = 0, length = piece_length(reader, at);
        bool with = false;
        if (length && is_join(reader, at, &words, &with) && words < length) {
            /* "Interview with Ada Quill", "Interview by Jo Marsh with Ada Quill" name whom somebody else asked. */
            state.skipping |= cues > 0 || (with && state.asks);
            at += words;
            length -= words;
        }
        size_t before = reader->byline->count;
        if (state.open && !state.skipping && !state.parenthesis && !(state.comma && is_addition(reader, at, length)))
            byline_take_piece(reader, at, length);
        else if (!state.open && length > 1)
            length = 1; /* a cue may stand behind a date: "14 May 2021 by Fridah Wambui" */
        if (before == 0 && reader->byline->count == 0)
            pass_words(reader, at, length);
        at += length;
        state.comma = false;
    }
}
