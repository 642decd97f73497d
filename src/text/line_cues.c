#include "lines_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/map.h"
#include "line_characters_internal.h"

#define HEADING 60  /* bytes; a longer line heads nothing */
#define HEADING_WORDS 2 /* "More from" Norway: so many words may stand behind the phrase of a heading */
#define SHORT 200   /* bytes; a phrase in a longer line says half as much: it may be part of a sentence */
#define TEASER 400  /* bytes; the longest summary of another story */
#define SENTENCE 90  /* bytes; labels are shorter, or end without a stop */
#define WINDOW 600 /* bytes that are searched: cues stand in short lines, or near the start of long ones */
#define LONGEST_SMALL_BYLINE 12 /* words */

enum cue_place {
    CUE_START,
    CUE_END,
    CUE_WHOLE,
    CUE_ANYWHERE,
    CUE_LABEL,
    CUE_HEADING,
    CUE_NAME,
    CUE_RESUME,
    CUE_CLOSING,
    CUE_CHANNEL
};

struct cue {
    struct slice phrase; /* in plain form */
    enum block_role role;
    float weight;
    enum cue_place place;
    char last;              /* byte of the phrase: most that share the first word are told by it */
    const struct cue *next; /* of the same first word */
};

#define FIRST_WORDS 2048 /* of cues, about */

struct line_cues {
    struct map by_first_word; /* first word -> struct cue */
};

/* ---------------------------------------------------------------- reading the table */

static enum block_role role_from_name(struct slice name)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (slice_equals(name, slice_from_cstr(role_name((enum block_role)role))))
            return (enum block_role)role;
    assert(!"data/lexicon/line_cues.tsv names a role that does not exist");
    return ROLE_UNKNOWN;
}

static uint32_t plain(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    if (c >= 0x201C && c <= 0x201F)
        return '"';
    return c >= 0x2010 && c <= 0x2015 ? '-' : utf8_to_lower(c);
}

/* Plain form: lower case, quotes and dashes as on a typewriter, blanks of any kind single. Compatibility
 * forms, which utf8_normalize folds as well, do not occur in cues, and folding them costs most of the time. */
static struct slice plain_form(struct arena *arena, struct slice text)
{
    size_t longer = utf8_is_ascii(text) ? 1 : 3; /* a bad byte becomes U+FFFD, three bytes */
    char *out = arena_alloc(arena, text.len * longer + UTF8_MAX_BYTES);
    size_t len = 0, taken;
    bool gap = false;
    for (size_t at = 0; at < text.len; at += taken) {
        uint32_t c = character_at(text, at, &taken);
        if (is_space_character(c)) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        if (c >= 0x80)
            len += utf8_encode(plain(c), out + len);
        else
            for (out[len++] = ascii_to_lower((char)c); at + 1 < text.len && (signed char)text.ptr[at + 1] > ' '; at++)
                out[len++] = ascii_to_lower(text.ptr[at + 1]);
    }
    return slice_of(out, len);
}

static enum cue_place place_from_name(struct slice name)
{
    static const char *const names[] = {"start",   "end",  "whole",  "anywhere", "label",
                                        "heading", "name", "resume", "closing",  "channel"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (slice_equals(name, slice_from_cstr(names[i])))
            return (enum cue_place)i;
    assert(!"data/lexicon/line_cues.tsv names a place that does not exist");
    return CUE_WHOLE;
}

/* Where the word at `at` ends. Marks other than letters and digits are words of one character. */
static size_t word_end(struct slice text, size_t at)
{
    size_t taken, end = word_run_end(text, at);
    if (end == at && at < text.len) {
        character_at(text, at, &taken);
        end = at + taken;
    }
    return end;
}

/* Cues of one first word side by side: they are looked at one after the other. */
static struct cue *lay_side_by_side(struct arena *arena, const struct cue *first)
{
    size_t count = 0;
    for (const struct cue *cue = first; cue; cue = cue->next)
        count++;
    struct cue *row = arena_alloc(arena, count * sizeof *row), *at = row;
    for (const struct cue *cue = first; cue; cue = cue->next, at++) {
        *at = *cue;
        at->next = cue->next ? at + 1 : NULL;
    }
    return row;
}

const struct line_cues *line_cues_create(struct arena *arena, const struct lexicon_table *table)
{
    struct line_cues *cues = arena_calloc(arena, 1, sizeof *cues);
    struct arena *scratch = arena_create();
    struct slice text = lexicon_table_text(table);
    cues->by_first_word = map_make(arena, FIRST_WORDS);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        struct cue *cue = arena_alloc(scratch, sizeof *cue);
        *cue = (struct cue){
            .phrase = plain_form(arena, row.columns[0]),
            .role = role_from_name(row.columns[1]),
            .weight = strtof(arena_cstr(arena, row.columns[3]), NULL),
            .place = place_from_name(row.columns[4]),
        };
        cue->last = cue->phrase.ptr[cue->phrase.len - 1];
        struct slice word = slice_sub(cue->phrase, 0, word_end(cue->phrase, 0));
        void **first = map_at(&cues->by_first_word, word);
        cue->next = *first;
        *first = cue;
    }
    for (size_t i = 0; i < cues->by_first_word.count; i++) {
        struct map_entry *entry = &cues->by_first_word.entries[i];
        entry->value = lay_side_by_side(arena, entry->value);
    }
    map_settle(&cues->by_first_word);
    arena_destroy(scratch);
    return cues;
}

