/* Which names mean one organization: its acronym, its first words, its founder's name, the same words in another order.
 */
#include "find/names/name_context.h"
#include "merger.h"

#define LONGEST_INDEXED 9 /* words of a name of which short forms are looked for */

/* "ecb" for "European Central Bank": first letters of the capitalised words; with those behind hyphens "pti" for
 * "Pakistan Tehreek-e-Insaf". */
struct slice merger_initials(struct merger *merger, const struct form *form, bool hyphens)
{
    char *out = arena_alloc(merger->job->arena, 16);
    size_t len = 0;
    bool plain = merger_token(merger, form->first)->flags & merger_token(merger, form->end - 1)->flags & TOKEN_LOWER;
    for (uint32_t i = form->first; i < form->end && len < 15; i++) {
        const struct token *token = merger_token(merger, i);
        if (plain ? token->small & SMALL_FUNCTION : !(token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)))
            continue;
        out[len++] = token->lower.ptr[0];
        struct slice text = article_text(merger->article, token->span);
        for (size_t k = 1; hyphens && k < text.len && len < 15; k++)
            if (text.ptr[k - 1] == '-' && text.ptr[k] >= 'A' && text.ptr[k] <= 'Z')
                out[len++] = (char)(text.ptr[k] | 0x20);
    }
    return slice_of(out, len);
}

/* One name goes on where the other ends: "Halden Marine Limited" behind "Halden Marine". */
static bool goes_on_from(const struct form *longer, const struct form *shorter)
{
    return slice_starts(longer->key, shorter->key) && longer->key.len > shorter->key.len &&
           longer->key.ptr[shorter->key.len] == ' ';
}

/* Under the words with which the form begins; where two begin so, it is not sure which is meant, but for one that goes
 * on from the other, which is then meant. */
void merger_index_start(const struct merger *merger, struct map *starts, struct slice words, uint32_t f)
{
    void **start = map_at(starts, words);
    void *form = (void *)(uintptr_t)(f + 1), *ambiguous = (void *)(uintptr_t)UINT32_MAX;
    uint32_t other = *start ? (uint32_t)(uintptr_t)*start - 1 : f;
    if (*start == NULL || (*start != ambiguous && goes_on_from(&merger->forms[other], &merger->forms[f])))
        *start = form;
    else if (*start != ambiguous && other != f && !goes_on_from(&merger->forms[f], &merger->forms[other]))
        *start = ambiguous;
}

static void index_initials(struct merger *merger, uint32_t f, bool hyphens)
{
    struct slice initials = merger_initials(merger, &merger->forms[f], hyphens);
    if (initials.len > 1 && merger_find(&merger->by_initials, initials) == NO_FORM)
        *map_at(&merger->by_initials, initials) = (void *)(uintptr_t)(f + 1);
}

static bool has_hyphen(const struct merger *merger, const struct form *form)
{
    for (uint32_t i = form->first; i < form->end; i++)
        if (slice_find_byte(merger_token(merger, i)->lower, '-', 0) != SLICE_NOT_FOUND)
            return true;
    return false;
}

/* "Ltd", "GmbH", "Bank", "Airlines", "FC": the last word is a form in law, or says what kind of company, paper or team
 * this is. */
static bool ends_in_form(const struct merger *merger, const struct form *form)
{
    static const struct slice kinds[] = {{"company", 7}, {"media", 5}, {"team", 4}};
    const struct token *last = merger_token(merger, form->end - 1);
    const struct gazetteer_entry *entry = gazetteer_find(merger->words.gazetteer, last, 1);
    for (size_t i = 0; entry && entry->classes & NAME_ORGANIZATION_TAIL && entry->organization_type &&
                       i < sizeof kinds / sizeof kinds[0];
         i++)
        if (slice_equals(gazetteer_organization_type(entry->organization_type), kinds[i]))
            return true;
    return lexicon_find(merger->legal_forms, article_text(merger->article, last->span));
}

/* "Walt Disney Co.", "Robert Bosch GmbH": a person's name before the form in law. */
static bool is_founders(const struct merger *merger, const struct form *form)
{
    return form_length(form) == 3 && role_word_classes(&merger->words, form->first, 1) & NAME_GIVEN &&
           ends_in_form(merger, form);
}

