/* Runs all tests of the C core, or those whose names are arguments. */
#include "tests.h"

static test *first;
static test **last = &first;

VOID register_test(test *test)
{
    *last = test;
    last = &test->next;
}

static BOOLEAN is_wanted(const test *test, int count, char **words)
{
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], test->name) == 0) {
            return TRUE;
        }
    }
    return count == 1;
}

int main(int count, char **words)
{
    int ran = 0;
    for (const test *each = first; each != NULL; each = each->next) {
        if (is_wanted(each, count, words)) {
            each->run();
            host_stop_failing_allocations();
            host_forget_events();
            host_expect_nothing_left();
            printf("%s\n", each->name);
            fflush(stdout);
            ran++;
        }
    }
    return ran > 0 ? 0 : 2;
}
