#include "lines_internal.h"

#include "text/lines.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A text runs through zones and never turns back: what stands above the headline, the headline, what
 * stands between it and the prose, the prose with what interrupts it, and the tail. A state is a role in
 * a zone; the best row of states is found by the Viterbi algorithm. Its weights are data: data/lexicon/line_weights.tsv
 * (looks) and line_transitions.tsv (what follows what), set by hand, and data/models/lines.tsv, what examples add to
 * both. */
enum zone { ZONE_TOP, ZONE_TITLE, ZONE_HEAD, ZONE_PROSE, ZONE_TAIL, ZONE_COUNT };

static const char *const zone_names[ZONE_COUNT] = {"top", "title", "head", "prose", "tail"};

static const struct state {
    enum zone zone;
    enum block_role role;
} states[] = {
    {ZONE_TOP, ROLE_KICKER},       {ZONE_TOP, ROLE_NAVIGATION},     {ZONE_TOP, ROLE_BYLINE},
    {ZONE_TOP, ROLE_DATELINE},     {ZONE_TOP, ROLE_SHARE},          {ZONE_TOP, ROLE_CONSENT},
    {ZONE_TOP, ROLE_ADVERTISEMENT}, {ZONE_TOP, ROLE_CAPTION},       {ZONE_TOP, ROLE_NEWSLETTER},
    {ZONE_TITLE, ROLE_HEADLINE},
    {ZONE_HEAD, ROLE_STANDFIRST},  {ZONE_HEAD, ROLE_KICKER},        {ZONE_HEAD, ROLE_BYLINE},
    {ZONE_HEAD, ROLE_DATELINE},    {ZONE_HEAD, ROLE_NAVIGATION},    {ZONE_HEAD, ROLE_SHARE},
    {ZONE_HEAD, ROLE_CAPTION},     {ZONE_HEAD, ROLE_CONSENT},       {ZONE_HEAD, ROLE_ADVERTISEMENT},
    {ZONE_HEAD, ROLE_NEWSLETTER},
    {ZONE_PROSE, ROLE_BODY},       {ZONE_PROSE, ROLE_SUBHEADING},   {ZONE_PROSE, ROLE_CAPTION},
    {ZONE_PROSE, ROLE_ADVERTISEMENT}, {ZONE_PROSE, ROLE_NEWSLETTER}, {ZONE_PROSE, ROLE_TEASER},
    {ZONE_PROSE, ROLE_SHARE},      {ZONE_PROSE, ROLE_NAVIGATION},   {ZONE_PROSE, ROLE_BYLINE},
    {ZONE_PROSE, ROLE_DATELINE},  {ZONE_PROSE, ROLE_COMMENT},
    {ZONE_TAIL, ROLE_TEASER},      {ZONE_TAIL, ROLE_NAVIGATION},    {ZONE_TAIL, ROLE_CONSENT},
    {ZONE_TAIL, ROLE_ADVERTISEMENT}, {ZONE_TAIL, ROLE_CAPTION},     {ZONE_TAIL, ROLE_SHARE},
    {ZONE_TAIL, ROLE_NEWSLETTER},  {ZONE_TAIL, ROLE_COMMENT},       {ZONE_TAIL, ROLE_AUTHOR_BIO},
    {ZONE_TAIL, ROLE_FOOTER},      {ZONE_TAIL, ROLE_BYLINE},        {ZONE_TAIL, ROLE_DATELINE},
};

#define STATE_COUNT (sizeof states / sizeof states[0])

/* Numbers of all states, some of which are looked at together. */
#define LANES 4
#define STATE_ROWS ((STATE_COUNT + LANES - 1) / LANES)
typedef float float_row __attribute__((vector_size(4 * LANES)));
typedef int32_t int_row __attribute__((vector_size(4 * LANES)));
union state_row {
    float of[STATE_ROWS * LANES];
    float_row rows[STATE_ROWS];
};

/* Which zone may follow which. The headline stands once; prose may begin without one. */
static const bool may_follow[ZONE_COUNT][ZONE_COUNT] = {
    [ZONE_TOP] = {[ZONE_TOP] = true, [ZONE_TITLE] = true, [ZONE_PROSE] = true},
    [ZONE_TITLE] = {[ZONE_HEAD] = true, [ZONE_PROSE] = true, [ZONE_TAIL] = true},
    [ZONE_HEAD] = {[ZONE_HEAD] = true, [ZONE_PROSE] = true, [ZONE_TAIL] = true},
    [ZONE_PROSE] = {[ZONE_PROSE] = true, [ZONE_TAIL] = true},
    [ZONE_TAIL] = {[ZONE_TAIL] = true},
};

