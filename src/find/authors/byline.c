#include "byline_internal.h"

#include "base/utf8.h"

#define LONGEST_NAME 80       /* bytes */
#define DESK_WORDS 4           /* of the name of a desk: "La redacción de ..." */
#define LETTERS_OF_END_WORD 2 /* "報導" */
#define SHORT_BYLINE 14       /* items: "Posted on May 4, 2014 by oz in News" */

enum cue { CUE_NONE, CUE_AUTHOR, CUE_OTHER, CUE_JOIN, CUE_WITH, CUE_ASKS, CUE_UNTIL, CUE_SAYS, CUE_WRITES };

struct reader {
    struct arena *arena;
    const struct author_lexicon *lexicon;
    enum byline_strictness strictness;
    bool needs_cue;
    bool particle; /* the last cue is one word that stands in names and sentences as well: "di", "von" */
    bool dated; /* digits stand before a name */
    struct byline_item items[BYLINE_MAX_ITEMS];
    size_t count;
    struct byline *byline;
};

/* --------------------------------------------------------------------- cues */

static enum cue cue_from_row(const struct lexicon_row *row)
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
static struct slice phrase_at(const struct reader *reader, size_t at, size_t words)
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

static bool is_join_cue(enum cue cue)
{
    return cue == CUE_JOIN || cue == CUE_WITH;
}

/* Asks once for each word whether cues begin with it; false where none does with any. */
static bool mark_cues(struct reader *reader)
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

/* The longest cue of this place that begins at `at`; *words: how many it has. */
static enum cue cue_at(const struct reader *reader, size_t at, size_t *words)
{
    if (at >= reader->count || reader->items[at].kind != ITEM_WORD)
        return CUE_NONE;
    uint32_t lengths = reader->items[at].cues;
    for (size_t n = BYLINE_CUE_WORDS; lengths && n > 0; n--) {
        struct slice phrase = lengths >> n & 1 ? phrase_at(reader, at, n) : SLICE_NULL;
        const struct lexicon_row *row = phrase.ptr ? lexicon_find(reader->lexicon->cues, phrase) : NULL;
        if (!row)
            continue;
        *words = n;
        return cue_from_row(row);
    }
    return CUE_NONE;
}

/* -------------------------------------------------------------------- names */

static bool is_name(const struct reader *reader, const struct byline_item *words, size_t count)
{
    size_t taken;
    if (count == 0 || count > MAX_NAME_WORDS || (count > 1 && utf8_has_digit(words[0].text)) ||
        !utf8_is_word(utf8_decode(words[0].text, 0, &taken))) /* ".bashrc" */
        return false;
    if (count == 1 && byline_is_wide_other(reader->lexicon, &words[0]))
        return false;
    if (byline_looks_personal(reader->lexicon, words, count))
        return true;
    if (count == 1 && lexicon_find(reader->lexicon->cues, words[0].lower))
        return false;
    for (size_t i = 0; i < count; i++)
        if (byline_is_address(words[i].text))
            return false;
    if (reader->strictness == BYLINE_CLAIMED)
        return count <= 5 && !(count == 1 && utf8_has_digit(words[0].text) && !ascii_is_alpha(words[0].text.ptr[0]));
    /* "by oz77 on December 4": after a cue a pseudonym may be in lower case and have digits, if letters are more. */
    if (reader->strictness != BYLINE_LABELLED || count > 1 || words[0].text.len < 2)
        return false;
    if (reader->particle && reader->byline->passed && !reader->dated) /* "Conclusi i lavori di Vella" */
        return false;
    bool cue = reader->byline->cue && reader->count <= SHORT_BYLINE &&
               !map_get(&reader->lexicon->function_words, words[0].text); /* "Sorry about that." */
    return utf8_has_digit(words[0].text) ? cue && byline_is_handle(words[0].text)
                                           : cue || byline_starts_like_name(words[0].text);
}

/* What a joined word is: "Experte" of "FOCUS-Online-Experte"; null when it is not joined. */
static struct slice joined_tail(struct slice word)
{
    size_t at = word.len;
    while (at > 0 && word.ptr[at - 1] != '-' && word.ptr[at - 1] != '_')
        at--;
    return at > 0 ? slice_sub(word, at, word.len) : SLICE_NULL;
}

/* "FOCUS-Online-Experte", "ARD-Korrespondentin": a job that has its house before it. */
static bool is_joined_role(const struct author_lexicon *lexicon, struct slice lower)
{
    struct slice tail = joined_tail(lower);
    return tail.len && lexicon_find(lexicon->roles, tail);
}

