#include "metonyms.h"

#include "article/knowledge.h"
#include "model/lexicon.h"

#define VERB_REACH 4 /* "did not immediately comment" */

static bool is_one_of(const struct token *token, const char *const *words)
{
    for (; *words; words++)
        if (slice_equals(token->lower, slice_from_cstr(*words)))
            return true;
    return false;
}

static const char *const place_words[] = {"in",  "at",      "near",     "outside", "around", "through", "across",
                                          "via", "central", "downtown", "à",       "en",     "em",      "nahe",
                                          "bei", "near",    "vicino",   "près",    NULL};
static const char *const auxiliaries[] = {"has",   "have", "had",   "did",  "does", "do",    "will", "would",
                                          "could", "may",  "might", "must", "also", "later", "then", "still",
                                          "now",   "hat",  "habe",  "a",    "ha",   "heeft", NULL};
static const char *const conjunctions[] = {"and", "or", "und", "et", "y", "e", "en", NULL};

static bool is_government_verb(const struct job *job, const struct token *token)
{
    return lexicon_find(lexicon_table(job->knowledge->lexicon, "government_verbs"), token->lower) != NULL;
}

/* A verb of the kind right behind, or behind an auxiliary: "has repeatedly denied". */
static bool is_subject(const struct job *job, uint32_t at, uint32_t stop)
{
    const struct token *tokens = job->article.tokens;
    if (at < stop && is_government_verb(job, &tokens[at]))
        return true;
    if (at >= stop || !is_one_of(&tokens[at], auxiliaries))
        return false;
    for (uint32_t i = at + 1; i < stop && i <= at + VERB_REACH && tokens[i].flags & TOKEN_LOWER; i++)
        if (is_government_verb(job, &tokens[i]))
            return true;
    return false;
}

enum capital_use metonym_use(const struct job *job, const struct mention *mention)
{
    const struct token *tokens = job->article.tokens;
    const struct sentence *sentence = &job->article.sentences[mention->sentence];
    const struct token *before = mention->first > sentence->first ? &tokens[mention->first - 1] : NULL;
    uint32_t behind = mention->end;
    if (before && is_one_of(before, place_words))
        return CAPITAL_PLACE;
    if (before && before->flags & TOKEN_LOWER && is_government_verb(job, before))
        return CAPITAL_ACTS;
    if (behind + 2 < sentence->end && is_one_of(&tokens[behind], conjunctions) &&
        !(tokens[behind + 1].flags & TOKEN_LOWER))
        behind += 2; /* "Beijing and Manila agreed" */
    return is_subject(job, behind, sentence->end) ? CAPITAL_ACTS : CAPITAL_UNSAID;
}
