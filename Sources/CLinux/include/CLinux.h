#ifndef KUMO_FIXTURES_CLINUX_H
#define KUMO_FIXTURES_CLINUX_H

// Linux calls that Glibc hides from Swift: GNU-only names, macros and variadic functions.
// Every function returns what the system call returns and leaves errno as the call left it.

#include <dirent.h>
#include <stddef.h>
#include <sys/types.h>

// Opens path below dirfd and follows no symbolic link in any component (openat2, RESOLVE_NO_SYMLINKS).
// Fails with ENOSYS on kernels older than 5.6 and EPERM under seccomp filters that do not know the call.
int cl_openat2_no_symlinks(int dirfd, const char *path, int flags, unsigned mode);

// rename that fails with EEXIST when the new name is taken.
int cl_rename_noreplace(int olddirfd, const char *oldpath, int newdirfd, const char *newpath);

// Swaps two names in one step.
int cl_rename_exchange(int olddirfd, const char *oldpath, int newdirfd, const char *newpath);

// Writes everything that is dirty on the file system of fd.
int cl_syncfs(int fd);

// Whether what has this name in a directory is the root of a mount, also of a bind mount of the same file system: 1 or 0,
// and 0 where the kernel cannot tell (before Linux 5.8).
int cl_is_mount_root(int dirfd, const char *name);

// Starts writing a stretch of a file to the disk and does not wait (sync_file_range, SYNC_FILE_RANGE_WRITE). Promises
// nothing: fsync has less left to do.
int cl_start_writeback(int fd, off_t offset, off_t length);

// Copies inside the kernel, from both descriptors' own offsets.
ssize_t cl_copy_file_range(int source, int destination, size_t length);

// Makes destination share all extents of source (FICLONE).
int cl_clone_file(int destination, int source);

// Random bytes from the kernel, for unguessable names.
ssize_t cl_getrandom(void *buffer, size_t length);

// The value of O_PATH.
int cl_o_path(void);

// The name inside a directory entry: the tuple that Swift sees is too short for a pointer to stay valid.
const char *cl_dirent_name(const struct dirent *entry);

// A pipe whose ends are not inherited: ends[0] is read, ends[1] is written.
int cl_pipe(int ends[2]);

// What cl_spawn does to the new process.
struct cl_spawn_options {
  // Working directory; NULL for the caller's.
  const char *directory;
  // Descriptors for standard input, output and error; -1 leaves the caller's.
  int input, output, error;
  // Non-zero: the process leads a process group of its own.
  int new_group;
  // The signal that it gets when the calling thread ends; 0 for none.
  int death_signal;
};

// Starts a program (fork and execve). Signal handlers and the mask are reset. Gives 0 or an error number, also that of a
// failing execve; *process is set on success. Only descriptors without FD_CLOEXEC are inherited.
int cl_spawn(const char *path, char *const argv[], char *const envp[], const struct cl_spawn_options *options,
             pid_t *process);

// Waits for a process without blocking: 0 while it runs, 1 when it has ended (then *code is its exit code, or -1 and
// *signal is what ended it), -1 when it is no child.
int cl_reap(pid_t process, int *code, int *signal);

// Makes orphans among the descendants of this process its children, or no longer (PR_SET_CHILD_SUBREAPER).
void cl_adopt_orphans(int adopts);

// From now on no core file is written of this process, whatever the system's pattern for them, and no other process of the
// user may look into its memory. A program that it starts begins anew.
void cl_keep_memory_private(void);

// From now on memory of `size` bytes or more that is freed goes back to the system at once; with a C library that is not GNU's,
// nothing changes.
void cl_give_back_from(int size);

#endif
