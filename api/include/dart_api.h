/*
 * The Fart Embedding API: how a host program and its native extensions reach a Fart heap.
 *
 * This header needs only standard headers and is C11 and C++20. It shows no layout: every type
 * below is opaque or a plain value. fart_heap_api.h adds objects of your own shapes,
 * fart_tools_api.h adds inspection; both build on this one.
 *
 * How to read a declaration
 *   Returns   what comes back and how long it may be used.
 *   Collects  whether objects may be moved or freed inside the call.
 *   Thread    who may call. "that has entered" means: the thread that has entered the isolate.
 *   Errors    what is answered to a wrong or unlucky call, in the words listed next.
 *
 * The words of the Errors lines
 *   ENTRY     No isolate has been entered by this thread: "<function>: This thread has not entered
 *             an isolate." The error handle never ends and can be read without an isolate.
 *   SCOPE     The call makes a local handle and no scope is open: "<function>: No scope is open to
 *             hold a local handle."
 *   HANDLE    An argument is NULL, was deleted, belongs to a scope that has ended, or is another
 *             isolate's: "<function> expects argument '<argument>' to be a live handle, ...".
 *   TYPE      An argument refers to the wrong kind of object. null: "<function> expects argument
 *             '<argument>' to be non-null."; an error: that error itself is returned; else:
 *             "<function> expects argument '<argument>' to be of type <Type>. It is of type ...".
 *   POINTER   A pointer is NULL: "<function> expects argument '<argument>' to be non-null."
 *   RANGE     A number is out of bounds: "<function> expects argument '<argument>' to be in the
 *             range [0..<max>]. It is <number>."
 *   CALLBACK  The call was made inside a finalizer and may collect, throw or change the isolate.
 *   MEMORY    The heap limit is reached, and a full collection did not help. The handle was made
 *             when the isolate started; given back to Fart code it is a catchable OutOfMemoryError.
 *             Or memory outside the heap is used up, which any function can come to ("Errors").
 *   These are api errors (Fart_IsApiError) unless said otherwise. A function that cannot return
 *   an error handle answers false, 0, NULL or nothing, and records a misuse (Fart_GetMisuse).
 *   Nothing that a host passes to this interface ends the process, except where a text says so.
 *
 * Limit: a local handle whose scope has ended is told from a live one only while no newer handle
 * or scope has its place. Run with --checked-handles to have every such use found.
 */
#ifndef FART_API_INCLUDE_DART_API_H_
#define FART_API_INCLUDE_DART_API_H_

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __cplusplus
#define DART_EXTERN_C extern "C"
#else
#define DART_EXTERN_C extern
#endif

/*
 * Marks what crosses the border of a shared library: the functions below, and an extension's
 * <name>_Init. On Windows an extension defines DART_SHARED_LIB when it is compiled.
 */
#if defined(_WIN32)
#if defined(DART_SHARED_LIB)
#define DART_EXPORT DART_EXTERN_C __declspec(dllexport)
#else
#define DART_EXPORT DART_EXTERN_C
#endif
#else
#define DART_EXPORT DART_EXTERN_C __attribute__((visibility("default")))
#endif

/*
 * ==========
 * Handles
 * ==========
 *
 * The collector moves objects. It copies those that live and takes back the rest in one piece,
 * so an address is good only until the next allocation. Native code therefore never holds an
 * address. It holds a handle: the name of a slot that the collector knows and corrects.
 *
 * A local handle costs a few instructions and ends with its scope. A persistent handle ends when
 * it is deleted. Both keep their object alive. A weak handle does not: it reads as null once its
 * object is gone. Wherever a Fart_Handle is wanted a Fart_PersistentHandle may be passed.
 *
 * Handles are plain values: copy them freely, but compare objects with Fart_IdentityEquals,
 * because two handles to one object differ.
 *
 * Example:
 * ```c
 * Fart_EnterScope();
 * Fart_Handle text = Fart_NewStringFromCString("kept");
 * Fart_PersistentHandle kept = Fart_NewPersistentHandle(text);
 * Fart_ExitScope();  // `text` ends here, its object does not.
 * Fart_EnterScope();
 * Fart_Handle again = Fart_HandleFromPersistent(kept);
 * assert(Fart_IsString(again) && Fart_IsString(kept));
 * Fart_DeletePersistentHandle(kept);
 * Fart_ExitScope();
 * ```
 */

/** A heap of its own with everything that belongs to it. One thread at a time is inside. */
typedef struct _Fart_Isolate* Fart_Isolate;

/** Names an object of the heap, wherever the collector has put it. */
typedef struct _Fart_Handle* Fart_Handle;

/** A handle that outlives scopes. The same type as Fart_Handle, so that either can be passed. */
typedef Fart_Handle Fart_PersistentHandle;

/** A handle that does not keep its object alive. */
typedef struct _Fart_WeakPersistentHandle* Fart_WeakPersistentHandle;

/** A callback tied to an object, which gives no way back to the object. */
typedef struct _Fart_FinalizableHandle* Fart_FinalizableHandle;

/**
 * Runs once after the object of a weak handle has died, or when its isolate shuts down.
 *
 * `isolate_callback_data` is that of Fart_CreateIsolate, `peer` that of
 * Fart_NewWeakPersistentHandle; `handle` reads as null and ends after the call.
 *
 * May not call anything that may collect, nor throw, propagate, enter, exit or shut down an
 * isolate: such a call is answered with an error (CALLBACK). Deleting handles is allowed.
 */
typedef void (*Fart_WeakPersistentHandleFinalizer)(void* isolate_callback_data,
                                                   Fart_WeakPersistentHandle handle, void* peer);

/**
 * Runs once after the object of a finalizable handle has died, or when its isolate shuts down.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef void (*Fart_HandleFinalizer)(void* isolate_callback_data, void* peer);

/**
 * Gives memory back that an object has used: runs once after the object has died, or when its
 * isolate shuts down.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef void (*Fart_PeerFinalizer)(void* peer);

/*
 * ==========
 * Errors
 * ==========
 *
 * Nearly every function returns a handle, and any handle returned may be an error. There are
 * four kinds: an api error says that a call was wrong; an unhandled exception carries what Fart
 * code threw; a compilation error has the place and the reason; a fatal error ends the isolate.
 *
 * An error given to a function as an argument comes back as its result, so that a chain of calls
 * needs one test at its end. In a native function hand an error to Fart_PropagateError: it
 * continues in the Fart code that called.
 *
 * Example:
 * ```c
 * int64_t value = 0;
 * Fart_Handle result = Fart_IntegerToInt64(Fart_EmptyString(), &value);
 * assert(Fart_IsError(result) && Fart_IsApiError(result));
 * assert(Fart_GetError(result)[0] != '\0');
 * assert(Fart_IsError(Fart_ToString(Fart_NewApiError("out of paper"))) == false);
 * Fart_Handle thrown = Fart_NewUnhandledExceptionError(Fart_NewInteger(7));
 * assert(Fart_ErrorHasException(thrown));
 * Fart_IntegerToInt64(Fart_ErrorGetException(thrown), &value);
 * assert(value == 7);
 * ```
 */

/*
 * Memory outside the heap, of malloc and operator new, can be used up in nearly every function. The
 * answer is then an error for MEMORY that itself needs none, or, of a function that returns no
 * handle, its failure value, and the misuse is recorded. Nothing has happened by halves: what the
 * host was about to hand over is still its own, and the call can be made again. No C++ exception
 * leaves a function of this interface.
 */

/**
 * Tells whether a handle is an error of any of the four kinds.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an error; false for any other object and for a handle that is not valid.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsError(Fart_Handle handle);

/**
 * Tells whether a handle is an error made by this interface or by Fart_NewApiError.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an api error, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsApiError(Fart_Handle handle);

/**
 * Tells whether a handle is an error that carries an exception.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an unhandled exception, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsUnhandledExceptionError(Fart_Handle handle);

/**
 * Tells whether a handle is an error found while Fart source was compiled.
 *
 * \param handle  Any handle.
 *
 * Returns   true for a compilation error, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsCompilationError(Fart_Handle handle);

/**
 * Tells whether a handle is an error after which the isolate must be shut down.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an unwind error, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsFatalError(Fart_Handle handle);

/**
 * Tells whether a handle is a fatal error that asks for the whole machine to be started again.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an unwind error whose restart flag is set, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsVMRestartRequest(Fart_Handle handle);

/**
 * Says what an error means.
 *
 * For an unhandled exception the text is the exception's toString and its stack trace, where
 * it has one.
 *
 * \param handle  Any handle.
 *
 * Returns   NUL-terminated UTF-8 without a newline at its end, in memory of the current scope;
 *           for an ENTRY, HANDLE or SCOPE error, a static text; for anything that is not an
 *           error, "". Never NULL.
 * Collects  may, for an unhandled exception (it calls toString).
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, SCOPE, HANDLE, CALLBACK are recorded.
 */
DART_EXPORT const char* Fart_GetError(Fart_Handle handle);

/**
 * Tells whether an error carries an exception. The same test as Fart_IsUnhandledExceptionError.
 *
 * \param handle  Any handle.
 *
 * Returns   true for an unhandled exception, else false.
 * Collects  never.
 * Thread    that has entered; any, for an ENTRY error.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_ErrorHasException(Fart_Handle handle);

/**
 * Takes the exception out of an error.
 *
 * \param handle  An unhandled exception error.
 *
 * Returns   the exception object as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; another kind of error: "This error is not an unhandled
 *           exception error."; no error at all: "Can only get exceptions from error handles."
 */
DART_EXPORT Fart_Handle Fart_ErrorGetException(Fart_Handle handle);

/**
 * Takes the stack trace out of an error.
 *
 * \param handle  An unhandled exception error.
 *
 * Returns   the stack trace as a local handle of the current scope; null where there is none, as
 *           in an error made by Fart_NewUnhandledExceptionError.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; another kind of error: "This error is not an unhandled
 *           exception error."; no error at all: "Can only get stacktraces from error handles."
 */
DART_EXPORT Fart_Handle Fart_ErrorGetStackTrace(Fart_Handle handle);

/**
 * Takes the stack trace out of an error. The older spelling of Fart_ErrorGetStackTrace.
 *
 * \param handle  An unhandled exception error.
 *
 * Returns   as Fart_ErrorGetStackTrace.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    as Fart_ErrorGetStackTrace.
 */
DART_EXPORT Fart_Handle Fart_ErrorGetStacktrace(Fart_Handle handle);

/**
 * Makes an api error.
 *
 * \param error  The message, NUL-terminated UTF-8. It is copied; malformed bytes are replaced by
 *               U+FFFD.
 *
 * Returns   the error as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_NewApiError(const char* error);

/**
 * Makes an error that carries an exception and no stack trace.
 *
 * \param exception  The object that counts as thrown. An api or compilation error becomes an
 *                   exception that is its message as a String; an unhandled exception or a fatal
 *                   error is returned as it is.
 *
 * Returns   the error as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (Instance).
 */
DART_EXPORT Fart_Handle Fart_NewUnhandledExceptionError(Fart_Handle exception);

/**
 * Leaves the running native function and continues with an error in whoever called it.
 *
 * Control goes to the innermost call that the VM made into foreign code on this thread: a native
 * function, a resolver or an extension's initialisation. Destructors of the C++ frames on the way
 * run; every scope opened since is left, its handles and its memory end. There the error becomes
 * the call's result: an exception continues as thrown in Fart code, where `catch` and `finally`
 * see it; another kind discards Fart frames up to the host that entered.
 *
 * So Fart code catches an unhandled exception only. An api or compilation error becomes one by
 * Fart_NewUnhandledExceptionError: what is caught then is its message, as a String. To have an
 * object of a class caught, throw it (Fart_ThrowException).
 *
 * The C++ frames passed must allow it: one that is `noexcept`, as a destructor is, ends the
 * process. A `catch (...)` on the way should rethrow. Frames without unwind tables are skipped.
 *
 * \param handle  An error.
 *
 * Returns   nothing on success: control does not come back. On failure an api error as a local
 *           handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; not an error: "Fart_PropagateError expects
 *           argument 'handle' to be an error handle."; nowhere to go: "No Fart frames on stack,
 *           cannot propagate error."
 */
DART_EXPORT Fart_Handle Fart_PropagateError(Fart_Handle handle);

