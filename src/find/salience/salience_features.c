/* What shows that an actor matters: where it is named first, how often and across how much of the text, as what
 * the sentences use it, what else of the story hangs on it. */
#include <math.h>

#include "article/knowledge.h"
#include "base/utf8.h"
#include "salience_internal.h"

const char *const salience_feature_names[SALIENCE_FEATURES] = {
    "bias",
    "mentions",
    "meant",
    "repeated",
    "echo",
    "pronouns",
    "blocks",
    "voice",
    "early",
    "headline",
    "headline_person",
    "headline_place",
    "headline_only",
    "shadow",
    "leads",
    "first_sentence",
    "first_person",
    "first_place",
    "lead_block",
    "lead_where",
    "first_of_type",
    "opens",
    "speaker",
    "agent",
    "where",
    "listed",
    "chain",
    "pair",
    "whence",
    "owner",
    "nation",
    "attached",
    "seat",
    "container",
    "outsider",
    "aged",
    "principal",
    "led",
    "role",
    "leader",
    "comments",
    "held",
    "namesake",
    "topic_word",
    "origin",
    "origin_count",
    "person",
    "single",
    "long",
    "media",
    "government",
    "company",
    "team",
    "international",
    "place",
    "country",
    "country_once",
};

#define FIRST_SENTENCES 4 /* the headline and a lead paragraph */
#define FIRST_WORDS 8     /* where an English sentence has its subject */
#define SHORTEST_STEM 4   /* bytes of a word that headline and role may share */

/* ------------------------------------------------------------------ reading */

static struct slice stem_of(struct slice word)
{
    return word.len > SHORTEST_STEM && word.ptr[word.len - 1] == 's' ? slice_sub(word, 0, word.len - 1) : word;
}

/* A mark of double quotation; single ones are apostrophes too often. */
static bool has_quotation(const struct salience_reader *reader, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = salience_token(reader, i);
        size_t taken;
        uint32_t c = token->kind == TOKEN_PUNCTUATION ? utf8_decode(token->lower, 0, &taken) : 0;
        if (c == '"' || (c >= 0x201C && c <= 0x201E) || c == 0xAB || c == 0xBB)
            return true;
    }
    return false;
}

static void read_blocks(struct salience_reader *reader)
{
    const struct article *article = reader->article;
    uint32_t last = UINT32_MAX;
    reader->lead = UINT32_MAX;
    for (uint32_t s = 0; s < article->sentence_count; s++) {
        const struct sentence *sentence = &article->sentences[s];
        if (salience_in_headline(article, sentence)) {
            for (uint32_t i = sentence->first; i < sentence->end; i++)
                if (salience_token(reader, i)->lower.len >= SHORTEST_STEM)
                    *map_at(&reader->headline_words, stem_of(salience_token(reader, i)->lower)) = (void *)(uintptr_t)1;
            continue;
        }
        if (reader->lead == UINT32_MAX)
            reader->lead = sentence->block;
        reader->blocks += sentence->block != last;
        last = sentence->block;
        if (!reader->quoting[sentence->block] && has_quotation(reader, sentence)) {
            reader->quoting[sentence->block] = true;
            reader->quoting_blocks++;
        }
    }
}

/* ------------------------------------------------------------ each mention */

static bool is_list_word(const struct salience_reader *reader, uint32_t i)
{
    return salience_is_comma(reader, i) || salience_word_is(reader, i, SMALL_CONJUNCTION);
}

static bool is_preposition(const struct salience_reader *reader, uint32_t i)
{
    return salience_word_is(reader, i, SMALL_WHERE) || salience_word_is(reader, i, SMALL_PART);
}

/* A word in lower case behind the name that is no small word: its verb. */
static bool may_be_verb(const struct salience_reader *reader, uint32_t i)
{
    const struct token *token = salience_token(reader, i);
    return token->flags & TOKEN_LOWER && token->kind == TOKEN_WORD && token->lower.ptr[0] != '\'' &&
           !is_preposition(reader, i) && !salience_word_is(reader, i, SMALL_CONJUNCTION) &&
           !salience_word_is(reader, i, SMALL_AGENT) &&
           !(token->small & SMALL_FUNCTION && !salience_word_is(reader, i, SMALL_COPULA));
}

/* "From X", "born in X". */
static bool is_whence(const struct salience_reader *reader, uint32_t i, uint32_t first)
{
    return salience_tells(reader, i, "whence") ||
           (i > first && salience_word_is(reader, i, SMALL_WHERE) && salience_tells(reader, i - 1, "born"));
}

