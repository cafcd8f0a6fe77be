// Bad input -- where a call is made: without an isolate, on a thread that is outside of it, after
// its end, without a scope, inside a finalizer.
//
// One table of all functions, with arguments that are good inside the isolate, is gone through in
// each of these places. Not here: bad arguments (the other bad_input_..._test.c).

#define _POSIX_C_SOURCE 200809L

#include <pthread.h>

#include "api/conformance/bad_input.h"
#include "fart_direct_api.h"

typedef enum { kOutside, kWithoutScope, kInFinalizer } Place;

// What a call needs.
enum {
  kNothing = 0,
  kScope = 1,     // makes a local handle, or takes memory of a scope
  kCollects = 2,  // is refused inside a finalizer
};

static const char* const kEntry = "This thread has not entered an isolate.";
static const char* const kNoScope = "No scope is open to hold a local handle.";
static const char* const kInCallback = "Inside a callback nothing may be called";

// Why the call is refused in this place; NULL if it is not.
static const char* WhyRefused(Place place, int needs) {
  if (place == kOutside) return kEntry;
  if (place == kInFinalizer) return (needs & kCollects) != 0 ? kInCallback : NULL;
  return (needs & kScope) != 0 ? kNoScope : NULL;
}

static void CheckHandle(int line, const char* row, const char* why, Fart_Handle result) {
  if (why == NULL) {
    if (!Fart_IsApiError(result)) return;
    const char* const text = Fart_GetError(result);
    const bool is_of_place = strstr(text, kEntry) != NULL || strstr(text, kInCallback) != NULL;
    if (is_of_place) Fail(line, row, "refused", text);
    return;
  }
  CheckRefusal(line, row, result, true, WORDS(why));
}

static void CheckOther(int line, const char* row, const char* why, uint64_t before, bool answer) {
  if (why == NULL) {
    if (Fart_MisuseCount() == before) return;
    const char* const text = Fart_GetMisuse();
    if (strstr(text, kInCallback) != NULL) Fail(line, row, "refused", text);
    return;
  }
  CheckRecord(line, row, before, answer, WORDS(why));
}

