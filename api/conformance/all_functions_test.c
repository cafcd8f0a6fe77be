// Uses every function of the public headers once, from C, in a program that makes sense of it.
// all_functions_listed_test.py says which one is missing.

#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "dart_api.h"
#include "fart_direct_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

static int dead;

static void OnWeakDeath(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_data;
  (void)handle;
  dead += *(int*)peer;
}

static void OnDeath(void* isolate_data, void* peer) {
  (void)isolate_data;
  dead += *(int*)peer;
}

static Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

// ---- Values

static void UseObjects(void) {
  bool answer = false;
  assert(Fart_IsNull(Fart_Null()));
  assert(Fart_IsBoolean(Fart_False()) && Fart_IsInstance(Fart_True()));
  DART_CHECK_VALID(Fart_BooleanValue(Fart_NewBoolean(true), &answer));
  assert(answer);
  DART_CHECK_VALID(Fart_ObjectEquals(Fart_EmptyString(), Text(""), &answer));
  assert(answer);
  Fart_Handle list = Fart_NewList(0);
  assert(Fart_IdentityEquals(list, list) && Fart_IdentityHash(list) != 0);
  assert(Fart_IsString(Fart_ToString(Fart_Null())));
}

static void UseNumbers(void) {
  bool fits = false;
  int64_t integer = 0;
  double real = 0;
  Fart_Handle seven = Fart_NewInteger(7);
  assert(Fart_IsInteger(seven) && Fart_IsNumber(seven) && !Fart_IsDouble(seven));
  DART_CHECK_VALID(Fart_IntegerFitsIntoInt64(seven, &fits));
  DART_CHECK_VALID(Fart_IntegerToInt64(seven, &integer));
  DART_CHECK_VALID(Fart_DoubleValue(Fart_NewDouble(0.5), &real));
  assert(fits && integer == 7 && real == 0.5);
  uint64_t natural = 0;
  const char* digits = NULL;
  Fart_Handle large = Fart_NewIntegerFromUint64(UINT64_MAX);
  DART_CHECK_VALID(Fart_IntegerFitsIntoUint64(large, &fits));
  DART_CHECK_VALID(Fart_IntegerToUint64(large, &natural));
  DART_CHECK_VALID(Fart_IntegerToHexCString(large, &digits));
  assert(fits && natural == UINT64_MAX && strcmp(digits, "0xFFFFFFFFFFFFFFFF") == 0);
  assert(Fart_IdentityEquals(large, Fart_NewIntegerFromHexCString(digits)));
}

static void UseStrings(void) {
  intptr_t length = 0;
  const char* text = NULL;
  uint8_t* bytes = NULL;
  Fart_Handle string = Fart_NewStringFromUTF8((const uint8_t*)"text", 4);
  assert(Fart_IsString(string));
  DART_CHECK_VALID(Fart_StringLength(string, &length));
  assert(length == 4);
  DART_CHECK_VALID(Fart_StringToCString(string, &text));
  assert(strcmp(text, "text") == 0);
  DART_CHECK_VALID(Fart_StringToUTF8(string, &bytes, &length));
  assert(length == 4 && memcmp(bytes, "text", 4) == 0);
}

static void CountFinalizer(void* peer) { ++*(int*)peer; }

static void UseOtherEncodings(void) {
  static int finalized = 0;
  static uint8_t room[8];
  const uint16_t wide[2] = {0x20AC, 'x'};
  const int32_t points[1] = {0x1F600};
  uint8_t narrow[4];
  uint16_t units[4];
  intptr_t length = 4;
  intptr_t size = 0;
  void* peer = NULL;
  Fart_Handle string = Fart_NewStringFromUTF16(wide, 2);
  DART_CHECK_VALID(Fart_StringToUTF16(string, units, &length));
  assert(length == 2 && units[0] == 0x20AC && !Fart_IsStringLatin1(string));
  DART_CHECK_VALID(Fart_StringStorageSize(Fart_NewStringFromUTF32(points, 1), &size));
  assert(size == 4);
  string = Fart_NewExternalLatin1String((const uint8_t*)"lent", 4, &finalized, CountFinalizer);
  length = 4;
  DART_CHECK_VALID(Fart_StringToLatin1(string, narrow, &length));
  assert(length == 4 && narrow[3] == 't' && Fart_IsExternalString(string));
  DART_CHECK_VALID(Fart_StringGetProperties(string, &size, &length, &peer));
  assert(size == 1 && length == 4 && peer == &finalized);
  assert(Fart_IsString(Fart_NewExternalUTF16String(units, 2, NULL, NULL)));
  string = Fart_MakeExternalString(Text("inside"), room, 8, &finalized, CountFinalizer);
  assert(Fart_IsExternalString(string) && memcmp(room, "inside", 6) == 0 && finalized == 0);
}