/**
 * Prints a place in source, the text of an expression and an error to standard error, and ends
 * the process. The working half of DART_CHECK_VALID.
 *
 * \param file           Name of the source file. NULL prints as "".
 * \param line           Line in it, from 1.
 * \param handle_string  Text of the expression. NULL prints as "".
 * \param error          Text of the error. NULL prints as "".
 *
 * Returns   never.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT void _Fart_ReportErrorHandle(const char* file, int line, const char* handle_string,
                                         const char* error);

/** Ends the process with a message if a handle is an error. For tests and for hosts in a hurry. */
#define DART_CHECK_VALID(handle)                                                                \
  do {                                                                                          \
    Fart_Handle fart_checked_handle = (handle);                                                 \
    if (Fart_IsError(fart_checked_handle)) {                                                    \
      _Fart_ReportErrorHandle(__FILE__, __LINE__, #handle, Fart_GetError(fart_checked_handle)); \
    }                                                                                           \
  } while (0)

/**
 * Keeps an error with the isolate until it is asked for.
 *
 * \param error  An unhandled exception or fatal error; null takes the kept one away.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; recorded, and nothing changed: ENTRY, HANDLE, an argument of another
 *           kind, an error while one is already kept.
 */
DART_EXPORT void Fart_SetStickyError(Fart_Handle error);

/**
 * Tells whether the isolate keeps an error.
 *
 * Returns   true if Fart_SetStickyError stored one that has not been taken away.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded.
 */
DART_EXPORT bool Fart_HasStickyError(void);

/**
 * Reads the error that the isolate keeps.
 *
 * Returns   the error as a local handle of the current scope, or null.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE.
 */
DART_EXPORT Fart_Handle Fart_GetStickyError(void);

/*
 * ==========
 * Misuse
 * ==========
 *
 * A function that returns no handle has no way to say that a call was wrong. It does nothing,
 * answers false, 0 or NULL, and records a sentence that names function, argument and rule. Each
 * thread has a record of its own, so reading it needs no isolate and no lock.
 *
 * Example:
 * ```c
 * uint64_t before = Fart_MisuseCount();
 * Fart_PersistentHandle once = Fart_NewPersistentHandle(Fart_True());
 * Fart_DeletePersistentHandle(once);
 * Fart_DeletePersistentHandle(once);  // Found: handles carry a generation.
 * assert(Fart_MisuseCount() == before + 1);
 * assert(Fart_GetMisuse() != NULL);
 * ```
 */

/**
 * Hears of each misuse at once, on the thread that committed it.
 *
 * `message` is valid during the call only.
 *
 * May not call anything that may collect, nor throw, propagate, enter, exit or shut down an
 * isolate: a misuse can be found in the middle of anything.
 */
typedef void (*Fart_MisuseCallback)(const char* message, void* callback_data);

/**
 * Says what the calling thread last did wrong in a function that returns no handle.
 *
 * Returns   NUL-terminated UTF-8, valid until this thread's next misuse or its end; NULL if there
 *           was none.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT const char* Fart_GetMisuse(void);

/**
 * Counts what Fart_GetMisuse speaks of.
 *
 * Returns   the number of misuses recorded for the calling thread since it began.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT uint64_t Fart_MisuseCount(void);

/**
 * Sets the one function of the process that hears of every misuse. A misuse inside it is recorded
 * without calling it again.
 *
 * \param callback       The function; NULL for none.
 * \param callback_data  Handed to it unchanged.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    any; not while another thread may be committing a misuse.
 * Errors    none.
 */
DART_EXPORT void Fart_SetMisuseCallback(Fart_MisuseCallback callback, void* callback_data);

/*
 * ==========
 * Beginning and end
 * ==========
 *
 * A process starts the machine once, makes any number of isolates, and ends it once. What these
 * two say on failure is a text from malloc: print it, then free it.
 *
 * FART_FLAGS in the environment holds flags separated by spaces, such as "--gc-stress=1
 * --verify-heap"; Fart_Initialize reads it. fart_tools_api.h lists them.
 *
 * Example:
 * ```c file
 * static int RunHost(void) {
 *   Fart_InitializeParams params = {0};
 *   params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
 *   char* error = Fart_Initialize(&params);
 *   if (error == NULL) error = Fart_Cleanup();
 *   int failed = error != NULL;
 *   free(error);
 *   return failed;
 * }
 * ```
 */

/** What Fart_IsolateFlags.version must be. */
#define DART_FLAGS_CURRENT_VERSION (0x00000001)

/**
 * How an isolate runs Fart code, where the flags of the process do not say so already. The last two
 * members are accepted and change nothing.
 */
typedef struct {
  int32_t version;                   /**< DART_FLAGS_CURRENT_VERSION. */
  bool enable_type_checks;           /**< Checks types, as the flag --checked does. */
  bool enable_asserts;               /**< Runs `assert`, as the flag --enable-asserts does. */
  bool enable_error_on_bad_type;     /**< Not used by this version. */
  bool enable_error_on_bad_override; /**< Not used by this version. */
} Fart_IsolateFlags;

/**
 * Makes an isolate that Fart code asked for with Isolate.spawn, on a thread of the VM: creates it
 * and loads the script `script_uri`, the one of the isolate that asked, whose data `callback_data`
 * is: that isolate is not shut down, nor its shutdown callback called, before this returns. With
 * Isolate.spawnUri it is another script, by its path, or one that is in the argument itself, as
 * `data:application/dart,` and percent-encoded UTF-8. The other arguments are there for sources
 * that expect them.
 *
 * Returns the isolate, exited or still current, or NULL and a malloc text in *error. The VM handles
 * its messages then and ends it. May not leave a scope open in it.
 */
typedef Fart_Isolate (*Fart_IsolateCreateCallback)(const char* script_uri, const char* main,
                                                   const char* package_root,
                                                   const char* package_config,
                                                   Fart_IsolateFlags* flags, void* callback_data,
                                                   char** error);

/**
 * Runs when an isolate is about to end, while it is still current. `callback_data` is the
 * isolate's. Handles can be used and Fart code can be run; it spawns no more isolates.
 *
 * May not enter, exit or shut down an isolate.
 */
typedef void (*Fart_IsolateShutdownCallback)(void* callback_data);

/** Runs at the end of each thread that the VM started for native ports and spawned isolates.
 * May not use this interface. */
typedef void (*Fart_ThreadExitCallback)(void);

/** Opens a file for reading or writing. Kept, and not called by this version.
 * May not use this interface. */
typedef void* (*Fart_FileOpenCallback)(const char* name, bool write);

/** Reads a whole file, `file_length` in bytes. Kept, and not called by this version.
 * May not use this interface. */
typedef void (*Fart_FileReadCallback)(const uint8_t** data, intptr_t* file_length, void* stream);

/** Appends `length` bytes to a file. Kept, and not called by this version.
 * May not use this interface. */
typedef void (*Fart_FileWriteCallback)(const void* data, intptr_t length, void* stream);

/** Closes a file. Kept, and not called by this version.
 * May not use this interface. */
typedef void (*Fart_FileCloseCallback)(void* stream);

/** Fills `length` bytes with noise. Kept, and not called by this version.
 * May not use this interface. */
typedef bool (*Fart_EntropySource)(uint8_t* buffer, intptr_t length);

/** What Fart_InitializeParams.version must be. */
#define DART_INITIALIZE_PARAMS_CURRENT_VERSION (0x00000001)

/** What Fart_Initialize is told. All members but `version` may be NULL; snapshots must be. */
typedef struct {
  int32_t version;                       /**< DART_INITIALIZE_PARAMS_CURRENT_VERSION. */
  const uint8_t* vm_isolate_snapshot;    /**< NULL. */
  const uint8_t* instructions_snapshot;  /**< NULL. */
  const uint8_t* data_snapshot;          /**< NULL. */
  Fart_IsolateCreateCallback create;     /**< Called for Isolate.spawn; NULL: it fails. */
  Fart_IsolateShutdownCallback shutdown; /**< Called by Fart_ShutdownIsolate. */
  Fart_ThreadExitCallback thread_exit;   /**< Called at the end of threads. */
  Fart_FileOpenCallback file_open;       /**< Kept. */
  Fart_FileReadCallback file_read;       /**< Kept. */
  Fart_FileWriteCallback file_write;     /**< Kept. */
  Fart_FileCloseCallback file_close;     /**< Kept. */
  Fart_EntropySource entropy_source;     /**< Kept. */
} Fart_InitializeParams;

/**
 * The version of these headers. After an interface that was taken away or changed the first number
 * is another (before 1.0: the second), after one that was added the second (the third), else the
 * third. docs/abi.md says what a host can count on.
 */
#define FART_VERSION_MAJOR 0
#define FART_VERSION_MINOR 1
#define FART_VERSION_PATCH 0

/** One number that grows with the version: `#if FART_VERSION >= 1002003` is "1.2.3 or later". */
#define FART_VERSION (FART_VERSION_MAJOR * 1000000 + FART_VERSION_MINOR * 1000 + FART_VERSION_PATCH)

/**
 * Names the version of the library.
 *
 * Returns   a static NUL-terminated text such as "0.1.0", never NULL.
 * Collects  never.
 * Thread    any, also before Fart_Initialize.
 * Errors    none.
 */
DART_EXPORT const char* Fart_VersionString(void);

/**
 * Tells the version of the library as FART_VERSION does that of the headers: a host that was
 * compiled with a later one may find functions or members missing.
 *
 * Returns   the number, above 0.
 * Collects  never.
 * Thread    any, also before Fart_Initialize.
 * Errors    none.
 */
DART_EXPORT int32_t Fart_VersionNumber(void);

/**
 * Starts the machine. Needed once before the first isolate; again only after Fart_Cleanup.
 *
 * \param params  Callbacks of the host. Copied.
 *
 * Returns   NULL on success; else a malloc text that the caller frees. Without memory for the text
 *           NULL too: then nothing has been started, and Fart_CreateIsolate says so.
 * Collects  never.
 * Thread    any, while no other uses this interface.
 * Errors    none as handles; texts for: params is NULL, an unknown version, a snapshot that is
 *           not NULL, a second call, a flag in FART_FLAGS that does not exist or is malformed, no
 *           memory outside the heap.
 */
DART_EXPORT char* Fart_Initialize(Fart_InitializeParams* params);

/**
 * Sets flags for isolates made from now on, as Fart_SetFlag of fart_tools_api.h does one by one.
 * Best called before Fart_Initialize; the environment variable FART_FLAGS, read there, wins.
 *
 * \param argc  The number of flags, 0 or more.
 * \param argv  The flags, NUL-terminated, as on a command line. NULL only if there are none.
 *
 * Returns   true if all were set; false, and nothing is changed, if one is unknown or malformed.
 * Collects  never.
 * Thread    any, while no other makes an isolate.
 * Errors    none returned; POINTER, RANGE (argc), and why a flag was refused, are recorded (false).
 */
DART_EXPORT bool Fart_SetVMFlags(int argc, const char** argv);

/**
 * Tells whether a flag is on, for isolates made from now on.
 *
 * \param flag_name  NUL-terminated, without the dashes: "verify-heap".
 *
 * Returns   true for a flag that is on; false for one that is off, is no switch, or is unknown.
 * Collects  never.
 * Thread    any, while no other sets flags.
 * Errors    none returned; POINTER is recorded (false).
 */
DART_EXPORT bool Fart_IsVMFlagSet(const char* flag_name);

/**
 * Ends the machine. First isolates that Fart code spawned are stopped: where Fart code runs, at its
 * next call or turn of a loop. Then native ports close, their handlers finish the messages that
 * were accepted, and the threads of the VM end: this waits for handlers and other native code.
 * Then isolates that no thread has entered are shut down, each with its finalizers.
 *
 * Returns   NULL on success; else a malloc text that the caller frees, and nothing has changed but
 *           that spawned isolates have ended.
 * Collects  may: shutting down ends heaps.
 * Thread    one that has entered no isolate and is not the VM's own, while no other thread of the
 *           host uses this interface.
 * Errors    none as handles; texts for: not started, this or another thread is inside an isolate,
 *           a thread of the VM's own.
 */
DART_EXPORT char* Fart_Cleanup(void);

/*
 * ==========
 * Isolates
 * ==========
 *
 * An isolate is a heap, the handles into it and the Fart program that runs on it. Isolates share
 * nothing: they run and collect side by side. A thread enters an isolate to work with it and
 * exits it so that another thread may; two threads are never inside at once. That is why no
 * other call of this interface takes a lock.
 *
 * Example:
 * ```c file
 * static char* WithAnIsolate(void (*work)(void)) {
 *   char* error = NULL;
 *   Fart_Isolate isolate = Fart_CreateIsolate("host", "main", NULL, NULL, NULL, &error);
 *   if (isolate == NULL) return error;  // From malloc.
 *   Fart_EnterScope();
 *   work();
 *   Fart_ExitScope();
 *   Fart_ShutdownIsolate();
 *   return NULL;
 * }
 * ```
 */

/**
 * Makes an isolate with an empty heap of its own, ready to load a script, and enters it. No scope
 * is open in it.
 *
 * \param script_uri     Name of the script, NUL-terminated UTF-8, for messages; may be NULL.
 * \param main           Name of its first function, for messages; may be NULL.
 * \param snapshot       NULL: this version starts from source.
 * \param flags          How to run; NULL for the usual way.
 * \param callback_data  Handed to every callback of this isolate and kept for Fart_IsolateData.
 * \param error          Where to put a malloc text on failure, which the caller frees; may be
 *                       NULL.
 *
 * Returns   the isolate, now current, until Fart_ShutdownIsolate; NULL on failure.
 * Collects  may, in the new heap only.
 * Thread    one that has entered no isolate.
 * Errors    none as handles; texts for: no Fart_Initialize, an isolate is current, a snapshot
 *           that is not NULL, an unknown version of flags, no address space for the heap.
 */
DART_EXPORT Fart_Isolate Fart_CreateIsolate(const char* script_uri, const char* main,
                                            const uint8_t* snapshot, Fart_IsolateFlags* flags,
                                            void* callback_data, char** error);

/**
 * Ends the current isolate: waits until every isolate that its program has spawned is made, runs
 * the shutdown callback, then the finalizer of every weak and finalizable handle that is left, then
 * gives back heap and handles. Open scopes are dropped.
 *
 * Returns   nothing; no isolate is current then.
 * Collects  may: the whole heap ends.
 * Thread    that has entered, outside every native function and callback of the isolate.
 * Errors    none returned; recorded, and nothing changed: ENTRY, CALLBACK, a native function of
 *           this isolate is running, an isolate that Fart code spawned.
 */
DART_EXPORT void Fart_ShutdownIsolate(void);

/**
 * Says that an isolate has loaded its script and can run. For sources that expect it: an isolate
 * runs without, too.
 *
 * \param isolate  An isolate that no thread has entered.
 *
 * Returns   true the first time; false on failure.
 * Collects  never.
 * Thread    one that has entered no isolate.
 * Errors    none returned; recorded (false): an isolate is current, NULL or an isolate that does
 *           not exist or that another thread is inside of, no script has been loaded, a second
 *           call.
 */
DART_EXPORT bool Fart_IsolateMakeRunnable(Fart_Isolate isolate);

/**
 * Names the isolate that the calling thread has entered.
 *
 * Returns   the isolate, or NULL.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Isolate Fart_CurrentIsolate(void);

/**
 * Names the current isolate, for messages.
 *
 * Returns   a String as a local handle of the current scope: script_uri and main, as they were
 *           given to Fart_CreateIsolate, with a dollar sign between; what was NULL is left out.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_DebugName(void);

/**
 * Reads what the host attached to the current isolate.
 *
 * Returns   the callback_data of Fart_CreateIsolate.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded (NULL).
 */
DART_EXPORT void* Fart_CurrentIsolateData(void);

/**
 * Reads what the host attached to an isolate.
 *
 * \param isolate  An isolate that has not been shut down.
 *
 * Returns   the callback_data of Fart_CreateIsolate.
 * Collects  never.
 * Thread    any, while the isolate cannot be shut down.
 * Errors    none returned; NULL or an isolate that does not exist is recorded (NULL).
 */
DART_EXPORT void* Fart_IsolateData(Fart_Isolate isolate);

/**
 * Enters an isolate. Scopes that were open at Fart_ExitIsolate are open again.
 *
 * \param isolate  An isolate that has not been shut down and that no thread has entered.
 *
 * Returns   nothing; on success the isolate is current.
 * Collects  never.
 * Thread    one that has entered no isolate.
 * Errors    none returned; recorded, and nothing changed: CALLBACK, another isolate is current,
 *           another thread is inside, NULL or an isolate that does not exist.
 */
DART_EXPORT void Fart_EnterIsolate(Fart_Isolate isolate);

/**
 * Enters an isolate as Fart_EnterIsolate does, once no other thread is inside. That one is there is
 * no misuse, nor that the isolate is shut down while this thread waits.
 *
 * \param isolate           An isolate that has not been shut down.
 * \param max_milliseconds  How long to wait for another thread to leave it; 0: not at all; less:
 *                          as long as it takes.
 *
 * Returns   true if the isolate is current now; false if another thread was inside all the time, or
 *           has ended it.
 * Collects  never.
 * Thread    one that has entered no isolate.
 * Errors    none returned; recorded, and nothing changed (false): CALLBACK, another isolate is
 *           current, NULL or an isolate that does not exist.
 */
DART_EXPORT bool Fart_TryEnterIsolate(Fart_Isolate isolate, int64_t max_milliseconds);

/**
 * Exits the current isolate, so that any thread may enter it. A native function that does so must
 * enter it again before it returns.
 *
 * Returns   nothing; no isolate is current then.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, CALLBACK are recorded.
 */
DART_EXPORT void Fart_ExitIsolate(void);

/** What Fart_InterruptIsolate ends. */
typedef enum {
  Fart_Interrupt_kRunning = 0, /**< What the program runs now; nothing if it runs nothing. */
  Fart_Interrupt_kNext         /**< What it runs now, or else what it runs next. */
} Fart_Interrupt;

/**
 * Ends what an isolate runs, from any thread: the host's outermost call into it answers a fatal
 * error with the stack trace of where it was. No `catch` sees that error and no `finally` holds it
 * up. Code of the program ends at its next call or turn of a loop; a native function and a call of
 * this interface that runs none finish first. Afterwards the isolate can be used as before. Not
 * from a signal handler, as no function here: it may have interrupted who holds a lock; let a
 * thread wait for the signal (sigwait).
 *
 * The calls that run code of a program, and so may answer that error:
 *
 *   Fart_Invoke                               the function, and what it put off
 *   Fart_HandleMessage, Fart_HandleMessages,  what the program has for messages; also while the
 *   Fart_HandleMessagesUpTo, Fart_RunLoop     last one waits
 *   Fart_ToString                             `toString`
 *   Fart_ObjectEquals                         `==`
 *   Fart_ListLength, Fart_ListGetAt,          `length`, `[]` and `[]=` of a list that is the
 *   Fart_ListSetAt, Fart_ListGetRange,        program's own; of all elements that were asked for,
 *   Fart_ListGetAsBytes, Fart_ListSetAsBytes  some may have been stored or copied
 *   Fart_LoadScript                           what the _Init of an extension calls
 *   Fart_GetError, and Fart_ToString of an    `toString` of the exception; the text is then what it
 *   error                                     is where that throws: no error of its own
 *
 * \param isolate  An isolate that has not been shut down.
 * \param kind     What to end.
 *
 * Returns   true; false for an isolate that does not exist.
 * Collects  never.
 * Thread    any.
 * Errors    none returned; recorded (false): NULL or an isolate that does not exist, `kind` is no
 *           Fart_Interrupt.
 */
DART_EXPORT bool Fart_InterruptIsolate(Fart_Isolate isolate, Fart_Interrupt kind);

/**
 * Does as Fart_InterruptIsolate for whatever the isolate runs from now on, until it is shut down:
 * it only can be. One that Fart code spawned ends by itself. Its message notify callback is told,
 * so that a loop of the host looks at it.
 *
 * \param isolate  An isolate that has not been shut down.
 *
 * Returns   true; false for an isolate that does not exist.
 * Collects  never.
 * Thread    any.
 * Errors    none returned; NULL or an isolate that does not exist is recorded (false).
 */
DART_EXPORT bool Fart_KillIsolate(Fart_Isolate isolate);

/**
 * Says where a stack is that the calling thread runs on or is about to: of a coroutine, a fiber, or
 * any other that the host has made. Calls that would reach beyond its end are answered with a
 * StackOverflowError then. Say it anew whenever the thread changes over to another such stack. On a
 * stack of which nothing has been said, the memory mapping that it lies in counts as the stack: so
 * put an inaccessible page below it, or say its bounds.
 *
 * \param low   Its lowest address.
 * \param high  The address behind its highest. NULL for both: forget what has been said.
 *
 * Returns   true; false, and nothing is changed, for bounds that are none.
 * Collects  never.
 * Thread    any.
 * Errors    none returned; `low` above `high`, or one of both NULL, is recorded (false).
 */
DART_EXPORT bool Fart_SetStackBounds(void* low, void* high);

/*
 * ==========
 * Scopes
 * ==========
 *
 * Local handles live in one long array. Opening a scope remembers how far the array is filled;
 * leaving it goes back to there. So a scope costs two memory accesses, and leaving one costs the
 * same whatever it held. Bytes of Fart_ScopeAllocate and the C strings that this interface hands
 * out follow the same rule.
 *
 * The VM opens a scope around every native function. Open one of your own around each round of a
 * long loop: what a scope holds stays alive until the scope ends. Fart_ExitScopeWith carries one
 * result out.
 *
 * Example:
 * ```c
 * Fart_Handle longest = Fart_EmptyString();
 * for (int i = 0; i < 1000; ++i) {
 *   Fart_EnterScope();
 *   Fart_Handle text = Fart_ToString(Fart_NewInteger(i));
 *   char* note = (char*)Fart_ScopeAllocate(16);
 *   note[0] = '\0';
 *   longest = Fart_ExitScopeWith(text);  // `text` and `note` end here.
 *   if (i % 100 == 0) assert(Fart_IsString(longest));
 * }
 * ```
 */

/**
 * Opens a scope. It ends at Fart_ExitScope, or when an error passes through.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded, as is off-heap memory used up.
 */
DART_EXPORT void Fart_EnterScope(void);

/**
 * Leaves the current scope. Its local handles and its memory end.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; recorded, and nothing changed: ENTRY, no scope is open that the
 *           running native function (or, outside of one, the host) opened.
 */
DART_EXPORT void Fart_ExitScope(void);

/**
 * Leaves the current scope as Fart_ExitScope does, and carries one object into the enclosing one.
 *
 * \param result  Any handle valid now.
 *
 * Returns   a local handle of the enclosing scope to the same object.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE (also where the scope to leave has none around it), HANDLE, MEMORY (only
 *           where Fart_EnterScope found none for it). The scope stays open then.
 */
DART_EXPORT Fart_Handle Fart_ExitScopeWith(Fart_Handle result);

/**
 * Leaves the current scope as Fart_ExitScope does, and carries several objects into the enclosing
 * one.
 *
 * \param count    How many; 0 is allowed.
 * \param handles  Any handles valid now; local handles of the enclosing scope to the same objects
 *                 are put in their places. NULL only with count 0.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE (also where the scope to leave has none around it), HANDLE, POINTER,
 *           RANGE, MEMORY. The scope stays open then, and the handles are as they were.
 */
DART_EXPORT Fart_Handle Fart_ExitScopeWithAll(intptr_t count, Fart_Handle* handles);

/**
 * Makes a variable: a local handle of its own, of any object, null too, which Fart_SetLocalHandle
 * may change. (What other functions answer for null, true and false is one handle each, which
 * cannot be changed.)
 *
 * \param object  Any handle.
 *
 * Returns   a local handle of the current scope.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_NewLocalHandle(Fart_Handle object);

/**
 * Makes a local handle refer to another object: a variable of a loop needs no handle for each
 * round, and no persistent one. Whoever has a copy of the handle has the other object, too.
 *
 * \param local   A local handle, of the current scope or one around it.
 * \param object  Any handle to the object that it is to keep alive instead.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE (local must be a local one, and not one of null, true,
 *           false) are recorded, and nothing is changed.
 */
DART_EXPORT void Fart_SetLocalHandle(Fart_Handle local, Fart_Handle object);

/**
 * Takes memory that is given back with the current scope.
 *
 * \param size  How much, in bytes; 0 is allowed.
 *
 * Returns   uninitialised bytes aligned to 8, until the current scope ends, or until the handler
 *           of a native port that calls this returns; NULL on failure.
 * Collects  never.
 * Thread    that has entered; one that runs the handler of a native port.
 * Errors    none returned; ENTRY, SCOPE, RANGE, and off-heap memory used up are recorded (NULL).
 */
DART_EXPORT uint8_t* Fart_ScopeAllocate(intptr_t size);

/*
 * ==========
 * Persistent handles
 * ==========
 *
 * For objects that native code keeps: in a cache, in a struct, across calls. Each persistent
 * handle keeps its object alive until it is deleted; one that is forgotten is a leak. A deleted
 * handle is recognised, even after its slot has been given to another.
 *
 * Example:
 * ```c
 * Fart_PersistentHandle last = Fart_NewPersistentHandle(Fart_Null());
 * Fart_SetPersistentHandle(last, Fart_NewInteger(42));
 * int64_t value = 0;
 * DART_CHECK_VALID(Fart_IntegerToInt64(last, &value));
 * assert(value == 42);
 * Fart_DeletePersistentHandle(last);
 * assert(Fart_IsError(Fart_IntegerToInt64(last, &value)));
 * ```
 */

/**
 * Creates a persistent handle that keeps `object` alive and follows it when the collector moves
 * it.
 *
 * \param object  Any handle valid now, also null, a small integer or an error. It is not consumed.
 *
 * Returns   a persistent handle owned by the caller, valid in every scope of this isolate until
 *           Fart_DeletePersistentHandle or shutdown; never NULL.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, HANDLE, MEMORY (off-heap memory is used up): the error handle is returned in
 *           place of a persistent one, and needs no deletion.
 */
DART_EXPORT Fart_PersistentHandle Fart_NewPersistentHandle(Fart_Handle object);

/**
 * Makes a local handle to the object of a persistent one.
 *
 * \param object  A persistent handle.
 *
 * Returns   a local handle of the current scope.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE.
 */
DART_EXPORT Fart_Handle Fart_HandleFromPersistent(Fart_PersistentHandle object);

/**
 * Makes a persistent handle refer to another object.
 *
 * \param obj1  The persistent handle to change.
 * \param obj2  Any handle to the object that it is to keep alive instead.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE (obj1 must be a persistent one) are recorded, and nothing
 *           is changed.
 */
DART_EXPORT void Fart_SetPersistentHandle(Fart_PersistentHandle obj1, Fart_Handle obj2);

/**
 * Ends a persistent handle. Its object lives on only if something else refers to it.
 *
 * \param object  A persistent handle. It must not be used afterwards; a later use is answered
 *                with an error.
 *
 * Returns   nothing.
 * Collects  never; allowed inside finalizers.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE (also a second deletion) are recorded.
 */
DART_EXPORT void Fart_DeletePersistentHandle(Fart_PersistentHandle object);

/*
 * ==========
 * Weak and finalizable handles
 * ==========
 *
 * A weak handle watches an object without keeping it alive. Once the object is dead the handle
 * reads as null; soon after, its callback runs once, and then the handle ends by itself. Asking or
 * deleting it later stays harmless. A handle that is deleted before its callback has begun never
 * has it called.
 *
 * Callbacks run inside calls that may collect, on the thread that makes the call, a slice of time
 * at a time. First the collection ends: by then every handle to what it found dead reads as null,
 * and its external sizes count no more. Then the callback of Fart_SetGcCallbacks for its end runs,
 * then those of the dead. Those of one collection run before those of a later one, and among each
 * other in no order that could be told. None waits when a major collection begins, when
 * Fart_Collect(Fart_Collection_kEverything) returns, or when Fart_ShutdownIsolate does: that runs
 * the shutdown callback, then what waits, then the callbacks of all handles that are left. External
 * strings and typed data with a finalizer follow the same order.
 *
 * An external size tells the collector how much memory outside of the heap the object holds on
 * to, so that big things with small objects are collected in time.
 *
 * A finalizable handle does the same but gives no way to the object: it can be handed to code
 * that must not see it. Whoever deletes it shows the object, so it is not deleted any more once
 * that is dead.
 *
 * Example:
 * ```c file
 * static void FreePixels(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
 *   (void)isolate_data;
 *   (void)handle;
 *   free(peer);
 * }
 * static Fart_WeakPersistentHandle AttachPixels(Fart_Handle image, intptr_t size_in_bytes) {
 *   void* pixels = calloc(1, (size_t)size_in_bytes);
 *   return Fart_NewWeakPersistentHandle(image, pixels, size_in_bytes, FreePixels);
 * }
 * ```
 */

/**
 * Watches an object and has a function called when it is gone. An object may have several.
 *
 * \param object                    The object. null, true and false never die: for them the
 *                                  callback runs at shutdown.
 * \param peer                      Handed to the callback unchanged; may be NULL.
 * \param external_allocation_size  Memory that the object keeps outside of the heap, in bytes,
 *                                  0 or more. It drives collection until the handle ends.
 * \param callback                  Called once, unless the handle is deleted before.
 *
 * Returns   a weak handle until it is deleted, its callback has run, or shutdown; NULL if the
 *           object is a small integer (it has no identity) and on failure.
 * Collects  may, because of the external size.
 * Thread    that has entered.
 * Errors    none returned; recorded (NULL): ENTRY, HANDLE, CALLBACK, POINTER (callback), RANGE
 *           (external_allocation_size), a small integer, off-heap memory used up.
 */
DART_EXPORT Fart_WeakPersistentHandle
Fart_NewWeakPersistentHandle(Fart_Handle object, void* peer, intptr_t external_allocation_size,
                             Fart_WeakPersistentHandleFinalizer callback);

/**
 * Makes a local handle to the object of a weak one, which keeps the object alive from then on.
 *
 * \param object  A weak handle, also one that has ended.
 *
 * Returns   a local handle of the current scope; null if the object is dead or the weak handle
 *           was deleted.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE; HANDLE for NULL, another isolate's, and what was never a weak handle.
 */
DART_EXPORT Fart_Handle Fart_HandleFromWeakPersistent(Fart_WeakPersistentHandle object);

/**
 * Ends a weak handle and cancels its callback. Deleting one that has ended does nothing.
 *
 * \param isolate  The current isolate.
 * \param object   A weak handle.
 *
 * Returns   nothing.
 * Collects  never; allowed inside finalizers.
 * Thread    that has entered.
 * Errors    none returned; recorded: ENTRY, HANDLE (NULL, another isolate's), an isolate that is
 *           not the current one.
 */
DART_EXPORT void Fart_DeleteWeakPersistentHandle(Fart_Isolate isolate,
                                                 Fart_WeakPersistentHandle object);

/**
 * Fart_DeleteWeakPersistentHandle for whoever does not know where it is: ends a weak handle of the
 * current isolate, and says of another's whose it is.
 *
 * \param object  A weak handle, also one that has ended, or whose isolate has.
 *
 * Returns   NULL if nothing remains to be done: it has ended, now or before; else the isolate to be
 *           inside of for deleting it.
 * Collects  never; allowed inside finalizers.
 * Thread    any.
 * Errors    none returned; recorded (NULL): HANDLE for NULL and what was never a weak handle, ENTRY
 *           for these where no isolate has been entered.
 */
DART_EXPORT Fart_Isolate Fart_TryDeleteWeakPersistentHandle(Fart_WeakPersistentHandle object);

/**
 * Tells the collector that the object of a weak handle holds more or less outside memory now.
 *
 * \param object                    A weak handle. One that has ended is left alone.
 * \param external_allocation_size  The new size in bytes, 0 or more. It replaces the old one.
 *
 * Returns   nothing.
 * Collects  may, if the size grows.
 * Thread    that has entered.
 * Errors    none returned; recorded: ENTRY, HANDLE (NULL, another isolate's), CALLBACK, RANGE.
 */
DART_EXPORT void Fart_UpdateExternalSize(Fart_WeakPersistentHandle object,
                                         intptr_t external_allocation_size);

/**
 * Has a function called when an object is gone, without a way back to the object.
 *
 * \param object                    The object. null, true and false never die: for them the
 *                                  callback runs at shutdown.
 * \param peer                      Handed to the callback unchanged; may be NULL.
 * \param external_allocation_size  As in Fart_NewWeakPersistentHandle, in bytes.
 * \param callback                  Called once, unless the handle is deleted before.
 *
 * Returns   a finalizable handle until it is deleted, its callback has run, or shutdown; NULL if
 *           the object is a small integer and on failure.
 * Collects  may, because of the external size.
 * Thread    that has entered.
 * Errors    none returned; recorded (NULL): as in Fart_NewWeakPersistentHandle.
 */
DART_EXPORT Fart_FinalizableHandle Fart_NewFinalizableHandle(Fart_Handle object, void* peer,
                                                             intptr_t external_allocation_size,
                                                             Fart_HandleFinalizer callback);

/**
 * Ends a finalizable handle and cancels its callback. Deleting one that has ended does nothing;
 * nor does it once the object is dead or the isolate ends, for then nothing can be proved.
 *
 * \param object                A finalizable handle.
 * \param strong_ref_to_object  A handle to its object, which proves that the object is alive.
 *
 * Returns   nothing.
 * Collects  never; allowed inside finalizers.
 * Thread    that has entered.
 * Errors    none returned; recorded, and nothing changed: ENTRY, HANDLE, a strong reference to
 *           another object.
 */
DART_EXPORT void Fart_DeleteFinalizableHandle(Fart_FinalizableHandle object,
                                              Fart_Handle strong_ref_to_object);

/**
 * Tells the collector that the object of a finalizable handle holds more or less outside memory.
 *
 * \param object                    A finalizable handle. One that has ended is left alone.
 * \param strong_ref_to_object      A handle to its object.
 * \param external_allocation_size  The new size in bytes, 0 or more. It replaces the old one.
 *
 * Returns   nothing.
 * Collects  may, if the size grows.
 * Thread    that has entered.
 * Errors    none returned; recorded, and nothing changed: ENTRY, HANDLE, CALLBACK, RANGE, a strong
 *           reference to another object.
 */
DART_EXPORT void Fart_UpdateFinalizableExternalSize(Fart_FinalizableHandle object,
                                                    Fart_Handle strong_ref_to_object,
                                                    intptr_t external_allocation_size);

/*
 * ==========
 * Peers, callbacks around collections, and room
 * ==========
 *
 * A peer is a pointer that native code attaches to an object and finds again as long as the object
 * lives. Nothing is called when it dies: use a weak handle for that.
 *
 * A host may hear of every collection, say when it has time for one, and have a say when a heap
 * reaches its limit: before an allocation fails the callback of Fart_SetNearHeapLimitCallback may
 * raise it.
 *
 * Example:
 * ```c
 * static int attached;
 * Fart_Handle object = Fart_NewList(1);
 * DART_CHECK_VALID(Fart_SetPeer(object, &attached));
 * Fart_NotifyIdle(INT64_MAX);  // As much time as it takes.
 * void* peer = NULL;
 * DART_CHECK_VALID(Fart_GetPeer(object, &peer));
 * assert(peer == &attached);
 * ```
 */

/**
 * Runs before each collection.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef void (*Fart_GcPrologueCallback)(void);

/**
 * Runs after each collection, before the finalizers of what it found dead.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef void (*Fart_GcEpilogueCallback)(void);

/**
 * Is asked when an allocation would fail: the heap has reached its limit, and a full collection did
 * not help. `heap_limit_in_bytes` is the limit. Returns the limit from now on, in bytes: a higher
 * one, which is rounded up, lets the program go on; any other lets the allocation fail with the
 * error for MEMORY, which Fart code sees as an OutOfMemoryError. It holds as far as addresses were
 * reserved for this heap: up to one and a half times the limit that the isolate was made with,
 * twice if that is a power of two, and to 32 MiB in any case. Asked again as long as the allocation
 * does not fit.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef size_t (*Fart_NearHeapLimitCallback)(void* callback_data, size_t heap_limit_in_bytes);

/**
 * Reads the peer of an object.
 *
 * \param object  An object that is not null, a bool or a number.
 * \param peer    Where to put it: what Fart_SetPeer set last, NULL if nothing. Untouched on
 * failure.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; "Fart_GetPeer: argument 'object' cannot be a
 *           subtype of Null, num, or bool. It is of type ...".
 */
DART_EXPORT Fart_Handle Fart_GetPeer(Fart_Handle object, void** peer);

/**
 * Attaches a peer to an object, in place of the one it has.
 *
 * \param object  An object that is not null, a bool or a number.
 * \param peer    The pointer; NULL takes the peer away.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; as for Fart_GetPeer.
 */
DART_EXPORT Fart_Handle Fart_SetPeer(Fart_Handle object, void* peer);

/**
 * Has the current isolate call back around every collection, minor ones too; or no longer. Both are
 * set together and taken away together. A collection of old space that is done in slices ends with
 * a minor one: they are called once for both.
 *
 * \param prologue_callback  Called before; NULL to take the present one away.
 * \param epilogue_callback  Called after; NULL to take the present one away.
 *
 * Returns   true. Nothing is changed on failure.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, MEMORY; "Fart_SetGcCallbacks permits only one gc prologue
 *           callback: ..." (or epilogue); NULL where none is set: "Fart_SetGcCallbacks expects
 *           argument '<argument>' to be present in the callback set. It is NULL."
 */
DART_EXPORT Fart_Handle Fart_SetGcCallbacks(Fart_GcPrologueCallback prologue_callback,
                                            Fart_GcEpilogueCallback epilogue_callback);

/**
 * Says that the host has nothing to do for a while. Finalizers that are due run, and if a
 * collection is worth its while and, going by those before it, over in time, it is done now and not
 * later in the midst of something.
 *
 * \param deadline  Until when, in microseconds of the system's monotonic clock: CLOCK_MONOTONIC, or
 *                  std::chrono::steady_clock. One that has passed asks for nothing.
 *
 * Returns   true if there was a collection.
 * Collects  may.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, CALLBACK are recorded (false).
 */
DART_EXPORT bool Fart_NotifyIdle(int64_t deadline);

/**
 * Says that memory runs short in the system. Every isolate of the process does a full collection
 * and gives back what it can when it next asks its heap for more room; until then nothing happens
 * to one that allocates nothing. What lies outside the heaps and nobody uses, memory of messages
 * that were handled, goes back to the system at once.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT void Fart_NotifyLowMemory(void);

/**
 * Sets whom the current isolate asks when its heap reaches the limit. Without, allocations fail
 * then.
 *
 * \param callback       Whom to ask; NULL for nobody.
 * \param callback_data  Handed to the callback.
 *
 * Returns   true.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK.
 */
DART_EXPORT Fart_Handle Fart_SetNearHeapLimitCallback(Fart_NearHeapLimitCallback callback,
                                                      void* callback_data);

/*
 * ==========
 * Objects
 * ==========
 *
 * null, true, false and the empty string are always at hand: their handles need no scope and
 * never end. Identity is the object itself, wherever it has been moved; its hash stays the same
 * through every move. Small integers and doubles have no place in memory that could be told
 * apart, so for numbers identity means the same value of the same kind.
 *
 * Example:
 * ```c
 * Fart_Handle text = Fart_NewStringFromCString("seven");
 * Fart_Handle same = Fart_NewStringFromCString("seven");
 * bool equal = false;
 * DART_CHECK_VALID(Fart_ObjectEquals(text, same, &equal));
 * assert(equal);
 * assert(!Fart_IdentityEquals(text, same));
 * uint64_t hash = Fart_IdentityHash(text);
 * Fart_NewList(1000);  // May move `text`.
 * assert(hash == Fart_IdentityHash(text));
 * ```
 */

/**
 * Gives the object that stands for nothing.
 *
 * Returns   a handle that never ends and needs no scope.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Handle Fart_Null(void);

/**
 * Gives true, which is also what calls return that have nothing else to say.
 *
 * Returns   a handle that never ends and needs no scope.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Handle Fart_True(void);

/**
 * Gives false.
 *
 * Returns   a handle that never ends and needs no scope.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Handle Fart_False(void);

/**
 * Gives the String of length 0.
 *
 * Returns   a handle that never ends and needs no scope.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Handle Fart_EmptyString(void);

/**
 * Gives true or false.
 *
 * \param value  Which.
 *
 * Returns   a handle that never ends and needs no scope.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT Fart_Handle Fart_NewBoolean(bool value);

/**
 * Tells whether a handle refers to null.
 *
 * \param object  Any handle.
 *
 * Returns   true for null, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsNull(Fart_Handle object);

/**
 * Tells whether an object can be a value in Fart code.
 *
 * \param object  Any handle.
 *
 * Returns   true for every instance, those of registered shapes too; false for null, errors and
 *           libraries.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsInstance(Fart_Handle object);

/**
 * Tells whether an object is true or false.
 *
 * \param object  Any handle.
 *
 * Returns   true for a bool, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsBoolean(Fart_Handle object);

/**
 * Reads a bool.
 *
 * \param boolean_obj  A bool; null is not one.
 * \param value        Where to put it.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Bool).
 */
DART_EXPORT Fart_Handle Fart_BooleanValue(Fart_Handle boolean_obj, bool* value);

/**
 * Makes the text by which an object is printed.
 *
 * \param object  Any handle. A String is its own text; another instance has its toString called;
 *                null, errors and libraries have a text of the VM's.
 *
 * Returns   a String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; what toString throws, as an unhandled
 *           exception.
 */
DART_EXPORT Fart_Handle Fart_ToString(Fart_Handle object);

/**
 * Compares two objects as == of Fart code does.
 *
 * \param obj1   The object whose == is called; may be null.
 * \param obj2   The object it is called with; may be null.
 * \param equal  Where to put the answer.
 *
 * Returns   true.
 * Collects  may: == of a class is Fart code.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, MEMORY; TYPE (Instance); "Expected boolean
 *           result from =="; what == throws, as an unhandled exception.
 */
DART_EXPORT Fart_Handle Fart_ObjectEquals(Fart_Handle obj1, Fart_Handle obj2, bool* equal);

/**
 * Tells whether two handles refer to one object.
 *
 * \param obj1  Any handle.
 * \param obj2  Any handle.
 *
 * Returns   true for the same object, for integers of the same value, and for doubles of the same
 *           bits (so NaN is identical to itself, and 0.0 is not to -0.0).
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded (false).
 */
DART_EXPORT bool Fart_IdentityEquals(Fart_Handle obj1, Fart_Handle obj2);

/**
 * Gives a number that stays with an object, whatever the collector does to it.
 *
 * \param obj  Any handle.
 *
 * Returns   the hash, as identityHashCode of Fart code gives it; equal for what Fart_IdentityEquals
 *           calls equal. 0 for libraries and errors.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded (0).
 */
DART_EXPORT uint64_t Fart_IdentityHash(Fart_Handle obj);

/*
 * ==========
 * Numbers
 * ==========
 *
 * An int has any size. One that fits into 63 bits is kept in the handle's slot itself and takes
 * nothing from the heap; the others, and every double, are objects.
 *
 * Example:
 * ```c
 * Fart_Handle big = Fart_NewInteger(INT64_MAX);
 * bool fits = false;
 * DART_CHECK_VALID(Fart_IntegerFitsIntoInt64(big, &fits));
 * int64_t value = 0;
 * if (fits) DART_CHECK_VALID(Fart_IntegerToInt64(big, &value));
 * assert(value == INT64_MAX);
 * double third = 0;
 * DART_CHECK_VALID(Fart_DoubleValue(Fart_NewDouble(1.0 / 3.0), &third));
 * assert(third > 0.333 && third < 0.334);
 * Fart_Handle huge = Fart_NewIntegerFromHexCString("-0x123456789ABCDEF0123456789ABCDEF");
 * DART_CHECK_VALID(Fart_IntegerFitsIntoInt64(huge, &fits));
 * assert(!fits);
 * const char* digits = NULL;
 * DART_CHECK_VALID(Fart_IntegerToHexCString(huge, &digits));
 * assert(digits[0] == '-' && digits[3] == '1');
 * ```
 */

/**
 * Tells whether an object is an int or a double.
 *
 * \param object  Any handle.
 *
 * Returns   true for a number, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsNumber(Fart_Handle object);

/**
 * Tells whether an object is an int.
 *
 * \param object  Any handle.
 *
 * Returns   true for an int of any size, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsInteger(Fart_Handle object);

/**
 * Tells whether an object is a double.
 *
 * \param object  Any handle.
 *
 * Returns   true for a double, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsDouble(Fart_Handle object);

/**
 * Makes an int.
 *
 * \param value  Its value.
 *
 * Returns   the int as a local handle of the current scope.
 * Collects  may, if the value needs more than 63 bits; else never.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE; CALLBACK, MEMORY for a value of more than 63 bits.
 */
DART_EXPORT Fart_Handle Fart_NewInteger(int64_t value);

/**
 * Makes an int that is not negative.
 *
 * \param value  Its value.
 *
 * Returns   the int as a local handle of the current scope.
 * Collects  may, if the value needs more than 62 bits; else never.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE; CALLBACK, MEMORY for a value of more than 62 bits.
 */
DART_EXPORT Fart_Handle Fart_NewIntegerFromUint64(uint64_t value);

/**
 * Makes an int of any size from text.
 *
 * \param value  NUL-terminated: perhaps '-', then "0x" and hexadecimal digits, in upper or lower
 *               case, or decimal digits. Nothing else may stand there, no space either.
 *
 * Returns   the int as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY; "Fart_NewIntegerFromHexCString expects
 *           argument 'value' to be an integer of at most 67108864 bits, ...".
 */
DART_EXPORT Fart_Handle Fart_NewIntegerFromHexCString(const char* value);

/**
 * Tells whether an int can be read by Fart_IntegerToInt64.
 *
 * \param integer  An int.
 * \param fits     Where to put the answer.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Integer).
 */
DART_EXPORT Fart_Handle Fart_IntegerFitsIntoInt64(Fart_Handle integer, bool* fits);

/**
 * Tells whether an int can be read by Fart_IntegerToUint64: a negative one cannot.
 *
 * \param integer  An int.
 * \param fits     Where to put the answer.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Integer).
 */
DART_EXPORT Fart_Handle Fart_IntegerFitsIntoUint64(Fart_Handle integer, bool* fits);

/**
 * Reads an int.
 *
 * \param integer  An int.
 * \param value    Where to put it. Unchanged on error.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Integer); "Fart_IntegerToInt64: Integer
 *           <digits> cannot be represented as an int64_t."
 */
DART_EXPORT Fart_Handle Fart_IntegerToInt64(Fart_Handle integer, int64_t* value);

/**
 * Reads an int that is not negative.
 *
 * \param integer  An int.
 * \param value    Where to put it. Unchanged on error.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Integer); "Fart_IntegerToUint64: Integer
 *           <digits> cannot be represented as a uint64_t."
 */
DART_EXPORT Fart_Handle Fart_IntegerToUint64(Fart_Handle integer, uint64_t* value);

/**
 * Copies an int of any size out as hexadecimal text.
 *
 * \param integer  An int.
 * \param value    Where to put the address of NUL-terminated text in memory of the current scope:
 *                 perhaps '-', then "0x" and digits in upper case.
 *
 * Returns   true; the text may be used until the current scope ends.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY (also off-heap memory used up); TYPE (Integer).
 */
DART_EXPORT Fart_Handle Fart_IntegerToHexCString(Fart_Handle integer, const char** value);

/**
 * Makes a double.
 *
 * \param value  Its value; the bits are kept as they are.
 *
 * Returns   the double as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_NewDouble(double value);

/**
 * Reads a double.
 *
 * \param double_obj  A double; an int is not one.
 * \param value       Where to put it.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Double).
 */
DART_EXPORT Fart_Handle Fart_DoubleValue(Fart_Handle double_obj, double* value);

/*
 * ==========
 * Strings
 * ==========
 *
 * A String is a fixed sequence of UTF-16 units, in which a lone surrogate is a unit as any other.
 * One whose units are all below 256 is stored as Latin-1, a byte a unit. Its characters are moved
 * with it, so they are copied out: into memory of the scope, as UTF-8, or into memory of the
 * caller.
 *
 * A String can also be external: its characters lie in memory that the host lends to it and that
 * must neither move nor change while the String lives. The host is told when it has its memory
 * back by a finalizer, which runs exactly once for each String: after the String has died, or when
 * the isolate shuts down. Where making an external String fails, the memory has not been lent and
 * the finalizer does not run. To the program all Strings are alike: it compares units, and external
 * UTF-16 is equal to Latin-1 of the same units.
 *
 * Example:
 * ```c
 * Fart_Handle text = Fart_NewStringFromCString("g\xC3\xBCte");
 * intptr_t units = 0;
 * DART_CHECK_VALID(Fart_StringLength(text, &units));
 * assert(units == 4);
 * uint8_t* bytes = NULL;
 * intptr_t byte_count = 0;
 * DART_CHECK_VALID(Fart_StringToUTF8(text, &bytes, &byte_count));
 * assert(byte_count == 5);
 * uint16_t characters[8];
 * intptr_t count = 8;
 * DART_CHECK_VALID(Fart_StringToUTF16(text, characters, &count));
 * assert(count == 4 && characters[1] == 0xFC);
 * static const uint8_t lent[] = {'g', 0xFC, 't', 'e'};
 * Fart_Handle external = Fart_NewExternalLatin1String(lent, 4, NULL, NULL);
 * bool equal = false;
 * DART_CHECK_VALID(Fart_ObjectEquals(text, external, &equal));
 * assert(equal);
 * ```
 */

/**
 * Tells whether an object is a String.
 *
 * \param object  Any handle.
 *
 * Returns   true for a String, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsString(Fart_Handle object);

/**
 * Tells whether an object is a String that is stored as Latin-1, a byte a unit.
 *
 * \param object  Any handle.
 *
 * Returns   true for such a String, external or not, else false. An external String has the form
 *           that its maker gave it, whatever its units.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsStringLatin1(Fart_Handle object);

/**
 * Tells whether an object is a String whose characters lie in memory of the host.
 *
 * \param object  Any handle.
 *
 * Returns   true for an external String, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsExternalString(Fart_Handle object);

/**
 * Measures a String.
 *
 * \param str     A String.
 * \param length  Where to put its length in UTF-16 units.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringLength(Fart_Handle str, intptr_t* length);

/**
 * Makes a String.
 *
 * \param str  NUL-terminated UTF-8. It is copied.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY; "Fart_NewStringFromCString expects
 *           argument 'str' to be valid UTF-8."
 */
DART_EXPORT Fart_Handle Fart_NewStringFromCString(const char* str);

/**
 * Makes a String.
 *
 * \param utf8_array  UTF-8, which may contain NUL. It is copied. NULL only with length 0.
 * \param length      Its length in bytes.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY; "Fart_NewStringFromUTF8 expects
 *           argument 'utf8_array' to be valid UTF-8."
 */
DART_EXPORT Fart_Handle Fart_NewStringFromUTF8(const uint8_t* utf8_array, intptr_t length);

/**
 * Makes a String.
 *
 * \param utf16_array  UTF-16 units, lone surrogates too. They are copied. NULL only with length 0.
 * \param length       Their number.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_NewStringFromUTF16(const uint16_t* utf16_array, intptr_t length);

/**
 * Makes a String.
 *
 * \param utf32_array  Code points, 0 to 0x10FFFF. A surrogate becomes one unit, a code point above
 *                     0xFFFF two. NULL only with length 0.
 * \param length       Their number.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE (of the units, too), MEMORY;
 *           "Fart_NewStringFromUTF32 expects argument 'utf32_array[<index>]' to be a code point, at
 *           most 1114111 (U+10FFFF), but it is <value>."
 */
DART_EXPORT Fart_Handle Fart_NewStringFromUTF32(const int32_t* utf32_array, intptr_t length);

/**
 * Makes an external String over Latin-1 of the host.
 *
 * \param latin1_array  Units, a byte each. They are not copied: see above. NULL only with length 0.
 * \param length        Their number; so many bytes are charged to the String.
 * \param peer          Is given to `cback`; also says whose String it is
 *                      (Fart_StringGetProperties, Fart_GetNativeStringArgument). May be NULL.
 * \param cback         Runs once when the memory is the host's again. May be NULL.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY (also off-heap memory used up).
 */
DART_EXPORT Fart_Handle Fart_NewExternalLatin1String(const uint8_t* latin1_array, intptr_t length,
                                                     void* peer, Fart_PeerFinalizer cback);

/**
 * Makes an external String over UTF-16 of the host.
 *
 * \param utf16_array  Units, lone surrogates too, at an even address. They are not copied: see
 *                     above. NULL only with length 0.
 * \param length       Their number; twice as many bytes are charged to the String.
 * \param peer         Is given to `cback`; also says whose String it is
 *                     (Fart_StringGetProperties, Fart_GetNativeStringArgument). May be NULL.
 * \param cback        Runs once when the memory is the host's again. May be NULL.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY (also off-heap memory used up);
 *           "Fart_NewExternalUTF16String expects argument 'utf16_array' to be aligned to 2 bytes."
 */
DART_EXPORT Fart_Handle Fart_NewExternalUTF16String(const uint16_t* utf16_array, intptr_t length,
                                                    void* peer, Fart_PeerFinalizer cback);

/**
 * Makes a String external: its characters are copied to memory of the host and are read there from
 * now on. It is the same object in another form, so every handle to it and every object that
 * refers to it has an external String now; what it took in the heap is given back. No flag is
 * needed for that.
 *
 * A String that is external already stays as it is: nothing is copied, and neither memory nor peer
 * is taken. The empty String's object has no room for the new form: for it a new external String,
 * empty too, is returned.
 *
 * \param str                       A String.
 * \param array                     Memory for its characters, at an even address if they take two
 *                                  bytes each (Fart_IsStringLatin1).
 * \param external_allocation_size  Bytes of that memory, at least Fart_StringStorageSize; so many
 *                                  are charged to the String.
 * \param peer                      As for Fart_NewExternalLatin1String.
 * \param cback                     Runs once when the memory is the host's again. May be NULL.
 *
 * Returns   the String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, HANDLE, POINTER, MEMORY (also off-heap memory used up); TYPE
 *           (String); "Fart_MakeExternalString expects argument 'external_allocation_size' to be in
 *           the range [<needed>..<max>]. It is <number>."; "... expects argument 'array' to be
 *           aligned to 2 bytes."
 */
DART_EXPORT Fart_Handle Fart_MakeExternalString(Fart_Handle str, void* array,
                                                intptr_t external_allocation_size, void* peer,
                                                Fart_PeerFinalizer cback);

/**
 * Tells how a String is stored.
 *
 * \param str        A String.
 * \param char_size  Where to put the bytes of a unit: 1 or 2.
 * \param str_len    Where to put its length in UTF-16 units.
 * \param peer       Where to put the peer of an external String, else what Fart_SetPeer attached;
 *                   NULL if there is neither.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringGetProperties(Fart_Handle str, intptr_t* char_size,
                                                 intptr_t* str_len, void** peer);

/**
 * Tells how many bytes the characters of a String take: its length times the bytes of a unit.
 *
 * \param str   A String.
 * \param size  Where to put the bytes.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringStorageSize(Fart_Handle str, intptr_t* size);

/**
 * Copies a String out as a C string.
 *
 * \param str   A String. A NUL in it ends what C functions see.
 * \param cstr  Where to put the address of NUL-terminated UTF-8 in memory of the current scope.
 *
 * Returns   true; the text may be used until the current scope ends.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY (also off-heap memory used up); TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringToCString(Fart_Handle str, const char** cstr);

/**
 * Copies a String out as UTF-8 without NUL at its end. A lone surrogate becomes three bytes.
 *
 * \param str         A String.
 * \param utf8_array  Where to put the address of the bytes in memory of the current scope.
 * \param length      Where to put their number.
 *
 * Returns   true; the bytes may be used until the current scope ends.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY (also off-heap memory used up); TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringToUTF8(Fart_Handle str, uint8_t** utf8_array, intptr_t* length);

/**
 * Copies the first units of a String out as Latin-1.
 *
 * \param str           A String stored as Latin-1, external or not (Fart_IsStringLatin1).
 * \param latin1_array  Room for the units, a byte each. NULL only with room for none.
 * \param length        In: how many there is room for. Out: how many were copied.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (Latin-1 String).
 */
DART_EXPORT Fart_Handle Fart_StringToLatin1(Fart_Handle str, uint8_t* latin1_array,
                                            intptr_t* length);

/**
 * Copies the first units of a String out as UTF-16.
 *
 * \param str          A String.
 * \param utf16_array  Room for the units. NULL only with room for none.
 * \param length       In: how many there is room for. Out: how many were copied.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_StringToUTF16(Fart_Handle str, uint16_t* utf16_array,
                                           intptr_t* length);

/*
 * ==========
 * Lists
 * ==========
 *
 * A list is one that Fart_NewList or the program made, typed data other than ByteData, or an
 * instance of a class of the program that implements List. To those last ones these functions are
 * calls of the program's own `length`, `[]` and `[]=`: it may do anything then, and what it throws
 * comes back as an error handle. Nothing here leaves the calling function by another way.
 *
 * Storing into a list tells the collector about it, so that a young object held only by an old
 * list is found. That is why elements are set one by one here and never through an address.
 *
 * Example:
 * ```c
 * Fart_Handle list = Fart_NewList(3);
 * for (intptr_t i = 0; i < 3; ++i) {
 *   DART_CHECK_VALID(Fart_ListSetAt(list, i, Fart_NewInteger(i * i)));
 * }
 * Fart_Handle last_two[2];
 * DART_CHECK_VALID(Fart_ListGetRange(list, 1, 2, last_two));
 * int64_t four = 0;
 * DART_CHECK_VALID(Fart_IntegerToInt64(last_two[1], &four));
 * assert(four == 4);
 * uint8_t bytes[3];
 * DART_CHECK_VALID(Fart_ListGetAsBytes(list, 0, bytes, 3));
 * assert(bytes[0] == 0 && bytes[2] == 4);
 * ```
 */

/**
 * Tells whether an object is a list.
 *
 * \param object  Any handle.
 *
 * Returns   true for a list, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsList(Fart_Handle object);

/**
 * Makes a list of fixed length whose elements are null.
 *
 * \param length  The number of elements.
 *
 * Returns   the list as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, RANGE, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_NewList(intptr_t length);

/**
 * Measures a list.
 *
 * \param list    A list.
 * \param length  Where to put the number of elements. On failure nothing is written.
 *
 * Returns   true.
 * Collects  may, to make an error or to run the program.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; not a list: "Object does not implement the List
 *           interface"; an error passes through. A list of the program: CALLBACK; what its `length`
 *           throws; "Length of List object is not an integer that a length can be."
 */
DART_EXPORT Fart_Handle Fart_ListLength(Fart_Handle list, intptr_t* length);

/**
 * Reads an element of a list.
 *
 * \param list   A list.
 * \param index  From 0. A list of the program is asked for any index.
 *
 * Returns   the element as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; not a list: "Object does not implement the List
 *           interface"; "Invalid index passed in to access list element"; an error passes through.
 *           Typed data: CALLBACK; "Elements of a Float32x4List are no objects: use
 *           Fart_TypedDataAcquireData". A list of the program: CALLBACK; what its `[]` throws.
 */
DART_EXPORT Fart_Handle Fart_ListGetAt(Fart_Handle list, intptr_t index);

/**
 * Reads consecutive elements of a list.
 *
 * \param list    A list.
 * \param offset  Index of the first element, from 0.
 * \param length  The number of elements, 0 or more.
 * \param result  Where to put `length` local handles of the current scope. On failure nothing is
 *                written.
 *
 * Returns   true.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; not a list: "Object does not implement the List
 *           interface"; "Invalid offset/length passed in to access list elements"; an error passes
 *           through. For typed data and a list of the program also those of Fart_ListLength and
 *           Fart_ListGetAt.
 */
DART_EXPORT Fart_Handle Fart_ListGetRange(Fart_Handle list, intptr_t offset, intptr_t length,
                                          Fart_Handle* result);

/**
 * Stores an element into a list.
 *
 * \param list   A list.
 * \param index  From 0. A list of the program is told any index.
 * \param value  An instance or null. For typed data a number: an integer is cut to the bits of an
 *               element (Uint8Clamped: brought into 0..255), or rounded to a floating-point one.
 *
 * Returns   true.
 * Collects  may, to make an error or to run the program.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (value: Instance); not a list: "Object does not
 *           implement the List interface"; "Invalid index passed in to set list element";
 *           "Fart_ListSetAt expects argument 'list' to be modifiable." Typed data: "The value is no
 *           number that the typed list's elements can be."; "Elements of a Float32x4List are no
 *           objects: use Fart_TypedDataAcquireData". A list of the program: CALLBACK; what its
 *           `[]=` throws.
 */
DART_EXPORT Fart_Handle Fart_ListSetAt(Fart_Handle list, intptr_t index, Fart_Handle value);

/**
 * Copies consecutive elements of a list of integers out, the lowest 8 bits of each.
 *
 * \param list          A list of integers, or ByteData. Typed data of one byte an element is copied
 *                      in one piece.
 * \param offset        Index of the first element, from 0.
 * \param native_array  Where to put `length` bytes; may be NULL if there are none. On failure those
 *                      before the bad element have been written.
 * \param length        The number of elements, 0 or more.
 *
 * Returns   true.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; not a list: "Object does not implement the List
 *           interface"; "Invalid offset/length passed in to access list elements"; "The list's
 *           element <index> is not an integer."; an error passes through. For a list of the program
 *           also those of Fart_ListLength and Fart_ListGetAt.
 */
DART_EXPORT Fart_Handle Fart_ListGetAsBytes(Fart_Handle list, intptr_t offset,
                                            uint8_t* native_array, intptr_t length);

/**
 * Stores bytes as consecutive elements of a list.
 *
 * \param list          A list, or ByteData. Typed data of one byte an element is written in one
 *                      piece; to the others each byte is stored as an integer of 0 to 255.
 * \param offset        Index of the first element, from 0.
 * \param native_array  `length` bytes; may be NULL if there are none.
 * \param length        The number of elements, 0 or more.
 *
 * Returns   true. On failure the elements before the bad one have been stored.
 * Collects  may, to make an error or to run the program.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; not a list: "Object does not implement the List
 *           interface"; "Invalid offset/length passed in to access list elements";
 *           "Fart_ListSetAsBytes expects argument 'list' to be modifiable."; an error passes
 *           through. For typed data and a list of the program also those of Fart_ListLength and
 *           Fart_ListSetAt.
 */
DART_EXPORT Fart_Handle Fart_ListSetAsBytes(Fart_Handle list, intptr_t offset,
                                            const uint8_t* native_array, intptr_t length);

/*
 * ==========
 * Typed data
 * ==========
 *
 * Typed data is a run of numbers of one type in consecutive bytes: in the heap, in memory of the
 * host (external), or a part of either seen through a view, which the program makes. Except for
 * ByteData, which is bytes without a type, it is a list. A byte buffer is what a view is made of.
 *
 * Fart_TypedDataAcquireData lends out the address of the bytes. Until it is given back with
 * Fart_TypedDataReleaseData the object stays where it is, and stays alive, while everything else
 * goes on: any function may be called, the program may run, everything else may move. (Older
 * implementations forbade collections meanwhile, and most calls with them; no call here is refused
 * because data is acquired.) An acquired object makes the memory around it a little harder to use,
 * so do not keep many for long. Acquisitions are counted for the bytes as a whole: those of an
 * object and of its views are one count. What is still acquired when an isolate is shut down ends
 * with it.
 *
 * Bytes in the heap begin at a multiple of 8.
 *
 * Example:
 * ```c
 * Fart_Handle samples = Fart_NewTypedData(Fart_TypedData_kFloat64, 4);
 * Fart_TypedData_Type type;
 * void* data;
 * intptr_t length;
 * DART_CHECK_VALID(Fart_TypedDataAcquireData(samples, &type, &data, &length));
 * assert(type == Fart_TypedData_kFloat64 && length == 4);
 * Fart_NewList(1000);  // May collect: `data` stays good.
 * ((double*)data)[3] = 0.5;
 * DART_CHECK_VALID(Fart_TypedDataReleaseData(samples));
 * double last = 0;
 * DART_CHECK_VALID(Fart_DoubleValue(Fart_ListGetAt(samples, 3), &last));
 * assert(last == 0.5);
 * ```
 */

/** The element types of typed data. */
typedef enum {
  Fart_TypedData_kByteData = 0, /**< bytes without a type of their own */
  Fart_TypedData_kInt8,
  Fart_TypedData_kUint8,
  Fart_TypedData_kUint8Clamped,
  Fart_TypedData_kInt16,
  Fart_TypedData_kUint16,
  Fart_TypedData_kInt32,
  Fart_TypedData_kUint32,
  Fart_TypedData_kInt64,
  Fart_TypedData_kUint64,
  Fart_TypedData_kFloat32,
  Fart_TypedData_kFloat64,
  Fart_TypedData_kFloat32x4, /**< its elements are no objects, only bytes */
  Fart_TypedData_kInvalid
} Fart_TypedData_Type;

/**
 * Tells whether an object is typed data: in the heap, external, or a view.
 *
 * \param object  Any handle.
 *
 * Returns   true for typed data, else false. A byte buffer is none.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsTypedData(Fart_Handle object);

/**
 * Tells whether an object is a byte buffer.
 *
 * \param object  Any handle.
 *
 * Returns   true for a byte buffer, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsByteBuffer(Fart_Handle object);

/**
 * Tells the element type of typed data in the heap and of views. ByteData counts as a view,
 * wherever its bytes are.
 *
 * \param object  Any handle.
 *
 * Returns   the type; kInvalid for other external typed data and for every other object.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT Fart_TypedData_Type Fart_GetTypeOfTypedData(Fart_Handle object);

/**
 * Tells the element type of external typed data and of views of such.
 *
 * \param object  Any handle.
 *
 * Returns   the type; kInvalid for every other object.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT Fart_TypedData_Type Fart_GetTypeOfExternalTypedData(Fart_Handle object);

/**
 * Makes typed data in the heap, of zeros.
 *
 * \param type    The element type.
 * \param length  The number of elements.
 *
 * Returns   the typed data as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, RANGE, MEMORY; "Fart_NewTypedData expects argument 'type' to be
 *           an element type of typed data."
 */
DART_EXPORT Fart_Handle Fart_NewTypedData(Fart_TypedData_Type type, intptr_t length);

/**
 * Makes typed data over memory of the host, which is not copied and not freed.
 *
 * \param type    The element type.
 * \param data    Where the elements are, for as long as the object lives; may be NULL if there are
 *                none. They need not be aligned.
 * \param length  The number of elements.
 *
 * Returns   the typed data as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY; "Fart_NewExternalTypedData expects
 *           argument 'type' to be an element type of typed data."
 */
DART_EXPORT Fart_Handle Fart_NewExternalTypedData(Fart_TypedData_Type type, void* data,
                                                  intptr_t length);

/**
 * Makes typed data over memory of the host and lets the host know when that is no longer needed.
 *
 * \param type                      The element type.
 * \param data                      Where the elements are, until `callback` runs; may be NULL if
 *                                  there are none. They need not be aligned.
 * \param length                    The number of elements.
 * \param peer                      What `callback` gets.
 * \param external_allocation_size  Bytes outside the heap that this object keeps in use: they
 *                                  drive collections. 0 or more.
 * \param callback                  Runs once, after the object and all views of it have died, or
 *                                  when the isolate shuts down. Not NULL.
 *
 * Returns   the typed data as a local handle of the current scope. On failure `callback` never
 *           runs, and the memory is the host's as before.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, RANGE, MEMORY (also off-heap memory used up);
 *           "Fart_NewExternalTypedDataWithFinalizer expects argument 'type' to be an element type
 *           of typed data."
 */
DART_EXPORT Fart_Handle Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_Type type, void* data,
                                                               intptr_t length, void* peer,
                                                               intptr_t external_allocation_size,
                                                               Fart_HandleFinalizer callback);