// Of a function that returns a handle.
#define HANDLE(needs, call) CheckHandle(__LINE__, #call, WhyRefused(place, needs), (call))
// Of another one: the answer where it is refused.
#define OTHER(needs, answer)                                                        \
  do {                                                                              \
    const uint64_t misuses_before = Fart_MisuseCount();                             \
    const bool is_so = (answer);                                                    \
    CheckOther(__LINE__, #answer, WhyRefused(place, needs), misuses_before, is_so); \
  } while (0)
#define OTHER_VOID(needs, call) OTHER(needs, ((call), true))
// Of one that can be called in any place.
#define ANYWHERE(fact) ANSWERS(fact)

// ---- Arguments: persistent handles, and places for what is read

static Fart_Isolate isolate;
static Fart_Handle seven, real, text, list, bytes, buffer, row, library, type, wrapper, thrown;
static Fart_Handle stack_trace, name, send_port, error;
static Fart_Shape shape;
static Fart_WeakPersistentHandle weak, ended;
static Fart_FinalizableHandle watched;
static Fart_ShapeDescription description;

static bool flag;
static int number;
static int64_t integer;
static uint64_t natural;
static intptr_t length, other_length;
static double decimal;
static void* pointer;
static const char* chars;
static uint8_t* octets;
static uint8_t room[16];
static uint16_t units[16];
static const int32_t points[1] = {'x'};
static Fart_Handle elements[1];
static Fart_TypedData_Type element_type;
static Fart_Port port;
static Fart_NativeEntryResolver resolver;
static Fart_NativeEntrySymbol symbol;
static Fart_Shape found_shape;
static Fart_HeapStatistics heap_statistics;
static Fart_HandleStatistics handle_statistics;

static Fart_Direct* direct;
static uint32_t direct_shape;
static const Fart_DirectAbi abi = FART_DIRECT_ABI;
static Fart_RootArray roots;

static Fart_HeapHistogram histogram;
static const Fart_HeapHistogram no_histogram = (Fart_HeapHistogram)(void*)&number;
static Fart_PersistentHandle kept;

static void SeeClass(const Fart_HeapClass* seen, void* data) {
  (void)seen;
  (void)data;
}
static void SeeHandle(const Fart_HandleInfo* seen, void* data) {
  (void)seen;
  (void)data;
}
static void SeeStep(const Fart_PathStep* seen, void* data) {
  (void)seen;
  (void)data;
}
static bool Swallow(const char* bytes, size_t bytes_length, void* data) {
  (void)bytes;
  (void)bytes_length;
  (void)data;
  return true;
}

static void VisitNothing(Fart_RootVisit visit, void* peer) {
  (void)peer;
  Fart_VisitRoots(visit, NULL, 0);
}
static void Ignore(void) {}
static void Notice(Fart_Isolate isolate_of_message) { (void)isolate_of_message; }
static size_t Stay(void* data, size_t limit) {
  (void)data;
  return limit;
}

// ---- The table

static void ErrorsAndMisuses(Place place) {
  OTHER(kNothing, !Fart_IsError(seven));
  OTHER(kNothing, !Fart_IsApiError(error));
  OTHER(kNothing, !Fart_IsUnhandledExceptionError(thrown));
  OTHER(kNothing, !Fart_IsCompilationError(error));
  OTHER(kNothing, !Fart_IsFatalError(error));
  OTHER(kNothing, !Fart_IsVMRestartRequest(error));
  OTHER(kScope, Fart_GetError(error) != NULL);
  OTHER(kNothing, !Fart_ErrorHasException(thrown));
  HANDLE(kScope, Fart_ErrorGetException(thrown));
  HANDLE(kScope, Fart_ErrorGetStackTrace(thrown));
  HANDLE(kScope, Fart_ErrorGetStacktrace(thrown));
  HANDLE(kScope | kCollects, Fart_NewApiError("an error"));
  HANDLE(kScope | kCollects, Fart_NewUnhandledExceptionError(seven));
  HANDLE(kCollects, Fart_PropagateError(error));
  HANDLE(kCollects, Fart_ThrowException(seven));
  HANDLE(kCollects, Fart_RethrowException(seven, stack_trace));
  OTHER_VOID(kNothing, Fart_SetStickyError(thrown));
  OTHER(kNothing, !Fart_HasStickyError());
  HANDLE(kScope, Fart_GetStickyError());
  OTHER_VOID(kNothing, Fart_SetStickyError(place == kOutside ? thrown : Fart_Null()));
  ANYWHERE(Fart_MisuseCount() != 0);
  ANYWHERE(Fart_GetMisuse() != NULL);
  ANYWHERE((Fart_SetMisuseCallback(NULL, NULL), true));
  ANYWHERE(Fart_VersionString() != NULL);
  ANYWHERE(Fart_VersionNumber() == FART_VERSION);
}

static void Handles(Place place) {
  Fart_Isolate owner = NULL;
  OTHER_VOID(kNothing, Fart_SetPersistentHandle(seven, seven));
  HANDLE(kScope, Fart_HandleFromPersistent(seven));
  const Fart_PersistentHandle kept = place == kOutside ? seven : Fart_NewPersistentHandle(seven);
  HANDLE(kNothing, Fart_NewPersistentHandle(kept));
  OTHER_VOID(kNothing, Fart_DeletePersistentHandle(kept));
  OTHER(kCollects, Fart_NewWeakPersistentHandle(list, NULL, 0, IgnoreDeath) == NULL);
  HANDLE(kScope, Fart_HandleFromWeakPersistent(weak));
  OTHER_VOID(kCollects, Fart_UpdateExternalSize(weak, 16));
  OTHER_VOID(kNothing, Fart_DeleteWeakPersistentHandle(isolate, NULL));
  ANYWHERE((owner = Fart_TryDeleteWeakPersistentHandle(ended)) == NULL ||
           (place == kOutside && owner == isolate));
  OTHER(kCollects, Fart_NewFinalizableHandle(list, NULL, 0, IgnoreEnd) == NULL);
  OTHER_VOID(kCollects, Fart_UpdateFinalizableExternalSize(watched, list, 16));
  OTHER_VOID(kNothing, Fart_DeleteFinalizableHandle(NULL, list));
  OTHER(kScope, Fart_ScopeAllocate(8) == NULL);
  HANDLE(kScope, Fart_ExitScopeWith(seven));
  HANDLE(kScope, Fart_ExitScopeWithAll(0, NULL));
  HANDLE(kScope, Fart_NewLocalHandle(seven));
  OTHER_VOID(kNothing, Fart_SetLocalHandle(seven, seven));
  HANDLE(kNothing, Fart_GetPeer(list, &pointer));
  HANDLE(kNothing, Fart_SetPeer(list, NULL));
  HANDLE(kCollects, Fart_SetGcCallbacks(Ignore, Ignore));
  HANDLE(kCollects, Fart_SetGcCallbacks(NULL, NULL));
  HANDLE(kCollects, Fart_SetNearHeapLimitCallback(Stay, NULL));
  OTHER(kCollects, !Fart_NotifyIdle(0));
  ANYWHERE((Fart_NotifyLowMemory(), true));
}

static void Values(Place place) {
  ANYWHERE(Fart_Null() != NULL && Fart_True() != NULL && Fart_False() != NULL);
  ANYWHERE(Fart_True() != NULL);
  ANYWHERE(Fart_False() != NULL);
  ANYWHERE(Fart_EmptyString() != NULL);
  ANYWHERE(Fart_NewBoolean(true) == Fart_True());
  OTHER(kNothing, !Fart_IsNull(Fart_Null()));
  OTHER(kNothing, !Fart_IsInstance(seven));
  OTHER(kNothing, !Fart_IsBoolean(Fart_True()));
  HANDLE(kNothing, Fart_BooleanValue(Fart_True(), &flag));
  HANDLE(kScope | kCollects, Fart_ToString(seven));
  HANDLE(kScope | kCollects, Fart_ObjectEquals(seven, seven, &flag));
  OTHER(kNothing, !Fart_IdentityEquals(seven, seven));
  OTHER(kNothing, Fart_IdentityHash(list) == 0);
  OTHER(kNothing, !Fart_IsNumber(seven));
  OTHER(kNothing, !Fart_IsInteger(seven));
  OTHER(kNothing, !Fart_IsDouble(real));
  HANDLE(kScope, Fart_NewInteger(7));
  HANDLE(kScope | kCollects, Fart_NewInteger(INT64_MAX));
  HANDLE(kScope, Fart_NewIntegerFromUint64(7));
  HANDLE(kScope | kCollects, Fart_NewIntegerFromUint64(UINT64_MAX));
  HANDLE(kScope | kCollects, Fart_NewIntegerFromHexCString("0x7"));
  HANDLE(kNothing, Fart_IntegerFitsIntoInt64(seven, &flag));
  HANDLE(kNothing, Fart_IntegerFitsIntoUint64(seven, &flag));
  HANDLE(kNothing, Fart_IntegerToInt64(seven, &integer));
  HANDLE(kNothing, Fart_IntegerToUint64(seven, &natural));
  HANDLE(kScope, Fart_IntegerToHexCString(seven, &chars));
  HANDLE(kScope | kCollects, Fart_NewDouble(0.5));
  HANDLE(kNothing, Fart_DoubleValue(real, &decimal));
}

static void Strings(Place place) {
  OTHER(kNothing, !Fart_IsString(text));
  OTHER(kNothing, !Fart_IsStringLatin1(text));
  OTHER(kNothing, !Fart_IsExternalString(text));
  HANDLE(kNothing, Fart_StringLength(text, &length));
  HANDLE(kScope | kCollects, Fart_NewStringFromCString("text"));
  HANDLE(kScope | kCollects, Fart_NewStringFromUTF8(room, 1));
  HANDLE(kScope | kCollects, Fart_NewStringFromUTF16(units, 1));
  HANDLE(kScope | kCollects, Fart_NewStringFromUTF32(points, 1));
  HANDLE(kScope | kCollects, Fart_NewExternalLatin1String(room, 1, NULL, NULL));
  HANDLE(kScope | kCollects, Fart_NewExternalUTF16String(units, 1, NULL, NULL));
  HANDLE(kScope | kCollects, Fart_MakeExternalString(text, room, 16, NULL, NULL));
  HANDLE(kNothing, Fart_StringGetProperties(text, &length, &other_length, &pointer));
  HANDLE(kNothing, Fart_StringStorageSize(text, &length));
  HANDLE(kScope, Fart_StringToCString(text, &chars));
  HANDLE(kScope, Fart_StringToUTF8(text, &octets, &length));
  length = 16;
  HANDLE(kNothing, Fart_StringToLatin1(text, room, &length));
  HANDLE(kNothing, Fart_StringToUTF16(text, units, &length));
}

static void Lists(Place place) {
  OTHER(kNothing, !Fart_IsList(list));
  HANDLE(kScope | kCollects, Fart_NewList(1));
  HANDLE(kNothing, Fart_ListLength(list, &length));
  HANDLE(kNothing, Fart_ListSetAt(list, 0, seven));
  HANDLE(kScope, Fart_ListGetAt(list, 0));
  HANDLE(kScope, Fart_ListGetRange(list, 0, 1, elements));
  HANDLE(kScope, Fart_ListGetAsBytes(list, 0, room, 1));
  HANDLE(kScope, Fart_ListSetAsBytes(list, 0, room, 1));
  OTHER(kNothing, !Fart_IsTypedData(bytes));
  OTHER(kNothing, !Fart_IsByteBuffer(buffer));
  OTHER(kNothing, Fart_GetTypeOfTypedData(bytes) == Fart_TypedData_kInvalid);
  OTHER(kNothing, Fart_GetTypeOfExternalTypedData(bytes) == Fart_TypedData_kInvalid);
  HANDLE(kScope | kCollects, Fart_NewTypedData(Fart_TypedData_kInt8, 1));
  HANDLE(kScope | kCollects, Fart_NewExternalTypedData(Fart_TypedData_kInt8, room, 1));
  HANDLE(kScope | kCollects,
         Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt8, room, 1, NULL, 0, IgnoreEnd));
  HANDLE(kScope | kCollects, Fart_NewByteBuffer(bytes));
  HANDLE(kScope, Fart_GetDataFromByteBuffer(buffer));
  HANDLE(kNothing, Fart_TypedDataAcquireData(bytes, &element_type, &pointer, &length));
  HANDLE(kNothing, Fart_TypedDataReleaseData(bytes));
}

