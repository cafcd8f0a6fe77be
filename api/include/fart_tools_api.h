/*
 * Looking into a heap: for tests, tools and hosts that report what they use.
 *
 * Nothing here is needed to run a program. The words of the Errors lines are explained at the top
 * of dart_api.h.
 */
#ifndef FART_API_INCLUDE_FART_TOOLS_API_H_
#define FART_API_INCLUDE_FART_TOOLS_API_H_

#include "dart_api.h"

/*
 * ==========
 * Collecting, and where objects are
 * ==========
 *
 * New objects are born in new space. A minor collection copies the living ones aside, and those
 * that have lived through two of them into old space; large ones grow old where they are. A major
 * collection goes through old space as well. An address is worth something in a test only, and only
 * to be compared.
 *
 * Example:
 * ```c
 * Fart_Handle object = Fart_NewList(4);
 * uintptr_t before = Fart_ObjectAddress(object);
 * DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
 * assert(Fart_ObjectAddress(object) != before);  // Copied; the handle followed.
 * DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
 * DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
 * assert(Fart_IsInOldSpace(object));
 * const char* complaint = Fart_VerifyHeap();
 * assert(complaint == NULL);
 * ```
 */

/** How much to collect. */
typedef enum {
  Fart_Collection_kMinor = 0, /**< New space. */
  Fart_Collection_kMajor,     /**< New and old space. */
  Fart_Collection_kEverything /**< New and old space, then every finalizer that is due, and free
                                   memory goes back to the system. */
} Fart_Collection;

/**
 * Runs a collection now.
 *
 * \param collection  How much.
 *
 * Returns   true.
 * Collects  always. Finalizers that are due may run as well.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK; SCOPE and MEMORY for the last: "Fart_Collect expects argument
 *           'collection' to be a Fart_Collection."
 */
DART_EXPORT Fart_Handle Fart_Collect(Fart_Collection collection);

/**
 * Tells whether an object has been promoted. Large ones grow old as others do, but stay where they
 * are; what has much outside of the heap from birth is old from birth.
 *
 * \param object  Any handle.
 *
 * Returns   true for an object of old space; false for one of new space and for small integers.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_IsInOldSpace(Fart_Handle object);

/**
 * Gives the address where an object is now. For tests: it changes when the object moves.
 *
 * \param object  Any handle.
 *
 * Returns   the address in bytes, good for comparing until the next call that may collect; 0 for
 *           small integers.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded (0).
 */
DART_EXPORT uintptr_t Fart_ObjectAddress(Fart_Handle object);

/**
 * Walks heap, remembered set and handle tables of the current isolate and checks every invariant.
 *
 * Returns   NULL if all is sound; else NUL-terminated UTF-8 that names the broken invariant and
 *           the edge, valid until this thread's next verification.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded, and its text returned.
 */
DART_EXPORT const char* Fart_VerifyHeap(void);

/*
 * ==========
 * Statistics
 * ==========
 *
 * Each struct begins with its size, which the caller sets: so a program compiled for an older
 * version gets the members it knows. "so far" counts from the making of the isolate on; take the
 * difference of two readings to measure something. The rest is as of now.
 *
 * Example:
 * ```c
 * Fart_HeapStatistics heap = {0};
 * heap.struct_size = sizeof(heap);
 * DART_CHECK_VALID(Fart_GetHeapStatistics(&heap));
 * uint64_t visited = heap.persistent_slots_visited;
 * DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
 * DART_CHECK_VALID(Fart_GetHeapStatistics(&heap));
 * assert(heap.minor_collections > 0);
 * assert(heap.persistent_slots_visited >= visited);
 * ```
 */

