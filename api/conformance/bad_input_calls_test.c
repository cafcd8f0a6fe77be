// Bad input -- to the functions that load, call and are called by Fart code.

#include "api/conformance/bad_input.h"

static Fart_Handle library;

static const char kNoCall[] = "the arguments of a running native call";
static const char kWrongWay[] = "to be of type ";

// ---- Inside a native function: f(text, number, wrapper, null)

static int calls = 0;
static Fart_NativeArguments ended;

static void CheckArguments(Fart_NativeArguments none) {
  void* peer = NULL;
  int64_t integer = 5;
  double real = 5;
  bool answer = true;
  intptr_t field = 5;
  Fart_NativeArgument_Descriptor wish = {Fart_NativeArgument_kInt32, 0};
  Fart_NativeArgument_Value value = {0};
  RECORDS(Fart_GetNativeIsolateData(none) == NULL, "'args'", kNoCall);
  RECORDS(Fart_GetNativeArgumentCount(none) == 0, "'args'", kNoCall);
  REFUSES(Fart_GetNativeArgument(none, 0), "'args'", kNoCall);
  REFUSES(Fart_GetNativeArguments(none, 1, &wish, &value), "'args'", kNoCall);
  REFUSES(Fart_GetNativeStringArgument(none, 0, &peer), "'args'", kNoCall);
  REFUSES(Fart_GetNativeIntegerArgument(none, 1, &integer), "'args'", kNoCall);
  REFUSES(Fart_GetNativeDoubleArgument(none, 1, &real), "'args'", kNoCall);
  REFUSES(Fart_GetNativeBooleanArgument(none, 3, &answer), "'args'", kNoCall);
  REFUSES(Fart_GetNativeReceiver(none, &field), "'args'", kNoCall);
  REFUSES(Fart_GetNativeFieldsOfArgument(none, 2, 1, &field), "'args'", kNoCall);
  RECORDS_VOID(Fart_SetReturnValue(none, Fart_Null()), "'args'", kNoCall);
  RECORDS_VOID(Fart_SetWeakHandleReturnValue(none, NULL), "'args'", kNoCall);
  RECORDS_VOID(Fart_SetBooleanReturnValue(none, true), "'args'", kNoCall);
  RECORDS_VOID(Fart_SetIntegerReturnValue(none, 1), "'args'", kNoCall);
  RECORDS_VOID(Fart_SetDoubleReturnValue(none, 1), "'args'", kNoCall);
  HOLDS(integer == 5 && real == 5 && answer && field == 5);
}

static void CheckOneByOne(Fart_NativeArguments args) {
  void* peer = NULL;
  int64_t integer = 5;
  double real = 5;
  bool answer = true;
  intptr_t fields[2] = {5, 5};
  REFUSES(Fart_GetNativeArgument(args, -1), "'index'", "in the range [0..3]. It is -1.");
  REFUSES(Fart_GetNativeArgument(args, 4), "'index'", "It is 4.");
  REFUSES(Fart_GetNativeStringArgument(args, 0, NULL), "'peer'", "non-null");
  REFUSES(Fart_GetNativeStringArgument(args, 4, &peer), "'arg_index'", "It is 4.");
  REFUSES(Fart_GetNativeStringArgument(args, 1, &peer), "at 1 ", kWrongWay, "It is of type int.");
  REFUSES(Fart_GetNativeIntegerArgument(args, 1, NULL), "'value'", "non-null");
  REFUSES(Fart_GetNativeIntegerArgument(args, INT32_MAX, &integer), "'index'", "2147483647.");
  REFUSES(Fart_GetNativeIntegerArgument(args, 0, &integer), "at 0 ", kWrongWay, "of type String.");
  REFUSES(Fart_GetNativeIntegerArgument(args, 3, &integer), "at 3 ", kWrongWay, "of type Null.");
  REFUSES(Fart_GetNativeDoubleArgument(args, 1, NULL), "'value'", "non-null");
  REFUSES(Fart_GetNativeDoubleArgument(args, 4, &real), "'index'", "It is 4.");
  REFUSES(Fart_GetNativeDoubleArgument(args, 2, &real), "at 2 ", kWrongWay, "of type Wrapper.");
  REFUSES(Fart_GetNativeBooleanArgument(args, 3, NULL), "'value'", "non-null");
  REFUSES(Fart_GetNativeBooleanArgument(args, 4, &answer), "'index'", "It is 4.");
  REFUSES(Fart_GetNativeBooleanArgument(args, 1, &answer), "at 1 ", kWrongWay, "of type int.");
  REFUSES(Fart_GetNativeReceiver(args, NULL), "'value'", "non-null");
  REFUSES(Fart_GetNativeReceiver(args, fields), "the receiver has no native fields.");
  REFUSES(Fart_GetNativeFieldsOfArgument(args, 2, 1, NULL), "'field_values'", "non-null");
  REFUSES(Fart_GetNativeFieldsOfArgument(args, 2, -1, fields), "'num_fields'", "It is -1.");
  REFUSES(Fart_GetNativeFieldsOfArgument(args, 4, 1, fields), "'arg_index'", "It is 4.");
  REFUSES(Fart_GetNativeFieldsOfArgument(args, 2, 2, fields),
          "to have 2 native fields, but it has");
  REFUSES(Fart_GetNativeFieldsOfArgument(args, 0, 1, fields), "at 0 ", kWrongWay,
          "of type String.");
  HOLDS(peer == NULL && integer == 5 && real == 5 && answer && fields[0] == 5);
}

