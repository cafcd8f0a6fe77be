/*
 * The heap without the language: objects of your own shapes, from C.
 *
 * Together with dart_api.h, whose handles, scopes, persistent and weak handles name these objects
 * too, this is all that a host needs for a graph of its own in a collected heap. The words of the
 * Errors lines are explained at the top of dart_api.h.
 *
 * A host that wants no language calls Fart_Initialize, then Fart_CreateHeapIsolate. In an isolate
 * that runs Fart code the same functions work beside it: there such an object is an opaque value,
 * which Fart code can keep, pass on, print and compare for identity.
 */
#ifndef FART_API_INCLUDE_FART_HEAP_API_H_
#define FART_API_INCLUDE_FART_HEAP_API_H_

#include "dart_api.h"

/*
 * ==========
 * Shapes
 * ==========
 *
 * The collector must know which words of an object are references: those it follows and corrects.
 * A shape says so once for all objects of a kind. An object has, in this order of numbering,
 *   - strong references: what they name stays alive;
 *   - weak references: they read as null once what they named is dead;
 *   - raw bytes, which the collector carries along and never looks into.
 * One part may vary from object to object: further strong references, or further raw bytes.
 *
 * In an ephemeron reference 0 is the key and reference 1 the value. It keeps neither alive, until
 * something else keeps the key alive: then the value lives as well, even if it refers back to the
 * key. When the key is dead both read as null.
 *
 * Example:
 * ```c
 * Fart_ShapeDescription description = {0};
 * description.struct_size = sizeof(description);
 * description.name = "TreeNode";
 * description.reference_count = 2;
 * description.byte_count = (intptr_t)sizeof(double);
 * Fart_Shape tree_node = NULL;
 * DART_CHECK_VALID(Fart_RegisterShape(&description, &tree_node));
 * Fart_Handle parent = Fart_AllocateObject(tree_node, 0);
 * Fart_Handle child = Fart_AllocateObject(tree_node, 0);
 * DART_CHECK_VALID(Fart_SetReference(parent, 0, child));
 * assert(Fart_IdentityEquals(Fart_GetReference(parent, 0), child));
 * ```
 */

/** A registered shape. It belongs to the isolate it was registered in and ends with that. */
typedef struct _Fart_Shape* Fart_Shape;

/** What varies in size from object to object of one shape. */
typedef enum {
  Fart_VariablePart_kNone = 0,   /**< Nothing: every object has the same size. */
  Fart_VariablePart_kReferences, /**< Strong references, numbered after the fixed ones. */
  Fart_VariablePart_kBytes,      /**< Raw bytes, which follow the fixed ones. */
} Fart_VariablePart;

/** What a shape is like. Clear it to zero, then set what is needed. */
typedef struct {
  size_t struct_size;              /**< sizeof(Fart_ShapeDescription). */
  const char* name;                /**< For printing; NUL-terminated UTF-8, copied, not empty. */
  intptr_t reference_count;        /**< Strong references in every object. */
  intptr_t weak_reference_count;   /**< Weak references in every object. */
  intptr_t byte_count;             /**< Raw bytes in every object; a multiple of 8 with kBytes. */
  Fart_VariablePart variable_part; /**< What each object has besides. */
  bool is_ephemeron;               /**< Needs a reference_count of 2 or more. */
} Fart_ShapeDescription;

/**
 * Makes an isolate that has a heap and handles and runs no Fart code. Everything in dart_api.h
 * works in it except Fart_LoadScript. It is entered; no scope is open in it.
 *
 * \param callback_data  Handed to every callback of this isolate and kept for Fart_IsolateData.
 * \param error          Where to put a malloc text on failure, which the caller frees; may be
 *                       NULL.
 *
 * Returns   the isolate, now current, until Fart_ShutdownIsolate; NULL on failure.
 * Collects  may, in the new heap only.
 * Thread    one that has entered no isolate.
 * Errors    none as handles; texts for: no Fart_Initialize, an isolate is current, no address
 *           space for the heap.
 */
DART_EXPORT Fart_Isolate Fart_CreateHeapIsolate(void* callback_data, char** error);

