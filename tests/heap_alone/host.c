/*
 * A host in C of the heap alone: handles, collections, direct frames, values, a native port and
 * looks into the heap. It prints `the heap alone` when all was as it should be.
 */
#include <stdio.h>
#include <string.h>

#include "dart_api.h"
#include "fart_direct_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                  \
    }                                                                           \
  } while (0)

static uint32_t pair_number;
static const Fart_Layout kPair = {2, 0, 0};
static int deaths;

static void Died(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_data;
  (void)handle;
  ++*(int*)peer;
}

static Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

static void Holds(Fart_Handle object, const char* expected) {
  const char* text = NULL;
  DART_CHECK_VALID(Fart_StringToCString(Fart_ToString(object), &text));
  if (strcmp(text, expected) != 0) fprintf(stderr, "'%s', not '%s'\n", text, expected);
  CHECK(strcmp(text, expected) == 0);
}

/* Who holds what, and who only watches. */
static void HandlesKeepAndWatch(Fart_Shape pair) {
  Fart_EnterScope();
  Fart_Handle kept = Fart_AllocateObject(pair, 0);
  DART_CHECK_VALID(Fart_SetReference(kept, 0, Text("kept")));
  Fart_PersistentHandle persistent = Fart_NewPersistentHandle(kept);
  Fart_WeakPersistentHandle seen = Fart_NewWeakPersistentHandle(kept, &deaths, 0, Died);
  CHECK(Fart_NewWeakPersistentHandle(Fart_AllocateObject(pair, 0), &deaths, 0, Died) != NULL);
  Fart_ExitScope();
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMajor));
  CHECK(deaths == 1);
  Fart_EnterScope();
  Holds(Fart_GetReference(persistent, 0), "kept");
  CHECK(Fart_IdentityEquals(persistent, Fart_HandleFromWeakPersistent(seen)));
  Fart_ExitScope();
  Fart_DeletePersistentHandle(persistent);
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMajor));
  CHECK(deaths == 2);
  /* What has ended is named, and harms nothing. */
  CHECK(Fart_IsError(Fart_GetReference(persistent, 0)));
}

static Fart_Ref Cons(Fart_Direct* direct, Fart_Ref car, Fart_Ref cdr) {
  Fart_Ref init[2];
  init[0] = car;
  init[1] = cdr;
  return Fart_New(direct, pair_number, kPair, init);
}

static void FramesAreFollowed(Fart_Direct* direct) {
  FART_ROOTS(direct, roots, 1);
  Fart_Ref rest;
  int count = 0;
  Fart_SetSlot(direct, &roots.at[0], Fart_NullRef(direct));
  for (int i = 0; i < 1000; ++i) {
    Fart_SetSlot(direct, &roots.at[0],
                 Cons(direct, Fart_FromSmi(direct, i), Fart_GetSlot(direct, &roots.at[0])));
  }
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  for (rest = Fart_GetSlot(direct, &roots.at[0]); !Fart_IsNullRef(rest);
       rest = Fart_Load(direct, rest, 2)) {
    CHECK(Fart_SmiValue(Fart_Load(direct, rest, 1)) == 999 - count);
    ++count;
  }
  CHECK(count == 1000);
}