static void CheckSeveral(Fart_NativeArguments args) {
  Fart_NativeArgument_Descriptor wishes[2] = {{Fart_NativeArgument_kInt32, 1},
                                              {Fart_NativeArgument_kInt32, 0}};
  Fart_NativeArgument_Value values[2];
  REFUSES(Fart_GetNativeArguments(args, -1, wishes, values), "'num_arguments'", "It is -1.");
  REFUSES(Fart_GetNativeArguments(args, 1, NULL, values), "'arg_descriptors'", "non-null");
  REFUSES(Fart_GetNativeArguments(args, 1, wishes, NULL), "'arg_values'", "non-null");
  REFUSES(Fart_GetNativeArguments(args, 2, wishes, values), "at index 0 ", kWrongWay, "String.");
  wishes[1].index = 9;
  REFUSES(Fart_GetNativeArguments(args, 2, wishes, values), "in the range [0..3]. It is 9.");
  wishes[1].type = 99;
  wishes[1].index = 0;
  REFUSES(Fart_GetNativeArguments(args, 2, wishes, values), "unknown argument type 99.");
}

static void CheckResults(Fart_NativeArguments args) {
  RECORDS_HANDLE(x, "'retval'", (Fart_SetReturnValue(args, x), true));
  RECORDS_VOID(Fart_SetReturnValue(args, library), "'retval'",
               "of type Instance. It is of type library.");
  RECORDS_VOID(Fart_SetWeakHandleReturnValue(args, NULL), "'rval'", "it is NULL");
  RECORDS_VOID(
      Fart_SetWeakHandleReturnValue(args, (Fart_WeakPersistentHandle)(void*)bad_handles[4].handle),
      "'rval'", "it is a handle of another kind");
  Fart_SetBooleanReturnValue(args, true);  // The last one counts.
}

static void Check(Fart_NativeArguments args) {
  ++calls;
  CheckArguments(NULL);
  CheckArguments((Fart_NativeArguments)(void*)&calls);
  CheckOneByOne(args);
  CheckSeveral(args);
  CheckResults(args);
  ended = args;
}

static Fart_NativeFunction Resolve(Fart_Handle name, int count, bool* auto_setup_scope) {
  (void)name;
  (void)auto_setup_scope;
  return count == 4 ? Check : NULL;
}

// ---- Libraries

