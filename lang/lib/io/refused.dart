// What dart:io has elsewhere and not here: sockets. Each says so by its name.
part of dart.io;

_refuse(String what, String why) {
  throw new UnsupportedError("$what: $why");
}

const String _NO_SOCKETS = "dart:io has no sockets here";

abstract class Socket {
  static Future<Socket> connect(host, int port, {sourceAddress, Duration timeout}) =>
      _refuse("Socket.connect", _NO_SOCKETS);
}

abstract class RawSocket {
  static Future<RawSocket> connect(host, int port, {sourceAddress, Duration timeout}) =>
      _refuse("RawSocket.connect", _NO_SOCKETS);
}

abstract class SecureSocket {
  static Future<SecureSocket> connect(host, int port,
          {context, onBadCertificate, supportedProtocols, Duration timeout}) =>
      _refuse("SecureSocket.connect", _NO_SOCKETS);
}

abstract class ServerSocket {
  static Future<ServerSocket> bind(address, int port,
          {int backlog: 0, bool v6Only: false, bool shared: false}) =>
      _refuse("ServerSocket.bind", _NO_SOCKETS);
}

abstract class RawServerSocket {
  static Future<RawServerSocket> bind(address, int port,
          {int backlog: 0, bool v6Only: false, bool shared: false}) =>
      _refuse("RawServerSocket.bind", _NO_SOCKETS);
}

abstract class RawDatagramSocket {
  static Future<RawDatagramSocket> bind(host, int port,
          {bool reuseAddress: true, bool reusePort: false, int ttl: 1}) =>
      _refuse("RawDatagramSocket.bind", _NO_SOCKETS);
}

abstract class HttpServer {
  static Future<HttpServer> bind(address, int port,
          {int backlog: 0, bool v6Only: false, bool shared: false}) =>
      _refuse("HttpServer.bind", _NO_SOCKETS);
}

abstract class HttpClient {
  factory HttpClient({context}) => _refuse("HttpClient", _NO_SOCKETS);
}

abstract class WebSocket {
  static Future<WebSocket> connect(String url, {protocols, headers}) =>
      _refuse("WebSocket.connect", _NO_SOCKETS);
}
