/* Runs all rows of the harness's self-test, or commits one fault by its name. */
#include "selftest.h"

#include "../host/host.h"

static VOID run_rows(const row *rows)
{
    for (const row *each = rows; each->id != NULL; each++) {
        each->run();
        host_forget_events();
        host_expect_nothing_left();
        printf("%s\n", each->id);
        fflush(stdout);
    }
}

/* Whether there is such a fault; it may end the program. */
static BOOLEAN commit(const fault *known, const char *name)
{
    for (const fault *each = known; each->name != NULL; each++) {
        if (strcmp(each->name, name) == 0) {
            each->run();
            printf("nothing stopped '%s'\n", each->name);
            return TRUE;
        }
    }
    return FALSE;
}

int main(int count, char **words)
{
    if (count == 1) {
        run_rows(kernel_rows);
        run_rows(pool_rows);
        run_rows(older_pool_rows);
        run_rows(thread_rows);
        run_rows(kmdf_rows);
        run_rows(gauge_kmdf_rows);
        run_rows(wmilib_rows);
        run_rows(gauge_wmilib_rows);
        return 0;
    }
    if (!commit(faults, words[1]) && !commit(pool_faults, words[1]) &&
        !commit(thread_faults, words[1])) {
        printf("there is no fault '%s'\n", words[1]);
    }
    return 0;
}