static void Libraries(void) {
  Fart_NativeEntryResolver resolver = Resolve;
  Fart_NativeEntrySymbol symbol = NULL;
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECTS_HANDLE(x, "'library'", Fart_SetNativeResolver(x, Resolve, NULL));
  GIVES_BACK(x, "'library'", Fart_SetNativeResolver(x, Resolve, NULL));
  REFUSES(Fart_SetNativeResolver(Fart_Null(), Resolve, NULL), "'library'", "non-null");
  REFUSES(Fart_SetNativeResolver(seven, Resolve, NULL), "'library'", "It is of type int.");
  EXPECTS_HANDLE(x, "'library'", Fart_GetNativeResolver(x, &resolver));
  HOLDS(resolver == NULL);
  GIVES_BACK(x, "'library'", Fart_GetNativeResolver(x, &resolver));
  REFUSES(Fart_GetNativeResolver(seven, &resolver), "'library'", "of type Library.");
  REFUSES(Fart_GetNativeResolver(library, NULL), "'resolver'", "non-null");
  EXPECTS_HANDLE(x, "'library'", Fart_GetNativeSymbol(x, &symbol));
  GIVES_BACK(x, "'library'", Fart_GetNativeSymbol(x, &symbol));
  REFUSES(Fart_GetNativeSymbol(seven, &symbol), "'library'", "of type Library.");
  REFUSES(Fart_GetNativeSymbol(library, NULL), "'resolver'", "non-null");

  RECORDS_HANDLE(x, "'object'", !Fart_IsLibrary(x));
  EXPECTS_HANDLE(x, "'library'", Fart_SetRootLibrary(x));
  GIVES_BACK(x, "'library'", Fart_SetRootLibrary(x));
  REFUSES(Fart_SetRootLibrary(seven), "'library'", "of type Library. It is of type int.");
  HOLDS(Fart_IdentityEquals(Fart_RootLibrary(), library));
  HOLDS(Fart_SetRootLibrary(library) == library);  // What is given comes back when it is good, too.
  EXPECTS_HANDLE(x, "'url'", Fart_LookupLibrary(x));
  GIVES_BACK(x, "'url'", Fart_LookupLibrary(x));
  REFUSES(Fart_LookupLibrary(Fart_Null()), "'url'", "non-null");
  REFUSES(Fart_LookupLibrary(seven), "'url'", "of type String. It is of type int.");
  REFUSES(Fart_LookupLibrary(Text("dart:none")), "library 'dart:none' not found.");
  EXPECTS_HANDLE(x, "'library'", Fart_LibraryUrl(x));
  GIVES_BACK(x, "'library'", Fart_LibraryUrl(x));
  REFUSES(Fart_LibraryUrl(Fart_Null()), "'library'", "non-null");
  REFUSES(Fart_LibraryUrl(seven), "'library'", "of type Library. It is of type int.");
  REFUSES(Fart_NewUnhandledExceptionError(library), "'exception'", "It is of type library.");
  bool equal = false;
  REFUSES(Fart_ObjectEquals(library, seven, &equal), "'obj1'", "It is of type library.");
  REFUSES(Fart_ObjectEquals(seven, library, &equal), "'obj2'", "It is of type library.");
  REFUSES(Fart_ListSetAt(Fart_NewList(1), 0, library), "'value'", "It is of type library.");
  REFUSES(Fart_ThrowException(library), "'exception'", "It is of type library.");
  REFUSES(Fart_RethrowException(library, seven), "'exception'", "It is of type library.");
}

// ---- Loading and calling

static void Loading(void) {
  const Fart_Handle url = Text("bad.dart");
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECTS_HANDLE(x, "'url'", Fart_LoadScript(x, url, url, 0, 0));
  EXPECTS_HANDLE(x, "'resolved_url'", Fart_LoadScript(url, x, url, 0, 0));
  EXPECTS_HANDLE(x, "'source'", Fart_LoadScript(url, url, x, 0, 0));
  GIVES_BACK(x, "'url'", Fart_LoadScript(x, url, url, 0, 0));
  GIVES_BACK(x, "'resolved_url'", Fart_LoadScript(url, x, url, 0, 0));
  GIVES_BACK(x, "'source'", Fart_LoadScript(url, url, x, 0, 0));
  REFUSES(Fart_LoadScript(Fart_Null(), url, url, 0, 0), "'url'", "non-null");
  REFUSES(Fart_LoadScript(seven, url, url, 0, 0), "'url'", "of type String. It is of type int.");
  REFUSES(Fart_LoadScript(url, seven, url, 0, 0), "'resolved_url'", "of type String.");
  REFUSES(Fart_LoadScript(url, url, seven, 0, 0), "'source'", "of type String.");
  REFUSES(Fart_LoadScript(url, url, url, -1, 0), "'line_offset'", "It is -1.");
  REFUSES(Fart_LoadScript(url, url, url, 0, -1), "'col_offset'", "It is -1.");
  REFUSES(Fart_LoadScript(url, url, url, INTPTR_MAX, 0), "'line_offset'", "[0..16777215]");
  REFUSES(Fart_LoadScript(url, url, url, 0, 16777216), "'col_offset'", "It is 16777216.");
  HOLDS(Fart_IsCompilationError(Fart_LoadScript(url, url, Text("class {"), 0, 0)));
}