static void UseLists(void) {
  intptr_t length = 0;
  Fart_Handle both[2];
  Fart_Handle list = Fart_NewList(2);
  assert(Fart_IsList(list));
  DART_CHECK_VALID(Fart_ListLength(list, &length));
  assert(length == 2);
  DART_CHECK_VALID(Fart_ListSetAt(list, 1, Fart_True()));
  assert(Fart_IdentityEquals(Fart_ListGetAt(list, 1), Fart_True()));
  DART_CHECK_VALID(Fart_ListGetRange(list, 0, 2, both));
  assert(Fart_IsNull(both[0]));
  uint8_t bytes[2] = {7, 8};
  DART_CHECK_VALID(Fart_ListSetAsBytes(list, 0, bytes, 2));
  DART_CHECK_VALID(Fart_ListGetAsBytes(list, 1, bytes, 1));
  assert(bytes[0] == 8);
}

static void UseTypedData(void) {
  Fart_Handle inside = Fart_NewTypedData(Fart_TypedData_kInt16, 4);
  assert(Fart_IsTypedData(inside));
  assert(Fart_GetTypeOfTypedData(inside) == Fart_TypedData_kInt16);
  Fart_Handle buffer = Fart_NewByteBuffer(inside);
  assert(Fart_IsByteBuffer(buffer));
  assert(Fart_IdentityEquals(Fart_GetDataFromByteBuffer(buffer), inside));
  Fart_TypedData_Type type;
  void* data;
  intptr_t length;
  DART_CHECK_VALID(Fart_TypedDataAcquireData(inside, &type, &data, &length));
  assert(data != NULL && length == 4);
  DART_CHECK_VALID(Fart_TypedDataReleaseData(inside));
  static uint8_t memory[4];
  Fart_Handle outside = Fart_NewExternalTypedData(Fart_TypedData_kUint8, memory, 4);
  assert(Fart_GetTypeOfExternalTypedData(outside) == Fart_TypedData_kUint8);
  static int peer;
  DART_CHECK_VALID(
      Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 4, &peer, 4, OnDeath));
}

static void UseErrors(void) {
  Fart_Handle error = Fart_NewApiError("an error");
  assert(Fart_IsError(error) && Fart_IsApiError(error));
  assert(!Fart_IsCompilationError(error) && !Fart_IsFatalError(error));
  assert(!Fart_IsVMRestartRequest(error));
  assert(strcmp(Fart_GetError(error), "an error") == 0);
  Fart_Handle thrown = Fart_NewUnhandledExceptionError(Fart_True());
  assert(Fart_IsUnhandledExceptionError(thrown) && Fart_ErrorHasException(thrown));
  assert(Fart_IdentityEquals(Fart_ErrorGetException(thrown), Fart_True()));
  assert(Fart_IsNull(Fart_ErrorGetStackTrace(thrown)));
  assert(Fart_IsNull(Fart_ErrorGetStacktrace(thrown)));
  Fart_SetStickyError(thrown);
  assert(Fart_HasStickyError() && Fart_IsError(Fart_GetStickyError()));
  Fart_SetStickyError(Fart_Null());
  void (*const report)(const char*, int, const char*, const char*) = _Fart_ReportErrorHandle;
  assert(report != NULL);  // It ends the process.
}

static void CountMisuse(const char* message, void* data) { *(int*)data += message[0] != '\0'; }

