/* What an actor is: its mentions vote, and so does what stands around each of them. */
#include "article/knowledge.h"
#include "find/names/name_context.h"
#include "merger.h"

#define LONGEST_LIST 8    /* names */
#define VOTE_BESIDE 1.2f /* against what the tagger says once, not twice */
#define VOTE_SAID 3.0f   /* against what it says of every other mention */
#define VOTE_PAIR 0.9f   /* against what it says once and is not quite sure of */
#define VOTE_TEAM 2.0f   /* against two mentions in a report of a match */
#define VOTE_WHERE 0.5f  /* against what it says once and is not sure of */

enum actor_type form_type(const struct form *form)
{
    enum actor_type best = ACTOR_PERSON;
    for (enum actor_type type = ACTOR_ORGANIZATION; type < ACTOR_OTHER; type++)
        if (form->votes[type] > form->votes[best])
            best = type;
    return best;
}

/* ------------------------------------------------------- what stands beside */

/* The type that lists and its own words give the mention for sure; ACTOR_OTHER: none. */
static enum actor_type sure_type(const struct merger *merger, const struct mention *mention)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    struct span core = mention_core(merger->article, mention);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    uint32_t classes = known ? known->classes : 0, last = role_word_classes(&merger->words, core.end - 1, 1);
    bool place = classes & NAME_ANY_PLACE,
         body = classes & NAME_ORGANIZATION || (core.end - core.start > 1 && last & marks);
    if (place == body || classes & (NAME_GIVEN | NAME_SURNAME | NAME_COMMON))
        return ACTOR_OTHER;
    return mention->type == (place ? ACTOR_PLACE : ACTOR_ORGANIZATION) ? mention->type : ACTOR_OTHER;
}

/* Mention `left` and the one behind it stand in one list: "A, B", "A and B". */
static bool are_listed(const struct merger *merger, const struct mention *left)
{
    const struct mention *right = left + 1;
    bool article = right->first == left->end + 2 &&
                   merger_is_word(merger, left->end + 1, SLICE("the")); /* "and the Rufford Foundation" */
    if (right->sentence != left->sentence || (right->first != left->end + 1 && !article))
        return false;
    return merger_is_word(merger, left->end, SLICE(",")) || role_word_is(&merger->words, left->end, SMALL_CONJUNCTION);
}

/* What stands around a mention says of what type it is, and how much that counts; ACTOR_OTHER: nothing. */
struct saying {
    enum actor_type type;
    float votes;
};

static const struct saying NOTHING_SAID = {ACTOR_OTHER, 0};

static bool has_persons_name(const struct merger *merger, struct span core)
{
    for (uint32_t i = core.start; i < core.end; i++)
        if (role_word_classes(&merger->words, i, 1) & (NAME_GIVEN | NAME_SURNAME))
            return true;
    return false;
}

/* The name's words, or what joins them, say that it is a body's. */
static bool is_marked(const struct merger *merger, struct span core)
{
    for (uint32_t i = core.start; i < core.end; i++)
        if (role_word_classes(&merger->words, i, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
            role_word_is(&merger->words, i, SMALL_OF) || merger_is_word(merger, i, SLICE("&")) ||
            lexicon_find(merger->legal_forms, article_text(merger->article, merger_token(merger, i)->span)))
            return true;
    return false;
}

/* "Lightspeed, Khosla Ventures and MGX": what a name is that no list has, by those that it is listed with: two on one
 * side, or one on either; less sure by one alone behind or before an "and". A town with its country ("Soma, Turkey") is
 * no list. */
static struct saying type_of_neighbour(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct mention *first = merger->article->mentions, *last = first + merger->article->mention_count - 1;
    if (has_persons_name(merger, core) || is_marked(merger, core))
        return NOTHING_SAID;
    const struct mention *before = mention > first && are_listed(merger, mention - 1) ? mention - 1 : NULL;
    const struct mention *behind = mention < last && are_listed(merger, mention) ? mention + 1 : NULL;
    const struct mention *far = before && before > first && are_listed(merger, before - 1) ? before - 1
                                : behind && behind < last && are_listed(merger, behind)   ? behind + 1
                                                                                          : NULL;
    const struct mention *list[] = {before, behind, far};
    enum actor_type type = ACTOR_OTHER;
    uint32_t sure = 0, others = 0;
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        enum actor_type one = list[i] ? sure_type(merger, list[i]) : ACTOR_OTHER;
        sure += one != ACTOR_OTHER && (type == ACTOR_OTHER || one == type);
        others += one != ACTOR_OTHER && type != ACTOR_OTHER && one != type;
        type = type == ACTOR_OTHER ? one : type;
    }
    bool pair = (before && role_word_is(&merger->words, before->end, SMALL_CONJUNCTION)) ||
                (behind && role_word_is(&merger->words, mention->end, SMALL_CONJUNCTION));
    bool single = core.end - core.start == 1 || mention->type != ACTOR_PERSON;
    if (others || sure == 0 || (sure == 1 && !(pair && single)))
        return NOTHING_SAID;
    return (struct saying){type, sure > 1 ? VOTE_BESIDE : VOTE_PAIR};
}