/** What the heap of an isolate holds and what its collector did. */
typedef struct {
  size_t struct_size; /**< sizeof(Fart_HeapStatistics), set by the caller. */

  uint64_t objects_allocated; /**< So far. */
  uint64_t bytes_allocated;   /**< So far, headers included. */
  uint64_t minor_collections; /**< So far. */
  uint64_t major_collections; /**< So far. */
  uint64_t longest_pause_ns;  /**< So far, of one collection, in nanoseconds. */
  uint64_t sum_of_pauses_ns;  /**< So far, in nanoseconds. */

  uint64_t new_space_live_bytes;      /**< Objects, those that died unnoticed included. */
  uint64_t new_space_committed_bytes; /**< Memory taken from the system. */
  uint64_t new_space_bytes_moved;     /**< So far, copied within new space. */
  uint64_t new_space_regions_freed;   /**< So far. */
  uint64_t bytes_promoted;            /**< So far, copied from new into old space. */
  uint64_t old_space_live_bytes;      /**< Objects, those that died unnoticed included. */
  uint64_t old_space_committed_bytes; /**< Memory taken from the system. */
  uint64_t old_space_bytes_moved;     /**< So far, moved within old space. */
  uint64_t old_space_regions_freed;   /**< So far. */
  uint64_t large_live_bytes;          /**< Large objects, those that died unnoticed included. */
  uint64_t large_committed_bytes;     /**< Memory taken from the system. */
  uint64_t large_bytes_moved;         /**< So far; more than 0 only under stress. */
  uint64_t large_objects_freed;       /**< So far. */
  uint64_t external_bytes;            /**< External sizes of weak and finalizable handles. */
  uint64_t heap_limit_bytes;          /**< What --max-heap set, or the default. */

  uint64_t local_slots_visited;      /**< So far: slots of local handles. */
  uint64_t persistent_slots_visited; /**< So far: slots of persistent handles. */
  uint64_t weak_slots_visited;       /**< So far: slots of weak and finalizable handles. */
  uint64_t stack_slots_visited;      /**< So far: slots of frames of Fart code. */
  uint64_t other_slots_visited;      /**< So far: the VM's own roots. */
  uint64_t holders_scanned;          /**< So far: remembered objects scanned whole. */
  uint64_t cards_scanned;            /**< So far: parts of large remembered objects scanned. */
  uint64_t ephemerons_examined;      /**< So far. */
} Fart_HeapStatistics;

/** The handles of an isolate. */
typedef struct {
  size_t struct_size; /**< sizeof(Fart_HandleStatistics), set by the caller. */

  uint64_t local_made;        /**< So far. */
  uint64_t persistent_made;   /**< So far. */
  uint64_t weak_made;         /**< So far. */
  uint64_t finalizable_made;  /**< So far. */
  uint64_t local_live;        /**< In all open scopes. */
  uint64_t persistent_live;   /**< Not deleted. */
  uint64_t weak_live;         /**< Not deleted, object not known to be dead. */
  uint64_t finalizable_live;  /**< Not deleted, object not known to be dead. */
  uint64_t callbacks_run;     /**< So far: finalizers called. */
  uint64_t callbacks_pending; /**< Finalizers of dead objects that have not run. */
  uint64_t scope_bytes_live;  /**< Memory of all open scopes, in bytes. */
} Fart_HandleStatistics;

/**
 * Reads what the heap of the current isolate holds and what its collector did.
 *
 * \param statistics  Where to put it. Its struct_size must be set; no more than that many bytes
 *                    are written.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, POINTER, MEMORY; a struct_size that no version had.
 */
DART_EXPORT Fart_Handle Fart_GetHeapStatistics(Fart_HeapStatistics* statistics);

/**
 * Counts the handles of the current isolate.
 *
 * \param statistics  Where to put it. Its struct_size must be set; no more than that many bytes
 *                    are written.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, POINTER, MEMORY; a struct_size that no version had.
 */
DART_EXPORT Fart_Handle Fart_GetHandleStatistics(Fart_HandleStatistics* statistics);

/** The handles of an isolate that are still open when it shuts down. */
typedef struct {
  size_t struct_size;          /**< sizeof(Fart_ShutdownReport) of the library. */
  void* isolate_callback_data; /**< That of Fart_CreateIsolate. */
  uint64_t local_open;         /**< In scopes that are still open. */
  uint64_t persistent_open;    /**< Never deleted. */
  uint64_t weak_open;          /**< Not deleted, object not known to be dead: called back next. */
  uint64_t finalizable_open;   /**< The same. */
} Fart_ShutdownReport;