static void Sources(void) {
  const Fart_Handle url = Text("app:a");
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECTS_HANDLE(x, "'url'", Fart_LoadLibrary(x, url, url, 0, 0));
  EXPECTS_HANDLE(x, "'resolved_url'", Fart_LoadLibrary(url, x, url, 0, 0));
  EXPECTS_HANDLE(x, "'source'", Fart_LoadLibrary(url, url, x, 0, 0));
  GIVES_BACK(x, "'url'", Fart_LoadLibrary(x, url, url, 0, 0));
  GIVES_BACK(x, "'resolved_url'", Fart_LoadLibrary(url, x, url, 0, 0));
  GIVES_BACK(x, "'source'", Fart_LoadLibrary(url, url, x, 0, 0));
  REFUSES(Fart_LoadLibrary(Fart_Null(), url, url, 0, 0), "'url'", "non-null");
  REFUSES(Fart_LoadLibrary(seven, url, url, 0, 0), "'url'", "of type String. It is of type int.");
  REFUSES(Fart_LoadLibrary(url, seven, url, 0, 0), "'resolved_url'", "of type String.");
  REFUSES(Fart_LoadLibrary(url, url, seven, 0, 0), "'source'", "of type String.");
  REFUSES(Fart_LoadLibrary(url, url, url, -1, 0), "'line_offset'", "It is -1.");
  REFUSES(Fart_LoadLibrary(url, url, url, 0, -1), "'column_offset'", "It is -1.");
  REFUSES(Fart_LoadLibrary(url, url, url, INTPTR_MAX, 0), "'line_offset'", "[0..16777215]");
  REFUSES(Fart_LoadLibrary(url, url, url, 0, 16777216), "'column_offset'", "It is 16777216.");
  REFUSES(Fart_LoadLibrary(Text("dart:a"), url, url, 0, 0), "cannot be called 'dart:a'");
  EXPECTS_HANDLE(x, "'library'", Fart_LoadSource(x, url, url, url, 0, 0));
  EXPECTS_HANDLE(x, "'url'", Fart_LoadSource(library, x, url, url, 0, 0));
  EXPECTS_HANDLE(x, "'resolved_url'", Fart_LoadSource(library, url, x, url, 0, 0));
  EXPECTS_HANDLE(x, "'source'", Fart_LoadSource(library, url, url, x, 0, 0));
  GIVES_BACK(x, "'library'", Fart_LoadSource(x, url, url, url, 0, 0));
  GIVES_BACK(x, "'url'", Fart_LoadSource(library, x, url, url, 0, 0));
  GIVES_BACK(x, "'resolved_url'", Fart_LoadSource(library, url, x, url, 0, 0));
  GIVES_BACK(x, "'source'", Fart_LoadSource(library, url, url, x, 0, 0));
  REFUSES(Fart_LoadSource(seven, url, url, url, 0, 0), "'library'", "It is of type int.");
  REFUSES(Fart_LoadSource(library, seven, url, url, 0, 0), "'url'", "It is of type int.");
  REFUSES(Fart_LoadSource(library, url, url, seven, 0, 0), "'source'", "It is of type int.");
  REFUSES(Fart_LoadSource(library, url, url, url, -1, 0), "'line_offset'", "It is -1.");
  REFUSES(Fart_LoadSource(library, url, url, url, 0, -1), "'column_offset'", "It is -1.");
  REFUSES(Fart_LoadSource(library, url, url, url, 0, 0), "is not being loaded.");
  EXPECTS_HANDLE(x, "'library'", Fart_LibraryImportLibrary(x, library, url));
  EXPECTS_HANDLE(x, "'import'", Fart_LibraryImportLibrary(library, x, url));
  EXPECTS_HANDLE(x, "'prefix'", Fart_LibraryImportLibrary(library, library, x));
  GIVES_BACK(x, "'library'", Fart_LibraryImportLibrary(x, library, url));
  GIVES_BACK(x, "'import'", Fart_LibraryImportLibrary(library, x, url));
  GIVES_BACK(x, "'prefix'", Fart_LibraryImportLibrary(library, library, x));
  REFUSES(Fart_LibraryImportLibrary(Fart_Null(), library, url), "'library'", "non-null");
  REFUSES(Fart_LibraryImportLibrary(library, seven, url), "'import'", "It is of type int.");
  REFUSES(Fart_LibraryImportLibrary(library, library, seven), "'prefix'", "It is of type int.");
  REFUSES(Fart_LibraryImportLibrary(library, library, url), "is not being loaded.");
  EXPECTS_HANDLE(x, "'library'", Fart_LibraryHandleError(x, errors[0]));
  EXPECTS_HANDLE(x, "'error'", Fart_LibraryHandleError(library, x));
  GIVES_BACK(x, "'library'", Fart_LibraryHandleError(x, seven));
  GIVES_BACK(x, "'error'", Fart_LibraryHandleError(library, x));
  REFUSES(Fart_LibraryHandleError(seven, errors[0]), "'library'", "It is of type int.");
  REFUSES(Fart_LibraryHandleError(library, seven), "'error'", "of type Error.");
  EXPECTS_HANDLE(x, "'scheme'", Fart_GetImportsOfScheme(x));
  GIVES_BACK(x, "'scheme'", Fart_GetImportsOfScheme(x));
  REFUSES(Fart_GetImportsOfScheme(Fart_Null()), "'scheme'", "non-null");
  REFUSES(Fart_GetImportsOfScheme(seven), "'scheme'", "It is of type int.");
  EXPECTS_HANDLE(x, "'base_url'", Fart_DefaultCanonicalizeUrl(x, url));
  EXPECTS_HANDLE(x, "'url'", Fart_DefaultCanonicalizeUrl(url, x));
  GIVES_BACK(x, "'base_url'", Fart_DefaultCanonicalizeUrl(x, url));
  GIVES_BACK(x, "'url'", Fart_DefaultCanonicalizeUrl(url, x));
  REFUSES(Fart_DefaultCanonicalizeUrl(seven, url), "'base_url'", "It is of type int.");
  REFUSES(Fart_DefaultCanonicalizeUrl(url, Fart_Null()), "'url'", "non-null");
  REFUSES(Fart_DefaultCanonicalizeUrl(url, Text("1:2")), "Unable to canonicalize uri '1:2'");
}

