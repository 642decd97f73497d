#include "merger.h"
#include "metonyms.h"
#include "name_context.h"

#define AMBIGUOUS (UINT32_MAX - 1) /* what merger_find() gives for a start that two forms have */

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
    return (initial.len == 1 || (initial.len == 2 && initial.ptr[1] == '.')) && word.len && initial.ptr[0] == word.ptr[0];
}

/* One's given names stand in the other's in order, initials allowed: "Joe Biden", "Joseph R. Biden" do not
 * fit, "Joseph Biden" does. */
static bool given_names_fit(const struct merger *merger, const struct form *shorter, const struct form *longer)
{
    uint32_t at = longer->first;
    for (uint32_t i = shorter->first; i + 1 < shorter->end; i++) {
        struct slice word = merger_token(merger, i)->lower;
        while (at + 1 < longer->end && !slice_equals(word, merger_token(merger, at)->lower) &&
               !is_initial_of(word, merger_token(merger, at)->lower) && !is_initial_of(merger_token(merger, at)->lower, word))
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
    if (slice_starts(surname, SLICE("al-")) || slice_starts(surname, SLICE("el-"))) { /* "Sistani" for "Ali al-Sistani" */
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

/* "ecb" for "European Central Bank": first letters of the capitalised words; with those behind hyphens "pti" for "Pakistan
 * Tehreek-e-Insaf". */
struct slice merger_initials(struct merger *merger, const struct form *form, bool hyphens)
{
    char *out = arena_alloc(merger->job->arena, 16);
    size_t len = 0;
    for (uint32_t i = form->first; i < form->end && len < 15; i++) {
        const struct token *token = merger_token(merger, i);
        if (!(token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)))
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
    return slice_starts(longer->key, shorter->key) && longer->key.len > shorter->key.len && longer->key.ptr[shorter->key.len] == ' ';
}

/* Under the words with which the form begins; where two begin so, it is not sure which is meant, but for one that goes on from the
 * other, which is then meant. */
static void index_start(const struct merger *merger, struct map *starts, struct slice words, uint32_t f)
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

/* "Ltd", "GmbH", "Bank", "Airlines", "FC": the last word is a form in law, or says what kind of company, paper or team this is. */
static bool ends_in_form(const struct merger *merger, const struct form *form)
{
    static const struct slice kinds[] = {{"company", 7}, {"media", 5}, {"team", 4}};
    const struct token *last = merger_token(merger, form->end - 1);
    const struct gazetteer_entry *entry = gazetteer_find(merger->words.gazetteer, last, 1);
    for (size_t i = 0; entry && entry->classes & NAME_ORGANIZATION_TAIL && entry->organization_type && i < sizeof kinds / sizeof kinds[0]; i++)
        if (slice_equals(gazetteer_organization_type(entry->organization_type), kinds[i]))
            return true;
    return lexicon_find(merger->legal_forms, article_text(merger->article, last->span));
}

/* "Walt Disney Co.", "Robert Bosch GmbH": a person's name before the form in law. */
static bool is_founders(const struct merger *merger, const struct form *form)
{
    return form_length(form) == 3 && role_word_classes(&merger->words, form->first, 1) & NAME_GIVEN && ends_in_form(merger, form);
}

/* "Church of Scientology": the last word is a name that no list has for anything else. */
static bool is_of_own(const struct merger *merger, const struct form *form)
{
    return form_length(form) == 3 && role_word_classes(&merger->words, form->first, 1) & NAME_ORGANIZATION_HEAD &&
           role_word_is(&merger->words, form->first + 1, SMALL_OF) && !role_word_classes(&merger->words, form->end - 1, 1);
}

static void index_organization(struct merger *merger, uint32_t f)
{
    struct form *form = &merger->forms[f];
    index_initials(merger, f, false);
    if (has_hyphen(merger, form))
        index_initials(merger, f, true);
    for (uint32_t end = form->first + 1; end < form->end; end++)
        index_start(merger, &merger->by_start, merger_join_words(merger, form->first, end), f);
    if (is_founders(merger, form))
        index_start(merger, &merger->by_nickname, merger_token(merger, form->end - 2)->lower, f);
    if (name_context_has_nickname(&merger->words, form->first, form->end) || is_of_own(merger, form))
        index_start(merger, &merger->by_nickname, merger_token(merger, form->end - 1)->lower, f);
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
    return arena_printf(merger->job->arena, "%.*s of %.*s", SLICE_ARG(noun), SLICE_ARG(merger_join_words(merger, first, end - 1)));
}

/* What the names of one body have in common. */
struct body_name {
    struct slice words;    /* behind a country, if it begins with one */
    struct slice national; /* the country's two letters and these words; null: none */
};

static struct body_name body_name_of(struct merger *merger, const struct form *form)
{
    size_t length;
    const struct gazetteer_entry *entry = gazetteer_longest(merger->words.gazetteer, merger_token(merger, form->first), form_length(form) - 1,
                                                            NAME_COUNTRY | NAME_DEMONYM, &length);
    uint16_t country = form->owner ? form->owner : entry && !entry->countries[1] ? entry->countries[0] : 0;
    struct body_name name = {.words = words_of_body(merger, form->first + (country && !form->owner ? (uint32_t)length : 0), form->end)};
    if (country)
        name.national = arena_printf(merger->job->arena, "%c%c %.*s", country >> 8, country & 0xFF, SLICE_ARG(name.words));
    return name;
}

static bool may_be_body(const struct form *form)
{
    return !form->country && form_type(form) == ACTOR_ORGANIZATION;
}

/* "US Senate" and "United States Senate", "UK Treasury" and "British Treasury": the same words behind the same country; "Justice
 * Department" and "Department of Justice"; and "the Treasury", where the text has that of one country. */
static void merge_bodies(struct merger *merger)
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
            index_start(merger, &abroad, name.words, other == NO_FORM ? f : other);
    }
    for (uint32_t f = 0; abroad.count && f < merger->form_count; f++) {
        uint32_t other = may_be_body(&merger->forms[f]) ? merger_find(&abroad, words_of_body(merger, merger->forms[f].first, merger->forms[f].end)) : NO_FORM;
        if (other != NO_FORM && other != AMBIGUOUS)
            merger_join(merger, f, other);
    }
}

/* "Shabaab" for "Al-Shabaab" */
static void index_without_article(struct merger *merger, uint32_t f)
{
    struct slice first = merger_token(merger, merger->forms[f].first)->lower;
    if (slice_starts(first, SLICE("al-")) || slice_starts(first, SLICE("el-")))
        index_start(merger, &merger->by_start, slice_sub(first, 3, first.len), f);
}

static void merge_long_forms(struct merger *merger)
{
    for (uint32_t f = 0; f < merger->form_count; f++) {
        struct form *form = &merger->forms[f];
        enum actor_type type = form_type(form);
        if (type == ACTOR_ORGANIZATION)
            index_without_article(merger, f);
        if (form_length(form) < 2 || form->country)
            continue;
        if (type == ACTOR_PERSON)
            merge_person(merger, f);
        else if (type == ACTOR_ORGANIZATION && form_length(form) < 10)
            index_organization(merger, f);
    }
}

/* "Andy Warhol" is somebody, whatever begins with that name. */
static bool is_full_name(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *given = actors_known(merger->job, form->first, form->first + 1);
    return form_length(form) > 1 && form_type(form) == ACTOR_PERSON && given && given->classes & NAME_GIVEN;
}

/* "Norvale" before the "Norvale Foundation" that owns it: what the prose names first is no short form of it. */
static bool has_heir(const struct merger *merger, const struct form *form, uint32_t other)
{
    static const struct slice heirs[] = {{"foundation", 10}, {"institute", 9}, {"trust", 5}, {"museum", 6}, {"fund", 4}, {"academy", 7}, {"prize", 5}};
    if (other == NO_FORM || form->opens == 0 || form->opens > merger->forms[other].first)
        return false;
    for (size_t i = 0; i < sizeof heirs / sizeof heirs[0]; i++)
        if (slice_equals(merger_token(merger, merger->forms[other].end - 1)->lower, heirs[i]))
            return true;
    return false;
}

/* A short form of an organization: its acronym, or its first words where these are no name of a place and
 * no word that many share. */
static uint32_t longer_organization(struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    uint32_t classes = known ? known->classes : 0;
    struct slice key = form->owner ? merger_join_words(merger, form->first, form->end) : form->key;
    if (is_full_name(merger, form))
        return NO_FORM;
    if (form_length(form) == 1 && merger_token(merger, form->first)->flags & TOKEN_ALL_UPPER) {
        uint32_t by_initials = merger_find(&merger->by_initials, key);
        if (by_initials != NO_FORM)
            return by_initials;
    }
    uint32_t by_nickname = form_length(form) == 1 && form_type(form) == ACTOR_ORGANIZATION ? merger_find(&merger->by_nickname, key) : NO_FORM;
    if (by_nickname != NO_FORM && by_nickname != AMBIGUOUS)
        return by_nickname;
    uint32_t by_start = merger_find(&merger->by_start, key);
    /* "in Wetherfield", "MARIETTA, Ohio" beside the "Wetherfield Herald", the "Marietta Times"; "Union" for "Union Berlin": a word that
     * others have in their names, but nobody else here. */
    bool city = classes & NAME_CITY && !(classes & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL));
    bool town = (form->placed || city) && form_type(form) == ACTOR_PLACE && !merger->sports;
    bool large = town || classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION) || (known && known->city_tier && known->city_tier <= CITY_TIER_LARGE);
    if (large || by_start == AMBIGUOUS || by_start == NO_FORM || has_heir(merger, form, by_start))
        return NO_FORM;
    if (classes & NAME_ORGANIZATION && !merger->sports) /* "Google" is more than "Google Cloud", but "Apple" is "Apple Inc." */
        return ends_in_form(merger, &merger->forms[by_start]) ? by_start : NO_FORM;
    const uint32_t body = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    if (classes & NAME_ORGANIZATION_HEAD && role_word_classes(&merger->words, merger->forms[by_start].end - 1, 1) & body)
        return NO_FORM; /* "Senate" is more than its "Senate Judiciary Committee" */
    bool shared = classes & (NAME_ANY_PLACE | NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL | NAME_COMMON | NAME_GIVEN);
    return shared && form->mentions < 2 ? NO_FORM : by_start;
}