/* What links a name to what has been cut off: "Siti Rahma di [15.02]". */
static size_t without_particles(const struct author_lexicon *lexicon, const struct byline_item *words, size_t count)
{
    while (count > 1 && byline_is_particle(lexicon, words[count - 1].lower) &&
           slice_equals(words[count - 1].text, words[count - 1].lower) && !byline_is_caseless(words[count - 1].text))
        count--;
    return count;
}

/* "Friday" beside a date; "Domingo" and "May" begin longer names. */
static bool is_calendar_word(const struct author_lexicon *lexicon, struct slice lower)
{
    return lexicon_find(lexicon->months, lower) || lexicon_find(lexicon->weekdays, lower);
}

/* Cuts what follows a name without a separator: a date, a place, a job. */
static size_t name_length(const struct reader *reader, const struct byline_item *words, size_t count)
{
    const struct author_lexicon *lexicon = reader->lexicon;
    for (size_t i = 1; i < count; i++) {
        const struct lexicon_row *cue = lexicon_find(lexicon->cues, words[i].lower);
        bool capital = byline_starts_like_name(words[i].text) && !utf8_all_upper(words[i].text) &&
                       !byline_is_caseless(words[i].text);
        enum cue kind = cue_from_row(cue);
        reader->byline->says |= kind == CUE_SAYS && !capital;
        if (kind == CUE_SAYS && !capital)
            return i;
        if (kind == CUE_WRITES) {
            reader->byline->cue = true;
            return i;
        }
        if (utf8_has_digit(words[i].text))
            return i > 1 && is_calendar_word(lexicon, words[i - 1].lower) ? i - 1 : i;
        if (lexicon_find(lexicon->roles, words[i].lower) || is_joined_role(lexicon, words[i].lower))
            return i;
        /* "Annette von der Heyde" goes on, "Jean Roux le 12 mai" does not. */
        bool particle =
            byline_is_particle(lexicon, words[i].lower) && i + 1 < count && byline_starts_like_name(words[i + 1].text);
        if (kind == CUE_UNTIL && !particle && !(capital && i == 1))
            return i;
        /* "by" or "von" within a piece ends a name, and so does "Foto", which German writes with a capital. */
        if (kind == CUE_OTHER || (kind == CUE_AUTHOR && !capital && !byline_is_particle(lexicon, words[i].lower)))
            return i;
    }
    return count;
}

/* A title that may begin a name, or stand in one behind another title. */
static bool is_title(const struct author_lexicon *lexicon, const struct byline_item *word, bool behind)
{
    struct slice lower = word->lower;
    bool dot = lower.len && lower.ptr[lower.len - 1] == '.';
    lower.len -= dot;
    const struct lexicon_row *row = lexicon_find(lexicon->titles, lower);
    return row && (behind || dot || utf8_all_upper(word->text) || slice_equals(row->columns[1], SLICE("first")));
}

static size_t skip_titles(const struct reader *reader, const struct byline_item *words, size_t count)
{
    size_t skipped = 0;
    while (skipped + 1 < count) {
        struct slice lower = words[skipped].lower;
        bool joined = skipped + 2 < count && is_joined_role(reader->lexicon, lower);
        if (!joined && !is_title(reader->lexicon, &words[skipped], skipped > 0))
            break;
        skipped++;
    }
    return skipped;
}

/* "wordpressadmin", "admin7", "KB_Redaktion": an account of the site. */
static bool is_account(const struct author_lexicon *lexicon, struct slice lower)
{
    struct slice tail = joined_tail(lower);
    return slice_starts(lower, SLICE("admin")) || slice_ends(lower, SLICE("admin")) ||
           (tail.len && lexicon_find(lexicon->noise, tail));
}

/* "PM EAT" behind the minutes */
static bool is_clock_word(const struct author_lexicon *lexicon, struct slice lower)
{
    return slice_equals(lower, SLICE("am")) || slice_equals(lower, SLICE("pm")) || lexicon_find(lexicon->zones, lower);
}

/* "台南報導", "Tainan reports", where no blank parts the place from the word that ends names. */
static bool ends_with_end_word(const struct author_lexicon *lexicon, struct slice word)
{
    size_t at = word.len, taken = 0;
    for (int letters = 0; letters < LETTERS_OF_END_WORD && at > 0; letters++) {
        if (!utf8_is_cjk(utf8_decode_before(word, at, &taken)))
            return false;
        at -= taken;
    }
    return at > 0 && cue_from_row(lexicon_find(lexicon->cues, slice_sub(word, at, word.len))) == CUE_UNTIL;
}