static void Calling(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle name = Text("twice");
  Fart_Handle arguments[2] = {seven, seven};
  EXPECTS_HANDLE(x, "'target'", Fart_Invoke(x, name, 1, arguments));
  EXPECTS_HANDLE(x, "'name'", Fart_Invoke(library, x, 1, arguments));
  EXPECTS_HANDLE(x, "'arguments[1]'", (arguments[1] = x, Fart_Invoke(library, name, 2, arguments)));
  GIVES_BACK(x, "'target'", Fart_Invoke(x, name, 1, arguments));
  GIVES_BACK(x, "'name'", Fart_Invoke(library, x, 1, arguments));
  GIVES_BACK(x, "'arguments[1]'", (arguments[1] = x, Fart_Invoke(library, name, 2, arguments)));
  arguments[1] = library;
  REFUSES(Fart_Invoke(library, name, 2, arguments), "arguments[1] to be an Instance handle.",
          "It is of type library.");
  REFUSES(Fart_Invoke(library, name, 1, NULL), "'arguments'", "non-null");
  REFUSES(Fart_Invoke(library, name, -1, arguments), "'number_of_arguments'", "It is -1.");
  REFUSES(Fart_Invoke(library, Fart_Null(), 1, arguments), "'name'", "non-null");
  REFUSES(Fart_Invoke(library, seven, 1, arguments), "'name'", "of type String. It is of type int");
  REFUSES(Fart_Invoke(library, Text("none"), 1, arguments), "did not find top-level function");
  REFUSES(Fart_Invoke(library, name, 0, NULL), "wrong argument count for function 'twice'");
  // A method that is not there is what the program would see.
  HOLDS(Fart_IsUnhandledExceptionError(Fart_Invoke(Fart_Null(), name, 1, arguments)));
}

static void Fields(void) {
  const Fart_Handle name = Text("twice");
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECTS_HANDLE(x, "'container'", Fart_GetField(x, name));
  EXPECTS_HANDLE(x, "'name'", Fart_GetField(library, x));
  GIVES_BACK(x, "'container'", Fart_GetField(x, name));
  GIVES_BACK(x, "'name'", Fart_GetField(library, x));
  REFUSES(Fart_GetField(Fart_Null(), name), "'container'", "non-null");
  REFUSES(Fart_GetField(library, seven), "'name'", "of type String. It is of type int.");
  REFUSES(Fart_GetField(library, Text("none")), "did not find top-level variable 'none'");
  EXPECTS_HANDLE(x, "'container'", Fart_SetField(x, name, seven));
  EXPECTS_HANDLE(x, "'name'", Fart_SetField(library, x, seven));
  EXPECTS_HANDLE(x, "'value'", Fart_SetField(library, name, x));
  GIVES_BACK(x, "'container'", Fart_SetField(x, name, seven));
  GIVES_BACK(x, "'name'", Fart_SetField(library, x, seven));
  GIVES_BACK(x, "'value'", Fart_SetField(library, name, x));
  REFUSES(Fart_SetField(Fart_Null(), name, seven), "'container'", "non-null");
  REFUSES(Fart_SetField(library, seven, seven), "'name'", "of type String. It is of type int.");
  REFUSES(Fart_SetField(library, name, library), "'value'", "It is of type library.");
  REFUSES(Fart_SetField(library, name, seven), "did not find top-level variable 'twice'");
}