static void Shapes(Place place) {
  HANDLE(kNothing, Fart_RegisterShape(&description, &found_shape));
  HANDLE(kScope | kCollects, Fart_AllocateObject(shape, 0));
  HANDLE(kScope | kCollects, Fart_AllocateObjectWith(shape, 0, 1, &seven));
  OTHER(kNothing, !Fart_HasRegisteredShape(row));
  OTHER(kNothing, !Fart_IsOfShape(row, shape));
  OTHER(kNothing, Fart_ShapeIndex(row) == -1);
  HANDLE(kNothing, Fart_ObjectShape(row, &found_shape));
  HANDLE(kNothing, Fart_ObjectLength(row, &length));
  HANDLE(kScope, Fart_GetReference(row, 0));
  HANDLE(kNothing, Fart_SetReference(row, 0, seven));
  HANDLE(kScope, Fart_GetReferences(row, 0, 1, elements));
  HANDLE(kNothing, Fart_SetReferences(row, 0, 1, &seven));
  HANDLE(kScope, Fart_GetWeakReference(row, 0));
  HANDLE(kNothing, Fart_SetWeakReference(row, 0, seven));
  HANDLE(kNothing, Fart_ReadBytes(row, 0, room, 8));
  HANDLE(kNothing, Fart_WriteBytes(row, 0, room, 8));
  HANDLE(kNothing, Fart_RawBytes(row, &octets, &length));
}