/**
 * Hears what an isolate leaves open, after the shutdown callback of Fart_InitializeParams and
 * before the finalizers that are left. `report` ends with the call.
 *
 * May not do what a Fart_WeakPersistentHandleFinalizer may not.
 */
typedef void (*Fart_ShutdownReportCallback)(const Fart_ShutdownReport* report, void* callback_data);

/**
 * Sets who hears of the handles that isolates of this process leave open.
 *
 * \param callback       Whom to tell; NULL for nobody. Called by the thread that shuts down.
 * \param callback_data  Handed to the callback.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    any.
 * Errors    none.
 */
DART_EXPORT void Fart_SetShutdownReportCallback(Fart_ShutdownReportCallback callback,
                                                void* callback_data);

/*
 * ==========
 * What is in the heap, and who holds it
 * ==========
 *
 * Nothing of it costs anything where it is not used. What runs a callback may do so many times;
 * while the callback runs its thread seems to be inside no isolate, and nobody else can enter the
 * one that is looked at: so every function that needs an isolate answers ENTRY there, and nothing
 * can change.
 *
 * A heap is looked at as it is: objects that died since the last collection are still there. Call
 * Fart_Collect before, to see the living only.
 *
 * Handles tell where they were made once Fart_SetFlag("--handle-provenance") has been called, for
 * those made from then on: by FART_HERE where the host says it (Fart_NewPersistentHandleAt and its
 * like), else by the functions of Fart and of C that were running. Local handles do, and scopes
 * tell where they were opened. "--handle-provenance=sample:1000" notes one in a thousand, and
 * nothing of local ones;
 * "--handle-provenance=false" none any more.
 *
 * Example:
 * ```c file
 * #include <stdio.h>
 * static void Print(const Fart_HandleInfo* info, void* callback_data) {
 *   (void)callback_data;
 *   if (info->place[0] != 0) printf("%s of %s: %s\n", info->kind, info->class_name, info->place);
 * }
 * static bool Write(const char* bytes, size_t length, void* file) {
 *   return fwrite(bytes, 1, length, (FILE*)file) == length;
 * }
 * static void Look(void) {
 *   Fart_SetFlag("--handle-provenance");
 *   Fart_PersistentHandle kept = Fart_NewPersistentHandleAt(Fart_NewList(1), FART_HERE);
 *   Fart_SetHandleLabel(kept, "the cache");
 *   DART_CHECK_VALID(Fart_VisitHandles(Print, NULL));
 *   FILE* file = fopen("my.heapsnapshot", "wb");
 *   DART_CHECK_VALID(Fart_WriteHeapSnapshot(Write, NULL, file));
 *   fclose(file);
 *   Fart_DeletePersistentHandle(kept);
 * }
 * ```
 */

/** The place where it is written, for the functions ...At: two arguments. */
#define FART_HERE __FILE__, __LINE__

/** What a heap has of one shape; as a difference, what has come (or, below zero, gone). */
typedef struct {
  size_t struct_size;     /**< sizeof(Fart_HeapClass) of the library. */
  const char* class_name; /**< NUL-terminated UTF-8; that of the shape where no program has one. */
  const char* shape_name; /**< NUL-terminated UTF-8. */
  int64_t objects;        /**< In all spaces. */
  int64_t bytes;          /**< Of these objects, headers included. */
  int64_t new_objects;    /**< In new space, large ones not counted. */
  int64_t new_bytes;      /**< Of these. */
  int64_t old_objects;    /**< In old space, large ones not counted. */
  int64_t old_bytes;      /**< Of these. */
  int64_t large_objects;  /**< Large ones, young or old. */
  int64_t large_bytes;    /**< Of these. */
} Fart_HeapClass;

/**
 * Hears of the objects of one shape. `row` ends with the call.
 *
 * May not call what needs an isolate: its thread is inside none.
 */
