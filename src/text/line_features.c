#include "lines_internal.h"

#include "line_characters_internal.h"
#include "line_vocabulary_internal.h"

#define PROSE_WORDS 8        /* the shortest sentences of news have about eight words */
#define LONG_PROSE_WORDS 25  /* so long a line without any stop is prose that was cut */
#define LOWER_SHARE 0.45f    /* of the words of running text; German, with its capital nouns, has about .6 */
#define TITLE_SHARE 0.6f     /* capitalised words of a title in title case; small words stay small */
#define ELLIPSIS_TAIL 40     /* bytes behind the ellipsis: "... Continue reading" */
#define LONGEST_MONTH 24     /* bytes */
#define DATED_LINE 200       /* bytes; in a longer line a date tells nothing, and months are not looked for */
#define CREDIT_TAIL 30       /* bytes: a surname and the name of an agency */
#define STRONG_CUE 3.0f      /* a line with such a cue is not prose, whatever it looks like */
#define FEWEST_TELLING 4     /* a share of fewer words says less: one known word of one is a quarter */
#define COMMENT_CUE 4.0f     /* only under such a cue are sentences comments */
#define STRANGE_WORDS 5      /* so many telling words without one of the story: chance is below 1 in 20 */
#define REPEAT_LINES 40      /* lines above the prose that are compared with each other */
#define REPEAT_BYTES 15      /* a shorter line may begin another by chance: "Sport", "Sports quiz" */
#define BYLINES 4            /* lines above the prose that may name the authors */
#define STRANGE_PROSE 3      /* paragraphs of story that must stand before one may say so */

/* What one pass over the words of a block counts. */
struct shape {
    uint32_t words, lower, capital, upper, digits, separators, part, longest_part, sentences;
    uint32_t months, dates, times, addresses, other; /* other: words that no date needs */
    bool stop, question, colon, ellipsis;
};

/* ---------------------------------------------------------------- the words */

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0xAB || (c >= 0x2018 && c <= 0x201F);
}

static bool is_separator_char(uint32_t c)
{
    return c == '|' || c == '>' || c == '/' || c == 0x2022 || c == 0x203A || c == 0xBB || c == 0xB7 || c == 0x2192 ||
           c == 0x2013 || c == 0x2014 || c == '-' || c == 0x25B8;
}

/* "|", "»", "--": a word of separators only. */
static bool is_separator(struct slice word)
{
    size_t taken;
    for (size_t at = 0; at < word.len; at += taken)
        if (!is_separator_char(character_at(word, at, &taken)))
            return false;
    return true;
}

static struct slice without_marks(struct slice word)
{
    size_t taken;
    while (word.len && !is_word_character(character_at(word, 0, &taken)))
        word = slice_sub(word, taken, word.len);
    while (word.len && !is_word_character(utf8_decode_before(word, word.len, &taken)))
        word = slice_sub(word, 0, word.len - taken);
    return word;
}

/* Digits in two or three groups with marks between: 10:32, 14/03/2024, 2023-10-09T. */
static void see_digits(struct shape *shape, struct slice word)
{
    size_t marks = 0, colons = 0, digits = 0;
    for (size_t i = 0; i < word.len; i++) {
        digits += ascii_is_digit(word.ptr[i]);
        colons += word.ptr[i] == ':';
        marks += word.ptr[i] == '/' || word.ptr[i] == '-' || word.ptr[i] == '.';
    }
    shape->digits++;
    if (colons && digits >= 3 && digits <= 6)
        shape->times++;
    else if (marks >= 2 && digits >= 6)
        digits <= 14 ? shape->dates++ : shape->addresses++;
    else if (marks == 1 && digits >= 3 && digits <= 4 && word.len <= 5)
        shape->times++; /* 23.04; a price or a score as well: it counts only where hardly more stands */
}