static void UseMisuse(void) {
  int heard = 0;
  uint64_t before = Fart_MisuseCount();
  Fart_SetMisuseCallback(CountMisuse, &heard);
  assert(!Fart_IsNull(NULL));
  Fart_SetMisuseCallback(NULL, NULL);
  assert(heard == 1 && Fart_MisuseCount() == before + 1 && Fart_GetMisuse() != NULL);
}

// ---- Handles

static void UseHandles(void) {
  static int one = 1;
  Fart_EnterScope();
  assert(Fart_ScopeAllocate(8) != NULL);
  Fart_Handle list = Fart_ExitScopeWith(Fart_NewList(1));
  Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_Null());
  Fart_SetPersistentHandle(kept, list);
  assert(Fart_IdentityEquals(Fart_HandleFromPersistent(kept), list));
  Fart_DeletePersistentHandle(kept);
  Fart_EnterScope();
  Fart_Handle both[2] = {Fart_NewInteger(1), Fart_Null()};
  DART_CHECK_VALID(Fart_ExitScopeWithAll(2, both));
  assert(Fart_IsInteger(both[0]) && both[1] == Fart_Null());
  Fart_Handle variable = Fart_NewLocalHandle(Fart_Null());
  Fart_SetLocalHandle(variable, list);
  assert(Fart_IdentityEquals(variable, list));

  Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(list, &one, 16, OnWeakDeath);
  Fart_UpdateExternalSize(weak, 32);
  assert(Fart_IsList(Fart_HandleFromWeakPersistent(weak)));
  Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), weak);
  assert(Fart_TryDeleteWeakPersistentHandle(weak) == NULL);
  Fart_FinalizableHandle watched = Fart_NewFinalizableHandle(list, &one, 16, OnDeath);
  Fart_UpdateFinalizableExternalSize(watched, list, 32);
  Fart_DeleteFinalizableHandle(watched, list);

  Fart_EnterScope();
  Fart_Handle doomed = Fart_NewList(1);
  Fart_NewWeakPersistentHandle(doomed, &one, 0, OnWeakDeath);
  Fart_NewFinalizableHandle(doomed, &one, 0, OnDeath);
  Fart_ExitScope();
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  assert(dead == 2);
}

// ---- Objects of a shape

static void UseShapes(void) {
  Fart_ShapeDescription description = {0};
  Fart_Shape shape = NULL;
  Fart_Shape found = NULL;
  description.struct_size = sizeof(description);
  description.name = "Row";
  description.reference_count = 1;
  description.weak_reference_count = 1;
  description.variable_part = Fart_VariablePart_kBytes;
  DART_CHECK_VALID(Fart_RegisterShape(&description, &shape));
  Fart_Handle object = Fart_AllocateObject(shape, 5);
  assert(Fart_HasRegisteredShape(object));
  DART_CHECK_VALID(Fart_ObjectShape(object, &found));
  assert(found == shape);
  assert(Fart_IsOfShape(object, shape) && Fart_ShapeIndex(object) == 0);
  Fart_Handle with = Fart_AllocateObjectWith(shape, 0, 1, &object);
  Fart_Handle read = NULL;
  DART_CHECK_VALID(Fart_GetReferences(with, 0, 1, &read));
  assert(Fart_IdentityEquals(read, object));
  DART_CHECK_VALID(Fart_SetReferences(with, 0, 1, &with));
  assert(Fart_IdentityEquals(Fart_GetReference(with, 0), with));
  intptr_t length = 0;
  DART_CHECK_VALID(Fart_ObjectLength(object, &length));
  assert(length == 5);
  DART_CHECK_VALID(Fart_SetReference(object, 0, Fart_True()));
  DART_CHECK_VALID(Fart_SetWeakReference(object, 0, object));
  assert(Fart_IdentityEquals(Fart_GetReference(object, 0), Fart_True()));
  assert(Fart_IdentityEquals(Fart_GetWeakReference(object, 0), object));
  char bytes[5] = "";
  DART_CHECK_VALID(Fart_WriteBytes(object, 0, "five", 5));
  DART_CHECK_VALID(Fart_ReadBytes(object, 0, bytes, 5));
  assert(strcmp(bytes, "five") == 0);
  uint8_t* inside = NULL;
  DART_CHECK_VALID(Fart_RawBytes(object, &inside, &length));
  assert(length == 5 && memcmp(inside, "five", 5) == 0);
}

