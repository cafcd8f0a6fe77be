// Bad input -- what the tests in C share that call every function on bad input.
//
// A row is one macro around one call: the function that it calls is the first whose name begins
// with Fart_, and the answer has to name it. bad_input_listed_test.py reads the rows, too: it says
// which function, and which of its parameters, has none.
//
//   REFUSES(call, words...)         an api error with all the words
//   SAYS(call, words...)            the same where the text is an older one without a name in it
//   RECORDS(answer, words...)       one misuse with all the words, and the answer is true
//   RECORDS_VOID(call, words...)    the same of a function that returns nothing
//   EXPECTS_HANDLE(x, words, call)  REFUSES for `x` each kind of value that is no live handle
//   GIVES_BACK(x, words, call)      each kind of error as `x` comes back as the result
//   ANSWERS(answer)                 no misuse either: the answer is what says it
//   SUCCEEDS(call)                  no error: what looks bad is not
//
// Not here: calls that are wrong because of where they are made (bad_input_place_test.c).

#ifndef FART_API_CONFORMANCE_BAD_INPUT_H_
#define FART_API_CONFORMANCE_BAD_INPUT_H_

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

static int failures = 0;

// The words of a row; the last one is NULL.
typedef const char* const* Words;
#define WORDS(...) ((const char* const[]){__VA_ARGS__, NULL})

static inline void Fail(int line, const char* row, const char* why, const char* text) {
  ++failures;
  printf("line %d: %s: %s%s%s\n", line, row, why, text == NULL ? "" : ": ",
         text == NULL ? "" : text);
}

// Whether `text` names the function that `row` calls.
static inline bool NamesFunction(const char* text, const char* row) {
  const char* const name = strstr(row, "Fart_");
  char function[128];
  size_t length = strcspn(name, "( ");
  if (length >= sizeof(function)) return false;
  memcpy(function, name, length);
  function[length] = '\0';
  const char* const found = strstr(text, function);
  return found != NULL && strchr(" :", found[length]) != NULL;
}

static inline void CheckText(int line, const char* row, const char* text, Words words) {
  for (; *words != NULL; ++words) {
    if (strstr(text, *words) == NULL) Fail(line, row, *words, text);
  }
}

static inline void CheckRefusal(int line, const char* row, Fart_Handle result, bool names,
                                Words words) {
  if (!Fart_IsApiError(result)) {
    Fail(line, row, "no api error", NULL);
    return;
  }
  const char* const text = Fart_GetError(result);
  if (names && !NamesFunction(text, row)) Fail(line, row, "does not name the function", text);
  CheckText(line, row, text, words);
}

static inline void CheckRecord(int line, const char* row, uint64_t before, bool answer,
                               Words words) {
  if (!answer) Fail(line, row, "another answer", NULL);
  if (Fart_MisuseCount() != before + 1) {
    Fail(line, row, Fart_MisuseCount() == before ? "nothing recorded" : "recorded twice", NULL);
    return;
  }
  if (!NamesFunction(Fart_GetMisuse(), row)) {
    Fail(line, row, "does not name the function", Fart_GetMisuse());
  }
  CheckText(line, row, Fart_GetMisuse(), words);
}