static void ValuesAreKnown(void) {
  int64_t number = 0;
  double fraction = 0;
  const char* text = NULL;
  void* data = NULL;
  Fart_TypedData_Type type;
  intptr_t length = 0;
  Fart_EnterScope();
  /* Ints beyond 64 bits, computed with by code of our own. */
  Fart_Handle large = Fart_NewIntegerFromHexCString("-123456789012345678901234567890");
  Holds(large, "-123456789012345678901234567890");
  DART_CHECK_VALID(Fart_IntegerToHexCString(large, &text));
  CHECK(strcmp(text, "-0x18EE90FF6C373E0EE4E3F0AD2") == 0);
  Holds(Fart_NewIntegerFromUint64(UINT64_MAX), "18446744073709551615");
  DART_CHECK_VALID(Fart_IntegerToInt64(Fart_NewInteger(INT64_MIN), &number));
  CHECK(number == INT64_MIN && Fart_IsError(Fart_IntegerToInt64(large, &number)));
  DART_CHECK_VALID(Fart_DoubleValue(Fart_NewDouble(0.5), &fraction));
  CHECK(fraction == 0.5);
  bool same = false;
  DART_CHECK_VALID(Fart_ObjectEquals(Text("one"), Text("one"), &same));
  CHECK(same);

  Fart_Handle list = Fart_NewList(3);
  DART_CHECK_VALID(Fart_ListSetAt(list, 1, Text("in a list")));
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
  Holds(Fart_ListGetAt(list, 1), "in a list");
  CHECK(Fart_IsError(Fart_ListGetAt(list, 3)));

  Fart_Handle bytes = Fart_NewTypedData(Fart_TypedData_kUint8, 16);
  DART_CHECK_VALID(Fart_TypedDataAcquireData(bytes, &type, &data, &length));
  CHECK(type == Fart_TypedData_kUint8 && length == 16);
  memset(data, 7, 16);
  DART_CHECK_VALID(Fart_TypedDataReleaseData(bytes));
  DART_CHECK_VALID(Fart_IntegerToInt64(Fart_ListGetAt(bytes, 15), &number));
  CHECK(number == 7);
  Fart_ExitScope();
}

static int64_t sum;

static void Add(Fart_Port port, Fart_Port reply, Fart_CObject* message) {
  (void)port;
  (void)reply;
  if (message->type == Fart_CObject_kInt32) sum += message->value.as_int32;
  if (message->type == Fart_CObject_kArray) sum += message->value.as_array.length;
}

/* Objects go to handlers as copies. */
static void PortsHearMessages(void) {
  Fart_Port port = Fart_NewNativePort("add", Add, false);
  CHECK(port != ILLEGAL_PORT);
  Fart_EnterScope();
  CHECK(Fart_PostInteger(port, 40) && Fart_Post(port, Fart_NewList(2)));
  CHECK(Fart_IsError(Fart_ToString(NULL)) && !Fart_Post(port, NULL));
  Fart_ExitScope();
  CHECK(Fart_CloseNativePortAndWait(port));
  CHECK(sum == 42);
}

#ifdef HEAP_ALONE_WITHOUT_LOOKS
/* A library without looks says so, and does not answer that all is well. */
static void TheHeapIsLookedInto(void) {
  const char* answer = Fart_VerifyHeap();
  CHECK(answer != NULL && strstr(answer, "FART_LOOKS=OFF") != NULL);
}
#else
static bool Count(const char* text, size_t length, void* total) {
  (void)text;
  *(size_t*)total += length;
  return true;
}

static void TheHeapIsLookedInto(void) {
  size_t report = 0;
  size_t snapshot = 0;
  CHECK(Fart_VerifyHeap() == NULL);
  Fart_EnterScope();
  DART_CHECK_VALID(Fart_WriteLeakReport(Fart_LeakReport_kJson, Count, &report));
  DART_CHECK_VALID(Fart_WriteHeapSnapshot(Count, NULL, &snapshot));
  CHECK(report > 0 && snapshot > 0);
  Fart_ExitScope();
}
#endif

int main(void) {
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_InitializeParams params;
  Fart_ShapeDescription description;
  Fart_Shape pair = NULL;
  Fart_Direct* direct;
  char* error = NULL;
  memset(&params, 0, sizeof params);
  memset(&description, 0, sizeof description);
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  CHECK(Fart_Initialize(&params) == NULL);
  CHECK(Fart_CreateHeapIsolate(NULL, &error) != NULL);
  Fart_EnterScope();
  description.struct_size = sizeof description;
  description.name = "Pair";
  description.reference_count = 2;
  direct = Fart_DirectAttach(&abi, &description, 1, &pair_number, NULL, NULL, &error);
  if (direct == NULL) fprintf(stderr, "%s\n", error);
  CHECK(direct != NULL);
  DART_CHECK_VALID(Fart_RegisterShape(&description, &pair));
  HandlesKeepAndWatch(pair);
  FramesAreFollowed(direct);
  ValuesAreKnown();
  PortsHearMessages();
  TheHeapIsLookedInto();
  Fart_ExitScope();
  CHECK(Fart_MisuseCount() == 1); /* Fart_Post(port, NULL) */
  Fart_ShutdownIsolate();
  CHECK(Fart_Cleanup() == NULL);
  puts("the heap alone");
  return 0;
}
