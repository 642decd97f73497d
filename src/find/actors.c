#include "find/actors.h"

#include "actors_internal.h"
#include "article/limits.h"
#include "base/map.h"
#include "base/utf8.h"

#define NONE UINT32_MAX
#define MOST_ALIASES 16 /* forms of one actor that are told */

/* All mentions of one form, before forms are merged. */
struct form {
    uint32_t first, end;      /* tokens of the mention that shows it best */
    uint32_t into;            /* the form that it was merged into, or itself */
    uint32_t mentions;
    uint32_t next_by_surname; /* chain of people with one surname */
    uint16_t country;         /* of the name of a country */
    bool dropped;             /* no actor */
    float votes[ACTOR_OTHER + 1];
    struct slice key;
};

struct merger {
    struct job *job;
    struct article *article;
    struct form *forms;
    uint32_t form_count;
    size_t capacity;
    struct map by_key, by_surname, by_given, by_initials, by_start; /* -> index + 1 */
    uint32_t *form_of;        /* of each mention, NONE for those that are no actor */
};

static const struct token *token_at(const struct merger *merger, uint32_t i)
{
    return &merger->article->tokens[i];
}

struct span actors_core(const struct article *article, const struct mention *mention)
{
    struct span core = {mention->first, mention->end};
    if (core.end - core.start > 1 && slice_equals(article->tokens[core.start].lower, SLICE("the")))
        core.start++;
    while (core.end - core.start > 1 && slice_starts(article->tokens[core.end - 1].lower, SLICE("'")))
        core.end--;
    return core;
}

const struct gazetteer_entry *actors_known(const struct job *job, uint32_t first, uint32_t end)
{
    const struct token *tokens = &job->article.tokens[first];
    const struct gazetteer_entry *entry = gazetteer_find(names_gazetteer(job->knowledge->names), tokens, end - first);
    if (entry && entry->classes & NAME_CAPITALS && entry->classes & (NAME_COMMON | NAME_NOT) && !(tokens[0].flags & TOKEN_ALL_UPPER))
        return NULL;
    return entry;
}

static enum actor_type form_type(const struct form *form)
{
    enum actor_type best = ACTOR_PERSON;
    for (enum actor_type type = ACTOR_ORGANIZATION; type < ACTOR_OTHER; type++)
        if (form->votes[type] > form->votes[best])
            best = type;
    return best;
}

/* Every second step of the way is cut short for the next search, so chains stay short. */
static uint32_t root_of(const struct merger *merger, uint32_t form)
{
    while (merger->forms[form].into != form) {
        merger->forms[form].into = merger->forms[merger->forms[form].into].into;
        form = merger->forms[form].into;
    }
    return form;
}

static uint32_t form_length(const struct form *form)
{
    return form->end - form->first;
}

static void merge(struct merger *merger, uint32_t form, uint32_t into)
{
    into = root_of(merger, into);
    if (root_of(merger, form) != into)
        merger->forms[root_of(merger, form)].into = into;
}

/* ------------------------------------------------------------- collecting */

static struct slice join_words(struct merger *merger, uint32_t first, uint32_t end)
{
    size_t len = 0, size = 0;
    for (uint32_t i = first; i < end; i++)
        size += token_at(merger, i)->lower.len + 1;
    char *key = arena_alloc(merger->job->arena, size);
    for (uint32_t i = first; i < end; i++) {
        struct slice word = token_at(merger, i)->lower;
        if (i > first)
            key[len++] = ' ';
        memcpy(key + len, word.ptr, word.len);
        len += word.len;
    }
    return slice_of(key, len);
}

/* Of two places where a form stands the one in ordinary capitals shows it best. */
static int shown_how(const struct merger *merger, uint32_t first)
{
    unsigned flags = token_at(merger, first)->flags;
    return flags & TOKEN_CAPITALISED ? 2 : flags & TOKEN_ALL_UPPER ? 1 : 0;
}

