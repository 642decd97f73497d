#include "find/labels.h"

#include "article/knowledge.h"

#define LABEL_KNOWN (1u << 15)
#define LEVELS_OUTWARDS 5 /* how far a container speaks for what is in it; further out are page wrappers */

static const struct {
    struct slice name;
    enum label_hint hint;
} hint_names[] = {
    {{"headline", 8}, HINT_HEADLINE}, {{"byline", 6}, HINT_BYLINE},   {{"meta", 4}, HINT_META},
    {{"comment", 7}, HINT_COMMENT},   {{"related", 7}, HINT_RELATED}, {{"site", 4}, HINT_SITE},
    {{"menu", 4}, HINT_MENU},         {{"aside", 5}, HINT_ASIDE},     {{"notice", 6}, HINT_NOTICE},
    {{"caption", 7}, HINT_CAPTION},   {{"kicker", 6}, HINT_KICKER},
    {{"today", 5}, HINT_TODAY},
};

void labels_read(struct job *job, struct labels *labels)
{
    labels->patterns = job->knowledge->labels;
    labels->article = &job->article;
}

static unsigned hint_from_name(struct slice name)
{
    for (size_t i = 0; i < sizeof hint_names / sizeof hint_names[0]; i++)
        if (slice_equals(hint_names[i].name, name))
            return hint_names[i].hint;
    return 0;
}

const struct label_patterns *labels_create(struct arena *arena, const struct lexicon *lexicon)
{
    const struct lexicon_table *table = lexicon_table(lexicon, "label_hints");
    struct label_patterns *patterns = label_patterns_create(arena, lexicon_row_count(table));
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        label_patterns_add(patterns, row->columns[0], false, hint_from_name(row->columns[1]));
    }
    return patterns;
}

static unsigned own_hints(struct labels *labels, uint32_t section)
{
    struct section *s = &labels->article->sections[section];
    if ((s->end_block - s->first_block) * 2 > labels->article->block_count && s->end_block - s->first_block > 4)
        return 0;
    struct section *first = &labels->article->sections[s->alike]; /* of this label */
    if (!first->hints)
        first->hints = (uint16_t)(label_patterns_match(labels->patterns, first->label) | LABEL_KNOWN);
    return first->hints & ~LABEL_KNOWN;
}

unsigned labels_of_section(struct labels *labels, uint32_t section)
{
    unsigned hints = 0;
    for (int level = 0; section != 0 && section < labels->article->section_count && level < LEVELS_OUTWARDS; level++) {
        hints |= own_hints(labels, section);
        section = labels->article->sections[section].parent;
    }
    return hints;
}

unsigned labels_of_text(const struct labels *labels, struct slice label)
{
    return label_patterns_match(labels->patterns, label) & ~LABEL_KNOWN;
}

unsigned labels_of_block(struct labels *labels, const struct block *block)
{
    return labels_of_section(labels, block->section);
}