struct line_model {
    float looks[LINE_FEATURE_COUNT][STATE_COUNT];
    union state_row follow[STATE_COUNT]; /* [from].of[to]; -INFINITY: never */
    size_t first_after[STATE_COUNT];        /* the first state that may follow; states stand in order of zones */
};

/* --------------------------------------------------------------------- loading */

/* "tail.teaser", "*.teaser", "tail.*" */
struct pattern {
    int zone, role; /* ANY: every one */
};

#define ANY -1

static int zone_from_name(struct slice name)
{
    for (int zone = 0; zone < ZONE_COUNT; zone++)
        if (slice_equals(name, slice_from_cstr(zone_names[zone])))
            return zone;
    assert(slice_equals(name, SLICE("*")));
    return ANY;
}

static int role_from_name(struct slice name)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (slice_equals(name, slice_from_cstr(role_name((enum block_role)role))))
            return role;
    assert(slice_equals(name, SLICE("*")));
    return ANY;
}

static struct pattern pattern_read(struct slice text)
{
    size_t dot = slice_find_byte(text, '.', 0);
    return (struct pattern){zone_from_name(slice_sub(text, 0, dot)),
                            role_from_name(slice_sub(text, dot + 1, text.len))};
}

static bool pattern_fits(struct pattern pattern, size_t state)
{
    return (pattern.zone == ANY || pattern.zone == (int)states[state].zone) &&
           (pattern.role == ANY || pattern.role == (int)states[state].role);
}

static enum line_feature feature_from_name(struct slice name)
{
    static const char *const names[] = {
#define X(enumerator, text) text,
        LINE_FEATURE_TABLE(X)
#undef X
    };
    for (int i = 0; i < LINE_FEATURE_COUNT; i++)
        if (slice_equals(name, slice_from_cstr(names[i])))
            return (enum line_feature)i;
    assert(!"data/lexicon/line_weights.tsv names a feature that does not exist");
    return LINE_ALWAYS;
}

/* Does the row say what follows what? Its second column is then a state as well, or "same". */
static bool is_pair(const struct lexicon_row *row)
{
    return slice_find_byte(row->columns[1], '.', 0) != SLICE_NOT_FOUND || slice_equals(row->columns[1], SLICE("same"));
}

static void load_looks(struct line_model *model, struct arena *arena, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        if (is_pair(row))
            continue;
        enum line_feature feature = feature_from_name(row->columns[1]);
        float weight = strtof(arena_cstr(arena, row->columns[2]), NULL);
        struct pattern pattern = pattern_read(row->columns[0]);
        for (size_t state = 0; state < STATE_COUNT; state++)
            if (pattern_fits(pattern, state))
                model->looks[feature][state] += weight;
    }
}

static void forbid_turning_back(struct line_model *model)
{
    for (size_t from = 0; from < STATE_COUNT; from++)
        for (size_t to = 0; to < STATE_COUNT; to++)
            model->follow[from].of[to] = may_follow[states[from].zone][states[to].zone] ? 0.0f : -INFINITY;
    for (size_t from = 0; from < STATE_COUNT; from++)
        while (model->follow[from].of[model->first_after[from]] == -INFINITY)
            model->first_after[from]++;
}

static void load_transitions(struct line_model *model, struct arena *arena, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        if (!is_pair(row))
            continue;
        float weight = strtof(arena_cstr(arena, row->columns[2]), NULL);
        bool same = slice_equals(row->columns[1], SLICE("same"));
        struct pattern before = pattern_read(row->columns[0]);
        struct pattern after = same ? before : pattern_read(row->columns[1]);
        for (size_t from = 0; from < STATE_COUNT; from++)
            for (size_t to = 0; to < STATE_COUNT && pattern_fits(before, from); to++)
                if (same ? from == to : pattern_fits(after, to))
                    model->follow[from].of[to] += weight;
    }
}

const struct line_model *line_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    static const char *const tables[] = {"line_weights", "line_transitions", "lines"};
    struct line_model *model = arena_calloc(arena, 1, sizeof *model);
    forbid_turning_back(model);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        load_looks(model, arena, lexicon_table(lexicon, tables[i]));
        load_transitions(model, arena, lexicon_table(lexicon, tables[i]));
    }
    return model;
}

size_t lines_state_count(void)
{
    return STATE_COUNT;
}

const char *lines_state_zone(size_t state)
{
    return zone_names[states[state].zone];
}

