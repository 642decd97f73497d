#include "find/names.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "article/limits.h"
#include "base/map.h"
#include "find/confidence.h"
#include "find/salience.h"
#include "model/ranker.h"
#include "name_context.h"
#include "names_internal.h"

/* A sentence of fewer words than this tells nothing about how it uses capitals. */
#define WORDS_THAT_TELL 4

/* The tagger's margin above which a common word without a capital is a name. */
#define SURE_COMMON 4.0f

struct name_model {
    const struct gazetteer *gazetteer;
    const struct tagger *tagger;
    const struct ranker *salience, *confidence;
};

/* How capitals are used in a sentence. */
enum letter_case { CASE_ORDINARY, CASE_TITLE, CASE_ALL_UPPER, CASE_ALL_LOWER };

bool names_token_is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
}

bool names_is_only(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t these, uint32_t others)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, &finder->article->tokens[first], end - first);
    return entry && entry->classes & these && !(entry->classes & others);
}

const struct name_model *name_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct name_model *model = arena_alloc(arena, sizeof *model);
    model->gazetteer = gazetteer_create(arena, lexicon);
    model->tagger = tagger_create(arena, model->gazetteer, lexicon_embedded_model("names.bin"));
    assert(model->tagger != NULL); /* built without its model */
    model->salience = ranker_create(arena, lexicon, "salience", salience_feature_names, SALIENCE_FEATURES);
    model->confidence = ranker_create(arena, lexicon, "confidence", confidence_feature_names, CONFIDENCE_FEATURES);
    return model;
}

const struct gazetteer *names_gazetteer(const struct name_model *model)
{
    return model->gazetteer;
}

const struct ranker *names_salience(const struct name_model *model)
{
    return model->salience;
}

const struct ranker *names_confidence(const struct name_model *model)
{
    return model->confidence;
}

/* ---------------------------------------------------------------- mentions */

void names_add(struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end, enum actor_type type,
               float confidence)
{
    struct article *article = finder->article;
    if (article->mention_count >= LIMIT_MENTIONS || first >= end)
        return;
    article->mentions = arena_grow(finder->job->arena, article->mentions, article->mention_count, &finder->capacity,
                                   sizeof *article->mentions);
    article->mentions[article->mention_count++] = (struct mention){
        .span = {article->tokens[first].span.start, article->tokens[end - 1].span.end},
        .first = first, .end = end, .sentence = sentence,
        .type = names_is_no_actor(finder, sentence, first, end, type) ? ACTOR_OTHER : type, .confidence = confidence, .actor = UINT32_MAX,
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
    if (count.words >= WORDS_THAT_TELL && heading && count.capital > count.words / 2 && count.long_lower * 6 <= count.capital)
        return CASE_TITLE;
    return CASE_ORDINARY;
}

/* ------------------------------------------------------------------- tagger */

/* "of Sevilla", "in Lyon": a large city behind a preposition is the city, whatever club or person has its name; what the
 * tagger takes for none of these must stand where places do ("A Bari"). */
static bool is_city_named_as_place(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, &finder->article->tokens[first], end - first);
    if (first == 0 || !entry || !entry->city_tier || entry->city_tier > CITY_TIER_LARGE || entry->classes & (NAME_ORGANIZATION | NAME_GIVEN))
        return false;
    const struct token *before = &finder->article->tokens[first - 1];
    return before->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START) && (slice_equals(before->lower, SLICE("in")) ||
                                           (finder->evidence.asked && role_word_is(&finder->words, first - 1, type == ACTOR_OTHER ? SMALL_WHERE : SMALL_OF)));
}

/* "Süddeutsche Zeitung", "Universität Bonn", "Ministerie van Defensie": a word that marks an organization, and between its first
 * word and its last none in lower case but "of" behind a head. */
static bool is_marked_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL, people = NAME_GIVEN | NAME_SURNAME;
    bool head = names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, people);
    if (!head && !names_is_only(finder, end - 1, end, marks, people))
        return false;
    for (uint32_t i = first; i < end; i++)
        if (!names_token_is_capital(&finder->article->tokens[i]) && !(head && role_word_is(&finder->words, i, SMALL_OF)))
            return false;
    return true;
}

