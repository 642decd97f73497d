#include "lines_internal.h"

#include "line_characters_internal.h"
#include "line_shape_internal.h"

#define PROSE_WORDS 8        /* the shortest sentences of news have about eight words */
#define SENTENCE_WORDS 5     /* a short sentence */
#define LONG_PROSE_WORDS 25  /* so long a line without any stop is prose that was cut */
#define CUT_PROSE_WORDS                                                                                                \
    60 /* a teaser that breaks off is shorter; a long paragraph that does is the story, cut by who sent it */
#define DATELINE_WORDS 9     /* "Lima, 14 nov (Agency)"; a longer line is prose that begins with its place */
#define LOWER_SHARE                                                                                                    \
    0.43f /* of the words of running text; German, with its capital nouns, has about .6, a short sentence .44 */
#define DATELINED_SHARE 0.25f /* behind a dateline, where no list of names or title is to be told from a sentence */
#define TITLE_SHARE 0.6f     /* capitalised words of a title in title case; small words stay small */
#define LISTED_LINE 200      /* bytes; in a longer line neither a date nor a single word tells anything */
#define CREDIT_TAIL 30       /* bytes: a surname and the name of an agency */
#define SIGNATURE_TAIL 60    /* bytes: a name and the paper it is with */
#define LONGEST_SIGNATURE 4  /* words */
#define FEWEST_WORDS 3.0f    /* a share of fewer words says less */
#define FACT_LABEL 32        /* bytes */
#define FACT_WORDS 6         /* words for each figure of a fact, at most */
#define JOINING 3            /* bytes of the words between names: in, and, und, aus, et */
#define LONG_CUED_WORDS 150  /* a line this long is no notice, whatever phrase it begins with */
#define STRONG_CUE 3.0f      /* a line with such a cue is not prose, whatever it looks like */

static void read_length(struct line *line, uint32_t words)
{
    line_set(line, LINE_ALWAYS, true);
    line_set(line, LINE_WORDS_1_3, words <= 3);
    line_set(line, LINE_WORDS_4_7, words >= 4 && words <= 7);
    line_set(line, LINE_WORDS_8_18, words >= 8 && words <= 18);
    line_set(line, LINE_WORDS_19_35, words >= 19 && words <= 35);
    line_set(line, LINE_WORDS_36, words >= 36);
}

static void read_separators(struct line *line, const struct line_shape *shape)
{
    bool listed = shape->separators > 0 && !(shape->stop && shape->words > 12);
    bool narrow = shape->words <= (shape->separators + 1) * 5 / 2 && shape->longest_part <= 4;
    line_set(line, LINE_BREADCRUMB, listed && narrow);
    line_set(line, LINE_SEPARATED, listed && !narrow);
}

static void read_dates(struct line *line, const struct line_shape *shape)
{
    bool date = shape->dates || shape->times || (shape->months && shape->days);
    line_set(line, LINE_DATE, date && shape->words <= 25 && line->text.len <= LISTED_LINE);
    line_set(line, LINE_ONLY_DATE, date && shape->other <= 2);
    size_t blank = slice_find_byte(line->text, ' ', 0);
    line_set(line, LINE_PLACE_DATE, date && shape->words <= DATELINE_WORDS && blank != SLICE_NOT_FOUND && blank > 1 &&
                                        line->text.ptr[blank - 1] == ',');
    line_set(line, LINE_ONLY_TIME, shape->times && !shape->dates && !shape->months && shape->words <= 2 + shape->upper);
}

static void read_start(struct line *line, const struct block *block)
{
    size_t taken;
    uint32_t first = character_at(line->text, 0, &taken), last = utf8_decode_before(line->text, line->text.len, &taken);
    bool digit = utf8_is_digit(first);
    line_set(line, LINE_BULLET, block->tag == BLOCK_LIST_ITEM && !digit);
    line_set(line, LINE_NUMBERED, block->tag == BLOCK_LIST_ITEM && digit);
    line_set(line, LINE_BRACKETED,
             (first == '(' || first == '[' || first == '{') && (last == ')' || last == ']' || last == '}'));
    line_set(line, LINE_QUOTED, first == '"' || first == 0xAB || first == 0xBB || (first >= 0x2018 && first <= 0x201F));
    line_set(line, LINE_LOWER_START, utf8_is_lower(first));
    line_set(line, LINE_AFTER_GAP, block->flags & BLOCK_AFTER_GAP);
    line_set(line, LINE_BEFORE_GAP, block->flags & BLOCK_BEFORE_GAP);
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

/* Behind the last sentence stands a copyright mark or a name in capitals: "Fachada, en Carmona. PACO PUENTES", "À
 * l'usine. © Ida Roux". */
static bool ends_with_signature(struct slice text)
{
    size_t at = text.len > SIGNATURE_TAIL ? text.len - SIGNATURE_TAIL : 0, stop, blanks = 0;
    bool found = false;
    for (; (stop = slice_find(text, SLICE(". "), at)) != SLICE_NOT_FOUND; found = true)
        at = stop + 2;
    struct slice name = slice_sub(text, at, text.len);
    if (!found || slice_starts(name, SLICE("©")))
        return found;
    for (size_t i = 0; i < name.len; i++)
        blanks += name.ptr[i] == ' ';
    return blanks && blanks < LONGEST_SIGNATURE && !utf8_has_digit(name) && utf8_all_upper(name);
}

/* How many words a line with a cue for this role has at most. Only consent notices run on: a story of one line may
 * begin with an editor's note, or end with "Continue reading". */
static uint32_t longest_cued(int role)
{
    return role == ROLE_CONSENT ? UINT32_MAX : role == ROLE_TEASER ? CUT_PROSE_WORDS : LONG_CUED_WORDS;
}

static bool has_strong_cue(const struct line *line, uint32_t words)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (line->cues.weight[role] >= STRONG_CUE && words < longest_cued(role))
            return true;
    return false;
}