/* Where the list begins in which the mention stands: "off Anafi and Amorgos". */
static uint32_t list_start(const struct merger *merger, const struct mention *mention)
{
    for (uint32_t steps = 0;
         steps < LONGEST_LIST && mention > merger->article->mentions && are_listed(merger, mention - 1); steps++)
        mention--;
    return mention->first;
}

/* What a name is that no word beside it says to be anything, by what it does and what it stands in a list with. */
static struct saying type_by_company(const struct merger *merger, const struct mention *mention, struct span core,
                                     const struct gazetteer_entry *known)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if ((!known && actor_is_employer(merger, mention)) || actor_stands_as_body(merger, mention, core, known))
        return (struct saying){ACTOR_ORGANIZATION, VOTE_BESIDE};
    if (known)
        return NOTHING_SAID;
    struct slice shared = name_context_kind_of_list(&merger->words, sentence, list_start(merger, mention));
    return slice_is_null(shared) ? type_of_neighbour(merger, mention, core)
                                 : (struct saying){name_context_type_of_kind(shared), VOTE_BESIDE};
}

/* What the words beside the name say that it is, where the tagger saw something else in a name that no list knows;
 * context: what name_context_type() makes of them. */
static struct saying type_beside(const struct merger *merger, const struct mention *mention, struct span core,
                                 const struct gazetteer_entry *known, enum actor_type context)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if (known && known->classes & (NAME_ORGANIZATION | NAME_COUNTRY | NAME_CAPITAL | NAME_REGION))
        return NOTHING_SAID;
    if (context == ACTOR_OTHER)
        return type_by_company(merger, mention, core, known);
    if (context == ACTOR_PERSON && is_marked(merger, core))
        return NOTHING_SAID;
    struct slice before = name_context_kind_before(&merger->words, sentence, core.start);
    struct slice kind =
        slice_is_null(before) ? name_context_kind(&merger->words, sentence, core.start, mention->end) : before;
    bool person = mention->type == ACTOR_PERSON && core.end - core.start == 2 &&
                  role_word_classes(&merger->words, core.start, 1) & NAME_GIVEN;
    if (person && slice_equals(kind, SLICE("organization")))
        return NOTHING_SAID; /* "in the Challengers group Leon Pais came first"; "the firm Jane Street" */
    bool town = known && known->classes & NAME_ANY_PLACE && context == ACTOR_ORGANIZATION;
    if (town && slice_is_null(before) && slice_equals(kind, SLICE("company")))
        return (struct saying){ACTOR_PLACE, VOTE_BESIDE}; /* "the Quebec City operator" */
    bool named_so = !known && core.end - core.start == 1 && !slice_is_null(before); /* "the French firm Murenna" */
    return (struct saying){context, named_so ? VOTE_SAID : VOTE_BESIDE};
}

/* English: the word does what data/lexicon/type_cues.tsv calls so. */
static bool is_cue(const struct merger *merger, uint32_t i, const char *what)
{
    return role_word_list_says(&merger->words, merger->words.cues, merger_token(merger, i)->lower, what);
}

/* English: "in Ed Damazine", "near Hawazza", "off Anafi and Amorgos": hardly anybody is stood in, whose name lists do
 * not have. */
static bool holds_somebody(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t start = core.end - core.start == 1 ? list_start(merger, mention) : mention->first;
    if (mention->type != ACTOR_PERSON || known || start == sentence->first ||
        role_word_classes(&merger->words, core.end - 1, 1) & (NAME_GIVEN | NAME_SURNAME) ||
        (core.end < sentence->end && merger_is_word(merger, core.end, SLICE("'s")))) /* "in Van Gogh's painting" */
        return false;
    bool opens = start == sentence->first + 1;
    if (!opens && core.end - core.start == 1 && merger_is_word(merger, start - 1, SLICE("of")) &&
        is_cue(merger, start - 2, "ofplace"))
        return true; /* "people of Loima", "north of Kobe" */
    return is_cue(merger, start - 1, "inside") && (opens || !is_cue(merger, start - 2, "faith"));
}

