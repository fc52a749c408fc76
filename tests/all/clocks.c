/* Clocks that go otherwise than the system's: the file that CLOCKS names has two numbers, by how many milliseconds the
 * wall clock and the monotonic one differ. The clock that counts sleep goes on as it is: where the monotonic one falls
 * behind, the machine slept. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void differ(long long *wall, long long *monotonic) {
    const char *name = getenv("CLOCKS");
    char text[64] = "";
    *wall = *monotonic = 0;
    if (!name)
        return;
    int file = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    if (syscall(SYS_read, file, text, sizeof text - 1) > 0)
        sscanf(text, "%lld %lld", wall, monotonic);
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return result;
    long long wall, monotonic;
    differ(&wall, &monotonic);
    long long more = clock == CLOCK_REALTIME ? wall : monotonic;
    long long all = time->tv_sec * 1000000000LL + time->tv_nsec + more * 1000000;
    time->tv_sec = all / 1000000000;
    time->tv_nsec = all % 1000000000;
    return 0;
}
