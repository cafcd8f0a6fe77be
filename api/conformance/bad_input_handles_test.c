// Bad input -- to the functions for errors, misuses, scopes, handles, memory and inspection.

#include "api/conformance/bad_input.h"

static Fart_Isolate isolate;

// ---- Errors

static void Errors(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const char kNoException[] = "This error is not an unhandled exception error.";
  RECORDS_HANDLE(x, "'handle'", !Fart_IsError(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsApiError(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsUnhandledExceptionError(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsCompilationError(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsFatalError(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsVMRestartRequest(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_ErrorHasException(x));
  RECORDS_HANDLE(x, "'handle'", strstr(Fart_GetError(x), "to be a live handle") != NULL);
  HOLDS(strcmp(Fart_GetError(seven), "") == 0 && !Fart_ErrorHasException(seven));

  EXPECTS_HANDLE(x, "'handle'", Fart_ErrorGetException(x));
  SAYS(Fart_ErrorGetException(errors[0]), kNoException);
  SAYS(Fart_ErrorGetException(errors[2]), kNoException);
  SAYS(Fart_ErrorGetException(seven), "Can only get exceptions from error handles.");
  EXPECTS_HANDLE(x, "'handle'", Fart_ErrorGetStackTrace(x));
  SAYS(Fart_ErrorGetStackTrace(errors[0]), kNoException);
  SAYS(Fart_ErrorGetStackTrace(Fart_Null()), "Can only get stacktraces from error handles.");
  EXPECTS_HANDLE(x, "'handle'", Fart_ErrorGetStacktrace(x));
  SAYS(Fart_ErrorGetStacktrace(errors[0]), kNoException);
  SAYS(Fart_ErrorGetStacktrace(seven), "Can only get stacktraces from error handles.");

  REFUSES(Fart_NewApiError(NULL), "'error'", "non-null");
  EXPECTS_HANDLE(x, "'exception'", Fart_NewUnhandledExceptionError(x));
  REFUSES(Fart_NewUnhandledExceptionError(Fart_Null()), "'exception'", "non-null");
  REFUSES(Fart_NewUnhandledExceptionError(Fart_RootLibrary()), "'exception'", "non-null");
  // An api error is taken as a message; what carries an exception already comes back.
  HOLDS(Fart_IsUnhandledExceptionError(Fart_NewUnhandledExceptionError(errors[0])));
  HOLDS(Fart_NewUnhandledExceptionError(errors[1]) == errors[1]);
  HOLDS(Fart_IsUnhandledExceptionError(Fart_NewUnhandledExceptionError(errors[2])));

  RECORDS_HANDLE(x, "'error'", (Fart_SetStickyError(x), !Fart_HasStickyError()));
  RECORDS_VOID(Fart_SetStickyError(seven), "'error'", "an unhandled exception, a fatal error or");
  RECORDS_VOID(Fart_SetStickyError(errors[0]), "'error'", "an unhandled exception, a fatal error");
  HOLDS(!Fart_HasStickyError() && Fart_IsNull(Fart_GetStickyError()));
  Fart_SetStickyError(errors[1]);
  RECORDS_VOID(Fart_SetStickyError(errors[1]), "an error is already kept.");
  Fart_SetStickyError(Fart_Null());
}

// Where no function of a program calls they have nowhere to go, whatever they are given.
static void Throwing(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECTS_HANDLE(x, "'handle'", Fart_PropagateError(x));
  REFUSES(Fart_PropagateError(seven), "'handle'", "to be an error handle.");
  REFUSES(Fart_PropagateError(Fart_Null()), "'handle'", "to be an error handle.");
  SAYS(Fart_PropagateError(errors[0]), "No Fart frames on stack, cannot propagate error.");
  SAYS(Fart_PropagateError(errors[2]), "No Fart frames on stack, cannot propagate error.");
  EXPECTS_HANDLE(x, "'exception'", Fart_ThrowException(x));
  REFUSES(Fart_ThrowException(Fart_Null()), "'exception'", "non-null");
  SAYS(Fart_ThrowException(seven), "No Fart frames on stack, cannot throw exception");
  SAYS(Fart_ThrowException(errors[0]), "No Fart frames on stack, cannot throw exception");
  EXPECTS_HANDLE(x, "'exception'", Fart_RethrowException(x, seven));
  EXPECTS_HANDLE(x, "'stacktrace'", Fart_RethrowException(seven, x));
  GIVES_BACK(x, "'exception'", Fart_RethrowException(x, seven));
  GIVES_BACK(x, "'stacktrace'", Fart_RethrowException(seven, x));
  REFUSES(Fart_RethrowException(Fart_Null(), seven), "'exception'", "non-null");
  REFUSES(Fart_RethrowException(seven, seven), "'stacktrace'",
          "of type StackTrace. It is of type int.");
}

// ---- Misuse

static int heard = 0;

static void MisuseAgain(const char* message, void* data) {
  (void)message;
  (void)data;
  ++heard;
  if (heard < 3) HOLDS(!Fart_IsNull(NULL));
  // Found in the middle of anything: nothing may collect.
  HOLDS(Fart_IsError(Fart_NewList(1)));
}

static void Misuses(void) {
  const uint64_t before = Fart_MisuseCount();
  Fart_SetMisuseCallback(MisuseAgain, NULL);
  HOLDS(!Fart_IsNull(NULL));
  Fart_SetMisuseCallback(NULL, NULL);
  HOLDS(heard == 1 && Fart_MisuseCount() == before + 2 && Fart_GetMisuse() != NULL);
}

// ---- Scopes

static void Scopes(void) {
  RECORDS(Fart_ScopeAllocate(-1) == NULL, "'size'", "in the range [0..", "It is -1.");
  RECORDS(Fart_ScopeAllocate(INTPTR_MIN) == NULL, "'size'");
  RECORDS(Fart_ScopeAllocate(INTPTR_MAX) == NULL, "Out of memory");
  Fart_EnterScope();
  EXPECTS_HANDLE(x, "'result'", Fart_ExitScopeWith(x));
  const Fart_Handle seven = Fart_NewInteger(7);
  Fart_Handle two[2] = {seven, seven};
  REFUSES(Fart_ExitScopeWithAll(-1, two), "'count'", "It is -1.");
  REFUSES(Fart_ExitScopeWithAll(1, NULL), "'handles'", "non-null");
  EXPECTS_HANDLE(x, "'handles[1]'", (two[1] = x, Fart_ExitScopeWithAll(2, two)));
  HOLDS(two[0] == seven);
  two[1] = seven;
  EXPECTS_HANDLE(x, "'handles[0]'", (two[0] = x, Fart_ExitScopeWithAll(2, two)));
  Fart_ExitScope();  // It is still open.
}

// Whether it is refused whatever the object is.
static void Variables(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(seven);
  EXPECTS_HANDLE(x, "'object'", Fart_NewLocalHandle(x));
  const Fart_Handle variable = Fart_NewLocalHandle(Fart_Null());
  RECORDS_HANDLE(x, "'local'", (Fart_SetLocalHandle(x, seven), true));
  RECORDS_HANDLE(x, "'object'", (Fart_SetLocalHandle(variable, x), true));
  RECORDS_VOID(Fart_SetLocalHandle(kept, seven), "'local'", "a handle of another kind");
  RECORDS_VOID(Fart_SetLocalHandle(Fart_Null(), seven), "'local'", "of another kind");
  RECORDS_VOID(Fart_SetLocalHandle(errors[2], seven), "'local'", "a handle of another kind");
  HOLDS(Fart_IsNull(variable) && Fart_IdentityEquals(kept, seven));
  // A scope begins where a handle of one that was left has been.
  Fart_EnterScope();
  const Fart_Handle stale = Fart_NewInteger(8);
  const Fart_Handle next = Fart_NewInteger(9);
  Fart_ExitScope();
  Fart_NewInteger(1);
  Fart_NewInteger(2);
  Fart_EnterScope();
  RECORDS_VOID(Fart_SetLocalHandle(stale, seven), "'local'", "its scope has ended");
  RECORDS_VOID(Fart_SetLocalHandle(next, seven), "'local'", "its scope has ended");
  Fart_ExitScope();
  Fart_DeletePersistentHandle(kept);
}

// ---- Persistent handles

static void PersistentHandles(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(seven);
  EXPECTS_HANDLE(x, "'object'", Fart_NewPersistentHandle(x));
  EXPECTS_HANDLE(x, "'object'", Fart_HandleFromPersistent(x));
  RECORDS_HANDLE(x, "'obj1'", (Fart_SetPersistentHandle(x, seven), true));
  RECORDS_HANDLE(x, "'obj2'", (Fart_SetPersistentHandle(kept, x), true));
  RECORDS_VOID(Fart_SetPersistentHandle(seven, seven), "'obj1'", "a handle of another kind");
  RECORDS_VOID(Fart_SetPersistentHandle(Fart_Null(), seven), "'obj1'", "of another kind");
  HOLDS(Fart_IdentityEquals(kept, seven));
  RECORDS_HANDLE(x, "'object'", (Fart_DeletePersistentHandle(x), true));
  RECORDS_VOID(Fart_DeletePersistentHandle(seven), "'object'", "a handle of another kind");
  RECORDS_VOID(Fart_DeletePersistentHandle(Fart_Null()), "'object'", "a handle of another kind");
  RECORDS_VOID(Fart_DeletePersistentHandle(errors[2]), "'object'", "a handle of another kind");
  // An error is kept as everything is.
  const Fart_PersistentHandle error = Fart_NewPersistentHandle(errors[0]);
  HOLDS(Fart_IsApiError(error));
  Fart_DeletePersistentHandle(error);
  RECORDS_VOID(Fart_DeletePersistentHandle(error), "'object'", "it was deleted");
  Fart_DeletePersistentHandle(kept);
}

// ---- Weak and finalizable handles

typedef Fart_WeakPersistentHandle Weak;
typedef Fart_FinalizableHandle Finalizable;

// Of the bad handles NULL, another kind, nothing.
static const int kNotWeak[] = {0, 4, 5};
static const int kNotFinalizable[] = {0, 3, 5};

static Weak NotWeak(int i) { return (Weak)(void*)bad_handles[kNotWeak[i]].handle; }
static Finalizable NotFinalizable(int i) {
  return (Finalizable)(void*)bad_handles[kNotFinalizable[i]].handle;
}

static void WeakHandles(void) {
  const Fart_Handle list = Fart_NewList(1);
  RECORDS_HANDLE(x, "'object'", Fart_NewWeakPersistentHandle(x, NULL, 0, IgnoreDeath) == NULL);
  RECORDS(Fart_NewWeakPersistentHandle(list, NULL, 0, NULL) == NULL, "'callback'", "non-null");
  RECORDS(Fart_NewWeakPersistentHandle(list, NULL, -1, IgnoreDeath) == NULL,
          "'external_allocation_size'", "It is -1.");
  RECORDS(Fart_NewWeakPersistentHandle(list, NULL, INTPTR_MAX, IgnoreDeath) == NULL,
          "'external_allocation_size'", "in the range [0..");
  RECORDS(Fart_NewWeakPersistentHandle(Fart_NewInteger(7), NULL, 0, IgnoreDeath) == NULL,
          "'object'", "small integer");
  const Weak weak = Fart_NewWeakPersistentHandle(list, NULL, 16, IgnoreDeath);
  const char kForeign[] = "it belongs to another isolate";
  REFUSES(Fart_HandleFromWeakPersistent(foreign_weak), "'object'", kForeign);
  RECORDS_VOID(Fart_DeleteWeakPersistentHandle(isolate, foreign_weak), "'object'", kForeign);
  RECORDS_VOID(Fart_UpdateExternalSize(foreign_weak, 0), "'object'", kForeign);
  for (int i = 0; i < 3; ++i) {
    const char* const why = bad_handles[kNotWeak[i]].why;
    REFUSES(Fart_HandleFromWeakPersistent(NotWeak(i)), "'object'", "a live handle", why);
    RECORDS_VOID(Fart_DeleteWeakPersistentHandle(isolate, NotWeak(i)), "'object'", why);
    RECORDS_VOID(Fart_UpdateExternalSize(NotWeak(i), 0), "'object'", "a live handle", why);
    RECORDS(Fart_TryDeleteWeakPersistentHandle(NotWeak(i)) == NULL, "'object'", why);
  }
  RECORDS_VOID(Fart_DeleteWeakPersistentHandle(NULL, weak), "'isolate'", "the current isolate");
  RECORDS_VOID(Fart_DeleteWeakPersistentHandle((Fart_Isolate)(void*)&heard, weak), "'isolate'");
  RECORDS_VOID(Fart_UpdateExternalSize(weak, -1), "'external_allocation_size'", "It is -1.");
  RECORDS_VOID(Fart_UpdateExternalSize(weak, INTPTR_MIN), "'external_allocation_size'");
  HOLDS(Fart_IdentityEquals(Fart_HandleFromWeakPersistent(weak), list));
  Fart_DeleteWeakPersistentHandle(isolate, weak);
  // One that has ended is no misuse: sources for older implementations do this.
  const uint64_t before = Fart_MisuseCount();
  Fart_DeleteWeakPersistentHandle(isolate, weak);
  Fart_UpdateExternalSize(weak, 5);
  HOLDS(Fart_IsNull(Fart_HandleFromWeakPersistent(weak)) && Fart_MisuseCount() == before);
}

static void FinalizableHandles(void) {
  const Fart_Handle list = Fart_NewList(1);
  RECORDS_HANDLE(x, "'object'", Fart_NewFinalizableHandle(x, NULL, 0, IgnoreEnd) == NULL);
  RECORDS(Fart_NewFinalizableHandle(list, NULL, 0, NULL) == NULL, "'callback'", "non-null");
  RECORDS(Fart_NewFinalizableHandle(list, NULL, -1, IgnoreEnd) == NULL,
          "'external_allocation_size'", "It is -1.");
  RECORDS(Fart_NewFinalizableHandle(Fart_NewInteger(7), NULL, 0, IgnoreEnd) == NULL, "'object'",
          "small integer");
  const Finalizable watched = Fart_NewFinalizableHandle(list, NULL, 16, IgnoreEnd);
  for (int i = 0; i < 3; ++i) {
    const char* const why = bad_handles[kNotFinalizable[i]].why;
    RECORDS_VOID(Fart_DeleteFinalizableHandle(NotFinalizable(i), list), "'object'", why);
    RECORDS_VOID(Fart_UpdateFinalizableExternalSize(NotFinalizable(i), list, 0), "'object'", why);
  }
  RECORDS_HANDLE(x, "'strong_ref_to_object'", (Fart_DeleteFinalizableHandle(watched, x), true));
  RECORDS_HANDLE(x, "'strong_ref_to_object'",
                 (Fart_UpdateFinalizableExternalSize(watched, x, 0), true));
  RECORDS_VOID(Fart_DeleteFinalizableHandle(watched, Fart_True()), "'strong_ref_to_object'",
               "a handle to the watched object");
  RECORDS_VOID(Fart_UpdateFinalizableExternalSize(watched, errors[0], 0), "'strong_ref_to_object'",
               "a handle to the watched object");
  RECORDS_VOID(Fart_UpdateFinalizableExternalSize(watched, list, -1), "'external_allocation_size'",
               "It is -1.");
  Fart_DeleteFinalizableHandle(watched, list);
}

// ---- Peers, callbacks around collections, room

static void Nothing(void) {}

static void Memory(void) {
  static int peer;
  void* found = &found;
  const Fart_Handle list = Fart_NewList(1);
  const char kRule[] = "cannot be a subtype of Null, num, or bool. It is of type ";
  EXPECTS_HANDLE(x, "'object'", Fart_GetPeer(x, &found));
  REFUSES(Fart_GetPeer(list, NULL), "'peer'", "non-null");
  REFUSES(Fart_GetPeer(Fart_Null(), &found), "'object'", kRule);
  REFUSES(Fart_GetPeer(Fart_True(), &found), "'object'", kRule);
  REFUSES(Fart_GetPeer(Fart_NewDouble(1), &found), "'object'", kRule);
  EXPECTS_HANDLE(x, "'object'", Fart_SetPeer(x, &peer));
  REFUSES(Fart_SetPeer(Fart_Null(), &peer), "'object'", kRule);
  REFUSES(Fart_SetPeer(Fart_NewInteger(7), &peer), "'object'", kRule);
  HOLDS(found == &found);

  REFUSES(Fart_SetGcCallbacks(NULL, Nothing), "'prologue_callback'",
          "to be present in the callback set. It is NULL.");
  REFUSES(Fart_SetGcCallbacks(Nothing, NULL), "'epilogue_callback'",
          "to be present in the callback set. It is NULL.");
  SUCCEEDS(Fart_SetGcCallbacks(Nothing, Nothing));
  REFUSES(Fart_SetGcCallbacks(Nothing, NULL), "permits only one gc prologue callback");
  REFUSES(Fart_SetGcCallbacks(NULL, Nothing), "permits only one gc epilogue callback");
  SUCCEEDS(Fart_SetGcCallbacks(NULL, NULL));

  HOLDS(!Fart_NotifyIdle(INT64_MIN) && !Fart_NotifyIdle(0));  // Past: asks for nothing.
}

// ---- Inspection

static void SeeClass(const Fart_HeapClass* seen, void* data) {
  (void)seen;
  (void)data;
}
static void SeeStep(const Fart_PathStep* seen, void* data) {
  (void)seen;
  (void)data;
}
static bool Swallow(const char* bytes, size_t length, void* data) {
  (void)bytes;
  (void)length;
  (void)data;
  return true;
}

static void Tools(void) {
  Fart_HeapStatistics heap = {0};
  Fart_HandleStatistics handles = {0};
  // No enumerator, and yet a value that the enumeration can have in C++.
  const Fart_Collection none = (Fart_Collection)(Fart_Collection_kEverything + 1);
  REFUSES(Fart_Collect(none), "'collection'", "to be a Fart_Collection.");
  RECORDS_HANDLE(x, "'object'", !Fart_IsInOldSpace(x));
  RECORDS_HANDLE(x, "'object'", Fart_ObjectAddress(x) == 0);
  HOLDS(Fart_ObjectAddress(Fart_Null()) == 0 && !Fart_IsInOldSpace(Fart_Null()));
  const Fart_HeapHistogram no_histogram = (Fart_HeapHistogram)(void*)&heap;
  RECORDS_VOID(Fart_DeleteHeapHistogram(NULL), "'histogram'", "non-null");
  RECORDS_VOID(Fart_DeleteHeapHistogram(no_histogram), "'histogram'", "of the current isolate");
  REFUSES(Fart_VisitHeapClasses(no_histogram, SeeClass, NULL), "'since'", "a histogram of the");
  REFUSES(Fart_VisitHeapClasses(NULL, NULL, NULL), "'callback'", "non-null");
  REFUSES(Fart_VisitHandles(NULL, NULL), "'callback'", "non-null");
  EXPECTS_HANDLE(x, "'object'", Fart_NewPersistentHandleAt(x, FART_HERE));
  REFUSES(Fart_NewPersistentHandleAt(Fart_Null(), NULL, 1), "'file'", "non-null");
  const Fart_Handle at = Fart_NewList(1);
  RECORDS_HANDLE(x, "'object'",
                 Fart_NewWeakPersistentHandleAt(x, NULL, 0, IgnoreDeath, FART_HERE) == NULL);
  RECORDS(Fart_NewWeakPersistentHandleAt(at, NULL, 0, NULL, FART_HERE) == NULL, "'callback'");
  RECORDS(Fart_NewWeakPersistentHandleAt(at, NULL, -1, IgnoreDeath, FART_HERE) == NULL,
          "'external_allocation_size'", "It is -1.");
  RECORDS(Fart_NewWeakPersistentHandleAt(at, NULL, 0, IgnoreDeath, NULL, 1) == NULL, "'file'",
          "non-null");
  RECORDS_HANDLE(x, "'object'",
                 Fart_NewFinalizableHandleAt(x, NULL, 0, IgnoreEnd, FART_HERE) == NULL);
  RECORDS(Fart_NewFinalizableHandleAt(at, NULL, 0, NULL, FART_HERE) == NULL, "'callback'");
  RECORDS(Fart_NewFinalizableHandleAt(at, NULL, -1, IgnoreEnd, FART_HERE) == NULL,
          "'external_allocation_size'", "It is -1.");
  RECORDS(Fart_NewFinalizableHandleAt(at, NULL, 0, IgnoreEnd, NULL, 1) == NULL, "'file'",
          "non-null");
  // Weak and finalizable ones are good for a label, and weak ones for a path.
  for (int i = 0; i < kBadHandles; ++i) {
    if (i == kNotWeak[1] || i == kNotFinalizable[1]) continue;
    const Fart_Handle x = bad_handles[i].handle;
    RECORDS(!Fart_SetHandleLabel(x, "x"), "'handle'", "a live handle", bad_handles[i].why);
  }
  Fart_PersistentHandle labelled = Fart_NewPersistentHandle(Fart_Null());
  RECORDS(!Fart_SetHandleLabel(labelled, NULL), "'label'", "non-null");
  Fart_DeletePersistentHandle(labelled);
  RECORDS(!Fart_SetHandleLabel(labelled, "gone"), "'handle'", "to be a live handle");
  RECORDS(!Fart_SetHandleLabel(Fart_True(), "constant"), "'handle'", "of another kind");
  const Fart_LeakReport no_report = (Fart_LeakReport)3;
  REFUSES(Fart_WriteLeakReport(no_report, Swallow, NULL), "'format'", "a Fart_LeakReport");
  REFUSES(Fart_WriteLeakReport(Fart_LeakReport_kText, NULL, NULL), "'write'", "non-null");
  REFUSES(Fart_WriteHeapSnapshot(NULL, NULL, NULL), "'write'", "non-null");
  for (int i = 0; i < kBadHandles; ++i) {
    if (i == kNotFinalizable[1]) continue;
    const Fart_Handle x = bad_handles[i].handle;
    REFUSES(Fart_VisitRetainingPath(x, SeeStep, NULL), "'object'", bad_handles[i].why);
  }
  REFUSES(Fart_VisitRetainingPath(Fart_Null(), NULL, NULL), "'callback'", "non-null");
  REFUSES(Fart_GetHeapStatistics(NULL), "'statistics'", "non-null");
  REFUSES(Fart_GetHeapStatistics(&heap), "'statistics'", "of a struct_size that some version has");
  REFUSES(Fart_GetHandleStatistics(NULL), "'statistics'", "non-null");
  REFUSES(Fart_GetHandleStatistics(&handles), "'statistics'", "of a struct_size that some version");
}

int main(void) {
  StartMachine();
  isolate = NewIsolateWithBadHandles();
  Errors();
  Throwing();
  Misuses();
  Scopes();
  Variables();
  PersistentHandles();
  WeakHandles();
  FinalizableHandles();
  Memory();
  Tools();
  return Finish();
}