static void Direct(Place place) {
  char* why = NULL;
  ANYWHERE((Fart_DirectAttach(&abi, NULL, 0, NULL, NULL, NULL, &why) == NULL) ==
           (place == kOutside));
  if (place == kOutside && strstr(why, kEntry) == NULL) Fail(__LINE__, "attaching", kEntry, why);
  free(why);
  OTHER(kNothing, Fart_DirectState() == NULL);
  OTHER(kCollects, Fart_DirectNew(direct, direct_shape, 0, 0, NULL) == FART_DIRECT_NONE);
  OTHER_VOID(kCollects, Fart_DirectSafepoint(direct));
  HANDLE(kScope, Fart_DirectHandle(FART_DIRECT_NULL));
  OTHER(kNothing, Fart_DirectWord(seven) == FART_DIRECT_NONE);
  HANDLE(kCollects, Fart_AddRootArray(&roots, "roots"));
  HANDLE(kCollects, Fart_RemoveRootArray(&roots));
  HANDLE(kCollects, Fart_AddRootVisitor(VisitNothing, NULL, "visitor"));
  HANDLE(kCollects, Fart_RemoveRootVisitor(VisitNothing, NULL));
}

// What belongs to a native call has none here: its own test has one.
static void NativeCalls(Place place) {
  if (place != kOutside) return;
  OTHER(kNothing, Fart_GetNativeIsolateData(NULL) == NULL);
  OTHER(kNothing, Fart_GetNativeArgumentCount(NULL) == 0);
  HANDLE(kScope, Fart_GetNativeArgument(NULL, 0));
  HANDLE(kScope, Fart_GetNativeArguments(NULL, 0, NULL, NULL));
  HANDLE(kScope, Fart_GetNativeStringArgument(NULL, 0, &pointer));
  HANDLE(kNothing, Fart_GetNativeIntegerArgument(NULL, 0, &integer));
  HANDLE(kNothing, Fart_GetNativeBooleanArgument(NULL, 0, &flag));
  HANDLE(kNothing, Fart_GetNativeDoubleArgument(NULL, 0, &decimal));
  HANDLE(kNothing, Fart_GetNativeReceiver(NULL, &length));
  HANDLE(kNothing, Fart_GetNativeFieldsOfArgument(NULL, 0, 1, &length));
  OTHER_VOID(kNothing, Fart_SetReturnValue(NULL, seven));
  OTHER_VOID(kNothing, Fart_SetWeakHandleReturnValue(NULL, weak));
  OTHER_VOID(kNothing, Fart_SetBooleanReturnValue(NULL, true));
  OTHER_VOID(kNothing, Fart_SetIntegerReturnValue(NULL, 7));
  OTHER_VOID(kNothing, Fart_SetDoubleReturnValue(NULL, 0.5));
}

