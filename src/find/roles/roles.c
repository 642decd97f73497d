/* The stage, what is added to an actor, and what a role is of. */
#include "roles_internal.h"

#include "find/names/name_case.h"
#include "find/names/names.h"

#define MOST_ROLES 4    /* of one actor */
#define SHORTEST_OFFICE 4 /* bytes of what a German word ends in: "chef" */
#define LONGEST_OFFICE 18
#define MOST_BETWEEN 4  /* tokens between a place and the body there: "Chad's opposition" */
#define LONGEST_SENTENCE 80 /* tokens back to the organization that "Its boss" means */
#define LONGEST_WAY 500 /* tokens back to the organization that "its" or "the museum's" means */

/* ------------------------------------------------------------------ adding */

/* Whether the word is one for an office, which a country gives. */
static bool names_office(const struct role_finder *finder, struct slice word)
{
    static const char *const kinds[] = {"role", "seat", "state", "country"};
    bool office = role_word_list_says(&finder->words, finder->leading, word, "yes");
    for (size_t k = 0; !office && k < sizeof kinds / sizeof kinds[0]; k++)
        office = role_word_list_says(&finder->words, finder->postings, word, kinds[k]);
    return office;
}

/* The same of what a word ends in: "vice-premier", "Parlamentspräsident", "Vizepräsidenten". */
static bool ends_in_office(const struct role_finder *finder, struct slice word)
{
    struct slice last = slice_behind_last(word, '-');
    if (names_office(finder, word) || (!slice_is_null(last) && names_office(finder, last)))
        return true;
    if (!slice_equals(finder->words.language, SLICE("de")))
        return false;
    struct slice stem = slice_ends(word, SLICE("en")) ? slice_sub(word, 0, word.len - 2) : word;
    for (size_t length = SHORTEST_OFFICE; length <= stem.len && length <= LONGEST_OFFICE; length++)
        if (names_office(finder, slice_sub(stem, stem.len - length, stem.len)))
            return true;
    return false;
}

static bool is_office(const struct role_finder *finder, const struct stated_role *stated)
{
    for (uint32_t i = stated->first; i < stated->end; i++)
        if (ends_in_office(finder, token_at(finder, i)->lower) || classes_at(finder, i, 1) & NAME_RANK)
            return true;
    return false;
}

void roles_leave_origin(const struct role_finder *finder, struct stated_role *stated)
{
    if (stated->away || slice_is_null(stated->of) || is_office(finder, stated))
        return;
    stated->away = true;
    stated->from = stated->of;
    stated->of = SLICE_NULL;
}

/* "assistant governor" of "governor": another office, which the same person may come to. */
static bool is_deputy_of(const struct role_finder *finder, struct slice title, struct slice office)
{
    if (title.len <= office.len || !slice_ends_nocase(title, office))
        return false;
    struct slice word;
    slice_split(&title, ' ', &word);
    const struct gazetteer_entry *entry = gazetteer_find_text(finder->words.gazetteer, word);
    return entry && entry->classes & NAME_JOINER && role_word_list_says(&finder->words, finder->leading, word, "not");
}

void roles_add(struct role_finder *finder, uint32_t actor_index, const struct stated_role *stated, struct slice title)
{
    struct actor *actor = &finder->article->actors[actor_index];
    if (slice_is_null(title))
        title = name_case_as_it_stands(finder->job, stated->first, stated->end);
    if (actor->type != ACTOR_PERSON || slice_equals_nocase(stated->of, actor->name))
        return;
    for (uint32_t i = 0; i < actor->role_count; i++) {
        struct actor_role *role = &actor->roles[i];
        if (is_deputy_of(finder, role->title, title) || is_deputy_of(finder, title, role->title))
            continue;
        if (slice_contains_nocase(role->title, title) || slice_contains_nocase(title, role->title)) {
            if (slice_is_null(role->of))
                role->of = stated->of;
            return;
        }
    }
    if (actor->role_count >= MOST_ROLES)
        return;
    if (!actor->roles)
        actor->roles = arena_calloc(finder->job->arena, MOST_ROLES, sizeof *actor->roles);
    actor->roles[actor->role_count++] = (struct actor_role){title, stated->of, stated->away, stated->from};
}

