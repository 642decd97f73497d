/* What shows that an actor matters: where it is named first, how often and across how much of the text, as what
 * the sentences use it, what else of the story hangs on it. */
#include <math.h>

#include "base/utf8.h"
#include "find/salience.h"
#include "role_words.h"

enum feature {
    F_BIAS, F_MENTIONS, F_SHARE, F_HEADLINE, F_LEADS, F_EARLY, F_FIRST_SENTENCE, F_PERSON, F_PLACE, F_COUNTRY, F_ROLE,
    F_DATELINE, F_SPREAD, F_SUBJECT, F_LEAD_SUBJECT, F_SPEAKER, F_AGENT, F_WHERE, F_PART, F_LISTED,
    F_SINGLE, F_LONG, F_KIND,
    F_PRONOUNS, F_BLOCKS, F_RANK, F_FIRST_OF_TYPE, F_HELD, F_TOPIC_WORD, F_LEAD_BLOCK, F_SECOND_BLOCK, F_LATE_SPEAKER, F_OWNER,
    F_LEAD_WHERE, F_ORIGIN, F_LAST_BLOCK, F_AGED, F_REPEATED, F_HEADLINE_FIRST
};

const char *const salience_feature_names[SALIENCE_FEATURES] = {
    "bias", "mentions", "share", "headline", "leads", "early", "first_sentence", "person", "place", "country", "role",
    "dateline", "spread", "subject", "lead_subject", "speaker", "agent", "where", "part", "listed",
    "single", "long", "kind",
    "pronouns", "blocks", "rank", "first_of_type", "held", "topic_word", "lead_block", "second_block", "late_speaker", "owner",
    "lead_where", "origin", "last_block", "aged", "repeated", "headline_first",
};

#define FIRST_SENTENCES 4 /* the headline and a lead paragraph */
#define FIRST_WORDS 8     /* where an English sentence has its subject */
#define SHORTEST_STEM 4   /* bytes of a word that headline and role may share */

struct salience_reader {
    struct job *job;
    const struct article *article;
    struct role_words words;
    struct map headline_words; /* lower-cased, without a plural s */
    uint32_t *last_block;      /* of each actor: the block of the mention before, +1 */
    uint32_t lead, second;     /* the first blocks of prose */
    uint32_t final;            /* the last one */
    uint32_t blocks;           /* blocks of prose with tokens */
};

static const struct token *token_at(const struct salience_reader *reader, uint32_t i)
{
    return &reader->article->tokens[i];
}

static bool is_kind(const struct salience_reader *reader, uint32_t i, const char *kind)
{
    return role_word_is(&reader->words, i, kind);
}

static bool in_headline(const struct article *article, const struct sentence *sentence)
{
    return article->blocks[sentence->block].role == ROLE_HEADLINE;
}

/* ------------------------------------------------------------------ reading */

static struct slice stem_of(struct slice word)
{
    return word.len > SHORTEST_STEM && word.ptr[word.len - 1] == 's' ? slice_sub(word, 0, word.len - 1) : word;
}

static void read_blocks(struct salience_reader *reader)
{
    const struct article *article = reader->article;
    uint32_t last = UINT32_MAX;
    reader->lead = reader->second = UINT32_MAX;
    for (uint32_t s = 0; s < article->sentence_count; s++) {
        const struct sentence *sentence = &article->sentences[s];
        if (in_headline(article, sentence)) {
            for (uint32_t i = sentence->first; i < sentence->end; i++)
                if (token_at(reader, i)->lower.len >= SHORTEST_STEM)
                    *map_at(&reader->headline_words, stem_of(token_at(reader, i)->lower)) = (void *)(uintptr_t)1;
            continue;
        }
        if (reader->lead == UINT32_MAX)
            reader->lead = sentence->block;
        else if (reader->second == UINT32_MAX && sentence->block != reader->lead)
            reader->second = sentence->block;
        reader->blocks += sentence->block != last;
        last = reader->final = sentence->block;
    }
}

/* The place that a report was written in: capitals at the start of a paragraph. */
static bool in_dateline(const struct article *article, const struct mention *mention)
{
    const struct sentence *sentence = &article->sentences[mention->sentence];
    return mention->type == ACTOR_PLACE && mention->first == sentence->first &&
           article->tokens[mention->first].flags & TOKEN_ALL_UPPER && !in_headline(article, sentence);
}

/* ------------------------------------------------------------ each mention */

static bool is_list_word(const struct salience_reader *reader, uint32_t i)
{
    return slice_equals(token_at(reader, i)->lower, SLICE(",")) || is_kind(reader, i, "conjunction");
}

static bool is_preposition(const struct salience_reader *reader, uint32_t i)
{
    return is_kind(reader, i, "where") || is_kind(reader, i, "part");
}