/* "Church of Scientology": the last word is a name that no list has for anything else. */
static bool is_of_own(const struct merger *merger, const struct form *form)
{
    return form_length(form) == 3 && role_word_classes(&merger->words, form->first, 1) & NAME_ORGANIZATION_HEAD &&
           role_word_is(&merger->words, form->first + 1, SMALL_OF) &&
           !role_word_classes(&merger->words, form->end - 1, 1);
}

/* "Banca Transalpina", "Groupe Arvel": behind a noun for bodies that is no English word, a word that no list has. */
static bool is_behind_noun(const struct merger *merger, const struct form *form)
{
    uint32_t noun = role_word_classes(&merger->words, form->first, 1);
    return form_length(form) == 2 && noun & NAME_ORGANIZATION_HEAD && !(noun & NAME_COMMON) &&
           !role_word_classes(&merger->words, form->end - 1, 1);
}

/* "Shabaab" for "Al-Shabaab" */
static void index_without_article(struct merger *merger, uint32_t f)
{
    struct slice first = merger_token(merger, merger->forms[f].first)->lower;
    if (slice_starts(first, SLICE("al-")) || slice_starts(first, SLICE("el-")))
        merger_index_start(merger, &merger->by_start, slice_sub(first, 3, first.len), f);
}

void merger_index_organization(struct merger *merger, uint32_t f)
{
    struct form *form = &merger->forms[f];
    index_without_article(merger, f);
    if (form->country || form_length(form) < 2 || form_length(form) > LONGEST_INDEXED)
        return;
    index_initials(merger, f, false);
    if (has_hyphen(merger, form))
        index_initials(merger, f, true);
    for (uint32_t end = form->first + 1; end < form->end; end++)
        merger_index_start(merger, &merger->by_start, merger_join_words(merger, form->first, end), f);
    if (is_founders(merger, form))
        merger_index_start(merger, &merger->by_nickname, merger_token(merger, form->end - 2)->lower, f);
    if (name_context_has_nickname(&merger->words, form->first, form->end) || is_of_own(merger, form) ||
        is_behind_noun(merger, form))
        merger_index_start(merger, &merger->by_nickname, merger_token(merger, form->end - 1)->lower, f);
}

static bool is_government_noun(const struct merger *merger, uint32_t i)
{
    const struct gazetteer_entry *entry = gazetteer_find(merger->words.gazetteer, merger_token(merger, i), 1);
    return entry && entry->classes & NAME_ORGANIZATION_HEAD && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("government"));
}

/* The words [first, end), those of "Justice Department" as those of "Department of Justice". */
static struct slice words_of_body(struct merger *merger, uint32_t first, uint32_t end)
{
    if (end - first < 2 || !is_government_noun(merger, end - 1))
        return merger_join_words(merger, first, end);
    struct slice noun = merger_token(merger, end - 1)->lower;
    return arena_printf(merger->job->arena, "%.*s of %.*s", SLICE_ARG(noun),
                        SLICE_ARG(merger_join_words(merger, first, end - 1)));
}

/* What the names of one body have in common. */
struct body_name {
    struct slice words;    /* behind a country, if it begins with one */
    struct slice national; /* the country's two letters and these words; null: none */
};

static struct body_name body_name_of(struct merger *merger, const struct form *form)
{
    size_t length;
    const struct gazetteer_entry *entry =
        gazetteer_longest(merger->words.gazetteer, merger_token(merger, form->first), form_length(form) - 1,
                          NAME_COUNTRY | NAME_DEMONYM, &length);
    uint16_t country = form->owner ? form->owner : entry && !entry->countries[1] ? entry->countries[0] : 0;
    struct body_name name = {
        .words = words_of_body(merger, form->first + (country && !form->owner ? (uint32_t)length : 0), form->end)};
    if (country)
        name.national =
            arena_printf(merger->job->arena, "%c%c %.*s", country >> 8, country & 0xFF, SLICE_ARG(name.words));
    return name;
}

static bool may_be_body(const struct form *form)
{
    return !form->country && form_type(form) == ACTOR_ORGANIZATION;
}

/* "US Senate" and "United States Senate", "UK Treasury" and "British Treasury": the same words behind the same country;
 * "Justice Department" and "Department of Justice"; and "the Treasury", where the text has that of one country. */