uint32_t roles_count(const struct role_finder *finder, uint32_t actor)
{
    return finder->article->actors[actor].role_count;
}

void roles_share_of(struct role_finder *finder, uint32_t actor_index, uint32_t known)
{
    struct actor *actor = &finder->article->actors[actor_index];
    if (actor->role_count != known + 2)
        return;
    struct actor_role *one = &actor->roles[known], *other = one + 1;
    if (one->away || other->away)
        return;
    if (slice_is_null(one->of))
        one->of = other->of;
    else if (slice_is_null(other->of))
        other->of = one->of;
}

struct slice roles_title_around(const struct role_finder *finder, uint32_t start, const struct stated_role *role)
{
    uint32_t m = finder->mention_to[role->first];
    uint32_t body = m ? finder->article->mentions[m - 1].first : role->first;
    if (!m && role->first > start && !is_possessive(finder, role->first - 1) &&
        role_word_country(&finder->words, role->first - 1))
        body = role->first - 1;
    if (body == role->first || body <= start || !qualifies_title(finder, body - 1))
        return SLICE_NULL;
    bool other = classes_at(finder, body - 1, 1) & NAME_MODIFIER ||
                 role_word_list_says(&finder->words, finder->leading, token_at(finder, body - 1)->lower, "not");
    bool of_body =
        token_at(finder, body - 1)->flags & TOKEN_CAPITALISED || token_at(finder, body - 1)->small & SMALL_STOP;
    if (!other && of_body) /* "State Senate" "President", "first Muslim mayor" */
        return SLICE_NULL;
    struct slice word = name_case_as_it_stands(finder->job, body - 1, body);
    struct slice title = name_case_as_it_stands(finder->job, role->first, role->end);
    return arena_printf(finder->job->arena, "%.*s %.*s", SLICE_ARG(word), SLICE_ARG(title));
}

/* ------------------------------------------------------- what a role is of */

struct slice roles_name_of_mention(const struct role_finder *finder, uint32_t m)
{
    const struct mention *mention = &finder->article->mentions[m];
    if (mention->actor != UINT32_MAX)
        return finder->article->actors[mention->actor].name;
    struct span core = mention_core(finder->article, mention);
    const struct gazetteer_entry *entry = names_known(finder->job, core.start, core.end);
    return entry && entry->classes & NAME_DEMONYM ? gazetteer_country_name(finder->words.gazetteer, entry->countries[0])
                                                  : SLICE_NULL;
}

/* Whether "the company" may mean the organization: it is of the type that lists know it by. */
static bool is_of_type(const struct role_finder *finder, const struct mention *mention, struct slice noun)
{
    struct span core = mention_core(finder->article, mention);
    const struct gazetteer_entry *entry = names_known(finder->job, core.start, core.end);
    return entry && entry->classes & NAME_ORGANIZATION && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), noun);
}

static bool has_in_name(const struct role_finder *finder, const struct mention *mention, struct slice word)
{
    for (uint32_t k = mention->first; k < mention->end; k++)
        if (slice_equals(token_at(finder, k)->lower, word))
            return true;
    return false;
}

/* The last organization named before `at` in the sentence; with a noun, the last of the text that has it in its name
 * ("National Museum" for "the museum"), or is of that type ("the company"). */
static struct slice organization_before(const struct role_finder *finder, uint32_t at, uint32_t start,
                                        const struct token *noun)
{
    uint32_t stop = noun ? 0 : start;
    for (uint32_t i = at; i > stop && at - i < LONGEST_WAY; i--) {
        uint32_t m = finder->mention_to[i];
        const struct mention *mention = m ? &finder->article->mentions[m - 1] : NULL;
        if (!mention || mention->type != ACTOR_ORGANIZATION || mention->actor == UINT32_MAX)
            continue;
        if (!noun || has_in_name(finder, mention, noun->lower) || is_of_type(finder, mention, noun->lower))
            return roles_name_of_mention(finder, m - 1);
    }
    return SLICE_NULL;
}

