/* A host that looks at its process before it uses Fart, and after: nothing of it has changed.
 *
 * Compiled as C and as C++, linked with libfart.so or libfart.a, or (BY_DLOPEN) with neither. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <dlfcn.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fart_heap_api.h"
#include "fart_tools_api.h"

#ifdef BY_DLOPEN
static void* library;
#define CALL(function) ((__typeof__(&function))dlsym(library, #function))
#else
#define CALL(function) function
#endif

static int failures;

static void Expect(int holds, const char* what) {
  if (holds) return;
  printf("not so: %s\n", what);
  ++failures;
}

/* The file that a function of this process is in. */
static const char* FileOf(const char* function) {
  Dl_info info;
  void* const address = dlsym(RTLD_DEFAULT, function);
  if (address == NULL || dladdr(address, &info) == 0) return "(nowhere)";
  return info.dli_fname;
}

static void ExpectIn(const char* function, const char* file) {
  if (strstr(FileOf(function), file) != NULL) return;
  printf("not so: %s is %s's but %s's\n", function, file, FileOf(function));
  ++failures;
}

static int IsMapped(const char* name) {
  FILE* const maps = fopen("/proc/self/maps", "r");
  char line[1024];
  int found = 0;
  while (fgets(line, sizeof line, maps) != NULL) found |= strstr(line, name) != NULL;
  fclose(maps);
  return found;
}

static int Entries(const char* folder) {
  DIR* const opened = opendir(folder);
  int count = 0;
  while (readdir(opened) != NULL) ++count;
  closedir(opened);
  return count;
}

