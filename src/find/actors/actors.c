#include "find/actors/actors.h"

#include "article/limits.h"
#include "base/utf8.h"
#include "find/names/name_case.h"
#include "find/names/name_context.h"
#include "merger.h"

#define MOST_ALIASES 16 /* forms of one actor that are told */

/* ------------------------------------------------------------- collecting */

struct slice merger_join_words(struct merger *merger, uint32_t first, uint32_t end)
{
    size_t len = 0, size = 0;
    for (uint32_t i = first; i < end; i++)
        size += merger_token(merger, i)->lower.len + 1;
    char *key = arena_alloc(merger->job->arena, size);
    for (uint32_t i = first; i < end; i++) {
        struct slice word = merger_token(merger, i)->lower;
        if (i > first)
            key[len++] = ' ';
        memcpy(key + len, word.ptr, word.len);
        len += word.len;
    }
    return slice_of(key, len);
}

/* Of two places where a form stands the one in ordinary capitals shows it best, and in full. */
static bool is_shown_better(const struct merger *merger, struct span core, const struct form *form)
{
    const struct token *this = merger_token(merger, core.start), *best = merger_token(merger, form->first);
    unsigned how = this->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER),
             best_how = best->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER);
    if (core.end - core.start != form_length(form))
        return core.end - core.start > form_length(form);
    if (how != best_how)
        return how & TOKEN_CAPITALISED || !best_how;
    return this->lower.len > best->lower.len;
}

/* "Russian" or "Russia's" before a body that is not known by itself: the country, 0: there is none. */
static uint16_t owner_before(const struct merger *merger, const struct mention *mention, struct span core,
                             const struct gazetteer_entry *known)
{
    uint32_t start = merger->article->sentences[mention->sentence].first;
    if (mention->type != ACTOR_ORGANIZATION || core.end - core.start < 2 || core.start == start ||
        (known && known->classes & NAME_ORGANIZATION))
        return 0;
    if (!slice_starts(merger_token(merger, core.start - 1)->lower, SLICE("'")))
        return role_word_country(&merger->words, core.start - 1);
    const struct gazetteer_entry *owner =
        core.start < start + 2 ? NULL : names_known(merger->job, core.start - 2, core.start - 1);
    return owner && owner->classes & NAME_COUNTRY ? owner->countries[0] : 0;
}

static uint32_t add_form(struct merger *merger, struct form form)
{
    form.into = merger->form_count;
    form.next_by_surname = NO_FORM;
    merger->forms =
        arena_grow(merger->job->arena, merger->forms, merger->form_count, &merger->capacity, sizeof *merger->forms);
    merger->forms[merger->form_count] = form;
    return merger->form_count++;
}

/* "virginia" of "Va.", whose period may be a token of its own; null: the name is not short for one. */
static struct slice name_in_full(const struct merger *merger, const struct mention *mention, struct span core)
{
    if (mention->type != ACTOR_PLACE || core.end - core.start > 1)
        return SLICE_NULL;
    struct span span = merger_token(merger, core.start)->span;
    struct slice text = merger->article->text, word = slice_sub(text, span.start, span.end);
    if (span.end < text.len && text.ptr[span.end] == '.')
        word.len++;
    const struct lexicon_row *row = word.ptr[word.len - 1] == '.' ? lexicon_find(merger->exonyms, word) : NULL;
    return row && row->columns[3].len ? utf8_lower(merger->job->arena, row->columns[3]) : SLICE_NULL;
}

/* The form of the mention: one for a country, whatever it is called, one for a body of each country that stands before
 * it; without one, a body is that which was named last. */
static uint32_t form_for(struct merger *merger, const struct mention *mention, struct span core,
                         const struct gazetteer_entry *known)
{
    uint16_t country =
        mention->type != ACTOR_PERSON && known && known->classes & NAME_COUNTRY ? known->countries[0] : 0;
    uint16_t owner = owner_before(merger, mention, core, known);
    struct slice full = name_in_full(merger, mention, core);
    struct slice words = slice_is_null(full) ? merger_join_words(merger, core.start, core.end) : full, key = words;
    void *owned = mention->type == ACTOR_ORGANIZATION && !owner ? map_get(&merger->by_owned, words) : NULL;
    if (owned)
        return (uint32_t)(uintptr_t)owned - 1;
    if (country)
        key = arena_printf(merger->job->arena, "=%d", country);
    else if (owner)
        key = arena_printf(merger->job->arena, "=%d %.*s", owner, SLICE_ARG(words));
    void **place = map_at(&merger->by_key, key);
    if (!*place)
        *place = (void *)(uintptr_t)(add_form(merger, (struct form){.first = core.start,
                                                                    .end = core.end,
                                                                    .country = country,
                                                                    .owner = owner,
                                                                    .key = key}) +
                                     1);
    if (owner)
        *map_at(&merger->by_owned, words) = *place;
    return (uint32_t)(uintptr_t)*place - 1;
}

static void collect(struct merger *merger, uint32_t m)
{
    const struct mention *mention = &merger->article->mentions[m];
    struct span core = mention_core(merger->article, mention);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    uint32_t index = form_for(merger, mention, core, known);
    struct form *form = &merger->forms[index];
    if (is_shown_better(merger, core, form)) {
        form->first = core.start;
        form->end = core.end;
    }
    actor_types_vote(merger, mention, form);
    if (!form->opens &&
        role_is_prose(merger->article->blocks[merger->article->sentences[mention->sentence].block].role))
        form->opens = core.start + 1;
    form->mentions++;
    merger->form_of[m] = index;
}

