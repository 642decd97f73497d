#include "find/names/names.h"

#include <math.h>
#include <stdlib.h>

#include "article/limits.h"
#include "base/map.h"
#include "names_internal.h"

/* A sentence of fewer words than this tells nothing about how it uses capitals. */
#define WORDS_THAT_TELL 4

#define LONGEST_MENTION 40 /* tokens: what is longer is a list in capitals and no name */

/* How capitals are used in a sentence. */
enum letter_case { CASE_ORDINARY, CASE_TITLE, CASE_ALL_UPPER, CASE_ALL_LOWER };

bool names_token_is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
}

bool names_is_only(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t these, uint32_t others)
{
    const struct gazetteer_entry *entry =
        gazetteer_find(finder->gazetteer, &finder->article->tokens[first], end - first);
    return entry && entry->classes & these && !(entry->classes & others);
}

const struct gazetteer_entry *names_known(const struct job *job, uint32_t first, uint32_t end)
{
    const struct token *tokens = &job->article.tokens[first];
    const struct gazetteer_entry *entry = gazetteer_find(job->knowledge->gazetteer, tokens, end - first);
    if (entry && entry->classes & NAME_CAPITALS && entry->classes & (NAME_COMMON | NAME_NOT) &&
        !(tokens[0].flags & TOKEN_ALL_UPPER))
        return NULL;
    return entry;
}

/* ---------------------------------------------------------------- mentions */

void names_add(struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end, enum actor_type type,
               float confidence)
{
    struct article *article = finder->article;
    if (article->mention_count >= LIMIT_MENTIONS || first >= end || end - first > LONGEST_MENTION)
        return;
    article->mentions = arena_grow(finder->job->arena, article->mentions, article->mention_count, &finder->capacity,
                                   sizeof *article->mentions);
    article->mentions[article->mention_count++] = (struct mention){
        .span = {article->tokens[first].span.start, article->tokens[end - 1].span.end},
        .first = first,
        .end = end,
        .sentence = sentence,
        .type = names_is_no_actor(finder, sentence, first, end, type) ? ACTOR_OTHER : type,
        .confidence = confidence,
        .actor = UINT32_MAX,
    };
}

/* ------------------------------------------------------------- letter case */

struct case_count {
    size_t words, lower, capital, upper, long_lower;
};

static struct case_count count_cases(const struct article *article, const struct sentence *sentence)
{
    struct case_count count = {0};
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        if (token->kind != TOKEN_WORD)
            continue;
        count.words++;
        count.lower += (token->flags & TOKEN_LOWER) != 0;
        count.long_lower += (token->flags & TOKEN_LOWER) != 0 && token->lower.len > 4;
        count.capital += (token->flags & TOKEN_CAPITALISED) != 0;
        count.upper += (token->flags & TOKEN_ALL_UPPER) != 0;
    }
    return count;
}

/* A headline in title case leaves only short words (of, with, from) in lower case. */
static enum letter_case letter_case_of(const struct article *article, const struct sentence *sentence)
{
    struct case_count count = count_cases(article, sentence);
    enum block_role role = article->blocks[sentence->block].role;
    bool heading = role == ROLE_HEADLINE || role == ROLE_SUBHEADING || role == ROLE_STANDFIRST;
    if (count.upper * 10 >= count.words * 8 && count.words >= 3)
        return CASE_ALL_UPPER;
    if (count.lower == count.words && (count.words >= WORDS_THAT_TELL || heading))
        return CASE_ALL_LOWER;
    if (count.words >= WORDS_THAT_TELL && heading && count.capital > count.words / 2 &&
        count.long_lower * 6 <= count.capital)
        return CASE_TITLE;
    return CASE_ORDINARY;
}

/* ------------------------------------------------------------------- tagger */

/* One of the names that were tagged together; false where it is none after all. */
static bool add_piece(struct name_finder *finder, uint32_t s, struct name_piece piece, float margin, bool cased)
{
    enum name_verdict verdict = name_types_judge(finder, &finder->article->sentences[s], margin, cased, &piece);
    if (verdict == NAME_IS_ONE)
        names_add(finder, s, piece.first, piece.end, piece.type, 1.0f / (1.0f + expf(-0.5f * margin)));
    return verdict != NAME_IS_NONE;
}

