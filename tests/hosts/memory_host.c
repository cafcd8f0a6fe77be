/* A host that says how much memory of the process is left after bursts of messages and handles:
 * when nothing was asked for, when it was, and when the machine has ended. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fart_heap_api.h"
#include "fart_tools_api.h"

static int failures;
static Fart_Port port;
static uint8_t* bytes;
static void* kept[64];

/* Half of a burst: the heap keeps regions for what comes next. */
enum { kMostMessages = 300000, kBurstMb = 160, kAllowedMb = 80 };

static long ResidentMb(void) {
  FILE* const file = fopen("/proc/self/statm", "r");
  long total = 0, resident = 0;
  if (fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
  fclose(file);
  return resident * sysconf(_SC_PAGESIZE) >> 20;
}

static void ExpectAtMost(long mb, long before, const char* what, long size) {
  const long grown = ResidentMb() - before;
  if (grown <= mb) return;
  printf("%s (%ld): %ld MB more than before, of at most %ld\n", what, size, grown, mb);
  ++failures;
}

static void Post(long size) {
  long count = ((long)kBurstMb << 20) / size;
  if (count > kMostMessages) count = kMostMessages;
  for (long i = 0; i < count; ++i) {
    Fart_CObject message;
    message.type = Fart_CObject_kTypedData;
    message.value.as_typed_data.type = Fart_TypedData_kUint8;
    message.value.as_typed_data.length = size;
    message.value.as_typed_data.values = bytes;
    if (!Fart_PostCObject(port, &message)) {
      puts("a message was refused");
      exit(1);
    }
    /* What the host allocates meanwhile and keeps must not hold the rest. */
    if (i % (count / 64 + 1) == 0) {
      void** const place = &kept[i / (count / 64 + 1)];
      free(*place);
      *place = malloc(100);
    }
  }
}

static void* PostOnThread(void* size) {
  Post(*(long*)size);
  return NULL;
}

static void Garbage(void) {
  Fart_EnterScope();
  for (int i = 0; i < 500000; ++i) {
    Fart_NewDouble(i);
    if (i % 1000 == 0) {
      Fart_ExitScope();
      Fart_EnterScope();
    }
  }
  Fart_ExitScope();
}

static Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

int main(void) {
  static struct {
    long size;
    int other_thread;
  } bursts[] = {{16, 1}, {1000, 0}, {1000, 1}, {30000, 1}, {200000, 0}, {2000000, 1}};
  bytes = (uint8_t*)calloc(1, 2000000);
  Fart_InitializeParams params;
  memset(&params, 0, sizeof params);
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != NULL) return 1;
  if (Fart_CreateIsolate("memory", "main", NULL, NULL, NULL, NULL) == NULL) return 1;
  Fart_EnterScope();
  const Fart_Handle library =
      Fart_LoadScript(Text("m.dart"), Text("m.dart"),
                      Text("import 'dart:isolate';\n"
                           "RawReceivePort p;\n"
                           "open() { p = new RawReceivePort((m) {}); return p.sendPort; }\n"),
                      0, 0);
  DART_CHECK_VALID(Fart_SendPortGetId(Fart_Invoke(library, Text("open"), 0, NULL), &port));
  const long before = ResidentMb();

  for (unsigned i = 0; i < sizeof bursts / sizeof *bursts; ++i) {
    if (bursts[i].other_thread) {
      pthread_t thread;
      pthread_create(&thread, NULL, PostOnThread, &bursts[i].size);
      pthread_join(thread, NULL);
    } else {
      Post(bursts[i].size);
    }
    Fart_HandleMessages();
    for (int tries = 0; tries < 100 && ResidentMb() - before > kAllowedMb; ++tries) {
      usleep(50000);
      Garbage();
    }
    ExpectAtMost(kAllowedMb, before, "after a burst, by itself", bursts[i].size);
    Fart_Collect(Fart_Collection_kEverything);
    ExpectAtMost(kAllowedMb, before, "after a burst and kEverything", bursts[i].size);
  }

  Post(1000);
  Fart_HandleMessages();
  Fart_NotifyLowMemory();
  Garbage();
  ExpectAtMost(kAllowedMb, before, "after a burst and low memory", 1000);

  Fart_EnterScope();
  const Fart_Handle object = Fart_NewList(1);
  DART_CHECK_VALID(Fart_ListSetAt(object, 0, object)); /* null would need no handle */
  for (int i = 0; i < 8000000; ++i) Fart_ListGetAt(object, 0);
  Fart_ExitScope();
  ExpectAtMost(kAllowedMb, before, "after a scope of 8 million handles", 8);

  Fart_EnterScope();
  for (int i = 0; i < 1500000; ++i) Fart_ListGetAt(object, 0);
  Fart_ScopeAllocate(900000);
  Fart_ExitScope();
  Fart_Collect(Fart_Collection_kEverything);
  ExpectAtMost(kAllowedMb, before, "after many handles and kEverything", 8);

  Post(1000); /* never handled */
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (Fart_Cleanup() != NULL) return 1;
  ExpectAtMost(16, before, "after the end of the machine", 0);
  if (failures == 0) puts("given back");
  return failures != 0;
}
