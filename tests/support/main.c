#include <stdlib.h>

#include "support/suites.h"

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < suite_count; i++)
        srunner_add_suite(runner, suite_makers[i]());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