typedef void (*Fart_HeapClassCallback)(const Fart_HeapClass* row, void* callback_data);

/** What a heap held at one moment. It ends with its isolate. */
typedef struct _Fart_HeapHistogram* Fart_HeapHistogram;

/**
 * Counts the objects of the current isolate by shape, to be compared with later.
 *
 * Returns   a histogram; NULL if it could not be made. To be deleted by Fart_DeleteHeapHistogram.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded (NULL).
 */
DART_EXPORT Fart_HeapHistogram Fart_TakeHeapHistogram(void);

/**
 * Deletes a histogram.
 *
 * \param histogram  Of the current isolate, not deleted yet.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, and what is no histogram of the isolate, are recorded.
 */
DART_EXPORT void Fart_DeleteHeapHistogram(Fart_HeapHistogram histogram);

/**
 * Tells what the heap of the current isolate holds, shape by shape, most bytes first.
 *
 * \param since          A histogram of the current isolate: what has come and gone since then; NULL
 *                       for what is there.
 * \param callback       Called once for each shape that there is something to say of.
 * \param callback_data  Handed to the callback.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, POINTER, MEMORY; a histogram that is none of the isolate's; a
 *           callback that does not return.
 */
DART_EXPORT Fart_Handle Fart_VisitHeapClasses(Fart_HeapHistogram since,
                                              Fart_HeapClassCallback callback, void* callback_data);

/** A handle that is open. */
typedef struct {
  size_t struct_size;      /**< sizeof(Fart_HandleInfo) of the library. */
  const void* handle;      /**< The handle. NULL for a local one. */
  const char* kind;        /**< "local handle", "persistent handle", "weak handle",
                                "finalizable handle". */
  const char* class_name;  /**< Of the object; "null" for a constant such as null. */
  const char* label;       /**< What Fart_SetHandleLabel called it; "" for nothing. */
  const char* place;       /**< Where it was made, a line: "cache.cc:88"; "" if not noted. */
  const char* stack;       /**< Where it was made, all lines; "" if not noted. */
  int64_t age;             /**< Collections since it was made; -1 if not noted. */
  uint64_t scope;          /**< Of a local one: 1 for the outermost scope; else 0. */
  uint64_t external_bytes; /**< Its external size. */
  const char* scope_place; /**< Of a local one: where its scope was opened; "" if not noted. */
} Fart_HandleInfo;

/**
 * Hears of one handle. `info` ends with the call.
 *
 * May not call what needs an isolate: its thread is inside none.
 */
typedef void (*Fart_HandleCallback)(const Fart_HandleInfo* info, void* callback_data);

/**
 * Tells of every open handle of the current isolate: local ones, those of the innermost scope
 * first, then persistent, then weak and finalizable ones whose objects are not known to be dead.
 *
 * \param callback       Called once for each.
 * \param callback_data  Handed to the callback.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, POINTER, MEMORY; a callback that does not return.
 */
DART_EXPORT Fart_Handle Fart_VisitHandles(Fart_HandleCallback callback, void* callback_data);

/**
 * Fart_NewPersistentHandle, with the place of the call: `Fart_NewPersistentHandleAt(x, FART_HERE)`.
 * The place is noted while --handle-provenance is on, and takes no stack to be looked at.
 *
 * \param object  Any handle.
 * \param file    NUL-terminated name of a file. It is copied.
 * \param line    A line of it.
 *
 * Returns   a persistent handle. To be deleted by Fart_DeletePersistentHandle.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, HANDLE, SCOPE, POINTER, MEMORY.
 */
DART_EXPORT Fart_PersistentHandle Fart_NewPersistentHandleAt(Fart_Handle object, const char* file,
                                                             int line);

