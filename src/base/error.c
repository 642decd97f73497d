#include "base/error.h"

#include <assert.h>

static const struct error_info table[ERR_COUNT] = {
#define X(enumerator, code, status, retryable, title) [enumerator] = {code, status, retryable, title},
    ERR_TABLE(X)
#undef X
};

const struct error_info *error_info(enum err err)
{
    assert((unsigned)err < ERR_COUNT);
    return &table[err];
}