static bool is_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return names_is_only(finder, first, end, NAME_ORGANIZATION, NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME) ||
           (finder->evidence.asked && is_marked_body(finder, first, end));
}

/* "Le Sénat", "les Républicains": in French and Spanish a person has no article, and a common noun no capital. */
static bool has_article(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    struct slice language = finder->words.language;
    return end - first == 1 && first > 0 && !(finder->article->tokens[first].flags & TOKEN_SENTENCE_START) &&
           (slice_equals(language, SLICE("fr")) || slice_equals(language, SLICE("es"))) && role_word_is(&finder->words, first - 1, SMALL_ARTICLE) &&
           !names_is_only(finder, first, end, NAME_GIVEN | NAME_SURNAME, 0);
}

/* "Le Sénat", "el Senado": of the words for bodies those of the state are names without more. */
static bool is_chamber(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry = has_article(finder, first, end) ? gazetteer_find(finder->gazetteer, &finder->article->tokens[first], 1) : NULL;
    return entry && entry->organization_type && slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("government"));
}

/* "Thomas Shoal": the last word is a noun for a place and nobody's surname. */
static bool ends_as_place(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first > 1 && !finder->evidence.asked && name_context_is_place_noun(&finder->words, end - 1) &&
           !names_is_only(finder, end - 1, end, NAME_SURNAME | NAME_GIVEN, 0);
}

/* Where the gazetteers know the whole name as one kind of thing, that is its type; a name that ends as
 * companies and armed forces do is an organization. */
static enum actor_type settled_type(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    const uint32_t sure = NAME_COUNTRY | NAME_CAPITAL | NAME_REGION | NAME_PLACE;
    const struct gazetteer_entry *last = gazetteer_find(finder->gazetteer, &finder->article->tokens[end - 1], 1);
    if (end - first > 1 && name_bounds_is_legal_form(finder, end - 1) && !(finder->article->tokens[end - 2].flags & TOKEN_LOWER))
        return ACTOR_ORGANIZATION;
    if (is_city_named_as_place(finder, first, end, type))
        return ACTOR_PLACE;
    if (type == ACTOR_OTHER)
        return type;
    bool origin = finder->evidence.asked && end - first == 1 && role_word_country(&finder->words, first); /* "Belgische" */
    if (names_is_only(finder, first, end, NAME_DEMONYM, NAME_ANY_PLACE) || (origin && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0)))
        return ACTOR_OTHER;
    if (names_is_only(finder, first, end, sure, NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION | NAME_COMMON))
        return ACTOR_PLACE;
    if (type == ACTOR_PERSON && ends_as_place(finder, first, end))
        return ACTOR_PLACE;
    bool group = type == ACTOR_PLACE && has_article(finder, first, end) && slice_ends(finder->article->tokens[first - 1].lower, SLICE("s"));
    if (group && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0)) /* "les Républicains" */
        return ACTOR_ORGANIZATION;
    if (type == ACTOR_PERSON && (end - first > 1 ? is_body(finder, first, end) : has_article(finder, first, end)))
        return ACTOR_ORGANIZATION;
    const struct lexicon_table *sites = lexicon_table(finder->job->knowledge->lexicon, "site_words");
    bool site = lexicon_find(sites, finder->article->tokens[end - 1].lower) != NULL;
    bool tail = end - first > 1 && last && last->classes & NAME_ORGANIZATION_TAIL && !site;
    /* "Museum of Innocence" */
    tail = tail || (end - first > 2 && slice_equals(finder->article->tokens[first + 1].lower, SLICE("of")) &&
                    names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, 0) &&
                    !lexicon_find(sites, finder->article->tokens[first].lower));
    return tail && type == ACTOR_PLACE && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0) ? ACTOR_ORGANIZATION : type;
}