/* ---------------------------------------------------------------- writing */

/* "Japans" is German for "of Japan": the name of the country is without the s. */
static struct slice without_genitive(const struct merger *merger, struct slice name, uint16_t country)
{
    if (name.len < 4 || name.ptr[name.len - 1] != 's' || !slice_starts(merger->article->language.value, SLICE("de")))
        return name;
    struct slice base = slice_sub(name, 0, name.len - 1);
    const struct gazetteer_entry *entry = gazetteer_find_text(merger->job->knowledge->gazetteer, base);
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
        uint32_t root = merger_root(merger, f);
        struct form *form = &merger->forms[f], *into = &merger->forms[root];
        if (root == f)
            continue;
        if (form_length(form) > form_length(into)) {
            into->first = form->first;
            into->end = form->end;
        }
        /* The longer form knows better what it is than the surname alone; "Union" is a town's name, "Union Berlin" is
         * not. */
        if (form_type(into) == ACTOR_ORGANIZATION && form_type(form) == ACTOR_PLACE)
            continue;
        for (size_t type = 0; type < ACTOR_OTHER; type++)
            into->votes[type] += 0.2f * form->votes[type];
    }
}

#define LONGEST_CREDIT 160 /* bytes; an author may also be named in a paragraph of the story */

/* Is it in the line that names the author? Whoever else stands there took the photos. */
static bool is_credit(const struct article *article, const struct mention *mention)
{
    for (uint32_t i = 0; i < article->author_count; i++) {
        const struct finding *author = &article->authors[i];
        if (!author->has_span || author->block == NO_BLOCK)
            continue;
        const struct span *line = &article->blocks[author->block].span;
        if (line->end - line->start <= LONGEST_CREDIT && mention->span.start >= line->start &&
            mention->span.end <= line->end)
            return true;
    }
    return false;
}

/* An actor for every form that has mentions of its own; returns the actor of each form, NO_FORM for those
 * that were merged into another or are the article's author. */
static uint32_t *make_actors(struct merger *merger)
{
    struct article *article = merger->article;
    struct arena *arena = merger->job->arena;
    uint32_t *actor_of = arena_alloc(arena, merger->form_count * sizeof *actor_of);
    uint32_t *mentions = arena_calloc(arena, merger->form_count, sizeof *mentions);
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (is_credit(article, &article->mentions[m]))
            merger->form_of[m] = NO_FORM;
        else if (merger->form_of[m] != NO_FORM)
            mentions[merger_root(merger, merger->form_of[m])]++;
    article->actors = arena_calloc(arena, merger->form_count, sizeof *article->actors);
    for (uint32_t f = 0; f < merger->form_count; f++) {
        actor_of[f] = NO_FORM;
        struct slice name =
            mentions[f] ? name_case_written(merger->job, merger->forms[f].first, merger->forms[f].end) : SLICE_NULL;
        if (!mentions[f] || merger->forms[f].dropped || is_author(article, name) ||
            article->actor_count >= LIMIT_ACTORS)
            continue;
        struct actor *actor = &article->actors[article->actor_count];
        actor->name = merger->forms[f].country ? without_genitive(merger, name, merger->forms[f].country) : name;
        actor->type = form_type(&merger->forms[f]);
        actor->aliases =
            arena_alloc(arena, (mentions[f] < MOST_ALIASES ? mentions[f] : MOST_ALIASES) * sizeof *actor->aliases);
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
        mention->actor = merger->form_of[m] == NO_FORM ? NO_FORM : actor_of[merger_root(merger, merger->form_of[m])];
        if (mention->actor == NO_FORM)
            continue;
        struct span core = mention_core(article, mention);
        struct actor *actor = &article->actors[mention->actor];
        actor->count++;
        mention->type = actor->type;
        add_alias(merger, actor, name_case_written(merger->job, core.start, core.end),
                  actor->count < MOST_ALIASES ? actor->count : MOST_ALIASES);
    }
}

enum err actors_run(struct job *job)
{
    struct article *article = &job->article;
    if (!article->mention_count)
        return ERR_NONE;
    struct merger merger = {.job = job, .article = article, .words = role_words_make(job)};
    merger.legal_forms = lexicon_table(job->knowledge->lexicon, "legal_forms");
    merger.exonyms = lexicon_table(job->knowledge->lexicon, "exonyms");
    merger.sports = name_context_has_score(article);
    merger.form_of = arena_alloc(job->arena, article->mention_count * sizeof *merger.form_of);
    struct map *maps[] = {&merger.by_owned,    &merger.by_key,   &merger.by_surname, &merger.by_given,
                          &merger.by_initials, &merger.by_start, &merger.by_place,   &merger.by_nickname};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        *maps[i] = map_make(job->arena, article->mention_count < 4096 ? article->mention_count : 4096);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        merger.form_of[m] = NO_FORM;
        if (article->mentions[m].type != ACTOR_OTHER)
            collect(&merger, m);
    }
    if (!merger.form_count)
        return ERR_NONE;
    merger_merge(&merger);
    sum_up(&merger);
    write_actors(&merger);
    return ERR_NONE;
}