/* A word in lower case behind the name that is no small word: its verb. */
static bool may_be_verb(const struct salience_reader *reader, uint32_t i)
{
    const struct token *token = token_at(reader, i);
    return token->flags & TOKEN_LOWER && token->kind == TOKEN_WORD && token->lower.ptr[0] != '\'' &&
           !is_preposition(reader, i) && !is_kind(reader, i, "conjunction") && !is_kind(reader, i, "agent") &&
           !(map_get(reader->words.function_words, token->lower) && !is_kind(reader, i, "copula"));
}

/* How the words on both sides use the name. */
static void look_at_neighbours(const struct salience_reader *reader, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &reader->article->sentences[mention->sentence];
    bool before = mention->first > sentence->first, behind = mention->end < sentence->end;
    uint32_t left = before ? mention->first - 1 : 0, right = mention->end;
    bool speaks = (behind && is_kind(reader, right, "speech")) || (before && is_kind(reader, left, "speech"));
    bool subject = behind && may_be_verb(reader, right) && !(before && is_preposition(reader, left));
    features[F_SPEAKER] += speaks;
    features[F_SUBJECT] += subject;
    if (subject && mention->sentence < FIRST_SENTENCES)
        features[F_LEAD_SUBJECT] = 1;
    features[F_AGENT] += before && is_kind(reader, left, "agent");
    features[F_WHERE] += before && is_kind(reader, left, "where");
    if (before && is_kind(reader, left, "where") && mention->sentence < FIRST_SENTENCES)
        features[F_LEAD_WHERE] = 1;
    features[F_PART] += before && is_kind(reader, left, "part");
    features[F_LISTED] += before && behind && is_list_word(reader, left) && is_list_word(reader, right);
    features[F_OWNER] += behind && slice_starts(token_at(reader, right)->lower, SLICE("'"));
    if (behind && right + 1 < sentence->end && slice_equals(token_at(reader, right)->lower, SLICE(",")) &&
        token_at(reader, right + 1)->kind == TOKEN_NUMBER)
        features[F_AGED] = 1;
}

static void look_at_place_in_text(const struct salience_reader *reader, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &reader->article->sentences[mention->sentence];
    bool headline = in_headline(reader->article, sentence);
    float place = (float)mention->first / (float)(reader->article->token_count + 1);
    uint32_t *last = &reader->last_block[mention->actor];
    if (headline)
        features[F_HEADLINE] = 1;
    if (headline && mention->first - sentence->first < 3)
        features[F_HEADLINE_FIRST] = 1;
    if (mention->sentence < FIRST_SENTENCES) {
        features[F_FIRST_SENTENCE] = 1;
        if (mention->first - sentence->first < FIRST_WORDS)
            features[F_LEADS] = 1;
    }
    if (!headline && sentence->block == reader->lead)
        features[F_LEAD_BLOCK] = 1;
    if (sentence->block == reader->second)
        features[F_SECOND_BLOCK] = 1;
    if (sentence->block == reader->final && reader->final != reader->lead)
        features[F_LAST_BLOCK] = 1;
    features[F_BLOCKS] += !headline && *last != sentence->block + 1;
    *last = sentence->block + 1;
    if (features[F_MENTIONS]++ == 0)
        features[F_EARLY] = 1 - place;
    features[F_SPREAD] = place - (1 - features[F_EARLY]);
}

static void look_at_mention(const struct salience_reader *reader, const struct mention *mention, float *features)
{
    if (in_dateline(reader->article, mention)) {
        features[F_DATELINE] = 1;
        return;
    }
    look_at_neighbours(reader, mention, features);
    look_at_place_in_text(reader, mention, features);
}

/* A pronoun means the person named last. */
static void count_pronouns(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    uint32_t m = 0, person = UINT32_MAX;
    for (uint32_t i = 0; i < article->token_count; i++) {
        while (m < article->mention_count && article->mentions[m].first <= i) {
            if (article->mentions[m].type == ACTOR_PERSON && article->mentions[m].actor != UINT32_MAX)
                person = article->mentions[m].actor;
            m++;
        }
        if (person != UINT32_MAX && is_kind(reader, i, "pronoun"))
            features[person][F_PRONOUNS]++;
    }
}

/* A people named in headline or lead stands for its country. */
static void look_at_origins(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    struct map countries = map_make(reader->job->arena, 32); /* code -> index + 1 of the country among the actors */
    for (uint32_t i = 0; i < article->actor_count; i++)
        if (article->actors[i].place_kind == PLACE_COUNTRY)
            *map_at(&countries, slice_of(article->actors[i].country, 2)) = (void *)(uintptr_t)(i + 1);
    for (uint32_t m = 0; m < article->mention_count && article->mentions[m].sentence < FIRST_SENTENCES; m++) {
        const struct mention *mention = &article->mentions[m];
        uint16_t country = mention->type == ACTOR_OTHER ? role_word_country(&reader->words, mention->first) : 0;
        const char code[] = {(char)(country >> 8), (char)(country & 0xFF)};
        void *index = country ? map_get(&countries, slice_of(code, 2)) : NULL;
        if (index)
            features[(uintptr_t)index - 1][F_ORIGIN] = 1;
    }
}