/* "Prime" before "Minister": a title's first word, not a person. */
static bool is_part_of_title(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t sentence_end)
{
    if (names_is_only(finder, end - 1, end, NAME_ANY_TITLE, NAME_GIVEN | NAME_SURNAME))
        return true;
    const struct gazetteer_entry *entry =
        end - first == 1 && end < sentence_end ? gazetteer_find(finder->gazetteer, &finder->article->tokens[first], 2) : NULL;
    return entry && entry->classes & NAME_ANY_ROLE;
}

/* "We" behind a quotation mark. */
static bool is_function_word(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *token = &finder->article->tokens[first];
    return end - first == 1 && !(token->flags & TOKEN_ALL_UPPER) && token->small & SMALL_FUNCTION;
}

/* A word that is not all in lower case: "eBay". */
static bool has_capital(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *tokens = finder->article->tokens;
    while (first < end && (tokens[first].kind != TOKEN_WORD || tokens[first].flags & TOKEN_LOWER))
        first++;
    return first < end;
}

/* In a language that the tagger has not learnt: a noun or a title beside the name says that it is of this type; one that the
 * tagger takes for neither becomes an organization ("Le groupe Ansaroul Islam"). German nouns stand behind titles as well:
 * "Mitarbeiter Vermögen". */
static bool is_said(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end, enum actor_type *type)
{
    if (!finder->evidence.asked || names_is_only(finder, first, end, NAME_DEMONYM | NAME_NOT, 0))
        return false;
    enum actor_type beside = name_context_type(&finder->words, sentence, first, end);
    bool noun = !slice_is_null(name_context_kind(&finder->words, sentence, first, end));
    if (*type == ACTOR_OTHER && beside == ACTOR_ORGANIZATION && noun)
        *type = beside;
    if (beside != *type || *type == ACTOR_OTHER)
        return false;
    for (uint32_t i = first; i < end && *type == ACTOR_PERSON; i++)
        if (finder->article->tokens[i].flags & TOKEN_LOWER && !lexicon_find(finder->particles, finder->article->tokens[i].lower))
            return false;
    return *type == ACTOR_PERSON ? !finder->evidence.capital_nouns || end - first > 1 : noun;
}

/* "Police Public Relations Officer": an office; "Office of the Director" is a body. */
static bool is_office(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t others = NAME_GIVEN | NAME_ORGANIZATION_TAIL | (end - first > 2 ? 0 : NAME_SURNAME); /* "Thomas Cook" */
    return end - first > 1 && names_is_only(finder, end - 1, end, NAME_ANY_ROLE, others) &&
           !names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, 0) && !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* "Texas" of "Texas State Auditor": whose office it is, where lists know it. */
static enum actor_type cut_office(const struct name_finder *finder, uint32_t first, uint32_t *end)
{
    size_t length;
    const struct gazetteer_entry *entry =
        gazetteer_longest(finder->gazetteer, &finder->article->tokens[first], *end - first - 1, NAME_ANY_PLACE | NAME_ORGANIZATION, &length);
    bool large = entry && (entry->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION | NAME_ORGANIZATION) ||
                           (entry->city_tier && entry->city_tier <= CITY_TIER_LARGE));
    if (!large) /* "National", a small town */
        return ACTOR_OTHER;
    *end = first + (uint32_t)length;
    return entry->classes & NAME_ORGANIZATION ? ACTOR_ORGANIZATION : ACTOR_PLACE;
}

/* English: "of the British Antarctic Survey, who": no person has an article; "the Joe Biden administration" is his. */
static bool has_definite_article(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    const struct token *tokens = finder->article->tokens;
    if (finder->evidence.asked || end - first < 2 || first == sentence->first || !slice_equals(tokens[first - 1].lower, SLICE("the")) ||
        names_is_only(finder, first, first + 1, NAME_GIVEN | NAME_HONORIFIC, 0))
        return false;
    return end == sentence->end || !(tokens[end].flags & TOKEN_LOWER) || tokens[end].small & SMALL_FUNCTION;
}