/**
 * Fart_NewWeakPersistentHandle, with the place of the call as in Fart_NewPersistentHandleAt.
 *
 * \param object                    As in Fart_NewWeakPersistentHandle.
 * \param peer                      Handed to the callback unchanged; may be NULL.
 * \param external_allocation_size  As in Fart_NewWeakPersistentHandle, in bytes.
 * \param callback                  Called once, unless the handle is deleted before.
 * \param file                      NUL-terminated name of a file. It is copied.
 * \param line                      A line of it.
 *
 * Returns   a weak handle, or NULL, as Fart_NewWeakPersistentHandle.
 * Collects  may, because of the external size.
 * Thread    that has entered.
 * Errors    none returned; recorded (NULL): as in Fart_NewWeakPersistentHandle, and POINTER (file).
 */
DART_EXPORT Fart_WeakPersistentHandle Fart_NewWeakPersistentHandleAt(
    Fart_Handle object, void* peer, intptr_t external_allocation_size,
    Fart_WeakPersistentHandleFinalizer callback, const char* file, int line);

/**
 * Fart_NewFinalizableHandle, with the place of the call as in Fart_NewPersistentHandleAt.
 *
 * \param object                    As in Fart_NewFinalizableHandle.
 * \param peer                      Handed to the callback unchanged; may be NULL.
 * \param external_allocation_size  As in Fart_NewWeakPersistentHandle, in bytes.
 * \param callback                  Called once, unless the handle is deleted before.
 * \param file                      NUL-terminated name of a file. It is copied.
 * \param line                      A line of it.
 *
 * Returns   a finalizable handle, or NULL, as Fart_NewFinalizableHandle.
 * Collects  may, because of the external size.
 * Thread    that has entered.
 * Errors    none returned; recorded (NULL): as in Fart_NewWeakPersistentHandle, and POINTER (file).
 */
DART_EXPORT Fart_FinalizableHandle Fart_NewFinalizableHandleAt(Fart_Handle object, void* peer,
                                                               intptr_t external_allocation_size,
                                                               Fart_HandleFinalizer callback,
                                                               const char* file, int line);

/**
 * Says what a handle is for: reports and snapshots name it. As long as the handle, whether
 * --handle-provenance is on or not.
 *
 * \param handle  A local, persistent, weak or finalizable handle that is open. The constants, such
 *                as Fart_Null(), have none of their own.
 * \param label   NUL-terminated UTF-8. It is copied. "" takes the label away.
 *
 * Returns   true if it was noted.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE, POINTER are recorded (false).
 */
DART_EXPORT bool Fart_SetHandleLabel(const void* handle, const char* label);

/**
 * Takes a piece of what is written. It ends with the call.
 *
 * Returns true to get more, false to give up. May not call what needs an isolate: its thread is
 * inside none.
 */
typedef bool (*Fart_WriteCallback)(const char* bytes, size_t length, void* callback_data);

/** How a leak report is written. */
typedef enum {
  Fart_LeakReport_kText = 0, /**< For people. */
  Fart_LeakReport_kJson      /**< For programs: an object of JSON. */
} Fart_LeakReport;

/**
 * Writes which handles are open, grouped by kind, label and place, with the bytes that each group
 * keeps alive and nothing else does (what the group dominates: they would go if its handles were
 * deleted), most first; then objects whose data is acquired, and ports. Takes memory in proportion
 * to the heap.
 *
 * \param format         Text or JSON.
 * \param write          Gets the report, in pieces.
 * \param callback_data  Handed to `write`.
 *
 * Returns   true; false if `write` gave up.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, POINTER, MEMORY; what is no Fart_LeakReport; a callback that
 *           does not return.
 */
DART_EXPORT Fart_Handle Fart_WriteLeakReport(Fart_LeakReport format, Fart_WriteCallback write,
                                             void* callback_data);

/**
 * Hears how far a snapshot is: `done` of `total` steps of about the same length.
 *
 * Returns true to go on, false to give up. May not call what needs an isolate: its thread is inside
 * none.
 */
typedef bool (*Fart_ProgressCallback)(uint64_t done, uint64_t total, void* callback_data);