static bool is_noise(const struct reader *reader, size_t at, size_t count)
{
    struct slice phrase = phrase_at(reader, at, count);
    const struct lexicon_row *row = phrase.ptr ? lexicon_find(reader->lexicon->noise, phrase) : NULL;
    if (row && slice_equals(row->columns[1], SLICE("agency")))
        return reader->strictness != BYLINE_CLAIMED;
    if (row && slice_equals(row->columns[1], SLICE("newsroom")))
        reader->byline->newsroom = true;
    return row != NULL ||
           (count == 1 && (is_calendar_word(reader->lexicon, phrase) || is_account(reader->lexicon, phrase) ||
                           ends_with_end_word(reader->lexicon, phrase)));
}

static struct slice words_text(const struct byline_item *words, size_t count)
{
    const char *start = words[0].text.ptr, *end = words[count - 1].text.ptr + words[count - 1].text.len;
    return slice_of(start, (size_t)(end - start));
}

/* "陈立群 摄": a word behind a name that says that its bearer did something else than write. */
static bool is_behind_others(const struct author_lexicon *lexicon, struct slice lower)
{
    const struct lexicon_row *row = lexicon_find(lexicon->cues, lower);
    return cue_from_row(row) == CUE_OTHER && slice_equals(row->columns[2], SLICE("after"));
}

/* "입력 2022.05.13 ...": a label before a day, which no colon parts from it. */
static bool is_stamp(const struct reader *reader, size_t at)
{
    const struct byline_item *items = reader->items + at;
    return byline_is_caseless(items[0].text) && utf8_has_digit(items[1].text) &&
           lexicon_find(reader->lexicon->noise, items[0].lower);
}

/* Words before a name, a day or the minutes: "5. mar 2021 o 11:20 Zuzana Nová", "30. března 2022 Jana Dvorská", "입력
 * 2022.05.13 14:22 한소라 기자". */
static size_t stamp_length(const struct reader *reader, size_t at, size_t count)
{
    const struct byline_item *items = reader->items + at;
    size_t length = count > 2 && is_stamp(reader, at);
    bool wide = count > 2 && utf8_has_digit(items[0].text) && byline_is_caseless(items[1].text);
    if (reader->strictness != BYLINE_PLAIN && !length && !wide)
        return 0;
    while (length + 2 < count &&
           (utf8_has_digit(items[length].text) || (length && is_calendar_word(reader->lexicon, items[length].lower))))
        length++;
    while (length && length < count && is_clock_word(reader->lexicon, items[length].lower))
        length++;
    return length;
}

/* Takes the piece of words [at, at + count) if it is a name. False: it is none. */
static bool take_piece(struct reader *reader, size_t at, size_t count)
{
    struct byline *byline = reader->byline;
    size_t stamp = stamp_length(reader, at, count);
    at += stamp;
    count -= stamp;
    const struct byline_item *words = reader->items + at;
    if (count == 0 || is_noise(reader, at, count) || (count == 1 && is_title(reader->lexicon, &words[0], true)))
        return false;
    size_t skipped = skip_titles(reader, words, count);
    size_t length = name_length(reader, words + skipped, count - skipped);
    length = without_particles(reader->lexicon, words + skipped, length);
    bool job = lexicon_find(reader->lexicon->roles, words[skipped].lower) != NULL;
    /* One word before a job is part of its name: "Political Editor", "Rome Bureau". */
    /* After a name such a piece says what that person does: "North of England correspondent". */
    job |= byline->count > 0 && length + skipped < count &&
           lexicon_find(reader->lexicon->roles, words[skipped + length].lower);
    job |= length == 1 && count - skipped > 1 && lexicon_find(reader->lexicon->roles, words[skipped + 1].lower);
    byline->job |= job && byline->count > 0;
    if (job || !is_name(reader, words + skipped, length) || is_noise(reader, at + skipped, length))
        return false;
    byline->job |= skipped + length < count && lexicon_find(reader->lexicon->roles, words[skipped + length].lower);
    if (skipped + length < count && is_behind_others(reader->lexicon, words[skipped + length].lower))
        return false;
    struct slice name = words_text(words + skipped, length);
    if (name.len > LONGEST_NAME || byline->count == BYLINE_MAX_NAMES)
        return false;
    for (size_t i = 0; i < byline->count; i++)
        if (slice_equals_nocase(byline->names[i], name))
            return true;
    byline->names[byline->count++] = name;
    return true;
}

/* ------------------------------------------------------------------ reading */

/* A cue in the middle of words: "September 21, 2020 by Ada Quill", "Ada Quill Foto: Jo Marsh". A particle after a
 * capital belongs to the name ("Ada von Quill"), and so does any word that a capital begins, short of a colon. */
