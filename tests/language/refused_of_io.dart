// What dart:io has elsewhere says by its name that it is not here.
import 'dart:io';

tried(f()) {
  try {
    f();
    print("done");
  } on UnsupportedError catch (error) {
    print(error);
  }
}

main() {
  // expect: Unsupported operation: ProcessSignal.watch: a program changes no signals of the process here
  tried(() => ProcessSignal.SIGINT.watch());
  // expect: Unsupported operation: Socket.connect: dart:io has no sockets here
  tried(() => Socket.connect("localhost", 80));
  // expect: Unsupported operation: HttpServer.bind: dart:io has no sockets here
  tried(() => HttpServer.bind("localhost", 80));
  // expect: Unsupported operation: HttpClient: dart:io has no sockets here
  tried(() => new HttpClient());
  // expect: Unsupported operation: GZIP: dart:io compresses nothing here
  tried(() => GZIP);
  // expect: Unsupported operation: ZLIB: dart:io compresses nothing here
  tried(() => ZLIB);
  // expect: Unsupported operation: gzip: dart:io compresses nothing here
  tried(() => gzip);
  // expect: Unsupported operation: zlib: dart:io compresses nothing here
  tried(() => zlib);
  // expect: Unsupported operation: GZipCodec: dart:io compresses nothing here
  tried(() => new GZipCodec());
  // expect: Unsupported operation: ZLibCodec: dart:io compresses nothing here
  tried(() => new ZLibCodec());
  // expect: Unsupported operation: ProcessInfo.currentRss: dart:io does not ask for it here
  tried(() => ProcessInfo.currentRss);
  // expect: Unsupported operation: ProcessInfo.maxRss: dart:io does not ask for it here
  tried(() => ProcessInfo.maxRss);
  // expect: Unsupported operation: InternetAddress: dart:io has no sockets here
  tried(() => new InternetAddress("localhost"));
  // expect: Unsupported operation: InternetAddress.LOOPBACK_IP_V4: dart:io has no sockets here
  tried(() => InternetAddress.LOOPBACK_IP_V4);
  // expect: Unsupported operation: InternetAddress.LOOPBACK_IP_V6: dart:io has no sockets here
  tried(() => InternetAddress.LOOPBACK_IP_V6);
  // expect: Unsupported operation: InternetAddress.ANY_IP_V4: dart:io has no sockets here
  tried(() => InternetAddress.ANY_IP_V4);
  // expect: Unsupported operation: InternetAddress.ANY_IP_V6: dart:io has no sockets here
  tried(() => InternetAddress.ANY_IP_V6);
  // expect: Unsupported operation: InternetAddress.lookup: dart:io has no sockets here
  tried(() => InternetAddress.lookup("localhost"));
  // expect: Unsupported operation: NetworkInterface.list: dart:io has no sockets here
  tried(() => NetworkInterface.list());
  // expect: Unsupported operation: SecureServerSocket.bind: dart:io has no sockets here
  tried(() => SecureServerSocket.bind("localhost", 80, null));
  // expect: Unsupported operation: RawSocket.connect: dart:io has no sockets here
  tried(() => RawSocket.connect("localhost", 80));
  // expect: Unsupported operation: SecureSocket.connect: dart:io has no sockets here
  tried(() => SecureSocket.connect("localhost", 80));
  // expect: Unsupported operation: ServerSocket.bind: dart:io has no sockets here
  tried(() => ServerSocket.bind("localhost", 80));
  // expect: Unsupported operation: RawServerSocket.bind: dart:io has no sockets here
  tried(() => RawServerSocket.bind("localhost", 80));
  // expect: Unsupported operation: RawDatagramSocket.bind: dart:io has no sockets here
  tried(() => RawDatagramSocket.bind("localhost", 80));
  // expect: Unsupported operation: WebSocket.connect: dart:io has no sockets here
  tried(() => WebSocket.connect("ws://localhost"));
}