/**
 * Makes a byte buffer of the bytes of typed data; of a view, of all that it sees a part of.
 *
 * \param typed_data  Typed data.
 *
 * Returns   the byte buffer as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, HANDLE, MEMORY; TYPE (TypedData).
 */
DART_EXPORT Fart_Handle Fart_NewByteBuffer(Fart_Handle typed_data);

/**
 * Gets the typed data whose bytes a byte buffer is.
 *
 * \param byte_buffer  A byte buffer.
 *
 * Returns   the typed data, which is no view, as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (ByteBuffer).
 */
DART_EXPORT Fart_Handle Fart_GetDataFromByteBuffer(Fart_Handle byte_buffer);

/**
 * Lends out the bytes of typed data until Fart_TypedDataReleaseData is called as often as this.
 *
 * \param object  Typed data.
 * \param type    Where to put the element type.
 * \param data    Where to put the address of the first element. It stays good, and the object
 *                alive, while the data is acquired, whatever is called.
 * \param len     Where to put the number of elements.
 *
 * Returns   true. On failure nothing is acquired and nothing written.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (TypedData).
 */
DART_EXPORT Fart_Handle Fart_TypedDataAcquireData(Fart_Handle object, Fart_TypedData_Type* type,
                                                  void** data, intptr_t* len);

