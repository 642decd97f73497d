#include "find/names/name_context.h"
#include "merger.h"
#include "metonyms.h"

#define SURE_PERSON 0.76f /* confidence of a mention */

/* Every second step of the way is cut short for the next search, so chains stay short. */
uint32_t merger_root(const struct merger *merger, uint32_t form)
{
    while (merger->forms[form].into != form) {
        merger->forms[form].into = merger->forms[merger->forms[form].into].into;
        form = merger->forms[form].into;
    }
    return form;
}

void merger_join(struct merger *merger, uint32_t form, uint32_t into)
{
    into = merger_root(merger, into);
    if (merger_root(merger, form) != into)
        merger->forms[merger_root(merger, form)].into = into;
}

static bool is_initial_of(struct slice initial, struct slice word)
{
    return (initial.len == 1 || (initial.len == 2 && initial.ptr[1] == '.')) && word.len &&
           initial.ptr[0] == word.ptr[0];
}

/* One's given names stand in the other's in order, initials allowed: "Joe Biden", "Joseph R. Biden" do not
 * fit, "Joseph Biden" does. */
static bool given_names_fit(const struct merger *merger, const struct form *shorter, const struct form *longer)
{
    uint32_t at = longer->first;
    for (uint32_t i = shorter->first; i + 1 < shorter->end; i++) {
        struct slice word = merger_token(merger, i)->lower;
        while (at + 1 < longer->end && !slice_equals(word, merger_token(merger, at)->lower) &&
               !is_initial_of(word, merger_token(merger, at)->lower) &&
               !is_initial_of(merger_token(merger, at)->lower, word))
            at++;
        if (at + 1 >= longer->end)
            return false;
        at++;
    }
    return true;
}

/* "Luiz" and "Lula" for "Luiz Inácio Lula da Silva": names of the person before the last. */
static void index_other_name(struct merger *merger, uint32_t f, uint32_t i)
{
    const struct token *token = merger_token(merger, i);
    if (i > merger->forms[f].first) {
        uint32_t classes = role_word_classes(&merger->words, i, 1);
        bool place = classes & NAME_ANY_PLACE && !(classes & (NAME_GIVEN | NAME_SURNAME));
        if (place || !(token->flags & TOKEN_CAPITALISED) || token->lower.len < 3)
            return;
    }
    void **name = map_at(&merger->by_given, token->lower);
    if (!*name)
        *name = (void *)(uintptr_t)(f + 1);
}

/* People of several names: those whose names fit become one, the others a chain by surname. */
static void merge_person(struct merger *merger, uint32_t f)
{
    struct form *form = &merger->forms[f];
    void **head = map_at(&merger->by_surname, merger_token(merger, form->end - 1)->lower);
    for (uint32_t other = *head ? (uint32_t)(uintptr_t)*head - 1 : NO_FORM, steps = 0; other != NO_FORM && steps < 16;
         other = merger->forms[other].next_by_surname, steps++) {
        const struct form *candidate = &merger->forms[other];
        bool longer = form_length(candidate) >= form_length(form);
        if (given_names_fit(merger, longer ? form : candidate, longer ? candidate : form)) {
            merger_join(merger, f, other);
            return;
        }
    }
    struct slice surname = merger_token(merger, form->end - 1)->lower;
    if (slice_starts(surname, SLICE("al-")) ||
        slice_starts(surname, SLICE("el-"))) { /* "Sistani" for "Ali al-Sistani" */
        void **bare = map_at(&merger->by_given, slice_sub(surname, 3, surname.len));
        *bare = *bare ? *bare : (void *)(uintptr_t)(f + 1);
    }
    size_t hyphen = slice_find_byte(surname, '-', 0);
    if (hyphen != SLICE_NOT_FOUND && hyphen > 2) { /* "Nukenova" for "Saltanat Nukenova-Sadyk" */
        void **part = map_at(&merger->by_given, slice_sub(surname, 0, hyphen));
        *part = *part ? *part : (void *)(uintptr_t)(f + 1);
    }
    form->next_by_surname = *head ? (uint32_t)(uintptr_t)*head - 1 : NO_FORM;
    *head = (void *)(uintptr_t)(f + 1);
    for (uint32_t i = form->first; i + 1 < form->end; i++)
        index_other_name(merger, f, i);
}

static void merge_long_forms(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        struct form *form = &merger->forms[f];
        enum actor_type type = form_type(form);
        if (type == ACTOR_ORGANIZATION)
            merger_index_organization(merger, f);
        else if (type == ACTOR_PERSON && form_length(form) > 1 && !form->country)
            merge_person(merger, f);
    }
}