static void collect(struct merger *merger, uint32_t m)
{
    const struct mention *mention = &merger->article->mentions[m];
    struct span core = actors_core(merger->article, mention);
    const struct gazetteer_entry *known = actors_known(merger->job, core.start, core.end);
    uint16_t country = mention->type != ACTOR_PERSON && known && known->classes & NAME_COUNTRY ? known->countries[0] : 0;
    struct slice key = country ? arena_printf(merger->job->arena, "=%d", country) : join_words(merger, core.start, core.end);
    void **place = map_at(&merger->by_key, key);
    if (!*place) {
        merger->forms = arena_grow(merger->job->arena, merger->forms, merger->form_count, &merger->capacity, sizeof *merger->forms);
        merger->forms[merger->form_count] = (struct form){.first = core.start, .end = core.end, .into = merger->form_count,
                                                          .country = country, .key = key, .next_by_surname = NONE};
        *place = (void *)(uintptr_t)++merger->form_count;
    }
    uint32_t index = (uint32_t)(uintptr_t)*place - 1;
    struct form *form = &merger->forms[index];
    if (core.end - core.start > form_length(form) ||
        (core.end - core.start == form_length(form) && shown_how(merger, core.start) > shown_how(merger, form->first))) {
        form->first = core.start;
        form->end = core.end;
    }
    form->votes[country ? ACTOR_PLACE : mention->type] += mention->confidence;
    form->mentions++;
    merger->form_of[m] = index;
}

/* ---------------------------------------------------------------- merging */

static uint32_t found(const struct map *map, struct slice key)
{
    void *value = map_get(map, key);
    return value ? (uint32_t)(uintptr_t)value - 1 : NONE;
}

static bool is_initial_of(struct slice initial, struct slice word)
{
    return (initial.len == 1 || (initial.len == 2 && initial.ptr[1] == '.')) && word.len && initial.ptr[0] == word.ptr[0];
}

/* One's given names stand in the other's in order, initials allowed: "Joe Biden", "Joseph R. Biden" do not
 * fit, "Joseph Biden" does. */
static bool given_names_fit(const struct merger *merger, const struct form *shorter, const struct form *longer)
{
    uint32_t at = longer->first;
    for (uint32_t i = shorter->first; i + 1 < shorter->end; i++) {
        struct slice word = token_at(merger, i)->lower;
        while (at + 1 < longer->end && !slice_equals(word, token_at(merger, at)->lower) &&
               !is_initial_of(word, token_at(merger, at)->lower) && !is_initial_of(token_at(merger, at)->lower, word))
            at++;
        if (at + 1 >= longer->end)
            return false;
        at++;
    }
    return true;
}

/* People of several names: those whose names fit become one, the others a chain by surname. */
static void merge_person(struct merger *merger, uint32_t f)
{
    struct form *form = &merger->forms[f];
    void **head = map_at(&merger->by_surname, token_at(merger, form->end - 1)->lower);
    for (uint32_t other = *head ? (uint32_t)(uintptr_t)*head - 1 : NONE, steps = 0; other != NONE && steps < 16;
         other = merger->forms[other].next_by_surname, steps++) {
        const struct form *candidate = &merger->forms[other];
        bool longer = form_length(candidate) >= form_length(form);
        if (given_names_fit(merger, longer ? form : candidate, longer ? candidate : form)) {
            merge(merger, f, other);
            return;
        }
    }
    form->next_by_surname = *head ? (uint32_t)(uintptr_t)*head - 1 : NONE;
    *head = (void *)(uintptr_t)(f + 1);
    void **given = map_at(&merger->by_given, token_at(merger, form->first)->lower);
    if (!*given)
        *given = (void *)(uintptr_t)(f + 1);
}

/* "ecb" for "European Central Bank": first letters of the capitalised words. */
static struct slice initials_of(struct merger *merger, const struct form *form)
{
    char *out = arena_alloc(merger->job->arena, 16);
    size_t len = 0;
    for (uint32_t i = form->first; i < form->end && len < 15; i++)
        if (token_at(merger, i)->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER))
            out[len++] = token_at(merger, i)->lower.ptr[0];
    return slice_of(out, len);
}

static void index_organization(struct merger *merger, uint32_t f)
{
    struct form *form = &merger->forms[f];
    struct slice initials = initials_of(merger, form);
    if (initials.len > 1 && found(&merger->by_initials, initials) == NONE)
        *map_at(&merger->by_initials, initials) = (void *)(uintptr_t)(f + 1);
    for (uint32_t end = form->first + 1; end < form->end; end++) {
        void **start = map_at(&merger->by_start, join_words(merger, form->first, end));
        *start = *start ? (void *)(uintptr_t)UINT32_MAX : (void *)(uintptr_t)(f + 1); /* two: not sure */
    }
}

static void merge_long_forms(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        struct form *form = &merger->forms[f];
        if (form_length(form) < 2 || form->country)
            continue;
        enum actor_type type = form_type(form);
        if (type == ACTOR_PERSON)
            merge_person(merger, f);
        else if (type == ACTOR_ORGANIZATION && form_length(form) < 10)
            index_organization(merger, f);
    }
}