static void Programs(Place place) {
  HANDLE(kNothing, Fart_SetNativeResolver(library, NULL, NULL));
  HANDLE(kNothing, Fart_GetNativeResolver(library, &resolver));
  HANDLE(kNothing, Fart_GetNativeSymbol(library, &symbol));
  OTHER(kNothing, !Fart_IsType(type));
  OTHER(kNothing, !Fart_IsFunction(type));
  OTHER(kNothing, !Fart_IsVariable(type));
  OTHER(kNothing, !Fart_IsTypeVariable(type));
  HANDLE(kScope | kCollects, Fart_GetType(library, name, 0, NULL));
  HANDLE(kScope | kCollects, Fart_GetClass(library, name));
  HANDLE(kScope | kCollects, Fart_InstanceGetType(wrapper));
  HANDLE(kCollects, Fart_ObjectIsType(wrapper, type, &flag));
  HANDLE(kScope | kCollects, Fart_Allocate(type));
  length = 7;
  HANDLE(kScope | kCollects, Fart_AllocateWithNativeFields(type, 1, &length));
  HANDLE(kScope | kCollects, Fart_CreateNativeWrapperClass(library, text, 1));
  HANDLE(kNothing, Fart_GetNativeInstanceFieldCount(wrapper, &number));
  HANDLE(kNothing, Fart_GetNativeInstanceField(wrapper, 0, &length));
  HANDLE(kNothing, Fart_SetNativeInstanceField(wrapper, 0, 7));
  HANDLE(kScope | kCollects, Fart_LoadScript(name, name, text, 0, 0));
  HANDLE(kScope | kCollects, Fart_Invoke(library, name, 0, NULL));
  HANDLE(kScope | kCollects, Fart_InvokeClosure(wrapper, 0, NULL));
  HANDLE(kScope | kCollects, Fart_GetField(library, name));
  HANDLE(kScope | kCollects, Fart_SetField(library, name, seven));
  HANDLE(kScope | kCollects, Fart_New(type, Fart_Null(), 0, NULL));
  HANDLE(kScope | kCollects, Fart_InvokeConstructor(wrapper, Fart_Null(), 0, NULL));
  OTHER(kNothing, !Fart_IsClosure(wrapper));
  OTHER(kNothing, !Fart_IsFuture(wrapper));
  OTHER(kNothing, !Fart_IsMap(wrapper));
  HANDLE(kScope | kCollects, Fart_MapGetAt(wrapper, seven));
  HANDLE(kScope | kCollects, Fart_MapContainsKey(wrapper, seven));
  HANDLE(kScope | kCollects, Fart_MapKeys(wrapper));
  HANDLE(kScope, Fart_RootLibrary());
  HANDLE(kNothing, Fart_SetRootLibrary(library));
  HANDLE(kScope, Fart_LookupLibrary(text));
  HANDLE(kScope | kCollects, Fart_GetLoadedLibraries());
  HANDLE(kNothing, Fart_SetLibraryTagHandler(NULL));
  HANDLE(kNothing, Fart_SetEnvironmentCallback(NULL));
  HANDLE(kScope | kCollects, Fart_LoadLibrary(name, name, text, 0, 0));
  HANDLE(kScope | kCollects, Fart_LoadSource(library, name, name, text, 0, 0));
  HANDLE(kScope | kCollects, Fart_LibraryImportLibrary(library, library, text));
  HANDLE(kScope | kCollects, Fart_LibraryHandleError(library, library));
  HANDLE(kNothing, Fart_FinalizeLoading(true));
  HANDLE(kScope | kCollects, Fart_GetImportsOfScheme(text));
  HANDLE(kScope | kCollects, Fart_DefaultCanonicalizeUrl(text, text));
  OTHER(kNothing, !Fart_IsLibrary(library));
  HANDLE(kScope | kCollects, Fart_LibraryUrl(library));
}