void merger_join_bodies(struct merger *merger)
{
    struct map bodies = map_make(merger->job->arena, 32), abroad = map_make(merger->job->arena, 32);
    for (uint32_t f = 0; f < merger->form_count; f++) {
        if (!may_be_body(&merger->forms[f]) || form_length(&merger->forms[f]) < 2)
            continue;
        struct body_name name = body_name_of(merger, &merger->forms[f]);
        struct slice key = slice_is_null(name.national) ? name.words : name.national;
        uint32_t other = merger_find(&bodies, key);
        if (other == NO_FORM)
            *map_at(&bodies, key) = (void *)(uintptr_t)(f + 1);
        else
            merger_join(merger, f, other);
        if (!slice_is_null(name.national))
            merger_index_start(merger, &abroad, name.words, other == NO_FORM ? f : other);
    }
    for (uint32_t f = 0; abroad.count && f < merger->form_count; f++) {
        uint32_t other = may_be_body(&merger->forms[f])
                             ? merger_find(&abroad, words_of_body(merger, merger->forms[f].first, merger->forms[f].end))
                             : NO_FORM;
        if (other != NO_FORM && other != MERGER_AMBIGUOUS)
            merger_join(merger, f, other);
    }
}

/* "Andy Warhol" is somebody, whatever begins with that name. */
static bool is_full_name(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *given = names_known(merger->job, form->first, form->first + 1);
    return form_length(form) > 1 && form_type(form) == ACTOR_PERSON && given && given->classes & NAME_GIVEN;
}

/* "Norvale" before the "Norvale Foundation" that owns it: what the prose names first is no short form of it. */
static bool has_heir(const struct merger *merger, const struct form *form, uint32_t other)
{
    static const struct slice heirs[] = {{"foundation", 10}, {"institute", 9}, {"trust", 5}, {"museum", 6},
                                         {"fund", 4},        {"academy", 7},   {"prize", 5}};
    if (other == NO_FORM || form->opens == 0 || form->opens > merger->forms[other].first)
        return false;
    for (size_t i = 0; i < sizeof heirs / sizeof heirs[0]; i++)
        if (slice_equals(merger_token(merger, merger->forms[other].end - 1)->lower, heirs[i]))
            return true;
    return false;
}

/* A short form of an organization: its acronym, or its first words where these are no name of a place and
 * no word that many share. */
uint32_t merger_longer_organization(struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = names_known(merger->job, form->first, form->end);
    uint32_t classes = known ? known->classes : 0;
    struct slice key = form->owner ? merger_join_words(merger, form->first, form->end) : form->key;
    if (is_full_name(merger, form))
        return NO_FORM;
    bool letters =
        form_length(form) == 1 && (merger_token(merger, form->first)->flags & TOKEN_ALL_UPPER ||
                                   (merger_token(merger, form->first)->flags & TOKEN_LOWER && !known)); /* "ucaa" */
    if (letters) {
        uint32_t by_initials = merger_find(&merger->by_initials, key);
        if (by_initials != NO_FORM)
            return by_initials;
    }
    bool named_so = form_length(form) == 1 && (form_type(form) == ACTOR_ORGANIZATION || (!known && !form->placed));
    uint32_t by_nickname = named_so ? merger_find(&merger->by_nickname, key) : NO_FORM;
    if (by_nickname != NO_FORM && by_nickname != MERGER_AMBIGUOUS)
        return by_nickname;
    uint32_t by_start = merger_find(&merger->by_start, key);
    /* "in Wetherfield", "MARIETTA, Ohio" beside the "Wetherfield Herald", the "Marietta Times"; "Union" for "Union
     * Berlin": a word that others have in their names, but nobody else here. */
    bool city = classes & NAME_CITY && !(classes & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL));
    bool town = (form->placed || city) && form_type(form) == ACTOR_PLACE && !merger->sports;
    bool large = town || classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION) || gazetteer_is_large_city(known);
    if (large || by_start == MERGER_AMBIGUOUS || by_start == NO_FORM || has_heir(merger, form, by_start))
        return NO_FORM;
    if (classes & NAME_ORGANIZATION &&
        !merger->sports) /* "Google" is more than "Google Cloud", but "Apple" is "Apple Inc." */
        return ends_in_form(merger, &merger->forms[by_start]) ? by_start : NO_FORM;
    const uint32_t body = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    if (classes & NAME_ORGANIZATION_HEAD &&
        role_word_classes(&merger->words, merger->forms[by_start].end - 1, 1) & body)
        return NO_FORM; /* "Senate" is more than its "Senate Judiciary Committee" */
    bool shared =
        classes & (NAME_ANY_PLACE | NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL | NAME_COMMON | NAME_GIVEN);
    return shared && form->mentions < 2 ? NO_FORM : by_start;
}
