/* What the names around a name, and the words that mean it, say of its weight: one of a list, where somebody comes
 * from, where a town lies; "the company", "the governor" further down. */
#include "base/utf8.h"
#include "salience_internal.h"

#define LONGEST_TIE 6    /* tokens between a person and the place or body that tells of them: ", 52, of" */
#define LONGEST_CLAUSE 5 /* tokens behind "who" that may deny a part in it */
#define LONGEST_TITLE 3  /* tokens between "led by" and the name: "the biologist" */
#define LONGEST_OWN 10   /* tokens between the name and its "who": ", a biologist at the University of Y" */
#define SHORTEST_LIST 3  /* names */

bool salience_tells(const struct salience_reader *reader, uint32_t i, const char *kind)
{
    const struct lexicon_row *row = lexicon_find(reader->telling, salience_token(reader, i)->lower);
    for (; row; row = row->next)
        if (slice_equals(row->columns[1], slice_from_cstr(kind)) &&
            slice_equals(row->columns[2], reader->words.language))
            return true;
    return false;
}

/* ---------------------------------------------------------------- the names */

/* Nothing but a comma, "and" or both between two mentions of one sentence. */
static bool are_listed(const struct salience_reader *reader, const struct mention *a, const struct mention *b)
{
    if (a->sentence != b->sentence || b->first <= a->end || b->first - a->end > 2 || a->type != b->type)
        return false;
    for (uint32_t i = a->end; i < b->first; i++)
        if (!salience_is_comma(reader, i) && !salience_word_is(reader, i, SMALL_CONJUNCTION))
            return false;
    return true;
}

/* "The suspects, X and Y", "named the victim as X": the noun says whom the story is about. */
static bool is_principal(const struct salience_reader *reader, const struct mention *mention)
{
    uint32_t first = reader->article->sentences[mention->sentence].first, i = mention->first;
    if (i > first && (salience_is_comma(reader, i - 1) || salience_word_is(reader, i - 1, SMALL_CONJUNCTION)))
        i--;
    return i > first && salience_tells(reader, i - 1, "principal");
}

/* "Led by X", "X, who led the study", "X of the University of Y, who led it". */
static bool has_led(const struct salience_reader *reader, const struct mention *mention)
{
    const struct sentence *sentence = &reader->article->sentences[mention->sentence];
    uint32_t i = mention->first,
             limit = mention->end + LONGEST_OWN < sentence->end ? mention->end + LONGEST_OWN : sentence->end;
    for (uint32_t steps = 0;
         i > sentence->first && steps < LONGEST_TITLE && !salience_word_is(reader, i - 1, SMALL_AGENT); steps++)
        i--;
    if (i > sentence->first + 1 && salience_word_is(reader, i - 1, SMALL_AGENT) &&
        salience_tells(reader, i - 2, "lead"))
        return true;
    for (i = mention->end; i + 2 < limit; i++)
        if (salience_is_comma(reader, i) && salience_word_is(reader, i + 1, SMALL_RELATIVE) &&
            salience_tells(reader, i + 2, "lead"))
            return true;
    return false;
}

/* "In Tanzania and Mozambique". */
static bool stands_behind_preposition(const struct salience_reader *reader, const struct mention *mention)
{
    return mention->first > reader->article->sentences[mention->sentence].first &&
           salience_word_is(reader, mention->first - 1, SMALL_WHERE);
}

static void find_lists(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct mention *mentions = reader->article->mentions;
    uint32_t count = reader->article->mention_count;
    for (uint32_t m = 0, next; m < count; m = next) {
        next = m + 1;
        while (next < count && are_listed(reader, &mentions[next - 1], &mentions[next]))
            next++;
        bool pair = next - m > 1 && mentions[m].type == ACTOR_PLACE && stands_behind_preposition(reader, &mentions[m]);
        bool principal = mentions[m].type == ACTOR_PERSON && is_principal(reader, &mentions[m]);
        for (uint32_t i = m; i < next; i++) {
            if (mentions[i].actor == UINT32_MAX)
                continue;
            features[mentions[i].actor][F_CHAIN] += next - m >= SHORTEST_LIST;
            features[mentions[i].actor][F_PAIR] += pair;
            if (principal)
                features[mentions[i].actor][F_PRINCIPAL] = 1;
        }
    }
}

/* Only commas, numbers and small words, a preposition among them: "X, 52, of", "X at the". */
static bool is_tie(const struct salience_reader *reader, uint32_t from, uint32_t to)
{
    bool preposition = false;
    if (from >= to || to - from > LONGEST_TIE)
        return false;
    for (uint32_t i = from; i < to; i++) {
        bool holds = salience_word_is(reader, i, SMALL_WHERE) || salience_word_is(reader, i, SMALL_OF);
        preposition |= holds;
        if (!holds && !salience_is_comma(reader, i) && salience_token(reader, i)->kind != TOKEN_NUMBER &&
            !salience_word_is(reader, i, SMALL_DETERMINER))
            return false;
    }
    return preposition;
}

/* "Norway's Sigrid Haaland", "Denmark's Skagen Mejeri". */
static bool is_nation_of(const struct salience_reader *reader, uint32_t m)
{
    const struct mention *mention = &reader->article->mentions[m], *next = mention + 1;
    return mention->type == ACTOR_PLACE && m + 1 < reader->article->mention_count &&
           next->sentence == mention->sentence && next->type != ACTOR_PLACE && next->first == mention->end + 1 &&
           slice_starts(salience_token(reader, mention->end)->lower, SLICE("'"));
}