static void Ports(Place place) {
  OTHER(kNothing, !Fart_Post(ILLEGAL_PORT, seven));
  HANDLE(kScope | kCollects, Fart_NewSendPort(5));
  HANDLE(kNothing, Fart_SendPortGetId(send_port, &port));
  OTHER(kNothing, Fart_GetMainPortId() == ILLEGAL_PORT);
  OTHER(kNothing, !Fart_HasLivePorts());
  OTHER_VOID(kNothing, Fart_SetMessageNotifyCallback(Notice));
  OTHER(kNothing, Fart_GetMessageNotifyCallback() == NULL);
  OTHER_VOID(kNothing, Fart_SetMessageNotifyCallback(NULL));
  HANDLE(kScope | kCollects, Fart_HandleMessage());
  HANDLE(kScope | kCollects, Fart_HandleMessages());
  HANDLE(kScope | kCollects, Fart_HandleMessagesUpTo(0, 0, NULL));
  HANDLE(kScope | kCollects, Fart_RunLoop());
  ANYWHERE(!Fart_PostInteger(ILLEGAL_PORT, 7));
  Fart_CObject null_object = {0};
  ANYWHERE(!Fart_PostCObject(ILLEGAL_PORT, &null_object));
  ANYWHERE(!Fart_CloseNativePort(ILLEGAL_PORT));
  ANYWHERE(!Fart_CloseNativePortAndWait(ILLEGAL_PORT));
}