static bool is_address(struct slice word)
{
    size_t at = slice_find_byte(word, '@', 0);
    return (at != SLICE_NOT_FOUND && slice_find_byte(word, '.', at) != SLICE_NOT_FOUND) ||
           slice_starts_nocase(word, SLICE("http")) || slice_starts_nocase(word, SLICE("www."));
}

static bool is_month(const struct lexicon_table *months, struct slice word)
{
    char lower[2 * LONGEST_MONTH];
    size_t len = 0, taken;
    if (word.len > LONGEST_MONTH || !months)
        return false;
    for (size_t at = 0; at < word.len; at += taken)
        len += utf8_encode(lower_character(character_at(word, at, &taken)), lower + len);
    return lexicon_find(months, slice_of(lower, len)) != NULL;
}

static void see_word(const struct lexicon_table *months, struct shape *shape, struct slice word)
{
    size_t taken;
    struct slice bare = without_marks(word);
    if (bare.len == 0)
        return;
    uint32_t first = character_at(bare, 0, &taken);
    shape->words++;
    shape->part++;
    if (is_address(word)) {
        shape->addresses++;
    } else if (utf8_is_digit(first)) {
        see_digits(shape, bare);
    } else if (is_month(months, bare)) {
        shape->months++;
        shape->capital += utf8_is_upper(first);
    } else {
        bool upper = utf8_is_upper(first), all = bare.len > 1 && utf8_all_upper(bare);
        shape->capital += upper;
        shape->upper += all;
        shape->lower += !upper;
        shape->other += bare.len > 4 || (bare.len == 4 && !all);
    }
}

/* A word that ends a sentence: a stop behind at least three letters, so that neither "J." nor "Mr." does. */
static bool ends_sentence(struct slice word)
{
    size_t taken, letters = 0;
    while (word.len && is_closer(utf8_decode_before(word, word.len, &taken)))
        word = slice_sub(word, 0, word.len - taken);
    if (word.len == 0 || !memchr(".!?", word.ptr[word.len - 1], 3))
        return false;
    for (size_t at = 0; at < word.len; at += taken)
        letters += utf8_is_lower(character_at(word, at, &taken));
    return letters >= 3;
}

static void end_part(struct shape *shape)
{
    if (shape->part > shape->longest_part)
        shape->longest_part = shape->part;
    shape->part = 0;
}

/* CJK has no blanks; two characters count as a word, and as small letters. */
static void see_unspaced(struct shape *shape, struct slice word)
{
    size_t taken;
    uint32_t characters = 0;
    if (word.len && (unsigned char)word.ptr[0] < 0xE0) /* these scripts begin at three bytes */
        return;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = character_at(word, at, &taken);
        characters += utf8_is_cjk(c);
        shape->sentences += c == 0x3002 && at + taken < word.len;
    }
    shape->words += characters / 2;
    shape->lower += characters / 2;
    shape->part += characters / 2;
}

static void see_end(struct shape *shape, struct slice text)
{
    size_t taken, end = text.len;
    uint32_t c = 0;
    while (end > 0 && is_closer(c = utf8_decode_before(text, end, &taken)))
        end -= taken;
    shape->stop = c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
    shape->question = c == '?' || c == 0xFF1F;
    shape->colon = c == ':';
    struct slice tail = slice_sub(text, text.len > ELLIPSIS_TAIL ? text.len - ELLIPSIS_TAIL : 0, text.len);
    shape->ellipsis = slice_find(tail, SLICE("…"), 1) != SLICE_NOT_FOUND || slice_find(tail, SLICE("..."), 1) != SLICE_NOT_FOUND;
}

