/* lines_internal: the parts of text/lines. A text becomes blocks in five steps, one file each:
 *   line_split     physical lines, hard-wrapped ones joined          (spans and gaps)
 *   line_cues      phrases of data/lexicon/line_cues.tsv in a block   (a weight for each role)
 *   line_looks     what a block looks like (numbers, mostly 0 or 1; its words counted by line_shape)
 *   line_features  these, and what stands around it
 *   line_model     features -> the best row of roles                  (Viterbi) */
#ifndef NEWSMETA_TEXT_LINES_INTERNAL_H
#define NEWSMETA_TEXT_LINES_INTERNAL_H

#include "article/job.h"
#include "base/map.h"
#include "model/lexicon.h"

/* ---------------------------------------------------------------- line_split */

/* How a text uses its letters: both cases, or (but for a few) small letters alone or capitals alone. A script without
 * case has both. */
enum line_case { LINE_CASE_BOTH, LINE_CASE_LOWER, LINE_CASE_UPPER };

enum line_case line_case_of(struct slice text);

/* Blocks of the text with span, tag and gap flags; *truncated says that LIMIT_BLOCKS cut it short. */
struct block *line_split(struct arena *arena, struct slice text, uint32_t *count, bool *truncated);

/* ------------------------------------------------------------- line_dateline */

/* Bytes of the dateline that a wire story opens with, the dash behind it included: "LIMA, Aug 22 (Agency) - ",
 * "Berlin (dpa) – ", "(ANSA) - ". 0: none. */
size_t line_dateline_length(struct slice text);

/* ----------------------------------------------------------------- line_cues */

struct line_cues;

const struct line_cues *line_cues_create(struct arena *arena, const struct lexicon_table *table);

/* The cues that the text's lexicon holds (lines.c); text/body looks for them in the blocks of a page. */
const struct line_cues *line_lexicon_cues(const struct line_lexicon *lexicon);

struct cue_found {
    float weight[ROLE_COUNT]; /* the heaviest cue of each role; 0: none */
    bool resumes;             /* it says that the story goes on behind it: "Story continues below" */
    bool heads_teasers;       /* it is nothing but a heading of other stories: "Most read" */
    bool closes;              /* nothing of the story stands behind it: "Kind regards", "Press contact" */
    float channels;           /* weight of the places to follow a site at that it names: "Telegram", "Google News" */
    uint32_t label;           /* bytes of a label that is no part of the text it stands before ("Subject: ") */
};

void line_cues_find(const struct line_cues *cues, struct arena *arena, struct slice text, struct cue_found *found);

/* ------------------------------------------------------------- line_features */