static void Inspection(Place place) {
  HANDLE(kCollects, Fart_Collect(Fart_Collection_kMinor));
  OTHER(kNothing, !Fart_IsInOldSpace(list));
  OTHER(kNothing, Fart_ObjectAddress(list) == 0);
  OTHER(kNothing, (chars = Fart_VerifyHeap()) != NULL && strcmp(chars, kEntry) == 0);
  HANDLE(kNothing, Fart_GetHeapStatistics(&heap_statistics));
  HANDLE(kNothing, Fart_GetHandleStatistics(&handle_statistics));
  OTHER(kNothing, (histogram = Fart_TakeHeapHistogram()) == NULL);
  OTHER_VOID(kNothing, Fart_DeleteHeapHistogram(histogram == NULL ? no_histogram : histogram));
  HANDLE(kScope | kCollects, Fart_VisitHeapClasses(NULL, SeeClass, NULL));
  HANDLE(kScope | kCollects, Fart_VisitHandles(SeeHandle, NULL));
  HANDLE(kNothing, kept = Fart_NewPersistentHandleAt(list, FART_HERE));
  if (place != kOutside) Fart_DeletePersistentHandle(kept);
  OTHER(kCollects, Fart_NewWeakPersistentHandleAt(list, NULL, 0, IgnoreDeath, FART_HERE) == NULL);
  OTHER(kCollects, Fart_NewFinalizableHandleAt(list, NULL, 0, IgnoreEnd, FART_HERE) == NULL);
  OTHER(kNothing, Fart_SetHandleLabel(list, "list") == (place != kOutside));
  HANDLE(kScope | kCollects, Fart_WriteLeakReport(Fart_LeakReport_kText, Swallow, NULL));
  HANDLE(kScope | kCollects, Fart_WriteHeapSnapshot(Swallow, NULL, NULL));
  HANDLE(kScope | kCollects, Fart_VisitRetainingPath(list, SeeStep, NULL));
  ANYWHERE(Fart_SetFlag("--trace-gc=false"));
  ANYWHERE(Fart_GetFlag("trace-gc") != NULL);
  ANYWHERE(!Fart_IsVMFlagSet("trace-gc"));
  ANYWHERE((Fart_SetShutdownReportCallback(NULL, NULL), true));
}

// Last, because they change where the thread is.
static void Isolates(Place place) {
  ANYWHERE((Fart_CurrentIsolate() == NULL) == (place == kOutside));
  ANYWHERE(Fart_SetStackBounds(NULL, NULL));
  HANDLE(kScope | kCollects, Fart_DebugName());
  OTHER(kNothing, Fart_CurrentIsolateData() == NULL);
  if (place == kOutside) {
    OTHER_VOID(kNothing, Fart_EnterScope());
    OTHER_VOID(kNothing, Fart_ExitScope());
    OTHER_VOID(kNothing, Fart_ExitIsolate());
    OTHER_VOID(kCollects, Fart_ShutdownIsolate());
  } else if (place == kInFinalizer) {
    OTHER_VOID(kCollects, Fart_ExitIsolate());
    OTHER_VOID(kCollects, Fart_EnterIsolate(isolate));
    OTHER_VOID(kCollects, Fart_TryEnterIsolate(isolate, 0));
    OTHER_VOID(kCollects, Fart_ShutdownIsolate());
    OTHER_VOID(kNothing, (Fart_EnterScope(), Fart_ExitScope()));
  } else {
    RECORDS_VOID(Fart_ExitScope(), kNoScope);
    OTHER_VOID(kNothing, (Fart_EnterScope(), Fart_ExitScope()));
    OTHER_VOID(kNothing, (Fart_ExitIsolate(), Fart_EnterIsolate(isolate)));
  }
}