/* "à Alger": behind a preposition that places have more often than people. */
static bool stands_as_place(const struct merger *merger, const struct mention *mention, struct span core,
                            const struct gazetteer_entry *known)
{
    if (slice_equals(merger->words.language, SLICE("en")))
        return holds_somebody(merger, mention, core, known);
    return mention->type == ACTOR_PERSON && core.end - core.start == 1 &&
           core.start > merger->article->sentences[mention->sentence].first &&
           role_word_is(&merger->words, core.start - 1, SMALL_WHERE);
}

static bool is_somebody(const struct mention *mention)
{
    return mention->type == ACTOR_PERSON && mention->end - mention->first > 1;
}

/* "Cesária Évora, Mariza and Ry Cooder", "Hursen & Blanck (1982)"; "Hera, Aphrodite and Poseidon": of three names that
 * look like people's each is one. */
static bool stands_with_people(const struct merger *merger, const struct mention *mention)
{
    const struct mention *first = merger->article->mentions, *last = first + merger->article->mention_count - 1;
    const struct mention *left = mention, *right = mention;
    if (mention->end < merger->article->token_count && merger_is_word(merger, mention->end, SLICE("&")))
        return true;
    while (left > first && mention - left < 2 && left[-1].type == ACTOR_PERSON && are_listed(merger, left - 1))
        left--;
    while (right < last && right - mention < 2 && right[1].type == ACTOR_PERSON && are_listed(merger, right))
        right++;
    return right - left > 1 || (left < mention && is_somebody(mention - 1)) ||
           (right > mention && is_somebody(mention + 1));
}

/* In a report of a match: a town that means its team. "Porto" is a surname too; whoever else bears it is merged by it.
 */
static bool stands_as_team(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    bool nobody = !known && core.end - core.start == 1; /* who has that surname is merged by it */
    bool town = nobody || (gazetteer_is_large_city(known) && !(known->classes & NAME_GIVEN));
    if (!merger->sports || (mention->type != ACTOR_PLACE && !(mention->type == ACTOR_PERSON && town)))
        return false;
    return name_context_is_team(&merger->words, &merger->article->sentences[mention->sentence], core.start,
                                mention->end);
}

/* "Nokia will cut jobs": a company that has the name of a small town, where no preposition of places stands before it.
 */
static bool stands_as_company(const struct merger *merger, const struct mention *mention, uint32_t first,
                              const struct gazetteer_entry *known)
{
    bool small =
        known && known->city_tier > CITY_TIER_LARGE && !(known->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION));
    return mention->type == ACTOR_PLACE && small && known->classes & NAME_ORGANIZATION &&
           !(first > 0 && role_word_is(&merger->words, first - 1, SMALL_WHERE | SMALL_OF));
}

void actor_types_vote(const struct merger *merger, const struct mention *mention, struct form *form)
{
    struct span core = mention_core(merger->article, mention);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    bool country = form->country != 0, team = !country && stands_as_team(merger, mention, core, known);
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    enum actor_type context =
        country ? ACTOR_OTHER : name_context_type(&merger->words, sentence, core.start, mention->end);
    struct saying beside = country || team ? NOTHING_SAID : type_beside(merger, mention, core, known, context);
    form->titled = form->titled || context == ACTOR_PERSON || stands_with_people(merger, mention);
    form->votes[country ? ACTOR_PLACE : mention->type] += mention->confidence;
    if (beside.type != mention->type || beside.votes >= VOTE_SAID)
        form->votes[beside.type] += beside.votes;
    if (team || (!country && stands_as_company(merger, mention, core.start, known)))
        form->votes[ACTOR_ORGANIZATION] += VOTE_TEAM;
    if (stands_as_place(merger, mention, core, known))
        form->votes[ACTOR_PLACE] += slice_equals(merger->words.language, SLICE("en")) ? VOTE_BESIDE : VOTE_WHERE;
    form->placed = form->placed || (mention->type == ACTOR_PLACE && actor_stands_inside(merger, mention, core.start));
}
