#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Runs in the new process, where only async-signal-safe calls are allowed.
static int prepare(const struct cl_spawn_options *options, pid_t parent) {
  if (options->new_group && setpgid(0, 0) != 0) return errno;
  if (options->death_signal != 0) {
    if (prctl(PR_SET_PDEATHSIG, options->death_signal) != 0) return errno;
    // The parent may have ended before the call above.
    if (getppid() != parent) return ESRCH;
  }
  if (options->directory != NULL && chdir(options->directory) != 0) return errno;
  const int wanted[3] = {options->input, options->output, options->error};
  for (int target = 0; target < 3; target++) {
    if (wanted[target] < 0) continue;
    if (wanted[target] == target) {
      // dup2 onto itself would leave FD_CLOEXEC set.
      if (fcntl(target, F_SETFD, 0) != 0) return errno;
    } else if (dup2(wanted[target], target) < 0) {
      return errno;
    }
  }
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  return sigprocmask(SIG_SETMASK, &none, NULL) == 0 ? 0 : errno;
}

int cl_spawn(const char *path, char *const argv[], char *const envp[], const struct cl_spawn_options *options,
             pid_t *process) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  const pid_t parent = getpid();
  // No handler of the parent may run in the child before it is reset.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = fork();
  if (child == 0) {
    int failure = prepare(options, parent);
    if (failure == 0) {
      execve(path, argv, envp);
      failure = errno;
    }
    const ssize_t ignored = write(report[1], &failure, sizeof failure);
    (void)ignored;
    _exit(127);
  }
  int failure = child < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (child > 0) {
    // The pipe closes by itself when the program has taken over.
    ssize_t count;
    do count = read(report[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    if (count != sizeof failure) failure = 0;
    if (failure != 0) waitpid(child, NULL, 0);
    *process = child;
  }
  close(report[0]);
  return failure;
}

int cl_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cl_reap(pid_t process, int *code, int *signal) {
  int status;
  pid_t ended;
  do ended = waitpid(process, &status, WNOHANG);
  while (ended < 0 && errno == EINTR);
  if (ended == 0) return 0;
  if (ended < 0) return -1;
  *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return 1;
}

void cl_adopt_orphans(int adopts) { prctl(PR_SET_CHILD_SUBREAPER, adopts, 0, 0, 0); }