/* "Carbios is a rival. Its boss, X, agreed." */
static struct slice organization_of_last_sentence(const struct role_finder *finder, uint32_t start)
{
    struct slice name = SLICE_NULL;
    for (uint32_t i = start; i > 0 && start - i < LONGEST_SENTENCE; i--) {
        uint32_t m = finder->mention_at[i - 1];
        if (m && mention_is(finder, m - 1, ACTOR_ORGANIZATION))
            name = roles_name_of_mention(finder, m - 1);
        if (token_at(finder, i - 1)->flags & TOKEN_SENTENCE_START)
            break;
    }
    return name;
}

/* "Norway has sent its" "envoy": the one place named before `at` in the sentence, if it is a country. */
static struct slice only_country_before(const struct role_finder *finder, uint32_t at, uint32_t start)
{
    struct slice name = SLICE_NULL;
    if (at - start > LONGEST_WAY)
        return name;
    for (uint32_t i = start + 1; i <= at; i++) {
        uint32_t m = finder->mention_to[i];
        if (!m || !mention_is(finder, m - 1, ACTOR_PLACE))
            continue;
        struct slice place = roles_name_of_mention(finder, m - 1);
        const struct gazetteer_entry *entry =
            slice_is_null(place) ? NULL : gazetteer_find_text(finder->words.gazetteer, place);
        if (!slice_is_null(name) || !entry || !(entry->classes & NAME_COUNTRY))
            return SLICE_NULL;
        name = place;
    }
    return name;
}

