/* Authors of raw text: the names in the lines that text/lines takes for bylines, without who published the text, and
 * from text that has lost its capitals. */
#include "article/knowledge.h"
#include "authors_internal.h"
#include "base/utf8.h"
#include "model/gazetteer.h"
#include "model/word_classes.h"

#define RARE_WORD 12 /* frequency class from which a word may be anybody's name */
#define LONGEST_WIDE_LINE 60 /* bytes */
#define LINES_ABOVE 4 /* the prose, where reporters are named */
#define WIDE_BRACKET 0xFF09
#define TEXT_BYLINE_CONFIDENCE 0.9f /* share of bylines in raw/dev whose names are read right, rounded down */

static struct slice first_word(struct slice name)
{
    struct slice first = SLICE_NULL;
    slice_split(&name, ' ', &first);
    return first;
}

bool author_is_place(const struct job *job, struct slice name)
{
    const struct gazetteer *gazetteer = job->knowledge->gazetteer;
    const struct gazetteer_entry *entry = gazetteer_find_text(gazetteer, name);
    if (!entry || !(entry->classes & NAME_ANY_PLACE))
        return false;
    entry = gazetteer_find_text(gazetteer, first_word(name));
    bool several = slice_find_byte(name, ' ', 0) != SLICE_NOT_FOUND;
    return !entry || !(entry->classes & (several ? NAME_GIVEN : NAME_GIVEN | NAME_SURNAME));
}

static bool is_media(const struct gazetteer_entry *entry, uint32_t classes)
{
    return entry && entry->classes & classes && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("media"));
}

/* "Sky News", "BBC Wales", "Milltown Courier", "Agência Lusa": who published it, below or beside the one who wrote it.
 */
static bool is_publisher(const struct job *job, struct slice name)
{
    const struct gazetteer *gazetteer = job->knowledge->gazetteer;
    struct slice first = first_word(name), last = slice_behind_last(name, ' ');
    if (is_media(gazetteer_find_text(gazetteer, name), NAME_ORGANIZATION) ||
        (author_is_shouted(first) && is_media(gazetteer_find_text(gazetteer, first), NAME_ORGANIZATION)))
        return true;
    if (slice_is_null(last))
        return false;
    const struct lexicon_row *row = lexicon_find(job->knowledge->authors->noise, utf8_lower(job->arena, last));
    const struct gazetteer_entry *tail = gazetteer_find_text(gazetteer, last),
                                 *head = gazetteer_find_text(gazetteer, first);
    bool named = head && head->classes & NAME_GIVEN; /* "Ada Herald" */
    return !named &&
           ((row && slice_equals(row->columns[1], SLICE("agency"))) || is_media(tail, NAME_ORGANIZATION_TAIL));
}

/* ------------------------------------------------------- without capitals */

/* Words that a byline has in small letters: "by", "van", "correspondent", "in", "and". */
static bool stays_small(const struct author_lexicon *lexicon, struct slice word)
{
    return lexicon_find(lexicon->cues, word) || lexicon_find(lexicon->particles, word) ||
           lexicon_find(lexicon->roles, word) || map_get(&lexicon->function_words, word);
}

/* "by tom o'neill" -> "by Tom O'Neill" */
static struct slice with_capitals(const struct job *job, struct slice line)
{
    struct buffer out = buffer_make(line.len * 2 + 4);
    struct slice rest = line, word;
    while (slice_split(&rest, ' ', &word)) {
        bool small = stays_small(job->knowledge->authors, word), begins = true;
        size_t taken;
        if (out.len)
            buffer_append_byte(&out, ' ');
        for (size_t at = 0; at < word.len; at += taken) {
            uint32_t c = utf8_decode(word, at, &taken);
            utf8_append(&out, begins && !small ? utf8_to_upper(c) : c);
            begins = c == '-' || (at == 1 && c == '\'');
        }
    }
    struct slice result = arena_copy(job->arena, buffer_slice(&out));
    buffer_free(&out);
    return result;
}

/* A word that people are not called by, as far as is known. */
static bool is_everyday(const struct job *job, struct slice word)
{
    const struct gazetteer_entry *entry = gazetteer_find_text(job->knowledge->gazetteer, word);
    if (entry && entry->classes & (NAME_SURNAME | NAME_GIVEN))
        return false;
    struct slice lower = utf8_lower(job->arena, word);
    return entry || (!lexicon_find(job->knowledge->authors->particles, lower) &&
                     word_class_of(job->knowledge->word_classes, lower) < RARE_WORD);
}

/* Without capitals two words behind "by" are a name where neither is an everyday one. */
static bool is_name_by_words(const struct job *job, struct slice name)
{
    size_t words = 0;
    for (struct slice word; slice_split(&name, ' ', &word); words++)
        if (is_everyday(job, word))
            return false;
    return words > 1;
}

