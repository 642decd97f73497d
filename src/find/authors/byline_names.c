/* The names of a byline: what remains of a piece without title, place, date and job, where it looks like a name. */
#include "base/utf8.h"
#include "byline_reader.h"

#define LONGEST_NAME 80       /* bytes */
#define LETTERS_OF_END_WORD 2 /* "報導" */
#define SHORT_BYLINE 14       /* items: "Posted on May 4, 2014 by oz in News" */

static bool is_name(const struct byline_reader *reader, const struct byline_item *words, size_t count)
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
bool byline_is_calendar_word(const struct author_lexicon *lexicon, struct slice lower)
{
    return lexicon_find(lexicon->months, lower) || lexicon_find(lexicon->weekdays, lower);
}

size_t byline_name_length(const struct byline_reader *reader, const struct byline_item *words, size_t count)
{
    const struct author_lexicon *lexicon = reader->lexicon;
    for (size_t i = 1; i < count; i++) {
        const struct lexicon_row *cue = lexicon_find(lexicon->cues, words[i].lower);
        bool capital = byline_starts_like_name(words[i].text) && !utf8_all_upper(words[i].text) &&
                       !byline_is_caseless(words[i].text);
        enum cue kind = byline_cue_from_row(cue);
        reader->byline->says |= kind == CUE_SAYS && !capital;
        if (kind == CUE_SAYS && !capital)
            return i;
        if (kind == CUE_WRITES) {
            reader->byline->cue = true;
            return i;
        }
        if (utf8_has_digit(words[i].text))
            return i > 1 && byline_is_calendar_word(lexicon, words[i - 1].lower) ? i - 1 : i;
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

static size_t skip_titles(const struct byline_reader *reader, const struct byline_item *words, size_t count)
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
    return at > 0 && byline_cue_from_row(lexicon_find(lexicon->cues, slice_sub(word, at, word.len))) == CUE_UNTIL;
}

bool byline_is_noise(const struct byline_reader *reader, size_t at, size_t count)
{
    struct slice phrase = byline_phrase_at(reader, at, count);
    const struct lexicon_row *row = phrase.ptr ? lexicon_find(reader->lexicon->noise, phrase) : NULL;
    if (row && slice_equals(row->columns[1], SLICE("agency")))
        return reader->strictness != BYLINE_CLAIMED;
    if (row && slice_equals(row->columns[1], SLICE("newsroom")))
        reader->byline->newsroom = true;
    return row != NULL ||
           (count == 1 && (byline_is_calendar_word(reader->lexicon, phrase) || is_account(reader->lexicon, phrase) ||
                           ends_with_end_word(reader->lexicon, phrase)));
}

struct slice byline_words_text(const struct byline_item *words, size_t count)
{
    const char *start = words[0].text.ptr, *end = words[count - 1].text.ptr + words[count - 1].text.len;
    return slice_of(start, (size_t)(end - start));
}

/* "陈立群 摄": a word behind a name that says that its bearer did something else than write. */
static bool is_behind_others(const struct author_lexicon *lexicon, struct slice lower)
{
    const struct lexicon_row *row = lexicon_find(lexicon->cues, lower);
    return byline_cue_from_row(row) == CUE_OTHER && slice_equals(row->columns[2], SLICE("after"));
}

/* "입력 2022.05.13 ...": a label before a day, which no colon parts from it. */
static bool is_stamp(const struct byline_reader *reader, size_t at)
{
    const struct byline_item *items = reader->items + at;
    return byline_is_caseless(items[0].text) && utf8_has_digit(items[1].text) &&
           lexicon_find(reader->lexicon->noise, items[0].lower);
}

/* Words before a name, a day or the minutes: "5. mar 2021 o 11:20 Zuzana Nová", "30. března 2022 Jana Dvorská", "입력
 * 2022.05.13 14:22 한소라 기자". */
static size_t stamp_length(const struct byline_reader *reader, size_t at, size_t count)
{
    const struct byline_item *items = reader->items + at;
    size_t length = count > 2 && is_stamp(reader, at);
    bool wide = count > 2 && utf8_has_digit(items[0].text) && byline_is_caseless(items[1].text);
    if (reader->strictness != BYLINE_PLAIN && !length && !wide)
        return 0;
    while (length + 2 < count && (utf8_has_digit(items[length].text) ||
                                  (length && byline_is_calendar_word(reader->lexicon, items[length].lower))))
        length++;
    while (length && length < count && is_clock_word(reader->lexicon, items[length].lower))
        length++;
    return length;
}

bool byline_take_piece(struct byline_reader *reader, size_t at, size_t count)
{
    struct byline *byline = reader->byline;
    size_t stamp = stamp_length(reader, at, count);
    at += stamp;
    count -= stamp;
    const struct byline_item *words = reader->items + at;
    if (count == 0 || byline_is_noise(reader, at, count) || (count == 1 && is_title(reader->lexicon, &words[0], true)))
        return false;
    size_t skipped = skip_titles(reader, words, count);
    size_t length = byline_name_length(reader, words + skipped, count - skipped);
    length = without_particles(reader->lexicon, words + skipped, length);
    bool job = lexicon_find(reader->lexicon->roles, words[skipped].lower) != NULL;
    /* One word before a job is part of its name: "Political Editor", "Rome Bureau". */
    /* After a name such a piece says what that person does: "North of England correspondent". */
    job |= byline->count > 0 && length + skipped < count &&
           lexicon_find(reader->lexicon->roles, words[skipped + length].lower);
    job |= length == 1 && count - skipped > 1 && lexicon_find(reader->lexicon->roles, words[skipped + 1].lower);
    byline->job |= job && byline->count > 0;
    if (job || !is_name(reader, words + skipped, length) || byline_is_noise(reader, at + skipped, length))
        return false;
    byline->job |= skipped + length < count && lexicon_find(reader->lexicon->roles, words[skipped + length].lower);
    if (skipped + length < count && is_behind_others(reader->lexicon, words[skipped + length].lower))
        return false;
    struct slice name = byline_words_text(words + skipped, length);
    if (name.len > LONGEST_NAME || byline->count == BYLINE_MAX_NAMES)
        return false;
    for (size_t i = 0; i < byline->count; i++)
        if (slice_equals_nocase(byline->names[i], name))
            return true;
    byline->names[byline->count++] = name;
    return true;
}