static void Values(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle twice = Fart_GetField(library, Text("twice"));
  const Fart_Handle map = Fart_New(Fart_GetClass(library, Text("Map")), Fart_Null(), 0, NULL);
  Fart_Handle arguments[2] = {seven, seven};
  RECORDS_HANDLE(x, "'object'", !Fart_IsClosure(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsFuture(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsMap(x));
  ANSWERS(Fart_IsClosure(twice) && !Fart_IsFuture(twice) && Fart_IsMap(map));
  EXPECTS_HANDLE(x, "'closure'", Fart_InvokeClosure(x, 1, arguments));
  EXPECTS_HANDLE(x, "'arguments[1]'", (arguments[1] = x, Fart_InvokeClosure(twice, 2, arguments)));
  GIVES_BACK(x, "'closure'", Fart_InvokeClosure(x, 1, arguments));
  GIVES_BACK(x, "'arguments[1]'", (arguments[1] = x, Fart_InvokeClosure(twice, 2, arguments)));
  REFUSES(Fart_InvokeClosure(Fart_Null(), 1, arguments), "'closure'", "non-null");
  REFUSES(Fart_InvokeClosure(library, 1, arguments), "'closure'", "It is of type library.");
  REFUSES(Fart_InvokeClosure(twice, 1, NULL), "'arguments'", "non-null");
  REFUSES(Fart_InvokeClosure(twice, -1, arguments), "'number_of_arguments'", "It is -1.");
  HOLDS(Fart_IsUnhandledExceptionError(Fart_InvokeClosure(seven, 1, arguments)));
  EXPECTS_HANDLE(x, "'map'", Fart_MapGetAt(x, seven));
  EXPECTS_HANDLE(x, "'key'", Fart_MapGetAt(map, x));
  GIVES_BACK(x, "'map'", Fart_MapGetAt(x, seven));
  GIVES_BACK(x, "'key'", Fart_MapGetAt(map, x));
  REFUSES(Fart_MapGetAt(seven, seven), "'map'", "of type Map. It is of type int.");
  REFUSES(Fart_MapGetAt(map, library), "'key'", "It is of type library.");
  EXPECTS_HANDLE(x, "'map'", Fart_MapContainsKey(x, seven));
  EXPECTS_HANDLE(x, "'key'", Fart_MapContainsKey(map, x));
  GIVES_BACK(x, "'map'", Fart_MapContainsKey(x, seven));
  GIVES_BACK(x, "'key'", Fart_MapContainsKey(map, x));
  REFUSES(Fart_MapContainsKey(Fart_Null(), seven), "'map'", "non-null");
  REFUSES(Fart_MapContainsKey(map, library), "'key'", "It is of type library.");
  EXPECTS_HANDLE(x, "'map'", Fart_MapKeys(x));
  GIVES_BACK(x, "'map'", Fart_MapKeys(x));
  REFUSES(Fart_MapKeys(seven), "'map'", "of type Map. It is of type int.");
}

static void Constructors(void) {
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle none = Fart_Null();
  const Fart_Handle type = Fart_GetClass(library, Text("Wrapper"));
  const Fart_Handle wrapper = Fart_Allocate(type);
  Fart_Handle arguments[2] = {seven, seven};
  EXPECTS_HANDLE(x, "'type'", Fart_New(x, none, 0, NULL));
  EXPECTS_HANDLE(x, "'constructor_name'", Fart_New(type, x, 0, NULL));
  EXPECTS_HANDLE(x, "'arguments[1]'", (arguments[1] = x, Fart_New(type, none, 2, arguments)));
  GIVES_BACK(x, "'type'", Fart_New(x, none, 0, NULL));
  GIVES_BACK(x, "'constructor_name'", Fart_New(type, x, 0, NULL));
  GIVES_BACK(x, "'arguments[1]'", (arguments[1] = x, Fart_New(type, none, 2, arguments)));
  REFUSES(Fart_New(none, none, 0, NULL), "'type'", "non-null");
  REFUSES(Fart_New(seven, none, 0, NULL), "'type'", "of type Type. It is of type int.");
  REFUSES(Fart_New(type, seven, 0, NULL), "'constructor_name'", "It is of type int.");
  REFUSES(Fart_New(type, none, -1, arguments), "'number_of_arguments'", "It is -1.");
  REFUSES(Fart_New(type, none, 1, NULL), "'arguments'", "non-null");
  REFUSES(Fart_New(type, Text("none"), 0, NULL), "did not find constructor 'Wrapper.none'");
  REFUSES(Fart_New(type, none, 1, arguments), "wrong argument count for constructor 'Wrapper'");
  SAYS(Fart_New(Fart_GetClass(library, Text("Idea")), none, 0, NULL),
       "Cannot allocate an instance of 'Idea'");
  EXPECTS_HANDLE(x, "'object'", Fart_InvokeConstructor(x, none, 0, NULL));
  EXPECTS_HANDLE(x, "'name'", Fart_InvokeConstructor(wrapper, x, 0, NULL));
  EXPECTS_HANDLE(x, "'arguments[1]'",
                 (arguments[1] = x, Fart_InvokeConstructor(wrapper, none, 2, arguments)));
  GIVES_BACK(x, "'object'", Fart_InvokeConstructor(x, none, 0, NULL));
  GIVES_BACK(x, "'name'", Fart_InvokeConstructor(wrapper, x, 0, NULL));
  GIVES_BACK(x, "'arguments[1]'",
             (arguments[1] = x, Fart_InvokeConstructor(wrapper, none, 2, arguments)));
  REFUSES(Fart_InvokeConstructor(none, none, 0, NULL), "'object'", "non-null");
  REFUSES(Fart_InvokeConstructor(library, none, 0, NULL), "'object'", "It is of type library.");
  REFUSES(Fart_InvokeConstructor(wrapper, seven, 0, NULL), "'name'", "It is of type int.");
  REFUSES(Fart_InvokeConstructor(wrapper, none, -1, NULL), "'number_of_arguments'", "It is -1.");
  REFUSES(Fart_InvokeConstructor(wrapper, none, 1, NULL), "'arguments'", "non-null");
  REFUSES(Fart_InvokeConstructor(wrapper, Text("none"), 0, NULL), "'name'", "valid constructor");
  REFUSES(Fart_InvokeConstructor(seven, none, 0, NULL), "'name'", "valid constructor");
  REFUSES(Fart_InvokeConstructor(wrapper, none, 1, arguments), "wrong argument count");
}

// ---- Types and instances

static void Types(void) {
  bool answer = true;
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle name = Text("Wrapper");
  const Fart_Handle type = Fart_GetClass(library, name);
  Fart_Handle none = Fart_NewList(1);
  RECORDS_HANDLE(x, "'handle'", !Fart_IsType(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsFunction(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsVariable(x));
  RECORDS_HANDLE(x, "'handle'", !Fart_IsTypeVariable(x));
  EXPECTS_HANDLE(x, "'library'", Fart_GetType(x, name, 0, NULL));
  EXPECTS_HANDLE(x, "'class_name'", Fart_GetType(library, x, 0, NULL));
  GIVES_BACK(x, "'library'", Fart_GetType(x, name, 0, NULL));
  GIVES_BACK(x, "'class_name'", Fart_GetType(library, x, 0, NULL));
  REFUSES(Fart_GetType(library, name, -1, NULL), "'number_of_type_arguments'", "It is -1.");
  REFUSES(Fart_GetType(library, name, 1, NULL), "'type_arguments'", "non-null");
  REFUSES(Fart_GetType(library, name, 1, &none), "'type_arguments'", "list of as many types");
  REFUSES(Fart_GetType(seven, name, 0, NULL), "'library'", "It is of type int.");
  REFUSES(Fart_GetType(library, seven, 0, NULL), "'class_name'", "It is of type int.");
  SAYS(Fart_GetType(library, Text("No"), 0, NULL), "Class 'No' not found in library 'bad.dart'.");
  EXPECTS_HANDLE(x, "'library'", Fart_GetClass(x, name));
  EXPECTS_HANDLE(x, "'class_name'", Fart_GetClass(library, x));
  GIVES_BACK(x, "'library'", Fart_GetClass(x, name));
  GIVES_BACK(x, "'class_name'", Fart_GetClass(library, x));
  REFUSES(Fart_GetClass(Fart_Null(), name), "'library'", "non-null");
  REFUSES(Fart_GetClass(library, seven), "'class_name'", "of type String. It is of type int.");
  EXPECTS_HANDLE(x, "'instance'", Fart_InstanceGetType(x));
  GIVES_BACK(x, "'instance'", Fart_InstanceGetType(x));
  REFUSES(Fart_InstanceGetType(library), "'instance'", "of type Instance. It is of type library.");
  EXPECTS_HANDLE(x, "'object'", Fart_ObjectIsType(x, type, &answer));
  HOLDS(!answer);
  answer = true;
  EXPECTS_HANDLE(x, "'type'", Fart_ObjectIsType(seven, x, &answer));
  HOLDS(!answer);
  answer = true;
  GIVES_BACK(x, "'object'", Fart_ObjectIsType(x, type, &answer));
  HOLDS(!answer);
  GIVES_BACK(x, "'type'", Fart_ObjectIsType(seven, x, &answer));
  REFUSES(Fart_ObjectIsType(seven, type, NULL), "'instanceof'", "non-null");
  REFUSES(Fart_ObjectIsType(seven, seven, &answer), "'type'", "of type Type. It is of type int.");
  REFUSES(Fart_ObjectIsType(library, type, &answer), "'object'", "It is of type library.");
}

static void Instances(void) {
  intptr_t field = 5;
  int count = 5;
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle type = Fart_GetClass(library, Text("Wrapper"));
  const Fart_Handle wrapper = Fart_Allocate(type);
  EXPECTS_HANDLE(x, "'type'", Fart_Allocate(x));
  GIVES_BACK(x, "'type'", Fart_Allocate(x));
  REFUSES(Fart_Allocate(Fart_Null()), "'type'", "non-null");
  REFUSES(Fart_Allocate(seven), "'type'", "of type Type. It is of type int.");
  SAYS(Fart_Allocate(Fart_GetClass(library, Text("Idea"))),
       "Cannot allocate an instance of 'Idea'");
  EXPECTS_HANDLE(x, "'type'", Fart_AllocateWithNativeFields(x, 1, &field));
  GIVES_BACK(x, "'type'", Fart_AllocateWithNativeFields(x, 1, &field));
  REFUSES(Fart_AllocateWithNativeFields(seven, 1, &field), "'type'", "of type Type.");
  REFUSES(Fart_AllocateWithNativeFields(type, 1, NULL), "'native_fields'", "non-null");
  REFUSES(Fart_AllocateWithNativeFields(type, -1, &field), "'num_native_fields'", "It is -1.");
  REFUSES(Fart_AllocateWithNativeFields(type, 2, &field), "'num_native_fields'", "which is 1.");
  EXPECTS_HANDLE(x, "'library'", Fart_CreateNativeWrapperClass(x, Text("W"), 1));
  EXPECTS_HANDLE(x, "'class_name'", Fart_CreateNativeWrapperClass(library, x, 1));
  GIVES_BACK(x, "'library'", Fart_CreateNativeWrapperClass(x, Text("W"), 1));
  GIVES_BACK(x, "'class_name'", Fart_CreateNativeWrapperClass(library, x, 1));
  REFUSES(Fart_CreateNativeWrapperClass(seven, Text("W"), 1), "'library'", "of type Library.");
  REFUSES(Fart_CreateNativeWrapperClass(library, seven, 1), "'class_name'", "of type String.");
  REFUSES(Fart_CreateNativeWrapperClass(library, Text("W"), -1), "'field_count'", "It is -1.");
  REFUSES(Fart_CreateNativeWrapperClass(library, Text("W"), 1025), "'field_count'", "It is 1025.");
  SAYS(Fart_CreateNativeWrapperClass(library, Text("Wrapper"), 1), "already exists in library");
  EXPECTS_HANDLE(x, "'obj'", Fart_GetNativeInstanceFieldCount(x, &count));
  GIVES_BACK(x, "'obj'", Fart_GetNativeInstanceFieldCount(x, &count));
  REFUSES(Fart_GetNativeInstanceFieldCount(wrapper, NULL), "'count'", "non-null");
  REFUSES(Fart_GetNativeInstanceFieldCount(Fart_Null(), &count), "'obj'", "non-null");
  REFUSES(Fart_GetNativeInstanceFieldCount(library, &count), "'obj'", "It is of type library.");
  EXPECTS_HANDLE(x, "'obj'", Fart_GetNativeInstanceField(x, 0, &field));
  GIVES_BACK(x, "'obj'", Fart_GetNativeInstanceField(x, 0, &field));
  REFUSES(Fart_GetNativeInstanceField(wrapper, 0, NULL), "'value'", "non-null");
  REFUSES(Fart_GetNativeInstanceField(library, 0, &field), "'obj'", "It is of type library.");
  REFUSES(Fart_GetNativeInstanceField(wrapper, 1, &field), "'index'", "It is 1.");
  REFUSES(Fart_GetNativeInstanceField(seven, 0, &field), "'index'", "nothing to count. It is 0.");
  EXPECTS_HANDLE(x, "'obj'", Fart_SetNativeInstanceField(x, 0, 9));
  GIVES_BACK(x, "'obj'", Fart_SetNativeInstanceField(x, 0, 9));
  REFUSES(Fart_SetNativeInstanceField(library, 0, 9), "'obj'", "It is of type library.");
  REFUSES(Fart_SetNativeInstanceField(wrapper, -1, 9), "'index'", "in the range [0..0]. It is -1.");
  HOLDS(field == 5 && count == 5);
}

static const char kScript[] =
    "import 'dart:nativewrappers';\n"
    "class Wrapper extends NativeFieldWrapperClass1 {}\n"
    "abstract class Idea {}\n"
    "f(a, b, c, d) native 'Check';\n"
    "twice(x) => x + x;\n"
    "main() => f('text', 7, new Wrapper(), null);\n";

int main(void) {
  StartMachine();
  NewIsolateWithBadHandles();
  Loading();
  library = Fart_LoadScript(Text("bad.dart"), Text("/bad.dart"), Text(kScript), 0, 0);
  SUCCEEDS(library);
  SUCCEEDS(Fart_SetNativeResolver(library, Resolve, NULL));
  SAYS(Fart_LoadScript(Text("b"), Text("/b"), Text(""), 0, 0), "has already been loaded");
  SUCCEEDS(Fart_Invoke(library, Text("main"), 0, NULL));
  HOLDS(calls == 1);
  CheckArguments(ended);  // A call that is over.
  Libraries();
  Sources();
  Calling();
  Fields();
  Values();
  Constructors();
  Types();
  Instances();
  return Finish();
}