/**
 * Gives lent bytes back. Their address must not be used after the last time.
 *
 * \param object  What was acquired, or other typed data of the same bytes.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (TypedData); "Data was not acquired for this
 *           object."
 */
DART_EXPORT Fart_Handle Fart_TypedDataReleaseData(Fart_Handle object);

/*
 * ==========
 * Throwing
 * ==========
 *
 * A native function can throw as Fart code does. Control leaves it as with Fart_PropagateError:
 * destructors run, scopes end, and the caller sees the exception.
 *
 * Example:
 * ```c file
 * static void CheckedSquare(Fart_NativeArguments arguments) {
 *   int64_t value = 0;
 *   Fart_Handle result = Fart_GetNativeIntegerArgument(arguments, 0, &value);
 *   if (Fart_IsError(result)) Fart_PropagateError(result);
 *   if (value > 1000000) {
 *     Fart_ThrowException(Fart_NewStringFromCString("too large to square"));
 *   }
 *   Fart_SetIntegerReturnValue(arguments, value * value);
 * }
 * ```
 */

/**
 * Leaves the running native function by throwing an object, which `catch` sees as if Fart code had
 * thrown it.
 *
 * The object is an instance of any class. One of an error class of the libraries, such as
 * ArgumentError, is made by Fart code: let a function of the script return it and call that by
 * Fart_Invoke. An error handle is no such object: an api error that is given here discards Fart
 * frames up to the host, as Fart_PropagateError says there; Fart_NewUnhandledExceptionError makes
 * it one that can be caught.
 *
 * \param exception  Any instance. An error goes the way of Fart_PropagateError.
 *
 * Returns   nothing on success: control does not come back. On failure an api error as a local
 *           handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (Instance); nowhere to go: "No Fart
 *           frames on stack, cannot throw exception"
 */
