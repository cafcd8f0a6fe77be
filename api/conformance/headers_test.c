// Compiles the public headers as C11, and states again what existing sources rely on: a signature,
// a value or a member that differs does not compile.

// First, as in extensions that include nothing else: it must bring the standard types along.
#include "dart_api.h"
// Twice, as hosts do.
#include "dart_api.h"
#include "dart_native_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

#ifdef __cplusplus
#define FART_SAME(a, b) static_assert((a) == (b), "differs")
#else
#define FART_SAME(a, b) _Static_assert((a) == (b), "differs")
#endif

DART_EXPORT bool Fart_IsError(Fart_Handle handle);
DART_EXPORT bool Fart_IsApiError(Fart_Handle handle);
DART_EXPORT bool Fart_IsUnhandledExceptionError(Fart_Handle handle);
DART_EXPORT bool Fart_IsCompilationError(Fart_Handle handle);
DART_EXPORT bool Fart_IsFatalError(Fart_Handle handle);
DART_EXPORT bool Fart_IsVMRestartRequest(Fart_Handle handle);
DART_EXPORT const char* Fart_GetError(Fart_Handle handle);
DART_EXPORT bool Fart_ErrorHasException(Fart_Handle handle);
DART_EXPORT Fart_Handle Fart_ErrorGetException(Fart_Handle handle);
DART_EXPORT Fart_Handle Fart_ErrorGetStackTrace(Fart_Handle handle);
DART_EXPORT Fart_Handle Fart_NewApiError(const char* error);
DART_EXPORT Fart_Handle Fart_NewUnhandledExceptionError(Fart_Handle exception);
DART_EXPORT Fart_Handle Fart_PropagateError(Fart_Handle handle);
DART_EXPORT void _Fart_ReportErrorHandle(const char* file, int line, const char* handle_string,
                                         const char* error);
DART_EXPORT void Fart_SetStickyError(Fart_Handle error);
DART_EXPORT bool Fart_HasStickyError(void);
DART_EXPORT Fart_Handle Fart_GetStickyError(void);
DART_EXPORT const char* Fart_VersionString(void);
DART_EXPORT int32_t Fart_VersionNumber(void);
DART_EXPORT char* Fart_Initialize(Fart_InitializeParams* params);
DART_EXPORT char* Fart_Cleanup(void);
DART_EXPORT Fart_Isolate Fart_CreateIsolate(const char* script_uri, const char* main,
                                            const uint8_t* snapshot, Fart_IsolateFlags* flags,
                                            void* callback_data, char** error);