#define REFUSES(call, ...) CheckRefusal(__LINE__, #call, (call), true, WORDS(__VA_ARGS__))
#define SAYS(call, ...) CheckRefusal(__LINE__, #call, (call), false, WORDS(__VA_ARGS__))
#define RECORDS(answer, ...)                                                   \
  do {                                                                         \
    const uint64_t misuses_before = Fart_MisuseCount();                        \
    const bool is_so = (answer);                                               \
    CheckRecord(__LINE__, #answer, misuses_before, is_so, WORDS(__VA_ARGS__)); \
  } while (0)
#define RECORDS_VOID(call, ...)                                             \
  do {                                                                      \
    const uint64_t misuses_before = Fart_MisuseCount();                     \
    (call);                                                                 \
    CheckRecord(__LINE__, #call, misuses_before, true, WORDS(__VA_ARGS__)); \
  } while (0)
#define SUCCEEDS(call)                                                                      \
  do {                                                                                      \
    const Fart_Handle answered = (call);                                                    \
    if (Fart_IsError(answered)) Fail(__LINE__, #call, "an error", Fart_GetError(answered)); \
  } while (0)
#define ANSWERS(answer)                                             \
  do {                                                              \
    const uint64_t misuses_before = Fart_MisuseCount();             \
    if (!(answer)) Fail(__LINE__, #answer, "another answer", NULL); \
    if (Fart_MisuseCount() != misuses_before) {                     \
      Fail(__LINE__, #answer, "recorded", Fart_GetMisuse());        \
    }                                                               \
  } while (0)
#define HOLDS(fact)                                        \
  do {                                                     \
    if (!(fact)) Fail(__LINE__, #fact, "is not so", NULL); \
  } while (0)

// ---- Values that are no live handle, and errors

enum { kBadHandles = 6, kErrors = 3 };

typedef struct {
  Fart_Handle handle;
  const char* why;
} BadHandle;

static BadHandle bad_handles[kBadHandles];
// Another isolate's.
static Fart_WeakPersistentHandle foreign_weak;
// Three that may be given to any function, the last one a handle that needs no isolate.
static Fart_Handle errors[kErrors];

static inline void IgnoreDeath(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_data;
  (void)handle;
  (void)peer;
}
static inline void IgnoreEnd(void* isolate_data, void* peer) {
  (void)isolate_data;
  (void)peer;
}
static inline void IgnorePeer(void* peer) { (void)peer; }

#define EXPECTS_HANDLE(x, words, call)                                             \
  for (int bad = 0; bad < kBadHandles; ++bad) {                                    \
    const Fart_Handle x = bad_handles[bad].handle;                                 \
    CheckRefusal(__LINE__, #call, (call), true,                                    \
                 WORDS(words, "to be a live handle, but ", bad_handles[bad].why)); \
  }
#define RECORDS_HANDLE(x, words, answer)                                       \
  for (int bad = 0; bad < kBadHandles; ++bad) {                                \
    const Fart_Handle x = bad_handles[bad].handle;                             \
    RECORDS(answer, words, "to be a live handle, but ", bad_handles[bad].why); \
  }
#define GIVES_BACK(x, words, call)                                                    \
  for (int given = 0; given < kErrors; ++given) {                                     \
    const Fart_Handle x = errors[given];                                              \
    if ((call) != x) Fail(__LINE__, #call, "does not give back an error for", words); \
  }

// ---- Isolates

static inline void StartMachine(void) {
  Fart_InitializeParams params = {0};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  char* const error = Fart_Initialize(&params);
  if (error != NULL) {
    Fail(__LINE__, "Fart_Initialize", "failed", error);
    exit(1);
  }
}

static inline Fart_Isolate NewIsolate(void) {
  char* error = NULL;
  const Fart_Isolate isolate = Fart_CreateIsolate("bad.dart", "main", NULL, NULL, NULL, &error);
  if (isolate == NULL) {
    Fail(__LINE__, "Fart_CreateIsolate", "failed", error);
    exit(1);
  }
  return isolate;
}

// Fills the tables above for the isolate that it makes and enters, with a scope open.
static inline Fart_Isolate NewIsolateWithBadHandles(void) {
  NewIsolate();
  const Fart_Handle foreign = Fart_NewPersistentHandle(Fart_True());
  foreign_weak = Fart_NewWeakPersistentHandle(Fart_True(), NULL, 0, IgnoreDeath);
  Fart_ExitIsolate();  // Left until the end of the process's machine.
  const Fart_Isolate isolate = NewIsolate();
  Fart_EnterScope();
  const Fart_Handle deleted = Fart_NewPersistentHandle(Fart_True());
  Fart_DeletePersistentHandle(deleted);
  const Fart_WeakPersistentHandle weak =
      Fart_NewWeakPersistentHandle(Fart_True(), NULL, 0, IgnoreDeath);
  const Fart_FinalizableHandle finalizable =
      Fart_NewFinalizableHandle(Fart_True(), NULL, 0, IgnoreEnd);
  const BadHandle all[kBadHandles] = {
      {NULL, "it is NULL"},
      {deleted, "it was deleted or its scope has ended"},
      {foreign, "it belongs to another isolate"},
      {(Fart_Handle)(void*)weak, "it is a handle of another kind"},
      {(Fart_Handle)(void*)finalizable, "it is a handle of another kind"},
      {(Fart_Handle)(void*)&failures, "it was never a handle, or its scope has ended"},
  };
  memcpy(bad_handles, all, sizeof(all));
  errors[0] = Fart_NewApiError("an error");
  errors[1] = Fart_NewUnhandledExceptionError(Fart_True());
  Fart_ExitIsolate();
  errors[2] = Fart_NewList(0);
  Fart_EnterIsolate(isolate);
  return isolate;
}

static inline Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

// What `main` returns; ends the isolate that is current and the machine.
static inline int Finish(void) {
  if (Fart_CurrentIsolate() != NULL) {
    HOLDS(Fart_VerifyHeap() == NULL);
    Fart_ShutdownIsolate();
  }
  HOLDS(Fart_Cleanup() == NULL);
  if (failures != 0) printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}

#endif  // FART_API_CONFORMANCE_BAD_INPUT_H_
