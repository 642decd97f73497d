#include "lines_internal.h"

#include "base/map.h"
#include "line_characters_internal.h"
#include "line_vocabulary_internal.h"

#define FEWEST_TELLING 4     /* a share of fewer words says less: one known word of one is a quarter */
#define BOX_CUE 3.0f
#define COMMENT_CUE 4.0f     /* only under such a cue are sentences comments */
#define STRANGE_WORDS 5      /* so many telling words without one of the story: chance is below 1 in 20 */
#define STRANGE_ALONE 7     /* for a single sentence at the end */
#define STRANGE_PROSE 3     /* paragraphs of story that must stand before one may say so */
#define REPEAT_LINES 40      /* lines above the prose that are compared with each other */
#define REPEAT_BYTES 15      /* a shorter line may begin another by chance: "Sport", "Sports quiz" */
#define DOUBLE_BYTES 60     /* a longer line that stands twice is a quotation drawn out of the prose */
#define STORY_WORDS 15      /* telling words on both sides before a second story can be told from the first */
#define STORY_KNOWN 0.06f   /* share of the words after its headline that stand before it as well */
#define STORY_FORETOLD 0.4f /* share of its headline's words that its prose takes up */
#define INTERVIEW 3         /* so many lines that ask make an interview */
#define BYLINES 4            /* lines above the prose that may name the authors */

/* ------------------------------------------------------------ the neighbours */

static bool is_prose(const struct line *line)
{
    return line->features[LINE_PROSE] > 0;
}

static bool has_cue(const struct line *line)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (line->cues.weight[role] > 0 && role != ROLE_KICKER)
            return true;
    return false;
}

/* A text has some prose: where no line looks like it ("... because of union politics ..."), the longest one is. */
static void find_some_prose(struct line *lines, uint32_t count)
{
    struct line *longest = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (is_prose(&lines[i]))
            return;
        bool words = lines[i].features[LINE_WORDS_19_35] > 0 || lines[i].features[LINE_WORDS_36] > 0;
        if (words && !has_cue(&lines[i]) && (!longest || lines[i].text.len > longest->text.len))
            longest = &lines[i];
    }
    if (longest) {
        line_set(longest, LINE_PROSE, true);
        line_set(longest, LINE_NOT_PROSE, false);
    }
}

static void read_neighbours(struct line *lines, uint32_t count)
{
    bool later = false;
    for (uint32_t i = count; i-- > 0;) {
        bool next = i + 1 < count && is_prose(&lines[i + 1]);
        bool soon = next || (i + 2 < count && is_prose(&lines[i + 2])) || (i + 3 < count && is_prose(&lines[i + 3]));
        line_set(&lines[i], LINE_PROSE_NEXT, next);
        line_set(&lines[i], LINE_PROSE_SOON, soon);
        line_set(&lines[i], LINE_PROSE_LATER, later);
        line_set(&lines[i], LINE_PROSE_NEVER, !later);
        line_set(&lines[i], LINE_PROSE_BEFORE, i > 0 && is_prose(&lines[i - 1]));
        line_set(&lines[i], LINE_FIRST, i == 0);
        line_set(&lines[i], LINE_ONLY, count == 1);
        later |= is_prose(&lines[i]);
    }
}

/* "Tour dates:", "Serves four. You need:": what stands under a colon is part of the story. */
static void read_lists(struct line *lines, uint32_t count)
{
    bool listed = false;
    for (uint32_t i = 0; i < count; i++) {
        const float *is = lines[i].features;
        bool ends =
            is_prose(&lines[i]) || is[LINE_UNDER_TEASERS] > 0 || is[LINE_UNDER_COMMENTS] > 0 || has_cue(&lines[i]);
        listed &= !ends;
        line_set(&lines[i], LINE_LISTED, listed);
        bool heads = is[LINE_COLON] > 0 && !has_cue(&lines[i]) && !is[LINE_UNDER_TEASERS] && !is[LINE_UNDER_COMMENTS];
        if (heads && i + 1 < count && !is_prose(&lines[i + 1]) && !has_cue(&lines[i + 1]))
            line_set(&lines[i], LINE_LISTED, true);
        listed |= heads;
    }
}

/* What a heading says of the lines under it, until the story goes on. "Comments" above the story is a
 * button, not a heading. */
static void read_headings(struct line *lines, uint32_t count)
{
    bool teasers = false, comments = false, resumed = false, told = false, signature = false;
    for (uint32_t i = 0; i < count; i++) {
        bool resumes = lines[i].cues.resumes && told;
        comments = !resumes && (comments || (told && lines[i].cues.weight[ROLE_COMMENT] >= COMMENT_CUE));
        teasers &= !resumes && !is_prose(&lines[i]);
        line_set(&lines[i], LINE_UNDER_COMMENTS, comments);
        line_set(&lines[i], LINE_UNDER_TEASERS, teasers);
        line_set(&lines[i], LINE_RESUMED, resumed);
        signature |= told && (lines[i].cues.closes || slice_equals(lines[i].text, SLICE("--")));
        line_set(&lines[i], LINE_SIGNED, signature);
        line_set(&lines[i], LINE_INLINE_TEASER, lines[i].cues.weight[ROLE_TEASER] > 0 && !lines[i].cues.heads_teasers);
        teasers |= lines[i].cues.heads_teasers && i > 0; /* "In pictures" at the very top is the story's own kicker */
        told |= is_prose(&lines[i]);
        resumed = resumes;
    }
}