/* What is known of a block. The name is the one that data/lexicon/line_weights.tsv uses. */
#define LINE_FEATURE_TABLE(X)                                                                                          \
    X(ALWAYS, "always")                                                                                                \
    X(WORDS_1_3, "words_1_3")                                                                                          \
    X(WORDS_4_7, "words_4_7")                                                                                          \
    X(WORDS_8_18, "words_8_18")                                                                                        \
    X(WORDS_19_35, "words_19_35")                                                                                      \
    X(WORDS_36, "words_36")              /* 36 and more */                                                             \
    X(STOP, "stop")                      /* ends with . ! ? and closing quotes */                                      \
    X(NO_STOP, "no_stop")                                                                                              \
    X(QUESTION, "question")                                                                                            \
    X(ELLIPSIS, "ellipsis")              /* ends with ... or …, cue words behind it left aside */                      \
    X(COLON, "colon")                                                                                                  \
    X(COMMA, "comma")                    /* ends with one: a greeting, or half a sentence */                           \
    X(SENTENCES, "sentences")            /* two or more */                                                             \
    X(ALL_UPPER, "all_upper")                                                                                          \
    X(TITLE_CASE, "title_case")          /* most words begin upper case */                                             \
    X(NAMES_ONLY, "names_only")          /* two to six capitalised words and nothing else */                           \
    X(NAMES_JOINED, "names_joined")      /* names, and small words between them: "Ann Poe in Leeds, Bo Li in Jos" */ \
    X(BREADCRUMB, "breadcrumb")          /* short parts between separators */                                          \
    X(SEPARATED, "separated")            /* longer parts between separators */                                         \
    X(BULLET, "bullet")                                                                                                \
    X(NUMBERED, "numbered")                                                                                            \
    X(DATE, "date")                      /* a day, month or time of day stands in it */                                \
    X(ONLY_TIME, "only_time")            /* a time of the day and hardly anything else */                              \
    X(ONLY_DATE, "only_date")            /* and hardly anything else */                                                \
    X(ADDRESS, "address")                /* URL, e-mail, telephone number */                                           \
    X(COPYRIGHT, "copyright")                                                                                          \
    X(BRACKETED, "bracketed")                                                                                          \
    X(QUOTED, "quoted")                  /* begins with a quotation mark */                                            \
    X(LOWER_START, "lower_start")                                                                                      \
    X(KNOWN, "known")                    /* share of its telling words that stand in the prose before it */            \
    X(STRANGE, "strange")                /* five telling words or more, none of them in the prose before */            \
    X(NO_WORDS, "no_words")              /* marks only */                                                             \
    X(CREDIT, "credit")                  /* ends with Somebody/Agency, SOMEBODY or © behind a sentence */            \
    X(UNDER_TEASERS, "under_teasers")    /* no prose between it and a heading of other stories */                      \
    X(UNDER_COMMENTS, "under_comments")  /* a heading of comments stands above it, or it is one */                     \
    X(REPEATED, "repeated")              /* a later line above the prose is its beginning: the page's title */         \
    X(REPEATS, "repeats")                /* it is such a line */                                                       \
    X(STRANGE_END, "strange_end")        /* one of two sentences or more at the end that all share no word with it */  \
    X(BYLINE_NAME, "byline_name")        /* begins with a name that stood alone or in a byline above the prose */     \
    X(SHORT_SENTENCE, "short_sentence")  /* ends with a full stop, has small words, and is no prose by its looks */    \
    X(PLACE_DATE, "place_date")          /* one word, a comma and a date: "Lima, 14 nov (Agency)" */                   \
    X(SERVICE, "service")                /* share of words for what a page offers visitors: newsletter, comments */ \
    X(READER, "reader")                  /* speaks to the reader or of "our": you, your, us */                         \
    X(SPEECH, "speech")                  /* reports what somebody said */                                              \
    X(INLINE_TEASER, "inline_teaser")    /* a cue and the other story's title in one line: the story goes on behind */ \
    X(BEFORE_BYLINE, "before_byline")    /* the first to look like prose, and a name or date soon after it */          \
    X(HEADS_BOX, "heads_box")            /* right above a line that asks for something: the title of a box */ \
    X(FACT, "fact")                      /* a label, a colon and figures: "Attendance: 14,206" */                      \
    X(FIGURES, "figures")                /* every third word is a number, or more: a row of a table */                 \
    X(LISTED, "listed")                  /* only list items or the like between it and a line of the story with ":" */ \
    X(LIVE_TIME, "live_time")            /* a time of the day alone, one of two such lines or more */                  \
    X(TWICE, "twice")                    /* the very same line stands elsewhere as well */                             \
    X(LOOSE_QUESTION, "loose_question")  /* of words that the story does not know, with no prose after it */           \
    X(SIGNED, "signed")                  /* under a line that closes a letter or release, or a mail's "--" */ \
    X(RESUMED, "resumed")                /* the line before says that the story goes on */                             \
    X(OTHER_STORY, "other_story")        /* a second story has begun: its heading, or what stands under it */          \
    X(FORETOLD, "foretold")              /* share of its telling words that stand in the prose after it */             \
    X(FIRST, "first")                                                                                                  \
    X(ONLY, "only")                      /* the text has one block */                                                  \
    X(AFTER_GAP, "after_gap")                                                                                          \
    X(BEFORE_GAP, "before_gap")                                                                                        \
    X(PROSE, "prose")                    /* a sentence or more of running text, by its looks */                        \
    X(NOT_PROSE, "not_prose")                                                                                          \
    X(PROSE_NEXT, "prose_next")          /* the next block is prose */                                                 \
    X(PROSE_SOON, "prose_soon")          /* one of the next three is */                                                \
    X(PROSE_LATER, "prose_later")        /* some later one is */                                                       \
    X(PROSE_NEVER, "prose_never")        /* no later one is */                                                         \
    X(PROSE_BEFORE, "prose_before")      /* the block before is prose */                                               \
    X(OWN_CUE, "own_cue")                /* weight of the cues for the role in question */                             \
    X(OTHER_CUE, "other_cue")            /* weight of the heaviest cue for another role */

enum line_feature {
#define X(enumerator, name) LINE_##enumerator,
    LINE_FEATURE_TABLE(X)
#undef X
        LINE_FEATURE_COUNT
};

struct line {
    struct slice text;
    struct cue_found cues;
    float features[LINE_FEATURE_COUNT]; /* OWN_CUE and OTHER_CUE depend on the role: left 0 */
};

static inline void line_set(struct line *line, enum line_feature feature, bool value)
{
    line->features[feature] = value ? 1.0f : 0.0f;
}

/* DATE: a weekday, or a word for what a date is or that a time of day has beside it. */
enum line_word {
    LINE_WORD_SERVICE = 1,
    LINE_WORD_READER = 2,
    LINE_WORD_SPEECH = 4,
    LINE_WORD_MONTH = 8,
    LINE_WORD_DATE = 16
};

/* Words that are looked up in short lines: names of months, what dates have besides, words of a class
 * (data/lexicon/line_words.tsv). */
struct line_tables {
    struct map words; /* -> bits of enum line_word */
};

struct line_tables line_tables_make(struct arena *arena, const struct lexicon *lexicon);
/* The words that the text's lexicon holds (lines.c); text/body looks for dates in the short blocks of a page. */
const struct line_tables *line_lexicon_tables(const struct line_lexicon *lexicon);

/* The features that a block has by itself (line_looks). */
void line_looks_read(const struct line_tables *tables, const struct block *block, struct line *line);
/* All features: those, and what stands around it. */
void line_features_read(struct arena *arena, const struct line_tables *tables, const struct block *blocks,
                        struct line *lines, uint32_t count);

/* ---------------------------------------------------------------- line_model */

struct line_model;

const struct line_model *line_model_create(struct arena *arena, const struct lexicon *lexicon);
/* Writes role and score of every block. */
void line_model_decide(const struct line_model *model, struct arena *arena, const struct line *lines,
                       struct block *blocks, uint32_t count);

#endif