/* "The North", no place by itself, where the text names North Korea and nothing else that begins so. */
static uint32_t longer_place(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = names_known(merger->job, form->first, form->end);
    if (form_length(form) > 1 || form_type(form) != ACTOR_PLACE || (known && known->classes & NAME_ANY_PLACE) ||
        form->first == 0 || !role_word_is(&merger->words, form->first - 1, SMALL_DETERMINER))
        return NO_FORM;
    uint32_t by_place = merger_find(&merger->by_place, form->key);
    return by_place == MERGER_AMBIGUOUS ? NO_FORM : by_place;
}

/* Forms of a country are one form, whichever shows it best, so the mentions are looked at. */
static void index_places(struct merger *merger)
{
    for (uint32_t m = 0; m < merger->article->mention_count; m++) {
        struct span core = mention_core(merger->article, &merger->article->mentions[m]);
        uint32_t f = merger->form_of[m];
        if (f != NO_FORM && core.end - core.start > 1 && form_type(&merger->forms[f]) == ACTOR_PLACE)
            merger_index_start(merger, &merger->by_place, merger_token(merger, core.start)->lower, f);
    }
}

/* The person whom a single name means: by surname, failing that by given name. */
static uint32_t person_of(const struct merger *merger, const struct form *form)
{
    struct slice word = merger_token(merger, form->first)->lower;
    uint32_t by_surname = merger_find(&merger->by_surname, word);
    return by_surname != NO_FORM ? by_surname : merger_find(&merger->by_given, word);
}

/* English: behind a preposition of time. */
static bool is_behind_time(const struct merger *merger, const struct form *form)
{
    static const struct slice prepositions[] = {{"after", 5}, {"before", 6}, {"during", 6}, {"since", 5},
                                                {"until", 5}, {"over", 4},   {"on", 2},     {"in", 2}};
    for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0] && form->first > 0; i++)
        if (slice_equals(merger_token(merger, form->first - 1)->lower, prepositions[i]))
            return true;
    return false;
}

/* "Sterling", the currency, is a person only where the text names one; "Easter" is neither place nor organization. */
static bool is_no_name(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = names_known(merger->job, form->first, form->end);
    uint32_t classes = known ? known->classes : 0;
    if (form_type(form) == ACTOR_PERSON) /* "after Eid" */
        return form_length(form) == 1 &&
               (classes & NAME_NOT_WORD || (classes & NAME_NOT && form->mentions == 1 && is_behind_time(merger, form)));
    return classes & NAME_NOT && !(classes & (NAME_ANY_PLACE | NAME_ORGANIZATION));
}

/* "Mercedes", "Ford": a company that has somebody's name, where the text names nobody so, with a title or without. */
static bool is_lone_company(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = names_known(merger->job, form->first, form->end);
    return form_length(form) == 1 && form_type(form) == ACTOR_PERSON && !form->titled && known &&
           known->classes & NAME_ORGANIZATION && !(known->classes & (NAME_COUNTRY | NAME_REGION)); /* "Bayern" */
}

/* "Binance", "Lazard", "Ässät": people are called by one name where a longer one or an office has introduced them; of
 * words that no list has, that end as no surnames do and of which the tagger is not sure, two in three are firms and
 * teams. English. */
static bool is_lone_stranger(const struct merger *merger, const struct form *form)
{
    return form_length(form) == 1 && form_type(form) == ACTOR_PERSON && !form->titled &&
           form->votes[ACTOR_PERSON] < SURE_PERSON * (float)form->mentions &&
           slice_equals(merger->words.language, SLICE("en")) &&
           !(merger_token(merger, form->first)->flags & TOKEN_LOWER) &&
           !names_known(merger->job, form->first, form->end) && !role_word_ends_as_surname(&merger->words, form->first);
}

static void merge_short_forms(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        struct form *form = &merger->forms[f];
        if (form->country || form->into != f)
            continue;
        float sure_place = form->votes[ACTOR_PLACE] / (float)form->mentions;
        uint32_t target = form_length(form) == 1 && sure_place < 0.75f ? person_of(merger, form) : NO_FORM;
        if (target == NO_FORM)
            target = merger_longer_organization(merger, form);
        if (target == NO_FORM)
            target = longer_place(merger, form);
        if (target != NO_FORM && merger_root(merger, target) != f)
            merger_join(merger, f, target);
        else if (is_no_name(merger, form))
            form->dropped = true;
        else if (is_lone_company(merger, form) || is_lone_stranger(merger, form))
            form->votes[ACTOR_ORGANIZATION] += 2.0f * form->votes[ACTOR_PERSON];
    }
}