static void Everything(Place place) {
  ErrorsAndMisuses(place);
  Handles(place);
  Values(place);
  Strings(place);
  Lists(place);
  Shapes(place);
  Direct(place);
  NativeCalls(place);
  Programs(place);
  Ports(place);
  Inspection(place);
  Isolates(place);
}

// ---- The places

static Fart_Handle Keep(Fart_Handle object) {
  SUCCEEDS(Fart_NewPersistentHandle(object));
  return Fart_NewPersistentHandle(object);
}

static const char kScript[] =
    "import 'dart:nativewrappers';\n"
    "class Wrapper extends NativeFieldWrapperClass1 {}\n"
    "thrower() { throw 'ink'; }\n";

static void MakeArguments(void) {
  isolate = NewIsolate();
  Fart_EnterScope();
  seven = Keep(Fart_NewInteger(7));
  real = Keep(Fart_NewDouble(0.5));
  text = Keep(Text("text"));
  name = Keep(Text("Wrapper"));
  list = Keep(Fart_NewList(1));
  bytes = Keep(Fart_NewTypedData(Fart_TypedData_kUint8, 4));
  buffer = Keep(Fart_NewByteBuffer(bytes));
  send_port = Keep(Fart_NewSendPort(5));
  error = Fart_NewPersistentHandle(Fart_NewApiError("an error"));
  weak = Fart_NewWeakPersistentHandle(list, NULL, 0, IgnoreDeath);
  ended = Fart_NewWeakPersistentHandle(list, NULL, 0, IgnoreDeath);
  Fart_DeleteWeakPersistentHandle(isolate, ended);
  watched = Fart_NewFinalizableHandle(list, NULL, 0, IgnoreEnd);
  description.struct_size = sizeof(description);
  description.name = "Row";
  description.reference_count = 1;
  description.weak_reference_count = 1;
  description.byte_count = 8;
  SUCCEEDS(Fart_RegisterShape(&description, &shape));
  direct = Fart_DirectAttach(&abi, &description, 1, &direct_shape, NULL, NULL, NULL);
  HOLDS(direct != NULL);
  row = Keep(Fart_AllocateObject(shape, 0));
  library = Keep(Fart_LoadScript(text, text, Text(kScript), 0, 0));
  type = Keep(Fart_GetClass(library, name));
  wrapper = Keep(Fart_Allocate(type));
  thrown = Fart_NewPersistentHandle(Fart_Invoke(library, Text("thrower"), 0, NULL));
  stack_trace = Keep(Fart_ErrorGetStackTrace(thrown));
  heap_statistics.struct_size = sizeof(heap_statistics);
  handle_statistics.struct_size = sizeof(handle_statistics);
  Fart_ExitScope();
}

static int finalized = 0;

static void GoThroughInFinalizer(void* isolate_data, void* peer) {
  (void)isolate_data;
  (void)peer;
  if (++finalized == 1) Everything(kInFinalizer);
}

static void* GoThroughOutside(void* unused) {
  RECORDS_VOID(Fart_EnterIsolate(isolate), "another thread is inside the isolate");
  RECORDS(!Fart_IsolateMakeRunnable(isolate), "'isolate'", "an isolate that no thread is inside");
  Everything(kOutside);
  return unused;
}

int main(void) {
  StartMachine();
  MakeArguments();
  Everything(kWithoutScope);

  Fart_EnterScope();
  Fart_NewFinalizableHandle(Fart_NewList(1), NULL, 0, GoThroughInFinalizer);
  Fart_ExitScope();
  Fart_EnterScope();
  SUCCEEDS(Fart_Collect(Fart_Collection_kEverything));
  HOLDS(finalized == 1);
  Fart_ExitScope();

  pthread_t thread;
  HOLDS(pthread_create(&thread, NULL, GoThroughOutside, NULL) == 0);
  HOLDS(pthread_join(thread, NULL) == 0);

  Fart_ExitIsolate();
  Everything(kOutside);
  Fart_EnterIsolate(isolate);
  HOLDS(Fart_VerifyHeap() == NULL);
  Fart_ShutdownIsolate();
  Everything(kOutside);  // Every argument has ended by now.
  return Finish();
}