/**
 * Tells the current isolate of a new kind of object. A shape stays for the isolate's whole life:
 * register each once. Two of the same name are two shapes.
 *
 * \param description  What its objects are like. Copied.
 * \param shape        Where to put the shape; NULL is put there on failure.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, POINTER, MEMORY; RANGE for each count; a struct_size that no version
 *           had; an empty name; an unknown variable part; a byte_count that is not a multiple of
 *           8 where bytes follow; an ephemeron without key and value; fixed parts of more than
 *           16384 bytes together; more shapes than a heap can tell apart.
 */
DART_EXPORT Fart_Handle Fart_RegisterShape(const Fart_ShapeDescription* description,
                                           Fart_Shape* shape);

/*
 * ==========
 * Objects of registered shapes
 * ==========
 *
 * Objects move, so their bytes are copied in and out. Where that is too slow Fart_RawBytes gives
 * an address, which is good only until the next call whose text says `Collects  may`: the next
 * allocation, for one.
 *
 * Example:
 * ```c
 * Fart_ShapeDescription description = {0};
 * description.struct_size = sizeof(description);
 * description.name = "Samples";
 * description.variable_part = Fart_VariablePart_kBytes;
 * Fart_Shape samples = NULL;
 * DART_CHECK_VALID(Fart_RegisterShape(&description, &samples));
 * Fart_Handle object = Fart_AllocateObject(samples, 64);
 * double first = 0.5;
 * DART_CHECK_VALID(Fart_WriteBytes(object, 8, &first, (intptr_t)sizeof(first)));
 * uint8_t* bytes = NULL;
 * intptr_t length = 0;
 * DART_CHECK_VALID(Fart_RawBytes(object, &bytes, &length));
 * assert(length == 64 && bytes[0] == 0);
 * ```
 */

/**
 * Makes an object. Its references are null, its bytes are 0.
 *
 * \param shape   A shape of the current isolate.
 * \param length  Size of the variable part: a number of references, or of bytes; 0 if the shape
 *                has none.
 *
 * Returns   the object as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, RANGE, MEMORY; a shape that is NULL or another isolate's.
 */
DART_EXPORT Fart_Handle Fart_AllocateObject(Fart_Shape shape, intptr_t length);

/**
 * Makes an object whose first references are given. The others are null, its bytes are 0.
 *
 * \param shape       A shape of the current isolate.
 * \param length      Size of the variable part, as for Fart_AllocateObject.
 * \param count       How many strong references are given; those of the variable part follow the
 *                    fixed ones.
 * \param references  Handles to what they name, any object that is not an error. NULL only with
 *                    count 0.
 *
 * Returns   the object as a local handle of the current scope.
 * Collects  may.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, HANDLE, POINTER, RANGE, MEMORY; a shape that is NULL or another
 *           isolate's; an error among the references is returned.
 */
DART_EXPORT Fart_Handle Fart_AllocateObjectWith(Fart_Shape shape, intptr_t length, intptr_t count,
                                                const Fart_Handle* references);

/**
 * Tells whether an object was made by Fart_AllocateObject.
 *
 * \param object  Any handle.
 *
 * Returns   true for an object of a registered shape, else false.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded.
 */
DART_EXPORT bool Fart_HasRegisteredShape(Fart_Handle object);

/**
 * Gives the shape of an object.
 *
 * \param object  An object of a registered shape.
 * \param shape   Where to put the shape.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_ObjectShape(Fart_Handle object, Fart_Shape* shape);

/**
 * Tells whether an object has a certain shape.
 *
 * \param object  Any handle.
 * \param shape   A shape of the current isolate.
 *
 * Returns   true if it has.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE and a shape that is NULL or another isolate's are recorded
 *           (false).
 */
DART_EXPORT bool Fart_IsOfShape(Fart_Handle object, Fart_Shape shape);

/**
 * Gives the place of an object's shape in the order of registration, for a `switch`: 0 for the
 * shape that was registered first in this isolate, by whoever registered it.
 *
 * \param object  Any handle.
 *
 * Returns   the place; -1 for what is no object of a registered shape.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE are recorded (-1).
 */
DART_EXPORT intptr_t Fart_ShapeIndex(Fart_Handle object);