static Fart_Slot visited = {FART_DIRECT_NULL};

static void VisitOne(Fart_RootVisit visit, void* peer) {
  Fart_VisitRoots(visit, &visited, 1);
  Fart_VisitRootFrames(visit, NULL, NULL);
  ++*(int*)peer;
}

static void UseDirect(void) {
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_ShapeDescription description = {0};
  uint32_t shape = 0;
  int visits = 0;
  description.struct_size = sizeof(description);
  description.name = "Box";
  description.reference_count = 1;
  description.weak_reference_count = 1;
  Fart_Direct* direct = Fart_DirectAttach(&abi, &description, 1, &shape, NULL, NULL, NULL);
  assert(direct != NULL && Fart_DirectState() == direct);
  Fart_RootArray array = {&visited, 1, 0};
  DART_CHECK_VALID(Fart_AddRootArray(&array, "array"));
  DART_CHECK_VALID(Fart_RemoveRootArray(&array));
  DART_CHECK_VALID(Fart_AddRootVisitor(VisitOne, &visits, "visitor"));
  visited.bits = Fart_DirectNew(direct, shape, 0, 1, &visited.bits);
  Fart_DirectSafepoint(direct);
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
  assert(visits > 0);
  Fart_DirectStore(direct, visited.bits, 2, visited.bits);
  assert(Fart_DirectLoadWeak(direct, visited.bits, 2) == visited.bits);
  assert(Fart_DirectHash(direct, visited.bits) == Fart_DirectHash(direct, visited.bits));
  assert(Fart_DirectWord(Fart_DirectHandle(visited.bits)) == visited.bits);
  DART_CHECK_VALID(Fart_RemoveRootVisitor(VisitOne, &visits));
}

// ---- Memory

static void Nothing(void) {}
static size_t Stay(void* data, size_t limit) {
  (void)data;
  return limit;
}

static void UseMemory(void) {
  void* peer = NULL;
  Fart_Handle list = Fart_NewList(1);
  DART_CHECK_VALID(Fart_SetPeer(list, &peer));
  DART_CHECK_VALID(Fart_SetGcCallbacks(Nothing, Nothing));
  DART_CHECK_VALID(Fart_SetNearHeapLimitCallback(Stay, NULL));
  Fart_NotifyIdle(INT64_MAX);
  Fart_NotifyLowMemory();
  DART_CHECK_VALID(Fart_SetGcCallbacks(NULL, NULL));
  DART_CHECK_VALID(Fart_GetPeer(list, &peer));
  assert(peer == &peer);
}

// ---- Inspection

static void Hear(const Fart_ShutdownReport* report, void* data) {
  assert(report->struct_size == sizeof(*report));
  *(uint64_t*)data = report->persistent_open;
}

static void CountClass(const Fart_HeapClass* row, void* data) {
  assert(row->struct_size == sizeof(*row) && row->class_name != NULL);
  *(int64_t*)data += row->objects;
}
static void CountLabels(const Fart_HandleInfo* info, void* data) {
  assert(info->struct_size == sizeof(*info));
  *(int*)data += strcmp(info->label, "the list") == 0 ? 1 : 0;
}
static void CountSteps(const Fart_PathStep* step, void* data) {
  assert(step->struct_size == sizeof(*step) && Fart_CurrentIsolate() == NULL);
  ++*(int*)data;
}
static bool CountBytes(const char* bytes, size_t length, void* data) {
  assert(bytes != NULL && length != 0);
  *(size_t*)data += length;
  return true;
}