static void add_tagged(struct name_finder *finder, struct tagged *tagged, uint32_t s, uint32_t first, uint32_t end,
                       enum tag_type type, bool cased)
{
    static const enum actor_type types[] = {ACTOR_PERSON, ACTOR_ORGANIZATION, ACTOR_PLACE, ACTOR_OTHER};
    struct name_piece pieces[NAME_PIECES];
    size_t count = name_split(finder, first, end, types[type], cased, pieces);
    float margin = 0;
    for (uint32_t i = first; i < end; i++)
        margin += tagged->margins[i] / (float)(end - first);
    bool single = count == 1 && pieces[0].end == end;
    if (!single) /* what was cut off may be a name of its own */
        memset(tagged->tags + pieces[count - 1].end, TAG_O, end - pieces[count - 1].end);
    for (size_t i = 0; i < count; i++) {
        uint32_t from = single ? first : pieces[i].first, to = single ? end : pieces[i].end;
        memset(tagged->covered + from, add_piece(finder, s, pieces[i], margin, cased),
               (to - from) * sizeof *tagged->covered);
    }
}

static void add_sentence(struct name_finder *finder, struct tagged *tagged, uint32_t s, bool cased)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tagged->tags, i, sentence->end);
        if (tagged->tags[i] == TAG_O)
            continue;
        end = name_bounds_end(finder, tagged, i, end, sentence->end, cased);
        add_tagged(finder, tagged, s, name_bounds_start(finder, tagged, i, end, sentence->first), end,
                   names_tag_type(tagged->tags[i]), cased);
    }
}

/* ------------------------------------------------------------------- stage */

/* What was found again by its words may reach into a name that was tagged; of two that share a token the longer stays,
 * the first of equals. */
static void drop_overlaps(struct article *article)
{
    struct mention *mentions = article->mentions;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < article->mention_count; i++) {
        struct mention *last = kept ? &mentions[kept - 1] : NULL;
        if (!last || mentions[i].first >= last->end)
            mentions[kept++] = mentions[i];
        else if (mentions[i].end - mentions[i].first > last->end - last->first)
            *last = mentions[i];
    }
    article->mention_count = kept;
}

#define SENTENCES_BETWEEN_CLOCK_READINGS 1024u

static int by_position(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

enum err names_run(struct job *job)
{
    struct article *article = &job->article;
    struct name_finder finder = {.job = job, .article = article, .gazetteer = job->knowledge->gazetteer};
    finder.particles = lexicon_table(job->knowledge->lexicon, "name_particles");
    finder.post_nominals = lexicon_table(job->knowledge->lexicon, "post_nominals");
    finder.zones = lexicon_table(job->knowledge->lexicon, "time_zones");
    finder.legal_forms = lexicon_table(job->knowledge->lexicon, "legal_forms");
    finder.words = role_words_make(job);
    finder.surnames = arena_calloc(job->arena, 1, sizeof *finder.surnames);
    finder.evidence = name_evidence_make(job, finder.gazetteer);
    bool *caseless = arena_alloc(job->arena, article->sentence_count + 1);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        caseless[s] = letter_case_of(article, &article->sentences[s]) != CASE_ORDINARY;
    finder.caseless = caseless;
    uint8_t *tags = arena_calloc(job->arena, article->token_count + 1, 1);
    float *margins = arena_calloc(job->arena, article->token_count + 1, sizeof *margins);
    struct tagged tagged = {tags, margins, arena_calloc(job->arena, article->token_count + 1, 1)};
    tagger_tag(job->knowledge->tagger, job->arena, article->tokens, article->token_count, article->sentences,
               article->sentence_count, caseless, tags, margins);
    for (uint32_t s = 0; s < article->sentence_count; s++) {
        if (s % SENTENCES_BETWEEN_CLOCK_READINGS == 0 && job_is_late(job))
            return job_fail(job, ERR_DEADLINE, NULL);
        name_tags_settle(&finder, tags, s, !caseless[s]);
        add_sentence(&finder, &tagged, s, !caseless[s]);
    }
    names_add_missed(&finder, &tagged);
    if (article->mention_count) /* qsort must not be handed NULL, even for nothing */
        qsort(article->mentions, article->mention_count, sizeof *article->mentions, by_position);
    drop_overlaps(article);
    return ERR_NONE;
}