/**
 * Writes all of the current isolate's heap in the format of V8's .heapsnapshot files, which
 * Chrome's DevTools and memlab read: objects with their fields by name, strings and numbers
 * readable, and what leads to them from outside: static variables, frames, and handles with the
 * place that made them. Takes memory in proportion to handles and shapes, not to the heap. The
 * numbers (ids) of objects are those of one snapshot only.
 *
 * \param write          Gets the file, in pieces of 64 KiB.
 * \param progress       Hears how far it is; NULL for nobody.
 * \param callback_data  Handed to both.
 *
 * Returns   true; false if one of them gave up.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, POINTER, MEMORY; a callback that does not return.
 */
DART_EXPORT Fart_Handle Fart_WriteHeapSnapshot(Fart_WriteCallback write,
                                               Fart_ProgressCallback progress, void* callback_data);

/**
 * Asks for a snapshot in the file of --heap-snapshot, with ".1", ".2" and so on behind its name.
 * The thread that is inside the isolate writes it, when a collection next ends or when it waits for
 * messages in Fart_RunLoop; where no file was named none is written. With --gc-histogram what the
 * heap holds by class is printed then, too. Requests that come before that are one. `fart` calls it
 * when SIGUSR1 comes.
 *
 * \param isolate  Any isolate.
 *
 * Returns   true if it was asked.
 * Collects  never.
 * Thread    any.
 * Errors    none returned; what is no isolate is recorded (false).
 */
DART_EXPORT bool Fart_RequestHeapSnapshot(Fart_Isolate isolate);

/** A step of the way to an object. */
typedef struct {
  size_t struct_size;     /**< sizeof(Fart_PathStep) of the library. */
  const char* reference;  /**< From the step before: ".next", "[3]", in a map "["key"]",
                               "(persistent handle cache.cc:88, 41 collections old)"; of the first
                               step, which kind of roots. */
  const char* class_name; /**< Of what it leads to; "" for the first step. */
} Fart_PathStep;

/**
 * Hears of one step. `step` ends with the call.
 *
 * May not call what needs an isolate: its thread is inside none.
 */
typedef void (*Fart_PathCallback)(const Fart_PathStep* step, void* callback_data);

/**
 * Finds the shortest way by which an object is kept alive, from outside the heap to it. The handle
 * that is handed in counts: to see who else holds an object, hand in a weak handle, or ask
 * --why. Takes memory in proportion to the heap.
 *
 * \param object         Any handle, or a Fart_WeakPersistentHandle cast to one: it holds nothing.
 * \param callback       Called once for each step, from the roots on.
 * \param callback_data  Handed to the callback.
 *
 * Returns   true; false if nothing keeps it: it is a constant, or only weak references lead to it.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, CALLBACK, SCOPE, HANDLE, POINTER, MEMORY; a callback that does not return.
 */
DART_EXPORT Fart_Handle Fart_VisitRetainingPath(Fart_Handle object, Fart_PathCallback callback,
                                                void* callback_data);