DART_EXPORT Fart_Handle Fart_ThrowException(Fart_Handle exception);

/**
 * Leaves the running native function by throwing an object together with the stack trace of an
 * earlier throw.
 *
 * \param exception   Any instance.
 * \param stacktrace  A stack trace, as from Fart_ErrorGetStackTrace.
 *
 * Returns   nothing on success: control does not come back. On failure an api error as a local
 *           handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (exception: Instance, stacktrace:
 *           StackTrace); nowhere to go: "No Fart frames on stack, cannot throw exception"
 */
DART_EXPORT Fart_Handle Fart_RethrowException(Fart_Handle exception, Fart_Handle stacktrace);

/*
 * ==========
 * Native functions
 * ==========
 *
 * A Fart library says `int answer() native "Answer";` and imports its extension with
 * `import 'dart-ext:name';`. The VM loads the shared library and calls name_Init with the Fart
 * library. That sets a resolver, which turns "Answer" into a function, once for each declaration.
 *
 * The function finds its arguments in a Fart_NativeArguments, counted from 0; in a method the
 * receiver is number 0. It has a scope of its own. It gives its result with one of the
 * Fart_Set...ReturnValue functions; without, the result is null.
 *
 * Example:
 * ```c file
 * static void Answer(Fart_NativeArguments arguments) {
 *   Fart_SetIntegerReturnValue(arguments, 42);
 * }
 * static Fart_NativeFunction Resolve(Fart_Handle name, int argc, bool* auto_setup_scope) {
 *   const char* text = "";
 *   (void)auto_setup_scope;  // Leave it true: a scope for each call.
 *   if (Fart_IsError(Fart_StringToCString(name, &text))) return NULL;
 *   return argc == 0 && text[0] == 'A' ? Answer : NULL;
 * }
 * DART_EXPORT Fart_Handle example_Init(Fart_Handle library);
 * Fart_Handle example_Init(Fart_Handle library) {
 *   return Fart_SetNativeResolver(library, Resolve, NULL);
 * }
 * ```
 */

/** The arguments and the place of the result of one native call. Ends with the call. */
typedef struct _Fart_NativeArguments* Fart_NativeArguments;

/**
 * A native function.
 *
 * May not return with another isolate current than it was called with: the VM enters the right
 * one again and raises an error. May not keep `arguments`.
 */
typedef void (*Fart_NativeFunction)(Fart_NativeArguments arguments);

/**
 * Finds the native function for a name. `name` is a String, `num_of_arguments` counts the
 * receiver. `*auto_setup_scope` is true: set it to false for a function that makes no local
 * handle and wants no scope. Returns NULL for a name it does not know.
 *
 * May not shut down the isolate or leave it exited.
 */
typedef Fart_NativeFunction (*Fart_NativeEntryResolver)(Fart_Handle name, int num_of_arguments,
                                                        bool* auto_setup_scope);

/**
 * Gives the name of a native function for stack traces, NUL-terminated UTF-8 that is not freed;
 * NULL if it does not know the function.
 *
 * May not use this interface.
 */
typedef const uint8_t* (*Fart_NativeEntrySymbol)(Fart_NativeFunction nf);

/** What Fart_GetNativeArguments is to make of an argument. */
typedef enum {
  Fart_NativeArgument_kBool = 0,     /**< as_bool; null counts as false. */
  Fart_NativeArgument_kInt32,        /**< as_int32. */
  Fart_NativeArgument_kUint32,       /**< as_uint32. */
  Fart_NativeArgument_kInt64,        /**< as_int64. */
  Fart_NativeArgument_kUint64,       /**< as_uint64. */
  Fart_NativeArgument_kDouble,       /**< as_double; an int is converted. */
  Fart_NativeArgument_kString,       /**< as_string; null is allowed. */
  Fart_NativeArgument_kInstance,     /**< as_instance; any value, also null. */
  Fart_NativeArgument_kNativeFields, /**< as_native_fields; null counts as all 0. */
} Fart_NativeArgument_Type;

/** One wish to Fart_GetNativeArguments. */
typedef struct _Fart_NativeArgument_Descriptor {
  uint8_t type;  /**< A Fart_NativeArgument_Type. */
  uint8_t index; /**< Which argument, from 0. */
} Fart_NativeArgument_Descriptor;

/** An initializer for a Fart_NativeArgument_Descriptor. */
#define DART_NATIVE_ARG_DESCRIPTOR(type, index) \
  { (uint8_t)(type), (uint8_t)(index) }

/** One answer of Fart_GetNativeArguments; the descriptor's type says which member. */
typedef union _Fart_NativeArgument_Value {
  bool as_bool;
  int32_t as_int32;
  uint32_t as_uint32;
  int64_t as_int64;
  uint64_t as_uint64;
  double as_double;
  struct {
    Fart_Handle dart_str; /**< The String, a local handle of the current scope; NULL with a peer. */
    void* peer;           /**< The String's peer, as Fart_StringGetProperties has it. */
  } as_string;
  struct {
    intptr_t num_fields; /**< Set by the caller: how many native fields the argument has. */
    intptr_t* values;    /**< Set by the caller: where to put them. */
  } as_native_fields;
  Fart_Handle as_instance; /**< A local handle of the current scope. */
} Fart_NativeArgument_Value;