/* The word before a title that stands for an organization: "its", "the museum's", "the company's". */
static struct slice organization_meant(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    uint32_t at = first - 1;
    if (is_word(finder, at, "its")) {
        struct slice body =
            at > start ? organization_before(finder, at, start, NULL) : organization_of_last_sentence(finder, at);
        return slice_is_null(body) && names_office(finder, token_at(finder, first)->lower)
                   ? only_country_before(finder, at, start)
                   : body;
    }
    if (is_word(finder, at, "whose") && at > start + 1 && is_word(finder, at - 1, ",") && finder->mention_to[at - 1] &&
        !mention_is(finder, finder->mention_to[at - 1] - 1, ACTOR_PERSON)) /* "Turkey, whose coach, X," */
        return roles_name_of_mention(finder, finder->mention_to[at - 1] - 1);
    if (!is_possessive(finder, at) || at == start)
        return SLICE_NULL;
    const struct token *word = token_at(finder, at - 1);
    bool noun = classes_at(finder, at - 1, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
                lexicon_find(finder->words.kinds, word->lower);
    return noun ? organization_before(finder, at - 1, start, word) : SLICE_NULL;
}

/* "Bayerns" Ministerpräsident: languages that put an s to a name for "of". */
static struct slice place_in_genitive(const struct role_finder *finder, uint32_t i)
{
    static const struct slice languages[] = {{"de", 2}, {"sv", 2}, {"da", 2}, {"no", 2}, {"nb", 2}};
    const struct token *token = token_at(finder, i);
    bool known = false;
    for (size_t k = 0; k < sizeof languages / sizeof languages[0]; k++)
        known = known || slice_equals(languages[k], finder->words.language);
    if (!known || token->flags & TOKEN_LOWER || !slice_ends(token->lower, SLICE("s")))
        return SLICE_NULL;
    struct slice text = article_text(finder->article, token->span), name = slice_sub(text, 0, text.len - 1);
    const struct gazetteer_entry *entry = gazetteer_find_text(finder->words.gazetteer, name);
    bool place = entry && entry->classes & (NAME_COUNTRY | NAME_REGION | NAME_CAPITAL | NAME_CITY) &&
                 !(entry->classes & (NAME_GIVEN | NAME_SURNAME));
    return place ? name : SLICE_NULL;
}

/* "Oxfam's" "Asia" director: the organization that has the place, +1; 0: none. */
static uint32_t owner_of(const struct role_finder *finder, uint32_t place)
{
    uint32_t first = finder->article->mentions[place].first;
    if (!mention_is(finder, place, ACTOR_PLACE) || first < 2 || !is_possessive(finder, first - 1))
        return 0;
    uint32_t m = finder->mention_to[first - 1];
    return m && mention_is(finder, m - 1, ACTOR_ORGANIZATION) ? m : 0;
}

struct slice roles_of_before(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return SLICE_NULL;
    bool possessive = is_possessive(finder, first - 1);
    uint32_t at = possessive ? first - 1 : first;
    uint32_t m = finder->mention_to[at] ? finder->mention_to[at] : finder->mention_to[first];
    uint32_t owner = m ? owner_of(finder, m - 1) : 0;
    bool of_owner =
        m && !owner && mention_is(finder, m - 1, ACTOR_PLACE) && finder->article->mentions[m - 1].first > start + 1;
    struct slice meant_before =
        of_owner ? organization_meant(finder, start, finder->article->mentions[m - 1].first) : SLICE_NULL;
    if (!slice_is_null(meant_before)) /* "The bank's" "Pacific" director */
        return meant_before;
    if (m)
        return mention_is(finder, m - 1, ACTOR_PERSON) ? SLICE_NULL
                                                       : roles_name_of_mention(finder, (owner ? owner : m) - 1);
    struct slice meant = organization_meant(finder, start, first);
    if (!slice_is_null(meant))
        return meant;
    uint16_t country = role_word_country(&finder->words, first - 1);
    return country ? gazetteer_country_name(finder->words.gazetteer, country) : place_in_genitive(finder, first - 1);
}

bool roles_is_origin(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    return first > start && role_word_country(&finder->words, first - 1) &&
           !(classes_at(finder, first - 1, 1) & NAME_COUNTRY);
}

struct slice roles_of_compound(const struct role_finder *finder, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    struct slice last = slice_behind_last(token->lower, '-');
    if (slice_is_null(last) || last.len + 2 > token->lower.len)
        return SLICE_NULL;
    struct slice body = slice_sub(article_text(finder->article, token->span), 0, token->lower.len - last.len - 1);
    const struct gazetteer_entry *entry = gazetteer_find_text(finder->words.gazetteer, body);
    bool small = entry && entry->classes & NAME_COMMON && token->flags & TOKEN_LOWER;
    return entry && !small && entry->classes & (NAME_ORGANIZATION | NAME_COUNTRY) ? body : SLICE_NULL;
}

void roles_settle_of(const struct role_finder *finder, uint32_t start, uint32_t noun, struct stated_role *role)
{
    bool behind = !slice_is_null(role->of) && roles_is_of_posting(finder, noun + 1, "place");
    bool seat = roles_is_of_posting(finder, noun, "seat");
    bool against = !slice_is_null(role->of) && roles_is_of_posting(finder, noun, "against");
    if (against || (behind && roles_is_of_posting(finder, noun, "role"))) {
        role->away = true;
        role->from = roles_of_before(finder, start, role->first);
        return;
    }
    struct slice holder = behind && (is_word(finder, noun + 1, "in") || (is_word(finder, noun + 1, "for") && !seat))
                              ? roles_of_before(finder, start, role->first)
                              : SLICE_NULL;
    if (slice_is_null(holder))
        return;
    role->away = true;
    role->from = role->of;
    role->of = holder;
}

uint32_t roles_office_end(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    uint32_t end = 0;
    if (!is_grammar(finder, at, SMALL_OF))
        return 0;
    bool romance = role_words_are_romance(&finder->words);
    if (romance && roles_is_of_posting(finder, at, "place"))
        return 0;
    for (uint32_t i = at + 1;
         i < stop && i - at <= LONGEST_TITLE && !finder->mention_at[i] && token_at(finder, i)->kind == TOKEN_WORD;
         i++) {
        bool small = token_at(finder, i)->small & SMALL_FUNCTION;
        if (romance && roles_is_of_posting(finder, i, "place")) /* "la ministra en su agenda" */
            break;
        if (!small && (romance || !(token_at(finder, i)->flags & TOKEN_LOWER))) /* "eDrive" counts as well */
            end = i + 1;
        else if (!small || is_grammar(finder, i, SMALL_COPULA | SMALL_PRONOUN | SMALL_RELATIVE))
            break;
    }
    return end;
}

/* Of the capitalised words behind a title that are no actor: "Minister" "of Defence" is one, "CEO of Snap" has it at a
 * company. */
static struct slice office_or_body(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *end,
                                   uint32_t *next)
{
    uint32_t office_end = roles_office_end(finder, at, stop);
    if (!office_end) /* "CEO of The, a magazine" */
        return SLICE_NULL;
    *next = office_end;
    if (at > 0 && token_at(finder, at - 1)->flags & TOKEN_ALL_UPPER)
        return name_case_as_it_stands(finder->job, at + 1, *next);
    *end = *next;
    return SLICE_NULL;
}

/* "of law" "at": what stands between the "of" at `at` and that at `i` is what the role is about; "for the port
 * authority" "in" is not. */
static bool ends_subject(const struct role_finder *finder, uint32_t at, uint32_t i)
{
    return i > at + 1 && is_grammar(finder, i, SMALL_OF) && !is_grammar(finder, at + 1, SMALL_DETERMINER) &&
           !(token_at(finder, i - 1)->small & SMALL_FUNCTION);
}

uint32_t roles_body_within(const struct role_finder *finder, uint32_t m, uint32_t stop)
{
    if (!mention_is(finder, m - 1, ACTOR_PLACE) && !mention_is(finder, m - 1, ACTOR_ORGANIZATION))
        return m;
    uint32_t end = finder->article->mentions[m - 1].end, i = end;
    bool owner = i < stop && is_possessive(finder, i);
    for (i += owner; i < stop && i < end + MOST_BETWEEN && !finder->mention_at[i] && may_stand_in_title(finder, i); i++)
        ;
    uint32_t body = i > end && i < stop ? finder->mention_at[i] : 0;
    bool fits = body && (owner || mention_is(finder, m - 1, ACTOR_PLACE));
    return fits && mention_is(finder, body - 1, ACTOR_ORGANIZATION) ? body : m;
}

/* "electrical engineering and computer science" */
static bool is_subject(const struct role_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!is_grammar(finder, i, SMALL_CONJUNCTION) && !may_stand_in_title(finder, i))
            return false;
    return true;
}