/* The form of the country whose capital the mention names, where the text names the country too; NO_FORM. */
static uint32_t country_of_capital(const struct merger *merger, uint32_t m)
{
    struct span core = mention_core(merger->article, &merger->article->mentions[m]);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    if (!known || !(known->classes & NAME_CAPITAL) || known->classes & NAME_COUNTRY ||
        merger->article->mentions[m].type == ACTOR_PERSON)
        return NO_FORM;
    return merger_find(&merger->by_key, arena_printf(merger->job->arena, "=%d", known->countries[0]));
}

/* A capital that acts is its country; where it is a place as well, its other mentions stay one. */
static void merge_metonyms(struct merger *merger)
{
    uint32_t count = merger->article->mention_count;
    uint8_t *use = arena_calloc(merger->job->arena, count + 1, 1);
    uint8_t *uses = arena_calloc(merger->job->arena, merger->form_count + 1, 1); /* bits, by form */
    for (uint32_t m = 0; m < count; m++)
        if (merger->form_of[m] != NO_FORM && country_of_capital(merger, m) != NO_FORM) {
            use[m] = (uint8_t)(1u << metonym_use(merger->job, &merger->article->mentions[m]));
            uses[merger->form_of[m]] |= use[m];
        }
    for (uint32_t m = 0; m < count; m++) {
        bool acts = use[m] & 1u << CAPITAL_ACTS;
        bool follows = use[m] & 1u << CAPITAL_UNSAID && uses[merger->form_of[m]] & 1u << CAPITAL_ACTS &&
                       !(uses[merger->form_of[m]] & 1u << CAPITAL_PLACE);
        if (acts || follows)
            merger->form_of[m] = country_of_capital(merger, m);
    }
}

/* 'f' or 'm' where the word before the name says so ("Mrs Lindqvist", "his wife Britta Lindqvist"), else 0. */
static char gender_before(const struct merger *merger, uint32_t m)
{
    const struct mention *mention = &merger->article->mentions[m];
    if (mention->first == merger->article->sentences[mention->sentence].first)
        return 0;
    const struct lexicon_table *words = lexicon_table(merger->job->knowledge->lexicon, "gender_words");
    const struct lexicon_row *row = lexicon_find(words, merger_token(merger, mention->first - 1)->lower);
    return row ? row->columns[1].ptr[0] : 0;
}

static char *genders_of_people(const struct merger *merger)
{
    char *genders = arena_calloc(merger->job->arena, merger->form_count + 1, 1);
    for (uint32_t m = 0; m < merger->article->mention_count; m++) {
        uint32_t f = merger->form_of[m];
        char gender = f != NO_FORM && form_length(&merger->forms[f]) > 1 ? gender_before(merger, m) : 0;
        if (gender)
            genders[merger_root(merger, f)] = gender;
    }
    return genders;
}

/* Where several people share a surname, the one named last before the mention is meant, unless a word before it
 * says that this is a woman and that one a man. */
static void resolve_shared_surnames(struct merger *merger)
{
    const char *genders = genders_of_people(merger);
    uint32_t *last_mentioned = arena_calloc(merger->job->arena, merger->form_count + 1, sizeof *last_mentioned);
    for (uint32_t m = 0; m < merger->article->mention_count; m++) {
        uint32_t f = merger->form_of[m];
        if (f == NO_FORM)
            continue;
        const struct form *form = &merger->forms[f];
        uint32_t head =
            form_length(form) == 1 && form->into != f ? merger_find(&merger->by_surname, form->key) : NO_FORM;
        uint32_t best = NO_FORM, steps = 0;
        char gender = head != NO_FORM ? gender_before(merger, m) : 0;
        for (uint32_t other = head; other != NO_FORM && steps < 16;
             other = merger->forms[other].next_by_surname, steps++) {
            uint32_t root = merger_root(merger, other);
            bool opposite = gender && genders[root] && genders[root] != gender;
            if (!opposite && (best == NO_FORM || last_mentioned[root] > last_mentioned[best]))
                best = root;
        }
        if (best != NO_FORM)
            merger->form_of[m] = best;
        last_mentioned[merger_root(merger, merger->form_of[m])] = m + 1;
    }
}

void merger_merge(struct merger *merger)
{
    merger_join_bodies(merger);
    merge_long_forms(merger);
    index_places(merger);
    merger_join_called(merger);
    merge_short_forms(merger);
    merge_metonyms(merger);
    resolve_shared_surnames(merger);
}