static bool is_byline(const struct line *line)
{
    const float *is = line->features;
    return !is_prose(line) && (is[LINE_NAMES_ONLY] > 0 || is[LINE_ONLY_DATE] > 0 || line->cues.weight[ROLE_BYLINE] > 0);
}

/* "Pink or grey? The council votes on Monday." above the author's name: a standfirst, though it looks like prose. */
static void read_before_byline(struct line *lines, uint32_t count)
{
    uint32_t first = 0;
    while (first < count && !is_prose(&lines[first]))
        first++;
    bool soon = (first + 1 < count && is_byline(&lines[first + 1])) ||
                (first + 2 < count && !is_prose(&lines[first + 1]) && is_byline(&lines[first + 2]));
    if (first < count)
        line_set(&lines[first], LINE_BEFORE_BYLINE, first > 0 && soon && lines[first].features[LINE_PROSE_LATER] > 0);
}

/* The title of a box stands right above what it asks for: "THE MORNING BRIEFING", "Enter your e-mail address". */
static void read_boxes(struct line *lines, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        const float *cues = lines[i + 1].cues.weight;
        bool asks = cues[ROLE_NEWSLETTER] >= BOX_CUE || cues[ROLE_ADVERTISEMENT] >= BOX_CUE;
        line_set(&lines[i], LINE_HEADS_BOX,
                 asks && lines[i].features[LINE_NO_STOP] > 0 && !lines[i + 1].features[LINE_AFTER_GAP] &&
                     !is_prose(&lines[i]) && !is_prose(&lines[i + 1]));
    }
}

/* Lines that hold a time of the day and nothing else are the marks of a live blog, where two of them stand. */
static void read_live_times(struct line *lines, uint32_t count)
{
    uint32_t times = 0;
    for (uint32_t i = 0; i < count; i++)
        times += lines[i].features[LINE_ONLY_TIME] > 0;
    for (uint32_t i = 0; i < count && times >= 2; i++)
        line_set(&lines[i], LINE_LIVE_TIME, lines[i].features[LINE_ONLY_TIME] > 0);
}

/* "Advertisement", "Share", "Reply": a line that stands in a text twice heads no part of it. */
static void read_doubles(struct arena *arena, struct line *lines, uint32_t count)
{
    struct map first = map_make(arena, count);
    for (uint32_t i = 0; i < count; i++) {
        if (lines[i].text.len > DOUBLE_BYTES || lines[i].features[LINE_NO_WORDS] > 0)
            continue;
        void **before = map_at(&first, lines[i].text);
        if (*before) {
            line_set(&lines[i], LINE_TWICE, true);
            line_set(*before, LINE_TWICE, true);
        }
        *before = &lines[i];
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
                     !lines[i].features[LINE_WORDS_36] && !lines[i].features[LINE_QUOTED];
        if (!brief || shares[i].words < STRANGE_WORDS - 1 || shares[i].before > 0)
            break;
        run++;
        first = i;
    }
    uint32_t prose_before = 0;
    for (uint32_t i = 0; i < first; i++)
        prose_before += is_prose(&lines[i]);
    if (prose_before < STRANGE_PROSE || run == 0 || (run == 1 && shares[first].words < STRANGE_ALONE))
        return;
    if (first > 0 && lines[first - 1].features[LINE_NO_STOP] > 0 && !is_prose(&lines[first - 1]))
        first--; /* its own title */
    for (uint32_t i = first; i < count; i++)
        line_set(&lines[i], LINE_STRANGE_END, is_prose(&lines[i]) || (i + 1 < count && is_prose(&lines[i + 1])));
}

/* Could the line be the headline of a second story? */
static bool may_head_story(const struct line *line)
{
    const float *is = line->features;
    if (has_cue(line))
        return false;
    return (is[LINE_WORDS_4_7] > 0 || is[LINE_WORDS_8_18] > 0) && is[LINE_NO_STOP] > 0 && is[LINE_PROSE_SOON] > 0 &&
           !is[LINE_COLON] && !is[LINE_BULLET] && !is[LINE_NUMBERED] && !is[LINE_PROSE] && !is[LINE_QUOTED] &&
           !is[LINE_NAMES_ONLY] && !is[LINE_DATE];
}

/* A dateline under the heading settles it; else only a gap, not one known word, and prose that takes up
 * the heading's. Sections of one story share words: one of fifty at the least, in the texts looked at. */