static void UseInspection(void) {
  Fart_HeapHistogram before = Fart_TakeHeapHistogram();
  Fart_PersistentHandle kept = Fart_NewPersistentHandleAt(Fart_NewList(1), FART_HERE);
  assert(before != NULL && Fart_SetHandleLabel(kept, "the list"));
  Fart_WeakPersistentHandle weak =
      Fart_NewWeakPersistentHandleAt(kept, NULL, 0, OnWeakDeath, FART_HERE);
  assert(Fart_TryDeleteWeakPersistentHandle(weak) == NULL);
  Fart_FinalizableHandle watched = Fart_NewFinalizableHandleAt(kept, NULL, 0, OnDeath, FART_HERE);
  Fart_DeleteFinalizableHandle(watched, kept);
  int64_t objects = 0;
  DART_CHECK_VALID(Fart_VisitHeapClasses(before, CountClass, &objects));
  assert(objects >= 1);
  Fart_DeleteHeapHistogram(before);
  int labels = 0;
  DART_CHECK_VALID(Fart_VisitHandles(CountLabels, &labels));
  assert(labels == 1);
  int steps = 0;
  DART_CHECK_VALID(Fart_VisitRetainingPath(kept, CountSteps, &steps));
  assert(steps == 2);
  size_t bytes = 0;
  DART_CHECK_VALID(Fart_WriteLeakReport(Fart_LeakReport_kJson, CountBytes, &bytes));
  DART_CHECK_VALID(Fart_WriteHeapSnapshot(CountBytes, NULL, &bytes));
  assert(bytes > 1000);
  assert(Fart_RequestHeapSnapshot(Fart_CurrentIsolate()));
  Fart_DeletePersistentHandle(kept);
}

static void UseTools(void) {
  Fart_HeapStatistics heap = {0};
  Fart_HandleStatistics handles = {0};
  heap.struct_size = sizeof(heap);
  handles.struct_size = sizeof(handles);
  Fart_Handle list = Fart_NewList(1);
  assert(Fart_ObjectAddress(list) != 0 && !Fart_IsInOldSpace(Fart_NewInteger(1)));
  DART_CHECK_VALID(Fart_GetHeapStatistics(&heap));
  DART_CHECK_VALID(Fart_GetHandleStatistics(&handles));
  assert(heap.objects_allocated > 0 && handles.local_live > 0);
  assert(Fart_VerifyHeap() == NULL);
  assert(Fart_SetFlag("--gc-stress=0") && strcmp(Fart_GetFlag("gc-stress"), "0") == 0);
}

// ---- Fart code that calls C

static void Sum(Fart_NativeArguments arguments) {
  int64_t a = 0;
  double b = 0;
  bool is_negative = false;
  void* peer = NULL;
  Fart_NativeArgument_Descriptor wish = DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt64, 0);
  Fart_NativeArgument_Value value;
  assert(Fart_GetNativeIsolateData(arguments) == &dead);
  assert(Fart_GetNativeArgumentCount(arguments) == 4);
  assert(Fart_IsInteger(Fart_GetNativeArgument(arguments, 0)));
  DART_CHECK_VALID(Fart_GetNativeIntegerArgument(arguments, 0, &a));
  DART_CHECK_VALID(Fart_GetNativeDoubleArgument(arguments, 1, &b));
  DART_CHECK_VALID(Fart_GetNativeBooleanArgument(arguments, 2, &is_negative));
  assert(Fart_IsString(Fart_GetNativeStringArgument(arguments, 3, &peer)));
  DART_CHECK_VALID(Fart_GetNativeArguments(arguments, 1, &wish, &value));
  assert(value.as_int64 == a);
  static int unused;
  Fart_WeakPersistentHandle weak =
      Fart_NewWeakPersistentHandle(Fart_GetNativeArgument(arguments, 3), &unused, 0, OnWeakDeath);
  Fart_SetWeakHandleReturnValue(arguments, weak);
  Fart_SetBooleanReturnValue(arguments, true);
  Fart_SetIntegerReturnValue(arguments, 1);
  Fart_SetReturnValue(arguments, Fart_Null());
  Fart_SetDoubleReturnValue(arguments, ((double)a + b) * (is_negative ? -1 : 1));
}

static void Count(Fart_NativeArguments arguments) {
  intptr_t field = -1;
  DART_CHECK_VALID(Fart_GetNativeReceiver(arguments, &field));
  assert(field == 9);
  DART_CHECK_VALID(Fart_GetNativeFieldsOfArgument(arguments, 0, 1, &field));
  Fart_SetIntegerReturnValue(arguments, field);
}