/* "The North", no place by itself, where the text names North Korea and nothing else that begins so. */
static uint32_t longer_place(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    if (form_length(form) > 1 || form_type(form) != ACTOR_PLACE || (known && known->classes & NAME_ANY_PLACE) || form->first == 0 ||
        !role_word_is(&merger->words, form->first - 1, SMALL_DETERMINER))
        return NO_FORM;
    uint32_t by_place = merger_find(&merger->by_place, form->key);
    return by_place == AMBIGUOUS ? NO_FORM : by_place;
}

/* Forms of a country are one form, whichever shows it best, so the mentions are looked at. */
static void index_places(struct merger *merger)
{
    for (uint32_t m = 0; m < merger->article->mention_count; m++) {
        struct span core = mention_core(merger->article, &merger->article->mentions[m]);
        uint32_t f = merger->form_of[m];
        if (f != NO_FORM && core.end - core.start > 1 && form_type(&merger->forms[f]) == ACTOR_PLACE)
            index_start(merger, &merger->by_place, merger_token(merger, core.start)->lower, f);
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
    static const struct slice prepositions[] = {{"after", 5}, {"before", 6}, {"during", 6}, {"since", 5}, {"until", 5}, {"over", 4}, {"on", 2}, {"in", 2}};
    for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0] && form->first > 0; i++)
        if (slice_equals(merger_token(merger, form->first - 1)->lower, prepositions[i]))
            return true;
    return false;
}