/* "Attendance: 14,206. Referee: Ana Kos", "Net result: -3.1" */
static bool is_fact(struct slice text, const struct line_shape *shape)
{
    size_t colon = slice_find(slice_sub(text, 0, FACT_LABEL), SLICE(": "), 1);
    return colon != SLICE_NOT_FOUND && shape->digits * FACT_WORDS >= shape->words && !shape->times && !shape->dates &&
           !shape->months && !shape->addresses && text.len <= LISTED_LINE;
}

static void read_shape(struct line *line, const struct line_shape *shape, bool prose)
{
    float words = shape->words ? (float)shape->words : 1.0f;
    read_length(line, shape->words);
    read_separators(line, shape);
    read_dates(line, shape);
    line_set(line, LINE_STOP, shape->stop && !shape->ellipsis);
    line_set(line, LINE_NO_STOP, !shape->stop && !shape->ellipsis);
    line_set(line, LINE_QUESTION, shape->question);
    line_set(line, LINE_ELLIPSIS, shape->ellipsis);
    line_set(line, LINE_COLON, shape->colon);
    line_set(line, LINE_COMMA, slice_ends(line->text, SLICE(",")));
    line_set(line, LINE_SENTENCES, shape->sentences > 0);
    line_set(line, LINE_ALL_UPPER, shape->upper > 0 && shape->lower == 0 && shape->upper * 2 > shape->capital);
    line_set(line, LINE_TITLE_CASE, shape->words >= 3 && (float)shape->capital >= TITLE_SHARE * words);
    line_set(line, LINE_NAMES_ONLY,
             shape->words >= 2 && shape->words <= 6 && shape->capital == shape->words && !shape->stop);
    line_set(line, LINE_NAMES_JOINED, shape->capital >= 4 && shape->lower > 0 && shape->longest_lower <= JOINING &&
                                          shape->capital >= 2 * shape->lower && !shape->stop && !shape->digits);
    bool full_stop = shape->stop && !shape->question && !shape->ellipsis;
    line_set(line, LINE_SHORT_SENTENCE, !prose && full_stop && shape->words >= SENTENCE_WORDS && shape->lower >= 2 &&
                                            !shape->separators && !has_strong_cue(line, shape->words));
    line_set(line, LINE_FIGURES, shape->digits >= 2 && shape->digits * 3 >= shape->words && !shape->times);
    line->features[LINE_SERVICE] = (float)shape->service / (words > FEWEST_WORDS ? words : FEWEST_WORDS);
    line_set(line, LINE_READER, shape->reader > 0);
    line_set(line, LINE_SPEECH, shape->speech > 0);
    line_set(line, LINE_FACT, !prose && is_fact(line->text, shape) && !has_strong_cue(line, shape->words));
    line_set(line, LINE_ADDRESS, shape->addresses > 0);
    line_set(line, LINE_COPYRIGHT, slice_find(slice_sub(line->text, 0, 80), SLICE("©"), 0) != SLICE_NOT_FOUND);
    line_set(line, LINE_NO_WORDS, shape->words == 0);
    line_set(line, LINE_CREDIT, !shape->stop && (ends_with_credit(line->text) ||
                                          (shape->lower && shape->sentences && ends_with_signature(line->text))));
    line_set(line, LINE_PROSE, prose);
    line_set(line, LINE_NOT_PROSE, !prose);
}

/* Is the line running text by the words that `shape` counts, of which this share at the least begins small? */
static bool runs(const struct line *line, const struct line_shape *shape, float lower_share)
{
    bool cut = shape->ellipsis && !(shape->words >= CUT_PROSE_WORDS && shape->sentences > 1);
    bool sentence = shape->stop && shape->words >= PROSE_WORDS && (!shape->question || shape->sentences);
    return (float)shape->lower >= lower_share * (float)(shape->words ? shape->words : 1) && !cut &&
           !has_strong_cue(line, shape->words) && (sentence || shape->words >= LONG_PROSE_WORDS);
}

/* "IZNIK, Turkey (RNS) — Pope Leo XIV and Patriarch Bartholomew prayed ...": a sentence behind a dateline is prose, be
 * it full of names. True: `shape` is then of that sentence. */
static bool runs_behind_dateline(const struct line *line, const struct line_tables *tables, struct line_shape *shape)
{
    size_t dateline = shape->stop && shape->words > PROSE_WORDS ? line_dateline_length(line->text) : 0;
    if (dateline == 0)
        return false;
    struct line_shape behind = line_shape_read(tables, slice_sub(line->text, dateline, line->text.len));
    if (!runs(line, &behind, DATELINED_SHARE))
        return false;
    *shape = behind;
    return true;
}

void line_looks_read(const struct line_tables *tables, const struct block *block, struct line *line)
{
    tables = line->text.len <= LISTED_LINE ? tables : NULL;
    struct line_shape shape = line_shape_read(tables, line->text);
    bool prose = runs(line, &shape, LOWER_SHARE) || runs_behind_dateline(line, tables, &shape);
    read_start(line, block);
    read_shape(line, &shape, prose);
}
