/*
 * hold PATH SHARING HELD UNTIL: opens a file as other programs do, and keeps it open.
 *
 * SHARING is what others may do meanwhile: "none", "read" or "all". Makes the file HELD when it has the file open. UNTIL is a pattern:
 * the file is closed a moment after a file of such a name is there. It is closed after a minute at the latest.
 */
#include <windows.h>
#include <string.h>

#define STEP 20
#define MOMENT 100
#define MINUTE 60000

int main(int argc, char **argv)
{
    DWORD sharing = 0;
    DWORD waited;
    HANDLE file;
    HANDLE held;
    WIN32_FIND_DATAA found;

    if (argc != 5) {
        return 2;
    }
    if (strcmp(argv[2], "none") != 0) {
        sharing = FILE_SHARE_READ;
    }
    if (strcmp(argv[2], "all") == 0) {
        sharing |= FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    }
    file = CreateFileA(argv[1], GENERIC_READ, sharing, NULL, OPEN_EXISTING, 0, NULL);
    held = CreateFileA(argv[3], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || held == INVALID_HANDLE_VALUE) {
        return 1;
    }
    CloseHandle(held);
    for (waited = 0; waited < MINUTE; waited += STEP) {
        HANDLE search = FindFirstFileA(argv[4], &found);

        if (search != INVALID_HANDLE_VALUE) {
            FindClose(search);
            Sleep(MOMENT);
            break;
        }
        Sleep(STEP);
    }
    CloseHandle(file);
    return 0;
}
