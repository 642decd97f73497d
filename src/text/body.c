#include "text/body.h"

#include <assert.h>

#include "body_context.h"
#include "body_features.h"
#include "body_reasons.h"
#include "model/forest.h"

struct body_model {
    const struct section_words *words;
    const struct forest *first, *second; /* a block by itself and its place; then by its company as well */
};

const struct body_model *body_model_create_from(struct arena *arena, const struct lexicon *lexicon,
                                                const struct lexicon_table *first, const struct lexicon_table *second)
{
    struct body_model *model = arena_calloc(arena, 1, sizeof *model);
    model->words = section_words_create(arena, lexicon);
    model->first = forest_create(arena, first ? first : lexicon_table(lexicon, "body"));
    model->second = forest_create(arena, second ? second : lexicon_table(lexicon, "body_context"));
    return model;
}

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    return body_model_create_from(arena, lexicon, NULL, NULL);
}

static struct body_features make_features(const struct job *job, float *scores, bool context)
{
    const struct body_model *model = job->knowledge->body;
    struct body_features features = body_features_make(job, model->words);
    if (!context)
        return features;
    assert(forest_feature_count(model->first) == BODY_FEATURES); /* else train anew: scripts/train-body */
    forest_score_rows(model->first, features.values, BODY_ROW, job->article.block_count, scores);
    body_context_add(job, &features, scores);
    return features;
}

float *body_rows(const struct job *job, bool context, size_t *width, size_t *stride)
{
    float *scores = arena_alloc(job->arena, job->article.block_count * sizeof *scores);
    *width = context ? BODY_ROW : BODY_FEATURES;
    *stride = BODY_ROW;
    return make_features(job, scores, context).values;
}

/* What is more likely prose than this is taken (log-odds; a chance of 62 %). Leaving out is the smaller evil: a
 * reader misses a line less than he minds a stranger's, and on held-out pages precision rises as much as recall
 * falls up to here. */
#define LIKELY_PROSE 0.5f

#define LONG_ENOUGH 40 /* bytes; shorter text may be said twice: "Ingredients" */

/* The article may stand on a page twice, for narrow and for wide screens: the second copy is left out. */
static bool said_before(const struct article *article, const struct body_features *features, uint32_t index)
{
    const struct block *block = &article->blocks[index];
    uint32_t first = features->first_alike[index];
    return first != index && block->span.end - block->span.start >= LONG_ENOUGH &&
           role_is_prose(article->blocks[first].role);
}

/* ---------------------------------------------------- the whole story in one block */

#define WHOLE 400 /* bytes; what repeats several paragraphs is longer */
#define MOST_PARAGRAPHS 64 /* that are looked for in it */

static size_t length_of(const struct block *block)
{
    return block->span.end - block->span.start;
}

/* The longest block of prose but `but`; NO_BLOCK if there is none. */
static uint32_t longest_prose(const struct article *article, uint32_t but)
{
    uint32_t longest = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count; i++)
        if (i != but && role_is_prose(article->blocks[i].role) &&
            (longest == NO_BLOCK || length_of(&article->blocks[i]) > length_of(&article->blocks[longest])))
            longest = i;
    return longest;
}

static bool block_holds(const struct article *article, uint32_t whole, uint32_t part)
{
    return slice_find(block_text(article, &article->blocks[whole]), block_text(article, &article->blocks[part]), 0) !=
           SLICE_NOT_FOUND;
}

/* A page may give its story once in paragraphs and once in one piece, for machines or for print: the piece is
 * left out, since it has lost the paragraphs. */
static void leave_out_whole(struct article *article)
{
    uint32_t whole = longest_prose(article, NO_BLOCK);
    if (whole == NO_BLOCK || length_of(&article->blocks[whole]) < WHOLE)
        return;
    uint32_t longest = longest_prose(article, whole), looked = 0;
    if (longest == NO_BLOCK || length_of(&article->blocks[longest]) < LONG_ENOUGH ||
        !block_holds(article, whole, longest))
        return;
    size_t held = 0;
    for (uint32_t i = 0; i < article->block_count && looked < MOST_PARAGRAPHS; i++)
        if (i != whole && role_is_prose(article->blocks[i].role) && length_of(&article->blocks[i]) >= LONG_ENOUGH) {
            looked++;
            held += block_holds(article, whole, i) ? length_of(&article->blocks[i]) : 0;
        }
    if (held * 2 > length_of(&article->blocks[whole]))
        article->blocks[whole].role = ROLE_UNKNOWN;
}

/* ------------------------------------------------------------ what stands between */

#define MOSTLY 2 /* link bytes times this: more than half of the block */