DART_EXPORT void Fart_ShutdownIsolate(void);
DART_EXPORT Fart_Isolate Fart_CurrentIsolate(void);
DART_EXPORT void* Fart_CurrentIsolateData(void);
DART_EXPORT void* Fart_IsolateData(Fart_Isolate isolate);
DART_EXPORT void Fart_EnterIsolate(Fart_Isolate isolate);
DART_EXPORT void Fart_ExitIsolate(void);
DART_EXPORT void Fart_EnterScope(void);
DART_EXPORT void Fart_ExitScope(void);
DART_EXPORT uint8_t* Fart_ScopeAllocate(intptr_t size);
DART_EXPORT Fart_PersistentHandle Fart_NewPersistentHandle(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_HandleFromPersistent(Fart_PersistentHandle object);
DART_EXPORT void Fart_SetPersistentHandle(Fart_PersistentHandle obj1, Fart_Handle obj2);
DART_EXPORT void Fart_DeletePersistentHandle(Fart_PersistentHandle object);
DART_EXPORT Fart_WeakPersistentHandle
Fart_NewWeakPersistentHandle(Fart_Handle object, void* peer, intptr_t external_allocation_size,
                             Fart_WeakPersistentHandleFinalizer callback);
DART_EXPORT Fart_Handle Fart_HandleFromWeakPersistent(Fart_WeakPersistentHandle object);
DART_EXPORT void Fart_DeleteWeakPersistentHandle(Fart_Isolate isolate,
                                                 Fart_WeakPersistentHandle object);
DART_EXPORT Fart_Handle Fart_Null(void);
DART_EXPORT Fart_Handle Fart_True(void);
DART_EXPORT Fart_Handle Fart_False(void);
DART_EXPORT Fart_Handle Fart_EmptyString(void);
DART_EXPORT Fart_Handle Fart_NewBoolean(bool value);
DART_EXPORT bool Fart_IsNull(Fart_Handle object);
DART_EXPORT bool Fart_IsInstance(Fart_Handle object);
DART_EXPORT bool Fart_IsBoolean(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_BooleanValue(Fart_Handle boolean_obj, bool* value);
DART_EXPORT Fart_Handle Fart_ToString(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_ObjectEquals(Fart_Handle obj1, Fart_Handle obj2, bool* equal);
DART_EXPORT bool Fart_IdentityEquals(Fart_Handle obj1, Fart_Handle obj2);
DART_EXPORT uint64_t Fart_IdentityHash(Fart_Handle obj);
DART_EXPORT bool Fart_IsNumber(Fart_Handle object);
DART_EXPORT bool Fart_IsInteger(Fart_Handle object);
DART_EXPORT bool Fart_IsDouble(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_NewInteger(int64_t value);
DART_EXPORT Fart_Handle Fart_NewIntegerFromUint64(uint64_t value);
DART_EXPORT Fart_Handle Fart_NewIntegerFromHexCString(const char* value);
DART_EXPORT Fart_Handle Fart_IntegerFitsIntoUint64(Fart_Handle integer, bool* fits);
DART_EXPORT Fart_Handle Fart_IntegerToUint64(Fart_Handle integer, uint64_t* value);
DART_EXPORT Fart_Handle Fart_IntegerToHexCString(Fart_Handle integer, const char** value);
DART_EXPORT Fart_Handle Fart_IntegerFitsIntoInt64(Fart_Handle integer, bool* fits);
DART_EXPORT Fart_Handle Fart_IntegerToInt64(Fart_Handle integer, int64_t* value);
DART_EXPORT Fart_Handle Fart_NewDouble(double value);
DART_EXPORT Fart_Handle Fart_DoubleValue(Fart_Handle double_obj, double* value);
DART_EXPORT bool Fart_IsString(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_StringLength(Fart_Handle str, intptr_t* length);
DART_EXPORT Fart_Handle Fart_NewStringFromCString(const char* str);
DART_EXPORT Fart_Handle Fart_NewStringFromUTF8(const uint8_t* utf8_array, intptr_t length);
DART_EXPORT bool Fart_IsStringLatin1(Fart_Handle object);
DART_EXPORT bool Fart_IsExternalString(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_NewStringFromUTF16(const uint16_t* utf16_array, intptr_t length);
DART_EXPORT Fart_Handle Fart_NewStringFromUTF32(const int32_t* utf32_array, intptr_t length);
DART_EXPORT Fart_Handle Fart_NewExternalLatin1String(const uint8_t* latin1_array, intptr_t length,
                                                     void* peer, Fart_PeerFinalizer cback);
DART_EXPORT Fart_Handle Fart_NewExternalUTF16String(const uint16_t* utf16_array, intptr_t length,
                                                    void* peer, Fart_PeerFinalizer cback);
DART_EXPORT Fart_Handle Fart_MakeExternalString(Fart_Handle str, void* array,
                                                intptr_t external_allocation_size, void* peer,
                                                Fart_PeerFinalizer cback);
DART_EXPORT Fart_Handle Fart_StringGetProperties(Fart_Handle str, intptr_t* char_size,
                                                 intptr_t* str_len, void** peer);
DART_EXPORT Fart_Handle Fart_StringStorageSize(Fart_Handle str, intptr_t* size);
DART_EXPORT Fart_Handle Fart_StringToLatin1(Fart_Handle str, uint8_t* latin1_array,
                                            intptr_t* length);
DART_EXPORT Fart_Handle Fart_StringToUTF16(Fart_Handle str, uint16_t* utf16_array,
                                           intptr_t* length);
DART_EXPORT Fart_Handle Fart_StringToCString(Fart_Handle str, const char** cstr);
DART_EXPORT Fart_Handle Fart_StringToUTF8(Fart_Handle str, uint8_t** utf8_array, intptr_t* length);
DART_EXPORT bool Fart_IsList(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_NewList(intptr_t length);
DART_EXPORT Fart_Handle Fart_ListLength(Fart_Handle list, intptr_t* length);
DART_EXPORT Fart_Handle Fart_ListGetAt(Fart_Handle list, intptr_t index);
DART_EXPORT Fart_Handle Fart_ListGetRange(Fart_Handle list, intptr_t offset, intptr_t length,
                                          Fart_Handle* result);
DART_EXPORT Fart_Handle Fart_ListSetAt(Fart_Handle list, intptr_t index, Fart_Handle value);
DART_EXPORT Fart_Handle Fart_ListGetAsBytes(Fart_Handle list, intptr_t offset,
                                            uint8_t* native_array, intptr_t length);
DART_EXPORT Fart_Handle Fart_ListSetAsBytes(Fart_Handle list, intptr_t offset,
                                            const uint8_t* native_array, intptr_t length);
DART_EXPORT bool Fart_IsTypedData(Fart_Handle object);
DART_EXPORT bool Fart_IsByteBuffer(Fart_Handle object);
DART_EXPORT Fart_TypedData_Type Fart_GetTypeOfTypedData(Fart_Handle object);
DART_EXPORT Fart_TypedData_Type Fart_GetTypeOfExternalTypedData(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_NewTypedData(Fart_TypedData_Type type, intptr_t length);
DART_EXPORT Fart_Handle Fart_NewExternalTypedData(Fart_TypedData_Type type, void* data,
                                                  intptr_t length);
DART_EXPORT Fart_Handle Fart_NewByteBuffer(Fart_Handle typed_data);
DART_EXPORT Fart_Handle Fart_GetDataFromByteBuffer(Fart_Handle byte_buffer);
DART_EXPORT Fart_Handle Fart_TypedDataAcquireData(Fart_Handle object, Fart_TypedData_Type* type,
                                                  void** data, intptr_t* len);
DART_EXPORT Fart_Handle Fart_TypedDataReleaseData(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_ThrowException(Fart_Handle exception);
DART_EXPORT Fart_Handle Fart_RethrowException(Fart_Handle exception, Fart_Handle stacktrace);
DART_EXPORT Fart_Handle Fart_SetNativeResolver(Fart_Handle library,
                                               Fart_NativeEntryResolver resolver,
                                               Fart_NativeEntrySymbol symbol);
DART_EXPORT Fart_Handle Fart_GetNativeResolver(Fart_Handle library,
                                               Fart_NativeEntryResolver* resolver);
DART_EXPORT Fart_Handle Fart_GetNativeSymbol(Fart_Handle library, Fart_NativeEntrySymbol* resolver);
DART_EXPORT void* Fart_GetNativeIsolateData(Fart_NativeArguments args);
DART_EXPORT int Fart_GetNativeArgumentCount(Fart_NativeArguments args);
DART_EXPORT Fart_Handle Fart_GetNativeArgument(Fart_NativeArguments args, int index);
DART_EXPORT Fart_Handle Fart_GetNativeArguments(
    Fart_NativeArguments args, int num_arguments,
    const Fart_NativeArgument_Descriptor* arg_descriptors, Fart_NativeArgument_Value* arg_values);
DART_EXPORT Fart_Handle Fart_GetNativeStringArgument(Fart_NativeArguments args, int arg_index,
                                                     void** peer);
DART_EXPORT Fart_Handle Fart_GetNativeIntegerArgument(Fart_NativeArguments args, int index,
                                                      int64_t* value);
DART_EXPORT Fart_Handle Fart_GetNativeBooleanArgument(Fart_NativeArguments args, int index,
                                                      bool* value);
DART_EXPORT Fart_Handle Fart_GetNativeDoubleArgument(Fart_NativeArguments args, int index,
                                                     double* value);
DART_EXPORT void Fart_SetReturnValue(Fart_NativeArguments args, Fart_Handle retval);
DART_EXPORT void Fart_SetWeakHandleReturnValue(Fart_NativeArguments args,
                                               Fart_WeakPersistentHandle rval);
DART_EXPORT void Fart_SetBooleanReturnValue(Fart_NativeArguments args, bool retval);
DART_EXPORT void Fart_SetIntegerReturnValue(Fart_NativeArguments args, int64_t retval);
DART_EXPORT void Fart_SetDoubleReturnValue(Fart_NativeArguments args, double retval);
DART_EXPORT Fart_Handle Fart_LoadScript(Fart_Handle url, Fart_Handle resolved_url,
                                        Fart_Handle source, intptr_t line_offset,
                                        intptr_t col_offset);
DART_EXPORT Fart_Handle Fart_Invoke(Fart_Handle target, Fart_Handle name, int number_of_arguments,
                                    Fart_Handle* arguments);
DART_EXPORT Fart_Handle Fart_InvokeClosure(Fart_Handle closure, int number_of_arguments,
                                           Fart_Handle* arguments);
DART_EXPORT Fart_Handle Fart_GetField(Fart_Handle container, Fart_Handle name);
DART_EXPORT Fart_Handle Fart_SetField(Fart_Handle container, Fart_Handle name, Fart_Handle value);
DART_EXPORT bool Fart_IsClosure(Fart_Handle object);
DART_EXPORT bool Fart_IsFuture(Fart_Handle object);
DART_EXPORT bool Fart_IsMap(Fart_Handle object);
DART_EXPORT Fart_Handle Fart_MapGetAt(Fart_Handle map, Fart_Handle key);
DART_EXPORT Fart_Handle Fart_MapContainsKey(Fart_Handle map, Fart_Handle key);
DART_EXPORT Fart_Handle Fart_MapKeys(Fart_Handle map);
DART_EXPORT Fart_Handle Fart_New(Fart_Handle type, Fart_Handle constructor_name,
                                 int number_of_arguments, Fart_Handle* arguments);
DART_EXPORT Fart_Handle Fart_InvokeConstructor(Fart_Handle object, Fart_Handle name,
                                               int number_of_arguments, Fart_Handle* arguments);
DART_EXPORT Fart_Handle Fart_RootLibrary(void);
DART_EXPORT Fart_Handle Fart_SetRootLibrary(Fart_Handle library);
DART_EXPORT Fart_Handle Fart_LookupLibrary(Fart_Handle url);
DART_EXPORT Fart_Handle Fart_GetLoadedLibraries(void);
DART_EXPORT Fart_Handle Fart_SetLibraryTagHandler(Fart_LibraryTagHandler handler);
DART_EXPORT Fart_Handle Fart_LoadLibrary(Fart_Handle url, Fart_Handle resolved_url,
                                         Fart_Handle source, intptr_t line_offset,
                                         intptr_t column_offset);
DART_EXPORT Fart_Handle Fart_LoadSource(Fart_Handle library, Fart_Handle url,
                                        Fart_Handle resolved_url, Fart_Handle source,
                                        intptr_t line_offset, intptr_t column_offset);
DART_EXPORT Fart_Handle Fart_LibraryImportLibrary(Fart_Handle library, Fart_Handle import,
                                                  Fart_Handle prefix);
DART_EXPORT Fart_Handle Fart_LibraryHandleError(Fart_Handle library, Fart_Handle error);
DART_EXPORT Fart_Handle Fart_FinalizeLoading(bool complete_futures);
DART_EXPORT Fart_Handle Fart_GetImportsOfScheme(Fart_Handle scheme);
DART_EXPORT Fart_Handle Fart_DefaultCanonicalizeUrl(Fart_Handle base_url, Fart_Handle url);
DART_EXPORT Fart_Handle Fart_SetEnvironmentCallback(Fart_EnvironmentCallback callback);
FART_SAME(Fart_kCanonicalizeUrl, 0);
FART_SAME(Fart_kScriptTag, 1);
FART_SAME(Fart_kSourceTag, 2);
FART_SAME(Fart_kImportTag, 3);
DART_EXPORT Fart_Handle Fart_DebugName(void);
DART_EXPORT bool Fart_SetVMFlags(int argc, const char** argv);
DART_EXPORT bool Fart_IsVMFlagSet(const char* flag_name);
DART_EXPORT bool Fart_IsType(Fart_Handle handle);
DART_EXPORT bool Fart_IsFunction(Fart_Handle handle);
DART_EXPORT bool Fart_IsVariable(Fart_Handle handle);
DART_EXPORT bool Fart_IsTypeVariable(Fart_Handle handle);
DART_EXPORT Fart_Handle Fart_GetType(Fart_Handle library, Fart_Handle class_name,
                                     intptr_t number_of_type_arguments,
                                     Fart_Handle* type_arguments);
DART_EXPORT Fart_Handle Fart_GetClass(Fart_Handle library, Fart_Handle class_name);
DART_EXPORT Fart_Handle Fart_InstanceGetType(Fart_Handle instance);
DART_EXPORT Fart_Handle Fart_ObjectIsType(Fart_Handle object, Fart_Handle type, bool* instanceof);
DART_EXPORT Fart_Handle Fart_Allocate(Fart_Handle type);
DART_EXPORT Fart_Handle Fart_AllocateWithNativeFields(Fart_Handle type, intptr_t num_native_fields,
                                                      const intptr_t* native_fields);
DART_EXPORT Fart_Handle Fart_CreateNativeWrapperClass(Fart_Handle library, Fart_Handle class_name,
                                                      int field_count);
DART_EXPORT Fart_Handle Fart_GetNativeInstanceFieldCount(Fart_Handle obj, int* count);
DART_EXPORT Fart_Handle Fart_GetNativeInstanceField(Fart_Handle obj, int index, intptr_t* value);
DART_EXPORT Fart_Handle Fart_SetNativeInstanceField(Fart_Handle obj, int index, intptr_t value);
DART_EXPORT Fart_Handle Fart_GetNativeReceiver(Fart_NativeArguments args, intptr_t* value);
DART_EXPORT Fart_Handle Fart_GetNativeFieldsOfArgument(Fart_NativeArguments args, int arg_index,
                                                       int num_fields, intptr_t* field_values);
DART_EXPORT bool Fart_IsLibrary(Fart_Handle object);
DART_EXPORT bool Fart_IsolateMakeRunnable(Fart_Isolate isolate);
DART_EXPORT void Fart_SetMessageNotifyCallback(Fart_MessageNotifyCallback message_notify_callback);
DART_EXPORT Fart_MessageNotifyCallback Fart_GetMessageNotifyCallback(void);
DART_EXPORT Fart_Handle Fart_HandleMessage(void);
DART_EXPORT Fart_Handle Fart_HandleMessages(void);
DART_EXPORT Fart_Handle Fart_RunLoop(void);
DART_EXPORT Fart_Port Fart_GetMainPortId(void);
DART_EXPORT bool Fart_HasLivePorts(void);
DART_EXPORT bool Fart_Post(Fart_Port port_id, Fart_Handle object);
DART_EXPORT Fart_Handle Fart_NewSendPort(Fart_Port port_id);
DART_EXPORT Fart_Handle Fart_SendPortGetId(Fart_Handle port, Fart_Port* port_id);
DART_EXPORT bool Fart_PostCObject(Fart_Port port_id, Fart_CObject* message);
DART_EXPORT bool Fart_PostInteger(Fart_Port port_id, int64_t message);
DART_EXPORT Fart_Port Fart_NewNativePort(const char* name, Fart_NativeMessageHandler handler,
                                         bool handle_concurrently);
DART_EXPORT bool Fart_CloseNativePort(Fart_Port native_port_id);
DART_EXPORT Fart_Handle Fart_LibraryUrl(Fart_Handle library);

DART_EXPORT Fart_Handle Fart_GetPeer(Fart_Handle object, void** peer);
DART_EXPORT Fart_Handle Fart_SetPeer(Fart_Handle object, void* peer);
DART_EXPORT Fart_Handle Fart_SetGcCallbacks(Fart_GcPrologueCallback prologue_callback,
                                            Fart_GcEpilogueCallback epilogue_callback);

// Callback types.
static void Finalize(void* isolate_callback_data, Fart_WeakPersistentHandle handle, void* peer);
static void FinalizeBlindly(void* isolate_callback_data, void* peer);
static void FinalizePeer(void* peer);
static void Native(Fart_NativeArguments arguments);
static Fart_NativeFunction Resolve(Fart_Handle name, int num_of_arguments, bool* auto_setup_scope);
static const uint8_t* NameOf(Fart_NativeFunction nf);

static const Fart_WeakPersistentHandleFinalizer kFinalizer = Finalize;
static const Fart_HandleFinalizer kHandleFinalizer = FinalizeBlindly;
static const Fart_PeerFinalizer kPeerFinalizer = FinalizePeer;
static const Fart_NativeFunction kNative = Native;
static const Fart_NativeEntryResolver kResolver = Resolve;
static const Fart_NativeEntrySymbol kSymbol = NameOf;

// Handlers of native ports: with a reply port, and as later and earlier generations have them.
static void Handle(Fart_Port dest_port_id, Fart_Port reply_port_id, Fart_CObject* message);
static void HandleOnly(Fart_Port dest_port_id, Fart_CObject* message);
static void Notify(Fart_Isolate dest_isolate);

static const Fart_NativeMessageHandler kHandler = Handle;
static const Fart_ConcurrentMessageHandler kConcurrentHandler = HandleOnly;
static const Fart_MessageNotifyCallback kNotify = Notify;

// Values and layouts that callers compile in.
FART_SAME(DART_INITIALIZE_PARAMS_CURRENT_VERSION, 1);
FART_SAME(offsetof(Fart_InitializeParams, version), 0);
FART_SAME(offsetof(Fart_IsolateFlags, version), 0);
FART_SAME(Fart_NativeArgument_kBool, 0);
FART_SAME(Fart_NativeArgument_kInstance, 7);
FART_SAME(Fart_NativeArgument_kNativeFields, 8);
FART_SAME(sizeof(Fart_NativeArgument_Descriptor), 2);
FART_SAME(ILLEGAL_PORT, 0);
FART_SAME(kIllegalPort, ILLEGAL_PORT);
FART_SAME(Fart_TypedData_kByteData, 0);
FART_SAME(Fart_TypedData_kFloat32x4, 12);
FART_SAME(Fart_CObject_kNull, 0);
FART_SAME(Fart_CObject_kBigint, 4);
FART_SAME(Fart_CObject_kTypedData, 8);
FART_SAME(sizeof(((Fart_CObject*)NULL)->value.as_string), sizeof(char*));
FART_SAME(offsetof(Fart_CObject, value.as_bigint.used),
          offsetof(Fart_CObject, value.as_bigint) + sizeof(intptr_t));
FART_SAME(offsetof(Fart_CObject, value.as_byte_array.values),
          offsetof(Fart_CObject, value.as_typed_data.values));
FART_SAME(offsetof(Fart_CObject, value.as_external_typed_data.length),
          offsetof(Fart_CObject, value.as_typed_data.length));
FART_SAME(offsetof(Fart_ShapeDescription, struct_size), 0);
FART_SAME(offsetof(Fart_HeapStatistics, struct_size), 0);
FART_SAME(offsetof(Fart_HandleStatistics, struct_size), 0);
FART_SAME(offsetof(Fart_ShutdownReport, struct_size), 0);

// Defect 11 of the reference: its macro made a number where a struct was wanted.
static const Fart_NativeArgument_Descriptor kDescriptors[] = {
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt64, 0),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kString, 1),
};

static void Finalize(void* isolate_callback_data, Fart_WeakPersistentHandle handle, void* peer) {
  (void)isolate_callback_data;
  (void)handle;
  (void)peer;
}

static void FinalizePeer(void* peer) { (void)peer; }
static void FinalizeBlindly(void* isolate_callback_data, void* peer) {
  (void)isolate_callback_data;
  (void)peer;
}

static void Native(Fart_NativeArguments arguments) { (void)arguments; }

static Fart_NativeFunction Resolve(Fart_Handle name, int num_of_arguments, bool* auto_setup_scope) {
  (void)name;
  (void)num_of_arguments;
  *auto_setup_scope = true;
  return Native;
}

static void Handle(Fart_Port dest_port_id, Fart_Port reply_port_id, Fart_CObject* message) {
  (void)dest_port_id;
  (void)reply_port_id;
  (void)message;
}

static void HandleOnly(Fart_Port dest_port_id, Fart_CObject* message) {
  (void)dest_port_id;
  (void)message;
}

static void Notify(Fart_Isolate dest_isolate) { (void)dest_isolate; }

static const uint8_t* NameOf(Fart_NativeFunction nf) {
  (void)nf;
  return NULL;
}

int main(void) {
  const bool described = kDescriptors[0].type == Fart_NativeArgument_kInt64 &&
                         kDescriptors[1].type == Fart_NativeArgument_kString &&
                         kDescriptors[1].index == 1;
  bool scope = false;
  const bool resolved = kResolver(NULL, 0, &scope) == kNative && scope && kSymbol(kNative) == NULL;
  kFinalizer(NULL, NULL, NULL);
  kHandleFinalizer(NULL, NULL);
  kPeerFinalizer(NULL);
  kNotify(NULL);
  return described && resolved && kHandler == Handle && kConcurrentHandler == HandleOnly
             ? EXIT_SUCCESS
             : EXIT_FAILURE;
}
