/* A disk that does not answer: while the file that SLOW_DISK names is there, nothing is put on it to stay. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    const char *blocked = getenv("SLOW_DISK");
    while (blocked && access(blocked, F_OK) == 0)
        usleep(2000);
}

int fdatasync(int file) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_the_disk();
    return next(file);
}

int fsync(int file) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_the_disk();
    return next(file);
}