/* How the words on both sides use the name. */
static void look_at_neighbours(const struct salience_reader *reader, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &reader->article->sentences[mention->sentence];
    bool before = mention->first > sentence->first, behind = mention->end < sentence->end;
    uint32_t left = before ? mention->first - 1 : 0, right = mention->end;
    bool speaks = (behind && salience_word_is(reader, right, SMALL_SPEECH)) ||
                  (before && salience_word_is(reader, left, SMALL_SPEECH));
    bool subject = behind && may_be_verb(reader, right) && !(before && is_preposition(reader, left));
    features[F_SPEAKER] += speaks;
    if (subject && !before && !salience_in_headline(reader->article, sentence))
        features[F_OPENS] = 1;
    features[F_AGENT] += before && salience_word_is(reader, left, SMALL_AGENT);
    features[F_WHERE] += before && salience_word_is(reader, left, SMALL_WHERE);
    features[F_WHENCE] += before && is_whence(reader, left, sentence->first);
    if (before && salience_word_is(reader, left, SMALL_WHERE) && mention->sentence < FIRST_SENTENCES)
        features[F_LEAD_WHERE] = 1;
    features[F_LISTED] += before && behind && is_list_word(reader, left) && is_list_word(reader, right);
    features[F_OWNER] += behind && slice_starts(salience_token(reader, right)->lower, SLICE("'"));
    if (behind && right + 1 < sentence->end && salience_is_comma(reader, right) &&
        salience_token(reader, right + 1)->kind == TOKEN_NUMBER)
        features[F_AGED] = 1;
}

static void look_at_place_in_text(const struct salience_reader *reader, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &reader->article->sentences[mention->sentence];
    bool headline = salience_in_headline(reader->article, sentence);
    float place = (float)mention->first / (float)(reader->article->token_count + 1);
    uint32_t *last = &reader->last_block[mention->actor];
    if (headline)
        features[F_HEADLINE] = 1;
    if (mention->sentence < FIRST_SENTENCES) {
        features[F_FIRST_SENTENCE] = 1;
        if (mention->first - sentence->first < FIRST_WORDS)
            features[F_LEADS] = 1;
    }
    if (!headline && sentence->block == reader->lead)
        features[F_LEAD_BLOCK] = 1;
    bool enters = !headline && *last != sentence->block + 1;
    *last = sentence->block + 1;
    features[F_BLOCKS] += enters;
    features[F_VOICE] += enters && reader->quoting[sentence->block];
    if (features[F_MENTIONS]++ == 0)
        features[F_EARLY] = 1 - place;
}