/**
 * Gives the size of an object's variable part, as it was given to Fart_AllocateObject.
 *
 * \param object  An object of a registered shape.
 * \param length  Where to put the number of references or of bytes; 0 if the shape has none.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_ObjectLength(Fart_Handle object, intptr_t* length);

/**
 * Reads a strong reference, or the key (0) or the value (1) of an ephemeron.
 *
 * \param object  An object of a registered shape.
 * \param index   Which, from 0; those of the variable part follow the fixed ones.
 *
 * Returns   what it names as a local handle of the current scope.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, RANGE, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_GetReference(Fart_Handle object, intptr_t index);

/**
 * Stores a strong reference, or the key (0) or the value (1) of an ephemeron.
 *
 * \param object  An object of a registered shape.
 * \param index   Which, from 0; those of the variable part follow the fixed ones.
 * \param value   Any object that is not an error; null to let go.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, RANGE, MEMORY; TYPE (registered shape); an error as value is
 *           returned.
 */
DART_EXPORT Fart_Handle Fart_SetReference(Fart_Handle object, intptr_t index, Fart_Handle value);

/**
 * Reads consecutive strong references.
 *
 * \param object  An object of a registered shape.
 * \param first   The first one, from 0; those of the variable part follow the fixed ones.
 * \param count   How many; 0 is allowed.
 * \param result  Where to put as many local handles of the current scope. On failure nothing is
 *                written. NULL only with count 0.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_GetReferences(Fart_Handle object, intptr_t first, intptr_t count,
                                           Fart_Handle* result);

/**
 * Stores consecutive strong references: all of them, or none.
 *
 * \param object  An object of a registered shape.
 * \param first   The first one, from 0; those of the variable part follow the fixed ones.
 * \param count   How many; 0 is allowed.
 * \param values  Handles to any objects that are not errors. NULL only with count 0.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (registered shape); an error among
 *           the values is returned.
 */
DART_EXPORT Fart_Handle Fart_SetReferences(Fart_Handle object, intptr_t first, intptr_t count,
                                           const Fart_Handle* values);

/**
 * Reads a weak reference.
 *
 * \param object  An object of a registered shape.
 * \param index   Which, from 0; weak references have numbers of their own.
 *
 * Returns   what it names as a local handle of the current scope, which keeps that alive; null if
 *           it was never set or what it named is dead.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, RANGE, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_GetWeakReference(Fart_Handle object, intptr_t index);

/**
 * Stores a weak reference.
 *
 * \param object  An object of a registered shape.
 * \param index   Which, from 0; weak references have numbers of their own.
 * \param value   Any object that is not an error; null to forget. Small integers never die.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, RANGE, MEMORY; TYPE (registered shape); an error as value is
 *           returned.
 */
DART_EXPORT Fart_Handle Fart_SetWeakReference(Fart_Handle object, intptr_t index,
                                              Fart_Handle value);

/**
 * Copies raw bytes out of an object.
 *
 * \param object            An object of a registered shape.
 * \param offset_in_bytes   Where to begin, from 0; those of the variable part follow the fixed
 *                          ones.
 * \param buffer            Where to put them. NULL only with length 0.
 * \param length_in_bytes   How many.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_ReadBytes(Fart_Handle object, intptr_t offset_in_bytes, void* buffer,
                                       intptr_t length_in_bytes);

/**
 * Copies raw bytes into an object.
 *
 * \param object            An object of a registered shape.
 * \param offset_in_bytes   Where to begin, from 0; those of the variable part follow the fixed
 *                          ones.
 * \param buffer            The bytes. NULL only with length 0.
 * \param length_in_bytes   How many.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, RANGE, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_WriteBytes(Fart_Handle object, intptr_t offset_in_bytes,
                                        const void* buffer, intptr_t length_in_bytes);

/**
 * Gives the address of an object's raw bytes.
 *
 * \param object           An object of a registered shape.
 * \param bytes            Where to put the address, which is aligned to 8: good until the next
 *                         call that may collect, or until the isolate is exited.
 * \param length_in_bytes  Where to put the number of bytes, fixed and variable.
 *
 * Returns   true.
 * Collects  may, to make an error; never when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, HANDLE, POINTER, MEMORY; TYPE (registered shape).
 */
DART_EXPORT Fart_Handle Fart_RawBytes(Fart_Handle object, uint8_t** bytes,
                                      intptr_t* length_in_bytes);

#endif /* FART_API_INCLUDE_FART_HEAP_API_H_ */