static void Throw(Fart_NativeArguments arguments) {
  Fart_ThrowException(Fart_GetNativeArgument(arguments, 0));
}

// Goes on with what the Fart function `thrower` throws, in one of two ways.
static void PassOn(Fart_NativeArguments arguments) {
  bool rethrow = false;
  DART_CHECK_VALID(Fart_GetNativeBooleanArgument(arguments, 0, &rethrow));
  Fart_Handle error = Fart_Invoke(Fart_RootLibrary(), Text("thrower"), 0, NULL);
  if (rethrow) Fart_RethrowException(Fart_ErrorGetException(error), Fart_ErrorGetStackTrace(error));
  Fart_PropagateError(error);
}

static Fart_NativeFunction Resolve(Fart_Handle name, int count, bool* auto_setup_scope) {
  const char* text = "";
  (void)count;
  (void)auto_setup_scope;
  DART_CHECK_VALID(Fart_StringToCString(name, &text));
  if (strcmp(text, "Sum") == 0) return Sum;
  if (strcmp(text, "Throw") == 0) return Throw;
  if (strcmp(text, "Count") == 0) return Count;
  return strcmp(text, "PassOn") == 0 ? PassOn : NULL;
}

static const uint8_t* NameOf(Fart_NativeFunction function) {
  return (const uint8_t*)(function == Sum ? "Sum" : NULL);
}

static const char kScript[] =
    "import 'dart:nativewrappers';\n"
    "class Counter extends NativeFieldWrapperClass1 { count() native 'Count'; }\n"
    "sum(a, b, isNegative, name) native 'Sum';\n"
    "raise(x) native 'Throw';\n"
    "passOn(again) native 'PassOn';\n"
    "thrower() { throw 'ink'; }\n"
    "var found;\n"
    "caught(f) { try { f(); } catch (e) { return e; } }\n"
    "main() => '${sum(1, 0.5, true, 'n')} ${caught(() => raise('paper'))} '\n"
    "    '${caught(() => passOn(true))} ${caught(() => passOn(false))}';\n";

static void UseClasses(Fart_Handle library) {
  intptr_t field = 9;
  int count = 0;
  bool is_counter = false;
  Fart_Handle type = Fart_GetClass(library, Text("Counter"));
  assert(Fart_IsType(type));
  assert(Fart_IdentityEquals(type, Fart_GetType(library, Text("Counter"), 0, NULL)));
  Fart_Handle counter = Fart_AllocateWithNativeFields(type, 1, &field);
  DART_CHECK_VALID(Fart_ObjectIsType(counter, type, &is_counter));
  assert(is_counter && Fart_IdentityEquals(Fart_InstanceGetType(counter), type));
  assert(Fart_IsInteger(Fart_Invoke(counter, Text("count"), 0, NULL)));
  counter = Fart_Allocate(Fart_CreateNativeWrapperClass(library, Text("Wrapper"), 2));
  DART_CHECK_VALID(Fart_GetNativeInstanceFieldCount(counter, &count));
  DART_CHECK_VALID(Fart_SetNativeInstanceField(counter, 1, -1));
  DART_CHECK_VALID(Fart_GetNativeInstanceField(counter, 1, &field));
  assert(count == 2 && field == -1);

  Fart_Handle empty = Text("");
  counter = Fart_New(type, empty, 0, NULL);
  assert(Fart_IdentityEquals(Fart_InvokeConstructor(counter, empty, 0, NULL), counter));
  DART_CHECK_VALID(Fart_SetField(library, Text("found"), counter));
  assert(Fart_IdentityEquals(Fart_GetField(library, Text("found")), counter));
  Fart_Handle main = Fart_GetField(library, Text("main"));
  assert(Fart_IsClosure(main) && Fart_IsString(Fart_InvokeClosure(main, 0, NULL)));
  Fart_Handle map = Fart_New(Fart_GetClass(library, Text("Map")), Fart_Null(), 0, NULL);
  assert(Fart_IsMap(map) && !Fart_IsFuture(map));
  assert(Fart_IsNull(Fart_MapGetAt(map, empty)) && Fart_IsList(Fart_MapKeys(map)));
  assert(Fart_IdentityEquals(Fart_MapContainsKey(map, empty), Fart_False()));

  assert(Fart_IsLibrary(Fart_LookupLibrary(Fart_LibraryUrl(library))));
  assert(Fart_IsList(Fart_GetLoadedLibraries()) && Fart_IsString(Fart_DebugName()));
  assert(!Fart_IsFunction(type) && !Fart_IsVariable(type) && !Fart_IsTypeVariable(type));
  assert(Fart_IsList(Fart_GetImportsOfScheme(Text("dart"))));
  Fart_Handle late = Fart_NewApiError("late");
  assert(Fart_LibraryHandleError(library, late) == late);
  DART_CHECK_VALID(Fart_FinalizeLoading(false));
  DART_CHECK_VALID(Fart_SetRootLibrary(library));
}