static bool is_cue_within(const struct reader *reader, size_t at)
{
    size_t words = 0;
    enum cue cue = cue_at(reader, at, &words);
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
static size_t piece_length(const struct reader *reader, size_t at)
{
    size_t end = at;
    while (end < reader->count && reader->items[end].kind == ITEM_WORD) {
        if (end > at && is_cue_within(reader, end))
            break;
        struct slice lower = reader->items[end].lower;
        const struct lexicon_row *row = end > at ? lexicon_find(reader->lexicon->cues, lower) : NULL;
        /* In capitals "Y", "I" and "E" are initials. */
        if (is_join_cue(cue_from_row(row)) && slice_equals(reader->items[end].text, lower))
            break;
        end++;
    }
    return end - at;
}

/* "Müller, Hans" as the whole of a claim: one person. */
static bool take_inverted(struct reader *reader)
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
    struct slice first = words_text(items + 2, given);
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
static bool is_addition(const struct reader *reader, size_t at, size_t length)
{
    const struct byline *byline = reader->byline;
    if (reader->strictness == BYLINE_CLAIMED || byline->count == 0 || length == 0 ||
        slice_find_byte(byline->names[0], ' ', 0) == SLICE_NOT_FOUND)
        return false;
    struct slice first = reader->items[at].text;
    return name_length(reader, reader->items + at, length) == 1 ||
           (!byline_starts_like_name(first) && !byline_has_inner_capital(first));
}

/* "Haber Merkezi", a desk whose first `words` words are a cue. */
static bool begins_desk(const struct reader *reader, size_t at, size_t words)
{
    size_t piece = piece_length(reader, at);
    for (size_t count = words + 1; count <= piece && count <= DESK_WORDS; count++)
        if (is_noise(reader, at, count))
            return true;
    return false;
}

/* Eats the cues at `at`; returns how many words they have. */
static size_t take_cues(struct reader *reader, size_t at, struct state *state)
{
    size_t eaten = 0, words = 0;
    enum cue cue;
    while ((cue = cue_at(reader, at + eaten, &words)) == CUE_AUTHOR || cue == CUE_ASKS || cue == CUE_OTHER) {
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
static bool is_join(const struct reader *reader, size_t at, size_t *words, bool *with)
{
    enum cue cue = cue_at(reader, at, words);
    *with = cue == CUE_WITH;
    if (!is_join_cue(cue))
        return false;
    const struct byline_item *item = &reader->items[at];
    return slice_equals(item->text, item->lower) || (reader->byline->count > 0 && utf8_all_upper(item->text));
}

/* "Ada Quill (text), Jo Marsh (pictures)": what a bracket says of the name before it. */
static void read_share(const struct reader *reader, size_t at)
{
    size_t words = 0;
    enum cue cue = cue_at(reader, at, &words);
    if (cue == CUE_OTHER)
        reader->byline->count--;
    reader->byline->cue |= cue == CUE_AUTHOR;
}

/* "Ada Quill Category: Sport": what stands behind such a word and a colon is no name. */
static bool is_end_word(const struct reader *reader, size_t at)
{
    return cue_from_row(lexicon_find(reader->lexicon->cues, reader->items[at].lower)) == CUE_UNTIL;
}

static void pass_separator(const struct reader *reader, size_t at, struct state *state)
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
static void pass_words(struct reader *reader, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++) {
        bool digit = utf8_has_digit(reader->items[i].text);
        reader->dated |= digit;
        reader->byline->passed += !digit && !is_calendar_word(reader->lexicon, reader->items[i].lower);
    }
}

void byline_read(struct arena *arena, const struct author_lexicon *lexicon, struct slice text,
                 enum byline_strictness strictness, bool needs_cue, struct byline *byline)
{
    struct reader room __attribute__((uninitialized)), *reader = &room; /* every block of a page comes here */
    *byline = (struct byline){0};
    reader->arena = arena;
    reader->lexicon = lexicon;
    reader->strictness = strictness;
    reader->needs_cue = needs_cue;
    reader->particle = reader->dated = false;
    reader->byline = byline;
    reader->count = byline_items(arena, text, reader->items); /* the others stay as they are: there are many */
    reader->count = byline_part_glued(lexicon, reader->items, reader->count, strictness != BYLINE_CLAIMED);
    if (!mark_cues(reader) && needs_cue)
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
            take_piece(reader, at, length);
        else if (!state.open && length > 1)
            length = 1; /* a cue may stand behind a date: "14 May 2021 by Fridah Wambui" */
        if (before == 0 && reader->byline->count == 0)
            pass_words(reader, at, length);
        at += length;
        state.comma = false;
    }
}
