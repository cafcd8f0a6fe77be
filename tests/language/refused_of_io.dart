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
}