/**
 * Sets how native functions of a library are found. Declarations that have been called keep the
 * function they found.
 *
 * \param library   A library.
 * \param resolver  The resolver; NULL for none.
 * \param symbol    Names functions for stack traces; NULL for none.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (Library).
 */
DART_EXPORT Fart_Handle Fart_SetNativeResolver(Fart_Handle library,
                                               Fart_NativeEntryResolver resolver,
                                               Fart_NativeEntrySymbol symbol);

/**
 * Reads the resolver of a library.
 *
 * \param library   A library.
 * \param resolver  Where to put it; NULL is put there on failure and if there is none.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Library).
 */
DART_EXPORT Fart_Handle Fart_GetNativeResolver(Fart_Handle library,
                                               Fart_NativeEntryResolver* resolver);

/**
 * Reads the function that names a library's native functions.
 *
 * \param library   A library.
 * \param resolver  Where to put it; NULL is put there on failure and if there is none.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Library).
 */
DART_EXPORT Fart_Handle Fart_GetNativeSymbol(Fart_Handle library, Fart_NativeEntrySymbol* resolver);

/**
 * Reads what the host attached to the isolate of a native call.
 *
 * \param args  The native call's arguments.
 *
 * Returns   the callback_data of Fart_CreateIsolate.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded
 *           (NULL).
 */
DART_EXPORT void* Fart_GetNativeIsolateData(Fart_NativeArguments args);

/**
 * Counts the arguments of a native call.
 *
 * \param args  The native call's arguments.
 *
 * Returns   the number, with the receiver of a method.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded (0).
 */
DART_EXPORT int Fart_GetNativeArgumentCount(Fart_NativeArguments args);

/**
 * Reads an argument of a native call.
 *
 * \param args   The native call's arguments.
 * \param index  Which, from 0; in a method the receiver is 0.
 *
 * Returns   the argument as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), RANGE (index), MEMORY.
 */
DART_EXPORT Fart_Handle Fart_GetNativeArgument(Fart_NativeArguments args, int index);

/**
 * Reads several arguments of a native call as C values.
 *
 * \param args             The native call's arguments.
 * \param num_arguments    The number of descriptors and values, 0 or more.
 * \param arg_descriptors  Which arguments, as what.
 * \param arg_values       Where to put the values. On failure those before the bad one are set.
 *
 * Returns   true; Strings and instances are local handles of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, MEMORY; RANGE (num_arguments and an index);
 *           "Fart_GetNativeArguments expects argument at index <i> to be of type <Type>. ..."; "...
 *           argument at index <i> is out of range for <type>."; "... to have <n> native fields, but
 *           it has <m>."; "... unknown argument type <n>."
 */
DART_EXPORT Fart_Handle Fart_GetNativeArguments(
    Fart_NativeArguments args, int num_arguments,
    const Fart_NativeArgument_Descriptor* arg_descriptors, Fart_NativeArgument_Value* arg_values);

/**
 * Reads a String argument of a native call.
 *
 * \param args       The native call's arguments.
 * \param arg_index  Which, from 0.
 * \param peer       Where to put the String's peer, as Fart_StringGetProperties has it.
 *
 * Returns   NULL if the String has a peer; else the String, or null for null, as a local handle of
 *           the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, RANGE (arg_index), MEMORY;
 *           "Fart_GetNativeStringArgument expects argument at <i> to be of type String. ..."
 */
DART_EXPORT Fart_Handle Fart_GetNativeStringArgument(Fart_NativeArguments args, int arg_index,
                                                     void** peer);

/**
 * Reads an int argument of a native call.
 *
 * \param args   The native call's arguments.
 * \param index  Which, from 0.
 * \param value  Where to put it.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, RANGE (index), MEMORY;
 *           "Fart_GetNativeIntegerArgument expects argument at <i> to be of type Integer. ...";
 * "... argument at index <i> is out of range for int64."
 */
DART_EXPORT Fart_Handle Fart_GetNativeIntegerArgument(Fart_NativeArguments args, int index,
                                                      int64_t* value);

/**
 * Reads a bool argument of a native call.
 *
 * \param args   The native call's arguments.
 * \param index  Which, from 0.
 * \param value  Where to put it; null counts as false.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, RANGE (index), MEMORY;
 *           "Fart_GetNativeBooleanArgument expects argument at <i> to be of type Boolean. ..."
 */
DART_EXPORT Fart_Handle Fart_GetNativeBooleanArgument(Fart_NativeArguments args, int index,
                                                      bool* value);

/**
 * Reads a number argument of a native call as a double.
 *
 * \param args   The native call's arguments.
 * \param index  Which, from 0.
 * \param value  Where to put it; an int is converted.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, RANGE (index), MEMORY;
 *           "Fart_GetNativeDoubleArgument expects argument at <i> to be of type Double. ..."
 */
DART_EXPORT Fart_Handle Fart_GetNativeDoubleArgument(Fart_NativeArguments args, int index,
                                                     double* value);

/**
 * Reads the first native field of a method's receiver, where a wrapped C or C++ object is kept.
 *
 * \param args   The native call's arguments.
 * \param value  Where to put it; 0 if it was never set.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER (value, and a receiver that is null), MEMORY;
 *           "Fart_GetNativeReceiver: the call has no receiver."; "Fart_GetNativeReceiver: the
 *           receiver has no native fields."
 */
DART_EXPORT Fart_Handle Fart_GetNativeReceiver(Fart_NativeArguments args, intptr_t* value);

/**
 * Reads all native fields of an argument of a native call.
 *
 * \param args          The native call's arguments.
 * \param arg_index     Which, from 0.
 * \param num_fields    How many native fields the argument has: exactly.
 * \param field_values  Where to put them, room for num_fields; all 0 if the argument is null.
 *                      Untouched on failure.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE (args), POINTER, RANGE (arg_index, num_fields), MEMORY;
 *           "Fart_GetNativeFieldsOfArgument expects argument at <i> to be of type Instance. ...";
 * "... to have <n> native fields, but it has <m>."
 */
DART_EXPORT Fart_Handle Fart_GetNativeFieldsOfArgument(Fart_NativeArguments args, int arg_index,
                                                       int num_fields, intptr_t* field_values);

/**
 * Sets the result of a native call. The last one set counts. An error is raised in the caller
 * after the function has returned, as Fart_PropagateError would at once.
 *
 * \param args    The native call's arguments.
 * \param retval  An instance, null or an error.
 *
 * Returns   nothing.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded.
 *           HANDLE and TYPE (Instance) are recorded and become the call's result.
 */
DART_EXPORT void Fart_SetReturnValue(Fart_NativeArguments args, Fart_Handle retval);

/**
 * Sets the result of a native call to the object of a weak handle, or null if that is dead.
 *
 * \param args  The native call's arguments.
 * \param rval  A weak handle, also one that has ended.
 *
 * Returns   nothing.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded.
 *           HANDLE (NULL, another isolate's) is recorded and becomes the call's result.
 */
DART_EXPORT void Fart_SetWeakHandleReturnValue(Fart_NativeArguments args,
                                               Fart_WeakPersistentHandle rval);

/**
 * Sets the result of a native call to a bool. Needs no handle.
 *
 * \param args    The native call's arguments.
 * \param retval  The result.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded.
 */
DART_EXPORT void Fart_SetBooleanReturnValue(Fart_NativeArguments args, bool retval);

/**
 * Sets the result of a native call to an int. Needs no handle.
 *
 * \param args    The native call's arguments.
 * \param retval  The result.
 *
 * Returns   nothing.
 * Collects  may, if the value needs more than 63 bits; else never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded.
 *           MEMORY becomes the call's result.
 */
DART_EXPORT void Fart_SetIntegerReturnValue(Fart_NativeArguments args, int64_t retval);

/**
 * Sets the result of a native call to a double. Needs no handle.
 *
 * \param args    The native call's arguments.
 * \param retval  The result.
 *
 * Returns   nothing.
 * Collects  may.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and args that are not those of a running call, are recorded.
 *           MEMORY becomes the call's result.
 */
DART_EXPORT void Fart_SetDoubleReturnValue(Fart_NativeArguments args, double retval);

/*
 * ==========
 * Values as C structures
 * ==========
 *
 * Messages between ports carry values. Where no isolate is entered, as in the handler of a native
 * port, a value is a Fart_CObject: a tagged union that is read and made without any heap.
 *
 * One that a handler is given, and all that it leads to, may be read and changed until the handler
 * returns. What is shared in the message is shared in the structure; what is cyclic is cyclic.
 * An int is kInt32 where it fits, else kInt64, else kBigint. A list of any kind is kArray. Typed
 * data of any kind, views included, is kTypedData. An instance of a class is kUnsupported.
 *
 * One that is posted stays the caller's, is not changed, and is needed no longer when the call
 * returns: everything is copied, except for what kExternalTypedData and kNativePointer lead to.
 *
 * In C++ the kinds are members as well: Fart_CObject::kArray. There kUint8Array and as_byte_array
 * are an older spelling for typed data whose elements are unsigned bytes. kUint8Array is the same
 * number as kTypedData, so that either spelling recognises what arrives (the element type tells the
 * rest), and assigning as_byte_array.length makes the elements unsigned bytes.
 *
 * Example:
 * ```c
 * Fart_CObject first, second;
 * first.type = Fart_CObject_kInt32;
 * first.value.as_int32 = 7;
 * second.type = Fart_CObject_kString;
 * second.value.as_string = (char*)"seven";
 * Fart_CObject* elements[] = {&first, &second, &first};
 * Fart_CObject list;
 * list.type = Fart_CObject_kArray;
 * list.value.as_array.length = 3;
 * list.value.as_array.values = elements;
 * assert(list.value.as_array.values[2]->value.as_int32 == 7);
 * ```
 */

/** The number of a port, the same in the whole process; never used again. */
typedef int64_t Fart_Port;

/** The number that no port has. */
#ifdef __cplusplus
#define ILLEGAL_PORT (static_cast<Fart_Port>(0))
#else
#define ILLEGAL_PORT ((Fart_Port)0)
#endif

/* The older spelling. */
#ifdef __cplusplus
static constexpr Fart_Port kIllegalPort = ILLEGAL_PORT;
#else
#define kIllegalPort ILLEGAL_PORT
#endif

/** What a Fart_CObject is; names the member of its union. */
typedef enum {
  Fart_CObject_kNull = 0,
  Fart_CObject_kBool,
  Fart_CObject_kInt32,
  Fart_CObject_kInt64,
  Fart_CObject_kBigint,
  Fart_CObject_kDouble,
  Fart_CObject_kString,
  Fart_CObject_kArray,
  Fart_CObject_kTypedData,
  Fart_CObject_kExternalTypedData,
  Fart_CObject_kSendPort,
  Fart_CObject_kCapability,
  Fart_CObject_kNativePointer,
  Fart_CObject_kUnsupported, /**< arrives for what has no other kind; cannot be posted */
  Fart_CObject_kNumberOfTypes
} Fart_CObject_Type;

#ifdef __cplusplus
/** A number of unsigned bytes. Assigning it says, too, that the elements are unsigned bytes. */
struct Fart_ByteArrayLength {
  Fart_TypedData_Type type;
  intptr_t length;

  Fart_ByteArrayLength& operator=(intptr_t new_length) {
    type = Fart_TypedData_kUint8;
    length = new_length;
    return *this;
  }
  operator intptr_t() const { return length; }
};
#endif

/** A value outside every heap. */
typedef struct _Fart_CObject {
  Fart_CObject_Type type;
  union {
    bool as_bool;
    int32_t as_int32;
    int64_t as_int64;
    double as_double;
    /**
     * NUL-terminated UTF-8. A lone surrogate of a Fart string is three bytes. What is posted ends
     * at the first NUL; what arrives may have U+0000 inside: as_text says how long it is.
     */
    char* as_string;
    /**
     * The same memory as as_string, with the length in bytes, the NUL at the end not counted. Set
     * in what arrives; not read in what is posted, where existing sources set as_string alone.
     */
    struct {
      char* chars;
      intptr_t length;
    } as_text;
    /** `digits` is typed data of kUint32; the first `used` of them count, least first. */
    struct {
      bool neg;
      intptr_t used;
      struct _Fart_CObject* digits;
    } as_bigint;
    struct {
      Fart_Port id;
      Fart_Port origin_id;
    } as_send_port;
    struct {
      int64_t id;
    } as_capability;
    struct {
      intptr_t length;
      struct _Fart_CObject** values;
    } as_array;
    /** `length` is in bytes, whatever the elements are. */
    struct {
      Fart_TypedData_Type type;
      intptr_t length;
      uint8_t* values;
    } as_typed_data;
    /** The same memory as as_typed_data. */
    struct {
#ifdef __cplusplus
      Fart_ByteArrayLength length;
#else
      Fart_TypedData_Type type;
      intptr_t length;
#endif
      uint8_t* values;
    } as_byte_array;
    /**
     * Memory that the VM takes over with the post: `length` bytes at `data`, which become typed
     * data without being copied. `callback` gets `peer` exactly once, when nobody needs them any
     * more; NULL: nothing is called. When the post is refused, nothing is taken over. Only posted;
     * what arrives at a native port is kTypedData.
     */
    struct {
      Fart_TypedData_Type type;
      intptr_t length;
      uint8_t* data;
      void* peer;
      Fart_WeakPersistentHandleFinalizer callback;
    } as_external_typed_data;
    /**
     * Arrives in an isolate as the int `ptr`: its program has taken the memory over. `callback`
     * gets `ptr` if the message never arrives, and after the handler of a native port. `size` is in
     * bytes and not read from.
     */
    struct {
      intptr_t ptr;
      intptr_t size;
      Fart_HandleFinalizer callback;
    } as_native_pointer;
  } value;

#ifdef __cplusplus
  static constexpr Fart_CObject_Type kNull = Fart_CObject_kNull;
  static constexpr Fart_CObject_Type kBool = Fart_CObject_kBool;
  static constexpr Fart_CObject_Type kInt32 = Fart_CObject_kInt32;
  static constexpr Fart_CObject_Type kInt64 = Fart_CObject_kInt64;
  static constexpr Fart_CObject_Type kBigint = Fart_CObject_kBigint;
  static constexpr Fart_CObject_Type kDouble = Fart_CObject_kDouble;
  static constexpr Fart_CObject_Type kString = Fart_CObject_kString;
  static constexpr Fart_CObject_Type kArray = Fart_CObject_kArray;
  static constexpr Fart_CObject_Type kUint8Array = Fart_CObject_kTypedData;
  static constexpr Fart_CObject_Type kTypedData = Fart_CObject_kTypedData;
  static constexpr Fart_CObject_Type kExternalTypedData = Fart_CObject_kExternalTypedData;
  static constexpr Fart_CObject_Type kSendPort = Fart_CObject_kSendPort;
  static constexpr Fart_CObject_Type kCapability = Fart_CObject_kCapability;
  static constexpr Fart_CObject_Type kNativePointer = Fart_CObject_kNativePointer;
  static constexpr Fart_CObject_Type kUnsupported = Fart_CObject_kUnsupported;
  static constexpr Fart_CObject_Type kNumberOfTypes = Fart_CObject_kNumberOfTypes;
#endif
} Fart_CObject;

/*
 * ==========
 * Types, instances and native fields
 * ==========
 *
 * A type is an object: the one that a Fart program gets from a class's name. With it native code
 * asks what an object is, and makes instances without running a constructor.
 *
 * An instance may have native fields: words that only native code sees, such as a pointer to the
 * C++ object it stands for. `import 'dart:nativewrappers';` and `class Window extends
 * NativeFieldWrapperClass1 { ... }` gives it one; NativeFieldWrapperClass2 to 4 give more. Or
 * native code declares the superclass itself, in the initialisation of the extension that the
 * library imports, or in any library before the one that extends it is loaded. The fields are 0 at
 * first, move with their object, and say nothing to the collector: tie the life of what they point
 * to to the object with a weak or finalizable handle.
 *
 * Example:
 * ```c file
 * static Fart_Handle WrapPointer(Fart_Handle library, void* pointer) {
 *   Fart_Handle type = Fart_GetClass(library, Fart_NewStringFromCString("Window"));
 *   if (Fart_IsError(type)) return type;
 *   intptr_t field = (intptr_t)pointer;
 *   return Fart_AllocateWithNativeFields(type, 1, &field);
 * }
 * ```
 */

/**
 * Tells whether an object is a type.
 *
 * \param handle  Any handle.
 *
 * Returns   true for a type, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsType(Fart_Handle handle);

/**
 * Tells whether an object describes a function. No function of this VM makes such objects: closures
 * are told by Fart_IsClosure.
 *
 * \param handle  Any handle.
 *
 * Returns   false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsFunction(Fart_Handle handle);

/**
 * Tells whether an object describes a variable. No function of this VM makes such objects.
 *
 * \param handle  Any handle.
 *
 * Returns   false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsVariable(Fart_Handle handle);

/**
 * Tells whether an object is the type parameter of a class. No function of this VM answers with
 * one: types of a program are what they were given.
 *
 * \param handle  Any handle.
 *
 * Returns   false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsTypeVariable(Fart_Handle handle);

/**
 * Finds a type by the name of its class, as a library sees it: its own classes, private ones too,
 * and imported ones.
 *
 * \param library                   A loaded library.
 * \param class_name                A String.
 * \param number_of_type_arguments  0 for the class as it is written without type arguments, or the
 *                                  number of its type parameters.
 * \param type_arguments            A pointer to one handle: of a list of that many types. May be
 *                                  NULL if there are none.
 *
 * Returns   the type as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE (number_of_type_arguments), MEMORY; TYPE
 *           (library: Library, class_name: String); "Class '<name>' not found in library '<url>'.",
 *           also for a library that is still being loaded; "Class '<name>' has <n> type parameters,
 *           but the number of type arguments is <m>."; a list that is none, or not of types; an
 *           isolate made by Fart_CreateHeapIsolate.
 */