/* ---------------------------------------------------------------------- matching */

/* Leaves out marks around the words: bullets, brackets, arrows, stops. */
static struct slice bare(struct slice text)
{
    size_t taken;
    while (text.len) {
        uint32_t c = character_at(text, 0, &taken);
        if (is_word_character(c) || c == 0xA9 || c == '@' || c == '#')
            break;
        text = slice_sub(text, taken, text.len);
    }
    while (text.len) {
        uint32_t c = utf8_decode_before(text, text.len, &taken);
        if (is_word_character(c))
            break;
        text = slice_sub(text, 0, text.len - taken);
    }
    return text;
}

/* What goes on behind a name of a byline: "in berlin", "and tom cole". */
static bool joins_names(struct slice word)
{
    static const struct slice joins[] = {{"in", 2},  {"and", 3}, {"for", 3}, {"at", 2}, {"und", 3},
                                         {"aus", 3}, {"et", 2},  {"y", 1},   {"en", 2}, {"e", 1}};
    for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++)
        if (slice_equals(word, joins[i]))
            return true;
    return false;
}

/* "by ana ruiz", "by ana ruiz in lima and tom cole in rome", "by ana ruiz, 3 march" where the text has lost its
 * capitals: two words behind the preposition, letters all, and then nothing or what stands behind names. */
static bool small_name_follows(struct slice text)
{
    uint32_t words = 0;
    bool ended = false;
    struct slice rest = text, word;
    while (slice_split(&rest, ' ', &word)) {
        words++;
        if (words == 4 && !ended && !joins_names(word))
            return false;
        if (words == 1 || words > 3)
            continue;
        ended = words == 3 && (word.ptr[word.len - 1] == ',' || word.ptr[word.len - 1] == '.');
        struct slice letters = slice_sub(word, 0, word.len - ended);
        for (size_t i = 0; i < letters.len; i++)
            if (ascii_is_digit(letters.ptr[i]) || letters.ptr[i] == '.' || letters.ptr[i] == ',' ||
                letters.ptr[i] == ':')
                return false;
        if (letters.len < 3)
            return false;
    }
    return words >= 3 && words <= LONGEST_SMALL_BYLINE && (words == 3 || text.ptr[text.len - 1] != '.') &&
           utf8_all_lower(text);
}

/* "Por Ana Ruiz" is a byline, "Por qué sube el aceite" and "Di Maio lascia il governo" are not: behind the
 * preposition stands a capital, and at least half of the words begin with one. */
static bool names_follow(struct slice text)
{
    size_t at = slice_find_byte(text, ' ', 0);
    uint32_t lower = 0, words = 0;
    if (at == SLICE_NOT_FOUND || !utf8_starts_upper(slice_sub(text, at + 1, text.len)))
        return at != SLICE_NOT_FOUND && small_name_follows(text);
    struct slice rest = text, word;
    while (slice_split(&rest, ' ', &word)) {
        size_t taken;
        words += word.len > 0;
        lower += word.len > 0 && utf8_is_lower(character_at(word, 0, &taken));
    }
    return lower * 2 <= words;
}

static bool place_fits(enum cue_place place, struct slice text, bool at_start, bool at_end, bool heading)
{
    switch (place) {
    case CUE_NAME: return at_start && names_follow(text);
    case CUE_START: case CUE_LABEL: return at_start;
    case CUE_HEADING: case CUE_RESUME: return at_start && heading;
    case CUE_CLOSING: return at_start && (heading || slice_find_byte(text, ':', 0) < HEADING);
    case CUE_END: return at_end;
    case CUE_WHOLE: return at_start && at_end;
    case CUE_ANYWHERE: case CUE_CHANNEL: break;
    }
    return true;
}

