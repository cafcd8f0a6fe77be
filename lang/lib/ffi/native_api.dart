part of dart.ffi;

// What a message is to C, and what handles the messages of a native port (dart_api.h).
abstract class Fart_CObject extends Opaque {}

typedef Fart_NativeMessageHandler = Void Function(Int64, Int64, Pointer<Fart_CObject>);

// Functions of the C interface that may be called on any thread, for libraries that are given them
// by the program. One that includes dart_api.h finds them, and all others, by their names.
abstract class NativeApi {
  // Grows when what was there is another thing, or with what is new.
  static const int majorVersion = 1;
  static const int minorVersion = 0;

  static Pointer<NativeFunction<Int8 Function(Int64, Pointer<Fart_CObject>)>> get postCObject {
    return _find("Fart_PostCObject");
  }

  static Pointer<
      NativeFunction<
          Int64 Function(
              Pointer<Uint8>, Pointer<NativeFunction<Fart_NativeMessageHandler>>, Int8)>>
      get newNativePort {
    return _find("Fart_NewNativePort");
  }

  static Pointer<NativeFunction<Int8 Function(Int64)>> get closeNativePort {
    return _find("Fart_CloseNativePort");
  }

  static Pointer<Void> get initializeApiDLData {
    throw new UnsupportedError(
        "NativeApi.initializeApiDLData: there is no table; a library finds the functions by their names.");
  }

  static Pointer<T> _find<T>(String name) => new DynamicLibrary.process().lookup<T>(name);
}

extension NativePort on SendPort {
  // What Fart_PostCObject takes.
  int get nativePort => _portNumber(this);
}

int _portNumber(SendPort port) native "SendPort_id";
