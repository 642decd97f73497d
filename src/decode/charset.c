#include "decode/charset.h"

enum err decode_run(struct job *job)
{
    job->article.charset = "utf-8";
    job->article.text = job->input;
    return ERR_NONE;
}