/* A short form of an organization: its acronym, or its first words where these are no name of a place and
 * no word that many share. */
static uint32_t longer_organization(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    uint32_t classes = known ? known->classes : 0;
    struct slice key = form->key;
    if (form_length(form) == 1 && token_at(merger, form->first)->flags & TOKEN_ALL_UPPER) {
        uint32_t by_initials = found(&merger->by_initials, key);
        if (by_initials != NONE)
            return by_initials;
    }
    if (classes & (NAME_ANY_PLACE | NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL | NAME_COMMON | NAME_GIVEN))
        return NONE;
    uint32_t by_start = found(&merger->by_start, key);
    return by_start == UINT32_MAX - 1 ? NONE : by_start;
}

/* The person whom a single name means: by surname, failing that by given name. */
static uint32_t person_of(const struct merger *merger, const struct form *form)
{
    struct slice word = token_at(merger, form->first)->lower;
    uint32_t by_surname = found(&merger->by_surname, word);
    return by_surname != NONE ? by_surname : found(&merger->by_given, word);
}

/* "Sterling", the currency, is a person only where the text names one. */
static bool is_no_name(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    return known && known->classes & NAME_NOT_WORD;
}

static void merge_short_forms(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        struct form *form = &merger->forms[f];
        if (form->country || form->into != f)
            continue;
        float sure_place = form->votes[ACTOR_PLACE] / (float)form->mentions;
        uint32_t target = form_length(form) == 1 && sure_place < 0.75f ? person_of(merger, form) : NONE;
        if (target == NONE && form_type(form) != ACTOR_PLACE)
            target = longer_organization(merger, form);
        if (target != NONE && root_of(merger, target) != f)
            merge(merger, f, target);
        else if (form_length(form) == 1 && form_type(form) == ACTOR_PERSON && is_no_name(merger, form))
            form->dropped = true;
    }
}

/* Where several people share a surname, the one named last before the mention is meant. */
static void resolve_shared_surnames(struct merger *merger)
{
    uint32_t *last_mentioned = arena_calloc(merger->job->arena, merger->form_count + 1, sizeof *last_mentioned);
    for (uint32_t m = 0; m < merger->article->mention_count; m++) {
        uint32_t f = merger->form_of[m];
        if (f == NONE)
            continue;
        const struct form *form = &merger->forms[f];
        uint32_t head = form_length(form) == 1 && form->into != f ? found(&merger->by_surname, form->key) : NONE;
        uint32_t best = NONE, steps = 0;
        for (uint32_t other = head; other != NONE && steps < 16; other = merger->forms[other].next_by_surname, steps++)
            if (best == NONE || last_mentioned[root_of(merger, other)] > last_mentioned[best])
                best = root_of(merger, other);
        if (best != NONE)
            merger->form_of[m] = best;
        last_mentioned[root_of(merger, merger->form_of[m])] = m + 1;
    }
}

/* ---------------------------------------------------------------- writing */

/* The words as written, white space squashed; a form that runs in lower case gets capitals. */
static struct slice display_name(const struct merger *merger, uint32_t first, uint32_t end)
{
    struct arena *arena = merger->job->arena;
    struct span span = {token_at(merger, first)->span.start, token_at(merger, end - 1)->span.end};
    struct slice name = utf8_squash(arena, article_text(merger->article, span));
    if (!utf8_all_lower(name))
        return name;
    name = arena_copy(arena, name);
    char *out = (char *)(uintptr_t)name.ptr;
    for (size_t i = 0; i < name.len; i++)
        if ((i == 0 || out[i - 1] == ' ') && out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 'a' + 'A');
    return name;
}

/* "Japans" is German for "of Japan": the name of the country is without the s. */
static struct slice without_genitive(const struct merger *merger, struct slice name, uint16_t country)
{
    if (name.len < 4 || name.ptr[name.len - 1] != 's' || !slice_starts(merger->article->language.value, SLICE("de")))
        return name;
    struct slice base = slice_sub(name, 0, name.len - 1);
    const struct gazetteer_entry *entry = gazetteer_find_text(names_gazetteer(merger->job->knowledge->names), base);
    return entry && entry->classes & NAME_COUNTRY && entry->countries[0] == country ? base : name;
}