static bool begins_story(const struct line *heading, const struct line *next, float known)
{
    bool dated = next && ((next->features[LINE_DATE] > 0 && !is_prose(next)) || line_dateline_length(next->text) > 0);
    if (dated)
        return known <= STORY_KNOWN;
    return known == 0 && heading->features[LINE_AFTER_GAP] > 0 && heading->features[LINE_FORETOLD] >= STORY_FORETOLD;
}

/* Two stories in one paste: from the headline of the second on, hardly a word is known from before. */
static void read_other_story(struct arena *arena, const struct line_vocabulary *vocabulary, struct line *lines,
                             const struct line_words *words, uint32_t count)
{
    int32_t *steps = arena_calloc(arena, count + 1, sizeof *steps), known = 0;
    uint32_t after = 0, before = 0, prose = 0;
    for (uint32_t i = 0; i < count; i++)
        if (is_prose(&lines[i])) {
            line_vocabulary_bridges(vocabulary, &words[i], i, steps);
            after += words[i].count;
        }
    bool other = false;
    for (uint32_t i = 0; i < count; i++) {
        known += steps[i];
        if (!other && prose >= 2 && before >= STORY_WORDS && after >= STORY_WORDS && may_head_story(&lines[i]))
            other = begins_story(&lines[i], i + 1 < count ? &lines[i + 1] : NULL, (float)known / (float)after);
        line_set(&lines[i], LINE_OTHER_STORY, other);
        uint32_t own = is_prose(&lines[i]) ? words[i].count : 0;
        before += own;
        after -= own;
        prose += own > 0;
    }
}

static void read_vocabulary(struct arena *arena, struct line *lines, uint32_t count)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++)
        bytes += lines[i].text.len;
    struct line_vocabulary *vocabulary = line_vocabulary_create(arena, bytes);
    struct line_words *words = arena_alloc(arena, count * sizeof *words);
    for (uint32_t i = 0; i < count; i++) {
        words[i] = line_words_read(arena, lines[i].text);
        if (is_prose(&lines[i]))
            line_vocabulary_add(vocabulary, &words[i], i);
    }
    struct vocabulary_share *shares = arena_alloc(arena, count * sizeof *shares);
    uint32_t prose_before = 0, questions = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct vocabulary_share share = shares[i] = line_vocabulary_share(vocabulary, &words[i], i);
        float telling = share.words > FEWEST_TELLING ? (float)share.words : FEWEST_TELLING;
        lines[i].features[LINE_KNOWN] = (float)share.before / telling;
        lines[i].features[LINE_FORETOLD] = (float)share.after / telling;
        line_set(&lines[i], LINE_STRANGE,
                 share.words >= STRANGE_WORDS && share.before == 0 && prose_before >= STRANGE_PROSE);
        questions += lines[i].features[LINE_QUESTION] > 0;
        bool loose =
            lines[i].features[LINE_QUESTION] > 0 && lines[i].features[LINE_PROSE_NEVER] > 0 && !is_prose(&lines[i]);
        line_set(&lines[i], LINE_LOOSE_QUESTION, loose && questions < INTERVIEW && share.before == 0);
        prose_before += is_prose(&lines[i]);
    }
    read_strange_end(lines, count, shares);
    read_other_story(arena, vocabulary, lines, words, count);
}

/* The first two words, if both begin upper case; null otherwise. */
static struct slice leading_name(struct slice text)
{
    while (text.len && !utf8_starts_upper(text) && !ascii_is_alpha(text.ptr[0]) && (unsigned char)text.ptr[0] < 0x80)
        text = slice_sub(text, 1, text.len); /* "* Ann Poe is a cook." */
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
        for (uint32_t i = 0; i < found && name.len; i++) {
            if (slice_contains_nocase(lines[bylines[i]].text, name)) {
                line_set(&lines[at], LINE_BYLINE_NAME, true);
                line_set(&lines[at], LINE_BULLET, false); /* a star before a note on the author makes no list */
            }
        }
    }
}

/* Copies of pages begin with their title, "Mill burns - The Daily Loom", and show the headline later. */
static void read_repeats(struct line *lines, uint32_t count)
{
    for (uint32_t i = 1; i < count && i < REPEAT_LINES && !is_prose(&lines[i]); i++) {
        for (uint32_t before = 0; before < i && lines[i].text.len >= REPEAT_BYTES; before++) {
            if (!slice_starts_nocase(lines[before].text, lines[i].text))
                continue;
            line_set(&lines[before], LINE_REPEATED, true);
            line_set(&lines[i], LINE_REPEATS, true);
        }
    }
}

void line_features_read(struct arena *arena, const struct line_tables *tables, const struct block *blocks,
                        struct line *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        line_looks_read(tables, &blocks[i], &lines[i]);
    find_some_prose(lines, count);
    read_neighbours(lines, count);
    read_headings(lines, count);
    read_lists(lines, count);
    read_boxes(lines, count);
    read_before_byline(lines, count);
    read_live_times(lines, count);
    read_doubles(arena, lines, count);
    read_vocabulary(arena, lines, count);
    read_byline_names(lines, count);
    read_repeats(lines, count);
}