const char *lines_state_role(size_t state)
{
    return role_name(states[state].role);
}

bool lines_state_may_follow(size_t before, size_t after)
{
    return may_follow[states[before].zone][states[after].zone];
}

/* -------------------------------------------------------------------- deciding */

/* The role with the heaviest cue, and the weight of the heaviest of any other role. */
struct heaviest {
    int role;
    float first, second;
};

static struct heaviest heaviest_cue(const struct cue_found *cues)
{
    struct heaviest heaviest = {-1, 0, 0};
    for (int role = 0; role < ROLE_COUNT; role++) {
        float weight = cues->weight[role];
        if (weight > heaviest.first)
            heaviest = (struct heaviest){role, weight, heaviest.first};
        else if (weight > heaviest.second)
            heaviest.second = weight;
    }
    return heaviest;
}

static void score_states(const struct line_model *model, const struct line *line, float scores[STATE_COUNT])
{
    struct heaviest cue = heaviest_cue(&line->cues);
    for (size_t state = 0; state < STATE_COUNT; state++) {
        enum block_role role = states[state].role;
        scores[state] = model->looks[LINE_OWN_CUE][state] * line->cues.weight[role] +
                        model->looks[LINE_OTHER_CUE][state] * ((int)role == cue.role ? cue.second : cue.first);
    }
    for (int feature = 0; feature < LINE_OWN_CUE; feature++) {
        float value = line->features[feature];
        if (value == 0) /* most are */
            continue;
        for (size_t state = 0; state < STATE_COUNT; state++)
            scores[state] += model->looks[feature][state] * value;
    }
}

/* How far the chosen state stands above the others of its zone, as a share. */
static float certainty(const float scores[STATE_COUNT], size_t chosen)
{
    float sum = 0;
    for (size_t state = 0; state < STATE_COUNT; state++)
        if (states[state].zone == states[chosen].zone)
            sum += expf(scores[state] - scores[chosen]);
    return 1.0f / sum;
}

static size_t best_of(const float scores[STATE_COUNT])
{
    size_t best = 0;
    for (size_t state = 1; state < STATE_COUNT; state++)
        if (scores[state] > scores[best])
            best = state;
    return best;
}

/* One step: best way to every state of this block; notes where it came from. States that no way has
 * reached are passed over. */
static void step(const struct line_model *model, const float before[STATE_COUNT], const float looks[STATE_COUNT],
                 float now[STATE_COUNT], uint8_t came_from[STATE_COUNT])
{
    union state_row ways;
    int_row best[STATE_ROWS] = {{0}};
    for (size_t to = 0; to < STATE_ROWS * LANES; to++)
        ways.of[to] = -INFINITY;
    for (size_t from = 0; from < STATE_COUNT; from++) {
        if (before[from] == -INFINITY)
            continue;
        for (size_t row = model->first_after[from] / LANES; row < STATE_ROWS; row++) {
            float_row way = before[from] + model->follow[from].rows[row], known = ways.rows[row];
            int_row better = way > known; /* true is -1 */
            best[row] = (better & (int32_t)from) | (~better & best[row]);
            ways.rows[row] = (float_row)((better & (int_row)way) | (~better & (int_row)known));
        }
    }
    for (size_t to = 0; to < STATE_COUNT; to++) {
        now[to] = ways.of[to] + looks[to];
        came_from[to] = (uint8_t)best[to / LANES][to % LANES];
    }
}

void line_model_decide(const struct line_model *model, struct arena *arena, const struct line *lines,
                       struct block *blocks, uint32_t count)
{
    float way[2][STATE_COUNT];
    uint8_t (*came_from)[STATE_COUNT] = arena_calloc(arena, count, sizeof *came_from);
    float (*looks)[STATE_COUNT] = arena_alloc(arena, count * sizeof *looks);
    if (count == 0)
        return;
    score_states(model, &lines[0], looks[0]);
    for (size_t state = 0; state < STATE_COUNT; state++) /* nothing stands above the first block */
        way[0][state] =
            states[state].zone == ZONE_HEAD || states[state].zone == ZONE_TAIL ? -INFINITY : looks[0][state];
    for (uint32_t i = 1; i < count; i++) {
        score_states(model, &lines[i], looks[i]);
        step(model, way[(i + 1) % 2], looks[i], way[i % 2], came_from[i]);
    }
    size_t state = best_of(way[(count - 1) % 2]);
    for (uint32_t i = count; i-- > 0; state = came_from[i][state]) {
        blocks[i].role = states[state].role;
        blocks[i].score = certainty(looks[i], state);
    }
}