/* One of the names that were tagged together; false where it is none after all. */
static bool add_piece(struct name_finder *finder, uint32_t s, const struct name_piece *piece, float margin, bool cased)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    uint32_t start = piece->first, stop = piece->end;
    enum actor_type type = settled_type(finder, start, stop, piece->type);
    bool said = is_said(finder, sentence, start, stop, &type) || (type == ACTOR_ORGANIZATION && is_chamber(finder, start, stop));
    if (type == ACTOR_PERSON && name_evidence_is_city(&finder->evidence, start, stop))
        type = ACTOR_PLACE;
    if (type == ACTOR_PERSON && is_part_of_title(finder, start, stop, sentence->end))
        return true;
    if (type == ACTOR_PERSON && cased && has_definite_article(finder, sentence, start, stop))
        type = ACTOR_ORGANIZATION;
    bool common = !cased && stop - start == 1 && margin < SURE_COMMON &&
                  names_is_only(finder, start, stop, NAME_COMMON, NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_GIVEN | NAME_SURNAME);
    if (is_function_word(finder, start, stop) || common)
        type = ACTOR_OTHER;
    if (type == ACTOR_ORGANIZATION && is_office(finder, start, stop))
        type = cut_office(finder, start, &stop);
    /* "Bank", "Council" alone: some bank, not a name. */
    if (type == ACTOR_ORGANIZATION && stop - start == 1 && !is_chamber(finder, start, stop) &&
        names_is_only(finder, start, stop, NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL, NAME_ORGANIZATION))
        type = ACTOR_OTHER;
    bool bare = cased && finder->evidence.asked && !has_capital(finder, start, stop);
    if (bare || (!said && !name_evidence_holds(&finder->evidence, start, stop, type, margin)))
        return false;
    names_add(finder, s, start, stop, type, 1.0f / (1.0f + expf(-0.5f * margin)));
    return true;
}

static void add_tagged(struct name_finder *finder, struct tagged *tagged, uint32_t s, uint32_t first, uint32_t end, enum tag_type type, bool cased)
{
    static const enum actor_type types[] = {ACTOR_PERSON, ACTOR_ORGANIZATION, ACTOR_PLACE, ACTOR_OTHER};
    struct name_piece pieces[NAME_PIECES];
    size_t count = name_bounds_split(finder, first, end, types[type], cased, pieces);
    float margin = 0;
    for (uint32_t i = first; i < end; i++)
        margin += tagged->margins[i] / (float)(end - first);
    bool single = count == 1 && pieces[0].end == end;
    if (!single) /* what was cut off may be a name of its own */
        memset(tagged->tags + pieces[count - 1].end, TAG_O, end - pieces[count - 1].end);
    for (size_t i = 0; i < count; i++) {
        uint32_t from = single ? first : pieces[i].first, to = single ? end : pieces[i].end;
        memset(tagged->covered + from, add_piece(finder, s, &pieces[i], margin, cased), (to - from) * sizeof *tagged->covered);
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
        add_tagged(finder, tagged, s, name_bounds_start(finder, tagged, i, end, sentence->first), end, names_tag_type(tagged->tags[i]), cased);
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
    const struct name_model *model = job->knowledge->names;
    struct name_finder finder = {.job = job, .article = article, .gazetteer = model->gazetteer};
    finder.particles = lexicon_table(job->knowledge->lexicon, "name_particles");
    finder.post_nominals = lexicon_table(job->knowledge->lexicon, "post_nominals");
    finder.zones = lexicon_table(job->knowledge->lexicon, "time_zones");
    finder.months = lexicon_table(job->knowledge->lexicon, "months");
    finder.legal_forms = lexicon_table(job->knowledge->lexicon, "legal_forms");
    finder.words = role_words_make(job);
    finder.evidence = name_evidence_make(job, model->gazetteer);
    bool *caseless = arena_alloc(job->arena, article->sentence_count + 1);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        caseless[s] = letter_case_of(article, &article->sentences[s]) != CASE_ORDINARY;
    finder.caseless = caseless;
    uint8_t *tags = arena_calloc(job->arena, article->token_count + 1, 1);
    float *margins = arena_calloc(job->arena, article->token_count + 1, sizeof *margins);
    struct tagged tagged = {tags, margins, arena_calloc(job->arena, article->token_count + 1, 1)};
    tagger_tag(model->tagger, job->arena, article->tokens, article->token_count, article->sentences,
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