/*
 * ==========
 * Flags
 * ==========
 *
 * --gc-stress=N        Collect at every Nth allocation, and move everything; 0 for off.
 * --gc-stress-seed=S   With --gc-stress: at random intervals of N on average, repeatable by S.
 * --verify-heap        Check every invariant before and after each collection.
 * --trace-gc           Print a line to standard error for each collection: when, which isolate,
 * kind and cause, bytes before and after, bytes moved, pause.
 * --pause-goal-us=N    How long a minor collection may take, in microseconds: new space is sized
 * for it. 1000 if not set; 0 for no matter.
 * --mark-in-slices     With a pause goal, mark and sweep old space a little at a time; on if not
 * set. Off: when room for it has run out, all at once.
 * --gc-concurrent=HOW  Whether what would be marked a little at a time is marked on a thread of the
 * process instead: on, where there is a second processor, is the default; off; or always, also
 * what --gc-slices marks.
 * --gc-workers=N       Mark with N threads, where the whole heap is marked at once and that takes
 * longer: no more than there are processors, nor than 16. 1 if not set, and 0: the program's own
 * alone. With --gc-stress always, and however many processors there are: finds errors.
 * --gc-slices=N        Mark all the time, by N objects at each minor collection, and move what
 * lives in old space after each marking, a region at a time: finds errors. With --gc-stress old
 * objects move no other way then.
 * --max-heap=SIZE      The hard limit of a heap; bytes, or with k, m or g.
 * --new-space-first=SIZE, --new-space-min=SIZE, --new-space-max=SIZE
 *                      How large new space is at first (512k), where much lives or scavenges are
 *                      dear (8m), and at most (64m): from 256k to 1g. Setting one moves the others
 *                      where they would be out of order.
 * --checked-handles    Find every use of a local handle after its scope. What is said of a handle
 * that has ended tells where it was made, where its scope ended or it was deleted, and where it is
 * used; so for those that are not local. With =abort it is printed to standard error, and the
 * process ends.
 * --forgotten-scope=N  Record a misuse, once an isolate, when N local handles are open: somebody
 *                      has forgotten a scope in a loop. 1000000 if not set; 0 for off.
 * --ffi-checked        Note where native memory is allocated and freed, hold back what is freed,
 * and print to standard error what was not, when the last such isolate has ended.
 * --enable-asserts     Run `assert` in programs, as Fart_IsolateFlags.enable_asserts does.
 * --checked            That, and check what annotations of types in programs say, as
 *                      Fart_IsolateFlags.enable_type_checks does.
 *
 * --handle-provenance  Note where each handle is made, and each scope opened; =sample:N for one in
 * N of those that are not local.
 * --gc-trace=FILE      Write an event for each collection and each of its phases, for what other
 *                      threads mark, and counters, in Chrome's trace format, for Perfetto or
 *                      chrome://tracing.
 * --gc-histogram       When an isolate is shut down, collect and print what is left, by class. At
 *                      each Fart_RequestHeapSnapshot print what there is.
 * --leak-report        When an isolate is shut down, print which handles are open, by place.
 * --heap-snapshot=FILE When an isolate is shut down, collect and write what is left, as
 *                      Fart_WriteHeapSnapshot does. Of several isolates the last one stays. Also
 *                      names the files of Fart_RequestHeapSnapshot.
 * --why=CLASS          When an isolate is shut down, print what keeps an object of this class.
 *
 * A flag that is on or off is on when its name stands alone, or with =true; off with =false.
 *
 * The environment variable FART_FLAGS sets them for any host, `fart` takes them on its command
 * line, and the functions below set them from a program.
 *
 * Example:
 * ```c
 * assert(Fart_SetFlag("--gc-stress=1"));
 * assert(Fart_GetFlag("gc-stress")[0] == '1');
 * Fart_NewList(1);  // Everything moves here.
 * assert(Fart_SetFlag("--gc-stress=0"));
 * assert(!Fart_SetFlag("--no-such-flag"));
 * ```
 */

/**
 * Sets a flag: of the current isolate, from now on; or, where none is current, of every isolate
 * made afterwards. --max-heap, --checked-handles, --forgotten-scope and --ffi-checked can be set
 * only where none is current.
 *
 * \param flag  NUL-terminated, written as on the command line.
 *
 * Returns   true if it was set; false, and nothing is changed, if it is unknown or malformed.
 * Collects  never.
 * Thread    that has entered, or one that has entered no isolate while no other makes one.
 * Errors    none returned; POINTER, and why a flag was refused, are recorded (false).
 */
DART_EXPORT bool Fart_SetFlag(const char* flag);

/**
 * Reads a flag: of the current isolate; or, where none is current, what isolates start with.
 *
 * \param name  NUL-terminated, without the dashes: "gc-stress".
 *
 * Returns   its value as NUL-terminated text: a number, a size in bytes, "true" or "false"; valid
 *           until this thread next calls Fart_GetFlag. NULL for an unknown flag.
 * Collects  never.
 * Thread    any.
 * Errors    none returned; POINTER, and an unknown name, are recorded (NULL).
 */
DART_EXPORT const char* Fart_GetFlag(const char* name);

#endif /* FART_API_INCLUDE_FART_TOOLS_API_H_ */