static Fart_Handle OnTag(Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) {
  if (tag == Fart_kCanonicalizeUrl)
    return Fart_DefaultCanonicalizeUrl(Fart_LibraryUrl(library), url);
  if (tag == Fart_kSourceTag) {
    return Fart_LoadSource(library, url, url, Text("part of m; get two => 2;"), 0, 0);
  }
  Fart_Handle made = Fart_LoadLibrary(url, url, Text("get forty => 40;"), 0, 0);
  DART_CHECK_VALID(Fart_LibraryImportLibrary(library, made, Text("p")));
  return made;
}

static Fart_Handle OnName(Fart_Handle name) { return name; }

static void UseHostsSources(void) {
  int64_t sum = 0;
  const char* text = NULL;
  DART_CHECK_VALID(Fart_SetRootLibrary(Fart_Null()));
  DART_CHECK_VALID(Fart_SetLibraryTagHandler(OnTag));
  DART_CHECK_VALID(Fart_SetEnvironmentCallback(OnName));
  Fart_Handle library =
      Fart_LoadScript(Text("app:m"), Fart_Null(),
                      Text("library m; import 'f'; part 'part'; main() => forty + two + p.forty;\n"
                           "ink() => const String.fromEnvironment('ink');"),
                      0, 0);
  DART_CHECK_VALID(library);
  DART_CHECK_VALID(Fart_IntegerToInt64(Fart_Invoke(library, Text("main"), 0, NULL), &sum));
  DART_CHECK_VALID(Fart_StringToCString(Fart_Invoke(library, Text("ink"), 0, NULL), &text));
  assert(sum == 82 && strcmp(text, "ink") == 0);
  DART_CHECK_VALID(Fart_SetLibraryTagHandler(NULL));
  DART_CHECK_VALID(Fart_SetEnvironmentCallback(NULL));
}

static void UseLanguage(void) {
  Fart_NativeEntryResolver resolver = NULL;
  Fart_NativeEntrySymbol symbol = NULL;
  const char* text = NULL;
  Fart_Handle url = Text("script.dart");
  Fart_Handle library = Fart_LoadScript(url, Text("/script.dart"), Text(kScript), 0, 0);
  DART_CHECK_VALID(library);
  assert(Fart_IsLibrary(library) && Fart_IsString(Fart_LibraryUrl(library)));
  DART_CHECK_VALID(Fart_SetNativeResolver(library, Resolve, NameOf));
  DART_CHECK_VALID(Fart_GetNativeResolver(library, &resolver));
  DART_CHECK_VALID(Fart_GetNativeSymbol(library, &symbol));
  assert(resolver == Resolve && symbol == NameOf);
  DART_CHECK_VALID(Fart_StringToCString(Fart_Invoke(library, Text("main"), 0, NULL), &text));
  assert(strcmp(text, "-1.5 paper ink ink") == 0);
  UseClasses(library);
  UseHostsSources();
}

// ---- Ports

static Fart_Port main_port;
static int noticed;

static void Answer(Fart_Port dest_port_id, Fart_Port reply_port_id, Fart_CObject* message) {
  (void)dest_port_id;
  (void)message;
  uint8_t* bytes = Fart_ScopeAllocate(8);
  assert(bytes != NULL && reply_port_id == ILLEGAL_PORT);
  Fart_PostInteger(main_port, 5);
}