/* "Sterling", the currency, is a person only where the text names one; "Easter" is neither place nor organization. */
static bool is_no_name(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    uint32_t classes = known ? known->classes : 0;
    if (form_type(form) == ACTOR_PERSON) /* "after Eid" */
        return form_length(form) == 1 && (classes & NAME_NOT_WORD || (classes & NAME_NOT && form->mentions == 1 && is_behind_time(merger, form)));
    return classes & NAME_NOT && !(classes & (NAME_ANY_PLACE | NAME_ORGANIZATION));
}

/* "Mercedes", "Ford": a company that has somebody's name, where the text names nobody so, with a title or without. */
static bool is_lone_company(const struct merger *merger, const struct form *form)
{
    const struct gazetteer_entry *known = actors_known(merger->job, form->first, form->end);
    return form_length(form) == 1 && form_type(form) == ACTOR_PERSON && !form->titled && known && known->classes & NAME_ORGANIZATION &&
           !(known->classes & (NAME_COUNTRY | NAME_REGION)); /* "Bayern" */
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
            target = longer_organization(merger, form);
        if (target == NO_FORM)
            target = longer_place(merger, form);
        if (target != NO_FORM && merger_root(merger, target) != f)
            merger_join(merger, f, target);
        else if (is_no_name(merger, form))
            form->dropped = true;
        else if (is_lone_company(merger, form))
            form->votes[ACTOR_ORGANIZATION] += 2.0f * form->votes[ACTOR_PERSON];
    }
}

/* The form of the country whose capital the mention names, where the text names the country too; NO_FORM. */
static uint32_t country_of_capital(const struct merger *merger, uint32_t m)
{
    struct span core = mention_core(merger->article, &merger->article->mentions[m]);
    const struct gazetteer_entry *known = actors_known(merger->job, core.start, core.end);
    if (!known || !(known->classes & NAME_CAPITAL) || known->classes & NAME_COUNTRY || merger->article->mentions[m].type == ACTOR_PERSON)
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
        bool follows =
            use[m] & 1u << CAPITAL_UNSAID && uses[merger->form_of[m]] & 1u << CAPITAL_ACTS && !(uses[merger->form_of[m]] & 1u << CAPITAL_PLACE);
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
        uint32_t head = form_length(form) == 1 && form->into != f ? merger_find(&merger->by_surname, form->key) : NO_FORM;
        uint32_t best = NO_FORM, steps = 0;
        char gender = head != NO_FORM ? gender_before(merger, m) : 0;
        for (uint32_t other = head; other != NO_FORM && steps < 16; other = merger->forms[other].next_by_surname, steps++) {
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
    merge_bodies(merger);
    merge_long_forms(merger);
    index_places(merger);
    merger_join_called(merger);
    merge_short_forms(merger);
    merge_metonyms(merger);
    resolve_shared_surnames(merger);
}