static bool is_prose_at(const struct article *article, uint32_t index)
{
    return index < article->block_count && role_is_prose(article->blocks[index].role);
}

/* May a block that stands between two of prose be prose, too? A heading heads the second; an item between two of a list
 * is one of it, however short it is; a sentence beside another of its container goes on. Of labelled blocks that the
 * forests lost there, 82 of 83 are prose. */
static bool belongs_between(const struct article *article, const struct body_features *features, uint32_t index)
{
    const struct block *block = &article->blocks[index];
    if (block->tag == BLOCK_LIST_ITEM)
        return block[-1].tag == BLOCK_LIST_ITEM && block[1].tag == BLOCK_LIST_ITEM;
    bool beside = block->section == block[-1].section || block->section == block[1].section;
    return block->tag == BLOCK_HEADING || (beside && features->sentences[index]);
}

static void take_between(struct article *article, const struct body_features *features)
{
    for (uint32_t i = features->headline == NO_BLOCK ? 1 : features->headline + 2; i + 1 < article->block_count; i++) {
        struct block *block = &article->blocks[i];
        bool open = block->role == ROLE_UNKNOWN && features->verdicts[i] == 0 && features->first_alike[i] == i;
        if (open && block->link_bytes * MOSTLY <= length_of(block) && is_prose_at(article, i - 1) &&
            is_prose_at(article, i + 1) && belongs_between(article, features, i))
            block->role = block->tag == BLOCK_HEADING ? ROLE_SUBHEADING : ROLE_BODY;
    }
}

/* A heading heads what stands below it: the last of the prose is none ("Sources", "Photos", whose lists were left out).
 * A sentence may be set as large as one. */
static bool is_heading_alone(const struct article *article, uint32_t index)
{
    struct slice text = block_text(article, &article->blocks[index]);
    return article->blocks[index].tag == BLOCK_HEADING && text.len && !memchr(".!?", text.ptr[text.len - 1], 3);
}

static void leave_last_headings(struct article *article)
{
    for (uint32_t i = article->block_count; i-- > 0;) {
        if (!is_prose_at(article, i))
            continue;
        if (!is_heading_alone(article, i))
            return;
        article->blocks[i].role = ROLE_UNKNOWN;
    }
}

/* A page without any block that is more likely prose than not still has a most likely one: the brief of
 * one line, the caption that is the whole story. It is taken when it is not plainly something else. */
#define LEAST_LIKELY (-1.5f)

static void keep_likeliest(struct article *article, const float *scores)
{
    uint32_t best = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count; i++) {
        if (role_is_prose(article->blocks[i].role))
            return;
        if (article->blocks[i].tag != BLOCK_HEADING && (best == NO_BLOCK || scores[i] > scores[best]))
            best = i;
    }
    if (best != NO_BLOCK && scores[best] > LEAST_LIKELY)
        article->blocks[best].role = ROLE_BODY;
}

/* A page that a script would fill still says in its head what it is about; one that says nothing there
 * either is no input. */
static enum err answer_for_claims_alone(struct job *job)
{
    for (uint32_t i = 0; i < job->article.claim_count; i++)
        if (job->article.claims[i].kind <= CLAIM_AUTHOR) {
            job_warn(job, "no_text", "body", "the page shows no text; what it says of itself is all there is");
            return ERR_NONE;
        }
    return job_fail(job, ERR_NO_TEXT, "the page shows no text");
}

enum err body_run(struct job *job)
{
    struct article *article = &job->article;
    if (article->block_count == 0)
        return answer_for_claims_alone(job);
    const struct forest *forest = job->knowledge->body->second;
    assert(forest_feature_count(forest) == BODY_ROW);
    float *scores = arena_alloc(job->arena, article->block_count * sizeof *scores);
    struct body_features features = make_features(job, scores, true);
    forest_score_rows(forest, features.values, BODY_ROW, article->block_count, scores);
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct block *block = &article->blocks[i];
        bool likely = features.verdicts[i] ? features.verdicts[i] > 0 : scores[i] > LIKELY_PROSE;
        bool prose = likely && !said_before(article, &features, i);
        float probability = forest_probability(scores[i]);
        block->score = prose ? probability : 1 - probability;
        block->role = !prose ? ROLE_UNKNOWN : block->tag == BLOCK_HEADING ? ROLE_SUBHEADING : ROLE_BODY;
    }
    take_between(article, &features);
    leave_last_headings(article);
    leave_out_whole(article);
    keep_likeliest(article, scores);
    body_name_reasons(article, &features);
    return ERR_NONE;
}
