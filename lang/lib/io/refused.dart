// What dart:io has elsewhere and not here: sockets. Each says so by its name.
part of dart.io;

_refuse(String what, String why) {
  throw new UnsupportedError("$what: $why");
}

const String _NO_SOCKETS = "dart:io has no sockets here";

const String _NO_ZLIB = "dart:io compresses nothing here";

get GZIP => _refuse("GZIP", _NO_ZLIB);
get ZLIB => _refuse("ZLIB", _NO_ZLIB);
get gzip => _refuse("gzip", _NO_ZLIB);
get zlib => _refuse("zlib", _NO_ZLIB);

abstract class GZipCodec {
  factory GZipCodec(
          {level, windowBits, memLevel, strategy, dictionary, bool raw: false, bool gzip: true}) =>
      _refuse("GZipCodec", _NO_ZLIB);
}

abstract class ZLibCodec {
  factory ZLibCodec(
          {level, windowBits, memLevel, strategy, dictionary, bool raw: false, bool gzip: false}) =>
      _refuse("ZLibCodec", _NO_ZLIB);
}

abstract class ProcessInfo {
  static int get currentRss => _refuse("ProcessInfo.currentRss", _NO_PROCESS_INFO);
  static int get maxRss => _refuse("ProcessInfo.maxRss", _NO_PROCESS_INFO);
}

const String _NO_PROCESS_INFO = "dart:io does not ask for it here";

abstract class InternetAddress {
  factory InternetAddress(String address) => _refuse("InternetAddress", _NO_SOCKETS);
  static get LOOPBACK_IP_V4 => _refuse("InternetAddress.LOOPBACK_IP_V4", _NO_SOCKETS);
  static get LOOPBACK_IP_V6 => _refuse("InternetAddress.LOOPBACK_IP_V6", _NO_SOCKETS);
  static get ANY_IP_V4 => _refuse("InternetAddress.ANY_IP_V4", _NO_SOCKETS);
  static get ANY_IP_V6 => _refuse("InternetAddress.ANY_IP_V6", _NO_SOCKETS);
  static Future<List<InternetAddress>> lookup(String host, {type}) =>
      _refuse("InternetAddress.lookup", _NO_SOCKETS);
}

abstract class NetworkInterface {
  static Future<List<NetworkInterface>> list(
          {bool includeLoopback: false, bool includeLinkLocal: false, type}) =>
      _refuse("NetworkInterface.list", _NO_SOCKETS);
}

abstract class SecureServerSocket {
  static Future<SecureServerSocket> bind(address, int port, context,
          {int backlog: 0, bool v6Only: false, bool shared: false}) =>
      _refuse("SecureServerSocket.bind", _NO_SOCKETS);
}

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