/* Names that only say where somebody is from, or where another place lies. */
static void find_ties(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct mention *mentions = reader->article->mentions;
    bool person = false; /* the mention before is a person, or tied to one */
    for (uint32_t m = 0; m < reader->article->mention_count; m++) {
        const struct mention *mention = &mentions[m], *before = m ? &mentions[m - 1] : NULL;
        bool near = before && before->sentence == mention->sentence && mention->type != ACTOR_PERSON &&
                    mention->first >= before->end;
        bool tied = near && is_tie(reader, before->end, mention->first);
        bool comma = near && mention->first == before->end + 1 && salience_is_comma(reader, before->end);
        bool lies = mention->type == ACTOR_PLACE && (tied || comma);
        bool within = lies && before->type == ACTOR_PLACE;
        person = mention->type == ACTOR_PERSON || (person && (tied || within));
        if (mention->actor == UINT32_MAX)
            continue;
        features[mention->actor][F_ATTACHED] += tied && person;
        features[mention->actor][F_SEAT] += lies && !person && before->type == ACTOR_ORGANIZATION;
        features[mention->actor][F_NATION] += is_nation_of(reader, m);
        features[mention->actor][F_CONTAINER] += within;
    }
}

/* The name has longer words, and all of them are among these. */
static bool all_noted(struct slice name, const struct map *words)
{
    struct slice word;
    bool some = false;
    while (slice_split(&name, ' ', &word)) {
        if (word.len < SALIENCE_SHORTEST_WORD)
            continue;
        if (!map_get(words, word))
            return false;
        some = true;
    }
    return some;
}

/* "Wigan" beside "Wigan Council": what the bodies of a story are named after is where it happens. */
static void find_namesakes(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    struct map words = map_make(reader->job->arena, 64);
    for (uint32_t i = 0; i < article->actor_count; i++)
        if (article->actors[i].type == ACTOR_ORGANIZATION)
            salience_note_words(reader, article->actors[i].name, &words);
    for (uint32_t i = 0; i < article->actor_count; i++)
        if (article->actors[i].type == ACTOR_PLACE)
            features[i][F_NAMESAKE] = all_noted(utf8_lower(reader->job->arena, article->actors[i].name), &words);
}

/* ---------------------------------------------------------------- the words */

/* "X, who was not involved". */
static bool is_outsider(const struct salience_reader *reader, const struct mention *mention)
{
    uint32_t end = reader->article->sentences[mention->sentence].end, i = mention->end;
    if (i + 1 >= end || !salience_is_comma(reader, i) || !salience_word_is(reader, i + 1, SMALL_RELATIVE))
        return false;
    for (uint32_t to = i + 2 + LONGEST_CLAUSE < end ? i + 2 + LONGEST_CLAUSE : end; i < to; i++)
        if (salience_word_is(reader, i, SMALL_NEGATION))
            return true;
    return false;
}

static struct slice last_word(struct slice text)
{
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ')
        at--;
    return slice_sub(text, at, text.len);
}

/* The nouns that will mean this actor: the last word of a name of several, the last one of each role. */
static void note_nouns(const struct salience_reader *reader, uint32_t index, struct map *nouns)
{
    const struct actor *actor = &reader->article->actors[index];
    struct slice word = last_word(actor->name);
    if (actor->type == ACTOR_ORGANIZATION && word.len < actor->name.len)
        *map_at(nouns, utf8_lower(reader->job->arena, word)) = (void *)(uintptr_t)(index + 1);
    for (uint32_t r = 0; r < actor->role_count; r++)
        *map_at(nouns, utf8_lower(reader->job->arena, last_word(actor->roles[r].title))) =
            (void *)(uintptr_t)(index + 1);
}

static struct slice kind_of(const struct actor *actor)
{
    switch (actor->place_kind) {
    case PLACE_NONE: return actor->organization_type;
    case PLACE_CITY: return SLICE("city");
    case PLACE_REGION: return SLICE("region");
    case PLACE_COUNTRY: return SLICE("country");
    default: return SLICE("other");
    }
}

/* "The company" means the company named last, "the town" the town. */
static void *find_kind(const struct salience_reader *reader, const struct map *kinds, uint32_t i)
{
    const struct lexicon_row *row = lexicon_find(reader->words.kinds, salience_token(reader, i)->lower);
    for (; row; row = row->next)
        if (slice_equals(row->columns[2], reader->words.language))
            return map_get(kinds, row->columns[1]);
    return NULL;
}

static void count_echoes(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    struct map nouns = map_make(reader->job->arena, 64), kinds = map_make(reader->job->arena, 16);
    uint32_t m = 0;
    for (uint32_t i = 0; i < article->token_count; i++) {
        while (m < article->mention_count && article->mentions[m].end <= i) {
            uint32_t actor = article->mentions[m++].actor;
            if (actor == UINT32_MAX)
                continue;
            note_nouns(reader, actor, &nouns);
            *map_at(&kinds, kind_of(&article->actors[actor])) = (void *)(uintptr_t)(actor + 1);
        }
        if (i == 0 || !(article->tokens[i].flags & TOKEN_LOWER) || !salience_word_is(reader, i - 1, SMALL_DETERMINER))
            continue;
        void *meant = map_get(&nouns, article->tokens[i].lower);
        meant = meant ? meant : find_kind(reader, &kinds, i);
        if (meant)
            features[(uintptr_t)meant - 1][F_ECHO]++;
    }
}

void salience_look_around(const struct salience_reader *reader, float (*features)[SALIENCE_FEATURES])
{
    const struct article *article = reader->article;
    find_lists(reader, features);
    find_ties(reader, features);
    find_namesakes(reader, features);
    count_echoes(reader, features);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->actor == UINT32_MAX)
            continue;
        if (mention->type == ACTOR_PERSON && has_led(reader, mention))
            features[mention->actor][F_LED] = 1;
        if (is_outsider(reader, mention))
            features[mention->actor][F_OUTSIDER] = 1;
    }
}