/* "Britain-based", "Kurdish-led" before what it says it of. English. */
static bool is_attribute(const struct role_finder *finder, uint32_t i)
{
    struct slice last = slice_behind_last(token_at(finder, i)->lower, '-');
    return slice_equals(last, SLICE("based")) || slice_equals(last, SLICE("led")) ||
           slice_equals(last, SLICE("backed")) || slice_equals(last, SLICE("born"));
}

/* Where a name ends that no list and no tagger knew, but what stands before it shows to be a body: "partner at"
 * "Lakeside", "director of the" "Himalayan Database"; what begins with a capital at `i` behind the "of" at `at`. 0: it
 * is none. English. */
static uint32_t unknown_body_end(const struct role_finder *finder, uint32_t at, uint32_t i, uint32_t stop)
{
    bool article = is_grammar(finder, i - 1, SMALL_ARTICLE);
    bool lower = at > 0 && token_at(finder, at - 1)->flags & TOKEN_LOWER; /* "Secretary of the Interior" is an office */
    bool shown =
        is_word(finder, i - 1 - article, "at") || (article && lower && i == at + 2 && is_word(finder, at, "of"));
    uint32_t end = i;
    while (shown && end < stop && end - i < LONGEST_TITLE && token_at(finder, end)->kind == TOKEN_WORD &&
           !(token_at(finder, end)->flags & TOKEN_LOWER) &&
           !(finder->mention_at[end] && !mention_is(finder, finder->mention_at[end] - 1, ACTOR_OTHER)))
        end++;
    bool closed = end > i && (end == stop || token_at(finder, end)->kind == TOKEN_PUNCTUATION ||
                              is_grammar(finder, end, SMALL_RELATIVE | SMALL_CONJUNCTION));
    return closed ? end : 0;
}

