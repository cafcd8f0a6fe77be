// Bad input -- to the functions for the machine, isolates, flags and ports.

#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/conformance/bad_input.h"

// A failure whose text the caller frees: `call` puts it into `text`, or returns it.
#define TELLS(call, ...)                                                                  \
  do {                                                                                    \
    char* text = NULL;                                                                    \
    const bool is_so = (call);                                                            \
    if (!is_so) Fail(__LINE__, #call, "another answer", NULL);                            \
    if (text == NULL) {                                                                   \
      Fail(__LINE__, #call, "no text", NULL);                                             \
    } else {                                                                              \
      if (!NamesFunction(text, #call)) Fail(__LINE__, #call, "no function's name", text); \
      CheckText(__LINE__, #call, text, WORDS(__VA_ARGS__));                               \
    }                                                                                     \
    free(text);                                                                           \
  } while (0)

static void HandleReply(Fart_Port port, Fart_Port reply, Fart_CObject* message) {
  (void)port;
  (void)reply;
  (void)message;
}
static void CloseOwn(Fart_Port dest_port_id, Fart_CObject* message) {
  (void)message;
  RECORDS(!Fart_CloseNativePortAndWait(dest_port_id), "'native_port_id'",
          "a port whose handler this thread does not run");
}
static void HandleOne(Fart_Port port, Fart_CObject* message) {
  (void)port;
  (void)message;
}
static void Notice(Fart_Isolate isolate) { (void)isolate; }

// ---- Before, between and after

static void WithoutMachine(void) {
  Fart_InitializeParams params = {0};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  TELLS((text = Fart_Initialize(NULL)) != NULL, "params is NULL");
  params.version = 2;
  TELLS((text = Fart_Initialize(&params)) != NULL, "params is of an unknown version");
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  params.data_snapshot = (const uint8_t*)"x";
  TELLS((text = Fart_Initialize(&params)) != NULL, "starts without snapshots");
  TELLS((text = Fart_Cleanup()) != NULL, "has not been started");
  TELLS(Fart_CreateIsolate("x", "main", NULL, NULL, NULL, &text) == NULL, "Fart_Initialize first");
  TELLS(Fart_CreateHeapIsolate(NULL, &text) == NULL, "call Fart_Initialize first");
  ANSWERS(Fart_CreateIsolate(NULL, NULL, NULL, NULL, NULL, NULL) == NULL);
  ANSWERS(Fart_CreateHeapIsolate(NULL, NULL) == NULL);
  RECORDS(Fart_NewNativePort("x", HandleReply, false) == ILLEGAL_PORT, "Fart_Initialize first");
  RECORDS(Fart_NewConcurrentNativePort("x", HandleOne, 1) == ILLEGAL_PORT, "Initialize first");
  ANSWERS(!Fart_PostInteger(ILLEGAL_PORT, 1));
}

static void Flags(void) {
  const char* unknown[] = {"--trace-gc=false", "--no-such-flag"};
  const char* missing[] = {NULL};
  RECORDS(!Fart_SetVMFlags(-1, unknown), "'argc'", "in the range [0..2147483647]. It is -1.");
  RECORDS(!Fart_SetVMFlags(1, NULL), "'argv'", "non-null");
  RECORDS(!Fart_SetVMFlags(1, missing), "'argv[i]'", "non-null");
  RECORDS(!Fart_SetVMFlags(2, unknown), "no-such-flag");
  RECORDS(!Fart_IsVMFlagSet(NULL), "'flag_name'", "non-null");
  ANSWERS(!Fart_IsVMFlagSet("no-such-flag") && !Fart_IsVMFlagSet("max-heap"));
  RECORDS(!Fart_SetFlag(NULL), "'flag'", "non-null");
  RECORDS(!Fart_SetFlag("--no-such-flag"), "no-such-flag");
  RECORDS(!Fart_SetFlag("gc-stress=1"), "gc-stress=1");
  RECORDS(!Fart_SetFlag("--gc-stress=x"), "gc-stress");
  RECORDS(!Fart_SetFlag(""), "");
  RECORDS(Fart_GetFlag(NULL) == NULL, "'name'", "non-null");
  RECORDS(Fart_GetFlag("no-such-flag") == NULL, "'name'", "the name of a flag");
}

// ---- Isolates

static void Isolates(void) {
  Fart_IsolateFlags flags = {0};
  const uint8_t snapshot = 0;
  const Fart_Isolate nobody = (Fart_Isolate)(void*)&failures;
  TELLS(Fart_CreateIsolate("x", "main", &snapshot, NULL, NULL, &text) == NULL, "without snapshots");
  TELLS(Fart_CreateIsolate("x", "main", NULL, &flags, NULL, &text) == NULL, "unknown version");
  RECORDS(!Fart_RequestHeapSnapshot(NULL), "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_RequestHeapSnapshot(nobody), "'isolate'", "has not been shut down");
  RECORDS(Fart_IsolateData(NULL) == NULL, "'isolate'", "an isolate that has not been shut down");
  RECORDS(Fart_IsolateData(nobody) == NULL, "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_InterruptIsolate(NULL, Fart_Interrupt_kNext), "'isolate'", "not been shut down");
  RECORDS(!Fart_InterruptIsolate(nobody, Fart_Interrupt_kNext), "'isolate'", "not been shut down");
  RECORDS(!Fart_KillIsolate(NULL), "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_KillIsolate(nobody), "'isolate'", "an isolate that has not been shut down");
  char stack[64];
  RECORDS(!Fart_SetStackBounds(stack + 64, stack), "'low'", "below argument 'high'");
  RECORDS(!Fart_SetStackBounds(NULL, stack), "'low'", "both NULL");
  RECORDS_VOID(Fart_EnterIsolate(NULL), "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_TryEnterIsolate(NULL, 0), "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_TryEnterIsolate(nobody, 5), "'isolate'", "an isolate that has not been shut down");
  RECORDS_VOID(Fart_EnterIsolate(nobody), "'isolate'", "an isolate that has not been shut down");
  RECORDS(!Fart_IsolateMakeRunnable(NULL), "'isolate'", "an isolate that no thread is inside of");
  RECORDS(!Fart_IsolateMakeRunnable(nobody), "'isolate'", "an isolate that no thread is inside");

  const Fart_Isolate other = NewIsolate();
  Fart_ExitIsolate();
  RECORDS(!Fart_IsolateMakeRunnable(other), "has loaded no script");
  const Fart_Isolate isolate = NewIsolate();
  TELLS(Fart_CreateIsolate("x", "main", NULL, NULL, NULL, &text) == NULL, "inside another isolate");
  TELLS(Fart_CreateHeapIsolate(NULL, &text) == NULL, "inside another isolate");
  TELLS((text = Fart_Cleanup()) != NULL, "inside an isolate");
  RECORDS(!Fart_TryEnterIsolate(other, -1), "inside an isolate already");
  RECORDS_VOID(Fart_EnterIsolate(other), "inside an isolate already");
  RECORDS_VOID(Fart_EnterIsolate(isolate), "inside an isolate already");
  RECORDS(!Fart_IsolateMakeRunnable(isolate), "this thread is inside an isolate");
  RECORDS(!Fart_InterruptIsolate(isolate, (Fart_Interrupt)2), "'kind'", "a Fart_Interrupt");
  Fart_EnterScope();
  const Fart_Handle url = Text("bad.dart");
  SUCCEEDS(Fart_LoadScript(url, url, Text("main() {}"), 0, 0));
  Fart_ExitIsolate();
  HOLDS(Fart_IsolateMakeRunnable(isolate));
  RECORDS(!Fart_IsolateMakeRunnable(isolate), "is runnable already");
  Fart_EnterIsolate(isolate);
  Fart_ShutdownIsolate();
  RECORDS_VOID(Fart_EnterIsolate(isolate), "'isolate'", "an isolate that has not been shut down");
  RECORDS(Fart_IsolateData(isolate) == NULL, "'isolate'", "an isolate that has not been shut");
  Fart_EnterIsolate(other);
  Fart_ShutdownIsolate();
  Fart_InitializeParams params = {0};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  TELLS((text = Fart_Initialize(&params)) != NULL, "has been started already");
}

// ---- Ports

static void Ports(void) {
  Fart_CObject object = {0};
  Fart_Port id = 5;
  object.type = Fart_CObject_kUnsupported;
  RECORDS(Fart_NewNativePort("x", NULL, false) == ILLEGAL_PORT, "'handler'", "non-null");
  RECORDS(Fart_NewConcurrentNativePort("x", NULL, 1) == ILLEGAL_PORT, "'handler'", "non-null");
  RECORDS(Fart_NewConcurrentNativePort("x", HandleOne, 0) == ILLEGAL_PORT, "'max_concurrency'",
          "at least 1. It is 0.");
  const Fart_Port main_port = Fart_GetMainPortId();
  const Fart_Port port = Fart_NewNativePort(NULL, HandleReply, false);
  HOLDS(port != ILLEGAL_PORT && main_port != ILLEGAL_PORT);
  RECORDS(!Fart_PostCObject(port, NULL), "'message'", "non-null");
  RECORDS(!Fart_PostCObject(port, &object), "");
  object.type = (Fart_CObject_Type)Fart_CObject_kNumberOfTypes;
  RECORDS(!Fart_PostCObject(port, &object), "");
  RECORDS_HANDLE(x, "'object'", !Fart_Post(port, x));
  intptr_t handled = 0;
  REFUSES(Fart_HandleMessagesUpTo(-1, 0, &handled), "'max_messages'", "in the range");
  REFUSES(Fart_HandleMessagesUpTo(0, -1, &handled), "'max_milliseconds'", "in the range");
  HOLDS(Fart_CloseNativePort(port));
  ANSWERS(!Fart_CloseNativePort(port));
  ANSWERS(!Fart_CloseNativePort(ILLEGAL_PORT));
  ANSWERS(!Fart_CloseNativePortAndWait(port));
  const Fart_Port own = Fart_NewConcurrentNativePort("x", CloseOwn, 1);
  HOLDS(Fart_PostInteger(own, 1));
  HOLDS(Fart_CloseNativePortAndWait(own));
  ANSWERS(!Fart_CloseNativePort(main_port));
  object.type = Fart_CObject_kNull;
  ANSWERS(!Fart_PostCObject(port, &object));
  ANSWERS(!Fart_PostInteger(port, 1));
  ANSWERS(!Fart_PostInteger(INT64_MIN, 1));
  ANSWERS(!Fart_Post(ILLEGAL_PORT, Fart_True()));

  REFUSES(Fart_NewSendPort(ILLEGAL_PORT), "illegal port_id 0.");
  EXPECTS_HANDLE(x, "'port'", Fart_SendPortGetId(x, &id));
  GIVES_BACK(x, "'port'", Fart_SendPortGetId(x, &id));
  REFUSES(Fart_SendPortGetId(Fart_Null(), &id), "'port'", "non-null");
  REFUSES(Fart_SendPortGetId(Fart_True(), &id), "'port'", "of type SendPort. It is of type bool.");
  REFUSES(Fart_SendPortGetId(Fart_NewSendPort(main_port), NULL), "'port_id'", "non-null");
  HOLDS(id == 5);
  Fart_SetMessageNotifyCallback(Notice);
  REFUSES(Fart_RunLoop(), "the isolate has a message notify callback");
  Fart_SetMessageNotifyCallback(NULL);
  HOLDS(Fart_GetMessageNotifyCallback() == NULL);
}

// ---- Giving up

// What _Fart_ReportErrorHandle ends is this process's child.
static void Reporting(void) {
  const pid_t child = fork();
  if (child == 0) {
    ANSWERS((_Fart_ReportErrorHandle(NULL, 0, NULL, NULL), false));
    _exit(0);
  }
  int status = 0;
  HOLDS(child > 0 && waitpid(child, &status, 0) == child);
  HOLDS(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void) {
  Reporting();  // First: the child is a copy of a process with one thread.
  WithoutMachine();
  StartMachine();
  Flags();
  Isolates();
  NewIsolateWithBadHandles();
  Ports();
  Flags();
  const int result = Finish();
  WithoutMachine();
  return failures == 0 ? result : 1;
}