static struct shape shape_of(const struct lexicon_table *months, struct slice text)
{
    struct shape shape = {0};
    size_t at = 0, taken, blanks = 0;
    while (at < text.len) {
        uint32_t c = character_at(text, at, &taken);
        if (is_space_character(c)) {
            blanks++;
            at += taken;
            continue;
        }
        size_t start = at;
        while (at < text.len && c != '|' && !is_space_character(c = character_at(text, at, &taken)))
            at += taken;
        struct slice word = slice_sub(text, start, at > start ? at : start + taken);
        at = start + word.len;
        bool separates = is_separator(word);
        if (separates || blanks > 1) { /* columns that were apart on the page stand apart by more than a blank */
            shape.separators += start > 0;
            end_part(&shape);
        }
        blanks = 0;
        if (separates)
            continue;
        see_word(months, &shape, word);
        see_unspaced(&shape, word);
        shape.sentences += at < text.len && ends_sentence(word);
    }
    end_part(&shape);
    see_end(&shape, text);
    return shape;
}

/* ---------------------------------------------------- features of the block alone */

static void set(struct line *line, enum line_feature feature, bool value)
{
    line->features[feature] = value ? 1.0f : 0.0f;
}

static void read_length(struct line *line, uint32_t words)
{
    set(line, LINE_ALWAYS, true);
    set(line, LINE_WORDS_1_3, words <= 3);
    set(line, LINE_WORDS_4_7, words >= 4 && words <= 7);
    set(line, LINE_WORDS_8_18, words >= 8 && words <= 18);
    set(line, LINE_WORDS_19_35, words >= 19 && words <= 35);
    set(line, LINE_WORDS_36, words >= 36);
}

static void read_separators(struct line *line, const struct shape *shape)
{
    bool listed = shape->separators > 0 && !(shape->stop && shape->words > 12);
    bool narrow = shape->words <= (shape->separators + 1) * 5 / 2 && shape->longest_part <= 4;
    set(line, LINE_BREADCRUMB, listed && narrow);
    set(line, LINE_SEPARATED, listed && !narrow);
}

static void read_dates(struct line *line, const struct shape *shape)
{
    bool date = shape->dates || shape->times || (shape->months && shape->digits);
    set(line, LINE_DATE, date && shape->words <= 25 && line->text.len <= DATED_LINE);
    set(line, LINE_ONLY_DATE, date && shape->other <= 2);
}

static void read_start(struct line *line, const struct block *block)
{
    size_t taken;
    uint32_t first = character_at(line->text, 0, &taken), last = utf8_decode_before(line->text, line->text.len, &taken);
    bool digit = utf8_is_digit(first);
    set(line, LINE_BULLET, block->tag == BLOCK_LIST_ITEM && !digit);
    set(line, LINE_NUMBERED, block->tag == BLOCK_LIST_ITEM && digit);
    set(line, LINE_BRACKETED, (first == '(' || first == '[' || first == '{') && (last == ')' || last == ']' || last == '}'));
    set(line, LINE_QUOTED, first == '"' || first == 0xAB || first == 0xBB || (first >= 0x2018 && first <= 0x201F));
    set(line, LINE_LOWER_START, utf8_is_lower(first));
    set(line, LINE_AFTER_GAP, block->flags & BLOCK_AFTER_GAP);
    set(line, LINE_BEFORE_GAP, block->flags & BLOCK_BEFORE_GAP);
}

/* The last words name a photographer and an agency: "Hendrik Voss/Nordfoto". */
static bool ends_with_credit(struct slice text)
{
    struct slice tail = slice_sub(text, text.len > CREDIT_TAIL ? text.len - CREDIT_TAIL : 0, text.len);
    size_t slash = slice_find_byte(tail, '/', 1), taken;
    if (slash == SLICE_NOT_FOUND || slash + 1 >= tail.len || !utf8_starts_upper(slice_sub(tail, slash + 1, tail.len)))
        return false;
    if (!utf8_is_letter(utf8_decode_before(tail, slash, &taken)))
        return false;
    while (slash > 0 && is_word_character(utf8_decode_before(tail, slash, &taken)))
        slash -= taken;
    return utf8_starts_upper(slice_sub(tail, slash, tail.len));
}

static bool has_strong_cue(const struct line *line)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (line->cues.weight[role] >= STRONG_CUE)
            return true;
    return false;
}