struct slice roles_of_behind(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *end,
                             uint32_t *next)
{
    *end = *next = at;
    if (at + 1 >= stop || !is_grammar(finder, at, SMALL_OF))
        return SLICE_NULL;
    bool english = slice_equals(finder->words.language, SLICE("en"));
    bool owned = is_word(finder, at + 1, "its") || is_word(finder, at + 1, "their"); /* of what was named before */
    bool names_title = !owned && (is_word(finder, at, "of") || is_word(finder, at, "for"));
    bool serves = is_word(finder, at, "for") || is_word(finder, at, "to") || is_word(finder, at, "at");
    uint32_t i = at + 1, complement = at;
    for (; i < stop && i < at + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i],
                 body_of = m && mention_is(finder, m - 1, ACTOR_OTHER) ? finder->mention_at[i + 1] : 0;
        if (body_of && mention_is(finder, body_of - 1, ACTOR_ORGANIZATION)) /* "for the Russian" "Foreign Ministry" */
            m = body_of;
        uint32_t unknown =
            english && !(token_at(finder, i)->flags & TOKEN_LOWER) ? unknown_body_end(finder, at, i, stop) : 0;
        if (unknown) {
            *end = complement;
            *next = unknown;
            return name_case_as_it_stands(finder->job, i, unknown);
        }
        if (m && (serves || !mention_is(finder, m - 1, ACTOR_PERSON))) { /* "spokesman for Joe Biden" */
            m = english ? roles_body_within(finder, m, stop) : m;
            *end = complement;
            *next = finder->article->mentions[m - 1].end;
            return roles_name_of_mention(finder, m - 1);
        }
        if (english && !m &&
            (is_possessive(finder, i) || is_attribute(finder, i))) /* "treasurer of the miners' union Sitra" */
            continue;
        bool capital = !m && english && !(token_at(finder, i)->flags & TOKEN_LOWER);
        if (m || token_at(finder, i)->kind != TOKEN_WORD || capital) {
            if (capital && names_title && i == at + 1 && token_at(finder, i)->kind == TOKEN_WORD)
                return office_or_body(finder, at, stop, end, next);
            break;
        }
        if (english && is_word(finder, i, "for"))
            break;
        if (names_title && complement == at && ends_subject(finder, at, i))
            complement = i;
    }
    bool closed = i < stop && token_at(finder, i)->kind == TOKEN_PUNCTUATION &&
                  !(token_at(finder, i - 1)->small & SMALL_PRONOUN) && !is_word(finder, i - 1, "them");
    if (names_title && closed && (i - at <= 4 || is_subject(finder, at + 1, i)))
        *end = *next = i;
    return SLICE_NULL;
}

/* ------------------------------------------------------------------- stage */

enum err roles_run(struct job *job)
{
    struct article *article = &job->article;
    if (!article->actor_count)
        return ERR_NONE;
    struct role_finder finder = {.job = job, .article = article, .words = role_words_make(job)};
    finder.verbs = lexicon_table(job->knowledge->lexicon, "role_verbs");
    finder.leading = lexicon_table(job->knowledge->lexicon, "leading_roles");
    finder.offices = lexicon_table(job->knowledge->lexicon, "office_verbs");
    finder.postings = lexicon_table(job->knowledge->lexicon, "posted_roles");
    finder.things = lexicon_table(job->knowledge->lexicon, "thing_nouns");
    finder.weekdays = lexicon_table(job->knowledge->lexicon, "weekdays");
    finder.mention_at = arena_calloc(job->arena, article->token_count + 1, sizeof *finder.mention_at);
    finder.mention_to = arena_calloc(job->arena, article->token_count + 1, sizeof *finder.mention_to);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        finder.mention_at[article->mentions[m].first] = m + 1;
        finder.mention_to[article->mentions[m].end] = m + 1;
    }
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->type != ACTOR_PERSON || mention->actor == UINT32_MAX)
            continue;
        const struct sentence *sentence = &article->sentences[mention->sentence];
        finder.in_heading = article->blocks[sentence->block].role != ROLE_BODY;
        roles_find_before(&finder, mention, sentence->first, sentence->end);
        roles_find_shared(&finder, mention, sentence->first, sentence->end);
        roles_find_after(&finder, mention, sentence->first, sentence->end);
        roles_find_by(&finder, mention, sentence->first);
    }
    return ERR_NONE;
}
