#include "text/lines.h"

#include "lines_internal.h"

struct line_lexicon {
    const struct line_cues *cues;
    const struct line_model *model;
    const struct lexicon_table *months;
};

const struct line_lexicon *line_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct line_lexicon *lines = arena_alloc(arena, sizeof *lines);
    *lines = (struct line_lexicon){
        .cues = line_cues_create(arena, lexicon_table(lexicon, "line_cues")),
        .model = line_model_create(arena, lexicon_table(lexicon, "line_weights"),
                                   lexicon_table(lexicon, "line_transitions")),
        .months = lexicon_table(lexicon, "months"),
    };
    return lines;
}

/* "Subject: Flood in Assam": the label is no part of the headline. */
static void cut_labels(const struct line *lines, struct block *blocks, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (blocks[i].role == ROLE_HEADLINE)
            blocks[i].span.start += lines[i].cues.label;
}

enum err lines_run(struct job *job)
{
    const struct line_lexicon *lexicon = job->knowledge->lines;
    struct article *article = &job->article;
    bool truncated;
    article->blocks = line_split(job->arena, article->text, &article->block_count, &truncated);
    if (article->block_count == 0)
        return job_fail(job, ERR_NO_TEXT, NULL);
    if (truncated)
        job_warn(job, "text_too_long", "body", "the text has more lines than are read; the rest was left out");
    struct line *lines = arena_calloc(job->arena, article->block_count, sizeof *lines);
    for (uint32_t i = 0; i < article->block_count; i++) {
        lines[i].text = block_text(article, &article->blocks[i]);
        line_cues_find(lexicon->cues, job->arena, lines[i].text, &lines[i].cues);
    }
    line_features_read(job->arena, lexicon->months, article->blocks, lines, article->block_count);
    line_model_decide(lexicon->model, job->arena, lines, article->blocks, article->block_count);
    cut_labels(lines, article->blocks, article->block_count);
    return ERR_NONE;
}