DART_EXPORT Fart_Handle Fart_GetType(Fart_Handle library, Fart_Handle class_name,
                                     intptr_t number_of_type_arguments,
                                     Fart_Handle* type_arguments);

/**
 * Finds a class: its type without type arguments.
 *
 * \param library     A loaded library.
 * \param class_name  A String.
 *
 * Returns   the type as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (library: Library, class_name: String);
 *           "Class '<name>' not found in library '<url>'."; an isolate made by
 *           Fart_CreateHeapIsolate.
 */
DART_EXPORT Fart_Handle Fart_GetClass(Fart_Handle library, Fart_Handle class_name);

/**
 * Gives the type of an object's class.
 *
 * \param instance  An instance or null.
 *
 * Returns   the type as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (Instance); an isolate made by
 *           Fart_CreateHeapIsolate.
 */
DART_EXPORT Fart_Handle Fart_InstanceGetType(Fart_Handle instance);

/**
 * Tells whether an object is an instance of a type, as the operator `is` does. Type arguments count
 * for nothing.
 *
 * \param object      An instance or null.
 * \param type        A type.
 * \param instanceof  Where to put the answer; false for null, and on failure.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, MEMORY; TYPE (object: Instance, type: Type).
 */
DART_EXPORT Fart_Handle Fart_ObjectIsType(Fart_Handle object, Fart_Handle type, bool* instanceof);

/**
 * Makes an instance without running a constructor: every field is null, native fields are 0.
 *
 * \param type  The type of a class that is not abstract, nor one whose objects only the VM makes.
 *
 * Returns   the instance as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (Type); "Cannot allocate an instance of
 *           '<class>': ..." with the reason.
 */
DART_EXPORT Fart_Handle Fart_Allocate(Fart_Handle type);

/**
 * Makes an instance as Fart_Allocate does, and fills its native fields.
 *
 * \param type               As for Fart_Allocate.
 * \param num_native_fields  How many native fields the class has: exactly.
 * \param native_fields      Their values.
 *
 * Returns   the instance as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE (num_native_fields), MEMORY; TYPE
 * (Type); those of Fart_Allocate; a num_native_fields that is not the class's.
 */
DART_EXPORT Fart_Handle Fart_AllocateWithNativeFields(Fart_Handle type, intptr_t num_native_fields,
                                                      const intptr_t* native_fields);

/**
 * Makes an object with a constructor or factory of a class, private ones too.
 *
 * \param type                 A type. Its type arguments are those of an object that a constructor
 *                             makes; a factory is not told of them.
 * \param constructor_name     A String: `named` of `C.named`; null or empty for the one without a
 *                             name.
 * \param number_of_arguments  The number of arguments, 0 or more.
 * \param arguments            The arguments: instances or null. NULL only if there are none.
 *
 * The class is none that only applies mixins (`class C = S with M`), nor is the constructor a
 * private one of a `dart:` library. What is said of Fart_Invoke and what a call has put off holds
 * here as well. fart_direct_api.h has another function of this name: the first argument tells which
 * is meant.
 *
 * Returns   the object as a local handle of the current scope; of a factory what it returns.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE, MEMORY; TYPE (type: Type,
 *           constructor_name: String, an argument: "Fart_New expects arguments[<i>] to be an
 *           Instance handle."); an error as an argument is returned; "Fart_New: did not find
 *           constructor '<C.named>'."; "Fart_New: wrong argument count for constructor '<C.named>':
 *           2 passed, 1 expected."; those of Fart_Allocate, where it is no factory; an isolate made
 *           by Fart_CreateHeapIsolate; no room for the arguments on the stack ("Stack Overflow");
 *           what is thrown and not caught, as an unhandled exception.
 */
DART_EXPORT Fart_Handle Fart_New(Fart_Handle type, Fart_Handle constructor_name,
                                 int number_of_arguments, Fart_Handle* arguments);

/**
 * Runs a constructor of its class on an object that Fart_Allocate has made.
 *
 * \param object               The instance.
 * \param name                 A String: as for Fart_New; no factory's.
 * \param number_of_arguments  As for Fart_New.
 * \param arguments            As for Fart_New.
 *
 * Returns   the object as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE, MEMORY; TYPE (object: Instance, name:
 *           String, an argument); an error as an argument is returned; "Fart_InvokeConstructor
 *           expects argument 'name' to be a valid constructor. ..."; a wrong argument count, as for
 *           Fart_New; an isolate made by Fart_CreateHeapIsolate; no room for the arguments on the
 *           stack ("Stack Overflow"); what is thrown and not caught, as an unhandled exception.
 */
DART_EXPORT Fart_Handle Fart_InvokeConstructor(Fart_Handle object, Fart_Handle name,
                                               int number_of_arguments, Fart_Handle* arguments);

/**
 * Declares a class without members in a library, for other classes to extend. Code that is compiled
 * already does not see it: declare it in the initialisation of an extension that the library
 * imports, or in a library that is loaded before those that use it. It stays as long as the
 * library, and takes about 3 KB.
 *
 * \param library      A library that is loaded or is being loaded.
 * \param class_name   A String: a name that the library has not declared.
 * \param field_count  How many native fields its instances have, 0 to 1024.
 *
 * Returns   the type of the class as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, RANGE, MEMORY; TYPE (library: Library, class_name:
 *           String); "A class '<name>' already exists in library '<url>'."; "'<name>' is no name of
 *           a class."; an isolate made by Fart_CreateHeapIsolate.
 */
DART_EXPORT Fart_Handle Fart_CreateNativeWrapperClass(Fart_Handle library, Fart_Handle class_name,
                                                      int field_count);

/**
 * Counts the native fields of an instance.
 *
 * \param obj    An instance.
 * \param count  Where to put the number; 0 for an instance without any.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (Instance).
 */
DART_EXPORT Fart_Handle Fart_GetNativeInstanceFieldCount(Fart_Handle obj, int* count);

/**
 * Reads a native field of an instance.
 *
 * \param obj    An instance.
 * \param index  Which field, from 0.
 * \param value  Where to put it; 0 if it was never set.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE (index), MEMORY; TYPE (Instance).
 */
DART_EXPORT Fart_Handle Fart_GetNativeInstanceField(Fart_Handle obj, int index, intptr_t* value);

/**
 * Writes a native field of an instance.
 *
 * \param obj    An instance.
 * \param index  Which field, from 0.
 * \param value  What to put there.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, RANGE (index), MEMORY; TYPE (Instance).
 */
DART_EXPORT Fart_Handle Fart_SetNativeInstanceField(Fart_Handle obj, int index, intptr_t value);

/*
 * ==========
 * Ports and messages
 * ==========
 *
 * A port is a number to which any thread may post. What is posted is copied into a message, and
 * the post says yes or no: after a yes the message is the VM's, with the memory and the finalizers
 * that it carries, which run once whatever becomes of the port; after a no all is the caller's.
 * Nothing is locked while a callback of the host runs: it may post, open and close ports itself.
 *
 * A receive port belongs to an isolate. Its messages wait in one queue, in the order in which they
 * came, and are handled by Fart code when the host lets it: in Fart_RunLoop, or one by one where
 * the host has an event loop of its own (Fart_SetMessageNotifyCallback, Fart_HandleMessage).
 *
 * A native port belongs to a function in C, its handler, which runs on threads of the VM and
 * inside no isolate. There it may post, open and close native ports, and take memory by
 * Fart_ScopeAllocate, which ends with the call.
 *
 * Who posts may be waiting for a reply, as Fart code is after `port.call(message).then(...)`. The
 * waiting side hears of a failure too: when the port closes before the message is handled, when
 * the handler ends with an error or lets a C++ exception out, and when its last reply could not be
 * encoded. In Fart code the future completes with an error; a native port that waits gets the text
 * as a string.
 *
 * Example:
 * ```c file
 * static void Increment(Fart_Port dest_port_id, Fart_Port reply_port_id, Fart_CObject* message) {
 *   (void)dest_port_id;
 *   if (message->type == Fart_CObject_kInt32 && message->value.as_int32 < INT32_MAX) {
 *     ++message->value.as_int32;
 *     Fart_PostCObject(reply_port_id, message);
 *   } else {
 *     Fart_CObject null_object;
 *     null_object.type = Fart_CObject_kNull;
 *     Fart_PostCObject(reply_port_id, &null_object);
 *   }
 * }
 *
 * static Fart_Handle NewIncrementPort(void) {
 *   Fart_Port port = Fart_NewNativePort("Increment", Increment, false);
 *   if (port == ILLEGAL_PORT) return Fart_NewApiError(Fart_GetMisuse());
 *   return Fart_NewSendPort(port);
 * }
 * ```
 */

/**
 * Handles a message that was posted to a native port. `reply_port_id` is where an answer is
 * expected, ILLEGAL_PORT where none is. `message` and what it leads to belong to the call.
 *
 * May not be inside an isolate when it returns. May not let a C++ exception out: it is recorded,
 * and the waiting side gets an error.
 */
typedef void (*Fart_NativeMessageHandler)(Fart_Port dest_port_id, Fart_Port reply_port_id,
                                          Fart_CObject* message);

/**
 * The same for Fart_NewConcurrentNativePort: without a reply port, which such a handler finds in
 * the message (kSendPort).
 *
 * May not do what a Fart_NativeMessageHandler may not.
 */
typedef void (*Fart_ConcurrentMessageHandler)(Fart_Port dest_port_id, Fart_CObject* message);

/**
 * Hears that a message has come in for an isolate, on the thread that posted it. The host then has
 * Fart_HandleMessage called on a thread inside `dest_isolate`. The isolate may have ended by now:
 * entering it is a misuse then, and no harm is done.
 *
 * May not, on a thread that is inside an isolate, call anything that may collect, nor throw,
 * propagate, enter, exit or shut down an isolate: such a call is answered with an error (CALLBACK).
 */
typedef void (*Fart_MessageNotifyCallback)(Fart_Isolate dest_isolate);

/**
 * Opens a port whose messages `handler` handles on threads of the VM.
 *
 * In C++ a handler of two arguments is accepted, too: Fart_ConcurrentMessageHandler.
 *
 * \param name                 For debugging, NUL-terminated; may be NULL. Copied.
 * \param handler              The function.
 * \param handle_concurrently  false: one message at a time, in the order in which they came;
 *                             true: several at a time, on as many threads as the VM has for it.
 *
 * Returns   the port, until Fart_CloseNativePort or Fart_Cleanup; ILLEGAL_PORT on failure.
 * Collects  never.
 * Thread    any, also a handler's.
 * Errors    none returned; recorded: POINTER (handler), Fart_Initialize has not been called,
 *           Fart_Cleanup is running.
 */
DART_EXPORT Fart_Port Fart_NewNativePort(const char* name, Fart_NativeMessageHandler handler,
                                         bool handle_concurrently);

/**
 * Opens a port whose messages `handler` handles on threads of the VM, at most so many at a time.
 *
 * \param name             For debugging, NUL-terminated; may be NULL. Copied.
 * \param handler          The function.
 * \param max_concurrency  The largest number of calls of `handler` at a time, at least 1.
 *
 * Returns   the port, until Fart_CloseNativePort or Fart_Cleanup; ILLEGAL_PORT on failure.
 * Collects  never.
 * Thread    any, also a handler's.
 * Errors    none returned; recorded: POINTER (handler), `max_concurrency` below 1,
 *           Fart_Initialize has not been called, Fart_Cleanup is running.
 */
DART_EXPORT Fart_Port Fart_NewConcurrentNativePort(const char* name,
                                                   Fart_ConcurrentMessageHandler handler,
                                                   intptr_t max_concurrency);

#ifdef __cplusplus
extern "C++" {
/* A template, so that NULL means the function above. `MessageType` is Fart_CObject. */
template <typename MessageType>
inline Fart_Port Fart_NewNativePort(const char* name,
                                    void (*handler)(Fart_Port dest_port_id, MessageType* message),
                                    bool handle_concurrently) {
  return Fart_NewConcurrentNativePort(name, handler, handle_concurrently ? INTPTR_MAX : 1);
}
}
#endif

/**
 * Closes a native port: it can be posted to no more. Messages that it has accepted are still
 * handled.
 *
 * \param native_port_id  A port of Fart_NewNativePort or Fart_NewConcurrentNativePort.
 *
 * Returns   true if it was open; false for any other number, a receive port's too.
 * Collects  never.
 * Thread    any, also a handler's.
 * Errors    none.
 */
DART_EXPORT bool Fart_CloseNativePort(Fart_Port native_port_id);

/**
 * Closes a native port as Fart_CloseNativePort does, and waits until its handler has handled what
 * was accepted and has returned for the last time: then what the handler uses can be freed.
 *
 * \param native_port_id  A port of Fart_NewNativePort or Fart_NewConcurrentNativePort.
 *
 * Returns   true if it was open; false, without waiting, for any other number.
 * Collects  never.
 * Thread    any but one that runs the port's own handler. The handler must be able to end: it may
 *           not wait for an isolate that this thread is inside of.
 * Errors    none returned; the handler's own thread is recorded (false).
 */
DART_EXPORT bool Fart_CloseNativePortAndWait(Fart_Port native_port_id);

/**
 * Posts a copy of an object and of all that it leads to. What is shared or cyclic in it stays so.
 *
 * \param port_id  Where to.
 * \param object   Any object. Closures, and objects with native fields, cannot be sent.
 *
 * Returns   true if it was posted; false if there is no such port, or it could not be encoded.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE, and an object that cannot be sent are recorded.
 */
DART_EXPORT bool Fart_Post(Fart_Port port_id, Fart_Handle object);

/**
 * Posts a copy of a value outside every heap.
 *
 * \param port_id  Where to.
 * \param message  The value; neither it nor what it leads to is changed.
 *
 * Returns   true if it was posted; false if there is no such port, or it could not be encoded.
 * Collects  never.
 * Thread    any, also a handler's.
 * Errors    none returned; POINTER, and a value that cannot be encoded are recorded.
 */
DART_EXPORT bool Fart_PostCObject(Fart_Port port_id, Fart_CObject* message);

/**
 * Posts an int.
 *
 * \param port_id  Where to.
 * \param message  The int.
 *
 * Returns   true if it was posted; false if there is no such port.
 * Collects  never.
 * Thread    any, also a handler's.
 * Errors    none.
 */
DART_EXPORT bool Fart_PostInteger(Fart_Port port_id, int64_t message);

/**
 * Makes a SendPort, which Fart code posts to and sends in messages. Whether the port is open is
 * not asked.
 *
 * \param port_id  The port's number.
 *
 * Returns   the SendPort as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, MEMORY; "Fart_NewSendPort: illegal port_id 0.".
 */
DART_EXPORT Fart_Handle Fart_NewSendPort(Fart_Port port_id);

/**
 * Reads the number of a SendPort.
 *
 * \param port     A SendPort.
 * \param port_id  Where to put the number.
 *
 * Returns   true as a handle.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER; TYPE (SendPort).
 */
DART_EXPORT Fart_Handle Fart_SendPortGetId(Fart_Handle port, Fart_Port* port_id);

/**
 * Names the port that the current isolate has had from its beginning.
 *
 * Returns   a receive port that does not keep a loop running; ILLEGAL_PORT on failure.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded.
 */
DART_EXPORT Fart_Port Fart_GetMainPortId(void);

/**
 * Tells whether messages may still come for the program of the current isolate.
 *
 * Returns   true while a receive port that Fart code opened is open.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded (false).
 */
DART_EXPORT bool Fart_HasLivePorts(void);

/**
 * Sets the function that hears of each message for the current isolate. Of those that wait already
 * it does not hear.
 *
 * \param message_notify_callback  The function; NULL for none.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and an isolate whose messages the VM handles (it was spawned by
 *           Fart code) are recorded, and nothing changed.
 */
DART_EXPORT void Fart_SetMessageNotifyCallback(Fart_MessageNotifyCallback message_notify_callback);

/**
 * Reads what Fart_SetMessageNotifyCallback set.
 *
 * Returns   the function, or NULL.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded (NULL).
 */
DART_EXPORT Fart_MessageNotifyCallback Fart_GetMessageNotifyCallback(void);

/**
 * Handles the oldest message that waits for the current isolate, if there is one, and what Fart
 * code has put off until then (microtasks).
 *
 * Returns   true as a handle; an error that Fart code did not catch; or the sticky error, which is
 *           taken away.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, MEMORY; what Fart code throws.
 */
DART_EXPORT Fart_Handle Fart_HandleMessage(void);

/**
 * Does as Fart_HandleMessage until no message waits, or until the first error.
 *
 * Returns   as Fart_HandleMessage.
 * Collects  may.
 * Thread    that has entered.
 * Errors    as Fart_HandleMessage.
 */
DART_EXPORT Fart_Handle Fart_HandleMessages(void);

/**
 * Does as Fart_HandleMessages, but not for ever while others keep posting.
 *
 * \param max_messages      At most so many messages are handled, 0 or more.
 * \param max_milliseconds  None is begun after so long, 0 or more.
 * \param handled           Where to put how many were; may be NULL.
 *
 * Returns   as Fart_HandleMessage.
 * Collects  may.
 * Thread    that has entered.
 * Errors    as Fart_HandleMessage; RANGE.
 */
DART_EXPORT Fart_Handle Fart_HandleMessagesUpTo(intptr_t max_messages, int64_t max_milliseconds,
                                                intptr_t* handled);

/**
 * Handles the messages of the current isolate as they come, until it has no live port any more
 * (Fart_HasLivePorts) or until the first error. Waits on this thread, inside the isolate.
 *
 * Returns   as Fart_HandleMessage.
 * Collects  may.
 * Thread    that has entered.
 * Errors    as Fart_HandleMessage; an isolate with a message notify callback: "Fart_RunLoop: the
 *           isolate has a message notify callback.".
 */