static void add_alias(struct merger *merger, struct actor *actor, struct slice alias, uint32_t capacity)
{
    struct slice folded = utf8_lower(merger->job->arena, alias);
    if (slice_equals(folded, utf8_lower(merger->job->arena, actor->name)) || actor->alias_count >= capacity)
        return;
    for (uint32_t i = 0; i < actor->alias_count; i++)
        if (slice_equals(folded, utf8_lower(merger->job->arena, actor->aliases[i])))
            return;
    actor->aliases[actor->alias_count++] = alias;
}

static bool is_author(const struct article *article, struct slice name)
{
    for (uint32_t i = 0; i < article->author_count; i++)
        if (slice_equals_nocase(article->authors[i].value, name))
            return true;
    return false;
}

/* Types of all forms of an actor together; the fullest form names it. */
static void sum_up(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        uint32_t root = root_of(merger, f);
        struct form *form = &merger->forms[f], *into = &merger->forms[root];
        if (root == f)
            continue;
        if (form_length(form) > form_length(into)) {
            into->first = form->first;
            into->end = form->end;
        }
        /* The longer form knows better what it is than the surname alone. */
        for (size_t type = 0; type < ACTOR_OTHER; type++)
            into->votes[type] += 0.2f * form->votes[type];
    }
}

/* Mentions confirm each other. */
static float confirm(float confidence, float by)
{
    float sum = 1.0f - (1.0f - confidence) * (1.0f - by);
    return sum > 0.99f ? 0.99f : sum;
}

/* An actor for every form that has mentions of its own; returns the actor of each form, NONE for those
 * that were merged into another or are the article's author. */
static uint32_t *make_actors(struct merger *merger)
{
    struct article *article = merger->article;
    struct arena *arena = merger->job->arena;
    uint32_t *actor_of = arena_alloc(arena, merger->form_count * sizeof *actor_of);
    uint32_t *mentions = arena_calloc(arena, merger->form_count, sizeof *mentions);
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (merger->form_of[m] != NONE)
            mentions[root_of(merger, merger->form_of[m])]++;
    article->actors = arena_calloc(arena, merger->form_count, sizeof *article->actors);
    for (uint32_t f = 0; f < merger->form_count; f++) {
        actor_of[f] = NONE;
        struct slice name = mentions[f] ? display_name(merger, merger->forms[f].first, merger->forms[f].end) : SLICE_NULL;
        if (!mentions[f] || merger->forms[f].dropped || is_author(article, name) || article->actor_count >= LIMIT_ACTORS)
            continue;
        struct actor *actor = &article->actors[article->actor_count];
        actor->name = merger->forms[f].country ? without_genitive(merger, name, merger->forms[f].country) : name;
        actor->type = form_type(&merger->forms[f]);
        actor->aliases = arena_alloc(arena, (mentions[f] < MOST_ALIASES ? mentions[f] : MOST_ALIASES) * sizeof *actor->aliases);
        actor_of[f] = article->actor_count++;
    }
    return actor_of;
}

static void write_actors(struct merger *merger)
{
    struct article *article = merger->article;
    const uint32_t *actor_of = make_actors(merger);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        struct mention *mention = &article->mentions[m];
        mention->actor = merger->form_of[m] == NONE ? NONE : actor_of[root_of(merger, merger->form_of[m])];
        if (mention->actor == NONE)
            continue;
        struct span core = actors_core(article, mention);
        struct actor *actor = &article->actors[mention->actor];
        actor->count++;
        actor->confidence = confirm(actor->confidence, mention->confidence);
        mention->type = actor->type;
        add_alias(merger, actor, display_name(merger, core.start, core.end), actor->count < MOST_ALIASES ? actor->count : MOST_ALIASES);
    }
}

enum err actors_run(struct job *job)
{
    struct article *article = &job->article;
    if (!article->mention_count)
        return ERR_NONE;
    struct merger merger = {.job = job, .article = article};
    merger.form_of = arena_alloc(job->arena, article->mention_count * sizeof *merger.form_of);
    struct map *maps[] = {&merger.by_key, &merger.by_surname, &merger.by_given, &merger.by_initials, &merger.by_start};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        *maps[i] = map_make(job->arena, article->mention_count < 4096 ? article->mention_count : 4096);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        merger.form_of[m] = NONE;
        if (article->mentions[m].type != ACTOR_OTHER)
            collect(&merger, m);
    }
    if (!merger.form_count)
        return ERR_NONE;
    merge_long_forms(&merger);
    merge_short_forms(&merger);
    resolve_shared_surnames(&merger);
    sum_up(&merger);
    write_actors(&merger);
    return ERR_NONE;
}
