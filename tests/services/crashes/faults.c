/* Put before the C library: at one chosen write, sync or rename below a folder, something goes wrong.
   Armed from the process itself through fault_arm, so that nothing happens before the act under test. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, COUNT, KILL, TEAR, FULL, SYNC };

static char folder[4096];
static int mode = OFF;
static long at = 0, seen = 0, syncs = 0;

void fault_arm(const char *below, int what, long when) {
    snprintf(folder, sizeof folder, "%s", below);
    mode = what; at = when; seen = 0; syncs = 0;
}
long fault_seen(void) { return seen; }
long fault_syncs(void) { return syncs; }

static void die(void) { kill(getpid(), SIGKILL); }

static int is_ours(int fd) {
    char link[64], path[4096];
    if (mode == OFF) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0 && !strstr(path, "-shm");
}

/* How many bytes of a write are to be done: all, half before death, or none (-1). */
static ssize_t allowed(size_t count) {
    long number = seen++;
    if (number == at && (mode == KILL || (mode == TEAR && !count))) die();
    if (mode == FULL && number >= at) { errno = ENOSPC; return -1; }
    return mode == TEAR && number == at ? (ssize_t)(count / 2) : (ssize_t)count;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t count) {
    if (!is_ours(fd)) return REAL(write)(fd, data, count);
    ssize_t some = allowed(count);
    if (some < 0) return -1;
    ssize_t done = REAL(write)(fd, data, some);
    if ((size_t)some < count) die();
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t place) {
    if (!is_ours(fd)) return REAL(pwrite64)(fd, data, count, place);
    ssize_t some = allowed(count);
    if (some < 0) return -1;
    ssize_t done = REAL(pwrite64)(fd, data, some, place);
    if ((size_t)some < count) die();
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t place) {
    return pwrite64(fd, data, count, place);
}

static int sync_with(int (*real)(int), int fd) {
    if (!is_ours(fd)) return real(fd);
    long number = syncs++;
    if (mode == SYNC && number == at) { errno = EIO; return -1; }
    if (allowed(0) < 0) return -1;
    return real(fd);
}
int fsync(int fd) { return sync_with(REAL(fsync), fd); }
int fdatasync(int fd) { return sync_with(REAL(fdatasync), fd); }

int rename(const char *from, const char *to) {
    if (mode != OFF && strncmp(to, folder, strlen(folder)) == 0 && allowed(0) < 0) return -1;
    return REAL(rename)(from, to);
}
