/* Fuzzes pages: claims, blocks, body and all that is found in them. */
#include "fuzz_support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1)
        fuzz_run_job(INPUT_HTML, slice_of((const char *)data + 1, size - 1), data[0]);
    return 0;
}