static void AnswerToo(Fart_Port dest_port_id, Fart_CObject* message) {
  Answer(dest_port_id, ILLEGAL_PORT, message);
}

static void Notice(Fart_Isolate dest_isolate) {
  (void)dest_isolate;
  ++noticed;
}

static void UsePorts(void) {
  Fart_Port port = Fart_NewNativePort("answers", Answer, false);
  Fart_Port other = Fart_NewConcurrentNativePort("answers too", AnswerToo, 2);
  Fart_Port id = ILLEGAL_PORT;
  Fart_CObject null_object;
  null_object.type = Fart_CObject_kNull;
  main_port = Fart_GetMainPortId();
  assert(port != ILLEGAL_PORT && other != ILLEGAL_PORT && main_port != ILLEGAL_PORT);
  DART_CHECK_VALID(Fart_SendPortGetId(Fart_NewSendPort(port), &id));
  assert(id == port);
  assert(Fart_Post(port, Text("to answer")) && Fart_PostCObject(other, &null_object));
  assert(Fart_CloseNativePort(port) && Fart_CloseNativePort(other));
  assert(!Fart_CloseNativePort(port) && !Fart_Post(port, Text("too late")));
  assert(Fart_CloseNativePortAndWait(Fart_NewNativePort("ends", Answer, false)));
  assert(!Fart_HasLivePorts());
  DART_CHECK_VALID(Fart_RunLoop());
  Fart_SetMessageNotifyCallback(Notice);
  assert(Fart_GetMessageNotifyCallback() == Notice);
  Fart_SetMessageNotifyCallback(NULL);
  // The program has nothing to do for its main port.
  Fart_HandleMessage();
  Fart_HandleMessages();
  intptr_t handled = 7;
  DART_CHECK_VALID(Fart_HandleMessagesUpTo(1, 1, &handled));
  assert(handled == 0);
}

int main(void) {
  char* error = NULL;
  Fart_InitializeParams params = {0};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  assert(Fart_VersionString()[0] != '\0');
  assert(Fart_VersionNumber() == FART_VERSION);
  const char* flags[] = {"--trace-gc=false"};
  assert(Fart_SetVMFlags(1, flags) && !Fart_IsVMFlagSet("trace-gc"));
  assert(Fart_Initialize(&params) == NULL);

  Fart_Isolate isolate = Fart_CreateIsolate("test", "main", NULL, NULL, &dead, &error);
  assert(isolate != NULL && Fart_CurrentIsolate() == isolate);
  assert(Fart_CurrentIsolateData() == &dead && Fart_IsolateData(isolate) == &dead);
  assert(Fart_SetStackBounds(NULL, NULL));
  assert(Fart_InterruptIsolate(isolate, Fart_Interrupt_kRunning));  // Nothing does.
  Fart_ExitIsolate();
  Fart_Isolate killed = Fart_CreateIsolate("killed", "main", NULL, NULL, NULL, &error);
  assert(Fart_KillIsolate(killed));
  Fart_ShutdownIsolate();
  assert(!Fart_IsolateMakeRunnable(isolate));
  assert(Fart_TryEnterIsolate(isolate, 0));
  Fart_ExitIsolate();
  Fart_EnterIsolate(isolate);
  Fart_EnterScope();
  UseObjects();
  UseNumbers();
  UseStrings();
  UseOtherEncodings();
  UseLists();
  UseTypedData();
  UseErrors();
  UseMisuse();
  UseHandles();
  UseShapes();
  UseDirect();
  UseMemory();
  UseLanguage();
  UsePorts();
  UseTools();
  UseInspection();
  Fart_ExitScope();
  Fart_ShutdownIsolate();

  uint64_t open = 0;
  Fart_SetShutdownReportCallback(Hear, &open);
  assert(Fart_CreateHeapIsolate(NULL, &error) != NULL);
  Fart_NewPersistentHandle(Fart_Null());
  Fart_ShutdownIsolate();
  assert(open == 1);
  assert(Fart_Cleanup() == NULL);
  return 0;
}