static void look_at_mention(const struct salience_reader *reader, uint32_t m, float *features)
{
    const struct mention *mention = &reader->article->mentions[m];
    if (reader->datelines[m])
        return;
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
        if (person != UINT32_MAX && salience_word_is(reader, i, SMALL_PRONOUN))
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
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        uint16_t country = mention->type == ACTOR_OTHER ? role_word_country(&reader->words, mention->first) : 0;
        const char code[] = {(char)(country >> 8), (char)(country & 0xFF)};
        void *index = country ? map_get(&countries, slice_of(code, 2)) : NULL;
        if (!index)
            continue;
        float *features_of = features[(uintptr_t)index - 1];
        features_of[F_ORIGIN_COUNT]++;
        if (mention->sentence < FIRST_SENTENCES)
            features_of[F_ORIGIN] = 1;
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

/* "Analyst", "spokeswoman": such a role is there to speak about others. */
static bool comments(const struct salience_reader *reader, struct slice title)
{
    struct slice lower = utf8_lower(reader->job->arena, title), word;
    while (slice_split(&lower, ' ', &word))
        if (lexicon_find(reader->commenting, word))
            return true;
    return false;
}

/* "Mayor", "chief executive", not "deputy mayor" or "former president": who decides has a part in what is decided. */
static bool decides(const struct salience_reader *reader, struct slice title)
{
    struct slice lower = utf8_lower(reader->job->arena, title), word;
    bool found = false;
    while (slice_split(&lower, ' ', &word)) {
        const struct lexicon_row *row = lexicon_find(reader->leading, word);
        if (row && slice_equals(row->columns[2], SLICE("not")))
            return false;
        found |= row != NULL;
    }
    return found;
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
            features[i][F_COMMENTS] = features[i][F_COMMENTS] || comments(reader, actor->roles[r].title);
            features[i][F_LEADER] = features[i][F_LEADER] || decides(reader, actor->roles[r].title);
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
    for (size_t use = F_SPEAKER; use <= F_CONTAINER && mentions > 0; use++)
        features[use] /= mentions;
    features[F_ORIGIN_COUNT] = logf(1 + features[F_ORIGIN_COUNT]);
    features[F_MEANT] = logf(1 + mentions + features[F_ECHO]);
    features[F_ECHO] = logf(1 + features[F_ECHO]);
    features[F_REPEATED] = mentions > 1;
    features[F_MENTIONS] = logf(1 + mentions);
    features[F_PRONOUNS] = logf(1 + features[F_PRONOUNS]);
    features[F_BLOCKS] /= reader->blocks ? (float)reader->blocks : 1;
    features[F_PERSON] = actor->type == ACTOR_PERSON;
    features[F_PLACE] = actor->type == ACTOR_PLACE;
    features[F_VOICE] *= reader->quoting_blocks ? features[F_PERSON] / (float)reader->quoting_blocks : 0;
    features[F_COUNTRY] = actor->type == ACTOR_PLACE && actor->place_kind == PLACE_COUNTRY;
    features[F_HEADLINE_PERSON] = features[F_HEADLINE] * features[F_PERSON];
    features[F_HEADLINE_PLACE] = features[F_HEADLINE] * features[F_PLACE];
    features[F_FIRST_PERSON] = features[F_FIRST_SENTENCE] * features[F_PERSON];
    features[F_FIRST_PLACE] = features[F_FIRST_SENTENCE] * features[F_PLACE];
    features[F_SINGLE] = actor->type == ACTOR_PERSON && !several;
    features[F_LONG] = actor->type == ACTOR_ORGANIZATION && several;
    features[F_HELD] = logf(1 + features[F_HELD]);
    features[F_HEADLINE_ONLY] =
        features[F_HEADLINE] > 0 && features[F_BLOCKS] == 0 && features[F_ORIGIN] == 0 && reader->blocks > 0;
    features[F_COUNTRY_ONCE] = features[F_COUNTRY] * (1 - features[F_REPEATED]);
    features[F_MEDIA] = slice_equals(actor->organization_type, SLICE("media"));
    features[F_GOVERNMENT] = slice_equals(actor->organization_type, SLICE("government"));
    features[F_COMPANY] = slice_equals(actor->organization_type, SLICE("company"));
    features[F_TEAM] = slice_equals(actor->organization_type, SLICE("team"));
    features[F_INTERNATIONAL] = slice_equals(actor->organization_type, SLICE("international"));
}

/* The first person, organization and place of the prose. */
static void look_at_firsts(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    bool seen_type[ACTOR_OTHER + 1] = {false};
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->actor == UINT32_MAX || seen_type[mention->type] || reader->datelines[m] ||
            salience_in_headline(article, &article->sentences[mention->sentence]))
            continue;
        features[mention->actor][F_FIRST_OF_TYPE] = 1;
        seen_type[mention->type] = true;
    }
}

float (*salience_features(struct job *job))[SALIENCE_FEATURES]
{
    const struct article *article = &job->article;
    struct salience_reader reader = {.job = job, .article = article, .words = role_words_make(job)};
    float(*features)[SALIENCE_FEATURES] = arena_calloc(job->arena, article->actor_count + 1, sizeof *features);
    reader.commenting = lexicon_table(job->knowledge->lexicon, "commenting_roles");
    reader.leading = lexicon_table(job->knowledge->lexicon, "leading_roles");
    reader.telling = lexicon_table(job->knowledge->lexicon, "salience_words");
    reader.datelines = salience_find_datelines(&reader);
    reader.headline_words = map_make(job->arena, 32);
    reader.last_block = arena_calloc(job->arena, article->actor_count + 1, sizeof *reader.last_block);
    reader.quoting = arena_calloc(job->arena, article->block_count + 1, sizeof *reader.quoting);
    read_blocks(&reader);
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (article->mentions[m].actor != UINT32_MAX)
            look_at_mention(&reader, m, features[article->mentions[m].actor]);
    salience_look_around(&reader, features);
    count_pronouns(&reader, features);
    look_at_origins(&reader, features);
    look_at_firsts(&reader, features);
    look_at_roles(&reader, features);
    for (uint32_t i = 0; i < article->actor_count; i++)
        look_at_actor(&reader, &article->actors[i], features[i]);
    salience_find_shadows(&reader, features);
    return features;
}
