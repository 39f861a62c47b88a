/* Put before the C library: at one chosen write, sync or rename below a folder, something goes wrong.
   Armed from the process itself through fault_arm, so that nothing happens before the act under test; or,
   for the processes of a database server, from outside through the file named by FAULTS_CONTROL. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF, COUNT, KILL, TEAR, FULL, SYNC };

/* Five numbers of eight bytes and a path: control.py writes and reads the same. */
struct state { long mode, at, seen, syncs, also; char folder[4056]; };
static struct state own, *state = &own;

__attribute__((constructor)) static void share(void) {
    const char *name = getenv("FAULTS_CONTROL");
    int fd = name ? open(name, O_RDWR) : -1;
    if (fd < 0) return;
    void *found = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (found != MAP_FAILED) state = found;
}

void fault_arm(const char *below, int what, long when) {
    snprintf(state->folder, sizeof state->folder, "%s", below);
    state->mode = what; state->at = when; state->seen = 0; state->syncs = 0;
}
long fault_seen(void) { return state->seen; }
long fault_syncs(void) { return state->syncs; }

/* This process, and before it the one that would start it again, where one is named. */
static void die(void) {
    if (state->also) kill((pid_t)state->also, SIGKILL);
    kill(getpid(), SIGKILL);
}

static int is_ours(int fd) {
    char link[64], path[4096];
    if (state->mode == OFF) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, state->folder, strlen(state->folder)) == 0 && !strstr(path, "-shm");
}

/* How many bytes of a write are to be done: all, half before death, or none (-1). */
static ssize_t allowed(size_t count) {
    long number = __atomic_fetch_add(&state->seen, 1, __ATOMIC_SEQ_CST), mode = state->mode, at = state->at;
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

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t place) {
    if (is_ours(fd) && allowed(0) < 0) return -1;
    return REAL(pwritev)(fd, parts, count, place);
}

static int sync_with(int (*real)(int), int fd) {
    if (!is_ours(fd)) return real(fd);
    long number = __atomic_fetch_add(&state->syncs, 1, __ATOMIC_SEQ_CST);
    if (state->mode == SYNC && number == state->at) { errno = EIO; return -1; }
    if (allowed(0) < 0) return -1;
    return real(fd);
}
int fsync(int fd) { return sync_with(REAL(fsync), fd); }
int fdatasync(int fd) { return sync_with(REAL(fdatasync), fd); }

int rename(const char *from, const char *to) {
    const char *below = state->folder;
    if (state->mode != OFF && strncmp(to, below, strlen(below)) == 0 && allowed(0) < 0) return -1;
    return REAL(rename)(from, to);
}