static void read_shape(struct line *line, const struct shape *shape)
{
    float words = shape->words ? (float)shape->words : 1.0f;
    bool running = (float)shape->lower >= LOWER_SHARE * words && !shape->ellipsis && !has_strong_cue(line);
    bool sentence = shape->stop && shape->words >= PROSE_WORDS && (!shape->question || shape->sentences);
    bool prose = running && (sentence || shape->words >= LONG_PROSE_WORDS);
    read_length(line, shape->words);
    read_separators(line, shape);
    read_dates(line, shape);
    set(line, LINE_STOP, shape->stop && !shape->ellipsis);
    set(line, LINE_NO_STOP, !shape->stop && !shape->ellipsis);
    set(line, LINE_QUESTION, shape->question);
    set(line, LINE_ELLIPSIS, shape->ellipsis);
    set(line, LINE_COLON, shape->colon);
    set(line, LINE_SENTENCES, shape->sentences > 0);
    set(line, LINE_ALL_UPPER, shape->upper > 0 && shape->lower == 0 && shape->upper * 2 > shape->capital);
    set(line, LINE_TITLE_CASE, shape->words >= 3 && (float)shape->capital >= TITLE_SHARE * words);
    set(line, LINE_NAMES_ONLY, shape->words >= 2 && shape->words <= 6 && shape->capital == shape->words && !shape->stop);
    set(line, LINE_ADDRESS, shape->addresses > 0);
    set(line, LINE_COPYRIGHT, slice_find(slice_sub(line->text, 0, 80), SLICE("©"), 0) != SLICE_NOT_FOUND);
    set(line, LINE_NO_WORDS, shape->words == 0);
    set(line, LINE_CREDIT, !shape->stop && ends_with_credit(line->text));
    set(line, LINE_PROSE, prose);
    set(line, LINE_NOT_PROSE, !prose);
}

/* ------------------------------------------------------------ the neighbours */

static bool is_prose(const struct line *line)
{
    return line->features[LINE_PROSE] > 0;
}

static void read_neighbours(struct line *lines, uint32_t count)
{
    bool later = false;
    for (uint32_t i = count; i-- > 0;) {
        bool next = i + 1 < count && is_prose(&lines[i + 1]);
        bool soon = next || (i + 2 < count && is_prose(&lines[i + 2])) || (i + 3 < count && is_prose(&lines[i + 3]));
        set(&lines[i], LINE_PROSE_NEXT, next);
        set(&lines[i], LINE_PROSE_SOON, soon);
        set(&lines[i], LINE_PROSE_LATER, later);
        set(&lines[i], LINE_PROSE_NEVER, !later);
        set(&lines[i], LINE_PROSE_BEFORE, i > 0 && is_prose(&lines[i - 1]));
        set(&lines[i], LINE_FIRST, i == 0);
        set(&lines[i], LINE_ONLY, count == 1);
        later |= is_prose(&lines[i]);
    }
    bool under = false, comments = false;
    for (uint32_t i = 0; i < count; i++) {
        comments |= lines[i].cues.weight[ROLE_COMMENT] >= COMMENT_CUE;
        set(&lines[i], LINE_UNDER_COMMENTS, comments);
        under &= !is_prose(&lines[i]);
        set(&lines[i], LINE_UNDER_TEASERS, under);
        under |= lines[i].cues.heads_teasers;
    }
}

/* Summaries of other stories may be whole sentences without any cue. At the end of a text, two or more
 * of them that share no telling word with three paragraphs of story are no part of it. */
static void read_strange_end(struct line *lines, uint32_t count, const struct vocabulary_share *shares)
{
    uint32_t run = 0, first = count;
    for (uint32_t i = count; i-- > 0;) {
        if (!is_prose(&lines[i]))
            continue;
        bool brief = !lines[i].features[LINE_SENTENCES] && !lines[i].features[LINE_WORDS_19_35] &&
                     !lines[i].features[LINE_WORDS_36];
        if (!brief || shares[i].words < STRANGE_WORDS - 1 || shares[i].before > 0)
            break;
        run++;
        first = i;
    }
    uint32_t prose_before = 0;
    for (uint32_t i = 0; i < first; i++)
        prose_before += is_prose(&lines[i]);
    for (uint32_t i = first; i < count && run >= 2 && prose_before >= STRANGE_PROSE; i++)
        set(&lines[i], LINE_STRANGE_END, is_prose(&lines[i]));
}