DART_EXPORT Fart_Handle Fart_RunLoop(void);

/*
 * ==========
 * Loading and calling
 * ==========
 *
 * A host gives the VM the source of one script. What the script imports the VM reads itself, unless
 * the host is asked for it (Fart_SetLibraryTagHandler):
 * `import 'other.dart';` from the folder of the importing file, `import 'dart-ext:name';` from
 * there or from where the platform looks for shared libraries. Then functions of the script, and
 * methods of what they return, can be called by name.
 *
 * Example:
 * ```c file
 * static Fart_Handle RunMain(const char* path, const char* source) {
 *   Fart_Handle url = Fart_NewStringFromCString(path);
 *   Fart_Handle text = Fart_NewStringFromCString(source);
 *   Fart_Handle library = Fart_LoadScript(url, url, text, 0, 0);
 *   if (Fart_IsError(library)) return library;
 *   Fart_Handle name = Fart_NewStringFromCString("main");
 *   return Fart_Invoke(library, name, 0, NULL);
 * }
 * ```
 */

/**
 * Compiles the script of an isolate and what it imports. Once for each isolate; again after
 * Fart_SetRootLibrary(Fart_Null()).
 *
 * A script that is loaded again, or another one, takes the place of the one before: it reads
 * everything that it imports again, whether it has changed or not; only `dart:` libraries stay. The
 * libraries of the earlier script are found by their URLs no more (Fart_LookupLibrary,
 * Fart_GetLoadedLibraries). What handles, objects and closures lead to goes on with its code and
 * its variables as they were; when nothing leads to any part of an earlier script, or of one that
 * could not be loaded, all of it is given back, if not at once. So a host may load scripts for
 * ever. What earlier ones hold is never more than twice what is still in use of them, an eighth of
 * the heap, or 256 KiB.
 *
 * \param url            A String that names the script in messages and stack traces.
 * \param resolved_url   A String: the absolute path from which relative imports are found. Null: it
 *                       is `url`.
 * \param source         A String: the text of the script.
 * \param line_offset    Lines to add to every line number, 0 to 16,777,215.
 * \param col_offset     Columns to add in the first line, 0 to 16,777,215.
 *
 * Returns   the script's library as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, RANGE, MEMORY; TYPE (String); "Fart_LoadScript: A
 *           script has already been loaded from '<url>'."; an isolate made by
 * Fart_CreateHeapIsolate; what is wrong in a source, as a compilation error with file, line, column
 * and a caret; an import or an extension that cannot be loaded, as an error that names every path
 * tried; what an extension's initialisation returned or threw.
 */
DART_EXPORT Fart_Handle Fart_LoadScript(Fart_Handle url, Fart_Handle resolved_url,
                                        Fart_Handle source, intptr_t line_offset,
                                        intptr_t col_offset);

/**
 * Calls a function or method by name, private ones too.
 *
 * \param target               A library for its top-level functions, or an instance or null for
 *                             their methods.
 * \param name                 A String.
 * \param number_of_arguments  The number of arguments, 0 or more, without the receiver.
 * \param arguments            The arguments: instances or null. NULL only if there are none.
 *
 * A call that is made from no native function is an event of its own: if it goes well, what it has
 * put off (scheduleMicrotask, callbacks of futures) runs before it returns.
 *
 * Returns   the result as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE, MEMORY; TYPE (name: String, an
 *           argument: "Fart_Invoke expects arguments[<i>] to be an Instance handle."); an error as
 *           target or argument is returned; "Fart_Invoke: did not find top-level function
 *           '<name>'." (static method '<Class>.<name>'); "Fart_Invoke: wrong argument count for
 *           function '<name>': 2 passed, 1 expected."; an isolate made by Fart_CreateHeapIsolate;
 * no room for the arguments on the stack ("Stack Overflow"); what is thrown and not caught, a
 * method that the target does not have included, as an unhandled exception; the same of what was
 * put off.
 */
DART_EXPORT Fart_Handle Fart_Invoke(Fart_Handle target, Fart_Handle name, int number_of_arguments,
                                    Fart_Handle* arguments);

/**
 * Calls a closure, or the method `call` of any other object.
 *
 * \param closure              An instance.
 * \param number_of_arguments  The number of arguments, 0 or more.
 * \param arguments            The arguments: instances or null. NULL only if there are none.
 *
 * Returns   the result as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, POINTER, RANGE, MEMORY; TYPE (closure: Instance, an
 *           argument: "Fart_InvokeClosure expects arguments[<i>] to be an Instance handle."); an
 *           error as closure or argument is returned; an isolate made by Fart_CreateHeapIsolate; no
 *           room for the arguments on the stack ("Stack Overflow"); what is thrown and not caught,
 *           also because the object cannot be called or takes other arguments, as an unhandled
 *           exception; the same of what was put off, as for Fart_Invoke.
 */
DART_EXPORT Fart_Handle Fart_InvokeClosure(Fart_Handle closure, int number_of_arguments,
                                           Fart_Handle* arguments);

/**
 * Reads a variable, field or getter by name, private ones too, but those of `dart:` libraries. A
 * function of that name is torn off.
 *
 * \param container  A library for what it declares itself, a type for the static members of its
 *                   class, or any other instance.
 * \param name       A String.
 *
 * A variable that is read for the first time is initialised. A member that an instance does not
 * have is asked of its noSuchMethod.
 *
 * Returns   the value as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (container: Instance, Type or Library;
 *           name: String); "Fart_GetField: did not find top-level variable '<name>'." (static field
 *           '<Class>.<name>'); an isolate made by Fart_CreateHeapIsolate; what is thrown and not
 *           caught, as an unhandled exception; the same of what was put off, as for Fart_Invoke.
 */
DART_EXPORT Fart_Handle Fart_GetField(Fart_Handle container, Fart_Handle name);

/**
 * Writes a variable or field, or calls a setter, by name, private ones too, but those of `dart:`
 * libraries.
 *
 * \param container  As for Fart_GetField.
 * \param name       A String.
 * \param value      An instance or null.
 *
 * Returns   true for a library or a type; for an instance what its setter returns, or the value, as
 *           a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    those of Fart_GetField, with "Fart_SetField:"; TYPE (value: Instance); "Fart_SetField:
 *           cannot set final field '<name>'.".
 */
DART_EXPORT Fart_Handle Fart_SetField(Fart_Handle container, Fart_Handle name, Fart_Handle value);

/**
 * Tells whether an object is a closure: a function as a value.
 *
 * \param object  Any handle.
 *
 * Returns   true for a closure, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsClosure(Fart_Handle object);

/**
 * Tells whether an object is a future: of a class that implements Future.
 *
 * \param object  Any handle.
 *
 * Returns   true for a future, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsFuture(Fart_Handle object);

/**
 * Tells whether an object is a map: of a class that implements Map.
 *
 * \param object  Any handle.
 *
 * Returns   true for a map, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsMap(Fart_Handle object);

/**
 * Reads a map's value of a key: calls its `[]`.
 *
 * \param map  A map.
 * \param key  An instance or null.
 *
 * Returns   the value as a local handle of the current scope; null if there is none.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (map: Map, key: Instance); what is thrown
 *           and not caught, as an unhandled exception; the same of what was put off, as for
 *           Fart_Invoke.
 */
DART_EXPORT Fart_Handle Fart_MapGetAt(Fart_Handle map, Fart_Handle key);

/**
 * Tells whether a map has a key: calls its `containsKey`.
 *
 * \param map  A map.
 * \param key  An instance or null.
 *
 * Returns   what it answers, true or false.
 * Collects  may.
 * Thread    that has entered.
 * Errors    as Fart_MapGetAt.
 */
DART_EXPORT Fart_Handle Fart_MapContainsKey(Fart_Handle map, Fart_Handle key);

/**
 * Lists the keys of a map: calls `toList` of its `keys`.
 *
 * \param map  A map.
 *
 * Returns   a new list as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    as Fart_MapGetAt.
 */
DART_EXPORT Fart_Handle Fart_MapKeys(Fart_Handle map);

/**
 * Gives the library of the isolate's script.
 *
 * Returns   the library as a local handle of the current scope; null before Fart_LoadScript.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE.
 */
DART_EXPORT Fart_Handle Fart_RootLibrary(void);

/**
 * Makes another library the one that Fart_RootLibrary gives and whose main `fart` runs.
 *
 * \param library  A library; or null, after which another script can be loaded.
 *
 * Returns   `library`.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (Library).
 */
DART_EXPORT Fart_Handle Fart_SetRootLibrary(Fart_Handle library);

/**
 * Finds a library by the URL that Fart_LibraryUrl gives.
 *
 * \param url  A String.
 *
 * Returns   the library as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, MEMORY; TYPE (String); "Fart_LookupLibrary: library '<url>' not
 *           found."
 */
DART_EXPORT Fart_Handle Fart_LookupLibrary(Fart_Handle url);

/**
 * Lists the libraries of the isolate, `dart:` libraries included.
 *
 * Returns   a new list of libraries as a local handle of the current scope. Libraries are no values
 *           of a Fart program: do not pass the list to one.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_GetLoadedLibraries(void);

/**
 * Tells whether an object is a library.
 *
 * \param object  Any handle.
 *
 * Returns   true for a library, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsLibrary(Fart_Handle object);

/**
 * Gives the URL that a library was loaded under.
 *
 * \param library  A library.
 *
 * Returns   a String as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (Library).
 */
DART_EXPORT Fart_Handle Fart_LibraryUrl(Fart_Handle library);

/*
 * ==========
 * Sources of the host
 * ==========
 *
 * A host that keeps sources elsewhere than in files is asked for them: it sets a library tag
 * handler before it loads the script. For each `import`, `export` and `part` the handler is asked
 * first what the URL means there (Fart_kCanonicalizeUrl), then, unless that library has been
 * loaded, for the library or part itself, and calls Fart_LoadLibrary or Fart_LoadSource before it
 * returns. It is not asked for `dart:` libraries, nor for extensions (`dart-ext:`).
 *
 * Example:
 * ```c file
 * static Fart_Handle OnTag(Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) {
 *   Fart_Handle text = Fart_NewStringFromCString("part of script; answer() => 42;");
 *   switch (tag) {
 *     case Fart_kCanonicalizeUrl:
 *       return Fart_DefaultCanonicalizeUrl(Fart_LibraryUrl(library), url);
 *     case Fart_kSourceTag:
 *       return Fart_LoadSource(library, url, Fart_Null(), text, 0, 0);
 *     default:
 *       return Fart_NewApiError("there are no libraries here");
 *   }
 * }
 * ```
 */

/** What a Fart_LibraryTagHandler is asked for. */
typedef enum {
  Fart_kCanonicalizeUrl = 0, /**< The URL, as a String, that `url` in `library` means. */
  Fart_kScriptTag,           /**< Never asked for. */
  Fart_kSourceTag,           /**< A part: Fart_LoadSource. */
  Fart_kImportTag            /**< A library: Fart_LoadLibrary. */
} Fart_LibraryTag;

/**
 * Gives the VM what a library imports. `library` is the one in which `url` stands; of
 * Fart_kSourceTag and Fart_kImportTag `url` is what the handler has answered to
 * Fart_kCanonicalizeUrl. Returns a String for that, else any handle; or an error, which loading
 * comes to: an api error gets the place of the directive.
 *
 * May not shut down the isolate or leave it exited. May not load a script. What it runs of the
 * program cannot be of the libraries that are being loaded: they have no code yet.
 */
typedef Fart_Handle (*Fart_LibraryTagHandler)(Fart_LibraryTag tag, Fart_Handle library,
                                              Fart_Handle url);

/**
 * Sets the function that the current isolate is asked for sources by. Without one the VM reads
 * files.
 *
 * \param handler  The function; NULL for none.
 *
 * Returns   true as a handle.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_SetLibraryTagHandler(Fart_LibraryTagHandler handler);

/**
 * Loads a library. From a library tag handler: for the load that asks, which goes on to what the
 * library imports when the handler has returned. Else the library, and what it imports, is loaded
 * at once, and belongs to the script that has been loaded.
 *
 * \param url            A String that names the library: the URL that the handler was asked for.
 * \param resolved_url   A String: the absolute path from which extensions, and without a handler
 *                       relative imports, are found. Null: it is `url`.
 * \param source         A String: the text of the library.
 * \param line_offset    Lines to add to every line number, 0 to 16,777,215.
 * \param column_offset  Columns to add in the first line, 0 to 16,777,215.
 *
 * Returns   the library as a local handle of the current scope. As long as the load goes on it has
 *           no code: calls and reads of what it declares are refused.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, RANGE, MEMORY; TYPE (String); "Fart_LoadLibrary: The
 *           library '<url>' has already been loaded."; outside of a load, before there is a script:
 *           "Fart_LoadLibrary: No script has been loaded that '<url>' could be a library of.";
 *           "Fart_LoadLibrary: A library cannot be called '<url>'." (`dart:`); from an extension's
 *           initialisation: "Fart_LoadLibrary: A script is being loaded."; an isolate made by
 *           Fart_CreateHeapIsolate; what is wrong in a source, and all else as for Fart_LoadScript.
 */
DART_EXPORT Fart_Handle Fart_LoadLibrary(Fart_Handle url, Fart_Handle resolved_url,
                                         Fart_Handle source, intptr_t line_offset,
                                         intptr_t column_offset);

/**
 * Adds a part to a library that is being loaded, from a library tag handler. May be called again,
 * also for parts that no directive names.
 *
 * \param library        The library.
 * \param url            A String that names the part in messages and stack traces.
 * \param resolved_url   A String or null; parts import nothing, so that it has no meaning.
 * \param source         A String: the text of the part, which says `part of`.
 * \param line_offset    Lines to add to every line number, 0 to 16,777,215.
 * \param column_offset  Columns to add in the first line, 0 to 16,777,215.
 *
 * Returns   `library`.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, RANGE, MEMORY; TYPE (Library, String);
 *           "Fart_LoadSource: The library '<url>' is not being loaded."; an isolate made by
 *           Fart_CreateHeapIsolate; what is wrong in the source, as a compilation error. If the
 * part declares what the library has already, the load comes to that error in any case.
 */
DART_EXPORT Fart_Handle Fart_LoadSource(Fart_Handle library, Fart_Handle url,
                                        Fart_Handle resolved_url, Fart_Handle source,
                                        intptr_t line_offset, intptr_t column_offset);

/**
 * Has a library that is being loaded import another one, as if its source said so. From a library
 * tag handler.
 *
 * \param library  The library.
 * \param import   The one that it imports: a `dart:` library, or one of the same script.
 * \param prefix   A String: the prefix of its names; null or empty for none.
 *
 * Returns   true as a handle.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (library, import: Library, prefix:
 *           String); "Fart_LibraryImportLibrary: The library '<url>' is not being loaded.";
 *           "Fart_LibraryImportLibrary: The library '<url>' belongs to another script, or has not
 *           been loaded."; an isolate made by Fart_CreateHeapIsolate.
 */
DART_EXPORT Fart_Handle Fart_LibraryImportLibrary(Fart_Handle library, Fart_Handle import,
                                                  Fart_Handle prefix);

/**
 * Says from a library tag handler that what is being loaded cannot be: the load comes to this
 * error.
 *
 * \param library  A library.
 * \param error    An error.
 *
 * Returns   null if the library is being loaded; else `error`.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (library: Library, error: Error).
 */
DART_EXPORT Fart_Handle Fart_LibraryHandleError(Fart_Handle library, Fart_Handle error);

/**
 * Ends loading. A library is complete when the function that loads it returns, so that nothing is
 * left to do.
 *
 * \param complete_futures  Has no meaning: no library is loaded later than what imports it.
 *
 * Returns   true as a handle.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_FinalizeLoading(bool complete_futures);

/**
 * Lists who imports or exports the libraries whose URL begins in a certain way. Extensions are no
 * libraries.
 *
 * \param scheme  A String: the beginning of the URL, "dart" for one.
 *
 * Returns   a new list as a local handle of the current scope: importer, imported library,
 * importer,
 *           ... A library that is imported twice is there twice. Do not pass the list to a Fart
 *           program.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (String).
 */
DART_EXPORT Fart_Handle Fart_GetImportsOfScheme(Fart_Handle scheme);

/**
 * Resolves a URL in a document of another one as RFC 3986 says. The base may be relative itself:
 * then dots that lead out of it stay. Nothing is escaped or unescaped.
 *
 * \param base_url  A String.
 * \param url       A String.
 *
 * Returns   a String as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, CALLBACK, MEMORY; TYPE (String); what stands before the first
 *           colon is no scheme: "Fart_DefaultCanonicalizeUrl: Unable to canonicalize uri '<url>' in
 *           '<base_url>'."
 */
DART_EXPORT Fart_Handle Fart_DefaultCanonicalizeUrl(Fart_Handle base_url, Fart_Handle url);

/**
 * Tells what a program finds with String.fromEnvironment and its like. `name` is a String. Returns
 * a String, or null where nothing is declared; any other error than a fatal one is thrown in the
 * program, as an ArgumentError if it is no exception.
 *
 * May not shut down the isolate or leave it exited.
 */
typedef Fart_Handle (*Fart_EnvironmentCallback)(Fart_Handle name);

/**
 * Sets the function that is asked for `new` and `const` String.fromEnvironment,
 * int.fromEnvironment, bool.fromEnvironment and bool.hasEnvironment. Without one nothing is
 * declared. A constant asks once, when it is first used.
 *
 * \param callback  The function; NULL for none.
 *
 * Returns   true as a handle.
 * Collects  never.
 * Thread    that has entered.
 * Errors    ENTRY, MEMORY.
 */
DART_EXPORT Fart_Handle Fart_SetEnvironmentCallback(Fart_EnvironmentCallback callback);

#endif /* FART_API_INCLUDE_DART_API_H_ */
