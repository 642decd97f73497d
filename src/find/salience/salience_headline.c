/* What stands at the head of a story and names nobody of its own: datelines, and forms of the headline that the prose
 * has in full. */
#include "base/utf8.h"
#include "find/names/dateline.h"
#include "salience_internal.h"

const bool *salience_find_datelines(struct salience_reader *reader)
{
    const struct article *article = reader->article;
    bool *datelines = arena_calloc(reader->job->arena, article->mention_count + 1, sizeof *datelines);
    uint32_t end = 0; /* of the dateline of the sentence */
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        const struct sentence *sentence = &article->sentences[mention->sentence];
        bool opens = mention->first == sentence->first && !salience_in_headline(article, sentence) &&
                     (mention->sentence == 0 || sentence[-1].block != sentence->block);
        if (opens && mention->type == ACTOR_PLACE)
            end = dateline_dash(&reader->words, sentence, mention->end);
        bool capitals = mention->first == sentence->first && !salience_in_headline(article, sentence) &&
                        article->tokens[mention->first].flags & TOKEN_ALL_UPPER;
        datelines[m] = mention->type == ACTOR_PLACE && (mention->first < end || capitals);
    }
    return datelines;
}

void salience_note_words(const struct salience_reader *reader, struct slice text, struct map *words)
{
    struct slice lower = utf8_lower(reader->job->arena, text), word;
    while (slice_split(&lower, ' ', &word))
        if (word.len >= SALIENCE_SHORTEST_WORD)
            *map_at(words, word) = (void *)(uintptr_t)1;
}

/* The words that stand in lower case in the prose. */
static struct map everyday_words(const struct salience_reader *reader)
{
    const struct article *article = reader->article;
    struct map words = map_make(reader->job->arena, 64);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        for (uint32_t i = article->sentences[s].first;
             !salience_in_headline(article, &article->sentences[s]) && i < article->sentences[s].end; i++)
            if (salience_token(reader, i)->flags & TOKEN_LOWER)
                *map_at(&words, salience_token(reader, i)->lower) = (void *)(uintptr_t)1;
    return words;
}

static bool shares_word(struct slice name, const struct map *words)
{
    struct slice word;
    while (slice_split(&name, ' ', &word))
        if (word.len >= SALIENCE_SHORTEST_WORD && map_get(words, word))
            return true;
    return false;
}

void salience_find_shadows(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    struct map names = map_make(reader->job->arena, 64), everyday = {0};
    bool alone = false;
    for (uint32_t i = 0; i < article->actor_count; i++) {
        alone |= features[i][F_HEADLINE_ONLY] > 0;
        if (features[i][F_BLOCKS] > 0)
            salience_note_words(reader, article->actors[i].name, &names);
    }
    if (alone)
        everyday = everyday_words(reader);
    for (uint32_t i = 0; alone && i < article->actor_count; i++) {
        struct slice name = utf8_lower(reader->job->arena, article->actors[i].name);
        features[i][F_SHADOW] =
            features[i][F_HEADLINE_ONLY] > 0 && (shares_word(name, &names) || map_get(&everyday, name));
    }
}