/* --------------------------------------------------------------- each actor */

/* A word of the name or of a role stands in the headline: "minister", "museum". */
static bool shares_topic(const struct salience_reader *reader, struct slice text)
{
    struct slice lower = utf8_lower(reader->job->arena, text), word;
    while (slice_split(&lower, ' ', &word))
        if (word.len >= SHORTEST_STEM && map_get(&reader->headline_words, stem_of(word)))
            return true;
    return false;
}

/* Those whose offices others hold: "a spokeswoman for Ukrenergo". */
static void look_at_roles(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    struct map by_name = map_make(reader->job->arena, article->actor_count);
    for (uint32_t i = 0; i < article->actor_count; i++)
        *map_at(&by_name, article->actors[i].name) = (void *)(uintptr_t)(i + 1);
    for (uint32_t i = 0; i < article->actor_count; i++) {
        const struct actor *actor = &article->actors[i];
        features[i][F_ROLE] = actor->role_count > 0;
        features[i][F_TOPIC_WORD] = actor->type == ACTOR_ORGANIZATION && shares_topic(reader, actor->name);
        for (uint32_t r = 0; r < actor->role_count; r++) {
            void *held = slice_is_null(actor->roles[r].of) ? NULL : map_get(&by_name, actor->roles[r].of);
            if (shares_topic(reader, actor->roles[r].title))
                features[i][F_TOPIC_WORD] = 1;
            if (held)
                features[(uintptr_t)held - 1][F_HELD]++;
        }
    }
}

static void look_at_actor(const struct salience_reader *reader, const struct actor *actor, float *features)
{
    bool several = memchr(actor->name.ptr, ' ', actor->name.len) != NULL;
    float mentions = features[F_MENTIONS];
    features[F_BIAS] = 1;
    for (size_t use = F_SUBJECT; use <= F_LISTED && mentions > 0; use++) /* shares of its mentions */
        if (use != F_LEAD_SUBJECT)
            features[use] /= mentions;
    features[F_OWNER] /= mentions > 0 ? mentions : 1;
    features[F_LATE_SPEAKER] = features[F_SPEAKER] > 0 && features[F_EARLY] < 0.6f;
    features[F_REPEATED] = mentions > 1;
    features[F_MENTIONS] = logf(1 + mentions);
    features[F_PRONOUNS] = logf(1 + features[F_PRONOUNS]);
    features[F_BLOCKS] /= reader->blocks ? (float)reader->blocks : 1;
    features[F_PERSON] = actor->type == ACTOR_PERSON;
    features[F_PLACE] = actor->type == ACTOR_PLACE;
    features[F_COUNTRY] = actor->type == ACTOR_PLACE && actor->place_kind == PLACE_COUNTRY;
    features[F_SINGLE] = actor->type == ACTOR_PERSON && !several;
    features[F_LONG] = actor->type == ACTOR_ORGANIZATION && several;
    features[F_KIND] = !slice_is_null(actor->organization_type);
    features[F_HELD] = logf(1 + features[F_HELD]);
}

/* Order of appearance in the prose, among all and among those of one type. */
static void look_at_ranks(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    bool seen_type[ACTOR_OTHER + 1] = {false};
    float rank = 0;
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->actor == UINT32_MAX || features[mention->actor][F_RANK] > 0 || in_headline(article, &article->sentences[mention->sentence]) ||
            in_dateline(article, mention))
            continue;
        features[mention->actor][F_RANK] = 1 / ++rank;
        features[mention->actor][F_FIRST_OF_TYPE] = !seen_type[mention->type];
        seen_type[mention->type] = true;
    }
}

float (*salience_features(struct job *job))[SALIENCE_FEATURES]
{
    const struct article *article = &job->article;
    struct salience_reader reader = {.job = job, .article = article, .words = role_words_make(job)};
    float(*features)[SALIENCE_FEATURES] = arena_calloc(job->arena, article->actor_count + 1, sizeof *features);
    float most = 1;
    reader.headline_words = map_make(job->arena, 32);
    reader.last_block = arena_calloc(job->arena, article->actor_count + 1, sizeof *reader.last_block);
    read_blocks(&reader);
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (article->mentions[m].actor != UINT32_MAX)
            look_at_mention(&reader, &article->mentions[m], features[article->mentions[m].actor]);
    count_pronouns(&reader, features);
    look_at_origins(&reader, features);
    look_at_ranks(&reader, features);
    look_at_roles(&reader, features);
    for (uint32_t i = 0; i < article->actor_count; i++)
        most = features[i][F_MENTIONS] > most ? features[i][F_MENTIONS] : most;
    for (uint32_t i = 0; i < article->actor_count; i++) {
        features[i][F_SHARE] = features[i][F_MENTIONS] / most;
        look_at_actor(&reader, &article->actors[i], features[i]);
    }
    return features;
}