/* ------------------------------------------------------------------- lines */

/* A script without capitals does not show that a word is a name: what stands there without a cue may be any label. */
static bool is_shown_as_name(const struct byline *byline, struct slice name)
{
    return byline->cue || byline->job || !byline_is_caseless(name) || slice_find_byte(name, ' ', 0) != SLICE_NOT_FOUND;
}

static void take_names(struct job *job, uint32_t index, struct slice text, bool needs_cue)
{
    bool caseless = utf8_all_lower(text);
    struct byline byline;
    byline_read(job->arena, job->knowledge->authors, caseless ? with_capitals(job, text) : text, BYLINE_PLAIN,
                needs_cue, &byline);
    struct finding like = {.source = SOURCE_BYLINE, .confidence = TEXT_BYLINE_CONFIDENCE, .raw = text, .block = index};
    for (size_t n = 0; n < byline.count; n++)
        if (!is_publisher(job, byline.names[n]) && !author_is_place(job, byline.names[n]) &&
            is_shown_as_name(&byline, byline.names[n]) && (!caseless || is_name_by_words(job, byline.names[n])))
            author_add(job, byline.names[n], &like);
}

static void read_opening(struct job *job, uint32_t first)
{
    struct author_candidate opening = {.name_count = 0};
    if (!author_read_opening(job, first, &opening))
        return;
    struct finding like = {
        .source = SOURCE_BYLINE, .confidence = TEXT_BYLINE_CONFIDENCE, .raw = opening.raw, .block = first};
    for (size_t n = 0; n < opening.name_count; n++)
        author_add(job, opening.names[n], &like);
}

/* What stands in the first or the last brackets of these scripts: "新华社洛阳电（记者李文静、王晓岚）...", "...（记者 李文静）". */
static void read_brackets(struct job *job, uint32_t index, bool last)
{
    struct slice text = block_text(&job->article, &job->article.blocks[index]), open = SLICE("（"), close = SLICE("）");
    if (last && !slice_ends(text, close))
        return;
    size_t from = last && text.len > LONGEST_WIDE_LINE ? text.len - LONGEST_WIDE_LINE : 0, at, next;
    at = slice_find(slice_sub(text, 0, last ? text.len : LONGEST_WIDE_LINE), open, from);
    while (last && at != SLICE_NOT_FOUND && (next = slice_find(text, open, at + open.len)) != SLICE_NOT_FOUND)
        at = next;
    size_t end = at == SLICE_NOT_FOUND ? at : slice_find(text, close, at);
    if (end != SLICE_NOT_FOUND && end - at <= LONGEST_WIDE_LINE)
        take_names(job, index, slice_sub(text, at + open.len, end), true);
}

/* "洛阳日报记者 李文静", "（记者 李文静）": a short line in scripts whose cues are no words of everyday besides. */
static bool is_wide_line(struct slice text)
{
    size_t taken;
    uint32_t last = text.len <= LONGEST_WIDE_LINE ? utf8_decode_before(text, text.len, &taken) : 0;
    if (last == WIDE_BRACKET || last == ')')
        last = utf8_decode_before(text, text.len - taken, &taken);
    return utf8_is_cjk(last);
}

/* Lines that are bylines; behind a cue, lines that give the day as well ("12 May 2025 | By Ada Quill") and, in those
 * scripts, short ones right above and below the prose. */
static void read_line(struct job *job, uint32_t index, bool by_prose)
{
    const struct block *block = &job->article.blocks[index];
    bool wide = by_prose && block->role != ROLE_HEADLINE && block->role != ROLE_BODY &&
                is_wide_line(block_text(&job->article, block));
    if (block->role == ROLE_BYLINE || block->role == ROLE_DATELINE || wide)
        take_names(job, index, block_text(&job->article, block), block->role != ROLE_BYLINE);
}

void authors_read_text(struct job *job)
{
    const struct article *article = &job->article;
    uint32_t first = NO_BLOCK, last = 0;
    for (uint32_t i = 0; i < article->block_count; i++) {
        if (article->blocks[i].role != ROLE_BODY)
            continue;
        first = first == NO_BLOCK ? i : first;
        last = i;
    }
    for (uint32_t i = 0; i < article->block_count; i++)
        read_line(job, i, first != NO_BLOCK && (i == last + 1 || (i < first && first - i <= LINES_ABOVE)));
    if (article->author_count == 0)
        read_opening(job, first);
    if (article->author_count == 0 && first != NO_BLOCK)
        read_brackets(job, first, false);
    if (article->author_count == 0 && first != NO_BLOCK)
        read_brackets(job, last, true);
}