static long ResidentKb(void) {
  FILE* const file = fopen("/proc/self/statm", "r");
  long total = 0, resident = 0;
  if (fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
  fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

enum { kSignals = 65 };
typedef struct {
  struct sigaction actions[kSignals];
  sigset_t blocked;
  char locale[256];
  int rounding, exceptions, threads, files;
  mode_t mask;
  char folder[4096];
} Process;

static void Look(Process* process) {
  memset(process, 0, sizeof *process);
  for (int i = 1; i < kSignals; ++i) sigaction(i, NULL, &process->actions[i]);
  pthread_sigmask(SIG_SETMASK, NULL, &process->blocked);
  strncpy(process->locale, setlocale(LC_ALL, NULL), sizeof process->locale - 1);
  process->rounding = fegetround();
  process->exceptions = fegetexcept();
  process->threads = Entries("/proc/self/task");
  process->files = Entries("/proc/self/fd");
  process->mask = umask(0);
  umask(process->mask);
  if (getcwd(process->folder, sizeof process->folder) == NULL) abort();
}

static void Compare(const Process* before, const Process* after) {
  for (int i = 1; i < kSignals; ++i) {
    Expect(before->actions[i].sa_handler == after->actions[i].sa_handler &&
               before->actions[i].sa_flags == after->actions[i].sa_flags,
           "signal dispositions are as before");
  }
  Expect(memcmp(&before->blocked, &after->blocked, sizeof before->blocked) == 0,
         "blocked signals are as before");
  Expect(strcmp(before->locale, after->locale) == 0, "the locale is as before");
  Expect(before->rounding == after->rounding && before->exceptions == after->exceptions,
         "floating point is as before");
  Expect(before->threads == after->threads, "no thread is left");
  Expect(before->files == after->files, "no file is left open");
  Expect(before->mask == after->mask && strcmp(before->folder, after->folder) == 0,
         "folder and umask are as before");
}

/* Starts the machine, runs a program, uses handles and messages, and ends the machine. */
static void UseFart(void) {
  Fart_InitializeParams params;
  memset(&params, 0, sizeof params);
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  Expect(CALL(Fart_Initialize)(&params) == NULL, "it starts");
  char* error = NULL;
  Expect(CALL(Fart_CreateIsolate)("host", "main", NULL, NULL, NULL, &error) != NULL,
         "an isolate is made");
  CALL(Fart_EnterScope)();
  const Fart_Handle url = CALL(Fart_NewStringFromCString)("host.dart");
  const Fart_Handle source = CALL(Fart_NewStringFromCString)(
      "import 'dart:isolate';\n"
      "import 'dart:async';\n"
      "run() {\n"
      "  var port;\n"
      "  port = new RawReceivePort((m) { if (m == 99) port.close(); });\n"
      "  for (var i = 0; i < 100; i++) port.sendPort.send(i);\n"
      "  new Timer(new Duration(milliseconds: 1), () {});\n"
      "  try { throw new ArgumentError('x'); } catch (e) {}\n"
      "  return 1.5;\n"
      "}\n");
  const Fart_Handle loaded = CALL(Fart_LoadScript)(url, url, source, 0, 0);
  Expect(!CALL(Fart_IsError)(loaded), "the program is loaded");
  double value = 0;
  CALL(Fart_DoubleValue)
  (CALL(Fart_Invoke)(loaded, CALL(Fart_NewStringFromCString)("run"), 0, NULL), &value);
  Expect(value == 1.5, "the program runs");
  Expect(!CALL(Fart_IsError)(CALL(Fart_RunLoop)()), "its loop ends");
  for (int i = 0; i < 10000; ++i) {
    CALL(Fart_NewPersistentHandle)(CALL(Fart_NewDouble)(i));
  }
  CALL(Fart_DeletePersistentHandle)((Fart_PersistentHandle)0x77); /* a misuse: it has a text */
  Expect(CALL(Fart_GetMisuse)() != NULL, "the misuse is recorded");
  Expect(!CALL(Fart_IsError)(CALL(Fart_Collect)(Fart_Collection_kEverything)), "it collects");
  CALL(Fart_ExitScope)();
  CALL(Fart_ShutdownIsolate)();
  error = CALL(Fart_Cleanup)();
  if (error != NULL) puts(error);
  Expect(error == NULL, "it ends");
}

static void ExpectOwnAllocator(void) {
  static const char* const kC[] = {"malloc", "calloc", "realloc", "free", "posix_memalign"};
  static const char* const kCpp[] = {"_Znwm", "_Znam", "_ZdlPv", "_ZdaPv"};
  for (unsigned i = 0; i < sizeof kC / sizeof *kC; ++i) ExpectIn(kC[i], "libc.so");
  for (unsigned i = 0; i < sizeof kCpp / sizeof *kCpp; ++i) {
    if (dlsym(RTLD_DEFAULT, kCpp[i]) != NULL) ExpectIn(kCpp[i], "libstdc++.so");
  }
  Expect(!IsMapped("malloc."), "no other allocator is in the process");
  char* const text = strdup("x");
  free(text);
}

static void AtExit(void) {
  if (failures == 0) puts("unchanged");
  fflush(stdout);
  if (failures != 0) _exit(1);
}

#ifdef BY_DLOPEN
static void OpenUseClose(const char* path) {
  library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    puts(dlerror());
    exit(1);
  }
  UseFart();
  Expect(dlclose(library) == 0, "it is closed");
}
#endif

int main(int argc, char** argv) {
  Process before, after;
  atexit(AtExit);
  setlocale(LC_ALL, "C.UTF-8");
  signal(SIGUSR1, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
#ifdef BY_DLOPEN
  (void)argc;
  Look(&before);
  for (int i = 0; i < 10; ++i) OpenUseClose(argv[1]);
  Look(&after);
  const long resident = ResidentKb();
  for (int i = 0; i < 90; ++i) OpenUseClose(argv[1]);
  const long grown = ResidentKb() - resident;
  if (grown > 2048) printf("90 rounds more: %ld KB\n", grown);
  Expect(grown <= 2048, "memory does not grow with each opening and closing");
#else
  (void)argc;
  (void)argv;
  (void)ResidentKb;
  Look(&before);
  UseFart();
  Look(&after);
#endif
  Compare(&before, &after);
  ExpectOwnAllocator();
  return failures == 0 ? 0 : 1;
}