static void read_vocabulary(struct arena *arena, struct line *lines, uint32_t count)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++)
        bytes += lines[i].text.len;
    struct line_vocabulary *vocabulary = line_vocabulary_create(arena, bytes);
    for (uint32_t i = 0; i < count; i++)
        if (is_prose(&lines[i]))
            line_vocabulary_add(vocabulary, lines[i].text, i);
    struct vocabulary_share *shares = arena_alloc(arena, count * sizeof *shares);
    uint32_t prose_before = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct vocabulary_share share = shares[i] = line_vocabulary_share(vocabulary, lines[i].text, i);
        float words = share.words > FEWEST_TELLING ? (float)share.words : FEWEST_TELLING;
        lines[i].features[LINE_KNOWN] = (float)share.before / words;
        lines[i].features[LINE_FORETOLD] = (float)share.after / words;
        set(&lines[i], LINE_STRANGE, share.words >= STRANGE_WORDS && share.before == 0 && prose_before >= STRANGE_PROSE);
        prose_before += is_prose(&lines[i]);
    }
    read_strange_end(lines, count, shares);
}

/* The first two words, if both begin upper case; null otherwise. */
static struct slice leading_name(struct slice text)
{
    size_t first = slice_find_byte(text, ' ', 0);
    if (first == SLICE_NOT_FOUND || first + 1 >= text.len)
        return SLICE_NULL;
    size_t second = slice_find_byte(text, ' ', first + 1);
    struct slice rest = slice_sub(text, first + 1, text.len);
    if (second == SLICE_NOT_FOUND || !utf8_starts_upper(text) || !utf8_starts_upper(rest))
        return SLICE_NULL;
    return slice_sub(text, 0, second);
}

/* "Ann Poe teaches in Leeds." under a story by Ann Poe is a note on her. */
static void read_byline_names(struct line *lines, uint32_t count)
{
    uint32_t bylines[BYLINES], found = 0, at = 0;
    for (; at < count && !is_prose(&lines[at]) && found < BYLINES; at++)
        if (lines[at].features[LINE_NAMES_ONLY] > 0 || lines[at].cues.weight[ROLE_BYLINE] > 0)
            bylines[found++] = at;
    for (; at < count && found; at++) {
        struct slice name = leading_name(lines[at].text);
        for (uint32_t i = 0; i < found && name.len; i++)
            if (slice_contains_nocase(lines[bylines[i]].text, name))
                set(&lines[at], LINE_BYLINE_NAME, true);
    }
}

/* Copies of pages begin with their title, "Mill burns - The Daily Loom", and show the headline later. */
static void read_repeats(struct line *lines, uint32_t count)
{
    for (uint32_t i = 1; i < count && i < REPEAT_LINES && !is_prose(&lines[i]); i++) {
        for (uint32_t before = 0; before < i && lines[i].text.len >= REPEAT_BYTES; before++) {
            if (!slice_starts_nocase(lines[before].text, lines[i].text))
                continue;
            set(&lines[before], LINE_REPEATED, true);
            set(&lines[i], LINE_REPEATS, true);
        }
    }
}

void line_features_read(struct arena *arena, const struct lexicon_table *months, const struct block *blocks,
                        struct line *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct shape shape = shape_of(lines[i].text.len <= DATED_LINE ? months : NULL, lines[i].text);
        read_start(&lines[i], &blocks[i]);
        read_shape(&lines[i], &shape);
    }
    read_neighbours(lines, count);
    read_vocabulary(arena, lines, count);
    read_byline_names(lines, count);
    read_repeats(lines, count);
}
