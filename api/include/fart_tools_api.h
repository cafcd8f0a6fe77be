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
 * Tells whether an object has been promoted. Objects that are large from birth count as old.
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
 * Flags
 * ==========
 *
 * --gc-stress=N        Collect at every Nth allocation, and move everything; 0 for off.
 * --gc-stress-seed=S   With --gc-stress: at random intervals of N on average, repeatable by S.
 * --verify-heap        Check every invariant before and after each collection.
 * --trace-gc           Print a line to standard error for each collection.
 * --pause-goal-us=N    How long a minor collection may take, in microseconds: new space is sized
 * for it. 1000 if not set; 0 for no matter.
 * --mark-in-slices     With a pause goal, mark and sweep old space a little at a time; on if not
 * set. Off: when room for it has run out, all at once.
 * --gc-slices=N        Mark all the time, by N objects at each minor collection: finds errors. With
 * --gc-stress old objects stay where they are then.
 * --max-heap=SIZE      The hard limit of a heap; bytes, or with k, m or g.
 * --checked-handles    Find every use of a local handle after its scope.
 * --forgotten-scope=N  Record a misuse, once an isolate, when N local handles are open: somebody
 *                      has forgotten a scope in a loop. 1000000 if not set; 0 for off.
 * --ffi-checked        Note where native memory is allocated and freed, hold back what is freed,
 * and print to standard error what was not, when the last such isolate has ended.
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