static bool stands_at(struct slice line, size_t at, const struct cue *cue)
{
    struct slice phrase = cue->phrase;
    size_t end = at + phrase.len, taken;
    if (end > line.len || line.ptr[end - 1] != cue->last || memcmp(line.ptr + at, phrase.ptr, phrase.len) != 0)
        return false;
    return end == line.len || !is_word_character(character_at(line, end, &taken)) ||
           !is_word_character(utf8_decode_before(phrase, phrase.len, &taken));
}

/* A whole sentence may use the words of any label: "The model was last updated in July." */
static bool is_sentence(struct slice text)
{
    return text.len > SENTENCE && (text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == '"');
}

static bool is_label_role(enum block_role role)
{
    return role == ROLE_DATELINE || role == ROLE_BYLINE || role == ROLE_CAPTION || role == ROLE_NAVIGATION ||
           role == ROLE_KICKER || role == ROLE_SHARE;
}

static void see_cue(struct cue_found *found, const struct cue *cue, struct slice text)
{
    bool sentence = is_label_role(cue->role) && is_sentence(text), is_short = text.len <= SHORT && !sentence;
    bool tells =
        !sentence || cue->role == ROLE_CAPTION; /* sentences end "... three years ago.", captions with who took them */
    bool ends =
        cue->place == CUE_END && text.len <= TEASER && tells; /* "Read more" ends teasers, and stories that were cut */
    bool doubtful = !is_short && !ends && cue->role != ROLE_CONSENT; /* consent notices are long */
    float weight = doubtful ? cue->weight / 2 : cue->weight;
    if (weight > found->weight[cue->role])
        found->weight[cue->role] = weight;
}

/* Words from byte `at` on, marks left aside. */
static uint32_t word_count(struct slice line, size_t at)
{
    uint32_t words = 0;
    size_t taken;
    for (size_t end; at < line.len; at = end) {
        end = word_end(line, at);
        words += is_word_character(character_at(line, at, &taken));
    }
    return words;
}

/* A label ends with a colon; in the text as written it is as long as up to that colon. */
static void see_label(struct cue_found *found, struct slice text)
{
    size_t colon = slice_find_byte(text, ':', 0);
    if (colon == SLICE_NOT_FOUND)
        return;
    colon++;
    while (colon < text.len && ascii_is_space(text.ptr[colon]))
        colon++;
    if (colon < text.len)
        found->label = (uint32_t)colon;
}

/* "3 comments", "Share 41": a counter beside a label is no part of it. */
static struct slice without_counter(struct slice line)
{
    size_t taken;
    while (line.len && !is_letter_character(character_at(line, 0, &taken)))
        line = slice_sub(line, taken, line.len);
    while (line.len && !is_letter_character(utf8_decode_before(line, line.len, &taken)))
        line = slice_sub(line, 0, line.len - taken);
    return line;
}

void line_cues_find(const struct line_cues *cues, struct arena *arena, struct slice text, struct cue_found *found)
{
    bool whole = text.len <= WINDOW;
    bool heading = text.len <= HEADING && text.ptr[text.len - 1] != '.';
    struct slice line = bare(plain_form(arena, slice_sub(text, 0, WINDOW)));
    struct slice words = without_counter(line);
    size_t words_start = (size_t)(words.ptr - line.ptr);
    *found = (struct cue_found){.label = 0};
    for (size_t at = 0, end; at < line.len; at = end) {
        end = word_end(line, at);
        const struct cue *cue = map_get(&cues->by_first_word, slice_sub(line, at, end));
        for (; cue; cue = cue->next) {
            bool counted = cue->place == CUE_WHOLE && words.len == cue->phrase.len && at == words_start;
            if (!stands_at(line, at, cue) ||
                !(counted || place_fits(cue->place, text, at == 0, whole && at + cue->phrase.len == line.len, heading)))
                continue;
            if (cue->place == CUE_CHANNEL) {
                found->channels += cue->weight;
                continue;
            }
            see_cue(found, cue, text);
            if (cue->place == CUE_LABEL)
                see_label(found, text);
            bool heads = word_count(line, cue->phrase.len) <= HEADING_WORDS;
            found->resumes |= cue->place == CUE_RESUME && heads;
            found->closes |= cue->place == CUE_CLOSING;
            if (cue->role == ROLE_TEASER && at == 0 && heading && heads)
                found->heads_teasers = true;
        }
    }
}
