#include <stdlib.h>

#include "support/suites.h"
#include "support/support.h"

int main(void)
{
    support_knowledge(); /* once: Check forks a process for every test, and each inherits it */
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < suite_count; i++)
        srunner_add_suite(runner, suite_makers[i]());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
